"""Web pages (.html, .htm) -> Document: the text and tables that a reader of the page sees.

What is not shown is taken out first (page_cleaning.py). A table that holds other tables, or that is one column
or one row with prose in it, is layout: its parts are read one after the other. A merged cell is one cell with
its width and height in the grid that the HTML standard makes of the rows.

The text is taken from the tree in one piece. So that its parts can be told again, marks are written into it
first, characters that Unicode keeps for a program's own use (U+FDD0 and following).
"""

import re
from collections import deque
from collections.abc import Iterator
from typing import Any

from lxml import etree

from dashboard.errors import Refused
from dashboard.limits import SHIPPED, Limits
from dashboard.model import Document
from dashboard.readers.frames import MOST_LABEL, may_be_frame, without_empty_rows
from dashboard.readers.page_cleaning import clean
from dashboard.readers.page_encoding import decode_page
from dashboard.readers.page_pictures import is_picture
from dashboard.readers.transcript import Placed, Transcript

_BREAK, _TABLE, _PICTURE = "\ufdd0", "\ufdd1", "\ufdd2"
#: What is taken out of a page: the marks, and characters that no page may have.
_NO_TEXT = re.compile("[\ufdd0-\ufdd2\0-\x08\x0b\x0e-\x1f\ufffe\uffff]")
_BLOCKS = (
    *("p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "pre", "center"),
    *("section", "article", "main", "header", "footer", "nav", "aside", "address", "blockquote", "figure"),
    *("figcaption", "dl", "dt", "dd", "form", "fieldset", "legend", "details", "summary", "dialog", "menu"),
    *("dir", "marquee", "body", "frameset", "xmp", "listing"),
)
_PARTS = ("table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th")
_PREFORMATTED = etree.XPath("//pre | //xmp | //listing | //*[contains(@style, 'white-space')]")
_KEEPS_LINES = re.compile(r"white-space\s*:\s*pre", re.IGNORECASE)
_STRING = etree.XPath("string()", smart_strings=False)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_BEGINS = re.compile(
    rb"(?>\s*+(?:<!--.*?-->|<\?xml[^>]*>))*+\s*<(?:!doctype\s+html|html|head|body|title|meta|link|style|script|base|div|"
    rb"table|tr|td|p|span|font|center|h[1-6]|section|article|main|header|ul|ol|a|b|strong|br|img|form)\b",
    re.IGNORECASE | re.DOTALL,
)
#: Closing tags that plain text does not have.
_HOLDS = re.compile(rb"</(?:html|body|table|div|p)\s*>", re.IGNORECASE)
_LOOK = 8192
#: A page of a report has a few thousand tags, tens of thousands where an editor styles every word.
_MOST_TAGS = 100_000
#: The HTML standard's bound on the columns that a cell spans.
_MOST_COLUMNS = 1000
_WHOLE = re.compile(r"\s*\+?(\d{1,6})")
_LOOSE = etree.XPath("//td[not(parent::tr)][ancestor::table] | //th[not(parent::tr)][ancestor::table]")
_STRAY = etree.XPath(
    "text()[normalize-space()] | *[not(self::caption)]/text()[normalize-space()]"
    " | *[self::thead or self::tbody or self::tfoot]/tr/text()[normalize-space()]",
    smart_strings=False,
)

Element = Any  # lxml has no types


def is_page(data: bytes) -> bool:
    """Whether the bytes are a web page: they begin as one, or hold the closing tags of one."""
    head = data[:_LOOK]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in head[:2]:
        return _BEGINS.match(decode_page(head).encode()) is not None
    if _BEGINS.match(head.removeprefix(b"\xef\xbb\xbf")):
        return True
    return not head.lstrip().startswith(b"<?xml") and _HOLDS.search(data) is not None


def read(data: bytes, limits: Limits = SHIPPED) -> Document:  # noqa: ARG001 - nothing in a page unpacks
    """Transcribe a web page. Raises Refused when there is no page in the bytes."""
    root = _parsed(data)
    clean(root)
    _mark(root)
    tables = deque(_take_tables(root))
    for part in root.iter(*_PARTS):
        _set_apart(part)
    transcript = Transcript()
    for chunk in _STRING(root).split(_BREAK):
        if chunk == _TABLE and tables:
            transcript.table(tables.popleft())
        elif chunk and not chunk.isspace():
            transcript.paragraph(_NO_TEXT.sub("", _SPACE.sub(" ", chunk)))
            for _ in range(chunk.count(_PICTURE)):
                transcript.picture()
    return transcript.document()


def _parsed(data: bytes) -> Element:
    """The tree of the page. libxml2 stops in silence where tags are nested too deep: that is refused."""
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, collect_ids=False, remove_comments=True, remove_pis=True
    )
    text = _NO_TEXT.sub("", decode_page(data)).replace("\f", " ")
    if text.count("<") > _MOST_TAGS:
        raise Refused(f"网页的标签超过 {_MOST_TAGS:,} 个，不像年度报告；请确认选对了文件")
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        raise Refused("网页文件是空的或已损坏；请重新保存后再试")
    for rest in list(root.itersiblings()):  # what follows </html>, which a browser shows all the same
        root.append(rest)
    if any("RESOURCE_LIMIT" in entry.type_name for entry in parser.error_log.filter_from_fatals()):
        raise Refused("网页的标签嵌套过深，读不完整；请用 Word 打开并另存为 .docx 后再试")
    return root


