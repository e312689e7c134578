"""Workbooks made for the tests of readers, and what is looked at in the documents that they become."""

import io
import zipfile

import xlsxwriter

from dashboard import readers
from dashboard.model import Document

SHEET = "xl/worksheets/sheet1.xml"
BOOK = "xl/workbook.xml"


def workbook(*fills) -> bytes:
    """A workbook with a sheet for each function that fills one."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        for fill in fills:
            fill(book, book.add_worksheet())
    return held.getvalue()


def of_rows(*rows, merged=()) -> Document:
    """One sheet: a row is the values from column A; `merged` are ranges with their value."""

    def fill(_, sheet):
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if value is not None:
                    sheet.write(number, column, value)
        for cells, value in merged:
            sheet.merge_range(cells, value)

    return readers.read(workbook(fill))


def kinds(document: Document):
    """What the blocks of a document are, by their class."""
    return [type(block).__name__ for block in document.blocks]


def rows(document: Document):
    """The texts of the only table of a document."""
    (table,) = document.tables
    return [[cell.text for cell in row] for row in table.rows]


def placed(document: Document):
    """The cells of the only table of a document: text, column, width and height."""
    (table,) = document.tables
    return [[(cell.text, cell.column, cell.width, cell.height) for cell in row] for row in table.rows]


def changed(data: bytes, name: str, *changes) -> bytes:
    """A workbook with bytes of one of its parts replaced."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            content = old.read(part)
            for before, after in changes if part == name else ():
                assert before in content
                content = content.replace(before, after)
            new.writestr(part, content)
    return held.getvalue()
