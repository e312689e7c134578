"""One process at a time: a lock in the data folder that dies with the process that holds it."""

from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from dashboard.errors import BuildBusy
from dashboard.paths import DataFolder


@contextmanager
def held(folder: DataFolder, name: str, refusal: str, seconds: int = 0) -> Iterator[None]:
    """Hold the lock `name` until the block ends, waiting for it so many seconds at most.

    Raises BuildBusy, saying `refusal`, when another process does not come to an end with it.
    """
    folder.build.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder.build / f"{name}.lock", timeout=seconds)
    try:
        lock.acquire()
    except Timeout:
        raise BuildBusy(refusal) from None
    try:
        yield
    finally:
        lock.release()
