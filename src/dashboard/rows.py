"""Rows of a query's table as plain dicts: None for every missing value, lists of fact ids as tuples."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a table as dicts by column name, with None where a value is missing."""
    return [plain(row) for row in table.to_dict("records")]


def plain(row: Mapping[Hashable, Any]) -> dict[str, Any]:
    """One row with None for every missing value (pandas gives NaN, NaT or NA)."""
    return {str(name): None if _is_missing(value) else value for name, value in row.items()}


def ids(fact_ids: Any) -> tuple[int, ...]:  # noqa: ANN401 - a list or array from DuckDB, or a missing value
    """Fact ids as integers; () for a missing list, missing ids left out."""
    if _is_missing(fact_ids):
        return ()
    return tuple(int(fact_id) for fact_id in fact_ids if not _is_missing(fact_id))


def _is_missing(value: Any) -> bool:  # noqa: ANN401 - any cell
    return value is None or (bool(pd.api.types.is_scalar(value)) and bool(pd.isna(value)))
