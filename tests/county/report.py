"""One report of the plan: the figures its tables print, its text, and the faults it was given on purpose."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cache

from dashboard.codebook import Codebook, Edition, FormBlock, FormLabel, FormTable
from dashboard.forms.cells import places

from .chapters import chapters, opening
from .prose import Speaker
from .story import AGENCIES, HERE, Agency, count, items, money
from .tables import Cell, figures

_CHANGED = re.compile(r"(?P<code>[a-z._]+)(?:/(?P<group>[a-z_]+))?(?P<by>[+-]\d+)")
_TOTALS = frozenset(
    {
        "req.new",
        "req.carried_in",
        "req.carried_out",
        "req.outcome.total",
        "req.completed",
        "req.outcome.denied",
    }
)
Printed = tuple[Decimal | None, str]
#: What a zero is printed as, and how that reads.
_ZEROS: dict[str, tuple[str, Printed]] = {
    "blank": ("", (None, "blank")),
    "dash": ("-", (None, "dash")),
    "nil": ("无", (Decimal(0), "nil")),
}
#: A row of a local sheet that the national form does not have.
EXTRA_ROW = ("local.enforcement", "其中：行政执法类信息数")
#: What the text says again of the tables' figures.
_RETOLD = {
    "requests": ("req.new",),
    "carried_in": ("req.carried_in",),
    "carried_out": ("req.carried_out",),
    "done": ("req.outcome.total",),
    "review": ("review.total",),
    "lit": ("lit.total", "lit.direct.total", "lit.after_review.total"),
}
#: Rows that the local sheet of 2008 may lack, which come together.
_OPTIONAL = ("req.outcome.denied.exempt_", "req.outcome.denied.misc", "org.")


@dataclass(frozen=True)
class Plan:
    """A line of plan.csv: which report, on which form, how it is laid out, when received, what is wrong."""

    agency: Agency
    year: int
    edition: str
    format: str
    layout: frozenset[str]
    received: str
    flaws: tuple[str, ...]

    def given(self, name: str) -> list[str]:
        """What stands behind "name=" in the flaws."""
        return [flaw.partition("=")[2] for flaw in self.flaws if flaw.startswith(f"{name}=")]


@dataclass
class Report:
    """A report as it will be printed.

    `cells` are the texts of the cells on the form and `truth` what they say; `lost` are the cells that are not
    printed at all and `unreadable` those of a row whose blanks are not. `changed` are misprinted on purpose.
    """

    plan: Plan
    edition: Edition
    cells: dict[Cell, str]
    truth: dict[Cell, Printed]
    opening: tuple[str, ...]
    chapters: list[tuple[str, list[str]]]
    speaker: Speaker
    lost: frozenset[Cell] = frozenset()
    unreadable: frozenset[Cell] = frozenset()
    changed: list[Cell] = field(default_factory=list)

    @property
    def agency(self) -> Agency:
        return self.plan.agency

    @property
    def year(self) -> int:
        return self.plan.year


@cache
def plans() -> tuple[Plan, ...]:
    """Every report there is, agency by agency."""
    with (HERE / "plan.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Plan(
                AGENCIES[row["agency"]],
                int(row["year"]),
                row["edition"],
                row["format"],
                frozenset(row["layout"].split()),
                row["received"],
                tuple(row["flaws"].split()),
            )
            for row in csv.DictReader(file)
        )


def report_of(plan: Plan, book: Codebook) -> Report:
    """The report that a line of the plan asks for."""
    edition = book.editions[plan.edition]
    cells = _with_rows(figures(plan.agency, plan.year, edition), plan, edition)
    changed = list(_change(cells, plan))
    asked = frozenset(cells)
    speaker = _speaker(plan, cells)
    text = chapters(speaker, date.fromisoformat(plan.received))
    if "one_other" in plan.flaws:
        cells |= _as_one_row(cells)
    empty = {_cell(named) for named in plan.given("empty")}
    printed = {
        cell: ("", (None, "blank")) if cell in empty else _printed(cell, value, plan)
        for cell, value in cells.items()
    }
    trimmed = trimmed_edition(edition, plan)
    kept = trimmed.cells - _pictured(trimmed, plan)
    in_order = [cell for *_, cell in places(trimmed) if cell in printed and cell in kept]
    return Report(
        plan,
        trimmed,
        {cell: text for cell, (text, _) in printed.items()},
        {cell: printed[cell][1] for cell in in_order},
        opening(speaker),
        text,
        speaker,
        lost=asked - kept,
        unreadable=frozenset(cell for cell in cells if cell[0] in plan.given("lost_blanks")),
        changed=changed,
    )


def trimmed_edition(edition: Edition, plan: Plan) -> Edition:
    """The form without what the report does not print: rows that vanished, the sheet of one without tables."""
    gone = set(plan.given("lost_row"))
    if "one_other" in plan.flaws:
        gone |= {f"req.outcome.other.{name}" for name in ("not_clarified", "fee_unpaid", "misc")}
    if "prose" in plan.layout:
        return replace(edition, tables=())
    return replace(edition, tables=tuple(_without_rows(table, gone) for table in edition.tables))


def _pictured(edition: Edition, plan: Plan) -> frozenset[Cell]:
    """The cells of tables that are shown as pictures."""
    tables = tuple(table for table in edition.tables if table.id in plan.given("picture"))
    return replace(edition, tables=tables).cells


def _without_rows(table: FormTable, gone: set[str]) -> FormTable:
    def kept(block: FormBlock) -> tuple[FormLabel, ...]:
        return tuple(row for row in block.rows if row.code not in gone)

    return replace(table, blocks=tuple(replace(block, rows=kept(block)) for block in table.blocks))


def _cell(named: str) -> Cell:
    code, _, group = named.partition("/")
    return code, group or None


def _with_rows(cells: dict[Cell, str], plan: Plan, edition: Edition) -> dict[Cell, str]:
    """The cells with those of rows that a form may lack, where the report has them."""
    if "optional" not in plan.layout:
        return cells
    named = [cell for *_, cell in places(edition) if cell[0].startswith(_OPTIONAL)]
    staff = {("org.staff", None): "4", ("org.staff.fulltime", None): "1", ("org.staff.parttime", None): "3"}
    return {**dict.fromkeys(named, "0"), **staff, **cells}


def _change(cells: dict[Cell, str], plan: Plan) -> Iterator[Cell]:
    for change in plan.given("off"):
        found = _CHANGED.fullmatch(change)
        assert found, change
        cell = (found["code"], found["group"])
        cells[cell] = str(int(cells[cell]) + int(found["by"]))
        yield cell


def _as_one_row(cells: Mapping[Cell, str]) -> dict[Cell, str]:
    """（六）其他处理 in one row instead of three."""
    sums: dict[Cell, int] = {}
    for (code, group), value in cells.items():
        if code.startswith("req.outcome.other."):
            whole = ("req.outcome.other", group)
            sums[whole] = sums.get(whole, 0) + int(value)
    return {cell: str(value) for cell, value in sums.items()}


def _speaker(plan: Plan, cells: Mapping[Cell, str]) -> Speaker:
    """The writer of the text: it repeats what the tables print, but where it is meant to differ."""
    wrong = {series: _retold(cells, codes) for series, codes in _RETOLD.items()}
    for told in plan.given("text"):
        series, sign, by = re.split(r"([+-])", told)
        wrong[series] = _told(plan, series, wrong) + int(sign + by)
    return Speaker(
        plan.agency,
        plan.year,
        plan.edition,
        plan.year - 1 if "copied" in plan.flaws else plan.year,
        tuple(plan.given("broke")),
        frozenset(plan.flaws) | plan.layout,
        wrong,
    )


def _retold(cells: Mapping[Cell, str], codes: tuple[str, ...]) -> int:
    """The sum of what the tables print of these codes, in the column of totals where there is one."""
    return sum(int(cells.get((code, "total"), cells.get((code, None), "0"))) for code in codes)


def _told(plan: Plan, series: str, wrong: Mapping[str, int]) -> int:
    """What the text would say of a series if it were right."""
    agency, year = plan.agency, plan.year
    if series == "welfare":
        return sum(items(agency, "welfare", year).values()) + count(agency, "finance", year)
    if series == "proposals":
        return count(agency, "npc", year) + count(agency, "cppcc", year)
    return wrong[series] if series in wrong else count(agency, series, year)


def _printed(cell: Cell, value: str, plan: Plan) -> tuple[str, Printed]:
    """The cell's text and what it says; zeros of tables 3, 4 and S, totals aside, as the layout has them."""
    style = next((name for name in _ZEROS if name in plan.layout), None)
    code, group = cell
    is_total = group == "total" or code in _TOTALS or code.endswith(".total") or code == "org.staff"
    if value == "0" and style and (not is_total or style == "nil") and not code.startswith("proactive."):
        return _ZEROS[style]
    number = money(value)
    if "signs" in plan.layout and code.endswith(".items_change") and number:
        value = f"+{value}" if number > 0 else value.replace("-", "减")
    if "remark" in plan.layout and code == "proactive.normdocs.in_force":
        value = f"{value}（含修订{count(plan.agency, 'issued', plan.year)}件）"
    return value, (number, "reported")
