"""Workbooks (.xlsx, .xls) -> Document: each visible sheet a page, its rows as paragraphs and tables.

Hidden sheets, rows and columns are left out. A merged cell is one cell with its size in the sheet's grid
(column 0 is the first with a value); what it covers is not seen. Numbers are given as stored, to 15 digits and
without exponent, with the percent sign or unit of their format (.xlsx only); decimals that a format rounds away
are kept. Dates are ISO dates whatever their format. A formula without a stored result is given as the formula.
Which rows are paragraphs and which are tables is for sheet_blocks.py.
"""

import io
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from dashboard.errors import Refused
from dashboard.limits import SHIPPED, Limits
from dashboard.model import Document
from dashboard.readers import xls_notes, xlsx_notes, xlsx_parts
from dashboard.readers.compound import MAGIC, Compound
from dashboard.readers.package import ADVICE, ENCRYPTED, Package
from dashboard.readers.sheet_blocks import transcribe_sheet
from dashboard.readers.sheet_grid import Grid, grid_of
from dashboard.readers.sheet_notes import SheetNotes
from dashboard.readers.transcript import Transcript

_DAMAGED = f"Excel 文件已损坏，打不开；{ADVICE}"
#: The streams that hold the workbook in .xls files, the newer one first.
BOOK_STREAMS = ("Workbook", "Book")


def read(data: bytes, limits: Limits = SHIPPED) -> Document:
    """Transcribe a workbook. Raises Refused when it is damaged, encrypted or unreasonably large."""
    if data.startswith(MAGIC):
        return transcribe_old(Compound(data), data)
    return transcribe(Package(data, limits))


def transcribe_old(file: Compound, data: bytes) -> Document:
    """Transcribe the opened compound file of an .xls file, whose bytes are `data`. Raises as `read`."""
    book = next((name for name in BOOK_STREAMS if name in file.names), "")
    return _transcribed(_grids(data, xls_notes.sheet_notes(file.stream(book)), xls_notes.DAMAGED))


def transcribe(package: Package) -> Document:
    """Transcribe the opened package of an .xlsx file. Raises as `read`."""
    book = package.main or xlsx_parts.BOOK
    if book not in package.names:
        raise Refused(_DAMAGED)
    notes, parts = xlsx_notes.looked_at(package, book)
    return _transcribed(_grids(xlsx_parts.stored(parts), notes, _DAMAGED))


def _transcribed(grids: Iterable[Grid]) -> Document:
    transcript = Transcript()
    for grid in grids:
        transcript.page()
        transcribe_sheet(grid, transcript)
    return transcript.document()


def _grids(data: bytes, notes: Mapping[str, SheetNotes] | list[SheetNotes], damaged: str) -> Iterator[Grid]:
    """The visible sheets. One without notes is none that was looked at before: the workbook is damaged."""
    with _faults_told(damaged):
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        if not workbook.sheet_names:
            raise Refused(damaged)
        known = dict(zip(workbook.sheet_names, notes, strict=False)) if isinstance(notes, list) else notes
        for number, sheet in enumerate(workbook.sheets_metadata):
            if sheet.visible != SheetVisibleEnum.Visible or sheet.typ != SheetTypeEnum.WorkSheet:
                continue
            if sheet.name not in known:
                raise Refused(damaged)
            yield grid_of(workbook.get_sheet_by_index(number), known[sheet.name])


@contextmanager
def _faults_told(damaged: str) -> Iterator[None]:
    """What the library finds wrong, in one line; on some damage it stops in a way of its own (a panic)."""
    try:
        yield
    except PasswordError as fault:
        raise Refused(ENCRYPTED) from fault
    except CalamineError as fault:
        raise Refused(damaged) from fault
    except BaseException as fault:
        if type(fault).__name__ != "PanicException":
            raise
        raise Refused(damaged) from fault
