"""What an .xlsx file says of its sheets beyond the values that the library gives, and what that is given to read.

Nothing reaches the library that was not looked at here. A sheet's XML is searched as bytes first; only one that has
something to note, or that is not written in the plain way that bounds its extent at a glance, is parsed. Formats are
followed where they change what is said: a percentage, a unit written behind the number. How many decimals are shown
is not.
"""

import re
from collections.abc import Mapping
from typing import Any

from dashboard.errors import Refused
from dashboard.readers.number_formats import Format, formats_that_tell
from dashboard.readers.package import DAMAGED, Package, parsed
from dashboard.readers.sheet_notes import SheetNotes, check_extent
from dashboard.readers.xlsx_parts import BOOK, STYLES, TEXTS, book_parts, check_sheet_name, merges_first

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
#: A cell whose place is not plainly in rows 1 to 9999 and columns A to Z.
_FAR = re.compile(rb'<c(?! r="[A-Z][1-9]\d{0,3}")(?![a-z])')
#: "hidden", 't="e"', ":c" and "<f", each looked for by the one of its characters that a sheet seldom has.
_HIDING, _ERROR = re.compile(rb"d(?<=hid)den"), re.compile(rb'e(?<=t="e)"')
_PREFIXED, _FORMULA = re.compile(rb":(?=c)"), re.compile(rb"f(?<=<f)")
_NO_RESULT = re.compile(rb"<(?:/f|f\b[^<>]*/)>\s*+(?:<v\s*+/>|<v>\s*+</v>)?\s*+</c>")
#: A workbook that is to be calculated when it is opened.
_RECALCULATED = re.compile(rb"""\bfullCalcOnLoad\s*=\s*["'](?:1|true|on)["']""")
_PLACE = re.compile(r"([A-Za-z]{1,9})([0-9]{1,9})")
_HIDDEN = ("1", "true", "on")
_COLUMNS = 16_384
_CLAIMED = re.compile(rb"uniqueCount\s*=\s*[\"']\s*+\+?0*+([^\"'\s]*)")
_MOST_DIGITS = 15
#: Room for so many texts may be set aside, whoever claims them.
_FEW_TEXTS = 100_000

Element = Any  # lxml has no types


def looked_at(package: Package, book: str) -> tuple[dict[str, SheetNotes], dict[str, bytes]]:
    """The notes of each visible sheet by its name, and the parts that the library may be given.

    `book` is the name of the part that lists the sheets. Raises Refused for a package whose sheets are missing or
    reach too far.
    """
    related = package.related(book)
    parts = book_parts(package, book, related)
    _check_claims(parts.get(TEXTS, b""))
    formats = formats_that_tell(parts.get(STYLES, b""))
    is_calculated = not _RECALCULATED.search(parts[BOOK])
    notes = {}
    for sheet in parsed(parts[BOOK]).iter("{*}sheet"):
        kind, part = related.get(sheet.get(_RELATION, ""), ("", ""))
        if sheet.get("state", "visible") != "visible" or kind != "worksheet":
            continue
        check_sheet_name(package, part)
        content, name = package.part(part), sheet.get("name", "")
        notes[name] = _notes(name, content, formats, is_calculated=is_calculated)
        parts[part] = merges_first(content)
    return notes, parts


def _check_claims(texts: bytes) -> None:
    """Refuse a list of texts that claims more than it can hold: room for what it claims is set aside."""
    most = max(_FEW_TEXTS, len(texts))
    for claim in _CLAIMED.findall(texts):
        if b"&" in claim or len(claim) > _MOST_DIGITS or (claim.isdigit() and int(claim) > most):
            raise Refused(DAMAGED)


def _notes(name: str, content: bytes, formats: Mapping[int, Format], *, is_calculated: bool) -> SheetNotes:
    if not formats and _is_plain(content, is_calculated=is_calculated):
        return SheetNotes()
    notes = SheetNotes()
    root = parsed(content)
    for column in root.iter("{*}col"):
        if column.get("hidden") in _HIDDEN:
            last = min(_whole(column.get("max")), _COLUMNS)
            notes.hidden_columns.update(range(_whole(column.get("min")) - 1, last))
    row = column_number = rows = columns = 0
    for element in root.iter("{*}row", "{*}c"):
        if element.tag.endswith("}row"):
            row = _whole(element.get("r")) or row + 1
            column_number = 0
            if element.get("hidden") in _HIDDEN:
                notes.hidden_rows.add(row - 1)
            continue
        place = element.get("r")
        found = _PLACE.fullmatch(place or "")
        if place and not found:
            raise Refused(DAMAGED)
        column_number = _column(found[1]) if found else column_number + 1
        row = int(found[2]) if found else row
        if len(element):
            rows, columns = max(rows, row), max(columns, column_number)
            shown = _shown(element, formats, is_calculated=is_calculated)
            if shown is not None:
                notes.shown[row - 1, column_number - 1] = shown
    check_extent(name, rows, columns)
    return notes


def _is_plain(content: bytes, *, is_calculated: bool) -> bool:
    """Whether a sheet has nothing to note and ends above row 10,000 and left of column AA."""
    return not (
        b"'" in content
        or _HIDING.search(content)
        or _ERROR.search(content)
        or _PREFIXED.search(content)
        or (_FORMULA.search(content) and (not is_calculated or _NO_RESULT.search(content)))
        or _FAR.search(content)
    )


def _shown(cell: Element, formats: Mapping[int, Format], *, is_calculated: bool) -> str | None:
    """What a cell shows where the library gives nothing or something else: an error, a formula, a format.

    The 0 of a formula is no result where nothing was calculated: programs that only write workbooks put it there.
    """
    parts = {child.tag.rsplit("}", 1)[-1]: child for child in cell}
    value = (parts["v"].text or "").strip() if "v" in parts else ""
    if cell.get("t") == "e":
        return value or "#VALUE!"
    has_result = value and (is_calculated or value != "0")
    if "f" in parts and not has_result and "is" not in parts:
        return f"={parts['f'].text or ''}"
    style = formats.get(_whole(cell.get("s")))
    return style.shown(value) if style and value and cell.get("t", "n") == "n" else None


def _column(letters: str) -> int:
    """The number of a column, from 1: A is 1, Z 26, AA 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _whole(text: str | None) -> int:
    return int(text[:9]) if text and text.isdecimal() else 0
