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


def stream_names(data: bytes) -> frozenset[str]:
    """The names of the streams and storages at the top. Raises Refused for a damaged file."""
    with _opened(data) as file:
        return frozenset(entry[0] for entry in file.listdir())


def stream(data: bytes, name: str) -> bytes:
    """The bytes of a stream at the top. Raises Refused for a damaged file."""
    with _opened(data) as file:
        return bytes(file.openstream(name).read())


@contextmanager
def _opened(data: bytes) -> Iterator[olefile.OleFileIO]:
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            yield file
    except _FAULTS as fault:
        raise Refused(DAMAGED) from fault
