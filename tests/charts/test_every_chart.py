"""What every chart promises: few traces, colours that the theme replaces, texts inside, plain JSON."""

import json
import re
from pathlib import Path

import pandas as pd
import pytest

from dashboard.charts import (
    channels,
    colours,
    coverage,
    lines,
    peers,
    requests,
    tile,
    welfare,
)

from .samples import FIGURES, accounts

CHARTS = Path(tile.__file__).parent
EMPTY = {
    "coverage_ribbon": lambda nothing: coverage.coverage_ribbon(nothing, nothing),
    "request_matrix": requests.request_matrix,
    "outcomes_by_year": requests.outcomes_by_year,
    "reasons_heat": requests.reasons_heat,
    "cadence_strip": channels.cadence_strip,
    "concentration_bar": channels.concentration_bar,
    "series_lines": lambda nothing: lines.series_lines(nothing, nothing),
    "category_months": welfare.category_months,
    "categories_by_year": lambda nothing: welfare.categories_by_year(nothing, nothing),
    "share_bar": welfare.share_bar,
    "peer_bands": lambda nothing: peers.peer_bands(nothing, nothing),
}


@pytest.mark.parametrize("name", EMPTY)
def test_no_rows_give_a_figure_without_marks(name):
    assert not EMPTY[name](pd.DataFrame()).data


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_has_few_traces_and_no_furniture(name):
    figure = FIGURES[name]()
    assert 1 <= len(figure.data) <= 9
    assert figure.layout.showlegend is False
    assert not figure.layout.xaxis.visible
    assert not figure.layout.yaxis.visible
    assert figure.layout.height > 0


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_has_only_colours_that_the_theme_replaces(name):
    theme = {
        *colours.SLOTS,
        *colours.SEQUENTIAL,
        colours.TEXT,
        colours.BACKGROUND,
        colours.FAINT,
        colours.INK,
    }
    drawn = set(re.findall(r"#[0-9A-Fa-f]{3,8}\b", FIGURES[name]().to_json()))
    assert drawn <= theme


@pytest.mark.parametrize("module", sorted(CHARTS.glob("*.py")), ids=lambda path: path.stem)
def test_colours_are_written_in_one_module(module):
    literals = re.findall(r"""["'](?:#[0-9A-Fa-f]{3,8}|rgba?\([^)]*\))["']""", module.read_text("utf-8"))
    assert module.stem == "colours" or not literals


@pytest.mark.parametrize("name", FIGURES)
def test_every_text_lies_inside_the_axes(name):
    """Plotly drops an annotation outside the axis range without a word."""
    figure = FIGURES[name]()
    low, high = figure.layout.xaxis.range
    for note in figure.layout.annotations:
        assert 0 <= note.y <= figure.layout.height
        assert note.xref == "paper" or low <= note.x <= high


def test_a_label_from_a_document_cannot_bring_markup():
    figure = channels.cadence_strip(accounts(("<b>甲</b>&乙", 30, "undecided", "无法判定")))
    assert "&lt;b&gt;甲&lt;/b&gt;&amp;乙" in figure.layout.annotations[0].text


def test_figures_are_plain_json():
    assert json.loads(FIGURES["series_lines"]().to_json())["layout"]["template"]
