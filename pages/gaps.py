"""问题与整改: what must be mended, on what basis? Rules with verdict, basis and action; what the office decided."""

import json
from dataclasses import replace
from datetime import date
from itertools import groupby
from statistics import median

import pandas as pd
import streamlit as st

from dashboard import ui
from dashboard.formats import NO_NUMBER, number
from dashboard.gaps import Gap
from dashboard.gaps.judges.interpretation import peer_shares, per_document
from dashboard.gaps.states import Decision, current, on_several, without_gap
from dashboard.gaps.worksheet import worksheet
from dashboard.text import texts, words

LISTED = ("short", "undecided", "no_figure", "met", "not_applicable")
BASES = ("法规", "国办", "地方", "内部参考")
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


def chosen_gaps(gaps: list[Gap]) -> list[Gap]:
    """The gaps of the verdicts and bases that the person picks."""
    verdicts = texts("verdict")
    picked = st.pills(
        w("show"),
        LISTED,
        selection_mode="multi",
        default=SHOWN_FIRST,
        format_func=lambda verdict: f"{verdicts[verdict]} {sum(gap.verdict == verdict for gap in gaps)}",
    )
    of_verdict = [gap for gap in gaps if gap.verdict in picked]
    bases = st.pills(
        w("basis_filter"),
        BASES,
        selection_mode="multi",
        default=BASES,
        format_func=lambda basis: f"{basis} {sum(gap.basis_kind == basis for gap in of_verdict)}",
    )
    return [gap for gap in of_verdict if gap.basis_kind in bases]


def tags_of(rule: Gap) -> str:
    """The rule's number, basis and what is to be known of it, as badges."""
    tags = [f":gray-badge[{rule.rule}]", f":gray-badge[{rule.basis_kind}]"]
    tags += [f":orange-badge[{w('unconfirmed')}]"] if rule.certainty == FROM_MEMORY else []
    tags += [f":blue-badge[{w('set_here')}]"] if rule.rule in {told.rule for told in overrides} else []
    return " ".join(tags)


def notes_of(gap: Gap) -> str:
    """What is to be known of a gap: severity, whether it came again or grew, what the office decided."""
    severity = [words(f"severity.{gap.severity}")] if gap.verdict == "short" else []
    history = [w(key) for key, holds in (("repeated", gap.is_repeated), ("worse", gap.is_worse)) if holds]
    decision = decisions.get(gap.key)
    state = decision.state_on(today) if decision else "open"
    decided = {
        "open": [],
        "accepted": [w("accepted_until", until=decision.until)] if decision else [],
        "done": [texts("page.gaps.states")["done"]],
    }[state]
    named = [w("key", code=gap.key)] if gap.verdict in SHOWN_FIRST else []
    said = " · ".join((*severity, *history, *named))
    badges = "".join(f" :green-badge[{told}]" for told in decided)
    return f" :small[{said}]{badges}" if said else badges


def rule_card(gaps: list[Gap]) -> None:
    """One rule: its basis and action once, its items with their verdicts."""
    rule = gaps[0]
    with st.container(border=True, gap="small"):
        st.subheader(rule.name, anchor=False)
        note = w("internal") if rule.basis_kind == INTERNAL else w("basis", basis=rule.basis)
        st.markdown(f":small[{tags_of(rule)} {note}]")
        for place, gap in enumerate(gaps):
            item = f"**{gap.item}**　" if gap.item else ""
            with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
                st.markdown(f"{ui.verdict_badge(gap)}{notes_of(gap)}　{item}{gap.evidence}", width="stretch")
                ui.source_button(gap.facts, f"{gap.rule}-{gap.name}-{place}")
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


def interpretation_card() -> None:
    """Interpretations a normative document, by year and form, beside the peers' median."""
    told = ui.frame("interpretations", agency=view.agency)
    rows = [row for row in ui.records(told) if view.first_year <= row["year"] <= view.year]
    own = [row for row in rows if row["is_own"] and row["documents"] is not None]
    if not own:
        return
    now = next((row for row in own if row["year"] == view.year), None)
    share = per_document(now) if now else None
    if share is not None:
        title = w("interpretation_title", share=number(round(share, 1)), year=view.year)
    elif now and not now["documents"]:
        title = w("interpretation_zero", year=view.year)
    else:
        title = w("interpretation_none")
    with ui.card(title, w("interpretation_caption")):
        columns = ["year", "documents", "articles", "share", "peers", "forms"]
        cells = [_interpretation_row(row, [one for one in rows if one["year"] == row["year"]]) for row in own]
        table = pd.DataFrame(cells, columns=[w(f"column_{name}") for name in columns])
        if (table.iloc[:, -1] == NO_NUMBER).all():
            table = table.iloc[:, :-1]
            st.caption(w("forms_none"))
        ui.plain_table(table, [w(f"column_{name}") for name in columns[1:5]], alt=title)


