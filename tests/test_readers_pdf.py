"""Reading PDFs: the grid of tables, paragraphs by geometry, what is left out, what is refused.

The documents are made here: the wording is our own, of the fictional 示例县, in a PDF of a few operators.
"""

import hashlib
import logging
import resource
import shutil
import subprocess
import sys
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdfminer.arcfour import Arcfour

from dashboard.errors import Refused
from dashboard.limits import SHIPPED, Limits
from dashboard.model import Document, Paragraph, Picture, Table
from dashboard.readers import pdf

WIDTH, HEIGHT = 595, 842
#: Text is 30 characters of 14 points wide, between these.
LEFT, RIGHT, SIZE, STEP = 88, 508, 14, 24
PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


@dataclass
class Sheet:
    """A page being drawn; distances are points from its top left corner."""

    operators: list[str] = field(default_factory=list)
    extra: str = ""
    images: str = ""

    def text(self, x: float, top: float, text: str, size: float = SIZE, matrix: str = "1 0 0 1") -> "Sheet":
        """Chinese characters are a size wide and ASCII half of it."""
        code = text.encode("utf-16-be").hex()
        at = f"{matrix} {x} {HEIGHT - top - 0.88 * size}"
        self.operators.append(f"BT /F1 {size} Tf {at} Tm <{code}> Tj ET")
        return self

    def lines(
        self, top: float, *texts: str, x: float = LEFT, size: float = SIZE, step: float = STEP
    ) -> "Sheet":
        for number, text in enumerate(texts):
            self.text(x, top + number * step, text, size)
        return self

    def rule(self, x0: float, top: float, x1: float, bottom: float) -> "Sheet":
        self.operators.append(f"{x0} {HEIGHT - top} m {x1} {HEIGHT - bottom} l S")
        return self

    def shade(self, x0: float, top: float, x1: float, bottom: float, grey: float = 0.9) -> "Sheet":
        area = f"{x0} {HEIGHT - bottom} {x1 - x0} {bottom - top} re f"
        self.operators.append(f"q {grey} g {area} Q")
        return self

    def cell(
        self, x0: float, top: float, x1: float, bottom: float, text: str = "", size: float = 10
    ) -> "Sheet":
        for side in (
            (x0, top, x1, top),
            (x0, bottom, x1, bottom),
            (x0, top, x0, bottom),
            (x1, top, x1, bottom),
        ):
            self.rule(*side)
        return self.text(x0 + 3, top + 3, text, size) if text else self

    def table(
        self, top: float, rows: Iterable[Iterable[str]], width: float = 80, height: float = 20
    ) -> "Sheet":
        for row, texts in enumerate(rows):
            for column, text in enumerate(texts):
                x0, y0 = LEFT + column * width, top + row * height
                self.cell(x0, y0, x0 + width, y0 + height, text)
        return self

    def image(self, x0: float, top: float, x1: float, bottom: float) -> "Sheet":
        self.images = "/XObject << /I1 6 0 R >>"
        self.operators.append(f"q {x1 - x0} 0 0 {bottom - top} {x0} {HEIGHT - bottom} cm /I1 Do Q")
        return self


IMAGE = b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\nstream\n\0\nendstream"
DESCRIPTOR = b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -120 1000 880] /Ascent 880 /Descent -120 >>"


def stream(data: bytes, packed: bool = True, extra: str = "") -> bytes:
    body = zlib.compress(data) if packed else data
    filter_ = "/Filter /FlateDecode" if packed else ""
    return f"<< /Length {len(body)} {filter_} {extra} >>\nstream\n".encode() + body + b"\nendstream"


def made(
    *sheets: Sheet,
    contents: dict[int, bytes] | None = None,
    font: str = "",
    cid_font: str = "/W [1 95 500]",
    trailer: str = "",
    more: Iterable[bytes] = (),
) -> bytes:
    """The bytes of a PDF with these pages; `contents` replaces the content object of a page."""
    first = 7 + len(list(more))
    kids = " ".join(f"{first + 2 * number} 0 R" for number in range(len(sheets)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(sheets)} >>".encode(),
        f"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H"
        f" /DescendantFonts [4 0 R] {font} >>".encode(),
        f"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe)"
        f" /Ordering (GB1) /Supplement 2 >> /DW 1000 {cid_font} /FontDescriptor 5 0 R >>".encode(),
        DESCRIPTOR,
        IMAGE,
        *more,
    ]
    for number, sheet in enumerate(sheets):
        box = "" if "/MediaBox" in sheet.extra else f"/MediaBox [0 0 {WIDTH} {HEIGHT}]"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R {box} {sheet.extra} /Contents {first + 2 * number + 1} 0 R"
            f" /Resources << /Font << /F1 3 0 R >> {sheet.images} >> >>".encode()
        )
        objects.append((contents or {}).get(number) or stream("\n".join(sheet.operators).encode()))
    return assembled(objects, trailer)


def assembled(objects: list[bytes], trailer: str = "") -> bytes:
    data = b"%PDF-1.5\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n"
    return (
        data
        + f"{end}<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{len(data)}\n%%EOF\n".encode()
    )


def read(data: bytes, limits: Limits = SHIPPED) -> Document:
    document = pdf.read(data, limits)
    for block in document.blocks:
        cells = [block] if isinstance(block, Paragraph) else []
        cells += [cell for row in block.rows for cell in row] if isinstance(block, Table) else []
        for cell in cells:
            assert document.text[cell.start : cell.end] == cell.text
    return document


