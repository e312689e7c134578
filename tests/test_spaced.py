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


DENIED = """\
三、收到和处理政府信息公开申请情况
自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计
1.本机关不掌握相关政府
信息
3 3 5 0 0 0 11
2.没有现成信息需要另行
制作
2 304 2504 2 69 0 2881
3.补正后申请内容仍不明
确
0 0 1 2 2683 2 2688
"""


def test_figures_below_their_torn_label_are_not_the_next_rows(book):
    """Both labels are torn alike: the figures between them belong to the one above."""
    reading = extract(read((TOP + COPIED + DENIED).encode()), book).reading
    totals = {fact.indicator: fact.value for fact in reading.facts if fact.group == "total"}
    assert totals["req.outcome.unable.not_held"] == 11
    assert totals["req.outcome.unable.needs_creation"] == 2881
    assert totals["req.outcome.unable.unclear"] == 2688


def test_labels_first_and_figures_after_them_are_nobodys(cells):
    """Text in the order of columns: figures that happen to follow a label are not its own."""
    torn = COPIED.replace("行政处罚 41\n行政强制 0\n", "行政\n处罚\n41\n行政强制\n0\n7\n8\n")
    found = cells(torn)
    assert found.get("proactive.penalty.decisions", (None, "unreadable")) == (None, "unreadable")
    assert found.get("proactive.coercion.decisions", (None, "unreadable")) == (None, "unreadable")
    assert found["proactive.license.decisions"] == (550, "reported")


def test_a_number_and_its_unit_of_money_are_one_cell(cells):
    found = cells(COPIED + "第二十条第（八）项\n信息内容 本年收费金额（单位：万元）\n行政事业性收费 3 万元\n")
    assert found["proactive.fees.amount"] == (3, "reported")


def test_figures_set_in_the_middle_of_their_columns_keep_them(cells):
    """Neither end lines up with the head's; each figure stands below one head and no other."""
    middle = """\
第二十条第（一）项
    信息内容        本年制发件数      本年废止件数         现行有效件数
     规章                0                                       3
   行政规范性文件                         2278
                    第二十条第（六）项
    信息内容                   本年处理决定数量
    行政处罚                         41
    行政强制                          0
"""
    found = cells(middle)
    assert found["proactive.rules.issued"] == (0, "reported")
    assert found["proactive.rules.repealed"] == (None, "blank")
    assert found["proactive.rules.in_force"] == (3, "reported")
    assert found["proactive.normdocs.issued"] == (None, "blank")
    assert found["proactive.normdocs.repealed"] == (2278, "reported")
