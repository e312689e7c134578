"""A new form is data and no code."""

from decimal import Decimal

from dashboard import codebook
from dashboard.build import read_bytes

from .changing import replace, rewritten

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
