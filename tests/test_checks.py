"""Rules on the figures of one report: when they hold, when they fail, and what a blank leaves open."""

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


def told(indicator, value, unit="件", item=None, status="reported"):
    number = None if value is None else Decimal(str(value))
    return Fact(indicator, None, item, number, status, f"{value}{unit}", unit, "narrative", {})


def column(group, **values):
    """Cells of table 3 in one column; names are codes below req, "__" for a dot."""
    return [cell(f"req.{name.replace('__', '.')}", value, group) for name, value in values.items()]


@pytest.fixture
def found(book):
    """Findings of the rules on these facts, as (rule, severity, message)."""

    def findings(facts, agency=None, year=2020, sections=None):
        reading = check(Reading(agency, year, "2019", tuple(facts)), book, sections)
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
        "（七）总计（总计列）由 3 改为 1",
        "（一）予以公开（总计列）由 1 改为 3",
        "（六）其他处理（总计列）由 0 改为 2",
    ]
    message = f"（七）总计（总计列）：3 ≠ 1，各项相加为 1，差 2；最小改动：{' 或 '.join(edits)}"
    assert found(facts) == [("T3-02", "error", message)]


def test_a_sum_that_holds_only_with_blanks_as_zero_is_one_warning(found):
    facts = column("total", outcome__total=1, outcome__granted=1, outcome__partial=None, outcome__other=None)
    assert [(rule, severity) for rule, severity, _ in found(facts)] == [("T3-02", "warning")]
    assert "共 2 格空白" in found(facts)[0][2]


def test_a_sum_that_fails_even_with_blanks_as_zero_is_an_error(found):
    facts = column("total", outcome__total=3, outcome__granted=1, outcome__partial=None)
    assert [(rule, severity) for rule, severity, _ in found(facts)] == [("T3-02", "error")]
    assert "（1 格空白按 0 计）" in found(facts)[0][2]


def test_a_blank_total_follows_from_its_parts_and_the_other_rules_run_on_it(found):
    """1 new + 0 carried in = derived 1 + 0 carried out: the balance holds; with 5 new it does not."""
    parts = {"outcome__granted": 1, "outcome__other": 0, "outcome__total": None}
    holds = column("total", new=1, carried_in=0, carried_out=0, **parts)
    fails = column("total", new=5, carried_in=0, carried_out=0, **parts)
    assert [(rule, severity) for rule, severity, _ in found(holds)] == [("T3-02", "warning")]
    assert [(rule, severity) for rule, severity, _ in found(fails)] == [
        ("T3-02", "warning"),
        ("T3-01", "error"),
    ]


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
    assert "（总计列）：4 ≠ 2 + 1，各项相加为 3，差 1" in found(facts)[0][2]


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
    assert f"最小改动：（一）予以公开（自然人列）由 {slipped} 改为 {old}" in errors[0].message


def test_a_balance_is_an_error_when_its_sides_differ(found):
    ((rule, severity, message), *_) = found(
        column("total", new=50, carried_in=1, outcome__total=49, carried_out=1)
    )
    assert (rule, severity) == ("T3-01", "error")
    formula, edits = message.split("；最小改动：")
    assert formula == "总计：第一项加第二项之和，等于第三项加第四项之和不成立，50 + 1 ≠ 49 + 1，差 1 件"
    assert edits.split(" 或 ")[0] == "一、本年新收政府信息公开申请数量（总计列）由 50 改为 49"


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
