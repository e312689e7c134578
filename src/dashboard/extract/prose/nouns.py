"""The things that sentences count: every noun of the codebook's prose.toml in a sentence, and where.

One pass finds all words of all patterns; the longest word at a place is the noun there. A word of
`[[nothing]]` is a noun too, without an indicator: a number beside it is not taken for the next noun along.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from dashboard.codebook import Codebook
from dashboard.extract.prose.subjects import speaks_of

JOINED: Final = re.compile(r"\s*(?:[、,]|以及|和|及|与)\s*")
_JOINT = re.compile(r"[、和及与等]|以及")
_LEAD = re.compile(
    "^(?:[一二三四五六]是|其中|以及|及|和|与|等|全年|今年|本年|年内|共|累计|通过|及时|认真|积极|办理或答复|办理|答复|回复|受理|处理|承办|处置|接收|收到|办结|转办|交办|利用|依托|在|由|被|于|对|的)+"
)
_CLAUSE = re.compile(r"[,;。]")
_HARD = re.compile(r"[;。]")
_QUOTES = str.maketrans("", "", "“”\"「」‘’'《》")


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun at its place, with its patterns and, where it names one, the item."""

    start: int
    end: int
    rules: tuple[Mapping[str, Any], ...]
    item: str | None = None

    @property
    def nearness(self) -> tuple[int, int]:
        """Larger is nearer to what follows; of words that end together, the longer say more."""
        return (self.end, self.end - self.start)


def nouns(folded: str, book: Codebook) -> list[Noun]:
    """The nouns of a folded sentence, those of longer patterns included, by where they end."""
    words = _words(book)
    found = [Noun(*hit.span(), words[hit.group()]) for hit in _word_pattern(book).finditer(folded)]
    for rule, pattern in _long_patterns(book):
        for hit in pattern.finditer(folded):
            named = [hit[name] for name in ("item", "item2") if name in hit.re.groupindex and hit[name]]
            item = clean(named[0]) if named else None
            if "item" not in hit.re.groupindex or (item and is_item(named[0], rule)):
                found.append(Noun(hit.start(), hit.end(), (rule,), item))
    return sorted(found, key=lambda noun: noun.nearness)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a count stands, for the conditions of patterns: its sentence, what stands before it and leads to it."""

    sentence: str
    before: str
    year: int | None
    lead: str
    subjects: Mapping[str, str]


def rules_for(noun: Noun, unit: str, place: Place) -> list[Mapping[str, Any]]:
    """The patterns of a noun that fit a measure word and the place where the count stands."""
    return [rule for rule in noun.rules if unit in rule["units"] and fits(rule, place)]


def fits(rule: Mapping[str, Any], place: Place) -> bool:
    """Whether the conditions of a pattern hold where a count stands."""
    clause, statement = _CLAUSE.split(place.before)[-1], _HARD.split(place.before)[-1]
    unwanted = (
        ("unless", place.sentence),
        ("unless_before", clause),
        ("unless_statement", statement),
    )
    return (
        holds(place.lead + place.sentence, rule.get("needs"))
        and _is_of_year(rule, place.year)
        and ("when" not in rule or _compiled(rule["when"]).search(place.sentence) is not None)
        and not any(key in rule and _compiled(rule[key]).search(text) for key, text in unwanted)
        and _is_in_scope(rule.get("scope"), place.before)
        and ("about" not in rule or speaks_of(rule["about"], place.lead + place.before, place.subjects))
    )


def _is_of_year(rule: Mapping[str, Any], year: int | None) -> bool:
    return year is None or rule.get("first_year", 0) <= year <= rule.get("last_year", year)


def _is_in_scope(scope: Sequence[str] | None, before: str) -> bool:
    """Whether the last of these words that stands before is the first of them."""
    if not scope:
        return True
    last = max(scope, key=before.rfind)
    return last == scope[0] and before.rfind(last) >= 0


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def is_item(item: str | None, rule: Mapping[str, Any]) -> bool:
    """Whether a name may be an item of the rule: it has one of the words that such names have, and is one name."""
    if not item or not holds(item, rule.get("item_needs")):
        return False
    return not any(word in item for word in rule.get("item_never", ())) and not is_joint(item, rule)


def is_joint(item: str, rule: Mapping[str, Any]) -> bool:
    """Whether an item names several ("海山日报和海山晚报", "海山日报等媒体")."""
    first, *others = _JOINT.split(item, maxsplit=1)
    return bool(others) and bool(first) and holds(first, rule.get("item_needs"))


def holds(text: str, words: Sequence[str] | None) -> bool:
    """Whether the text has one of the words; no words ask for nothing."""
    return not words or any(word in text for word in words)


def clean(item: str) -> str:
    """An item without quotation marks and what joins it to its neighbours."""
    return _LEAD.sub("", item.translate(_QUOTES).strip(" \u3000、，,的在由被"))


@cache
def _words(book: Codebook) -> dict[str, tuple[Mapping[str, Any], ...]]:
    found: dict[str, tuple[Mapping[str, Any], ...]] = {}
    for rule in (*book.prose["nothing"], *book.prose["count"]):
        for word in rule.get("nouns", ()):
            found[word] = (*found.get(word, ()), rule)
    return found


@cache
def _word_pattern(book: Codebook) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(_words(book), key=len, reverse=True))))


@cache
def _long_patterns(book: Codebook) -> tuple[tuple[Mapping[str, Any], re.Pattern[str]], ...]:
    return tuple((rule, re.compile(rule["pattern"])) for rule in book.prose["count"] if "pattern" in rule)
