"""Rules on the words of a report: sums inside a sentence, numbers of persons, sections copied from the year before.

Every text is made up; the numbers of persons belong to nobody (made from a formula, in areas that do not exist).
"""

import csv
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import codebook, intake
from dashboard.build import build, read_bytes
from dashboard.checks import check
from dashboard.checks.boilerplate import alike_findings, likeness
from dashboard.checks.lists import Statement, lists
from dashboard.checks.privacy import is_identity, masked, personal_numbers
from dashboard.checks.quantities import quantities
from dashboard.model import Fact, Reading
from dashboard.numbers import fold
from dashboard.paths import PROJECT, DataFolder
from dashboard.quantities import no_count_spans
from dashboard.store import Store

BOOK = codebook.load(PROJECT / "data" / "codebook")
ENDS = re.compile("|".join(next(rule["ends"] for rule in BOOK.rules if rule["kind"] == "within")))


def sentence_facts(text, told):
    """Facts of one sentence: (indicator, the number as printed), each at its first place."""
    facts = []
    for indicator, raw in told:
        start = text.index(raw)
        locator = {"quote": text, "quote_start": 0, "start": start, "end": start + len(raw)}
        value = quantities(fold(raw), BOOK.prose)[0].value
        facts.append(Fact(indicator, None, None, value, "reported", raw, raw[-1], "narrative", locator))
    return tuple(facts)


def said(text, *told):
    """The findings of sums in one sentence, of which at least one number is a fact."""
    facts = sentence_facts(text, told or [("proactive.total", re.search(r"\d+条", text).group())])
    findings = check(Reading(None, 2022, None, facts), BOOK).findings
    return [(finding.severity, finding.message) for finding in findings if finding.rule == "N-03"]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("全年公开信息100条，其中动态60条、公告50条。", "100 条，各项 60 + 50 = 110，多 10"),
        ("全年公开信息100条，其中动态120条。", "各项 120 = 120，多 20"),
        ("全年公开信息100条（动态60条、公告50条）。", "多 10"),
        ("全年公开信息100条，其中动态60条、公告30条和图解20条。", "60 + 30 + 20 = 110，多 10"),
        ("全年公开信息100条（其中动态60条、公告50条），办结申请3件。", "多 10"),
        ("全年公开信息100条，其中：动态60条；公告50条。", "多 10"),
        ("全年公开信息100条，分别为动态60条、公告30条。", "差 10"),
        ("全年公开信息100条，由动态60条、公告30条组成。", "差 10"),
        ("全年公开信息100条，包括以下：动态60条、公告30条。", "差 10"),
        ("公开动态60条、公告30条，共计100条。", "60 + 30 = 90，差 10"),
        ("公开动态60条，公告30条，共计80条。", "60 + 30 = 90"),
        ("全年公开信息100条，其中动态六十条、公告五十条。", "60 + 50 = 110"),
        ("全年公开信息100条，其中动态60条（其中转载70条）、公告40条。", "60 条，各项 70 = 70，多 10"),
    ],
)
def test_parts_that_do_not_make_up_their_total_are_reported(text, wrong):
    findings = said(text)
    assert [severity for severity, _ in findings] == ["warning"]
    assert wrong in findings[0][1]


@pytest.mark.parametrize(
    "text",
    [
        "全年公开信息100条，其中动态60条、公告40条。",
        "全年公开信息100条，其中动态60条、公告20条。",  # 其中 need not name all
        "全年公开信息100条，其中动态60条、公告40条，微信50条。",  # the first two are the whole
        "全年公开信息100余条，其中动态60条、公告50条。",
        "全年公开信息100条，其中动态约60条、公告50条。",
        "全年公开信息100条，其中动态60条（原创50条、转载10条）、公告40条。",
        "全年公开信息100条，其中动态60条，其中原创20条，公告50条。",  # whose 50 is cannot be told
        "收到申请12条，同比增加2条，其中网络8条、信函4条。",
        "收到申请12条，其中网络8条，信函4条，全部按时办结12条。",
        "收到申请12条，其中网络8条，办结9条，结转5条。",
        "全年公开信息100条，其中动态60条、会议70次。",
        "公开动态60条，公告30条，图解10条，共计40条。",  # the last two
        "公开动态60条，共计公开100条。",
        "公开政策解读12条，微信、微博发布量分别为100条、50条。",
        "全年公开信息6 214条，其中动态3000条、公告3214条。",
        "全年公开信息100条，占比60%，其中第3条栏目公开了〔2022〕120号文件。",
        "全年公开信息100条。动态60条，公告50条。",
    ],
)
def test_what_may_be_right_is_not_reported(text):
    assert said(text) == []


