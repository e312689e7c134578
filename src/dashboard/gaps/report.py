"""What rules may ask: an agency's figures, texts and findings over the years, and one report of them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dashboard import queries
from dashboard.codebook import Codebook
from dashboard.rows import records
from dashboard.store import Store

Row = dict[str, Any]
#: The columns of queries.trend that rules look at.
_COLUMNS = (
    *("indicator", "unit_zh", "item", "year", "value", "status", "source", "fact_id", "segment", "unit"),
    *("base_value", "base_fact_id", "change"),
)
#: What names a cell for ever: whose report, the year, the cell.
_CELL = ("agency", "year", "indicator", "group", "item")


class History:
    """All that the database holds of one agency; each question is put once, for all years and rules."""

    def __init__(self, store: Store, book: Codebook, agency: str) -> None:
        self.store, self.book, self.agency = store, book, agency
        told = records(queries.reports(store, agency))
        self.reports: dict[int, Row] = {row["year"]: row for row in told if row["speaks"]}

    @cached_property
    def figures(self) -> dict[tuple[str, int], list[Row]]:
        """The rows of queries.trend that a report says something in, by indicator and year, one an item."""
        found: dict[tuple[str, int], list[Row]] = defaultdict(list)
        years = sorted(self.reports)
        told = queries.trend(self.store, self.agency, list(self.book.indicators), years[0], years[-1])
        said = told["fact_id"].notna() | told["value"].notna()
        for row in records(told.loc[said, list(_COLUMNS)]):
            found[row["indicator"], row["year"]].append(row)
        return found

    @cached_property
    def findings(self) -> dict[int, list[Row]]:
        """The findings of the checks by year."""
        return _by_year(records(queries.findings(self.store, self.agency)))

    @cached_property
    def finding_cells(self) -> dict[int, tuple[str, ...]]:
        """The cells that each finding names, a line a cell that no rebuild changes."""
        found: dict[int, list[str]] = defaultdict(list)
        for row in records(queries.finding_cells(self.store, self.agency)):
            found[row["finding_id"]].append(" ".join(str(row[name] or "") for name in _CELL))
        return {finding: tuple(cells) for finding, cells in found.items()}

    @cached_property
    def statements(self) -> dict[int, list[Row]]:
        """The problems and promises of section 五 by year."""
        return _by_year(records(queries.statements(self.store, self.agency)))

    @cached_property
    def interpretations(self) -> dict[int, list[Row]]:
        """Documents and their interpretations by year, a row for the agency and for each of its peers."""
        return _by_year(records(queries.interpretations(self.store, self.agency)))

    @cached_property
    def approximate(self) -> frozenset[int]:
        """The facts that give a round number only (约、近、余)."""
        rows = (row for told in self.figures.values() for row in told if row["status"] == "approximate")
        return frozenset(int(row["fact_id"]) for row in rows)

    @cached_property
    def breaks(self) -> frozenset[tuple[str, int]]:
        """Indicators, each with the first year that does not compare with those before."""
        told = records(queries.breaks(self.store, self.agency, list(self.book.indicators)))
        return frozenset((row["indicator"], row["first_year"]) for row in told)

    def lacks(self, year: int) -> bool:
        """Whether a report of the year should be there: reports of its own lie about it, or its district is on."""
        if not self.reports or year in self.reports:
            return False
        return min(self.reports) < year <= max(*self.reports, queries.newest_year(self.store, self.agency))

    def years_after(self, year: int) -> list[int]:
        """The later years that have a report, in order."""
        return sorted(other for other in self.reports if other > year)


def _by_year(rows: list[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["year"]].append(row)
    return found


@dataclass(frozen=True)
class Report:
    """The report under judgement: a year of an agency's history. There may be none for the year."""

    history: History
    year: int

    @property
    def book(self) -> Codebook:
        """The codebook."""
        return self.history.book

    @property
    def exists(self) -> bool:
        """Whether there is a report for the year."""
        return self.year in self.history.reports

    @property
    def edition(self) -> str | None:
        """The edition of its form."""
        edition: str | None = self.history.reports[self.year]["edition"]
        return edition

    @property
    def is_original(self) -> bool:
        """Whether it was read from a document, so that its text is known."""
        return bool(self.history.reports[self.year]["kind"] == "original")

    @property
    def is_complete(self) -> bool:
        """Whether what is not told is not in the report either."""
        return bool(self.history.reports[self.year]["is_complete"])

    @property
    def before(self) -> "Report | None":
        """The report of the year before, None where there is none."""
        earlier = Report(self.history, self.year - 1)
        return earlier if earlier.exists else None

    @property
    def is_of_government(self) -> bool:
        """Whether the agency is a government, not a department of one."""
        row = self.book.agency(self.history.agency)
        return bool(row and row["type"] == "政府")

    @cached_property
    def findings(self) -> list[Row]:
        """What the checks found in it."""
        return self.history.findings.get(self.year, [])

    def rests_on(self, finding: Row) -> tuple[str, ...]:
        """What a finding rests on: its cells, or its words where it names none."""
        return self.history.finding_cells.get(finding["finding_id"], (finding["message"],))

    @cached_property
    def texts(self) -> dict[str, str]:
        """Its text by section, "" what stands before the first; empty where it was entered as figures."""
        if not self.is_original:
            return {}
        return queries.report_texts(self.history.store, self.history.agency, self.year)

    def rows(self, indicator: str) -> list[Row]:
        """What the report says of the indicator (one row an item), with or without a number."""
        return self.history.figures.get((indicator, self.year), [])

    def counted(self, indicators: Sequence[str]) -> list[Row]:
        """The rows of the indicators that have a number."""
        return [row for code in indicators for row in self.rows(code) if row["value"] is not None]

    def figure(self, indicators: Sequence[str]) -> Row | None:
        """The first of the indicators that has a number in the year, or None."""
        return next(iter(self.counted(indicators)), None)

    def value(self, indicator: str) -> float | None:
        """The indicator's number in the year, or None."""
        found = self.figure([indicator])
        return None if found is None else float(found["value"])

    def asks(self, indicator: str) -> bool:
        """Whether its form has a row for the indicator in every report."""
        form = self.book.editions.get(self.edition) if self.edition else None
        return form is not None and any(code == indicator for code, _ in form.required_cells)

    def is_broken(self, indicator: str) -> bool:
        """Whether the indicator does not compare with the year before."""
        return (indicator, self.year) in self.history.breaks

    def absence(self, what: str, indicators: Sequence[str] = ()) -> str:
        """Why there is no figure, in words: not in the excerpt, told without a number, or not told."""
        told = [row["status"] for indicator in indicators for row in self.rows(indicator)]
        if "unquantified" in told:
            return f"{what}年报未写数量，不作 0 计"
        return f"年报没有写{what}" if self.is_complete else f"摘录未含{what}"

    def lacking(self, where: str, what: str) -> str:
        """That a table has no number, in words: 表 3 的新收没有数字, or 摘录未含表 3 的新收."""
        return f"{where}{what}没有数字" if self.is_complete else f"摘录未含{where}{what}"

    def name(self, indicator: str) -> str:
        """The indicator's Chinese name."""
        return self.book.indicators[indicator].name_zh
