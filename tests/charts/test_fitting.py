"""Texts are fitted into the room that there is."""

import itertools

import pytest

from dashboard.charts import (
    fitting,
)


@pytest.mark.parametrize("room", [24, 36, 60])
def test_wrapped_lines_keep_every_sign_and_fit(room):
    text = "法律行政法规禁止公开"
    broken = fitting.wrapped(text, room)
    assert "".join(broken) == text
    assert all(fitting.text_width(line) <= room for line in broken)


def test_spread_keeps_order_and_distance():
    places = fitting.spread([10, 11, 12, 90], [20, 20, 20, 20], 0, 100)
    assert all(b - a >= 20 for a, b in itertools.pairwise(places))
    assert places[0] >= 10
    assert places[-1] <= 90
