"""How a question is put to the published database: one SQL file, its values, a table back."""

from typing import Any

import pandas as pd

from dashboard.store import Store, sql


def ask(store: Store, name: str, **values: Any) -> pd.DataFrame:  # noqa: ANN401 - SQL values
    """The answer of the query file `name` (below sql/, without ending), its grain in its first comment."""
    return store.cursor().execute(sql(name), values or None).df()


def ask_of(store: Store, name: str, **tables: pd.DataFrame) -> pd.DataFrame:
    """The answer of the query file `name` to the rows of other answers, which it knows by these names."""
    cursor = store.cursor()
    for table, rows in tables.items():
        cursor.register(table, rows)
    return cursor.execute(sql(name)).df()
