"""Reports turned into Markdown by a program: headings with marks, tables in pipes or as pieces of a page."""

import pytest

TOP = "# 示例县民政局2022年政府信息公开工作年度报告\n\n## 一、总体情况\n\n本局按规定公开政府信息。\n\n"
TABLE_2 = """## 二、主动公开政府信息情况

### 第二十条第（一）项
| 信息内容 | 本年制发件数 | 本年废止<br>件数 | 现行有效件数 |
|---|---|---|---|
| **规章** | 0 | 0 | **12** |
| 行政规范性文件 | 6 | 1 | 32 |

"""
TABLE_3 = """## 三、收到和处理政府信息公开申请情况

### 一、本年新收政府信息公开申请数量
| 类别 | 数据1 | 数据2 | 数据3 | 数据4 | 数据5 | 数据6 | 总计 |
|---|---|---|---|---|---|---|---|
| 本年新收政府信息公开申请数量 | 705 | 3 | 0 | 0 | 5 | 0 | 713 |

### 二、上年结转政府信息公开申请数量
| 类别 | 数据1 | 数据2 | 数据3 | 数据4 | 数据5 | 数据6 | 总计 |
|---|---|---|---|---|---|---|---|
| 上年结转政府信息公开申请数量 | 36 | 0 | 0 | 0 | 1 | 0 | 37 |

### （一）予以公开
| 类别 | 数据1 | 数据2 | 数据3 | 数据4 | 数据5 | 数据6 | 总计 |
|---|---|---|---|---|---|---|---|
| 予以公开 | 290 | 1 | 0 | 0 | 3 | 0 | 294 |

"""
PARTS = """## 四、政府信息公开行政复议、行政诉讼情况

### 行政复议
| 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |
|---|---|---|---|---|
| 27 | 10 | 9 | 15 | 61 |

### 行政诉讼（未经复议直接起诉）
| 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |
|---|---|---|---|---|
| 3 | 0 | 0 | | 3 |

### 行政诉讼（复议后起诉）
| 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |
|---|---|---|---|---|
| 8 | 0 | 1 | 1 | 10 |

"""
ROWS = """## 四、政府信息公开行政复议、行政诉讼情况

| 类型 | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |
|---|---|---|---|---|---|
| 行政复议 | 27 | 10 | 9 | 15 | 61 |
| 行政诉讼-未经复议直接起诉 | 3 | 0 | 0 | | 3 |
| 行政诉讼-复议后起诉 | 8 | 0 | 1 | 1 | 10 |

"""
END = "## 五、存在的主要问题及改进情况\n\n更新不够及时。\n\n## 六、其他需要报告的事项\n\n无。\n"


@pytest.fixture
def told(read):
    def of(*parts):
        reading = read("".join([TOP, "" if "<table" in "".join(parts) else TABLE_2, *parts, END]).encode())
        cells = {
            (fact.indicator, fact.group): (fact.value, fact.status)
            for fact in reading.facts
            if fact.source == "table"
        }
        return reading, cells

    return of


def test_the_marks_of_headings_and_bold_print_are_no_text(told):
    reading, cells = told()
    assert reading.agency == "示例县民政局"
    assert cells["proactive.rules.in_force", None] == (12, "reported")
    assert cells["proactive.normdocs.repealed", None] == (1, "reported")


def test_heads_that_only_count_the_columns_leave_them_in_the_forms_order(told):
    _, cells = told(TABLE_3)
    assert cells["req.carried_in", "legal_services"] == (1, "reported")
    assert cells["req.outcome.granted", "natural_person"] == (290, "reported")
    assert cells["req.outcome.granted", "total"] == (294, "reported")


def test_heads_that_count_in_another_order_are_not_the_forms(told):
    _, cells = told(TABLE_3.replace("| 数据1 | 数据2 |", "| 数据2 | 数据1 |"))
    assert cells["req.carried_in", "natural_person"] == (None, "unreadable")


@pytest.mark.parametrize("table", [PARTS, ROWS])
def test_groups_of_columns_one_below_the_other_are_the_forms_row(told, table):
    _, cells = told(table)
    assert cells["review.upheld", None] == (27, "reported")
    assert cells["review.total", None] == (61, "reported")
    assert cells["lit.direct.pending", None] == (None, "blank")
    assert cells["lit.after_review.total", None] == (10, "reported")
    assert len([code for code, _ in cells if code.startswith(("review.", "lit."))]) == 15


@pytest.mark.parametrize("change", [("行政诉讼（复议后起诉）", "行政诉讼"), ("### 行政复议\n", "### 复议\n")])
def test_groups_that_are_not_all_named_are_no_row(told, change):
    """Which lawsuits the figures are of is not told: nothing is read, and that is said."""
    reading, cells = told(PARTS.replace(*change))
    assert not [
        fact for (code, _), fact in cells.items() if code.startswith("lit.") and fact[1] != "unreadable"
    ]
    assert any("8 | 0 | 1 | 1 | 10" in finding.message for finding in reading.findings)


def test_tables_as_pieces_of_a_page_are_read_among_lines_of_markdown(told):
    page = """## 二、主动公开政府信息情况

<table><tr><td colspan="4">第二十条第（一）项</td></tr>
<tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td><td>现行有效件数</td></tr>
<tr><td>规章</td><td>0</td><td></td><td>12</td></tr>
<tr><td>行政规范性文件</td><td>6</td><td>1</td><td>32</td></tr></table>

"""
    reading, cells = told(page)
    assert (reading.agency, reading.year) == ("示例县民政局", 2022)
    assert cells["proactive.rules.repealed", None] == (None, "blank")
    assert cells["proactive.normdocs.in_force", None] == (32, "reported")