def test_a_long_list_that_lacks_little_is_worth_a_look():
    findings = said("全年公开信息100条，其中动态60条、公告30条、图解9条。")
    assert [severity for severity, _ in findings] == ["info"]
    assert "各项相加比合计少 1，请核对" in findings[0][1]


def test_both_readings_of_names_that_share_a_number_are_told_where_neither_fits():
    text = "公开救助信息77条，其中两项补助4条，低保、低边、特困、临时、福利、孤困、养老各12条。"
    (finding,) = said(text)
    assert finding[0] == "warning"
    assert "4 + 7×12 = 88（“低保、低边”等如有两项实为一项，则为 76）" in finding[1]


@pytest.mark.parametrize("total", [88, 76])
def test_names_that_share_a_number_hold_in_either_reading(total):
    names = "低保、低边、特困、临时、福利、孤困、养老"
    assert said(f"公开救助信息{total}条，其中两项补助4条，{names}各12条。") == []


def test_parts_that_may_overlap_are_not_added_up():
    told = [("interp.articles", "10件"), ("interp.form.graphic", "8件"), ("interp.form.video", "6件")]
    assert said("发布解读10件，其中图解8件，视频6件。", *told) == []


def test_a_total_that_another_rule_tests_is_reported_once(book):
    text = "办理建议提案9件，其中人大建议4件、政协提案6件。"
    told = [("proposals", "9件"), ("proposals.npc", "4件"), ("proposals.cppcc", "6件")]
    findings = check(Reading(None, 2022, None, sentence_facts(text, told)), book).findings
    assert [finding.rule for finding in findings] == ["N-02"]


def test_a_total_is_not_held_against_parts_of_which_one_was_not_read(book):
    text = "办理建议提案9件，其中人大建议4件、政协提案5件。"
    facts = sentence_facts(text, [("proposals", "9件"), ("proposals.npc", "4件")])
    assert check(Reading(None, 2022, None, facts), book).findings == ()


def test_a_finding_names_the_total_and_its_parts(book):
    text = "全年公开信息100条，其中动态60条、公告50条。"
    facts = sentence_facts(text, [("proactive.total", "100条"), ("site.dynamics.posts", "60条")])
    (finding,) = check(Reading(None, 2022, None, facts), book).findings
    assert [cell.indicator for cell in finding.cells] == ["proactive.total", "site.dynamics.posts"]


@settings(derandomize=True, deadline=None)
@given(st.lists(st.integers(1, 500), min_size=2, max_size=8))
def test_parts_that_add_up_are_never_reported(parts):
    listed = "、".join(f"第{'甲乙丙丁戊己庚辛'[place]}类{part}条" for place, part in enumerate(parts))
    assert said(f"全年公开信息{sum(parts)}条，其中{listed}。") == []
    assert said(f"全年公开信息{sum(parts)}条，分别为{listed}。") == []
    assert said(f"公开{listed}，共计{sum(parts)}条。") == []


@settings(derandomize=True, deadline=None)
@given(st.lists(st.integers(1, 500), min_size=2, max_size=8), st.integers(1, 50))
def test_parts_above_their_total_are_always_reported(parts, more):
    listed = "、".join(f"{'甲乙丙丁戊己庚辛'[place]}类{part}条" for place, part in enumerate(parts))
    total = sum(parts) - more
    prefixes = {sum(parts[:many]) for many in range(len(parts) + 1)}
    if total > 0 and total not in prefixes:
        assert [severity for severity, _ in said(f"全年公开信息{total}条，其中{listed}。")] == ["warning"]


