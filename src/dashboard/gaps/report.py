"""The report under judgement, and the figures a rule may ask it for."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from dashboard import queries
from dashboard.codebook import Codebook
from dashboard.rows import records
from dashboard.store import Store


@dataclass(slots=True)
class Report:
    """The report under judgement and how to ask about it."""

    store: Store
    book: Codebook
    agency: str
    year: int
    edition: str | None
    is_original: bool
    is_complete: bool
    later_years: tuple[int, ...]
    _asked: dict[tuple[str, int], pd.DataFrame] = field(default_factory=dict)

    def rows(self, indicator: str, year: int | None = None) -> list[dict[str, Any]]:
        """The indicator's rows of a year (one an item), numbers and reasons alike."""
        key = (indicator, year or self.year)
        if key not in self._asked:
            self._asked[key] = queries.trend(self.store, self.agency, [indicator], key[1], key[1])
        return records(self._asked[key])

    def figure(self, indicators: list[str], year: int | None = None) -> dict[str, Any] | None:
        """The first of the indicators that has a number in the year, or None."""
        for indicator in indicators:
            for row in self.rows(indicator, year):
                if row["value"] is not None:
                    return row
        return None

    def absence(self, what: str, indicators: Sequence[str] = ()) -> str:
        """Why there is no figure, in words: not in the excerpt, told without a number, or not told."""
        told = [row["status"] for indicator in indicators for row in self.rows(indicator)]
        if "unquantified" in told:
            return f"{what}年报未写数量，不作 0 计"
        return f"年报没有写{what}" if self.is_complete else f"摘录未含{what}"

    def name(self, indicator: str) -> str:
        """The indicator's Chinese name."""
        return self.book.indicators[indicator].name_zh
