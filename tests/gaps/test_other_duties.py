"""Welfare, budgets, proposals, platforms and large changes."""

import pytest

from dashboard import intake
from dashboard.build import build
from dashboard.gaps import evaluate
from dashboard.store import Store

from ..small_databases import AGENCY, line
from .reports import REPORT, verdicts


def test_a_class_is_not_held_to_a_year_that_does_not_compare(put, folder, book):
    lines = [
        line(year, "welfare.elderly", count, agency="定海区民政局") for year, count in ((2020, 9), (2021, 4))
    ]
    put(2021, "G18", *lines)
    (gap,) = (gap for gap in evaluate(Store(folder), book, "定海区民政局", 2021) if gap.rule == "G18")
    assert gap.verdict == "undecided"


def test_replies_are_all_published_only_where_both_kinds_that_were_led_are_told(put):
    told = [line(2022, "proposals.npc.lead", 3), line(2022, "proposals.published", 3)]
    assert verdicts(put(2022, "G27", *told)) == [("undecided", None)]
    assert verdicts(put(2022, "G27", *told, line(2022, "proposals.cppcc.lead", 0))) == [("met", None)]
    assert verdicts(put(2022, "G27", *told, line(2022, "proposals.cppcc.lead", 2))) == [("short", None)]


def test_a_class_is_held_to_the_agencys_own_cycle(put):
    lines = [
        line(2021, f"welfare.{name}", count) for name, count in (("tekun", 14), ("dibao", 40), ("elderly", 4))
    ]
    lines += [
        line(2022, f"welfare.{name}", count) for name, count in (("tekun", 11), ("dibao", 20), ("elderly", 4))
    ]
    lines += [line(2022, "welfare.children", 5)]
    assert sorted(verdicts(put(2022, "G18", *lines))) == [
        ("met", "低保低边救助"),
        ("met", "养老服务（补贴）"),
        ("short", "特困供养"),
        ("undecided", "孤困儿童救助"),
    ]


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        (
            "按月公布低保救助信息11条、临时救助信息6条。",
            [("short", "低保（最低生活保障）"), ("undecided", "临时救助")],
        ),
        (
            "按季公布低保救助信息4条，按月公布临时救助信息12条。",
            [("met", "低保（最低生活保障）"), ("met", "临时救助")],
        ),
        (
            "公布低保救助信息3条，按季公布临时救助信息3条。",
            [("undecided", "低保（最低生活保障）"), ("undecided", "临时救助")],
        ),
    ],
)
def test_a_cycle_is_that_of_the_clause_alone(folder, book, tmp_path, sentence, told):
    """Where the same number stands in two clauses that say different things, neither is taken."""
    path = tmp_path / "report.txt"
    text = REPORT.format(year=2022, head="", end="").replace("主动公开政府信息12条。", sentence)
    path.write_text(text, "utf-8")
    intake.add(path, folder, AGENCY, 2022)
    build(folder)
    found = evaluate(Store(folder), book, AGENCY, 2022)
    assert {(gap.verdict, gap.item) for gap in found if gap.rule == "G18"} == {*told}


def test_budget_and_final_accounts_are_two_items(put):
    (gap,) = put(2022, "G19", line(2022, "finance.budget", 1))
    assert (gap.verdict, gap.severity, gap.basis_kind) == ("short", "red", "法规")
    assert verdicts(put(2022, "G19", line(2022, "finance.budget", 2))) == [("met", None)]
    assert verdicts(put(2022, "G19", line(2022, "welfare", 2))) == [("no_figure", None)]


@pytest.mark.parametrize(
    ("before", "after", "is_large"),
    [
        (10, 15, True),
        (10, 14, False),
        (9, 18, False),
        (20, 10, True),
        (2, 20, True),
        (2, 19, False),
        (0, 40, False),
    ],
)
def test_a_large_change_needs_a_base(put, before, after, is_large):
    lines = [line(2021, "proactive.total", before), line(2022, "proactive.total", after)]
    assert any(gap.item for gap in put(2022, "G28", *lines)) == is_large


def test_a_rate_is_judged_by_platform(put):
    lines = [
        line(2022, "platform.ontime_rate", 94.5, item="甲"),
        line(2022, "platform.ontime_rate", 95, item="乙"),
    ]
    assert sorted(verdicts(put(2022, "G17", *lines))) == [("met", "乙"), ("short", "甲")]
