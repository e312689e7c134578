"""Sums inside one sentence: a total against the parts that the same sentence names (rules.md, N-01 to N-03).

More than the total is surely wrong; less is, where the words claim to be the whole. 其中 need not name
everything. "低保、低边各12条" may be one thing or two: both readings are tried before anything is said.
"""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import accumulate
from typing import Any, Final

from dashboard.checks.cells import Cells
from dashboard.checks.lists import Listed, Statement, lists
from dashboard.checks.prose import MERGEABLE, stated_totals
from dashboard.checks.quantities import Quantity, quantities
from dashboard.model import CellReference, Fact, Finding
from dashboard.numbers import fold, printed_number
from dashboard.quantities import no_count_spans

#: A list of at least so many parts that lacks at most so much is worth a look, even behind 其中.
_MANY: Final = 3
_LITTLE: Final = 2
#: No sentence is longer: what is, is lines run together.
_LONGEST: Final = 2000
_SHOWN: Final = 14


def within_findings(rule: Mapping[str, Any], cells: Cells) -> Iterator[Finding]:
    """Test every total of every sentence that tells facts; totals of `stated` rules are tested there."""
    ends = re.compile("|".join(rule["ends"]))
    elsewhere = stated_totals(cells)
    overlapping = frozenset(code for code, _ in cells.named(rule.get("overlapping", ()), None))
    prose = cells.book.prose
    for quote, facts in _sentences(cells).items():
        folded = fold(quote)
        statement = Statement(folded, quantities(folded, prose), ends, no_count_spans(folded, prose))
        for listed in lists(statement):
            of_total = facts.get(listed.total.start)
            if of_total and of_total.indicator in elsewhere:
                continue
            verdict = _verdict(listed, _may_overlap(listed, facts, overlapping, cells))
            if verdict:
                is_wrong, said = verdict
                shown = quote[max(0, listed.total.start - _SHOWN) : listed.total.end].strip()
                message = f"{rule['name_zh']}：“{shown}”，{said}"
                named = [facts[one.start] for one in (listed.total, *listed.parts) if one.start in facts]
                yield Finding(
                    rule["id"], rule["severity"] if is_wrong else "info", message, _references(named)
                )


def _sentences(cells: Cells) -> dict[str, dict[int, Fact]]:
    """The sentences that tell facts, each with its facts by the place of their number in it."""
    found: dict[str, dict[int, Fact]] = {}
    for facts in cells.told.values():
        for fact in facts:
            quote, start = fact.locator.get("quote"), fact.locator.get("quote_start")
            is_told = fact.value is not None and fact.status != "derived" and start is not None
            if is_told and quote and len(quote) <= _LONGEST:
                found.setdefault(quote, {}).setdefault(fact.locator["start"] - start, fact)
    return found


def _verdict(listed: Listed, may_overlap: bool) -> tuple[bool, str] | None:
    """Whether a list is wrong (else only worth a look), and the words for it; None where nothing is to be said."""
    sums = _readings(listed.parts)
    whole = listed.total.value
    if not _is_testable(listed) or whole in sums or _is_reached_before(listed):
        return None
    told = _formula(listed, sums)
    if min(sums) > whole and not may_overlap:
        return True, f"{told}，多 {printed_number(min(sums) - whole)}；请核实"
    if listed.is_open:
        return None
    if listed.is_whole or min(sums) < whole < max(sums):
        difference = min(abs(one - whole) for one in sums)
        return True, f"{told}，差 {printed_number(difference)}；请核实"
    missing = whole - max(sums)
    if 0 < missing <= _LITTLE and sum(map(_names, listed.parts)) >= _MANY:
        return False, f"{told}，各项相加比合计少 {printed_number(missing)}，请核对"
    return None


def _is_testable(listed: Listed) -> bool:
    """Whether every number is exact, and every 各 says of what."""
    return all(one.is_exact for one in (listed.total, *listed.parts)) and not any(
        part.is_each and not part.names for part in listed.parts
    )


def _readings(parts: tuple[Quantity, ...]) -> list[Decimal]:
    """What the parts may come to: every name of a 各 apart, and with two of the names one."""
    added = sum((_times(part) for part in parts), Decimal(0))
    merged = [added - part.value for part in parts if len(part.names) >= MERGEABLE]
    return list(dict.fromkeys([added, *merged]))


def _times(part: Quantity) -> Decimal:
    return part.value * _names(part)


def _names(part: Quantity) -> int:
    return max(1, len(part.names))


def _is_reached_before(listed: Listed) -> bool:
    """Whether the parts next to the total make it up: those beyond tell it in another way, or something else."""
    total, parts = listed.total, listed.parts
    nearest = parts if total.start < parts[0].start else tuple(reversed(parts))
    return any(added == total.value for added in accumulate(map(_times, nearest)))


def _may_overlap(
    listed: Listed, facts: Mapping[int, Fact], overlapping: frozenset[str], cells: Cells
) -> bool:
    """Whether one thing may be in two of the parts: some are a share of the whole, or break it down otherwise."""
    if len(listed.parts) == 1:
        return False
    known = {facts[part.start].indicator for part in listed.parts if part.start in facts}
    told = [cells.book.indicators[code] for code in known]
    kinds = {(indicator.parent, indicator.additive) for indicator in told}
    return len(kinds) > 1 or bool(known & overlapping) or any(kind[1] == "subset" for kind in kinds)


def _formula(listed: Listed, sums: list[Decimal]) -> str:
    """The total and what its parts come to: "合计 77 条，各项 4 + 7×12 = 88", and the other readings."""
    shown = " + ".join(
        f"{len(part.names)}×{printed_number(part.value)}" if part.is_each else printed_number(part.value)
        for part in listed.parts
    )
    total = listed.total
    told = f"合计 {printed_number(total.value)} {total.unit}，各项 {shown} = {printed_number(sums[0])}"
    if len(sums) > 1:
        names = next(part.names for part in listed.parts if len(part.names) >= MERGEABLE)
        told += (
            f"（“{names[0]}、{names[1]}”等如有两项实为一项，则为 {'、'.join(map(printed_number, sums[1:]))}）"
        )
    return told


def _references(facts: list[Fact]) -> tuple[CellReference, ...]:
    return tuple(dict.fromkeys(map(CellReference.of, facts)))
