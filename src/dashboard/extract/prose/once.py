"""What a report has one figure of: a second one that differs is of a part, of another body or of another time.

The first is taken. A smaller second one may be a part of it; a larger one of the same body is a contradiction (rule R-mention).
"""

import re
from collections.abc import Sequence

from dashboard.codebook import Codebook
from dashboard.model import CellReference, Fact, Finding
from dashboard.numbers import printed_number


class ToldOnce:
    """The figures of a report so far, by indicator, without those that a report tells often.

    Which those are is said in the codebook (`told_often`); what names an item is told once for each.
    """

    def __init__(self, book: Codebook) -> None:
        self._often = tuple(book.prose["told_often"])
        self._facts: dict[str, Fact] = {}

    def contradicted(self, facts: Sequence[Fact]) -> tuple[Fact, Fact] | None:
        """A figure told before and the one of `facts` that differs; one that was not exact may be told exactly."""
        for fact in facts:
            before = None if fact.item else self._facts.get(fact.indicator)
            if before is not None and before.status == "reported" and before.value != fact.value:
                return before, fact
        return None

    def add(self, facts: Sequence[Fact]) -> None:
        """Remember these figures."""
        for fact in facts:
            if not fact.item and not fact.indicator.startswith(self._often):
                self._facts[fact.indicator] = fact


def contradiction(before: Fact, second: Fact, clause: str, book: Codebook) -> Finding | None:
    """A second figure that is neither a part of the first nor of another body (`clause`: the words before it)."""
    may_be_a_part = before.value is None or second.value is None or second.value < before.value
    if may_be_a_part or re.search(book.prose["other_bodies"], clause):
        return None
    rule = next(rule for rule in book.rules if rule["kind"] == "mentions")
    values = f"{printed_number(before.value)}、{printed_number(second.value)}"
    message = f"{rule['name_zh']}：{book.indicators[before.indicator].name_zh}先后为 {values}"
    return Finding(
        rule["id"], rule["severity"], message, (CellReference.of(before), CellReference.of(second))
    )
