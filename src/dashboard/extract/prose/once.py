"""What a report has one figure of: a second one that differs is of a part, of another body or of another time."""

from collections.abc import Sequence

from dashboard.codebook import Codebook
from dashboard.model import Fact


class ToldOnce:
    """The figures of a report so far, by indicator, without those that a report tells often.

    Which those are is said in the codebook (`told_often`); what names an item is told once for each.
    """

    def __init__(self, book: Codebook) -> None:
        self._often = tuple(book.prose["told_often"])
        self._facts: dict[str, Fact] = {}

    def contradicts(self, facts: Sequence[Fact]) -> bool:
        """Whether another figure of one of these was told before; one that was not exact may be told exactly."""
        return any(
            (before := self._facts.get(fact.indicator)) is not None
            and before.status == "reported"
            and before.value != fact.value
            for fact in facts
            if not fact.item
        )

    def add(self, facts: Sequence[Fact]) -> None:
        """Remember these figures."""
        for fact in facts:
            if not fact.item and not fact.indicator.startswith(self._often):
                self._facts[fact.indicator] = fact
