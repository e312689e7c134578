"""What a page of a PDF draws, within limits: pdfminer's fonts, device and interpreter held to a budget."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import cast

from pdfminer.cmapdb import CMapBase, CMapParser
from pdfminer.converter import PDFPageAggregator
from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdffont import PDFCIDFont, PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFGraphicState, PDFPageInterpreter, PDFResourceManager, PDFStackT
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, list_value, resolve1
from pdfminer.utils import Matrix, PathSegment, Rect, apply_matrix_rect

from dashboard.errors import Refused
from dashboard.readers.pdf.streams import DAMAGED, Budget

#: What stands for a character whose font does not say which it is; pdfminer's own stand-in holds digits.
UNMAPPED = "\ufffd"
#: Codes one font may map or give a width; the whole of Unicode's first plane is 65,536.
_MOST_CODES = 200_000
_MOST_OPERANDS = 1_000
#: Setting up a drawing within the drawing takes as long as so many characters.
_FIGURE_COST = 20
_USUAL_WIDTH = 500


class _CodeCount(CMapBase):
    """A map that only counts the codes it is given."""

    def __init__(self) -> None:
        super().__init__()
        self._left = _MOST_CODES

    def add_cid2unichr(self, cid: int, code: object) -> None:  # noqa: ARG002 - pdfminer's signature
        self._left -= 1
        if self._left < 0:
            raise Refused(DAMAGED)


class _UnknownFont(PDFFont):
    """Stands for a font that is missing or codes its text in a way not known: no character is guessed."""

    def __init__(self) -> None:
        super().__init__({}, {}, default_width=_USUAL_WIDTH)

    def to_unichr(self, cid: int) -> str:
        """Say that the character is not known."""
        raise PDFUnicodeNotDefined(None, cid)


class BoundedFonts(PDFResourceManager):
    """The fonts of a document; one that claims more codes than there are is refused."""

    def get_font(self, objid: object, spec: Mapping[str, object]) -> PDFFont:
        """Give the font of a specification, made once for each object."""
        if "Subtype" not in spec:
            return _UnknownFont()
        if not objid or objid not in self._cached_fonts:
            _check_widths(list_value(spec.get("W", [])), 3)
            _check_widths(list_value(spec.get("W2", [])), 5)
            codes = resolve1(spec.get("ToUnicode"))
            if isinstance(codes, PDFStream):
                CMapParser(_CodeCount(), BytesIO(codes.get_data())).run()
        font = super().get_font(objid, spec)
        # pdfminer drops the text of a font whose coding it does not have.
        is_known = not isinstance(font, PDFCIDFont) or getattr(font.cmap, "code2cid", True)
        return font if is_known else _UnknownFont()


def _check_widths(entries: Sequence[object], length: int) -> None:
    """Refuse widths for more codes than there are. A range is first code, last code, then the widths."""
    numbers: list[float] = []
    codes = 0.0
    for entry in map(resolve1, entries):
        if isinstance(entry, list):
            numbers = []
        elif isinstance(entry, (int, float)):
            numbers.append(entry)
        if len(numbers) == length:
            codes += numbers[1] - numbers[0]
            numbers = []
        if codes > _MOST_CODES:
            raise Refused(DAMAGED)


class BoundedDevice(PDFPageAggregator):
    """Collects what a page draws, within the budget; `visible` is the part of it that is shown."""

    def __init__(self, fonts: PDFResourceManager, budget: Budget) -> None:
        super().__init__(fonts)
        self.budget = budget
        self.visible: Rect = (0, 0, 0, 0)

    def begin_page(self, page: PDFPage, ctm: Matrix) -> None:
        self.budget.page()
        self.visible = apply_matrix_rect(ctm, page.cropbox)
        super().begin_page(page, ctm)

    def begin_figure(self, name: str, bbox: Rect, matrix: Matrix) -> None:
        self.budget.draw(_FIGURE_COST)
        super().begin_figure(name, bbox, matrix)

    def paint_path(
        self,
        gstate: PDFGraphicState,
        stroke: bool,
        fill: bool,
        evenodd: bool,
        path: Sequence[PathSegment],
    ) -> None:
        self.budget.draw(len(path))
        super().paint_path(gstate, stroke, fill, evenodd, path)

    def render_char(  # noqa: PLR0913, PLR0917 - pdfminer's signature
        self,
        matrix: Matrix,
        font: PDFFont,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: PDFColorSpace,
        graphicstate: PDFGraphicState,
    ) -> float:
        self.budget.draw(1)
        return super().render_char(matrix, font, fontsize, scaling, rise, cid, ncs, graphicstate)

    def handle_undefined_char(self, font: PDFFont, cid: int) -> str:  # noqa: ARG002 - as above
        return UNMAPPED


class BoundedInterpreter(PDFPageInterpreter):
    """Follows the instructions of a page within the budget of its device."""

    def execute(self, streams: Sequence[object]) -> None:
        """Follow streams of instructions; a page whose text is missing from the file is refused."""
        for stream in map(resolve1, streams):
            if not isinstance(stream, PDFStream):
                raise Refused(DAMAGED)
            cast("BoundedDevice", self.device).budget.parse(len(stream.get_data()))
        super().execute(streams)

    def push(self, obj: PDFStackT) -> None:
        super().push(obj)
        if len(self.argstack) > _MOST_OPERANDS:  # no operator takes so many: they were never asked for
            del self.argstack[:-_MOST_OPERANDS]