def _mark(root: Element) -> None:
    """Write marks where blocks begin and end, where kept lines end, and where pictures of the content are."""
    for image in root.iter("img"):
        if is_picture(image):
            image.tail = _PICTURE + (image.tail or "")
    for kept in _PREFORMATTED(root):
        if kept.tag in ("pre", "xmp", "listing") or _KEEPS_LINES.search(kept.get("style", "")):
            for element in kept.iter():
                element.text = (element.text or "").replace("\n", _BREAK)
                if element is not kept:
                    element.tail = (element.tail or "").replace("\n", _BREAK)
    for block in root.iter(*_BLOCKS):
        _set_apart(block)


def _set_apart(block: Element) -> None:
    block.text = _BREAK + (block.text or "")
    block.tail = _BREAK + (block.tail or "")


def _take_tables(root: Element) -> Iterator[list[list[Placed]]]:
    """The tables that are no layout, each replaced in the tree by its mark, captions and stray text before it."""
    for cell in _LOOSE(root):
        _put_in_row(cell)
    for table in list(root.iter("table")):
        rows = [(row.getparent(), list(row.iterchildren("td", "th"))) for row in table.iter("tr")]
        if next(table.iterdescendants("table"), None) is not None or _is_frame([cells for _, cells in rows]):
            continue
        placed = _placed(rows)
        before = [*_STRAY(table), *map(_STRING, table.iter("caption"))]
        pictures = _STRING(table).count(_PICTURE)
        table.clear(keep_tail=True)
        table.text = _BREAK.join(["", *before, _TABLE, _PICTURE * pictures, ""])
        yield placed


def _put_in_row(cell: Element) -> None:
    """A cell outside any row begins one, or goes on in the one that was made for the cell before it."""
    row = cell.getprevious()
    if row is None or row.get("class") != _BREAK:
        row = etree.Element("tr", {"class": _BREAK})
        cell.addprevious(row)
    row.append(cell)


def _is_frame(rows: list[list[Element]]) -> bool:
    """Whether a table of these cells only frames prose."""
    if not may_be_frame(list(map(len, rows))):
        return False
    return any(len(_cell_text(cell)) > MOST_LABEL for cells in rows for cell in cells)


def _placed(rows: list[tuple[Element, list[Element]]]) -> list[list[Placed]]:
    """The cells of rows, with their group, in the order in which they are shown, in their places of the grid.

    No cell reaches out of its group of rows; columns at the right in which no cell begins are none.
    """
    groups: dict[Element, list[list[Element]]] = {}
    for group, cells in rows:
        groups.setdefault(group, []).append(cells)
    in_order = sorted(groups, key=lambda group: group.tag == "tfoot")
    placed = [cells for group in in_order for cells in _placed_group(groups[group])]
    columns = max((row[-1].column for row in placed if row), default=0) + 1
    for row in placed:
        if row and row[-1].column + row[-1].width > columns:
            row[-1] = row[-1]._replace(width=columns - row[-1].column)
    return without_empty_rows(placed)


def _placed_group(rows: list[list[Element]]) -> Iterator[list[Placed]]:
    """The HTML standard's algorithm for forming a table, for one group of rows."""
    free_from: list[int] = []  # for each column, the first row that nothing from above covers
    for number, elements in enumerate(rows):
        column, left = 0, len(rows) - number
        cells = []
        for cell in elements:
            while column < len(free_from) and free_from[column] > number:
                column += 1
            width = min(_span(cell, "colspan") or 1, max(_MOST_COLUMNS - column, 1))
            height = min(_span(cell, "rowspan") or left, left)
            cells.append(Placed(_cell_text(cell), column, width, height))
            if height > 1:
                free_from += [0] * (column + width - len(free_from))
                free_from[column : column + width] = [number + height] * width
            column += width
        yield cells


def _span(cell: Element, name: str) -> int:
    """A span as the standard reads it: the digits that the attribute begins with, else 1."""
    value = cell.get(name)
    if value is None or value == "1":
        return 1
    found = _WHOLE.match(value)
    return int(found[1]) if found else 1


def _cell_text(cell: Element) -> str:
    """A cell's text; paragraphs and breaks in it become line breaks."""
    text: str = _STRING(cell)
    if text.isdecimal():
        return text
    text = _SPACE.sub(" ", text).replace(_PICTURE, "")
    if _BREAK not in text:
        return text
    return "\n".join(line for part in text.split(_BREAK) if (line := part.strip()))
