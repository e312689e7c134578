"""Word, workbooks and web pages: the same report, whatever it is saved as, gives the same facts."""

import io
from html import escape
from itertools import takewhile
from pathlib import Path

import pytest
import xlsxwriter

from dashboard import readers
from dashboard.errors import Refused
from dashboard.extract import extract
from dashboard.model import Paragraph
from dashboard.numbers import cell_quantity

from .packages import W, package

REPORTS = sorted((Path(__file__).parent / "data").glob("*.txt"))
HIDDEN = "<script>var a = '政务动态999条';</script><p style='display: none'>公示公告888条。</p><!-- 777条 -->"
CHROME = "<div class='nav'><a href='#'>首页</a> | <a href='#'>打印</a>【字体：大 中 小】</div>"
each_report = pytest.mark.parametrize("report", REPORTS, ids=[path.stem for path in REPORTS])


WIDE = {"申请人情况": 7, "法人或其他组织": 5, "行政复议": 5, "行政诉讼": 10}
WIDE |= {"未经复议直接起诉": 5, "复议后起诉": 5}
WIDE |= {"（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）": 3}


def is_label(cell):
    return cell_quantity(cell.text).status == "unreadable"


def is_heading(row):
    """Whether a row of a flattened table names columns: labels only, more than a figures' row has."""
    texts = [cell for cell in row if cell.text]
    return len(texts) > 2 and all(map(is_label, texts))


def covered(row):
    """How many of a row's first cells are blanks that a cell merged from above leaves in flattened text."""
    first = next((place for place, cell in enumerate(row) if cell.text), None)
    return 0 if first is None or not is_label(row[first]) else first


def laid_out(table):
    """The rows of a flattened table in the grid that the printed form has: (text, column, width, height)."""
    full = max(len(row) for row in table.rows)
    free_from = [0] * full
    rows = []
    for number, row in enumerate(table.rows):
        end = len(row) - (is_heading(row) and not row[-1].text)
        columns = [column for column in range(full) if free_from[column] <= number]
        own = list(enumerate(row))[covered(row) : end]
        spare = len(columns) - len(own) - sum(WIDE.get(cell.text, 1) - 1 for _, cell in own)
        label = own[-8] if full == 10 and len(own) > 7 else own[-1]
        placed = []
        for place, cell in own:
            width = WIDE.get(cell.text, 1) + spare * (place == label[0] and cell.text not in WIDE)
            height = 1 + rows_below(table, number, place) if cell.text else 1
            column = columns[0]
            columns = columns[width:]
            free_from[column : column + width] = [number + height] * width
            placed.append((cell.text, column, width, height))
        rows.append(placed)
    return rows


def rows_below(table, number, place):
    """How many rows below its own a cell covers."""
    row = table.rows[number]
    return len(list(takewhile(lambda below: reaches(below, place, row), table.rows[number + 1 :])))


def reaches(below, place, row):
    is_last = place == len(row) - 1 and is_heading(row)
    return covered(below) > place or (is_last and is_heading(below) and not below[-1].text)


def as_page(document, *, table="<table>"):
    parts = [CHROME, HIDDEN]
    for block in document.blocks:
        if isinstance(block, Paragraph):
            parts.append(f"<p>{escape(block.text)}</p>")
            continue
        rows = []
        for row in laid_out(block):
            cells = "".join(
                f"<td colspan={width} rowspan={height}>{escape(text) or '&nbsp;'}</td>"
                for text, _, width, height in row
            )
            rows.append(f"<tr>{cells}</tr>")
        parts.append(f"{table}{''.join(rows)}</table>")
    return f"<!DOCTYPE html><html><head><title>x</title></head><body>{''.join(parts)}</body></html>"


def run(text):
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def word_cell(text, width=1, merge=""):
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{width}"/>{merge}</w:tcPr><w:p>{run(text)}</w:p></w:tc>'


def word_rows(table):
    """Rows in which a cell merged over several is there in each, as Word writes it."""
    going_on = {}
    for row in laid_out(table):
        cells = {column: word_cell("", width, "<w:vMerge/>") for column, (width, _) in going_on.items()}
        going_on = {column: (width, left - 1) for column, (width, left) in going_on.items() if left > 1}
        for text, column, width, height in row:
            merge = '<w:vMerge w:val="restart"/>' if height > 1 else ""
            cells[column] = word_cell(text, width, merge)
            if height > 1:
                going_on[column] = (width, height - 1)
        yield f"<w:tr>{''.join(cells[column] for column in sorted(cells))}</w:tr>"


