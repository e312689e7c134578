"""Workbooks as they are received, of every edition: what is beside the form, and what other programs make of it."""

import io
import re
import zipfile
from xml.sax.saxutils import escape

import pytest

from dashboard.build import read_bytes
from dashboard.forms import Layout, written

from .layouts import filled, form_on
from .packages import package
from .test_round_trip import each_edition
from .workbooks import BOOK, SHEET

RELATIONS = "xl/_rels/workbook.xml.rels"
TEXTS = "xl/sharedStrings.xml"
SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
#: A figure as a number in a cell of the sheet.
FIGURE = re.compile(rb'<c r="(\w+)" s="(\d+)"><v>(\d+)</v></c>')


@pytest.fixture
def printed(edition, book):
    """The figures of a filled form of an edition."""
    return filled(book.editions[edition], book, 5)


def form(edition, figures, book, **look):
    """The parts of the form as a workbook."""
    data = written(form_on(book.editions[edition], figures, book), book, "xlsx", Layout(typed=True, **look))
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def reading(parts, book):
    (told,) = read_bytes(package(parts), book)
    return told.reading


def values(read):
    return {
        (fact.indicator, fact.group): (fact.value, fact.status)
        for fact in read.facts
        if fact.source == "table"
    }


def said(read):
    """The rules under which the reader says what it could not read."""
    return [finding.rule for finding in read.findings if finding.rule.startswith("R-")]


def sheet(*rows):
    cells = "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{escape(text)}</t></is></c>' for text in row) + "</row>"
        for row in rows
    )
    return f'<worksheet xmlns="{SPACE}"><sheetData>{cells}</sheetData></worksheet>'.encode()


def beside(parts, name, content, *, is_first=False, state="visible"):
    """The workbook with another sheet, before or behind its own."""
    related = f'<Relationship Id="more" Type="{KIND}" Target="worksheets/more.xml"/></Relationships>'.encode()
    listed = f'<sheet name="{name}" sheetId="99" state="{state}" r:id="more"/>'.encode()
    place, both = (b"<sheets>", b"<sheets>" + listed) if is_first else (b"</sheets>", listed + b"</sheets>")
    return {
        **parts,
        "xl/worksheets/more.xml": content,
        RELATIONS: parts[RELATIONS].replace(b"</Relationships>", related),
        BOOK: parts[BOOK].replace(place, both),
    }


def with_figure(parts, made):
    """The workbook with the figure in the middle of its sheet written otherwise: of its cell, style and number."""
    found = list(FIGURE.finditer(parts[SHEET]))
    one = found[len(found) // 2]
    content = made % {b"place": one[1], b"style": one[2], b"number": one[3]}
    return {**parts, SHEET: parts[SHEET][: one.start()] + content + parts[SHEET][one.end() :]}


@each_edition
@pytest.mark.parametrize(
    "cell",
    [
        b'<c r="%(place)s" s="%(style)s"><f>SUM(A1:A2)</f><v>%(number)s.0</v></c>',
        b'<c r="%(place)s" s="%(style)s" t="str"><f>TEXT(A1,"0")</f><v>%(number)s</v></c>',
        b'<c r="%(place)s" s="%(style)s" t="inlineStr"><is><t>\n %(number)s \n</t></is></c>',
    ],
    ids=["calculated", "calculated text", "text between lines"],
)
def test_a_figure_is_read_however_its_cell_holds_it(edition, cell, printed, book):
    parts = with_figure(form(edition, printed, book), cell)
    parts[BOOK] = parts[BOOK].replace(b' fullCalcOnLoad="1"', b"")
    read = reading(parts, book)
    assert (values(read), said(read)) == (printed, [])


@each_edition
@pytest.mark.parametrize("result", [b"", b"<v/>", b"<v></v>", b"<v>0</v>"])
def test_a_formula_that_nobody_calculated_is_a_finding_and_not_0(edition, result, printed, book):
    cell = b'<c r="%(place)s" s="%(style)s"><f>SUM(A1:A2)</f>' + result + b"</c>"
    read = reading(with_figure(form(edition, printed, book), cell), book)
    others = {cell for cell, value in values(read).items() if value != printed[cell]}
    assert [values(read)[cell] for cell in others] == [(None, "unreadable")]
    assert said(read) == ["R-cell"]


@each_edition
@pytest.mark.parametrize("is_first", [True, False])
@pytest.mark.parametrize(
    "rows", [[], [["填表说明"], ["1.本表由各单位填写，逐级汇总。"]]], ids=["empty", "notes"]
)
def test_a_sheet_of_notes_beside_the_report_changes_nothing(edition, is_first, rows, printed, book):
    read = reading(beside(form(edition, printed, book), "说明", sheet(*rows), is_first=is_first), book)
    assert (values(read), said(read)) == (printed, [])


@each_edition
@pytest.mark.parametrize("is_first", [True, False])
def test_a_table_beside_the_report_is_left_out_and_said(edition, is_first, printed, book):
    people = sheet(["序号", "单位", "联系人"], ["1", "示例县民政局", "张某"])
    read = reading(beside(form(edition, printed, book), "联系人", people, is_first=is_first), book)
    assert values(read) == printed
    assert set(said(read)) <= {"R-row", "R-table"}
    assert said(read)


@each_edition
def test_last_year_on_a_hidden_sheet_is_not_read(edition, printed, book):
    parts = form(edition, printed, book)
    figures = FIGURE.sub(rb'<c r="\1" s="\2"><v>9\3</v></c>', parts[SHEET])
    read = reading(beside(parts, "上年", figures, is_first=True, state="hidden"), book)
    assert (values(read), said(read)) == (printed, [])


@each_edition
def test_a_report_on_a_sheet_for_each_table_is_one_report(edition, printed, book):
    parts = form(edition, printed, book, sheets="each")
    for number, name in enumerate("一二三四", 1):
        parts[BOOK] = parts[BOOK].replace(f'name="表{number}"'.encode(), f'name="表{name}"'.encode())
    assert 'name="表一"'.encode() in parts[BOOK]
    read = reading(parts, book)
    assert (values(read), said(read)) == (printed, [])


@each_edition
def test_a_form_as_wps_saves_it_is_read(edition, printed, book):
    """Texts in runs with phonetics, rows that are said not to be hidden, its own namespaces, currency formats."""
    parts = form(edition, printed, book, sheets="each")
    for name in [name for name in parts if name.startswith("xl/worksheets/sheet")]:
        content = parts[name].replace(
            b"<worksheet ", b'<worksheet xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData" '
        )
        parts[name] = re.sub(rb'(<row r="\d+")', rb'\1 hidden="0" collapsed="0"', content)
    run = rb'<si><r><t xml:space="preserve">\2</t></r><r><rPr><sz val="11"/></rPr><t\1>\3</t></r><phoneticPr fontId="1"/></si>'
    texts = re.sub(rb"<si><t([^>]*)>([\xe3-\xe9]..)([^<]*)</t></si>", run, parts[TEXTS], flags=re.DOTALL)
    assert texts != parts[TEXTS]
    parts[TEXTS] = b"\xef\xbb\xbf" + texts
    currency = '<numFmts><numFmt numFmtId="42" formatCode="_ &quot;￥&quot;* #,##0_ ;_ @_ "/></numFmts><fonts'
    parts["xl/styles.xml"] = parts["xl/styles.xml"].replace(b"<fonts", currency.encode(), 1)
    read = reading(parts, book)
    assert (values(read), said(read)) == (printed, [])
