"""Counts against the agency's own cycle, a least number, what was led, or the year before."""

import re
from collections.abc import Iterator

from dashboard import queries
from dashboard.formats import number
from dashboard.gaps.report import Report, Row
from dashboard.gaps.verdict import Rule, Verdict
from dashboard.rows import ids, records

_MONTHS, _QUARTERS = 12, 4
_TENFOLD = 10


def own_cycle(rule: Rule, report: Report) -> Iterator[Verdict]:
    """Each class of information against the agency's own cycle, and against last year's classes.

    The cycle: 12 a year where its clause says monthly, 4 where quarterly, else the count of the year
    before, a monthly one at most. Without any, `expected` is met and less is undecided, never short.
    """
    codes = _classes(rule, report)
    rows = [row for code in codes for row in report.rows(code) if row["fact_id"] is not None]
    earlier = report.before.counted(codes) if report.before else []
    before = {row["indicator"]: row for row in earlier if not report.is_broken(row["indicator"])}
    if not rows:
        yield Verdict("no_figure", report.absence("分类的救助信息公开数"))
        return
    cycles = _stated_cycles(rule, report, rows)
    for row in rows:
        yield _in_cycle(rule, report, row, cycles.get(row["fact_id"], 0), before.get(row["indicator"]))
    if report.is_complete:
        yield from _vanished(report, rows, before)


def _classes(rule: Rule, report: Report) -> list[str]:
    return [
        code
        for code, found in report.book.indicators.items()
        if found.additive == "yes" and (found.parent or "").split(".")[0] == rule["parent"]
    ]


def _stated_cycles(rule: Rule, report: Report, rows: list[Row]) -> dict[int, int]:
    """How often a year each fact's own clause says it is published; 0 where it does not, or says two things."""
    told = queries.evidence(report.history.store, [row["fact_id"] for row in rows])
    return {
        int(row["fact_id"]): _stated_cycle(rule, str(row["quote"]), str(row["raw"])) for row in records(told)
    }


def _stated_cycle(rule: Rule, quote: str, raw: str) -> int:
    number_alone = rf"(?<!\d){re.escape(raw)}(?!\d)"
    clauses = [clause for clause in re.split(r"[，,、；;。]", quote) if re.search(number_alone, clause)]
    said = {
        (_MONTHS if re.search(rule["monthly"], clause) else 0)
        or (_QUARTERS if re.search(rule["quarterly"], clause) else 0)
        for clause in clauses
    }
    return said.pop() if len(said) == 1 else 0


def _in_cycle(rule: Rule, report: Report, row: Row, stated: int, before: Row | None) -> Verdict:
    item, facts = report.name(row["indicator"]), ids([row["fact_id"]])
    if row["value"] is None:
        return Verdict("no_figure", "年报未写数量，不作 0 计", item, facts)
    value, said = float(row["value"]), f"全年 {number(row['value'])} 条"
    cycle, why = 0.0, ""
    if stated:
        cycle, why = float(stated), f"年报写明的周期应有 {stated} 条"
    elif before is not None and before["value"]:
        cycle = min(float(before["value"]), rule["expected"])
        why = f"上年 {number(before['value'])} 条"
        facts = (*facts, *ids([before["fact_id"]]))
    if value < cycle:
        return Verdict("short", f"{said}，{why}", item, facts, None, cycle - value)
    if value >= rule["expected"]:
        return Verdict("met", f"{said}，不少于每月 1 条", item, facts)
    if cycle:
        return Verdict("met", f"{said}，{why}", item, facts)
    return Verdict("undecided", f"{said}，少于 {rule['expected']} 条；公开周期未写明，无法判定", item, facts)


def _vanished(report: Report, rows: list[Row], before: dict[str, Row]) -> Iterator[Verdict]:
    """Classes of the year before that are told no longer, neither whole nor by their parts."""
    told = {row["indicator"] for row in rows}
    for code, row in before.items():
        is_told = any(f"{code}.".startswith(f"{other}.") or other.startswith(f"{code}.") for other in told)
        if not is_told and row["value"]:
            said = f"上年公开 {number(row['value'])} 条，本年没有这一类别；如已更名或并入其他类别，请注明"
            yield Verdict("short", said, report.name(code), ids([row["fact_id"]]), None, float(row["value"]))


