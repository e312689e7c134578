"""Rules on the figures of one report: when they hold, when they fail, and what a blank leaves open."""

from dataclasses import replace
from decimal import Decimal

import pytest

from dashboard.checks import _KINDS, check
from dashboard.codebook_faults import RULE_KEYS
from dashboard.model import Fact, Reading

OLD, NEW = "示例县民政局-2020", "示例县民政局-2022"
AGENCY = "定海区水利局"


def cell(indicator, value, group=None, table="3"):
    """A table cell: a number, None for blank, "?" for one that could not be read."""
    status = {"?": "unreadable", None: "blank"}.get(value, "reported")
    number = Decimal(str(value)) if status == "reported" else None
    return Fact(indicator, group, None, number, status, str(value or ""), None, "table", {"table": table})


def sheet(values):
    """Cells of a statistics sheet, by their codes."""
    return [cell(code, value, table="S") for code, value in values.items()]


def told(indicator, value, unit="件", item=None, status="reported"):
    number = None if value is None else Decimal(str(value))
    return Fact(indicator, None, item, number, status, f"{value}{unit}", unit, "narrative", {})


def column(group, **values):
    """Cells of table 3 in one column; names are codes below req, "__" for a dot."""
    return [cell(f"req.{name.replace('__', '.')}", value, group) for name, value in values.items()]


@pytest.fixture
def found(book):
    """Findings of the rules on these facts, as (rule, severity, message).

    Without an edition no cell is missed: the facts are the whole report.
    """

    def findings(facts, agency=None, year=2020, sections=None, edition=None):
        reading = check(Reading(agency, year, edition, tuple(facts)), book, sections)
        return [(finding.rule, finding.severity, finding.message) for finding in reading.findings]

    return findings


@pytest.fixture
def rules(found):
    return lambda *arguments, **known: [rule for rule, _, _ in found(*arguments, **known)]


def test_every_kind_of_rule_is_known_to_the_codebook():
    assert set(_KINDS) == set(RULE_KEYS)


def test_a_sum_that_holds_files_nothing(rules):
    assert rules(column("total", outcome__total=1, outcome__granted=1, outcome__other=0)) == []


def test_a_sum_that_fails_is_an_error_with_its_numbers_and_the_smallest_edits(found):
    facts = column("total", outcome__total=3, outcome__granted=1, outcome__other=0)
    edits = [
        "（七）总计 总计列由 3 改为 1",
        "（一）予以公开 总计列由 1 改为 3",
        "（六）其他处理 总计列由 0 改为 2",
    ]
    message = f"（七）总计 总计列：3 ≠ 1，差 2 件；按原文不成立；最小改动：{' 或 '.join(edits)}"
    assert found(facts) == [("T3-02", "error", message)]


def test_a_sum_that_holds_only_with_blanks_as_zero_is_one_warning(found):
    facts = column("total", outcome__total=1, outcome__granted=1, outcome__partial=None, outcome__other=None)
    assert [(rule, severity) for rule, severity, _ in found(facts)] == [("T3-02", "warning")]
    assert "按原文有 2 格空白，不能核对；空白按 0 计成立" in found(facts)[0][2]


def test_a_sum_that_fails_even_with_blanks_as_zero_is_an_error(found):
    facts = column("total", outcome__total=3, outcome__granted=1, outcome__partial=None)
    assert [(rule, severity) for rule, severity, _ in found(facts)] == [("T3-02", "error")]
    assert "按原文有 1 格空白，空白按 0 计也不成立" in found(facts)[0][2]


def test_a_blank_total_follows_from_its_parts_and_the_other_rules_run_on_it(found):
    """1 new + 0 carried in = derived 1 + 0 carried out: the balance holds; with 5 new it does not."""
    parts = {"outcome__granted": 1, "outcome__other": 0, "outcome__total": None}
    holds = column("total", new=1, carried_in=0, carried_out=0, **parts)
    fails = column("total", new=5, carried_in=0, carried_out=0, **parts)
    assert [(rule, severity) for rule, severity, _ in found(holds)] == [("T3-02", "warning")]
    derived, balance = found(fails)
    assert (derived[0], derived[1]) == ("T3-02", "warning")
    assert balance[:2] == ("T3-01", "error")
    assert balance[2].startswith(
        "总计列：5 + 0 ≠ 1 + 0，差 4 件（第一项加第二项之和，等于第三项加第四项之和）；"
        "（七）总计 总计列未填，按各项相加应为 1；按原文不能核对，按推算的数不成立"
    )


