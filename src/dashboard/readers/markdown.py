"""Markdown that holds its tables as pieces of a web page, as programs write that turn a PDF into text.

Outside the tables a line is a paragraph, as in any text; the marks of headings and of bold print are no text.
"""

import html
import re
from itertools import pairwise

from dashboard.decoding import decode
from dashboard.errors import Refused

_TABLE = re.compile(r"<table\b.*?</table\s*>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[a-z!/][^>\n]*>", re.IGNORECASE)
#: Tags that such programs set around a table or a picture.
_AROUND = re.compile(r"</?(?:div|html|body|center|img|br)\b[^>\n]*>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_HEADING = re.compile(r"^[ \t]{0,3}#{1,6}[ \t]+")


def as_page(data: bytes) -> bytes | None:
    """Return the bytes of a web page that says the same; None for what is no Markdown with tables of a page."""
    if b"<table" not in data.lower():
        return None
    try:
        text = decode(data)
    except Refused:
        return None
    ends = [0, *(place for found in _TABLE.finditer(text) for place in found.span()), len(text)]
    pieces = [text[start:end] for start, end in pairwise(ends)]
    prose = [_AROUND.sub("\n", piece) for piece in pieces[::2]]
    lines = [line for piece in prose for line in piece.splitlines() if line.strip()]
    if any(map(_TAG.search, prose)) or not any(map(_HEADING.match, lines)):
        return None
    pieces[::2] = ["".join(map(_paragraph, piece.splitlines())) for piece in prose]
    return f'<html><meta charset="utf-8"><body>{"".join(pieces)}</body></html>'.encode()


def _paragraph(line: str) -> str:
    plain = _HEADING.sub("", line).replace("**", "").strip()
    return f"<p>{html.escape(plain)}</p>" if plain else ""
