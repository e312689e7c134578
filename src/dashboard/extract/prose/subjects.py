"""What a passage speaks of: the headings and sentences that lead to a sentence, and the subjects named in a text.

Under "（二）依申请公开" a report says "收到6件，公开5件" and means requests. The headings above a sentence and the
sentences before it in the same part are its lead; of the subjects in the codebook (`[subjects]`) the one named
last before a place is what the place speaks of.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Final

from dashboard.codebook import Codebook
from dashboard.extract.sections import Sentence

#: How a part opens, the higher levels first: a part ends where one of its level or above opens.
_LEVELS: Final = (
    r"[一二三四五六七八九十]{1,3}、",
    r"\([一二三四五六七八九十]{1,3}\)",
    r"\d{1,2}[.、](?!\d)|\(\d{1,2}\)|[①-⑳]",
    r"[一二三四五六七八九]是|第[一二三四五六七八九],|[一二三四五六七八九]要",
)
_OPENS: Final = re.compile(rf"\s*(?:{'|'.join(f'({opening})' for opening in _LEVELS)})")
#: The lead is no longer than this: what is said further back is forgotten.
_REACH: Final = 300


def leads(sentences: Sequence[Sentence], book: Codebook) -> Iterator[str]:
    """For each sentence the text that leads to it: its headings and the sentences before it in its part."""
    titles = {section["id"]: str(section["headings"][0]) for section in book.sections}
    section: str | None = None
    said: list[tuple[int, str]] = []  # what leads on from each open part, and from the last sentence
    for sentence in sentences:
        if sentence.section != section:
            section = sentence.section
            said = [(0, titles.get(section or "", ""))]
        level = _level(sentence.folded)
        above = [(deep, text) for deep, text in said if deep < level]
        leading = above if level < len(_LEVELS) else said
        lead = leading[-1][1] if leading else ""
        yield lead
        said = [*above, (level, (lead + sentence.folded)[-_REACH:])]


def _level(folded: str) -> int:
    """The level of the part that a sentence opens; below all levels where it opens none."""
    opening = _OPENS.match(folded)
    return opening.lastindex - 1 if opening and opening.lastindex else len(_LEVELS)


def subjects_named(text: str, subjects: Mapping[str, str]) -> list[tuple[int, str]]:
    """Where each naming of a subject ends in a text, and which it is, in order."""
    return sorted(
        (match.end(), name)
        for name, pattern in subjects.items()
        for match in _compiled(pattern).finditer(text)
    )


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
