"""Gap rules: verdicts worked out by hand on small databases, and never on what the basis does not cover."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import gaps, intake
from dashboard.build import build
from dashboard.gaps import evaluate, priority
from dashboard.gaps.judges import KINDS
from dashboard.gaps.judges.cadence import cadence
from dashboard.gaps.verdict import Verdict
from dashboard.store import Store

AGENCY = "示例县民政局"
HEADER = "agency,year,edition,indicator,group,item,value,status,unit,source,address,note\n"
RULES = [f"G{number:02}" for number in range(1, 29)]
WEIGHTS = {"法规": 100, "国办": 80, "地方": 50, "内部参考": 30}


def line(year, indicator, value, *, item="", group="", edition="2021", status="", agency=AGENCY):  # noqa: PLR0913 - the columns of the file
    return f"{agency},{year},{edition},{indicator},{group},{item},{value},{status},,narrative,,"


@pytest.fixture
def put(folder, book):
    """The rules put to a report of figures: (verdict, item) by rule, or the gaps of one rule."""

    def judged(year, rule, *lines):
        folder.figures.mkdir(parents=True, exist_ok=True)
        (folder.figures / "office.csv").write_text(HEADER + "\n".join(lines) + "\n", "utf-8")
        build(folder)
        return [gap for gap in evaluate(Store(folder), book, AGENCY, year) if gap.rule == rule]

    return judged


def verdicts(found):
    return [(gap.verdict, gap.item) for gap in found]


# The rules as data


def test_there_are_28_rules_and_each_has_a_judge(book):
    assert sorted({rule["id"] for rule in book.gap_rules}) == RULES
    assert {rule["kind"] for rule in book.gap_rules} == KINDS.keys()


def test_the_weight_of_a_rule_follows_from_its_basis(book):
    for rule in book.gap_rules:
        assert rule["weight"] == (70 if rule["id"] == "G02" else WEIGHTS[rule["basis_kind"]]), rule["id"]


def test_what_is_our_own_is_told_as_such_and_cites_nobody_as_its_source(book):
    for rule in book.gap_rules:
        if rule["basis_kind"] == "内部参考":
            assert "号" not in rule["basis"], rule["id"]


def test_the_entries_of_a_rule_follow_on_each_other_without_overlap(book):
    for rule in book.gap_rules:
        same = [
            other
            for other in book.gap_rules
            if (other["id"], other["name_zh"]) == (rule["id"], rule["name_zh"])
        ]
        assert [other["first_year"] for other in same[1:]] == [other["last_year"] + 1 for other in same[:-1]]


@pytest.mark.parametrize("year", [2012, 2016, 2020, 2024])
def test_every_rule_is_put_to_a_report_whatever_its_verdict(put, folder, book, year):
    edition = {2012: "2008", 2016: "2014", 2020: "2019", 2024: "2021"}[year]
    put(year, "G01", line(year, "proactive.total", 12, edition=edition))
    found = evaluate(Store(folder), book, AGENCY, year)
    assert sorted({gap.rule for gap in found}) == RULES
    for gap in found:
        first = min(rule["first_year"] for rule in book.gap_rules if rule["id"] == gap.rule)
        assert gap.verdict == "not_applicable" or year >= first, gap
        assert gap.evidence
        assert gap.action


# Cadence (standards, section 4)


@pytest.mark.parametrize(
    ("posts", "days", "year", "verdict"),
    [
        (25, 14, 2021, "short"),
        (26, 14, 2021, "undecided"),
        (51, 14, 2021, "undecided"),
        (52, 14, 2021, "met"),
        (26, 14, 2020, "undecided"),
        (35, 10, 2021, "short"),
        (36, 10, 2021, "undecided"),
        (72, 10, 2021, "met"),
        (3, 90, 2021, "short"),
        (4, 90, 2021, "undecided"),
        (0, 183, 2021, "short"),
        (1, 183, 2021, "undecided"),
        (2, 183, 2021, "met"),
    ],
)
def test_an_annual_count_against_a_cadence(posts, days, year, verdict):
    assert cadence(posts, days, year)[0] == verdict


@given(st.sets(st.integers(1, 365)), st.integers(2, 183))
def test_a_count_called_short_leaves_a_gap_whatever_the_dates(dates, days):
    """Days of the year with a post; a gap is longer than `days` between two of them or the year's ends."""
    ends = [0, *sorted(dates), 366]
    longest = max(after - before for before, after in pairwise(ends))
    if cadence(len(dates), days, 2021)[0] == "short":
        assert longest > days