@settings(derandomize=True, deadline=None)
@given(st.text(alphabet="其中包括分别为由组成各共计含（）()：；，、。0123456789条件次余约万", max_size=80))
def test_any_text_has_lists_whose_parts_are_of_one_unit(text):
    folded = fold(text)
    statement = Statement(folded, quantities(folded, BOOK.prose), ENDS, no_count_spans(folded, BOOK.prose))
    for listed in lists(statement):
        assert {part.unit for part in listed.parts} == {listed.total.unit}
        assert listed.total not in listed.parts


def identity(first):
    """Seventeen digits with their check digit: of an area that does not exist."""
    return next(first + last for last in "0123456789X" if is_identity(first + last))


PERSON = identity("99010119900307123")
OFFICES = re.compile("办公|咨询|监督|联系电话|热线")


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (f"申请人身份证号{PERSON}。", ["身份证号"]),
        (f"申请人{PERSON}提出申请。", ["身份证号"]),
        (f"编号{PERSON[:-1]}{'0' if PERSON[-1] != '0' else '1'}。", []),
        (f"编号1{PERSON}。", []),
        ("身份证号990101900307123。", ["身份证号"]),
        ("文件编号990101900307123。", []),
        ("请与张某13900000000联系。", ["手机号码"]),
        ("请与张某１３９００００００００联系。", ["手机号码"]),
        ("联系电话：13900000000。", []),
        ("监督举报请拨13900000000。", []),
        ("咨询热线12345，编号213900000000。", []),
        ("缴费账号：6200000000000000000。", ["银行卡号"]),
        ("流水6200000000000000000。", []),
        ("统一社会信用代码11990000000000000A。", []),
        ("电话0580-2020202，邮编316000，全年公开信息12345678901条。", []),
    ],
)
def test_numbers_of_persons_are_told_from_others(text, kinds):
    assert [kind for kind, _ in personal_numbers(fold(text), OFFICES)] == kinds


def test_a_check_digit_may_be_an_x():
    assert {identity(f"9901011990030712{last}")[-1] for last in range(10)} & {"X"}
    assert not is_identity("990101199013071230")


def test_a_persons_number_is_shown_masked_and_once(book):
    sections = {"": "请与张某13900000012联系。", "一": "张某13900000012，13900000012。"}
    findings = check(Reading(None, 2022, None, ()), book, sections).findings
    assert [(finding.rule, finding.severity) for finding in findings] == [("N-12", "warning")] * 2
    assert "疑似个人信息：第一部分之前有手机号码 139******12" in findings[0].message
    assert "第一部分有手机号码" not in findings[0].message
    assert not any("13900000012" in finding.message for finding in findings)
    assert masked(PERSON).startswith("990*************")


OPENED = """示例县民政局2022年政府信息公开工作年度报告
本报告所列数据的统计期限为2021年1月1日至2021年12月31日。
一、总体情况
全年主动公开政府信息12条。
二、主动公开政府信息情况
三、收到和处理政府信息公开申请情况
四、政府信息公开行政复议、行政诉讼情况
五、存在的主要问题及改进情况
公开的内容还不够细，将逐项完善。
六、其他需要报告的事项
无
"""


def test_the_text_before_the_first_section_is_looked_into_too(book):
    told = read_bytes(OPENED.encode(), book)[0]
    assert told.sections[""].startswith("示例县民政局2022年")
    assert "N-10" in [finding.rule for finding in told.reading.findings]


