"""The codebook: what it holds, what it refuses, and that a new form is data and no code."""

import csv
import shutil

import pytest

from dashboard import codebook
from dashboard.build import read_bytes
from dashboard.errors import CodebookError


@pytest.fixture
def copy(tmp_path, pytestconfig):
    """A codebook of one's own to change."""
    return shutil.copytree(pytestconfig.rootpath / "data" / "codebook", tmp_path / "codebook")


def replace(folder, name, *pairs):
    text = (folder / name).read_text("utf-8")
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    (folder / name).write_text(text, "utf-8")


def problems(folder):
    with pytest.raises(CodebookError) as fault:
        codebook.load(folder)
    return fault.value.problems


def test_forms_have_as_many_cells_as_are_printed(book):
    """22, 161 and 15 in 2019; 10, 175 and 15 in 2021, and 7 more where （六） is one row."""
    counted = {
        edition.id: [
            sum(len(block.rows) * len(block.columns) for block in table.blocks) for table in edition.tables
        ]
        for edition in book.editions.values()
    }
    assert counted == {"2008": [], "2014": [], "2019": [22, 161, 15], "2021": [10, 182, 15]}
    assert len(book.editions["2019"].cells) == len(book.editions["2019"].required_cells) == 198
    assert len(book.editions["2021"].required_cells) == 200


def test_an_agency_goes_by_one_name(book):
    for known in ("定海区民政局", "舟山市定海区民政局", "dinghai-civil-affairs"):
        assert book.agency_name(known) == "定海区民政局"
    assert book.agency_name("没有听说过的局") == "没有听说过的局"
    assert book.agency("没有听说过的局") is None


def test_a_pattern_of_codes_names_all_below_its_stem(book):
    assert set(book.matching("lit.direct.*")) == {
        f"lit.direct.{part}" for part in ("total", "upheld", "corrected", "other", "pending")
    }
    assert book.matching("req.new") == ("req.new",)


def test_every_figure_a_form_asks_for_has_a_unit(book):
    for edition in book.editions.values():
        for code, _ in edition.cells:
            assert book.indicators[code].unit_zh, code


def test_units_are_units(book):
    """A comma inside a field once shifted its row: no unit is a dimension, no dimension a unit."""
    assert {indicator.dimension for indicator in book.indicators.values()} <= {
        "none", "group", "account", "outlet", "level", "platform", "column", "topic",
    }  # fmt: skip
    assert not {indicator.unit_zh for indicator in book.indicators.values()} & {"none", "group", "requests"}
    assert {indicator.additive for indicator in book.indicators.values()} <= {
        "yes", "no", "alt", "partial", "subset",
    }  # fmt: skip


def test_a_change_of_any_file_is_another_version(book, copy):
    assert codebook.load(copy).version == book.version
    replace(copy, "groups.csv", ("Total", "Sum"))
    codebook.load.cache_clear()
    assert codebook.load(copy).version != book.version


FAULTS = [
    ("indicators.csv", ("proactive.rules,proactive,", "proactive.rules,no.such,"), "indicators.csv 第 3 行：proactive.rules 的上级 no.such 不存在"),
    ("indicators.csv", ("\nproactive.license,", "\nproactive.rules,"), "indicators.csv：proactive.rules 出现 2 次"),
    ("rows.csv", ("行政许可,行政许可,", "行政许可,,"), "rows.csv 第 4 行：2021 一栏为空，没有该项请写 “-”"),
    ("rows.csv", ("\n3,,req.new,", "\n3,,req.nwe,"), "rows.csv 第 10 行：req.nwe 不在 indicators.csv 中"),
    ("rows.csv", ("\n3,,req.new,", "\n9,,req.new,"), "rows.csv 第 10 行：editions.toml 中没有表 9"),
    ("rows.csv", ("proactive.rules,规章", "proactive.ruels,规章"), "rows.csv 第 2 行：proactive.ruels.made 不在 indicators.csv 中"),
    ("columns.csv", ("group,enterprise,", "group,company,"), "columns.csv 第 20 行：company 不在 groups.csv 中"),
    ("columns.csv", ("group,enterprise,", "gruop,enterprise,"), "columns.csv 第 20 行：gives 应为 suffix、group 或 indicator，现为 gruop"),
    ("columns.csv", ("indicator,review.upheld,", "indicator,review.uphled,"), "columns.csv 第 26 行：review.uphled 不在 indicators.csv 中"),
    ("breaks.csv", ("lit.*,,2023", "suit.*,,2023"), "breaks.csv 第 11 行：suit.* 不在 indicators.csv 中"),
    ("breaks.csv", ("lit.*,,2023", "lit.*,,二〇二三"), "breaks.csv 第 11 行：last_year、first_year 应为年份"),
    ("breaks.csv", ("welfare,定海区民政局", "welfare,定海民政局"), "breaks.csv 第 12 行：定海民政局 不在 agencies.csv 中"),
    ("agencies.csv", ("定海区水利局,县", "定海区民政局,县"), "agencies.csv：定海区民政局 出现 2 次"),
    ("identities.toml", ('kind = "balance"', 'kind = "ballance"'), "identities.toml：第 12 条 T3-01 kind 不存在：ballance"),
    ("identities.toml", ('left = ["req.new", ', 'left = ["req.nwe", '), "identities.toml：第 12 条 T3-01 的 req.nwe 不在 indicators.csv 中"),
    ("identities.toml", ('severity = "error"', 'severity = "fatal"'), "severity 应为 error、warning 或 info，现为 fatal"),
    ("identities.toml", ('section = "五"\n', ""), "缺少 section"),
    ("prose.toml", ('indicator = "proactive.total"', 'indicator = "proactive.totla"'), "的 proactive.totla 不在 indicators.csv 中"),
    ("prose.toml", ("pattern = '人大[", "pattern = '人大("), "的 pattern 不是正则表达式"),
    ("prose.toml", ("fillers = ", "filers = "), "prose.toml：缺少 fillers"),
    ("prose.toml", ("promises = ", "promise = "), "prose.toml：[statements] 缺少 promises"),
    ("editions.toml", ('fingerprints = ["本年新', 'marks = ["本年新'), "editions.toml：第 3 个 [[edition]] 缺少 fingerprints"),
    ("groups.csv", ("code,", "kode,"), "groups.csv 第 1 行：缺少列 code"),
    ("groups.csv", ("\ntotal,", "\ntotal,,,"), "groups.csv 第 8 行：列数与表头不符"),
    ("editions.toml", ("[[edition]]", "[[edition"), "editions.toml："),
]  # fmt: skip


