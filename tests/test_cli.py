"""The command, as a person types it: what it prints, how it ends, what it loads."""

import json
import os
import subprocess
import sys
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
print([name for name in ("streamlit", "pandas", "plotly", "numpy") if name in sys.modules], file=sys.stderr)
"""


@pytest.mark.parametrize(
    "arguments", [["--help"], ["read", "REPORT", "--json"], ["check", "REPORT"]], ids=" ".join
)
def test_reading_loads_neither_streamlit_nor_pandas_nor_plotly(report, arguments):
    """They cost a second each."""
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
