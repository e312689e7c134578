"""One function a kind of gap rule: settings of the rule and a report -> verdicts.

Limits of the cadence test (standards, section 4): an annual count proves a gap in the year, not that
an inspection fell into it; only dates can prove that an account kept to its rhythm.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any, Final

from dashboard import queries
from dashboard.formats import number, years
from dashboard.gaps.report import Report
from dashboard.rows import ids, records

Rule = Mapping[str, Any]
_LEAP = 4


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule says of a report or of one item in it."""

    verdict: str
    evidence: str
    item: str | None = None
    facts: tuple[int, ...] = ()
    severity: str | None = None


def _findings(rule: Rule, report: Report) -> Iterator[Verdict]:
    found = queries.findings(report.store, report.agency, report.year)
    mine = [row for row in records(found) if row["rule"].startswith(tuple(rule["rules"]))]
    problems = [row for row in mine if row["severity"] in ("error", "warning")]
    for row in problems:
        severity = rule["severity"] if row["severity"] == "error" else rule["severity_of_blanks"]
        yield Verdict("short", row["message"], row["rule"], ids(row["fact_ids"]), severity)
    if problems:
        return
    cells = queries.form_cells(report.store, report.agency, report.year)
    if rule["needs_table"] and cells["fact_id"].isna().all():
        yield Verdict("no_figure", "表格未入库，无从核对")
    else:
        yield Verdict("met", rule["when_met"])


def cadence(posts: float, days: int, year: int) -> tuple[str, int]:
    """The verdict on an annual count and the least count that can keep the cadence.

    n posts make n + 1 gaps: fewer than ceil(D / g) - 1 posts must leave a gap longer than g days;
    at twice that the average is clearly met; between, only dates can tell (standards, section 4).
    """
    in_year = 366 if year % _LEAP == 0 else 365
    least = ceil(in_year / days) - 1
    if posts < least:
        return "short", least
    return ("met" if posts >= 2 * least else "undecided"), least


def _cadence(rule: Rule, report: Report) -> Iterator[Verdict]:
    told = [row for indicator in rule["indicators"] for row in report.rows(indicator)]
    counted = [row for row in told if row["value"] is not None]
    if not counted:
        yield Verdict("no_figure", report.absence(rule["what"], rule["indicators"]))
    for row in counted:
        verdict, least = cadence(row["value"], rule["days"], report.year)
        said = f"全年 {number(row['value'])} {row['unit'] or row['unit_zh']}"
        evidence = {
            "short": f"{said}，少于 {least} 条，全年必有超过两周未更新的时段（必有断更）",
            "undecided": f"{said}，须有逐条日期方可判定",
            "met": f"{said}，平均达标（未逐条核验日期）",
        }[verdict]
        item = row["item"] or report.name(row["indicator"]).removesuffix("发布数")
        yield Verdict(verdict, evidence, item, ids([row["fact_id"]]))


def _one_per_platform(rule: Rule, report: Report) -> Iterator[Verdict]:
    told = [row for indicator in rule["indicators"] for row in report.rows(indicator)]
    counted = [row for row in told if row["value"] is not None]
    if not counted:
        yield Verdict("no_figure", report.absence("账号数", rule["indicators"]))
    for row in counted:
        facts = ids([row["fact_id"]])
        if row["value"] > 1:
            evidence = f"{report.name(row['indicator'])} {number(row['value'])} 个，开办主体未写明，请核实"
            yield Verdict("undecided", evidence, None, facts)
        else:
            yield Verdict("met", f"{report.name(row['indicator'])} {number(row['value'])} 个", None, facts)


def _interpretation(rule: Rule, report: Report) -> Iterator[Verdict]:
    due, covered = report.figure(rule["due"]), report.figure(rule["covered"])
    told = covered or report.figure(rule["told"])
    said = report.absence("制发规范性文件数") if due is None else f"制发规范性文件 {number(due['value'])} 件"
    facts = ids([row["fact_id"] for row in (due, told) if row])
    if told is None:
        ratio = "，解读率不适用" if due and not due["value"] else ""
        yield Verdict(
            "no_figure", f"{said}{ratio}；{report.absence('政策解读数', rule['told'])}", None, facts
        )
    elif due is None or covered is None:
        number_told = f"政策解读 {number(told['value'])} {told['unit'] or '篇'}"
        yield Verdict("no_figure", f"{said}；{number_told}，其中解读本机关文件的件数未写", None, facts)
    elif not due["value"]:
        yield Verdict("not_applicable", f"{said}，解读率不适用", None, facts)
    else:
        verdict = "met" if covered["value"] >= due["value"] else "short"
        yield Verdict(verdict, f"{said}，已解读 {number(covered['value'])} 件", None, facts)


def _own_cycle(rule: Rule, report: Report) -> Iterator[Verdict]:
    codes = [
        code
        for code, found in report.book.indicators.items()
        if found.additive == "yes" and (found.parent or "").split(".")[0] == rule["parent"]
    ]
    rows = [row for code in codes for row in report.rows(code) if row["fact_id"] is not None]
    if not rows:
        yield Verdict("no_figure", report.absence("分类的救助信息公开数"))
    for row in rows:
        item, facts = report.name(row["indicator"]), ids([row["fact_id"]])
        if row["value"] is None:
            yield Verdict("no_figure", "年报未写数量，不作 0 计", item, facts)
        elif row["value"] >= rule["expected"]:
            yield Verdict("met", f"全年 {number(row['value'])} 条，不少于每月 1 条", item, facts)
        else:
            evidence = f"全年 {number(row['value'])} 条，少于 {rule['expected']} 条；公开周期未写明，无法判定"
            yield Verdict("undecided", evidence, item, facts)


