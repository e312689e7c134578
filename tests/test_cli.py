"""The command, as a person types it: what it prints, how it ends, what it loads."""

import json
import os
import pty
import shutil
import subprocess
import sys
import termios
from contextlib import suppress
from pathlib import Path

import pytest

from dashboard.cli import main

PROJECT = Path(__file__).parent.parent
UNTITLED = "政府信息公开工作年度报告\n\n一、总体情况\n主动公开政府信息12条。\n"


@pytest.fixture
def report(document, tmp_path):
    path = tmp_path / "report.txt"
    path.write_bytes(document("示例县民政局-2020"))
    return path


@pytest.fixture
def run(folder, capsys):
    """Run one command on the test's own data folder: its exit code, output and errors."""

    def command(*arguments):
        try:
            code = main(["--data", str(folder.root), *map(str, arguments)])
        except SystemExit as ended:  # argparse ends by itself on wrong usage
            code = ended.code
        printed = capsys.readouterr()
        assert "Traceback" not in printed.err
        return code, printed.out, printed.err

    return command


def started(*arguments, **environment):
    """The command in a process of its own."""
    return subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from dashboard.cli import main; sys.exit(main())",
            *map(str, arguments),
        ],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, **environment},
        check=False,
    )


def test_read_prints_one_object_with_exactly_these_keys(run, report):
    code, out, _ = run("read", report, "--json")
    told = json.loads(out)
    assert code == 0
    assert list(told) == ["agency", "year", "edition", "facts", "findings"]
    assert (told["agency"], told["year"], told["edition"]) == ("示例县民政局", 2020, "2019")
    fact_keys = ["indicator", "group", "item", "value", "status", "raw", "unit", "source", "locator"]
    assert all(list(fact) == fact_keys and "quote" in fact["locator"] for fact in told["facts"])
    assert all(list(finding) == ["rule", "severity", "message", "cells"] for finding in told["findings"])
    cell_keys = ["indicator", "group", "item", "value", "status"]
    assert all(list(cell) == cell_keys for finding in told["findings"] for cell in finding["cells"])


def test_numbers_in_json_are_the_digits_that_were_printed(run, report):
    _, out, _ = run("read", report, "--json")
    values = {(fact["indicator"], fact["group"]): fact["value"] for fact in json.loads(out)["facts"]}
    assert values["proactive.license.decisions", None] == 1083
    assert isinstance(values["proactive.license.decisions", None], int)
    assert values["proactive.procurement.amount", None] == 46310.5
    assert values["proactive.coercion.decisions", None] is None
    assert '"value": 46310.5' in out


def test_what_is_not_told_is_null_and_can_be_given(run, tmp_path):
    path = tmp_path / "untitled.txt"
    path.write_text(UNTITLED, "utf-8")
    told = json.loads(run("read", path, "--json")[1])
    assert (told["agency"], told["year"]) == (None, None)
    told = json.loads(run("read", path, "--json", "--agency", "示例县水利局", "--year", "2021")[1])
    assert (told["agency"], told["year"]) == ("示例县水利局", 2021)


def test_check_ends_with_one_on_an_error_and_zero_without(run, report):
    assert run("check", report)[0] == 0
    spoilt = report.read_bytes().decode().replace("本年度新收7件", "本年度新收8件")
    report.write_text(spoilt, "utf-8")
    code, out, _ = run("check", report)
    assert code == 1
    assert "错误 N-04" in out
    assert run("read", report)[0] == 0


def test_add_build_facts_is_the_way_of_a_report(run, report):
    assert run("add", report, "--address", "http://example.org/1")[0] == 0
    code, out, _ = run("build")
    assert (code, out.split("；")[0]) == (0, "已入库 1 份报告、232 条数据")
    code, out, _ = run("facts", "--agency", "示例县民政局", "--year", "2020")
    assert code == 0
    assert len(out.splitlines()) == 233
    code, out, _ = run("facts", "--agency", "示例县民政局", "--year", "2020", "--format", "json")
    direct = json.loads(run("read", report, "--json")[1])
    assert json.loads(out) == direct


