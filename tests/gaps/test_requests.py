"""Requests and lost cases: backlog, disclosure rate, what is not held."""

import pytest

from dashboard import intake
from dashboard.build import build
from dashboard.gaps import evaluate
from dashboard.store import Store

from ..small_databases import AGENCY, line
from .reports import REPORT, requests, verdicts


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


def on_the_form_of_2014(completed, **told):
    cells = {"completed": completed} | told
    return [line(2018, f"req.{name}", value, edition="2014") for name, value in cells.items()]


@pytest.mark.parametrize(
    ("told", "verdict"),
    [
        ({"ontime": 7, "extended": 3}, "met"),
        ({"ontime": 7, "extended": 2}, "undecided"),
        ({"ontime": 10}, "met"),
        ({"ontime": 7}, "no_figure"),
        ({}, "no_figure"),
    ],
)
def test_requests_that_ended_neither_in_time_nor_extended_may_be_overdue(put, told, verdict):
    assert verdicts(put(2018, "G11", *on_the_form_of_2014(10, **told))) == [(verdict, None)]
    assert verdicts(put(2018, "G11", *on_the_form_of_2014(0, ontime=0, extended=0))) == [("met", None)]


def test_since_2019_the_text_may_tell_how_many_ended_in_time(put):
    counts = [line(2022, "req.ontime", 8), line(2022, "req.extended", 2)]
    assert verdicts(put(2022, "G11", *requests(2022, 10, 0, 0, 10), *counts)) == [("met", None)]
    assert verdicts(put(2022, "G11", *requests(2022, 11, 0, 0, 11), *counts)) == [("undecided", None)]
    assert verdicts(put(2022, "G11", *requests(2022, 10, 0, 0, 10))) == [("no_figure", None)]


def test_without_a_request_nothing_can_be_overdue(put):
    (gap,) = put(2022, "G11", *requests(2022, 0, 0, 0))
    assert (gap.verdict, gap.evidence) == ("not_applicable", "本年没有应当答复的申请")
    assert verdicts(put(2022, "G11", *requests(2022, 0, 1, 1))) == [("no_figure", None)]


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("全年收到政府信息公开申请2件，均在法定期限内答复。", "met"),
        ("全年收到政府信息公开申请2件，已全部按期办结。", "met"),
        ("申请按时答复率100%。", "met"),
        ("全年收到申请2件，其中1件在法定期限内答复。", "no_figure"),
        ("全年收到申请2件，未能均在法定期限内答复。", "no_figure"),
        ("平台留言申请均在法定期限内答复。", "no_figure"),
        ("建议提案均在规定期限内办结。", "no_figure"),
    ],
)
def test_the_reports_own_word_that_all_requests_were_answered_in_time(
    folder, book, tmp_path, sentence, verdict
):
    path = tmp_path / "report.txt"
    text = REPORT.format(year=2022, head="", end="").replace("主动公开政府信息12条。", sentence)
    path.write_text(text, "utf-8")
    intake.add(path, folder, AGENCY, 2022)
    build(folder)
    (gap,) = [gap for gap in evaluate(Store(folder), book, AGENCY, 2022) if gap.rule == "G11"]
    assert gap.verdict == verdict
    assert ("未逐件核对日期" in gap.evidence) == (verdict == "met")


@pytest.mark.parametrize(("new", "verdict"), [(0, "not_applicable"), (2, "met"), (3, "no_figure")])
def test_fewer_than_three_requests_are_no_cluster(put, new, verdict):
    assert verdicts(put(2022, "G16", *requests(2022, new, 0, 0))) == [(verdict, None)]


def test_without_the_number_of_requests_a_cluster_stays_unknown(put):
    assert verdicts(put(2022, "G16", line(2022, "proactive.total", 3))) == [("no_figure", None)]


def test_without_a_document_no_interpretation_is_late(put):
    (gap,) = put(2022, "G10", line(2022, "proactive.normdocs.issued", 0))
    assert (gap.verdict, gap.evidence) == (
        "not_applicable",
        "制发行政规范性文件 0 件，没有须解读的文件",
    )
    assert verdicts(put(2022, "G10", line(2022, "proactive.normdocs.issued", 1))) == [("no_figure", None)]


def test_decisions_to_hold_against_the_other_report_are_named_with_their_sources(put):
    gaps = put(2022, "G28", line(2022, "proactive.penalty.decisions", 7))
    (gap,) = [gap for gap in gaps if gap.name == "行政执法数据与统计年报核对"]
    assert gap.verdict == "no_figure"
    assert gap.evidence.endswith("（本报告：行政处罚处理决定 7 件）")
    assert len(gap.facts) == 1
