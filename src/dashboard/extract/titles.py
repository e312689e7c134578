"""The titles at a document's head: which lines are one, and the agency and year they name.

A title is a line, or a few lines one after the other, that are the name of such a report and nothing else.
What sites and offices set around it (a mark before it, the site's name or a date behind it, the notice that
it comes with) is no part of it. The title of another paper is none.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dashboard.numbers import fold

_PERIOD = r"20\d{2}年1月1日?起?[至到~—–-]+(?:20\d{2}年)?12月31日"
_YEAR = rf"(?:{_PERIOD}|20\d{{2}}(?:年度|年)?)"
_SUBJECT = r"(?:政府|政务)?(?:信息公开|政务公开)"
_REPORT = (
    rf"{_SUBJECT}(?:[和及与暨]{_SUBJECT})?"
    rf"(?:工作|情况|年度|年|总结|的|{_YEAR}|\({_YEAR}\))*(?:报告|年报)"
)
_NAME = r"(?:[^\s\d《》“”,;:。()<>»›|/【】\[\]]|\([^()\d:]{2,20}\)){0,30}?"
_TITLE = re.compile(
    rf"(?:关于)?(?P<before>{_NAME}):?(?:{_YEAR})?(?P<after>{_NAME})(?:的)?{_REPORT}"
    rf"(?:\((?:{_YEAR}|(?P<within>[^()\d]{{2,30}}))\)|{_YEAR})?"
)
_ANNOUNCED = re.compile(rf"(?:现将|现公布|现发布|公布)(?P<title>{_NAME}(?:{_YEAR})?{_NAME}{_REPORT})")
_FOUND_YEAR = re.compile(r"(20\d{2})(?!\d)")
_IN_WORDS = re.compile(r"二[〇○零][一二三四五六七八九〇○零]{2}(?=年)")
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
#: What stands before a title on its line: "附件1", "标题：", "【年报】".
_BEFORE = re.compile(
    r"^(?:附件\d*[:.、]?|附:|(?:信息|文件)?(?:标题|题名|名称):?|【[^】]*】|\[[^\]]*\]|[●■★◆·])+"
)
#: What stands behind one: a date, the site's name, the ending of a file.
_BEHIND = re.compile(
    r"(?:\(20\d{2}年\d{1,2}月\d{1,2}日\)|[-_—–|]+(?!20\d\d)[^-_—–|]{2,30}|的?(?:公示|公告|通告)|\.(?:pdf|docx?|wps|html?))+$"
)
_WITH_NOTICE = re.compile(
    r"[^《》]{0,40}?(?:关于)?(?:印发|公布|发布|公开|报送|转发)?《(?P<title>[^《》]+)》(?:的(?:通知|公告|公示|通告|函|报告))?"
)
_NOT_A_NAME = re.compile(r"^(?:关于|根据|按照|现将|本机关|本单位|本|我局|我|其|的)+|(?:年度|年|的|度|关于)+$")
_NO_AGENCY = re.compile(
    r"(?:新闻|互动|办事|便民|政务|数据|信息|会员)*(?:公开|服务)?(?:中心|大厅|公开办|网站|专区)"
)
_AGENCY = re.compile(
    r"[\u4e00-\u9fa5]{2,30}(?:局|委员会|委|办公室|办|政府|厅|中心|街道|办事处|处|院|会|队|部|所|站|社|台|馆"
    r"|公司|集团|学校|大学|银行|[省市县区州盟旗镇乡])(?:\([\u4e00-\u9fa5]{2,20}\))?"
)
#: "政府" before "信息公开" belongs to the agency where the name would break off here.
_BREAKS_OFF = re.compile(r".*(?:人民|[省市县区州盟旗镇乡])")
_LONGEST_TITLE, _LONGEST_ANNOUNCEMENT = 70, 160
_MOST_LINES = 4
_SHORTEST_NAME = 3


class Title(NamedTuple):
    """What a title names; None for what it leaves out."""

    agency: str | None
    year: int | None


def plain(line: str) -> str:
    """A line folded, without blanks, the quotation marks of a copied cell and marks of Markdown, its year in digits."""
    compact = "".join(fold(line).split()).strip('"').lstrip("#").strip("*")
    return _IN_WORDS.sub(lambda found: found[0].translate(_DIGITS), compact)


def is_agency(line: str) -> bool:
    """Whether a line is the name of an agency and nothing else."""
    return _AGENCY.fullmatch(line) is not None and _NO_AGENCY.fullmatch(line) is None


def titles_in(lines: Sequence[str]) -> Iterator[Title]:
    """The titles among plain lines: single lines first, then lines broken in some, then the announcement."""
    for line in lines:
        if title := title_of(line):
            yield title
    for count in range(2, _MOST_LINES + 1):
        for place in range(len(lines) - count + 1):
            parts = lines[place : place + count]
            if title := _broken(parts):
                yield title
    for line in lines:
        if announced := _ANNOUNCED.search(line[:_LONGEST_ANNOUNCEMENT]):
            title = title_of(announced["title"])
            if title:
                yield title


def title_of(line: str) -> Title | None:
    """What a plain line says if it is a title, with what may stand around one; else None."""
    if "公开" not in line or "报" not in line:
        return None
    noticed = _WITH_NOTICE.fullmatch(line)
    text = _BEHIND.sub("", _BEFORE.sub("", noticed["title"] if noticed else line))
    found = _TITLE.fullmatch(text) if len(text) <= _LONGEST_TITLE else None
    if found is None:
        return None
    year = _FOUND_YEAR.search(text)
    return Title(_agency_of(found), int(year[1]) if year else None)


def _broken(parts: Sequence[str]) -> Title | None:
    """The title that several lines are only together: the agency above it, the year above or below."""
    if sum(map(len, parts)) > _LONGEST_TITLE or not any("公开" in part for part in parts):
        return None
    title = title_of("".join(parts))
    alone = [found for part in parts if (found := title_of(part))]
    if title is None or any(found.agency and found.year for found in alone):
        return None
    if title_of("".join(parts[1:])) and not (title.agency and is_agency(title.agency)):
        return None
    if title_of(parts[0]) and not _FOUND_YEAR.search(parts[-1]):
        return None
    return title


def _agency_of(title: re.Match[str]) -> str | None:
    for name in (title["before"], title["after"]):
        cleaned = _NOT_A_NAME.sub("", name)
        if _BREAKS_OFF.fullmatch(cleaned) and "政府信息公开" in title.string:
            cleaned += "政府"
        if len(cleaned) >= _SHORTEST_NAME:
            return _printed(cleaned)
    within = title["within"]
    return _printed(within) if within and is_agency(within) else None


def _printed(name: str) -> str:
    return name.replace("(", "（").replace(")", "）")
