"""Whose report and for which year: what the document itself says, or None.

The title speaks first. Where it has no year, the years that open a sentence ("2020年，我局…") speak
if they all agree; where they do not, the year is not known, and a person has to say it.
"""

import re

from dashboard.codebook import Codebook
from dashboard.extract.sections import Sentence
from dashboard.model import Document, Finding
from dashboard.numbers import fold

_TITLE = re.compile(
    r"(?P<before>[^\s\d《》]{0,30}?)(?P<year>20\d{2})年?度?(?P<after>[^\s\d《》]{0,30}?)"
    r"政府信息(?:公开)?(?:工作)?年度报告"
)
_TITLE_WITHOUT_YEAR = re.compile(r"(?P<before>[^\s\d《》]{2,30}?)政府信息公开(?:工作)?年度?报告")
_YEAR_AT_END = re.compile(r"政府信息公开(?:工作)?年度报告\s*\((?P<year>20\d{2})年?度?\)")
_OPENING_YEAR = re.compile(r"^\s*(?P<year>20\d{2})年(?:度)?[，,]?")
_NOT_A_NAME = re.compile(r"^(?:关于|根据|按照|现将|本|我|其|的)+|的$")
_HEAD = 600


def find_identity(
    document: Document, sentences: list[Sentence], book: Codebook
) -> tuple[str | None, int | None, list[Finding]]:
    """Return (agency name, report year, findings); None for what the document does not tell."""
    head = fold(document.text[:_HEAD])
    titled = _TITLE.search(head.replace(" ", ""))
    agency = _agency(head, titled, book)
    year = int(titled["year"]) if titled else None
    at_end = _YEAR_AT_END.search(head)
    if year is None and at_end:
        year = int(at_end["year"])
    findings = []
    if year is None:
        year = _year_from_sentences(sentences)
        message = "题目没有年度，按正文句首读作 {0} 年" if year else "文中没有写明报告年度，请用 --year 指明"
        findings.append(Finding("R-year", "info", message.format(year)))
    if agency is None:
        findings.append(Finding("R-agency", "info", "文中没有写明机关名称，请用 --agency 指明"))
    return agency, year, findings


def _agency(head: str, titled: re.Match[str] | None, book: Codebook) -> str | None:
    named = [titled["before"], titled["after"]] if titled else []
    for line in head.split("\n"):
        untitled = _TITLE_WITHOUT_YEAR.fullmatch(line.replace(" ", ""))
        if untitled:
            named.append(untitled["before"])
    for name in named:
        cleaned = _NOT_A_NAME.sub("", name)
        if len(cleaned) > 2 and cleaned[-1] not in "年度份":
            return book.agency_name(cleaned)
    return None


def _year_from_sentences(sentences: list[Sentence]) -> int | None:
    opening = {
        int(match["year"])
        for sentence in sentences
        if (match := _OPENING_YEAR.match(sentence.folded)) is not None
    }
    return opening.pop() if len(opening) == 1 else None
