"""Totals of a sentence with the parts it breaks them into: "共100条，其中动态60条、公告40条", "A 3件，B 4件，共计7件".

Only what surely belongs together is put together. A list ends where its list mark changes, where a word says
that something else begins (`ends` of the rule), at a bracket's end, at a semicolon unless semicolons are
its list mark, and at a 其中 that breaks down its last part.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from dashboard.checks.quantities import Quantity

_OPENS: Final = re.compile(
    r"其中|包括以下|包括|包含|(?<=[,(])含|分别(?:为|是)|由(?=[^;。]{1,200}组成)|(?<=[^\s])[(:](?!其中|包括|包含|含|分别|由)"
)
_NEXT: Final = re.compile(r"其中|包括|包含")
_IN_ALL: Final = re.compile(
    r"[,、]?(?:以上|各类|上述|三项|两项)?(?:共计|合计|总计)(?:主动)?(?:公开|发布|为)?(?:政府|政务)?(?:信息)?\s*"
)
_CLOSE: Final = re.compile(r"[\s,:(]*")
#: What stands between the parts of a list; 和 and 及 before the last are marks of the same list.
_MARKS: Final = {",": ",", ";": ";", "、": "、", "和": "、", "及": "、"}
#: So much may stand between a total and the word that opens its list.
_NEAR: Final = 16


@dataclass(frozen=True, slots=True)
class Listed:
    """A total and its parts. `is_whole`: the words claim that nothing else is in the total.

    `is_open`: the list may go on, or some of it could not be told, so that a smaller sum says nothing.
    """

    total: Quantity
    parts: tuple[Quantity, ...]
    is_whole: bool
    is_open: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """A folded sentence with its quantities and the words that end a list."""

    folded: str
    counts: Sequence[Quantity]
    ends: re.Pattern[str]
    no_counts: Sequence[tuple[int, int]]


def lists(statement: Statement) -> Iterator[Listed]:
    """Every total of the sentence with its parts, whichever of them comes first."""
    taken: set[int] = set()
    for opened in _OPENS.finditer(statement.folded):
        found = _broken_down(opened, statement)
        if found and found.total.start not in taken:
            taken.add(found.total.start)
            yield found
    yield from _summed_up(statement)


def _broken_down(opened: re.Match[str], statement: Statement) -> Listed | None:
    """The total before a 其中 (包括, a bracket, a colon) and the parts behind it."""
    folded, word = statement.folded, opened.group()
    before = [count for count in statement.counts if count.end <= opened.start()]
    if not before:
        return None
    total = before[-1]
    gap = folded[total.end : opened.start()]
    is_close = _CLOSE.fullmatch(gap) is not None
    needs_close = word in "(:" or word.startswith(("分别", "由"))
    if re.search("[;。)]", gap) or len(gap) > _NEAR or (needs_close and not is_close) or total.is_each:
        return None
    if word in "(:" and gap.strip():
        return None
    end, is_open = _scope(opened.end(), folded)
    inside = _outside_brackets(statement, opened.end(), end)
    parts, stopped = _run(inside, opened.end(), statement)
    if len(parts) < (2 if word in "(:" else 1):
        return None
    # A 其中 inside a part's own breakdown cannot tell where it ends: only its first part is surely its own.
    if _is_chained(opened, statement):
        parts, stopped = parts[:1], True
    same = [part for part in parts if part.unit == total.unit]
    if not same:
        return None
    is_whole = word.startswith(("分别", "由", "包括以下"))
    lost = len(same) < len(parts) or _has_other_numbers(statement, opened.end(), end)
    return Listed(total, tuple(same), is_whole, is_open or stopped or lost)


def _scope(start: int, folded: str) -> tuple[int, bool]:
    """Where what 其中 opens must end, and whether it may go on behind that."""
    depth = 0
    uses_semicolons = folded[start - 1] == ":" or folded[start : start + 1] == ":"
    first = re.split("[;。]", folded[start:], maxsplit=1)[0]
    uses_semicolons = uses_semicolons and not re.search(r"\d[^\d]{1,3}[,、][^;]*\d", first)
    for place in range(start, len(folded)):
        mark = folded[place]
        depth += (mark == "(") - (mark == ")")
        if depth < 0 or mark == "。" or (mark == ";" and not depth and not uses_semicolons):
            return place, False
        if not depth and place > start and _NEXT.match(folded, place):
            return place, True
    return len(folded), False


def _outside_brackets(statement: Statement, start: int, end: int) -> list[Quantity]:
    """The quantities of a span that stand in no bracket opened inside it."""
    found = []
    for count in statement.counts:
        if start <= count.start and count.end <= end:
            before = statement.folded[start : count.start]
            if before.count("(") <= before.count(")"):
                found.append(count)
    return found


def _run(inside: Sequence[Quantity], start: int, statement: Statement) -> tuple[list[Quantity], bool]:
    """The quantities that one list mark joins, and whether others stand behind them.

    A number with no mark behind it belongs to the name of the next ("两项补助4条").
    """
    run: list[Quantity] = []
    mark = None
    for count in inside:
        gap = statement.folded[(run[-1].end if run else start) : count.start]
        if statement.ends.search(gap):
            return run, True
        if run:
            marks = [_MARKS[place] for place in re.sub(r"\([^()]*\)", "", gap) if place in _MARKS]
            if not marks:
                run.pop()
            elif mark and marks[0] != mark:
                return run, True
            else:
                mark = marks[0]
        run.append(count)
    return run, False


def _is_chained(opened: re.Match[str], statement: Statement) -> bool:
    """Whether another 其中 stands before this one in the same statement, at the same depth of brackets."""
    before = re.split("[;。]", statement.folded[: opened.start()])[-1]
    if before.count("(") > before.count(")"):
        before = before[before.rindex("(") + 1 :]
    return _NEXT.search(before) is not None


def _has_other_numbers(statement: Statement, start: int, end: int) -> bool:
    """Whether digits stand in the span that are in no quantity and in nothing known to be no count."""
    spans = [(count.start, count.end) for count in statement.counts] + list(statement.no_counts)
    return any(
        not any(left <= digit.start() < right for left, right in spans)
        for digit in re.compile(r"\d+").finditer(statement.folded, start, end)
    )


def _summed_up(statement: Statement) -> Iterator[Listed]:
    """Parts, then 共计 and their total, in one statement that breaks nothing else down."""
    for number, total in enumerate(statement.counts):
        if number < 2 or not _IN_ALL.fullmatch(  # noqa: PLR2004 - a sum has two parts or more
            statement.folded, statement.counts[number - 1].end, total.start
        ):
            continue
        before = statement.folded[: total.start]
        floor = max(before.rfind(";"), before.rfind("。"), before.rfind("(")) + 1
        parts = [part for part in statement.counts[:number] if part.start >= floor]
        said = before[parts[0].start : parts[-1].end] if parts else ""
        if (
            _OPENS.search(before, floor)
            or statement.ends.search(said)
            or {part.unit for part in parts} != {total.unit}
        ):
            continue
        if len(parts) > 1 and not _has_other_numbers(statement, floor, total.start):
            yield Listed(total, tuple(parts), is_whole=True, is_open=False)
