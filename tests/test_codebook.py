"""The codebook: what it holds, what it refuses, and that a new form is data and no code."""

import csv
import shutil
from decimal import Decimal

import pytest

from dashboard import codebook
from dashboard.build import read_bytes
from dashboard.errors import CodebookError
from dashboard.extract.labels import normal


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
    """55 in 2008, 59 in 2014; 22, 161 and 15 in 2019; 10, 175 and 15 in 2021, and 7 more where （六） is one row."""
    counted = {
        edition.id: [
            sum(
                len(block.value_columns) * sum(not block.heads_group(row) for row in block.rows)
                for block in table.blocks
            )
            for table in edition.tables
        ]
        for edition in book.editions.values()
    }
    assert counted == {"2008": [55], "2014": [59], "2019": [22, 161, 15], "2021": [10, 182, 15]}
    assert len(book.editions["2019"].cells) == len(book.editions["2019"].required_cells) == 198
    assert len(book.editions["2021"].required_cells) == 200


def test_rows_of_the_sheet_of_2014_that_only_head_a_group_ask_for_no_figure(book):
    """66 printed rows: 7 head a group, one (其他形式) stands in local sheets only."""
    (sheet,) = book.editions["2014"].tables
    (block,) = sheet.blocks
    heads = [row.path[-1] for row in block.rows if block.heads_group(row)]
    assert len(block.rows) == 66
    assert [head[:2] for head in heads] == ["一、", "（二", "二、", "（二", "三、", "八、", "九、"]
    assert [row.code for row in block.rows if row.optional] == ["req.via.other"]
    assert len(book.editions["2014"].required_cells) == 58
    assert {group for _, group in book.editions["2014"].cells} == {None}


def test_the_columns_of_a_sheet_say_which_of_them_holds_figures(book):
    (block,) = book.editions["2014"].tables[0].blocks
    assert [(column.path[-1], column.gives, column.optional) for column in block.columns] == [
        ("序号", "ignored", True),
        ("单位", "unit", False),
        ("代码", "ignored", True),
        ("统计数", "row", False),
        ("备注", "ignored", True),
    ]
    (value,) = block.value_columns
    assert block.cell(block.rows[1], value) == ("proactive.total", None)


def test_the_local_sheet_has_its_35_rows_in_order(book):
    """01 to 35 as printed; of later sheets other reasons of refusal and costs, each of which may be missing."""
    (block,) = book.editions["2008"].tables[0].blocks
    first = [row.code for row in block.rows][:20]
    assert first[:3] == ["proactive.total", "proactive.electronic", "proactive.normdocs.added"]
    assert first[9:16] == [
        "req.new", *(f"req.via.{way}" for way in ("inperson", "fax", "email", "online", "mail", "other")),
    ]  # fmt: skip
    assert len(book.editions["2008"].required_cells) == 28
    assert all(row.optional for row in block.rows if row.code.startswith(("fee.", "org.")))


def test_fingerprints_tell_the_forms_apart(book):
    """Those of a form stand on it; of another form it shows few (行政规范性文件 is in the sheet of 2008 too)."""

    def shown(edition, marks):
        printed = set()
        for table in edition.tables:
            printed |= set(table.headings)
            for block in table.blocks:
                printed.add(block.title)
                for label in (*block.rows, *block.columns):
                    printed |= {*label.path, *label.aliases}
        return sum(any(normal(mark) in normal(text) for text in printed) for mark in marks)

    for edition in book.editions.values():
        assert shown(edition, edition.fingerprints) == len(edition.fingerprints) > 5
        for other in book.editions.values():
            assert other is edition or shown(edition, other.fingerprints) <= 1


def test_some_editions_are_known_by_headings(book):
    assert {edition.id for edition in book.editions.values() if edition.heading_fingerprints} == {
        "2008",
        "2014",
    }
    assert "收费及减免" in book.editions["2008"].heading_fingerprints


def test_a_sheet_of_2014_does_not_compare_with_what_came_before(book):
    """Requests were counted in 条, replies in other classes, channels as each place liked."""
    broken = {row["indicator"] for row in book.breaks if row["last_year"] == "2013"}
    assert {"proactive.total", "channel.*", "req.new", "req.via.*", "req.outcome.*"} <= broken
    assert all(row["label_zh"] and row["reason_zh"] for row in book.breaks)


