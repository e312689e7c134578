"""Which indicator a count in prose is of, by the nouns and patterns of the codebook's prose.toml.

The pattern whose words stand nearest to the number gives the indicator. A count that a list of nouns
shares ("微博、微信120条") is no count of the last one: it is said to be shared, and left to a person.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

from dashboard.codebook import Codebook
from dashboard.extract.counts import CLAUSE, Count
from dashboard.extract.sections import Sentence

JOINED: Final = re.compile(r"[、和及与,]|以及")
_QUOTES = str.maketrans("", "", "“”\"「」‘’'")
_SPREAD = re.compile(r"[、和及与]|以及")
_JOINT = re.compile(r"[、和及与等]|以及")
_ENDS_JOINED = re.compile(r"(?:[、和及与]|以及)\s*$")


@dataclass(frozen=True, slots=True)
class Match:
    """A pattern that fits a count: how near its words end, how much they cover, and the item."""

    end: int
    length: int
    indicator: str
    item: str | None
    rule: Mapping[str, Any]
    shared: bool = False

    @property
    def nearness(self) -> tuple[int, int]:
        """Larger is nearer to the number; of words that end together, the longer say more."""
        return (self.end, self.length)


def matches_of_each(count: Count, sentence: Sentence, book: Codebook) -> tuple[list[Match], list[str]]:
    """For "A、B各12条" the best match of each name, and the names that no pattern knows."""
    names = [name for name in _SPREAD.split(CLAUSE.split(count.context)[-1]) if name.strip()]
    found: list[Match] = []
    unknown: list[str] = []
    for name in names:
        best = matches_of(replace(count, context=name, each=False), sentence, book, None)[:1]
        found += best
        unknown += [] if best else [name]
    return found, unknown


def matches_of(count: Count, sentence: Sentence, book: Codebook, leading: Match | None) -> list[Match]:
    """The patterns that fit, nearest first; `leading` is what the count before was of."""
    rules = [rule for rule in book.prose["count"] if count.unit in rule["units"]]
    found = [match for rule in rules if (match := _match(rule, count, sentence, book)) is not None]
    if not found and leading and leading.rule.get("continues"):
        item = clean(count.context.lstrip("、和及与, "))
        if item and holds(item, leading.rule.get("item_needs")) and not is_joint(item, leading.rule):
            found = [replace(leading, item=item)]
    return sorted(found, key=lambda match: match.nearness, reverse=True)


def _match(rule: Mapping[str, Any], count: Count, sentence: Sentence, book: Codebook) -> Match | None:
    if not holds(sentence.folded, rule.get("needs")):
        return None
    if "unless_after" in rule and re.match(rule["unless_after"], sentence.folded[count.end : count.end + 80]):
        return None
    if (
        "before" in rule
        and re.search(rule["before"], count.context)
        and re.search(rule["after"], count.after)
    ):
        return Match(len(count.context), len(count.context), rule["indicator"], None, rule)
    pattern = _rule_pattern(
        tuple(rule.get("nouns", ())), rule.get("pattern", ""), tuple(book.prose["fillers"])
    )
    found = (pattern.match(count.context, start) for start in range(len(count.context)))
    matches = (_match_at(match, rule, book) for match in found if match is not None)
    return max((match for match in matches if match), key=lambda match: match.nearness, default=None)


def _match_at(found: re.Match[str], rule: Mapping[str, Any], book: Codebook) -> Match | None:
    item = clean(found["item"]) if "item" in found.re.groupindex and found["item"] else None
    if "item_needs" in rule and not (item and holds(item, rule["item_needs"])):
        return None
    if item and (any(word in item for word in rule.get("item_never", ())) or is_joint(item, rule)):
        return None
    length = found.end("noun") - found.start()
    shared = _is_shared(found.string[: found.start()], rule["indicator"], book)
    return Match(found.end("noun"), length, rule["indicator"], item, rule, shared)


def _is_shared(before: str, indicator: str, book: Codebook) -> bool:
    """Whether another noun stands right before: "低保、低边", or "微博微信" of the same theme."""
    joined = _ENDS_JOINED.search(before)
    if joined:
        return bool(before[: joined.start()].strip())
    theme = indicator.split(".", maxsplit=1)[0]
    siblings = (noun for code, noun in _nouns(book) if code.split(".", maxsplit=1)[0] == theme)
    return any(map(before.endswith, siblings))


def is_joint(item: str, rule: Mapping[str, Any]) -> bool:
    """Whether an item names several ("海山日报和海山晚报", "海山日报等媒体")."""
    first, *others = _JOINT.split(item, maxsplit=1)
    return bool(others) and bool(first) and holds(first, rule.get("item_needs"))


def holds(text: str, words: Sequence[str] | None) -> bool:
    """Whether the text has one of the words; no words ask for nothing."""
    return not words or any(word in text for word in words)


def clean(item: str) -> str:
    """An item without quotation marks and what joins it to its neighbours."""
    return item.translate(_QUOTES).strip(" \u3000、，,的")


def _nouns(book: Codebook) -> tuple[tuple[str, str], ...]:
    return tuple((rule["indicator"], noun) for rule in book.prose["count"] for noun in rule.get("nouns", ()))


@cache
def _rule_pattern(nouns: tuple[str, ...], pattern: str, fillers: tuple[str, ...]) -> re.Pattern[str]:
    shapes = [re.escape(noun) for noun in sorted(nouns, key=len, reverse=True)]
    shapes += [pattern] if pattern else []
    filler = "|".join(re.escape(word) for word in sorted(fillers, key=len, reverse=True))
    return re.compile(rf"(?P<noun>{'|'.join(shapes)})(?:{filler}|\s|[“”\"])*$")