def paragraphs(data: bytes) -> list[str]:
    return [block.text for block in read(data).paragraphs]


def rows(table: Table) -> list[list[tuple]]:
    return [[(cell.text, cell.column, cell.width, cell.height) for cell in row] for row in table.rows]


def refusal(data: bytes, limits: Limits = SHIPPED) -> str:
    with pytest.raises(Refused) as refused:
        pdf.read(data, limits)
    assert "\n" not in str(refused.value)
    return str(refused.value)


class TestTables:
    def test_merged_cells_are_one_cell_at_their_place_in_the_grid(self):
        sheet = Sheet()
        sheet.cell(88, 100, 248, 160, "事项").cell(248, 100, 488, 120, "申请人情况")
        sheet.cell(248, 120, 328, 160, "自然人").cell(328, 120, 488, 140, "法人")
        sheet.cell(328, 140, 408, 160, "企业").cell(408, 140, 488, 160, "其他")
        sheet.cell(88, 160, 168, 200, "结果").cell(168, 160, 248, 180, "公开").cell(
            168, 180, 248, 200, "不公开"
        )
        for row, values in enumerate((("1", "2", "3"), ("4", "", "6"))):
            for column, value in enumerate(values):
                x0, top = 248 + 80 * column, 160 + 20 * row
                sheet.cell(x0, top, x0 + 80, top + 20, value)
        (table,) = read(made(sheet)).tables
        assert table.has_grid
        assert rows(table) == [
            [("事项", 0, 2, 3), ("申请人情况", 2, 3, 1)],
            [("自然人", 2, 1, 2), ("法人", 3, 2, 1)],
            [("企业", 3, 1, 1), ("其他", 4, 1, 1)],
            [("结果", 0, 1, 2), ("公开", 1, 1, 1), ("1", 2, 1, 1), ("2", 3, 1, 1), ("3", 4, 1, 1)],
            [("不公开", 1, 1, 1), ("4", 2, 1, 1), ("", 3, 1, 1), ("6", 4, 1, 1)],
        ]

    @given(
        widths=st.lists(st.integers(1, 3), min_size=2, max_size=5),
        grouping=st.lists(st.lists(st.booleans(), min_size=4, max_size=4), min_size=2, max_size=5),
    )
    @settings(deadline=None, derandomize=True, max_examples=40)
    def test_any_grid_of_merged_cells_is_read_back_as_drawn(self, widths, grouping):
        """Columns of any width, each row with some neighbours merged; the first row has none merged."""
        sides = [LEFT + 30 * sum(widths[:place]) for place in range(len(widths) + 1)]
        drawn, sheet = [], Sheet()
        for number, joins in enumerate([[False] * 4, *grouping]):
            starts = [place for place in range(len(widths)) if place == 0 or not joins[place - 1]]
            ends = [*starts[1:], len(widths)]
            drawn.append(
                [(f"{number}{start}", start, end - start, 1) for start, end in zip(starts, ends, strict=True)]
            )
            for text, start, width, _ in drawn[-1]:
                sheet.cell(sides[start], 100 + 20 * number, sides[start + width], 120 + 20 * number, text)
        (table,) = read(made(sheet)).tables
        while len(drawn[-1]) == 1:  # told as a title: the last of them stays in the table
            drawn.pop()
        assert rows(table)[: len(drawn)] == drawn

    def test_blank_cells_are_kept(self):
        (table,) = read(made(Sheet().table(100, [["规章", "", "0"], ["文件", "3", ""]]))).tables
        assert [[cell.text for cell in row] for row in table.rows] == [["规章", "", "0"], ["文件", "3", ""]]

    def test_lines_within_a_cell_are_kept_apart(self):
        sheet = Sheet().cell(88, 100, 108, 200).lines(103, *"三、办理", x=90, size=10, step=14)
        sheet.cell(108, 100, 200, 200, "0")
        (table,) = read(made(sheet)).tables
        assert table.rows[0][0].text == "三\n、\n办\n理"

    def test_a_table_over_two_pages_is_a_table_on_each(self):
        one, other = (
            Sheet().table(700, [["甲", "1"], ["乙", "2"]]),
            Sheet().table(80, [["丙", "3"], ["丁", "4"]]),
        )
        document = read(made(one, other))
        assert [rows(table)[0][0][0] for table in document.tables] == ["甲", "丙"]
        assert [document.page(table.rows[0][0].start) for table in document.tables] == [1, 2]

    def test_sides_left_open_are_closed(self):
        """Neither the outer sides are drawn nor the line above, as where a page breaks the table."""
        sheet = Sheet()
        for top in (120, 140, 160):
            sheet.rule(88, top, 328, top)
        for x in (168, 248):
            sheet.rule(x, 100, x, 160)
        for row, texts in enumerate((("类别", "本年", "上年"), ("许可", "5", ""), ("处罚", "7", "8"))):
            for column, text in enumerate(texts):
                sheet.text(92 + 80 * column, 103 + 20 * row, text, 10)
        (table,) = read(made(sheet)).tables
        assert rows(table) == [
            [("类别", 0, 1, 1), ("本年", 1, 1, 1), ("上年", 2, 1, 1)],
            [("许可", 0, 1, 1), ("5", 1, 1, 1), ("", 2, 1, 1)],
            [("处罚", 0, 1, 1), ("7", 1, 1, 1), ("8", 2, 1, 1)],
        ]

    def test_text_where_a_table_has_no_ruled_cell_is_a_cell(self):
        sheet = (
            Sheet()
            .cell(88, 120, 168, 140, "许可")
            .cell(168, 100, 248, 120, "本年")
            .cell(168, 120, 248, 140, "5")
        )
        sheet.text(92, 103, "类别", 10)
        (table,) = read(made(sheet)).tables
        assert [[cell[:2] for cell in row] for row in rows(table)] == [
            [("类别", 0), ("本年", 1)],
            [("许可", 0), ("5", 1)],
        ]

    def test_a_page_with_more_lines_than_any_form_is_refused(self):
        sheet = Sheet()
        for number in range(100):
            sheet.rule(10, 20 + 7 * number, 590, 20 + 7 * number).rule(
                10 + 5 * number, 10, 10 + 5 * number, 800
            )
        assert "线条过多" in refusal(made(sheet))


