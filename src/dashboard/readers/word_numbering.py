"""The numbers that Word writes before the paragraphs of a list: "一、", "（一）", "1." as the page shows them.

Owns counting and number formats (ECMA-376 part 1, 17.9 and 17.18.59). A bullet is an ornament and no
text. A format that is not known here is written in digits, as the standard says.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

from dashboard.readers.word_styles import is_on

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VALUE = f"{_W}val"
_PLACE = re.compile(r"%([1-9])")
#: No list counts so far: beyond, numbers are written in digits.
_MOST_WRITTEN = 10_000
_ROMAN = dict(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    )
)
_SERIES = {
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedCircleChinese": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "chineseLegalSimplified": "壹贰叁肆伍陆柒捌玖拾",
    "ideographEnclosedCircle": "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
}
#: What follows a number: where it ends in full-width punctuation a gap would only part what belongs together.
_CLOSED = re.compile(r"[、）．。：\u3000]$|^$")


class Level(NamedTuple):
    """How one level of a list counts and looks."""

    start: int = 0
    form: str = "decimal"
    text: str = ""
    follows: str = " "
    restarts: bool = True
    digits_only: bool = False
    style: str | None = None


@dataclass(slots=True)
class _List:
    """A list as paragraphs name it: whose counters it shares, its levels, where it starts anew."""

    shared: str
    levels: dict[int, Level]
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of a document and how far each has counted; ask for labels in the document's order."""

    def __init__(self, root: Any = None) -> None:  # noqa: ANN401 - lxml has no types
        self._lists = _lists(root) if root is not None else {}
        self._counters: dict[str, dict[int, int]] = {}

    def label(self, number: str | None, level: str | None, style: str | None = None) -> str:
        """The number of the next paragraph of this list (w:numId) and level (w:ilvl), with what follows it.

        Where no level is said, it is the one that is made for the paragraph's style, else the first.
        "" for a bullet, for no list (numId 0), for a list or level that the document does not define.
        """
        known = self._lists.get(number or "")
        if known is None:
            return ""
        of_style = (depth for depth, form in known.levels.items() if style and form.style == style)
        depth = _whole(level) if level else next(of_style, 0)
        if depth not in known.levels:
            return ""
        form = known.levels[depth]
        counters = self._counters.setdefault(known.shared, {})
        if depth in known.starts:
            counters[depth] = known.starts.pop(depth)
        else:
            counters[depth] = counters[depth] + 1 if depth in counters else form.start
        for below in [
            other for other in counters if other > depth and known.levels.get(other, form).restarts
        ]:
            del counters[below]
        return _written(form, known.levels, counters)


def _written(form: Level, levels: dict[int, Level], counters: dict[int, int]) -> str:
    def counted(found: re.Match[str]) -> str:
        place = int(found[1]) - 1
        other = levels.get(place, form)
        count = counters.get(place, other.start)
        return numeral(count, "decimal" if form.digits_only else other.form)

    if form.form in ("bullet", "none"):
        return ""
    text = _PLACE.sub(counted, form.text)
    return text if _CLOSED.search(text) else text + form.follows


def numeral(count: int, form: str) -> str:
    """A number in one of Word's formats (w:numFmt): 12 is 十二 in "chineseCounting", ⑫ circled."""
    series = _SERIES.get(form)
    if series and 1 <= count <= len(series):
        return series[count - 1]
    write = _WRITTEN.get(form)
    return write(count) if write and 0 < count < _MOST_WRITTEN else str(count)


def _in_digits(digits: str, count: int) -> str:
    return "".join(digits[int(digit)] for digit in str(count))


def _letters(count: int) -> str:
    """From a to z, then aa, bb and so on."""
    return chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)


def _chinese(count: int) -> str:
    """A count below 10,000 as it is said: 10 十, 21 二十一, 105 一百零五."""
    said = ""
    for digit, unit in zip(f"{count:04}", ("千", "百", "十", ""), strict=True):
        said += "零一二三四五六七八九"[int(digit)] + unit if digit != "0" else "零"
    said = re.sub("零+", "零", said).strip("零")
    return said[1:] if said.startswith("一十") else said


def _roman(count: int) -> str:
    said = ""
    for value, letters in _ROMAN.items():
        said += letters * (count // value)
        count %= value
    return said


_WRITTEN: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(("chineseCounting", "chineseCountingThousand", "japaneseCounting"), _chinese),
    **dict.fromkeys(("taiwaneseCounting", "taiwaneseCountingThousand"), _chinese),
    **dict.fromkeys(("ideographDigital", "taiwaneseDigital"), partial(_in_digits, "〇一二三四五六七八九")),
    **dict.fromkeys(("decimalFullWidth", "decimalFullWidth2"), partial(_in_digits, "０１２３４５６７８９")),
    "decimalZero": "{:02}".format,
    "lowerLetter": _letters,
    "upperLetter": lambda count: _letters(count).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda count: _roman(count).upper(),
}


def _lists(root: Any) -> dict[str, _List]:  # noqa: ANN401 - as above
    """The lists by w:numId. One that only names a style (w:numStyleLink) has the levels of that style's list."""
    abstract = {known.get(f"{_W}abstractNumId"): known for known in root.iterchildren(f"{_W}abstractNum")}
    by_style = {
        link.get(_VALUE): known
        for known in abstract.values()
        for link in known.iterchildren(f"{_W}styleLink")
    }
    lists = {}
    for number in root.iterchildren(f"{_W}num"):
        shared = next((one.get(_VALUE) for one in number.iterchildren(f"{_W}abstractNumId")), None)
        known = abstract.get(shared)
        if known is None or shared is None:
            continue
        link = next((one.get(_VALUE) for one in known.iterchildren(f"{_W}numStyleLink")), None)
        made = _List(shared, _levels(by_style.get(link, known)))
        for change in number.iterchildren(f"{_W}lvlOverride"):
            made.levels |= _levels(change)
            for start in change.iterchildren(f"{_W}startOverride"):
                made.starts[_whole(change.get(f"{_W}ilvl"))] = _whole(start.get(_VALUE))
        lists[number.get(f"{_W}numId")] = made
    return lists


def _levels(parent: Any) -> dict[int, Level]:  # noqa: ANN401 - as above
    return {_whole(level.get(f"{_W}ilvl")): _level(level) for level in parent.iterchildren(f"{_W}lvl")}


def _level(level: Any) -> Level:  # noqa: ANN401 - as above
    said = {element.tag.removeprefix(_W): element for element in level.iter(f"{_W}*")}
    value = {name: element.get(_VALUE) for name, element in said.items()}
    hidden = "vanish" in said and is_on(said["vanish"])
    return Level(
        start=_whole(value.get("start")),
        form="none" if hidden else value.get("numFmt", "decimal"),
        text=value.get("lvlText") or "",
        follows="" if value.get("suff") == "nothing" else " ",
        restarts=value.get("lvlRestart") != "0",
        digits_only="isLgl" in said and is_on(said["isLgl"]),
        style=value.get("pStyle"),
    )


def _whole(text: str | None) -> int:
    return int(text[:9]) if text and text.isdecimal() else 0
