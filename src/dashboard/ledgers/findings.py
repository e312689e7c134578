"""What must hold between reports (ledgers.toml): tested in the database, once all reports are in it.

Each kind of rule is a query of sql/ledgers and the words for what it finds. A finding stands with the later
report (or the government's, or the one that speaks for its year) and names the cells of both. The
relations of kind equal, at_most, at_least and note share one query: the view line_verdict tests them all,
year_verdict keeps what it says, and the ledgers (queries/ledgers.py) read the same rows.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import duckdb

from dashboard.codebook import Codebook
from dashboard.numbers import printed_number
from dashboard.store import sql

Row = Mapping[str, Any]
Rule = Mapping[str, Any]
#: Kinds of rule that the view line_verdict tests.
RELATIONS: Final = ("equal", "at_most", "at_least", "note")
_OVER: Final = {"equal": "差", "note": "差", "at_most": "多", "at_least": "少"}


@dataclass(frozen=True, slots=True)
class Filed:
    """A finding between reports: where it stands, and the facts of all reports that it names."""

    rule: str
    severity: str
    message: str
    document: int
    facts: tuple[int, ...]


def add_year_findings(connection: duckdb.DuckDBPyConnection, book: Codebook, table: str = "finding") -> None:
    """Test every rule of ledgers.toml on a loaded database, whose lines are in, and add what is found to `table`."""
    found = sorted(year_findings(connection, book), key=lambda filed: filed.document)
    last = connection.execute(sql("ledgers/last_finding")).fetchall()[0][0]
    for number, filed in enumerate(found, start=last + 1):
        row = [number, filed.document, filed.rule, filed.severity, filed.message]
        connection.execute(f"insert into {table} values (?, ?, ?, ?, ?)", row)  # noqa: S608 - own names
        for cell in connection.execute(sql("ledgers/cells"), {"fact_ids": list(filed.facts)}).fetchall():
            values = [number, *cell]
            connection.execute(f"insert into {table}_cell values (?, ?, ?, ?, ?, ?, ?)", values)  # noqa: S608


def year_findings(connection: duckdb.DuckDBPyConnection, book: Codebook) -> Iterator[Filed]:
    """What the rules find in a loaded database, rule by rule."""
    rules = {(rule["id"], rule["kind"]): rule for rule in book.year_rules}
    for row in _rows(connection, "related", {}):
        rule = rules[row["rule"], row["kind"]]
        yield _filed({**rule, "severity": row["severity"]}, _related(row, book), row)
    for rule in book.year_rules:
        if rule["kind"] not in RELATIONS:
            for row in _rows(connection, rule["kind"], _values(rule, book)):
                yield _filed(rule, _WORDS[rule["kind"]](row, rule, book), row)


def _rows(connection: duckdb.DuckDBPyConnection, kind: str, values: Mapping[str, Any]) -> Iterator[Row]:
    answer = connection.execute(sql(f"ledgers/{kind}"), values or None)
    names = [column[0] for column in answer.description]
    for row in answer.fetchall():
        yield dict(zip(names, row, strict=True))


def _values(rule: Rule, book: Codebook) -> dict[str, Any]:
    """The settings that the query of a rule takes."""
    values = {name: rule[name] for name in ("years", "least", "times") if name in rule}
    if "indicators" in rule:
        values["indicators"] = [code for pattern in rule["indicators"] for code in book.matching(pattern)]
    if "scope_words" in rule:
        values["scope_words"] = "|".join(rule["scope_words"])
    return values


def _filed(rule: Rule, said: str, row: Row) -> Filed:
    message = f"{said}；{rule['advice_zh']}"
    return Filed(rule["id"], rule["severity"], message, row["document_id"], tuple(row["fact_ids"]))


def _related(row: Row, book: Codebook) -> str:
    """上年结转（总计）：上年报告结转下年度 4 件，本年上年结转 5 件，差 1 件"""
    told, *terms = row["cells"]
    unit = book.indicators[told["code"]].unit_zh
    group = f"（{row['group_label']}）" if row["group_label"] else ""
    parent = "" if group else _parent_name(told["code"], book)
    said = [f"{parent}{_word(told, book)}{group}：" + "，".join(_sides(told, terms, book))]
    if len(terms) > 1:
        said.append(f"推算为 {printed_number(row['expected'])} {unit}")
    said.append(f"本年{_word(told, book)} {_number(told, book)}")
    difference = printed_number(abs(row["told"] - row["expected"]))
    said.append(f"{_OVER[row['kind']]} {difference} {unit}")
    return "，".join(said)


def _sides(told: Row, terms: list[Row], book: Codebook) -> Iterator[str]:
    """The cells of the year before, then those of the later report, each side led by whose it is."""
    for is_before, whose in ((True, "上年报告"), (False, "本年")):
        cells = [cell for cell in terms if cell["is_before"] == is_before]
        named = [f"{_word(cell, book, told)} {_number(cell, book)}" for cell in cells]
        if named:
            yield whose + "、".join(named)


def _word(cell: Row, book: Codebook, beside: Row | None = None) -> str:
    """What a cell is called; with the name of its block where the cell beside is in another one."""
    parent, _, last = cell["code"].rpartition(".")
    is_elsewhere = beside is not None and parent != beside["code"].rpartition(".")[0]
    return (book.indicators[parent].name_zh if is_elsewhere else "") + book.cell_words[last]


def _parent_name(code: str, book: Codebook) -> str:
    return book.indicators[code.rpartition(".")[0]].name_zh


def _number(cell: Row, book: Codebook) -> str:
    derived = "（按各项推算）" if cell["status"] == "derived" else ""
    return f"{printed_number(cell['value'])} {book.indicators[cell['code']].unit_zh}{derived}"


def _repeated(row: Row, _rule: Rule, book: Codebook) -> str:
    figure = _figure(row["code"], row["value"], book)
    return f"{book.indicators[row['code']].name_zh}：{row['first_year']} 至 {row['year']} 年都是 {figure}"


def _jump(row: Row, rule: Rule, book: Codebook) -> str:
    before, now = (_figure(row["code"], row[name], book) for name in ("value_before", "value"))
    name = book.indicators[row["code"]].name_zh
    return f"{name}：上年报告 {before}，本年 {now}，相差 {rule['times']} 倍以上"


def _bodies(row: Row, _rule: Rule, book: Codebook) -> str:
    told, added = (_figure(row["code"], row[name], book) for name in ("value", "added"))
    name = book.indicators[row["code"]].name_zh
    return f"{name}：政府年报 {told}，少于已入库的 {row['departments']} 个部门之和 {added}"


def _restated(row: Row, _rule: Rule, book: Codebook) -> str:
    told, other = (_figure(row["code"], row[name], book) for name in ("value", "other_value"))
    name = book.indicators[row["code"]].name_zh
    return (
        f"本年另有一份文件（{row['file']}），{row['cells']} 处数字不同，如{name}：本份 {told}，另一份 {other}"
    )


def _figure(code: str, value: Decimal, book: Codebook) -> str:
    return f"{printed_number(value)} {book.indicators[code].unit_zh}"


_WORDS: Final[Mapping[str, Callable[[Row, Rule, Codebook], str]]] = {
    "repeated": _repeated,
    "jump": _jump,
    "bodies": _bodies,
    "restated": _restated,
}
