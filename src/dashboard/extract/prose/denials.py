"""Zeros in words: a noun that the sentence denies ("未开设微信公众号") or says to be none ("申请数为零")."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from dashboard.extract.prose.assignment import is_light
from dashboard.extract.prose.conditions import fits
from dashboard.extract.prose.nouns import Noun
from dashboard.extract.prose.told import Told

_DENIAL: Final = re.compile(r"(?:未曾|尚未|从未|未有|并未|未|没有|没|(?<![有不])无)")
_NONE: Final = re.compile(r"(?:为零|均为零|是零|一[件条次个篇]也没有|全年没有(?:发布|公开|更新))")
_ENDS: Final = re.compile(
    r"\s*(?:情况|事项|案件|申请|信息|稿件)?(?:的情[况形])?(?:$|[,;。、(]|也|和|及|与|或|以及)"
)
#: What stands between a denial and a noun when it is something else that is denied.
_OTHER: Final = re.compile(r"逾期|超期|未|对|涉及|信访|投诉类|不当|违规")
_MARK: Final = re.compile(r"[,;。、]")
_LIGHT: Final = re.compile(r"(?:数量|总数|数|量|件数|申请|受理|全年|今年|本年度|公开){0,3}")
_REACH: Final = 16


def denied(told: Told) -> Iterator[tuple[int, Noun, Mapping[str, Any]]]:
    """Where the denial begins, the noun and the pattern, for each noun that is surely said to be none."""
    if not (_DENIAL.search(told.folded) or _NONE.search(told.folded)):
        return
    taken = {position for count in told.counts for position in range(count.start, count.end)}
    for noun in told.nouns:
        start = _denial_before(noun, told)
        none = _NONE.match(told.folded, noun.end + _light_length(noun, told))
        if start is None and none is None:
            continue
        verb = told.folded[start : noun.start] if start is not None else ""
        rules = [
            rule
            for rule in noun.rules
            if "indicator" in rule
            and rule.get("zero", True) is not False
            and (not isinstance(rule.get("zero"), str) or re.search(rule["zero"], verb))
            and fits(rule, told.place(noun.end))
        ]
        if len({rule["indicator"] for rule in rules}) == 1 and not taken & set(range(noun.start, noun.end)):
            yield (noun.start if start is None else start), noun, rules[0]


def _denial_before(noun: Noun, told: Told) -> int | None:
    """Where the words begin that deny the noun: nothing of weight between, and it is not counted right after."""
    window = told.folded[max(0, noun.start - _REACH) : noun.start]
    denials = list(_DENIAL.finditer(window))
    if not denials or not _ENDS.match(told.folded, noun.end):
        return None
    last = denials[0]
    gap = _without_nouns(noun.start - len(window) + last.end(), noun.start, told)
    if re.search(r"[,;。:]", gap) or _OTHER.search(gap) or not is_light(gap, told.book):
        return None
    following = told.count_from(noun.end)
    if following is not None and not _MARK.search(told.folded, noun.end, following.start):
        return None
    return noun.start - len(window) + last.start()


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