def test_what_a_refusal_of_2014_is_made_of_adds_up_to_it(book):
    """Each reason is an additive part of 不同意公开, directly or by way of 保护第三方合法权益."""
    parts = [code for code, _ in book.editions["2014"].cells if code.startswith("req.outcome.denied.")]
    assert len(parts) == 6
    wholes = {book.indicators[code].parent for code in parts}
    assert wholes == {"req.outcome.denied", "req.outcome.denied.third_party"}
    assert book.indicators["req.outcome.denied.third_party"].parent == "req.outcome.denied"
    assert {book.indicators[code].additive for code in [*parts, *wholes]} == {"yes"}


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
    ("rows.csv", ("proactive.rules,-,-,规章", "proactive.ruels,-,-,规章"), "rows.csv 第 2 行：proactive.ruels.made 不在 indicators.csv 中"),
    ("columns.csv", ("group,enterprise,", "group,company,"), "columns.csv 第 20 行：company 不在 groups.csv 中"),
    ("columns.csv", ("group,enterprise,", "gruop,enterprise,"), "columns.csv 第 20 行：gives 应为 suffix、group、indicator、row、unit 或 ignored，现为 gruop"),
    ("columns.csv", ("indicator,review.upheld,", "indicator,review.uphled,"), "columns.csv 第 26 行：review.uphled 不在 indicators.csv 中"),
    ("rows.csv", ("\n3,,req.new,", "\n3,,,"), "rows.csv 第 10 行：没有写 code，而表 3 各列要由行给出指标"),
    ("rows.csv", ("\n3,,req.carried_in,", "\n3,,req.new,"), "rows.csv、columns.csv 的 2019：req.new total 出现 2 次"),
    ("rows.csv", ("\nS,,req.ontime,", "\nS,,req.new,"), "rows.csv、columns.csv 的 2014：req.new 出现 2 次"),
    ("rows.csv", (",2008,2014,", ",2008,2104,"), "rows.csv 第 1 行：2104 不是 editions.toml 中的表式"),
    ("columns.csv", (",2008,2014,", ",2008,2104,"), "columns.csv 第 1 行：缺少表式 2014 一列"),
    ("columns.csv", ("\nS,,row,,", "\nS,,ignored,,"), "columns.csv：表 S 在 2014 中应有且只有一列 gives 为 row，现有 0 列"),
    ("columns.csv", ("\nS,,ignored,,-,?备注", "\nS,,row,,-,?备注"), "columns.csv：表 S 在 2014 中应有且只有一列 gives 为 row，现有 2 列"),
    ("columns.csv", ("\nS,,ignored,,-,?备注", "\nS,,unit,,-,?备注"), "columns.csv：表 S 在 2014 中 gives 为 unit 的列多于一列"),
    ("columns.csv", ("\nS,,ignored,,-,?备注", "\nS,,group,total,-,?备注"), "columns.csv：表 S 的 row 列不能与 suffix、group、indicator 列并用"),
    ("columns.csv", ("\nL,,unit,,", "\nL,,unit,req.new,"), "columns.csv 第 47 行：gives 为 unit 的列不写 code，现为 req.new"),
    ("columns.csv", ("amount,-,-,-,本年收费金额（单位：万元）", "amount,-,-,-,-"), "columns.csv：表 2第二十条第（八）项 在 2021 中没有一列给出数字"),
    ("editions.toml", ('heading_fingerprints = ["收费及减免", ', 'heading_fingerprints = ["", '), "editions.toml：第 1 个 [[edition]] 的 heading_fingerprints 应为若干词语"),
    ("editions.toml", ('headings = ["信息内容"]', 'headings = "信息内容"'), "editions.toml：第 1 个 [[table]] 的 headings 应为若干词语"),
    ("identities.toml", ('editions = ["2014"]', 'editions = ["2104"]'), "中 2104 不在 editions.toml 中"),
    ("identities.toml", ('lacking = ["req.via.other"]', ""), "B-01 的 under 和 lacking 应同时写"),
    ("identities.toml", ('over = "warning"', 'over = "mild"'), "over 应为 error、warning 或 info，现为 mild"),
    ("breaks.csv", ("lit.*,,2023", "suit.*,,2023"), "breaks.csv 第 17 行：suit.* 不在 indicators.csv 中"),
    ("breaks.csv", ("lit.*,,2023", "lit.*,,二〇二三"), "breaks.csv 第 17 行：last_year、first_year 应为年份"),
    ("breaks.csv", ("welfare,定海区民政局", "welfare,定海民政局"), "breaks.csv 第 18 行：定海民政局 不在 agencies.csv 中"),
    ("agencies.csv", ("定海区水利局,县", "定海区民政局,县"), "agencies.csv：定海区民政局 出现 2 次"),
    ("identities.toml", ('kind = "balance"', 'kind = "ballance"'), "identities.toml：第 15 条 T3-01 kind 不存在：ballance"),
    ("identities.toml", ('left = ["req.new", ', 'left = ["req.nwe", '), "identities.toml：第 15 条 T3-01 的 req.nwe 不在 indicators.csv 中"),
    ("identities.toml", ('severity = "error"', 'severity = "fatal"'), "severity 应为 error、warning 或 info，现为 fatal"),
    ("identities.toml", ('section = "五"\n', ""), "缺少 section"),
    ("ledgers.toml", ('kind = "equal"', 'kind = "same"'), "ledgers.toml：第 1 条 T3-05 kind 不存在：same"),
    ("ledgers.toml", ('told = "req.carried_in"', 'told = "req.carried"'), "第 1 条 T3-05 的 req.carried 不在 indicators.csv 中"),
    ("ledgers.toml", ('groups = ["total"]', 'groups = ["all"]'), "第 1 条 T3-05 的 groups 中 all 不在 groups.csv 中"),
    ("ledgers.toml", ('before = ["req.carried_out"]\n', ""), "第 1 条 T3-05 缺少 before"),
    ("ledgers.toml", ('severity = "info"', 'severity = "error"'), "第 3 条 T3-12 的 severity 应为 info：跨表式不能判错"),
    ("ledgers.toml", ('"proactive.coercion", "proactive.fees"]', '"proactive.coercion", "proactive.fee"]'), "的 proactive.fee.items_prev 不在 indicators.csv 中"),
    ("ledgers.toml", ("error_share = 0.2\n", ""), "T2-08 的 error_share 和 explained_by 应同时写"),
    ("ledgers.toml", ('"汇总", ', '"汇总(", '), "Y-05 的 scope_words 中 汇总( 不是正则表达式"),
    ("ledgers.toml", ('pending = "尚未审结"\n', ""), "T4-04 的 pending 没有写在 [words] 中"),
    ("ledgers.toml", ('id = "T3-06"', 'id = "T3-05"'), "ledgers.toml：T3-05 出现 2 次"),
    ("ledgers.toml", ("[words]", "[names]"), "ledgers.toml：缺少 [words]"),
    ("prose.toml", ('indicator = "proactive.total"', 'indicator = "proactive.totla"'), "的 proactive.totla 不在 indicators.csv 中"),
    ("prose.toml", ("pattern = '(?:人大|代表)[", "pattern = '(?:人大|代表)("), "的 pattern 不是正则表达式"),
    ("prose.toml", ("plans = '", "plans = '("), "prose.toml：plans 不是正则表达式"),
    ("prose.toml", ("zero = '开设", "zero = '(开设"), "的 zero 不是正则表达式"),
    ("prose.toml", ("not_counts = [", "not_counts = ['(', "), "prose.toml：not_counts 第 1 项 不是正则表达式"),
    ("prose.toml", ("fillers = ", "filers = "), "prose.toml：缺少 fillers"),
    ("prose.toml", ("promises = ", "promise = "), "prose.toml：[statements] 缺少 promises"),
    ("editions.toml", ('fingerprints = ["本年新', 'marks = ["本年新'), "editions.toml：第 3 个 [[edition]] 缺少 fingerprints"),
    ("metrics.toml", ('kind = "amount"', 'kind = "amuont"'), "metrics.toml：第 1 个 [[metric]] workload 的 kind 不存在：amuont"),
    ("metrics.toml", ('numerator = ["req.new", "req.carried_in"]', 'numerator = ["req.nwe", "req.carried_in"]'), "第 1 个 [[metric]] workload 的 req.nwe 不在 indicators.csv 或 [[input]] 中"),
    ("metrics.toml", ('numerator = ["req.new", "req.carried_in"]', 'numerator = ["req.new +", "req.carried_in"]'), "workload 的“req.new +”写法不对"),
    ("metrics.toml", ('numerator = ["req.new", "req.carried_in"]', 'numerator = "req.new"'), "workload 的 numerator 应为若干文字"),
    ("metrics.toml", ("req.new[natural_person]", "req.new[nobody]"), "natural_persons 的 nobody 不在 groups.csv 中"),
    ("metrics.toml", ('id = "completed"', 'id = "workload"'), "metrics.toml：workload 出现 2 次"),
    ("metrics.toml", ('id = "completed"', 'id = "req.completed"'), "metrics.toml：req.completed 与 indicators.csv 中的代码相同"),
    ("metrics.toml", ('denominator_zh = "本年新收与上年结转之和"\n', ""), "completion 缺少 denominator_zh：比率须写明分母"),
    ("metrics.toml", ('denominator = ["req.new", "req.carried_in"]\n', ""), "completion 的 kind 为 rate，应有 denominator"),
    ("metrics.toml", ('note_zh = "与办结率之和为 100%"\n', ""), "metrics.toml：第 4 个 [[metric]] 缺少 note_zh"),
    ("metrics.toml", ('editions = ["2014"]\nnumerator = ["req.completed"]', 'editions = ["2104"]\nnumerator = ["req.completed"]'), "completed 的 2104 不在 editions.toml 中"),
    ("metrics.toml", ('editions = ["2014"]\nnumerator = ["req.completed"]', 'numerator = ["req.completed"]'), "completed 的第 1 个 [[metric.form]] 应有 editions"),
    ("metrics.toml", ('breaks = ["req.new"]', 'breaks = ["req.nwe"]'), "outcome_group.disclosed 的 breaks 中 req.nwe 不在 indicators.csv 中"),
    ("metrics.toml", ('each = ["proactive.license"', 'each = ["proactive.licence"'), "{part}_change 的 each 中 proactive.licence 不在 indicators.csv 中"),
    ("metrics.toml", ("years = 2\nnum", "years = 3\nnum"), "review_corrected_two_years 的 years 应为 1 或 2，现为 3"),
    ("metrics.toml", ("few_below = 30", 'few_below = "30"'), "metrics.toml：[guard] 的 few_below 应为不小于 0 的整数"),
    ("metrics.toml", ('reason_zh = "年报不载；须另行提供人口数并注明年度和来源"\n', ""), "metrics.toml：第 1 个 [[input]] 缺少 reason_zh"),
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


