"""What the bands of peers promise: a place for each agency that has a number, and none that is made up."""

import re

import pandas as pd

from dashboard.charts import colours, peers

BANDS = pd.DataFrame(
    [("posts", "政务动态", "条", 20, 30, 40), ("new", "新收申请", "件", 12.5, 14, 60)],
    columns=["indicator", "label", "unit", "p25", "median", "p75"],
)
COLUMNS = ["indicator", "agency", "is_own", "value", "status", "is_comparable", "n"]


def rows(own, *others, indicator="posts", status="reported"):
    """This agency's value and those of its peers, each named 甲, 乙, …"""
    values = [("本局", True, own), *zip("甲乙丙丁戊己", [False] * 6, others, strict=False)]
    return pd.DataFrame(
        [
            (indicator, agency, is_own, value, status if value is not None else "not_stated", True, value)
            for agency, is_own, value in values
        ],
        columns=COLUMNS,
    )


def words_in(figure):
    texts = [note.text for note in figure.layout.annotations]
    texts += [text for trace in figure.data for text in (trace.text if isinstance(trace.text, tuple) else ())]
    return [re.sub(r"<[^>]+>", "", text) for text in texts]


def dots(figure):
    """The traces of dots: the peers', then our own."""
    return [trace for trace in figure.data if trace.mode == "markers"]


def hollow(trace):
    return [colour == colours.BACKGROUND for colour in trace.marker.color]


def band(own, *others, **options):
    return peers.peer_bands(BANDS[:1], rows(own, *others, **options))


def test_every_peer_with_a_number_is_a_dot_and_our_own_is_labelled():
    figure = band(50, 10, 20, 30, 40, 100)
    others, own = dots(figure)
    assert list(others.x) == [0.1, 0.2, 0.3, 0.4, 1.0]
    assert list(own.x) == [0.5]
    assert "本机关 50 条" in words_in(figure)
    assert others.hovertext[0] == "甲 10 条"


def test_the_band_is_the_middle_half_and_the_median_a_line():
    figure = band(50, 10, 20, 30, 40, 100)
    (box,) = [shape for shape in figure.layout.shapes if shape.type == "rect"]
    assert (box.x0, box.x1) == (0.2, 0.4)
    (line,) = [trace for trace in figure.data if trace.mode == "lines"]
    assert list(line.x)[:2] == [0.3, 0.3]
    assert "中位数 30 条，居中一半 20–40" in words_in(figure)


def test_numbers_under_ten_and_derived_ones_are_hollow():
    others, own = dots(band(9, 3, 9, 10, 40, 100))
    assert hollow(others) == [True, True, False, False, False]
    assert hollow(own) == [True]
    assert "样本少" in others.hovertext[0]
    others, own = dots(band(50, 40, 40, 40, 40, 100, status="derived"))
    assert all(hollow(others) + hollow(own))


def test_equal_values_do_not_cover_each_other():
    others, _ = dots(band(50, 30, 30, 30, 30, 100))
    assert len(set(zip(others.x, others.y, strict=True))) == 5


def test_without_a_number_of_our_own_there_is_no_dot_and_the_reason():
    figure = band(None, 10, 20, 30, 40, 100)
    assert list(dots(figure)[1].x) == []
    assert "本机关：年报未写" in words_in(figure)


def test_a_peer_that_counts_otherwise_or_has_no_number_is_not_drawn():
    told = rows(50, 10, 20, None, 40, 100)
    told.loc[told["agency"] == "甲", "is_comparable"] = False
    others, _ = dots(peers.peer_bands(BANDS[:1], told))
    assert [text[0] for text in others.hovertext] == ["乙", "丁", "戊"]


def test_all_zero_stands_at_the_start_of_its_scale():
    zero = BANDS[:1].assign(p25=0, median=0, p75=0)
    others, own = dots(peers.peer_bands(zero, rows(0, 0, 0, 0, 0, 0)))
    assert set(others.x) | set(own.x) == {0}


def test_every_indicator_has_a_lane_of_its_own_scale():
    told = pd.concat([rows(50, 10, 20, 30, 40, 100), rows(14, 7, 70, indicator="new")])
    figure = peers.peer_bands(BANDS, told)
    assert list(dots(figure)[1].x) == [0.5, 0.2]
    assert "中位数 14 件，居中一半 12.5–60" in words_in(figure)


def test_names_of_agencies_bring_no_markup():
    told = rows(50, 10, 20, 30, 40, 100).replace("甲", "<b>甲</b>")
    assert dots(peers.peer_bands(BANDS[:1], told))[0].hovertext[0] == "&lt;b&gt;甲&lt;/b&gt; 10 条"
