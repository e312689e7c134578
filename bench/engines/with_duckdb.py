"""The published database answers: the very functions that the pages call, and one over all agencies."""

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
        return queries.peer_band(self.store, self.asked.agency, self.asked.indicators, self.asked.year)

    def district(self) -> pd.DataFrame:
        return queries.district_sum(self.store, self.asked.region, self.asked.year)

    def carried(self) -> pd.DataFrame:
        text = Path(__file__).with_name("carried.sql").read_text("utf-8")
        return self.store.cursor().execute(text).df()
