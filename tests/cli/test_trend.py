"""The command `trend`: what it prints, and what it says to a slip of the pen."""

import csv
import io
import json

import pytest

from dashboard.cli import main

from ..metrics.asking import figures, outcomes
from ..small_databases import AGENCY, built, line


@pytest.fixture
def run(folder, capsys):
    """The command on a database of two years."""
    built(
        folder,
        [
            *outcomes(2022, 20, 10, 50),
            *outcomes(2023, 20, 5, 40),
            *figures(2023, req__new=9, req__carried_in=0, req__carried_out=1),
            line(2022, "media.outlet", 5, item="滨海日报"),
        ],
    )

    def command(*arguments):
        try:
            code = main(["--data", str(folder.root), "trend", *map(str, arguments)])
        except SystemExit as ended:
            code = ended.code
        printed = capsys.readouterr()
        assert "Traceback" not in printed.err
        return code, printed.out, printed.err

    return command


def test_a_table_says_years_values_and_changes_in_chinese(run):
    code, out, _ = run(
        "--agency", "example-civil-affairs", "--indicator", "disclosure", "--indicator", "req.new"
    )
    lines = [row.split() for row in out.splitlines()]
    assert code == 0
    assert lines[0] == ["年度", "指标", "数值", "单位", "与上年相比", "说明"]
    assert lines[2:] == [
        ["2022", "公开率", "60", "%", "上年无数据", "由年报数据计算"],
        ["2023", "公开率", "62.5", "%", "增加", "2.5", "个百分点", "由年报数据计算"],
        ["2022", "一、本年新收政府信息公开申请数量", "—", "件", "—", "摘录未含"],
        ["2023", "一、本年新收政府信息公开申请数量", "9", "件", "上年无数据", "年报所载"],
    ]  # fmt: skip


def test_a_rate_on_few_is_printed_as_counts(run):
    _, out, _ = run("--agency", AGENCY, "--indicator", "结转率", "--from", 2023)
    assert out.splitlines()[-1].split() == [
        "2023",
        "结转率",
        "—",
        "%",
        "上年无数据",
        "1/9，基数过小，只列件数",
    ]


def test_csv_and_json_have_every_column_and_say_the_same(run):
    asked = (
        "--agency",
        AGENCY,
        "--from",
        2022,
        "--year",
        2022,
        "--indicator",
        "disclosure",
        "--indicator",
        "media.outlet",
    )
    _, out, _ = run(*asked, "--format", "json")
    rate, outlet = json.loads(out)
    assert (rate["value"], rate["numerator"], rate["n"], rate["denominator_zh"][:5]) == (
        60,
        30,
        50,
        "办理结果总",
    )
    assert (outlet["item"], outlet["value"], outlet["is_shown"], outlet["low"]) == ("滨海日报", 5, True, None)
    assert list(rate) == list(outlet)
    assert all(row["fact_ids"] for row in (rate, outlet))
    _, out, _ = run(*asked, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [list(row) for row in rows] == [list(rate)] * 2
    assert [row["value"] for row in rows] == ["60", "5"]


def test_without_an_indicator_the_usual_ones_are_shown(run):
    _, out, _ = run("--agency", AGENCY, "--format", "json")
    rows = json.loads(out)
    assert list(dict.fromkeys(row["indicator"] for row in rows))[:5] == [
        "req.new", "req.carried_in", "req.outcome.total", "disclosure", "completion",
    ]  # fmt: skip
    assert {row["year"] for row in rows} == {2022, 2023}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--agency", AGENCY, "--indicator", "req.nwe"), "没有名为 req.nwe 的指标；相近的有：req.new（一、本年新收政府信息公开申请数量）"),
        (("--agency", AGENCY, "--indicator", "公开绿"), "没有名为 公开绿 的指标；相近的有：disclosure（公开率）"),
        (("--agency", AGENCY, "--indicator", "req"), "没有名为 req 的指标"),
        (("--agency", AGENCY, "--indicator", "@@@@"), "没有名为 @@@@ 的指标；代码见 data/codebook 中的 indicators.csv、metrics.toml"),
        (("--agency", "示例县民政居"), "库中没有 示例县民政居 的年报；相近的有：示例县民政局"),
        (("--agency", AGENCY, "--from", 2023, "--year", 2022), "起始年度 2023 晚于截止年度 2022"),
    ],
)  # fmt: skip
def test_a_slip_gets_one_line_that_names_what_is_near(run, arguments, said):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith(f"dashboard: {said}")
    assert err.count("\n") == 1


def test_an_agency_must_be_named(run):
    code, _, err = run()
    assert code == 2
    assert "--agency" in err