def test_a_dead_account_is_red_and_one_without_a_number_is_no_gap(put):
    lines = [
        line(2022, "channel.account.posts", 3, item="甲"),
        line(2022, "channel.account.posts", 40, item="乙"),
        line(2022, "channel.account.posts", "", item="丙", status="unquantified"),
    ]
    found = put(2022, "G04", *lines)
    assert [(gap.item, gap.verdict, gap.severity) for gap in found] == [
        ("甲", "short", "red"),
        ("乙", "met", "info"),
    ]
    assert "少于 4 条" in found[0].evidence


def test_an_empty_column_is_short_and_a_rare_one_needs_dates(put):
    lines = [
        line(2022, "site.notices.posts", 0),
        line(2022, "site.policies.posts", 1),
        line(2022, "welfare.tekun", 2),
    ]
    assert sorted(verdicts(put(2022, "G07", *lines))) == [
        ("met", "特困供养"),
        ("short", "公示公告"),
        ("undecided", "政策文件（规范性文件）栏目"),
    ]


# Interpretation


def test_documents_without_any_interpretation_are_short(put):
    found = put(2022, "G08", line(2022, "proactive.normdocs.issued", 2), line(2022, "interp.articles", 0))
    assert verdicts(found) == [("short", None)]
    assert found[0].evidence.startswith("制发规范性文件 2 件，政策解读 0 篇，没有解读")


@pytest.mark.parametrize(
    ("lines", "verdict"),
    [
        ([("proactive.normdocs.issued", 2), ("interp.articles", 1)], "undecided"),
        ([("proactive.normdocs.issued", 2), ("interp.articles", 5)], "no_figure"),
        ([("proactive.normdocs.issued", 2), ("interp.policies_covered", 1)], "short"),
        ([("proactive.normdocs.issued", 2), ("interp.policies_covered", 2)], "met"),
        (
            [("interp.policies_due", 1), ("proactive.normdocs.issued", 9), ("interp.policies_covered", 1)],
            "met",
        ),
        ([("proactive.normdocs.issued", 2)], "no_figure"),
        ([("proactive.normdocs.issued", 0), ("interp.articles", 3)], "not_applicable"),
        ([("proactive.normdocs.issued", 0)], "no_figure"),
        ([("interp.articles", 3)], "no_figure"),
    ],
)
def test_interpretations_against_documents(put, lines, verdict):
    assert verdicts(put(2022, "G08", *(line(2022, code, value) for code, value in lines))) == [
        (verdict, None)
    ]


def test_interpretations_stand_beside_the_year_before_and_the_peers(put):
    """Peers 1, 2, 3, 4 and 5 a document: the median is 3. Four peers give none."""
    own = [("proactive.normdocs.issued", 2), ("interp.articles", 1)]
    lines = [line(2022, code, value) for code, value in own]
    lines += [line(2021, "proactive.normdocs.issued", 1), line(2021, "interp.articles", 2)]
    names = ("教育局", "卫生健康局", "自然资源和规划局", "市场监督管理局", "人民政府办公室")
    for share, name in enumerate(names, start=1):
        lines += [line(2022, "proactive.normdocs.issued", 2, agency=f"示例县{name}")]
        lines += [line(2022, "interp.articles", 2 * share, agency=f"示例县{name}")]
    (gap,) = put(2022, "G08", *lines)
    assert gap.evidence.endswith("平均每件文件解读 0.5 篇（上年 2 篇；同类机关中位数 3 篇，5 家）")
    (gap,) = put(2022, "G08", *lines[:-2])
    assert gap.evidence.endswith("平均每件文件解读 0.5 篇（上年 2 篇）")


def test_agencies_that_nothing_is_known_of_are_no_peers(put, folder, book):
    lines = [
        line(2022, code, 2, agency=f"{name}局")
        for name in "甲乙丙丁戊己"
        for code in ("proactive.normdocs.issued", "interp.articles")
    ]
    put(2022, "G08", *lines)
    (gap,) = (gap for gap in evaluate(Store(folder), book, "甲局", 2022) if gap.rule == "G08")
    assert gap.evidence.endswith("平均每件文件解读 1 篇")


