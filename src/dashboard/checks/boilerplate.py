"""Sections that say what they said the year before (rule N-08; 国办公开办函〔2021〕30号 condemns 内容雷同).

It needs two reports of one agency, so the build asks for it once all are read. What is alike in every report
is taken out first: the headings of the form, titles of documents, the agency's name and all numbers.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from rapidfuzz import fuzz

from dashboard.codebook import Codebook
from dashboard.model import Finding

Sections = Mapping[str, str]
_COMPARED: Final = ("一", "五", "六")
_RULE: Final = "N-08"
_ALIKE: Final = 80.0
#: Less than this says nothing: 无 is like 无.
_LEAST: Final = 60
_TAKEN_OUT: Final = re.compile(r"《[^》]*》|[\d０-９]+|[%％\s\u3000]+")


def alike_findings(
    reports: Iterable[tuple[str | None, int | None, Sections]], book: Codebook
) -> Iterator[list[Finding]]:
    """For each report (agency, year, sections), in order, what it has in common with the year before.

    A report without an agency, a year or a text has nothing to compare. Of several reports of the year
    before, the one most alike counts.
    """
    told = [(agency, year, _own_words(agency, sections, book)) for agency, year, sections in reports]
    by_year: dict[tuple[str, int], list[Sections]] = {}
    for agency, year, words in told:
        if agency and year and words:
            by_year.setdefault((agency, year), []).append(words)
    for agency, year, words in told:
        before = by_year.get((agency, year - 1), []) if agency and year else []
        yield [
            finding for section in _COMPARED for finding in _alike(section, words, before, (year or 0) - 1)
        ]


def likeness(one: str, other: str) -> float:
    """How alike two texts are, from 0 to 1; 0 where either is too short to say."""
    if min(len(one), len(other)) < _LEAST:
        return 0.0
    return fuzz.ratio(one, other, score_cutoff=_ALIKE) / 100


def _alike(section: str, words: Sections, before: list[Sections], year: int) -> Iterator[Finding]:
    score = max((likeness(words.get(section, ""), other.get(section, "")) for other in before), default=0.0)
    if score > _ALIKE / 100:
        message = f"第{section}部分与上年（{year}）基本相同（相似度 {score:.2f}），请写明本年的情况"
        yield Finding(_RULE, "warning", message)


def _own_words(agency: str | None, sections: Sections, book: Codebook) -> dict[str, str]:
    """The compared sections without what every report of this agency says."""
    headings = [heading for section in book.sections for heading in section["headings"]]
    fixed = [*sorted({*_names(agency, book), *headings}, key=len, reverse=True)]
    pattern = re.compile("|".join(map(re.escape, fixed)))
    return {
        section: _TAKEN_OUT.sub("", pattern.sub("", sections[section]))
        for section in _COMPARED
        if section in sections
    }


def _names(agency: str | None, book: Codebook) -> Iterator[str]:
    row = book.agency(agency) if agency else None
    if agency:
        yield agency
    if row:
        yield from (
            name
            for key in ("name", "short", "aliases")
            for name in str(row.get(key) or "").split("|")
            if name
        )
