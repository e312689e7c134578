"""Tables as lines of text: lined up by gaps, or copied from a PDF with torn labels. Never a moved figure."""

import pytest

from dashboard.extract import extract
from dashboard.readers import read

TOP = "示例县民政局2022年政府信息公开工作年度报告\n二、主动公开政府信息情况\n"
LINED_UP = """\
信息内容          本年制发件数  本年废止件数  现行有效件数
规章              0                           0
行政规范性文件    3             1             17
"""
COPIED = """\
第二十条第（一）项
信息内容 本年制发件数 本年废止件数 现行有效件数
规章 0 0 0
行政规范性文件 3 1 17
第二十条第（五）项
信息内容 本年处理决定数量
行政许可 550
第二十条第（六）项
信息内容 本年处理决定数量
行政处罚 41
行政强制 0
"""


@pytest.fixture
def cells(book):
    def told(text):
        facts = extract(read((TOP + text).encode()), book).reading.facts
        return {fact.indicator: (fact.value, fact.status) for fact in facts if fact.source == "table"}

    return told


def test_a_gap_is_a_blank_cell_in_its_column(cells):
    found = cells(LINED_UP + COPIED.split("\n", 4)[4])
    assert found["proactive.rules.issued"] == (0, "reported")
    assert found["proactive.rules.repealed"] == (None, "blank")
    assert found["proactive.rules.in_force"] == (0, "reported")


def test_gaps_that_line_up_nothing_are_no_columns(cells):
    """A figure that stands between two columns is in neither: its row is unreadable, and no other moves."""
    crooked = LINED_UP.replace("规章              0                           0", "规章      0      0")
    found = cells(crooked + COPIED.split("\n", 4)[4])
    assert found["proactive.rules.issued"] == (None, "unreadable")
    assert found["proactive.normdocs.in_force"] == (17, "reported")


def test_text_copied_from_a_pdf_is_read_row_by_row(cells):
    found = cells(COPIED)
    assert found["proactive.normdocs.in_force"] == (17, "reported")
    assert found["proactive.license.decisions"] == (550, "reported")


def test_figures_between_the_pieces_of_their_label_are_its_own(cells):
    torn = COPIED.replace("行政规范性文件 3 1 17", "行政规范\n3 1 17\n性文件")
    assert cells(torn) == cells(COPIED)


def test_a_row_that_lost_a_figure_is_unreadable(cells):
    found = cells(COPIED.replace("行政规范性文件 3 1 17", "行政规范性文件 3 17"))
    assert found["proactive.normdocs.issued"] == (None, "unreadable")
    assert found["proactive.license.decisions"] == (550, "reported")


def test_prose_with_numbers_is_no_table(book):
    text = TOP + "全年制发规范性文件 3 件。\n行政许可 550 件，行政处罚 41 件。\n"
    reading = extract(read(text.encode()), book).reading
    assert not [fact for fact in reading.facts if fact.source == "table"]
