"""Whose report and for which year: what the document itself says, or None.

The title speaks first: a short line at the head that is a title and nothing else, with the agency in it
or on the line above; then the sentence that announces the report. The title of another paper, such as
the notice a report is written by, is no title. Where no title has a year, the years that open a
sentence ("2020年，我局…") speak if they all agree; where they do not, the year is not known, and a
person has to say it.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from dashboard.codebook import Codebook
from dashboard.extract.sections import Sentence
from dashboard.model import Document, Finding
from dashboard.numbers import fold

_YEAR = r"20\d{2}(?:年度|年)?"
_REPORT = rf"(?:政府|政务)?信息公开(?:工作)?(?:情况)?(?:的)?(?:{_YEAR})?(?:工作)?(?:年度)?(?:工作|情况)?(?:的)?(?:报告|年报)"
_NAME = r"[^\s\d《》“”,;:。()<>»›|/]{0,30}?"
_TITLE = re.compile(rf"(?:关于)?{_NAME}(?:{_YEAR})?{_NAME}{_REPORT}(?:\((?:{_YEAR})\))?")
_ANNOUNCED = re.compile(rf"(?:现将|现公布|现发布|公布)(?P<title>{_NAME}(?:{_YEAR})?{_NAME}{_REPORT})")
_FOUND_YEAR = re.compile(r"(20\d{2})(?!\d)")
_OPENING_YEAR = re.compile(r"^\s*(?P<year>20\d{2})年(?:度)?[，,]?")
_NAME_AROUND_YEAR = re.compile(
    rf"(?:关于)?(?P<before>{_NAME})(?:{_YEAR})?(?P<after>{_NAME})(?:的)?{_REPORT}.*"
)
_NOT_A_NAME = re.compile(r"^(?:关于|根据|按照|现将|本机关|本单位|本|我局|我|其|的)+|(?:年度|年|的|度|关于)+$")
_AGENCY_LINE = re.compile(r"[\u4e00-\u9fa5]{2,30}(?:局|委员会|委|办公室|政府|厅|中心|街道办事处|处|院|会|队)")
#: "政府" before "信息公开" belongs to the agency where the name would break off here.
_BREAKS_OFF = re.compile(r".*(?:人民|[省市县区州盟旗镇乡])")
#: The head of a document: what stands before its first section, within these bounds.
_LEAST_HEAD, _MOST_HEAD = 600, 6000
_FIRST_SECTION = re.compile(r"^[ \t\u3000\u00a0]*一[、.．]", re.MULTILINE)
_LONGEST_TITLE = 60
_LONGEST_ANNOUNCEMENT = 120
_SHORTEST_NAME = 3


def find_identity(
    document: Document, sentences: list[Sentence], book: Codebook
) -> tuple[str | None, int | None, list[Finding]]:
    """Return (agency name, report year, findings); None for what the document does not tell."""
    lines = _lines(document)
    told = list(_titles(lines))
    agency = next((name for title in told if (name := _agency_in(title))), None)
    agency = agency or _agency_above_title(lines)
    years = (_FOUND_YEAR.search(title) for title in told)
    year = next((int(found[1]) for found in years if found), None)
    findings = []
    if year is None:
        year = _year_from_sentences(sentences)
        message = (
            f"题目没有年度，按正文句首读作 {year} 年" if year else "文中没有写明报告年度，请用 --year 指明"
        )
        findings.append(Finding("R-year", "info", message))
    if agency is None:
        findings.append(Finding("R-agency", "info", "文中没有写明机关名称，请用 --agency 指明"))
    return book.agency_name(agency) if agency else None, year, findings


def is_titled(document: Document) -> bool:
    """Whether the head of the document has the title of such a report."""
    return any(_titles(_lines(document)))


def _lines(document: Document) -> list[str]:
    """The lines of the head that say something, folded and without spaces."""
    found = _FIRST_SECTION.search(document.text, _LEAST_HEAD, _MOST_HEAD)
    end = found.start() if found else _LEAST_HEAD
    head = ("".join(line.split()) for line in fold(document.text[:end]).split("\n"))
    return [line for line in head if line]


def _titles(lines: list[str]) -> Iterator[str]:
    """Titles in the head: a line, a line broken in two, the sentence that announces the report."""
    for line in lines:
        if _is_title(line):
            yield line
    for line, following in pairwise(lines):
        if not _is_title(following) and _is_title(line + following):
            yield line + following
    for line in lines:
        announced = _ANNOUNCED.search(line[:_LONGEST_ANNOUNCEMENT])
        if announced:
            yield announced["title"]


def _is_title(line: str) -> bool:
    return len(line) <= _LONGEST_TITLE and _TITLE.fullmatch(line) is not None


def _agency_above_title(lines: list[str]) -> str | None:
    for above, line in pairwise(lines):
        if _is_title(line) and _AGENCY_LINE.fullmatch(above):
            return above
    return None


def _agency_in(title: str) -> str | None:
    found = _NAME_AROUND_YEAR.fullmatch(title)
    for name in (found["before"], found["after"]) if found else ():
        cleaned = _NOT_A_NAME.sub("", name)
        if _BREAKS_OFF.fullmatch(cleaned) and "政府信息公开" in title:
            cleaned += "政府"
        if len(cleaned) >= _SHORTEST_NAME:
            return cleaned
    return None


def _year_from_sentences(sentences: list[Sentence]) -> int | None:
    opening = {
        int(match["year"])
        for sentence in sentences
        if (match := _OPENING_YEAR.match(sentence.folded)) is not None
    }
    return opening.pop() if len(opening) == 1 else None