@pytest.mark.parametrize(
    ("year", "articles", "told", "verdict"),
    [
        (2022, 10, {"text": 2, "graphic": 8}, "short"),
        (2020, 10, {"text": 2, "graphic": 8}, "met"),
        (2022, 10, {"text": 1, "graphic": 9}, "met"),
        (2022, 10, {"graphic": 10}, "short"),
        (2022, 10, {"graphic": 3}, "undecided"),
        (2022, 2, {"text": 2}, "not_applicable"),
        (2022, 10, {}, "no_figure"),
    ],
)
def test_forms_of_interpretation(put, year, articles, told, verdict):
    edition = "2019" if year == 2020 else "2021"
    lines = [line(year, "interp.articles", articles, edition=edition)]
    lines += [line(year, f"interp.form.{form}", count, edition=edition) for form, count in told.items()]
    assert verdicts(put(year, "G09", *lines)) == [(verdict, None)]


# Requests


def requests(year, new, carried_in, carried_out, total=0, **outcomes):
    edition = "2019" if year < 2021 else "2021"
    cells = {
        "req.new": new,
        "req.carried_in": carried_in,
        "req.carried_out": carried_out,
        "req.outcome.total": total,
    }
    cells |= {f"req.outcome.{name}": value for name, value in outcomes.items()}
    return [line(year, code, value, group="total", edition=edition) for code, value in cells.items()]


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


def test_a_round_number_proves_no_shortfall(put):
    told = line(2022, "site.dynamics.posts", 10, status="approximate")
    (gap,) = put(2022, "G06", told)
    assert (gap.verdict, gap.severity) == ("undecided", "info")
    assert gap.evidence.endswith("所依数字为约数，须核实")


def test_a_class_is_not_held_to_a_year_that_does_not_compare(put, folder, book):
    lines = [
        line(year, "welfare.elderly", count, agency="定海区民政局") for year, count in ((2020, 9), (2021, 4))
    ]
    put(2021, "G18", *lines)
    (gap,) = (gap for gap in evaluate(Store(folder), book, "定海区民政局", 2021) if gap.rule == "G18")
    assert gap.verdict == "undecided"


def test_replies_are_all_published_only_where_both_kinds_that_were_led_are_told(put):
    told = [line(2022, "proposals.npc.lead", 3), line(2022, "proposals.published", 3)]
    assert verdicts(put(2022, "G27", *told)) == [("undecided", None)]
    assert verdicts(put(2022, "G27", *told, line(2022, "proposals.cppcc.lead", 0))) == [("met", None)]
    assert verdicts(put(2022, "G27", *told, line(2022, "proposals.cppcc.lead", 2))) == [("short", None)]


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


# Welfare, budgets, proposals, changes


def test_a_class_is_held_to_the_agencys_own_cycle(put):
    lines = [
        line(2021, f"welfare.{name}", count) for name, count in (("tekun", 14), ("dibao", 40), ("elderly", 4))
    ]
    lines += [
        line(2022, f"welfare.{name}", count) for name, count in (("tekun", 11), ("dibao", 20), ("elderly", 4))
    ]
    lines += [line(2022, "welfare.children", 5)]
    assert sorted(verdicts(put(2022, "G18", *lines))) == [
        ("met", "低保低边救助"),
        ("met", "养老服务（补贴）"),
        ("short", "特困供养"),
        ("undecided", "孤困儿童救助"),
    ]


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        (
            "按月公布低保救助信息11条、临时救助信息6条。",
            [("short", "低保（最低生活保障）"), ("undecided", "临时救助")],
        ),
        (
            "按季公布低保救助信息4条，按月公布临时救助信息12条。",
            [("met", "低保（最低生活保障）"), ("met", "临时救助")],
        ),
        (
            "公布低保救助信息3条，按季公布临时救助信息3条。",
            [("undecided", "低保（最低生活保障）"), ("undecided", "临时救助")],
        ),
    ],
)
def test_a_cycle_is_that_of_the_clause_alone(folder, book, tmp_path, sentence, told):
    """Where the same number stands in two clauses that say different things, neither is taken."""
    path = tmp_path / "report.txt"
    text = REPORT.format(year=2022, head="", end="").replace("主动公开政府信息12条。", sentence)
    path.write_text(text, "utf-8")
    intake.add(path, folder, AGENCY, 2022)
    build(folder)
    found = evaluate(Store(folder), book, AGENCY, 2022)
    assert {(gap.verdict, gap.item) for gap in found if gap.rule == "G18"} == {*told}


