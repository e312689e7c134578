"""Whose report and for which year: what the document itself says, or None.

The title speaks first (titles.py). Where it names no agency, the line above or below it does, then the
publisher among the document's data, the sentence that says who made the report, and the signature at
its end. Where no title has a year, the period that the figures are said to cover does, then the years
that open a sentence ("2020年，我局…") if they all agree. Titles of several years are told apart by the
same; where nothing tells, a person has to say it.
"""

import re
from itertools import pairwise

from dashboard.codebook import Codebook
from dashboard.extract.sections import Sentence
from dashboard.extract.titles import Title, is_agency, plain, title_of, titles_in
from dashboard.model import Document, Finding

_OPENING_YEAR = re.compile(r"^\s*(?P<year>20\d{2})年(?:度)?[，,]?")
_PERIOD = re.compile(r"(?P<year>20\d{2})年1月1日(?:起|开始)?[,]?(?:至|到|[-—–~]+)(?:(?P=year)年)?12月31日")
_PUBLISHER = re.compile(r"(?:发布|公开|制作|责任|发文|制发)(?:机构|机关|单位|主体|部门):?(?P<name>.*)")
_MADE_BY = re.compile(
    r"(?:^|[,。;由])(?P<name>[\u4e00-\u9fa5]{4,30})(?:组织)?编制(?:了|的|完成)?(?:本|20\d{2}年)"
)
_YEAR_ALONE = re.compile(r"\(?20\d{2}(?:年度|年)?\)?")
_DATE = re.compile(r"20\d{2}年\d{1,2}月\d{1,2}日")
_CELLS = re.compile(r"[\n\t|｜│]")
#: The head of a document: what stands before its first section, within these bounds; and its end.
_LEAST_HEAD, _MOST_HEAD, _END = 600, 6000, 400
_FIRST_SECTION = re.compile(r"^[ \t\u3000\u00a0]*一[、.．]", re.MULTILINE)


def find_identity(
    document: Document, sentences: list[Sentence], book: Codebook
) -> tuple[str | None, int | None, list[Finding]]:
    """Return (agency name, report year, findings); None for what the document does not tell."""
    lines = _lines(document)
    told = list(titles_in(lines))
    year, source = _year_of(told, sentences)
    agency = _agency_of(told, year) or _agency_beside_title(lines) or _publisher(lines)
    agency = agency or _maker(sentences) or _signature(document)
    findings = []
    if source != "title":
        message = {
            "period": f"题目没有年度，按统计期限读作 {year} 年",
            "sentences": f"题目没有年度，按正文句首读作 {year} 年",
            "titles": "文首题目的年度不一，无法判定报告年度，请用 --year 指明",
            "": "文中没有写明报告年度，请用 --year 指明",
        }[source]
        findings.append(Finding("R-year", "info", message))
    if agency is None:
        findings.append(Finding("R-agency", "info", "文中没有写明机关名称，请用 --agency 指明"))
    return book.agency_name(agency) if agency else None, year, findings


def is_titled(document: Document) -> bool:
    """Whether the head of the document has the title of such a report."""
    return any(titles_in(_lines(document)))


def _lines(document: Document) -> list[str]:
    """The lines and cells of the head that say something, plain."""
    found = _FIRST_SECTION.search(document.text, _LEAST_HEAD, _MOST_HEAD)
    end = found.start() if found else _LEAST_HEAD
    return [line for part in _CELLS.split(document.text[:end]) if (line := plain(part))]


def _year_of(told: list[Title], sentences: list[Sentence]) -> tuple[int | None, str]:
    """The year and what tells it: titles that name the agency too before those that do not."""
    named = {title.year for title in told if title.year and title.agency}
    years = named or {title.year for title in told if title.year}
    if len(years) == 1:
        return years.pop(), "title"
    period, opening = _year_of_period(sentences), _year_from_sentences(sentences)
    if years:
        year = next((year for year in (period, opening) if year in years), None)
        return year, "title" if year else "titles"
    if period:
        return period, "period"
    return opening, "sentences" if opening else ""


def _agency_of(told: list[Title], year: int | None) -> str | None:
    """The agency that a title names, one of the report's year before others."""
    named = [title for title in told if title.agency]
    of_year = [title.agency for title in named if title.year == year]
    return next(iter([*of_year, *(title.agency for title in named)]), None)


def _agency_beside_title(lines: list[str]) -> str | None:
    """The agency on the line above a title or below it, where a year may stand between."""
    lines = [line for line in lines if not _YEAR_ALONE.fullmatch(line)]
    beside = [above for above, line in pairwise(lines) if title_of(line)]
    beside += [below for line, below in pairwise(lines) if title_of(line)]
    return next(filter(is_agency, beside), None)


def _publisher(lines: list[str]) -> str | None:
    """The publisher among the data of the document: on one line, or in the next cell."""
    for line, following in pairwise([*lines, ""]):
        found = _PUBLISHER.fullmatch(line)
        if found and is_agency(name := found["name"] or following):
            return name
    return None


def _maker(sentences: list[Sentence]) -> str | None:
    """The agency of the sentence that says who made the report."""
    for sentence in sentences:
        found = _MADE_BY.search(plain(sentence.folded)) if "编制" in sentence.folded else None
        if found and is_agency(found["name"]):
            return found["name"]
    return None


def _signature(document: Document) -> str | None:
    """The agency above the date at the document's end."""
    lines = [line for part in document.text[-_END:].split("\n") if (line := plain(part))]
    signed = [above for above, line in pairwise(lines) if _DATE.fullmatch(line) and is_agency(above)]
    return signed[-1] if signed else None


def _year_of_period(sentences: list[Sentence]) -> int | None:
    """The year that the figures are said to cover whole."""
    found = (_PERIOD.search(plain(one.folded)) for one in sentences if "12" in one.folded)
    years = {int(period["year"]) for period in found if period}
    return years.pop() if len(years) == 1 else None


def _year_from_sentences(sentences: list[Sentence]) -> int | None:
    opening = {
        int(match["year"])
        for sentence in sentences
        if (match := _OPENING_YEAR.match(sentence.folded)) is not None
    }
    return opening.pop() if len(opening) == 1 else None
