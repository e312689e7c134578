"""PDF -> Document: the text layer of its pages, prose and ruled tables in reading order.

Tables are transcribed page by page; a paragraph that runs over a page break is one. Page furniture is
not the report. What a picture shows is not read: a large one is marked at its place.
"""

from collections import defaultdict
from dataclasses import dataclass
from operator import itemgetter

from dashboard.errors import Refused
from dashboard.limits import Limits
from dashboard.model import Document
from dashboard.readers.pdf.furniture import without_furniture
from dashboard.readers.pdf.lines import Line
from dashboard.readers.pdf.marks import Box
from dashboard.readers.pdf.pages import Page
from dashboard.readers.pdf.pages import pages as pages_of
from dashboard.readers.pdf.paragraphs import Margins, ProseLine, ProseParagraph, margins_of, prose
from dashboard.readers.pdf.tables import RuledTable, split
from dashboard.readers.transcript import Transcript

ONLY_PICTURES = "文件只有图片，没有文字层；本产品不含文字识别（OCR），请提供可复制文字的 PDF、Word 或网页"
NO_TEXT = "文件没有文字层；本产品不含文字识别（OCR），请提供可复制文字的 PDF、Word 或网页"


@dataclass(slots=True)
class _Sheet:
    """A page parted into tables, pictures and lines, with the frames around some lines."""

    box: Box
    tables: list[RuledTable]
    pictures: list[Box]
    lines: list[Line]
    frames: list[Box]
    has_image: bool


_Item = ProseLine | RuledTable | Box
_Block = ProseParagraph | RuledTable | Box | _Sheet


def read(data: bytes, limits: Limits) -> Document:
    """Transcribe a PDF that has a text layer.

    Raises Refused when it is damaged, needs a password, is larger than the limits, or has no text.
    """
    sheets = [_sheet(page) for page in pages_of(data, limits)]
    kept = without_furniture([(sheet.box, sheet.lines) for sheet in sheets])
    for sheet, lines in zip(sheets, kept, strict=True):
        sheet.lines = lines
    transcript = Transcript()
    for block in _blocks(sheets):
        if isinstance(block, _Sheet):
            transcript.page()
        elif isinstance(block, ProseParagraph):
            transcript.paragraph(block.text, indent=block.indent)
        elif isinstance(block, RuledTable):
            transcript.table(block.rows)
        else:
            transcript.picture()
    document = transcript.document()
    if not document.paragraphs and not document.tables:
        raise Refused(ONLY_PICTURES if any(sheet.has_image for sheet in sheets) else NO_TEXT)
    return document


def _sheet(page: Page) -> _Sheet:
    tables, lines, frames = split(page)
    return _Sheet(page.box, tables, page.pictures, lines, frames, page.has_image)


def _blocks(sheets: list[_Sheet]) -> list[_Block]:
    """What is transcribed, in order; the first line of a page may end a paragraph of the page before."""
    margins = _margins(sheets)
    blocks: list[_Block] = []
    paragraph: ProseParagraph | None = None
    for sheet in sheets:
        blocks.append(sheet)
        for place, item in enumerate(_items(sheet, margins[_width(sheet)])):
            if not isinstance(item, ProseLine):
                blocks.append(item)
                paragraph = None
            elif paragraph is None or not paragraph.takes(item, same_page=place > 0):
                paragraph = ProseParagraph(item)
                blocks.append(paragraph)
    return blocks


def _items(sheet: _Sheet, margins: Margins) -> list[_Item]:
    """The lines, tables and pictures of a page from its top."""
    items: list[tuple[float, _Item]] = [
        (line.line.top, line) for line in prose(sheet.lines, sheet.frames, margins)
    ]
    items += [(table.top, table) for table in sheet.tables]
    items += [(picture.top, picture) for picture in sheet.pictures]
    return [item for _, item in sorted(items, key=itemgetter(0))]


def _margins(sheets: list[_Sheet]) -> dict[int, Margins]:
    """The margins of the pages of each width."""
    pages: dict[int, list[list[Line]]] = defaultdict(list)
    for sheet in sheets:
        pages[_width(sheet)].append(sheet.lines)
    return {width: margins_of(group) for width, group in pages.items()}


def _width(sheet: _Sheet) -> int:
    return round(sheet.box.x1 - sheet.box.x0)
