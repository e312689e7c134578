"""What only damaged documents show: a table that is a picture, a row whose blank cells vanished."""

import io
import zlib
from dataclasses import replace
from datetime import date
from typing import Final

import docx
from docx.shared import Cm

from dashboard.forms.grids import Grid
from dashboard.forms.word import dated

#: Where a picture comes, until the format puts it there.
PICTURE: Final = "〔表格图片〕"
_WIDTH, _HEIGHT = 640, 240


def without_blanks(grid: Grid, labels: set[str]) -> Grid:
    """The grid without the blank cells of the rows so labelled; what follows them moves to the left."""
    lines = {cell.row for cell in grid.cells if cell.is_head and cell.text in labels and cell.height == 1}
    kept = []
    for cell in grid.cells:
        gone = [
            other
            for other in grid.cells
            if other.row == cell.row and not other.is_head and not other.text.strip()
        ]
        if cell.row not in lines or cell.is_head:
            kept.append(cell)
        elif cell not in gone:
            before = sum(other.column < cell.column for other in gone)
            kept.append(replace(cell, column=cell.column - before))
    return replace(grid, cells=tuple(kept))


def with_image(page: bytes, encoding: str) -> bytes:
    """The page with an image at the place of a picture."""
    image = f'<img src="table.png" width="{_WIDTH}" height="{_HEIGHT}" alt="">'
    return page.replace(PICTURE.encode(encoding), image.encode())


def with_picture(package: bytes, day: date) -> bytes:
    """The package with a picture at its place, dated `day` as before."""
    document = docx.Document(io.BytesIO(package))
    places = [paragraph for paragraph in document.paragraphs if paragraph.text == PICTURE]
    if not places:
        return package
    for paragraph in places:
        paragraph.clear()
        paragraph.add_run().add_picture(io.BytesIO(_drawn()), width=Cm(15))
    held = io.BytesIO()
    document.save(held)
    return dated(held.getvalue(), day)


def _drawn() -> bytes:
    """A PNG of an empty ruled table: what is in it cannot be read as text."""
    row = bytearray(b"\xff" * (_WIDTH // 8))
    for column in range(0, _WIDTH // 8, 10):
        row[column] = 0x7F
    ruled = bytes(_WIDTH // 8)
    lines = b"".join(b"\0" + (ruled if line % 40 == 0 else bytes(row)) for line in range(_HEIGHT))
    header = _WIDTH.to_bytes(4, "big") + _HEIGHT.to_bytes(4, "big") + b"\x01\0\0\0\0"
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")
        for kind, body in chunks
    )
