"""Rules of the statistics sheets of 2008 and 2014."""

import pytest

from .facts import cell, column, sheet

#: Rules of the statistics sheets: (edition, rule, severity, figures that keep it, that break it).
SHEETS = [
    ("2014", "B-01", "error", ("req.new", 9), {"req.via.inperson": 2, "req.via.fax": 0, "req.via.online": 6, "req.via.other": 1}, {"req.via.online": 5}),
    ("2014", "B-01", "warning", ("req.new", 9), {"req.via.inperson": 2, "req.via.online": 7}, {"req.via.online": 6}),
    ("2014", "B-01", "error", ("req.new", 9), {"req.via.inperson": 2, "req.via.online": 7}, {"req.via.online": 8}),
    ("2014", "B-02", "error", ("req.completed", 8), {"req.ontime": 7, "req.extended": 1}, {"req.extended": 2}),
    ("2014", "B-04", "error", ("req.outcome.denied", 3), {"req.outcome.denied.state_secret": 1, "req.outcome.denied.privacy": 2}, {"req.outcome.denied.privacy": 1}),
    ("2014", "B-04", "warning", ("req.outcome.denied", 3), {"req.outcome.denied.state_secret": 1, "req.outcome.denied.privacy": 2}, {"req.outcome.denied.privacy": 3}),
    ("2014", "B-05", "warning", ("req.new", 5), {"req.completed": 5}, {"req.completed": 6}),
    ("2014", "B-06", "info", ("req.outcome.total", 5), {"req.completed": 5}, {"req.completed": 6}),
    ("2014", "B-07", "info", ("proactive.total", 10), {"channel.gazette.posts": 0, "channel.website.posts": 9, "channel.weibo.posts": 0, "channel.wechat.posts": 4, "channel.other.posts": 0}, {"channel.wechat.posts": 0}),
    ("2014", "B-08", "error", ("respond.press_conf", 2), {"respond.press_conf.leader": 2}, {"respond.press_conf.leader": 3}),
    ("2014", "B-08", "error", ("respond.online_interview", 0), {"respond.online_interview.leader": 0}, {"respond.online_interview.leader": 1}),
    ("2014", "B-09", "error", ("org.staff", 4), {"org.staff.fulltime": 1, "org.staff.parttime": 3}, {"org.staff.fulltime": 2}),
    ("2014", "B-10", "warning", ("training.courses", 2), {"training.trainees": 60}, {"training.trainees": 0}),
    ("2014", "T2-15", "warning", ("proactive.total", 6), {"proactive.normdocs.made": 9, "proactive.normdocs.disclosed_new": 6}, {"proactive.normdocs.disclosed_new": 7}),
    ("2014", "T2-15", "warning", ("proactive.normdocs.made", 2), {"proactive.total": 9, "proactive.normdocs.disclosed_new": 2}, {"proactive.normdocs.disclosed_new": 3}),
    ("2014", "T4-08", "error", ("review.total", 3), {"review.upheld": 2, "review.corrected": 0, "review.other": 1}, {"review.other": 0}),
    ("2014", "T4-08", "error", ("lit.total", 3), {"lit.upheld": 2, "lit.corrected": 1, "lit.other": 0}, {"lit.other": 1}),
    ("2014", "T3-04", "error", ("req.new", 3), {"complaints": 0, "fee.charged": "0.5"}, {"complaints": "0.5"}),
    ("2008", "A-01", "error", ("req.new", 6), {f"req.via.{way}": 1 for way in ("inperson", "fax", "email", "online", "mail", "other")}, {"req.via.fax": 2}),
    ("2008", "A-01", "error", ("req.outcome.total", 6), {"req.outcome.granted": 3, "req.outcome.partial": 1, "req.outcome.denied": 2, "req.outcome.unable.unclear": 2}, {"req.outcome.partial": 0}),
    ("2008", "A-01", "error", ("req.outcome.denied", 4), {"req.outcome.total": 4, "req.outcome.denied.not_gov_info": 1, "req.outcome.unable.nonexistent": 1, "req.outcome.denied.exempt_3": 1, "req.outcome.denied.misc": 1}, {"req.outcome.denied.exempt_3": 0}),
]  # fmt: skip


@pytest.mark.parametrize("case", SHEETS, ids=lambda case: " ".join(case[:3]))
def test_a_rule_of_the_statistics_sheets(on_sheet, found, case):
    """Kept: nothing. Broken: its severity. On another form the same cells are not put to it."""
    edition, rule, severity, whole, kept, broken = case
    rows = {whole[0]: whole[1], **kept}
    assert on_sheet(rule, edition, rows) == []
    assert [said for said, _ in on_sheet(rule, edition, rows | broken)] == [severity]
    on_another_form = {name for name, _, _ in found(sheet(rows | broken), edition="2021")}
    assert rule == "T3-04" or rule not in on_another_form


