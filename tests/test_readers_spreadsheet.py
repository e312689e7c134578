"""Workbooks: each visible sheet is a page, its rows paragraphs and tables, its numbers as they are seen."""

import io
import struct
import zipfile
from datetime import datetime

import pytest
import xlsxwriter

from dashboard import readers
from dashboard.errors import Refused
from dashboard.limits import Limits
from dashboard.readers import xls_notes
from dashboard.readers.number_formats import number_text, parse


def workbook(*fills):
    """A workbook with a sheet for each function that fills one."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        for fill in fills:
            fill(book, book.add_worksheet())
    return held.getvalue()


def of_rows(*rows, merged=()):
    """One sheet: a row is the values from column A; `merged` are ranges with their value."""

    def fill(_, sheet):
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if value is not None:
                    sheet.write(number, column, value)
        for cells, value in merged:
            sheet.merge_range(cells, value)

    return readers.read(workbook(fill))


def kinds(document):
    return [type(block).__name__ for block in document.blocks]


def rows(document):
    (table,) = document.tables
    return [[cell.text for cell in row] for row in table.rows]


def placed(document):
    (table,) = document.tables
    return [[(cell.text, cell.column, cell.width, cell.height) for cell in row] for row in table.rows]


def changed(data, name, *changes):
    """A workbook with bytes of one of its parts replaced."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            content = old.read(part)
            for before, after in changes if part == name else ():
                assert before in content
                content = content.replace(before, after)
            new.writestr(part, content)
    return held.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
BOOK = "xl/workbook.xml"
HEAD = ["信息内容", "本年制发件数", "现行有效件数"]


def test_merged_cells_are_one_cell_with_its_size_and_blank_cells_are_cells():
    document = of_rows([None, *HEAD], [None, "规章", None, 3], merged=[("B3:C4", "甲"), ("D3:D4", 1)])
    assert document.tables[0].has_grid
    assert placed(document) == [
        [("信息内容", 0, 1, 1), ("本年制发件数", 1, 1, 1), ("现行有效件数", 2, 1, 1)],
        [("规章", 0, 1, 1), ("", 1, 1, 1), ("3", 2, 1, 1)],
        [("甲", 0, 2, 1), ("1", 2, 1, 1)],
    ]


def test_a_merged_cell_has_its_height_in_rows_of_the_table():
    document = of_rows([None, "1"], [None, "2"], [None, "3"], merged=[("A1:A3", "三、结果")])
    assert placed(document) == [[("三、结果", 0, 1, 3), ("1", 1, 1, 1)], [("2", 1, 1, 1)], [("3", 1, 1, 1)]]


def test_prose_and_tables_of_a_sheet_are_told_apart():
    document = of_rows(
        ["示例县某局2022年报告"],
        ["一、总体情况"],
        [],
        HEAD,
        ["规章", 0, 1],
        ["二、其他"],
    )
    assert kinds(document) == ["Paragraph", "Paragraph", "Table", "Paragraph"]


def test_a_merged_title_between_rows_is_a_row_of_the_table():
    document = of_rows(
        ["二、主动公开"],
        [],
        HEAD,
        ["规章", 0, 1],
        [],
        [],
        ["行政许可", 2],
        merged=[("A2:C2", "第二十条第（一）项"), ("A6:C6", "第二十条第（五）项")],
    )
    assert kinds(document) == ["Paragraph", "Table"]
    assert placed(document)[0] == [("第二十条第（一）项", 0, 3, 1)]
    assert placed(document)[3] == [("第二十条第（五）项", 0, 3, 1)]


def test_a_numbered_heading_between_tables_parts_them():
    document = of_rows(HEAD, ["规章", 0, 1], [], ["甲", 1], merged=[("A3:C3", "三、收到和处理情况")])
    assert kinds(document) == ["Table", "Paragraph", "Table"]
    unmerged = of_rows(HEAD, ["规章", 0, 1], ["三、收到和处理情况"], ["甲", 1])
    assert kinds(unmerged) == ["Table", "Paragraph", "Table"]


def test_empty_rows_do_not_end_a_table():
    assert rows(of_rows(HEAD, [], ["规章", 0, 1], [], [], ["甲", 2, 3])) == [
        HEAD,
        ["规章", "0", "1"],
        ["甲", "2", "3"],
    ]


def test_a_row_without_figures_is_a_row_and_a_note_is_none():
    document = of_rows(HEAD, ["规章", 0, 1], ["行政许可"], ["注：本表为虚构"])
    assert rows(document) == [HEAD, ["规章", "0", "1"], ["行政许可", "", ""]]
    assert document.paragraphs[-1].text == "注：本表为虚构"


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


