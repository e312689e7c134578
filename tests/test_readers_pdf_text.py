"""Reading PDFs: paragraphs by geometry, what is left out at the edges of pages, characters."""

import pytest

from dashboard.model import Paragraph

from .pdfs import HEIGHT, LEFT, RIGHT, STEP, WIDTH, Sheet, made, paragraphs, read, refusal, rows, stream


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
