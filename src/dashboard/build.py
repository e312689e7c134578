"""The pipeline: every report of a data folder -> readings, checked -> a new published database.

Originals come from the manifest, figures from figures/*.csv. A document that cannot be read, or
whose agency or year nobody has said, is left out with its reason; the build goes on. The same
inputs give the same facts in the same order, whether they were read now or before.
"""

import hashlib
import logging
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

import duckdb

from dashboard import __version__, codebook, figures, limits, manifest
from dashboard.checks import check
from dashboard.checks.boilerplate import alike_findings
from dashboard.codebook import Codebook
from dashboard.corrections import corrected_facts, corrections
from dashboard.errors import DashboardError, Refused
from dashboard.ledgers.findings import add_year_findings
from dashboard.ledgers.lines import add_lines
from dashboard.limits import Limits
from dashboard.loading.loader import Loader
from dashboard.loading.reports import Corrected, Report, speaking_places
from dashboard.manifest import Received
from dashboard.model import Reading
from dashboard.paths import DataFolder
from dashboard.reading import Outcome, Read, read_bytes
from dashboard.reading.cache import ReadingCache
from dashboard.reading.many import Wanted, read_many, wanted
from dashboard.reading.progress import Progress
from dashboard.store import correct, publishing, sql

__all__ = ["Built", "Read", "build", "read_bytes"]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Built:
    """What a build came to: how much went in, and what was left out and why.

    `anew` and `unchanged` say how many originals were read, and how many were known from before.
    """

    reports: int
    facts: int
    left_out: tuple[str, ...]
    data_version: str
    anew: int = field(default=0, compare=False)
    unchanged: int = field(default=0, compare=False)


def build(folder: DataFolder) -> Built:
    """Read everything in the data folder that has changed and publish a new database.

    Raises BuildBusy while another build runs, CodebookError when the codebook is at fault, WrongUsage
    when limits.toml is.
    """
    began = time.time()
    book = codebook.load(folder.codebook)
    bounds = limits.load(folder.limits)
    cache = ReadingCache(folder.readings, book, bounds)
    left_out: list[str] = []
    with publishing(folder) as connection, tempfile.TemporaryDirectory() as staging:
        figured = list(_figures(folder, book, left_out))
        originals, progress = _originals(folder, bounds, cache, left_out)
        reports = _agency_by_agency([*_with_addresses(originals, figured), *figured])
        reports = [*_with_likeness(reports, book)]
        corrected = _corrected(folder, reports, book, left_out)
        for reason in () if progress.is_shown else left_out:
            log.warning("未入库：%s", reason)
        version = _data_version(reports, corrected)
        Loader(connection, book, Path(staging)).load(reports, corrected)
        add_lines(connection, book)
        connection.execute(sql("load_verdicts"))
        add_year_findings(connection, book)
        connection.execute(sql("load_findings"))
        if corrected.corrections:
            correct(cursor := connection.cursor())
            cursor.execute(sql("load_corrected"))
            add_year_findings(cursor, book, "corrected_finding")
            cursor.execute(sql("load_corrected_findings"))
        _write_meta(connection, book, version, reports)
        facts = connection.execute("select count(*) from fact").fetchall()[0][0]
    cache.remove_unused(began)
    log.info("已建库：%d 份报告，%d 条数据，数据版本 %s", len(reports), facts, version)
    return Built(len(reports), facts, tuple(left_out), version, progress.anew, progress.unchanged)


def _originals(
    folder: DataFolder, bounds: Limits, cache: ReadingCache, left_out: list[str]
) -> tuple[list[Report], Progress]:
    """The reports of the manifest in its order, however they came to be read; and the counts."""
    entries = manifest.received(folder)
    reasons: dict[int, str] = {}
    files: dict[int, Wanted] = {}
    found: dict[int, list[Report]] = {}
    with Progress(len(entries)) as progress:
        for number, entry in enumerate(entries):
            try:
                files[number] = _checked(folder, entry, bounds)
            except Refused as fault:
                reasons[number] = str(fault)
                progress.count(left_out=True)
        numbers = list(files)
        for place, outcome in read_many(list(files.values()), cache, folder.codebook, bounds, progress):
            number = numbers[place]
            found[number] = list(_reports(entries[number], outcome))
            if not outcome.reads:
                reasons[number] = outcome.refusal
    left_out += [f"{entries[number].file}：{reasons[number]}" for number in sorted(reasons)]
    return [report for number in sorted(found) for report in found[number]], progress


