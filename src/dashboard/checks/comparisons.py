"""Rules that compare figures of one report: balances, bounds, implications, plain plausibility.

A blank that leaves such a rule open files nothing: what is not printed cannot be contradicted.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from dashboard.checks.cells import Cells, Key, printed_number, sum_of, with_stems
from dashboard.model import Finding


def balance_findings(rule: Mapping[str, Any], cells: Cells) -> Iterator[Finding]:
    """Σ left = Σ right in each column; a blank that could hold the difference, or a row that is not there, leaves it open."""
    for group in cells.groups():
        left, right = cells.printed(rule["left"], group), cells.printed(rule["right"], group)
        sides = [[cells.value(key) for key in side] for side in (left, right)]
        printed = all(cells.printed([code], group) for code in (*rule["left"], *rule["right"]))
        if not printed or not cells.readable([*left, *right]):
            continue
        less, more = sorted(sides, key=sum_of)
        if sum_of(less) < sum_of(more) and None not in less:
            formula = " ≠ ".join(" + ".join(map(printed_number, side)) for side in sides)
            difference = printed_number(abs(sum_of(sides[0]) - sum_of(sides[1])))
            message = f"{cells.group_name(group)}：{rule['name_zh']}不成立，{formula}，差 {difference} 件"
            yield _finding(rule, message, [*left, *right], cells)


def at_most_findings(rule: Mapping[str, Any], cells: Cells) -> Iterator[Finding]:
    """Σ left <= factor × Σ right, once every cell on the right is known."""
    factor = Decimal(str(rule.get("factor", 1)))
    for filled, group in _cases(rule, cells):
        left, right = cells.printed(filled["left"], group), cells.printed(filled["right"], group)
        bound = [cells.value(key) for key in right]
        if not right or None in bound or not cells.readable(left):
            continue
        if sum_of(map(cells.value, left)) > factor * sum_of(bound):
            yield _finding(
                rule, f"{rule['name_zh']}：{_shown([*left, *right], cells)}", [*left, *right], cells
            )


def requires_findings(rule: Mapping[str, Any], cells: Cells) -> Iterator[Finding]:
    """Where every `given` is above 0, the sum of `then` must be; a blank among `then` leaves it open."""
    for filled, group in _cases(rule, cells):
        given, then = cells.printed(filled["given"], group), cells.printed(filled["then"], group)
        values = [cells.value(key) for key in then]
        if not given or not then or None in values:
            continue
        if all((cells.value(key) or 0) > 0 for key in given) and sum_of(values) <= 0:
            yield _finding(
                rule, f"{rule['name_zh']}：{_shown([*given, *then], cells)}", [*given, *then], cells
            )


def together_findings(rule: Mapping[str, Any], cells: Cells) -> Iterator[Finding]:
    """`given` and `then` are both 0 or both above."""
    keys = cells.printed([*rule["given"], *rule["then"]], None)
    values = [cells.value(key) for key in keys]
    if len(keys) > 1 and None not in values and len({bool(value) for value in values}) > 1:
        yield _finding(rule, f"{rule['name_zh']}：{_shown(keys, cells)}", keys, cells)


def whole_findings(rule: Mapping[str, Any], cells: Cells) -> Iterator[Finding]:
    """Every cell of the rule's tables is a whole number of at least 0."""
    off = [
        key
        for key, fact in cells.table.items()
        if fact.value is not None
        and fact.locator.get("table") in rule["tables"]
        and (fact.value < 0 or fact.value != fact.value.to_integral_value())
    ]
    if off:
        yield _finding(rule, f"{rule['name_zh']}：{_shown(off, cells)}", off, cells)


def agency_findings(rule: Mapping[str, Any], cells: Cells) -> Iterator[Finding]:
    """Figures that an agency of this type and level cannot have; unknown agencies are not judged."""
    agency = cells.book.agency(cells.reading.agency)
    if agency is None or agency["level"] not in rule["levels"]:
        return
    if agency["type"] not in rule.get("types", [agency["type"]]):
        return
    limit = rule.get("limit", 0)
    off = [key for key in cells.printed(rule["indicators"], None) if (cells.value(key) or 0) > limit]
    if off:
        yield _finding(rule, f"{rule['name_zh']}：{_shown(off, cells)}", off, cells)


def flag_findings(rule: Mapping[str, Any], cells: Cells) -> Iterator[Finding]:
    """Worth a look when all conditions are surely true."""
    if (cells.reading.year or 0) < rule.get("first_year", 0):
        return
    keys: list[Key] = []
    for condition in rule["conditions"]:
        named = cells.printed(condition["of"], rule["group"]) or cells.printed(condition["of"], None)
        if not named or not _is_met(condition, named, rule["group"], cells):
            return
        keys += named
    shown = [key for key in keys if cells.value(key)]
    yield _finding(rule, f"{rule['name_zh']}：{_shown(shown, cells)}", shown, cells)


def _is_met(condition: Mapping[str, Any], keys: list[Key], group: str, cells: Cells) -> bool:
    values = [cells.value(key) for key in keys]
    if "below" in condition:
        return None not in values and sum_of(values) < Decimal(condition["below"])
    if "above" in condition:
        return sum_of(values) > Decimal(condition["above"])
    whole = sum_of(map(cells.value, cells.printed(condition["whole"], group)))
    return whole > 0 and sum_of(values) > Decimal(str(condition["above_share"])) * whole


def _cases(rule: Mapping[str, Any], cells: Cells) -> Iterator[tuple[Mapping[str, Any], str | None]]:
    groups = cells.groups() if rule.get("each") == "group" else [rule.get("group")]
    for filled in with_stems(rule):
        for group in groups:
            yield filled, group


def _shown(keys: list[Key], cells: Cells) -> str:
    return "，".join(f"{cells.name(key)} {printed_number(cells.value(key))}" for key in keys)


def _finding(rule: Mapping[str, Any], message: str, keys: list[Key], cells: Cells) -> Finding:
    return Finding(rule["id"], rule["severity"], message, tuple(cells.reference(key) for key in keys))
