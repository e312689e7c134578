"""Lists that share their numbers: "A、B、C，分别…31条、221条、8条" in pairs, "A、B各12条" to each.

The names are quoted ones (accounts, newspapers) or nouns of the codebook; as many as there are numbers.
"""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dashboard.extract.prose.conditions import compiled
from dashboard.extract.prose.fitting import Assigned, is_light
from dashboard.extract.prose.nouns import JOINED, Noun, rules_for, unquoted
from dashboard.extract.prose.told import Told
from dashboard.quantities import Count

_QUOTED = re.compile(r"[“\"「《]([^”\"」》]{1,30})[”\"」》]")
_BETWEEN_NAMES = re.compile(r"\s*(?:[、,]|以及|和|及|与)?\s*")
_CLAUSE = re.compile(r"[,;:。()]")
_REACH = 400
_IN_PAIRS = "分别"


def runs(folded: str, told: Sequence[Count]) -> Iterator[list[Count]]:
    """Counts of one measure with nothing but a list mark between them, two or more, told in pairs."""
    run: list[Count] = []
    for count in [*told, None]:
        goes_on = (
            run
            and count is not None
            and count.unit == run[-1].unit
            and JOINED.fullmatch(folded[run[-1].end : count.start])
        )
        if run and not goes_on:
            if len(run) > 1 and _IN_PAIRS in folded[max(0, run[0].start - _REACH) : run[0].start]:
                yield run
            run = []
        if count is not None:
            run.append(count)


def pairs(run: Sequence[Count], told: Told) -> list[Assigned]:
    """What each count of a run is of, in order; [] where the names are not as many as the numbers."""
    names = _quoted_before(told.folded, run[0])
    if len(names) == len(run):
        for rule in told.book.prose["parallel"]:
            if _is_told(rule, names, run[0], told.folded):
                unnamed = rule.get("unnamed", False)
                return [
                    Assigned(Noun(*name.span(1), (rule,), None if unnamed else name[1]), rule)
                    for name in names
                ]
    return _nouns_before(run, told)


def _quoted_before(folded: str, count: Count) -> list[re.Match[str]]:
    """The last list of quoted names before a count, its names joined by nothing but list marks."""
    names: list[re.Match[str]] = []
    for name in _QUOTED.finditer(folded, max(0, count.start - _REACH), count.start):
        if names and not _BETWEEN_NAMES.fullmatch(folded, names[-1].end(), name.start()):
            names = []
        names.append(name)
    return names


def _is_told(rule: Mapping[str, Any], names: Sequence[re.Match[str]], count: Count, folded: str) -> bool:
    before = folded[: names[0].start()][-_REACH:]
    between = folded[names[-1].end() : count.start]
    return (
        count.unit in rule["units"]
        and re.search(rule["antecedent"], before) is not None
        and re.search(rule["between"], between) is not None
    )


def _nouns_before(run: Sequence[Count], told: Told) -> list[Assigned]:
    """The last nouns before 分别, joined by list marks, as many as the run has counts."""
    folded = told.folded
    end = folded.rfind(_IN_PAIRS, 0, run[0].start)
    before = told.nouns_within(max(0, end - _REACH), end)
    listed = _outermost([noun for noun in before if any("indicator" in rule for rule in noun.rules)])[
        -len(run) :
    ]
    joined = all(
        JOINED.search(folded[one.end : other.start]) and not _CLAUSE.search(folded[one.end : other.start])
        for one, other in itertools.pairwise(listed)
    )
    if len(listed) < len(run) or not joined:
        return []
    found = []
    for noun, count in zip(listed, run, strict=True):
        rules = rules_for(noun, count.unit, told.place(noun.end))
        if len({rule.get("indicator") for rule in rules}) != 1:
            return []
        found.append(Assigned(noun, rules[0]))
    return found


def each(count: Count, floor: int, told: Told) -> tuple[list[Assigned], list[str]]:
    """For "A、B各12条" what each name is, and the names that no pattern knows."""
    folded = told.folded
    start = max([floor, *(stop.end() for stop in _CLAUSE.finditer(folded, floor, count.start))])
    found: list[Assigned] = []
    unknown: list[tuple[str, int, int]] = []
    for name, left, right in _names(folded, start, count.start):
        fitting = [
            (noun, rule)
            for noun in told.nouns_within(left, right)
            if is_light(folded[noun.end : right], told.book)
            for rule in rules_for(noun, count.unit, told.place(right))
            if "indicator" in rule
        ]
        if fitting:
            found.append(Assigned(*max(fitting, key=lambda pair: pair[0].nearness)))
        else:
            unknown.append((name, left, right))
    return _with_parts(found, unknown, count, told)


def _with_parts(
    found: list[Assigned], unknown: list[tuple[str, int, int]], count: Count, told: Told
) -> tuple[list[Assigned], list[str]]:
    """The names of a list that no pattern knows, as parts under their own names beside parts that are known."""
    known = {one.rule["indicator"] for one in found if one.rule is not None}
    missing: list[str] = []
    for name, left, right in unknown:
        for rule in told.book.prose["part"]:
            part = compiled(rule["name"]).fullmatch(name)
            if part and known & set(rule["follows"]) and count.unit in rule["units"]:
                found.append(Assigned(Noun(left, right, (rule,), unquoted(part["item"])), rule))
                break
        else:
            missing.append(name)
    return found, missing


def _names(folded: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """The names of a list with their places."""
    place = start
    for mark in [*JOINED.finditer(folded, start, end), None]:
        right = mark.start() if mark else end
        if folded[place:right].strip():
            yield folded[place:right].strip(), place, right
        place = mark.end() if mark else end


def _outermost(found: Sequence[Noun]) -> list[Noun]:
    """Those of the nouns, ordered by nearness, that are not inside another, in order."""
    kept: list[Noun] = []
    for noun in reversed(found):
        if not kept or noun.start < kept[-1].start or noun.nearness == kept[-1].nearness:
            kept.append(noun)
    return kept[::-1]
