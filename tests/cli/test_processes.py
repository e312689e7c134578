"""The command as a process: its lines, its bar on a terminal, what it loads."""

import os
import pty
import subprocess
import sys
import termios
from contextlib import suppress

import pytest

from .starting import started


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
