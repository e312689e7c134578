"""Regular expressions made of words and of one another, quick to search for."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

#: The brackets of groups, and what may hold one that is none: an escaped character, a set.
_SET: Final = r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]"
_BRACKETS: Final = re.compile(rf"{_SET}|[()]")
#: Chinese characters and digits in a row, without one that may be left out.
_ROW: Final = re.compile(r"[\u4e00-\u9fff0-9]+(?![?*{])")
#: Such a row, a character by its number, a set, how often something comes, a bracket, any other character.
_UNIT: Final = re.compile(rf"\\u.{{4}}|{_SET}|\{{[0-9,]*\}}|{_ROW.pattern}|.", re.DOTALL)
#: How a group opens that is no condition on what stands around it; a set of nothing but characters.
_GROUP: Final = re.compile(r"\((?:\?:|\?P<\w+>|(?!\?))")
_PLAIN_SET: Final = re.compile(r"\[([^\]\\^-]+)\]")
_MAY_BE_LEFT_OUT: Final = ("?", "*", "{")


class Sieve:
    """Entries with a `pattern`, of which for a text only those need to be tried whose words are in it."""

    def __init__(self, entries: Iterable[Mapping[str, Any]]) -> None:
        self._entries = [
            (entry, re.compile(entry["pattern"]), words_of(entry["pattern"])) for entry in entries
        ]
        self._words = frozenset[str]().union(*(words for _, _, words in self._entries))

    def tried(self, text: str) -> Iterator[tuple[Mapping[str, Any], re.Pattern[str]]]:
        """The entries, in order, whose patterns the text may hold, each with its pattern."""
        said = {word for word in self._words if word in text}
        for entry, pattern, words in self._entries:
            if not words or not said.isdisjoint(words):
                yield entry, pattern


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


def words_of(pattern: str) -> frozenset[str]:
    """Words of which whatever a pattern matches has one; none where no word is surely there.

    Of all the parts of a pattern that may not be left out, those words of which the shortest is longest; a word
    that holds another is not needed beside it.
    """
    pieces: list[list[str]] = [[]]
    for unit in _units(pattern):
        if unit == "|":
            pieces.append([])
        else:
            pieces[-1].append(unit)
    found = [_words_of_row([*piece, ""]) for piece in pieces]
    words = frozenset[str]().union(*found) if all(found) else frozenset[str]()
    return frozenset(word for word in words if not any(other in word for other in words - {word}))


def _units(pattern: str) -> Iterator[str]:
    """The parts of a pattern in a row, a group with all that is in it as one."""
    unit, depth = "", 0
    for mark in _UNIT.findall(pattern):
        depth += {"(": 1, ")": -1}.get(mark, 0)
        unit += mark
        if depth == 0:
            yield unit
            unit = ""


def _words_of_row(units: Sequence[str]) -> frozenset[str]:
    """The best words of parts that follow one another, the last of them empty."""
    needed = [unit for unit, following in pairwise(units) if following[:1] not in _MAY_BE_LEFT_OUT]
    found = [words for words in map(_words_of_unit, needed) if words]
    return max(found, key=lambda words: (min(map(len, words)), -len(words)), default=frozenset())


def _words_of_unit(unit: str) -> frozenset[str]:
    group, one_of = _GROUP.match(unit), _PLAIN_SET.fullmatch(unit)
    if group:
        return words_of(unit[group.end() : -1])
    if one_of:
        return frozenset(one_of[1])
    return frozenset([unit]) if _ROW.fullmatch(unit) else frozenset()
