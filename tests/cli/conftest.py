"""A report, and the command run on a data folder of the test's own."""

import pytest

from dashboard.cli import main


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
