"""Prose and tables apart, torn rows whole: what only the form's words can tell of a document."""

import pytest

from dashboard.errors import Refused
from dashboard.extract import extract
from dashboard.extract.layout import laid_out
from dashboard.model import Paragraph, Table
from dashboard.readers.transcript import Placed, Transcript

TITLE = "示例县民政局2022年政府信息公开工作年度报告"


def document(*blocks):
    """A document of paragraphs (text), pictures (None) and tables (rows of texts, or of placed cells)."""
    transcript = Transcript()
    for block in blocks:
        if block is None:
            transcript.picture()
        elif isinstance(block, str):
            transcript.paragraph(block)
        else:
            transcript.table(
                [
                    cell if isinstance(cell, Placed) else Placed(cell, column)
                    for column, cell in enumerate(row)
                ]
                for row in block
            )
    return transcript.document()


def told(found):
    """The blocks as they are read: paragraphs as text, tables as rows of texts."""
    return [
        [tuple(cell.text for cell in row) for row in block.rows] if isinstance(block, Table) else block.text
        for block in found.blocks
        if isinstance(block, (Paragraph, Table))
    ]


def whole(text, width=3):
    return [Placed(text, 0, width)]


HEAD = ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数")


def test_a_row_over_the_whole_width_that_is_no_title_is_prose(book):
    rows = [
        whole("全年制发规范性文件2件。", 4),
        whole("第二十条第（一）项", 4),
        HEAD,
        ("规章", "0", "0", "0"),
    ]
    assert told(laid_out(document(rows), book)) == [
        "全年制发规范性文件2件。",
        [("第二十条第（一）项",), HEAD, ("规章", "0", "0", "0")],
    ]


def test_prose_keeps_its_place_in_the_text(book):
    found = laid_out(document([whole("一、总体情况\n制发2件。", 4), HEAD, ("规章", "0", "0", "0")]), book)
    assert [found.text[block.start : block.end] for block in found.paragraphs] == [
        "一、总体情况",
        "制发2件。",
    ]


def test_a_row_cut_by_a_page_break_is_one(book):
    """The label goes on at the top of the next page, its figures stand on the first."""
    upper = [HEAD, ("行政规范", "3", "1", "17")]
    lower = [("性文件", "", "", ""), ("规章", "0", "0", "0")]
    tables = [block for block in told(laid_out(document(upper, lower), book)) if isinstance(block, list)]
    assert tables == [[HEAD, ("行政规范\n性文件", "3", "1", "17")], [("规章", "0", "0", "0")]]


def test_two_whole_rows_at_a_page_break_stay_two(book):
    upper, lower = [HEAD, ("规章", "0", "0", "0")], [("行政规范性文件", "3", "1", "17")]
    assert told(laid_out(document(upper, lower), book)) == [upper, lower]


def test_figures_on_both_sides_of_a_page_break_are_not_joined(book):
    """Two numbers in one cell would be a third one."""
    upper, lower = [HEAD, ("行政规范", "3", "1", "17")], [("性文件", "4", "", "")]
    assert told(laid_out(document(upper, lower), book)) == [upper, lower]


def reading(*blocks, book):
    return extract(document(TITLE, *blocks), book).reading


def test_a_picture_in_place_of_a_table_is_said(book):
    table = [
        whole("第二十条第（一）项", 4),
        HEAD,
        ("规章", "0", "0", "0"),
        ("行政规范性文件", "3", "1", "17"),
    ]
    told_rules = reading(
        "二、主动公开政府信息情况",
        table,
        "三、收到和处理政府信息公开申请情况",
        None,
        "五、存在的主要问题",
        book=book,
    ).findings
    assert "第三部分的表格（收到和处理政府信息公开申请情况）是图片，未读取；本产品不含文字识别（OCR）" in [
        finding.message for finding in told_rules
    ]


def test_a_report_whose_tables_are_all_pictures_says_so(book):
    (found,) = reading("一、总体情况", "工作平稳。", None, None, book=book).findings
    assert "有 2 张图片，图中的数字未读取" in found.message


SECTIONS = (
    "一、总体情况",
    "主动公开12条。",
    "二、主动公开政府信息情况",
    "见附表。",
    "五、存在的主要问题",
    "不足。",
)


def test_two_reports_in_one_file_are_refused(book):
    with pytest.raises(Refused, match="两份年报") as refused:
        extract(document(TITLE, *SECTIONS, TITLE.replace("2022", "2021"), *SECTIONS), book)
    assert "\n" not in str(refused.value)


def test_a_table_of_contents_is_no_second_report(book):
    contents = [text for text in SECTIONS if text[1] == "、"]
    assert extract(document(TITLE, *contents, *SECTIONS), book).reading.year == 2022


def test_a_header_of_another_form_in_mid_table_is_a_finding_and_nothing_below_it_is_read(book):
    wrong = ("信息内容", "上年项目数", "增减数", "处理数")
    rows = [
        whole("第二十条第（一）项", 4),
        HEAD,
        ("规章", "0", "0", "0"),
        wrong,
        ("行政规范性文件", "3", "1", "17"),
    ]
    found = reading("二、主动公开政府信息情况", rows, book=book)
    values = {fact.indicator: (fact.value, fact.status) for fact in found.facts}
    assert values["proactive.rules.issued"] == (0, "reported")
    assert values["proactive.normdocs.issued"] == (None, "unreadable")
    assert any("另有一个表头" in finding.message for finding in found.findings)


def test_a_column_the_form_does_not_know_moves_no_figure(book):
    head = ("序号", "信息内容", "本年制发件数", "本年废止件数", "现行有效件数", "备注")
    rows = [head, ("1", "规章", "0", "0", "0", "无"), ("2", "行政规范性文件", "3", "1", "17", "含修订")]
    found = reading("二、主动公开政府信息情况", rows, book=book)
    values = [fact.value for fact in found.facts if fact.indicator.startswith("proactive.normdocs")]
    assert values == [3, 1, 17]
    assert [finding.message for finding in found.findings if finding.rule == "R-column"] == [
        "表格另有一栏不在表式内，未读取：序号",
        "表格另有一栏不在表式内，未读取：备注",
    ]


def test_a_cell_that_vanished_makes_the_row_unreadable(book):
    rows = [HEAD, ("规章", "0", "0", "0"), ("行政规范性文件", "3", "17")]
    found = reading("二、主动公开政府信息情况", rows, book=book)
    assert {fact.status for fact in found.facts if fact.indicator.startswith("proactive.normdocs")} == {
        "unreadable"
    }


def test_titles_headings_and_sentences_alone_in_a_row_are_prose(book):
    """A sheet saved as one table: what it prints around the form's rows is no row of it."""
    rows = [
        (TITLE, "", "", ""),
        ("二、主动公开政府信息情况", "", "", ""),
        HEAD,
        ("规章", "0", "0", "0"),
        ("其他文件", "", "", ""),
        ("本局没有规章。", "", "", ""),
    ]
    assert told(laid_out(document(rows), book)) == [TITLE, rows[1][0], rows[2:5], rows[5][0]]
