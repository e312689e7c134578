"""Rows of a DataFrame as plain dicts, and what their states mean on paper.

A missing number is None here, whatever pandas called it; it never becomes 0.
"""

from collections.abc import Hashable, Iterable
from math import isnan
from typing import Any

import pandas as pd

from dashboard import formats
from dashboard.text import texts, words

Row = dict[str, Any]

HOLLOW_STATUSES = frozenset({"derived", "approximate"})
#: The report, or the form, has no such figure at all: nothing was left out by the writer.
ABSENT_STATUSES = frozenset({"not_asked", "not_entered", "no_report"})


def rows_of(table: pd.DataFrame, language: str = "zh") -> list[Row]:
    """One dict a row; NaN, NaT and pd.NA become None, numbers in `value` float; `language` is kept."""
    rows: list[Row] = []
    for record in table.to_dict("records"):
        row: Row = {str(name): None if _is_missing(cell) else cell for name, cell in record.items()}
        if row.get("value") is not None:
            row["value"] = float(row["value"])
        if row.get("year") is not None:
            row["year"] = int(row["year"])
        rows.append({"value": None, **row, "language": language})
    return rows


def _is_missing(cell: Hashable) -> bool:
    return cell is None or cell is pd.NA or cell is pd.NaT or (isinstance(cell, float) and isnan(cell))


def ordered(rows: Iterable[Row], name: str, order: str) -> list[Any]:
    """The different values of a column, by another column's order, then as they come."""
    first: dict[Any, Any] = {}
    for row in rows:
        first.setdefault(row[name], row.get(order))
    return sorted(
        first, key=lambda value: (first[value] is None, first[value] if first[value] is not None else 0)
    )


def is_hollow(row: Row) -> bool:
    """Derived and approximate numbers are drawn hollow."""
    return row.get("status") in HOLLOW_STATUSES


def number_of(row: Row) -> str:
    """The number as written beside a mark: "1,234", "约 40"; "" when there is none."""
    if row.get("value") is None:
        return ""
    text = formats.number(row["value"])
    return (
        f"{words('chart.about', row.get('language', 'zh'))} {text}"
        if row.get("status") == "approximate"
        else text
    )


def word_for(row: Row, *, short: bool = False, otherwise: str = "no_report") -> str:
    """The word for why there is no number: the row's own reason, else that of its status (or `otherwise`)."""
    status = str(row.get("status") or otherwise)
    reason = row.get("reason_label")
    if reason and not short:
        return str(reason)
    kind = "status_short" if short else "status"
    return texts(f"chart.{kind}", row.get("language", "zh")).get(status, formats.NO_NUMBER)


def runs(years: Iterable[int]) -> list[tuple[int, int]]:
    """Neighbouring years put together: [2020, 2021, 2023] -> [(2020, 2021), (2023, 2023)]."""
    found: list[tuple[int, int]] = []
    for year in sorted(set(years)):
        if found and year == found[-1][1] + 1:
            found[-1] = (found[-1][0], year)
        else:
            found.append((year, year))
    return found


def year_label(year: int, room: float) -> str:
    """A year in the room one year has: 2024, or 24 on a crowded axis."""
    return str(year) if room >= 28 else f"{year % 100:02d}"  # noqa: PLR2004 four digits at 11 px are 26 wide
