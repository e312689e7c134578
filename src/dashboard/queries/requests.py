"""What was asked and how it ended."""

import pandas as pd

from dashboard.queries.asking import ask
from dashboard.store import Store


def outcomes(store: Store, agency: str, first_year: int, last_year: int) -> pd.DataFrame:
    """Outcome groups by year and applicant group: year, group, outcome, value, status, fact_ids."""
    return ask(store, "outcomes", agency=agency, first_year=first_year, last_year=last_year)