class TestFrames:
    def test_prose_shaded_line_by_line_is_prose(self):
        sheet = Sheet()
        for number in range(3):
            sheet.shade(86, 100 + number * STEP, 510, 100 + (number + 1) * STEP)
        sheet.lines(105, "　　" + "甲" * 28, "乙" * 30, "丙丁。")
        document = read(made(sheet))
        assert document.tables == ()
        assert paragraphs(made(sheet)) == ["甲" * 28 + "乙" * 30 + "丙丁。"]

    def test_white_paper_under_pieces_of_prose_is_nothing(self):
        sheet = Sheet()
        for number in range(2):
            for x0, x1 in ((86, 200 + 50 * number), (200 + 50 * number, 510)):
                sheet.shade(x0, 100 + number * STEP, x1, 100 + (number + 1) * STEP, grey=1)
        document = read(made(sheet.lines(105, "甲" * 30, "乙。")))
        assert [block.text for block in document.blocks] == ["甲" * 30 + "乙。"]

    def test_white_cells_on_a_dark_ground_are_a_table(self):
        """As pages draw lines that have no borders: the ground is seen between the cells."""
        sheet = Sheet().shade(87, 99, 330, 142, grey=0)
        for row in range(2):
            for column in range(3):
                x0, top = 88 + 81 * column, 100 + 21 * row
                sheet.shade(x0, top, x0 + 80, top + 20, grey=1).text(x0 + 3, top + 3, f"{row}{column}", 10)
        (table,) = read(made(sheet)).tables
        assert [[cell[:2] for cell in row] for row in rows(table)] == [
            [("00", 0), ("01", 1), ("02", 2)],
            [("10", 0), ("11", 1), ("12", 2)],
        ]

    def test_a_short_title_next_to_the_rows_stays_and_prose_around_them_goes(self):
        sheet = Sheet()
        for number, text in enumerate(
            ("全县全年主动公开政府信息共计五百三十条，比上年增加。", "二、主动公开", "第二十条第（一）项")
        ):
            sheet.cell(88, 100 + 20 * number, 328, 120 + 20 * number, text, size=8)
        sheet.table(160, [["内容", "制发", "废止"], ["规章", "1", "0"]])
        sheet.cell(88, 200, 328, 220, "第二十条第（五）项").cell(88, 220, 328, 240, "三、收到申请")
        document = read(made(sheet))
        assert [type(block) for block in document.blocks] == [Paragraph, Paragraph, Table, Paragraph]
        assert rows(document.tables[0])[0] == [("第二十条第（一）项", 0, 3, 1)]
        assert rows(document.tables[0])[-1] == [("第二十条第（五）项", 0, 3, 1)]
        assert document.paragraphs[-1].text == "三、收到申请"

    def test_a_mark_that_hangs_out_of_a_frame_stays_on_its_line(self):
        sheet = Sheet()
        for number in range(2):
            sheet.shade(86, 100 + number * STEP, 508, 100 + (number + 1) * STEP)
        sheet.lines(105, "甲" * 30 + "、", "乙。")
        assert paragraphs(made(sheet)) == ["甲" * 30 + "、乙。"]


