"""Write data/documents anew: python -m tests.county

A PDF or .xls is made again only when what it is made from has changed, for LibreOffice never writes the same
bytes twice; everything else is the same bytes on every run.
"""

import hashlib
from pathlib import Path

from dashboard import codebook
from dashboard.codebook import Codebook
from dashboard.paths import PROJECT

from . import office, truth
from .documents import day_of, file_of, source_of
from .report import Report, plans, report_of
from .story import AGENCIES

FOLDER = PROJECT / "data" / "documents"


def main(folder: Path = FOLDER) -> None:
    """Write the documents and the lists beside them, and remove what is no longer in the plan."""
    book = codebook.load(PROJECT / "data" / "codebook")
    reports = [report_of(plan, book) for plan in plans()]
    sources = _write_documents(reports, book, folder)
    for name, text in truth.lists(reports, folder, sources):
        (folder / name).write_text(text, encoding="utf-8", newline="")
    wanted = {folder / file_of(report) for report in reports}
    for agency in AGENCIES.values():
        for path in sorted((folder / agency.name).rglob("*"), reverse=True):
            if path.is_dir() and not any(path.iterdir()):
                path.rmdir()
            elif path.is_file() and path not in wanted:
                path.unlink()


def _write_documents(reports: list[Report], book: Codebook, folder: Path) -> dict[str, str]:
    """Write every document; return what the PDFs and .xls were made from, as digests by file."""
    made = {row["file"]: row["made_from"] for row in truth.rows(folder / "expected_reports.csv")}
    sources: dict[str, str] = {}
    waiting: dict[str, tuple[Report, bytes]] = {}
    for report in reports:
        file, data = file_of(report), source_of(report, book)
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        if report.plan.format not in ("pdf", "xls"):
            path.write_bytes(data)
            continue
        sources[file] = hashlib.sha256(data).hexdigest()
        if made.get(file) != sources[file] or not path.is_file():
            waiting[file] = (report, data)
    _convert(waiting, folder)
    return sources


def _convert(waiting: dict[str, tuple[Report, bytes]], folder: Path) -> None:
    for file, (report, data) in waiting.items():
        if report.plan.format == "pdf":
            (folder / file).write_bytes(office.printed(data, day_of(report)))
    workbooks = {file: data for file, (report, data) in waiting.items() if report.plan.format == "xls"}
    names = {str(number): file for number, file in enumerate(workbooks)}
    if workbooks:
        made = office.as_xls({name: workbooks[file] for name, file in names.items()})
        for name, data in made.items():
            (folder / names[name]).write_bytes(data)


if __name__ == "__main__":
    main()
