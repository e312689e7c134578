"""对标与汇总: how do we stand among like agencies, and what does the district add up to?"""

from typing import Any

import pandas as pd
import streamlit as st

from dashboard import ui
from dashboard.charts.peers import FEW, peer_bands
from dashboard.formats import NO_NUMBER, number, quantity, years
from dashboard.text import texts, words
from dashboard.ui.district import District, sum_cards

Row = dict[str, Any]
LIKENESSES = ("function", "district")
#: From so many peers with a number on, a place among them is said.
ENOUGH = 5
NAMED_AT_MOST = 6
NEW_REQUESTS = "req.new"


def said(key: str, **values: object) -> str:
    """A text of this page."""
    return words(f"page.compare.{key}", **values)


def peers_of(likeness: str) -> pd.DataFrame:
    """What this agency and those alike in one way have for the indicators of the page."""
    rows = ui.frame("peers", **asked, likeness=likeness)
    return rows.assign(label=rows["indicator"].map(labels))


def names_of(rows: pd.DataFrame) -> list[str]:
    """The names of the peers."""
    return list(dict.fromkeys(rows[~rows["is_own"]]["agency"]))


def first_likeness() -> str:
    """What is shown first: the first likeness with enough peers, else the first that has any."""
    counts = {name: len(names_of(rows)) for name, rows in alike.items()}
    return next(
        (name for least in (ENOUGH, 1) for name, count in counts.items() if count >= least), LIKENESSES[0]
    )


def shown_value(row: Row) -> str:
    """A value with its unit and what is to be known of it, or the word for why there is none."""
    status = texts("status")
    if row["value"] is None:
        return status[row["status"]]
    marks = [said("small")] if row["n"] is not None and row["n"] < FEW else []
    marks += [status["derived"]] if row["status"] == "derived" else []
    marks += [] if row["is_comparable"] else [status["not_comparable"]]
    return ui.value_words(row) + (f"（{'、'.join(marks)}）" if marks else "")


def values_table(rows: pd.DataFrame, codes: list[str]) -> tuple[pd.DataFrame, list[list[int]]]:
    """One line an agency, this one first, the others as the list of agencies has them; the facts of each."""
    lines, facts = [], []
    wanted = rows[rows["indicator"].isin(codes)]
    for agency, told in wanted.groupby("agency", sort=False):
        found = ui.records(told)
        name = said("own_name", agency=agency) if found[0]["is_own"] else agency
        lines.append({said("column_agency"): name} | {row["label"]: shown_value(row) for row in found})
        facts.append(ui.facts_of(found))
    return pd.DataFrame(lines), facts


def position_of(row: Row) -> str:
    """Where this agency lies, or why that is not said."""
    if row["position"] is not None:
        return texts("page.compare.position")[row["position"]]
    if row["value"] is None:
        return texts("status")[row["status"]]
    return texts("page.compare.position")["few"]


def bands_table(bands: list[Row]) -> pd.DataFrame:
    """The numbers of the chart: one line an indicator."""
    reasons = texts("page.compare.without")
    return pd.DataFrame(
        {
            said("column_indicator"): [row["label"] for row in bands],
            said("column_own"): [quantity(row["value"], row["unit_zh"]) for row in bands],
            said("column_position"): [position_of(row) for row in bands],
            said("column_p25"): [number(row["p25"]) for row in bands],
            said("column_median"): [number(row["median"]) for row in bands],
            said("column_p75"): [number(row["p75"]) for row in bands],
            said("column_numbers"): [f"{row['numbers']}／{row['peers']}" for row in bands],
            said("column_without"): [
                "、".join(f"{word} {row[reason]}" for reason, word in reasons.items() if row[reason])
                for row in bands
            ],
        }
    )