def test_build_ends_with_one_when_something_was_left_out(run, tmp_path):
    path = tmp_path / "untitled.txt"
    path.write_text(UNTITLED, "utf-8")
    code, out, _ = run("add", path)
    assert (code, "--agency、--year" in out) == (0, True)
    code, out, _ = run("build")
    assert (code, "未入库" in out) == (1, True)


GOOD = 120
BAD = {
    "坏/空.txt": b"",
    "坏/截断.docx": b"PK\x03\x04\x14\x00\x00\x00\x08\x00word/document.xml",
    "坏/照片.png": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "坏/通知.txt": "今天天气很好。\n".encode(),
    "坏/过大.txt": "一、总体情况\n".encode() * 60_000,
}


def fill(place, text):
    """So many reports of fictional agencies, and a few files that are none."""
    for number in range(GOOD):
        agency = f"示例{chr(ord('一') + number)}县民政局"
        year = 2019 + number % 2
        path = place / agency / f"{year}.txt"
        path.parent.mkdir(parents=True)
        path.write_text(text.replace("示例县民政局", agency).replace("2020", str(year)), "utf-8")
    for name, data in BAD.items():
        path = place / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)


def test_a_folder_of_many_goes_in_but_for_the_bad_ones(run, folder, document, tmp_path, caplog):
    """Each bad file is named with its reason; nothing is read twice; nothing changes by building again."""
    place = tmp_path / "收到"
    fill(place, document("示例县民政局-2020").decode())
    folder.root.mkdir()
    folder.limits.write_text("file_megabytes = 1\n", "utf-8")
    caplog.set_level("INFO")
    code, out, _ = run("add", place)
    *lines, last = out.splitlines()
    assert code == 1
    assert last == f"新登记 {GOOD} 份，此前已登记 0 份，未登记 {len(BAD)} 份。运行 dashboard build 后入库"
    assert sorted(line.split("：")[1] for line in lines) == sorted(f"{place}/{name}" for name in BAD)
    assert all(line.startswith("未登记：") and len(line.split("：", 2)[2]) > 5 for line in lines)
    assert f"未登记：{place}/坏/过大.txt：文件有 1.1 MB，超过上限 1 MB" in lines
    assert len([record for record in caplog.records if record.message.startswith("已登记")]) == GOOD
    for _ in range(2):
        code, out, _ = run("build")
        assert (code, out.count("\n")) == (0, 1)
        assert out.startswith(f"已入库 {GOOD} 份报告、")
        assert out.endswith(f"；新读 0 份，未变 {GOOD} 份，未入库 0 份\n")
    shutil.rmtree(folder.readings)
    anew = run("build")[1]
    assert anew == out.replace("新读 0", f"新读 {GOOD}").replace(f"未变 {GOOD}", "未变 0")


def test_adding_many_ends_with_zero_one_or_two(run, report, tmp_path):
    """All in, some in, none in; what is registered already is in."""
    bad = tmp_path / "bad.txt"
    bad.touch()
    place = tmp_path / "received"
    place.mkdir()
    shutil.move(report, place)
    assert run("add", bad, bad, tmp_path / "missing")[0] == 2
    assert run("add", place)[0] == 0
    code, out, _ = run("add", place)
    assert code == 0
    assert out.splitlines() == [
        f"已登记：{place}/report.txt：同一份文件此前已登记，未重复保存",
        "新登记 0 份，此前已登记 1 份，未登记 0 份",
    ]
    assert run("add", place, bad)[0] == 1


def test_a_report_of_nobody_among_many_is_named_with_what_to_do(run, report, tmp_path):
    path = tmp_path / "untitled.txt"
    path.write_text(UNTITLED, "utf-8")
    code, out, _ = run("add", path, report)
    assert code == 0
    assert out.splitlines()[0].startswith(f"待定：{path}：文中没有写明机关或年度")
    code, out, _ = run("build")
    assert code == 1
    assert out.splitlines()[0].startswith("未入库：待定/待定/untitled.txt：机关或年度未知")
    assert out.endswith("新读 0 份，未变 1 份，未入库 1 份\n")


