"""What section 五 says: promises followed up, problems named without a number."""

from collections.abc import Iterator

from dashboard.formats import years
from dashboard.gaps.promises import BROKEN, KEPT, NO_INDICATOR, NO_LATER_REPORT, Promise, promises_of, told
from dashboard.gaps.report import Report
from dashboard.gaps.verdict import Rule, Verdict
from dashboard.rows import ids


def follow_up(_rule: Rule, report: Report) -> Iterator[Verdict]:
    """Each topic of section 五 against the next report's figure."""
    found = list(promises_of(report))
    if not found:
        yield Verdict("no_figure", "库中没有本年第五部分所述的问题和承诺")
    for promise in found:
        yield _followed(promise, report)


def _followed(promise: Promise, report: Report) -> Verdict:
    if promise.outcome == NO_LATER_REPORT:
        return Verdict("undecided", "其后年度的年报未入库", promise.topic, promise.facts)
    if promise.outcome == NO_INDICATOR:
        return Verdict("undecided", "没有可对照的指标", promise.topic, promise.facts)
    if promise.indicator is None:
        later = years(report.history.years_after(report.year))
        return Verdict("no_figure", f"{later} 年年报没有可对照的数据", promise.topic, promise.facts)
    said = told(promise, report.name(promise.indicator))
    verdict = {KEPT: "met", BROKEN: "short"}[promise.outcome]
    return Verdict(verdict, said, promise.topic, promise.facts)


def unquantified_problem(_rule: Rule, report: Report) -> Iterator[Verdict]:
    """Problems named in section 五 for which the report has no number, a verdict a topic."""
    statements = report.history.statements.get(report.year, [])
    stated = [row for row in statements if row["indicator"] == "problems.stated"]
    indicators = {topic["name"]: topic["indicators"] for topic in report.book.prose["topic"]}
    if not stated:
        yield Verdict("no_figure", "库中没有本年第五部分所述的问题")
    for topic in dict.fromkeys(row["topic"] for row in stated):
        said = [row["fact_id"] for row in stated if row["topic"] == topic]
        named = indicators.get(topic, [])
        figure = report.figure(named)
        facts = ids([*said, figure["fact_id"]] if figure else said)
        if not named:
            yield Verdict("undecided", "该问题没有对应的指标", topic, facts)
        elif figure is None and not report.is_complete:
            yield Verdict("no_figure", report.absence("相应数量", named), topic, facts)
        elif figure is None:
            yield Verdict("short", f"自述“{topic}”方面有问题，年报没有写相应数量", topic, facts)
        else:
            yield Verdict("met", f"{report.name(figure['indicator'])}已写数量", topic, facts)
