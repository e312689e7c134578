"""Districts: who has not reported, what the checks found, and sums that hide nothing."""

import shutil
import tempfile
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import queries
from dashboard.build import build
from dashboard.paths import PROJECT, DataFolder
from dashboard.store import Store

from .small_databases import built

COUNTY = "示例省示例市示例县"
AGENCIES = [
    "示例县人民政府办公室",
    "示例县民政局",
    "示例县教育局",
    "示例县卫生健康局",
    "示例县自然资源和规划局",
    "示例县市场监督管理局",
]
REASONS = [
    *("blank", "dash", "unquantified", "unreadable"),
    *("not_asked", "not_comparable", "not_entered", "not_stated", "no_report"),
]


def line(agency, indicator, value, *, group="", status="", edition="2021", year=2023, source="table"):  # noqa: PLR0913 - the columns of the file
    return f"{agency},{year},{edition},{indicator},{group},,{value},{status},,{source},,"


@pytest.fixture
def store(folder):
    return lambda *lines: built(folder, lines)


@pytest.fixture(scope="module")
def county():
    """All that is shipped."""
    folder = DataFolder(PROJECT / "data")
    with tempfile.TemporaryDirectory() as root:
        copy = DataFolder(Path(root))
        for name in ("figures", "documents"):
            (copy.root / name).symlink_to(getattr(folder, name))
        build(copy)
        yield Store(copy)


def cell(store, indicator, group=None, year=2023, region=COUNTY):
    sums = queries.district_sum(store, region, year)
    same = sums["group"].isna() if group is None else sums["group"] == group
    (row,) = sums[(sums["indicator"] == indicator) & same].to_dict("records")
    return row


def without(row):
    return {name: row[name] for name in REASONS if row[name]}


# Sums


def test_a_sum_adds_printed_numbers_and_counts_what_is_not_in_it(store):
    """2 + 5 of six agencies; one cell blank, one a dash, one not readable, one agency without a report."""
    given_cells = [(2, ""), (5, ""), ("", "blank"), ("", "dash"), ("", "unreadable")]
    lines = [
        line(agency, "req.new", value, group="total", status=status)
        for agency, (value, status) in zip(AGENCIES, given_cells, strict=False)
    ]
    row = cell(store(*lines), "req.new", "total")
    assert (row["value"], row["agencies"], row["numbers"]) == (7, 6, 2)
    assert without(row) == {"blank": 1, "dash": 1, "unreadable": 1, "no_report": 1}


def test_a_cell_without_any_number_has_no_sum_and_a_printed_0_is_one(store):
    database = store(
        line(AGENCIES[0], "req.new", "", group="total", status="blank"),
        line(AGENCIES[0], "req.new", 0, group="natural_person"),
    )
    assert pd.isna(cell(database, "req.new", "total")["value"])
    assert cell(database, "req.new", "natural_person")["value"] == 0


def test_a_blank_total_is_blank_in_the_sum_and_what_it_follows_to_stands_beside_it(store):
    parts = {"upheld": 2, "corrected": 1, "other": 0, "pending": 0}
    lines = [line(AGENCIES[0], f"review.{name}", value) for name, value in parts.items()]
    lines += [line(AGENCIES[0], "review.total", "", status="blank"), line(AGENCIES[1], "review.total", 4)]
    database = store(*lines)
    assert (cell(database, "review.total")["value"], cell(database, "review.total")["blank"]) == (4, 1)
    found = queries.district_cell(database, COUNTY, 2023, "review.total").set_index("agency")
    assert found.loc[AGENCIES[0], "derived_value"] == 3
    assert found.loc[AGENCIES[0], "status"] == "blank"


def test_a_report_on_another_form_is_added_only_where_that_form_asks_the_same(store):
    """A late report on the form of 2019 has penalties like the others, and no documents issued."""
    lines = [
        line(AGENCIES[0], "proactive.penalty.decisions", 3),
        line(AGENCIES[1], "proactive.penalty.decisions", 4, edition="2019"),
        line(AGENCIES[0], "proactive.normdocs.issued", 5),
    ]
    database = store(*lines)
    assert cell(database, "proactive.penalty.decisions")["value"] == 7
    issued = cell(database, "proactive.normdocs.issued")
    assert (issued["value"], issued["numbers"], issued["not_asked"]) == (5, 1, 1)


