"""What was asked and how it ended."""

import pandas as pd

from dashboard.queries.asking import ask
from dashboard.store import Store


def outcomes(store: Store, agency: str, first_year: int, last_year: int) -> pd.DataFrame:
    """Outcome groups by year and applicant group: year, group, outcome, value, status, fact_ids."""
    return ask(store, "outcomes", agency=agency, first_year=first_year, last_year=last_year)


def outcome_flow(store: Store, agency: str, year: int) -> pd.DataFrame:
    """Where the year's requests came from and how they ended: one row an applicant group and row of table 3.

    Columns: group, group_label, flow (in, out), step (new, carried_in; granted, …, other, carried_out), reason
    (the indicator), reason_label, value (null: `status` says why), status, fact_ids, is_whole (a subtotal beside
    its reasons). Without those, a group's in and out are equal where the report's figures are right. Empty
    where there is no report.
    """
    return ask(store, "outcome_flow", agency=agency, year=year)


def reasons(store: Store, agency: str, first_year: int, last_year: int) -> pd.DataFrame:
    """Why requests were refused, could not be met or were not processed, one row a year and reason.

    Columns: year, outcome (denied, unable, not_processed), reason, reason_label, value, status, fact_ids,
    segment (values compare within one), is_whole (a subtotal that some form prints beside its reasons).
    """
    return ask(store, "reasons", agency=agency, first_year=first_year, last_year=last_year)
