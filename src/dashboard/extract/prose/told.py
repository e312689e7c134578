"""A sentence as it is told: its text, counts and nouns, and quick ways to the ones that stand in a span of it."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from dashboard.codebook import Codebook
from dashboard.extract.prose.conditions import Passage, Place
from dashboard.extract.prose.nouns import Noun, nouns
from dashboard.quantities import Count


@dataclass(frozen=True)
class Told:
    """A folded sentence with its counts, in order, and the report's year.

    `form_year` is the year by which patterns are chosen: a report of 2023 on the form of 2019 speaks as
    reports of 2020 do.
    """

    folded: str
    counts: Sequence[Count]
    year: int | None
    form_year: int | None
    book: Codebook

    @cached_property
    def nouns(self) -> list[Noun]:
        """Every noun of the sentence, by where it ends; of those that end together, the longest last."""
        return nouns(self.folded, self.book)

    def nouns_within(self, start: int, end: int) -> list[Noun]:
        """The nouns that stand in a span, ordered as all of them are."""
        first = bisect_left(self._noun_ends, start)
        return [
            noun for noun in self.nouns[first : bisect_right(self._noun_ends, end)] if noun.start >= start
        ]

    def nouns_ending(self, position: int) -> list[Noun]:
        """The nouns that end at a position."""
        ends = self._noun_ends
        return self.nouns[bisect_left(ends, position) : bisect_right(ends, position)]

    def count_from(self, position: int) -> Count | None:
        """The first count that begins at a position or behind it."""
        number = bisect_left(self._count_starts, position)
        return self.counts[number] if number < len(self.counts) else None

    def place(self, position: int) -> Place:
        """The conditions of a pattern for a count at this position."""
        return Place(self._passage, position)

    @cached_property
    def _passage(self) -> Passage:
        return Passage(self.folded, self.form_year)

    @cached_property
    def _noun_ends(self) -> list[int]:
        return [noun.end for noun in self.nouns]

    @cached_property
    def _count_starts(self) -> list[int]:
        return [count.start for count in self.counts]
