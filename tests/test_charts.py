"""What the charts promise: nothing missing is drawn as a number, and nothing is drawn twice or too much."""

import itertools
import json
import re
import socket
import subprocess
import sys
import time
from pathlib import Path
from xml.etree import ElementTree as ET

import pandas as pd
import pytest

from dashboard.charts import (
    channels,
    colours,
    coverage,
    fitting,
    frame,
    lines,
    peers,
    requests,
    tile,
    welfare,
)

CHARTS = Path(tile.__file__).parent
OUTCOMES = ["granted", "partial", "denied", "unable", "not_processed", "other"]
OUTCOME_LABELS = ["予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他处理"]


def table(columns, rows):
    return pd.DataFrame(rows, columns=columns.split())


def points(*rows):
    """Rows of one series: year, value, status, segment."""
    found = [("政务动态", 0, *row, "未入库" if row[2] == "not_entered" else None) for row in rows]
    return table("series series_order year value status segment reason_label", found)


def matrix_cells(numbers, status="reported"):
    """A matrix of natural persons and firms, its totals blank."""
    groups = [("natural", "自然人"), ("firm", "商业企业"), ("total", "合计")]
    rows = []
    for order, (group, label) in enumerate(groups):
        for place, (outcome, name) in enumerate(
            zip([*OUTCOMES, "total"], [*OUTCOME_LABELS, "合计"], strict=True)
        ):
            value = numbers.get((group, outcome))
            rows.append(
                (group, label, order, outcome, name, place, value, "blank" if value is None else status)
            )
    return table("group group_label group_order outcome outcome_label outcome_order value status", rows)


def yearly(numbers):
    """Outcomes by year; None for a year that is missing."""
    rows = [
        (
            year,
            outcome,
            label,
            place,
            None if values is None else values[place],
            "not_entered" if values is None else "reported" if values[place] is not None else "blank",
            "年报未入库" if values is None else None,
        )
        for year, values in numbers.items()
        for place, (outcome, label) in enumerate(zip(OUTCOMES, OUTCOME_LABELS, strict=True))
    ]
    return table("year outcome outcome_label outcome_order value status reason_label", rows)


def accounts(*rows):
    return table("item posts verdict verdict_label expected", [(*row, 26) for row in rows])


THREE_ACCOUNTS = accounts(
    ("定海社会组织", 221, "met", "平均达标"),
    ("定海民政", 31, "undecided", "无法判定"),
    ("定海区第三社会福利院", 8, "short", "必有断更"),
)
GAP = points(
    (2020, 15, "reported", 1),
    (2021, None, "not_entered", 1),
    (2022, None, "not_entered", 1),
    (2023, 49, "reported", 1),
    (2024, 50, "reported", 1),
)
BREAKS = table("year label", [(2021, "2021 表式")])
REASONS = table(
    "year reason_label reason_order value status",
    [
        (year, reason, order, (year + order) % 4, "reported")
        for year in (2019, 2020, 2022, 2023, 2024, 2025)
        for order, reason in enumerate(["国家秘密", "法律行政法规禁止公开", "行政执法案卷"])
    ]
    + [(2020, "行政查询事项", 3, None, "blank"), (2024, "行政查询事项", 3, 12, "reported")],
)
MONTHS = table(
    "category_label category_order value status verdict verdict_label",
    [
        ("低保", 0, 28, "reported", "met", "平均达标"),
        ("低边", 1, 12, "reported", "undecided", "无法判定"),
        ("养老服务", 2, 7, "reported", "short", "必有空月"),
        ("临时救助", 3, None, "not_stated", "undecided", "无法判定"),
        ("孤困儿童", 4, 0, "nil", "ceased", None),
    ],
)
CATEGORIES = table(
    "category_label category_order year value status reason_label",
    [
        ("低保低边", 0, 2020, 45, "reported", None),
        ("低保低边", 0, 2023, 24, "derived", None),
        ("低保低边", 0, 2024, None, "not_stated", None),
        ("临时救助", 1, 2020, 12, "reported", None),
        ("临时救助", 1, 2023, 0, "nil", None),
    ],
)
PARTS = table(
    "category_label value is_fiscal",
    [("低保低边", 45, False), ("特困供养", 28, False), ("养老服务", 12, False), ("财政预决算", 6, True)],
)
REPORTS = table(
    "year state", [(2020, "full"), (2023, "excerpt"), (2024, "excerpt"), (2008, "missing"), (2025, "missing")]
)
EDITIONS = table("first_year label", [(2014, "2014 表式"), (2019, "2019 表式"), (2021, "2021 表式")])
BANDS = table(
    "indicator label unit p25 median p75",
    [
        ("posts", "政务动态", "条", 62, 78, 101),
        ("answers", "平台办理答复数（含网上信箱和热线）", "件", 16, 17, 51),
    ],
)
LIKE_AGENCIES = table(
    "indicator agency is_own value status is_comparable n",
    [
        (indicator, agency, agency == "本局", value, "reported", True, value)
        for indicator, values in (
            ("posts", (390, 55, 62, 101, 78, 390)),
            ("answers", (14, 176, 16, 14, 51, 17)),
        )
        for agency, value in zip(("本局", "甲局", "乙局", "丙局", "丁局", "戊局"), values, strict=True)
    ],
)
BUSY_YEARS = yearly({2023: [14, 4, 5, 7, 2, 2], 2024: None, 2025: [17, 5, 7, 11, 4, 1]})
BUSY_MATRIX = matrix_cells({("natural", "granted"): 17, ("natural", "denied"): 12, ("firm", "other"): 3})

