"""One file -> what it tells, read and checked; or why it was not read.

A document is asked first, whose it is and for which year; what the manifest says is given to the reader
only where the document does not say the same. So a file read before anybody said whose it is need not be
read again when it is registered as what it says it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dashboard import figures
from dashboard.checks import check
from dashboard.codebook import Codebook
from dashboard.errors import DashboardError
from dashboard.extract import extract
from dashboard.limits import SHIPPED, Limits
from dashboard.model import Kind, Reading
from dashboard.readers import read as read_document

#: Findings that say the document left agency or year open; giving them settles the matter.
_LEFT_OPEN = frozenset({"R-agency", "R-year"})


@dataclass(frozen=True, slots=True)
class Read:
    """One report as a file tells it: what it says, where it was published, its text by section.

    `published` and `signed` are ISO dates, "" where the document does not say them.
    """

    kind: Kind
    reading: Reading
    address: str
    sections: Mapping[str, str]
    published: str = ""
    signed: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file: its reports, or in `refusal` one line on why there are none.

    `as_told`: only the document was asked, nothing was given. `lasting`: the same bytes come to the same
    again, which a lack of memory does not.
    """

    reads: tuple[Read, ...]
    refusal: str = ""
    as_told: bool = True
    lasting: bool = True

    def tells(self, agency: str | None, year: int | None) -> bool:
        """Whether nothing need be given to read the file as the report of this agency and year."""
        return any(
            told.kind == "figures"
            or (
                (told.reading.agency, told.reading.year) == (agency, year)
                and _LEFT_OPEN.isdisjoint(finding.rule for finding in told.reading.findings)
            )
            for told in self.reads
        )


def read_bytes(
    data: bytes,
    book: Codebook,
    agency: str | None = None,
    year: int | None = None,
    limits: Limits = SHIPPED,
) -> list[Read]:
    """Read and check one file: a document gives one reading, a figures file one an agency and year.

    The address is "" where the file names none; a figures file has no sections. Raises Refused or
    FiguresError in one line.
    """
    if figures.is_figures(data):
        return [
            Read("figures", check(told.reading, book), told.address, {}) for told in figures.read(data, book)
        ]
    extracted = extract(read_document(data, limits), book, agency, year)
    checked = check(extracted.reading, book, extracted.sections)
    return [Read("original", checked, "", extracted.sections, extracted.published, extracted.signed)]


def outcome_of(
    data: bytes, book: Codebook, agency: str | None, year: int | None, limits: Limits = SHIPPED
) -> Outcome:
    """Read one file as the report of an agency and year, or for what it tells itself (None, None).

    What is wrong with the file is its refusal; a fault of the program is raised.
    """
    told = _attempt(data, book, None, None, limits)
    if (agency, year) == (None, None) or not told.lasting or told.tells(agency, year):
        return told
    return replace(_attempt(data, book, agency, year, limits), as_told=False)


def _attempt(data: bytes, book: Codebook, agency: str | None, year: int | None, limits: Limits) -> Outcome:
    try:
        return Outcome(tuple(read_bytes(data, book, agency, year, limits)))
    except DashboardError as fault:
        return Outcome((), str(fault))
    except MemoryError:
        return Outcome((), "内存不足，没有读完；请关闭其他程序后再试", lasting=False)
