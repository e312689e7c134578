"""An outcome of reading as bytes and back, exactly: gzipped JSON, told apart from damage by its checksum.

JSON has no decimals and no tuples, and turns other keys than words into words. What it has not is
written as an object with the one key `_TAG`; a mapping that JSON cannot hold, so too.
"""

import gzip
import json
import zlib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from dashboard.model import CellReference, Fact, Finding, Reading
from dashboard.reading import Outcome, Read

_TAG = "()"
_PLAIN = frozenset({str, int, float, bool, type(None)})


def pack(outcome: Outcome) -> bytes:
    """Write an outcome; the same outcome gives the same bytes. Raises TypeError for a locator of odd things."""
    told = [outcome.refusal, outcome.as_told, outcome.lasting, [_read(read) for read in outcome.reads]]
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode("utf-8", "surrogatepass"), compresslevel=3, mtime=0)


def unpack(packed: bytes) -> Outcome:
    """Read back what `pack` wrote. Raises ValueError for bytes that it did not write, or that are damaged."""
    try:
        text = gzip.decompress(packed).decode("utf-8", "surrogatepass")
        refusal, as_told, lasting, reads = json.loads(text, object_hook=_untagged)
        return Outcome(tuple(_read_back(*read) for read in reads), refusal, as_told, lasting)
    except (OSError, EOFError, zlib.error, LookupError, TypeError, ArithmeticError) as fault:
        raise ValueError(f"no outcome of reading: {fault}") from fault


def _read(read: Read) -> list[Any]:
    reading = read.reading
    return [
        read.kind,
        read.address,
        list(read.sections.items()),
        [reading.agency, reading.year, reading.edition],
        [_fact(fact) for fact in reading.facts],
        [_finding(finding) for finding in reading.findings],
        [read.published, read.signed],
    ]


def _fact(fact: Fact) -> list[Any]:
    return [
        fact.indicator,
        fact.group,
        fact.item,
        _number(fact.value),
        fact.status,
        fact.raw,
        fact.unit,
        fact.source,
        _tagged(fact.locator),
    ]


def _finding(finding: Finding) -> list[Any]:
    cells = [
        [cell.indicator, cell.group, cell.item, _number(cell.value), cell.status] for cell in finding.cells
    ]
    return [finding.rule, finding.severity, finding.message, cells]


def _number(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _tagged(value: Any) -> Any:  # noqa: ANN401 - a locator holds anything
    if type(value) in _PLAIN:
        return value
    if isinstance(value, Decimal):
        return {_TAG: ["decimal", str(value)]}
    if isinstance(value, tuple):
        return {_TAG: ["tuple", [_tagged(part) for part in value]]}
    if isinstance(value, list):
        return [_tagged(part) for part in value]
    if isinstance(value, Mapping):
        if _fits_json(value):
            return {key: _tagged(part) for key, part in value.items()}
        return {_TAG: ["mapping", [[_tagged(key), _tagged(part)] for key, part in value.items()]]}
    raise TypeError(f"a locator cannot hold {type(value).__name__}")


def _fits_json(mapping: Mapping[Any, Any]) -> bool:
    return _TAG not in mapping and all(type(key) is str for key in mapping)


def _untagged(found: dict[str, Any]) -> Any:  # noqa: ANN401
    if _TAG not in found:
        return found
    kind, value = found[_TAG]
    if kind == "decimal":
        return Decimal(value)
    return tuple(value) if kind == "tuple" else dict(value)


def _read_back(
    kind: Any,  # noqa: ANN401 - a literal that JSON gives as any word
    address: str,
    sections: Sequence[tuple[str, str]],
    whose: tuple[str | None, int | None, str | None],
    facts: Sequence[Sequence[Any]],
    findings: Sequence[Sequence[Any]],
    days: tuple[str, str],
) -> Read:
    reading = Reading(*whose, tuple(map(_fact_back, facts)), tuple(map(_finding_back, findings)))
    return Read(kind, reading, address, dict(sections), *days)


def _fact_back(fact: Sequence[Any]) -> Fact:
    indicator, group, item, value, *rest = fact
    return Fact(indicator, group, item, _number_back(value), *rest)


def _finding_back(finding: Sequence[Any]) -> Finding:
    rule, severity, message, cells = finding
    references = (
        CellReference(indicator, group, item, _number_back(value), status)
        for indicator, group, item, value, status in cells
    )
    return Finding(rule, severity, message, tuple(references))


def _number_back(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)
