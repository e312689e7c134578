"""When something is not there, or a page fails: one line in Chinese."""

import logging

import pytest

from dashboard import intake, ui
from dashboard.paths import DataFolder
from dashboard.text import words

from .driving import NAMES, open_page, shown


@pytest.mark.parametrize("way", ["alone", "app"])
@pytest.mark.parametrize("name", NAMES)
def test_a_page_without_a_database_says_what_to_do(tmp_path, use, name, way):
    use(DataFolder(tmp_path))
    at = open_page(name, way)
    assert not at.exception
    assert [info.value for info in at.info] == [words("notice.no_database")]
    assert shown(at.main) == [words("notice.no_database")]


@pytest.mark.parametrize("name", NAMES)
def test_a_page_without_a_report_says_what_to_do(tmp_path, use, name):
    folder = DataFolder(tmp_path)
    use(folder)
    intake.build(folder)
    at = open_page(name)
    assert not at.exception
    assert [info.value for info in at.info] == [words("notice.no_reports")]


@pytest.mark.parametrize("name", NAMES)
def test_a_fault_inside_a_page_is_told_in_chinese_and_goes_to_the_log(served, monkeypatch, caplog, name):
    def broken(*_arguments):
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(ui, "heading", broken)
    with caplog.at_level(logging.ERROR):
        at = open_page(name)
    assert not at.exception
    assert not at.error
    assert [info.value for info in at.info] == [words("notice.failed")]
    everything = "\n".join([*shown(at.main), *shown(at.sidebar)])
    assert "a fault of ours" not in everything
    assert "Traceback" not in everything
    assert "a fault of ours" in caplog.text
    assert len(at.sidebar.get("page_link")) == len(NAMES)


def test_a_broken_database_is_to_be_built_again(own):
    intake.build(own)
    for path in own.build.glob("*.duckdb"):
        path.write_bytes(b"no database" * 1000)
    at = open_page("overview")
    assert not at.exception
    assert [info.value for info in at.info] == [words("notice.no_database")]