def test_budget_and_final_accounts_are_two_items(put):
    (gap,) = put(2022, "G19", line(2022, "finance.budget", 1))
    assert (gap.verdict, gap.severity, gap.basis_kind) == ("short", "red", "法规")
    assert verdicts(put(2022, "G19", line(2022, "finance.budget", 2))) == [("met", None)]
    assert verdicts(put(2022, "G19", line(2022, "welfare", 2))) == [("no_figure", None)]


@pytest.mark.parametrize(
    ("before", "after", "is_large"),
    [
        (10, 15, True),
        (10, 14, False),
        (9, 18, False),
        (20, 10, True),
        (2, 20, True),
        (2, 19, False),
        (0, 40, False),
    ],
)
def test_a_large_change_needs_a_base(put, before, after, is_large):
    lines = [line(2021, "proactive.total", before), line(2022, "proactive.total", after)]
    assert any(gap.item for gap in put(2022, "G28", *lines)) == is_large


def test_a_rate_is_judged_by_platform(put):
    lines = [
        line(2022, "platform.ontime_rate", 94.5, item="甲"),
        line(2022, "platform.ontime_rate", 95, item="乙"),
    ]
    assert sorted(verdicts(put(2022, "G17", *lines))) == [("met", "乙"), ("short", "甲")]


# Years


def test_a_year_missing_between_two_is_a_gap_and_others_are_none(put, folder, book):
    (gap,) = put(
        2021, "G23", line(2020, "proactive.total", 3, edition="2019"), line(2022, "proactive.total", 3)
    )
    assert (gap.verdict, gap.severity, gap.item) == ("short", "info", "2021 年年报")
    assert [evaluate(Store(folder), book, AGENCY, year) for year in (2019, 2023)] == [[], []]


# Publication

REPORT = """政府信息公开工作年度报告

示例县民政局{year}年政府信息公开工作年度报告
{head}
一、总体情况
主动公开政府信息12条。
二、主动公开政府信息情况
三、收到和处理政府信息公开申请情况
五、存在的主要问题及改进情况
无。
{end}"""


@pytest.fixture
def published(folder, book, tmp_path):
    """The verdict and evidence of G01 on a document with lines at its head and end."""

    def judged(year, head="", end="", **given):
        path = tmp_path / "report.txt"
        path.write_text(REPORT.format(year=year, head=head, end=end), "utf-8")
        intake.add(path, folder, AGENCY, year, **given)
        build(folder)
        found = [gap for gap in evaluate(Store(folder), book, AGENCY, year) if gap.rule == "G01"]
        return [(gap.verdict, gap.severity) for gap in found]

    return judged


@pytest.mark.parametrize(
    ("year", "head", "end", "told"),
    [
        (2021, "发布日期：2022-01-31", "", ("met", "info")),
        (2021, "发布时间：2022年2月1日 来源：本局", "", ("short", "red")),
        (2021, "2022-02-01", "", ("short", "red")),
        (2021, "", "示例县民政局\n2022年2月1日", ("short", "red")),
        (2021, "", "示例县民政局\n2022年1月20日", ("undecided", "info")),
        (2021, "", "", ("undecided", "info")),
        (2021, "发布日期：2022-01-20\n公布日期：2022-02-20", "", ("undecided", "info")),
        (2021, "成文日期：2022-02-20", "", ("undecided", "info")),
        (2017, "发布日期：2018-03-31", "", ("met", "info")),
        (2017, "发布日期：2018-04-01", "", ("short", "red")),
    ],
)
def test_the_day_of_publication_against_the_law_of_its_time(published, year, head, end, told):
    assert published(year, head, end) == [told]


def test_what_was_said_on_adding_goes_before_what_the_document_says(published):
    from datetime import date  # noqa: PLC0415 - here only

    assert published(2021, "发布日期：2022-02-20", published=date(2022, 1, 20)) == [("met", "info")]


def test_a_government_has_until_march(folder, book):
    folder.figures.mkdir(parents=True)
    (folder.figures / "office.csv").write_text(
        HEADER + line(2022, "proactive.total", 3, agency="舟山市人民政府") + "\n", "utf-8"
    )
    build(folder)
    found = [gap for gap in evaluate(Store(folder), book, "舟山市人民政府", 2022) if gap.rule == "G01"]
    assert ["2023-03-31" in gap.evidence for gap in found] == [True]


