"""When a report was published: what the document itself says, or "".

A page of a web site says 发布日期：2021-02-09 above or below the text, or has a line with the date alone
below the title. The date of the signature (落款) is another thing: the report was not published before it.
Days are ISO dates; one that does not lie after the report's year is no day of publication.
"""

import re
from collections.abc import Iterator
from datetime import date

from dashboard.extract.titles import plain, title_of
from dashboard.model import Document
from dashboard.numbers import fold

_DAY = r"(?P<year>20\d{2})\s*(?:年|[-./])\s*(?P<month>\d{1,2})\s*(?:月|[-./])\s*(?P<day>\d{1,2})\s*日?"
_SAID = re.compile(rf"(?:发布|公布|公开)(?:日期|时间)[\s:|]*{_DAY}")
_ALONE = re.compile(rf"{_DAY}(?:\s*\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?")
#: The head and the end of a document, in characters, and the lines below a title that may hold its date.
_HEAD, _END, _LINES_BELOW = 1200, 400, 3


def publication_day(document: Document, year: int | None) -> str:
    """The day a report of `year` was published, where the document surely says it; else ""."""
    said = {
        day
        for part in (document.text[:_HEAD], document.text[-_END:])
        for found in _SAID.finditer(fold(part))
        if (day := _day(found))
    }
    days = said or set(_below_title(document))
    return _only(days, year)


def signature_day(document: Document, year: int | None) -> str:
    """The day beside the signature at the end of a report of `year`; else ""."""
    lines = (plain(line) for line in document.text[-_END:].split("\n"))
    days = [day for line in lines if (found := _ALONE.fullmatch(fold(line))) and (day := _day(found))]
    return _only(set(days[-1:]), year)


def _below_title(document: Document) -> Iterator[str]:
    """The date that stands alone on one of the lines below the title."""
    lines = [line.strip() for line in document.text[:_HEAD].split("\n") if line.strip()]
    place = next((number for number, line in enumerate(lines) if title_of(plain(line))), None)
    for line in [] if place is None else lines[place + 1 : place + 1 + _LINES_BELOW]:
        found = _ALONE.fullmatch(fold(line))
        if found and (day := _day(found)):
            yield day


def _only(days: set[str], year: int | None) -> str:
    after = {day for day in days if year is not None and int(day[:4]) > year}
    return after.pop() if len(after) == 1 else ""


def _day(found: re.Match[str]) -> str:
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"])).isoformat()
    except ValueError:
        return ""
