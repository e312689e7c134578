"""Applicant type x outcome: the request flow in the form's own shape. Import it from requests.py."""

import pandas as pd
import plotly.graph_objects as go

from dashboard import formats
from dashboard.charts.colours import (
    BACKGROUND,
    TEXT,
    ink_on,
    outcome_slot,
    slot,
)
from dashboard.charts.fitting import safe, text_width, wrapped
from dashboard.charts.frame import SMALL, Canvas, empty_figure, hovering
from dashboard.charts.records import Row, is_hollow, number_of, ordered, rows_of, word_for
from dashboard.text import words

TOTAL = "total"
DOTS_AT_MOST = 30
_ACROSS = 3
_TEN_THOUSAND = 10_000


def request_matrix(cells: pd.DataFrame, language: str = "zh") -> go.Figure:
    """Draw applicant type x outcome: a dot a case up to 30 cases, sized dots with the number above.

    In: a row a cell of the form: group, group_label, group_order, outcome, outcome_label,
    outcome_order, value:float|None, status; the 合计 row and column are group "total" and outcome
    "total". Rows (applicant types) without any number are left out: tell the reader so.
    An inner blank stays empty, 0 is a pale 0, a blank total says 空白. All zero is the caller's case.
    """
    rows = rows_of(cells, language)
    groups = [group for group in ordered(rows, "group", "group_order") if group != TOTAL]
    table = {(row["group"], row["outcome"]): row for row in rows}
    groups = [
        group for group in groups if any(row["value"] is not None for row in rows if row["group"] == group)
    ]
    if not rows or not (groups or any(row["value"] is not None for row in rows)):
        return empty_figure()
    outcomes = [outcome for outcome in ordered(rows, "outcome", "outcome_order") if outcome != TOTAL]
    inner = [row for row in rows if row["group"] in groups and row["outcome"] != TOTAL and row["value"]]
    drawn_as_dots = sum(row["value"] for row in inner) <= DOTS_AT_MOST
    return _Matrix(table, groups, outcomes, drawn_as_dots, language).figure()


