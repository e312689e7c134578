"""Totals against their parts: as printed, and with blanks as zero.

Verdicts of one sum: it holds; it holds only with blanks as zero (a warning for its rule, naming the
blank cells); its blank total follows from the parts (a warning too, and the other rules run on the
derived value); it fails even so (an error). Blanks are never stored as zero (rules of the form, 0).
Where the report lacks a part that its form requires (a lost row, an excerpt), a total above the parts
that are there proves nothing and files nothing, and no total is derived.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from dashboard.checks.cells import Cells, Key, Tested, sum_of, with_stems
from dashboard.model import Finding
from dashboard.numbers import printed_number

Rule = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sum:
    """A total and the parts of it that the report has; `is_whole` unless some that the form requires are lost."""

    total: Key
    parts: list[Key]
    is_whole: bool


def sum_findings(rule: Rule, cells: Cells) -> Iterator[Finding]:
    """Test one sum rule on a report, whose blank totals `derive_totals` has filled in before."""
    derived: list[Key] = []
    blank: list[Key] = []
    failed: list[Finding] = []
    for tested in sums_of(rule, cells):
        if cells.parts.get(tested.total) == tested.parts:
            derived.append(tested.total)
        if not _is_testable(tested, cells):
            continue
        told, added = cells.value(tested.total), _added(tested, cells)
        if told == added:
            blank += cells.blanks(tested.parts)
            _keep(tested, None, cells)
        elif told is not None and (added > told or tested.is_whole):
            finding = _failed(rule, tested, cells)
            failed.append(finding)
            if finding.severity == "error" and tested.is_whole:
                _keep(tested, finding, cells)
    if derived or blank:
        references = tuple(cells.reference(key) for key in [*derived, *blank])
        yield Finding(rule["id"], "warning", _open_message(rule, derived, blank, cells), references)
    yield from failed


def derive_totals(rules: Iterable[Rule], cells: Cells) -> None:
    """Fill in the blank totals that follow from parts with a number; the first rule that can says it.

    A part that is itself a blank total is filled in first: the total of a row before that of its column.
    """
    ways: dict[Key, list[Sum]] = {}
    for rule in rules:
        for tested in sums_of(rule, cells) if rule["kind"] == "sum" else ():
            if cells.value(tested.total) is None and _can_derive(rule, tested, cells):
                ways.setdefault(tested.total, []).append(tested)
    for total in list(ways):
        _derive(total, ways, cells)


def sums_of(rule: Rule, cells: Cells) -> Iterator[Sum]:
    """The sums of every row or column that the rule speaks of and the report has."""
    if rule.get("each") == "indicator":
        others = [group for group in cells.groups if group != rule["total_group"]]
        for code in dict.fromkeys(code for code, group in cells.table if group):
            row: list[Key] = [(code, group) for group in others]
            yield from _sum((code, rule["total_group"]), row, cells)
        return
    for filled in with_stems(rule):
        for group in cells.groups if rule.get("each") == "group" else (None,):
            total: Key = (filled["total"], group)
            if total in cells.table:
                yield from _sum(total, list(dict.fromkeys(cells.named(filled["parts"], group))), cells)


def _sum(total: Key, named: list[Key], cells: Cells) -> Iterator[Sum]:
    parts = [key for key in named if key in cells.table]
    if parts and total in cells.table:
        yield Sum(total, parts, is_whole=not cells.lost(named))


def _can_derive(rule: Rule, tested: Sum, cells: Cells) -> bool:
    """Whether a blank total is surely the sum of the parts: all are there, and none counts twice."""
    may_differ = "over" in rule or _lacks_part(rule, cells)
    return tested.is_whole and not may_differ and cells.readable([tested.total, *tested.parts])


def _derive(total: Key, ways: dict[Key, list[Sum]], cells: Cells) -> None:
    for tested in ways.pop(total, []):
        for part in tested.parts:
            if part in ways:
                _derive(part, ways, cells)
        if total not in cells.derived and any(cells.value(part) is not None for part in tested.parts):
            cells.derived[total] = _added(tested, cells)
            cells.parts[total] = tested.parts


def _is_testable(tested: Sum, cells: Cells) -> bool:
    """Whether the sum is about printed numbers: nothing unreadable, nothing derived from other parts."""
    keys = [tested.total, *tested.parts]
    return cells.value(tested.total) is not None and cells.readable(keys) and not cells.derived.keys() & keys


def _added(tested: Sum, cells: Cells) -> Decimal:
    return sum_of(map(cells.value, tested.parts))


def _keep(tested: Sum, finding: Finding | None, cells: Cells) -> None:
    """Keep the sum as an equation."""
    cells.tested.append(Tested({tested.total: 1} | dict.fromkeys(tested.parts, -1), finding))


def _lacks_part(rule: Rule, cells: Cells) -> bool:
    """Whether the report's form has no row for a part that other forms have."""
    return "lacking" in rule and not cells.printed(rule["lacking"], None)


def _failed(rule: Rule, tested: Sum, cells: Cells) -> Finding:
    told, added = cells.value(tested.total) or Decimal(0), _added(tested, cells)
    severity, note = rule["severity"], ""
    if added > told and "over" in rule:
        severity, note = rule["over"], rule.get("over_zh", "")
    elif added < told and _lacks_part(rule, cells):
        severity, note = rule["under"], rule.get("under_zh", "")
    shown = [value for value in map(cells.value, tested.parts) if value] or [Decimal(0)]
    formula = " + ".join(map(printed_number, shown))
    summed = f"，各项相加为 {printed_number(added)}" if len(shown) > 1 else ""
    difference = f"差 {printed_number(abs(told - added))} {cells.unit(tested.total)}"
    message = f"{cells.name(tested.total)}：{printed_number(told)} ≠ {formula}{summed}，{difference}"
    keys = [tested.total, *tested.parts]
    said = "；".join(part for part in (message, note, as_printed(keys, cells)) if part)
    return Finding(rule["id"], severity, said, tuple(map(cells.reference, keys)))


def as_printed(keys: Iterable[Key], cells: Cells) -> str:
    """The two verdicts on an identity that fails: on what is printed, and with blanks as zero."""
    blank = len(cells.blanks(keys))
    return f"按原文有 {blank} 格空白，空白按 0 计也不成立" if blank else "按原文不成立"


def _open_message(rule: Rule, derived: list[Key], blank: list[Key], cells: Cells) -> str:
    said = []
    if derived:
        named = "、".join(f"{cells.name(key)}应为 {printed_number(cells.value(key))}" for key in derived)
        said.append(f"总计空白，按原文不能核对；可由各项推算：{named}；最小改动：补填这 {len(derived)} 格")
    if blank:
        counted = f"按原文有 {len(blank)} 格空白，不能核对；空白按 0 计成立；确无数据的请填 0"
        said.append(f"{rule['name_zh']}：{counted}")
    return "。".join(said)
