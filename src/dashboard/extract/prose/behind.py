"""What stands behind a count: the noun right behind it, or what is said of a count that opens its clause."""

import re

from dashboard.codebook import Codebook
from dashboard.extract.prose.conditions import compiled
from dashboard.extract.prose.fitting import NOTHING, Assigned, decided, fitting, is_nothing
from dashboard.extract.prose.told import Told

_STOP = re.compile(r"[,;:。()、]")
#: A list mark in words before the next count ("10件人大建议和28件政协提案").
_ENDS_AND = re.compile(r"(?:以及|[和及与])\s*$")
#: A count that opens its clause is the subject of what is said behind it; no such opening is longer.
_OPENS = re.compile(r"(?:^|[,;:。(、])\s{0,4}(?:其中|另有|另外|还有|仍有|尚有|有|另|其余|剩余)?\s{0,4}$")
_OPENING_WITHIN = 12
#: Between a list mark and the next count ("2件维持、1件纠正").
_LENGTH_OF_LINK = 2
#: What follows is a deed of its own: "政策文件3个并同步发布解读".
_AND_DID = ("并", "且")


def behind(number: int, told: Told) -> Assigned | None:
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
        if noun.item or (is_reason and is_nothing(noun)):
            continue
        found = [pair for pair in fitting([noun], count, told) if pair[1].get("behind", True) is True]
        if found:
            return decided(found, told, count)
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
    is_list = folded[end : end + 1] == "、" and following > end + 1 + _LENGTH_OF_LINK
    said = [] if is_list else told.nouns_within(count.end, end)
    if folded[end : end + 1] == ",":
        said += [noun for noun in told.nouns_from(end + 1) if noun.end <= following]
    for noun in said:
        if is_nothing(noun):
            continue
        found = [
            (one, rule)
            for one, rule in fitting([noun], count, told)
            if rule.get("behind", noun.start > end) in ("opening", True)
        ]
        if found:
            return decided(found, told, count)
    return None


def _is_neutral(rest: str, book: Codebook) -> bool:
    """Whether what stands behind a number says nothing of what it counts."""
    return not rest.strip() or compiled(book.prose["same_thing"]).match(rest) is not None
