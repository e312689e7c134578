"""The relations of ledgers.toml -> the tables that the view line_verdict tests: lines and their cells."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import duckdb

from dashboard.checks.cells import with_stems
from dashboard.codebook import Codebook
from dashboard.store import sql

#: The keys of a rule that name what it follows from: whether in the year before, added or taken off.
_SIDES: Final = (("before", True, 1), ("before_less", True, -1), ("now", False, 1), ("now_less", False, -1))


def add_lines(connection: duckdb.DuckDBPyConnection, book: Codebook) -> None:
    """Put every relation into the database, once for each of its stems and applicant groups."""
    for number, (rule, group) in enumerate(_lines(book), start=1):
        connection.execute(sql("ledgers/add_line"), _line(number, rule, group))
        for place, cell in enumerate(_cells(rule)):
            connection.execute(sql("ledgers/add_term"), {"line_id": number, "place": place, **cell})


def _lines(book: Codebook) -> Iterator[tuple[Mapping[str, Any], str | None]]:
    for rule in (rule for rule in book.year_rules if "told" in rule):
        for filled in with_stems(rule):
            yield from ((filled, group) for group in rule.get("groups", [None]))


def _line(number: int, rule: Mapping[str, Any], group: str | None) -> dict[str, Any]:
    return {
        "line_id": number,
        "rule": rule["id"],
        "kind": rule["kind"],
        "severity": rule["severity"],
        "stem": rule["told"].rpartition(".")[0],
        "group": group,
        "year": rule.get("year"),
        "is_ledger": rule.get("ledger", False),
        "error_share": rule.get("error_share"),
        "explained_by": "|".join(rule.get("explained_by", ())) or None,
    }


def _cells(rule: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    yield {"code": rule["told"], "is_before": False, "factor": 1}
    for side, is_before, factor in _SIDES:
        for code in rule.get(side, ()):
            yield {"code": code, "is_before": is_before, "factor": factor}
