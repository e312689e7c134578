"""The parts of a report's text: its sections by heading, and their sentences with coordinates."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from dashboard.codebook import Codebook
from dashboard.extract.labels import normal
from dashboard.model import Document, Paragraph, Picture
from dashboard.numbers import fold

_NUMBERED = re.compile(r"[一二三四五六七八九]\.")
#: How a text that is numbered so begins, before its width and blanks are made plain: other texts are many.
_BEGINS_NUMBERED = re.compile(
    r"\W*[一二三四五六七八九\u2f00\u2f06\u2f0b\u3192-\u3195\u3280-\u3288\uf9d1\U0001f214\U0001f229\U0001f22a]"
)
_LONGEST_HEADING = 40
#: A report opens with this section and has at least so many.
_FIRST, _LEAST_SECTIONS = "一", 3
_SENTENCE = re.compile(r"[^。！？!?]*[。！？!?]?")


@dataclass(frozen=True)
class Sentence:
    """A sentence as printed and folded (same length), its section and where it starts.

    Its facts share one quotation, however many they are.
    """

    text: str
    folded: str
    section: str | None
    start: int

    @cached_property
    def quote(self) -> str:
        """The sentence as it is quoted: without the blanks around it."""
        return self.text.strip()

    @cached_property
    def quote_start(self) -> int:
        """Where the quotation starts in the document's text."""
        return self.start + len(self.text) - len(self.text.lstrip())


def sentences(document: Document, book: Codebook) -> list[Sentence]:
    """Every sentence outside the tables, in order; headings are left out.

    `section` is the numeral of the report's section ("一" to "六"), None before the first heading. A heading
    may go on as text: "三、依申请公开。全年未收到申请。"
    """
    found: list[Sentence] = []
    section: str | None = None
    for paragraph in document.paragraphs:
        heading = section_of_heading(paragraph.text, book)
        section = heading or section
        for start, text in list(_split(paragraph.text))[1 if heading else 0 :]:
            found.append(Sentence(text, fold(text), section, paragraph.start + start))
    return found


def pictured_sections(document: Document, book: Codebook) -> frozenset[str]:
    """The sections in which the document shows a picture."""
    found: set[str] = set()
    section: str | None = None
    for block in document.blocks:
        if isinstance(block, Paragraph):
            section = section_of_heading(block.text, book) or section
        elif isinstance(block, Picture) and section:
            found.add(section)
    return frozenset(found)


def holds_two_reports(document: Document, book: Codebook) -> bool:
    """Whether the sections of a report come twice, each time with text or tables of their own.

    A table of contents names them too, but has nothing between the names.
    """
    runs: list[set[str]] = []
    section = before = None
    for block in document.blocks:
        heading = section_of_heading(block.text, book) if isinstance(block, Paragraph) else None
        if heading:
            section = heading
        elif section:
            opens_anew = section == _FIRST and section != before and before is not None
            if not runs or (opens_anew and len(runs[-1]) >= _LEAST_SECTIONS):
                runs.append(set())
            runs[-1].add(section)
            before = section
    return sum(len(run) >= _LEAST_SECTIONS for run in runs) > 1


def section_of_heading(text: str, book: Codebook) -> str | None:
    """The section a heading opens, told by its words; None if the paragraph is no heading.

    A section is numbered 一、: what is numbered （一） is a part of one, often with a section's words.
    """
    if len(text) > _LONGEST_HEADING or not _BEGINS_NUMBERED.match(text):
        return None
    plain = normal(text)
    if not _NUMBERED.match(plain):
        return None
    named = (section for section, headings in _headings(book) if any(words in plain for words in headings))
    return next(named, None)


@cache
def _headings(book: Codebook) -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple(
        (str(section["id"]), frozenset(map(normal, section["headings"]))) for section in book.sections
    )


def _split(text: str) -> Iterator[tuple[int, str]]:
    for match in _SENTENCE.finditer(text):
        if match.group().strip():
            yield match.start(), match.group()
