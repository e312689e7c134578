"""Figures files: a tidy CSV that a person fills in, and that `dashboard facts --format csv` writes.

Columns: agency, year, edition, indicator, group, item, value, status, unit, source, address, note.
One line a fact; a file may hold several agencies and years. `value` is a number in the indicator's
unit, or the report's own word where it gives none ("多件", status unquantified). `status` may be left
empty beside a number (reported). `unit` is as printed; `source` is table or narrative; `address` is
where the report was published. Every fault is listed with its line; a file with faults is not taken.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from dashboard.codebook import Codebook
from dashboard.decoding import decode
from dashboard.errors import FiguresError
from dashboard.model import STATUSES, STATUSES_WITH_VALUE, Fact, Reading
from dashboard.numbers import fits

COLUMNS = (
    "agency",
    "year",
    "edition",
    "indicator",
    "group",
    "item",
    "value",
    "status",
    "unit",
    "source",
    "address",
    "note",
)
_YEARS = range(2008, 2100)


@dataclass(frozen=True, slots=True)
class FiguresReport:
    """What a figures file says of one agency and year, and where it says it was published."""

    reading: Reading
    address: str


def is_figures(data: bytes) -> bool:
    """Whether the first line of the file is the header of a figures file."""
    first = data.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0]
    header = first.decode("utf-8", "replace").strip().split(",")
    return {"agency", "year", "indicator", "value"} <= {name.strip().strip('"') for name in header}


def read(data: bytes, book: Codebook) -> list[FiguresReport]:
    """Return one report for each agency and year in the file, in order of appearance.

    Raises FiguresError listing every faulty line, Refused for bytes that are no text.
    """
    text = decode(data)
    lines = text.splitlines()
    rows = csv.DictReader(io.StringIO(text, newline=""))
    missing = set(COLUMNS) - {"note", "address", "unit"} - set(rows.fieldnames or ())
    if missing:
        raise FiguresError([f"缺少列：{'、'.join(sorted(missing))}"])
    problems: list[str] = []
    found: dict[tuple[str, int], dict[str, Any]] = {}
    for row in rows:
        number = rows.line_num
        faults = list(_faults(row, book)) or list(_clashes(row, found, book))
        if faults:
            problems += [f"第 {number} 行：{fault}" for fault in faults]
            continue
        key = _report_key(row, book)
        report = found.setdefault(key, {"edition": None, "address": "", "facts": [], "cells": set()})
        report["edition"] = row["edition"].strip() or report["edition"]
        report["address"] = report["address"] or (row.get("address") or "").strip()
        fact = _fact(row, number, lines[number - 1] if number <= len(lines) else "")
        report["facts"].append(fact)
        if fact.source == "table":
            report["cells"].add(fact.key)
    if problems:
        raise FiguresError(problems)
    return [
        FiguresReport(Reading(agency, year, held["edition"], tuple(held["facts"])), held["address"])
        for (agency, year), held in found.items()
    ]


def rows_of(reading: Reading, address: str = "") -> Iterator[dict[str, str]]:
    """The reading as rows of a figures file, one a fact; the inverse of `read`."""
    for fact in reading.facts:
        word = (
            fact.raw if fact.status == "unquantified" and not fact.indicator.startswith("problems.") else ""
        )
        yield {
            "agency": reading.agency or "",
            "year": str(reading.year or ""),
            "edition": reading.edition or "",
            "indicator": fact.indicator,
            "group": fact.group or "",
            "item": fact.item or "",
            "value": word if fact.value is None else f"{fact.value:f}",
            "status": fact.status,
            "unit": fact.unit or "",
            "source": fact.source,
            "address": str(fact.locator.get("address") or address),
            "note": str(fact.locator.get("note") or ""),
        }


def written(rows: Iterable[Mapping[str, str]]) -> str:
    """Rows as the text of a figures file."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _faults(row: Mapping[str, str], book: Codebook) -> Iterator[str]:
    if None in row.values() or None in row:
        yield "列数与表头不符"
        return
    if not row["agency"].strip():
        yield "没有写机关（agency）"
    if not row["year"].strip().isdecimal() or int(row["year"]) not in _YEARS:
        yield f"年度（year）不是 {_YEARS.start} 以后的年份：{row['year']}"
    if row["edition"].strip() and row["edition"].strip() not in book.editions:
        yield f"表式（edition）不存在：{row['edition']}；可用 {'、'.join(book.editions)}"
    if row["indicator"].strip() not in book.indicators:
        yield f"指标代码（indicator）不存在：{row['indicator']}；请对照 indicators.csv"
    groups = {group["code"] for group in book.groups}
    if row["group"].strip() and row["group"].strip() not in groups:
        yield f"申请人类型（group）不存在：{row['group']}；可用 {'、'.join(sorted(groups))}"
    if row["source"].strip() not in ("table", "narrative"):
        yield f"来源（source）应为 table 或 narrative：{row['source']}"
    yield from _value_faults(row)


def _clashes(
    row: Mapping[str, str], found: Mapping[tuple[str, int], Mapping[str, Any]], book: Codebook
) -> Iterator[str]:
    """What a sound line contradicts in the lines before it: the report's edition, a cell given already."""
    report = found.get(_report_key(row, book))
    if report is None:
        return
    edition = row["edition"].strip()
    if edition and report["edition"] not in (None, edition):
        yield f"同一份报告写了两种表式（edition）：{report['edition']}、{edition}"
    cell = (row["indicator"].strip(), row["group"].strip() or None, row["item"].strip() or None)
    if row["source"].strip() == "table" and cell in report["cells"]:
        yield f"表格的同一格出现两次：{row['indicator']} {row['group']}".rstrip()


def _report_key(row: Mapping[str, str], book: Codebook) -> tuple[str, int]:
    return book.agency_name(row["agency"].strip()), int(row["year"])


def _value_faults(row: Mapping[str, str]) -> Iterator[str]:
    status = row["status"].strip() or ("reported" if row["value"].strip() else "blank")
    if status not in STATUSES:
        yield f"状态（status）不存在：{status}；可用 {'、'.join(STATUSES)}"
        return
    value = _number(row["value"])
    if status in STATUSES_WITH_VALUE and value is None:
        yield f"状态 {status} 须有数值（value），现为“{row['value']}”"
    if status == "nil" and value:
        yield f"状态 nil 是写明的 0，现为“{row['value']}”"
    if status not in STATUSES_WITH_VALUE and value is not None:
        yield f"状态 {status} 不应有数值（value），现为“{row['value']}”；空白不等于 0"
    if status in ("blank", "dash") and value is None and row["value"].strip():
        yield f"状态 {status} 不应填写内容，现为“{row['value']}”"


def _number(text: str) -> Decimal | None:
    try:
        value = Decimal(text.strip().replace(",", ""))
    except InvalidOperation:
        return None
    return value if value.is_finite() and fits(value) else None


def _fact(row: Mapping[str, str], number: int, line: str) -> Fact:
    status: Any = row["status"].strip() or ("reported" if row["value"].strip() else "blank")
    source: Any = row["source"].strip()
    locator = {
        "line": number,
        "quote": line,
        "address": (row.get("address") or "").strip() or None,
        "note": (row.get("note") or "").strip() or None,
    }
    return Fact(
        row["indicator"].strip(),
        row["group"].strip() or None,
        row["item"].strip() or None,
        _number(row["value"]) if status in STATUSES_WITH_VALUE else None,
        status,
        row["value"].strip(),
        (row.get("unit") or "").strip() or None,
        source,
        locator,
    )
