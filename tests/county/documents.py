"""A report as the bytes of a file: its layout, its parts in order, and what its format needs besides.

The forms are those of dashboard.forms; what only damaged documents show is done by damage.py.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from dashboard.codebook import Codebook, FormLabel, FormTable
from dashboard.forms import OFFICIAL, Form, Layout, text, web, word, workbook
from dashboard.forms.grids import Grid
from dashboard.forms.outline import Line, blocks

from . import damage
from .report import EXTRA_ROW, Report

_LAYOUTS: Final = {
    "again": {"header_again": 9},
    "alias": {"alias": 1},
    "all_columns": {"all_columns": True},
    "broken": {"broken_after": 9},
    "chrome": {"chrome": True},
    "contents": {"contents": True},
    "crlf": {"line_end": "\r\n"},
    "each": {"sheets": "each"},
    "gap": {"gap": " "},
    "gb18030": {"encoding": "gb18030"},
    "half": {"brackets": "half"},
    "lines": {"text": "lines"},
    "lost": {"merges": "lost"},
    "mark": {"mark": "、"},
    "metadata": {"metadata": True},
    "nbsp": {"blank": "\u00a0"},
    "no_tabs": {"text": "lines_without_tabs"},
    "numbered": {"numbered": True},
    "pdf_copy": {"text": "pdf_copy"},
    "pipes": {"text": "pipes"},
    "repeated": {"merges": "repeated"},
    "separate": {"separate_blocks": True},
    "site": {"page": "site", "chrome": True},
    "spaced": {"text": "spaced"},
    "split": {"numbers_split": True},
    "tabs": {"text": "tabs"},
    "text": {"typed": False},
    "thousands": {"thousands": ","},
    "torn": {"torn": True},
    "utf16": {"encoding": "utf-16"},
    "utf8sig": {"encoding": "utf-8-sig"},
    "vertical": {"vertical": True},
    "wide": {"digits": "wide"},
    "word": {"page": "word"},
}
#: Words of plan.csv that are no layout: they say what is printed, or nothing.
_OTHER: Final = frozenset(
    {"official", "clean", "prose", "optional", "heads", "blank", "dash", "nil", "signs", "remark"}
)
_TITLE: Final = "title"
_TITLES: Final = (
    "{agency}{year}年政府信息公开工作年度报告",
    "{agency}{year}年度政府信息公开工作报告",
    "{agency}关于{year}年政府信息公开工作情况的报告",
)
_NAMES: Final = (
    "{year}年政府信息公开工作年度报告",
    "{agency}{year}年度政府信息公开工作报告",
    "{year}年信息公开年报（{agency}）",
)


def layout_of(report: Report) -> Layout:
    """The layout that the plan names."""
    unknown = report.plan.layout - _LAYOUTS.keys() - _OTHER
    assert not unknown, unknown
    chosen = OFFICIAL
    for name in sorted(report.plan.layout & _LAYOUTS.keys()):
        chosen = replace(chosen, **_LAYOUTS[name])
    for misprint in report.plan.given("misprint"):
        code, _, place = misprint.partition("@")
        chosen = replace(chosen, misprint=(code, int(place)))
    return chosen


def file_of(report: Report) -> str:
    """Where the file lies below data/documents, named as offices name them."""
    agency = report.agency.name_in(report.year)
    name = _NAMES[(report.year + len(agency)) % len(_NAMES)].format(agency=agency, year=report.year)
    return f"{report.agency.name}/{report.year}/{name}.{report.plan.format}"


def day_of(report: Report) -> date:
    """The day the file is dated inside."""
    return _form(report).day


def source_of(report: Report, book: Codebook) -> bytes:
    """The bytes of the file, or of what LibreOffice makes it from: .docx for a PDF, .xlsx for an .xls."""
    book = _book_of(report, book)
    layout = layout_of(report)
    form = _form(report)
    parts = list(_parts(report, form, book, layout))
    match report.plan.format:
        case "txt":
            return text.written(parts, layout)
        case "html":
            return damage.with_image(web.written(parts, form.headline, layout), layout.encoding)
        case "docx" | "pdf":
            return damage.with_picture(word.written(parts, form, layout), form.day)
        case _:
            return workbook.written(parts, form, layout)


def _book_of(report: Report, book: Codebook) -> Codebook:
    """The codebook with the form as this report has it: rows and tables lost, one row too many."""
    edition, indicators = report.edition, dict(book.indicators)
    if "extra_row" in report.plan.flaws:
        code, label = EXTRA_ROW
        indicators[code] = replace(indicators["proactive.total"], code=code)
        edition = replace(edition, tables=tuple(_with_row(table, code, label) for table in edition.tables))
    return replace(book, indicators=indicators, editions={**book.editions, edition.id: edition})


def _with_row(table: FormTable, code: str, label: str) -> FormTable:
    """The sheet with one row more behind its second."""
    (block,) = table.blocks
    rows = (*block.rows[:2], FormLabel(code, (label,), (), optional=False), *block.rows[2:])
    return replace(table, blocks=(replace(block, rows=rows),))


def _form(report: Report) -> Form:
    agency = report.agency.name_in(report.year)
    title = _TITLES[(report.year + len(report.agency.key)) % len(_TITLES)]
    has_sections = report.plan.edition in ("2019", "2021")
    return Form(
        agency,
        report.year,
        report.edition.id,
        {(EXTRA_ROW[0], None): "45", **report.cells},
        {section: tuple(paragraphs) for section, paragraphs in report.chapters} if has_sections else {},
        title.format(agency=agency, year=report.year),
        report.opening,
        example=True,
    )


def _parts(report: Report, form: Form, book: Codebook, layout: Layout) -> Iterator[Line | Grid]:
    """Everything from the first line to the last; chapters stand before the sheet that is annexed to them."""
    pictured = [table.section for table in report.edition.tables if table.id in report.plan.given("picture")]
    labels = {row.path[-1] for row in _rows(report) if row.code in report.plan.given("lost_blanks")}
    waiting = [] if form.sections else list(_chapters(report))
    heading = ""
    for part in blocks(form, book, layout):
        if isinstance(part, Line):
            is_below = part.style == "heading" or (part.style == "furniture" and heading == _TITLE)
            if waiting and is_below:
                yield from waiting
                waiting = []
            heading = part.text if part.style == "heading" else _TITLE if part.style == "title" else heading
            yield part
        elif heading[:1] in pictured:
            yield Line(damage.PICTURE)
        else:
            yield damage.without_blanks(part, labels)
    yield from waiting


def _rows(report: Report) -> Iterator[FormLabel]:
    for table in report.edition.tables:
        for block in table.blocks:
            yield from block.rows


def _chapters(report: Report) -> Iterator[Line]:
    for heading, paragraphs in report.chapters:
        yield Line(heading, "heading")
        yield from map(Line, paragraphs)