FIGURES = {
    "coverage_ribbon": lambda: coverage.coverage_ribbon(REPORTS, EDITIONS),
    "matrix_of_dots": lambda: requests.request_matrix(matrix_cells({("natural", "granted"): 1})),
    "matrix_of_numbers": lambda: requests.request_matrix(BUSY_MATRIX),
    "outcomes_by_year": lambda: requests.outcomes_by_year(BUSY_YEARS),
    "reasons_heat": lambda: requests.reasons_heat(REASONS),
    "cadence_strip": lambda: channels.cadence_strip(THREE_ACCOUNTS),
    "concentration_bar": lambda: channels.concentration_bar(
        THREE_ACCOUNTS.rename(columns={"posts": "value"})
    ),
    "series_lines": lambda: lines.series_lines(GAP, BREAKS),
    "category_months": lambda: welfare.category_months(MONTHS),
    "categories_by_year": lambda: welfare.categories_by_year(CATEGORIES, BREAKS),
    "share_bar": lambda: welfare.share_bar(PARTS),
    "peer_bands": lambda: peers.peer_bands(BANDS, LIKE_AGENCIES),
}
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


def words_in(figure):
    """Every text of a figure, without markup."""
    texts = [note.text for note in figure.layout.annotations]
    texts += [text for trace in figure.data for text in (trace.text if isinstance(trace.text, tuple) else ())]
    return [re.sub(r"<[^>]+>", "", text.replace("<br>", "")) for text in texts]


def joined_years(trace):
    """Pairs of years that a line trace connects."""
    ends = list(zip(trace.x, trace.y, strict=True))
    return [(a[0], b[0]) for a, b in itertools.pairwise(ends) if a[1] is not None and b[1] is not None]


def dots(figure):
    return [shape for shape in figure.layout.shapes if shape.type == "circle"]


# --- all of them ---


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


# --- the tile ---


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


# --- lines ---


def test_a_line_does_not_cross_missing_years():
    trace = lines.series_lines(GAP).data[0]
    assert joined_years(trace) == [(2023, 2024)]
    assert trace.connectgaps is False


def test_a_line_does_not_cross_a_change_of_definition():
    trace = lines.series_lines(
        points((2022, 1, "reported", 1), (2023, 2, "reported", 2), (2024, 3, "reported", 2))
    ).data[0]
    assert joined_years(trace) == [(2023, 2024)]


def test_derived_and_approximate_marks_and_other_definitions_are_hollow():
    trace = lines.series_lines(
        points(
            (2021, 1, "reported", 1),
            (2022, 1, "derived", 2),
            (2023, 2, "approximate", 2),
            (2024, 3, "reported", 2),
        ),
    ).data[0]
    hollow = {
        x
        for x, y, symbol in zip(trace.x, trace.y, trace.marker.symbol, strict=True)
        if y is not None and symbol.endswith("-open")
    }
    assert hollow == {2021, 2022, 2023}


def test_a_missing_span_is_named_and_not_joined():
    assert "未入库不连线" in words_in(lines.series_lines(GAP))


def test_a_word_instead_of_a_number_is_a_cross_with_the_word():
    figure = lines.series_lines(
        points((2023, 7, "reported", 1), (2024, None, "unquantified", 1)).assign(raw=["7", "多件"]),
    )
    crosses = next(trace for trace in figure.data if trace.marker.symbol == "x-thin")
    assert list(crosses.x) == [2024]
    assert "多件" in words_in(figure)
    assert joined_years(figure.data[0]) == []


# --- requests ---