class TestParagraphs:
    def test_lines_that_the_margin_broke_are_joined_without_a_blank(self):
        sheet = Sheet().lines(100, "甲" * 28, x=LEFT + 28).lines(124, "乙" * 30, "共1136件。")
        sheet.text(LEFT + 28, 172, "丙" * 10 + "。")
        assert paragraphs(made(sheet)) == ["甲" * 28 + "乙" * 30 + "共1136件。", "丙" * 10 + "。"]

    def test_a_paragraph_over_a_page_break_is_one_on_its_first_page(self):
        one = Sheet().lines(676, "甲" * 30, "乙" * 30)
        other = Sheet().lines(110, "丙。").lines(134, "丁" * 12 + "。", x=LEFT + 28)
        document = read(made(one, other))
        assert [block.text for block in document.paragraphs] == [
            "甲" * 30 + "乙" * 30 + "丙。",
            "丁" * 12 + "。",
        ]
        assert [document.page(block.start) for block in document.paragraphs] == [1, 2]

    def test_headings_stay_by_themselves(self):
        sheet = Sheet().lines(100, "示例县2023年报告", x=200, size=20)
        sheet.lines(150, "一、总体情况", "甲" * 28, x=LEFT + 28).lines(198, "乙" * 30, "丙。")
        assert paragraphs(made(sheet)) == ["示例县2023年报告", "一、总体情况", "甲" * 28 + "乙" * 30 + "丙。"]

    def test_a_wider_step_begins_a_paragraph(self):
        sheet = Sheet().lines(100, "甲" * 30, "乙" * 30).lines(170, "丙" * 30, "丁。")
        assert paragraphs(made(sheet)) == ["甲" * 30 + "乙" * 30, "丙" * 30 + "丁。"]

    def test_a_sentence_that_ends_at_the_margin_ends_the_paragraph_unless_it_is_indented(self):
        plain = Sheet().lines(100, "甲" * 29 + "。", "乙" * 30, "丙。")
        assert paragraphs(made(plain)) == ["甲" * 29 + "。", "乙" * 30 + "丙。"]
        indented = Sheet().lines(100, "甲" * 27 + "。", x=LEFT + 28).lines(124, "乙" * 30, "丙。")
        assert paragraphs(made(indented)) == ["甲" * 27 + "。" + "乙" * 30 + "丙。"]

    def test_a_number_broken_at_the_margin_is_one_and_two_numbers_stay_two(self):
        broken = Sheet().lines(100, "甲" * 29 + "11", "36件", "乙" * 30)
        assert paragraphs(made(broken))[0] == "甲" * 29 + "1136件"
        moved = Sheet().lines(100, "甲" * 30, "乙" * 26 + "11", "123456789件", "丙" * 30)
        assert paragraphs(made(moved))[0] == "甲" * 30 + "乙" * 26 + "11 123456789件"

    def test_a_line_short_for_a_long_number_is_continued(self):
        sheet = Sheet().lines(100, "甲" * 30, "乙" * 27, "0517-87222589。", "丙" * 30)
        assert paragraphs(made(sheet))[0] == "甲" * 30 + "乙" * 27 + "0517-87222589。"

    def test_the_lines_of_a_list_point_are_joined(self):
        sheet = Sheet().lines(100, "甲" * 30, "乙。").lines(150, "1. " + "丙" * 27, x=LEFT + 14)
        sheet.lines(174, "丁" * 27, "戊。", x=LEFT + 35)
        assert paragraphs(made(sheet))[1] == "1. " + "丙" * 27 + "丁" * 27 + "戊。"

    def test_a_signature_at_the_right_is_not_joined(self):
        sheet = Sheet().lines(100, "甲" * 30, "乙" * 30, "丙。")
        sheet.text(RIGHT - 126, 180, "示例县人民政府办公").text(RIGHT - 133, 204, "2024年1月15日")
        assert paragraphs(made(sheet))[1:] == ["示例县人民政府办公", "2024年1月15日"]

    def test_a_wide_gap_in_a_line_of_figures_keeps_its_columns(self):
        sheet = Sheet()
        for number, (label, values) in enumerate((("规章", "5 7"), ("行政规范性文件", "12  0"))):
            sheet.text(LEFT, 100 + STEP * number, label)
            for place, value in enumerate(values.split()):
                sheet.text(LEFT + 140 + 70 * place, 100 + STEP * number, value)
        assert paragraphs(made(sheet)) == [
            "规章                5         7",
            "行政规范性文件      12        0",
        ]


class TestFurniture:
    def test_page_numbers_and_running_heads_are_left_out(self):
        sheets = []
        for number in (1, 2, 3):
            sheet = Sheet().text(240, 30, "示例县政府信息公开", 9)
            sheet.lines(100, f"第{number}页之外" + "甲" * 10 + "。").text(280, 800, f"- {number} -", 9)
            sheets.append(sheet)
        assert paragraphs(made(*sheets)) == [f"第{number}页之外" + "甲" * 10 + "。" for number in (1, 2, 3)]

    @pytest.mark.parametrize("number", ["— 1 —", "第1页 共1页", "第 1 页", "1/1", "1", "Page 1 of 1", "·1·"])
    def test_page_numbers_have_many_dresses(self, number: str):
        assert paragraphs(made(Sheet().lines(100, "甲" * 10).text(290, 800, number, 9))) == ["甲" * 10]

    def test_a_figure_near_the_bottom_is_no_page_number(self):
        assert paragraphs(made(Sheet().lines(100, "甲" * 10).text(290, 800, "21", 9))) == ["甲" * 10, "21"]

    def test_cells_at_the_edge_of_every_page_stay(self):
        sheets = [Sheet().table(780, [["合计", "1"], ["其中", "1"]]) for _ in range(3)]
        assert [len(table.rows) for table in read(made(*sheets)).tables] == [2, 2, 2]

    def test_a_line_of_prose_that_recurs_at_the_bottom_stays(self):
        """Furniture stands clear of the text."""
        sheets = [Sheet().lines(700, "甲" * 9 + "。", "乙" * 9 + "。", "丙" * 9 + "。") for _ in range(2)]
        assert len(paragraphs(made(*sheets))) == 6


