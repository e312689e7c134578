"""PDF -> its pages: the characters, ruled lines and pictures that a reader of the page sees, and where.

Text outside the visible part of a page, or set slantwise (a watermark), is left out; what is printed
twice at one place (bold by overprinting) is one character. Text drawn invisibly is the text layer of a
scan and is kept.
"""

import logging
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from pdfminer.layout import LTChar, LTComponent, LTContainer, LTCurve, LTImage, LTPage
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import dict_value, int_value

from dashboard.errors import Refused
from dashboard.limits import Limits
from dashboard.readers.pdf.drawing import UNMAPPED, BoundedDevice, BoundedFonts, BoundedInterpreter
from dashboard.readers.pdf.marks import Box, Mark, box_of, character_of, edges_of, is_straight, once, turns_of
from dashboard.readers.pdf.streams import DAMAGED, BoundedParser, Budget

# What pdfminer has to say of a file's small faults is no use to a person with a report.
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)

ENCRYPTED = "文件已加密，需要密码才能打开；请取消密码后再试"
UNREADABLE = "PDF 中的字体没有注明文字编码，读不出文字；请提供 Word、网页或另行生成的 PDF"
#: A picture from this part of the page on may show a table.
_LARGE_PICTURE = 0.15
#: On a page without text from this part on: it is the page.
_ONLY_PICTURE = 0.01
#: A picture under so much text is a background, or a scan whose text is there.
_COVERED = 0.05
_UNMAPPED_PART = 0.3
_STRIP_GAP = 2.0


@dataclass(frozen=True, slots=True)
class Page:
    """What is seen on a page; `pictures` are those large enough to show a table, and with no text on them."""

    box: Box
    characters: list[Mark]
    edges: list[Mark]
    pictures: list[Box]
    has_image: bool


def pages(data: bytes, limits: Limits) -> Iterator[Page]:
    """Yield the pages of a PDF in order.

    Raises Refused for a file that is damaged, needs a password, has more pages than the limit, costs more
    than it to unpack, or whose fonts do not say what their characters are.
    """
    found = _pages(data, limits)
    unmapped = read = 0
    while True:
        try:
            page = next(found, None)
        except Refused:
            raise
        except PDFEncryptionError as fault:
            raise Refused(ENCRYPTED) from fault
        # A broken file makes pdfminer stumble over anything: its types, Python's, RecursionError.
        except Exception as fault:
            raise Refused(DAMAGED) from fault
        if page is None:
            break
        read += len(page.characters)
        unmapped += sum(character["text"] == UNMAPPED for character in page.characters)
        yield page
    if unmapped > read * _UNMAPPED_PART:
        raise Refused(UNREADABLE)


def _pages(data: bytes, limits: Limits) -> Iterator[Page]:
    budget = Budget(limits)
    document = PDFDocument(BoundedParser(data, budget))
    sources = list(islice(PDFPage.create_pages(document), limits.pages + 1))
    if len(sources) > limits.pages:
        raise Refused(f"文件超过 {limits.pages} 页；请确认选对了文件，或拆分后再试")
    stated = int_value(dict_value(document.catalog.get("Pages")).get("Count", 0))
    if not sources or len(sources) < stated:  # pages that cannot be found are passed over by pdfminer
        raise Refused(DAMAGED)
    fonts = BoundedFonts()
    for source in sources:
        yield _page(source, fonts, budget)


def _page(source: PDFPage, fonts: BoundedFonts, budget: Budget) -> Page:
    layout, visible = _drawn(source, fonts, budget)
    turns = Counter(turns_of(item) for item in _items(layout) if isinstance(item, LTChar))
    turn = max(turns, key=lambda turn: turns[turn], default=0)
    if turn:  # a wide table printed sideways: seen as a person does who turns the page
        source.rotate = (source.rotate + 90 * turn) % 360
        layout, visible = _drawn(source, fonts, budget)
    characters: list[Mark] = []
    paths: list[LTCurve] = []
    images: list[Box] = []
    for item in _items(layout):
        if isinstance(item, LTChar):
            if is_straight(item):
                characters.append(character_of(item, layout.height))
        elif isinstance(item, LTCurve):
            paths.append(item)
        elif isinstance(item, LTImage):
            images.append(box_of(item, layout.height))
    seen = [mark for mark in once(characters) if mark["text"] and visible.holds(mark)]
    edges = list(edges_of(paths, layout.height))
    return Page(visible, seen, edges, _pictures(images, visible, seen), bool(images))


def _drawn(source: PDFPage, fonts: BoundedFonts, budget: Budget) -> tuple[LTPage, Box]:
    device = BoundedDevice(fonts, budget)
    BoundedInterpreter(fonts, device).process_page(source)
    layout = device.get_result()
    x0, y0, x1, y1 = device.visible
    visible = Box(
        max(0.0, x0),
        max(0.0, layout.height - y1),
        min(layout.width, x1),
        min(layout.height, layout.height - y0),
    )
    return layout, visible if visible.area else Box(0, 0, layout.width, layout.height)


def _items(container: LTContainer[Any]) -> Iterator[LTComponent]:
    for item in container:
        if isinstance(item, LTContainer):
            yield from _items(item)
        else:
            yield item


def _pictures(images: Iterable[Box], visible: Box, characters: list[Mark]) -> list[Box]:
    """The large pictures that text does not cover; one cut into strips, as scanners do, is one."""
    whole: list[Box] = []
    for x0, top, x1, bottom in sorted(images, key=lambda box: (box.x0, box.top)):
        part = Box(
            max(x0, visible.x0), max(top, visible.top), min(x1, visible.x1), min(bottom, visible.bottom)
        )
        last = whole[-1] if whole else None
        if (
            last
            and abs(last.x0 - part.x0) + abs(last.x1 - part.x1) < _STRIP_GAP
            and part.top - last.bottom < _STRIP_GAP
        ):
            whole[-1] = Box(last.x0, last.top, last.x1, max(last.bottom, part.bottom))
        elif part.area:
            whole.append(part)
    least = visible.area * (_LARGE_PICTURE if characters else _ONLY_PICTURE)
    return [
        picture
        for picture in whole
        if picture.area >= least
        and sum(mark["size"] ** 2 for mark in characters if picture.holds(mark)) < picture.area * _COVERED
    ]