def test_hidden_sheets_rows_and_columns_are_out():
    def shown(_, sheet):
        for number in range(4):
            sheet.write_row(number, 0, [f"甲{number}", "乙", "丙", "丁"])
        sheet.set_row(1, None, None, {"hidden": True})
        sheet.set_column(1, 1, None, None, {"hidden": True})
        sheet.merge_range("A5:C6", "合并")
        sheet.write(4, 3, "尾")
        sheet.set_row(4, None, None, {"hidden": True})
        sheet.write(5, 3, "末")

    def hidden(_, sheet):
        sheet.write(0, 0, "藏")
        sheet.hide()

    document = readers.read(workbook(shown, hidden, lambda _, sheet: sheet.write(0, 0, "第二页")))
    assert placed(document) == [
        [("甲0", 0, 1, 1), ("丙", 1, 1, 1), ("丁", 2, 1, 1)],
        [("甲2", 0, 1, 1), ("丙", 1, 1, 1), ("丁", 2, 1, 1)],
        [("甲3", 0, 1, 1), ("丙", 1, 1, 1), ("丁", 2, 1, 1)],
        [("合并", 0, 2, 1), ("末", 2, 1, 1)],
    ]
    assert "藏" not in document.text
    assert document.page(document.paragraphs[0].start) == 2


