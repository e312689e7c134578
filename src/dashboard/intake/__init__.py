"""The one door from the command line and the pages to reading and building.

`look` reads and checks a file without keeping anything; `add` keeps an original and writes the
manifest; `add_many` does so for whole folders; `build` is build.py's. What is not known of a document
(agency, year) has to be given.
"""

import hashlib
import logging
from datetime import date
from pathlib import Path

from dashboard import codebook, limits
from dashboard.build import Built, build
from dashboard.errors import Refused
from dashboard.intake import originals
from dashboard.intake.many import Added, add_many
from dashboard.manifest import Received
from dashboard.model import Reading
from dashboard.paths import DataFolder
from dashboard.reading import Outcome
from dashboard.reading.cache import ReadingCache
from dashboard.reading.codec import pack
from dashboard.reading.look import look, read_file

__all__ = ["Added", "Built", "add", "add_many", "build", "look"]

log = logging.getLogger(__name__)


def add(
    path: Path,
    folder: DataFolder,
    agency: str | None = None,
    year: int | None = None,
    *,
    address: str = "",
    published: date | None = None,
    on: date | None = None,
) -> Reading:
    """Keep the original as received and write it on the manifest; return what it says.

    A document that does not tell its agency or year, and for which nobody has, is kept too; it is
    not built until the same file is added again with them. `published` is the day the agency published it,
    where it is known. Raises Refused when the file is no
    report, or is on the manifest already; BuildBusy while another process writes the manifest.
    """
    data, reads, told = read_file(path, folder, agency, year)
    reading = told.reading
    digest = hashlib.sha256(data).hexdigest()
    with originals.registering(folder) as listed:
        twins = [entry for entry in listed if entry.sha256 == digest]
        waiting = next((entry for entry in twins if entry.agency is None or entry.year is None), None)
        if any((entry.agency, entry.year) == (reading.agency, reading.year) for entry in twins):
            raise Refused(f"{path.name}：这份文件已经登记，未重复保存")
        file = (
            waiting.file if waiting else originals.keep(folder, data, path.name, reading.agency, reading.year)
        )
        day = (on or date.today()).isoformat()  # noqa: DTZ011 - the office's own calendar day
        said = published.isoformat() if published else (waiting.published if waiting else "")
        entry = Received(reading.agency, reading.year, file, address or told.address, digest, day, said)
        originals.register(folder, listed, [(entry, waiting)])
    if (agency, year) == (None, None):
        _remember(folder, digest, Outcome(tuple(reads)))
    log.info("已保存原件 %s", file)
    return reading


def _remember(folder: DataFolder, sha256: str, outcome: Outcome) -> None:
    """Spare the build that follows the reading."""
    cache = ReadingCache(folder.readings, codebook.load(folder.codebook), limits.load(folder.limits))
    cache.put(sha256, None, None, pack(outcome))
