"""Requests: a dot a case, bars by year, reasons; blank is never 0."""

import pytest

from dashboard.charts import (
    colours,
    requests,
)

from .samples import BUSY_YEARS, REASONS, dots, matrix_cells, words_in, yearly


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
