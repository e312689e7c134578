"""The published database: write a new file, publish it by renaming a pointer, read the current one.

A path is never reused: replacing a file under an open connection serves stale data (seen with
DuckDB 2.0). A writer fills a new file and swaps `current` in one rename; whoever has the old file
open keeps it and takes up the new one on the next `cursor()`. A build that dies publishes nothing.
One cursor a call: a DuckDB connection must not be shared between threads.

Owns files, pointer, schema version and connections. It knows no document and no question.
"""

import os
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.resources import files
from pathlib import Path

import duckdb

from dashboard.errors import NoDatabase
from dashboard.locks import held
from dashboard.paths import DataFolder

#: Raised whenever schema.sql or its meaning changes; files of another version are rebuilt.
SCHEMA_VERSION = "13"
_POINTER = "current"
_PREVIOUS = "previous"


def sql(name: str) -> str:
    """The text of a query file, by its path below `sql/` without the ending."""
    return files("dashboard").joinpath("sql", f"{name}.sql").read_text("utf-8")


class Store:
    """Reads the published database of one data folder; safe to share between threads.

    With `corrected`, every answer takes corrections.toml into account; else it is as published. `path`
    is a database to read in the stead of the current one.
    """

    def __init__(self, folder: DataFolder, *, corrected: bool = False, path: Path | None = None) -> None:
        self.folder = folder
        self.corrected = corrected
        self._given = path
        self._lock = threading.Lock()
        self._path: Path | None = None
        self._connection: duckdb.DuckDBPyConnection | None = None

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor of its own on the file that is current now.

        Raises NoDatabase when nothing is published or the published schema is another version's.
        """
        cursor = self._published_cursor()
        if self.corrected:
            correct(cursor)
        return cursor

    def _published_cursor(self) -> duckdb.DuckDBPyConnection:
        with self._lock:
            path = self._given or published(self.folder)
            if self._connection is None or path != self._path:
                self._connection = _opened(path)
                self._path = path
            return self._connection.cursor()

    def cursor_with_earlier(self) -> duckdb.DuckDBPyConnection | None:
        """A cursor that also has the database before, as `earlier`; None where there is none. Both as published."""
        before = previous(self.folder)
        if before is None:
            return None
        cursor = self._published_cursor()
        quoted = str(before).replace("'", "''")
        cursor.execute(f"attach if not exists '{quoted}' as earlier (read_only)")
        return cursor


def correct(cursor: duckdb.DuckDBPyConnection) -> None:
    """Make the figures and findings of a cursor those as corrected, for every query alike.

    Temporary views belong to one cursor and go before the tables of the same names, in views too.
    """
    if cursor.execute("select count(*) from correction").fetchall()[0][0]:
        catalog = cursor.execute("select current_database()").fetchall()[0][0]
        cursor.execute(sql("corrected").replace("{published}", f'"{catalog}"'))


def _opened(path: Path) -> duckdb.DuckDBPyConnection:
    try:
        return duckdb.connect(str(path), read_only=True)
    except duckdb.Error as fault:
        raise NoDatabase("数据库文件打不开，可能已损坏；请重新运行 dashboard build") from fault


def published(folder: DataFolder) -> Path:
    """The path of the current database. Raises NoDatabase, saying what to do."""
    try:
        name = (folder.build / _POINTER).read_text("utf-8").strip()
    except FileNotFoundError:
        raise NoDatabase("还没有数据库；请先运行 dashboard build") from None
    path = folder.build / name
    if not path.is_file() or not _is_of_this_schema(name):
        raise NoDatabase("数据库文件缺失或为旧版本；请重新运行 dashboard build")
    return path


def _is_of_this_schema(name: str) -> bool:
    return name.startswith(f"facts-v{SCHEMA_VERSION}-")


@contextmanager
def publishing(folder: DataFolder) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a connection to a new, empty database with the schema; publish it when the block ends.

    Nothing is published if the block raises or the process dies. Raises BuildBusy while another
    process is at it.
    """
    with held(folder, "build", "另一个 dashboard build 正在运行；请稍后再试"):
        path = folder.build / f"facts-v{SCHEMA_VERSION}-{uuid.uuid4().hex}.duckdb"
        try:
            with duckdb.connect(str(path)) as connection:
                connection.execute(sql("schema"))
                yield connection
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        _publish(folder, path)


def previous(folder: DataFolder) -> Path | None:
    """The path of the database before the current one that had other contents; None where there is none.

    Of another schema it is none: its tables cannot be held against these.
    """
    path = _named(folder, _PREVIOUS)
    return path if path is not None and path.is_file() and _is_of_this_schema(path.name) else None


def _publish(folder: DataFolder, path: Path) -> None:
    """Point to a new database; the one it replaces becomes the previous one where its contents are others."""
    before = _named(folder, _POINTER)
    if before is not None and _contents(before) != _contents(path):
        _point(folder, _PREVIOUS, before.name)
    _point(folder, _POINTER, path.name)
    kept = {path, before, _named(folder, _PREVIOUS)}
    _remove_old(folder, {one.name for one in kept if one is not None})


def _named(folder: DataFolder, pointer: str) -> Path | None:
    """The path that a pointer names, whether or not there is a file."""
    place = folder.build / pointer
    name = place.read_text("utf-8").strip() if place.is_file() else ""
    return folder.build / name if name else None


def _point(folder: DataFolder, pointer: str, name: str) -> None:
    """Make a pointer name a database, in one rename."""
    fresh = folder.build / f"{pointer}.{os.getpid()}"
    with fresh.open("w", encoding="utf-8") as file:
        file.write(name)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(folder.build / pointer)


def _contents(path: Path) -> list[tuple[str, str]] | None:
    """What a database says it was built from; None where it cannot be read."""
    try:
        with duckdb.connect(str(path), read_only=True) as connection:
            return connection.execute(sql("contents")).fetchall()
    except duckdb.Error:
        return None


def _remove_old(folder: DataFolder, kept: set[str]) -> None:
    """Remove all databases but those kept; what is open elsewhere (Windows) is left for next time."""
    for path in folder.build.glob("facts-*"):
        if path.name not in kept:
            with suppress(OSError):
                path.unlink()
