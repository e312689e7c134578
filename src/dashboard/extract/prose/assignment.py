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
from dashboard.extract.prose.nouns import Noun, Place, rules_for
from dashboard.extract.prose.quantities import Count
from dashboard.extract.prose.reach import HARD_STOP, bracket_before, floor_of, gap_before, is_issues_of

_QUOTED = re.compile(r"[“\"「《][^”\"」》]*[”\"」》]|\([^()]*\)")
_STOP = re.compile(r"[,;:。()、]")
#: Where a name may begin; behind other characters it is the end of a longer name ("土地征收公告").
_BEGINS = re.compile(r"(?:^|[,;:。、()“”\s\d]|发布|公开|更新|其中|包括|以及|[及和与含为的类条篇件])$")
#: A count that opens its clause is the subject of what is said behind it.
_OPENS = re.compile(r"(?:^|[,;:。(、])\s*(?:其中|另有|另外|还有|仍有|尚有|有|另|其余|剩余)?\s*$")
#: Between a list mark and the next count ("2件维持、1件纠正").
_LENGTH_OF_LINK = 2
_GOES_ON = re.compile(r",\s*(?:共计|累计|合计|总计|共|达到|达|为|其中|全年共|全年累计)")
#: A figure that another has become: "由31件减少为28件".
_REACHED = re.compile(
    r"(?:增加|增长|上升|提高|提升|减少|下降|降低)?(?:到|至|为)(?:20\d\d年度?的?|今年的?|本年度?的?)?\s*$|达到?\s*$"
)
_YEAR = re.compile(r"20\d\d年度?")
_ENDS_JOINED = re.compile(r"(?:[、/]|以及|[和及与])[^、,;:。\d]{0,2}$")
#: A name that has a number of its own.
_COUNTED = re.compile(r"[\d〇零一二两三四五六七八九十百千万][^\d\s]{0,3}$")
#: "市、区人大代表建议6件": of two levels, but one thing.
_LEVEL = re.compile(r"(?:^|[^\u4e00-\u9fa5]|办理|承办|答复|收到)[省市区县州旗]$")
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


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence as it is told: its folded text, its counts and nouns, the report's year.

    `form_year` is the year by which patterns are chosen: a report of 2023 on the form of 2019 speaks as
    reports of 2020 do. `lead` is what the headings and sentences before it say; `carried` is
    what the count before it was of, where the sentence goes on with its parts ("其中…").
    """

    folded: str
    counts: Sequence[Count]
    nouns: Sequence[Noun]
    year: int | None
    form_year: int | None
    book: Codebook
    lead: str = ""
    carried: Assigned | None = None

    def place(self, position: int) -> Place:
        """The conditions of a pattern for a count at this position."""
        return Place(
            self.folded, self.folded[:position], self.form_year, self.lead, self.book.prose["subjects"]
        )


def assign(number: int, told: Told, before: Assigned | None) -> Assigned:
    """What a count of a sentence counts; `before` is what the count before it was found to be of."""
    count = told.counts[number]
    floor = floor_of(number, told.folded, told.counts)
    if is_issues_of(number, told.folded, told.counts):
        return Assigned(None, None, "是期数，条数在后")
    gap = gap_before(number, floor, told.folded, told.counts)
    inside = bracket_before(number, told.folded, told.counts)
    between = [
        noun
        for noun in told.nouns
        if floor <= noun.start and noun.end <= count.start and not (inside and noun.start > inside)
    ]
    is_named = any(_fitting([noun], count, told) for noun in between)
    if before is not None and before.rule is not None and not is_named and _REACHED.search(gap):
        return Assigned(before.noun, before.rule)
    behind = _behind(number, told)
    if behind is not None:
        return behind
    near = _nearest(between, count, told)
    if near is NOTHING:
        return _part(number, floor, told, before, [noun for noun in between if not _is_nothing(noun)])
    if near is not None:
        return near
    return _going_on(number, floor, told, before, between)


def _going_on(
    number: int, floor: int, told: Told, before: Assigned | None, between: Sequence[Noun]
) -> Assigned:
    """A count with no noun of its own: of its statement's subject, or a part of the total before it."""
    count = told.counts[number]
    gap = gap_before(number, floor, told.folded, told.counts)
    if not any(_fitting([noun], count, told) for noun in between) and is_light(gap, told.book, 0):
        goes_on = _subject(count, floor, told, before)
        if goes_on.rule is not None:
            return goes_on
    return _part(number, floor, told, before, between)


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
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


def _nearest(between: Sequence[Noun], count: Count, told: Told) -> Assigned | None:
    """The nearest noun before a count whose measure word fits; None where something of weight is nearer.

    A comma between is passed only by a noun that is the subject of what follows (an account, a newspaper), or
    where the count goes on at once ("，共12条").
    """
    for end in sorted({noun.end for noun in between}, reverse=True):
        gap = told.folded[end : count.start]
        if not is_light(gap, told.book):
            return None
        same = [noun for noun in between if noun.end == end]
        longest = min(noun.start for noun in same)
        fitting = _fitting([noun for noun in same if noun.start == longest or noun.item], count, told)
        if "," in gap and not _GOES_ON.match(gap[gap.rindex(",") :]):
            fitting = [(noun, rule) for noun, rule in fitting if rule.get("subject")]
        if fitting:
            return _decided(fitting, told, count)
    return None