def test_a_sum_without_a_single_number_says_nothing(rules):
    assert rules(column("total", outcome__total=None, outcome__granted=None)) == []


def test_an_unreadable_cell_leaves_its_sums_without_a_verdict(rules):
    assert rules(column("total", outcome__total=3, outcome__granted="?", outcome__partial=0)) == []


def test_a_row_is_summed_over_the_applicant_groups(found):
    facts = [
        cell("req.new", value, group)
        for value, group in ((2, "natural_person"), (1, "enterprise"), (4, "total"))
    ]
    assert [(rule, severity) for rule, severity, _ in found(facts)] == [("T3-03", "error")]
    assert "总计列：4 ≠ 2 + 1，各项相加为 3，差 1 件；按原文不成立" in found(facts)[0][2]


def test_the_smallest_edit_is_the_one_cell_that_mends_every_sum(read, document):
    """A slip in one cell of a full table breaks three sums; the one cell that mends them all is named."""
    text = document(NEW).decode()
    start = text.index("（一）予以公开")
    first = text.index("\n\t", start) + 2
    old = text[first : text.index("\n", first)]
    slipped = str(int(old) + 10)
    reading = read((text[:first] + slipped + text[first + len(old) :]).encode())
    errors = [finding for finding in reading.findings if finding.severity == "error"]
    assert {finding.rule for finding in errors} == {"T3-02", "T3-03"}
    edit = f"最小改动：三（一）予以公开 自然人列由 {slipped} 改为 {old}"
    assert all(error.message.endswith(edit) for error in errors)


def test_a_balance_is_an_error_when_its_sides_differ(found):
    ((rule, severity, message), *_) = found(
        column("total", new=50, carried_in=1, outcome__total=49, carried_out=1)
    )
    assert (rule, severity) == ("T3-01", "error")
    formula, edits = message.split("；最小改动")
    rule_says = "第一项加第二项之和，等于第三项加第四项之和"
    assert formula == f"总计列：50 + 1 ≠ 49 + 1，差 1 件（{rule_says}）；按原文不成立"
    assert edits.split(" 或 ")[0].endswith("一、本年新收政府信息公开申请数量 总计列由 50 改为 49")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"new": 5, "carried_in": 1, "outcome__total": None, "carried_out": 0}, []),
        ({"new": None, "carried_in": 1, "outcome__total": 6, "carried_out": 0}, []),
        ({"new": None, "carried_in": None, "outcome__total": 6, "carried_out": None}, []),
        ({"new": 5, "carried_in": None, "outcome__total": 5, "carried_out": None}, []),
        ({"new": 5, "carried_in": None, "outcome__total": 4, "carried_out": 0}, ["T3-01"]),
        ({"new": 5, "carried_in": "?", "outcome__total": 4, "carried_out": 0}, []),
    ],
)
def test_a_balance_is_broken_only_where_no_blank_can_hold_the_difference(rules, values, expected):
    """5 new + 1 against a blank total: the blank may be 6. 5 + a blank is at least 5, and 4 is less."""
    assert rules(column("total", **values)) == expected


