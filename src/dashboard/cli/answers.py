"""What the commands that answer questions share: --agency, --year, --format, and how an answer is printed."""

import argparse
import csv
import io
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from dashboard.cli.common import year
from dashboard.errors import WrongUsage
from dashboard.paths import DataFolder

if TYPE_CHECKING:
    from dashboard.store import Store

Row = Mapping[str, Any]
_NEAR = 3


def answer_options(
    command: argparse.ArgumentParser, *, needs_agency: bool = False, may_correct: bool = False
) -> None:
    """Add --agency, --year and --format; a command that answers for one agency needs it named.

    `may_correct` adds --corrected: the answer with the corrections of corrections.toml, not as published.
    """
    if may_correct:
        command.add_argument(
            "--corrected", action="store_true", help="按 corrections.toml 更正后的数字（默认按公布的原文）"
        )
    command.add_argument("--agency", required=needs_agency, help="机关名称、简称或代码")
    command.add_argument("--year", type=year, help="报告年度")
    command.add_argument(
        "--format", choices=["table", "csv", "json"], default="table", help="输出格式（默认 table）"
    )


def agency_named(told: str | None, folder: DataFolder) -> str | None:
    """The name of the agency that --agency names; what the codebook does not know stays as it is."""
    from dashboard import codebook

    return None if told is None else codebook.load(folder.codebook).agency_name(told)


def agency_held(told: str, store: "Store", folder: DataFolder) -> dict[str, Any]:
    """The row of queries.agencies for the agency that --agency names; WrongUsage, with near names, where none is."""
    from dashboard import queries
    from dashboard.rows import records

    name = agency_named(told, folder)
    known = {row["name"]: row for row in records(queries.agencies(store))}
    if name not in known:
        near = "、".join(_near(str(name), list(known))) or "没有任何机关"
        raise WrongUsage(f"库中没有 {told} 的年报；相近的有：{near}")
    return known[name]


def _near(name: str, known: list[str]) -> list[str]:
    from rapidfuzz import process

    return [str(found[0]) for found in process.extract(name, known, limit=_NEAR)]


def print_rows(rows: Iterable[Row], columns: Sequence[str], form: str) -> None:
    """Print rows as a table for a person, as CSV, or as a JSON list of objects.

    In: rows by column name. CSV and JSON keep every column, JSON its numbers, lists and nulls; the table
    shows `columns` only. A missing value is empty in a table and in CSV, null in JSON.
    """
    listed = [dict(row) for row in rows]
    if form == "json":
        print(json.dumps(listed, ensure_ascii=False, indent=2, default=_plain))
    elif form == "csv":
        _print_csv(listed, columns)
    else:
        _print_table(listed, columns)


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return str(value)


def _print_csv(rows: list[dict[str, Any]], columns: Sequence[str]) -> None:
    names = list(rows[0]) if rows else list(columns)
    held = io.StringIO()
    writer = csv.DictWriter(held, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _shown(row[name]) for name in names} for row in rows)
    sys.stdout.write(held.getvalue())


def _print_table(rows: list[dict[str, Any]], columns: Sequence[str]) -> None:
    from tabulate import tabulate

    shown = [[_shown(row[name]) for name in columns] for row in rows]
    print(tabulate(shown, headers=list(columns), tablefmt="simple", disable_numparse=True))


def _shown(value: object) -> str:
    """A value as a cell: nothing for a missing one, whole numbers without a decimal point."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (list, tuple)):
        return " ".join(map(str, value))
    return str(value)