class TestCharacters:
    def test_a_character_printed_twice_at_a_place_is_read_once(self):
        sheet = Sheet().lines(100, "2023年报告").lines(100.3, "2023年报告", x=LEFT + 0.4)
        assert paragraphs(made(sheet)) == ["2023年报告"]

    def test_numbers_that_stand_apart_in_small_print_are_two(self):
        sheet = (
            Sheet().text(LEFT, 100, "12", 8).text(LEFT + 8 + 2.5, 100, "34", 8).text(LEFT + 40, 100, "56", 8)
        )
        assert paragraphs(made(sheet)) == ["12 34 56"]

    def test_text_outside_the_visible_page_is_left_out(self):
        sheet = Sheet(extra="/CropBox [0 0 595 800]").lines(20, "页外").lines(100, "页内")
        assert paragraphs(made(sheet)) == ["页内"]

    def test_invisible_text_is_the_text_layer_of_a_scan(self):
        sheet = Sheet().image(0, 0, WIDTH, HEIGHT)
        sheet.operators.append("3 Tr")
        document = read(made(sheet.lines(100, *["甲" * 30] * 28)))
        assert [type(block) for block in document.blocks] == [Paragraph]

    def test_a_slanting_watermark_is_left_out(self):
        sheet = Sheet().text(100, 400, "内部资料", 60, "0.7 0.7 -0.7 0.7").lines(100, "甲乙")
        assert paragraphs(made(sheet)) == ["甲乙"]

    @pytest.mark.parametrize("turn", [90, 180, 270])
    def test_a_turned_page_is_read_as_it_is_seen(self, turn: int):
        matrix, place = {
            90: ("0 1 -1 0", lambda x, top: (top + 9, x)),
            180: ("-1 0 0 -1", lambda x, top: (WIDTH - x, top + 9)),
            270: ("0 -1 1 0", lambda x, top: (WIDTH - top - 9, HEIGHT - x)),
        }[turn]
        sheet = Sheet(extra=f"/Rotate {turn}")
        for text, x, top in (("甲", 100, 100), ("乙", 120, 100), ("丙", 100, 130)):
            at = "{} {}".format(*place(x, top))
            sheet.operators.append(f"BT /F1 10 Tf {matrix} {at} Tm <{text.encode('utf-16-be').hex()}> Tj ET")
        assert paragraphs(made(sheet)) == ["甲 乙", "丙"]

    def test_a_table_printed_sideways_is_read_upright(self):
        sheet = Sheet()
        for row in range(2):
            for column in range(3):
                x, y = 100 + 20 * row, 100 + 80 * column
                sheet.cell(x, HEIGHT - y - 80, x + 20, HEIGHT - y)
                code = f"{row}{column}".encode("utf-16-be").hex()
                sheet.operators.append(f"BT /F1 10 Tf 0 1 -1 0 {x + 14} {y + 3} Tm <{code}> Tj ET")
        (table,) = read(made(sheet)).tables
        assert [[cell[:2] for cell in row] for row in rows(table)] == [
            [("00", 0), ("01", 1), ("02", 2)],
            [("10", 0), ("11", 1), ("12", 2)],
        ]

    def test_radicals_are_read_as_the_characters_they_show(self):
        """Chrome and macOS write ⾏ and ⺠, which look like 行 and 民 and are not."""
        codes = {"01": "⾏", "02": "政", "03": "⼈", "04": "⺠"}
        pairs = "".join(f"<00{code}> <{text.encode('utf-16-be').hex()}>\n" for code, text in codes.items())
        cmap = f"1 begincodespacerange <0000> <ffff> endcodespacerange {len(codes)} beginbfchar\n{pairs}endbfchar"
        sheet = Sheet(operators=["BT /F1 14 Tf 1 0 0 1 88 700 Tm <0001000200030004> Tj ET"])
        data = made(sheet, font="/ToUnicode 7 0 R", more=[stream(cmap.encode())])
        assert paragraphs(data.replace(b"/UniGB-UCS2-H", b"/Identity-H   ")) == ["行政人民"]

    def test_a_character_said_to_be_a_control_code_is_none(self):
        cmap = b"1 begincodespacerange <0000> <ffff> endcodespacerange 2 beginbfchar <0001> <0000> <0002> <7532> endbfchar"
        sheet = Sheet(operators=["BT /F1 14 Tf 1 0 0 1 88 700 Tm <0001> Tj 0 -30 Td <00010002> Tj ET"])
        data = made(sheet, font="/ToUnicode 7 0 R", more=[stream(cmap)])
        assert paragraphs(data.replace(b"/UniGB-UCS2-H", b"/Identity-H   ")) == ["甲"]

    def test_characters_without_a_code_are_never_digits(self):
        """A few are marked, for they may be anything; a text of them is refused."""
        cmap = b"1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfrange <0030> <0039> <0030> endbfrange"
        few = Sheet(operators=[f"BT /F1 14 Tf 1 0 0 1 88 700 Tm <{'0031' * 9}0315> Tj ET"])
        most = Sheet(operators=["BT /F1 14 Tf 1 0 0 1 88 700 Tm <003103150316> Tj ET"])
        font = {"font": "/ToUnicode 7 0 R", "more": [stream(cmap)]}
        assert paragraphs(made(few, **font).replace(b"/UniGB-UCS2-H", b"/Identity-H   ")) == [
            "1" * 9 + "\ufffd"
        ]
        assert "编码" in refusal(made(most, **font).replace(b"/UniGB-UCS2-H", b"/Identity-H   "))

    def test_text_of_a_font_that_is_missing_or_unknown_is_not_guessed(self):
        data = made(Sheet().lines(100, "甲" * 20, "21件"))
        assert "编码" in refusal(data.replace(b"/F1 3 0 R", b"/F1 9 9 R"))
        assert "编码" in refusal(data.replace(b"/F1 3 0 R", b"/F2 3 0 R"))
        assert "编码" in refusal(data.replace(b"/UniGB-UCS2-H", b"/UniGB-UCS9-H"))


