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
from filelock import FileLock, Timeout

from dashboard.errors import BuildBusy, NoDatabase
from dashboard.paths import DataFolder

#: Raised whenever schema.sql or its meaning changes; files of another version are rebuilt.
SCHEMA_VERSION = "4"
_POINTER = "current"


def sql(name: str) -> str:
    """The text of a query file, by its path below `sql/` without the ending."""
    return files("dashboard").joinpath("sql", f"{name}.sql").read_text("utf-8")


class Store:
    """Reads the published database of one data folder; safe to share between threads."""

    def __init__(self, folder: DataFolder) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._path: Path | None = None
        self._connection: duckdb.DuckDBPyConnection | None = None

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor of its own on the file that is current now.

        Raises NoDatabase when nothing is published or the published schema is another version's.
        """
        with self._lock:
            path = published(self.folder)
            if self._connection is None or path != self._path:
                self._connection = _opened(path)
                self._path = path
            return self._connection.cursor()


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
    if not path.is_file() or name.split("-")[1] != f"v{SCHEMA_VERSION}":
        raise NoDatabase("数据库文件缺失或为旧版本；请重新运行 dashboard build")
    return path


@contextmanager
def publishing(folder: DataFolder) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a connection to a new, empty database with the schema; publish it when the block ends.

    Nothing is published if the block raises or the process dies. Raises BuildBusy while another
    process is at it.
    """
    folder.build.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder.build / "build.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise BuildBusy("另一个 dashboard build 正在运行；请稍后再试") from None
    try:
        path = folder.build / f"facts-v{SCHEMA_VERSION}-{uuid.uuid4().hex}.duckdb"
        try:
            with duckdb.connect(str(path)) as connection:
                connection.execute(sql("schema"))
                yield connection
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        _publish(folder, path)
    finally:
        lock.release()


def _publish(folder: DataFolder, path: Path) -> None:
    pointer = folder.build / _POINTER
    before = pointer.read_text("utf-8").strip() if pointer.is_file() else ""
    fresh = pointer.with_suffix(f".{os.getpid()}")
    with fresh.open("w", encoding="utf-8") as file:
        file.write(path.name)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(pointer)
    _remove_old(folder, {path.name, before})


def _remove_old(folder: DataFolder, kept: set[str]) -> None:
    """Remove all databases but those kept; what is open elsewhere (Windows) is left for next time."""
    for path in folder.build.glob("facts-*"):
        if path.name not in kept:
            with suppress(OSError):
                path.unlink()