def _follow_up(_rule: Rule, report: Report) -> Iterator[Verdict]:
    statements = queries.statements(report.store, report.agency)
    mine = statements[statements["year"] == report.year]
    indicators = {topic["name"]: topic["indicators"] for topic in report.book.prose["topic"]}
    if mine.empty:
        yield Verdict("no_figure", "库中没有本年第五部分所述的问题和承诺")
    for topic, rows in mine.groupby("topic", sort=False):
        facts = ids(rows["fact_id"].tolist())
        yield _followed(str(topic), indicators.get(str(topic), []), facts, report)


def _followed(topic: str, indicators: list[str], facts: tuple[int, ...], report: Report) -> Verdict:
    before = report.figure(indicators)
    year, after = next(
        ((later, row) for later in report.later_years if (row := report.figure(indicators, later))),
        (None, None),
    )
    if not report.later_years:
        return Verdict("undecided", "其后年度的年报未入库", topic, facts)
    if not indicators or before is None or after is None or year is None:
        reason = (
            "没有可对照的指标"
            if not indicators
            else f"{years(list(report.later_years))} 年年报没有可对照的数据"
        )
        return Verdict("undecided" if not indicators else "no_figure", reason, topic, facts)
    name = report.name(after["indicator"])
    unit = after["unit"] or after["unit_zh"]
    figures = (number(before["value"]), number(after["value"]))
    said = f"{name}：{report.year} 年 {figures[0]} {unit}，{year} 年 {figures[1]} {unit}"
    verdict = "met" if after["value"] > before["value"] else "short"
    return Verdict(verdict, said, topic, (*facts, *ids([before["fact_id"], after["fact_id"]])))


def _unquantified_problem(_rule: Rule, report: Report) -> Iterator[Verdict]:
    statements = queries.statements(report.store, report.agency)
    stated = statements[(statements["year"] == report.year) & (statements["indicator"] == "problems.stated")]
    indicators = {topic["name"]: topic["indicators"] for topic in report.book.prose["topic"]}
    if stated.empty:
        yield Verdict("no_figure", "库中没有本年第五部分所述的问题")
    for row in records(stated):
        named = indicators.get(row["topic"], [])
        figure = report.figure(named)
        facts = ids([row["fact_id"], figure["fact_id"]] if figure else [row["fact_id"]])
        if not named:
            yield Verdict("undecided", "该问题没有对应的指标", row["topic"], facts)
        elif figure is None and not report.is_complete:
            yield Verdict("no_figure", report.absence("相应数量", named), row["topic"], facts)
        elif figure is None:
            yield Verdict("short", f"自述“{row['topic']}”方面有问题，年报没有写相应数量", row["topic"], facts)
        else:
            said = f"{report.name(figure['indicator'])}已写数量"
            yield Verdict("met", said, row["topic"], facts)


def _section_mentions(rule: Rule, report: Report) -> Iterator[Verdict]:
    text = _section(rule, report)
    if text is None:
        yield Verdict("no_figure", f"第{rule['section']}部分原文未入库")
    elif any(word in text for word in rule["words"]):
        yield Verdict("met", f"第{rule['section']}部分已说明")
    else:
        yield Verdict("short", f"第{rule['section']}部分没有说明{'、'.join(rule['words'])}")


def _section_heads(rule: Rule, report: Report) -> Iterator[Verdict]:
    text = _section(rule, report)
    if text is None:
        yield Verdict("no_figure", f"第{rule['section']}部分原文未入库")
        return
    missing = [head for head, words in rule["heads"].items() if not any(word in text for word in words)]
    if missing:
        yield Verdict("short", f"第{rule['section']}部分没有写：{'、'.join(missing)}")
    else:
        yield Verdict("met", "五个方面均已写到")


def _section(rule: Rule, report: Report) -> str | None:
    if not report.is_original:
        return None
    return queries.section_texts(report.store, report.agency, report.year).get(rule["section"])


def _published_share(rule: Rule, report: Report) -> Iterator[Verdict]:
    *lead, everything = rule["handled"]
    led = [row for code in lead if (row := report.figure([code]))]
    handled = led or [row for row in [report.figure([everything])] if row]
    published = report.figure([rule["published"]])
    facts = ids([row["fact_id"] for row in [*handled, *([published] if published else [])]])
    said = (
        f"办理 {number(sum(row['value'] for row in handled))} 件"
        if handled
        else report.absence("办理件数", rule["handled"])
    )
    if published is None or not handled:
        yield Verdict(
            "no_figure", f"{said}；{report.absence('答复公开件数', [rule['published']])}", None, facts
        )
    elif not led:
        yield Verdict(
            "undecided", f"{said}，主办件数未写；公开答复 {number(published['value'])} 件", None, facts
        )
    else:
        verdict = "met" if published["value"] >= sum(row["value"] for row in led) else "short"
        yield Verdict(verdict, f"主办 {said}，公开答复 {number(published['value'])} 件", None, facts)


KINDS: Final[Mapping[str, Callable[[Rule, Report], Iterator[Verdict]]]] = {
    "findings": _findings,
    "cadence": _cadence,
    "one_per_platform": _one_per_platform,
    "interpretation": _interpretation,
    "own_cycle": _own_cycle,
    "follow_up": _follow_up,
    "unquantified_problem": _unquantified_problem,
    "section_mentions": _section_mentions,
    "section_heads": _section_heads,
    "published_share": _published_share,
}
