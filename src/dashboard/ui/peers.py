"""An agency among those like it on a page: who they are, the bands of figures and rates, everyone's numbers.

The group compared is in the address, once a person chooses one. From five peers with a number on a band is
drawn; under that the numbers are a plain list.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.charts.peers import FEW, peer_bands
from dashboard.formats import number, quantity
from dashboard.queries import band_of
from dashboard.rows import records
from dashboard.text import texts, words
from dashboard.ui.ask import current_store, frame
from dashboard.ui.parts import card, chart, empty, listed, twin, value_words
from dashboard.ui.source import facts_of

Row = Mapping[str, Any]
LIKENESSES = ("function", "district")
#: In the address: the group compared.
PEERS = "peers"
#: The chief rates (metrics.toml), where anybody in the group has the counts.
RATES = ("disclosure", "carry_over", "on_time", "review_corrected", "suits_corrected")
#: From so many peers with a number on, a place among them is said.
ENOUGH = 5
_NAMED_AT_MOST = 6
_QUARTILES = ("p25", "median", "p75")


@dataclass(frozen=True, slots=True)
class Comparison:
    """An agency (a row of queries.agencies) in a year beside those alike in one way.

    `rows` are those of queries.peers and queries.peer_rates with a label; `bands` those of queries.band_of
    that have quartiles.
    """

    own: Row
    year: int
    likeness: str
    rows: pd.DataFrame
    bands: Sequence[Row]

    @property
    def peers(self) -> list[str]:
        """The names of the others."""
        return _names(self.rows)


def comparison(own: Row, year: int) -> Comparison:
    """The group that the address or the page's switch names, else the first that says most."""
    alike = {name: _alike(own["name"], year, name) for name in LIKENESSES}
    told = st.session_state.get(_key(own)) or st.query_params.get(PEERS)
    likeness = told if told in LIKENESSES else _first(alike)
    rows = alike[likeness]
    bands = [_band(row, rows) for row in records(band_of(current_store(), rows))] if len(rows) else []
    return Comparison(own, year, likeness, rows, [row for row in bands if row["median"] is not None])


def peers_card(told: Comparison) -> None:
    """The bands of what enough peers have a number for; the others as a plain list."""
    names = told.peers
    key = "peers_title" if told.bands else "peers_title_few" if names else "peers_title_none"
    with card(_said(key, count=len(told.bands))):
        _switch(told)
        named = "、".join(names[:_NAMED_AT_MOST]) + ("等" if len(names) > _NAMED_AT_MOST else "")
        kind = texts("page.compare.kinds")[told.own["kind"]]
        group = dict(told.own) | {"kind": kind, "count": len(names), "names": f"：{named}" if names else ""}
        st.markdown(f":small[{_said(f'group_{told.likeness}', **group)}]")
        if not names:
            empty(_said("peers_none"))
            return
        if told.bands:
            _bands_chart(told)
        labels = dict(zip(told.rows["indicator"], told.rows["label"], strict=True))
        few = [code for code in labels if code not in {row["indicator"] for row in told.bands}]
        if few:
            st.markdown(f":small[{_said('few_note', names='、'.join(labels[code] for code in few))}]")
            listed(*_values_table(told.rows, few), "peers-few")
        if denominators := _denominators(told.rows):
            st.caption(_said("rates_note", listed=denominators))


def _said(key: str, **values: object) -> str:
    return words(f"page.compare.{key}", "zh", **values)


def _key(own: Row) -> str:
    return f"likeness-{own['code']}"


def _switch(told: Comparison) -> None:
    """The groups to choose from; what is chosen goes to the address."""

    def keep() -> None:
        st.query_params[PEERS] = st.session_state[_key(told.own)]

    st.segmented_control(
        _said("likeness"),
        LIKENESSES,
        default=told.likeness,
        format_func=texts("page.compare.likenesses").__getitem__,
        key=_key(told.own),
        required=True,
        on_change=keep,
    )


def _alike(agency: str, year: int, likeness: str) -> pd.DataFrame:
    """What the agency and those alike in one way have for the indicators and rates of the page."""
    labels = texts("page.compare.indicators")
    figures = frame("peers", agency=agency, indicators=tuple(labels), year=year, likeness=likeness)
    rates = frame("peer_rates", agency=agency, metrics=RATES, year=year, likeness=likeness)
    counted = rates.groupby("indicator")["denominator"].transform("count")
    rates = rates[counted > 0]
    figures = figures.assign(label=figures["indicator"].map(labels))
    rates = rates.assign(label=rates["name_zh"], reason_label=list(map(_rate_words, records(rates))))
    return pd.concat([part for part in (figures, rates) if len(part)] or [figures], ignore_index=True)


def _first(alike: Mapping[str, pd.DataFrame]) -> str:
    """The first likeness with enough peers, else the first that has any."""
    counts = {name: len(_names(rows)) for name, rows in alike.items()}
    return next(
        (name for least in (ENOUGH, 1) for name, count in counts.items() if count >= least), LIKENESSES[0]
    )


def _names(rows: pd.DataFrame) -> list[str]:
    return list(dict.fromkeys(rows[~rows["is_own"]]["agency"]))


