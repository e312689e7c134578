"""The things that sentences count: every noun of the codebook's prose.toml in a sentence, and where.

One pass finds all words of all patterns; the longest word at a place is the noun there. A word of
`[[nothing]]` is a noun too, without an indicator: a number beside it is not taken for the next noun along.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from operator import attrgetter
from typing import Any, Final, NamedTuple

from dashboard.codebook import Codebook
from dashboard.extract.prose.conditions import Place, fits, holds
from dashboard.patterns import Sieve, longest_of

JOINED: Final = re.compile(r"\s*(?:[、,]|以及|和|及|与)\s*")
_JOINT = re.compile(r"[、和及与等]|以及")
_LEAD = re.compile(
    "^(?:[一二三四五六]是|年度?|并|且|其中|以及|及|和|与|等|全年|今年|本年|年内|共|累计|通过|及时|认真|积极|办理或答复|办理|答复|回复|受理|处理|承办|处置|接收|收到|办结|转办|交办|利用|依托|在|由|被|于|对|的)+"
)
#: The title of a document: what it holds are its words, not the sentence's ("出具《信息公开申请答复书》1份").
_TITLE: Final = re.compile(r"《[^》]{0,60}》")
_QUOTED: Final = re.compile(r"[“「][^”」]{0,30}[”」]")
#: Behind a noun when both are the name of a system ("社会救助信息管理平台").
_SYSTEM: Final = re.compile(r"(?:信息)?管理(?:信息)?(?:平台|系统)")
_WHOLE: Final = re.compile(r"[“「]([^“”「」]+)[”」]")
_QUOTES = str.maketrans("", "", "“”\"「」‘’'《》")


class Noun(NamedTuple):
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
    titles = [title.span() for title in _TITLE.finditer(folded)]
    quotes = [quoted.span() for quoted in _QUOTED.finditer(folded)]
    hits = (
        Noun(*hit.span(), words[hit.group()])
        for hit in _word_pattern(book).finditer(folded)
        if not _SYSTEM.match(folded, hit.end())
    )
    found = [
        noun
        for noun in hits
        if not _is_inside(titles, noun, 1) and not (_counts_nothing(noun) and _is_inside(quotes, noun, 0))
    ]
    for rule, pattern in _long_patterns(book).tried(folded):
        if "item" not in pattern.groupindex:
            found += [Noun(*hit.span(), (rule,)) for hit in pattern.finditer(folded)]
        elif holds(folded, rule.get("item_needs")):
            found += _with_items(rule, pattern.finditer(folded))
    return sorted(found, key=attrgetter("nearness"))


def _is_inside(spans: Sequence[tuple[int, int]], noun: Noun, least: int) -> bool:
    """Whether a noun is within one of the spans, in order and apart, with at least so many characters behind it."""
    before = bisect_right(spans, (noun.start, noun.end)) - 1
    return before >= 0 and spans[before][0] < noun.start and noun.end + least < spans[before][1]


def _counts_nothing(noun: Noun) -> bool:
    return all("indicator" not in rule for rule in noun.rules)


def _with_items(rule: Mapping[str, Any], hits: Iterable[re.Match[str]]) -> Iterator[Noun]:
    """The nouns that name an item, which is the first of the groups item, item2 that says something."""
    for hit in hits:
        named = hit["item"] or (hit["item2"] if "item2" in hit.re.groupindex else None)
        if named and is_item(named, rule) and (item := clean(named)):
            yield Noun(*hit.span(), (rule,), item)


def rules_for(noun: Noun, unit: str, place: Place) -> list[Mapping[str, Any]]:
    """The patterns of a noun that fit a measure word and the place where the count stands."""
    return [rule for rule in noun.rules if unit in rule["units"] and fits(rule, place)]


def is_item(item: str | None, rule: Mapping[str, Any]) -> bool:
    """Whether a name may be an item of the rule: it has one of the words that such names have, and is one name."""
    if not item or not holds(item, rule.get("item_needs")):
        return False
    return not any(word in item for word in rule.get("item_never", ())) and not is_joint(item, rule)


def is_joint(item: str, rule: Mapping[str, Any]) -> bool:
    """Whether an item names several ("海山日报和海山晚报", "海山日报等媒体")."""
    if rule.get("one_name"):
        return False
    first, *others = _JOINT.split(item, maxsplit=1)
    return bool(others) and bool(first) and holds(first, rule.get("item_needs"))


def unquoted(item: str) -> str:
    """An item without the quotation marks around all of it."""
    quoted = _WHOLE.fullmatch(item)
    return quoted[1] if quoted else item


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
    return re.compile(longest_of(_words(book)))


@cache
def _long_patterns(book: Codebook) -> Sieve:
    return Sieve(rule for rule in book.prose["count"] if "pattern" in rule)