class TestPictures:
    def test_a_document_of_pictures_is_refused(self):
        assert refusal(made(Sheet().image(0, 0, WIDTH, HEIGHT))) == (
            "文件只有图片，没有文字层；本产品不含文字识别（OCR），请提供可复制文字的 PDF、Word 或网页"
        )

    def test_page_numbers_on_pictures_are_no_text(self):
        sheets = [Sheet().image(0, 0, WIDTH, 780).text(290, 800, f"- {number} -", 9) for number in (1, 2)]
        assert "只有图片" in refusal(made(*sheets))

    def test_a_document_without_text_and_pictures_is_refused(self):
        assert refusal(made(Sheet().rule(0, 0, 100, 100))).startswith("文件没有文字层")

    def test_a_page_that_is_a_picture_is_marked_among_others(self):
        document = read(
            made(Sheet().lines(100, "甲。"), Sheet().image(50, 50, 500, 700), Sheet().lines(100, "乙。"))
        )
        assert [type(block) for block in document.blocks] == [Paragraph, Picture, Paragraph]

    def test_a_large_picture_among_text_is_marked_at_its_place_and_a_seal_is_not(self):
        sheet = (
            Sheet().lines(100, "甲。").image(88, 150, 508, 400).image(300, 500, 420, 620).lines(650, "乙。")
        )
        assert [type(block) for block in read(made(sheet)).blocks] == [Paragraph, Picture, Paragraph]

    def test_a_picture_in_strips_is_one(self):
        sheet = Sheet().lines(100, "甲。")
        for top in range(150, 400, 50):
            sheet.image(88, top, 508, top + 50)
        assert [type(block) for block in read(made(sheet)).blocks] == [Paragraph, Picture]


class TestRefusals:
    def test_a_file_with_a_password_is_refused(self):
        encrypt = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'11' * 32}> /U <{'22' * 32}> >> /ID [<00> <00>]"
        assert "已加密" in refusal(made(Sheet().lines(100, "甲"), trailer=encrypt))

    def test_a_file_only_protected_from_changes_is_read(self):
        """Its password for opening is empty."""
        owner = b"\x11" * 32
        key = hashlib.md5(PAD + owner + (-4).to_bytes(4, "little", signed=True) + b"\0").digest()[:5]  # noqa: S324
        user = Arcfour(key).process(PAD)
        encrypt = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{owner.hex()}> /U <{user.hex()}> >> /ID [<00> <00>]"
        of_object = hashlib.md5(key + bytes([8, 0, 0, 0, 0])).digest()[:10]  # noqa: S324
        plain = zlib.compress(Sheet().lines(100, "甲乙").operators[0].encode())
        body = Arcfour(of_object).process(plain)
        content = f"<< /Length {len(body)} /Filter /FlateDecode >>\nstream\n".encode() + body + b"\nendstream"
        cid_font = "/W [1 95 500]"
        data = made(Sheet(), contents={0: content}, trailer=encrypt, cid_font=cid_font)
        for name in (b"(Adobe)", b"(GB1)"):  # strings are encrypted too, by the object they stand in
            code = Arcfour(hashlib.md5(key + bytes([4, 0, 0, 0, 0])).digest()[:10]).process(name[1:-1])  # noqa: S324
            data = data.replace(name, f"<{code.hex()}>".encode())
        assert paragraphs(moved(data)) == ["甲乙"]

    def test_more_pages_than_the_limit_are_refused(self):
        data = made(*[Sheet().lines(100, "甲") for _ in range(4)])
        assert "超过 3 页" in refusal(data, Limits(pages=3))
        assert len(read(data, Limits(pages=4)).pages) == 4

    @pytest.mark.parametrize("keep", [0.1, 0.5, 0.9])
    def test_a_file_cut_short_is_refused(self, keep: float):
        data = made(*[Sheet().lines(100, "甲" * 20) for _ in range(3)])
        assert "已损坏" in refusal(data[: int(len(data) * keep)])

    @pytest.mark.parametrize("data", [b"%PDF-1.5\n", b"%PDF-1.5\n" + b"\xff" * 500, b"%PDF-1.7\n%%EOF"])
    def test_a_file_without_content_is_refused(self, data: bytes):
        assert "已损坏" in refusal(data)

    def test_a_page_whose_text_is_missing_is_not_passed_over(self):
        data = made(Sheet().lines(100, "甲"), Sheet().lines(100, "乙"))
        assert "已损坏" in refusal(data.replace(b"/Contents 10 0 R", b"/Contents 99 0 R"))
        assert "已损坏" in refusal(data.replace(b"[7 0 R 9 0 R]", b"[7 0 R 99 0 R]"))
        packed = stream(b"BT /F1 14 Tf 88 700 Td <7532> Tj ET " * 9)
        assert "已损坏" in refusal(made(Sheet(), contents={0: packed.replace(packed[60:70], b"\0" * 10)}))

    def test_a_stream_without_its_checksum_is_read(self):
        body = zlib.compress(Sheet().lines(100, "甲乙").operators[0].encode())[:-4]
        content = f"<< /Length {len(body)} /Filter /FlateDecode >>\nstream\n".encode() + body + b"\nendstream"
        assert paragraphs(made(Sheet(), contents={0: content})) == ["甲乙"]

    @given(
        place=st.integers(0, 2000),
        byte=st.integers(0, 255),
        cut=st.integers(0, 40),
        font=st.sampled_from(["", "/W 9"]),
    )
    @settings(deadline=None, derandomize=True, max_examples=150)
    def test_a_changed_file_is_read_or_refused_in_one_line(self, place, byte, cut, font):
        data = made(Sheet().lines(100, "甲" * 20).table(200, [["甲", "1"], ["乙", "2"]]), font=font)
        place %= len(data)
        try:
            read(data[:place] + bytes([byte]) + data[place + cut :])
        except Refused as refused:
            assert "\n" not in str(refused)  # noqa: PT017 - most changes are not refused

    def test_nothing_is_said_besides(
        self, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
    ):
        caplog.set_level(logging.INFO)
        refusal(b"%PDF-1.5\n1 0 obj << /A (x >>")
        read(made(Sheet().lines(100, "甲"), cid_font="/W [1 /x 500]"))
        assert (caplog.records, capfd.readouterr()) == ([], ("", ""))

    def test_the_same_file_gives_the_same_document(self):
        data = made(Sheet().lines(100, "甲" * 30, "乙。").table(200, [["甲", "1"], ["乙", "2"]]))
        assert read(data) == read(data)


