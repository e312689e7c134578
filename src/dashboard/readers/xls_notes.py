"""What an .xls file says of its sheets beyond the values that the library gives: a walk over its records.

Records of [MS-XLS]: which rows and columns are hidden, which cells hold errors or formulas without a result ("="),
how far a sheet reaches, and whether the workbook is encrypted. Number formats are not followed.
"""

from itertools import pairwise
from struct import Struct

from dashboard.errors import Refused
from dashboard.readers.package import ADVICE, ENCRYPTED
from dashboard.readers.sheet_notes import SheetNotes, check_extent

DAMAGED = f"这个 .xls 或 .et 文件已损坏，或不是 Excel 97 及以后的格式；{ADVICE}"
#: A record's kind and size; of a cell then its row and column.
_RECORD = Struct("<HHHH")
_HEAD = 4
#: The size of an extent in files since Excel 97.
_LONG = 14
_BEGIN, _END, _SHEET, _ENCRYPTED = frozenset({0x0809, 0x0409, 0x0209, 0x0009}), 0x000A, 0x0085, 0x002F
_ROW, _COLUMNS, _EXTENT = 0x0208, 0x007D, 0x0200
_ERROR, _FORMULA, _NUMBERS = 0x0205, frozenset({0x0006, 0x0206, 0x0406}), 0x00BD
#: Cells with a value: number, packed number, text of three kinds, truth or error, formula.
_CELLS = frozenset({0x0203, 0x027E, 0x00FD, 0x0204, 0x00D6, _ERROR, *_FORMULA, _NUMBERS})
_MAY_FAIL = _FORMULA | {_ERROR}
_OF_BOOK, _OF_SHEET = frozenset({_SHEET, _ENCRYPTED}), _CELLS | {_ROW, _COLUMNS, _EXTENT}
#: The rows and columns that a sheet of this format can have; room for what it claims is set aside.
_MOST_ROWS, _MOST_COLUMNS = 65536, 256
_HIDDEN_ROW, _HIDDEN_COLUMN = 0x20, 0x01
_ROW_SIZE, _COLUMNS_SIZE = 16, 10
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


def sheet_notes(stream: bytes) -> list[SheetNotes]:
    """The notes of each sheet in the order of the workbook, of its stream of records.

    Raises Refused for a workbook that is encrypted, or a sheet that reaches too far.
    """
    stream += bytes(_RECORD.size)  # so that the last record can be looked at like any other
    begins = []
    for kind, body, *_ in _records(stream, 0, _OF_BOOK):
        if kind == _ENCRYPTED:
            raise Refused(ENCRYPTED)
        if kind == _SHEET:
            begins.append(int.from_bytes(stream[body : body + 4], "little"))
    notes = []
    places = 0
    for number, begin in enumerate(begins, 1):
        note, rows, columns = _notes(stream, begin)
        places += rows * columns  # all sheets are laid out when the workbook is opened
        check_extent(str(number), rows, columns, places)
        notes.append(note)
    return notes


def _records(stream: bytes, place: int, wanted: frozenset[int]) -> list[tuple[int, int, int, int, int]]:
    """The wanted records of one part of the stream, parts within it (charts) left out.

    Kind, start and size of each, and its first two numbers: the row and column of a cell.
    """
    records = []
    depth = 0
    read, end = _RECORD.unpack_from, len(stream) - _RECORD.size
    if int.from_bytes(stream[place : place + 2], "little") not in _BEGIN:
        raise Refused(DAMAGED)
    while place < end:
        kind, size, row, column = read(stream, place)
        place += _HEAD
        if place + size > end:
            raise Refused(DAMAGED)
        if kind in wanted:
            if depth == 1 or kind == _EXTENT:
                records.append((kind, place, size, row, column))
        elif kind in _BEGIN:
            depth += 1
        elif kind == _END:
            depth -= 1
            if depth <= 0:
                break
        place += size
    return records


def _notes(stream: bytes, begin: int) -> tuple[SheetNotes, int, int]:
    """The notes of a sheet, and how many rows and columns it reaches to."""
    notes = SheetNotes()
    rows = columns = 0
    for kind, body, size, row, column in _records(stream, begin, _OF_SHEET):
        if kind in _CELLS:
            last = column
            if kind == _NUMBERS:
                last = int.from_bytes(stream[body + size - 2 : body + size], "little")
            elif kind in _MAY_FAIL and (shown := _shown(kind, stream[body : body + size])) is not None:
                notes.shown[row, column] = shown
            if row >= rows:
                rows = row + 1
            if last >= columns:
                columns = last + 1
        elif kind == _EXTENT:
            _check_claim(stream[body : body + size])
        elif kind == _ROW and size >= _ROW_SIZE and stream[body + 12] & _HIDDEN_ROW:
            notes.hidden_rows.add(row)
        elif kind == _COLUMNS and size >= _COLUMNS_SIZE and stream[body + 8] & _HIDDEN_COLUMN:
            notes.hidden_columns.update(range(row, column + 1))  # here: the first and the last column
    return notes, rows, columns


def _shown(kind: int, record: bytes) -> str | None:
    """What a cell shows where it has no value: an error, or of a formula without result that it is one."""
    if kind == _ERROR:
        code = record[6] if record[7:8] == b"\1" else None
    elif record[12:14] != b"\xff\xff":  # the result is a number
        return None
    elif record[6:7] == b"\3":
        return "="
    else:
        code = record[8] if record[6:7] == b"\2" else None
    return None if code is None else _ERRORS.get(code, "#VALUE!")


def _check_claim(record: bytes) -> None:
    """Refuse a sheet that claims rows or columns that there cannot be."""
    wide = 4 if len(record) >= _LONG else 2  # bytes of a row number, in newer and older files
    ends = (0, wide, 2 * wide, 2 * wide + 2, 2 * wide + 4)
    first, last, left, right = (int.from_bytes(record[a:b], "little") for a, b in pairwise(ends))
    if not (first <= last <= _MOST_ROWS and left <= right <= _MOST_COLUMNS):
        raise Refused(DAMAGED)