#: (rule, severity, facts that keep it, facts that break it, facts that a blank leaves open)
COMPARISONS = [
    (
        "T2-01",
        "info",
        {"proactive.normdocs.made": 2, "proactive.normdocs.disclosed_new": 2},
        {"proactive.normdocs.made": 2, "proactive.normdocs.disclosed_new": 3},
        {"proactive.normdocs.made": None, "proactive.normdocs.disclosed_new": 3},
    ),
    (
        "T2-02",
        "error",
        {"proactive.rules.disclosed_new": 1, "proactive.rules.disclosed_total": 1},
        {"proactive.rules.disclosed_new": 2, "proactive.rules.disclosed_total": 1},
        {"proactive.rules.disclosed_new": 2, "proactive.rules.disclosed_total": None},
    ),
    (
        "T2-05",
        "warning",
        {
            "proactive.penalty.decisions": 3,
            "proactive.penalty.items_prev": 1,
            "proactive.penalty.items_change": 0,
        },
        {
            "proactive.penalty.decisions": 3,
            "proactive.penalty.items_prev": 0,
            "proactive.penalty.items_change": 0,
        },
        {
            "proactive.penalty.decisions": 3,
            "proactive.penalty.items_prev": 0,
            "proactive.penalty.items_change": None,
        },
    ),
    (
        "T2-06",
        "error",
        {"proactive.license.items_prev": 3, "proactive.license.items_change": -3},
        {"proactive.license.items_prev": 3, "proactive.license.items_change": -4},
        {"proactive.license.items_prev": None, "proactive.license.items_change": -4},
    ),
    (
        "T2-07",
        "warning",
        {"proactive.procurement.projects": 0, "proactive.procurement.amount": 0},
        {"proactive.procurement.projects": 2, "proactive.procurement.amount": 0},
        {"proactive.procurement.projects": 2, "proactive.procurement.amount": None},
    ),
    (
        "T2-09",
        "error",
        {"proactive.normdocs.issued": 3, "proactive.normdocs.in_force": 2, "proactive.normdocs.repealed": 1},
        {"proactive.normdocs.issued": 4, "proactive.normdocs.in_force": 2, "proactive.normdocs.repealed": 1},
        {
            "proactive.normdocs.issued": 4,
            "proactive.normdocs.in_force": 2,
            "proactive.normdocs.repealed": None,
        },
    ),
    ("T3-04", "error", {"review.upheld": 2}, {"review.upheld": -2}, {"review.upheld": None}),
    ("T3-04", "error", {"review.upheld": 2}, {"review.upheld": "1.5"}, {"review.upheld": None}),
    (
        "T3-04",
        "error",
        {"proactive.fees.amount": "2.5", "proactive.fees.items_prev": 1, "proactive.fees.items_change": -1},
        {"proactive.fees.amount": "-2.5"},
        {"proactive.fees.amount": None},
    ),
]


@pytest.mark.parametrize(("rule", "severity", "kept", "broken", "blank"), COMPARISONS)
def test_a_comparison(found, rule, severity, kept, broken, blank):
    """Kept: nothing. Broken: its severity, with every number in the message. Blank: nothing."""

    def findings(values):
        table = {"proactive": "2", "review": "4"}
        return found([cell(code, value, table=table[code.split(".")[0]]) for code, value in values.items()])

    assert findings(kept) == []
    ((told_rule, told_severity, message),) = findings(broken)
    assert (told_rule, told_severity) == (rule, severity)
    assert all(str(value) in message for value in broken.values())
    assert findings(blank) == []


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


@pytest.fixture
def on_sheet(book, found):
    """What a rule says of a whole sheet whose figures are 0 but for these: (severity, message)."""

    def said(rule, edition, values, year=2016):
        figures = {code: 0 for code, _ in book.editions[edition].required_cells} | values
        findings = found(sheet(figures), edition=edition, year=year)
        return [(severity, message) for name, severity, message in findings if name == rule]

    return said


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


def test_comparisons_of_table_three_run_in_each_column(rules):
    assert rules(column("enterprise", new=1, carried_in=0, carried_out=2)) == ["T3-07"]
    assert rules(column("enterprise", new=0, carried_in=0, carried_out=2)) == ["T3-07", "T3-08"]
    assert rules(column("enterprise", new=None, carried_in=0, carried_out=2)) == []


def test_more_carried_out_than_forty_working_days_bring_is_a_warning(rules):
    facts = {"carried_in": 50, "outcome__total": 0}
    assert "T3-09" in rules(column("total", new=100, carried_out=17, **facts))
    assert "T3-09" not in rules(column("total", new=100, carried_out=16, **facts))


def test_rules_on_agencies_need_to_know_the_agency(rules):
    """A department makes no 规章; whether this is one, only agencies.csv knows."""
    facts = [cell("proactive.rules.made", 2, table="2")]
    assert rules(facts, agency=AGENCY) == ["T2-11"]
    assert rules(facts, agency="舟山市人民政府") == []
    assert rules(facts, agency="没有听说过的局") == []
    assert rules(facts) == []
    fees = [cell("proactive.fees.amount", 20000, table="2")]
    assert rules(fees, agency=AGENCY) == ["T2-12"]
    assert rules(fees, agency="舟山市民政局") == []


FLAGS = {
    "T3-11": (
        {"new": 9, "outcome__not_processed__excessive": 1},
        {"new": 10, "outcome__not_processed__excessive": 1},
    ),
    "T3-13": (
        {"outcome__not_processed__petition": 6, "outcome__total": 10},
        {"outcome__not_processed__petition": 5, "outcome__total": 10},
    ),
}


