"""What section 五 of a report promises or finds wanting, and what the next report's figures show of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.codebook import Codebook
from dashboard.formats import number
from dashboard.gaps.report import History, Report, Row
from dashboard.rows import ids
from dashboard.store import Store

#: What can come of a promise: kept, broken (figure not higher), or one of three ways of not knowing.
KEPT, BROKEN = "kept", "broken"
NO_LATER_REPORT, NO_INDICATOR, NO_FIGURE = "no_later_report", "no_indicator", "no_figure"


@dataclass(frozen=True, slots=True)
class Promise:
    """A topic of section 五, whether it was promised or only named, and what came of it.

    `before` and `after` are the indicator's numbers in `year` and `later_year`, both None where they
    cannot be compared; `facts` are the statements, then the figures.
    """

    year: int
    topic: str
    is_promised: bool
    outcome: str
    indicator: str | None
    later_year: int | None
    before: float | None
    after: float | None
    unit: str
    facts: tuple[int, ...]


def promises(store: Store, book: Codebook, agency: str, year: int | None = None) -> list[Promise]:
    """What the reports of an agency (of `year`, or all) say they will better, with the figures that answer.

    The figures are those of the next report that has them; a topic's indicators are in prose.toml.
    A figure kept is one that is higher. Figures are not compared across a break of the series.
    """
    history = History(store, book, agency)
    years = sorted(history.reports) if year is None else [year]
    return [
        found for told in years if told in history.reports for found in promises_of(Report(history, told))
    ]


def promises_of(report: Report) -> Iterator[Promise]:
    """The promises of one report, a topic each, in its order."""
    indicators = {topic["name"]: topic["indicators"] for topic in report.book.prose["topic"]}
    stated: dict[str, list[Row]] = {}
    for row in report.history.statements.get(report.year, []):
        stated.setdefault(row["topic"], []).append(row)
    for topic, rows in stated.items():
        yield _followed(report, topic, rows, indicators.get(topic, []))


def _followed(report: Report, topic: str, rows: list[Row], indicators: list[str]) -> Promise:
    is_promised = any(row["indicator"] == "problems.promised" for row in rows)
    said = ids([row["fact_id"] for row in rows])
    later = report.history.years_after(report.year)
    if later and indicators:
        for year in later:
            pairs = _pairs(report, Report(report.history, year), indicators)
            if pairs:
                before, after = (float(sum(pair[side]["value"] for pair in pairs)) for side in (0, 1))
                return Promise(
                    report.year,
                    topic,
                    is_promised,
                    KEPT if after > before else BROKEN,
                    pairs[0][1]["indicator"],
                    year,
                    before,
                    after,
                    pairs[0][1]["unit_zh"],
                    (*said, *ids([row["fact_id"] for pair in pairs for row in pair])),
                )
    outcome = NO_FIGURE if later and indicators else NO_LATER_REPORT if not later else NO_INDICATOR
    return Promise(report.year, topic, is_promised, outcome, None, None, None, None, "", said)


def _pairs(report: Report, later: Report, indicators: list[str]) -> list[tuple[Row, Row]]:
    """The same items of the first indicator that both reports tell, on one side of any break."""
    for code in indicators:
        after = {row["item"]: row for row in later.counted([code])}
        pairs = [(row, after[row["item"]]) for row in report.counted([code]) if row["item"] in after]
        same = [pair for pair in pairs if pair[0]["segment"] == pair[1]["segment"]]
        if same:
            return same
    return []


def told(promise: Promise, name: str) -> str:
    """The figures of a promise in words, `name` that of its indicator: 政务动态发布数：2020 年 15 条，…"""
    before, after = (f"{number(value)} {promise.unit}" for value in (promise.before, promise.after))
    return f"{name}：{promise.year} 年 {before}，{promise.later_year} 年 {after}"
