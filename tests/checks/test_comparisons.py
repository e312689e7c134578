"""Rules that compare figures of one report, and flags that need several conditions."""

from dataclasses import replace

import pytest

from dashboard.checks import check
from dashboard.model import Reading

from .facts import AGENCY, cell, column

#: (rule, severity, facts that keep it, facts that break it, facts that a blank leaves open)
COMPARISONS = [
    (
        "T2-01",
        "info",
        {"proactive.normdocs.made": 2, "proactive.normdocs.disclosed_new": 2},
        {"proactive.normdocs.made": 2, "proactive.normdocs.disclosed_new": 3},
        {"proactive.normdocs.made": None, "proactive.normdocs.disclosed_new": 3},
    ),
    (
        "T2-02",
        "error",
        {"proactive.rules.disclosed_new": 1, "proactive.rules.disclosed_total": 1},
        {"proactive.rules.disclosed_new": 2, "proactive.rules.disclosed_total": 1},
        {"proactive.rules.disclosed_new": 2, "proactive.rules.disclosed_total": None},
    ),
    (
        "T2-05",
        "warning",
        {
            "proactive.penalty.decisions": 3,
            "proactive.penalty.items_prev": 1,
            "proactive.penalty.items_change": 0,
        },
        {
            "proactive.penalty.decisions": 3,
            "proactive.penalty.items_prev": 0,
            "proactive.penalty.items_change": 0,
        },
        {
            "proactive.penalty.decisions": 3,
            "proactive.penalty.items_prev": 0,
            "proactive.penalty.items_change": None,
        },
    ),
    (
        "T2-06",
        "error",
        {"proactive.license.items_prev": 3, "proactive.license.items_change": -3},
        {"proactive.license.items_prev": 3, "proactive.license.items_change": -4},
        {"proactive.license.items_prev": None, "proactive.license.items_change": -4},
    ),
    (
        "T2-07",
        "warning",
        {"proactive.procurement.projects": 0, "proactive.procurement.amount": 0},
        {"proactive.procurement.projects": 2, "proactive.procurement.amount": 0},
        {"proactive.procurement.projects": 2, "proactive.procurement.amount": None},
    ),
    (
        "T2-09",
        "error",
        {"proactive.normdocs.issued": 3, "proactive.normdocs.in_force": 2, "proactive.normdocs.repealed": 1},
        {"proactive.normdocs.issued": 4, "proactive.normdocs.in_force": 2, "proactive.normdocs.repealed": 1},
        {
            "proactive.normdocs.issued": 4,
            "proactive.normdocs.in_force": 2,
            "proactive.normdocs.repealed": None,
        },
    ),
    ("T3-04", "error", {"review.upheld": 2}, {"review.upheld": -2}, {"review.upheld": None}),
    ("T3-04", "error", {"review.upheld": 2}, {"review.upheld": "1.5"}, {"review.upheld": None}),
    (
        "T3-04",
        "error",
        {"proactive.fees.amount": "2.5", "proactive.fees.items_prev": 1, "proactive.fees.items_change": -1},
        {"proactive.fees.amount": "-2.5"},
        {"proactive.fees.amount": None},
    ),
]


@pytest.mark.parametrize(("rule", "severity", "kept", "broken", "blank"), COMPARISONS)
def test_a_comparison(found, rule, severity, kept, broken, blank):
    """Kept: nothing. Broken: its severity, with every number in the message. Blank: nothing."""

    def findings(values):
        table = {"proactive": "2", "review": "4"}
        return found([cell(code, value, table=table[code.split(".")[0]]) for code, value in values.items()])

    assert findings(kept) == []
    ((told_rule, told_severity, message),) = findings(broken)
    assert (told_rule, told_severity) == (rule, severity)
    assert all(str(value) in message for value in broken.values())
    assert findings(blank) == []


def test_comparisons_of_table_three_run_in_each_column(rules):
    assert rules(column("enterprise", new=1, carried_in=0, carried_out=2)) == ["T3-07"]
    assert rules(column("enterprise", new=0, carried_in=0, carried_out=2)) == ["T3-07", "T3-08"]
    assert rules(column("enterprise", new=None, carried_in=0, carried_out=2)) == []


def test_more_carried_out_than_forty_working_days_bring_is_a_warning(rules):
    facts = {"carried_in": 50, "outcome__total": 0}
    assert "T3-09" in rules(column("total", new=100, carried_out=17, **facts))
    assert "T3-09" not in rules(column("total", new=100, carried_out=16, **facts))


def test_rules_on_agencies_need_to_know_the_agency(rules):
    """A department makes no 规章; whether this is one, only agencies.csv knows."""
    facts = [cell("proactive.rules.made", 2, table="2")]
    assert rules(facts, agency=AGENCY) == ["T2-11"]
    assert rules(facts, agency="舟山市人民政府") == []
    assert rules(facts, agency="没有听说过的局") == []
    assert rules(facts) == []
    fees = [cell("proactive.fees.amount", 20000, table="2")]
    assert rules(fees, agency=AGENCY) == ["T2-12"]
    assert rules(fees, agency="舟山市民政局") == []


FLAGS = {
    "T3-11": (
        {"new": 9, "outcome__not_processed__excessive": 1},
        {"new": 10, "outcome__not_processed__excessive": 1},
    ),
    "T3-13": (
        {"outcome__not_processed__petition": 6, "outcome__total": 10},
        {"outcome__not_processed__petition": 5, "outcome__total": 10},
    ),
}


@pytest.mark.parametrize("flag", FLAGS)
def test_a_flag_needs_all_its_conditions(rules, flag):
    met, missed = FLAGS[flag]
    assert flag in rules(column("total", **met))
    assert flag not in rules(column("total", **missed))


def test_review_before_a_suit_is_asked_about_from_2024_on(rules):
    facts = [
        cell("lit.direct.total", 1, table="4"),
        *column("total", outcome__denied__state_secret=1, outcome__total=1),
    ]
    assert "T4-07" in rules(facts, year=2024)
    assert "T4-07" not in rules(facts, year=2023)
    assert "T4-07" not in rules(facts, year=None)


def test_bounds_need_every_row_they_are_made_of(found):
    """上一年项目数量 was not found: 本年增/减 of -1 contradicts nothing."""
    change = [cell("proactive.license.items_change", -1, table="2")]
    assert found(change, edition="2019") == []
    assert [rule for rule, *_ in found(change)] == ["T2-06"]


@pytest.mark.parametrize(
    ("agency", "expected"),
    [("示例县人民政府", ["T2-11"]), ("示例市人民政府", []), ("示例市民政局", ["T2-11"])],
)
def test_below_a_city_of_districts_no_government_makes_rules(book, agency, expected):
    row = {"name": agency, "code": "", "aliases": "", "level": agency[2], "type": "部门"}
    row |= {"type": "政府"} if agency.endswith("政府") else {}
    facts = (cell("proactive.rules.in_force", 1, table="2"),)
    reading = check(Reading(agency, 2022, None, facts), replace(book, agencies=(row,)))
    assert [finding.rule for finding in reading.findings] == expected


def test_fees_of_five_digits_are_asked_about(rules):
    assert rules([cell("proactive.fees.amount", 10000, table="2")], agency=AGENCY) == ["T2-12"]
    assert rules([cell("proactive.fees.amount", 9999, table="2")], agency=AGENCY) == []