def moved(data: bytes) -> bytes:
    """A PDF whose objects were changed in length, with its table of their places written again."""
    bodies = [
        part.split(b"obj\n", 1)[1] for part in data[: data.rindex(b"xref\n0")].split(b"\nendobj\n")[:-1]
    ]
    trailer = data[data.index(b"trailer\n") :].decode()
    return assembled(bodies, trailer[trailer.index("/Root 1 0 R") + 11 : trailer.rindex(">>\nstartxref")])


def zeros(megabytes: int) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(bytes(1 << 20)) for _ in range(megabytes)) + packer.flush()


def packed(body: bytes, filters: str, extra: str = "") -> bytes:
    return f"<< /Length {len(body)} /Filter {filters} {extra} >>\nstream\n".encode() + body + b"\nendstream"


class TestBombs:
    """Small files that ask for much are refused quickly and without much memory."""

    @pytest.fixture(autouse=True)
    def _little_memory(self):
        unit = 1 if sys.platform == "darwin" else 1024
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        yield
        assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * unit < 250e6

    def test_a_page_that_unpacks_beyond_the_limit(self):
        assert "解压后超过 100 MB" in refusal(made(Sheet(), contents={0: packed(zeros(300), "/FlateDecode")}))

    def test_a_page_packed_twice(self):
        body = zlib.compress(zeros(300))
        data = made(Sheet(), contents={0: packed(body, "[/FlateDecode /FlateDecode]")})
        assert "解压后超过 100 MB" in refusal(data)

    def test_a_table_of_places_that_unpacks_beyond_the_limit(self):
        places = packed(zeros(300), "/FlateDecode", "/Type /XRef /Size 9 /W [1 4 1] /Root 1 0 R")
        data = b"%PDF-1.5\n1 0 obj\n" + places + b"\nendobj\nstartxref\n9\n%%EOF\n"
        assert "解压后超过 100 MB" in refusal(data)

    @pytest.mark.parametrize("name", ["/LZWDecode", "/RunLengthDecode"])
    def test_other_ways_of_packing(self, name: str):
        body = {
            "/RunLengthDecode": b"\x81\x00" * 100_000,
            "/LZWDecode": b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01" * 9000,
        }[name]
        data = made(Sheet(), contents={0: packed(body, name)})
        assert refusal(data, Limits(unpacked_megabytes=1))

    def test_text_that_takes_too_long_to_follow(self):
        assert "过多" in refusal(made(Sheet(), contents={0: stream(b"q Q " * 8_000_000)}))

    def test_forms_that_draw_forms_that_draw_forms(self):
        forms = [
            stream(
                f"/X{number + 1} Do ".encode() * 10,
                extra=f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X{number + 1} {8 + number} 0 R >> >>",
            )
            for number in range(12)
        ]
        sheet = Sheet(operators=["/X0 Do"], images="/XObject << /X0 7 0 R >>")
        assert "过多" in refusal(made(sheet, more=forms))

    @pytest.mark.parametrize("widths", ["/W [0 2000000000 500]", "/W [" + "0 60000 500 " * 9000 + "]"])
    def test_a_font_with_more_widths_than_characters(self, widths: str):
        assert "已损坏" in refusal(made(Sheet().lines(100, "甲"), cid_font=widths))

    def test_a_font_with_more_codes_than_characters(self):
        cmap = stream(b"1 beginbfrange <00000000> <7fffffff> <0000> endbfrange")
        assert "已损坏" in refusal(made(Sheet().lines(100, "甲"), font="/ToUnicode 7 0 R", more=[cmap]))

    def test_a_row_of_bytes_wider_than_any_picture(self):
        wide = packed(
            zlib.compress(b"\x02"), "/FlateDecode", "/DecodeParms << /Predictor 12 /Columns 2000000000 >>"
        )
        assert "已损坏" in refusal(made(Sheet(), contents={0: wide}))

    def test_arrays_in_arrays_without_end(self):
        assert "已损坏" in refusal(made(Sheet().lines(100, "甲"), cid_font="/A " + "<< /A " * 5000))
        assert "编码" in refusal(made(Sheet().lines(100, "甲"), cid_font="/A " + "[" * 5000))

    def test_pages_in_pages_without_end(self):
        nodes = [
            f"<< /Type /Pages /Kids [{number + 2} 0 R] /Count 1 >>".encode() for number in range(1, 3000)
        ]
        assert "已损坏" in refusal(assembled([b"<< /Type /Catalog /Pages 2 0 R >>", *nodes]))