@pytest.mark.parametrize("flag", FLAGS)
def test_a_flag_needs_all_its_conditions(rules, flag):
    met, missed = FLAGS[flag]
    assert flag in rules(column("total", **met))
    assert flag not in rules(column("total", **missed))


def test_review_before_a_suit_is_asked_about_from_2024_on(rules):
    facts = [
        cell("lit.direct.total", 1, table="4"),
        *column("total", outcome__denied__state_secret=1, outcome__total=1),
    ]
    assert "T4-07" in rules(facts, year=2024)
    assert "T4-07" not in rules(facts, year=2023)
    assert "T4-07" not in rules(facts, year=None)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ([("welfare", 20), ("welfare.tekun", 12), ("welfare.temporary", 8)], []),
        ([("welfare", 26), ("finance.budget", 6), ("welfare.tekun", 12), ("welfare.temporary", 8)], []),
        ([("welfare", 20), ("finance.budget", 6), ("welfare.tekun", 12), ("welfare.temporary", 8)], []),
        ([("welfare", 77), ("welfare.tekun", 12), ("welfare.temporary", 8)], ["N-01"]),
        ([("welfare", 77)], []),
        ([("welfare.tekun", 12)], []),
        ([("welfare", 24), ("welfare.dibao.basic", 12), ("welfare.dibao.marginal", 12)], []),
        ([("proposals", 9), ("proposals.npc", 4), ("proposals.cppcc", 3), ("proposals.party", 2)], []),
        ([("proposals", 10), ("proposals.npc", 4), ("proposals.cppcc", 3)], ["N-02"]),
    ],
)
def test_a_total_told_in_prose_is_the_sum_of_its_parts(rules, facts, expected):
    assert rules([told(code, value, "条") for code, value in facts]) == expected


def test_the_message_of_a_total_that_misses_has_its_formula(found):
    ((_, severity, message),) = found(
        [told("proposals", 10), told("proposals.npc", 4), told("proposals.cppcc", 3)]
    )
    assert severity == "warning"
    assert "合计 10，各项 4 + 3 = 7，差 3" in message


@pytest.mark.parametrize(
    ("said", "unit", "expected"),
    [
        (7, "件", []),
        (8, "件", [("N-04", "error")]),
        (0, "件", [("N-05", "error")]),
        (7, "条", [("N-11", "info")]),
    ],
)
def test_the_text_agrees_with_the_table(found, said, unit, expected):
    facts = [cell("req.new", 7, "total"), told("req.new", said, unit)]
    assert [(rule, severity) for rule, severity, _ in found(facts)] == expected


def test_the_text_says_requests_where_the_table_says_none(found):
    facts = [cell("req.new", 0, "total"), told("req.new", 3)]
    assert [rule for rule, _, _ in found(facts)] == ["N-05"]


def test_an_approximate_figure_contradicts_nothing(rules):
    assert rules([cell("req.new", 7, "total"), told("req.new", 10, status="approximate")]) == []


def test_the_text_contradicting_itself_is_a_warning_that_names_both(found):
    """Different numbers for the same thing and item; of two items each has its own."""
    assert found([told("site.dynamics.posts", 15, "条"), told("site.dynamics.posts", 18, "条")]) == [
        ("R-mention", "warning", "正文几处说法不一，按第一处计，请核实：政务动态发布数先后为 15、18")
    ]
    assert found([told("media.outlet", 5, "篇", "甲报"), told("media.outlet", 6, "篇", "乙报")]) == []
    assert found([told("site.dynamics.posts", 15, "条"), told("site.dynamics.posts", 15, "条")]) == []


def test_sections_say_what_they_must(rules):
    assert rules([], sections={"五": "无"}) == ["N-08"]
    assert rules([], sections={"五": ""}) == ["N-08"]
    assert rules([], sections={"五": "更新偏慢。"}) == []
    assert rules([]) == []
    fee = column("total", outcome__other__fee_unpaid=1, outcome__total=1)
    assert "T3-10" in rules(fee, sections={"六": "无"})
    assert "T3-10" not in rules(fee, sections={"六": "本年度收取信息处理费 20 元。"})
    charged = [cell("proactive.fees.amount", 3, table="2")]
    assert rules(charged, sections={"六": "无"}) == ["N-07"]
    assert rules(charged, sections={"六": "另有说明。"}) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("本报告所列数据的统计期限自2020年1月1日起至2020年12月31日止。", []),
        ("统计期限为2020年1月1日至12月31日。", []),
        ("统计期限为2019年1月1日至2019年12月31日。", ["N-10"]),
        ("统计期限为2020年1月1日至2020年11月30日。", ["N-10"]),
        ("活动于2020年3月1日至5月31日举行。", []),
    ],
)
def test_the_period_stated_is_the_year_of_the_report(rules, text, expected):
    assert rules([], sections={"一": text}) == expected


