"""Wrong files and wrong usage end with two and one line."""

import pytest

from dashboard.cli import main


@pytest.mark.parametrize("command", ["read", "check", "add"])
def test_the_limits_of_the_folder_hold_for_every_command(run, folder, report, command):
    folder.root.mkdir()
    folder.limits.write_text("seiten = 3\n", "utf-8")
    code, out, err = run(command, report)
    assert (code, out) == (2, "")
    assert err.splitlines()[-1].startswith("dashboard: limits.toml 中没有 seiten 这一项")


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


def test_a_refusal_names_the_file(tmp_path, capsys):
    """Of forty files the one that was refused is known from the line alone."""
    path = tmp_path / "空文件.txt"
    path.write_bytes(b"")
    assert main(["read", str(path)]) == 2
    (line,) = [told for told in capsys.readouterr().err.splitlines() if told.startswith("dashboard: ")]
    assert line.startswith("dashboard: 空文件.txt：文件是空的")
