"""How a question is put to the published database: one SQL file, its values, a table back."""

from typing import Any

import pandas as pd

from dashboard.store import Store, sql


def ask(store: Store, name: str, **values: Any) -> pd.DataFrame:  # noqa: ANN401 - SQL values
    """The answer of the query file `name` (below sql/, without ending), its grain in its first comment."""
    return store.cursor().execute(sql(name), values or None).df()
