"""`gaps`, and questions to an office without a database."""

import json

import pytest

from ..small_databases import line, put_figures


@pytest.fixture
def with_gaps(folder, run):
    """A small database: a report of 2021 and one of 2022."""
    put_figures(folder, *(line(year, "site.dynamics.posts", 15 * (year - 2020)) for year in (2021, 2022)))
    assert run("build")[0] == 0
    return folder


def test_gaps_lists_every_rule_with_basis_and_action(run, with_gaps):
    code, out, _ = run("gaps", "--agency", "example-civil-affairs", "--year", "2021", "--format", "json")
    told = json.loads(out)
    assert code == 0
    keys = {"rule", "item", "severity", "verdict", "evidence", "basis", "action"}
    assert all(keys <= row.keys() for row in told)
    assert sorted({row["rule"] for row in told}) == [f"G{number:02}" for number in range(1, 29)]
    (column,) = [row for row in told if row["rule"] == "G06"]
    assert (column["verdict"], column["severity"], column["state"]) == ("short", "amber", "open")
    assert column["evidence"].startswith("全年 15 条，少于 26 条")


def test_gaps_takes_the_newest_report_and_prints_a_table_or_csv(run, with_gaps):
    _, table, _ = run("gaps", "--agency", "示例县民政局")
    assert "全年 30 条，须有逐条日期方可判定" in table
    _, text, _ = run("gaps", "--agency", "示例县民政局", "--format", "csv")
    assert text.splitlines()[0].startswith("rule,key,name,item,severity,verdict,evidence,basis,")


def test_a_year_in_raised_digits_is_no_year(run):
    code, _, err = run("gaps", "--agency", "示例县民政局", "--year", "²⁰²⁰")
    assert code == 2
    assert err.endswith("不是年度：²⁰²⁰\n")


@pytest.mark.parametrize("command", ["trend", "gaps", "ledger", "changes"])
def test_without_a_database_a_question_says_what_to_do(run, command):
    told = run(command, "--agency", "示例县民政局")
    assert told == (2, "", "dashboard: 还没有数据库；请先运行 dashboard build\n")


def test_gaps_says_what_it_cannot_answer(run, with_gaps):
    code, _, err = run("gaps", "--agency", "示例县民政局", "--year", "2019")
    assert (code, err) == (2, "dashboard: 库中没有 示例县民政局 2019 年的年报；该机关现有：2021、2022\n")
    told = "dashboard: 库中没有 示例县教育局 的年报；相近的有：示例县民政局\n"
    assert run("gaps", "--agency", "示例县教育局")[::2] == (2, told)
    (with_gaps.root / "gap_settings.toml").write_text("[G06]\ndays = 'a'\n", "utf-8")
    code, _, err = run("gaps", "--agency", "示例县民政局")
    assert (code, err) == (2, "dashboard: gap_settings.toml [G06] days：应为整数，现为 a\n")


def test_a_decision_without_a_key_on_several_gaps_is_told_in_one_line(run, with_gaps):
    """G26 asks for the basis and for the names; neither has an item, so that without keys both share a state."""
    head = "agency,year,rule,item,state,reason,until,office,person,due,result,by,on\n"
    path = with_gaps.root / "gap_states.csv"
    path.write_text(f"{head}示例县民政局,2022,G26,,done,已改,,,,,,,\n", "utf-8")
    code, out, err = run("gaps", "--agency", "示例县民政局", "--format", "json")
    states = [row["state"] for row in json.loads(out) if row["rule"] == "G26"]
    assert (code, states) == (0, ["done", "done"])
    assert err == "gap_states.csv：G26的登记没有问题编号，对 2 条问题都有效；请逐条重新登记\n"
    (key, _) = [row["key"] for row in json.loads(out) if row["rule"] == "G26"]
    path.write_text(f"{head.strip()},key\n示例县民政局,2022,G26,,done,已改,,,,,,,,{key}\n", "utf-8")
    code, out, err = run("gaps", "--agency", "示例县民政局", "--format", "json")
    assert [row["state"] for row in json.loads(out) if row["rule"] == "G26"] == ["done", "open"]
    assert (code, err) == (0, "")
