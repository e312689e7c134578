"""The record of a filled-in form, and how it is made from a reading."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from dashboard.codebook import Codebook
from dashboard.errors import WrongUsage
from dashboard.forms.cells import Cell, places, states_unit, text_of
from dashboard.model import Reading


@dataclass(frozen=True, slots=True)
class Form:
    """A report on a form: whose, which year's, its figures as printed and its prose.

    `cells` holds the printed text of each (indicator, group); a cell that is not there is blank, and a row
    the form may lack is printed only if one of its cells is there. `sections` are the paragraphs below each
    section's heading (一 to 六), `opening` those before the first. An `example` says so under its title.
    """

    agency: str
    year: int
    edition: str
    cells: Mapping[Cell, str]
    sections: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    title: str = ""
    opening: tuple[str, ...] = ()
    example: bool = False

    @property
    def headline(self) -> str:
        """The title as printed."""
        return self.title or f"{self.agency}{self.year}年政府信息公开工作年度报告"

    @property
    def day(self) -> date:
        """The day the files are dated, whenever they are written: a report is due in January."""
        return date(self.year + 1, 1, 20)


def form_of(reading: Reading, book: Codebook, sections: Mapping[str, tuple[str, ...]] | None = None) -> Form:
    """The reading's table cells on the form of its edition, each as it would be printed.

    Raises WrongUsage where agency, year or edition is unknown, or a figure from a table has no cell on
    that form: nothing is left out in silence.
    """
    if reading.agency is None or reading.year is None or reading.edition is None:
        raise WrongUsage("机关、年度或表式未知，不能填表；请先指明")
    asked = {cell: (block, column) for block, column, cell in places(book.editions[reading.edition])}
    cells: dict[Cell, str] = {}
    for fact in reading.facts:
        if fact.source != "table":
            continue
        cell = (fact.indicator, fact.group)
        if cell not in asked:
            name = book.editions[reading.edition].name_zh
            raise WrongUsage(f"{name}没有这一格：{fact.indicator} {fact.group or ''}".rstrip())
        unit = book.indicators[fact.indicator].unit_zh
        cells.setdefault(cell, text_of(fact, unit, is_stated=states_unit(*asked[cell], unit)))
    return Form(reading.agency, reading.year, reading.edition, cells, sections or {})
