"""What speaks against taking a count as a figure of the report's year: another year, a part of one, a torn number."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from dashboard.extract.prose.conditions import STATEMENT, start_of
from dashboard.extract.sections import Sentence
from dashboard.quantities import Count

CLAUSE: Final = re.compile(r"[,;:。]")
_CLAUSE_MARKS: Final = ",;:。"
_REACH: Final = 320
#: "由31件减少为28件": the second figure is this year's, the first is not.
_BECAME = re.compile(
    r"(?:增加|增长|上升|提高|提升|减少|下降|降低|增|减|降|精简|压减|整合)(?:到|至|为)(?:(?P<then>20\d\d)年度?的?|今年的?|本年度?的?)?\s*$|(?:增长|下降)[\d.]+%,?达到?\s*$|达到?\s*$"
)
_WAS = re.compile(r"(?:由|从)(?:原来的|原有的|原)?\s*$")
_QUOTED = re.compile(r"[“\"「《][^”\"」》]{0,40}[”\"」》]")
_TORN = re.compile(r"\d\s+$")
#: Years named; "结转2022年" names the year that a request goes on to.
_YEARS = re.compile(
    r"(?:(?<!含)|(?!20\d\d年度?(?:结转|转入)))(20(?<!结转20)(?<!结转至20)(?<!结转到20)(?<!转入20)(?<!转至20)\d\d)(?:年?(?:度)?(?:至|到|—|－|-|~)(20\d\d))?年"
)
#: A year that opens a clause speaks for what follows it: "2019年，我局…".
_FRAME = re.compile(
    r"(?:^|[,;:。、])\s*(?:\([^()]{1,3}\)|[一二三四五六七八九]是)?\s*(?:在|自|从)?(?=20\d\d年)"
)


def doubt(sentence: Sentence, count: Count, prose: Mapping[str, Any], year: int | None) -> str | None:
    """Why a count cannot be taken as a figure of `year`, in words; None where it can."""
    printed = sentence.text[count.start : count.end]
    if "，" in printed or _TORN.search(sentence.folded, max(0, count.start - 4), count.start):
        return "数字被断开"
    before = sentence.folded[start_of(sentence.folded, count.start, STATEMENT, _REACH) : count.start]
    clause = before[start_of(before, len(before), _CLAUSE_MARKS) :]
    if _pattern(prose["plans"]).search(before):
        return "说的是计划"
    became = _BECAME.search(clause)
    if became and became["then"] in (None, str(year)):
        return None
    return _other_time(before, clause, prose, year)


def _other_time(before: str, clause: str, prose: Mapping[str, Any], year: int | None) -> str | None:
    if _pattern(prose["other_years"]).search(clause) or _is_of_another_year(before, clause, year):
        return "说的是其他年度"
    if _WAS.search(clause):
        return "说的是原来的数"
    if _pattern(prose["part_year"]).search(_QUOTED.sub("", clause)) or _pattern(prose["part_frame"]).search(
        before
    ):
        return "说的不是全年"
    if _pattern(prose["all_time"]).search(before) is None:
        return None
    of_the_year = year is not None and "累计" not in clause and _last_named(clause) == year
    return None if of_the_year else "可能是历年累计"


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _is_of_another_year(before: str, clause: str, year: int | None) -> bool:
    """Whether the clause names years that are not the report's, or stands below one that is not."""
    if year is None or "20" not in before:
        return False
    said = clause
    if not _YEARS.search(said):
        frames = [match.end() for match in _FRAME.finditer(before)]
        said = CLAUSE.split(before[frames[-1] :], maxsplit=1)[0] if frames else ""
    return _last_named(said) not in (None, year) or _is_a_range(said, year)


def _last_named(text: str) -> int | None:
    """The year that a text names last ("2023年收到2件、2022年收到5件")."""
    years = [int(match[2] or match[1]) for match in _YEARS.finditer(text)]
    return years[-1] if years else None


def _is_a_range(clause: str, year: int) -> bool:
    """A clause such as "2018年至2020年" is more than one year, whichever the report's is."""
    pairs = [(int(match[1]), int(match[2])) for match in _YEARS.finditer(clause) if match[2]]
    return any(pair != (year, year) for pair in pairs)
