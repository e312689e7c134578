"""The parts of an .xlsx file on their way to the library: those that were looked at, under the names it knows.

It gets a package of its own and never the file: what it reads is what was unpacked within bounds and found
harmless, whatever else the file holds. Nothing in it is packed, so nothing is unpacked twice.
"""

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

from dashboard.errors import Refused
from dashboard.readers.package import DAMAGED, Package, relations_of

BOOK, TEXTS, STYLES = "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"
#: The relationship, and the name for the library, of what a workbook has beside its sheets.
_BESIDE = {"sharedStrings": TEXTS, "styles": STYLES}
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
_OWN = f'{_RELATIONS}<Relationship Id="rId1" Type="{_OFFICE}officeDocument" Target="{BOOK}"/></Relationships>'
#: What the file's own sheets cannot be named, in any spelling: the library finds parts by it.
_TAKEN = frozenset({BOOK, TEXTS.lower(), STYLES, relations_of(BOOK), relations_of("")})
_MERGES, _MERGES_END = b"<mergeCells", b"</mergeCells>"

Related = Mapping[str, tuple[str, str]]


def book_parts(package: Package, book: str, related: Related) -> dict[str, bytes]:
    """What the library is given of a workbook beside its sheets; `related` are the relationships of its main part.

    Where no relationship leads to one, it is the part of the usual name, in any spelling (SharedStrings.xml).
    """
    relations = relations_of(book)
    parts = {
        relations_of(""): _OWN.encode(),
        BOOK: package.part(book),
        relations_of(BOOK): (
            package.part(relations) if book == BOOK and relations in package.names else _written(related)
        ),
    }
    for kind, name in _BESIDE.items():
        held = [part for of, part in related.values() if of == kind and part in package.names]
        held = held or [part for part in sorted(package.names, reverse=True) if part.lower() == name.lower()]
        if held:
            parts[name] = package.part(held[0])
    return parts


def check_sheet_name(package: Package, part: str) -> None:
    """Refuse a sheet whose part is not there, or is one that the library would take for another."""
    if part not in package.names or part.lower().replace("\\", "/") in _TAKEN:
        raise Refused(DAMAGED)


def merges_first(sheet: bytes) -> bytes:
    """A sheet with the list of its merged cells before the values.

    The library reads a sheet twice, for its values and for that list, and the second time no further than the
    list. A sheet without one, or with one that is written in an unusual way, is left as it is.
    """
    begin, end = sheet.find(b"<sheetData"), sheet.rfind(b"</sheetData>")
    head, tail = sheet[: max(begin, 0)], sheet[max(end, 0) :]
    first, last = tail.find(_MERGES), tail.find(_MERGES_END) + len(_MERGES_END)
    is_usual = 0 < begin < end and 0 < first < last and tail.count(b"mergeCells") == 2  # noqa: PLR2004 - its two tags
    if not is_usual or b"mergeCells" in head or b"<!" in head or b"<!" in tail:
        return sheet
    return b"".join((head, tail[first:last], sheet[begin:end], tail[:first], tail[last:]))


def stored(parts: Mapping[str, bytes]) -> bytes:
    """A zip package of these parts, none of them packed."""
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w", zipfile.ZIP_STORED) as written:
        for name, content in parts.items():
            written.writestr(zipfile.ZipInfo(name), content)
    return package.getvalue()


def _written(related: Related) -> bytes:
    """Relationships as XML, each part by its full name."""
    each = (
        f"<Relationship Id={quoteattr(key)} Type={quoteattr(_OFFICE + kind)} Target={quoteattr('/' + part)}/>"
        for key, (kind, part) in related.items()
    )
    return f"{_RELATIONS}{''.join(each)}</Relationships>".encode()
