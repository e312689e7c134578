"""The rows of a sheet: which are paragraphs, which are tables, and what is merged, covered or hidden."""

import pytest

from dashboard import readers
from dashboard.errors import Refused

from .workbooks import SHEET, changed, kinds, of_rows, placed, rows, workbook

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


def test_a_cell_merged_over_whole_columns_is_no_wider_than_the_rows():
    data = workbook(
        lambda _, sheet: (sheet.merge_range("A1:XFD1", "示例县报告"), sheet.write_row(2, 0, ["甲", 1]))
    )
    document = readers.read(data)
    assert document.paragraphs[0].text == "示例县报告"
    assert rows(document) == [["甲", "1"]]


def test_merged_cells_that_cover_each_other_over_and_over_are_damage():
    data = workbook(lambda _, sheet: [sheet.write_row(row, 0, range(20)) for row in range(200)])
    many = b"<mergeCells>" + b'<mergeCell ref="A1:T200"/>' * 200 + b"</mergeCells>"
    with pytest.raises(Refused, match="损坏"):
        readers.read(changed(data, SHEET, (b"</sheetData>", b"</sheetData>" + many)))


def test_a_row_of_merged_and_covered_cells_has_only_the_cells_that_begin_in_it():
    document = of_rows(
        ["甲", "1", "2", "3"],
        [None, None, None, "6"],
        [None, "7", None, "8"],
        merged=[("A2:A3", "乙"), ("B2:C2", "4")],
    )
    assert placed(document)[1:] == [
        [("乙", 0, 1, 2), ("4", 1, 2, 1), ("6", 3, 1, 1)],
        [("7", 1, 1, 1), ("", 2, 1, 1), ("8", 3, 1, 1)],
    ]
