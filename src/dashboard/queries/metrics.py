"""Derived metrics: rates, ratios and amounts computed from the figures as data/codebook/metrics.toml says."""

from collections.abc import Sequence

import pandas as pd

from dashboard.queries.asking import ask
from dashboard.store import Store

_OUTCOME_GROUP = "outcome_group"


def metrics(store: Store) -> pd.DataFrame:
    """Every metric there is, one row each: metric, family, name_zh, name_en, unit_zh, kind, denominator_zh, …

    `lacks` and `reason_zh` say of a metric that can't be computed which inputs no report has, and why.
    """
    return ask(store, "metrics")


def metric(
    store: Store, agencies: Sequence[str], metrics: Sequence[str], first_year: int, last_year: int
) -> pd.DataFrame:
    """Metrics of agencies over the years, one row an agency, metric and year, in the order asked.

    Columns: value in unit_zh (rates in per cent), numerator, denominator, n, status, is_shown, low and high
    (95 % Wilson, below 100), missing and missing_names (inputs without a number), fact_ids, segment, and state
    (up, down, flat, no_base, not_comparable, too_few, not_reported) with base, change and change_unit.
    A rate on fewer than 10 has its counts and value, status small_n and is_shown false: show the counts; from 10
    to 29 it is small_n and shown, marked 样本少. What an agency or metric nobody knows has is no row.
    Every status is explained in sql/metric.sql; formulas are those of data/codebook/metrics.toml.
    """
    return ask(
        store,
        "metric",
        agencies=list(agencies),
        metrics=list(metrics),
        first_year=first_year,
        last_year=last_year,
    )


def harmonised_outcomes(store: Store, agency: str, first_year: int, last_year: int) -> pd.DataFrame:
    """The four outcome groups that compare from the form of 2014 on, as shares: one row a year and group.

    Columns: year, group, group_label, value (in 件), share (%), n, status, is_shown, low, high, missing,
    missing_names, fact_ids, segment, state, base, change. Counts do not compare between the forms; shares do (metrics, time
    comparison). The groups are the metrics of family outcome_group.
    """
    known = metrics(store)
    groups = known[known["family"] == _OUTCOME_GROUP]["metric"]
    found = metric(store, [agency], list(groups), first_year, last_year)
    found = found.rename(columns={"value": "share", "numerator": "value", "name_zh": "group_label"})
    found["group"] = found["metric"].str.removeprefix(f"{_OUTCOME_GROUP}.")
    columns = ["year", "group", "group_label", "value", "share", "n", "status", "is_shown", "low", "high"]
    columns += ["missing", "missing_names", "fact_ids", "segment", "state", "base", "change"]
    return found[columns].sort_values("year", kind="stable", ignore_index=True)


def metric_breaks(store: Store, agency: str, metrics: Sequence[str]) -> pd.DataFrame:
    """Breaks in the series of metrics: metric, last_year, first_year, label_zh, reason_zh, reason_en."""
    return ask(store, "metric_breaks", agency=agency, metrics=list(metrics))
