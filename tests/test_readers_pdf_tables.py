"""Reading PDFs: the grid of tables, and frames that are none."""

from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.model import Paragraph, Table

from .pdfs import LEFT, STEP, Sheet, made, paragraphs, read, refusal, rows


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