def test_a_full_report_that_balances_files_nothing(read, document):
    assert [finding for finding in read(document(NEW)).findings if not finding.rule.startswith("R-")] == []


def test_a_row_that_is_not_there_leaves_its_sum_open(found):
    """On the form of 2019 only two of the outcomes were found: a higher total proves nothing, a lower one does."""
    facts = {"outcome__granted": 1, "outcome__other": 0}
    sums = ("T3-02", "T3-03")
    assert [rule for rule, *_ in found(column("total", outcome__total=3, **facts), edition="2019")] == []
    assert [rule for rule, *_ in found(column("total", outcome__total=None, **facts), edition="2019")] == []
    lower = found(column("total", outcome__total=0, **facts), edition="2019")
    assert [rule for rule, *_ in lower if rule in sums] == ["T3-02"]


def test_a_row_that_another_stands_for_is_not_missed(book, found):
    """Some reports of 2021 print （六）其他处理 in one row: its three rows are not lost."""
    codes = [code for code, group in book.editions["2021"].cells if group == "total"]
    values = {code: 0 for code in codes if not code.startswith("req.outcome.other.")}
    values |= {"req.new": 4, "req.outcome.other": 1, "req.outcome.granted": 2, "req.outcome.total": 4}
    facts = [cell(code, value, "total") for code, value in values.items()]
    assert [rule for rule, *_ in found(facts, edition="2021")] == ["T3-02"]
    del values["req.outcome.other"]
    facts = [cell(code, value, "total") for code, value in values.items()]
    assert [rule for rule, *_ in found(facts, edition="2021")] == []


def test_bounds_need_every_row_they_are_made_of(found):
    """上一年项目数量 was not found: 本年增/减 of -1 contradicts nothing."""
    change = [cell("proactive.license.items_change", -1, table="2")]
    assert found(change, edition="2019") == []
    assert [rule for rule, *_ in found(change)] == ["T2-06"]


def test_a_blank_total_follows_from_totals_that_are_blank_too(found):
    """部分公开 has 2 of a person and no total: its total is 2, and that of the column 1 + 2, not 1."""
    facts = [
        *column("natural_person", outcome__granted=1, outcome__partial=2, outcome__total=3),
        *column("total", outcome__granted=1, outcome__partial=None, outcome__total=None),
    ]
    said = {rule: message for rule, _, message in found(facts)}
    assert "（七）总计 总计列应为 3" in said["T3-02"]
    assert "总计列应为 2" in said["T3-03"]


def test_the_printed_unit_of_a_table_is_the_one_that_counts(found):
    """The local sheet of 2008 counts requests in 条: a text in 条 agrees with it."""
    request = Fact("req.new", None, None, Decimal(7), "reported", "7", "条", "table", {"table": "L"})
    assert found([request, told("req.new", 7, "条")], edition="2008") == []


@pytest.mark.parametrize(
    ("agency", "expected"),
    [("示例县人民政府", ["T2-11"]), ("示例市人民政府", []), ("示例市民政局", ["T2-11"])],
)
def test_below_a_city_of_districts_no_government_makes_rules(book, agency, expected):
    row = {"name": agency, "code": "", "aliases": "", "level": agency[2], "type": "部门"}
    row |= {"type": "政府"} if agency.endswith("政府") else {}
    facts = (cell("proactive.rules.in_force", 1, table="2"),)
    reading = check(Reading(agency, 2022, None, facts), replace(book, agencies=(row,)))
    assert [finding.rule for finding in reading.findings] == expected


def test_fees_of_five_digits_are_asked_about(rules):
    assert rules([cell("proactive.fees.amount", 10000, table="2")], agency=AGENCY) == ["T2-12"]
    assert rules([cell("proactive.fees.amount", 9999, table="2")], agency=AGENCY) == []
