"""Whether a noun may be what a count counts, and which of those that may it is."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from dashboard.codebook import Codebook
from dashboard.extract.prose.nouns import Noun, rules_for
from dashboard.extract.prose.reach import HARD_STOP
from dashboard.extract.prose.sharing import is_shared
from dashboard.extract.prose.told import Told
from dashboard.patterns import longest_of
from dashboard.quantities import Count

_QUOTED = re.compile(r"[“\"「《][^”\"」》]*[”\"」》]|\([^()]*\)")
#: Where a name may begin; behind other characters it is the end of a longer name ("土地征收公告").
_BEGINS = re.compile(
    r"(?:^|[,;:。、()“”\s\d]|发布|公开|更新|开展|进行|组织|其中|包括|以及|[及和与含为的类条篇件])$"
)
#: Before a noun that is what is left of a breakdown ("其他通知公告类文件28件"), and never longer.
_REST = re.compile(r"其[他它余][^,;:。、\d]{0,6}$")
_REST_WITHIN = 8
_YEAR = re.compile(r"20\d\d年度?")
_WEIGHT = re.compile(r"[^\s,:“”\"'「」《》（）()、]")
#: A noun with one of its patterns, both of which fit a count.
Fit = tuple[Noun, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Assigned:
    """The pattern and item that a count was found to be of; or, with neither, why it is none's."""

    noun: Noun | None
    rule: Mapping[str, Any] | None
    reason: str | None = None

    @property
    def item(self) -> str | None:
        return self.noun.item if self.noun else None


NOTHING = Assigned(None, None, "未归入指标")
SHARED = Assigned(None, None, "由几项共有")


def is_light(gap: str, book: Codebook, most: int | None = None) -> bool:
    """Whether nothing of weight stands between a noun and its number: at most so many unknown characters."""
    if HARD_STOP.search(gap):
        return False
    rest = _filler(tuple(book.prose["fillers"])).sub("", _QUOTED.sub("", _YEAR.sub("", gap)))
    return len(_WEIGHT.findall(rest)) <= (book.prose["most_unknown"] if most is None else most)


@cache
def _filler(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(longest_of(words))


def fitting(nouns: Sequence[Noun], count: Count, told: Told) -> list[Fit]:
    """The nouns that a count may be of, by its measure word and where it stands, each with the pattern that fits."""
    place = told.place(count.start)
    return [
        (noun, rule)
        for noun in nouns
        for rule in rules_for(noun, count.unit, place)
        if not rule.get("whole") or _BEGINS.search(told.folded, max(0, noun.start - 2), noun.start)
        if noun.end > count.start
        or not _REST.search(told.folded, max(0, noun.start - _REST_WITHIN), noun.start)
    ]


def decided(found: Sequence[Fit], told: Told, count: Count) -> Assigned:
    """What a count is of by those that fit: nothing where they disagree, or where it is shared by several."""
    if any("indicator" not in rule for _, rule in found):
        return NOTHING
    items = [(noun, rule) for noun, rule in found if noun.item]
    chosen = items or found
    codes = sorted({rule["indicator"] for _, rule in chosen})
    if len(codes) > 1:
        named = " 或 ".join(told.book.indicators[code].name_zh for code in codes)
        return Assigned(None, None, f"可作两种理解（{named}）")
    noun, rule = chosen[0]
    if not count.is_each and is_shared(noun, rule, told):
        return SHARED
    return Assigned(noun, rule)


def is_nothing(noun: Noun) -> bool:
    """Whether no indicator asks for a noun."""
    return not any("indicator" in rule for rule in noun.rules)