def peers_card() -> None:
    """The bands of what enough peers have a number for; the others as a plain list."""
    rows = alike[likeness]
    names = names_of(rows)
    key = "peers_title" if banded else "peers_title_few" if names else "peers_title_none"
    with ui.card(said(key, count=len(banded))):
        st.segmented_control(
            said("likeness"),
            LIKENESSES,
            default=likeness,
            format_func=texts("page.compare.likenesses").get,
            key=likeness_key,
            required=True,
        )
        listed = "、".join(names[:NAMED_AT_MOST]) + ("等" if len(names) > NAMED_AT_MOST else "")
        kind = texts("page.compare.kinds")[own["kind"]]
        told = own | {"kind": kind, "count": len(names), "names": f"：{listed}" if names else ""}
        st.markdown(f":small[{said(f'group_{likeness}', **told)}]")
        if not names:
            ui.empty(said("peers_none"))
            return
        if banded:
            bands_chart(rows)
        few = [code for code in labels if code not in {row["indicator"] for row in banded}]
        if few:
            st.markdown(f":small[{said('few_note', names='、'.join(labels[code] for code in few))}]")
            ui.listed(*values_table(rows, few), "peers-few")


def bands_chart(rows: pd.DataFrame) -> None:
    """The chart of the bands with its table, and what each agency has."""
    st.caption(said("peers_caption", year=view.year))
    drawn = pd.DataFrame(banded).rename(columns={"unit_zh": "unit"})
    codes = [row["indicator"] for row in banded]
    one = [
        said(
            "peers_alt_one",
            name=row["label"],
            value=quantity(row["value"], row["unit_zh"]),
            median=number(row["median"]),
            low=number(row["p25"]),
            high=number(row["p75"]),
        )
        for row in banded
    ]
    mine = rows[rows["is_own"]].set_index("indicator", drop=False)
    ui.chart(
        peer_bands(drawn, rows),
        said("peers_alt", year=view.year, listed="；".join(one)),
        said("peers_source", year=view.year),
        bands_table(banded),
        [ui.facts_of(ui.records(mine.loc[[code]])) for code in codes],
        "peers",
    )
    ui.twin(*values_table(rows, codes), "peers-values", "page.compare.all_values")


def states_of(missing: pd.DataFrame) -> dict[str, int]:
    """How many agencies of the district have the whole report of the year, an excerpt, none."""
    counts = missing["state"].value_counts()
    excerpt, absent = int(counts.get("excerpt", 0)), int(counts.get("no_report", 0))
    return {"full": len(members) - excerpt - absent, "excerpt": excerpt, "missing": absent}


def not_reported_card() -> None:
    """Who has no report of the year here, or an excerpt only."""
    told = [said(f"not_reported_{name}", count=count) for name, count in states.items() if count]
    if states["full"] == len(members):
        told = [said("not_reported_all", agencies=len(members))]
    title = said("not_reported_title", year=view.year, listed="，".join(told))
    with ui.card(title, said("not_reported_caption", region=region)):
        if missing.empty:
            ui.empty(said("not_reported_none", year=view.year))
            return
        rows = ui.records(missing)
        table = pd.DataFrame(
            {
                said("column_agency"): [row["agency"] for row in rows],
                said("column_state"): [said(f"state_{row['state']}") for row in rows],
                said("column_years"): [years(list(row["years"])) or said("never") for row in rows],
                said("column_address"): [row["address"] or NO_NUMBER for row in rows],
            }
        )
        ui.plain_table(table, alt=title)
        ui.download(table, f"not-reported-{view.year}")
        st.caption(said("not_reported_hint"))


def checked_words(row: Row) -> str:
    """A cell of the matrix: sign, word and how many of the worst severity."""
    count = {"error": row["errors"], "warning": row["warnings"], "info": row["notes"]}.get(row["state"])
    return words(f"page.compare.checked.{row['state']}", count=count)


