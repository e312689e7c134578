"""How numbers and dates are written wherever a person reads them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import formats

NAN = float("nan")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (1234, "1,234"),
        (Decimal("81284.86"), "81,284.86"),
        (Decimal("81284.860000"), "81,284.86"),
        (1234567.0, "1,234,567"),
        (0, "0"),
        (-3, "-3"),
        (Decimal("1E+3"), "1,000"),
        (None, "—"),
        (NAN, "—"),
    ],
)
def test_a_number_is_written(value, written):
    assert formats.number(value) == written


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (Decimal("81284.86"), "元", "8.13 万元"),
        (9999, "元", "9,999 元"),
        (123456, "条", "12.3 万条"),
        (99999, "条", "99,999 条"),
        (115, "条", "115 条"),
        (115, "", "115"),
        (None, "条", "—"),
        (NAN, "条", "—"),
    ],
)
def test_a_quantity_is_written(value, unit, written):
    assert formats.quantity(value, unit) == written


@pytest.mark.parametrize(
    ("part", "whole", "written"),
    [
        (22, 45, "48.9%"),
        (0, 45, "0.0%"),
        (1, 0, "—"),
        (1, None, "—"),
        (None, 3, "—"),
        (NAN, 3, "—"),
        (1, NAN, "—"),
    ],
)
def test_a_share_is_written(part, whole, written):
    assert formats.percent(part, whole) == written


@pytest.mark.parametrize(
    ("listed", "written"),
    [
        ([2020, 2023, 2024], "2020、2023、2024"),
        ([2020, 2021, 2022, 2024], "2020–2022、2024"),
        ([2024, 2023, 2023], "2023、2024"),
        ([], ""),
    ],
)
def test_years_are_written(listed, written):
    assert formats.years(listed) == written


def test_a_day_is_written():
    assert formats.day(date(2026, 1, 5)) == "2026 年 1 月 5 日"


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.decimals(-(10**11), 10**11, places=3))
def test_no_digit_is_lost_in_writing(value):
    assert Decimal(formats.number(value).replace(",", "")) == value
