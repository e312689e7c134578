"""The way of the year's requests: where they came from, how they ended and why, by applicant.

What came in (new, carried over) and what went out (completed, carried on) of each group are held against each
other, as the form's own note says: 第一项加第二项之和，等于第三项加第四项之和.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.formats import number
from dashboard.rows import ids, records
from dashboard.text import texts, words
from dashboard.ui.ask import frame
from dashboard.ui.page import View
from dashboard.ui.parts import card, plain_table, twin
from dashboard.ui.source import facts_of, source_button

Row = dict[str, Any]
_TOTAL = "total"
_SIDES = ("new", "carried_in", "done", "carried_out")
#: Cells that stand for no number and can be tried as 0; what could not be read or is not there cannot.
_BLANK = ("blank", "dash")
#: So many reasons are named; the table has them all.
_REASONS_NAMED = 5


def _said(key: str, **values: Any) -> str:  # noqa: ANN401 - what a text says of
    return words(f"page.requests.{key}", **values)


@dataclass(frozen=True, slots=True)
class _Balance:
    """A group's requests in and out by side, None where no number stands.

    `has_blanks` where some cell is blank, `is_partial` where some cell was not read or is not in the report.
    """

    label: str
    sides: Mapping[str, float | None]
    has_blanks: bool
    is_partial: bool

    @property
    def off(self) -> float | None:
        """By how much in and out differ; None where that cannot be told."""
        if self.is_partial or any(value is None for value in self.sides.values()):
            return None
        new, carried_in, done, carried_out = (self.sides[side] or 0 for side in _SIDES)
        difference = abs(new + carried_in - done - carried_out)
        return None if difference and self.has_blanks else difference

    @property
    def verdict(self) -> str:
        """The check in words."""
        if self.off is None:
            return _said("flow_open_check")
        if self.off:
            return _said("check_off", count=f"{number(self.off)} 件")
        return _said("flow_blank_check" if self.has_blanks else "check_ok")


def flow_card(view: View) -> None:
    """Each group's requests in and out, and the reasons most often given; every row of table 3 behind a fold."""
    flow = frame("outcome_flow", agency=view.agency, year=view.year)
    rows = [row for row in records(flow) if not row["is_whole"]]
    groups = dict.fromkeys(row["group"] for row in rows if row["value"])
    if not groups:
        return
    balances = [_balance([row for row in rows if row["group"] == group]) for group in groups]
    with card(_title(balances, view.year), _said("flow_caption")):
        plain_table(_balance_table(balances), [_said(f"flow_{side}") for side in _SIDES])
        _reasons(rows)
        twin(_table(rows), [list(ids(row["fact_ids"])) for row in rows], "flow", "page.requests.flow_open")


def _title(balances: list[_Balance], year: int) -> str:
    """Whether what came in is what went out, for every group that can be tested."""
    held = [balance for balance in balances if balance.off == 0]
    key = "ok" if any(not balance.has_blanks for balance in held) else "blank" if held else "open"
    key = "off" if any(balance.off for balance in balances) else key
    return _said(f"flow_title_{key}", year=year)


def _balance(rows: list[Row]) -> _Balance:
    done = [row for row in rows if row["flow"] == "out" and row["step"] != "carried_out"]
    sides = {side: _sum(row for row in rows if row["step"] == side) for side in _SIDES}
    label = words("outcome.total") if rows[0]["group"] == _TOTAL else str(rows[0]["group_label"])
    without = {row["status"] for row in rows if row["value"] is None}
    return _Balance(
        label, sides | {"done": _sum(done)}, has_blanks=bool(without), is_partial=not without <= set(_BLANK)
    )


def _balance_table(balances: list[_Balance]) -> pd.DataFrame:
    return pd.DataFrame(
        {_said("column_group"): [balance.label for balance in balances]}
        | {_said(f"flow_{side}"): [balance.sides[side] for balance in balances] for side in _SIDES}
        | {_said("flow_check"): [balance.verdict for balance in balances]}
    )


def _reasons(rows: list[Row]) -> None:
    told = [row for row in rows if row["group"] == _TOTAL and _is_reason(row) and row["value"]]
    told.sort(key=lambda row: -row["value"])
    if told:
        named = "、".join(f"{_plain(row)} {number(row['value'])} 件" for row in told[:_REASONS_NAMED])
        named += _said("flow_more", count=len(told)) if len(told) > _REASONS_NAMED else ""
        with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
            st.markdown(f":small[{_said('flow_reasons', listed=named)}]", width="stretch")
            source_button(facts_of(told[:_REASONS_NAMED]), "flow-reasons")


def _table(rows: list[Row]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            _said("column_group"): [row["group_label"] for row in rows],
            _said("flow_way"): [_said(f"flow_{row['flow']}") for row in rows],
            _said("column_outcome"): [_plain(row) for row in rows],
            _said("column_value"): [row["value"] for row in rows],
            _said("column_status"): [texts("status")[row["status"]] for row in rows],
        }
    )


def _sum(rows: Iterable[Row]) -> float | None:
    """The sum of the numbers there are; None where there is none."""
    values = [row["value"] for row in rows if row["value"] is not None]
    return sum(values) if values else None


def _is_reason(row: Row) -> bool:
    """Whether a row of the form says why, below the outcome it belongs to."""
    return str(row["reason"]).startswith(f"req.outcome.{row['step']}.")


def _plain(row: Row) -> str:
    """A row of the form without its numbering and its note."""
    label = str(row["reason_label"]).split("（区分")[0]
    return label.lstrip("（一二三四五六七）12345678.、") or label
