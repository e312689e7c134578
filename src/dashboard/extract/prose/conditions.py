"""Where a count stands, and whether the conditions of a pattern hold there: its sentence, its clause, the year.

What holds of a whole sentence is found out once for each pattern. What stands before a count is looked at no
further back than REACH, so that a sentence without an end takes no longer than its length asks for. What leads
to a sentence, and which subjects are named before a place, is in subjects.py.
"""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any, Final

from dashboard.extract.prose.subjects import subjects_named

#: No clause or statement is longer: what is, is lines run together.
REACH: Final = 1000
#: The marks that end a clause, and a statement.
CLAUSE: Final = ",;。"
STATEMENT: Final = ";。"


@dataclass(frozen=True)
class Passage:
    """A folded sentence of a report of `year`, and which patterns of the codebook it lets apply at all.

    `lead` is the text that leads to it, `subjects` the patterns of what a passage may speak of, by name. A pattern
    is known by its identity: those of a codebook stay where they are.
    """

    folded: str
    year: int | None
    lead: str
    subjects: Mapping[str, str]
    _lets: dict[int, bool] = field(default_factory=dict)

    def lets(self, rule: Mapping[str, Any]) -> bool:
        """Whether the conditions of a pattern that are on the whole sentence, or on the year, hold."""
        known = self._lets.get(id(rule))
        if known is None:
            known = self._lets[id(rule)] = (
                _is_of_year(rule, self.year)
                and (holds(self.folded, rule.get("needs")) or holds(self.lead, rule.get("needs")))
                and ("when" not in rule or compiled(rule["when"]).search(self.folded) is not None)
                and ("unless" not in rule or compiled(rule["unless"]).search(self.folded) is None)
            )
        return known

    def subject_at(self, position: int) -> str | None:
        """The subject that is the last named before a position, in the sentence or in what leads to it."""
        ends, names = self._named
        before = bisect_right(ends, len(self.lead) + position)
        return names[before - 1] if before else None

    @cached_property
    def _named(self) -> tuple[list[int], list[str]]:
        named = subjects_named(self.lead + self.folded, self.subjects)
        return [end for end, _ in named], [name for _, name in named]


@dataclass(frozen=True, slots=True)
class Place:
    """A position in a sentence, for the conditions on what stands before it."""

    passage: Passage
    position: int

    def since(self, marks: str) -> str:
        """What stands before, from the last of these marks on."""
        folded = self.passage.folded
        return folded[start_of(folded, self.position, marks) : self.position]


def start_of(folded: str, position: int, marks: str, reach: int = REACH) -> int:
    """Where the clause or statement of a position begins: behind the last of these marks before it, within reach."""
    floor = max(0, position - reach)
    return max(floor, *[folded.rfind(mark, floor, position) + 1 for mark in marks])


def fits(rule: Mapping[str, Any], place: Place) -> bool:
    """Whether the conditions of a pattern hold where a count stands."""
    return (
        place.passage.lets(rule)
        and not _is_said(rule.get("unless_before"), place, CLAUSE)
        and not _is_said(rule.get("unless_statement"), place, STATEMENT)
        and _is_in_scope(rule.get("scope"), place)
        and ("about" not in rule or place.passage.subject_at(place.position) == rule["about"])
    )


def holds(text: str, words: Sequence[str] | None) -> bool:
    """Whether the text has one of the words; no words ask for nothing."""
    return not words or any(word in text for word in words)


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of the codebook, ready for use."""
    return re.compile(pattern)


def _is_of_year(rule: Mapping[str, Any], year: int | None) -> bool:
    return year is None or rule.get("first_year", 0) <= year <= rule.get("last_year", year)


def _is_said(unwanted: str | None, place: Place, marks: str) -> bool:
    return unwanted is not None and compiled(unwanted).search(place.since(marks)) is not None


def _is_in_scope(scope: Sequence[str] | None, place: Place) -> bool:
    """Whether the last of these words that stands before is the first of them."""
    if not scope:
        return True
    folded, floor = place.passage.folded, max(0, place.position - REACH)
    last = [folded.rfind(word, floor, place.position) for word in scope]
    return last[0] >= 0 and last[0] == max(last)
