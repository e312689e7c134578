"""Looking at one file: read and checked in this process, and nothing kept."""

import logging
from collections.abc import Sequence
from pathlib import Path

from dashboard import codebook, limits
from dashboard.errors import Refused, WrongUsage
from dashboard.model import Reading
from dashboard.paths import DataFolder
from dashboard.reading import Read, read_bytes

log = logging.getLogger(__name__)


def look(
    path: Path, folder: DataFolder, agency: str | None = None, year: int | None = None
) -> tuple[Reading, str]:
    """Read and check one file; return the reading and the address the file names ("" if none).

    `agency` and `year` say what a document does not; for a figures file they choose among its
    reports. Raises Refused, FiguresError or WrongUsage, each in one line.
    """
    _, _, told = read_file(path, folder, agency, year)
    return told.reading, told.address


def read_file(
    path: Path, folder: DataFolder, agency: str | None, year: int | None
) -> tuple[bytes, list[Read], Read]:
    """The bytes of a file, the reports in it, and the one of them that was asked for; as `look` does."""
    book = codebook.load(folder.codebook)
    bounds = limits.load(folder.limits)
    try:
        limits.size_within(path, bounds)
        data = path.read_bytes()
        reads = read_bytes(data, book, agency, year, bounds)
    except Refused as fault:
        raise Refused(f"{path.name}：{fault}") from fault
    except OSError as fault:
        raise Refused(f"{path.name}：无法打开（{fault.strerror}）") from None
    wanted = book.agency_name(agency) if agency else None
    chosen = [
        told for told in reads if wanted in (None, told.reading.agency) and year in (None, told.reading.year)
    ]
    if len(chosen) != 1:
        raise WrongUsage(f"{path.name}：{several(reads)}")
    reading = chosen[0].reading
    log.info("已读取 %s：%d 条数据，%d 条核对结果", path.name, len(reading.facts), len(reading.findings))
    return data, reads, chosen[0]


def several(reads: Sequence[Read]) -> str:
    """What to do about a figures file with several reports, in one line."""
    held = "、".join(f"{told.reading.agency} {told.reading.year}" for told in reads)
    return f"文件内有 {held}，请用 --agency 和 --year 指定其中一份"
