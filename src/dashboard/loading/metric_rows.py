"""Metrics of the codebook -> rows for the database: what each term means on each edition of the form.

A pattern of codes stands for the rows that the edition prints; "whole | parts" keeps what the edition asks for.
Owns no arithmetic (sql/metric.sql has it) and no keys but those of metrics: loader.py gives the others.
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any, NamedTuple

from dashboard.codebook import Codebook
from dashboard.metrics import Metric, Named

#: What the table of metrics says of one; its terms and breaks have tables of their own.
_COLUMNS = tuple(
    column.name for column in fields(Metric) if column.name not in ("id", "forms", "breaks", "editions")
)
Keys = Mapping[str | None, int]


class TermRow(NamedTuple):
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
    is_asked: bool
    may_lack: bool
    may_lack_all: bool


class BreakRow(NamedTuple):
    """One break of a metric's series, of one agency ("": of all)."""

    metric: str
    agency: str
    last_year: int
    first_year: int
    label_zh: str
    reason_zh: str
    reason_en: str


def metric_tables(
    book: Codebook, indicators: Mapping[str, int], groups: Keys, editions: Keys, agencies: Mapping[str, int]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows of metric, metric_denominator, metric_input, metric_term and metric_break, each with its table's name.

    In: the integer keys by code (agencies by name); what is missing among the indicators is an input.
    """
    keys = {metric.id: number for number, metric in enumerate(book.metrics, start=1)}
    for metric in book.metrics:
        told = {name: getattr(metric, name) for name in _COLUMNS}
        yield "metric", {"metric_id": keys[metric.id], "code": metric.id, **told}
        for edition, name in _denominator_names(metric):
            names = {"edition_id": editions[edition], "name_zh": name}
            yield "metric_denominator", {"metric_id": keys[metric.id], **names}
    for entry in book.metric_inputs:
        told = {name: entry[name] for name in ("name_zh", "reason_zh")}
        yield "metric_input", {"code": entry["id"], **told}
    for term in term_rows(book):
        own: dict[str, Any] = {
            "metric_id": keys[term.metric],
            "edition_id": editions[term.edition],
            "indicator_id": indicators.get(term.code),
            "group_id": groups[term.group],
        }
        yield "metric_term", own | _without(term, "metric", "edition", "group")
    for broken in break_rows(book):
        agency = agencies[broken.agency] if broken.agency else 0
        own = {"metric_id": keys[broken.metric], "agency_id": agency}
        yield "metric_break", own | _without(broken, "metric", "agency")


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
                row["reason_en"],
            )
            for row in book.breaks
            if ending & set(book.matching(row["indicator"]))
        )
        yield from dict.fromkeys(found)


def _denominator_names(metric: Metric) -> Iterator[tuple[str, str]]:
    """Editions that call the denominator otherwise than the others do, and how."""
    for form in metric.forms:
        if form.denominator_zh and form.denominator_zh != metric.denominator_zh:
            yield from ((edition, form.denominator_zh) for edition in form.editions or ())


def _without(row: TermRow | BreakRow, *names: str) -> dict[str, Any]:
    return {name: value for name, value in row._asdict().items() if name not in names}


def _ending(metric: Metric) -> Iterator[str]:
    if metric.breaks is not None:
        yield from metric.breaks
        return
    for form in metric.forms:
        for _, terms in form.sides:
            yield from (named.code for choices in terms for named in choices)


class _Forms:
    """What the editions of the form ask for, as terms need to know it; None stands for no form."""

    def __init__(self, book: Codebook) -> None:
        self.book = book
        self.asked: dict[str | None, frozenset[str]] = {None: frozenset()}
        self.sure = dict(self.asked)
        for edition in book.editions.values():
            self.asked[edition.id] = frozenset(code for code, _ in edition.cells)
            self.sure[edition.id] = frozenset(code for code, _ in edition.required_cells)
        self.anywhere = frozenset().union(*self.asked.values())
        self.prose = frozenset(book.told_in_prose)

    def kept(self, choices: tuple[Named, ...], edition: str | None) -> tuple[Named, ...]:
        """Of "whole | parts" what the form asks for; where it asks for neither, both."""
        asked = self.asked[edition]
        return tuple(named for named in choices if asked.intersection(self._codes(named))) or choices

    def rows(self, where: tuple[str, str | None, str, int, int], named: Named) -> Iterator[TermRow]:
        """The indicators of one choice: of a pattern those the form asks for, all where it asks for none."""
        asked, codes = self.asked[where[1]], self._codes(named)
        for code in [code for code in codes if code in asked] or codes:
            in_form = code in self.anywhere
            yield TermRow(
                *where,
                lag=named.lag,
                code=code,
                group=self._group(named, code),
                sign=named.sign,
                is_asked=code in asked or code in self.prose or not in_form,
                may_lack=named.is_optional or (named.code.endswith("*") and self._may_lack(code, where[1])),
                may_lack_all=named.is_optional,
            )

    def _codes(self, named: Named) -> tuple[str, ...]:
        return self.book.matching(named.code)

    def _group(self, named: Named, code: str) -> str | None:
        found = self.book.indicators.get(code)
        return (named.group or "total") if found and found.dimension == "group" else None

    def _may_lack(self, code: str, edition: str | None) -> bool:
        """Whether a pattern's row may be absent: some reports on the form lack it, or no form has it at all."""
        return code in self.asked[edition] - self.sure[edition] or code not in self.anywhere
