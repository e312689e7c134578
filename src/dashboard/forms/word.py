"""A form as a Word document (.docx): merged cells as Word merges them, the same bytes for the same form.

python-docx keeps the package; the tables are written as WordprocessingML directly, which merges many
cells at no cost. The package would carry the time of day, so its properties and entries get the form's date.
"""

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Final
from xml.sax.saxutils import escape

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt

from dashboard.forms.form import Form
from dashboard.forms.grids import Grid, GridCell
from dashboard.forms.layout import Layout
from dashboard.forms.outline import Line

#: Twips across the text of a page of A4 with margins of 2.2 cm, and the share of it that labels take at least.
_ACROSS: Final = 9410
_WIDEST_FIGURE: Final = 2000
_LEAST_LABELS: Final = 0.45
_FONTS: Final = {"title": "方正小标宋简体", "heading": "黑体"}
_SIZES: Final = {"title": Pt(20), "heading": Pt(15), "furniture": Pt(9)}
_BODY_FONT: Final = "仿宋"


def written(blocks: Iterable[Line | Grid], form: Form, layout: Layout) -> bytes:
    """The blocks as a .docx package."""
    document = _empty(form)
    for block in blocks:
        if isinstance(block, Grid):
            table = parse_xml(_table(block, layout))
            document.element.body.insert_element_before(table, "w:sectPr")
            document.add_paragraph().paragraph_format.space_after = Pt(0)
        else:
            _add_line(document, block)
    held = io.BytesIO()
    document.save(held)
    return dated(held.getvalue(), form.day)


def _empty(form: Form) -> Document:
    document = docx.Document()
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.2)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(14)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _BODY_FONT)
    told = document.core_properties
    told.author = told.last_modified_by = form.agency
    told.title, told.comments, told.revision = form.headline, "", 1
    told.created = told.modified = datetime(form.day.year, form.day.month, form.day.day, tzinfo=UTC)
    return document


def _add_line(document: Document, line: Line) -> None:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(line.text)
    if line.style in ("title", "mark"):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if line.style in _SIZES:
        run.font.size = _SIZES[line.style]
    if line.style in _FONTS:
        run.font.name = "Times New Roman"
        run.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _FONTS[line.style])


#: The lines of a table in the order of its XML, and those that are left of them.
_ALL_EDGES: Final = ("top", "left", "bottom", "right", "insideH", "insideV")
_EDGES: Final[Mapping[str, tuple[str, ...]]] = {
    "across": ("top", "bottom", "insideH"),
    "down": ("left", "right", "insideV"),
    "none": (),
}


def _table(grid: Grid, layout: Layout) -> str:
    """The table's XML; the header of a long table stands again on every page."""
    widths = _widths(grid)
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    line = "dashed" if layout.rules == "dashed" else "single"
    edges = "".join(
        f'<w:{edge} w:val="{line}" w:sz="4" w:space="0" w:color="auto"/>'
        for edge in _EDGES.get(layout.rules, _ALL_EDGES)
    )
    margins = "".join(f'<w:{edge} w:w="40" w:type="dxa"/>' for edge in ("top", "left", "bottom", "right"))
    rows = "".join(
        f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if number < grid.header else ''}</w:trPr>"
        f"{''.join(_cells(row, widths, layout))}</w:tr>"
        for number, row in enumerate(grid.rows())
    )
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


def _widths(grid: Grid) -> list[int]:
    """Twips of each column: figures narrow and alike, the innermost label column twice an outer one."""
    labels = grid.label_columns
    figures = grid.width - labels
    if not labels or not figures:
        return [_ACROSS // grid.width] * grid.width
    figure = min(_WIDEST_FIGURE, int(_ACROSS * (1 - _LEAST_LABELS)) // figures)
    outer = (_ACROSS - figure * figures) // (labels + 1)
    return [outer] * (labels - 1) + [2 * outer] + [figure] * figures


def _cells(row: list[tuple[GridCell, bool]], widths: list[int], layout: Layout) -> Iterator[str]:
    for cell, begins in row:
        width = sum(widths[cell.column : cell.column + cell.width])
        merged = f'<w:gridSpan w:val="{cell.width}"/>' if cell.width > 1 else ""
        if cell.height > 1:
            merged += '<w:vMerge w:val="restart"/>' if begins else "<w:vMerge/>"
        runs = _runs(cell, layout) if begins else ""
        yield (
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merged}<w:vAlign w:val="center"/></w:tcPr>'
            f'<w:p><w:pPr><w:spacing w:after="0"/><w:jc w:val="center"/></w:pPr>{runs}</w:p></w:tc>'
        )


def _runs(cell: GridCell, layout: Layout) -> str:
    parts = list(cell.text) if layout.numbers_split and not cell.is_head else [cell.text]
    return "".join(_run(part) for part in parts if part)


def _run(text: str) -> str:
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f'<w:r><w:rPr><w:sz w:val="18"/></w:rPr>{lines}</w:r>'


def dated(package: bytes, day: date) -> bytes:
    """The package with every entry dated `day`, whenever it was written."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(held, "w") as new:
        for entry in old.infolist():
            dated = zipfile.ZipInfo(entry.filename, (day.year, day.month, day.day, 0, 0, 0))
            new.writestr(dated, old.read(entry), zipfile.ZIP_DEFLATED)
    return held.getvalue()
