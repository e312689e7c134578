"""SQLite answers: the same SQL in its dialect, over the same tables with the indexes that help it."""

import re
import sqlite3
from collections.abc import Callable
from dataclasses import asdict
from json import dumps
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
from engines.questions import FIRST_YEAR, LAST_YEAR, Asked

from dashboard.store import Store, sql

#: What the facts are copied with, in the order of their keys; source and status stay words.
FACT = (
    "fact_id, indicator_id, group_id, answer_group_id, item_id, year, agency_id, document_id, source,"
    " cast(value as double) as value, status, is_answer::tinyint as is_answer"
)
SMALL = {
    "agency": "agency_id, name, code, level, function, region, kind, type",
    "document": "document_id, agency_id, year, edition_id, is_complete::tinyint as is_complete, speaks::tinyint as speaks",
    "indicator": "indicator_id, code, parent, name_zh, unit_zh, dimension, kind",
    "applicant_group": "*",
    "item": "*",
    "edition": "edition_id, code, name_zh, first_year, last_year",
    "edition_cell": "edition_id, indicator_id, group_id, is_optional::tinyint as is_optional",
    "unasked": "*",
    "prose_indicator": "*",
    "series_break": "indicator_id, agency_id, first_year",
    "derived_answer": "document_id, agency_id, year, is_answered::tinyint as is_answered, indicator_id, group_id, cast(value as double) as value, to_json(fact_ids)::varchar as fact_ids",
    "agency_finding": "* replace (to_json(fact_ids)::varchar as fact_ids)",
}


def _numbered(found: re.Match[str]) -> str:
    """A list of words as rows with their place."""
    words = ", ".join(f"({word})" for word in found[1].split(", "))
    return f"select column1 as outcome, row_number() over () as place from (values {words})"  # noqa: S608 - own SQL


#: DuckDB's way to say something -> SQLite's.
DIALECT: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    (r"select unnest\(\[(.*?)\]\) as outcome,\s+unnest\(range\(1, 7\)\) as place", _numbered),
    (
        r"select unnest\(range\((.*?), (\$\w+ \+ 1)\)\) as year",
        r"select number as year from number where number >= \1 and number < \2",
    ),
    (
        r"select distinct unnest\(\$agencies\) as name",
        "select distinct value as name from json_each($agencies)",
    ),
    (r"list_position\(\$agencies, n\.name\)", "(select key from json_each($agencies) where value = n.name)"),
    (r"list_contains\(\$indicators, i\.code\)", "i.code in (select value from json_each($indicators))"),
    (
        r"list_position\(\$indicators, i\.code\)",
        "(select key from json_each($indicators) where value = i.code)",
    ),
    (r"\bleast\(", "min("),
    (r"\bgreatest\(", "max("),
    (r"starts_with\((i\.code), (.*?)\)", r"(substr(\1, 1, length(\2)) = \2)"),
    (r"split_part\(i\.code, '\.', 1\)", "substr(i.code, 1, instr(i.code || '.', '.') - 1)"),
    (r"else \[a\.fact_id\] end", "else json_array(a.fact_id) end"),
    (r"list\((\w+\.fact_id)(?: order by [^)]*)?\)", r"json_group_array(\1)"),
    (r"flatten\(list\((\w+\.fact_ids)(?: order by [^)]*)?\)", r"(json_group_array(\1)"),
    (r"bool_or\((.*?)\) as", r"max(\1) as"),
    (r", \[\]\)", ", '[]')"),
    # the order of joins, which SQLite gets wrong by itself: four hundred times slower
    (r"join rows_of r using \(indicator_id\)", "cross join rows_of r using (indicator_id)"),
    (
        r"from (answer_by_agency a|fact_by_agency f|derived_answer r)\s+join spoken d using \(document_id\)",
        r"from spoken d cross join \1 using (document_id)",
    ),
    (
        r"from (answer a|derived_answer r)\s+join wanted w using \(indicator_id, group_id\)\s+join spoken d using \(document_id\)",
        r"from wanted w cross join spoken d cross join \1 using (indicator_id, group_id, document_id)",
    ),
    (
        r"from answer_by_agency a\s+join who using \(agency_id\)\s+join groups g on",
        "from who cross join groups g cross join answer_by_agency a on a.agency_id = who.agency_id and",
    ),
    (
        r"group by all",
        "group by a.year, r.outcome, case when a.group_id = 0 then total.group_id else a.group_id end",
    ),
)
KEYS = ("_id", "year")
SCHEMA = """
create table number (number integer primary key);
create table fact (fact_id integer primary key, indicator_id integer, group_id integer, answer_group_id integer,
    item_id integer, year integer, agency_id integer, document_id integer, source text, value real, status text,
    is_answer integer);
create view fact_by_agency as select *, cast(value as text) as raw, null as unit from fact;
create view answer as
select fact_id, agency_id, year, indicator_id, answer_group_id as group_id, item_id, document_id, source, value,
    status, 0 as disagrees
from fact where is_answer;
create view answer_by_agency as
select fact_id, agency_id, year, indicator_id, answer_group_id as group_id, item_id, document_id, source, value,
    status, 0 as disagrees, raw, unit
from fact_by_agency where is_answer;
create view evidence as select fact_id, cast(value as text) as raw, null as unit from fact;
"""
INDEXES = """
create index fact_of_agency on fact (agency_id, indicator_id, answer_group_id);
create index fact_of_document on fact (document_id, indicator_id, group_id);
create index fact_of_indicator on fact (indicator_id, answer_group_id, year, agency_id, is_answer, value);
create unique index agency_key on agency (agency_id);
create index agency_name on agency (name);
create index agency_region on agency (region);
create index document_of_agency on document (agency_id, year);
create unique index document_key on document (document_id);
create unique index indicator_key on indicator (indicator_id);
create index indicator_code on indicator (code);
create index unasked_key on unasked (edition_id, indicator_id);
create index edition_cell_key on edition_cell (edition_id, indicator_id, group_id);
create index derived_of_document on derived_answer (document_id, indicator_id, group_id);
create index finding_of_agency on agency_finding (agency_id);
pragma analysis_limit = 1000;
analyze;
"""


