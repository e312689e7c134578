"""Findings between years and ledgers of the example county."""

import csv
import json

import pandas as pd
import pytest

from dashboard import gaps, queries
from dashboard.build import build
from dashboard.cli import main
from dashboard.paths import PROJECT, DataFolder
from dashboard.rows import ids, records
from dashboard.store import Store

from ..small_databases import AGENCY
from .reports import RULES


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    """The shipped data, built in a folder of its own."""
    root = tmp_path_factory.mktemp("county")
    for name in ("documents", "figures"):
        (root / name).symlink_to(PROJECT / "data" / name)
    folder = DataFolder(root)
    build(folder)
    return folder


def listed(name):
    with (PROJECT / "data" / "documents" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_flaw_between_years_is_found_in_the_county_and_nothing_else_is_held_against_it(county):
    """At its cell, in the later report; real figures among the shipped ones are clean."""
    store = Store(county)
    shown = set()
    for agency in queries.agencies(store)["name"]:
        reports = {
            row["year"]: row["file"] for row in records(queries.reports(store, agency)) if row["speaks"]
        }
        for row in records(queries.findings(store, agency)):
            if row["rule"].startswith(RULES) and row["severity"] != "info":
                cells = records(queries.evidence(store, ids(row["fact_ids"])))
                told = next(cell for cell in cells if cell["year"] == row["year"])
                groups = {name["name_zh"]: name["code"] for name in groups_of(store)}
                shown.add(
                    (
                        reports[row["year"]],
                        row["rule"],
                        told["indicator"],
                        groups.get(told["group_label"], ""),
                    )
                )
    assert shown == {
        (row["file"], row["rule"], row["indicator"], row["group"])
        for row in listed("flaws.csv")
        if row["scope"] == "years"
    }


def groups_of(store):
    return records(
        store.cursor().execute("select code, name_zh from applicant_group where group_id > 0").df()
    )


def test_the_gap_rule_on_identities_judges_what_is_found_between_years(county, book):
    """Land 2022: carried in is one more than was carried out. The total is an error, one column a warning."""
    judged = gaps.evaluate(Store(county), book, "示例县自然资源和规划局", 2022)
    items = [(gap.item, gap.severity) for gap in judged if gap.rule == "G02" and gap.verdict == "short"]
    assert sorted(item for item in items if item[0].startswith("T3-")) == [
        ("T3-05", "red"),
        ("T3-06", "amber"),
    ]


def test_ledgers_of_the_county_have_one_row_for_each_year_and_what_it_is_of(county):
    store = Store(county)
    for agency in queries.agencies(store)["name"]:
        requests = queries.ledger(store, agency, 2012, 2025)
        assert not requests.duplicated(["year", "group"]).any()
        assert not queries.stock_ledger(store, agency, 2012, 2025).duplicated(["year", "stock"]).any()


def test_the_command_prints_the_ledger_and_fails_where_years_do_not_join_up(county, capsys):
    asked = ["--data", str(county.root), "ledger", "--agency", "example-natural-resources"]
    assert main([*asked, "--year", "2022"]) == 1
    table = capsys.readouterr().out.splitlines()
    assert table[0].split() == [
        "年度",
        "申请人",
        "上年结转",
        "新收",
        "办结",
        "结转下年",
        "上年报告结转",
        "差",
        "核对",
    ]
    assert table[-1].split() == ["2022", "总计", "11", "88", "87", "12", "10", "1", "不符"]
    assert main([*asked, "--year", "2023", "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["verdict"] for row in rows] == ["matches"] * 7


def test_the_command_lists_stocks_and_says_why_one_cannot_be_checked(county, capsys):
    asked = ["--data", str(county.root), "ledger", "--agency", AGENCY, "--stocks"]
    assert main(asked) == 0
    told = capsys.readouterr().out
    assert (
        "2023    行政规范性文件：现行有效件数          15      1     0     16      18          2     不符"
        in told
    )
    assert "无法核对（2020 年表式未设此项）" in told


def test_the_command_names_what_is_near_an_agency_it_does_not_have(county, capsys):
    assert main(["--data", str(county.root), "ledger", "--agency", "示例县教育"]) == 2
    assert "相近的有：示例县教育局" in capsys.readouterr().err


def test_a_blank_total_of_completed_requests_follows_from_its_parts(county):
    """A real report of 2020 leaves （七）总计 empty: 1 granted, and 1 came in."""
    rows = records(queries.ledger(Store(county), "定海区民政局", 2020, 2020))
    row = next(row for row in rows if row["group"] == "total")
    assert [row[name] for name in ("carried_in", "new", "completed", "carried_out")] == [0, 1, 1, 0]
    assert (row["completed_status"], row["balance"]) == ("derived", 0)


def test_a_missing_number_is_no_nought(county):
    """The table of that report is a picture: the text tells the totals, nothing tells the applicants."""
    rows = queries.ledger(Store(county), "示例县教育局", 2023, 2023).set_index("group")
    assert rows.loc["total", "carried_out"] == 2
    assert pd.isna(rows.loc["natural_person", "carried_out"])
