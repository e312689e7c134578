"""Series over the years in words: as a table, in a sentence, with the reports they are from.

All take rows of queries.trend with `series`, the name shown.
"""

from typing import Any

import pandas as pd

from dashboard.formats import NO_NUMBER, years
from dashboard.rows import records
from dashboard.text import texts, words
from dashboard.ui.parts import value_words
from dashboard.ui.source import facts_of


def by_year(shown: pd.DataFrame) -> tuple[pd.DataFrame, list[list[int]]]:
    """A line a series and a column a year, with a word where there is no number; the facts of each line."""
    lines, facts = [], []
    for name, told in shown.groupby("series", sort=False):
        if found := facts_of(records(told)):
            cells = {str(row["year"]): _figure_or_word(row) for row in records(told)}
            lines.append({words("series.name"): name} | cells)
            facts.append(found)
    return pd.DataFrame(lines), facts


def in_words(told: pd.DataFrame) -> str:
    """Every number in words, for a screen reader."""
    return "，".join(f"{row['year']} 年{row['series']} {value_words(row)}" for row in records(told)) + "。"


def source_of(told: pd.DataFrame) -> str:
    """The reports that these rows are from."""
    return words("series.source", years=years([int(year) for year in told["year"]]))


def names_of(shown: pd.DataFrame) -> dict[tuple[str, str | None], str]:
    """The names of the series by indicator and item."""
    return {(row["indicator"], row["item"]): row["series"] for row in records(shown)}


def _figure_or_word(row: dict[str, Any]) -> str:
    shown = value_words(row)
    return texts("status")[row["status"]] if shown == NO_NUMBER else shown
