"""Rows on their way into a new database: newline-delimited JSON files, one a table, written as rows come.

JSON keeps null and "" apart, and DuckDB loads it quickly; nothing is held in memory.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TextIO

import duckdb

#: One encoder for all rows: json.dumps with settings of its own makes a new one for each.
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


class Staging:
    """Collects the rows of tables in a folder, and loads them all at once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, TextIO] = {}
        self._counts: dict[str, int] = {}

    def add(self, table: str, row: Mapping[str, Any]) -> None:
        """Add one row by its column names."""
        if table not in self._files:
            self._files[table] = (self._folder / f"{table}.jsonl").open("w", encoding="utf-8")
        self._files[table].write(_ENCODE(row) + "\n")
        self._counts[table] = self.count(table) + 1

    def count(self, table: str) -> int:
        """How many rows a table has so far."""
        return self._counts.get(table, 0)

    def load(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Put the rows into the database's tables of the same names."""
        for table, file in self._files.items():
            file.close()
            described = connection.execute(f"describe {table}").fetchall()
            connection.execute(
                f"insert into {table} by name select * from "  # noqa: S608 - own table names
                "read_json($path, format = 'newline_delimited', columns = $columns)",
                {"path": file.name, "columns": {name: kind for name, kind, *_ in described}},
            )