REPLIES = {
    "req.outcome.total": 30,
    "req.outcome.already_public": 3,
    "req.outcome.granted": 6,
    "req.outcome.partial": 7,
    "req.outcome.denied": 1,
    "req.outcome.denied.privacy": 1,
    "req.outcome.unable.not_own_agency": 1,
    "req.outcome.unable.nonexistent": 10,
    "req.outcome.other_route": 1,
}


def test_thirty_replies_of_which_twenty_nine_are_listed(on_sheet):
    """3 + 6 + 7 + 1 + 1 + 10 + 1 = 29: off by one, and three ways to mend it are named of those there are.

    不同意公开 is no way: its own sum holds. The total, the six other filled rows and 更改补充 (0) are.
    """
    ((severity, message),) = on_sheet("B-03", "2014", REPLIES)
    assert severity == "error"
    formula = "三（三）申请答复数：30 ≠ 3 + 6 + 7 + 1 + 1 + 10 + 1，各项相加为 29，差 1 件；按原文不成立"
    first = "三（三）申请答复数由 30 改为 29 或 三（三）1．属于已主动公开范围数由 3 改为 4"
    ways = f"最小改动（改 1 格，共 8 种改法，此列 3 种）：{first} 或 三（三）2．同意公开答复数由 6 改为 7"
    assert message == f"{formula}；{ways}"
    assert on_sheet("B-03", "2014", REPLIES | {"req.outcome.total": 29}) == []


def test_a_softer_verdict_says_why(on_sheet):
    ((severity, message),) = on_sheet("B-01", "2014", {"req.new": 9, "req.via.online": 8})
    assert severity == "warning"
    assert "三（一）收到申请数：9 ≠ 8，差 1 件；表中没有“其他形式申请数”一行，差额可能在此" in message
    assert "最小改动" not in message
    reasons = {"req.outcome.denied.state_secret": 2, "req.outcome.denied.privacy": 2}
    ((severity, message),) = on_sheet("B-04", "2014", {"req.outcome.denied": 3, **reasons})
    assert severity == "warning"
    assert "一件答复可有数条理由" in message


def test_a_blank_total_is_not_taken_from_parts_that_may_not_be_all_of_it(on_sheet):
    """Reasons may count twice, and a sheet without 其他形式 lacks a way; 申请答复数 follows from its eight rows."""
    reasons = {"req.outcome.denied": None, "req.outcome.denied.privacy": 2}
    assert on_sheet("B-04", "2014", reasons) == []
    assert on_sheet("B-01", "2014", {"req.new": None, "req.via.online": 8}) == []
    ((severity, message),) = on_sheet("B-03", "2014", REPLIES | {"req.outcome.total": None})
    assert severity == "warning"
    assert "三（三）申请答复数应为 29；最小改动：补填这 1 格" in message


def test_reasons_are_not_added_up_where_sheets_print_others(on_sheet):
    """Of later sheets it is not known which reasons stand below 否决 and which beside it."""
    values = {"req.outcome.denied": 5, "req.outcome.total": 9, "req.new": 9, "req.via.online": 9}
    assert len(on_sheet("A-01", "2008", values)) == 2
    assert on_sheet("A-01", "2008", values | {"req.outcome.not_processed.duplicate": 1}) == []


@pytest.mark.parametrize(
    ("year", "fee", "expected"),
    [
        (2016, "0.5", None),
        (2017, 0, None),
        (2017, "0.5", "请核对是否都在 4 月以前收取"),
        (2018, "0.5", "已停征，仍填有金额"),
        (2018, 0, None),
        (2018, None, None),
    ],
)
def test_fees_for_requests_ended_in_april_2017(on_sheet, year, fee, expected):
    said = on_sheet("B-11", "2014", {"fee.charged": fee}, year)
    assert [severity for severity, _ in said] == (["warning"] if expected else [])
    assert all(expected in message for _, message in said)


def test_cases_without_any_request_done_ask_for_a_reason(found, on_sheet):
    """A suit against no reply, or against a decision of last year, is possible: a warning, not an error."""
    case = [cell("review.total", 2, table="4"), cell("lit.direct.total", 0, table="4")]

    def rules_of(done):
        told = found([*case, *column("total", outcome__total=done)])
        return [(severity, message) for rule, severity, message in told if rule == "T4-06"]

    ((severity, message),) = rules_of(0)
    assert severity == "warning"
    assert message.endswith("行政复议：总计 2，（七）总计 总计列 0")
    assert rules_of(1) == rules_of(None) == []
    assert [severity for severity, _ in on_sheet("T4-06", "2014", {"lit.total": 1})] == ["warning"]
