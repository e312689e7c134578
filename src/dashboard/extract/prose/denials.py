"""Zeros in words: a noun that the sentence denies ("未开设微信公众号") or says to be none ("申请数为零")."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from dashboard.extract.prose.conditions import compiled, fits
from dashboard.extract.prose.fitting import is_light
from dashboard.extract.prose.nouns import Noun
from dashboard.extract.prose.told import Told

_DENIAL: Final = re.compile(r"(?:未曾|尚未|从未|未有|并未|未|没有|没|(?<![有不])无)")
_NONE: Final = re.compile(
    r"(?:为零|均为零|是零|一[件条次个篇]也没有"
    r"|(?:案件|活动|信息)?(?:今年|全年|本年度|因故|均){0,2}(?:没有|未|无)(?:发生|开展|举办|召开|出现|收到|接到|收取|(?:发布|公开|更新)(?:过?信息)?)?(?=[,;。)]|$))"
)
_ENDS: Final = re.compile(
    r"\s*(?:情况|情形|事项|案件?|申请|信息|稿件|账号|制发|出台)?(?:的情[况形]|的(?=[,;。]))?(?:$|[,;。、(]|也|和|及|与|或|以及|(?:行政)?诉讼)"
)
#: What stands between a denial and a noun when it is something else that is denied.
_OTHER: Final = re.compile(r"逾期|超期|未|对|涉及|信访|投诉类|不当|违规")
_CLAUSE: Final = re.compile(r"[,;:。]")
_MARK: Final = re.compile(r"[,;。、]")
_LIGHT: Final = re.compile(r"(?:数量|总数|数|量|件数|申请|受理|全年|今年|本年度|公开){0,3}")
_LISTED: Final = re.compile(r"[、和及与]|以及")
_REACH: Final = 16
#: A list of which it is said at its end that there is none has no more names.
_MOST_LISTED: Final = 20


def denied(told: Told) -> Iterator[tuple[int, Noun, Mapping[str, Any]]]:
    """Where the denial begins, the noun and the pattern, for each noun that is surely said to be none."""
    if not (_DENIAL.search(told.folded) or _NONE.search(told.folded)):
        return
    taken = {position for count in told.counts for position in range(count.start, count.end)}
    for noun in told.nouns:
        start = _denial_before(noun, told)
        none = _none_behind(noun, told)
        if start is None and none is None:
            continue
        verb = none.group() if start is None and none else told.folded[start : noun.start]
        rules = [
            rule
            for rule in noun.rules
            if "indicator" in rule
            and rule.get("zero", True) is not False
            and (not isinstance(rule.get("zero"), str) or compiled(rf"零|{rule['zero']}").search(verb))
            and fits(rule, told.place(noun.end))
        ]
        if len({rule["indicator"] for rule in rules}) == 1 and not taken & set(range(noun.start, noun.end)):
            yield (noun.start if start is None else start), noun, rules[0]


def _denial_before(noun: Noun, told: Told) -> int | None:
    """Where the words begin that deny the noun: nothing of weight between, and it is not counted right after."""
    window = told.folded[max(0, noun.start - _REACH) : noun.start]
    if not _ENDS.match(told.folded, noun.end):
        return None
    opens = noun.start - len(window)
    denials = [denial for denial in _DENIAL.finditer(window) if _reaches(opens + denial.end(), noun, told)]
    if not denials:
        return None
    following = told.count_from(noun.end)
    if following is not None and not _MARK.search(told.folded, noun.end, following.start):
        return None
    return opens + denials[0].start()


def _reaches(end: int, noun: Noun, told: Told) -> bool:
    """Whether a denial that ends here is of the noun: nothing of weight, and nothing else denied, between."""
    gap = _without_nouns(end, noun.start, told)
    return (
        not _CLAUSE.search(told.folded, end, noun.start)
        and not _OTHER.search(gap)
        and is_light(gap, told.book)
    )


def _none_behind(noun: Noun, told: Told) -> re.Match[str] | None:
    """The words behind a noun that say there is none of it; "均" says it of the whole list ("A、B均为零")."""
    none = _NONE.match(told.folded, noun.end + _light_length(noun, told))
    if none is not None:
        return none
    end = noun.end
    for _ in range(_MOST_LISTED):
        joined = _LISTED.match(told.folded, end)
        following = told.nouns_from(joined.end()) if joined else ()
        if not following:
            return None
        end = following[-1].end
        none = _NONE.match(told.folded, end)
        if none is not None:
            return none if "均" in none.group() else None
    return None


def _without_nouns(start: int, end: int, told: Told) -> str:
    """What stands between a denial and a noun, without the other nouns of a list that it denies too."""
    inside = told.nouns_within(start, end)
    return "".join(
        character
        for place, character in enumerate(told.folded[start:end], start)
        if not any(noun.start <= place < noun.end for noun in inside)
    )


def _light_length(noun: Noun, told: Told) -> int:
    """How many characters of no weight (数, 量, 申请) follow a noun."""
    found = _LIGHT.match(told.folded, noun.end)
    return found.end() - noun.end if found else 0
