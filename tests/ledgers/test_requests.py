"""Requests and cases carried over from one report to the next."""

import shutil

import pytest

from dashboard import queries
from dashboard.rows import ids, records

from ..small_databases import AGENCY
from .reports import carried, found, ledger_row, line, stocks


def test_what_is_carried_in_is_what_was_carried_out(store):
    told = store(*carried(2022, carried_out=4), *carried(2023, carried_in=5))
    said = "上年结转（总计）：上年报告结转下年度 4 件，本年上年结转 5 件，差 1 件；请核对台账"
    assert found(told) == [(2023, "T3-05", "error", said)]
    assert found(store(*carried(2022, carried_out=4), *carried(2023, carried_in=4))) == []


def test_a_finding_between_years_shows_the_cells_of_both_reports(store):
    told = store(*carried(2022, carried_out=4), *carried(2023, carried_in=5))
    (row,) = [row for row in records(queries.findings(told, AGENCY)) if row["rule"] == "T3-05"]
    shown = records(queries.evidence(told, ids(row["fact_ids"])))
    assert [(one["year"], one["indicator"], one["value"]) for one in shown] == [
        (2023, "req.carried_in", 5),
        (2022, "req.carried_out", 4),
    ]


def test_one_column_that_does_not_join_up_is_named_as_that_column(store):
    told = store(
        line(2022, "req.carried_out", 3, group="enterprise"),
        line(2023, "req.carried_in", 1, group="enterprise"),
    )
    ((year, rule, severity, message),) = found(told)
    assert (year, rule, severity) == (2023, "T3-06", "warning")
    assert message.startswith("上年结转（商业企业）：上年报告结转下年度 3 件，本年上年结转 1 件，差 2 件；")


def test_a_missing_year_holds_nothing_against_the_next(store):
    assert found(store(*carried(2021, carried_out=4), *carried(2023, carried_in=9))) == []


@pytest.mark.parametrize("status", ["blank", "dash", "unreadable"])
def test_what_has_no_number_is_held_against_nothing(store, status):
    lines = [line(2022, "req.carried_out", "", group="total", status=status), *carried(2023, carried_in=9)]
    told = store(*lines)
    assert found(told) == []
    row = ledger_row(told, 2023)
    assert (row["verdict"], row["reason_year"], row["difference"]) == ("unknown", 2022, None)
    assert row["reason"] == ("blank" if status == "dash" else status)


def test_nothing_is_held_against_the_other_side_of_a_break(store):
    """Reviews are counted otherwise from 2024 on."""
    pending = [line(2023, "review.pending", 3), line(2024, "review.total", 0)]
    assert found(store(*pending)) == []
    ((_, row),) = stocks(store(*pending), 2024, "review.total")
    assert (row["verdict"], row["reason"], row["reason_year"]) == ("unknown", "break", 2024)


def test_a_break_of_one_agency_is_none_of_another(folder, store, pytestconfig):
    shutil.copytree(pytestconfig.rootpath / "data" / "codebook", folder.root / "codebook")
    with (folder.root / "codebook" / "breaks.csv").open("a", encoding="utf-8") as file:
        file.write("req.carried_in,示例县教育局,2022,2023,合并,两局合并,two offices merged,X\n")
    lines = [
        row
        for agency in (AGENCY, "示例县教育局")
        for row in (
            line(2022, "req.carried_out", 4, group="total", agency=agency),
            line(2023, "req.carried_in", 5, group="total", agency=agency),
        )
    ]
    told = store(*lines)
    assert [rule for _, rule, *_ in found(told)] == ["T3-05"]
    assert found(told, "示例县教育局") == []


def test_the_first_requests_carried_in_are_noted_against_the_sheet_before(store):
    """47 received and 42 closed in 2018: 5 should be carried into 2019."""
    sheet = [line(2018, "req.new", 47, edition="2014"), line(2018, "req.completed", 42, edition="2014")]

    def year_after(value):
        return line(2019, "req.carried_in", value, edition="2019", group="total")

    assert found(store(*sheet, year_after(5))) == []
    assert [row[:3] for row in found(store(*sheet, year_after(6)))] == [(2019, "T3-12", "info")]


def test_cases_pending_last_year_are_among_those_of_this_year(store):
    assert found(store(line(2021, "review.pending", 2), line(2022, "review.total", 2))) == []
    ((year, rule, severity, message),) = found(
        store(line(2021, "review.pending", 2), line(2022, "review.total", 1))
    )
    assert (year, rule, severity) == (2022, "T4-04", "warning")
    assert message.startswith("行政复议总计：上年报告尚未审结 2 件，本年总计 1 件，少 1 件；")


def test_no_more_suits_follow_reviews_than_reviews_were_concluded(store):
    ended = [
        line(year, f"review.{end}", value)
        for year, values in ((2021, (1, 0, 0)), (2022, (0, 1, 0)))
        for end, value in zip(("upheld", "corrected", "other"), values, strict=True)
    ]
    assert found(store(*ended, line(2022, "lit.after_review.total", 2))) == []
    ((_, rule, severity, message),) = found(store(*ended, line(2022, "lit.after_review.total", 3)))
    assert (rule, severity) == ("T4-05", "warning")
    assert "上年报告行政复议维持 1 件、行政复议纠正 0 件" in message
