"""PDFs of a few operators made for the tests, and what is read of them.

The wording is our own, of the fictional 示例县.
"""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field

import pytest

from dashboard.errors import Refused
from dashboard.limits import SHIPPED, Limits
from dashboard.model import Document, Paragraph, Table
from dashboard.readers import pdf

WIDTH, HEIGHT = 595, 842
#: Text is 30 characters of 14 points wide, between these.
LEFT, RIGHT, SIZE, STEP = 88, 508, 14, 24
PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


@dataclass
class Sheet:
    """A page being drawn; distances are points from its top left corner."""

    operators: list[str] = field(default_factory=list)
    extra: str = ""
    images: str = ""

    def text(self, x: float, top: float, text: str, size: float = SIZE, matrix: str = "1 0 0 1") -> "Sheet":
        """Chinese characters are a size wide and ASCII half of it."""
        code = text.encode("utf-16-be").hex()
        at = f"{matrix} {x} {HEIGHT - top - 0.88 * size}"
        self.operators.append(f"BT /F1 {size} Tf {at} Tm <{code}> Tj ET")
        return self

    def lines(
        self, top: float, *texts: str, x: float = LEFT, size: float = SIZE, step: float = STEP
    ) -> "Sheet":
        for number, text in enumerate(texts):
            self.text(x, top + number * step, text, size)
        return self

    def rule(self, x0: float, top: float, x1: float, bottom: float) -> "Sheet":
        self.operators.append(f"{x0} {HEIGHT - top} m {x1} {HEIGHT - bottom} l S")
        return self

    def shade(self, x0: float, top: float, x1: float, bottom: float, grey: float = 0.9) -> "Sheet":
        area = f"{x0} {HEIGHT - bottom} {x1 - x0} {bottom - top} re f"
        self.operators.append(f"q {grey} g {area} Q")
        return self

    def cell(
        self, x0: float, top: float, x1: float, bottom: float, text: str = "", size: float = 10
    ) -> "Sheet":
        for side in (
            (x0, top, x1, top),
            (x0, bottom, x1, bottom),
            (x0, top, x0, bottom),
            (x1, top, x1, bottom),
        ):
            self.rule(*side)
        return self.text(x0 + 3, top + 3, text, size) if text else self

    def table(
        self, top: float, rows: Iterable[Iterable[str]], width: float = 80, height: float = 20
    ) -> "Sheet":
        for row, texts in enumerate(rows):
            for column, text in enumerate(texts):
                x0, y0 = LEFT + column * width, top + row * height
                self.cell(x0, y0, x0 + width, y0 + height, text)
        return self

    def image(self, x0: float, top: float, x1: float, bottom: float) -> "Sheet":
        self.images = "/XObject << /I1 6 0 R >>"
        self.operators.append(f"q {x1 - x0} 0 0 {bottom - top} {x0} {HEIGHT - bottom} cm /I1 Do Q")
        return self


IMAGE = b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\nstream\n\0\nendstream"
DESCRIPTOR = b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -120 1000 880] /Ascent 880 /Descent -120 >>"


def stream(data: bytes, packed: bool = True, extra: str = "") -> bytes:
    body = zlib.compress(data) if packed else data
    filter_ = "/Filter /FlateDecode" if packed else ""
    return f"<< /Length {len(body)} {filter_} {extra} >>\nstream\n".encode() + body + b"\nendstream"


def made(
    *sheets: Sheet,
    contents: dict[int, bytes] | None = None,
    font: str = "",
    cid_font: str = "/W [1 95 500]",
    trailer: str = "",
    more: Iterable[bytes] = (),
) -> bytes:
    """The bytes of a PDF with these pages; `contents` replaces the content object of a page."""
    first = 7 + len(list(more))
    kids = " ".join(f"{first + 2 * number} 0 R" for number in range(len(sheets)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(sheets)} >>".encode(),
        f"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H"
        f" /DescendantFonts [4 0 R] {font} >>".encode(),
        f"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe)"
        f" /Ordering (GB1) /Supplement 2 >> /DW 1000 {cid_font} /FontDescriptor 5 0 R >>".encode(),
        DESCRIPTOR,
        IMAGE,
        *more,
    ]
    for number, sheet in enumerate(sheets):
        box = "" if "/MediaBox" in sheet.extra else f"/MediaBox [0 0 {WIDTH} {HEIGHT}]"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R {box} {sheet.extra} /Contents {first + 2 * number + 1} 0 R"
            f" /Resources << /Font << /F1 3 0 R >> {sheet.images} >> >>".encode()
        )
        objects.append((contents or {}).get(number) or stream("\n".join(sheet.operators).encode()))
    return assembled(objects, trailer)


def assembled(objects: list[bytes], trailer: str = "") -> bytes:
    data = b"%PDF-1.5\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n"
    return (
        data
        + f"{end}<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{len(data)}\n%%EOF\n".encode()
    )


def read(data: bytes, limits: Limits = SHIPPED) -> Document:
    document = pdf.read(data, limits)
    for block in document.blocks:
        cells = [block] if isinstance(block, Paragraph) else []
        cells += [cell for row in block.rows for cell in row] if isinstance(block, Table) else []
        for cell in cells:
            assert document.text[cell.start : cell.end] == cell.text
    return document


def paragraphs(data: bytes) -> list[str]:
    return [block.text for block in read(data).paragraphs]


def rows(table: Table) -> list[list[tuple]]:
    return [[(cell.text, cell.column, cell.width, cell.height) for cell in row] for row in table.rows]


def refusal(data: bytes, limits: Limits = SHIPPED) -> str:
    with pytest.raises(Refused) as refused:
        pdf.read(data, limits)
    assert "\n" not in str(refused.value)
    return str(refused.value)
