"""Originals on their way into the data folder: kept below documents/, then written on the manifest.

An original is written whole or not at all, and never over another; the manifest is written once for all
that came together. One process at a time does so, or the lines of another would be lost.
"""

import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, fields
from pathlib import Path

from dashboard import manifest
from dashboard.errors import Refused
from dashboard.locks import held
from dashboard.manifest import Received
from dashboard.paths import DataFolder

_SECONDS_TO_WAIT = 60
_UNKNOWN = "待定"
_NOT_IN_A_NAME = str.maketrans(dict.fromkeys((*'\\/:*?"<>|', *map(chr, range(32))), "_"))


@contextmanager
def registering(folder: DataFolder) -> Iterator[list[Received]]:
    """Give the originals on the manifest, which nobody else writes until the block ends.

    Raises BuildBusy when another process does not come to an end with it.
    """
    with held(folder, "documents", "另一个 dashboard add 正在登记；请稍后再试", _SECONDS_TO_WAIT):
        yield manifest.received(folder)


def keep(folder: DataFolder, data: bytes, name: str, agency: str | None, year: int | None) -> str:
    """Write the bytes of an original, named as it came, below its agency and year; return where.

    A copy that an interrupted run left behind is taken as it is; another file of this name stays. Raises
    Refused for a name that the manifest cannot hold.
    """
    try:
        name.encode()
    except UnicodeEncodeError:
        raise Refused("文件名的编码无法识别；请改名后再试") from None
    place = f"{_folder_name(agency)}/{year or _UNKNOWN}"
    stem, ending = Path(name).stem, Path(name).suffix
    number = 1
    while True:
        file = f"{place}/{stem}-{number}{ending}" if number > 1 else f"{place}/{name}"
        path = folder.documents / file
        if not path.exists():
            _write(path, data)
            return file
        if path.is_file() and path.read_bytes() == data:
            return file
        number += 1


def register(
    folder: DataFolder, listed: Sequence[Received], fresh: Sequence[tuple[Received, Received | None]]
) -> None:
    """Write the manifest anew: `listed`, then each fresh entry, which may take the place of a listed one.

    The file is replaced whole, so a crash leaves the old one.
    """
    replaced = {before for _, before in fresh if before is not None}
    entries = [entry for entry in listed if entry not in replaced] + [entry for entry, _ in fresh]
    folder.documents.mkdir(parents=True, exist_ok=True)
    path = Path(f"{folder.manifest}.new")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [field.name for field in fields(Received)], lineterminator="\n")
        writer.writeheader()
        writer.writerows(asdict(entry) for entry in entries)
    path.replace(folder.manifest)


def _folder_name(agency: str | None) -> str:
    return (agency or "").translate(_NOT_IN_A_NAME).strip(". ") or _UNKNOWN


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(".part")  # only one process writes here, and a longer name may be too long
    fresh.write_bytes(data)
    fresh.replace(path)
