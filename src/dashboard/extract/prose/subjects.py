"""What a passage speaks of: the headings and sentences that lead to a sentence, and the subject last named.

Under "（二）依申请公开" a report says "收到6件，公开5件" and means requests. The headings above a sentence and the
sentences before it in the same part are its lead; of the subjects in the codebook (`[subjects]`) the one named
last before a place is what the place speaks of.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Final

from dashboard.codebook import Codebook
from dashboard.extract.sections import Sentence

#: How a part opens, the higher levels first: a part ends where one of its level or above opens.
_LEVELS: Final = tuple(
    re.compile(rf"\s*(?:{opening})")
    for opening in (
        r"[一二三四五六七八九十]{1,3}、",
        r"\([一二三四五六七八九十]{1,3}\)",
        r"\d{1,2}[.、](?!\d)|\(\d{1,2}\)|[①-⑳]",
        r"[一二三四五六七八九]是|第[一二三四五六七八九],|[一二三四五六七八九]要",
    )
)
_REACH: Final = 300


def leads(sentences: list[Sentence], book: Codebook) -> Iterator[str]:
    """For each sentence the text that leads to it: its headings and the sentences before it in its part."""
    titles = {section["id"]: str(section["headings"][0]) for section in book.sections}
    section: str | None = None
    said: list[tuple[int, str]] = []
    for sentence in sentences:
        if sentence.section != section:
            section = sentence.section
            said = [(0, titles.get(section or "", ""))]
        level = _level(sentence.folded)
        if level < len(_LEVELS):
            said = [(deep, text) for deep, text in said if deep < level]
        yield "".join(text for _, text in said)[-_REACH:]
        said.append((level, sentence.folded))


def _level(folded: str) -> int:
    """The level of the part that a sentence opens; below all levels where it opens none."""
    return next((level for level, opening in enumerate(_LEVELS) if opening.match(folded)), len(_LEVELS))


def speaks_of(subject: str, text: str, subjects: Mapping[str, str]) -> bool:
    """Whether the subject is the last one that the text names."""
    return _last_subject(text, tuple(subjects.items())) == subject


@lru_cache(maxsize=4096)
def _last_subject(text: str, subjects: tuple[tuple[str, str], ...]) -> str | None:
    ends = [(match.end(), name) for name, pattern in subjects for match in _compiled(pattern).finditer(text)]
    return max(ends)[1] if ends else None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
