"""Word and web pages: the same report, whatever it is saved as, gives the same facts."""

import io
import zipfile
from html import escape
from pathlib import Path

import pytest

from dashboard import readers
from dashboard.errors import Refused
from dashboard.extract import extract
from dashboard.model import Paragraph
from dashboard.numbers import cell_quantity

REPORTS = sorted((Path(__file__).parent / "data").glob("*.txt"))
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
HIDDEN = "<script>var a = '政务动态999条';</script><p style='display: none'>公示公告888条。</p><!-- 777条 -->"
CHROME = "<div class='nav'><a href='#'>首页</a> | <a href='#'>打印</a>【字体：大 中 小】</div>"
each_report = pytest.mark.parametrize("report", REPORTS, ids=[path.stem for path in REPORTS])


def own_cells(row):
    """A row without the blanks that a cell merged from above leaves in flattened text."""
    first = next((place for place, cell in enumerate(row) if cell.text), None)
    if first is None or cell_quantity(row[first].text).status != "unreadable":
        return 0, row
    return first, row[first:]


def as_page(document, *, table="<table>"):
    parts = [CHROME, HIDDEN]
    for block in document.blocks:
        if isinstance(block, Paragraph):
            parts.append(f"<p>{escape(block.text)}</p>")
            continue
        rows = []
        for row in block.rows:
            cells = "".join(f"<td>{escape(cell.text) or '&nbsp;'}</td>" for cell in own_cells(row)[1])
            rows.append(f"<tr>{cells}</tr>")
        parts.append(f"{table}{''.join(rows)}</table>")
    return f"<!DOCTYPE html><html><head><title>x</title></head><body>{''.join(parts)}</body></html>"


def run(text):
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def word_cell(text):
    return f"<w:tc><w:tcPr/><w:p>{run(text)}</w:p></w:tc>"


COVERED = "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>"
NOT_SHOWN = f"<w:p><w:del>{run('政务动态999条。')}</w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>公示公告888条。</w:t></w:r></w:p>"


def as_word(document):
    parts = [NOT_SHOWN]
    for block in document.blocks:
        if isinstance(block, Paragraph):
            half = len(block.text) // 2  # a text may be cut into runs anywhere, in a number too
            parts.append(f"<w:p>{run(block.text[:half])}<w:ins>{run(block.text[half:])}</w:ins></w:p>")
            continue
        rows = []
        for row in block.rows:
            covered, cells = own_cells(row)
            rows.append(f"<w:tr>{COVERED * covered}{''.join(word_cell(cell.text) for cell in cells)}</w:tr>")
        parts.append(f"<w:tbl>{''.join(rows)}</w:tbl>")
    body = f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{W}"><w:body>{"".join(parts)}</w:body></w:document>'
    return package({"word/document.xml": body})


def package(parts):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
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
