"""Metrics of the codebook -> rows for the database: what each term means on each edition of the form.

A pattern of codes stands for the rows that the edition prints; "whole | parts" keeps what the edition asks for.
Owns no arithmetic (sql/metric.sql has it) and no keys: codes come out, loader.py gives them their numbers.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.codebook import Codebook, Edition
from dashboard.metrics import Metric, Named

Cells = frozenset[tuple[str, str | None]]


@dataclass(frozen=True, slots=True)
class TermRow:
    """One indicator (or input no report has) of one choice of one term, on one edition.

    `may_lack`: its absence counts nothing. `may_lack_all`: so does that of the whole term.
    """

    metric: str
    edition: str | None
    side: str
    place: int
    choice: int
    lag: int
    code: str
    group: str | None
    sign: int
    is_input: bool
    is_asked: bool
    may_lack: bool
    may_lack_all: bool


@dataclass(frozen=True, slots=True)
class BreakRow:
    """One break of a metric's series, of one agency ("": of all)."""

    metric: str
    agency: str
    last_year: int
    first_year: int
    label_zh: str
    reason_zh: str


def term_rows(book: Codebook) -> Iterator[TermRow]:
    """Every term of every metric, for every edition that has the metric, and for reports on no form."""
    forms = _Forms(book)
    for metric in book.metrics:
        for edition in (None, *book.editions):
            form = metric.form(edition)
            for side, terms in form.sides if form else ():
                for place, choices in enumerate(terms, start=1):
                    kept = forms.kept(choices, edition)
                    for choice, named in enumerate(kept, start=1):
                        yield from forms.rows((metric.id, edition, side, place, choice), named)


def break_rows(book: Codebook) -> Iterator[BreakRow]:
    """The breaks of every metric: those of the indicators it names, or of the ones it says end it."""
    for metric in book.metrics:
        ending = {code for pattern in _ending(metric) for code in book.matching(pattern)}
        found = (
            BreakRow(
                metric.id,
                row["agency"],
                int(row["last_year"]),
                int(row["first_year"]),
                row["label_zh"],
                row["reason_zh"],
            )
            for row in book.breaks
            if ending & set(book.matching(row["indicator"]))
        )
        yield from dict.fromkeys(found)


def _ending(metric: Metric) -> Iterator[str]:
    if metric.breaks is not None:
        yield from metric.breaks
        return
    for form in metric.forms:
        for _, terms in form.sides:
            yield from (named.code for choices in terms for named in choices)


class _Forms:
    """What the editions of the form ask for, as terms need to know it."""

    def __init__(self, book: Codebook) -> None:
        self.book = book
        self.anywhere = frozenset(code for edition in book.editions.values() for code, _ in edition.cells)
        self.prose = frozenset(book.told_in_prose)
        self.inputs = frozenset(entry["id"] for entry in book.metric_inputs)

    def kept(self, choices: tuple[Named, ...], edition: str | None) -> tuple[Named, ...]:
        """Of "whole | parts" what the form asks for; where it asks for neither, both."""
        asked = self.codes_asked(edition)
        return tuple(named for named in choices if asked & set(self.book.matching(named.code))) or choices

    def rows(self, where: tuple[str, str | None, str, int, int], named: Named) -> Iterator[TermRow]:
        edition = self.book.editions.get(where[1] or "")
        asked = self.codes_asked(where[1])
        codes = self.book.matching(named.code)
        printed = tuple(code for code in codes if code in asked)
        for code in printed or codes:
            yield TermRow(
                *where,
                named.lag,
                code,
                self._group(named, code),
                named.sign,
                code in self.inputs,
                code in asked or code in self.prose or code not in self.anywhere,
                named.is_optional or (named.code.endswith(".*") and self._may_lack(code, edition)),
                named.is_optional,
            )

    def codes_asked(self, edition: str | None) -> frozenset[str]:
        return _codes(self.book.editions[edition].cells) if edition else frozenset()

    def _group(self, named: Named, code: str) -> str | None:
        found = self.book.indicators.get(code)
        return (named.group or "total") if found and found.dimension == "group" else None

    def _may_lack(self, code: str, edition: Edition | None) -> bool:
        """Whether a row may be absent: some reports on this form lack it, or no form has it at all."""
        optional = edition is not None and code in _codes(edition.cells) - _codes(edition.required_cells)
        return optional or code not in self.anywhere


def _codes(cells: Cells) -> frozenset[str]:
    return frozenset(code for code, _ in cells)