@pytest.mark.parametrize(
    "option",
    [["--agency", "示例县民政局"], ["--year", "2020"], ["--address", "x"], ["--published", "2021-01-20"]],
)
def test_what_is_true_of_one_file_is_not_said_of_many(run, folder, report, tmp_path, option):
    for files in ([report, report], [tmp_path]):
        code, out, err = run("add", *files, *option)
        assert (code, out) == (2, "")
        assert (
            err
            == "dashboard: --agency、--year、--address、--published 只用于单个文件；请分别登记，或去掉这些选项\n"
        )
    assert not folder.root.exists()


@pytest.mark.parametrize("command", ["read", "check", "add"])
def test_the_limits_of_the_folder_hold_for_every_command(run, folder, report, command):
    folder.root.mkdir()
    folder.limits.write_text("seiten = 3\n", "utf-8")
    code, out, err = run(command, report)
    assert (code, out) == (2, "")
    assert err.splitlines()[-1].startswith("dashboard: limits.toml 中没有 seiten 这一项")


def on_a_terminal(*arguments):
    """What a command shows on a terminal, from one state of the line to the next."""
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 120))
    command = [sys.executable, "-m", "dashboard.cli", *map(str, arguments)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=theirs):
        os.close(theirs)
        shown = bytearray()
        with suppress(OSError):  # the other end is closed
            while piece := os.read(ours, 4096):
                shown += piece
    os.close(ours)
    return [line for line in shown.decode().replace("\r", "\n").splitlines() if line.strip()]


def test_a_terminal_shows_how_far_it_is(folder, report, tmp_path):
    """And not a line for each file; elsewhere there are lines and no bar."""
    (tmp_path / "empty.txt").touch()
    files = [report, tmp_path / "empty.txt"]
    shown = on_a_terminal("--data", folder.root, "add", *files)
    assert shown[-1].startswith("读取年报: 100%")
    assert shown[-1].endswith("新读 2，未变 0，未收 1]")
    assert not [line for line in shown if "登记" in line]
    shown = on_a_terminal("--data", folder.root, "build")
    assert [line for line in shown if line.endswith("新读 0，未变 1，未收 0]")]
    assert "读取年报" not in started("--data", folder.root, "build").stderr


REFUSED = {
    "empty": b"",
    "random": bytes(range(256)) * 3,
    "not a report": "今天天气很好。\n".encode(),
    "PDF": b"%PDF-1.7\n\xff",
    "zip": b"PK\x03\x04\x00",
}


@pytest.mark.parametrize("command", ["read", "check", "add"])
@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_report_ends_with_two_and_one_line(run, folder, tmp_path, command, name):
    """On standard error; nothing is printed and nothing stored."""
    path = tmp_path / "file.txt"
    path.write_bytes(REFUSED[name])
    code, out, err = run(command, path)
    assert (code, out) == (2, "")
    assert len([line for line in err.splitlines() if line.startswith("dashboard: ")]) == 1
    assert not folder.root.exists()


WRONG = [
    ["read", "no-such-file.txt"],
    ["facts", "--agency", "示例县民政局", "--year", "2020"],
    ["facts", "--agency", "示例县民政局", "--year", "二〇二〇"],
    ["facts", "--agency", "示例县民政局", "--year", "²⁰²⁰"],
    ["read"],
    ["no-such-command"],
    [],
]


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_wrong_usage_ends_with_two_and_no_traceback(run, arguments):
    code, _, err = run(*arguments)
    assert code == 2
    assert err or not arguments


def test_a_folder_that_cannot_be_written_is_told_in_one_line(run, folder, report):
    folder.root.write_text("a file, not a folder", "utf-8")
    for arguments in (["add", report], ["build"]):
        code, out, err = run(*arguments)
        assert (code, out) == (2, "")
        assert err.splitlines()[-1].startswith("dashboard: ")


