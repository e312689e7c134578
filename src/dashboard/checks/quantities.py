"""The quantities of a sentence as its own sums need them: each with its value, and what a 各 sums up.

What counts the sentence's facts is the reader's business; here a number is a place, a value and a unit, so
that a part which no indicator asks for still counts in a sum. What is a quantity is dashboard/quantities.py.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from dashboard.quantities import counts

_NEAR: Final = 8
_EACH: Final = re.compile(r"各(?:自|有|为|发布|公开)?\s*$|均为\s*$")
#: A change on another year is no count of this one.
_CHANGE: Final = re.compile(
    r"(?:同比|相比|比上年|较上年|比去年|较去年|上升|提高|增加|减少|增长|下降|多|少)了?\s*$"
)
_TORN: Final = re.compile(r"\d\s+$")
#: Names of a list stand behind the last of these.
_FLOOR: Final = re.compile(r"[,;:()。]")
_JOINED: Final = re.compile(r"、|以及|[和及与]")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of a sentence; `names` are the things it holds for each of ("A、B各12条"), else ()."""

    start: int
    end: int
    value: Decimal
    unit: str
    is_exact: bool
    names: tuple[str, ...] = ()
    is_each: bool = False


def quantities(folded: str, prose: Mapping[str, Any]) -> list[Quantity]:
    """Every number with a measure word in a folded sentence, in order."""
    found: list[Quantity] = []
    for count in counts(folded, prose):
        start = count.start
        near = max(0, start - _NEAR)
        if count.value is None or not count.unit or _CHANGE.search(folded, near, start):
            continue
        is_exact = count.status == "reported" and not _TORN.search(folded, near, start)
        floor = found[-1].end if found else 0
        is_each = _EACH.search(folded, floor, start) is not None
        names = _names(folded[floor:start]) if is_each else ()
        found.append(Quantity(start, count.end, count.value, count.unit, is_exact, names, is_each))
    return found


def _names(gap: str) -> tuple[str, ...]:
    """The names that "各" sums up: those behind the last comma or bracket before it."""
    listed = _FLOOR.split(_EACH.sub("", gap))[-1]
    return tuple(name.strip() for name in _JOINED.split(listed) if name.strip())