class _Matrix:
    """The matrix while it is drawn: its grid in pixels down and columns across."""

    def __init__(
        self,
        table: dict[tuple[str, str], Row],
        groups: list[str],
        outcomes: list[str],
        dots: bool,
        language: str,
    ) -> None:
        self.table, self.groups, self.outcomes, self.dots, self.language = (
            table,
            groups,
            outcomes,
            dots,
            language,
        )
        self.labels = {row["group"]: str(row["group_label"]) for row in table.values()}
        self.heads = {row["outcome"]: str(row["outcome_label"]) for row in table.values()}
        left = min(max([text_width(self.labels[group]) for group in groups] + [24]), 76) + 8
        self.places: dict[tuple[str, str], tuple[int, float]] = {}
        self.columns = [*outcomes, TOTAL]
        self.canvas = Canvas(0, (-0.5, len(self.columns) - 0.5), left=left)
        self.pitch = min(11.0, (self.canvas.narrowest_unit - 5) / _ACROSS)

    def figure(self) -> go.Figure:
        top = self._head()
        largest = max((row["value"] or 0 for key, row in self.table.items() if TOTAL not in key), default=0)
        for group in self.groups:
            height = self._row_height(group)
            self._row(group, top + height / 2)
            top += height
            self.canvas.rule((0, 1), (top, top), across=True)
        if self.dots:
            self._hover_dots()
        else:
            self._sized(largest)
        self._totals(TOTAL, top + 18)
        self.canvas.height = top + 34
        return self.canvas.figure()

    def _head(self) -> float:
        lines = {
            name: wrapped(
                self.heads.get(name, words("chart.total", self.language)), self.canvas.narrowest_unit - 2
            )
            for name in self.columns
        }
        deepest = max(len(parts) for parts in lines.values())
        for number, name in enumerate(self.columns):
            used = any(self.table.get((group, name), {}).get("value") for group in [*self.groups, TOTAL])
            text = "<br>".join(safe(part) for part in lines[name])
            self.canvas.text(number, 2 + 15 * (deepest - len(lines[name]) / 2), text, muted=not used)
        return 15.0 * deepest + 8

    def _row_height(self, group: str) -> float:
        if not self.dots:
            return 38
        most = max((self.table.get((group, name), {}).get("value") or 0 for name in self.outcomes), default=0)
        return max(36.0, -(-int(most) // _ACROSS) * self.pitch + 16)

    def _row(self, group: str, y: float) -> None:
        lines = wrapped(self.labels[group], 76)
        self.canvas.text(None, y, "<br>".join(safe(line) for line in lines), anchor="left")
        for number, outcome in enumerate(self.outcomes):
            row = self.table.get((group, outcome))
            if row is None:
                continue
            self.places[group, outcome] = (number, y)
            if row["value"] is None:
                if row.get("status") != "blank":
                    self.canvas.text(number, y, word_for(row, short=True), size=SMALL, muted=True)
            elif row["value"] == 0:
                self.canvas.text(number, y, "0", size=SMALL, muted=True)
            elif self.dots:
                self._dots(row, number, y)
        self._total(self.table.get((group, TOTAL)), len(self.outcomes), y)

    def _dots(self, row: Row, number: int, y: float) -> None:
        count = int(row["value"])
        colour = slot(outcome_slot(row["outcome"], number))
        lines = -(-count // _ACROSS)
        for dot in range(count):
            line, place = divmod(dot, _ACROSS)
            in_line = min(_ACROSS, count - line * _ACROSS)
            shift = ((place - (in_line - 1) / 2) * self.pitch, ((lines - 1) / 2 - line) * self.pitch)
            self.canvas.dot(number, y, shift, self.pitch * 0.42, colour, hollow=is_hollow(row))

    def _sized(self, largest: float) -> None:
        keys = [key for key in self.places if self.table[key]["value"]]
        shown = [self.table[key] for key in keys]
        slots = [outcome_slot(key[1], self.places[key][0]) for key in keys]
        hollow = [is_hollow(row) for row in shown]
        self.canvas.traces.append(
            {
                "type": "scatter",
                "mode": "markers+text",
                "cliponaxis": False,
                "x": [self.places[key][0] for key in keys],
                "y": [self.places[key][1] for key in keys],
                "text": [f"<b>{self._fitted(row)}</b>" for row in shown],
                "textfont": {
                    "size": SMALL,
                    "color": [
                        TEXT if empty else ink_on(number) for number, empty in zip(slots, hollow, strict=True)
                    ],
                },
                "marker": {
                    "size": [self._diameter(row, largest) for row in shown],
                    "opacity": 1,
                    "color": [
                        BACKGROUND if empty else slot(number)
                        for number, empty in zip(slots, hollow, strict=True)
                    ],
                    "line": {"width": 1.5, "color": [slot(number) for number in slots]},
                },
                **hovering([self._hover(row) for row in shown]),
            }
        )

    def _hover_dots(self) -> None:
        """Shapes say nothing under the pointer: one unseen mark a cell does."""
        keys = [key for key in self.places if self.table[key]["value"]]
        if keys:
            self.canvas.traces.append(
                {
                    "type": "scatter",
                    "mode": "markers",
                    "marker": {"size": 30, "opacity": 0},
                    "x": [self.places[key][0] for key in keys],
                    "y": [self.places[key][1] for key in keys],
                    **hovering([self._hover(self.table[key]) for key in keys]),
                }
            )

    def _fitted(self, row: Row) -> str:
        """The number, in 万 where its digits do not fit into a column."""
        text = number_of(row)
        if row["value"] < _TEN_THOUSAND:
            return text
        return words(
            "chart.ten_thousands",
            self.language,
            number=formats.number(round(row["value"] / _TEN_THOUSAND, 1)),
        )

    @staticmethod
    def _hover(row: Row) -> str:
        return f"{safe(row['group_label'])} {safe(row['outcome_label'])} {number_of(row)}"

    def _diameter(self, row: Row, largest: float) -> float:
        """Area in proportion to the number, but never too small to hold it."""
        room = min(34.0, self.canvas.narrowest_unit - 1)
        needed = max(18.0, text_width(self._fitted(row), SMALL) + 8)
        return float(min(room, max(needed, room * (row["value"] / largest) ** 0.5)))

    def _totals(self, group: str, y: float) -> None:
        label = self.labels.get(group, words("chart.total", self.language))
        self.canvas.text(None, y, safe(label), anchor="left")
        for number, outcome in enumerate(self.columns):
            self._total(self.table.get((group, outcome)), number, y)

    def _total(self, row: Row | None, number: int, y: float) -> None:
        if row is None:
            return
        if row["value"] is None:
            self.canvas.text(number, y, word_for(row, short=True), size=SMALL, muted=True)
        elif row.get("status") == "derived":
            derived = f'<span style="font-size:10px">{words("chart.derived", self.language)}</span>'
            self.canvas.text(number, y, f"<b>{self._fitted(row)}</b><br>{derived}")
        else:
            self.canvas.text(number, y, self._fitted(row), bold=bool(row["value"]), muted=not row["value"])
