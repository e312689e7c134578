"""Regular expressions made of words and of one another, quick to search for."""

import re
from collections.abc import Iterable
from typing import Final

#: The brackets of groups, and what may hold one that is none: an escaped character, a set.
_SET: Final = r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]"
_BRACKETS: Final = re.compile(rf"{_SET}|[()]")
_ONE_OF: Final = re.compile(_SET)
_INNERMOST: Final = re.compile(r"\([^()]*\)")
#: Chinese characters in a row, without one that may be left out.
_ROW: Final = re.compile(r"[\u4e00-\u9fff]+(?![?*{])")


def longest_of(words: Iterable[str]) -> str:
    """A pattern that at any place matches the longest of these words that stands there.

    By their first characters: that a hundred words begin otherwise is then told in one step.
    """
    by_first: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        by_first.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rests)})" for first, rests in by_first.items())


def group_of(pattern: str, name: str) -> str:
    """What the named group of a pattern holds, as a group without a name: not found, nor is the whole pattern.

    Raises ValueError where the pattern, which must be a valid one, has no such group.
    """
    opened, depth = f"(?P<{name}>", 0
    start = pattern.index(opened)
    for mark in _BRACKETS.finditer(pattern, start):
        depth += {"(": 1, ")": -1}.get(mark.group(), 0)
        if depth == 0:
            return f"(?:{pattern[start + len(opened) : mark.end()]}"
    raise ValueError(pattern)


def core_of(pattern: str) -> str:
    """The longest row of Chinese characters that is in whatever a pattern matches; "" where none surely is."""
    rest, whole = "", _ONE_OF.sub(".", pattern)
    while rest != whole:
        rest, whole = whole, _INNERMOST.sub(".", whole)
    return "" if "|" in whole else max(_ROW.findall(whole), key=len, default="")