def _band(band: Row, rows: pd.DataFrame) -> Row:
    """A band with the own agency's label and words; the quartiles of rates to one decimal, as rates are told."""
    (own,) = records(rows[rows["is_own"] & (rows["indicator"] == band["indicator"])])
    rounded = {name: round(band[name], 1) for name in _QUARTILES if band[name] is not None}
    told = {"label": own["label"], "reason_label": own.get("reason_label")}
    return {**band, **(rounded if band["unit_zh"] == "%" else {}), **told}


def _rate_words(row: Row) -> str:
    """A rate with its counts, the counts alone where they are few, or the word for why there is none."""
    if row["status"] == "missing_input":
        return _said("rate_missing", count=len(row["missing_names"]))
    if row["status"] not in ("ok", "derived", "small_n"):
        return words(f"metric_status.{row['status']}")
    counts = words("metric.counts", part=number(row["numerator"]), whole=number(row["denominator"]))
    if row["value"] is None:
        return _said("rate_few", counts=counts)
    mark = "，" + words("metric_status.small_n", n=number(row["n"])) if row["status"] == "small_n" else ""
    return f"{row['value']:.1f}%（{counts}{mark}）"


def _shown_value(row: Row) -> str:
    """A value with its unit and what is to be known of it, or the word for why there is none."""
    if row["unit_zh"] == "%":
        apart = "" if row["is_comparable"] else f"（{texts('status')['not_comparable']}）"
        return f"{row['reason_label']}{apart}"
    status = texts("status")
    if row["value"] is None:
        return status[row["status"]]
    marks = [_said("small")] if row["n"] is not None and row["n"] < FEW else []
    marks += [status["derived"]] if row["status"] == "derived" else []
    marks += [] if row["is_comparable"] else [status["not_comparable"]]
    return value_words(row) + (f"（{'、'.join(marks)}）" if marks else "")


def _values_table(rows: pd.DataFrame, codes: Sequence[str]) -> tuple[pd.DataFrame, list[list[int]]]:
    """One line an agency, this one first, the others as the list of agencies has them; the facts of each."""
    lines, facts = [], []
    wanted = rows[rows["indicator"].isin(codes)]
    for agency, told in wanted.groupby("agency", sort=False):
        found = records(told)
        name = _said("own_name", agency=agency) if found[0]["is_own"] else agency
        lines.append({_said("column_agency"): name} | {row["label"]: _shown_value(row) for row in found})
        facts.append(facts_of(found))
    return pd.DataFrame(lines), facts


def _denominators(rows: pd.DataFrame) -> str:
    """What each rate of the own agency is a part of, as the form of the year calls it."""
    own = records(rows[rows["is_own"] & (rows["unit_zh"] == "%")])
    return "，".join(_said("rate_of", name=row["label"], whole=row["denominator_zh"]) for row in own)


def _position_of(row: Row) -> str:
    """Where this agency lies, or why that is not said."""
    if row["position"] is not None:
        return texts("page.compare.position")[row["position"]]
    if row["value"] is not None or row["status"] == "small_n":
        return texts("page.compare.position")["few"]
    return str(row["reason_label"] or texts("status")[row["status"]])


def _bands_table(bands: Sequence[Row]) -> pd.DataFrame:
    """The numbers of the chart: one line an indicator or rate."""
    reasons = texts("page.compare.without")
    return pd.DataFrame(
        {
            _said("column_indicator"): [row["label"] for row in bands],
            _said("column_own"): [_own_value(row) for row in bands],
            _said("column_position"): [_position_of(row) for row in bands],
            _said("column_p25"): [number(row["p25"]) for row in bands],
            _said("column_median"): [number(row["median"]) for row in bands],
            _said("column_p75"): [number(row["p75"]) for row in bands],
            _said("column_numbers"): [f"{row['numbers']}／{row['peers']}" for row in bands],
            _said("column_without"): [
                "、".join(f"{word} {row[reason]}" for reason, word in reasons.items() if row[reason])
                for row in bands
            ],
        }
    )


def _own_value(band: Row) -> str:
    value = band["value"]
    return quantity(value if value is None or band["unit_zh"] != "%" else round(value, 1), band["unit_zh"])


def _bands_chart(told: Comparison) -> None:
    """The chart of the bands with its table, and what each agency has."""
    st.caption(_said("peers_caption", year=told.year))
    rates = told.rows["unit_zh"] == "%"
    drawn = told.rows.assign(value=told.rows["value"].where(~rates, told.rows["value"].round(1)))
    codes = [row["indicator"] for row in told.bands]
    one = [
        _said(
            "peers_alt_one",
            name=row["label"],
            value=_own_value(row),
            median=number(row["median"]),
            low=number(row["p25"]),
            high=number(row["p75"]),
        )
        for row in told.bands
    ]
    mine = told.rows[told.rows["is_own"]].set_index("indicator", drop=False)
    chart(
        peer_bands(pd.DataFrame(told.bands).rename(columns={"unit_zh": "unit"}), drawn),
        _said("peers_alt", year=told.year, listed="；".join(one)),
        _said("peers_source", year=told.year),
        _bands_table(told.bands),
        [facts_of(records(mine.loc[[code]])) for code in codes],
        "peers",
    )
    twin(*_values_table(told.rows, codes), "peers-values", "page.compare.all_values")