def test_values_under_a_merged_cell_are_not_seen():
    data = workbook(
        lambda _, sheet: (
            sheet.write_row(0, 0, ["甲", "乙", "丙"]),
            sheet.write_row(1, 0, ["丁", "戊", "己"]),
        )
    )
    merged = changed(
        data, SHEET, (b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells>')
    )
    assert rows(readers.read(merged)) == [["甲", "丙"], ["丁", "戊", "己"]]


@pytest.mark.parametrize(
    "written",
    [
        b'<c r="XFD1048576"><v>1</v></c>',
        b'<c r="A1048576"><v>1</v></c>',
        b'<c r="ZZ60000"><v>1</v></c>',
        b"<c r='XFD900000'><v>1</v></c>",
        b'<x:c r="XFD900000"><v>1</v></x:c>',
    ],
)
def test_a_value_at_the_end_of_the_sheet_is_refused_and_takes_no_memory(written):
    data = workbook(lambda _, sheet: sheet.write(0, 0, "甲"))
    far = changed(
        data,
        SHEET,
        (b"</sheetData>", b"<row>" + written + b"</row></sheetData>"),
        (b"<worksheet ", b'<worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '),
    )
    with pytest.raises(Refused, match="工作表“Sheet1”的使用范围过大"):
        readers.read(far)


def test_cells_without_a_place_are_counted_on():
    cells = b"<c><v>1</v></c>" * 2000
    rows_below = b"<row><c><v>1</v></c></row>" * 2000
    data = workbook(lambda _, sheet: sheet.write(0, 0, "甲"))
    far = changed(data, SHEET, (b"</sheetData>", b"<row>" + cells + b"</row>" + rows_below + b"</sheetData>"))
    with pytest.raises(Refused, match="使用范围过大"):
        readers.read(far)


def test_blank_cells_with_a_format_do_not_make_a_sheet_large():
    data = workbook(lambda _, sheet: sheet.write_row(0, 0, ["甲", 1]))
    styled = changed(
        data, SHEET, (b"</sheetData>", b'<row r="900000"><c r="XFD900000" s="0"/></row></sheetData>')
    )
    assert rows(readers.read(styled)) == [["甲", "1"]]


def test_a_cell_merged_over_whole_columns_is_no_wider_than_the_rows():
    data = workbook(
        lambda _, sheet: (sheet.merge_range("A1:XFD1", "示例县报告"), sheet.write_row(2, 0, ["甲", 1]))
    )
    document = readers.read(data)
    assert document.paragraphs[0].text == "示例县报告"
    assert rows(document) == [["甲", "1"]]


def test_a_workbook_whose_parts_are_strict_or_have_other_names_is_read():
    data = workbook(
        lambda _, sheet: (sheet.write_row(0, 0, ["甲", 1]), sheet.set_row(0, None, None, {"hidden": False}))
    )
    renamed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(renamed, "w") as new:
        for part in old.namelist():
            content = old.read(part).replace(b"workbook.xml", b"book1.xml")
            for kind in (b"officeDocument/2006/relationships", b"spreadsheetml/2006/main"):
                folder, rest = kind.split(b"/2006/")
                content = content.replace(
                    b"http://schemas.openxmlformats.org/" + kind,
                    b"http://purl.oclc.org/ooxml/" + folder + b"/" + rest,
                )
            new.writestr(part.replace("workbook.xml", "book1.xml"), content)
    assert rows(readers.read(renamed.getvalue())) == [["甲", "1"]]


def test_a_sheet_that_is_missing_is_damage():
    data = changed(
        workbook(lambda _, sheet: sheet.write(0, 0, "甲")),
        "xl/_rels/workbook.xml.rels",
        (b"sheet1", b"sheet9"),
    )
    with pytest.raises(Refused, match="损坏"):
        readers.read(data)


def test_a_list_of_texts_that_claims_more_than_it_holds_is_damage():
    data = workbook(lambda _, sheet: sheet.write(0, 0, "甲"))
    claimed = changed(data, "xl/sharedStrings.xml", (b'uniqueCount="1"', b'uniqueCount="4000000000"'))
    with pytest.raises(Refused, match="损坏"):
        readers.read(claimed)


def test_merged_cells_that_cover_each_other_over_and_over_are_damage():
    data = workbook(lambda _, sheet: [sheet.write_row(row, 0, range(20)) for row in range(200)])
    many = b"<mergeCells>" + b'<mergeCell ref="A1:T200"/>' * 200 + b"</mergeCells>"
    with pytest.raises(Refused, match="损坏"):
        readers.read(changed(data, SHEET, (b"</sheetData>", b"</sheetData>" + many)))


def test_what_unpacks_to_more_than_the_limit_is_refused():
    data = workbook(lambda _, sheet: sheet.write(0, 0, "甲"))
    large = changed(data, SHEET, (b"</sheetData>", b"</sheetData>" + b" " * 2_000_000))
    with pytest.raises(Refused, match="解压后超过 1 MB"):
        readers.read(large, Limits(unpacked_megabytes=1))


def record(kind, body):
    return kind.to_bytes(2, "little") + len(body).to_bytes(2, "little") + body


def cell(kind, row, column, rest=b""):
    return record(kind, row.to_bytes(2, "little") + column.to_bytes(2, "little") + b"\0\0" + rest)


BEGIN, END = record(0x0809, bytes(16)), record(0x000A, b"")


def stream(*records):
    """The records of an .xls workbook with one sheet."""
    head = BEGIN + record(0x0085, (len(BEGIN) + 14 + len(END)).to_bytes(4, "little") + bytes(6)) + END
    return head + BEGIN + b"".join(records) + END


def test_the_records_of_an_old_workbook_tell_what_is_hidden_and_what_is_an_error():
    hidden_row = record(0x0208, (4).to_bytes(2, "little") + bytes(10) + b"\x20\0\0\0")
    hidden_columns = record(0x007D, b"\2\0\3\0" + bytes(4) + b"\1\0\0\0")
    chart = BEGIN + cell(0x0203, 9999, 200) + END
    formula = cell(0x0006, 1, 1, b"\2\0\x07\0\0\0\xff\xff" + bytes(8))
    (notes,) = xls_notes.sheet_notes(
        stream(
            hidden_row,
            hidden_columns,
            chart,
            cell(0x0205, 0, 5, b"\x17\1"),
            cell(0x0205, 0, 6, b"\1\0"),
            formula,
        )
    )
    assert notes.hidden_rows == {4}
    assert notes.hidden_columns == {2, 3}
    assert notes.shown == {(0, 5): "#REF!", (1, 1): "#DIV/0!"}


def test_an_old_workbook_that_reaches_too_far_is_refused():
    with pytest.raises(Refused, match="65536 行 × 256 列"):
        xls_notes.sheet_notes(stream(cell(0x0203, 65535, 255, bytes(8))))


@pytest.mark.parametrize(
    "claim",
    [
        struct.pack("<IIHHH", 0, 0xFFFFFFFF, 0, 9, 0),
        struct.pack("<IIHHH", 9, 3, 0, 9, 0),
        struct.pack("<HHHHH", 0, 9, 0, 999, 0),
    ],
)
def test_an_old_workbook_that_claims_what_cannot_be_is_damaged(claim):
    """Room for what is claimed would be set aside, and where there is none the process would end."""
    with pytest.raises(Refused, match=r"\.xls 或 \.et 文件已损坏"):
        xls_notes.sheet_notes(stream(record(0x0200, claim)))


def test_records_that_end_beyond_the_workbook_are_damage():
    with pytest.raises(Refused, match="损坏"):
        xls_notes.sheet_notes(stream(struct.pack("<HH", 0x0208, 9999)))


def test_an_encrypted_old_workbook_is_refused():
    with pytest.raises(Refused, match="加密"):
        xls_notes.sheet_notes(BEGIN + record(0x002F, bytes(4)) + END)
