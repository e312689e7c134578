"""A sentence as it is told: its text, counts and nouns, and quick ways to the ones that stand in a span of it."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from functools import cached_property

from dashboard.codebook import Codebook
from dashboard.extract.prose.conditions import Passage, Place
from dashboard.extract.prose.nouns import Noun, nouns
from dashboard.quantities import Count


class Told:
    """A folded sentence with its counts, in order, and the report's year.

    `form_year` is the year by which patterns are chosen: a report of 2023 on the form of 2019 speaks as
    reports of 2020 do. `lead` is what the headings and sentences before it say.
    """

    def __init__(
        self,
        folded: str,
        counts: Sequence[Count],
        year: int | None,
        form_year: int | None,
        book: Codebook,
        lead: str = "",
    ) -> None:
        self.folded = folded
        self.counts = counts
        self.year = year
        self.book = book
        self._passage = Passage(folded, form_year, lead, book.prose["subjects"])

    @property
    def nouns(self) -> Sequence[Noun]:
        """Every noun of the sentence, by where it ends; of those that end together, the longest last."""
        return self._every.nouns

    def nouns_within(self, start: int, end: int) -> list[Noun]:
        """The nouns that stand in a span, ordered as all of them are."""
        return self._every.within(start, end)

    def nouns_ending(self, position: int) -> Sequence[Noun]:
        """The nouns that end at a position."""
        return self._every.ending(position)

    def nouns_from(self, position: int) -> Sequence[Noun]:
        """The nouns that begin at a position, the longest last."""
        return self._from.get(position, ())

    def subjects_within(self, start: int, end: int) -> list[Noun]:
        """The nouns of a span with which what follows a comma may go on, ordered as all of them are."""
        return self._subjects.within(start, end)

    def count_from(self, position: int) -> Count | None:
        """The first count that begins at a position or behind it."""
        number = self.number_from(position)
        return self.counts[number] if number < len(self.counts) else None

    def number_from(self, position: int) -> int:
        """How many counts begin before a position."""
        return bisect_left(self.counts, position, key=lambda count: count.start)

    def place(self, position: int) -> Place:
        """A position, for the conditions of patterns."""
        return Place(self._passage, position)

    @cached_property
    def _every(self) -> "_ByEnd":
        return _ByEnd(nouns(self.folded, self.book))

    @cached_property
    def _from(self) -> Mapping[int, Sequence[Noun]]:
        found: dict[int, list[Noun]] = {}
        for noun in self.nouns:
            found.setdefault(noun.start, []).append(noun)
        return found

    @cached_property
    def _subjects(self) -> "_ByEnd":
        return _ByEnd([noun for noun in self.nouns if any(rule.get("subject") for rule in noun.rules)])


class _ByEnd:
    """Nouns in the order in which they end, and those of them that stand in a span."""

    def __init__(self, found: Sequence[Noun]) -> None:
        self.nouns = found
        self._ends = [noun.end for noun in found]

    def within(self, start: int, end: int) -> list[Noun]:
        first, last = bisect_left(self._ends, start), bisect_right(self._ends, end)
        return [noun for noun in self.nouns[first:last] if noun.start >= start]

    def ending(self, position: int) -> Sequence[Noun]:
        return self.nouns[bisect_left(self._ends, position) : bisect_right(self._ends, position)]
