"""Rules on what the text says: of its own sums, of the table, of the period and in each section."""

from decimal import Decimal

import pytest

from dashboard.model import Fact

from .facts import cell, column, told


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ([("welfare", 20), ("welfare.tekun", 12), ("welfare.temporary", 8)], []),
        ([("welfare", 26), ("finance.budget", 6), ("welfare.tekun", 12), ("welfare.temporary", 8)], []),
        ([("welfare", 20), ("finance.budget", 6), ("welfare.tekun", 12), ("welfare.temporary", 8)], []),
        ([("welfare", 77), ("welfare.tekun", 12), ("welfare.temporary", 8)], ["N-01"]),
        ([("welfare", 77)], []),
        ([("welfare.tekun", 12)], []),
        ([("welfare", 24), ("welfare.dibao.basic", 12), ("welfare.dibao.marginal", 12)], []),
        ([("proposals", 9), ("proposals.npc", 4), ("proposals.cppcc", 3), ("proposals.party", 2)], []),
        ([("proposals", 10), ("proposals.npc", 4), ("proposals.cppcc", 3)], ["N-02"]),
    ],
)
def test_a_total_told_in_prose_is_the_sum_of_its_parts(rules, facts, expected):
    assert rules([told(code, value, "条") for code, value in facts]) == expected


def test_the_message_of_a_total_that_misses_has_its_formula(found):
    ((_, severity, message),) = found(
        [told("proposals", 10), told("proposals.npc", 4), told("proposals.cppcc", 3)]
    )
    assert severity == "warning"
    assert "合计 10，各项 4 + 3 = 7，差 3" in message


@pytest.mark.parametrize(
    ("said", "unit", "expected"),
    [
        (7, "件", []),
        (8, "件", [("N-04", "error")]),
        (0, "件", [("N-05", "error")]),
        (7, "条", [("N-11", "info")]),
    ],
)
def test_the_text_agrees_with_the_table(found, said, unit, expected):
    facts = [cell("req.new", 7, "total"), told("req.new", said, unit)]
    assert [(rule, severity) for rule, severity, _ in found(facts)] == expected


def test_the_text_says_requests_where_the_table_says_none(found):
    facts = [cell("req.new", 0, "total"), told("req.new", 3)]
    assert [rule for rule, _, _ in found(facts)] == ["N-05"]


def test_an_approximate_figure_contradicts_nothing(rules):
    assert rules([cell("req.new", 7, "total"), told("req.new", 10, status="approximate")]) == []


def test_the_text_contradicting_itself_is_a_warning_that_names_both(found):
    """Different numbers for the same thing and item; of two items each has its own."""
    assert found([told("site.dynamics.posts", 15, "条"), told("site.dynamics.posts", 18, "条")]) == [
        ("R-mention", "warning", "正文几处说法不一，按第一处计，请核实：政务动态发布数先后为 15、18")
    ]
    assert found([told("media.outlet", 5, "篇", "甲报"), told("media.outlet", 6, "篇", "乙报")]) == []
    assert found([told("site.dynamics.posts", 15, "条"), told("site.dynamics.posts", 15, "条")]) == []


def test_sections_say_what_they_must(rules):
    assert rules([], sections={"五": "无"}) == ["N-08"]
    assert rules([], sections={"五": ""}) == ["N-08"]
    assert rules([], sections={"五": "更新偏慢。"}) == []
    assert rules([]) == []
    fee = column("total", outcome__other__fee_unpaid=1, outcome__total=1)
    assert "T3-10" in rules(fee, sections={"六": "无"})
    assert "T3-10" not in rules(fee, sections={"六": "本年度收取信息处理费 20 元。"})
    charged = [cell("proactive.fees.amount", 3, table="2")]
    assert rules(charged, sections={"六": "无"}) == ["N-07"]
    assert rules(charged, sections={"六": "另有说明。"}) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("本报告所列数据的统计期限自2020年1月1日起至2020年12月31日止。", []),
        ("统计期限为2020年1月1日至12月31日。", []),
        ("统计期限为2019年1月1日至2019年12月31日。", ["N-10"]),
        ("统计期限为2020年1月1日至2020年11月30日。", ["N-10"]),
        ("活动于2020年3月1日至5月31日举行。", []),
    ],
)
def test_the_period_stated_is_the_year_of_the_report(rules, text, expected):
    assert rules([], sections={"一": text}) == expected


def test_the_printed_unit_of_a_table_is_the_one_that_counts(found):
    """The local sheet of 2008 counts requests in 条: a text in 条 agrees with it."""
    request = Fact("req.new", None, None, Decimal(7), "reported", "7", "条", "table", {"table": "L"})
    assert found([request, told("req.new", 7, "条")], edition="2008") == []