def _checked(folder: DataFolder, entry: Received, bounds: Limits) -> Wanted:
    """The original of an entry, if it can be read for somebody and is what was registered."""
    if entry.agency is None or entry.year is None:
        raise Refused("机关或年度未知；请用 dashboard add 加 --agency、--year 重新登记")
    path = folder.documents / entry.file
    if not path.is_file():
        raise Refused("文件不存在；请从备份恢复，或用 dashboard add 重新登记")
    file = wanted(path, bounds, entry.agency, entry.year)
    if file.sha256 != entry.sha256:
        raise Refused("文件内容与登记时不同；请用 dashboard add 重新登记")
    return file


def _reports(entry: Received, outcome: Outcome) -> Iterator[Report]:
    for told in outcome.reads:
        whose = (told.reading.agency, told.reading.year)
        if told.kind == "figures" and whose != (entry.agency, entry.year):
            continue  # a figures file may hold other reports, each with an entry of its own
        yield Report(
            told.reading,
            told.kind,
            entry.address or told.address,
            entry.file,
            entry.sha256,
            entry.received,
            told.sections,
            entry.published or told.published,
            told.signed,
        )


def _with_addresses(originals: Iterable[Report], figured: Iterable[Report]) -> Iterator[Report]:
    """An original whose address nobody gave is published where the figures of its year say."""
    published = {(report.reading.agency, report.reading.year): report.address for report in figured}
    for report in originals:
        whose = (report.reading.agency, report.reading.year)
        yield replace(report, address=report.address or published.get(whose, ""))


def _agency_by_agency(reports: list[Report]) -> list[Report]:
    """The reports of an agency in a row: what is numbered as it is loaded lies together for each agency."""
    return sorted(reports, key=lambda report: report.reading.agency or "")


def _with_likeness(reports: list[Report], book: Codebook) -> Iterator[Report]:
    """A report whose sections are those of the year before says so among its findings."""
    told = [(report.reading.agency, report.reading.year, report.sections) for report in reports]
    for report, found in zip(reports, alike_findings(told, book), strict=True):
        reading = report.reading
        yield replace(report, reading=replace(reading, findings=(*reading.findings, *found)))


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


def _corrected(folder: DataFolder, reports: list[Report], book: Codebook, left_out: list[str]) -> Corrected:
    """The corrections that fit the reports, and what the checks find in these reports then."""
    readings = [report.reading for report in reports]
    found = corrections(folder.corrections, readings, speaking_places(reports), book, left_out)
    changes: dict[int, dict[int, Decimal]] = {}
    for one in found:
        changes.setdefault(one.report, {})[one.fact] = one.value
    return Corrected(
        found, {place: _rechecked(reports[place], told, book) for place, told in changes.items()}
    )


def _rechecked(report: Report, changes: dict[int, Decimal], book: Codebook) -> Reading:
    """The reading with corrected figures: what the checks found before goes, what they find now comes."""
    plain = replace(report.reading, findings=())
    before = check(plain, book, report.sections).findings
    after = check(replace(plain, facts=corrected_facts(plain.facts, changes)), book, report.sections)
    kept = [finding for finding in report.reading.findings if finding not in before]
    return replace(after, findings=(*kept, *after.findings))


def _data_version(reports: Iterable[Report], corrected: Corrected) -> str:
    """A digest of what went in: the same originals, dates, figures and corrections give the same version."""
    digest = hashlib.sha256()
    for report in reports:
        told = (report.reading.agency, report.reading.year, report.sha256, *filter(None, [report.published]))
        digest.update("\t".join(map(str, told)).encode() + b"\n")
    for one in corrected.corrections:
        digest.update(f"{one}\n".encode())
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
