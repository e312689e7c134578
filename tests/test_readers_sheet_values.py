"""The values of a sheet are given as they are seen: numbers, dates, formats, formulas with and without a result."""

from datetime import datetime, timedelta

import pytest

from dashboard import readers
from dashboard.errors import Refused
from dashboard.readers.number_formats import number_text, parse

from .workbooks import BOOK, SHEET, changed, rows, workbook


@pytest.mark.parametrize(
    ("value", "seen"),
    [
        (21.0, "21"),
        (0.5, "0.5"),
        (-3.0, "-3"),
        (0.1 + 0.2, "0.3"),
        (1e15, "1000000000000000"),
        (1.5e-7, "0.00000015"),
        (81284.86, "81284.86"),
        (123456789012.25, "123456789012.25"),
    ],
)
def test_a_number_is_seen_without_exponent_and_to_15_digits(value, seen):
    assert number_text(value) == seen


def test_values_that_are_no_plain_numbers_are_seen_as_the_sheet_shows_them():
    def fill(book, sheet):
        day = book.add_format({"num_format": "yyyy年m月d日"})
        sheet.write(0, 0, "0012")
        sheet.write_boolean(0, 1, True)
        sheet.write_datetime(0, 2, datetime(2023, 1, 31), day)  # noqa: DTZ001 - a sheet has no time zones
        sheet.write_formula(0, 3, "=1/0", None, "#DIV/0!")
        sheet.write_formula(0, 4, "=SUM(A1)", None, 7)
        sheet.write_number(0, 5, 0.25, book.add_format({"num_format": "0.0%"}))
        sheet.write_number(0, 6, 12.5, book.add_format({"num_format": '#,##0.00"万元"'}))
        sheet.write_number(0, 7, 1234.5, book.add_format({"num_format": "#,##0.00"}))

    assert rows(readers.read(workbook(fill))) == [
        ["0012", "TRUE", "2023-01-31", "#DIV/0!", "7", "25%", "12.5万元", "1234.5"]
    ]


@pytest.mark.parametrize(
    ("code", "before", "after", "percent"),
    [
        ("0%", "", "%", True),
        ('"共"0"件"', "共", "件", False),
        ("0.00\\万\\元", "", "万元", False),
        ('[Red]#,##0"项";-0"项"', "", "项", False),
    ],
)
def test_a_format_that_says_something_is_understood(code, before, after, percent):
    assert parse(code) == (before, after, percent)


@pytest.mark.parametrize(
    "code", ['yyyy"年"m"月"', "0.00", "General", '_ * #,##0_ ;_ * "-"_ ;_ @_ ', "@", '"件"']
)
def test_a_format_that_says_nothing_more_is_left(code):
    assert parse(code) is None


def test_a_formula_without_result_is_seen_as_the_formula_and_never_as_blank():
    data = workbook(lambda _, sheet: (sheet.write_row(0, 0, ["甲", 1]), sheet.write_formula(0, 2, "=A1+2")))
    empty = changed(data, SHEET, (b"<f>A1+2</f><v>0</v>", b"<f>A1+2</f>"))
    assert rows(readers.read(empty)) == [["甲", "1", "=A1+2"]]


SUM = b"<f>A1+2</f><v>0</v>"


def summed(*changes, book=()):
    """The one row of a sheet with 甲, 1 and a formula, written by a program that does not calculate."""
    data = workbook(lambda _, sheet: (sheet.write_row(0, 0, ["甲", 1]), sheet.write_formula(0, 2, "=A1+2")))
    return rows(readers.read(changed(changed(data, SHEET, *changes), BOOK, *book)))[0]


@pytest.mark.parametrize("result", [b"", b"<v/>", b"<v></v>", b"<v> </v>", b"<v>0</v>"])
def test_what_a_program_that_does_not_calculate_stores_is_no_result(result):
    assert summed((SUM, b"<f>A1+2</f>" + result)) == ["甲", "1", "=A1+2"]


def test_a_0_that_was_calculated_is_a_result():
    calculated = (b' fullCalcOnLoad="1"', b"")
    assert summed(book=[calculated]) == ["甲", "1", "0"]
    assert summed((SUM, b"<f>A1+2</f><v>3</v>")) == ["甲", "1", "3"]


def test_a_formula_that_gives_no_text_is_seen_as_the_formula():
    quoted = (b'<c r="C1">' + SUM, b'<c r="C1" t="str"><f>IF(B1=1,"","x")</f><v></v>')
    assert summed(quoted) == ["甲", "1", '=IF(B1=1,"","x")']


@pytest.mark.parametrize(
    "code", ["0.00", "#,##0", "#,##0_ ", "0_);[Red](0)", '_ * #,##0_ ;_ * "-"_ ;_ @_ ', "@"]
)
def test_a_format_of_decimals_and_separators_does_not_change_a_number(code):
    data = workbook(
        lambda book, sheet: sheet.write_row(0, 0, [1234, 12.5], book.add_format({"num_format": code}))
    )
    assert rows(readers.read(data)) == [["1234", "12.5"]]


@pytest.mark.parametrize(
    ("value", "seen"),
    [
        (timedelta(minutes=90), "1:30:00"),
        (timedelta(hours=49, seconds=5), "49:00:05"),
        (timedelta(hours=-26), "-26:00:00"),
    ],
)
def test_a_duration_is_seen_in_hours(value, seen):
    def fill(book, sheet):
        sheet.write(0, 0, "甲")
        sheet.write_number(0, 1, value / timedelta(days=1), book.add_format({"num_format": "[h]:mm"}))

    assert rows(readers.read(workbook(fill))) == [["甲", seen]]


def test_a_duration_that_there_cannot_be_is_refused_with_its_sheet():
    data = workbook(
        lambda book, sheet: sheet.write_number(0, 0, 1e15, book.add_format({"num_format": "[h]:mm"}))
    )
    with pytest.raises(Refused, match="工作表“Sheet1”中有日期或时间超出范围的单元格"):
        readers.read(data)


def test_lines_within_a_cell_stay_in_the_cell():
    assert rows(readers.read(workbook(lambda _, sheet: sheet.write_row(0, 0, ["收到\n申请", " 3\n"])))) == [
        ["收到\n申请", "3"]
    ]


def test_a_cell_of_nothing_but_space_is_blank():
    document = readers.read(workbook(lambda _, sheet: sheet.write_row(0, 0, ["示例县报告", " ", "\u3000\n"])))
    assert [paragraph.text for paragraph in document.paragraphs] == ["示例县报告"]
