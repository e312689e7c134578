"""问题与整改: what must be mended, on what basis? Rules with verdict, evidence, basis and action."""

import json
from itertools import groupby

import pandas as pd
import streamlit as st

from dashboard import ui
from dashboard.gaps import Gap
from dashboard.text import texts, words

LISTED = ("short", "undecided", "no_figure", "met", "not_applicable")
ADVISED = ("short", "undecided")
SHOWN_FIRST = ("short", "undecided", "no_figure")
INTERNAL = "内部参考"
FROM_MEMORY = "M"


def w(key: str, **values: object) -> str:
    """A text of this page."""
    return words(f"page.gaps.{key}", **values)


def answer(gaps: list[Gap]) -> str:
    """How many are short, open, without a figure, met."""
    count = {verdict: sum(gap.verdict == verdict for gap in gaps) for verdict in LISTED}
    short = [gap for gap in gaps if gap.verdict == "short"]
    severities = {name: sum(gap.severity == name for gap in short) for name in ("red", "amber", "info")}
    said = w(
        "answer",
        year=view.year,
        short=count["short"],
        undecided=count["undecided"],
        missing=count["no_figure"],
        met=count["met"],
        **severities,
    )
    return f"{said}{w('answer_note')}"


def rule_card(gaps: list[Gap]) -> None:
    """One rule: its basis and action once, its items with their verdicts."""
    rule = gaps[0]
    with st.container(border=True, gap="small"):
        st.subheader(rule.name, anchor=False)
        tags = [f":gray-badge[{rule.rule}]", f":gray-badge[{rule.basis_kind}]"]
        tags += [f":orange-badge[{w('unconfirmed')}]"] if rule.certainty == FROM_MEMORY else []
        note = w("internal") if rule.basis_kind == INTERNAL else w("basis", basis=rule.basis)
        st.markdown(f":small[{' '.join(tags)} {note}]")
        for place, gap in enumerate(gaps):
            severity = f" :small[{words(f'severity.{gap.severity}')}]" if gap.verdict == "short" else ""
            item = f"**{gap.item}**　" if gap.item else ""
            with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
                st.markdown(f"{ui.verdict_badge(gap)}{severity}　{item}{gap.evidence}", width="stretch")
                ui.source_button(gap.facts, f"{gap.rule}-{place}")
        if any(gap.verdict in ADVISED for gap in gaps):
            st.markdown(f":small[{w('action', action=rule.action)}]")


def missing_card(gaps: list[Gap]) -> None:
    """The rules that no figure allows to judge, a line each: a list to check, not faults."""
    if not gaps:
        return
    with ui.card(w("missing_title", count=len(gaps)), w("missing_caption")):
        for place, gap in enumerate(gaps):
            item = f"（{gap.item}）" if gap.item else ""
            with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
                st.markdown(f":gray-badge[{gap.rule}] {gap.name}{item}：{gap.evidence}", width="stretch")
                ui.source_button(gap.facts, f"missing-{place}")


def place_of(gap: Gap) -> str:
    """Where the first fact of a gap stands, in words that fit a cell of a list."""
    if not gap.facts:
        return ""
    row = ui.records(ui.frame("evidence", fact_ids=gap.facts[:1]))[0]
    locator = json.loads(row["locator"])
    if row["kind"] == "figures":
        return w("place_figures", line=locator["line"])
    if row["source"] == "table":
        return w("place_table", table=locator["table"], row=locator["row"])
    return w("place_prose", section=locator.get("section") or "", quote=row["quote"])


def worksheet(gaps: list[Gap]) -> pd.DataFrame:
    """The list as offices use it: what the rules can fill is filled, the rest is for the office."""
    rows = [gap for gap in gaps if gap.verdict in SHOWN_FIRST]
    empty = [""] * len(rows)
    return pd.DataFrame(
        {
            w("column_number"): range(1, len(rows) + 1),
            w("column_problem"): [f"{gap.name}（{gap.item}）" if gap.item else gap.name for gap in rows],
            w("column_verdict"): [words(f"verdict.{gap.verdict}") for gap in rows],
            w("column_basis"): [f"{gap.basis}（{gap.basis_kind}）" for gap in rows],
            w("column_evidence"): [" ".join(filter(None, (gap.evidence, place_of(gap)))) for gap in rows],
            w("column_office"): empty,
            w("column_person"): empty,
            w("column_action"): [gap.action for gap in rows],
            w("column_due"): empty,
            w("column_result"): empty,
            w("column_closed"): empty,
        }
    )


with ui.page("gaps") as view:
    if view.report is None:
        ui.heading(w("question"), w("no_report", year=view.year), view)
        st.stop()
    gaps = ui.ask_gaps(view.agency, view.year)
    ui.heading(w("question"), answer(gaps), view)

    verdicts = texts("verdict")
    chosen = st.pills(
        w("show"),
        LISTED,
        selection_mode="multi",
        default=SHOWN_FIRST,
        format_func=lambda verdict: f"{verdicts[verdict]} {sum(gap.verdict == verdict for gap in gaps)}",
    )
    shown = [gap for gap in gaps if gap.verdict in chosen]
    if not shown:
        ui.empty(w("nothing"))
    told = {gap.name for gap in shown if gap.verdict != "no_figure"}
    first = {gap.name: place for place, gap in reversed(list(enumerate(shown)))}
    ordered = sorted((gap for gap in shown if gap.name in told), key=lambda gap: first[gap.name])
    for _, group in groupby(ordered, key=lambda gap: gap.name):
        rule_card(list(group))
    missing_card([gap for gap in shown if gap.name not in told])

    with ui.card(w("export_title"), w("export_caption")):
        st.download_button(
            w("export"),
            worksheet(gaps).to_csv(index=False).encode("utf-8-sig"),
            w("file", agency=view.agency, year=view.year),
            "text/csv",
            icon=":material/download:",
            on_click="ignore",
        )
