"""Compound files (OLE), the container of the old binary formats: their streams, damage told in one line."""

import io
import struct
from collections.abc import Iterator
from contextlib import contextmanager

import olefile  # type: ignore[import-untyped]

from dashboard.errors import Refused
from dashboard.readers.package import DAMAGED

MAGIC: bytes = olefile.MAGIC
#: What olefile raises on damage that it does not look for itself.
_FAULTS = (OSError, ValueError, LookupError, ArithmeticError, RecursionError, TypeError, struct.error)


class Compound:
    """The streams of an opened compound file. Opening and reading one raise Refused for a damaged file."""

    def __init__(self, data: bytes) -> None:
        with _damage_told():
            self._file = olefile.OleFileIO(io.BytesIO(data))
            self.names = frozenset(entry[0] for entry in self._file.listdir())

    def stream(self, name: str) -> bytes:
        """The bytes of a stream at the top."""
        with _damage_told():
            return bytes(self._file.openstream(name).read())


@contextmanager
def _damage_told() -> Iterator[None]:
    try:
        yield
    except _FAULTS as fault:
        raise Refused(DAMAGED) from fault