def _view(name: str) -> str:
    """A view of the published schema, which SQLite understands as it is."""
    (text,) = re.findall(rf"create view {name} as\n.*?;", sql("schema"), re.DOTALL)
    return str(text)


class SQLite:
    """Answers from a copy of a store's tables in one SQLite file."""

    name = "SQLite"

    def __init__(self, store: Store, asked: Asked, path: Path) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None)
        self.values: dict[str, Any] = {
            **asdict(asked),
            "agencies": dumps([asked.agency]),
            "indicators": dumps(asked.indicators),
            "first_year": FIRST_YEAR,
            "last_year": LAST_YEAR,
            "group": None,
            "likeness": "function",
        }
        _copy(store.cursor(), self.connection)
        own = Path(__file__).parent
        pages = ("trend", "form_cells", "outcomes", "completeness", "findings")
        self.texts = {name: _in_dialect(sql(name)) for name in pages}
        self.texts["carried"] = (own / "carried.sql").read_text("utf-8")
        for name, rows in (("peers", "peers"), ("district", "district_cells")):
            text = (own / f"{name}_sqlite.sql").read_text("utf-8")
            self.texts[name] = text.replace("{rows}", _in_dialect(sql(rows)).strip().rstrip(";"))

    def trend(self) -> pd.DataFrame:
        return self._ask("trend")

    def form_cells(self) -> pd.DataFrame:
        return self._ask("form_cells")

    def outcomes(self) -> pd.DataFrame:
        return self._ask("outcomes")

    def completeness(self) -> pd.DataFrame:
        return self._ask("completeness")

    def findings(self) -> pd.DataFrame:
        return self._ask("findings", year=None)

    def peers(self) -> pd.DataFrame:
        return self._ask("peers")

    def district(self) -> pd.DataFrame:
        return self._ask("district", indicator=None)

    def carried(self) -> pd.DataFrame:
        return self._ask("carried")

    def _ask(self, name: str, **values: int | None) -> pd.DataFrame:
        found = self.connection.execute(self.texts[name], self.values | values)
        return pd.DataFrame(found.fetchall(), columns=[column[0] for column in found.description])


def _in_dialect(text: str) -> str:
    for said, instead in DIALECT:
        text = re.sub(said, instead, text, flags=re.DOTALL)
    return text


def _copy(source: duckdb.DuckDBPyConnection, target: sqlite3.Connection) -> None:
    for name in ("journal_mode = off", "synchronous = off", "cache_size = -500000", "temp_store = memory"):
        target.execute(f"pragma {name}")
    target.executescript(SCHEMA)
    target.executescript(_view("like_agency"))
    target.executemany("insert into number values (?)", ((year,) for year in range(2000, 2100)))
    for table, columns in SMALL.items():
        rows = source.sql(f"select {columns} from {table}")  # noqa: S608 - own names
        # keys of one type on both sides of a join: SQLite looks no number up in an index of untyped values
        names = ", ".join(f'"{name}"{" integer" * name.endswith(KEYS)}' for name in rows.columns)
        target.execute(f"create table {table} ({names})")
        _insert(target, table, rows)
    _insert(target, "fact", source.sql(f"select {FACT} from fact_by_agency order by fact_id"))  # noqa: S608
    target.executescript(INDEXES)


def _insert(target: sqlite3.Connection, table: str, rows: duckdb.DuckDBPyRelation) -> None:
    marks = ", ".join("?" * len(rows.columns))
    target.execute("begin")
    for piece in rows.to_arrow_reader(500_000):
        columns = (column.to_numpy(zero_copy_only=False).tolist() for column in piece.columns)
        target.executemany(f"insert into {table} values ({marks})", zip(*columns, strict=True))  # noqa: S608
    target.execute("commit")
