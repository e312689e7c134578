"""The only package that knows Streamlit: how pages start, ask, show numbers and open their sources."""

from dashboard.ui.ask import ask, ask_gaps, current_codebook, frame, records
from dashboard.ui.page import View, page, run
from dashboard.ui.parts import (
    card,
    chart,
    empty,
    gap_lines,
    heading,
    listed,
    plain_table,
    state_badge,
    state_words,
    tile,
    twin,
    value_words,
    verdict_badge,
)
from dashboard.ui.source import facts_of, show_sources, source_button

__all__ = [
    "View",
    "ask",
    "ask_gaps",
    "card",
    "chart",
    "current_codebook",
    "empty",
    "facts_of",
    "frame",
    "gap_lines",
    "heading",
    "listed",
    "page",
    "plain_table",
    "records",
    "run",
    "show_sources",
    "source_button",
    "state_badge",
    "state_words",
    "tile",
    "twin",
    "value_words",
    "verdict_badge",
]
