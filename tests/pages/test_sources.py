"""Each number leads to its source, and what is published is what is shown."""

import re
import shutil

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import intake
from dashboard.paths import DataFolder

from .driving import (
    DINGHAI,
    NAMES,
    TIMEOUT,
    UNLISTED,
    metrics,
    open_page,
    open_tables,
    rewrite,
    shown,
    sources,
    text_of,
    trouble,
)


def test_a_sheet_is_named_in_a_source_and_a_pdf_gives_the_page(county, use):
    use(county)
    key = "source-req.new"
    for year, place in ((2016, "2016 年报《政府信息公开情况统计表》"), (2024, "列，第 2 页；")):
        at = open_page("requests", agency="example-civil-affairs", year=year)
        at.session_state[key] = True
        at.run()
        assert [told for told in sources(at) if place in told] != []


@pytest.mark.parametrize("name", ["overview", "channels"])
def test_a_figure_changed_in_the_file_is_changed_on_an_open_page_after_a_build(own, name):
    """The session goes on: nothing is restarted, no cache is cleared."""
    intake.build(own)
    at = open_page(name, agency=DINGHAI, year=2020)
    assert "政务动态 15 条" in text_of(at)
    path = own.figures / "dinghai-civil-affairs.csv"
    rewrite(path, "2020,2019,site.dynamics.posts,,,15,", "2020,2019,site.dynamics.posts,,,16,")
    assert "政务动态 15 条" in text_of(at.run())
    intake.build(own)
    assert "政务动态 16 条" in text_of(at.run())
    assert "政务动态 15 条" not in text_of(at)


def numbers(at):
    """Every line and cell with a number, but for those that name files, dates of receipt and digests."""
    lines = (line for line in shown(at.main) if re.search(r"\d", line))
    other = re.compile(r"\.csv|\.txt|https?:|库中有 \d 份材料|^\d{4}-\d\d-\d\d$|^[0-9a-f]{8}$")
    return sorted({line for line in lines if not other.search(line)})


@pytest.mark.parametrize("name", NAMES)
def test_the_original_says_the_same_as_the_figures_file(shipped, with_seed, use, name):
    """The real report of 2020 takes the place of its figures file, number by number."""
    use(shipped)
    figures = open_tables(open_page(name, agency=DINGHAI, year=2020))
    use(with_seed)
    original = open_tables(open_page(name, agency=DINGHAI, year=2020))
    assert trouble(original) == []
    assert metrics(original) == metrics(figures)
    # Only the original has a text: rules on it can be judged there, and the counts of verdicts are others.
    other = re.compile(
        r"数据缺口 .*\d|项数据缺口|^(法规|国办|地方|内部参考|达标) \d+$|G22|G26|现行依据|国办公开办函"
    )
    told = [[line for line in numbers(at) if not other.search(line)] for at in (original, figures)]
    assert told[0] == told[1]


@pytest.mark.parametrize("name", ["overview", "requests", "channels", "welfare", "proactive"])
def test_every_source_of_an_original_names_the_document_and_the_words(with_original, use, name):
    use(with_original)
    at = open_page(name, opened=True, agency=UNLISTED, year=2020)
    assert trouble(at) == []
    found = sources(at)
    assert found
    document = f"{UNLISTED}/2020/{UNLISTED}-2020.txt"
    assert [told for told in found if document not in told] == []
    assert [told for told in found if "<blockquote></blockquote>" in told] == []


#: Sources of the fictional report: popover, the words with the number marked, where.
MARKED = [
    ("source-tile-site.dynamics.posts", "政务动态<mark>33条</mark>", "2020 年报第一部分"),
    ("source-tile-req.new", "<mark>7</mark>", "2020 年报表格 3"),
    ("source-tile-channel.wechat.posts", "信息<mark>64条</mark>、19条", "2020 年报第一部分"),
]


@pytest.mark.parametrize(("key", "quoted", "place"), MARKED)
def test_a_source_shows_the_sentence_with_its_number_marked(with_original, use, key, quoted, place):
    use(with_original)
    at = open_page("overview", agency=UNLISTED, year=2020)
    assert sources(at) == []
    at.session_state[key] = True
    at.run()
    assert any(quoted in told and place in told for told in sources(at)), sources(at)


def test_a_number_changed_in_the_document_is_changed_on_the_page(tmp_path, use, unlisted):
    """The session goes on; the folder holds nothing but the one document."""
    folder = DataFolder(tmp_path / "own")
    use(folder)
    intake.add(unlisted, folder)
    intake.build(folder)
    at = open_page("overview", agency=UNLISTED, year=2020)
    assert (metrics(at)["政务动态"], metrics(at)["公众号发布"]) == ("33 条", "83 条")
    shutil.rmtree(folder.documents)
    changed = tmp_path / "changed.txt"
    changed.write_text(unlisted.read_text("utf-8").replace("政务动态33条", "政务动态34条"), encoding="utf-8")
    intake.add(changed, folder)
    intake.build(folder)
    at.run()
    assert (metrics(at)["政务动态"], metrics(at)["公众号发布"]) == ("34 条", "83 条")


def test_a_source_escapes_what_a_document_says(own):
    """A document is text, whatever it looks like."""
    path = own.figures / "dinghai-civil-affairs.csv"
    rewrite(path, "福利救助表格合计，原文如此；", "<img src=x onerror=alert(1)>")
    intake.build(own)

    def script():
        from dashboard import ui  # noqa: PLC0415 - AppTest runs the body alone

        found = ui.frame(
            "trend", agency="定海区民政局", indicators=("welfare",), first_year=2023, last_year=2023
        )
        ui.show_sources(ui.facts_of(ui.records(found)))

    at = AppTest.from_function(script, default_timeout=TIMEOUT).run()
    assert not at.exception
    (told,) = sources(at)
    assert "&lt;img src=x" in told
    assert "<img" not in told
