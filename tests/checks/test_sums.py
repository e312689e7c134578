"""Sums and balances of one report: when they hold, when they fail, and what a blank leaves open."""

import pytest

from dashboard.checks import _KINDS
from dashboard.codebook_faults import RULE_KEYS

from .facts import NEW, cell, column


def test_every_kind_of_rule_is_known_to_the_codebook():
    assert set(_KINDS) == set(RULE_KEYS)


def test_a_sum_that_holds_files_nothing(rules):
    assert rules(column("total", outcome__total=1, outcome__granted=1, outcome__other=0)) == []


def test_a_sum_that_fails_is_an_error_with_its_numbers_and_the_smallest_edits(found):
    facts = column("total", outcome__total=3, outcome__granted=1, outcome__other=0)
    edits = [
        "（七）总计 总计列由 3 改为 1",
        "（一）予以公开 总计列由 1 改为 3",
        "（六）其他处理 总计列由 0 改为 2",
    ]
    message = f"（七）总计 总计列：3 ≠ 1，差 2 件；按原文不成立；最小改动：{' 或 '.join(edits)}"
    assert found(facts) == [("T3-02", "error", message)]


def test_a_sum_that_holds_only_with_blanks_as_zero_is_one_warning(found):
    facts = column("total", outcome__total=1, outcome__granted=1, outcome__partial=None, outcome__other=None)
    assert [(rule, severity) for rule, severity, _ in found(facts)] == [("T3-02", "warning")]
    assert "按原文有 2 格空白，不能核对；空白按 0 计成立" in found(facts)[0][2]


def test_a_sum_that_fails_even_with_blanks_as_zero_is_an_error(found):
    facts = column("total", outcome__total=3, outcome__granted=1, outcome__partial=None)
    assert [(rule, severity) for rule, severity, _ in found(facts)] == [("T3-02", "error")]
    assert "按原文有 1 格空白，空白按 0 计也不成立" in found(facts)[0][2]


def test_a_blank_total_follows_from_its_parts_and_the_other_rules_run_on_it(found):
    """1 new + 0 carried in = derived 1 + 0 carried out: the balance holds; with 5 new it does not."""
    parts = {"outcome__granted": 1, "outcome__other": 0, "outcome__total": None}
    holds = column("total", new=1, carried_in=0, carried_out=0, **parts)
    fails = column("total", new=5, carried_in=0, carried_out=0, **parts)
    assert [(rule, severity) for rule, severity, _ in found(holds)] == [("T3-02", "warning")]
    derived, balance = found(fails)
    assert (derived[0], derived[1]) == ("T3-02", "warning")
    assert balance[:2] == ("T3-01", "error")
    assert balance[2].startswith(
        "总计列：5 + 0 ≠ 1 + 0，差 4 件（第一项加第二项之和，等于第三项加第四项之和）；"
        "（七）总计 总计列未填，按各项相加应为 1；按原文不能核对，按推算的数不成立"
    )


def test_a_sum_without_a_single_number_says_nothing(rules):
    assert rules(column("total", outcome__total=None, outcome__granted=None)) == []


def test_an_unreadable_cell_leaves_its_sums_without_a_verdict(rules):
    assert rules(column("total", outcome__total=3, outcome__granted="?", outcome__partial=0)) == []


def test_a_row_is_summed_over_the_applicant_groups(found):
    facts = [
        cell("req.new", value, group)
        for value, group in ((2, "natural_person"), (1, "enterprise"), (4, "total"))
    ]
    assert [(rule, severity) for rule, severity, _ in found(facts)] == [("T3-03", "error")]
    assert "总计列：4 ≠ 2 + 1，各项相加为 3，差 1 件；按原文不成立" in found(facts)[0][2]


