"""The command `changes`: what the current database has otherwise than the one before."""

import argparse
from collections.abc import Mapping
from typing import Any

from dashboard.cli.answers import agency_held, agency_named, answer_options, print_rows
from dashboard.cli.common import DONE, command
from dashboard.formats import NO_NUMBER, number
from dashboard.paths import DataFolder
from dashboard.text import texts

Row = Mapping[str, Any]
_COLUMNS = ("机关", "年度", "变化", "内容")


def add_to(commands: Any) -> None:  # noqa: ANN401 - argparse's own
    """Add `changes` to the parser."""
    changes = command(commands, "changes", _changes, "与上一次内容不同的数据库相比，有哪些变化")
    answer_options(changes)


def _changes(options: argparse.Namespace, folder: DataFolder) -> int:
    from dashboard import codebook
    from dashboard.changes import changes
    from dashboard.store import Store

    book, store = codebook.load(folder.codebook), Store(folder)
    agency = agency_named(options.agency, folder)
    if agency is not None and book.agency(agency) is None:  # then a report must name it
        agency_held(agency, store, folder)
    rows = changes(store, book, agency, options.year)
    shown = [_told(row) for row in rows] if options.format == "table" else rows
    if options.format == "table" and not rows:
        print(texts("changes")["none"])
    else:
        print_rows(shown, _COLUMNS if options.format == "table" else [], options.format)
    return DONE


def _told(row: Row) -> dict[str, str]:
    """The row as a line of the table, in Chinese."""
    said = _figures(row) if row["indicator"] else " ".join(filter(None, (row["rule"], row["message"])))
    told = (row["agency"], str(row["year"]), texts("changes")[row["change"]], said)
    return dict(zip(_COLUMNS, told, strict=True))


def _figures(row: Row) -> str:
    named = "，".join(str(part) for part in (row["name_zh"], row["group_label"], row["item"]) if part)
    return f"{named}：{_value(row['was'], row['was_status'])} → {_value(row['value'], row['status'])}"


def _value(value: float | None, status: str | None) -> str:
    if value is not None:
        return number(value)
    return texts("status").get(status, NO_NUMBER) if status else texts("changes")["absent"]
