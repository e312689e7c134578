"""Tables as reports really print them: what is read, what is left unread and said so."""

from decimal import Decimal

import pytest

from .applicants import GROUPS

COLUMNS = (*GROUPS, "total")
OLD, NEW = "示例县民政局-2020", "示例县民政局-2022"
HEADER = (
    "\t\n\t自然人\n\t法人或其他组织\n\t总计\n\n"
    "\t\n\t\n\t商业企业\n\t科研机构\n\t社会公益组织\n\t法律服务机构\n\t其他\n\t\n\n"
)
DENIED_4 = "4.保护第三方合法权益\n\t\u00a0\n\t1\n\t\u00a0\n\t\u00a0\n\t\u00a0\n\t\u00a0\n\t1\n"


def cells(reading):
    return {(fact.indicator, fact.group): fact for fact in reading.facts if fact.source == "table"}


def values(reading):
    return {key: (fact.value, fact.status) for key, fact in cells(reading).items()}


def rules(reading):
    """What the reader itself found; the checks have tests of their own."""
    return [
        (finding.rule, finding.message)
        for finding in reading.findings
        if finding.rule.startswith("R-") and finding.rule != "R-prose"
    ]


@pytest.fixture
def changed(read, document):
    """A report with some of its text replaced: its reading, and that of the report as it is."""

    def reading(name, *pairs, **known):
        text = document(name).decode()
        for old, new in pairs:
            assert old in text, old
            text = text.replace(old, new, 1)
        return read(text.encode(), **known)

    return reading


@pytest.fixture
def plain(read, document):
    return {name: values(read(document(name))) for name in (OLD, NEW)}


