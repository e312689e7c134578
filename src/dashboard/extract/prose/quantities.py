"""The quantities of a sentence: numbers with a measure word, and whether they can be taken as told.

A count has its context: the text before it, back to the quantity before or to the clause's start. What
it counts is for patterns.py; here is only what speaks against taking it at all: another year, a part of
the year, digits that the print tore apart, a noun right behind it that it counts instead.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, Final

from dashboard.extract.sections import Sentence
from dashboard.model import Status
from dashboard.numbers import NUMBER, decimal, fits

CLAUSE: Final = re.compile(r"[,;:。]")
#: How far a pattern looks to either side of a number.
_REACH: Final = 80
_MULTIPLES: Final = {"万": 10_000, "亿": 100_000_000}
_TORN = re.compile(r"\d\s+$")
_YEARS = re.compile(r"(20\d\d)年?(?:度)?(?:至|到|—|－|-|~)(20\d\d)年|(20\d\d)年")
#: A year that opens a clause speaks for what follows it: "2019年，我局…".
_FRAME = re.compile(r"(?:^|[,;:。])\s*(?:\([^()]{1,3}\)|[一二三四五六七八九]是)?\s*(?:在|自|从)?(?=20\d\d年)")


@dataclass(frozen=True, slots=True)
class Count:
    """A quantity in a sentence, with the text between it and the quantity or clause before."""

    start: int
    end: int
    value: Decimal | None
    status: Status
    unit: str
    context: str = ""
    after: str = ""
    each: bool = False


def counts(folded: str, prose: Mapping[str, Any]) -> Iterator[Count]:
    """Every quantity of a folded sentence, in order."""
    previous = 0
    for found in _quantity_pattern(tuple(prose["measures"]), tuple(prose["vague"])).finditer(folded):
        if any(folded.startswith(word, found.start("unit")) for word in prose["not_counts"]):
            continue
        if folded.startswith("第", max(0, found.start() - 1)) and found.start():
            continue
        reach = max(previous, found.start() - _REACH)
        clause = max((match.end() for match in CLAUSE.finditer(folded, reach, found.start())), default=0)
        context = folded[max(reach, clause) : found.start()]
        yield Count(
            found.start(),
            found.end(),
            *_value(found),
            found["unit"],
            context.removesuffix("各").rstrip(),
            CLAUSE.split(folded[found.end() : found.end() + _REACH], maxsplit=1)[0],
            context.endswith("各"),
        )
        previous = found.end()


def doubt(sentence: Sentence, count: Count, prose: Mapping[str, Any], year: int | None) -> str | None:
    """Why a count cannot be taken as a figure of `year`, in words; None where it can."""
    printed = sentence.text[count.start : count.end]
    if "，" in printed or _TORN.search(sentence.folded, max(0, count.start - 4), count.start):
        return "数字被断开"
    before = sentence.folded[max(0, count.start - 4 * _REACH) : count.start]
    clause = CLAUSE.split(before)[-1]
    if any(word in clause for word in prose["other_years"]) or _is_of_another_year(before, clause, year):
        return "说的是其他年度"
    if re.search(prose["part_year"], clause):
        return "说的不是全年"
    if re.search(prose["all_time"], before):
        return "可能是历年累计"
    return None


def counts_what_follows(count: Count, prose: Mapping[str, Any]) -> bool:
    """Whether the number belongs to a noun right behind it ("2个栏目"), not to what stands before."""
    if re.match(prose["same_thing"], count.after) or not count.after.strip():
        return False
    return count.unit in prose["counts_what_follows"] or bool(re.match(prose["other_thing"], count.after))


@cache
def _quantity_pattern(measures: tuple[str, ...], vague: tuple[str, ...]) -> re.Pattern[str]:
    units = "|".join(sorted(measures, key=len, reverse=True))
    return re.compile(
        rf"(?:(?P<before>约|近|超过|超|逾|上)?(?<![\d.])(?P<number>{NUMBER})\s?(?P<many>[万亿])?"
        rf"(?P<about>余|多)?|(?P<vague>{'|'.join(vague)}))\s?(?P<unit>{units})(?P<after>余|以上|左右)?"
    )


def _value(found: re.Match[str]) -> tuple[Decimal | None, Status]:
    if found["vague"]:
        return None, "unquantified"
    value = decimal(found["number"]) * _MULTIPLES.get(found["many"], 1)
    if not fits(value):
        return None, "unreadable"
    vague = found["before"] or found["about"] or found["after"]
    return value, "approximate" if vague else "reported"


def _is_of_another_year(before: str, clause: str, year: int | None) -> bool:
    """Whether the clause names years that are not the report's, or stands below one that is not."""
    if year is None:
        return False
    named = _named_years(clause)
    if not named:
        frames = [match.end() for match in _FRAME.finditer(before)]
        opening = CLAUSE.split(before[frames[-1] :], maxsplit=1)[0] if frames else ""
        named = _named_years(opening)
    return bool(named) and named != {year} and (year not in named or _is_a_range(clause, year))


def _named_years(text: str) -> set[int]:
    return {int(found) for match in _YEARS.finditer(text) for found in match.groups() if found}


def _is_a_range(clause: str, year: int) -> bool:
    """A clause such as "2018年至2020年" is more than one year, whichever the report's is."""
    pairs = [(int(match[1]), int(match[2])) for match in _YEARS.finditer(clause) if match[1]]
    return any(pair != (year, year) for pair in pairs)