@pytest.mark.parametrize("count", [1, 7, 30])
def test_up_to_thirty_cases_are_a_dot_each(count):
    assert len(dots(requests.request_matrix(matrix_cells({("natural", "granted"): count})))) == count


def test_more_than_thirty_cases_are_numbers():
    figure = requests.request_matrix(matrix_cells({("natural", "granted"): 20, ("firm", "denied"): 11}))
    assert not dots(figure)
    assert {"20", "11"} <= set(words_in(figure))


def test_a_derived_case_is_a_hollow_dot():
    figure = requests.request_matrix(matrix_cells({("natural", "granted"): 2}, "derived"))
    assert {dot.fillcolor for dot in dots(figure)} == {colours.TRANSPARENT}


def test_blank_totals_say_so_and_are_never_0():
    said = words_in(requests.request_matrix(matrix_cells({("natural", "granted"): 1})))
    assert said.count("空白") == 8
    assert "0" not in said


def test_applicants_without_any_number_are_left_out():
    assert "商业企业" not in words_in(requests.request_matrix(matrix_cells({("natural", "granted"): 1})))


def test_a_missing_year_says_why_and_has_no_bar():
    figure = requests.outcomes_by_year(BUSY_YEARS)
    assert "— 年报未入库" in words_in(figure)
    bars = {y for trace in figure.data if trace.type == "bar" for y in trace.y}
    assert len(bars) == 2


def test_bars_of_a_year_stand_end_to_end_and_blanks_take_no_room():
    figure = requests.outcomes_by_year(yearly({2025: [17, None, 7, None, None, 1]}))
    assert [(trace.base[0], trace.x[0]) for trace in figure.data if trace.type == "bar"] == [
        (0, 17),
        (17, 7),
        (24, 1),
    ]
    assert "25" in words_in(figure)


def test_one_case_does_not_fill_the_width():
    figure = requests.outcomes_by_year(yearly({2020: [1, None, None, None, None, None]}))
    assert figure.layout.xaxis.range[1] >= 10


def test_reasons_keep_0_blank_and_missing_apart():
    figure = requests.reasons_heat(REASONS)
    said = words_in(figure)
    assert said.count("空白") == 1
    assert said.count("—") >= 4
    shaded = sum(len(trace.x) for trace in figure.data if trace.type == "bar")
    assert shaded == int((REASONS["value"] > 0).sum())


# --- lanes ---


def filled(figure):
    return sum(
        len(trace.x) for trace in figure.data if trace.type == "bar" and trace.marker.color != colours.FAINT
    )


@pytest.mark.parametrize(("posts", "cells"), [(0, 0), (8, 8), (25, 25), (26, 26), (221, 26), (None, 0)])
def test_posts_fill_at_most_their_number_of_fortnights(posts, cells):
    figure = channels.cadence_strip(
        accounts(("甲", posts, "short" if posts is not None and posts < 26 else "undecided", ""))
    )
    assert filled(figure) == cells


def test_the_empty_fortnights_are_counted_in_words():
    said = words_in(channels.cadence_strip(THREE_ACCOUNTS))
    assert "18 个两周必为空" in said
    assert sum("必为空" in text for text in said) == 1


def test_an_account_without_a_number_is_not_said_to_be_empty():
    said = words_in(channels.cadence_strip(accounts(("甲", None, "undecided", "无法判定"))))
    assert "年报未写" in said
    assert not any("必为空" in text for text in said)


def test_an_undecided_account_is_hatched_and_red_needs_a_duty():
    undecided = channels.cadence_strip(accounts(("甲", 31, "undecided", "无法判定"))).data[0]
    assert undecided.marker.pattern.shape == "/"
    advice = channels.cadence_strip(accounts(("甲", 8, "short", "必有断更")).assign(must_fix=False))
    assert colours.slot(colours.ALERT) not in advice.to_json()


def test_months_fill_at_most_twelve_and_are_never_red():
    figure = welfare.category_months(MONTHS)
    assert filled(figure) == 12 + 12 + 7
    assert colours.slot(colours.ALERT) not in figure.to_json()
    assert "停止" in "".join(words_in(figure))


# --- shares and categories ---


def test_the_largest_account_is_named_with_its_share():
    figure = channels.concentration_bar(table("item value", [("甲", 8), ("乙", 221), ("丙", 31)]))
    assert "乙 221 条（85.0%）" in words_in(figure)


def test_few_posts_have_no_share():
    assert not any(
        "%" in text
        for text in words_in(channels.concentration_bar(table("item value", [("甲", 2), ("乙", 1)])))
    )