FIRST = "我局坚持把政务公开作为转变作风的抓手，梳理职责事项，细化公开目录，健全审核把关流程，落实专人负责，对外公布咨询渠道，定期开展自查并整改，群众知晓程度不断提高"
OTHER = "今年围绕养老助餐和困境儿童保障两件实事，首次把补贴名单分村张榜，邀请居民代表评议公开质量，重做网站栏目，撤下过时指南，并请第三方机构测评后逐项销号"


def found_alike(*reports):
    return [[finding.message for finding in found] for found in alike_findings(reports, BOOK)]


def test_a_section_like_that_of_the_year_before_is_reported_with_the_later_report():
    later = FIRST.replace("专人", "人员") + "2023年12条"
    none, findings = found_alike(("示例县民政局", 2022, {"五": FIRST}), ("示例县民政局", 2023, {"五": later}))
    assert none == []
    (message,) = findings
    assert re.fullmatch(r"第五部分与上年（2022）基本相同（相似度 0\.9\d），请写明本年的情况", message)


@pytest.mark.parametrize(
    ("agency", "year", "sections"),
    [
        ("示例县民政局", 2023, {"五": OTHER}),
        ("示例县民政局", 2024, {"五": FIRST}),  # two years on
        ("示例县教育局", 2023, {"五": FIRST}),  # of another agency
        ("示例县民政局", 2023, {"四": FIRST}),  # sections that are not compared
        (None, None, {"五": FIRST}),
        ("示例县民政局", 2023, {}),
    ],
)
def test_what_is_not_alike_or_not_comparable_is_not_reported(agency, year, sections):
    before = ("示例县民政局", 2022, {"四": FIRST, "五": FIRST})
    assert found_alike(before, (agency, year, sections)) == [[], []]


def test_what_is_alike_in_every_report_is_not_compared():
    fixed = "示例县民政局按照《中华人民共和国政府信息公开条例》和《示例县政务公开要点》公开2022条。" * 4
    before = ("示例县民政局", 2022, {"一": fixed + OTHER})
    assert found_alike(before, ("示例县民政局", 2023, {"一": fixed + FIRST})) == [[], []]
    assert found_alike(
        *[("示例县民政局", year, {"六": "无其他需要报告的事项。"}) for year in (2022, 2023)]
    ) == [[], []]


def test_likeness_is_between_nothing_and_the_same():
    assert likeness(FIRST, FIRST) == 1
    assert likeness(FIRST, OTHER) == 0
    assert likeness("无", "无") == 0


def test_the_copied_sections_of_the_county_are_found_and_no_others():
    """Those planned in flaws.csv (G22), with the reports of the later year."""
    folder = DataFolder(PROJECT / "data")
    with (folder.documents / "flaws.csv").open(encoding="utf-8", newline="") as file:
        planned = {row["file"] for row in csv.DictReader(file) if row["rule"] == "G22"}
    with (folder.documents / "expected_reports.csv").open(encoding="utf-8", newline="") as file:
        files = [row["file"] for row in csv.DictReader(file)]
    years = {Path(file).parent for file in planned}
    near = [file for file in files if any(str(year.parent) in file for year in years)]
    told = []
    for file in near:
        read = read_bytes((folder.documents / file).read_bytes(), BOOK)[0]
        told.append((read.reading.agency, read.reading.year, read.sections))
    found = {
        file: findings for file, findings in zip(near, alike_findings(told, BOOK), strict=True) if findings
    }
    assert found.keys() == planned
    assert {finding.message[:4] for findings in found.values() for finding in findings} == {
        "第一部分",
        "第五部分",
    }


def test_the_build_says_it_with_the_later_report(folder, tmp_path):
    for year in (2022, 2023):
        path = tmp_path / f"{year}.txt"
        text = OPENED.replace("2022年政府", f"{year}年政府").replace("公开的内容还不够细，将逐项完善", FIRST)
        path.write_text(text, "utf-8")
        intake.add(path, folder, "示例县民政局", year)
    build(folder)
    query = "select d.year from finding f join document d using (document_id) where f.message like '第五部分与上年%'"
    assert Store(folder).cursor().execute(query).fetchall() == [(2023,)]