def test_the_smallest_edit_is_the_one_cell_that_mends_every_sum(read, document):
    """A slip in one cell of a full table breaks three sums; the one cell that mends them all is named."""
    text = document(NEW).decode()
    start = text.index("（一）予以公开")
    first = text.index("\n\t", start) + 2
    old = text[first : text.index("\n", first)]
    slipped = str(int(old) + 10)
    reading = read((text[:first] + slipped + text[first + len(old) :]).encode())
    errors = [finding for finding in reading.findings if finding.severity == "error"]
    assert {finding.rule for finding in errors} == {"T3-02", "T3-03"}
    edit = f"最小改动：三（一）予以公开 自然人列由 {slipped} 改为 {old}"
    assert all(error.message.endswith(edit) for error in errors)


def test_a_balance_is_an_error_when_its_sides_differ(found):
    ((rule, severity, message), *_) = found(
        column("total", new=50, carried_in=1, outcome__total=49, carried_out=1)
    )
    assert (rule, severity) == ("T3-01", "error")
    formula, edits = message.split("；最小改动")
    rule_says = "第一项加第二项之和，等于第三项加第四项之和"
    assert formula == f"总计列：50 + 1 ≠ 49 + 1，差 1 件（{rule_says}）；按原文不成立"
    assert edits.split(" 或 ")[0].endswith("一、本年新收政府信息公开申请数量 总计列由 50 改为 49")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"new": 5, "carried_in": 1, "outcome__total": None, "carried_out": 0}, []),
        ({"new": None, "carried_in": 1, "outcome__total": 6, "carried_out": 0}, []),
        ({"new": None, "carried_in": None, "outcome__total": 6, "carried_out": None}, []),
        ({"new": 5, "carried_in": None, "outcome__total": 5, "carried_out": None}, []),
        ({"new": 5, "carried_in": None, "outcome__total": 4, "carried_out": 0}, ["T3-01"]),
        ({"new": 5, "carried_in": "?", "outcome__total": 4, "carried_out": 0}, []),
    ],
)
def test_a_balance_is_broken_only_where_no_blank_can_hold_the_difference(rules, values, expected):
    """5 new + 1 against a blank total: the blank may be 6. 5 + a blank is at least 5, and 4 is less."""
    assert rules(column("total", **values)) == expected


def test_a_full_report_that_balances_files_nothing(read, document):
    assert [finding for finding in read(document(NEW)).findings if not finding.rule.startswith("R-")] == []


def test_a_row_that_is_not_there_leaves_its_sum_open(found):
    """On the form of 2019 only two of the outcomes were found: a higher total proves nothing, a lower one does."""
    facts = {"outcome__granted": 1, "outcome__other": 0}
    sums = ("T3-02", "T3-03")
    assert [rule for rule, *_ in found(column("total", outcome__total=3, **facts), edition="2019")] == []
    assert [rule for rule, *_ in found(column("total", outcome__total=None, **facts), edition="2019")] == []
    lower = found(column("total", outcome__total=0, **facts), edition="2019")
    assert [rule for rule, *_ in lower if rule in sums] == ["T3-02"]


def test_a_row_that_another_stands_for_is_not_missed(book, found):
    """Some reports of 2021 print （六）其他处理 in one row: its three rows are not lost."""
    codes = [code for code, group in book.editions["2021"].cells if group == "total"]
    values = {code: 0 for code in codes if not code.startswith("req.outcome.other.")}
    values |= {"req.new": 4, "req.outcome.other": 1, "req.outcome.granted": 2, "req.outcome.total": 4}
    facts = [cell(code, value, "total") for code, value in values.items()]
    assert [rule for rule, *_ in found(facts, edition="2021")] == ["T3-02"]
    del values["req.outcome.other"]
    facts = [cell(code, value, "total") for code, value in values.items()]
    assert [rule for rule, *_ in found(facts, edition="2021")] == []


def test_a_blank_total_follows_from_totals_that_are_blank_too(found):
    """部分公开 has 2 of a person and no total: its total is 2, and that of the column 1 + 2, not 1."""
    facts = [
        *column("natural_person", outcome__granted=1, outcome__partial=2, outcome__total=3),
        *column("total", outcome__granted=1, outcome__partial=None, outcome__total=None),
    ]
    said = {rule: message for rule, _, message in found(facts)}
    assert "（七）总计 总计列应为 3" in said["T3-02"]
    assert "总计列应为 2" in said["T3-03"]
