"""The one door from the command line and the pages to reading and building.

`look` reads and checks a file without keeping anything; `add` keeps an original and writes the
manifest; `build` is build.py's. What is not known of a document (agency, year) has to be given.
"""

import hashlib
import logging
import re
from datetime import date
from pathlib import Path

from dashboard import codebook, manifest
from dashboard.build import Built, build, read_bytes
from dashboard.errors import Refused, WrongUsage
from dashboard.model import Reading
from dashboard.paths import DataFolder

__all__ = ["Built", "add", "build", "look"]

log = logging.getLogger(__name__)
_UNKNOWN = "待定"
_NOT_IN_A_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


def look(
    path: Path, folder: DataFolder, agency: str | None = None, year: int | None = None
) -> tuple[Reading, str]:
    """Read and check one file; return the reading and the address the file names ("" if none).

    `agency` and `year` say what a document does not; for a figures file they choose among its
    reports. Raises Refused, FiguresError or WrongUsage, each in one line.
    """
    book = codebook.load(folder.codebook)
    data = _bytes(path)
    try:
        readings = read_bytes(data, book, agency, year)
    except Refused as fault:
        raise Refused(f"{path.name}：{fault}") from fault
    wanted = book.agency_name(agency) if agency else None
    chosen = [
        told
        for told in readings
        if wanted in (None, told.reading.agency) and year in (None, told.reading.year)
    ]
    if len(chosen) != 1:
        held = "、".join(f"{told.reading.agency} {told.reading.year}" for told in readings)
        raise WrongUsage(f"{path.name}：文件内有 {held}，请用 --agency 和 --year 指定其中一份")
    reading, address = chosen[0].reading, chosen[0].address
    log.info("已读取 %s：%d 条数据，%d 条核对结果", path.name, len(reading.facts), len(reading.findings))
    return reading, address


def add(
    path: Path,
    folder: DataFolder,
    agency: str | None = None,
    year: int | None = None,
    *,
    address: str = "",
    on: date | None = None,
) -> Reading:
    """Keep the original as received and write it on the manifest; return what it says.

    A document that does not tell its agency or year, and for which nobody has, is kept too; it is
    not built until the same file is added again with them. Raises Refused when the file is no
    report, or is on the manifest already.
    """
    reading, told = look(path, folder, agency, year)
    data = _bytes(path)
    digest = hashlib.sha256(data).hexdigest()
    twins = [entry for entry in manifest.received(folder) if entry.sha256 == digest]
    waiting = next((entry for entry in twins if entry.agency is None or entry.year is None), None)
    if any((entry.agency, entry.year) == (reading.agency, reading.year) for entry in twins):
        raise Refused(f"{path.name}：这份文件已经登记，未重复保存")
    name = waiting.file if waiting else _free_name(folder, reading, path.name)
    if waiting is None:
        kept = folder.documents / name
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(data)
    day = (on or date.today()).isoformat()  # noqa: DTZ011 - the office's own calendar day
    entry = manifest.Received(reading.agency, reading.year, name, address or told, digest, day)
    manifest.add(folder, entry, instead_of=waiting)
    log.info("已保存原件 %s", name)
    return reading


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise Refused(f"{path.name}：没有这个文件；请核对路径") from None
    except OSError as fault:
        raise Refused(f"{path.name}：无法打开（{fault.strerror}）") from None


def _free_name(folder: DataFolder, reading: Reading, name: str) -> str:
    """A path below documents/ that no file has yet; an original is never overwritten."""
    agency = _NOT_IN_A_NAME.sub("_", reading.agency or "").strip(". ") or _UNKNOWN
    place = f"{agency}/{reading.year or _UNKNOWN}"
    stem, ending = Path(name).stem, Path(name).suffix
    candidates = [name, *(f"{stem}-{number}{ending}" for number in range(2, 1000))]
    return next(
        f"{place}/{candidate}"
        for candidate in candidates
        if not (folder.documents / place / candidate).exists()
    )
