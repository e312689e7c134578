"""Telling printed labels apart: what two spellings of the same label have in common."""

import re
from functools import lru_cache

from dashboard.numbers import fold

_QUOTES = str.maketrans(dict.fromkeys("“”„‟「」『』\"'‘’", '"'))
_STOPS = str.maketrans({"．": ".", "、": ".", "，": ",", "。": "."})
_UNIT_NOTE = re.compile(r"\((?:单位:?)?[^()]*?(?:元|件|项|条|个)\)$")


@lru_cache(maxsize=4096)
def normal(label: str) -> str:
    """A label without the accidents of print: spaces, width, quotes and list marks."""
    folded = fold(label).translate(_QUOTES).translate(_STOPS)
    return "".join(folded.split())


@lru_cache(maxsize=4096)
def bare(label: str) -> str:
    """As `normal`, without a note of the unit at its end ("采购总金额(万元)" -> "采购总金额")."""
    return _UNIT_NOTE.sub("", normal(label))
