"""The parts of a report's text: its sections by heading, and their sentences with coordinates."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.codebook import Codebook
from dashboard.extract.labels import normal
from dashboard.model import Document
from dashboard.numbers import fold

_NUMBERED = re.compile(r"[一二三四五六七八]\.")
_LONGEST_HEADING = 40
_SENTENCE = re.compile(r"[^。！？!?]*[。！？!?]?")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as printed and folded (same length), its section and where it starts."""

    text: str
    folded: str
    section: str | None
    start: int

    @property
    def quote(self) -> str:
        """The sentence as it is quoted: without the blanks around it."""
        return self.text.strip()

    @property
    def quote_start(self) -> int:
        """Where the quotation starts in the document's text."""
        return self.start + len(self.text) - len(self.text.lstrip())


def sentences(document: Document, book: Codebook) -> list[Sentence]:
    """Every sentence outside the tables, in order; headings are left out.

    `section` is the numeral of the report's section ("一" to "六"), None before the first heading.
    """
    found: list[Sentence] = []
    section: str | None = None
    for paragraph in document.paragraphs:
        heading = section_of_heading(paragraph.text, book)
        if heading:
            section = heading
            continue
        for start, text in _split(paragraph.text):
            found.append(Sentence(text, fold(text), section, paragraph.start + start))
    return found


def section_of_heading(text: str, book: Codebook) -> str | None:
    """The section a heading opens, told by its words; None if the paragraph is no heading."""
    plain = normal(text)
    if len(plain) > _LONGEST_HEADING or not _NUMBERED.match(plain):
        return None
    for section in book.sections:
        if any(normal(words) in plain for words in section["headings"]):
            return str(section["id"])
    return None


def _split(text: str) -> Iterator[tuple[int, str]]:
    for match in _SENTENCE.finditer(text):
        if match.group().strip():
            yield match.start(), match.group()
