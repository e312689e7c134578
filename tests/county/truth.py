"""The files beside the documents that say what is in them: manifest, cells, counts, faults, promises."""

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from .documents import file_of
from .flaws import all_flaws, promises
from .report import Report
from .story import AGENCIES


def lists(reports: list[Report], folder: Path, sources: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Every list by its file name, as text; `sources` is the digest of what each PDF and .xls was made from."""
    found = {
        "documents.csv": _manifest(reports, folder),
        "expected_reports.csv": _reports(reports, sources),
        "expected.csv": _cells(reports),
        "expected_prose.csv": _prose(reports),
        "promises.csv": _promises(reports),
        "flaws.csv": _flaws(reports),
    }
    for name, lines in found.items():
        held = io.StringIO(newline="")
        csv.writer(held, lineterminator="\n").writerows(lines)
        yield name, held.getvalue()


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of one of the lists; [] where it is not there yet."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _manifest(reports: Iterable[Report], folder: Path) -> Iterator[Sequence[object]]:
    """The manifest, by date of receipt; what other agencies have on it stays behind ours."""
    columns = ("agency", "year", "file", "address", "sha256", "received", "published")
    others = [row for row in rows(folder / "documents.csv") if not is_ours(row["agency"])]
    yield columns
    for report in sorted(reports, key=lambda report: (report.plan.received, file_of(report))):
        file = file_of(report)
        digest = hashlib.sha256((folder / file).read_bytes()).hexdigest()
        day = report.plan.received  # the county publishes a report and hands it in on one day
        yield report.agency.name, report.year, file, "", digest, day, day
    yield from ([row.get(column, "") for column in columns] for row in others)


def is_ours(agency: str) -> bool:
    """Whether an agency is one of the example county."""
    return agency in {ours.name for ours in AGENCIES.values()}


def _reports(reports: Iterable[Report], sources: Mapping[str, str]) -> Iterator[Sequence[object]]:
    yield ("file", "agency", "year", "edition", "format", "layout", "made_from")
    for report in reports:
        plan, file = report.plan, file_of(report)
        layout = " ".join(sorted(plan.layout))
        yield file, report.agency.name, plan.year, plan.edition, plan.format, layout, sources.get(file, "")


def _cells(reports: Iterable[Report]) -> Iterator[Sequence[object]]:
    yield ("file", "indicator", "group", "value", "status")
    for report in reports:
        file = file_of(report)
        for cell, (value, status) in report.truth.items():
            code, group = cell[0], cell[1] or ""
            if cell in report.unreadable:
                yield file, code, group, "", "unreadable"
            elif status != "blank":
                yield file, code, group, "" if value is None else f"{value:f}", status
        for code, group in sorted(report.lost, key=str):
            yield file, code, group or "", "", "absent"


def _prose(reports: Iterable[Report]) -> Iterator[Sequence[object]]:
    yield ("file", "indicator", "item", "value")
    for report in reports:
        for (code, item), value in report.speaker.told.items():
            yield file_of(report), code, item or "", value


def _promises(reports: Iterable[Report]) -> Iterator[Sequence[object]]:
    yield ("file", "topic", "kept")
    for report in reports:
        yield from ((file_of(report), topic, kept) for topic, kept in promises(report))


def _flaws(reports: list[Report]) -> Iterator[Sequence[object]]:
    yield ("file", "rule", "indicator", "group", "what", "scope")
    for flaw in all_flaws(reports):
        yield flaw.file, flaw.rule, flaw.indicator, flaw.group, flaw.what, flaw.scope
