"""gap_settings.toml: what a deployment sets otherwise is applied and shown; each fault is one clear line."""

import pytest

from dashboard.build import build
from dashboard.errors import GapFilesError
from dashboard.gaps import evaluate, settings
from dashboard.store import Store

AGENCY = "示例县民政局"
FIGURES = (
    "agency,year,edition,indicator,group,item,value,status,unit,source,address,note\n"
    f"{AGENCY},2022,2021,channel.account.posts,,甲,30,,,narrative,,\n"
    f"{AGENCY},2022,2021,req.outcome.total,total,,0,,,table,,\n"
    f"{AGENCY},2022,2021,req.outcome.granted,total,,0,,,table,,\n"
    f"{AGENCY},2022,2021,req.outcome.partial,total,,0,,,table,,\n"
    f"{AGENCY},2022,2021,req.outcome.unable.not_held,total,,0,,,table,,\n"
)


@pytest.fixture
def put(folder, book):
    """The gaps of a rule on a small report, under settings given as the text of gap_settings.toml."""
    folder.figures.mkdir(parents=True)
    (folder.figures / "office.csv").write_text(FIGURES, "utf-8")
    build(folder)

    def judged(text, rule):
        folder.gap_settings.write_text(text, "utf-8")
        return [gap for gap in evaluate(Store(folder), book, AGENCY, 2022) if gap.rule == rule]

    return judged


def test_a_local_limit_is_applied_under_its_own_basis(put, folder, book):
    (shipped,) = put("", "G03")
    assert (shipped.verdict, shipped.basis_kind) == ("undecided", "国办")
    text = '[G03]\ndays = 10\nbasis = "本县考核细则"\nbasis_kind = "地方"\ncertainty = "L"\nweight = 50\n'
    (gap,) = put(text, "G03")
    assert (gap.verdict, gap.basis, gap.basis_kind, gap.weight) == ("short", "本县考核细则", "地方", 50)
    assert "少于 36 条，全年必有超过 10 天未更新" in gap.evidence
    told = [(one.rule, one.setting, one.shipped, one.here) for one in settings.overrides(book, folder)]
    assert told[0] == ("G03", "days", 14, 10)
    assert len(told) == 5


def test_a_rule_can_be_left_out_or_begin_later(put):
    assert put("[G03]\nactive = false\n", "G03") == []
    (gap,) = put("[G03]\nfirst_year = 2023\n", "G03")
    assert (gap.verdict, gap.evidence) == ("not_applicable", "依据自 2023 年度起适用")


def test_a_year_set_here_leaves_each_year_to_the_law_of_its_time(put):
    """G11 rests on the regulations of 2007 to 2018 and on those of 2019 from then on."""
    for text in ("[G11]\nlast_year = 2024\n", "[G11]\nfirst_year = 2010\n", "[G11]\nfirst_year = 2020\n"):
        (gap,) = put(text, "G11")
        assert "第711号" in gap.basis
    (gap,) = put("[G11]\nfirst_year = 2023\n", "G11")
    assert gap.verdict == "not_applicable"


def test_no_least_number_of_cases_is_no_fault(put):
    """Nothing concluded is no share, whatever the guard."""
    assert [gap.verdict for gap in put("[G13]\nleast = 0\n", "G13")] == ["not_applicable"]
    assert [gap.verdict for gap in put("[G14]\nleast = 0\n", "G14")] == ["not_applicable"]


def test_an_internal_threshold_set_red_is_refused_unless_it_has_a_basis(put):
    with pytest.raises(GapFilesError, match=r"\[G12\] severity：内部参考值不得设为 red"):
        put('[G12]\nseverity = "red"\n', "G12")
    put('[G12]\nseverity = "red"\nbasis = "本县考核细则"\nbasis_kind = "地方"\ncertainty = "L"\n', "G12")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[G99]\ndays = 3\n", "gap_settings.toml [G99]：没有这条规则；规则编号为 G01 至 G28"),
        ("G03 = 10\n", "gap_settings.toml G03：应写成 [G03]，下面逐行写设置"),
        ("[G03]\ndayz = 3\n", "gap_settings.toml [G03] dayz：这条规则没有此项设置；可用 "),
        ('[G03]\ndays = "十"\n', "gap_settings.toml [G03] days：应为整数，现为 十"),
        ("[G03]\ndays = true\n", "gap_settings.toml [G03] days：应为整数，现为 True"),
        ("[G03]\ndays = -1\n", "gap_settings.toml [G03] days：应大于 0，现为 -1"),
        ("[G12]\nleast = -1\n", "gap_settings.toml [G12] least：不能小于 0，现为 -1"),
        ("[G03]\ndays = 0\n", "gap_settings.toml [G03] days：应大于 0，现为 0"),
        ("[G03]\nactive = 1\n", "gap_settings.toml [G03] active：应为 true 或 false，现为 1"),
        ("[G03]\nfirst_year = 19\n", "gap_settings.toml [G03] first_year：应为四位年度，现为 19"),
        (
            '[G03]\nbasis_kind = "国标"\n',
            "gap_settings.toml [G03] basis_kind：应为 法规、国办、地方、内部参考 之一",
        ),
        ('[G03]\nkind = "alike"\n', "gap_settings.toml [G03] kind：这条规则没有此项设置"),
        ('[G01]\ndue = "1月26日"\n', "gap_settings.toml [G01] due：应为月-日（如 01-26），现为 1月26日"),
        ('[G01]\ndue = "02-30"\n', "gap_settings.toml [G01] due：应为月-日（如 01-26），现为 02-30"),
        ("[G03\n", "gap_settings.toml 不合格式："),
        (
            "[G02]\nrules = [1]\n",
            "gap_settings.toml [G02] rules：应为列表（各项的写法与 gap_rules.toml 相同）",
        ),
        ("[G24]\nwords = []\n", "gap_settings.toml [G24] words：不能为空"),
        ('[G25]\nheads = { "x" = 1 }\n', "gap_settings.toml [G25] heads：应为表"),
        ('[G26]\noutdated = [{ name = "x" }]\n', "gap_settings.toml [G26] outdated：应为列表"),
        ('[G19]\nindicator = "x.y"\n', "gap_settings.toml [G19] indicator：x.y 不在 indicators.csv 中"),
        ('[G18]\nmonthly = "("\n', "gap_settings.toml [G18] monthly：( 不是正则表达式"),
        ('[G28.words]\n"req.new" = "("\n', "gap_settings.toml [G28] words：( 不是正则表达式"),
    ],
)
def test_a_fault_is_told_in_one_line(put, text, fault):
    with pytest.raises(GapFilesError) as raised:
        put(text, "G03")
    (line,) = raised.value.problems
    assert line.startswith(fault)


def test_all_faults_are_told_at_once(put):
    with pytest.raises(GapFilesError) as raised:
        put("[G99]\n[G03]\ndays = 'a'\nweight = 'b'\n", "G03")
    assert len(raised.value.problems) == 3