@pytest.mark.parametrize(("name", "change", "problem"), FAULTS, ids=lambda value: str(value)[:40])
def test_a_fault_is_named_with_its_file_and_place(copy, name, change, problem):
    replace(copy, name, change)
    assert any(problem in found for found in problems(copy)), problems(copy)


def test_all_faults_are_listed_at_once(copy):
    replace(copy, "indicators.csv", ("proactive.rules,proactive,", "proactive.rules,no.such,"))
    replace(copy, "rows.csv", ("行政许可,行政许可,", "行政许可,,"))
    replace(copy, "breaks.csv", ("lit.*,,2023", "suit.*,,2023"))
    assert len(problems(copy)) == 3


def test_missing_files_are_listed_at_once(copy):
    (copy / "rows.csv").unlink()
    (copy / "prose.toml").unlink()
    assert problems(copy) == ["rows.csv：缺少此文件", "prose.toml：缺少此文件"]


NEW_FORM = """示例县民政局2027年政府信息公开工作年度报告

二、主动公开政府信息情况
\t第二十条第（一）项

\t信息内容
\t当年印发件数
\t年末有效件数

\t政府规章
\t1
\t2

\t行政规范性文件
\t3
\t40

三、收到和处理政府信息公开申请情况
\t申请人情况

\t
\t自然人
\t法人或其他组织
\t总计

\t
\t
\t商业企业
\t科研机构
\t社会公益组织
\t法律服务机构
\t其他
\t

\t一、当年新收申请
\t5
\t1
\t0
\t0
\t0
\t0
\t6

"""
INVENTED = {
    "rows.csv": {
        "proactive.rules": "政府规章",
        "proactive.normdocs": "行政规范性文件",
        "req.new": "一、当年新收申请",
    },
    "columns.csv": {
        "issued": "当年印发件数",
        "in_force": "年末有效件数",
        **{
            code: f"法人或其他组织 > {name}"
            for code, name in (
                ("enterprise", "商业企业"),
                ("research", "科研机构"),
                ("public_welfare", "社会公益组织"),
                ("legal_services", "法律服务机构"),
                ("other_org", "其他"),
            )
        },
        "natural_person": "自然人",
        "total": "总计",
    },
}


def test_a_new_form_is_a_column_in_two_files_and_an_entry(copy):
    """An invented form of 2027 is read without a change of code."""
    for name, labels in INVENTED.items():
        with (copy / name).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        with (copy / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, [*rows[0], "2027"], lineterminator="\n")
            writer.writeheader()
            writer.writerows({**row, "2027": labels.get(row["code"], "-")} for row in rows)
    entry = '[[edition]]\nid = "2027"\nfirst_year = 2027\nname_zh = "2027 年表式"\nbasis = "虚构"\n'
    marks = 'fingerprints = ["当年印发件数", "年末有效件数", "当年新收申请"]\n\n[[table]]'
    replace(copy, "editions.toml", ("[[table]]", entry + marks))
    reading = read_bytes(NEW_FORM.encode(), codebook.load(copy))[0].reading
    assert reading.edition == "2027"
    assert {(fact.indicator, fact.group): fact.value for fact in reading.facts} == {
        ("proactive.rules.issued", None): 1,
        ("proactive.rules.in_force", None): 2,
        ("proactive.normdocs.issued", None): 3,
        ("proactive.normdocs.in_force", None): 40,
        ("req.new", "natural_person"): 5,
        ("req.new", "enterprise"): 1,
        ("req.new", "research"): 0,
        ("req.new", "public_welfare"): 0,
        ("req.new", "legal_services"): 0,
        ("req.new", "other_org"): 0,
        ("req.new", "total"): 6,
    }
    assert [finding.rule for finding in reading.findings] == []
