"""The published database answers: the very functions that the pages call, and three questions over many agencies."""

from pathlib import Path

import pandas as pd
from engines.questions import FIRST_YEAR, LAST_YEAR, Asked

from dashboard import queries
from dashboard.store import Store


class DuckDB:
    """Answers from a store."""

    name = "DuckDB"

    def __init__(self, store: Store, asked: Asked) -> None:
        self.store, self.asked = store, asked

    def trend(self) -> pd.DataFrame:
        return queries.trend(self.store, self.asked.agency, self.asked.indicators, FIRST_YEAR, LAST_YEAR)

    def form_cells(self) -> pd.DataFrame:
        return queries.form_cells(self.store, self.asked.agency, self.asked.year)

    def outcomes(self) -> pd.DataFrame:
        return queries.outcomes(self.store, self.asked.agency, FIRST_YEAR, LAST_YEAR)

    def completeness(self) -> pd.DataFrame:
        return queries.completeness(self.store, self.asked.agency, FIRST_YEAR, LAST_YEAR)

    def findings(self) -> pd.DataFrame:
        return queries.findings(self.store, self.asked.agency)

    def peers(self) -> pd.DataFrame:
        asked = self.asked
        return self._ask(
            "peers", indicator=asked.indicator, year=asked.year, function=asked.function, level=asked.level
        )

    def district(self) -> pd.DataFrame:
        return self._ask("district", region=self.asked.region, year=self.asked.year)

    def carried(self) -> pd.DataFrame:
        return self._ask("carried")

    def _ask(self, name: str, **values: str | int) -> pd.DataFrame:
        text = Path(__file__).with_name(f"{name}.sql").read_text("utf-8")
        return self.store.cursor().execute(text, values or None).df()
