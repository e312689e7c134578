"""The quantities of a sentence: a number with its measure word, exact, approximate or left open in words.

"180余条" is 180, at least; "1.18万次" is 11800; "三场" is 3; "近千条" is 1000, at most; "多件" is a quantity
without a number. What looks like a count and is none (a telephone number, a document's number, a rate, the
name of a policy) is in the codebook's `not_counts`.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, Final

from cn2an import cn2an

from dashboard.model import Status
from dashboard.numbers import MOST_PRINTED, NUMBER, decimal, fits

_MULTIPLES: Final = {"万": 10_000, "亿": 100_000_000}
#: What stands before or behind a number that is not exact, and on which side of it the truth is.
_BEFORE: Final = {
    "at_least": ("超过", "突破", "不少于", "不低于", "高达", "至少", "超", "逾", "破", "过", "上"),
    "at_most": ("不足", "不到", "将近", "接近", "近"),
    "about": ("大约", "约"),
}
_BEHIND: Final = {"at_least": ("余", "多", "以上"), "about": ("左右", "上下")}
#: "上百条", but not "网上30件"; "过百条", but not "通过3件".
_AS_WORD: Final = {"上": "上(?=[百千万])", "过": "(?<![通经])过"}
#: Where a number may have lost its measure word ("发布信息170，"), and how far back that is looked for.
_BARE: Final = re.compile(r"(?:(?:发布|公开|推送)信息|部分公开|予以公开|不予公开|无法提供)\s?$")
_BARE_REACH: Final = 8
_EACH: Final = ("各", "各为", "均为", "各有", "各发布")
_CHINESE: Final = "[〇零一二两三四五六七八九十百千万]"


@dataclass(frozen=True, slots=True)
class Count:
    """A quantity with its place in the sentence; `bound` says on which side of an approximate number the truth is."""

    start: int
    end: int
    value: Decimal | None
    status: Status
    unit: str
    bound: str | None = None
    is_each: bool = False


def counts(folded: str, prose: Mapping[str, Any]) -> Iterator[Count]:
    """Every quantity of a folded sentence that may be a count, in order; `prose` are the words of prose.toml."""
    pattern = _quantity(tuple(prose["measures"]), tuple(prose["vague"]))
    measured = [found for found in pattern.finditer(folded) if _is_measured(found, folded)]
    no_counts = no_count_spans(folded, prose) if measured else []
    for found in measured:
        start, end = found.span()
        start += len(found.group()) - len(found.group().lstrip())
        if _is_inside(no_counts, start, end):
            continue
        value, status, bound = _value(found)
        yield Count(start, end, value, status, found["unit"], bound, is_each=_is_each(folded, start))


def _is_measured(found: re.Match[str], folded: str) -> bool:
    """Whether a number has a measure word, or a place at which one may be left out."""
    if found["unit"] or found["many"] or found["more"]:
        return True
    start = found.end() - len(found.group().lstrip())
    return _BARE.search(folded, max(0, start - _BARE_REACH), start) is not None


def no_count_spans(folded: str, prose: Mapping[str, Any]) -> list[tuple[int, int]]:
    """The places, in order and apart, of what looks like a count and is none: rates, dates, numbers of documents."""
    return [found.span() for found in _not_counts(tuple(prose["not_counts"])).finditer(folded)]


def _is_inside(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a place overlaps one of the spans, which stand in order and apart."""
    before = bisect_left(spans, (end, end))
    return before > 0 and spans[before - 1][1] > start


def _is_each(folded: str, start: int) -> bool:
    while start and folded[start - 1].isspace():
        start -= 1
    return folded.endswith(_EACH, 0, start)


@cache
def _not_counts(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


@cache
def _quantity(measures: tuple[str, ...], vague: tuple[str, ...]) -> re.Pattern[str]:
    units = "|".join(sorted(measures, key=len, reverse=True))
    before = "|".join(_AS_WORD.get(word, word) for words in _BEFORE.values() for word in words)
    return re.compile(
        rf"(?:(?P<before>{before})?\s?(?:(?<![\d.A-Za-z/×*#-])(?P<number>{NUMBER})"
        rf"|(?<![第〇零一二三四五六七八九十百千万统唯])(?P<chinese>{_CHINESE}{{1,9}}))\s?(?P<many>[万亿])?(?P<behind>余|多)?(?P<more>[万亿])?"
        rf"|(?P<vague>{'|'.join(vague)}))\s?(?P<unit>(?:{units})|(?=\s*[,;。、()]|\s*$))(?P<after>余|以上|左右|上下)?"
    )


def _value(found: re.Match[str]) -> tuple[Decimal | None, Status, str | None]:
    if found["vague"]:
        return None, "unquantified", None
    value = _number(found)
    if value is None or not fits(value):
        return None, "unreadable", None
    bound = _bound(found)
    return value, "approximate" if bound else "reported", bound


def _number(found: re.Match[str]) -> Decimal | None:
    times = _MULTIPLES.get(found["many"], 1) * _MULTIPLES.get(found["more"], 1)
    if found["number"]:
        return _printed(found["number"], times)
    digits = found["chinese"]
    if digits[0] in "百千万":
        digits = "一" + digits
    try:
        return Decimal(cn2an(digits, "normal")) * times
    except ValueError:  # not a number as Chinese is written: "一二"
        return None


def _printed(number: str, times: int) -> Decimal | None:
    if len(number) > MOST_PRINTED:
        return None
    value = decimal(number) * times
    whole = value.to_integral_value()
    return whole if whole == value else value


def _bound(found: re.Match[str]) -> str | None:
    if not (found["before"] or found["behind"] or found["after"]):
        return None
    for bound, words in _BEFORE.items():
        if found["before"] in words:
            return bound
    for bound, words in _BEHIND.items():
        if found["behind"] in words or found["after"] in words:
            return bound
    return None
