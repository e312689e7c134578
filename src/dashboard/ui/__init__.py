"""The only package that knows Streamlit: how pages start, ask, show numbers and open their sources."""

from dashboard.rows import ids as fact_ids
from dashboard.rows import records
from dashboard.ui.ask import (
    ask,
    ask_gaps,
    current_codebook,
    frame,
    gap_decisions,
    gap_overrides,
    gap_rules,
)
from dashboard.ui.decisions import decision_form
from dashboard.ui.grids import CELL_WIDTH, form_table, grid
from dashboard.ui.growth import growth_line, growth_table
from dashboard.ui.page import View, page, run
from dashboard.ui.parts import (
    card,
    chart,
    download,
    empty,
    gap_lines,
    heading,
    listed,
    plain_table,
    plain_tile,
    state_badge,
    state_words,
    tile,
    twin,
    value_words,
    verdict_badge,
)
from dashboard.ui.source import facts_of, show_sources, source_button

__all__ = [
    "CELL_WIDTH",
    "View",
    "ask",
    "ask_gaps",
    "card",
    "chart",
    "current_codebook",
    "decision_form",
    "download",
    "empty",
    "fact_ids",
    "facts_of",
    "form_table",
    "frame",
    "gap_decisions",
    "gap_lines",
    "gap_overrides",
    "gap_rules",
    "grid",
    "growth_line",
    "growth_table",
    "heading",
    "listed",
    "page",
    "plain_table",
    "plain_tile",
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
