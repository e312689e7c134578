"""How a table cell's characters become a number with a status; never a guess."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.numbers import cell_quantity, fits, fold, in_unit

EXAMPLES = settings(max_examples=60, deadline=None, derandomize=True)

FORMS = [
    # as printed, value, status, unit
    ("", None, "blank", None),
    (" ", None, "blank", None),
    ("\u00a0", None, "blank", None),
    ("\u3000\t", None, "blank", None),
    ("\u200b", None, "blank", None),
    ("-", None, "dash", None),
    ("—", None, "dash", None),
    ("——", None, "dash", None),
    ("－", None, "dash", None),
    ("/", None, "dash", None),
    ("／", None, "dash", None),
    ("\\", None, "dash", None),
    ("无", "0", "nil", None),
    ("没有", "0", "nil", None),
    ("未收到", "0", "nil", None),
    ("零", "0", "nil", None),
    ("0", "0", "reported", None),
    ("\u00a00\u00a0", "0", "reported", None),
    ("15", "15", "reported", None),
    ("１５", "15", "reported", None),
    ("1924252", "1924252", "reported", None),
    ("1,234", "1234", "reported", None),
    ("１，２３４", "1234", "reported", None),
    ("1,234,567.5", "1234567.5", "reported", None),
    ("34 件", "34", "reported", "件"),
    ("60件次", "60", "reported", "件次"),
    ("1 6", "16", "reported", None),
    ("12 345", None, "unreadable", None),
    ("12 3", None, "unreadable", None),
    ("7 1 8", None, "unreadable", None),
    ("7 | 1", None, "unreadable", None),
    ("? 0", None, "unreadable", None),
    ("增", None, "unreadable", None),
    ("1,23", None, "unreadable", None),
    ("12345678901234567", None, "unreadable", None),
    ("1.23456789", None, "unreadable", None),
    ("9" * 1_000_001, None, "unreadable", None),
    ("-" + "9" * 1_000_001, None, "unreadable", None),
    ("增" + "9" * 1_000_001 + "减1", None, "unreadable", None),
    ("2020年", None, "unreadable", None),
    ("三", None, "unreadable", None),
    ("22（其中修订16件）", "22", "reported", None),
    ("3（到期自动废止）", "3", "reported", None),
    ("55 (含自然失效 29 件)", "55", "reported", None),
    ("81284.86元", "81284.86", "reported", "元"),
    ("81,284.86 元", "81284.86", "reported", "元"),
    ("113.96万元", "113.96", "reported", "万元"),
    ("1.2万", "12000", "reported", None),
    ("减1", "-1", "reported", None),
    ("减少3", "-3", "reported", None),
    ("-2", "-2", "reported", None),
    ("－2", "-2", "reported", None),
    ("增98", "98", "reported", None),
    ("增加5", "5", "reported", None),
    ("+1", "1", "reported", None),
    ("0/0", "0", "reported", None),
    ("增2/减1", "1", "reported", None),
    ("增加2，减少3", "-1", "reported", None),
    ("30余", "30", "approximate", None),
    ("10余条", "10", "approximate", "条"),
    ("约40", "40", "approximate", None),
    ("近100件", "100", "approximate", "件"),
    ("868条多", "868", "approximate", "条"),
    ("若干", None, "unreadable", None),
]


@pytest.mark.parametrize(("printed", "value", "status", "unit"), FORMS)
def test_a_cell_reads_as(printed, value, status, unit):
    quantity = cell_quantity(printed)
    assert (quantity.value, quantity.status, quantity.unit) == (
        None if value is None else Decimal(value),
        status,
        unit,
    )


@EXAMPLES
@given(st.integers(-(10**11), 10**11))
def test_a_whole_number_reads_back_however_it_is_set(number):
    """Plainly, with thousands separators, in full-width digits, between blanks, with its unit."""
    wide = str(number).translate(str.maketrans("0123456789-", "０１２３４５６７８９－"))
    for printed in (str(number), f"{number:,}", wide, f"\u00a0{number}\u00a0", f"{number} 件"):
        quantity = cell_quantity(printed)
        assert (quantity.value, quantity.status) == (Decimal(number), "reported"), printed


@EXAMPLES
@given(st.decimals(0, 10**8, places=2))
def test_money_reads_back_to_the_last_digit(amount):
    assert cell_quantity(f"{amount}元").value == amount
    assert cell_quantity(f"{amount:,}万元").value == amount


@EXAMPLES
@given(st.text(max_size=30))
def test_folding_keeps_every_position(text):
    """What is found in the folded text stands at the same place in the printed one."""
    assert len(fold(text)) == len(text)


@EXAMPLES
@given(st.text(alphabet="0123456789 ,.+-/（）()余约增减万元件无—？?", max_size=12))
def test_no_cell_gives_a_number_that_cannot_be_kept(text):
    """Any jumble of a cell's characters: a value that fits, or none; a status that says which."""
    quantity = cell_quantity(text)
    assert (quantity.value is None) == (quantity.status in ("blank", "dash", "unreadable"))
    assert quantity.value is None or fits(quantity.value)


@pytest.mark.parametrize(
    ("value", "printed", "wanted", "same"),
    [
        ("81284.86", "元", "元", "81284.86"),
        ("81284.86", "元", "万元", "8.128486"),
        ("8.128486", "万元", "元", "81284.86"),
        ("1.5", "亿元", "万元", "15000"),
        ("12", None, "元", "12"),
        ("12", "件", "条", "12"),
    ],
)
def test_money_is_converted_exactly_and_nothing_else_is(value, printed, wanted, same):
    assert in_unit(Decimal(value), printed, wanted) == Decimal(same)


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("999999999999", True),
        ("1000000000000", False),
        ("0.123456", True),
        ("0.1234567", False),
        ("1E+3", True),
    ],
)
def test_a_number_fits_when_the_database_keeps_all_its_digits(value, kept):
    assert fits(Decimal(value)) is kept