def _fitting(nouns: Sequence[Noun], count: Count, told: Told) -> list[tuple[Noun, Mapping[str, Any]]]:
    place = told.place(count.start)
    return [
        (noun, rule)
        for noun in nouns
        for rule in rules_for(noun, count.unit, place)
        if not rule.get("whole") or _BEGINS.search(told.folded[: noun.start])
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
    if not count.is_each and _is_shared(noun, rule, told):
        return Assigned(None, None, "由几项共有")
    return Assigned(noun, rule)


def _is_shared(noun: Noun, rule: Mapping[str, Any], told: Told) -> bool:
    """Whether another name stands right before, joined to this one or not, with no number of its own."""
    if not noun.item and any(other.end == noun.start and _is_kin(other, rule) for other in told.nouns):
        return True
    if noun.item and noun.start and told.folded[noun.start - 1] in "》”」":
        return True
    if rule.get("joint"):
        return False
    folded = told.folded
    joined = _ENDS_JOINED.search(folded[: noun.start])
    if joined is None:
        return False
    piece = re.split(r"[,;:。()]", folded[: joined.start()])[-1]
    if _LEVEL.search(piece):
        return False
    return bool(re.search(r"[^\d\s]{2}$", piece)) and not _COUNTED.search(piece)


def _is_kin(other: Noun, rule: Mapping[str, Any]) -> bool:
    """Whether a noun counts the same of another thing: posts of one channel and of the next."""
    if other.item:
        return False
    theme, _, kind = rule["indicator"].partition(".")
    codes = {told["indicator"] for told in other.rules if "indicator" in told} - {rule["indicator"]}
    return any(
        code.startswith(f"{theme}.") and code.rpartition(".")[2] == kind.rpartition(".")[2] for code in codes
    )


def _behind(number: int, told: Told) -> Assigned | None:
    """The noun right behind a count ("3场新闻发布会"), or NOTHING where what follows is no indicator."""
    count, book, folded = told.counts[number], told.book, told.folded
    stop = _STOP.search(folded, count.end)
    end = stop.start() if stop else len(folded)
    if number + 1 < len(told.counts) and told.counts[number + 1].start < end:
        return None
    is_reason = folded.startswith(("因", "由于"), count.end)
    for noun in sorted(told.nouns, key=lambda one: (one.start, -one.end)):
        if is_reason and _is_nothing(noun):
            continue
        gap = folded[count.end : noun.start]
        if (
            count.end <= noun.start
            and noun.end <= end
            and not noun.item
            and len(gap) <= book.prose["most_before_noun"]
        ):
            fitting = [
                (one, rule) for one, rule in _fitting([noun], count, told) if rule.get("behind", True) is True
            ]
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
    if not _OPENS.search(folded[: count.start]):
        return None
    following = told.counts[number + 1].start if number + 1 < len(told.counts) else len(folded)
    named = [noun for noun in told.nouns if not _is_nothing(noun)]
    said: list[Noun] = []
    if folded[end : end + 1] != "、" or following <= end + 1 + _LENGTH_OF_LINK:
        said = [noun for noun in named if count.end <= noun.start and noun.end <= end]
    if folded[end : end + 1] == ",":
        said += [noun for noun in named if noun.start == end + 1 and noun.end <= following]
    for noun in said:
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
    return not rest.strip() or re.match(book.prose["same_thing"], rest) is not None


def _subject(count: Count, floor: int, told: Told, before: Assigned | None) -> Assigned:
    """A count without a noun of its own goes on with the subject of its statement, by its measure ("…98条")."""
    stops = [stop.end() for stop in HARD_STOP.finditer(told.folded, 0, floor)]
    start = stops[-1] if stops else 0
    earlier = [noun for noun in told.nouns if start <= noun.start and noun.end <= floor]
    for noun in reversed(earlier):
        fitting = [(one, rule) for one, rule in _fitting([noun], count, told) if rule.get("subject")]
        codes = {rule["indicator"] for _, rule in fitting}
        if len(codes) == 1:
            return NOTHING if _is_told(before, codes) else Assigned(*fitting[0])
    return NOTHING


def _is_told(before: Assigned | None, codes: set[str]) -> bool:
    """Whether the count before has told it already, nothing speaking against that one."""
    if before is None or before.rule is None or before.reason is not None:
        return False
    return before.rule["indicator"] in codes


def _part(number: int, floor: int, told: Told, before: Assigned | None, between: Sequence[Noun]) -> Assigned:
    """A part of a broken-down total that no pattern knows, under its own name ("其中…土地供应信息318条")."""
    count = told.counts[number]
    text = told.folded[floor : count.start]
    for rule in told.book.prose["part"]:
        name = _compiled(rule["name"]).fullmatch(text)
        known = before is not None and before.rule is not None and before.rule["indicator"] in rule["follows"]
        # The last word of a name says what it is: a noun that ends before it does not.
        unknown = name and all(noun.end < floor + len(text.rstrip()) for noun in between)
        if name and unknown and known and count.unit in rule["units"]:
            return Assigned(Noun(floor, count.start, (rule,), name["item"]), rule)
    return NOTHING


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
