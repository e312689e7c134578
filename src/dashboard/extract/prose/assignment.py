"""Which noun a count counts: the one right behind it, else the nearest before it with nothing of weight between.

What may stand between is in the codebook (`fillers`: verbs of publishing, words such as 全年, 共, 信息); a few
characters more are allowed, so that a new phrase need not be listed. A count that a list of nouns shares is
nobody's; two patterns that fit equally well give none, and that is said.
"""

import re
from collections.abc import Sequence

from dashboard.extract.prose.behind import behind
from dashboard.extract.prose.continued import part_of, subject_of
from dashboard.extract.prose.fitting import (
    NOTHING,
    SHARED,
    Assigned,
    Fit,
    decided,
    fitting,
    is_light,
    is_nothing,
)
from dashboard.extract.prose.nouns import Noun
from dashboard.extract.prose.reach import bracket_before, floor_of, gap_before, is_issues_of
from dashboard.extract.prose.told import Told
from dashboard.quantities import Count

#: A noun further from its number than this is never the nearest thing to it.
_REACH = 400
_GOES_ON = re.compile(r",\s*(?:共计|累计|合计|总计|共|达到|达|为|其中|全年共|全年累计)")
#: A figure that another has become ("由31件减少为28件", "增加到2022年的28件"); no such end of a gap is longer.
_REACHED = re.compile(
    r"(?:增加?|增长|上升|提[高升]|扩[大展]|减少?|下?降低?|精简|压减|整合|调整|合并|变|发展)(?:到|至|为)"
    r"(?:20\d\d年度?的?|今年的?|本年度?的?|现在的?)?\s*$|(?<!量)(?<!数)达到?\s*$"
)
_REACHED_WITHIN = 14
#: How a text goes on that joins another name to the noun before it ("行政许可和其他权力40条").
_JOINS = re.compile(r"\s*(?:[、/和及与]|以及)")
#: "规范性文件等6件": of it and of others.
_AND_OTHERS = re.compile(r"等\s*(?:共计?)?\s*")


def assign(number: int, told: Told, before: Assigned | None, listing: Assigned | None) -> Assigned:
    """What a count of a sentence counts.

    `before` is what the count before it was found to be of, `listing` the same of the last for which it was found.
    """
    count = told.counts[number]
    if is_issues_of(number, told):
        return Assigned(None, None, "是期数，条数在后")
    floor = floor_of(number, told)
    between = _between(number, floor, told)
    if before is not None and before.rule is not None and _is_reached(number, floor, told, between):
        return Assigned(before.noun, before.rule)
    following = behind(number, told)
    if following is not None:
        return following
    near = _nearest(between, count, told)
    if near is NOTHING:
        return part_of(number, floor, told, listing, [noun for noun in between if not is_nothing(noun)])
    if near is not None:
        return near
    return _going_on(number, floor, told, before, listing, between)


def _going_on(
    number: int,
    floor: int,
    told: Told,
    before: Assigned | None,
    listing: Assigned | None,
    between: Sequence[Noun],
) -> Assigned:
    """A count with no noun of its own: of its statement's subject, or a part of the total before it."""
    count = told.counts[number]
    if is_light(gap_before(number, floor, told), told.book, 0) and not _is_named(between, count, told):
        goes_on = subject_of(count, floor, told, before)
        if goes_on is not NOTHING:
            return goes_on
    return part_of(number, floor, told, listing, between)


def _between(number: int, floor: int, told: Told) -> list[Noun]:
    """The nouns before a count that may be what it counts, without those in a bracket before it."""
    start = told.counts[number].start
    opened = bracket_before(number, told)
    found = told.nouns_within(floor, start)
    return found if opened is None else [noun for noun in found if noun.start <= opened]


def _is_reached(number: int, floor: int, told: Told, between: Sequence[Noun]) -> bool:
    """Whether a count is what the one before it has become."""
    if number == 0 or told.counts[number - 1].unit != told.counts[number].unit:
        return False
    is_said = _REACHED.search(gap_before(number, floor, told)[-_REACHED_WITHIN:]) is not None
    return is_said and not _is_named(between, told.counts[number], told)


def _is_named(between: Sequence[Noun], count: Count, told: Told) -> bool:
    return any(fitting([noun], count, told) for noun in between)


def _nearest(between: Sequence[Noun], count: Count, told: Told) -> Assigned | None:
    """The nearest noun before a count whose measure word fits; None where something of weight is nearer.

    A comma between is passed only by a noun that is the subject of what follows (an account, a newspaper), or
    where the count goes on at once ("，共12条").
    """
    for end in sorted({noun.end for noun in between}, reverse=True):
        gap = told.folded[end : count.start]
        if len(gap) > _REACH:
            return None
        found = _longest(fitting([noun for noun in between if noun.end == end], count, told))
        if found and not is_light(gap, told.book):
            return None
        if "," in gap and not _GOES_ON.match(gap[gap.rindex(",") :]):
            found = [(noun, rule) for noun, rule in found if rule.get("subject")]
        if found:
            joint = any(rule.get("joint") for _, rule in found)
            is_listed = not joint and _goes_on_with_names(gap, told)
            return SHARED if is_listed else decided(found, told, count)
    return None


def _longest(found: Sequence[Fit]) -> list[Fit]:
    """Of nouns that end together those that say most: the longest, and those that name an item."""
    longest = min((noun.start for noun, _ in found), default=0)
    return [(noun, rule) for noun, rule in found if noun.start == longest or noun.item]


def _goes_on_with_names(gap: str, told: Told) -> bool:
    """Whether what stands between a noun and its number joins a name to the noun that no pattern knows."""
    if _AND_OTHERS.fullmatch(gap):
        return True
    return _JOINS.match(gap) is not None and not is_light(gap, told.book, 0)
