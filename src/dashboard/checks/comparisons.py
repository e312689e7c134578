"""Rules that compare figures of one report: balances, bounds, implications, plain plausibility.

A blank that leaves such a rule open files nothing: what is not printed cannot be contradicted. Nor can
what stands in a row of the form that the report lacks.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from dashboard.checks.cells import Cells, Key, Tested, sum_of, with_stems
from dashboard.checks.sums import as_printed
from dashboard.model import Finding
from dashboard.numbers import is_money, printed_number


def balance_findings(rule: Mapping[str, Any], cells: Cells) -> Iterator[Finding]:
    """Σ left = Σ right; a blank that could hold the difference, or a row that is not there, leaves it open."""
    for filled, group in _cases(rule, cells):
        left, right = cells.printed(filled["left"], group), cells.printed(filled["right"], group)
        keys = [*left, *right]
        if not {*cells.named((*filled["left"], *filled["right"]), group)} <= {*keys} or not cells.readable(
            keys
        ):
            continue
        terms = dict.fromkeys(left, 1) | dict.fromkeys(right, -1)
        less, more = sorted(([cells.value(key) for key in side] for side in (left, right)), key=sum_of)
        if sum_of(less) == sum_of(more):
            cells.tested.append(Tested(terms, None))
        elif None not in less:
            finding = _finding(rule, _unbalanced(rule, left, right, cells), keys, cells)
            yield finding
            if rule["severity"] == "error":
                cells.tested.append(Tested(terms, finding))


def at_most_findings(rule: Mapping[str, Any], cells: Cells) -> Iterator[Finding]:
    """Σ left <= factor × Σ right, once every cell on the right is known."""
    factor = Decimal(str(rule.get("factor", 1)))
    for filled, group in _cases(rule, cells):
        left, right = cells.printed(filled["left"], group), cells.printed(filled["right"], group)
        bound = [cells.value(key) for key in right]
        if not right or None in bound or not cells.readable(left) or _loses(filled["right"], group, cells):
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
        if not given or not then or None in values or _loses(filled["then"], group, cells):
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
    """Every figure of the tables is at least 0 and, but for money, whole; `signed` ones may be below 0."""
    signed = {key[0] for key in cells.named(rule.get("signed", ()), None)}
    off = []
    for key, fact in cells.table.items():
        if fact.value is None or (fact.value >= 0 and fact.value == fact.value.to_integral_value()):
            continue
        indicator = cells.book.indicators[key[0]]
        is_below = fact.value < 0 and key[0] not in signed
        is_part = fact.value != fact.value.to_integral_value() and not is_money(indicator.unit_zh)
        if is_below or (is_part and indicator.kind != "ratio"):
            off.append(key)
    if off:
        yield _finding(rule, f"{rule['name_zh']}：{_shown(off, cells)}", off, cells)


def agency_findings(rule: Mapping[str, Any], cells: Cells) -> Iterator[Finding]:
    """Figures that an agency of this type and level cannot have; unknown agencies are not judged.

    Without a `limit` anything above 0 is off, with one what reaches it.
    """
    agency = cells.book.agency(cells.reading.agency)
    if agency is None or agency["level"] not in rule["levels"]:
        return
    if agency["type"] not in rule.get("types", [agency["type"]]):
        return
    limit = rule.get("limit")
    off = []
    for key in cells.printed(rule["indicators"], None):
        value = cells.value(key) or Decimal(0)
        if value >= limit if limit is not None else value > 0:
            off.append(key)
    if off:
        yield _finding(rule, f"{rule['name_zh']}：{_shown(off, cells)}", off, cells)


def flag_findings(rule: Mapping[str, Any], cells: Cells) -> Iterator[Finding]:
    """Worth a look when all conditions are surely true, from first_year to last_year where the rule has them."""
    year = cells.reading.year
    if ("first_year" in rule or "last_year" in rule) and (
        year is None or not rule.get("first_year", year) <= year <= rule.get("last_year", year)
    ):
        return
    keys: list[Key] = []
    telling: set[Key] = set()
    for condition in rule["conditions"]:
        named = cells.printed(condition["of"], rule["group"]) or cells.printed(condition["of"], None)
        if not named or not _is_met(condition, named, rule["group"], cells):
            return
        keys += named
        telling |= {*named} if "below" in condition else {key for key in named if cells.value(key)}
    shown = [key for key in keys if key in telling]
    yield _finding(rule, f"{rule['name_zh']}：{_shown(shown, cells)}", shown, cells)


def _is_met(condition: Mapping[str, Any], keys: list[Key], group: str, cells: Cells) -> bool:
    values = [cells.value(key) for key in keys]
    if "below" in condition:
        return None not in values and sum_of(values) < Decimal(condition["below"])
    if "above" in condition:
        return sum_of(values) > Decimal(condition["above"])
    whole = sum_of(map(cells.value, cells.printed(condition["whole"], group)))
    return whole > 0 and sum_of(values) > Decimal(str(condition["above_share"])) * whole


def _loses(codes: Iterable[str], group: str | None, cells: Cells) -> bool:
    return cells.lost(list(cells.named(codes, group)))


def _cases(rule: Mapping[str, Any], cells: Cells) -> Iterator[tuple[Mapping[str, Any], str | None]]:
    groups = cells.groups if rule.get("each") == "group" else (rule.get("group"),)
    for filled in with_stems(rule):
        for group in groups:
            yield filled, group


def _unbalanced(rule: Mapping[str, Any], left: list[Key], right: list[Key], cells: Cells) -> str:
    """The formula with its numbers, what it says, and what follows from blank totals in it."""
    keys = [*left, *right]
    formula = " ≠ ".join(
        " + ".join(printed_number(cells.value(key)) for key in side) for side in (left, right)
    )
    difference = printed_number(abs(sum_of(map(cells.value, left)) - sum_of(map(cells.value, right))))
    group = cells.group_name(left[0][1])
    where = f"{group}列" if group else f"{cells.name(left[0])}与{cells.name(right[0])}"
    said = [f"{where}：{formula}，差 {difference} {cells.unit(left[0])}（{rule['name_zh']}）"]
    derived = [key for key in keys if key in cells.derived]
    said += [f"{cells.name(key)}未填，按各项相加应为 {printed_number(cells.value(key))}" for key in derived]
    if derived:
        said.append("按原文不能核对，按推算的数不成立")
    elif rule["severity"] == "error":
        said.append(as_printed(keys, cells))
    return "；".join(said)


def _shown(keys: list[Key], cells: Cells) -> str:
    return "，".join(f"{cells.name(key)} {printed_number(cells.value(key))}" for key in keys)


def _finding(rule: Mapping[str, Any], message: str, keys: list[Key], cells: Cells) -> Finding:
    return Finding(rule["id"], rule["severity"], message, tuple(cells.reference(key) for key in keys))