# Priority


def test_the_list_is_ordered_by_priority_and_what_cannot_be_judged_comes_last(put, folder, book):
    put(
        2022,
        "G01",
        line(2022, "finance.budget", 1),
        line(2022, "site.dynamics.posts", 15),
        *requests(2022, 10, 0, 6),
    )
    found = evaluate(Store(folder), book, AGENCY, 2022)
    listed = [gap for gap in found if gap.verdict in ("short", "undecided")]
    assert found[: len(listed)] == listed
    assert [(gap.rule, gap.weight) for gap in listed[:3]] == [("G19", 100), ("G06", 80), ("G01", 50)]
    places = [gaps.VERDICTS.index(gap.verdict) for gap in found[len(listed) :]]
    assert places == sorted(places)


def test_what_came_again_and_grew_weighs_more():
    now = Verdict("short", "", "甲", shortfall=5)
    assert priority.is_worse(now, [Verdict("short", "", "甲", shortfall=4)])
    assert priority.is_worse(now, [Verdict("met", "", "甲")])
    assert not priority.is_worse(now, [Verdict("short", "", "甲", shortfall=5)])
    assert not priority.is_worse(now, [Verdict("no_figure", "", "甲"), Verdict("met", "", "乙")])
    assert priority.is_repeated(now, [Verdict("short", "", "甲")])
    assert not priority.is_repeated(now, [Verdict("undecided", "", "甲"), Verdict("short", "", "乙")])
    assert priority.score(80, "short", worse=True, repeated=True) == 100
    assert priority.score(80, "undecided", worse=False, repeated=False) == 40
    assert priority.score(80, "no_figure", worse=False, repeated=False) == 0


# The seed year (standards, "Seed-year evaluation to reproduce")

SEED = [
    ("G03", "定海区第三社会福利院", "short", "amber"),
    ("G03", "定海民政", "undecided", "info"),
    ("G03", "定海社会组织", "met", "info"),
    ("G05", "微信公众号", "undecided", "info"),
    ("G06", "政务动态", "short", "amber"),
    ("G08", None, "no_figure", "info"),
    ("G18", "临时救助", "met", "info"),
    ("G18", "低保低边救助", "met", "info"),
    ("G18", "养老服务（补贴）", "met", "info"),
    ("G18", "孤困儿童救助", "met", "info"),
    ("G18", "特困供养", "met", "info"),
    ("G20", "信息公开质量", "undecided", "info"),
    ("G20", "公开及时性", "met", "info"),
    ("G20", "制度落实", "undecided", "info"),
    ("G20", "政策解读", "no_figure", "info"),
    ("G20", "新媒体活跃度", "no_figure", "info"),
    ("G21", "政策解读", "short", "info"),
    ("G24", None, "not_applicable", "info"),
    ("G27", None, "no_figure", "info"),
]


def test_the_seed_year_comes_out_as_worked_out(folder, book, pytestconfig):
    folder.figures.mkdir(parents=True)
    shipped = pytestconfig.rootpath / "data" / "figures" / "dinghai-civil-affairs.csv"
    (folder.figures / shipped.name).write_bytes(shipped.read_bytes())
    build(folder)
    found = evaluate(Store(folder), book, "定海区民政局", 2020)
    told = [(gap.rule, gap.item, gap.verdict, gap.severity) for gap in found]
    assert [row for row in SEED if row not in told] == []
    assert [(gap.rule, gap.item) for gap in found if gap.severity == "red"] == []
    assert {gap.verdict for gap in found if gap.rule in ("G24", "G25")} == {"not_applicable"}
    assert {gap.item for gap in found if gap.verdict == "short" and gap.rule == "G02"} == {
        "T2-05", "T3-02", "T3-03", "T4-01", "T4-02",
    }  # fmt: skip
    evidence = {(gap.rule, gap.item): gap.evidence for gap in found}
    assert "全年 15 条，少于 26 条" in evidence["G06", "政务动态"]
    assert "制发规范性文件 0 件，解读率不适用" in evidence["G08", None]
    assert evidence["G20", "公开及时性"] == "政务动态发布数：2020 年 15 条，2023 年 49 条"