def test_a_figure_that_a_change_of_form_counts_otherwise_is_shown_and_not_added(folder):
    """With a break between the forms of 2019 and 2021 for what both of them ask."""
    shutil.copytree(PROJECT / "data" / "codebook", folder.root / "codebook")
    with (folder.codebook / "breaks.csv").open("a", encoding="utf-8") as file:
        file.write("req.new,,2020,2021,2021 表式,另有口径,otherwise counted,X\n")
    lines = [
        line(AGENCIES[0], "req.new", 2, group="total"),
        line(AGENCIES[1], "req.new", 30, group="total", edition="2019"),
    ]
    database = built(folder, lines)
    row = cell(database, "req.new", "total")
    assert (row["value"], without(row)) == (2, {"not_comparable": 1, "no_report": 4})
    parts = queries.district_cell(database, COUNTY, 2023, "req.new", "total")
    assert list(parts["raw"][:2]) == ["2", "30"]
    assert list(parts["status"][:2]) == ["reported", "not_comparable"]


def test_an_excerpt_that_lacks_the_cell_is_not_entered(store):
    row = cell(
        store(
            line(AGENCIES[0], "req.new", 3, group="total"),
            line(AGENCIES[1], "site.dynamics.posts", 3, source="narrative"),
        ),
        "req.new",
        "total",
    )
    assert (row["value"], without(row)) == (3, {"not_entered": 1, "no_report": 4})


def test_money_is_added_exactly(store):
    lines = [
        line(AGENCIES[0], "proactive.fees.amount", "0.1"),
        line(AGENCIES[1], "proactive.fees.amount", "0.2"),
    ]
    assert cell(store(*lines), "proactive.fees.amount")["value"] == 0.3


def test_a_row_that_may_be_missing_is_there_where_an_agency_fills_it(store):
    database = store(line(AGENCIES[0], "req.new", 3, group="total"))
    assert "req.outcome.other" not in set(queries.district_sum(database, COUNTY, 2023)["indicator"])
    assert queries.district_cell(database, COUNTY, 2023, "req.outcome.other", "total").empty


def test_the_report_of_a_government_is_not_added_to_those_of_its_departments(store):
    region = "浙江省舟山市"
    database = store(
        line("舟山市民政局", "req.new", 3, group="total"),
        line("舟山市人民政府", "req.new", 90, group="total"),
    )
    row = cell(database, "req.new", "total", region=region)
    assert (row["value"], row["agencies"]) == (3, 5)


def test_years_before_2021_have_the_cells_of_their_form(store):
    database = store(line(AGENCIES[0], "req.new", 3, edition="2014", year=2016))
    sums = queries.district_sum(database, COUNTY, 2016)
    assert cell(database, "req.new", year=2016)["value"] == 3
    assert set(sums["group"].dropna()) == set()
    assert len(sums) == len(sums[["indicator", "group"]].drop_duplicates())


def test_a_district_nobody_knows_has_nothing(store):
    database = store(line(AGENCIES[0], "req.new", 3, group="total"))
    for found in (
        queries.district_sum(database, "没有的县", 2023),
        queries.not_reported(database, "没有的县", 2023),
        queries.agency_checks(database, "没有的县", 2023),
        queries.district_agencies(database, "没有的县"),
        queries.district_cell(database, COUNTY, 2023, "没有.这一项"),
    ):
        assert found.empty


cells_of_agencies = st.lists(
    st.sampled_from([None, "blank", "dash", "unreadable"]) | st.integers(0, 10**6), min_size=6, max_size=6
)


@settings(max_examples=12, deadline=None)
@given(cells_of_agencies)
def test_a_sum_is_the_sum_of_its_parts_and_its_counts_are_the_agencies(values):
    """None: no report of the year."""
    lines = [line(AGENCIES[0], "proposals", 1, year=2010, source="narrative")]
    lines += [
        line(
            agency,
            "req.carried_in",
            "" if isinstance(value, str) else value,
            group="total",
            status=value if isinstance(value, str) else "",
        )
        for agency, value in zip(AGENCIES, values, strict=True)
        if value is not None
    ]
    with tempfile.TemporaryDirectory() as root:
        database = built(DataFolder(Path(root)), lines)
        row = cell(database, "req.carried_in", "total")
        parts = queries.district_cell(database, COUNTY, 2023, "req.carried_in", "total")
        sums = queries.district_sum(database, COUNTY, 2023)
    numbers = [value for value in values if isinstance(value, int)]
    assert (row["value"] if numbers else None) == (sum(numbers) if numbers else None)
    assert list(parts["agency"]) == AGENCIES
    assert parts["value"].sum() == sum(numbers)
    statuses = Counter(parts["status"])
    assert {name: statuses[name] for name in REASONS} == {name: row[name] for name in REASONS}
    assert (sums["numbers"] + sums[REASONS].sum(axis=1) == sums["agencies"]).all()