def checks_card() -> None:
    """Agency against family of checks; a chosen cell lists what was found."""
    checks = ui.frame("agency_checks", region=region, year=view.year)
    by_agency = checks.groupby("agency", sort=False)["state"].agg(set)
    tested = [told for told in by_agency if told - {"no_report", "not_tested"}]
    errors = sum("error" in told for told in tested)
    warnings = sum("warning" in told and "error" not in told for told in tested)
    told = {"tested": len(tested), "errors": errors, "warnings": warnings}
    clear = len(tested) - errors - warnings
    title = said("checks_title" if tested else "checks_title_none", year=view.year, clear=clear, **told)
    with ui.card(title, said("checks_caption") if tested else ""):
        if not tested:
            ui.empty(said("checks_none", region=region, year=view.year))
            return
        put = checks[~checks["state"].isin(["no_report", "not_tested"])]["family"].unique()
        known = texts("page.compare.families")
        families = {code: name for code, name in known.items() if code in put}
        families |= {code: code for code in sorted(put) if code not in known}
        by_cell = {(row["agency"], row["family"]): row for row in ui.records(checks)}
        agencies = list(by_agency.index)
        table = pd.DataFrame(
            {said("column_agency"): agencies}
            | {
                name: [checked_words(by_cell[agency, code]) for agency in agencies]
                for code, name in families.items()
            }
        )
        key = f"checks-{own['code']}-{view.year}"
        st.caption(words("table.choose_finding"))
        place = ui.grid(table, key, ui.CELL_WIDTH, "left")
        ui.download(table, f"checks-{view.year}")
        if place and place[1]:
            findings_of(by_cell[agencies[place[0]], list(families)[place[1] - 1]], families)


def findings_of(row: Row, families: dict[str, str]) -> None:
    """What one family of checks found in one report, each with its sources."""
    st.markdown(said("checks_of", agency=row["agency"], family=families[row["family"]]))
    severities, found = texts("severity"), ui.frame("findings", agency=row["agency"], year=view.year)
    found = found[found["rule"].str.split("-").str[0] == row["family"]]
    if found.empty:
        ui.empty(said("checks_nothing", state=said(f"state_words.{row['state']}")))
    for place, told in enumerate(ui.records(found)):
        with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
            st.markdown(f":gray-badge[{severities[told['severity']]}] {told['message']}", width="stretch")
            ui.source_button(ui.fact_ids(told["fact_ids"]), f"checked-{place}")


def answer() -> str:
    """The district's reports and requests in a sentence, and whether a comparison can be made."""
    if view.report is None:
        return said("no_report", year=view.year)
    if not region:
        return said("unlisted", agency=view.agency)
    text = said("answer_district", region=region, agencies=len(members), year=view.year, full=states["full"])
    text += "".join(
        said(f"answer_{name}", count=states[name]) for name in ("excerpt", "missing") if states[name]
    )
    total = sums.get((NEW_REQUESTS, "total")) or sums.get((NEW_REQUESTS, None))
    if total and total["numbers"]:
        value = quantity(total["value"], total["unit_zh"])
        text += said("answer_sum", value=value, numbers=total["numbers"])
    return text + (said("answer_band", count=len(banded)) if banded else said("answer_few"))


with ui.page("compare") as view:
    labels = texts("page.compare.indicators")
    asked = {"agency": view.agency, "indicators": tuple(labels), "year": view.year}
    own = next(row for row in ui.records(ui.frame("agencies")) if row["name"] == view.agency)
    region = own["region"]
    alike = {name: peers_of(name) for name in LIKENESSES}
    likeness_key = f"likeness-{own['code']}"
    likeness = st.session_state.get(likeness_key) or first_likeness()
    bands = ui.records(ui.frame("peer_band", **asked, likeness=likeness))
    banded = [row | {"label": labels[row["indicator"]]} for row in bands if row["median"] is not None]
    members, states, sums = [], {}, {}
    if region:
        members = ui.records(ui.frame("district_agencies", region=region))
        missing = ui.frame("not_reported", region=region, year=view.year)
        states = states_of(missing)
        summed = ui.records(ui.frame("district_sum", region=region, year=view.year))
        sums = {(row["indicator"], row["group"]): row for row in summed}
    ui.heading(said("question"), answer(), view)
    if not region:
        ui.empty(said("unlisted_hint"))
        st.stop()
    peers_card()
    not_reported_card()
    checks_card()
    sum_cards(District(region, view.year, own["code"], members, sums))
