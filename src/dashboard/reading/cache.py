"""Outcomes of reading kept between builds, so that what has not changed is not read again.

One file an outcome below `build/readings/`, named for all that it depends on: the bytes of the original,
what was given with them, the codebook, the limits, this program and the libraries it reads with. Any of
it changed gives another name; so nothing here is ever out of date, and all of it may be deleted.
"""

import hashlib
import logging
import os
import sys
from contextlib import suppress
from dataclasses import replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from dashboard.codebook import Codebook
from dashboard.limits import SHIPPED, Limits
from dashboard.reading import Outcome
from dashboard.reading.codec import unpack

log = logging.getLogger(__name__)
_PACKAGE = Path(__file__).parents[1]
#: Parts of the program that show what was read; a change in any other makes everything be read anew.
_SHOWING = frozenset(
    {
        "accuracy",
        "charts",
        "cli",
        "forms",
        "gaps",
        "headlines.py",
        "ledgers",
        "queries",
        "sql",
        "text_en.toml",
        "text_zh.toml",
        "ui",
    }
)
#: What documents are opened with (a test compares this with what is imported).
LIBRARIES = ("cn2an", "lxml", "olefile", "pdfminer.six", "pdfplumber", "python-calamine", "rapidfuzz")
_ENDING = ".json.gz"


class ReadingCache:
    """The outcomes kept in one folder, for one codebook and one set of limits."""

    def __init__(self, folder: Path, book: Codebook, limits: Limits) -> None:
        self._folder = folder
        bounds = replace(limits, seconds=SHIPPED.seconds)  # what took too long is not kept
        self._read_with = f"{book.version}\n{bounds}\n{code_version()}"
        self._used: set[str] = set()

    def get(self, sha256: str, agency: str | None, year: int | None) -> Outcome | None:
        """What the bytes with this digest came to, for this agency and year; None where it is not known.

        What the document tells by itself will do where it tells the same. A damaged file is not known.
        """
        told = self._kept(sha256, None, None)
        if (agency, year) == (None, None) or (told is not None and told.tells(agency, year)):
            return told
        return self._kept(sha256, agency, year)

    def put(
        self, sha256: str, agency: str | None, year: int | None, packed: bytes, *, as_told: bool = True
    ) -> None:
        """Keep a packed outcome; written whole or not at all, and not at all where there is no room."""
        name = self._name(sha256, None, None) if as_told else self._name(sha256, agency, year)
        self._used.add(name)
        fresh = self._folder / f"{name}.{os.getpid()}"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            fresh.write_bytes(packed)
            fresh.replace(self._folder / name)
        except OSError as fault:
            log.warning("读取结果未能缓存（%s），下次将重新读取", fault.strerror)

    def remove_unused(self, since: float) -> None:
        """Remove what nobody asked for and was there before the time `since` (seconds of the epoch)."""
        for path in self._folder.glob("*"):
            with suppress(OSError):  # another process may be at it too
                if path.name not in self._used and path.stat().st_mtime < since:
                    path.unlink()

    def _kept(self, sha256: str, agency: str | None, year: int | None) -> Outcome | None:
        name = self._name(sha256, agency, year)
        try:
            outcome = unpack((self._folder / name).read_bytes())
        except (OSError, ValueError):
            return None
        self._used.add(name)
        return outcome

    def _name(self, sha256: str, agency: str | None, year: int | None) -> str:
        key = f"{self._read_with}\n{sha256}\n{year}\n{agency!r}"
        return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:40] + _ENDING


@cache
def code_version() -> str:
    """A digest of the program, but for the parts that only show; of the libraries; and of Python."""
    digest = hashlib.sha256(sys.version.encode())
    for path in source_files():
        digest.update(path.relative_to(_PACKAGE).as_posix().encode() + b"\n" + path.read_bytes())
    for name in LIBRARIES:
        with suppress(PackageNotFoundError):
            digest.update(f"{name} {version(name)}\n".encode())
    return digest.hexdigest()


def source_files() -> list[Path]:
    """The files of the program that a reading may depend on."""
    return sorted(
        path
        for path in _PACKAGE.rglob("*")
        if path.suffix in (".py", ".toml") and path.relative_to(_PACKAGE).parts[0] not in _SHOWING
    )