SOFFICE = shutil.which("soffice")
PAGE = """<html><head><meta charset="utf-8"></head><body>
<h1 align="center">示例县2023年政府信息公开工作年度报告</h1>
<p>{long}</p><h2>一、总体情况</h2><p>{long}{long}</p>
<table border="1" cellspacing="0" width="100%"><tr><td colspan="4">第二十条第（一）项</td></tr>
<tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td><td>现行有效件数</td></tr>
<tr><td>规章</td><td>0</td><td></td><td>0</td></tr><tr><td>行政规范性文件</td><td>3</td><td>5</td><td>12</td></tr>
<tr><td>行政许可</td><td colspan="3">550</td></tr></table>
<p>{long}</p></body></html>"""
LONG = "示例县办公室全年主动公开信息1136条，其中规范性文件12件，政策解读35篇，回应群众关切218次，全部按期办结，群众较为满意，各项工作有新的进展。"


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A page as LibreOffice prints it."""
    if SOFFICE is None:
        pytest.skip("no soffice on the path (Debian: apt-get install libreoffice-writer fonts-noto-cjk)")
    folder = tmp_path_factory.mktemp("export")
    (folder / "page.html").write_text(PAGE.format(long=LONG), "utf-8")
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [
        SOFFICE,
        profile,
        "--headless",
        "--convert-to",
        "pdf:writer_web_pdf_Export",
        "--outdir",
        folder,
        "page.html",
    ]
    subprocess.run(command, cwd=folder, capture_output=True, check=True, timeout=180)
    return (folder / "page.pdf").read_bytes()


class TestLibreOffice:
    def test_the_table_has_its_grid_and_its_blank(self, exported: bytes):
        (table,) = read(exported).tables
        assert rows(table)[0] == [("第二十条第（一）项", 0, 4, 1)]
        assert rows(table)[2:] == [
            [("规章", 0, 1, 1), ("0", 1, 1, 1), ("", 2, 1, 1), ("0", 3, 1, 1)],
            [("行政规范性文件", 0, 1, 1), ("3", 1, 1, 1), ("5", 2, 1, 1), ("12", 3, 1, 1)],
            [("行政许可", 0, 1, 1), ("550", 1, 3, 1)],
        ]

    def test_paragraphs_are_whole(self, exported: bytes):
        texts = ["".join(text.split()) for text in paragraphs(exported)]
        assert texts[-4:] == [LONG, "一、总体情况", LONG + LONG, LONG]


def shared_rows(shared_folder: Path) -> list[list[tuple]]:
    document = read((shared_folder / "reports" / "hongze-district-2023.pdf").read_bytes())
    return [[cell for row in rows(table) for cell in row] for table in document.tables]


class TestRealReport:
    def test_every_cell_stands_at_its_place(self, shared_folder: Path):
        tables = shared_rows(shared_folder)
        assert [max(column + width for _, column, width, _ in table) for table in tables] == [
            4,
            2,
            10,
            10,
            15,
        ]
        assert ("行政许可", 0, 1, 1) in tables[0]
        assert ("550", 1, 3, 1) in tables[0]
        assert tables[1][0] == ("信息内容", 0, 1, 1)
        assert ("7730.28", 1, 1, 1) in tables[1]
        assert ("法人或其他组织", 4, 5, 1) in tables[2]
        assert ("三\n、\n本\n年\n度\n办\n理\n结\n果", 0, 1, 12) in tables[2]
        assert ("（三）不予公开", 1, 1, 8) in tables[2]
        assert ("复议后起诉", 10, 5, 1) in tables[4]

    def test_every_figure_of_the_tables_is_there(self, shared_folder: Path):
        document = read((shared_folder / "reports" / "hongze-district-2023.pdf").read_bytes())
        requests = [
            [cell.text for cell in row if cell.column >= 3]
            for table in document.tables[2:4]
            for row in table.rows
            if row[-1].text.isdigit()
        ]
        sums = {0: "21", 1: "0", 3: "4", 4: "1", 9: "1", 10: "1", 12: "10", 13: "3", 15: "1", 21: "21"}
        assert requests == [
            [sums.get(row, "0"), "0", "0", "0", "0", "0", sums.get(row, "0")] for row in range(len(requests))
        ]
        assert len(requests) == 23
        assert [cell.text for cell in document.tables[4].rows[-1]] == [
            "10",
            "1",
            "0",
            "0",
            "0",
            "0",
            "0",
            "0",
            "0",
            "0",
            "5",
            "0",
            "0",
            "0",
            "0",
        ]

    def test_prose_is_whole_and_page_numbers_are_left_out(self, shared_folder: Path):
        document = read((shared_folder / "reports" / "hongze-district-2023.pdf").read_bytes())
        texts = [block.text for block in document.paragraphs]
        heads = [text for text in texts if text[:2] in ("一、", "二、", "三、", "四、", "五、", "六、")]
        assert [len(text) < 25 for text in heads] == [True] * 6
        assert [document.page(block.start) for block in document.paragraphs if block.text in heads] == [
            1,
            2,
            3,
            4,
            4,
            5,
        ]
        assert not [text for text in texts if text.startswith(("-", "—", "、"))]
        assert all(text[-1] in "。：" for text in texts if len(text) > 30)
