"""What one report hands on to the next: requests carried over, and stocks that a year adds to or takes from."""

import pandas as pd

from dashboard.queries.asking import ask
from dashboard.store import Store


def ledger(store: Store, agency: str, first_year: int, last_year: int) -> pd.DataFrame:
    """Requests by year and applicant group: what came in, was done and went on, and whether the years join up.

    Returns one row a year and group: carried_in, new, completed, carried_out (件; completed is （七）总计, derived
    where it is blank), each with its …_status; balance (0 where the four agree, rule T3-01); expected, what the
    year before carried out; difference; verdict matches, differs or unknown with reason (no_report, blank,
    not_asked, break, …) and reason_year, the year whose report it lies in; rule and severity of the relation;
    fact_ids of both years.
    """
    return ask(store, "ledger", agency=agency, first_year=first_year, last_year=last_year)


def stock_ledger(store: Store, agency: str, first_year: int, last_year: int) -> pd.DataFrame:
    """Stocks against the year before: documents in force, items of the form of 2019, cases not yet concluded.

    Returns one row a stock (an indicator's code) and year: opening, added, removed, expected, told in the
    stock's unit, difference, kind (equal; at_least for pending cases), verdict, reason and reason_year as in `ledger`, rule,
    severity, fact_ids of both years. Procurement hands nothing on to the next year: rule Y-04 holds its
    amounts against the year before.
    """
    return ask(store, "stock_ledger", agency=agency, first_year=first_year, last_year=last_year)
