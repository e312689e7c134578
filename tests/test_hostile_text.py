"""Large texts without a report in them are refused before the work that only a report is worth."""

import pytest

from dashboard import readers
from dashboard.errors import Refused
from dashboard.extract import extract, layout, spaced
from dashboard.numbers import cell_quantity

TITLE = "示例县教育局2022年政府信息公开工作年度报告\n"
FIGURES = "12 345 6 78 9\n"
HEADINGS = ("一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况")


@pytest.fixture
def cut_lines(monkeypatch):
    """The lines that are cut into cells, as they are."""
    seen = []
    cut = spaced.cut

    def counted(block, text, words):
        seen.append(block.text)
        return cut(block, text, words)

    monkeypatch.setattr(spaced, "cut", counted)
    return seen


@pytest.mark.parametrize(
    "text", [FIGURES * 500, FIGURES.strip() * 500, "规章 12 3\n" * 500, "一、甲乙丙\n" * 500]
)
def test_a_text_without_title_and_sections_is_refused_before_any_line_is_cut(
    text, book, cut_lines, monkeypatch
):
    monkeypatch.setattr(layout, "words_of", lambda _: pytest.fail("the text was laid out"))
    with pytest.raises(Refused, match="没有报告题目，也没有规定的章节"):
        extract(readers.read(text.encode()), book)
    assert cut_lines == []


def test_no_line_is_cut_where_none_can_name_a_row(book, cut_lines):
    extract(readers.read((TITLE + FIGURES * 500).encode()), book)
    assert cut_lines == []


def test_every_line_is_cut_where_three_name_a_row(book, cut_lines):
    rows = "规章 1 2 3\n行政规范性文件 4 5 6\n行政许可 7\n"
    extract(readers.read((TITLE + FIGURES * 2 + rows).encode()), book)
    assert len(cut_lines) == len((TITLE + FIGURES * 2 + rows).splitlines())


@pytest.mark.parametrize("mark", ["", "\u3000", "“", "\u200b"])
@pytest.mark.parametrize("numeral", ["一", "\u2f00", "\u3280"])
def test_a_text_with_sections_alone_is_a_report_however_its_numerals_are_written(mark, numeral, book):
    first, *others = HEADINGS
    text = "\n".join([mark + numeral + first[1:], "甲", *others])
    assert set(extract(readers.read(text.encode()), book).sections) >= {"一", "二", "三"}


def test_sections_in_the_cells_of_a_table_are_a_report(book):
    rows = "".join(f"<tr><td colspan=2>{heading}<br>说明文字</td></tr>" for heading in HEADINGS)
    page = f"<table><tr><td>甲</td><td>乙</td></tr>{rows}</table>"
    assert set(extract(readers.read(page.encode()), book).sections) >= {"一", "二", "三"}


@pytest.mark.parametrize("part", ["\n甲", "\t1", "1\t\n", "|甲", "｜甲"])
def test_a_text_of_more_lines_and_cells_than_any_report_has_is_refused(part):
    assert readers.read((TITLE + part * 20_000).encode()).blocks
    with pytest.raises(Refused, match="行和单元格超过 50,000 个"):
        readers.read((TITLE + part * 50_001).encode())


@pytest.mark.parametrize("part", ["<td>", "<p>甲</p>", "<tr><td>1</td></tr>"])
def test_a_page_of_more_tags_than_any_report_has_is_refused(part):
    with pytest.raises(Refused, match="标签超过 100,000 个"):
        readers.read(("<html><table>" + part * 100_001).encode())


@pytest.mark.parametrize("text", ["1" * 2_000_000, "增" + "1" * 2_000_000 + "减1"])
def test_an_endless_row_of_digits_is_no_number(text):
    assert cell_quantity(text).status == "unreadable"