def _interpretation_row(own: dict, rows: list[dict]) -> list[str | float | None]:
    peers, share = peer_shares(rows), per_document(own)
    return [
        str(own["year"]),
        own["documents"],
        own["articles"],
        None if share is None else round(share, 1),
        round(median(peers), 1) if peers else None,
        _forms(own["year"]),
    ]


def _forms(year: int) -> str:
    codes = ui.current_codebook().matching("interp.form.*")
    rows = ui.frame("trend", agency=view.agency, indicators=codes, first_year=year, last_year=year)
    told = [row for row in ui.records(rows) if row["value"]]
    named = [w("form_count", name=row["name_zh"], count=number(row["value"])) for row in told]
    return "、".join(named) or NO_NUMBER


def overrides_card() -> None:
    """The thresholds that this deployment sets otherwise than the product."""
    if not overrides:
        return
    with ui.card(w("overrides_title", count=len(overrides)), w("overrides_caption")):
        names = texts("page.gaps.settings")
        rows = [
            [told.rule, names.get(told.setting, told.setting), plain(told.shipped), plain(told.here)]
            for told in overrides
        ]
        columns = ("rule", "setting", "shipped", "here")
        ui.plain_table(pd.DataFrame(rows, columns=[w(f"column_{name}") for name in columns]))


def plain(value: object) -> str:
    """The value of a setting in words."""
    if value is None:
        return w("not_set")
    if isinstance(value, bool):
        return w("yes") if value else w("no")
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)


def states_card(gaps: list[Gap]) -> None:
    """The form by which the office says what becomes of a gap, filled with what it said before."""
    named = {gap.key: gap for gap in gaps if gap.verdict in SHOWN_FIRST}
    if not named:
        return
    with ui.card(w("states_title"), w("states_caption")):
        for line in on_several(told_states, gaps):
            st.warning(line, icon=":material/error:")
        key = st.selectbox(w("states_choose"), list(named), format_func=lambda key: problem(named[key]))
        gap = named[key]
        fresh = Decision(view.agency, view.year, gap.rule, gap.item or "", "open", key=key)
        held = decisions.get(key, fresh)
        ui.decision_form(replace(held, key=key), problem(gap), today)


def problem(gap: Gap) -> str:
    """A gap in a line, led by its key."""
    return f"{gap.key} {gap.name}" + (f"（{gap.item}）" if gap.item else "")


def orphans_card(gaps: list[Gap]) -> None:
    """Decisions whose gap is gone: kept and listed."""
    gone = without_gap(told_states, gaps)
    if not gone:
        return
    names = texts("page.gaps.states")
    with ui.card(w("orphans_title", count=len(gone)), w("orphans_caption")):
        for one in gone:
            st.markdown(
                w("orphan", rule=one.rule, item=one.item, state=names[one.state_on(today)], reason=one.reason)
            )


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


with ui.page("gaps") as view:
    today = date.today()  # noqa: DTZ011 - the office's own calendar day
    gaps = ui.ask_gaps(view.agency, view.year)
    overrides = ui.gap_overrides()
    told_states = ui.gap_decisions(view.agency, view.year)
    decisions = current(told_states, gaps)
    said = answer(gaps) if view.report is not None else w("no_report", year=view.year)
    ui.heading(w("question"), said, view)

    shown = chosen_gaps(gaps)
    if not shown:
        ui.empty(w("nothing"))
    told = {gap.name for gap in shown if gap.verdict != "no_figure"}
    first = {gap.name: place for place, gap in reversed(list(enumerate(shown)))}
    ordered = sorted((gap for gap in shown if gap.name in told), key=lambda gap: first[gap.name])
    for _, group in groupby(ordered, key=lambda gap: gap.name):
        rule_card(list(group))
    missing_card([gap for gap in shown if gap.name not in told])
    if view.report is not None:
        interpretation_card()
    states_card(gaps)
    orphans_card(gaps)
    overrides_card()

    with ui.card(w("export_title"), w("export_caption")):
        rows = worksheet(gaps, decisions, place_of, today)
        st.download_button(
            w("export"),
            pd.DataFrame(rows).to_csv(index=False).encode("utf-8-sig"),
            w("file", agency=view.agency, year=view.year),
            "text/csv",
            icon=":material/download:",
            on_click="ignore",
        )
