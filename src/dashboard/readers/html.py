"""Web pages (.html, .htm) -> Document: the text and tables that a reader of the page sees.

Scripts, styles, comments and hidden elements are not the report. A table that holds other tables is
layout: its parts are read one after the other. A merged cell is one cell.
"""

import re
from collections.abc import Iterator

from lxml import html
from lxml.etree import ParserError

from dashboard.decoding import decode
from dashboard.errors import Refused
from dashboard.model import Document
from dashboard.readers.transcript import Transcript

_NOT_SHOWN = frozenset(
    {"script", "style", "head", "noscript", "template", "iframe", "svg", "select", "button"}
)
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "o:p",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_PAGE = re.compile(
    rb"\s*(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*<(?:!doctype html|html|head|body|div|table|p|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")
_LOOK = 4096


def is_page(data: bytes) -> bool:
    """Whether the bytes begin as a web page does."""
    return _PAGE.match(data.removeprefix(b"\xef\xbb\xbf")[:_LOOK]) is not None


def read(data: bytes) -> Document:
    """Transcribe a web page. Raises Refused when there is no page in the bytes."""
    try:
        root = html.document_fromstring(_decoded(data))
    except (ParserError, ValueError) as fault:
        raise Refused("网页文件是空的或已损坏；请重新保存后再试") from fault
    transcript = Transcript()
    pending: list[str] = []
    body = root.find("body")
    _walk(root if body is None else body, transcript, pending)
    _flush(transcript, pending)
    return transcript.document()


def _decoded(data: bytes) -> str:
    """The page's text, by the encoding it names where that reads it, else by its bytes.

    An XML declaration would forbid parsing text that is decoded already; it says nothing else.
    """
    text = _by_name(data) or decode(data)
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text)


def _by_name(data: bytes) -> str | None:
    named = _CHARSET.search(data[:_LOOK])
    if named is None or data.startswith(_MARKS):
        return None
    encoding = named[1].decode("ascii").lower()
    try:
        return data.decode("gb18030" if encoding.startswith("gb") else encoding)
    except (LookupError, UnicodeDecodeError):
        return None


def _walk(element: html.HtmlElement, transcript: Transcript, pending: list[str]) -> None:
    pending.append(element.text or "")
    for child in element:
        if isinstance(child.tag, str) and not _is_hidden(child):
            _element(child, transcript, pending)
        pending.append(child.tail or "")


def _element(child: html.HtmlElement, transcript: Transcript, pending: list[str]) -> None:
    if child.tag in _INLINE:
        _walk(child, transcript, pending)
        return
    _flush(transcript, pending)
    if child.tag == "table" and child.find(".//table") is None:
        transcript.table(_rows(child))
    else:
        _walk(child, transcript, pending)
    _flush(transcript, pending)


def _flush(transcript: Transcript, pending: list[str]) -> None:
    transcript.paragraph(_SPACE.sub(" ", "".join(pending)))
    pending.clear()


def _rows(table: html.HtmlElement) -> Iterator[list[str]]:
    for row in table.iter("tr"):
        if not _is_hidden(row):
            yield [_cell(cell) for cell in row if cell.tag in ("td", "th") and not _is_hidden(cell)]


def _cell(cell: html.HtmlElement) -> str:
    """A cell's text; paragraphs and breaks in it become line breaks."""
    parts: list[str] = []
    _collect(cell, parts)
    lines = (_SPACE.sub(" ", line).strip() for line in "".join(parts).split("\0"))
    return "\n".join(line for line in lines if line)


def _collect(element: html.HtmlElement, parts: list[str]) -> None:
    parts.append(element.text or "")
    for child in element:
        if isinstance(child.tag, str) and not _is_hidden(child):
            apart = "" if child.tag in _INLINE else "\0"
            parts.append(apart)
            _collect(child, parts)
            parts.append(apart)
        parts.append(child.tail or "")


def _is_hidden(element: html.HtmlElement) -> bool:
    return (
        element.tag in _NOT_SHOWN
        or "hidden" in element.attrib
        or _HIDDEN.search(element.get("style") or "") is not None
    )
