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
