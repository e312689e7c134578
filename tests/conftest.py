"""What holds for every test: which are left out, and when a skip is a failure.

A test that reads ../shared says so by `@pytest.mark.shared` or by taking `shared_folder`; where that folder is
absent it is left out with a line, which is no skip. With DASHBOARD_TESTS_COMPLETE=1 a skip fails the run.
"""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard import codebook
from dashboard.build import read_bytes
from dashboard.codebook import Codebook
from dashboard.model import Reading
from dashboard.paths import DataFolder

TESTS = Path(__file__).parent
PROJECT = TESTS.parent

LEFT_OUT = pytest.StashKey[list[str]]()
COMPLETE = os.environ.get("DASHBOARD_TESTS_COMPLETE") == "1"


def shared_of(config: pytest.Config) -> Path:
    return config.rootpath.parent / "shared"


@pytest.fixture(scope="session")
def shared_folder(pytestconfig: pytest.Config) -> Path:
    return shared_of(pytestconfig)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if shared_of(config).is_dir():
        return
    left_out = [item for item in items if reads_shared(item)]
    items[:] = [item for item in items if not reads_shared(item)]
    config.stash[LEFT_OUT] = [item.nodeid for item in left_out]
    config.hook.pytest_deselected(items=left_out)


def reads_shared(item: pytest.Item) -> bool:
    return item.get_closest_marker("shared") is not None or "shared_folder" in getattr(
        item, "fixturenames", ()
    )


def skipped(config: pytest.Config) -> int:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return len(reporter.stats.get("skipped", ())) if reporter else 0


def pytest_sessionfinish(session: pytest.Session) -> None:
    if COMPLETE and skipped(session.config) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for test in config.stash.get(LEFT_OUT, []):
        terminalreporter.write_line(f"LEFT OUT {test} - no folder ../shared here")
    if COMPLETE and skipped(config):
        terminalreporter.write_line("DASHBOARD_TESTS_COMPLETE=1: a skipped test fails this run", red=True)


@pytest.fixture(scope="session")
def book() -> Codebook:
    """The shipped codebook."""
    return codebook.load(PROJECT / "data" / "codebook")


@pytest.fixture(scope="session")
def document() -> Callable[[str], bytes]:
    """The bytes of a report written for the tests, by its name in tests/data."""
    return lambda name: (TESTS / "data" / f"{name}.txt").read_bytes()


@pytest.fixture(scope="session")
def read(book: Codebook) -> Callable[..., Reading]:
    """What is read of one report's bytes, checked."""
    return lambda data, agency=None, year=None: read_bytes(data, book, agency, year)[0].reading


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    """An empty data folder of the test's own, with the shipped codebook."""
    return DataFolder(tmp_path / "office")


CHROMIUM = shutil.which("chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium():
    """The one browser of the session: Playwright drives a process once, whoever asks first."""
    if CHROMIUM is None:
        pytest.skip("no chromium on the path (Debian: apt-get install chromium fonts-noto-cjk)")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where there is a browser

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()
