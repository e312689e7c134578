"""Readings -> rows of a new database: integer keys, which report speaks, what was printed where.

Owns the filling of schema.sql and nothing about files or documents.
"""

import json
from collections.abc import Iterator
from dataclasses import astuple
from pathlib import Path
from typing import Any

import duckdb

from dashboard.codebook import Codebook
from dashboard.loading.metric_rows import metric_tables
from dashboard.loading.reports import Corrected, Report, speaking_places
from dashboard.loading.rule_cells import rule_cells
from dashboard.loading.staging import Staging
from dashboard.model import Reading
from dashboard.store import sql

_STAGED_FACT = """
create temporary table staged_fact (
    fact_id integer, indicator_id integer, group_id integer, item_id integer, year integer, agency_id integer,
    document_id integer, source varchar, ordinal integer, value decimal(18, 6), status varchar
)
"""
#: Dimensions whose items are the whole of their total (account posts, outlets, platform replies).
_TOLD_BY_ITEM = frozenset({"account", "outlet", "platform"})
#: Rows of one insert; one row a statement takes ten times as long.
_BATCH = 500
_ENCODE = json.JSONEncoder(ensure_ascii=False).encode


class Loader:
    """Turns readings into rows; keeps the integer keys of what it has met."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, book: Codebook, staging: Path) -> None:
        self.connection = connection
        self.book = book
        self.staging = Staging(staging)
        self.indicators = {code: number for number, code in enumerate(book.indicators, start=1)}
        self.groups = {None: 0} | {row["code"]: number for number, row in enumerate(book.groups, start=1)}
        self.editions: dict[str | None, int] = {None: 0} | {
            code: number for number, code in enumerate(book.editions, start=1)
        }
        self.items: dict[str | None, int] = {None: 0}
        self.agencies: dict[str, int] = {}

    def load(self, reports: list[Report], corrected: Corrected) -> None:
        """Fill every table from the reports, what is corrected in them, and the codebook."""
        named = [row["name"] for row in self.book.agencies]
        for name in [*named, *(report.reading.agency or "" for report in reports)]:
            self.agencies.setdefault(name, len(self.agencies) + 1)
        speaking = speaking_places(reports)
        self.connection.execute(_STAGED_FACT)
        for number, report in enumerate(reports, start=1):
            self._report_rows(number, report, number - 1 in speaking)
        if corrected.corrections:
            self._corrected_rows(reports, corrected)
        self._dimensions()
        self.staging.load(self.connection)
        self.connection.execute(sql("load_facts"), {"total_group": self.groups["total"]})
        for part in ("load_unasked", "load_copies", "load_totals"):
            self.connection.execute(sql(part))

    def _report_rows(self, document: int, report: Report, speaks: bool) -> None:
        reading = report.reading
        agency = self.agencies[reading.agency or ""]
        self.staging.add(
            "document",
            {
                "document_id": document,
                "agency_id": agency,
                "year": reading.year,
                "edition_id": self.editions[reading.edition],
                "kind": report.kind,
                "is_complete": report.kind == "original" or self._is_complete(reading),
                "speaks": speaks,
                "address": report.address or None,
                "file": report.file,
                "sha256": report.sha256,
                "received": report.received or None,
                "published": report.published or None,
                "signed": report.signed or None,
            },
        )
        self._fact_rows(document, agency, reading)
        self._finding_rows(document, reading)
        for section, text in report.sections.items():
            self.staging.add("section", {"document_id": document, "section": section, "text": text})

    def _corrected_rows(self, reports: list[Report], corrected: Corrected) -> None:
        """The corrections, and the findings of every report as they are with them."""
        for one in corrected.corrections:
            facts_before = sum(len(report.reading.facts) for report in reports[: one.report])
            self.staging.add(
                "correction",
                {
                    "fact_id": facts_before + one.fact + 1,
                    "was": None if one.was is None else f"{one.was:f}",
                    "value": f"{one.value:f}",
                    "reason": one.reason,
                    "made_by": one.by,
                    "made_on": one.on,
                },
            )
        for number, report in enumerate(reports, start=1):
            reading = corrected.readings.get(number - 1, report.reading)
            self._finding_rows(number, reading, "corrected_finding")

    def _fact_rows(self, document: int, agency: int, reading: Reading) -> None:
        for ordinal, fact in enumerate(reading.facts, start=1):
            key = self.staging.count("staged_fact") + 1
            self.staging.add(
                "staged_fact",
                {
                    "fact_id": key,
                    **self._key(fact.indicator, fact.group, fact.item),
                    "year": reading.year,
                    "agency_id": agency,
                    "document_id": document,
                    "source": fact.source,
                    "ordinal": ordinal,
                    "value": None if fact.value is None else f"{fact.value:f}",
                    "status": fact.status,
                },
            )
            self.staging.add(
                "evidence",
                {
                    "fact_id": key,
                    "raw": fact.raw,
                    "unit": fact.unit,
                    "quote": fact.locator["quote"],
                    "locator": _ENCODE(dict(fact.locator)),
                },
            )

    def _finding_rows(self, document: int, reading: Reading, table: str = "finding") -> None:
        for finding in reading.findings:
            number = self.staging.count(table) + 1
            self.staging.add(
                table,
                {
                    "finding_id": number,
                    "document_id": document,
                    "rule": finding.rule,
                    "severity": finding.severity,
                    "message": finding.message,
                },
            )
            for cell in finding.cells:
                self.staging.add(
                    f"{table}_cell",
                    {
                        "finding_id": number,
                        "document_id": document,
                        **self._key(cell.indicator, cell.group, cell.item),
                        "value": None if cell.value is None else f"{cell.value:f}",
                        "status": cell.status,
                    },
                )

    def _key(self, indicator: str, group: str | None, item: str | None) -> dict[str, int]:
        return {
            "indicator_id": self.indicators[indicator],
            "group_id": self.groups[group],
            "item_id": self.items.setdefault(item, len(self.items)),
        }

    def _is_complete(self, reading: Reading) -> bool:
        """A figures file stands for the whole report when it has every cell of the form."""
        cells = self.book.editions[reading.edition].required_cells if reading.edition else frozenset()
        return bool(cells) and cells <= {(fact.indicator, fact.group) for fact in reading.facts}

    def _dimensions(self) -> None:
        known = {row["name"]: row for row in self.book.agencies}
        self._insert(
            "agency",
            [
                (
                    key,
                    known.get(name, {}).get("code"),
                    name,
                    *(known.get(name, {}).get(column) for column in ("level", "type", "function", "region")),
                    known.get(name, {}).get("kind", "real"),
                )
                for name, key in self.agencies.items()
            ],
        )
        self._insert(
            "indicator",
            [(self.indicators[code], *astuple(found)) for code, found in self.book.indicators.items()],
        )
        names = {row["code"]: row["name_zh"] for row in self.book.groups}
        self._insert(
            "applicant_group", [(key, code, names.get(code or "")) for code, key in self.groups.items()]
        )
        self._insert("item", [(key, name) for name, key in self.items.items()])
        self._edition_rows()
        self._insert("prose_indicator", [(self.indicators[code],) for code in self.book.told_in_prose])
        self._insert("series_break", list(self._breaks()))
        self._insert("sum_part", list(self._sum_parts()))
        self._insert("addition", list(self._additions()))
        for table, metric_row in metric_tables(
            self.book, self.indicators, self.groups, self.editions, self.agencies
        ):
            self.staging.add(table, metric_row)
        self._insert("rule_cell", list(self._rule_cells()))

    def _edition_rows(self) -> None:
        editions = [
            (self.editions[found.id], found.id, found.first_year, found.last_year, found.name_zh, found.basis)
            for found in self.book.editions.values()
        ]
        cells = [
            (
                self.editions[found.id],
                self.indicators[code],
                self.groups[group],
                (code, group) not in required,
            )
            for found in self.book.editions.values()
            for required in [found.required_cells]
            for code, group in sorted(found.cells, key=str)
        ]
        self._insert("edition", [(0, None, None, None, None, None), *editions])
        self._insert("edition_cell", cells)

    def _breaks(self) -> Iterator[tuple[int, int, int, int, str, str, str]]:
        for row in self.book.breaks:
            agency = self.agencies.setdefault(row["agency"], len(self.agencies) + 1) if row["agency"] else 0
            for code in self.book.matching(row["indicator"]):
                yield (
                    self.indicators[code],
                    agency,
                    int(row["last_year"]),
                    int(row["first_year"]),
                    row["label_zh"],
                    row["reason_zh"],
                    row["reason_en"],
                )

    def _sum_parts(self) -> Iterator[tuple[int, int]]:
        """What the form's printed totals are the sum of: where a derived total comes from."""
        for rule in self.book.rules:
            for stem in rule.get("stems", ("",)) if "parts" in rule else ():
                total = rule["total"].replace("{stem}", stem)
                for part in rule["parts"]:
                    for code in self.book.matching(part.replace("{stem}", stem)):
                        yield self.indicators[total], self.indicators[code]

    def _additions(self) -> Iterator[tuple[int, int]]:
        """A total from what is told item by item, and from its parts where a rule says derive."""
        totals = {rule["total"] for rule in self.book.rules if rule.get("derive")}
        for code, found in self.book.indicators.items():
            by_item = found.dimension in _TOLD_BY_ITEM
            if found.parent and found.additive == "yes" and (by_item or found.parent in totals):
                yield self.indicators[found.parent], self.indicators[code]

    def _rule_cells(self) -> Iterator[tuple[str, int, int]]:
        for family, edition, code in sorted(rule_cells(self.book)):
            yield family, self.editions[edition], self.indicators[code]

    def _insert(self, table: str, rows: list[tuple[Any, ...]]) -> None:
        for start in range(0, len(rows), _BATCH):
            batch = rows[start : start + _BATCH]
            marks = ", ".join(["(" + ", ".join("?" * len(batch[0])) + ")"] * len(batch))
            values = [value for row in batch for value in row]
            self.connection.execute(f"insert into {table} values {marks}", values)  # noqa: S608 - own names
