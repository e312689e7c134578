"""Which row of the form each row of a document is: by its label, its groups and the form's order.

An alignment in the form's order that makes the labels agree best, so that a label which the form has
twice ("（三）其他情形数") is told by its neighbours. A row that fits two places equally well is none of
them: that is said, and left to a person.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz

from dashboard.codebook import FormBlock, FormLabel, FormTable
from dashboard.extract.labels import bare, unnumbered
from dashboard.extract.vocabulary import group_words, row_words, spellings

#: A misprinted label is taken for a row of the form when it is at least this alike (of 100).
_ALIKE = 70
_EXACT, _UNNUMBERED, _MISPRINTED, _GROUP = 8, 6, 4, 1
Place = tuple[FormBlock, FormLabel]


@dataclass(frozen=True, slots=True)
class Labels:
    """What a row of the document calls itself: its own name, and the groups printed with it."""

    name: str
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matched:
    """The place in the form that a row has; `is_exact` unless its label is a misprint of the form's."""

    place: Place | None
    is_exact: bool = True
    is_ambiguous: bool = False


def match(rows: Sequence[Labels], form: FormTable) -> list[Matched]:
    """For each row of the document, in order, its place in the form or None."""
    places = places_of(form)
    exact = _as_printed(rows, places)
    if exact is not None or not rows:
        return exact or []
    scores = [[_score(row, place, form) for place in places] for row in rows]
    ahead, behind = _best(scores), _best([row[::-1] for row in scores[::-1]])
    whole = ahead[len(rows)][len(places)]
    found: list[Matched] = []
    for number, row in enumerate(rows):
        fitting = [
            column
            for column, score in enumerate(scores[number])
            if score
            and ahead[number][column] + score + behind[len(rows) - number - 1][len(places) - column - 1]
            == whole
        ]
        if len(fitting) == 1:
            place = places[fitting[0]]
            found.append(Matched(place, is_exact=row.name in spellings(place[1])))
        else:
            found.append(Matched(None, is_ambiguous=bool(fitting)))
    _add_out_of_order(rows, found, places)
    return found


@cache
def places_of(form: FormTable) -> tuple[Place, ...]:
    """The labelled rows of the form in print order, each with its block."""
    return tuple((block, line) for block in form.blocks for line in block.rows if line.path)


def _as_printed(rows: Sequence[Labels], places: tuple[Place, ...]) -> list[Matched] | None:
    """The match where the document has the form's rows in the form's order and words, as most have."""
    found: list[Matched] = []
    following = iter(places)
    for row in rows:
        place = next(following, None)
        while place is not None and row.name not in spellings(place[1]) and place[1].optional:
            place = next(following, None)
        if place is None or row.name not in spellings(place[1]):
            return None
        found.append(Matched(place))
    left = [place for place in following if not place[1].optional]
    return None if left else found


def _score(row: Labels, place: Place, form: FormTable) -> int:
    """How well a row fits a place; 0 where it does not, or another group is printed with it."""
    line = place[1]
    groups = _groups(line)
    if any(group in group_words(form) and group not in groups for group in row.groups):
        return 0
    alike = _likeness(row.name, line, form)
    return alike + _GROUP * any(group in groups for group in row.groups) if alike else 0


def _likeness(name: str, line: FormLabel, form: FormTable) -> int:
    if name in spellings(line):
        return _EXACT
    if not name or name in row_words(form):
        return 0
    plain = unnumbered(name)
    own = _unnumbered_spellings(line)
    if plain in own:
        return _UNNUMBERED
    alike = any(fuzz.ratio(plain, spelling) >= _ALIKE for spelling in own)
    return _MISPRINTED if alike and _number(name) == _number(bare(line.path[-1])) else 0


@cache
def _groups(line: FormLabel) -> frozenset[str]:
    return frozenset(bare(part) for part in line.path[:-1])


@cache
def _unnumbered_spellings(line: FormLabel) -> frozenset[str]:
    return frozenset(map(unnumbered, spellings(line)))


def _number(label: str) -> str:
    """The number a label begins with, without its brackets: a misprint keeps it."""
    return label[: len(label) - len(unnumbered(label))].strip("().、")


def _best(scores: list[list[int]]) -> list[list[int]]:
    """The best score of the first rows against the first places, for every number of either."""
    width = len(scores[0])
    table = [[0] * (width + 1)]
    for row in scores:
        above = table[-1]
        line = [0]
        for column, score in enumerate(row):
            with_this = above[column] + score if score else 0
            line.append(max(above[column + 1], line[column], with_this))
        table.append(line)
    return table


def _add_out_of_order(rows: Sequence[Labels], found: list[Matched], places: tuple[Place, ...]) -> None:
    """Rows out of the form's order keep their place where their label is exact and the form has it once."""
    taken = {matched.place for matched in found if matched.place}
    for number, (row, matched) in enumerate(zip(rows, found, strict=True)):
        if matched.place is None and not matched.is_ambiguous:
            named = [place for place in places if row.name in spellings(place[1])]
            fits = [place for place in named if place not in taken and set(row.groups) <= _groups(place[1])]
            if len(named) == 1 and fits:
                found[number] = Matched(fits[0])
                taken.add(fits[0])
