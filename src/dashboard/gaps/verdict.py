"""What a rule says of a report: the one record that judges give."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Rule = Mapping[str, Any]
#: How many keys a rule has; a report has a few dozen gaps at most under one.
_KEYS = 1_000_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule says of a report or of one item in it.

    `verdict`: short, undecided, met, not_applicable or no_figure. `severity` overrides the rule's.
    `rests_on` tells two verdicts on one item apart by what they rest on, in words that a rebuild keeps.
    `shortfall` is how far short the report falls, in the rule's own measure, to tell whether it grew.
    """

    verdict: str
    evidence: str
    item: str | None = None
    facts: tuple[int, ...] = ()
    severity: str | None = None
    shortfall: float | None = None
    rests_on: tuple[str, ...] = ()


def key_of(rule: Rule, verdict: Verdict) -> str:
    """The key of a gap among those of its report: G02-482130.

    It is made of the rule and its name, the item and what the verdict rests on, whatever their order: a rebuild
    keeps it, another reading of the figures does too.
    """
    told = [rule["id"], rule["name_zh"], verdict.item or "", *sorted(set(verdict.rests_on))]
    digest = hashlib.sha256("\n".join(told).encode("utf-8")).hexdigest()
    return f"{rule['id']}-{int(digest, 16) % _KEYS:06}"
