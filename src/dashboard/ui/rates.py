"""Derived metrics on a page: the rate with its counts, its denominator by name, how sure it is, how it changed.

Small counts are things: under ten cases the counts stand alone, under thirty 样本少 stands beside the rate.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.formats import NO_NUMBER, number
from dashboard.rows import ids, records
from dashboard.text import words
from dashboard.ui.ask import frame
from dashboard.ui.page import View
from dashboard.ui.parts import empty, listed

Row = Mapping[str, Any]
_DECIMALS = 3


def metrics_of(view: View, *families: str) -> pd.DataFrame:
    """The metrics of these families for the year of the view, as queries.metric gives them."""
    known = frame("metrics")
    wanted = tuple(known[known["family"].isin(families)]["metric"])
    return frame("metric", agencies=(view.agency,), metrics=wanted, first_year=view.year, last_year=view.year)


def rates_table(rows: pd.DataFrame, chosen: Sequence[str], key: str) -> None:
    """The chosen metrics that the year's figures give, a line each; behind a fold all, with why some are missing."""
    told = records(rows)
    given = [row for row in told if row["metric"] in chosen and row["value"] is not None]
    if given:
        st.markdown("\n".join(f"- {_line(row)}" for row in given))
        notes = [words("metric.interval")] if any(row["low"] is not None for row in given) else []
        notes += [words("metric.small")] if any(row["denominator"] is not None for row in given) else []
        if notes:
            st.caption("；".join(notes))
    else:
        empty(words("metric.none"))
    opened = st.expander(
        words("metric.all", count=len(told)), type="compact", key=f"metrics-{key}", on_change="rerun"
    )
    with opened:
        if opened.open:
            listed(_table(told), [list(ids(row["fact_ids"])) for row in told], f"metrics-{key}")


def _line(row: Row) -> str:
    """公开率 62.5%（35／56） · 上升 4.0 个百分点 · 分母：… · 区间 …: what a phone can show, and no more."""
    said = [_change(row)] if row["state"] not in ("not_reported", "too_few") else []
    if row["state"] in ("up", "down"):
        said = [words("metric.than_before", change=said[0])]
    if row["denominator_zh"]:
        said.append(words("metric.of", name=row["denominator_zh"]))
    said += [told] if (told := note(row)) else []
    return f"{row['name_zh']} **{_value(row)}** :small[{' · '.join(said)}]"


def _table(rows: Sequence[Row]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            words("metric.name"): [row["name_zh"] for row in rows],
            words("metric.value"): [_value(row) for row in rows],
            words("metric.denominator"): [row["denominator_zh"] or NO_NUMBER for row in rows],
            words("metric.change"): [_change(row) for row in rows],
            words("metric.note"): [note(row) for row in rows],
        }
    )


def _value(row: Row) -> str:
    """48.9%（22／45）, the counts alone where there are too few cases, or — with the reason in its own column."""
    if row["value"] is None:
        return NO_NUMBER
    counts = words("metric.counts", part=number(row["numerator"]), whole=number(row["denominator"]))
    if not row["is_shown"]:
        return counts if row["denominator"] is not None else number(row["n"])
    shown = _rounded(row["value"], row["unit_zh"])
    unit = row["unit_zh"] if row["unit_zh"] == "%" else f" {row['unit_zh']}"
    rate = f"{shown}{unit}".rstrip()
    return f"{rate}（{counts}）" if row["denominator"] is not None else rate


def _change(row: Row) -> str:
    """A rate rises or falls, a count grows or shrinks; what cannot be compared says why."""
    kind = "rate" if row["unit_zh"] == "%" else "count"
    change = "" if row["change"] is None else _rounded(abs(row["change"]), row["unit_zh"])
    unit = row["change_unit"] or ""
    key = f"metric.{kind}.{row['state']}" if row["state"] in ("up", "down") else f"change.{row['state']}"
    return words(key, change=f"{change} {unit}".strip())


def note(row: Row) -> str:
    """What is to be known of a rate beside its value: why there is none, how few cases, how sure it is."""
    if row["status"] == "missing_input":
        return words("metric_status.missing_input", missing="、".join(row["missing_names"]))
    if row["status"] == "small_n":
        key = "metric_status.small_n" if row["is_shown"] else "metric.too_few"
        return words(key, n=number(row["n"]))
    if row["low"] is not None:
        return words("metric.range", low=_rounded(row["low"], "%"), high=_rounded(row["high"], "%"))
    return "" if row["status"] == "ok" else words(f"metric_status.{row['status']}")


def _rounded(value: float, unit: str) -> str:
    return f"{value:.1f}" if unit == "%" else number(round(value, _DECIMALS))