OTHER_SPELLINGS = {
    "a blank inside a label": (OLD, [("\t总计\n\n\t\n\t\n\t商业企业", "\t总 计\n\n\t\n\t\n\t商业 企业")]),
    "plain brackets": (OLD, [("（一）予以公开", "(一)予以公开"), ("（七）总计", "(七)总计")]),
    "another list mark": (OLD, [("1.属于国家秘密", "1、属于国家秘密"), ("2.重复申请", "2．重复申请")]),
    "short form of 部分公开": (
        OLD,
        [("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "（二）部分公开")],
    ),
    "other quotation marks": (OLD, [("危及“三安全一稳定”", '危及"三安全一稳定"')]),
    "a misprinted label": (OLD, [("2.其他法律行政法规禁止公开", "2.其他法律行政止公开")]),
    "a unit in the label": (OLD, [("\t采购总金额\n", "\t采购总金额（元）\n")]),
    "规范性文件 in the new form": (NEW, [("行政规范性文件", "规范性文件")]),
    "short columns of the new form": (NEW, [("本年制发件数", "本年发件"), ("现行有效件数", "现行有效件")]),
    "short rows of the new form": (
        NEW,
        [
            ("1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "1.逾期不补正"),
            ("2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "2.逾期不缴费"),
        ],
    ),
    "a label over three lines": (NEW, [("四、结转下年度继续办理", "四、结转\n下年度\n继续办理")]),
    "the header again at a page break": (
        OLD,
        [
            (
                "\t\n\t（四）无法提供",
                f"{HEADER}\t\n\t（四）无法提供",
            )
        ],
    ),
    "a block title lost": (OLD, [("\t第二十条第（八）项\n\n", "")]),
    "no group cell before the row": (OLD, [("\t\n\t\n\t2.重复申请", "\t2.重复申请")]),
    "blank lines between rows": (OLD, [("\t规范性文件\n", "\n\n\t规范性文件\n")]),
}


@pytest.mark.parametrize("spelling", OTHER_SPELLINGS)
def test_accidents_of_print_change_no_cell(changed, plain, spelling):
    name, pairs = OTHER_SPELLINGS[spelling]
    assert values(changed(name, *pairs)) == plain[name]


def test_a_misprinted_label_is_said_with_the_row_it_was_taken_for(changed):
    reading = changed(OLD, ("2.其他法律行政法规禁止公开", "2.其它法律和行政法规禁止公开"))
    assert rules(reading) == [
        ("R-label", "行名与表式不同，按次序读作“2.其他法律行政法规禁止公开”：2.其它法律和行政法规禁止公开")
    ]


def test_a_row_that_lost_its_blank_cells_is_unreadable_as_a_whole(changed):
    """Three values for seven columns: which of them vanished is not for us to guess."""
    reading = changed(OLD, (DENIED_4, "4.保护第三方合法权益\n\t7\n\t1\n\t8\n"))
    row = [cells(reading)["req.outcome.denied.third_party", group] for group in COLUMNS]
    assert [(fact.value, fact.status) for fact in row] == [(None, "unreadable")] * 7
    assert [rule for rule, _ in rules(reading)] == ["R-cell"]


def test_a_row_with_a_figure_too_many_is_unreadable_as_a_whole(changed):
    reading = changed(OLD, (DENIED_4, DENIED_4.rstrip("\n") + "\n\t5\n"))
    assert {cells(reading)["req.outcome.denied.third_party", group].status for group in COLUMNS} == {
        "unreadable"
    }


def test_a_cell_that_is_no_number_is_unreadable_and_named(changed):
    reading = changed(OLD, ("\t1,083\n", "\t一千余件\n"))
    fact = cells(reading)["proactive.license.decisions", None]
    assert (fact.value, fact.status, fact.raw) == (None, "unreadable", "一千余件")
    found = next(finding for finding in reading.findings if finding.rule == "R-cell")
    assert [(cell.indicator, cell.status) for cell in found.cells] == [
        ("proactive.license.decisions", "unreadable")
    ]


def test_columns_printed_in_another_order_are_read_by_their_headings(changed):
    reading = changed(
        OLD,
        (
            "\t本年新\n制作数量\n\t本年新\n公开数量\n\t对外公开总数量\n",
            "\t对外公开总数量\n\t本年新公开数量\n\t本年新制作数量\n",
        ),
    )
    row = [cells(reading)[f"proactive.normdocs.{name}", None].value for name in ("disclosed_total", "made")]
    assert row == [2, 17]


def test_groups_of_applicants_in_another_order_are_not_read(changed):
    """The form's own order is the only one we know where a header has two levels."""
    reading = changed(OLD, ("\t商业企业\n\t科研机构\n", "\t科研机构\n\t商业企业\n"))
    assert {fact.status for (_, group), fact in cells(reading).items() if group} == {"unreadable"}
    assert ("R-column", "表头各列的次序与表式不同，未读取：收到和处理政府信息公开申请情况") in rules(reading)


def test_money_takes_the_unit_of_its_cell_or_of_its_heading(changed):
    heading = changed(OLD, ("\t采购总金额\n", "\t采购总金额（万元）\n"), ("46310.50元", "4.63105"))
    cell = changed(OLD, ("46310.50元", "4.63105万元"))
    for reading in (heading, cell):
        fact = cells(reading)["proactive.procurement.amount", None]
        assert (fact.value, fact.unit) == (Decimal("46310.5"), "万元")
        assert rules(reading) == []


def test_money_in_a_column_of_counts_is_unreadable(changed):
    """A cell lost before it: the amount has moved to where projects are counted."""
    reading = changed(OLD, ("\t9\n\t46310.50元\n", "\t46310.50元\n\t\n"))
    fact = cells(reading)["proactive.procurement.projects", None]
    assert (fact.value, fact.status, fact.raw) == (None, "unreadable", "46310.50元")


def test_money_without_a_unit_is_said(changed):
    reading = changed(OLD, ("46310.50元", "46310.50"))
    assert cells(reading)["proactive.procurement.amount", None].value == Decimal("46310.50")
    assert rules(reading) == [("R-unit", "采购总金额没有写单位，按元记：46310.50")]


def test_fees_of_the_new_form_are_in_ten_thousand_yuan_by_its_heading(changed):
    reading = changed(NEW, ("12.3456", "123456元"))
    assert cells(reading)["proactive.fees.amount", None].value == Decimal("12.3456")


def test_a_row_the_form_does_not_know_is_a_finding(changed):
    extra = "\t其他主动公开文件\n\t4\n\t5\n\t6\n\n\t第二十条第（五）项"
    reading = changed(OLD, ("\t第二十条第（五）项", extra))
    assert rules(reading) == [
        ("R-row", "表格中有一行不在2019 年表式内，未读取：其他主动公开文件 | 4 | 5 | 6")
    ]


def test_a_row_of_the_form_that_is_not_there_is_a_finding_and_no_fact(changed):
    reading = changed(OLD, ("\t行政强制\n\t\u00a0\n\t\u00a0\n\t\u00a0\n\n", ""))
    assert ("proactive.coercion.decisions", None) not in cells(reading)
    assert rules(reading) == [("R-row", "表格缺少一行：行政强制")]


def test_a_row_printed_twice_with_the_same_figures_is_taken_once(changed):
    row = "\t行政许可\n\t14\n\t-2\n\t1,083\n\n"
    reading = changed(OLD, (row, row + row))
    assert cells(reading)["proactive.license.items_prev", None].value == 14
    assert rules(reading) == [("R-row", "同一行出现两次，数字相同，只取第一次：行政许可 | 14 | -2 | 1,083")]


def test_a_row_printed_twice_with_other_figures_is_not_read(changed):
    """Which of the two is meant is not for us to guess."""
    row = "\t行政许可\n\t14\n\t-2\n\t1,083\n\n"
    reading = changed(OLD, (row, row + row.replace("14", "15")))
    assert cells(reading)["proactive.license.items_prev", None].status == "unreadable"
    assert rules(reading)[0] == (
        "R-row",
        "同一行出现两次，数字不同，未读取：行政许可 | 15 | -2 | 1,083",
    )


def test_the_single_row_of_other_handling_in_the_new_form_is_read(changed, document):
    """Some reports on the form of 2021 keep （六）其他处理 as one row, as in 2019."""
    text = document(NEW).decode()
    start = text.index("\t\n\t（六）其他处理")
    end = text.index("\t\n\t（七）总计")
    single = "\t\n\t（六）其他处理\n" + "\t3\n" * 7 + "\n"
    reading = changed(NEW, (text[start:end], single))
    assert [cells(reading)["req.outcome.other", group].value for group in COLUMNS] == [3] * 7
    assert ("req.outcome.other.misc", "total") not in cells(reading)


def test_the_form_decides_and_not_the_year(changed):
    """A report of 2023 on the form of 2019 is read on the form of 2019."""
    reading = changed(OLD, ("示例县民政局2020年", "示例县民政局2023年"))
    assert (reading.year, reading.edition) == (2023, "2019")
    assert cells(reading)["proactive.procurement.projects", None].value == 9


def test_a_report_without_tables_is_read_for_its_text(read):
    reading = read(
        "示例县民政局2021年政府信息公开工作年度报告\n一、总体情况\n主动公开政府信息12条。\n".encode()
    )
    assert reading.edition is None
    assert [(fact.indicator, fact.value) for fact in reading.facts] == [("proactive.total", 12)]
    assert [rule for rule, _ in rules(reading)] == ["R-edition"]


def test_a_missing_table_is_a_finding(changed, document):
    """Headings that follow each other with nothing between: the table was a picture."""
    text = document(OLD).decode()
    start = text.index("\t（本列数据的勾稽关系")
    end = text.index("四、政府信息公开行政复议、行政诉讼情况")
    reading = changed(OLD, (text[start:end], ""))
    assert rules(reading) == [("R-table", "未找到第三部分的表格（收到和处理政府信息公开申请情况）")]
    assert not any(indicator.startswith("req.") for indicator, _ in cells(reading))


def test_headings_of_two_forms_are_not_decided_by_us(read):
    """As many marks of one form as of the other: the tables stay unread, and that is said."""
    data = (
        "示例县民政局2021年政府信息公开工作年度报告\n\t本年新制作数量\n\t3\n\n\t现行有效件数\n\t3\n".encode()
    )
    reading = read(data)
    assert (reading.edition, reading.facts) == (None, ())
    assert [rule for rule, _ in rules(reading)] == ["R-edition"]


def test_a_cell_locator_names_its_table_row_and_column(read, document):
    fact = cells(read(document(OLD)))["req.outcome.denied.third_party", "enterprise"]
    named = {name: fact.locator[name] for name in ("table", "row_label", "column_label")}
    assert named == {
        "table": "3",
        "row_label": "三、本年度办理结果 （三）不予公开 4.保护第三方合法权益",
        "column_label": "法人或其他组织 商业企业",
    }
    assert "4.保护第三方合法权益" in fact.locator["quote"]


def page(*rows):
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<h1>示例县民政局2022年政府信息公开工作年度报告</h1><p>一、总体情况</p><table>{cells}</table>".encode()


APPLICANTS = ("", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")


def test_a_table_without_the_marks_of_its_edition_is_told_by_its_words(read):
    """Table 3 alone, the others being pictures, without the long rows that only one edition has."""
    rows = ["一、本年新收政府信息公开申请数量", "（一）予以公开", "（六）其他处理", "3.其他", "（七）总计"]
    reading = read(page(APPLICANTS, *((row, *"0000001") for row in rows)))
    assert reading.edition == "2021"
    assert values(reading)["req.new", "total"] == (1, "reported")


def test_empty_rows_around_the_row_without_a_label_are_none(read):
    """A workbook saved as a page has them; two filled rows would be two rows."""
    empty = ("",) * 15
    reading = read(page(RESULTS * 3, empty, tuple(map(str, range(15))), empty))
    told = [rule for rule, _ in rules(reading) if rule in ("R-row", "R-cell")]
    assert told == []


def test_a_header_that_a_page_break_cut_is_no_row(read):
    rows = ["一、本年新收政府信息公开申请数量", "（一）予以公开", "（六）其他处理", "3.其他", "（七）总计"]
    torn = ("", "自然", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总")
    filled = [(row, *"0000001") for row in rows]
    reading = read(page(APPLICANTS, *filled[:2], torn, *filled[2:]))
    assert values(reading)["req.outcome.total", "total"] == (1, "reported")
    assert not [message for _, message in rules(reading) if "自然 |" in message]


SPREAD = (
    ("第二十条第（一）项",) * 4,
    ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"),
    ("规章", "0", "0", "0"),
    ("第二十条第（六）项",) * 4,
    ("信息内容", *("本年处理决定数量",) * 3),
    ("行政处罚", "41", "41", "41"),
    ("行政强制", "7", "", ""),
    ("第二十条第（五）项",) * 4,
    ("信息内容", *("本年处理决定数量",) * 3),
)


def test_a_merged_cell_written_in_each_of_its_columns_is_one(read):
    """As programs that know no merged cells save a table; two different figures below one head are none."""
    found = values(read(page(*SPREAD, ("行政许可", "5", "6", ""))))
    assert found["proactive.penalty.decisions", None] == (41, "reported")
    assert found["proactive.coercion.decisions", None] == (7, "reported")
    assert found["proactive.license.decisions", None] == (None, "unreadable")


def test_a_unit_below_another_head_gives_no_figure(read):
    """On the page after the header: a row without the cell of its number, and with a broken figure."""
    text = """示例县民政局2016年政府信息公开工作年度报告
政府信息公开情况统计表
| 统计指标 | 备注 | 序号 | 单位 | 代码 | 统计数 |
| （一）主动公开政府信息数 | | 1 | 条 | 1 | 12 |
| 其中：主动公开规范性文件数 | | 2 | 件 | 2 | 3 |
| （一）收到申请数 | | 3 | 件 | 3 | 4 |

第2页

| 六、举报投诉数量 | | 4 | 件 | 4 | 7 |
| 七、依申请公开信息收取的费用 | | 万元 | | 33.25927 | 2 |
"""
    found = values(read(text.encode()))
    assert found["proactive.total", None] == (12, "reported")
    assert found["fee.charged", None] == (None, "unreadable")
    assert found["complaints", None] == (7, "reported")


def test_a_groups_heading_without_figures_is_no_blank_row(read):
    """（六）其他处理 above its three rows: the form of 2021 has no figures for it."""
    text = """示例县民政局2022年政府信息公开工作年度报告
三、收到和处理政府信息公开申请情况
| | 自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计 |
| 一、本年新收政府信息公开申请数量 | 3 | 0 | 0 | 0 | 0 | 0 | 3 |
| （六）其他处理 | | | | | | | |
| 1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |
| 2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
| 3.其他 | 2 | 0 | 0 | 0 | 0 | 0 | 2 |
"""
    found = values(read(text.encode()))
    assert not [code for code, _ in found if code == "req.outcome.other"]
    assert found["req.outcome.other.misc", "total"] == (2, "reported")
