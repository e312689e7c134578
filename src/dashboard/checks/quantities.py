"""The numbers with a measure word in a sentence, as far as its own sums need them.

What counts the sentence's facts is the reader's business; here a number is a place, a value and a unit, so
that a part which no indicator asks for still counts in a sum. Measure words and what is no count are those
of prose.toml.
"""

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, Final

from cn2an import cn2an

from dashboard.numbers import NUMBER, decimal

_CHINESE: Final = "[零一二两三四五六七八九十百千]"
_NEAR: Final = 8
_TIMES: Final = {"万": 10_000, "亿": 100_000_000}
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
    no_counts = no_count_spans(folded, prose)
    found: list[Quantity] = []
    for match in _pattern(tuple(prose["measures"])).finditer(folded):
        start, end = match.span()
        start += len(match.group()) - len(match.group().lstrip())
        value = _value(match)
        if value is None or _is_inside(no_counts, start, end):
            continue
        if _CHANGE.search(folded, max(0, start - _NEAR), start):
            continue
        is_exact = _is_exact(match) and not _TORN.search(folded, max(0, start - _NEAR), start)
        floor = found[-1].end if found else 0
        is_each = _EACH.search(folded, floor, start) is not None
        names = _names(folded[floor:start]) if is_each else ()
        found.append(Quantity(start, end, value, match["unit"], is_exact, names, is_each))
    return found


def _is_inside(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a place overlaps one of the spans, which stand in order and apart."""
    before = bisect_left(spans, (end, end))
    return before > 0 and spans[before - 1][1] > start


def no_count_spans(folded: str, prose: Mapping[str, Any]) -> list[tuple[int, int]]:
    """The places of what looks like a count and is none: rates, dates, numbers of documents."""
    return [match.span() for match in _no_counts(tuple(prose["not_counts"])).finditer(folded)]


@cache
def _no_counts(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


@cache
def _pattern(measures: tuple[str, ...]) -> re.Pattern[str]:
    units = "|".join(map(re.escape, sorted(measures, key=len, reverse=True)))
    return re.compile(
        rf"(?P<before>约|近|超过|超|逾|过|不足|不到|至少|上)?\s?"
        rf"(?:(?<![\d.A-Za-z/×*#-])(?P<digits>{NUMBER})|(?<![第〇零一二三四五六七八九十百千万])(?P<chinese>{_CHINESE}{{1,9}}))"
        rf"\s?(?P<many>[万亿])?(?P<about>余|多)?\s?(?P<unit>{units})(?P<after>余|多|以上|左右|上下)?"
    )


def _value(match: re.Match[str]) -> Decimal | None:
    times = _TIMES.get(match["many"], 1)
    if match["digits"]:
        return decimal(match["digits"]) * times
    try:
        return Decimal(cn2an(match["chinese"], "normal")) * times
    except ValueError:  # not a number as Chinese is written: "一二"
        return None


def _is_exact(match: re.Match[str]) -> bool:
    return not (match["before"] or match["about"] or match["after"])


def _names(gap: str) -> tuple[str, ...]:
    """The names that "各" sums up: those behind the last comma or bracket before it."""
    listed = _FLOOR.split(_EACH.sub("", gap))[-1]
    return tuple(name.strip() for name in _JOINED.split(listed) if name.strip())
