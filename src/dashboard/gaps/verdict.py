"""What a rule says of a report: the one record that judges give."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Rule = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule says of a report or of one item in it.

    `verdict`: short, undecided, met, not_applicable or no_figure. `severity` overrides the rule's.
    `shortfall` is how far short the report falls, in the rule's own measure, to tell whether it grew.
    """

    verdict: str
    evidence: str
    item: str | None = None
    facts: tuple[int, ...] = ()
    severity: str | None = None
    shortfall: float | None = None
