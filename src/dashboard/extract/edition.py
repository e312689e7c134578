"""Which edition of the form a document is on: from its table headers, never from its year."""

from dashboard.codebook import Codebook, Edition
from dashboard.extract.labels import normal
from dashboard.model import Document, Finding


def find_edition(document: Document, book: Codebook) -> tuple[Edition | None, list[Finding]]:
    """The edition with most fingerprints among the document's cells; None if none or a tie."""
    printed = {normal(cell.text) for table in document.tables for row in table.rows for cell in row}
    hits = {
        edition.id: sum(any(normal(mark) in text for text in printed) for mark in edition.fingerprints)
        for edition in book.editions.values()
    }
    most = max(hits.values(), default=0)
    best = [edition for edition, count in hits.items() if count == most]
    if not most:
        return None, [Finding("R-edition", "info", "文中没有可识别的统计表，只读取正文")]
    if len(best) > 1:
        names = "、".join(book.editions[edition].name_zh for edition in best)
        return None, [Finding("R-edition", "warning", f"表头同时像{names}，无法判定表式，表格未读取")]
    return book.editions[best[0]], []
