"""How an agency stands among those like it: their values of a year, and the middle half of them.

A place in a band is said from five peers on, and not for a value that rests on fewer than ten cases
(metrics: peer comparison). Real and fictional agencies are never each other's peers.
"""

from collections.abc import Sequence
from typing import Literal

import pandas as pd

from dashboard.queries.asking import ask, ask_of, ask_over
from dashboard.queries.metrics import metric
from dashboard.store import Store

#: What makes agencies of the same kind, level and type alike: their function, or their district.
Likeness = Literal["function", "district"]


def peers(
    store: Store, agency: str, indicators: Sequence[str], year: int, likeness: Likeness = "function"
) -> pd.DataFrame:
    """What an agency and those like it have for each indicator in a year.

    Returns one row an indicator and agency, the agency's own first: indicator, name_zh, unit_zh,
    agency, agency_code, is_own, value, status, is_comparable, n (cases the value rests on), fact_id,
    part_ids, raw (the word of a report that tells no number). Without a value, status says why. No rows for an agency that is not known; its own
    row alone for one that the codebook does not list.
    """
    return ask(store, "peers", agency=agency, indicators=list(indicators), year=year, likeness=likeness)


def peer_band(
    store: Store, agency: str, indicators: Sequence[str], year: int, likeness: Likeness = "function"
) -> pd.DataFrame:
    """The middle half of the values of the agencies like this one, and where its own lies.

    Returns one row an indicator: value, status and n of the agency itself; peers, numbers (peers with a
    comparable number) and small (those of them under ten cases); no_report, not_asked, not_comparable,
    too_few (a rate on under ten cases or none) and not_told (why the others have none: with numbers they add up to peers); p25, median and p75
    (percentile_cont over numbers, missing under five); position (below, within, above, or missing).
    """
    return ask_over(
        store,
        "peer_band",
        "peers",
        agency=agency,
        indicators=list(indicators),
        year=year,
        likeness=likeness,
    )


def peer_rates(
    store: Store, agency: str, metrics: Sequence[str], year: int, likeness: Likeness = "function"
) -> pd.DataFrame:
    """What an agency and those like it have for each metric in a year, in the columns of `peers`.

    Besides: numerator, denominator, denominator_zh and missing_names as in queries.metric; n is the denominator.
    A rate on fewer than 10 cases has no value, status small_n and its counts; any other status is that of
    queries.metric. No rows for an agency that is not known.
    """
    alike = ask(store, "alike", agency=agency, year=year, likeness=likeness)
    rates = metric(store, list(alike["agency"]), metrics, year, year)
    order = pd.Categorical(rates["metric"], categories=list(metrics))
    ordered = rates.iloc[order.codes.argsort(kind="stable")]
    return ask_of(store, "peer_rates", rate=ordered, alike=alike)


def band_of(store: Store, rows: pd.DataFrame) -> pd.DataFrame:
    """The bands, as `peer_band` has them, of any figures in the columns of `peers`.

    A rate comes with its denominator as n (peer_rates).
    """
    used = ["indicator", "name_zh", "unit_zh", "is_own", "value", "status", "is_comparable", "n"]
    return ask_of(store, "peer_band", rows=rows[used])
