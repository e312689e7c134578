"""Problems and promises of section 五: facts without a number, one a statement.

`problems.stated` and `problems.promised` have no value (status unquantified); the item is the topic
in our own few words, from the topics of prose.toml: the one whose words come first in the statement.
"""

import re
from collections.abc import Iterator

from dashboard.codebook import Codebook
from dashboard.extract.sections import Sentence
from dashboard.model import Fact

SECTION = "五"
_ENDS = "。；;！!\n \u3000\u00a0，,"


def statement_facts(sentences: list[Sentence], book: Codebook) -> list[Fact]:
    """The problems a report names and the improvements it promises, in order of print."""
    shapes = book.prose["statements"]
    promise = re.compile(shapes["promises"])
    marker = re.compile(shapes["enumerators"])
    colon = re.compile(shapes["problems"])
    promised = False
    facts: list[Fact] = []
    for sentence in (sentence for sentence in sentences if sentence.section == SECTION):
        turn = promise.search(sentence.folded)
        promised = promised or turn is not None
        indicator = "problems.promised" if promised else "problems.stated"
        spans = list(_spans(sentence, marker, None if promised else colon))
        facts += [_fact(indicator, sentence, start, end, book) for start, end in spans]
    return facts


def _spans(
    sentence: Sentence, marker: re.Pattern[str], colon: re.Pattern[str] | None
) -> Iterator[tuple[int, int]]:
    """The statements of a sentence: what each enumerator opens, or the ；-parts after the colon."""
    marks = [match for match in marker.finditer(sentence.folded) if _opens(sentence.folded, match.start())]
    if marks:
        ends = [match.start() for match in marks[1:]] + [len(sentence.folded)]
        for match, end in zip(marks, ends, strict=True):
            yield _trim(sentence.text, match.end(), end)
        return
    opened = colon.search(sentence.folded) if colon else None
    if opened:
        start = opened.end()
        for part in sentence.folded[opened.end() :].split(";"):
            if part.strip(_ENDS):
                yield _trim(sentence.text, start, start + len(part))
            start += len(part) + 1


def _opens(folded: str, place: int) -> bool:
    """An enumerator counts at the start of a clause only ("二是" in "第二是" does not)."""
    return place == 0 or folded[place - 1] in ":;,。 \u3000\n"


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _ENDS:
        start += 1
    while end > start and text[end - 1] in _ENDS:
        end -= 1
    return start, end


def _fact(indicator: str, sentence: Sentence, start: int, end: int, book: Codebook) -> Fact:
    raw = sentence.text[start:end]
    locator = {
        "section": sentence.section,
        "start": sentence.start + start,
        "end": sentence.start + end,
        "quote": sentence.quote,
        "quote_start": sentence.quote_start,
    }
    item = topic_of(raw, book)
    return Fact(indicator, None, item, None, "unquantified", raw, None, "narrative", locator)


def topic_of(statement: str, book: Codebook) -> str:
    """The topic whose words come first in the statement; the last topic takes what fits no other."""
    *named, other = book.prose["topic"]
    places = [
        (match.start(), order, topic["name"])
        for order, topic in enumerate(named)
        if (match := re.search(topic["words"], statement)) is not None
    ]
    return str(min(places)[2]) if places else str(other["name"])
