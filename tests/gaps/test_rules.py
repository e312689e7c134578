"""The rules as data, and that each is put to every report."""

import pytest

from dashboard.gaps import evaluate
from dashboard.gaps.judges import KINDS
from dashboard.store import Store

from ..small_databases import AGENCY, line
from .reports import RULES

WEIGHTS = {"法规": 100, "国办": 80, "地方": 50, "内部参考": 30}


def test_there_are_28_rules_and_each_has_a_judge(book):
    assert sorted({rule["id"] for rule in book.gap_rules}) == RULES
    assert {rule["kind"] for rule in book.gap_rules} == KINDS.keys()


def test_the_weight_of_a_rule_follows_from_its_basis(book):
    for rule in book.gap_rules:
        assert rule["weight"] == (70 if rule["id"] == "G02" else WEIGHTS[rule["basis_kind"]]), rule["id"]


def test_what_is_our_own_is_told_as_such_and_cites_nobody_as_its_source(book):
    for rule in book.gap_rules:
        if rule["basis_kind"] == "内部参考":
            assert "号" not in rule["basis"], rule["id"]


def test_the_entries_of_a_rule_follow_on_each_other_without_overlap(book):
    for rule in book.gap_rules:
        same = [
            other
            for other in book.gap_rules
            if (other["id"], other["name_zh"]) == (rule["id"], rule["name_zh"])
        ]
        assert [other["first_year"] for other in same[1:]] == [other["last_year"] + 1 for other in same[:-1]]


@pytest.mark.parametrize("year", [2012, 2016, 2020, 2024])
def test_every_rule_is_put_to_a_report_whatever_its_verdict(put, folder, book, year):
    edition = {2012: "2008", 2016: "2014", 2020: "2019", 2024: "2021"}[year]
    put(year, "G01", line(year, "proactive.total", 12, edition=edition))
    found = evaluate(Store(folder), book, AGENCY, year)
    assert sorted({gap.rule for gap in found}) == RULES
    for gap in found:
        first = min(rule["first_year"] for rule in book.gap_rules if rule["id"] == gap.rule)
        assert gap.verdict == "not_applicable" or year >= first, gap
        assert gap.evidence
        assert gap.action