NEW_FORM = """样本县民政局2027年政府信息公开工作年度报告

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


def rewritten(folder, name, change):
    """The rows of a CSV of the codebook, changed and written back."""
    with (folder / name).open(encoding="utf-8", newline="") as file:
        rows = change(list(csv.DictReader(file)))
    with (folder / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def test_a_new_form_is_a_column_in_two_files_and_an_entry(copy):
    """An invented form of 2027 is read without a change of code."""
    for name, labels in INVENTED.items():
        rewritten(
            copy,
            name,
            lambda rows, labels=labels: [
                {**row, "2027": labels.get(row["code"], "-") if row["table"] in "23" else "-"} for row in rows
            ],
        )
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


NEW_SHEET = """示例县民政局2028年政府信息公开工作年度报告

一、总体情况
全年工作平稳。

附：办理情况一览
\t项目名称
\t计量
\t全年数

\t甲、办理申请
\t——
\t——

\t（甲一）来件数
\t件
\t7

\t其中：现场来件数
\t件
\t3

\t（甲二）收费
\t元
\t25000

\t乙、争议数
\t件
\t

"""
SHEET_ROWS = [
    ("", "甲、办理申请"),
    ("req.new", "甲、办理申请 > （甲一）来件数"),
    ("req.via.inperson", "甲、办理申请 > （甲一）来件数 > 其中：现场来件数"),
    ("fee.charged", "甲、办理申请 > （甲二）收费"),
    ("review.total", "乙、争议数"),
    ("lit.total", "?丙、诉讼数"),
]
SHEET_COLUMNS = [("ignored", "?编号"), ("unit", "计量"), ("row", "全年数"), ("ignored", "?说明")]


def test_a_new_sheet_of_one_column_is_data_too(copy):
    """An invented sheet of 2028 in the manner of 2014: heads of groups, a column of units, one of figures."""

    def with_sheet(rows, added):
        old = [{**row, "2028": "-"} for row in rows]
        empty = dict.fromkeys(old[0], "-") | {"table": "Z", "block": "", "aliases": ""}
        return old + [{**empty, **line} for line in added]

    lines = [{"code": code, "2028": label} for code, label in SHEET_ROWS]
    rewritten(copy, "rows.csv", lambda rows: with_sheet(rows, lines))
    heads = [{"gives": gives, "code": "", "2028": label} for gives, label in SHEET_COLUMNS]
    rewritten(copy, "columns.csv", lambda rows: with_sheet(rows, heads))
    entry = '[[edition]]\nid = "2028"\nfirst_year = 2028\nname_zh = "2028 年一览"\nbasis = "虚构"\n'
    marks = 'fingerprints = ["（甲一）来件数", "（甲二）收费"]\n\n[[table]]\nid = "Z"\nsection = "附"\n'
    table = 'name_zh = "办理情况一览"\nheadings = ["项目名称"]\n\n[[table]]'
    replace(copy, "editions.toml", ("[[table]]", entry + marks + table))
    reading = read_bytes(NEW_SHEET.encode(), codebook.load(copy))[0].reading
    assert reading.edition == "2028"
    assert [(fact.indicator, fact.value, fact.status, fact.unit) for fact in reading.facts] == [
        ("req.new", 7, "reported", "件"),
        ("req.via.inperson", 3, "reported", "件"),
        ("fee.charged", Decimal("2.5"), "reported", "元"),
        ("review.total", None, "blank", "件"),
    ]
    assert [finding.rule for finding in reading.findings if finding.rule.startswith("R-")] == []
