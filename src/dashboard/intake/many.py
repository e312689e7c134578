"""Whole folders of originals at once: every readable report kept, every other file named with its reason.

The files are read on all cores and written on the manifest together, in the order of their paths. What
was read is kept for the build that follows.
"""

import hashlib
import logging
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from dashboard import codebook, limits, manifest
from dashboard.errors import Refused, WrongUsage
from dashboard.intake import originals
from dashboard.limits import Limits
from dashboard.manifest import Received
from dashboard.paths import DataFolder
from dashboard.reading.cache import ReadingCache
from dashboard.reading.look import several
from dashboard.reading.many import Wanted, read_many, wanted
from dashboard.reading.progress import Progress

log = logging.getLogger(__name__)
#: What offices and systems leave in folders and nobody takes for a document; hidden files besides.
_NO_DOCUMENTS = frozenset({"thumbs.db", "desktop.ini"})
_LOCK_FILE = "~$"


@dataclass(frozen=True, slots=True)
class Added:
    """What adding many came to: files by the path they were found at, in order of their paths.

    `kept` are on the manifest now, `waiting` those of them whose agency or year is not known, `known` were
    there before. `left_out` are lines, each a path and the reason.
    """

    kept: tuple[str, ...]
    waiting: tuple[str, ...]
    known: tuple[str, ...]
    left_out: tuple[str, ...]


class _Told(NamedTuple):
    """What the manifest wants to know of a file that was read."""

    agency: str | None
    year: int | None
    address: str

    @property
    def is_complete(self) -> bool:
        return self.agency is not None and self.year is not None


def add_many(paths: Sequence[Path], folder: DataFolder, *, on: date | None = None) -> Added:
    """Keep every report among the files and below the folders, and write them on the manifest at once.

    Whose a report is and for which year only the document itself can say here. A file whose bytes are on
    the manifest already is not kept again. Raises WrongUsage when there is no file, BuildBusy while
    another process writes the manifest.
    """
    bounds = limits.load(folder.limits)
    left_out: dict[Path, str] = {}
    files = _found(paths, bounds, left_out)
    if not files and not left_out:
        raise WrongUsage("没有可登记的文件；请核对文件夹")
    listed = {entry.sha256 for entry in manifest.received(folder) if _is_complete(entry)}
    fresh = [file for file in files if file.sha256 not in listed]
    with Progress(len(fresh)) as progress:
        told = _read(fresh, folder, bounds, progress, left_out)
    day = (on or date.today()).isoformat()  # noqa: DTZ011 - the office's own calendar day
    kept = _kept(fresh, told, folder, day, left_out)
    if not progress.is_shown:
        for path in kept:
            log.info("已登记 %s", path)
    known = (file.path for file in files if file.path not in kept and file.path not in left_out)
    return Added(
        tuple(map(_shown, kept)),
        tuple(_shown(path) for path in kept if not told[path].is_complete),
        tuple(map(_shown, known)),
        tuple(f"{_shown(path)}：{left_out[path]}" for path in sorted(left_out)),
    )


def _found(paths: Sequence[Path], bounds: Limits, left_out: dict[Path, str]) -> list[Wanted]:
    """The files themselves and all documents below the folders, in order of their paths."""
    files = []
    for path in sorted({found for given in paths for found in _documents(given, left_out)}):
        try:
            files.append(wanted(path, bounds))
        except Refused as fault:
            left_out[path] = str(fault)
    return files


def _documents(path: Path, left_out: dict[Path, str]) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return

    def unopened(fault: OSError) -> None:
        left_out[Path(fault.filename)] = f"文件夹无法打开（{fault.strerror}）"

    for place, folders, names in os.walk(path, onerror=unopened):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(place, name) for name in names if _may_be_document(name))


def _may_be_document(name: str) -> bool:
    return not name.startswith((".", _LOCK_FILE)) and name.lower() not in _NO_DOCUMENTS


def _read(
    files: Sequence[Wanted],
    folder: DataFolder,
    bounds: Limits,
    progress: Progress,
    left_out: dict[Path, str],
) -> dict[Path, _Told]:
    """What each file tells; the readings themselves stay in the cache."""
    cache = ReadingCache(folder.readings, codebook.load(folder.codebook), bounds)
    told = {}
    for place, outcome in read_many(files, cache, folder.codebook, bounds, progress):
        path = files[place].path
        if len(outcome.reads) == 1:
            (read,) = outcome.reads
            told[path] = _Told(read.reading.agency, read.reading.year, read.address)
        else:
            left_out[path] = several(outcome.reads) if outcome.reads else outcome.refusal
            if not progress.is_shown:
                log.warning("未登记：%s：%s", path, left_out[path])
    return told


def _kept(
    files: Sequence[Wanted],
    told: Mapping[Path, _Told],
    folder: DataFolder,
    day: str,
    left_out: dict[Path, str],
) -> list[Path]:
    """Keep what was read and is not on the manifest yet; return the paths of these."""
    if not told:
        return []
    fresh: dict[Path, tuple[Received, Received | None]] = {}
    with originals.registering(folder) as listed:
        known = {entry.sha256: entry for entry in sorted(listed, key=_is_complete)}
        for file in files:
            before = known.get(file.sha256)
            if file.path not in told or (
                before and (_is_complete(before) or not told[file.path].is_complete)
            ):
                continue
            try:
                entry = _entry(file, told[file.path], before, folder, day)
            except Refused as fault:
                left_out[file.path] = str(fault)
                continue
            except OSError as fault:
                left_out[file.path] = f"未能保存（{fault.strerror}）"
                continue
            fresh[file.path] = (entry, before)
            known[file.sha256] = entry
        if fresh:
            originals.register(folder, listed, list(fresh.values()))
    return list(fresh)


def _entry(file: Wanted, told: _Told, waiting: Received | None, folder: DataFolder, day: str) -> Received:
    """Keep one original, or take the one that has been waiting to be known; return its line."""
    if waiting is not None:
        name = waiting.file
    else:
        data = file.path.read_bytes()
        if hashlib.sha256(data).hexdigest() != file.sha256:
            raise Refused("文件正被改动；请稍后再试")
        name = originals.keep(folder, data, file.path.name, told.agency, told.year)
    return Received(told.agency, told.year, name, told.address, file.sha256, day)


def _is_complete(entry: Received) -> bool:
    return entry.agency is not None and entry.year is not None


def _shown(path: Path) -> str:
    """A path that can be printed, also where its name is not in the system's encoding."""
    return str(path).encode("utf-8", "replace").decode("utf-8")