@pytest.mark.parametrize("year", range(2012, 2026))
def test_every_cell_of_the_county_is_the_sum_of_its_parts(county, year):
    """One row a cell; numbers and reasons are six; the facts of its parts are of that year and cell."""
    sums = queries.district_sum(county, COUNTY, year)
    assert len(sums) == len(sums[["indicator", "group"]].drop_duplicates()) > 0
    assert (sums["agencies"] == 6).all()
    assert (sums["numbers"] + sums[REASONS].sum(axis=1) == 6).all()
    assert (sums["value"].isna() == (sums["numbers"] == 0)).all()
    for row in sums.iloc[:: len(sums) // 4].to_dict("records"):
        group = None if pd.isna(row["group"]) else row["group"]
        parts = queries.district_cell(county, COUNTY, year, row["indicator"], group)
        assert parts["value"].sum() == (0 if pd.isna(row["value"]) else row["value"])
        facts = [int(fact) for fact in parts["fact_id"].dropna()]
        assert set(queries.evidence(county, facts)["year"]) <= {year}


def test_the_county_of_2023_has_five_readable_tables_of_requests(county):
    """教育局's table is a picture; 市场监督管理局 is on the form of 2019, which asks for requests alike."""
    row = cell(county, "req.new", "total")
    assert (row["value"], row["numbers"], without(row)) == (194, 5, {"not_stated": 1})
    issued = cell(county, "proactive.normdocs.issued")
    assert (issued["numbers"], without(issued)) == (5, {"not_asked": 1})


# Who has not reported


def test_agencies_without_a_report_are_named_and_excerpts_are_told_apart(store):
    database = store(
        line(AGENCIES[0], "req.new", 3, group="total"),
        line(AGENCIES[1], "req.new", 3, group="total", year=2021),
        line(AGENCIES[1], "req.new", 3, group="total", year=2024),
    )
    found = queries.not_reported(database, COUNTY, 2023)
    assert list(found["agency"]) == [*AGENCIES[1:], AGENCIES[0]]
    assert list(found["state"]) == ["no_report"] * 5 + ["excerpt"]
    assert [list(years) for years in found["years"]] == [[2021, 2024], [], [], [], [], [2023]]


def test_a_whole_report_is_not_listed_as_missing(county):
    assert list(queries.not_reported(county, COUNTY, 2016)["agency"]) == ["示例县教育局"]
    assert list(queries.not_reported(county, COUNTY, 2012)["agency"]) == ["示例县市场监督管理局"]
    assert queries.not_reported(county, COUNTY, 2023).empty


# Checks


def states(store, year=2023):
    found = queries.agency_checks(store, COUNTY, year)
    assert len(found) == len(found[["agency", "family"]].drop_duplicates())
    return {(row["agency"], row["family"]): row["state"] for row in found.to_dict("records")}


def test_the_worst_finding_of_a_family_is_its_state(store):
    """7 received, 5 ended, nothing carried on (T3-01, an error); a blank total (T4-01, a warning)."""
    lines = [
        *(
            line(AGENCIES[0], indicator, value, group="total")
            for indicator, value in (
                ("req.new", 7),
                ("req.carried_in", 0),
                ("req.outcome.total", 5),
                ("req.carried_out", 0),
            )
        ),
        *(
            line(AGENCIES[0], f"review.{name}", value)
            for name, value in {"upheld": 2, "corrected": 1, "other": 0, "pending": 0}.items()
        ),
        line(AGENCIES[0], "review.total", "", status="blank"),
        line(AGENCIES[0], "proactive.penalty.decisions", 3),
    ]
    found = states(store(*lines))
    told = {family: state for (agency, family), state in found.items() if agency == AGENCIES[0]}
    assert (told["T3"], told["T4"]) == ("error", "warning")
    assert (told["B"], told["A"], told["R"]) == ("not_tested",) * 3
    assert {state for (agency, _), state in found.items() if agency != AGENCIES[0]} == {"no_report"}


def test_a_family_with_nothing_found_is_met_only_where_it_had_something_to_test(store):
    found = states(store(line(AGENCIES[0], "proactive.penalty.decisions", 3)))
    told = {family: state for (agency, family), state in found.items() if agency == AGENCIES[0]}
    assert told == {"T2": "met"} | dict.fromkeys(("T3", "T4", "B", "A", "N", "R"), "not_tested")


def test_counts_of_the_county_are_those_of_its_findings(county):
    for year in (2012, 2016, 2020, 2023):
        checks = queries.agency_checks(county, COUNTY, year)
        for agency, rows in checks.groupby("agency"):
            found = queries.findings(county, agency, year)["severity"].value_counts()
            counted = rows[["errors", "warnings", "notes"]].sum()
            assert list(counted) == [found.get(name, 0) for name in ("error", "warning", "info")]


def test_a_report_on_another_form_is_not_tested_by_the_rules_of_this_one(county):
    found = states(county, 2016)
    assert found["示例县卫生健康局", "B"] == "error"
    assert found["示例县卫生健康局", "A"] == "not_tested"
    assert found["示例县教育局", "B"] == "no_report"
    assert states(county)["示例县教育局", "T3"] == "not_tested"  # its table is a picture
