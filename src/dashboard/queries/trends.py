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
    return trends(store, [agency], indicators, first_year, last_year, group)


def trends(
    store: Store,
    agencies: Sequence[str],
    indicators: Sequence[str],
    first_year: int,
    last_year: int,
    group: str | None = None,
) -> pd.DataFrame:
    """As `trend`, for several agencies: one row an agency, indicator, item and year, in the order asked.

    An agency nobody knows has rows without a figure, status no_report.
    """
    return ask(
        store,
        "trend",
        agencies=list(agencies),
        indicators=list(indicators),
        first_year=first_year,
        last_year=last_year,
        group=group,
    )


def breaks(store: Store, agency: str, indicators: Sequence[str]) -> pd.DataFrame:
    """Breaks in the series: indicator, last_year, first_year, label_zh, reason_zh."""
    return ask(store, "breaks", agency=agency, indicators=list(indicators))


def growth(
    store: Store,
    agencies: Sequence[str],
    indicators: Sequence[str],
    first_year: int,
    last_year: int,
    group: str | None = None,
) -> pd.DataFrame:
    """Growth over the years, one row an agency, indicator and item: from the first to the last figure that compare.

    Columns: start_year, start_value, end_year, end_value, span (years), status, change, factor, cagr (% a year:
    (end / start)^(1 / span) - 1), missing_years, earlier_years (left out for a break), fact_ids. factor and cagr
    are given for two exact figures above 0, the first at least 10, in one segment, at least two years apart
    (metrics, time comparison); else status says why not.
    """
    return ask(
        store,
        "growth",
        agencies=list(agencies),
        indicators=list(indicators),
        first_year=first_year,
        last_year=last_year,
        group=group,
    )


def explain(store: Store, agency: str, indicator: str, year: int) -> pd.DataFrame:
    """What the change of a total against the year before is made of: one row a split and part of it.

    The first row (split whole) is the change itself; the others are its parts by category, channel, item and
    applicant, as far as the reports tell them. Columns: split, indicator, name_zh, group, group_label, item,
    before, after, change, kind (activity, reporting, remainder), reason, before_status, after_status, fact_ids.
    In each split the changes, the remainder's with them, add up to that of the whole; where the whole lacks a
    figure in either year its change is null and no remainder is given. Empty for an agency or indicator nobody knows.
    """
    return ask(store, "explain", agency=agency, indicator=indicator, year=year)