def at_least(rule: Rule, report: Report) -> Iterator[Verdict]:
    """A count against a least number."""
    found = report.figure([rule["indicator"]])
    if found is None:
        yield Verdict("no_figure", report.absence(report.name(rule["indicator"]), [rule["indicator"]]))
        return
    said = f"{report.name(rule['indicator'])} {number(found['value'])} {found['unit'] or found['unit_zh']}"
    lacking = rule["least"] - float(found["value"])
    if lacking > 0:
        evidence = f"{said}，少于 {rule['least']} {found['unit_zh']}（{rule['what']}）"
        yield Verdict("short", evidence, None, ids([found["fact_id"]]), None, lacking)
    else:
        yield Verdict("met", f"{said}；{rule['not_told']}", None, ids([found["fact_id"]]))


def rate_at_least(rule: Rule, report: Report) -> Iterator[Verdict]:
    """Rates by platform against the least one, in percent."""
    told = report.counted([rule["indicator"]])
    if not told:
        yield Verdict("no_figure", report.absence(report.name(rule["indicator"]), [rule["indicator"]]))
    for row in told:
        said = f"{report.name(rule['indicator'])} {number(row['value'])}%，要求不低于 {rule['least']}%"
        lacking = rule["least"] - float(row["value"])
        verdict = "short" if lacking > 0 else "met"
        yield Verdict(verdict, said, row["item"], ids([row["fact_id"]]), None, max(lacking, 0.0))


def published_share(rule: Rule, report: Report) -> Iterator[Verdict]:
    """Replies published against the cases that the agency led; all of them, to be called met."""
    *lead, everything = rule["handled"]
    led = [row for code in lead if (row := report.figure([code]))]
    handled = led or report.counted([everything])[:1]
    published = report.figure([rule["published"]])
    facts = ids([row["fact_id"] for row in [*handled, *([published] if published else [])]])
    total = sum(row["value"] for row in handled)
    said = f"办理 {number(total)} 件" if handled else report.absence("办理件数", rule["handled"])
    if published is None or not handled:
        absent = report.absence("答复公开件数", [rule["published"]])
        yield Verdict("no_figure", f"{said}；{absent}", None, facts)
        return
    shown = f"公开答复 {number(published['value'])} 件"
    if not led:
        yield Verdict("undecided", f"{said}，主办件数未写；{shown}", None, facts)
    elif total > published["value"]:
        lacking = float(total - published["value"])
        yield Verdict("short", f"主办 {said}，{shown}", None, facts, None, lacking)
    elif len(led) < len(lead):
        yield Verdict("undecided", f"主办 {said}，另有主办件数未写；{shown}", None, facts)
    else:
        yield Verdict("met", f"主办 {said}，{shown}", None, facts)


def unexplained_changes(rule: Rule, report: Report) -> Iterator[Verdict]:
    """Counts that moved by `least_percent` on a base of `least_base`, or tenfold, without a reason in the text."""
    if report.before is None:
        yield Verdict("no_figure", "上年年报未入库，无从比较")
        return
    compared = [row for code in rule["indicators"] for row in report.rows(code) if row["change"] is not None]
    moved = [row for row in compared if _is_large(rule, row)]
    for row in moved:
        yield _explained(rule, report, row)
    if not compared:
        yield Verdict("no_figure", "没有可与上年比较的数字")
    elif not moved:
        yield Verdict("met", f"{len(compared)} 项数据与上年相比，变动都在界限以内")


def _is_large(rule: Rule, row: Row) -> bool:
    base, value = float(row["base_value"]), float(row["value"])
    is_counted = base >= rule["least_base"] and abs(value - base) * 100 >= rule["least_percent"] * base
    larger, smaller = max(base, value), min(base, value)
    return is_counted or (larger >= rule["least_base"] and 0 < smaller * _TENFOLD <= larger)


def _explained(rule: Rule, report: Report, row: Row) -> Verdict:
    name = report.name(row["indicator"])
    item = f"{name}（{row['item']}）" if row["item"] else name
    said = f"上年 {number(row['base_value'])} {row['unit_zh']}，本年 {number(row['value'])} {row['unit_zh']}"
    facts = ids([row["base_fact_id"], row["fact_id"]])
    if not report.texts:
        return Verdict("undecided", f"{said}；原文未入库，是否说明原因未知", item, facts)
    words = rule["words"].get(row["indicator"], name)
    sentences = re.split(r"[。；;]", "".join(report.texts.values()))
    if any(re.search(words, one) and re.search(rule["reasons"], one) for one in sentences):
        return Verdict("met", f"{said}，正文写有变动情况", item, facts)
    return Verdict("short", f"{said}，正文没有说明原因", item, facts)
