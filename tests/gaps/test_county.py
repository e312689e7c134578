"""The gap rules on the example county: every planned gap is found, and nothing else but what was checked by hand.

tests/data/county_gaps.csv lists what is short beside the plan, with the reason; the numbers are those of
tests/county/story.csv. Of G28 those alone can be found whose counts are read on both sides.
"""

import csv
import shutil
from collections import Counter

import pytest

from dashboard import intake
from dashboard.gaps import evaluate
from dashboard.gaps.promises import BROKEN, KEPT, promises
from dashboard.paths import PROJECT, DataFolder
from dashboard.store import Store

from ..county.story import AGENCIES, FIRST, LAST
from .reports import RULES

DOCUMENTS = PROJECT / "data" / "documents"
CHECKED = PROJECT / "tests" / "data" / "county_gaps.csv"
#: Sums of cells are held against flaws.csv by tests/test_county.py, finding by finding.
IDENTITIES = "G02"
CHANGES = "G28"


def listed(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    folder = DataFolder(tmp_path_factory.mktemp("county"))
    shutil.copytree(DOCUMENTS, folder.documents)
    assert intake.build(folder).left_out == ()
    return Store(folder)


@pytest.fixture(scope="module")
def verdicts(county, book):
    """Every gap of every agency and year, missing years included."""
    names = [agency.name for agency in AGENCIES.values()]
    return {
        (name, year): evaluate(county, book, name, year) for name in names for year in range(FIRST, LAST + 1)
    }


@pytest.fixture(scope="module")
def short(verdicts):
    return {whose: [gap for gap in gaps if gap.verdict == "short"] for whose, gaps in verdicts.items()}


def test_no_two_gaps_to_work_through_share_a_key(verdicts):
    for whose, gaps in verdicts.items():
        shared = {key: count for key, count in Counter(gap.key for gap in gaps).items() if count > 1}
        assert not shared, whose


def planned():
    """How many gaps of a rule are planned for an agency and year."""
    told = [
        [*row["file"].split("/")[:2], row["rule"]]
        for row in listed(DOCUMENTS / "flaws.csv")
        if row["scope"] == "gap"
    ]
    return Counter((agency, int(year), rule) for agency, year, rule in told)


def test_every_rule_is_put_to_every_report(verdicts):
    for (agency, year), gaps in verdicts.items():
        rules = sorted({gap.rule for gap in gaps})
        assert rules in (RULES, ["G23"], []), (agency, year)
    assert [whose for whose, gaps in verdicts.items() if len(gaps) == 1] == [("示例县教育局", 2016)]


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule not in (IDENTITIES, CHANGES)])
def test_what_a_rule_finds_short_is_what_was_planned_or_checked(short, rule):
    found = Counter((*whose, gap.rule) for whose, gaps in short.items() for gap in gaps if gap.rule == rule)
    checked = Counter((row["agency"], int(row["year"]), row["rule"]) for row in listed(CHECKED))
    expected = Counter({key: count for key, count in (planned() + checked).items() if key[2] == rule})
    assert found == expected


def test_the_gaps_beside_the_plan_are_those_of_the_list(short):
    found = {(*whose, gap.rule, gap.item or "") for whose, gaps in short.items() for gap in gaps}
    checked = {(row["agency"], int(row["year"]), row["rule"], row["item"]) for row in listed(CHECKED)}
    assert {row for row in checked if row[2] != CHANGES} <= found
    assert {row for row in found if row[2] == CHANGES} <= checked


def test_what_a_planned_gap_is_about_is_named(short, book):
    """The account, the class of aid or the kind of case, as flaws.csv names them."""
    for row in listed(DOCUMENTS / "flaws.csv"):
        if row["scope"] != "gap" or row["rule"] not in ("G03", "G15", "G18"):
            continue
        agency, year, _ = row["file"].split("/")
        told = [f"{gap.item} {gap.evidence}" for gap in short[agency, int(year)] if gap.rule == row["rule"]]
        name = row["what"].split("“")[-1].split("”")[0]
        named = {"G03": name, "G15": "行政复议", "G18": book.indicators[row["indicator"]].name_zh}[
            row["rule"]
        ]
        assert any(named in one for one in told), row


def test_the_late_report_of_2020_is_found_with_both_dates(short):
    (gap,) = [gap for gap in short["示例县民政局", 2020] if gap.rule == "G01"]
    assert (gap.severity, gap.basis_kind) == ("red", "法规")
    assert gap.evidence == "2021-02-09 公布，晚于 2021-01-31（9 天）"


def test_all_other_reports_of_the_county_are_in_time(verdicts):
    late = {(agency, year) for agency, year, rule in planned() if rule == "G01"}
    for whose, gaps in verdicts.items():
        told = {gap.verdict for gap in gaps if gap.rule == "G01"}
        assert told in ({"short"} if whose in late else {"met"}, set()), whose


def test_what_became_of_every_promise_is_told_right(county, book):
    outcome = {"yes": KEPT, "no": BROKEN}
    wrong = []
    for row in listed(DOCUMENTS / "promises.csv"):
        agency, year, _ = row["file"].split("/")
        told = {one.topic: one for one in promises(county, book, agency, int(year))}
        if row["topic"] not in told or told[row["topic"]].outcome != outcome[row["kept"]]:
            wrong.append(row)
    assert wrong == []


def test_a_promise_names_both_figures_and_their_facts(county, book):
    told = [one for one in promises(county, book, "示例县民政局", 2022) if one.topic == "政策解读"]
    assert [(one.outcome, one.before, one.later_year, one.after) for one in told] == [(KEPT, 4, 2023, 5)]
    assert len(told[0].facts) >= 3
    assert {one.year for one in promises(county, book, "示例县民政局")} >= {2012, 2019, 2024}


def test_nothing_internal_is_red_and_no_gap_of_it_stands_above_the_law(verdicts):
    for gaps in verdicts.values():
        assert [gap for gap in gaps if gap.basis_kind == "内部参考" and gap.severity == "red"] == []
        assert all(gap.severity == "info" for gap in gaps if gap.verdict != "short")
