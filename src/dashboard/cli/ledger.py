"""The command `ledger`: what each report of an agency hands on to the next, and where the two do not join up."""

import argparse
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dashboard.cli.answers import agency_held, answer_options, print_rows
from dashboard.cli.common import DONE, FOUND_ERRORS, command
from dashboard.formats import NO_NUMBER, number
from dashboard.paths import DataFolder
from dashboard.text import texts

if TYPE_CHECKING:
    from dashboard.store import Store

Row = Mapping[str, Any]
#: Headings of the table and what stands under each, in the order of the form.
_REQUESTS = {
    "年度": "year",
    "申请人": "group_label",
    "上年结转": "carried_in",
    "新收": "new",
    "办结": "completed",
    "结转下年": "carried_out",
    "上年报告结转": "expected",
    "差": "difference",
}
_STOCKS = {
    "年度": "year",
    "存量": "name_zh",
    "上年": "opening",
    "增": "added",
    "减": "removed",
    "推算": "expected",
    "本年填报": "told",
    "差": "difference",
}
#: What is no count.
_WORDS = ("year", "group_label", "name_zh")


def add_to(commands: Any) -> None:  # noqa: ANN401 - argparse's own
    """Add `ledger` to the parser."""
    ledger = command(
        commands, "ledger", _ledger, "一个机关逐年的结转台账；所列各行有错误（与 check 同）时退出码为 1"
    )
    answer_options(ledger, needs_agency=True, may_correct=True)
    ledger.add_argument(
        "--stocks", action="store_true", help="改列存量：文件、事项、未审结案件（默认列申请）"
    )


def _ledger(options: argparse.Namespace, folder: DataFolder) -> int:
    from dashboard.store import Store

    rows = _asked(options, Store(folder, corrected=options.corrected), folder)
    columns = _STOCKS if options.stocks else _REQUESTS
    shown = [_told(row, columns) for row in rows] if options.format == "table" else rows
    print_rows(shown, [*columns, "核对"], options.format)
    failed = any(row["verdict"] == "differs" and row["severity"] == "error" for row in rows)
    return FOUND_ERRORS if failed else DONE


def _asked(options: argparse.Namespace, store: "Store", folder: DataFolder) -> list[dict[str, Any]]:
    from dashboard import queries
    from dashboard.rows import ids, records

    agency = agency_held(options.agency, store, folder)
    first, last = (options.year or agency[name] for name in ("first_year", "last_year"))
    ask = queries.stock_ledger if options.stocks else queries.ledger
    found = records(ask(store, agency["name"], first, last))
    return [{**row, "fact_ids": list(ids(row["fact_ids"]))} for row in found]


def _told(row: Row, columns: Mapping[str, str]) -> dict[str, str]:
    """The row as a line of the table, in Chinese."""
    told = {head: _shown(name, row[name]) for head, name in columns.items()}
    verdict = texts("ledger")[row["verdict"]]
    reason = f"（{row['reason_year']} 年{texts('ledger.reason')[row['reason']]}）" if row["reason"] else ""
    return {**told, "核对": verdict + reason}


def _shown(name: str, value: Any) -> str:  # noqa: ANN401 - any cell
    if value is None:
        return NO_NUMBER
    return str(value) if name in _WORDS else number(value)
