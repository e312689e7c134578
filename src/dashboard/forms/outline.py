"""A form from its first line to its last: lines and grids in the order of print, whatever the format."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from dashboard.codebook import Codebook, Edition, FormTable
from dashboard.forms.cells import present, printed_cells
from dashboard.forms.form import Form
from dashboard.forms.grids import Grid, GridCell, grids
from dashboard.forms.layout import Layout
from dashboard.forms.merging import arranged
from dashboard.forms.spelling import respelled

Style = Literal["title", "mark", "heading", "text", "furniture"]
EXAMPLE_MARK: Final = "示例（虚构）"
#: What a web page has around a report's text.
_ABOVE: Final = ("首页 > 政务公开 > 政府信息公开年报", "【字体：大 中 小】 打印 关闭窗口")
_BELOW: Final = ("扫一扫在手机打开当前页", "主办单位：{agency} 网站地图 联系我们")


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph outside the tables, and what it is."""

    text: str
    style: Style = "text"


def blocks(form: Form, book: Codebook, layout: Layout) -> Iterator[Line | Grid]:
    """Everything the form prints, in order; a table of no section follows the last section."""
    edition = book.editions[form.edition]
    headings = _headings(form, edition, book, layout)
    yield from _head(form, layout)
    if layout.contents and headings:
        yield Line("目　录", "furniture")
        yield from (Line(heading, "furniture") for heading in headings.values())
    for section, heading in headings.items():
        yield Line(heading, "heading")
        for table in edition.tables:
            if table.section == section:
                yield from _table(table, form, book, layout)
        yield from (Line(text) for text in form.sections.get(section, ()))
    for table in edition.tables:
        if table.section not in headings:
            yield Line(table.name_zh, "heading")
            yield from _table(table, form, book, layout)
    if layout.chrome:
        yield from (Line(text.format(agency=form.agency), "furniture") for text in _BELOW)


def _head(form: Form, layout: Layout) -> Iterator[Line | Grid]:
    """What stands before the first section."""
    if layout.chrome:
        yield from (Line(text, "furniture") for text in _ABOVE)
    if layout.metadata:
        yield _metadata(form)
    yield Line(form.headline, "title")
    if form.example:
        yield Line(EXAMPLE_MARK, "mark")
    yield from (Line(text) for text in form.opening)


def _headings(form: Form, edition: Edition, book: Codebook, layout: Layout) -> dict[str, str]:
    """The heading of each section that is printed: all where one of them holds a table, else those told."""
    sections = [str(section["id"]) for section in book.sections]
    has_tables = any(table.section in sections for table in edition.tables)
    printed = [section for section in sections if has_tables or section in form.sections]
    return {section: _heading(section, edition, book, layout) for section in printed}


def _heading(section: str, edition: Edition, book: Codebook, layout: Layout) -> str:
    """A section's heading: the name of its table, else the first of its wordings; the layout may choose."""
    names = [table.name_zh for table in edition.tables if table.section == section]
    wordings = next(part["headings"] for part in book.sections if part["id"] == section)
    chosen = names[0] if len(names) == 1 else wordings[0]
    if 0 < layout.heading_words < len(wordings):
        chosen = wordings[layout.heading_words]
    return layout.heading.format(numeral=section, words=chosen)


def _table(table: FormTable, form: Form, book: Codebook, layout: Layout) -> Iterator[Grid]:
    spelled = respelled(present(table, form.cells, layout), book, layout)
    figures = printed_cells(spelled, form.cells, book, layout)
    units = {code: indicator.unit_zh for code, indicator in book.indicators.items()}
    for grid in grids(spelled, figures, units, separate=layout.separate_blocks, numbered=layout.numbered):
        yield arranged(grid, layout)


def _metadata(form: Form) -> Grid:
    """The table of document data that many sites print above the title."""
    texts = (
        ("索引号", f"示例-{form.day:%Y%m%d}", "组配分类", "政府信息公开年报"),
        ("发布机构", form.agency, "公开方式", "主动公开"),
    )
    return Grid(
        tuple(
            GridCell(text, column, 1, row, 1, is_head=True)
            for row, line in enumerate(texts)
            for column, text in enumerate(line)
        )
    )
