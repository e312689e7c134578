"""Document + codebook -> facts and findings: edition, tables, prose, statements, whose and when."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from dashboard.codebook import Codebook
from dashboard.errors import Refused
from dashboard.extract.edition import find_edition
from dashboard.extract.identity import find_identity, is_titled
from dashboard.extract.layout import laid_out
from dashboard.extract.prose import prose_facts
from dashboard.extract.prose.statements import statement_facts
from dashboard.extract.publication import publication_day, signature_day
from dashboard.extract.sections import Sentence, holds_two_reports, section_of_heading, sentences
from dashboard.extract.tables import table_facts
from dashboard.model import Document, Fact, Finding, Paragraph, Reading, Table

_LEAST_HEADINGS = 3
_NO_REPORT = "不像政府信息公开工作年度报告：没有报告题目，也没有规定的章节；请确认选对了文件"


@dataclass(frozen=True, slots=True)
class Extracted:
    """A reading, the text of its sections, and when it says it was published and signed ("" if not)."""

    reading: Reading
    sections: dict[str, str]
    published: str = ""
    signed: str = ""


def extract(
    document: Document, book: Codebook, agency: str | None = None, year: int | None = None
) -> Extracted:
    """Return the facts and findings of a report; `agency` and `year` override what it says itself.

    Raises Refused when the text is not an annual report on information disclosure.
    """
    if not is_titled(document) and not _has_headings(_lines(document), book):
        raise Refused(_NO_REPORT)
    document = laid_out(document, book)
    _must_be_a_report(document, book)
    told = sentences(document, book)
    named, dated, unknown = find_identity(document, told, book)
    edition, unclear = find_edition(document, book)
    facts, misfits = table_facts(document, edition, book) if edition and not unclear else ([], [])
    counts, open_counts = prose_facts(told, book, year or dated, edition)
    findings = [
        finding
        for finding in unknown
        if not (finding.rule == "R-agency" and agency) and not (finding.rule == "R-year" and year)
    ]
    registered = book.agency_name(agency) if agency else named
    reading = Reading(
        registered,
        year or dated,
        edition.id if edition else None,
        tuple(_with_page(fact, document) for fact in (*facts, *counts, *statement_facts(told, book))),
        (*findings, *_renamed(named, registered), *unclear, *misfits, *open_counts),
    )
    return Extracted(
        reading,
        _section_texts(document, told, book),
        publication_day(document, reading.year),
        signature_day(document, reading.year),
    )


def _renamed(printed: str | None, registered: str | None) -> Iterator[Finding]:
    """Rule Y-02: the name that the report prints is one that agencies.csv knows the agency by."""
    if printed and registered and printed != registered:
        yield Finding(
            "Y-02",
            "warning",
            f"年报写的机关名称为“{printed}”，登记为“{registered}”；请核对登记是否有误。如系更名，"
            "在机关名录（agencies.csv）写明别名；如系合并、分立，另在 breaks.csv 写明断点",
        )


def _section_texts(document: Document, told: list[Sentence], book: Codebook) -> dict[str, str]:
    """Each section's sentences joined, what stands before the first heading under "".

    A heading with nothing below it gives an empty text.
    """
    headings = (section_of_heading(paragraph.text, book) for paragraph in document.paragraphs)
    texts = {heading: "" for heading in headings if heading}
    for sentence in told:
        section = sentence.section or ""
        texts[section] = texts.get(section, "") + sentence.text
    return texts


def _with_page(fact: Fact, document: Document) -> Fact:
    """The fact with the page (or sheet) it stands on, where the document has pages."""
    if not document.pages:
        return fact
    return replace(fact, locator={**fact.locator, "page": document.page(fact.locator["start"])})


def _must_be_a_report(document: Document, book: Codebook) -> None:
    if not is_titled(document) and not _has_headings(
        (paragraph.text for paragraph in document.paragraphs), book
    ):
        raise Refused(_NO_REPORT)
    if holds_two_reports(document, book):
        raise Refused("文件里像有两份年报（规定的章节出现了两遍）；请拆成两个文件后分别读取")


def _lines(document: Document) -> Iterator[str]:
    """Every text that may be a heading, however the document is laid out: paragraphs, and the lines of cells."""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Table):
            for row in block.rows:
                for cell in row:
                    yield from cell.text.split("\n")


def _has_headings(texts: Iterable[str], book: Codebook) -> bool:
    """Whether enough of the report's sections are headed by a text."""
    found: set[str] = set()
    for text in texts:
        section = section_of_heading(text, book)
        if section:
            found.add(section)
            if len(found) >= _LEAST_HEADINGS:
                return True
    return False