def test_a_codebook_at_fault_is_told_in_one_line(run, folder):
    (folder.root / "codebook").mkdir(parents=True)
    for arguments in (["build"], ["--version"]):
        code, _, err = run(*arguments)
        assert code == 2
        assert "indicators.csv：缺少此文件" in err.splitlines()[-1]


def test_version_names_package_codebook_and_data(run, folder, book):
    code, out, _ = run("--version")
    assert code == 0
    assert out.startswith("dashboard ")
    assert f"代码本 {book.version}；数据 未建库" in out
    run("build")
    assert "未建库" not in run("--version")[1]


def test_each_read_and_each_failure_leaves_a_line_on_standard_error(report, tmp_path):
    read = started("read", report)
    assert (read.returncode, read.stdout.count("\n")) == (0, 1)
    assert "INFO 已读取 report.txt：232 条数据" in read.stderr
    failed = started("read", tmp_path / "gone.txt")
    assert (failed.returncode, failed.stdout) == (2, "")
    assert failed.stderr == "dashboard: gone.txt：没有这个文件；请核对路径\n"


def test_the_data_folder_can_come_from_the_environment(folder):
    built = started("build", DASHBOARD_DATA=str(folder.root))
    assert built.returncode == 0
    assert (folder.build / "current").is_file()


HEAVY = """
import sys
from dashboard.cli import main
try:
    main(sys.argv[1:])
except SystemExit:
    pass
print([name for name in ("streamlit", "pandas", "plotly", "numpy", "duckdb") if name in sys.modules], file=sys.stderr)
"""


@pytest.mark.parametrize(
    "arguments", [["--help"], ["read", "REPORT", "--json"], ["check", "REPORT"]], ids=" ".join
)
def test_reading_loads_neither_streamlit_nor_pandas_nor_plotly_nor_duckdb(report, arguments):
    """They cost up to a second each."""
    given = [str(report) if argument == "REPORT" else argument for argument in arguments]
    done = subprocess.run(
        [sys.executable, "-c", HEAVY, *given], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout
    assert done.stderr.splitlines()[-1] == "[]"


def test_output_to_a_reader_that_has_gone_is_no_fault(report):
    """`dashboard read FILE --json | head -1`."""
    script = "import sys; from dashboard.cli import main; sys.exit(main())"
    with subprocess.Popen(
        [sys.executable, "-c", script, "read", report, "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        process.stdout.readline()
        process.stdout.close()
        assert "Traceback" not in process.stderr.read()


def test_a_refusal_names_the_file(tmp_path, capsys):
    """Of forty files the one that was refused is known from the line alone."""
    path = tmp_path / "空文件.txt"
    path.write_bytes(b"")
    assert main(["read", str(path)]) == 2
    (line,) = [told for told in capsys.readouterr().err.splitlines() if told.startswith("dashboard: ")]
    assert line.startswith("dashboard: 空文件.txt：文件是空的")


@pytest.fixture
def with_gaps(folder, run):
    """A small database: a report of 2021 and one of 2022."""
    folder.figures.mkdir(parents=True)
    lines = [
        f"示例县民政局,{year},2021,site.dynamics.posts,,,{15 * (year - 2020)},,,narrative,,"
        for year in (2021, 2022)
    ]
    header = "agency,year,edition,indicator,group,item,value,status,unit,source,address,note"
    (folder.figures / "office.csv").write_text("\n".join([header, *lines, ""]), "utf-8")
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
    assert text.splitlines()[0].startswith("rule,name,item,severity,verdict,evidence,basis,")


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


def test_the_day_of_publication_is_kept_on_the_manifest(run, folder, report):
    assert run("add", report, "--published", "2021-02-09")[0] == 0
    assert (folder.manifest.read_text("utf-8").splitlines()[1]).endswith(",2021-02-09")
    code, _, err = run("add", report, "--published", "二月")
    assert code == 2
    assert "不是日期（年-月-日）：二月" in err
