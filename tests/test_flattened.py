"""Tables whose tabs were lost: rows again, by the labels of the form."""

import pytest

from dashboard.extract.flattened import with_tables
from dashboard.readers import read as transcribe

TABLE_2 = """二、主动公开政府信息情况
第二十条第（一）项
信息内容
本年新
制作数量
本年新
公开数量
对外公开总数量

规章
0

3

规范性文件
1
2
17

第二十条第（八）项
信息内容
上一年项目数量
本年增/减

行政事业性收费
1
0

"""


def rows(text, book):
    document = with_tables(transcribe(text.encode()), book)
    return [tuple(cell.text for cell in row) for table in document.tables for row in table.rows], document


def test_lines_between_two_labels_are_the_cells_of_a_row(book):
    """A label broken over two lines is one, an empty line between figures is a blank cell."""
    found, _ = rows(TABLE_2, book)
    assert ("规章", "0", "", "3") in found
    assert ("规范性文件", "1", "2", "17") in found
    assert ("行政事业性收费", "1", "0") in [row[:3] for row in found]


def test_rows_without_empty_lines_between_them_keep_their_blank_cells(book):
    """The empty line after a figure is then its row's own last cell."""
    lines = [
        "规章",
        "0",
        "",
        "",
        "规范性文件",
        "1",
        "2",
        "",
        "第二十条第（八）项",
        "行政事业性收费",
        "1",
        "0",
    ]
    header = ["第二十条第（一）项", "本年新制作数量", "本年新公开数量", "对外公开总数量"]
    found, _ = rows("\n".join(["二、主动公开政府信息情况", *header, *lines]), book)
    assert ("规章", "0", "", "") in found
    assert ("规范性文件", "1", "2", "") in found


@pytest.mark.parametrize(
    "label", ["规范性文件", "（二）部分公开", "1.属于国家秘密", "3.补正后申请内容仍不明确", "（七）总计"]
)
@pytest.mark.parametrize("place", [1, 2])
def test_a_row_that_lost_a_cell_is_unreadable_and_no_figure_moves(read, document, label, place):
    """Neither the line between rows nor the next row's blank group cells stand in for the lost one."""
    flat = [line.strip() for line in document("示例县民政局-2022").decode().split("\n")]
    row = next(number for number, line in enumerate(flat) if label in line and flat[number + 1].isdecimal())
    whole = read("\n".join(flat).encode()).facts
    cut = read("\n".join([*flat[: row + place], *flat[row + place + 1 :]]).encode()).facts
    changed = [(old, new) for old, new in zip(whole, cut, strict=True) if old.value != new.value]
    assert {new.status for _, new in changed} == {"unreadable"}
    assert {old.locator["row_label"].split(" ")[-1][:4] for old, _ in changed if old.source == "table"} == {
        changed[0][0].locator["row_label"].split(" ")[-1][:4]
    }


def test_cells_say_where_they_stand(book):
    _, document = rows(TABLE_2, book)
    for table in document.tables:
        for row in table.rows:
            assert [document.text[cell.start : cell.end] for cell in row] == [cell.text for cell in row]


def test_a_text_with_tables_passes_through(book):
    document = transcribe("二、主动公开政府信息情况\n\t规章\n\t0\n".encode())
    assert with_tables(document, book) is document


def test_prose_that_names_a_label_or_two_is_no_table(book):
    text = "二、主动公开政府信息情况\n规章\n本局没有规章。\n行政许可\n全部公开。\n"
    found, document = rows(text, book)
    assert found == []
    assert len(document.paragraphs) == 5


def test_a_text_without_headings_passes_through(book):
    assert rows("规章\n0\n", book)[0] == []


def test_prose_around_a_table_stays_prose(book):
    _, document = rows(
        "一、总体情况\n公开信息。\n" + TABLE_2 + "三、收到和处理政府信息公开申请情况\n没有申请。\n", book
    )
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[:3] == ["一、总体情况", "公开信息。", "二、主动公开政府信息情况"]
    assert texts[-2:] == ["三、收到和处理政府信息公开申请情况", "没有申请。"]


