"""corrections.toml: figures an office has found to be wrong, kept beside what was published.

One [[correction]] a cell: agency, year, indicator, group and item where the cell has them, was (left out where
the cell is published blank), value, reason, by, on. A correction never changes what was published: it
is a layer over it, which queries take or leave. One that does not fit what is published now (the cell is not
there, or says something else) is left out with its reason.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from dashboard.codebook import Codebook
from dashboard.model import Fact, Reading
from dashboard.numbers import fits

_WANTED: Final[dict[str, tuple[type, ...]]] = {
    "agency": (str,),
    "year": (int,),
    "indicator": (str,),
    "value": (int, Decimal),
    "reason": (str,),
    "by": (str,),
    "on": (date, str),
}
_OPTIONAL: Final[dict[str, tuple[type, ...]]] = {"group": (str,), "item": (str,), "was": (int, Decimal)}


@dataclass(frozen=True, slots=True)
class Correction:
    """One cell set right: `report` and `fact` are the places of its report and of the fact in it."""

    report: int
    fact: int
    was: Decimal | None
    value: Decimal
    reason: str
    by: str
    on: str


def corrections(
    path: Path, readings: Sequence[Reading], speaking: set[int], book: Codebook, left_out: list[str]
) -> list[Correction]:
    """The corrections that fit the readings, in their order in the file; the others' reasons go to `left_out`.

    `speaking` are the places of the readings that stand for their agency and year: only these are corrected.
    """
    if not path.is_file():
        return []
    try:
        entries = _entries(path)
    except (OSError, ValueError) as fault:  # no UTF-8, no TOML, another shape
        left_out.append(f"{path.name}：不能读取（{fault}）；请核对格式")
        return []
    spoken = {(readings[place].agency, readings[place].year): place for place in speaking}
    found: dict[tuple[int, int], Correction] = {}
    for number, entry in enumerate(entries, start=1):
        outcome = _fitted(entry, readings, spoken, book)
        if isinstance(outcome, Correction) and (outcome.report, outcome.fact) in found:
            outcome = "这一格前面已有更正；请只留一条"
        if isinstance(outcome, Correction):
            found[outcome.report, outcome.fact] = outcome
        else:
            left_out.append(f"{path.name} 第 {number} 条：{outcome}")
    return list(found.values())


def corrected_facts(facts: Sequence[Fact], changes: Mapping[int, Decimal]) -> tuple[Fact, ...]:
    """The facts of a report with the values of `changes`, by place, in the stead of those published."""
    return tuple(
        _changed(fact, changes[place]) if place in changes else fact for place, fact in enumerate(facts)
    )


def _changed(fact: Fact, value: Decimal) -> Fact:
    return Fact(
        fact.indicator,
        fact.group,
        fact.item,
        value,
        "reported",
        fact.raw,
        fact.unit,
        fact.source,
        fact.locator,
    )


def _entries(path: Path) -> list[Mapping[str, Any]]:
    told = tomllib.loads(path.read_text("utf-8"), parse_float=Decimal).get("correction", [])
    if not isinstance(told, list) or not all(isinstance(entry, Mapping) for entry in told):
        raise ValueError("每条更正应写作 [[correction]]")
    return told


def _fitted(
    entry: Mapping[str, Any], readings: Sequence[Reading], spoken: Mapping[Any, int], book: Codebook
) -> Correction | str:
    """The correction, or why it is left out."""
    fault = next(_faults(entry), None)
    if fault:
        return fault
    agency = book.agency_name(entry["agency"])
    report = spoken.get((agency, entry["year"]))
    if report is None:
        return f"库中没有 {agency} {entry['year']} 年的年报"
    cell = " ".join(str(entry[key]) for key in ("indicator", "group", "item") if key in entry)
    place = _place(entry, readings[report].facts)
    if place is None:
        return f"{agency} {entry['year']} 年的年报没有这一格：{cell}"
    was = Decimal(entry["was"]) if "was" in entry else None
    published = readings[report].facts[place].value
    if published != was:
        return (
            f"{agency} {entry['year']} 年 {cell} 公布的是 {_shown(published)}，不是 {_shown(was)}；"
            "请核对原文后修改或删除这一条"
        )
    told = (entry["reason"], entry["by"], str(entry["on"]))
    return Correction(report, place, was, Decimal(entry["value"]), *told)


def _faults(entry: Mapping[str, Any]) -> Iterator[str]:
    missing = [key for key in _WANTED if key not in entry]
    if missing:
        yield f"缺少 {'、'.join(missing)}"
    for key, kinds in (_WANTED | _OPTIONAL).items():
        if key in entry and not _is_written(entry[key], kinds):
            yield f"{key} 的写法不对：{entry[key]}"
    unknown = [key for key in entry if key not in _WANTED | _OPTIONAL]
    if unknown:
        yield f"没有 {'、'.join(unknown)} 这一项"


def _is_written(value: object, kinds: tuple[type, ...]) -> bool:
    """Whether a value is of its kind; a number, one that the database can hold."""
    if not isinstance(value, kinds) or isinstance(value, bool):
        return False
    return not isinstance(value, (int, Decimal)) or (Decimal(value).is_finite() and fits(Decimal(value)))


def _place(entry: Mapping[str, Any], facts: Sequence[Fact]) -> int | None:
    """The place of the fact that answers for the cell: the table's before a sentence's, the first before a repeat."""
    key = (entry["indicator"], entry.get("group"), entry.get("item"))
    places = [place for place, fact in enumerate(facts) if fact.key == key]
    return min(places, key=lambda place: facts[place].source != "table", default=None)


def _shown(value: Decimal | None) -> str:
    return "空白" if value is None else f"{value.normalize():f}"
