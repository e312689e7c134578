"""Requests and lost cases: backlog, disclosure rate, what is not held."""

import pytest

from ..small_databases import line
from .reports import requests, verdicts


@pytest.mark.parametrize(
    ("new", "left", "verdict"),
    [(20, 4, "met"), (20, 5, "short"), (25, 5, "met"), (100, 20, "met"), (100, 21, "short")],
)
def test_a_backlog_needs_both_a_share_and_five_cases(put, new, left, verdict):
    assert verdicts(put(2022, "G12", *requests(2022, new, 0, left))) == [(verdict, None)]


def test_a_backlog_that_rises_two_years_running_is_short_and_so_grows(put):
    lines = [*requests(2020, 90, 0, 4), *requests(2021, 90, 4, 5), *requests(2022, 90, 5, 6)]
    (gap,) = put(2022, "G12", *lines)
    assert (gap.verdict, gap.severity, gap.is_worse, gap.is_repeated) == ("short", "amber", True, False)
    assert "连续两年增加（4、5、6 件）" in gap.evidence


@pytest.mark.parametrize(
    ("total", "granted", "partial", "verdict"),
    [(29, 1, 0, "not_applicable"), (30, 11, 0, "short"), (30, 11, 1, "met"), (100, 40, 0, "met")],
)
def test_the_disclosure_rate_has_a_guard_of_thirty(put, total, granted, partial, verdict):
    lines = requests(2022, total, 0, 0, total, granted=granted, partial=partial)
    (gap,) = put(2022, "G13", *lines)
    assert (gap.verdict, gap.severity) == (verdict, "info")


def test_a_blank_row_of_what_was_disclosed_is_no_zero(put):
    told = [
        line(2022, "req.outcome.total", 40, group="total"),
        line(2022, "req.outcome.partial", 3, group="total"),
    ]
    blank = line(2022, "req.outcome.granted", "", group="total", status="blank")
    assert verdicts(put(2022, "G13", *told, blank)) == [("no_figure", None)]
    assert verdicts(put(2022, "G13", *told)) == [("no_figure", None)]


def test_a_share_of_concluded_cases_needs_all_their_rows(put):
    lines = [line(2022, "review.corrected", 2), line(2022, "review.upheld", 10)]
    (gap,) = put(2022, "G15", *lines)
    assert gap.evidence == "结果纠正 2 件"
    (gap,) = put(2022, "G15", *lines, line(2022, "review.other", 8))
    assert gap.evidence == "结果纠正 2 件，占审结 20 件的 10.0%"


def test_a_disclosure_rate_that_falls_is_short_on_the_same_form_only(put):
    after = requests(2022, 100, 0, 0, 100, granted=50, partial=0)
    before = requests(2021, 100, 0, 0, 100, granted=70, partial=0)
    assert verdicts(put(2022, "G13", *after, *before)) == [("short", None)]
    other_form = [told.replace(",2021,2021,", ",2021,2019,") for told in before]
    assert verdicts(put(2022, "G13", *after, *other_form)) == [("met", None)]


@pytest.mark.parametrize(
    ("total", "part", "verdict"), [(19, 19, "not_applicable"), (20, 8, "met"), (20, 9, "short")]
)
def test_not_held_needs_twenty_cases(put, total, part, verdict):
    cells = [line(2022, "req.outcome.total", total, group="total")]
    cells += [line(2022, "req.outcome.unable.not_held", part, group="total")]
    assert verdicts(put(2022, "G14", *cells)) == [(verdict, None)]


def test_each_kind_of_lost_case_is_named_and_a_blank_is_not_none(put):
    lost = [line(2022, "review.corrected", 1), line(2022, "lit.direct.corrected", 0)]
    assert verdicts(put(2022, "G15", *lost)) == [("short", "行政复议")]
    blank = [line(2022, "review.corrected", "", status="blank")]
    assert verdicts(put(2022, "G15", *blank)) == [("no_figure", None)]
    assert verdicts(put(2022, "G15", *blank, line(2022, "review.total", 0))) == [("met", None)]
