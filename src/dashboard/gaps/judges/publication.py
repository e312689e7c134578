"""Was the report published in time, and is anything of the series or of the report missing?"""

from collections.abc import Iterator
from datetime import date

from dashboard.formats import day
from dashboard.gaps.report import Report
from dashboard.gaps.verdict import Rule, Verdict


def published_by(rule: Rule, report: Report) -> Iterator[Verdict]:
    """The day of publication against the last day of the law, MM-DD of the year after the report's.

    A signature proves only that the report was not published before its date.
    """
    told = report.history.reports[report.year]
    last = rule["due_of_government"] if report.is_of_government else rule["due"]
    due = date.fromisoformat(f"{report.year + 1}-{last}")
    published, signed = (
        date.fromisoformat(told[key]) if told[key] else None for key in ("published", "signed")
    )
    if published is not None:
        late = (published - due).days
        if late > 0:
            yield Verdict("short", f"{published} 公布，晚于 {due}（{late} 天）", None, (), None, float(late))
        else:
            yield Verdict("met", f"{day(published)}公布，期限为 {day(due)}")
    elif signed is not None and signed > due:
        late = (signed - due).days
        yield Verdict("short", f"落款日期 {signed}，已晚于 {due}", None, (), None, float(late))
    elif signed is not None:
        yield Verdict("undecided", f"公布日期未知；落款日期 {signed}，不能证明当日公布，期限为 {due}")
    else:
        yield Verdict("undecided", f"公布日期未知，期限为 {due}；登记原件时可写明公布日期")


def missing(rule: Rule, report: Report) -> Iterator[Verdict]:
    """A year without a report; a table that the report shows no figures of.

    That the newest year is not in the database does not say that there is no report.
    """
    item = f"{report.year} 年年报"
    if not report.exists and not report.history.years_after(report.year):
        said = f"{item}未入库，同区域其他机关已有入库；是否已经公布须查原网站"
        yield Verdict("undecided", said, item)
        return
    if not report.exists:
        yield Verdict("short", f"{report.year} 年没有年报，前后年度均有", item)
        return
    lacking = [row for row in report.findings if row["rule"] in rule["rules"] and row["severity"] != "info"]
    for row in lacking:
        yield Verdict("short", row["message"], row["rule"], rests_on=report.rests_on(row))
    if not lacking and report.is_complete:
        yield Verdict("met", "本年年报在库，各表齐全")
    elif not lacking:
        yield Verdict("no_figure", "入库的是摘录，没有全部表格")
