"""A cell a line with bars behind it, as programs write that turn a page into text."""

import pytest

TOP = "示例县民政局2022年政府信息公开工作年度报告\n二、主动公开政府信息情况\n"
TABLE_2 = """\
第二十条 第(一)项 |
|||
信息内容 |
本年制发件数 |
本年废止件数 |
现行有效件数 |
规章 |
0 |
|
3 |
行政规范性文件 |
1 |
2 |
17 |
第二十条 第(五)项 |
|||
信息内容 |
本年处理决定数量 |
||
行政许可 |
550 |
||
第二十条 第(六)项 |
|||
信息内容 |
本年处理决定数量 |
||
行政处罚 |
41 |
||
行政强制 |
0 |
||
"""


@pytest.fixture
def cells(read):
    def told(text):
        facts = [fact for fact in read((TOP + text).encode()).facts if fact.source == "table"]
        return {fact.indicator: (fact.value, fact.status) for fact in facts}

    return told


def test_a_bar_with_nothing_before_it_is_a_blank_cell(cells):
    found = cells(TABLE_2)
    assert found["proactive.rules.issued"] == (0, "reported")
    assert found["proactive.rules.repealed"] == (None, "blank")
    assert found["proactive.rules.in_force"] == (3, "reported")
    assert found["proactive.normdocs.in_force"] == (17, "reported")


def test_bars_that_fill_a_row_up_are_no_cells(cells):
    found = cells(TABLE_2)
    assert found["proactive.license.decisions"] == (550, "reported")
    assert found["proactive.coercion.decisions"] == (0, "reported")


def test_a_row_that_lost_a_cell_is_unreadable_and_no_bar_stands_in(cells):
    """The bars behind the row above are its own; the next row's label opens the next row."""
    found = cells(TABLE_2.replace("规章 |\n0 |\n|\n3 |\n", "规章 |\n0 |\n3 |\n"))
    assert found["proactive.rules.issued"] == (None, "unreadable")
    assert found["proactive.rules.in_force"] == (None, "unreadable")
    assert found["proactive.normdocs.repealed"] == (2, "reported")


def test_a_misprinted_label_opens_a_row_of_its_own(cells):
    found = cells(TABLE_2.replace("行政规范性文件 |", "行政规范文件 |"))
    assert found["proactive.rules.in_force"] == (3, "reported")
    assert found["proactive.normdocs.in_force"] == (17, "reported")


def test_a_label_over_two_lines_and_text_behind_the_table_are_told_apart(cells):
    text = TABLE_2.replace("行政规范性文件 |", "行政规范\n性文件 |")
    found = cells(text + "版权所有 2023\n")
    assert found["proactive.normdocs.in_force"] == (17, "reported")
    assert found["proactive.coercion.decisions"] == (0, "reported")
