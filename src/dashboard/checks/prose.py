"""Rules on what the text says: its own sums, its agreement with the tables, its sections."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from dashboard.checks.cells import Cells, sum_of
from dashboard.checks.quantities import quantities
from dashboard.codebook import Codebook
from dashboard.model import CellReference, Fact, Finding
from dashboard.numbers import fold, printed_number

_NOTHING = re.compile(r"[\s\u3000。，、]*(?:无|没有|无其他需要报告的事项)?[\s\u3000。，、]*")
_PERIOD = re.compile(
    r"(20\d\d)年(\d{1,2})月(\d{1,2})日(?:起)?(?:至|到|—|－|-|~)(?:(20\d\d)年)?(\d{1,2})月(\d{1,2})日"
)
_COUNTED = ("统计", "期限", "数据", "时间")
#: From so many names on, two of those that share a 各 may be one ("低保、低边").
MERGEABLE = 3
_SAID_ZERO = "N-05"
_OTHER_UNIT = "N-11"


def stated_findings(rule: Mapping[str, Any], cells: Cells) -> Iterator[Finding]:
    """A total told in prose against the parts told with it, by the indicators' tree.

    `optional` parts count if the total needs them (a total may or may not include fiscal items).
    """
    total = _first_number(cells, rule["total"])
    parts = _parts(cells, rule["total"])
    extra = [fact for code in rule.get("optional", ()) if (fact := _first_number(cells, code))]
    if total is None or total.value is None or not parts:
        return
    added = sum_of(fact.value for fact in parts)
    with_extra = added + sum_of(fact.value for fact in extra)
    merged = [part.value or Decimal(0) for part in _mergeable(parts)]
    if total.value in {added, with_extra, *(sums - one for one in merged for sums in (added, with_extra))}:
        return
    inside = extra if abs(total.value - with_extra) < abs(total.value - added) else []
    listed = [*parts, *inside]
    formula = " + ".join(printed_number(fact.value) for fact in listed)
    summed = sum_of(fact.value for fact in listed)
    if summed < total.value and _tells_more(total, cells):
        return
    message = (
        f"{rule['name_zh']}：合计 {printed_number(total.value)}，各项 {formula} = {printed_number(summed)}，"
        f"差 {printed_number(abs(total.value - summed))}"
    )
    if merged:
        one_less = "、".join(printed_number(summed - value) for value in merged)
        message += f"；“各”所指如有两项实为一项，则为 {one_less}"
    message += "；请核实，页面按原文合计显示"
    yield Finding(rule["id"], rule["severity"], message, tuple(map(CellReference.of, [total, *listed])))


def agree_findings(rule: Mapping[str, Any], cells: Cells) -> Iterator[Finding]:
    """A figure told in prose against the table's; a stated none against a number is rule N-05."""
    for code in rule["indicators"]:
        key = (code, "total") if (code, "total") in cells.table else (code, None)
        printed = cells.value(key) if key in cells.table else None
        for fact in cells.told.get(code, ()):
            if printed is None or fact.value is None or fact.status == "approximate":
                continue
            if fact.value != printed:
                rule_id = _SAID_ZERO if not (fact.value and printed) else rule["id"]
                message = (
                    f"{rule['name_zh']}：正文“{fact.raw}”，表格 {cells.name(key)} {printed_number(printed)}"
                )
                yield Finding(
                    rule_id, rule["severity"], message, (CellReference.of(fact), cells.reference(key))
                )
            elif fact.unit == "条" and cells.unit(key) == "件":
                message = f"正文以“条”计（{fact.raw}），表格以“件”计，请统一计量单位"
                yield Finding(_OTHER_UNIT, "info", message, (CellReference.of(fact), cells.reference(key)))


def section_findings(rule: Mapping[str, Any], cells: Cells) -> Iterator[Finding]:
    """What a section must mention, or that it must say something at all."""
    if rule["section"] not in cells.sections:
        return
    text = cells.sections[rule["section"]]
    keys = [key for code in rule.get("when", ()) for key in cells.table if key[0] == code]
    causes = [key for key in keys if (cells.value(key) or 0) > 0]
    if rule.get("when") and not causes:
        return
    empty = rule.get("must_say_something") and _NOTHING.fullmatch(text)
    unmentioned = "must_mention" in rule and rule["must_mention"] not in text
    if empty or unmentioned:
        yield Finding(
            rule["id"], rule["severity"], rule["name_zh"], tuple(cells.reference(key) for key in causes)
        )


