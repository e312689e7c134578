"""Figures over the years, and how each compares with the year before."""

from collections.abc import Sequence

import pandas as pd

from dashboard.queries.asking import ask
from dashboard.store import Store


def trend(
    store: Store,
    agency: str,
    indicators: Sequence[str],
    first_year: int,
    last_year: int,
    group: str | None = None,
) -> pd.DataFrame:
    """Every year of a range for indicators of an agency, and how each compares with the year before.

    Returns one row an indicator, item and year: value, status, segment, fact_id, raw, unit, and
    state (up, down, flat, new, ceased, no_base, not_comparable, not_reported) with base_value,
    change and percent. The percentage is given on a base of at least 10 only (metrics, time
    comparison). Years without a figure are rows whose status says why. `group` is the applicant
    group for indicators of table 3, total unless named.
    """
    return ask(
        store,
        "trend",
        agency=agency,
        indicators=list(indicators),
        first_year=first_year,
        last_year=last_year,
        group=group,
    )


def breaks(store: Store, agency: str, indicators: Sequence[str]) -> pd.DataFrame:
    """Breaks in the series: indicator, last_year, first_year, label_zh, reason_zh."""
    return ask(store, "breaks", agency=agency, indicators=list(indicators))
