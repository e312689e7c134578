"""Which edition of the form a document is on: from its table headers, never from its year.

A report without any table of a form is on the edition whose chapters its headings name.
"""

from dashboard.codebook import Codebook, Edition
from dashboard.extract.labels import bare, normal
from dashboard.extract.vocabulary import form_words
from dashboard.model import Document, Finding, Picture

_LONGEST_HEADING = 40
#: So many words of a form are a table of it, whether its own marks are there or not.
_LEAST_WORDS = 8


def find_edition(document: Document, book: Codebook) -> tuple[Edition | None, list[Finding]]:
    """The edition with most fingerprints among the document's cells, else with most words; None if none or a tie.

    A tie is decided by nobody: the tables stay unread, and that is said.
    """
    printed = {
        normal(cell.text) for table in document.tables for row in table.rows for cell in row if cell.text
    }
    best = _best(printed, {edition.id: edition.fingerprints for edition in book.editions.values()})
    best = best or _fullest(frozenset(map(bare, printed)), book)
    if len(best) == 1:
        return book.editions[best[0]], []
    if best:
        names = "、".join(book.editions[edition].name_zh for edition in best)
        return None, [Finding("R-edition", "warning", f"表头同时像{names}，无法判定表式，表格未读取")]
    pictures = sum(isinstance(block, Picture) for block in document.blocks)
    unread = f"（有 {pictures} 张图片，图中的数字未读取；本产品不含文字识别）" if pictures else ""
    said = Finding("R-edition", "info", f"文中没有可识别的统计表{unread}，只读取正文")
    headings = {
        normal(paragraph.text) for paragraph in document.paragraphs if len(paragraph.text) <= _LONGEST_HEADING
    }
    told = _best(headings, {edition.id: edition.heading_fingerprints for edition in book.editions.values()})
    return (book.editions[told[0]] if len(told) == 1 else None), [said]


def _fullest(printed: frozenset[str], book: Codebook) -> list[str]:
    """The editions most of whose words are printed, where no fingerprint is: some tables are missing."""
    shown = {
        edition.id: len(printed & frozenset().union(*map(form_words, edition.tables)) - {""})
        for edition in book.editions.values()
    }
    most = max(shown.values())
    return [edition for edition, count in shown.items() if count == most] if most >= _LEAST_WORDS else []


def _best(printed: set[str], marks: dict[str, tuple[str, ...]]) -> list[str]:
    """The editions that most marks of are printed, as part of a text; [] where there is none."""
    hits = {
        edition: sum(any(normal(mark) in text for text in printed) for mark in wanted)
        for edition, wanted in marks.items()
    }
    most = max(hits.values(), default=0)
    return [edition for edition, count in hits.items() if count == most] if most else []
