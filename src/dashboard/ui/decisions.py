"""The form by which the office says what becomes of a gap."""

import re
from datetime import date
from typing import Any

import streamlit as st

from dashboard.errors import DashboardError
from dashboard.gaps.states import Decision
from dashboard.text import texts, words
from dashboard.ui.ask import record_decision

_SAVED = "decision-saved"
_DAY = re.compile(r"(\d{4})\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})\s*日?")


def decision_form(held: Decision, problem: str, today: date) -> None:
    """A form filled with the decision that holds; what is saved goes to the data folder.

    `problem` is the gap in a line. What was saved is said once, on the run that follows.
    """
    with st.form(f"decision-{held.key}", border=False):
        decision = _asked(held, today)
        if st.form_submit_button(_w("states_save"), type="primary"):
            _save(decision, problem)
    if saved := st.session_state.pop(_SAVED, ""):
        st.success(saved, icon=":material/check:")


def _save(decision: Decision, problem: str) -> None:
    """Keep the decision and start the run anew; where it cannot be kept, say why beside the form."""
    for name in ("until", "due"):
        if (told := getattr(decision, name)) and not _is_day(told):
            st.error(_w("states_no_day", field=_w(f"states_{name}"), told=told), icon=":material/error:")
            return
    try:
        record_decision(decision)
    except DashboardError as fault:
        st.error(str(fault), icon=":material/error:")
        return
    state = texts("page.gaps.states")[decision.state]
    st.session_state[_SAVED] = _w("states_saved", problem=problem, state=state)
    st.rerun()


def _w(key: str, **values: Any) -> str:  # noqa: ANN401 - what a text says of
    return words(f"page.gaps.{key}", **values)


def _asked(held: Decision, today: date) -> Decision:
    """The fields of the form, and the decision they make."""
    names = texts("page.gaps.states")
    shown = [*names.values()]
    state = st.radio(_w("states_state"), shown, list(names).index(held.state_on(today)), horizontal=True)
    reason = st.text_input(_w("states_reason"), held.reason)
    with st.grid(3, min_column_width=150):
        until = st.text_input(_w("states_until"), held.until, placeholder=_w("states_day"))
        office = st.text_input(_w("states_office"), held.office)
        person = st.text_input(_w("states_person"), held.person)
        due = st.text_input(_w("states_due"), held.due, placeholder=_w("states_day"))
        result = st.text_input(_w("states_result"), held.result)
        by = st.text_input(_w("states_by"), held.by)
    chosen = next(name for name, label in names.items() if label == state)
    told = map(_said, (reason, _day(until), office, person, _day(due), result, by, today, held.key))
    return Decision(held.agency, held.year, held.rule, held.item, chosen, *told)


def _day(text: str | None) -> str:
    """A day as the file keeps it, 2026-06-30, from what an official may write: 2026年6月30日, 2026.6.30, 2026/6/30.

    What is no day stays as it is, to be refused by name.
    """
    told = _said(text)
    found = _DAY.fullmatch(told)
    try:
        return date(*map(int, found.groups())).isoformat() if found else told
    except ValueError:
        return told


def _is_day(told: str) -> bool:
    try:
        return bool(date.fromisoformat(told))
    except ValueError:
        return False


def _said(value: object) -> str:
    """A field of the form as the file keeps it."""
    return "" if value is None else str(value).strip()
