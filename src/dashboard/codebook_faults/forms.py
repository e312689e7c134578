"""Faults of rows.csv and columns.csv: the forms, one column an edition."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final

from dashboard.codebook_faults.common import Rows, repeated

ABSENT: Final = "-"
#: What a column may give that is no figure: its cells are no facts.
NO_FIGURE: Final = frozenset({"unit", "ignored"})
#: What a column may give without a code of its own.
_WITHOUT_CODE: Final = frozenset({"row", *NO_FIGURE})
_GIVES: Final = ("suffix", "group", "indicator", "row", "unit", "ignored")


def grid_faults(
    name: str, rows: Rows, fixed: Sequence[str], editions: Sequence[str], tables: Collection[str]
) -> Iterator[str]:
    """Columns that are no edition, editions without a column, labels left blank, tables that are not there."""
    printed = [column for column in rows[0] if column not in fixed]
    yield from (
        f"{name} 第 1 行：{column} 不是 editions.toml 中的表式"
        for column in printed
        if column not in editions
    )
    yield from (f"{name} 第 1 行：缺少表式 {edition} 一列" for edition in editions if edition not in printed)
    for number, row in enumerate(rows, start=2):
        if row["table"] not in tables:
            yield f"{name} 第 {number} 行：editions.toml 中没有表 {row['table']}"
        for edition in editions:
            if row.get(edition) == "":
                yield f"{name} 第 {number} 行：{edition} 一栏为空，没有该项请写 “{ABSENT}”"


def column_faults(
    columns: Rows, rows: Rows, editions: Sequence[str], codes: set[str], groups: set[str]
) -> Iterator[str]:
    """What a column gives must exist, and every block needs columns of figures in each edition that prints it."""
    for number, column in enumerate(columns, start=2):
        yield from (f"columns.csv 第 {number} 行：{fault}" for fault in _gives_faults(column, codes, groups))
    for table, block in dict.fromkeys(map(_block, rows)):
        mine = [column for column in columns if _block(column) == (table, block)]
        where = f"columns.csv：表 {table}{block} "
        crossed = {"suffix", "group", "indicator"} & {column["gives"] for column in mine}
        if crossed and any(column["gives"] == "row" for column in mine):
            yield f"{where}的 row 列不能与 suffix、group、indicator 列并用"
        for edition in editions:
            if any(_is_printed(row, edition) for row in rows if _block(row) == (table, block)):
                given = [column["gives"] for column in mine if _is_printed(column, edition)]
                yield from (f"{where}在 {edition} 中{fault}" for fault in _count_faults(given, bool(crossed)))


def row_faults(rows: Rows, columns: Rows, editions: Sequence[str], codes: set[str]) -> Iterator[str]:
    """Rows without a code where their columns need one, codes that do not exist, cells given twice."""
    for number, row in enumerate(rows, start=2):
        place = f"rows.csv 第 {number} 行："
        mine = [column for column in columns if _block(column) == _block(row)]
        gives = {column["gives"] for column in mine}
        if not row["code"]:
            if gives & {"suffix", "group"}:
                yield f"{place}没有写 code，而表 {row['table']} 各列要由行给出指标"
            if "row" in gives and any(row.get(edition) == "*" for edition in editions):
                yield f"{place}没有写 code，也没有行名"
        elif "suffix" not in gives and row["code"] not in codes:
            yield f"{place}{row['code']} 不在 indicators.csv 中"
        for column in mine:
            code = f"{row['code']}.{column['code']}"
            if column["gives"] == "suffix" and code not in codes and _both_printed(row, column, editions):
                yield f"{place}{code} 不在 indicators.csv 中"
    for edition in editions:
        yield from repeated(f"rows.csv、columns.csv 的 {edition}", _cells(rows, columns, edition))


def _gives_faults(column: Mapping[str, Any], codes: set[str], groups: set[str]) -> Iterator[str]:
    gives, code = column["gives"], column["code"]
    if gives not in _GIVES:
        yield f"gives 应为 {'、'.join(_GIVES[:-1])} 或 {_GIVES[-1]}，现为 {gives}"
    elif gives == "group" and code not in groups:
        yield f"{code} 不在 groups.csv 中"
    elif gives == "indicator" and code not in codes:
        yield f"{code} 不在 indicators.csv 中"
    elif gives in _WITHOUT_CODE and code:
        yield f"gives 为 {gives} 的列不写 code，现为 {code}"


def _count_faults(given: Sequence[str], crossed: bool) -> Iterator[str]:
    """How many columns of a block give what, in one edition: figures in one column, or rows crossed with several."""
    if crossed and NO_FIGURE.issuperset(given):
        yield "没有一列给出数字"
    if not crossed and given.count("row") != 1:
        yield f"应有且只有一列 gives 为 row，现有 {given.count('row')} 列"
    if given.count("unit") > 1:
        yield " gives 为 unit 的列多于一列"


def _cells(rows: Rows, columns: Rows, edition: str) -> Iterator[str]:
    """Every cell of the edition's form, by its codes."""
    for row in rows:
        for column in columns:
            if _block(row) != _block(column) or not _both_printed(row, column, [edition]):
                continue
            if column["gives"] == "suffix":
                yield f"{row['code']}.{column['code']}"
            elif column["gives"] == "indicator":
                yield column["code"]
            elif column["gives"] not in NO_FIGURE and row["code"]:
                yield f"{row['code']} {column['code']}".strip()


def _block(line: Mapping[str, Any]) -> tuple[str, str]:
    return line["table"], line["block"]


def _is_printed(line: Mapping[str, Any], edition: str) -> bool:
    return line.get(edition, ABSENT) not in (ABSENT, "")


def _both_printed(row: Mapping[str, Any], column: Mapping[str, Any], editions: Sequence[str]) -> bool:
    return any(_is_printed(row, edition) and _is_printed(column, edition) for edition in editions)
