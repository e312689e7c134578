"""How far back the text reaches that tells what a count is of: two measures of one thing, brackets between.

"培训2次98人" is one noun with two counts, "提案（含会办件2件）9件" a noun with a bracket before its own.
"""

import re
from collections.abc import Sequence
from typing import Final

from dashboard.extract.prose.quantities import Count

HARD_STOP: Final = re.compile(r"[;。]")


def floor_of(number: int, folded: str, counts: Sequence[Count]) -> int:
    """Where the text begins that may tell what a count is of: behind the count before, in the same statement."""
    first = number
    while first and _has_no_text_between(folded, counts, first - 1):
        first -= 1
    opened = bracket_before(first, folded, counts)
    if opened is not None:
        first = next(place for place, count in enumerate(counts) if count.start > opened)
    start = counts[first - 1].end if first else 0
    stops = [stop.end() for stop in HARD_STOP.finditer(folded, start, counts[number].start)]
    return stops[-1] if stops else start


def gap_before(number: int, floor: int, folded: str, counts: Sequence[Count]) -> str:
    """The text between a count and the one before it, in the same statement."""
    before = counts[number - 1].end if number else 0
    return folded[max(floor, before) : counts[number].start]


def _has_no_text_between(folded: str, counts: Sequence[Count], number: int) -> bool:
    """Whether a count and the next are one thing in two measures ("培训2次98人", "推送164期376条")."""
    count, following = counts[number], counts[number + 1]
    return not folded[count.end : following.start].strip() and count.unit != following.unit


def bracket_before(number: int, folded: str, counts: Sequence[Count]) -> int | None:
    """Where a bracket opens that stands between a noun and its number ("提案（含会办件2件）9件")."""
    if not number:
        return None
    before = counts[number - 1]
    if folded[before.end : counts[number].start].strip() != ")":
        return None
    return folded.rfind("(", 0, before.start)


def is_issues_of(number: int, folded: str, counts: Sequence[Count]) -> bool:
    """Whether a count of issues is followed at once by that of the items in them ("164期376条")."""
    if number + 1 == len(counts) or counts[number].unit not in ("期", "批", "次"):
        return False
    return counts[number + 1].unit in ("条", "篇", "则") and _has_no_text_between(folded, counts, number)
