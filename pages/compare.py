"""对标与汇总: how do we stand among like agencies, and what does the district add up to?"""

from typing import Any

import pandas as pd
import streamlit as st

from dashboard import ui
from dashboard.formats import NO_NUMBER, quantity, years
from dashboard.text import texts, words
from dashboard.ui.district import District, sum_cards
from dashboard.ui.peers import comparison, peers_card

Row = dict[str, Any]
NEW_REQUESTS = "req.new"


def said(key: str, **values: object) -> str:
    """A text of this page."""
    return words(f"page.compare.{key}", **values)


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
    bands = len(compared.bands)
    return text + (said("answer_band", count=bands) if bands else said("answer_few"))


with ui.page("compare") as view:
    own = next(row for row in ui.records(ui.frame("agencies")) if row["name"] == view.agency)
    region = own["region"]
    compared = comparison(own, view.year)
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
    peers_card(compared)
    not_reported_card()
    checks_card()
    sum_cards(District(region, view.year, own["code"], members, sums))
