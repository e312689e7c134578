"""A year without a report is said to be missing, on every page and in every table."""

import re

import pytest

from dashboard.text import words

from .driving import DINGHAI, NAMES, metrics, open_page, plain, tables


@pytest.mark.parametrize("year", [2021, 2022])
@pytest.mark.parametrize("name", NAMES)
def test_a_missing_year_is_said_to_be_missing_and_has_no_number(served, name, year):
    """The answer has no number but years; no tile; a table or chart of another year names its year."""
    at = open_page(name, agency=DINGHAI, year=year)
    answer = plain(at.main.markdown[0].value)
    assert f"{year} 年年报未入库" in answer
    assert set(re.findall(r"\d+", answer)) <= {str(told) for told in range(2008, 2026)}
    assert metrics(at) == {}
    assert plain(at.main.caption[0].value).startswith(f"定海区民政局 · {year} 年年报未入库")


def test_missing_years_stay_missing_in_the_tables_of_later_years(served):
    coverage = next(
        table
        for table in tables(open_page("overview", opened=True, agency=DINGHAI, year=2024))
        if words("page.overview.column_state") in table.columns
    )
    states = dict(zip(coverage.iloc[:, 0].astype(int), coverage.iloc[:, 1], strict=True))
    assert {year: states[year] for year in range(2020, 2025)} == {
        2020: "全文",
        2021: "未入库",
        2022: "未入库",
        2023: "摘录",
        2024: "摘录",
    }
    at = open_page("requests", agency=DINGHAI, year=2024)
    ledger = next(table for table in tables(at) if words("ledger.carried_out") in table.columns)
    told = ledger[ledger[words("ledger.new")].notna()]
    assert told.iloc[:, 0].astype(int).tolist() == [2020, 2023, 2024]
    grid = next(
        table
        for table in tables(open_page("quality", agency=DINGHAI, year=2024))
        if words("page.quality.theme") in table.columns
    )
    assert set(grid["2021"]) | set(grid["2022"]) == {words("page.quality.not_in")}


def test_a_missing_year_has_its_gap_on_the_page_of_gaps_and_can_be_decided_on(served):
    at = open_page("gaps", agency=DINGHAI, year=2021)
    text = plain("\n".join(str(element.value) for element in at.main.markdown))
    assert "2021 年没有年报，前后年度均有" in text
    (chosen,) = [box for box in at.main.selectbox if box.label == words("page.gaps.states_choose")]
    assert [name.partition(" ")[2] for name in chosen.options] == ["缺年、缺项（2021 年年报）"]


def test_the_newest_year_of_the_district_is_offered_to_an_agency_without_its_report(served):
    """定海区民政局 has a report of 2024, 定海区发展和改革局 none after 2023."""
    at = open_page("gaps", agency="dinghai-development-reform")
    year = next(box for box in at.sidebar.selectbox if box.label == words("filter.year"))
    assert year.options[:2] == ["2024（未入库）", "2023"]
    assert year.value == 2023
    at = open_page("gaps", agency="dinghai-development-reform", year=2024)
    text = plain("\n".join(str(element.value) for element in at.main.markdown))
    assert "2024 年年报未入库，同区域其他机关已有入库" in text
    assert words("verdict.undecided") in text


@pytest.mark.parametrize("name", NAMES)
def test_the_newest_year_without_a_report_is_said_to_be_missing_on_every_page(served, name):
    at = open_page(name, agency="dinghai-development-reform", year=2024)
    assert not at.exception
    assert "2024 年年报未入库" in plain(at.main.markdown[0].value)
    assert metrics(at) == {}
