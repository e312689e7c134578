"""Rates on a page: what stands in the place of a value."""

from dashboard.ui.rates import _value

ROW = {"value": 0.72, "is_shown": False, "numerator": 3, "denominator": None, "n": 3, "unit_zh": ""}


def test_too_few_cases_of_what_has_no_denominator_are_their_number():
    assert _value(ROW) == "3"
    assert _value({**ROW, "denominator": 7}) == "3／7"
