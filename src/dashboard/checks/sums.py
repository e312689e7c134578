"""Totals against their parts, strictly and with blanks as zero, and the smallest edit that balances.

Verdicts of one sum: it holds; it holds only with blanks as zero (a warning for its rule, naming the
blank cells); its blank total follows from the parts (a warning too, and the other rules run on the
derived value); it fails even so (an error). Blanks are never stored as zero (rules of the form, 0).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from dashboard.checks.cells import Cells, Key, printed_number, sum_of, with_stems
from dashboard.model import CellReference, Finding


@dataclass(frozen=True, slots=True)
class Equation:
    """Σ coefficient × cell = 0, as one rule says it of one row or column."""

    rule: str
    terms: tuple[tuple[Key, int], ...]

    def residual(self, cells: Cells) -> Decimal:
        """How far the printed numbers are from balancing, blanks as zero."""
        return sum_of(
            coefficient * value for key, coefficient in self.terms if (value := cells.value(key)) is not None
        )


@dataclass(slots=True)
class _Verdicts:
    """What the instances of one rule came to."""

    derived: list[Key] = field(default_factory=list)
    open: list[Key] = field(default_factory=list)
    failed: list[tuple[Key, list[Key]]] = field(default_factory=list)


def sum_findings(rule: Mapping[str, Any], cells: Cells) -> Iterator[Finding]:
    """Test one sum rule on a report; derived totals are left in `cells` for the rules after it."""
    verdicts = _Verdicts()
    for total, parts in instances(rule, cells):
        _judge(total, parts, cells, verdicts)
    if verdicts.derived or verdicts.open:
        yield Finding(
            rule["id"], "warning", _open_message(rule, verdicts, cells), _open_cells(verdicts, cells)
        )
    for total, parts in verdicts.failed:
        yield Finding(
            rule["id"],
            rule["severity"],
            _failed_message(total, parts, cells),
            tuple(cells.reference(key) for key in [total, *parts]),
        )


def instances(rule: Mapping[str, Any], cells: Cells) -> Iterator[tuple[Key, list[Key]]]:
    """The (total, parts) of every row or column the rule speaks of and the report has."""
    if rule.get("each") == "indicator":
        others = [group for group in cells.groups() if group != rule["total_group"]]
        for code in dict.fromkeys(code for code, group in cells.table if group):
            row: list[Key] = [(code, group) for group in others if (code, group) in cells.table]
            if (code, rule["total_group"]) in cells.table and row:
                yield (code, rule["total_group"]), row
        return
    for filled in with_stems(rule):
        for group in cells.groups() if rule.get("each") == "group" else [None]:
            total: Key = (filled["total"], group)
            parts = cells.printed(filled["parts"], group)
            if total in cells.table and parts:
                yield total, parts


def equations(rules: list[Mapping[str, Any]], cells: Cells) -> list[Equation]:
    """All sums and balances of the report as equations, for the smallest edit."""
    found: list[Equation] = []
    for rule in rules:
        if rule["kind"] == "sum":
            for total, parts in instances(rule, cells):
                found.append(Equation(rule["id"], ((total, 1), *((key, -1) for key in parts))))
        elif rule["kind"] == "balance":
            for group in cells.groups():
                left, right = cells.printed(rule["left"], group), cells.printed(rule["right"], group)
                if left and right:
                    terms = (*((key, 1) for key in left), *((key, -1) for key in right))
                    found.append(Equation(rule["id"], terms))
    return found


def smallest_edits(system: list[Equation], cells: Cells) -> dict[Key, Decimal]:
    """The single cells whose change alone makes every equation hold (blanks as zero), and to what.

    Empty when everything holds or no single cell can do it.
    """
    off = [equation for equation in system if equation.residual(cells)]
    if not off:
        return {}
    kept = {key for equation in system if equation not in off for key, _ in equation.terms}
    edits: dict[Key, Decimal] = {}
    for key, _ in off[0].terms:
        if key in kept or any(key not in dict(equation.terms) for equation in off):
            continue
        wanted = {
            (cells.value(key) or Decimal(0)) - equation.residual(cells) * dict(equation.terms)[key]
            for equation in off
        }
        value = wanted.pop()
        if not wanted and value >= 0:
            edits[key] = value
    return edits


def _judge(total: Key, parts: list[Key], cells: Cells, verdicts: _Verdicts) -> None:
    if not cells.readable([total, *parts]):
        return
    values = [cells.value(key) for key in parts]
    told = cells.value(total)
    if told is None:
        if any(value is not None for value in values):
            cells.derived[total] = sum_of(values)
            verdicts.derived.append(total)
    elif told != sum_of(values):
        if cells.derived.keys() & {total, *parts}:  # nothing printed is contradicted here
            return
        verdicts.failed.append((total, parts))
    else:
        verdicts.open += [key for key in parts if cells.value(key) is None]


def _open_cells(verdicts: _Verdicts, cells: Cells) -> tuple[CellReference, ...]:
    return tuple(cells.reference(key) for key in [*verdicts.derived, *verdicts.open])


def _open_message(rule: Mapping[str, Any], verdicts: _Verdicts, cells: Cells) -> str:
    said = []
    if verdicts.derived:
        named = "、".join(
            f"{cells.name(key)}应为 {printed_number(cells.value(key))}" for key in verdicts.derived
        )
        said.append(f"总计空白，可由各项推算：{named}；最小改动：补填这 {len(verdicts.derived)} 格")
    if verdicts.open:
        count = len(verdicts.open)
        said.append(f"{rule['name_zh']}：空白按 0 计才成立，共 {count} 格空白；确无数据的请填 0")
    return "。".join(said)


def _failed_message(total: Key, parts: list[Key], cells: Cells) -> str:
    values = [cells.value(key) for key in parts]
    told, added = cells.value(total), sum_of(values)
    shown = [value for value in values if value] or [Decimal(0)]
    formula = " + ".join(printed_number(value) for value in shown)
    blank = sum(value is None for value in values)
    note = f"（{blank} 格空白按 0 计）" if blank else ""
    difference = printed_number(abs((told or Decimal(0)) - added))
    return f"{cells.name(total)}：{printed_number(told)} ≠ {formula}{note}，各项相加为 {printed_number(added)}，差 {difference}"
