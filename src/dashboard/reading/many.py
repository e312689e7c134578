"""Many files -> what each tells: from the cache where nothing changed, else read anew on all cores.

A file that ends its process or takes too long is an outcome of its own; the others go on. Where there is
little to read it is read in this process, without a limit of time: starting another takes longer.
"""

import hashlib
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from dashboard import codebook
from dashboard.errors import Refused
from dashboard.limits import Limits, size_within
from dashboard.reading import Outcome, outcome_of
from dashboard.reading.cache import ReadingCache
from dashboard.reading.codec import pack, unpack
from dashboard.reading.processes import Lost, cores, run
from dashboard.reading.progress import Progress

log = logging.getLogger(__name__)
#: About what one process reads in the time another takes to start: a dozen reports as plain text.
_QUICK_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file to be read, as the report of an agency and year, or (None, None) as what it says it is."""

    path: Path
    sha256: str
    size: int
    agency: str | None = None
    year: int | None = None


def wanted(path: Path, limits: Limits, agency: str | None = None, year: int | None = None) -> Wanted:
    """Look at a file without reading it. Raises Refused when it is no file, or larger than can be read."""
    size = size_within(path, limits)
    if not path.is_file():
        raise Refused("不是文件，无法读取")
    try:
        with path.open("rb") as file:
            return Wanted(path, hashlib.file_digest(file, "sha256").hexdigest(), size, agency, year)
    except OSError as fault:
        raise Refused(f"无法打开（{fault.strerror}）") from None


def read_many(
    files: Sequence[Wanted], cache: ReadingCache, codebook_folder: Path, limits: Limits, progress: Progress
) -> Iterator[tuple[int, Outcome]]:
    """Give (place in `files`, outcome): first what the cache has, then the others as they are read.

    What is read goes into the cache at once, so a run that is killed is not lost.
    """
    missing: list[int] = []
    for place, file in enumerate(files):
        kept = cache.get(file.sha256, file.agency, file.year)
        if kept is None:
            missing.append(place)
            continue
        progress.count(unchanged=True, left_out=not kept.reads)
        yield place, kept
    for number, packed in _read([files[place] for place in missing], codebook_folder, limits):
        place, outcome = missing[number], unpack(packed)
        if outcome.lasting:
            file = files[place]
            cache.put(file.sha256, file.agency, file.year, packed, as_told=outcome.as_told)
        progress.count(anew=True, left_out=not outcome.reads)
        yield place, outcome


def _read(files: Sequence[Wanted], codebook_folder: Path, limits: Limits) -> Iterator[tuple[int, bytes]]:
    work = partial(_answer, codebook_folder, limits)
    total = sum(file.size for file in files)
    if total <= _QUICK_BYTES:
        yield from ((number, work(file)) for number, file in enumerate(files))
        return
    size = min(cores(), -(-total // _QUICK_BYTES))
    for number, answer in run(work, files, size, limits.seconds):
        yield number, _unanswered(answer, limits) if isinstance(answer, Lost) else answer


def _answer(codebook_folder: Path, limits: Limits, file: Wanted) -> bytes:
    """The packed outcome of one file; also a fault of the program in one file must not end the others."""
    try:
        data = file.path.read_bytes()
        if hashlib.sha256(data).hexdigest() != file.sha256:
            return _not_read("读取时文件正被改动；请稍后再试")
        return pack(outcome_of(data, codebook.load(codebook_folder), file.agency, file.year, limits))
    except OSError as fault:
        return _not_read(f"无法打开（{fault.strerror}）")
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as fault:  # a panic in a library of another language is no Exception
        log.exception("读取 %s 时程序出错", file.path.name)
        return _not_read(f"读取时程序出错（{type(fault).__name__}）；请把这份文件交给程序的维护者")


def _unanswered(lost: Lost, limits: Limits) -> bytes:
    if lost is Lost.OVERDUE:
        return _not_read(f"读取超过 {limits.seconds} 秒，已停止；可在 limits.toml 中调高 seconds 后再试")
    return _not_read("读取进程意外终止（文件可能已损坏，或内存不足）；请重新保存后再试")


def _not_read(reason: str) -> bytes:
    return pack(Outcome((), reason, lasting=False))
