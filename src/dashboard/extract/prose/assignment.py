"""Which noun a count counts: the one right behind it, else the nearest before it with nothing of weight between.

What may stand between is in the codebook (`fillers`: verbs of publishing, words such as 全年, 共, 信息); a few
characters more are allowed, so that a new phrase need not be listed. A count that a list of nouns shares is
nobody's; two patterns that fit equally well give none, and that is said.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from dashboard.codebook import Codebook
from dashboard.extract.prose.conditions import STATEMENT, compiled, fits, start_of
from dashboard.extract.prose.nouns import Noun, rules_for
from dashboard.extract.prose.reach import HARD_STOP, bracket_before, floor_of, gap_before, is_issues_of
from dashboard.extract.prose.sharing import is_shared
from dashboard.extract.prose.told import Told
from dashboard.patterns import longest_of
from dashboard.quantities import Count

_QUOTED = re.compile(r"[“\"「《][^”\"」》]*[”\"」》]|\([^()]*\)")
_STOP = re.compile(r"[,;:。()、]")
#: Where a name may begin; behind other characters it is the end of a longer name ("土地征收公告").
_BEGINS = re.compile(
    r"(?:^|[,;:。、()“”\s\d]|发布|公开|更新|开展|进行|组织|其中|包括|以及|[及和与含为的类条篇件])$"
)
#: A count that opens its clause is the subject of what is said behind it; no such opening is longer.
_OPENS = re.compile(r"(?:^|[,;:。(、])\s{0,4}(?:其中|另有|另外|还有|仍有|尚有|有|另|其余|剩余)?\s{0,4}$")
_OPENING_WITHIN = 12
#: Between a list mark and the next count ("2件维持、1件纠正").
_LENGTH_OF_LINK = 2
#: What follows is a deed of its own: "政策文件3个并同步发布解读".
_AND_DID = ("并", "且")
#: A noun further from its number than this is never the nearest thing to it.
_REACH = 400
_GOES_ON = re.compile(r",\s*(?:共计|累计|合计|总计|共|达到|达|为|其中|全年共|全年累计)")
#: A figure that another has become ("由31件减少为28件", "增加到2022年的28件"); no such end of a gap is longer.
_REACHED = re.compile(
    r"(?:增加?|增长|上升|提[高升]|扩[大展]|减少?|下?降低?|精简|压减|整合|调整|合并|变|发展)(?:到|至|为)"
    r"(?:20\d\d年度?的?|今年的?|本年度?的?|现在的?)?\s*$|(?<!量)(?<!数)达到?\s*$"
)
_REACHED_WITHIN = 14
#: Before a noun that is what is left of a breakdown ("其他通知公告类文件28件"), and never longer.
_REST = re.compile(r"其[他它余][^,;:。、\d]{0,6}$")
_REST_WITHIN = 8
#: How a text goes on that joins another name to the noun before it ("行政许可和其他权力40条").
_JOINS = re.compile(r"\s*(?:[、/和及与]|以及)")
#: "规范性文件等6件": of it and of others.
_AND_OTHERS = re.compile(r"等\s*(?:共计?)?\s*")
#: A list mark in words before the next count ("10件人大建议和28件政协提案").
_ENDS_AND = re.compile(r"(?:以及|[和及与])\s*$")
_YEAR = re.compile(r"20\d\d年度?")
_WEIGHT = re.compile(r"[^\s,:“”\"'「」《》（）()、]")


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
    behind = _behind(number, told)
    if behind is not None:
        return behind
    near = _nearest(between, count, told)
    if near is NOTHING:
        return _part(number, floor, told, listing, [noun for noun in between if not _is_nothing(noun)])
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
        goes_on = _subject(count, floor, told, before)
        if goes_on is not NOTHING:
            return goes_on
    return _part(number, floor, told, listing, between)


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
    return any(_fitting([noun], count, told) for noun in between)


def _is_nothing(noun: Noun) -> bool:
    return not any("indicator" in rule for rule in noun.rules)


def is_light(gap: str, book: Codebook, most: int | None = None) -> bool:
    """Whether nothing of weight stands between a noun and its number: at most so many unknown characters."""
    if HARD_STOP.search(gap):
        return False
    rest = _filler(tuple(book.prose["fillers"])).sub("", _QUOTED.sub("", _YEAR.sub("", gap)))
    return len(_WEIGHT.findall(rest)) <= (book.prose["most_unknown"] if most is None else most)


@cache
def _filler(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(longest_of(words))


def _nearest(between: Sequence[Noun], count: Count, told: Told) -> Assigned | None:
    """The nearest noun before a count whose measure word fits; None where something of weight is nearer.

    A comma between is passed only by a noun that is the subject of what follows (an account, a newspaper), or
    where the count goes on at once ("，共12条").
    """
    for end in sorted({noun.end for noun in between}, reverse=True):
        gap = told.folded[end : count.start]
        if len(gap) > _REACH:
            return None
        fitting = _longest(_fitting([noun for noun in between if noun.end == end], count, told))
        if fitting and not is_light(gap, told.book):
            return None
        if "," in gap and not _GOES_ON.match(gap[gap.rindex(",") :]):
            fitting = [(noun, rule) for noun, rule in fitting if rule.get("subject")]
        if fitting:
            joint = any(rule.get("joint") for _, rule in fitting)
            is_listed = not joint and _goes_on_with_names(gap, told)
            return SHARED if is_listed else _decided(fitting, told, count)
    return None


def _longest(fitting: Sequence[tuple[Noun, Mapping[str, Any]]]) -> list[tuple[Noun, Mapping[str, Any]]]:
    """Of nouns that end together those that say most: the longest, and those that name an item."""
    longest = min((noun.start for noun, _ in fitting), default=0)
    return [(noun, rule) for noun, rule in fitting if noun.start == longest or noun.item]


def _goes_on_with_names(gap: str, told: Told) -> bool:
    """Whether what stands between a noun and its number joins a name to the noun that no pattern knows."""
    if _AND_OTHERS.fullmatch(gap):
        return True
    return _JOINS.match(gap) is not None and not is_light(gap, told.book, 0)


def _fitting(nouns: Sequence[Noun], count: Count, told: Told) -> list[tuple[Noun, Mapping[str, Any]]]:
    place = told.place(count.start)
    return [
        (noun, rule)
        for noun in nouns
        for rule in rules_for(noun, count.unit, place)
        if not rule.get("whole") or _BEGINS.search(told.folded, max(0, noun.start - 2), noun.start)
        if noun.end > count.start
        or not _REST.search(told.folded, max(0, noun.start - _REST_WITHIN), noun.start)
    ]


def _decided(fitting: Sequence[tuple[Noun, Mapping[str, Any]]], told: Told, count: Count) -> Assigned:
    if any("indicator" not in rule for _, rule in fitting):
        return NOTHING
    items = [(noun, rule) for noun, rule in fitting if noun.item]
    chosen = items or fitting
    codes = sorted({rule["indicator"] for _, rule in chosen})
    if len(codes) > 1:
        named = " 或 ".join(told.book.indicators[code].name_zh for code in codes)
        return Assigned(None, None, f"可作两种理解（{named}）")
    noun, rule = chosen[0]
    if not count.is_each and is_shared(noun, rule, told):
        return SHARED
    return Assigned(noun, rule)


def _behind(number: int, told: Told) -> Assigned | None:
    """The noun right behind a count ("3场新闻发布会"), or NOTHING where what follows is no indicator."""
    count, book, folded = told.counts[number], told.book, told.folded
    last = number + 1 == len(told.counts)
    limit = len(folded) if last else told.counts[number + 1].start
    stop = _STOP.search(folded, count.end, limit) or _ENDS_AND.search(
        folded, max(count.end, limit - 3), limit
    )
    if stop is None and not last:
        return None
    end = stop.start() if stop else limit
    is_reason = folded.startswith(("因", "由于"), count.end)
    if folded.startswith(_AND_DID, count.end):
        end = count.end
    for noun in sorted(told.nouns_within(count.end, end), key=lambda one: (one.start, -one.end)):
        if noun.start - count.end > book.prose["most_before_noun"]:
            break
        if noun.item or (is_reason and _is_nothing(noun)):
            continue
        fitting = [pair for pair in _fitting([noun], count, told) if pair[1].get("behind", True) is True]
        if fitting:
            return _decided(fitting, told, count)
    said = _said_of(number, end, told)
    if said is not None:
        return said
    rest = folded[count.end : end]
    if count.unit in book.prose["counts_what_follows"] and not _is_neutral(rest, book):
        return NOTHING
    return None


def _said_of(number: int, end: int, told: Told) -> Assigned | None:
    """What is said of a count that opens its clause: "其中2件维持", "1件因不掌握…无法提供", "3件结转下年度".

    The noun stands in the clause, or opens the next ("6件因需延期，结转下年度"); a list of reasons is none.
    """
    count, folded = told.counts[number], told.folded
    if not _OPENS.search(folded, max(0, count.start - _OPENING_WITHIN), count.start):
        return None
    following = told.counts[number + 1].start if number + 1 < len(told.counts) else len(folded)
    said: list[Noun] = []
    if folded[end : end + 1] != "、" or following <= end + 1 + _LENGTH_OF_LINK:
        said = told.nouns_within(count.end, end)
    if folded[end : end + 1] == ",":
        said += [noun for noun in told.nouns_from(end + 1) if noun.end <= following]
    for noun in said:
        if _is_nothing(noun):
            continue
        fitting = [
            (one, rule)
            for one, rule in _fitting([noun], count, told)
            if rule.get("behind", noun.start > end) in ("opening", True)
        ]
        if fitting:
            return _decided(fitting, told, count)
    return None


def _is_neutral(rest: str, book: Codebook) -> bool:
    """Whether what stands behind a number says nothing of what it counts."""
    return not rest.strip() or compiled(book.prose["same_thing"]).match(rest) is not None


def _subject(count: Count, floor: int, told: Told, before: Assigned | None) -> Assigned:
    """A count without a noun of its own goes on with the subject of its statement, by its measure ("…98条")."""
    for noun in reversed(told.subjects_within(start_of(told.folded, floor, STATEMENT), floor)):
        own = told.count_from(noun.end) or count
        fitting = [
            (one, rule)
            for one, rule in _fitting([noun], count, told)
            if rule.get("subject") and fits(rule, told.place(own.start))
        ]
        codes = {rule["indicator"] for _, rule in fitting}
        is_told = own.start < count.start and own.unit == count.unit
        if len(codes) == 1 and (is_told or _is_told(before, codes)):
            return NOTHING
        if len(codes) == 1:
            return SHARED if is_shared(*fitting[0], told) else Assigned(*fitting[0])
    return NOTHING


def _is_told(before: Assigned | None, codes: set[str]) -> bool:
    """Whether the count before has told it already, nothing speaking against that one."""
    if before is None or before.rule is None or before.reason is not None:
        return False
    return before.rule["indicator"] in codes


def _part(number: int, floor: int, told: Told, listing: Assigned | None, between: Sequence[Noun]) -> Assigned:
    """A part of a broken-down total that no pattern knows, under its own name ("其中…土地供应信息318条")."""
    count = told.counts[number]
    text = told.folded[floor : count.start]
    for rule in told.book.prose["part"]:
        name = compiled(rule["name"]).fullmatch(text)
        known = (
            listing is not None and listing.rule is not None and listing.rule["indicator"] in rule["follows"]
        )
        # The last word of a name says what it is: a noun that ends before it does not.
        unknown = name and all(noun.end < floor + len(text.rstrip()) for noun in between)
        if name and unknown and known and count.unit in rule["units"]:
            return Assigned(Noun(floor, count.start, (rule,), name["item"]), rule)
    return NOTHING
