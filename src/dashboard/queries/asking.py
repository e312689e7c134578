"""How a question is put to the published database: one SQL file, its values, a table back."""

from functools import cache
from typing import Any

import duckdb
import pandas as pd

from dashboard.store import Store, sql

_ROWS = "{rows}"


def ask(store: Store, name: str, **values: Any) -> pd.DataFrame:  # noqa: ANN401 - SQL values
    """The answer of the query file `name` (below sql/, without ending), its grain in its first comment."""
    return store.cursor().execute(_parsed(sql(name)), values or None).df()


def ask_over(store: Store, name: str, rows: str, **values: Any) -> pd.DataFrame:  # noqa: ANN401 - SQL values
    """The answer of the query file `name` to the rows of the query file `rows`, which it has as `{rows}`; one statement."""
    text = sql(name).replace(_ROWS, sql(rows).strip().removesuffix(";"))
    return store.cursor().execute(_parsed(text), values or None).df()


def ask_of(store: Store, name: str, **tables: pd.DataFrame) -> pd.DataFrame:
    """The answer of the query file `name` to the rows of tables, which it knows by these names; `rows` also as `{rows}`."""
    cursor = store.cursor()
    for table, rows in tables.items():
        cursor.register(table, rows)
    return cursor.execute(_parsed(sql(name).replace(_ROWS, "select * from rows"))).df()


@cache
def _parsed(text: str) -> duckdb.Statement:
    """A query of one statement, read once: that takes up to a fifth of its time. Cursors and threads may share it."""
    return duckdb.extract_statements(text)[0]