def period_findings(rule: Mapping[str, Any], cells: Cells) -> Iterator[Finding]:
    """The period the figures are for, where the text states one."""
    year = cells.reading.year
    for text in cells.sections.values():
        plain = re.sub(r"\s", "", text)
        for found in _PERIOD.finditer(plain):
            around = plain[max(0, found.start() - 20) : found.end() + 10]
            if year is None or not any(word in around for word in _COUNTED):
                continue
            stated = (
                int(found[1]),
                int(found[2]),
                int(found[3]),
                int(found[4] or found[1]),
                *map(int, found.group(5, 6)),
            )
            if stated != (year, 1, 1, year, 12, 31):
                yield Finding(rule["id"], rule["severity"], f"{rule['name_zh']}：{found.group()}")


def mention_findings(rule: Mapping[str, Any], cells: Cells) -> Iterator[Finding]:
    """The same thing told twice in the text, with different numbers."""
    for told in cells.told.values():
        by_item: dict[str | None, list[Fact]] = {}
        for fact in told:
            if fact.value is not None and fact.status in ("reported", "nil"):
                by_item.setdefault(fact.item, []).append(fact)
        for item, facts in by_item.items():
            values = dict.fromkeys(printed_number(fact.value) for fact in facts)
            if len(values) > 1:
                name = cells.book.indicators[facts[0].indicator].name_zh
                message = (
                    f"{rule['name_zh']}：{name}{f'（{item}）' if item else ''}先后为 {'、'.join(values)}"
                )
                yield Finding(rule["id"], rule["severity"], message, tuple(map(CellReference.of, facts)))


def stated_totals(cells: Cells) -> frozenset[str]:
    """The totals that `stated` rules test in this report: told, with a part told somewhere."""
    named = {rule["total"] for rule in cells.book.rules if rule["kind"] == "stated"}
    return frozenset(code for code in named if _first_number(cells, code) and _parts(cells, code))


def _tells_more(total: Fact, cells: Cells) -> bool:
    """Whether the sentence of a total has a number in the total's unit that no fact is of: perhaps a part.

    A line of a figures file is no sentence.
    """
    quote, start = total.locator.get("quote"), total.locator.get("quote_start")
    if not quote or start is None:
        return False
    known = {
        fact.locator["start"] - start
        for told in cells.told.values()
        for fact in told
        if fact.locator.get("quote_start") == start
    }
    found = quantities(fold(quote), cells.book.prose)
    return any(one.unit == total.unit and one.start not in known for one in found)


def _mergeable(parts: list[Fact]) -> list[Fact]:
    """One part of each "A、B、C各12条" that names three things or more: two of the names may be one (N-03)."""
    shared: dict[tuple[int, str], list[Fact]] = {}
    for part in parts:
        if "start" in part.locator:
            shared.setdefault((part.locator["start"], part.raw), []).append(part)
    return [named[0] for named in shared.values() if len(named) >= MERGEABLE]


def _parts(cells: Cells, total: str) -> list[Fact]:
    """The parts of a total that add up to it: each additive child, or its own parts where it has none."""
    parts: list[Fact] = []
    for code in _additive_parts(cells.book).get(total, ()):
        own = _first_number(cells, code)
        parts += [own] if own else _parts(cells, code)
    return parts


@cache
def _additive_parts(book: Codebook) -> dict[str, list[str]]:
    """For each total of the indicators' tree the codes that add up to it."""
    parts: dict[str, list[str]] = {}
    for code, indicator in book.indicators.items():
        if indicator.parent and indicator.additive == "yes":
            parts.setdefault(indicator.parent, []).append(code)
    return parts


def _first_number(cells: Cells, code: str) -> Fact | None:
    told = cells.told.get(code, ())
    return next((fact for fact in told if fact.value is not None and fact.status != "approximate"), None)
