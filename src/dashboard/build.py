"""The pipeline: every report of a data folder -> readings, checked -> a new published database.

Originals come from the manifest, figures from figures/*.csv. A document that cannot be read, or
whose agency or year nobody has said, is left out with its reason; the build goes on. The same
inputs give the same facts in the same order.
"""

import hashlib
import logging
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from dashboard import __version__, codebook, figures, manifest
from dashboard.checks import check
from dashboard.codebook import Codebook
from dashboard.errors import DashboardError, Refused
from dashboard.extract import extract
from dashboard.loader import Loader, Report
from dashboard.model import Kind, Reading
from dashboard.paths import DataFolder
from dashboard.readers import read as read_document
from dashboard.store import publishing

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Read:
    """One report as a file tells it: what it says, where it was published, its text by section."""

    kind: Kind
    reading: Reading
    address: str
    sections: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Built:
    """What a build came to: how much went in, and what was left out and why."""

    reports: int
    facts: int
    left_out: tuple[str, ...]
    data_version: str


def read_bytes(data: bytes, book: Codebook, agency: str | None = None, year: int | None = None) -> list[Read]:
    """Read and check one file: a document gives one reading, a figures file one an agency and year.

    The address is "" where the file names none; a figures file has no sections. Raises Refused or
    FiguresError in one line.
    """
    if figures.is_figures(data):
        return [
            Read("figures", check(told.reading, book), told.address, {}) for told in figures.read(data, book)
        ]
    extracted = extract(read_document(data), book, agency, year)
    return [Read("original", check(extracted.reading, book, extracted.sections), "", extracted.sections)]


def build(folder: DataFolder) -> Built:
    """Read everything in the data folder and publish a new database.

    Raises BuildBusy while another build runs, CodebookError when the codebook is at fault.
    """
    book = codebook.load(folder.codebook)
    left_out: list[str] = []
    figured = list(_figures(folder, book, left_out))
    published = {(told.reading.agency, told.reading.year): told.address for told in figured}
    originals = [
        replace(
            report, address=report.address or published.get((report.reading.agency, report.reading.year), "")
        )
        for report in _originals(folder, book, left_out)
    ]
    reports = [*originals, *figured]
    for reason in left_out:
        log.warning("未入库：%s", reason)
    version = _data_version(reports)
    with publishing(folder) as connection, tempfile.TemporaryDirectory() as staging:
        loader = Loader(connection, book, Path(staging))
        loader.load(reports)
        _write_meta(connection, book, version, reports)
        facts = connection.execute("select count(*) from fact").fetchall()[0][0]
    log.info("已建库：%d 份报告，%d 条数据，数据版本 %s", len(reports), facts, version)
    return Built(len(reports), facts, tuple(left_out), version)


def _originals(folder: DataFolder, book: Codebook, left_out: list[str]) -> Iterator[Report]:
    for entry in manifest.received(folder):
        path = folder.documents / entry.file
        if entry.agency is None or entry.year is None:
            left_out.append(f"{entry.file}：机关或年度未知；请用 dashboard add 加 --agency、--year 重新登记")
            continue
        try:
            data = path.read_bytes()
            if hashlib.sha256(data).hexdigest() != entry.sha256:
                raise Refused("文件内容与登记时不同；请用 dashboard add 重新登记")
            for told in read_bytes(data, book, entry.agency, entry.year):
                if told.kind == "figures" and (told.reading.agency, told.reading.year) != (
                    entry.agency,
                    entry.year,
                ):
                    continue  # a figures file may hold other reports, each with an entry of its own
                yield Report(
                    told.reading,
                    told.kind,
                    entry.address or told.address,
                    entry.file,
                    entry.sha256,
                    entry.received,
                    told.sections,
                )
        except OSError:
            left_out.append(f"{entry.file}：文件不存在或无法打开")
        except DashboardError as fault:
            left_out.append(f"{entry.file}：{fault}")


def _figures(folder: DataFolder, book: Codebook, left_out: list[str]) -> Iterator[Report]:
    for path in sorted(folder.figures.glob("*.csv")):
        data = path.read_bytes()
        name = f"figures/{path.name}"
        try:
            if not figures.is_figures(data):
                raise Refused("首行不是数据文件的表头（agency,year,edition,indicator,…）")
            for told in read_bytes(data, book):
                digest = hashlib.sha256(data).hexdigest()
                yield Report(told.reading, "figures", told.address, name, digest, "", told.sections)
        except DashboardError as fault:
            left_out.append(f"{name}：{fault}")


def _data_version(reports: Iterable[Report]) -> str:
    """A digest of what went in: the same originals and figures give the same version."""
    digest = hashlib.sha256()
    for report in reports:
        digest.update(f"{report.reading.agency}\t{report.reading.year}\t{report.sha256}\n".encode())
    return digest.hexdigest()[:8]


def _write_meta(
    connection: duckdb.DuckDBPyConnection, book: Codebook, version: str, reports: list[Report]
) -> None:
    dates = [report.received for report in reports if report.received]
    rows = {
        "package": __version__,
        "codebook": book.version,
        "data": version,
        "received": max(dates, default=""),
    }
    connection.executemany("insert into meta values (?, ?)", list(rows.items()))
