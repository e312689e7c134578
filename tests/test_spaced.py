"""Tables as lines of text: lined up by gaps, or copied from a PDF with torn labels. Never a moved figure."""

from dataclasses import replace

import pytest

from dashboard.extract import extract
from dashboard.model import Cell, Table
from dashboard.readers import read

from .applicants import GROUPS

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


NARROW = """\
三、收到和处理政府信息公开申请情况
                     申请人情况
                自然人   商业企   科研机   社会公   法律服   其他   总计
一、本年新收政府信息公开申请数量      40     3      0      0      0     1     44
二、上年结转政府信息公开申请数量       2     0      0      1      0     0      3
                     1,20                                  1,20
   （一）予以公开                  3      0      0      0     0
                      8                                     11
   （七）总计              42     3      0      1      0     1     47
四、结转下年度继续办理           0     0      0      0      0     0      0
"""


def of_requests(text, book):
    reading = extract(read((TOP + COPIED + text).encode()), book).reading
    facts = {(fact.indicator, fact.group): (fact.value, fact.status) for fact in reading.facts}
    return facts, reading.findings


def test_a_number_that_its_narrow_column_broke_is_not_read_in_part(book):
    """Its parts stand on lines of their own: the rows beside them are unreadable, and the parts are quoted."""
    found, findings = of_requests(NARROW, book)
    assert found["req.outcome.granted", "enterprise"] == (None, "unreadable")
    assert found["req.outcome.granted", "total"] == (None, "unreadable")
    assert found["req.new", "natural_person"] == (40, "reported")
    assert any("1,20" in finding.message for finding in findings)


def test_a_label_in_two_lines_with_figures_on_both_has_broken_numbers(book):
    torn = NARROW.replace(
        "一、本年新收政府信息公开申请数量      40     3      0      0      0     1     44",
        "一、本年新收政府信息公      40     30      20      10      10     10     12\n"
        "   开申请数量           1     2      3      4      5     6     21",
    )
    found, findings = of_requests(torn, book)
    assert not [cell for cell, fact in found.items() if cell[0] == "req.new" and fact[1] != "unreadable"]
    assert any("开申请数量" in finding.message for finding in findings)


def test_a_page_number_breaks_no_row(book):
    paged = NARROW.split("                     1,20", maxsplit=1)[0] + "\n                    3\n\f" + "无\n"
    found, _ = of_requests(paged, book)
    assert found["req.carried_in", "total"] == (3, "reported")


@pytest.fixture
def standing_rows():
    """Each row of figures with its figures set to the middle of seven columns, whatever stands before them."""
    middles = [40, 48, 56, 63, 71, 79, 87]
    rows = {
        "一、本年新收政府信息公开申请数量": ["4", "1", "", "2", "", "", "7"],
        "二、上年结转政府信息公开申请数量": ["", "3", "0", "", "1", "", ""],
        "（一）予以公开": ["2", "120", "5", "", "0", "1", ""],
        "（七）总计": ["", "9", "", "64", "3", "", "80"],
        "四、结转下年度继续办理": ["345", "", "1", "7", "", "0", "8"],
    }
    return middles, rows


def test_figures_that_stand_below_one_another_are_columns_without_a_head(book, standing_rows):
    """Each character one place wide, heads broken over lines: the figures alone show where the columns are."""
    middles, rows = standing_rows
    lines = ["三、收到和处理政府信息公开申请情况", " " * 40 + "申请人情况"]
    for label, figures in rows.items():
        line = label
        for middle, figure in zip(middles, figures, strict=True):
            line = line.ljust(middle - len(figure) // 2) + figure if figure else line
        lines.append(line)
    found, _ = of_requests("\n".join(lines) + "\n", book)
    groups = (*GROUPS, "total")
    codes = ("req.new", "req.carried_in", "req.outcome.granted", "req.outcome.total", "req.carried_out")
    for code, figures in zip(codes, rows.values(), strict=True):
        for group, figure in zip(groups, figures, strict=True):
            assert found[code, group] == ((int(figure), "reported") if figure else (None, "blank"))


def test_about_and_its_number_are_one_cell(cells):
    found = cells(COPIED.replace("行政许可 550", "行政许可 约 550"))
    assert found["proactive.license.decisions"] == (550, "approximate")


def test_a_label_far_behind_its_list_number_is_not_another_rows(book):
    """ "其他" below pieces of （六） is the third row of the group, not the group in one row."""
    text = """\
三、收到和处理政府信息公开申请情况
（六）其他处
   1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请   1   0   0   0   0   0   1
（六）
   3.     其他     0     2     0     0     0     3     5
（七）总计   1   2   0   0   0   3   6
"""
    found, _ = of_requests(text, book)
    assert found["req.outcome.other.misc", "total"] == (5, "reported")
    assert not [code for code, _ in found if code == "req.outcome.other"]


def test_an_amount_whose_unit_is_broken_off_is_unreadable(cells):
    text = "第二十条第（八）项\n信息内容 本年收费金额\n行政事业性收费 80.990636万\n元\n"
    assert cells(COPIED + text)["proactive.fees.amount"] == (None, "unreadable")


def test_text_with_page_breaks_counts_a_character_as_one_place(cells):
    """As programs write that take text out of a PDF: the figure stands below the third head, not the second."""
    text = """\
     信息内容        本年制发件数 本年废止件数 现行有效件数
       规章            0       0       0
  行政规范性文件           2            1
"""
    found = cells(text + COPIED.split("\n", 4)[4] + "\f")
    assert found["proactive.normdocs.repealed"] in {(None, "blank"), (None, "unreadable")}
    assert found["proactive.normdocs.in_force"] in {(1, "reported"), (None, "unreadable")}


def test_a_label_alone_is_no_blank_row_where_its_figures_may_be_in_a_table(book):
    """Every other row is shaded, its label is not: the reader sees a table of figures without labels."""
    document = read((TOP + COPIED + STANDING).encode())
    whole = extract(document, book).reading
    told = {(fact.indicator, fact.group): fact.status for fact in whole.facts}
    assert told["req.carried_in", "total"] == "blank"
    last = len(document.text)
    shaded = Table(
        (tuple(Cell(figure, last, last, place) for place, figure in enumerate("1230")),), has_grid=True
    )
    reading = extract(replace(document, blocks=(*document.blocks, shaded)), book).reading
    told = {(fact.indicator, fact.group): fact.status for fact in reading.facts}
    assert told["req.carried_in", "total"] == "unreadable"


STANDING = """\
三、收到和处理政府信息公开申请情况
          申请人情况
一、本年新收政府信息公开申请数量      40     30      10      20      10      10     12
二、上年结转政府信息公开申请数量
（一）予以公开                        10     30      10      20      10      10     12
（七）总计                            20     30      10      20      10      10     12
四、结转下年度继续办理                30     30      10      20      10      10     12
"""
