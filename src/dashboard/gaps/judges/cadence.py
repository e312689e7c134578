"""How often accounts and columns were updated, as far as an annual count can tell.

Limits of the cadence test (standards, section 4): an annual count proves a gap in the year, not that
an inspection fell into it; only dates can prove that an account kept to its rhythm.
"""

from collections.abc import Iterator
from math import ceil

from dashboard.formats import number
from dashboard.gaps.report import Report, Row
from dashboard.gaps.verdict import Rule, Verdict
from dashboard.rows import ids

_LEAP = 4
_PERIODS = {14: "两周", 90: " 90 天", 183: "六个月"}


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


def updated(rule: Rule, report: Report) -> Iterator[Verdict]:
    """Each account or column of `indicators` against an update every `days` days."""
    counted = report.counted(_leaves(rule["indicators"], report))
    if not counted:
        yield Verdict("no_figure", report.absence(rule["what"], rule["indicators"]))
    for row in counted:
        yield _counted(rule, report, row)


def _counted(rule: Rule, report: Report, row: Row) -> Verdict:
    days = rule["days"]
    verdict, least = cadence(row["value"], days, report.year)
    said = f"全年 {number(row['value'])} {row['unit'] or row['unit_zh']}"
    period = _PERIODS.get(days, f" {days} 天")
    evidence = {
        "short": f"{said}，少于 {least} 条，全年必有超过{period}未更新的时段（必有断更）",
        "undecided": f"{said}，须有逐条日期方可判定",
        "met": f"{said}，平均达标（未逐条核验日期）",
    }[verdict]
    item = row["item"] or report.name(row["indicator"]).removesuffix("发布数")
    return Verdict(verdict, evidence, item, ids([row["fact_id"]]), None, float(least - row["value"]))


def _leaves(patterns: list[str], report: Report) -> list[str]:
    """The indicators a rule names; of "stem.*" those that are parts, not totals or other views of them."""
    book = report.book
    named = [code for pattern in patterns for code in book.matching(pattern)]
    return [code for code in named if code in patterns or book.indicators[code].additive == "yes"]


def one_per_platform(rule: Rule, report: Report) -> Iterator[Verdict]:
    """No more than one account a platform; whose they are, a report hardly says."""
    counted = report.counted(rule["indicators"])
    if not counted:
        yield Verdict("no_figure", report.absence("账号数", rule["indicators"]))
    for row in counted:
        facts = ids([row["fact_id"]])
        name, told = report.name(row["indicator"]), number(row["value"])
        item = name.removesuffix("数量").removesuffix("数")
        if row["value"] > rule["most"]:
            yield Verdict("undecided", f"{name} {told} 个，开办主体未写明，请核实", item, facts)
        else:
            yield Verdict("met", f"{name} {told} 个", item, facts)