NOT_SHOWN = f"<w:p><w:del>{run('政务动态999条。')}</w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>公示公告888条。</w:t></w:r></w:p>"


def as_word(document):
    parts = [NOT_SHOWN]
    for block in document.blocks:
        if isinstance(block, Paragraph):
            half = len(block.text) // 2  # a text may be cut into runs anywhere, in a number too
            parts.append(f"<w:p>{run(block.text[:half])}<w:ins>{run(block.text[half:])}</w:ins></w:p>")
            continue
        parts.append(f"<w:tbl>{''.join(word_rows(block))}</w:tbl>")
    body = f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{W}"><w:body>{"".join(parts)}</w:body></w:document>'
    return package({"word/document.xml": body})


def as_workbook(document):
    """One sheet, prose in cells merged over its width."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        sheet, line = book.add_worksheet(), 0
        for block in document.blocks:
            rows = [[(block.text, 0, 15, 1)]] if isinstance(block, Paragraph) else laid_out(block)
            for text, column, width, height, row in (
                (*cell, line + number) for number, cells in enumerate(rows) for cell in cells
            ):
                value = int(text) if text.isdecimal() else text
                if (width, height) == (1, 1):
                    sheet.write(row, column, value)
                else:
                    sheet.merge_range(row, column, row + height - 1, column + width - 1, value)
            line += len(rows)
    return held.getvalue()


def told(data, book):
    document = readers.read(data)
    reading = extract(document, book).reading
    for fact in reading.facts:
        if fact.status != "derived":
            assert fact.raw == document.text[fact.locator["start"] : fact.locator["end"]]
    facts = [(fact.key, fact.value, fact.status, fact.unit, fact.source) for fact in reading.facts]
    return reading.agency, reading.year, reading.edition, facts


@each_report
def test_a_web_page_says_what_the_text_says(report, book):
    """With page chrome around it, and scripts, comments and hidden text that are not the report."""
    data = report.read_bytes()
    assert told(as_page(readers.read(data)).encode(), book) == told(data, book)


@each_report
def test_a_page_in_gbk_is_read_by_the_encoding_it_names(report, book):
    data = report.read_bytes()
    page = as_page(readers.read(data)).replace("<head>", '<head><meta charset="gb2312">')
    assert told(page.encode("gb18030"), book) == told(data, book)


@each_report
def test_a_table_inside_a_layout_table_is_a_table(report, book):
    data = report.read_bytes()
    page = as_page(readers.read(data))
    inside = page.replace("<body>", "<body><table><tr><td>").replace("</body>", "</td></tr></table></body>")
    assert told(inside.encode(), book) == told(data, book)


@each_report
def test_a_word_document_says_what_the_text_says(report, book):
    """With deleted and hidden text that is not the report, cells merged from above, texts cut into runs."""
    data = report.read_bytes()
    assert told(as_word(readers.read(data)), book) == told(data, book)


@each_report
def test_a_workbook_says_what_the_text_says(report, book):
    """With numbers as numbers, and headings, prose and tables in one sheet."""
    data = report.read_bytes()
    assert told(as_workbook(readers.read(data)), book) == told(data, book)


def test_a_number_split_over_tags_is_one_number():
    page = "<html><body><table><tr><td><p>办<span>结</span></p></td><td><b>1</b><i>6</i></td></tr></table></body></html>"
    (table,) = readers.read(page.encode()).tables
    assert [cell.text for cell in table.rows[0]] == ["办结", "16"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04 broken", "损坏"),
        (package({"word/document.xml": "<w:document"}), "损坏"),
        (package({"xl/workbook.xml": "<x/>"}), "Excel"),
        (b"<html></html>", "不像"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(data, said, book):
    with pytest.raises(Refused, match=said) as refused:
        extract(readers.read(data), book)
    assert "\n" not in str(refused.value)


def test_an_entity_bomb_is_not_unpacked():
    bomb = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    body = f'<?xml version="1.0"?>{bomb}<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>'
    assert "aaaa" not in readers.read(package({"word/document.xml": body})).text
