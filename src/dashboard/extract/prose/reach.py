"""How far back the text reaches that tells what a count is of: two measures of one thing, brackets between.

"培训2次98人" is one noun with two counts, "提案（含会办件2件）9件" a noun with a bracket before its own.
"""

import re
from typing import Final

from dashboard.extract.prose.told import Told

HARD_STOP: Final = re.compile(r"[;。]")
#: No bracket between a noun and its number is longer, and no thing is told in more measures.
_BRACKET_WITHIN: Final = 200
_MOST_MEASURES: Final = 4


def floor_of(number: int, told: Told) -> int:
    """Where the text begins that may tell what a count is of: behind the count before, in the same statement."""
    first = number
    while first > max(0, number - _MOST_MEASURES) and _has_no_text_between(told, first - 1):
        first -= 1
    opened = bracket_before(first, told)
    if opened is not None:
        first = told.number_from(opened)
    start = told.counts[first - 1].end if first else 0
    stops = [stop.end() for stop in HARD_STOP.finditer(told.folded, start, told.counts[number].start)]
    return stops[-1] if stops else start


def bracket_before(number: int, told: Told) -> int | None:
    """Where a bracket opens that stands between a noun and its number ("提案（含会办件2件）9件")."""
    if not number:
        return None
    before = told.counts[number - 1]
    if told.folded[before.end : told.counts[number].start].strip() != ")":
        return None
    opened = told.folded.rfind("(", max(0, before.start - _BRACKET_WITHIN), before.start)
    return opened if opened >= 0 else None


def is_issues_of(number: int, told: Told) -> bool:
    """Whether a count of issues is followed at once by that of the items in them ("164期376条")."""
    if number + 1 == len(told.counts) or told.counts[number].unit not in ("期", "批", "次"):
        return False
    return told.counts[number + 1].unit in ("条", "篇", "则") and _has_no_text_between(told, number)


def _has_no_text_between(told: Told, number: int) -> bool:
    """Whether a count and the next are one thing in two measures ("培训2次98人", "推送164期376条")."""
    count, following = told.counts[number], told.counts[number + 1]
    return count.unit != following.unit and not told.folded[count.end : following.start].strip()


def gap_before(number: int, floor: int, told: Told) -> str:
    """The text between a count and the one before it, in the same statement."""
    before = told.counts[number - 1].end if number else 0
    return told.folded[max(floor, before) : told.counts[number].start]
