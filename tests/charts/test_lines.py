"""Lines over the years: broken where years are missing or definitions change."""

from dashboard.charts import (
    lines,
)

from .samples import GAP, joined_years, points, words_in


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
