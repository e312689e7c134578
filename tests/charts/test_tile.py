"""The tile: five years, a mark for each state, no line across a gap."""

from xml.etree import ElementTree as ET

import pandas as pd
import pytest

from dashboard.charts import (
    tile,
)

from .samples import (
    GAP,
    points,
)


def marks(svg):
    root = ET.fromstring(svg)  # noqa: S314 our own image
    return [element.get("class") for element in root if element.get("class")]


def test_the_tile_shows_five_years_and_joins_no_gap():
    svg = tile.sparkline_svg(GAP.drop(columns=["series", "series_order"]))
    assert marks(svg) == ["line", "dot", "missing", "missing", "dot", "dot"]
    assert ">2020<" in svg
    assert ">2024<" in svg


@pytest.mark.parametrize(
    ("year_before", "mark"),
    [
        ((15, "reported", 2), "dot"),
        ((15, "derived", 2), "hollow"),
        ((15, "approximate", 2), "hollow"),
        ((15, "reported", 1), "hollow"),
        ((None, "unquantified", 2), "missing"),
        ((0, "nil", 2), "dot"),
    ],
)
def test_the_tile_marks_each_state(year_before, mark):
    svg = tile.sparkline_svg(points((2023, *year_before), (2024, 20, "reported", 2)))
    assert [kind for kind in marks(svg) if kind != "line"] == ["missing"] * 3 + [mark, "dot"]


def test_the_tile_breaks_its_line_where_the_definition_changes():
    svg = tile.sparkline_svg(points((2023, 15, "reported", 1), (2024, 20, "reported", 2)))
    assert "line" not in marks(svg)


def test_the_tile_without_years_is_still_an_image():
    assert marks(tile.sparkline_svg(pd.DataFrame())) == []