def test_an_empty_line_between_every_two_cells_is_no_cell(book):
    """As in text taken out of a PDF."""
    cells = [line for line in TABLE_2.splitlines() if line and not line.startswith(("二、", "本年新"))]
    text = TABLE_2.splitlines()[0] + "\n" + "\n\n".join(cells).replace("制作数量", "本年新制作数量")
    text = text.replace("公开数量\n\n对外", "本年新公开数量\n\n对外").replace("0\n\n3", "0\n\n0\n\n3")
    found, _ = rows(text + "\n", book)
    assert ("规章", "0", "0", "3") in found
    assert ("规范性文件", "1", "2", "17") in found


def test_labels_first_and_figures_after_them_give_no_figure(book):
    """The order of columns, not of rows: the labels are a table, the figures nobody's."""
    text = """二、主动公开政府信息情况
信息内容
规章
规范性文件
信息内容
行政许可
其他对外管理服务事项
行政事业性收费

本年新制作数量
0
1
上一年项目数量
12
5

"""
    found, document = rows(text, book)
    assert not [cell for row in found for cell in row if cell in {"0", "1", "12", "5"}]
    assert {"0", "1", "12", "5"} <= {paragraph.text for paragraph in document.paragraphs}


SHEET = """示例县民政局2016年政府信息公开工作年度报告
政府信息公开情况统计表

统计指标

序号

单位

代码

统计数

（一）主动公开政府信息数

02

条

02

12

其中：主动公开规范性文件数

03

件

03

3

七、依申请公开信息收取的费用

04

万元

04

33.25927
2

1．当面申请数

07

件

07

1

2．传真申请数

08

件

08

0

（一）收到申请数

06

件

06

4

六、举报投诉数量

05

件

05

7

"""


def test_a_number_broken_over_two_lines_is_unreadable_and_no_column_moves(read):
    """The row has a figure too many: its parts stand under the heads of columns that are not theirs."""
    cells = {
        fact.indicator: (fact.value, fact.status)
        for fact in read(SHEET.encode()).facts
        if fact.source == "table"
    }
    assert cells["fee.charged"] == (None, "unreadable")
    assert cells["complaints"] == (7, "reported")
    assert cells["proactive.total"] == (12, "reported")


def test_rows_that_begin_with_a_unit_have_their_labels_elsewhere(read):
    """The number of the row stands behind its label, unit and figure on lines that no label opens."""
    rows = {"主动公开信息数": "条", "提供服务类信息数": "条", "现场接待人数": "人次", "网上咨询数": "人次"}
    rows |= {"咨询电话接听数": "人次", "申请总数": "件", "行政复议数": "件"}
    lines = ["示例县民政局2012年政府信息公开工作年度报告", "政府信息公开情况统计报表", "", "指标名称", ""]
    for number, (label, unit) in enumerate(rows.items(), start=1):
        lines += [label, "", f"{number:02}", "", unit, "", f"{number:02}", "", str(40 + number), ""]
    facts = [fact for fact in read("\n".join(lines).encode()).facts if fact.source == "table"]
    assert {(fact.value, fact.status) for fact in facts} <= {(None, "unreadable")}


def test_a_line_of_two_figures_is_no_cell_and_its_row_is_unreadable(read, document):
    """The columns of the row ran into one another: which of its lines are whole figures is not told."""
    flat = [line.strip() for line in document("示例县民政局-2022").decode().split("\n")]
    place = next(number for number, line in enumerate(flat) if "四、结转下年度" in line)
    torn = ["25", "1，676 5，612", "2，841 2，848", "1", "3", "9，196 2，561", "33"]
    text = "\n".join([*flat[: place + 1], *torn, *flat[place + 8 :]])
    facts = [fact for fact in read(text.encode()).facts if fact.indicator == "req.carried_out"]
    assert {(fact.value, fact.status) for fact in facts if fact.source == "table"} == {(None, "unreadable")}