def test_categories_keep_missing_years_apart_from_0():
    figure = welfare.categories_by_year(CATEGORIES)
    bars = next(trace for trace in figure.data if trace.type == "bar")
    crosses = next(trace for trace in figure.data if trace.type == "scatter" and trace.mode == "markers")
    assert len(bars.x) == 4
    assert len(crosses.x) == 2 * 5 - 4
    assert words_in(figure).count("0") == 1
    assert list(bars.marker.color).count(colours.BACKGROUND) == 1


def test_finance_is_apart_and_hatched():
    own, fiscal = (trace for trace in welfare.share_bar(PARTS).data if trace.type == "bar")
    assert own.marker.pattern.shape is None
    assert fiscal.marker.pattern.shape == "/"
    assert fiscal.base[0] > own.base[-1] + own.x[-1]


def test_coverage_draws_each_state_in_its_own_way():
    bars = [trace for trace in coverage.coverage_ribbon(REPORTS, EDITIONS).data if trace.type == "bar"]
    assert [list(trace.x) for trace in bars] == [
        [2020],
        [2023, 2024],
        [year for year in range(2008, 2026) if year not in {2020, 2023, 2024}],
    ]


# --- fitting ---


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


# --- in the browser ---

APP = """
import streamlit as st
from plotly.io import from_json
from pathlib import Path
for path in sorted(Path("figures").glob("*.json")):
    st.plotly_chart(from_json(path.read_text("utf-8")), key=path.stem, config={config!r})
"""
LOOK = """() => [...document.querySelectorAll('.js-plotly-plot')].map(plot => {
  const edge = plot.getBoundingClientRect(), lines = [], faults = [];
  for (const text of plot.querySelectorAll('text')) {
    const spans = [...text.querySelectorAll('tspan.line')];
    for (const part of spans.length ? spans : [text]) {
      const range = document.createRange(); range.selectNodeContents(part);
      const box = range.getBoundingClientRect();
      if (box.width && part.textContent.trim() && getComputedStyle(part).display !== 'none')
        lines.push([part.textContent, box.left, box.top + 2, box.right, box.bottom - 3]);
    }
  }
  for (const [word, left, top, right, bottom] of lines)
    if (left < edge.left - 1 || right > edge.right + 1 || top < edge.top - 3 || bottom > edge.bottom + 1)
      faults.push('clipped: ' + word);
  lines.forEach((a, i) => lines.slice(i + 1).forEach(b => {
    if (Math.min(a[3], b[3]) - Math.max(a[1], b[1]) > 1 && Math.min(a[4], b[4]) - Math.max(a[2], b[2]) > 1)
      faults.push('overlap: ' + a[0] + ' / ' + b[0]);
  }));
  if (/#0000[0-4][0-9]/.test(plot.innerHTML) || /rgb\\(0, 0, ([1-9]|[1-5][0-9]|6[0-4])\\)/.test(plot.innerHTML))
    faults.push('a colour was not replaced');
  return {texts: lines.length, faults};
})"""


@pytest.fixture(scope="module")
def gallery(chromium, tmp_path_factory):
    """The address of a small app that shows every figure, where there is a browser to open it."""
    folder = tmp_path_factory.mktemp("gallery")
    (folder / "figures").mkdir()
    for name, build in FIGURES.items():
        (folder / "figures" / f"{name}.json").write_text(build().to_json(), "utf-8")
    (folder / "app.py").write_text(APP.format(config=frame.CONFIG), "utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = [
        "--server.headless=true",
        f"--server.port={port}",
        "--server.address=127.0.0.1",
        "--browser.gatherUsageStats=false",
        "--server.fileWatcherType=none",
    ]
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "app.py", *options],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.2)
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait()


@pytest.mark.browser
@pytest.mark.parametrize("width", [326, 1140])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_the_browser_nothing_overlaps_and_every_colour_is_the_themes(chromium, gallery, width, scheme):
    """326 px leave the charts 294, as a card does on a phone of 360 px."""
    page = chromium.new_page(viewport={"width": width, "height": 3000}, color_scheme=scheme)
    page.goto(gallery)
    page.wait_for_function(f"document.querySelectorAll('.js-plotly-plot .main-svg').length >= {len(FIGURES)}")
    page.wait_for_timeout(1500)
    found = page.evaluate(LOOK)
    page.close()
    assert len(found) == len(FIGURES)
    assert [look["faults"] for look in found] == [[]] * len(FIGURES)
    assert all(look["texts"] for look in found)


def test_figures_are_plain_json():
    assert json.loads(FIGURES["series_lines"]().to_json())["layout"]["template"]
