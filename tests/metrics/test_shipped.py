"""Metrics, growth and explained changes on the shipped figures and on what the example county's tables print."""

import csv
import shutil

import pandas as pd
import pytest

from dashboard import queries
from dashboard.build import build
from dashboard.paths import PROJECT, DataFolder
from dashboard.store import Store

from ..small_databases import built, line
from .asking import DENIED, told

DINGHAI = "定海区民政局"
OFFICE = "示例县人民政府办公室"
YEARS = range(2012, 2026)
NOT_PROCESSED = ("petition", "duplicate", "publication", "excessive", "reconfirm")
OTHER = ("not_clarified", "fee_unpaid", "misc")
UNABLE = {"2014": ("not_own_agency", "nonexistent")} | dict.fromkeys(
    ("2019", "2021"), ("not_held", "needs_creation", "unclear")
)


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    """The figures of real reports."""
    folder = DataFolder(tmp_path_factory.mktemp("shipped"))
    shutil.copytree(PROJECT / "data" / "figures", folder.figures)
    build(folder)
    return Store(folder)


def listed(name):
    with (PROJECT / "data" / "documents" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def cells():
    """What the county's tables print, by agency, year and edition: (indicator, group) -> value, None for no number."""
    reports = {
        row["file"]: (row["agency"], int(row["year"]), row["edition"])
        for row in listed("expected_reports.csv")
    }
    found = {key: {} for key in reports.values()}
    for row in listed("expected.csv"):
        if row["status"] != "absent":
            value = float(row["value"]) if row["value"] and row["status"] != "unreadable" else None
            found[reports[row["file"]]][row["indicator"], row["group"]] = value
    return found


@pytest.fixture(scope="module")
def county(cells, tmp_path_factory):
    """A database of those cells."""
    lines = [
        line(year, code, "" if value is None else value, group=group, edition=edition, status="blank" if value is None else "", agency=agency)
        for (agency, year, edition), printed in cells.items()
        for (code, group), value in printed.items()
    ]  # fmt: skip
    return built(DataFolder(tmp_path_factory.mktemp("county")), lines)


def test_the_posts_of_the_real_report_sit_in_one_account(shipped):
    frame = queries.metric(shipped, [DINGHAI], ["account_concentration", "effective_accounts"], 2020, 2020)
    assert [round(value, 3) for value in frame["value"]] == [0.738, 1.356]
    assert list(frame["n"]) == [260, 260]


def test_the_news_column_of_the_real_office_grew_by_a_third_a_year(shipped):
    """15 in 2020, 50 in 2024, 2021 and 2022 missing."""
    row = queries.growth(shipped, [DINGHAI], ["site.dynamics.posts"], 2020, 2024).iloc[0]
    assert told(row, "start_value", "end_value", "span") == (15, 50, 4)
    assert (round(row["cagr"], 1), list(row["missing_years"])) == (35.1, [2021, 2022])


def test_one_request_is_a_count_and_no_rate(shipped):
    row = queries.metric(shipped, [DINGHAI], ["completion"], 2020, 2020).iloc[0]
    assert told(row, "numerator", "n", "status", "is_shown", "is_derived") == (1, 1, "small_n", False, True)


def test_every_metric_answers_for_every_agency_and_year(shipped):
    """One row each, whatever is missing; a value exactly where the status has one; nothing below 10 is shown."""
    agencies, metrics = list(queries.agencies(shipped)["name"]), list(queries.metrics(shipped)["metric"])
    frame = queries.metric(shipped, agencies, metrics, 2014, 2025)
    assert (
        len(frame)
        == len(frame.drop_duplicates(["agency", "metric", "year"]))
        == len(agencies) * len(metrics) * 12
    )
    has_value = frame["status"].isin(["ok", "derived", "small_n"])
    assert (frame["value"].notna() == has_value).all()
    assert not frame[frame["is_shown"]]["value"].isna().any()
    rates = frame[frame["kind"] == "rate"]
    assert not (rates["is_shown"] & (rates["n"] < 10)).any()
    missing = frame[frame["status"] == "missing_input"]
    assert missing["missing"].map(len).min() > 0


def added(printed, codes):
    """The sum of cells of the total, None where any has no number or is not printed."""
    values = [
        printed.get((f"req.outcome.{code}", group))
        for code in codes
        for group in ("total", "")
        if (f"req.outcome.{code}", group) in printed
    ]
    return sum(values) if len(values) == len(codes) and None not in values else None  # fmt: skip


def by_hand(printed, edition):
    """The four outcome groups of a report, added up without the database."""
    is_sheet = edition == "2014"
    other = (
        ("other",) if ("req.outcome.other", "total") in printed else tuple(f"other.{name}" for name in OTHER)
    )
    return {
        "disclosed": added(
            printed, ("already_public", "granted", "partial") if is_sheet else ("granted", "partial")
        ),
        "denied": added(printed, ("denied",) if is_sheet else [f"denied.{name}" for name in DENIED]),
        "unable": added(printed, [f"unable.{name}" for name in UNABLE[edition]]),
        "other": added(
            printed,
            ("correction_notice", "other_route")
            if is_sheet
            else [*(f"not_processed.{name}" for name in NOT_PROCESSED), *other],
        ),
    }


def test_the_outcome_groups_of_the_county_are_those_added_up_by_hand(county, cells):
    """For six agencies, 2014 to 2025, on three forms, with the faults the reports have."""
    compared = 0
    for (agency, year, edition), printed in cells.items():
        if edition == "2008":
            continue
        expected = by_hand(printed, edition)
        frame = queries.harmonised_outcomes(county, agency, year, year).set_index("group")
        found = {group: told(frame.loc[group], "value")[0] for group in expected}
        assert found == expected, (agency, year)
        total = added(printed, ("total",))
        for group, value in expected.items():
            if value is not None and total:
                assert frame.loc[group, "share"] == pytest.approx(100 * value / total)
                compared += 1
    assert compared > 200


def test_shares_of_the_countys_office_make_up_the_whole_across_the_forms(county):
    frame = queries.harmonised_outcomes(county, OFFICE, 2014, 2025)
    whole = frame.groupby("year")["share"].agg(["sum", "count"])
    complete = whole[whole["count"] == 4]
    assert len(complete) >= 8
    assert list(complete["sum"]) == pytest.approx([100] * len(complete))
    both = frame[(frame["group"] == "disclosed") & frame["year"].isin([2018, 2019])]
    assert len(set(both["segment"])) == 1


def test_requests_of_the_county_go_where_they_came_from(county, cells):
    """In and out are the same in every column of every report, as far as its own figures are right."""
    balanced = 0
    for agency, year, edition in cells:
        if edition in ("2008", "2014"):
            continue
        frame = queries.outcome_flow(county, agency, year)
        assert not frame.duplicated(["group", "reason"]).any()
        counted = frame[~frame["is_whole"]].pivot_table("value", "group", "flow", "sum")
        balanced += int((counted["in"] == counted["out"]).sum())
        assert len(counted) == 7
    assert balanced >= 0.95 * 7 * sum(edition in ("2019", "2021") for _, _, edition in cells)


@pytest.mark.parametrize("indicator", ["req.outcome.total", "review.total", "org.staff"])
def test_the_parts_of_every_change_in_the_county_add_up(county, cells, indicator):
    for agency in dict.fromkeys(agency for agency, _, _ in cells):
        for year in YEARS[1:]:
            frame = queries.explain(county, agency, indicator, year)
            whole = frame[frame["split"] == "whole"]["change"].iloc[0]
            if pd.notna(whole):
                sums = frame.groupby("split")["change"].sum()
                assert set(sums.round(6)) == {round(whole, 6)}, (agency, year)
