"""Telling printed labels apart: what two spellings of the same label have in common."""

import re
from functools import lru_cache

from dashboard.numbers import fold

#: Quotation marks, and what Markdown sets before signs and around bold print.
_QUOTES = str.maketrans("", "", "“”„‟「」『』\"'‘’\\*")
_STOPS = str.maketrans({"．": ".", "、": ".", "，": ",", "。": "."})
#: A line break as a page has it, in the cells of a Markdown table.
_BREAK = re.compile("<br ?/?>", re.IGNORECASE)
_UNIT_NOTE = re.compile(r"\((?:单位:?)?[^()]*?(?:元|件|项|条|个)\)$")
_NUMBERED = re.compile(r"\((?:[一二三四五六七八九十]+|\d+)\)\.?|(?:[一二三四五六七八九十]+|\d+)[.)]")


@lru_cache(maxsize=8192)
def normal(label: str) -> str:
    """A label without the accidents of print: spaces, width, quotation marks; list marks are alike."""
    folded = fold(label).translate(_QUOTES).translate(_STOPS)
    if "<" in folded:
        folded = _BREAK.sub("", folded)
    return "".join(folded.split())


@lru_cache(maxsize=8192)
def bare(label: str) -> str:
    """As `normal`, without a note of the unit at its end ("采购总金额(万元)" -> "采购总金额")."""
    return _UNIT_NOTE.sub("", normal(label))


@lru_cache(maxsize=8192)
def unnumbered(label: str) -> str:
    """A bare label without the number it begins with ("1.属于国家秘密" -> "属于国家秘密")."""
    found = _NUMBERED.match(label)
    return label[found.end() :] if found and found.end() < len(label) else label
