"""The seed year (standards, "Seed-year evaluation to reproduce")."""

from dashboard.build import build
from dashboard.gaps import evaluate
from dashboard.store import Store

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
