"""What only the office's own records tell, as far as the report's counts rule it out or give what to compare."""

from collections.abc import Iterator

from dashboard.formats import quantity
from dashboard.gaps.report import Report, Row
from dashboard.gaps.verdict import Rule, Verdict
from dashboard.rows import ids


def needs_records(rule: Rule, report: Report) -> Iterator[Verdict]:
    """The records that the rule says the office has to look into, with the report's figures to hold them against.

    Fewer `occasions` than `least` rule the fault out: none at all make the rule not applicable, some meet it.
    """
    occasions = report.figure(rule.get("occasions", ()))
    if occasions is not None and occasions["value"] < rule["least"]:
        said = f"{_told(report, occasions)}，{rule['when_fewer']}"
        verdict = "met" if occasions["value"] else "not_applicable"
        yield Verdict(verdict, said, None, ids([occasions["fact_id"]]))
        return
    shown = report.counted(rule.get("shown", ()))
    figures = "、".join(_told(report, row) for row in shown)
    said = f"{rule['missing']}（本报告：{figures}）" if figures else rule["missing"]
    yield Verdict("no_figure", said, None, ids([row["fact_id"] for row in shown]))


def _told(report: Report, row: Row) -> str:
    return f"{report.book.indicators[row['indicator']].said_zh} {quantity(row['value'], row['unit_zh'])}"
