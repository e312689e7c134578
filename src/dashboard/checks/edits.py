"""The smallest edit that would balance the tables: one cell or two whose change makes every sum hold.

It is information for whoever compares the report with its sources, never a correction: every way of one
cell is as good as another here. Blanks count as zero, no number may fall below zero, and no sum that
holds may be broken. Failed sums that share a cell are mended together, unless they fall apart, in one way
only, into parts that one cell each mends (slips in several rows of table 3); others each on their own.
Where one group alone has no way, two groups may share one (a count that went into a wrong row).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations, islice
from math import prod
from typing import Final

from dashboard.checks.cells import Cells, Key, Tested, sum_of
from dashboard.model import Finding
from dashboard.numbers import printed_number

#: This many ways are all named, of more the first ones.
_NAMED: Final = 3
#: Where so many tries do not tell how failed sums fall apart, they are left together.
_MOST_TRIES: Final = 500
Edit = tuple[tuple[Key, Decimal], ...]


@dataclass(frozen=True, slots=True)
class Equation:
    """Σ coefficient × printed cell = 0; `residual` is what the sum comes to as printed, blanks as zero."""

    terms: Mapping[Key, int]
    residual: Decimal
    finding: Finding | None


#: The equations that hold, by the cells that stand in them.
Held = Mapping[Key, Sequence[Equation]]


@dataclass(frozen=True, slots=True)
class Mending:
    """Failed equations that belong together, and the smallest edits that mend them (none: not with two)."""

    failed: tuple[Equation, ...]
    edits: tuple[Edit, ...]


def with_edits(found: Sequence[Finding], cells: Cells) -> list[Finding]:
    """The findings, those of failed equations with the smallest edits that would mend them."""
    said = {
        id(equation.finding): _said(mending.edits, cells)
        for mending in mendings(cells)
        for equation in mending.failed
    }
    return [
        replace(finding, message=f"{finding.message}；{said[id(finding)]}")
        if id(finding) in said
        else finding
        for finding in found
    ]


def mendings(cells: Cells) -> list[Mending]:
    """What would mend the failed equations of a report, group by group."""
    if not any(tested.finding for tested in cells.tested):
        return []
    equations = [_equation(tested, cells) for tested in cells.tested]
    held: dict[Key, list[Equation]] = {}
    for equation in equations:
        for key in equation.terms if not equation.finding else ():
            held.setdefault(key, []).append(equation)
    groups = _connected([equation for equation in equations if equation.finding])
    return _merged([part for group in groups for part in _group_mendings(group, held, cells)], held, cells)


def _equation(tested: Tested, cells: Cells) -> Equation:
    """What was tested, as an equation of printed cells: a derived total stands for its parts."""
    terms: dict[Key, int] = {}
    for key, coefficient in tested.terms.items():
        for part in _printed_parts(key, cells):
            terms[part] = terms.get(part, 0) + coefficient
    terms = {key: coefficient for key, coefficient in terms.items() if coefficient}
    values = (coefficient * (cells.value(key) or Decimal(0)) for key, coefficient in terms.items())
    return Equation(terms, sum_of(values), tested.finding)


def _printed_parts(key: Key, cells: Cells) -> Iterator[Key]:
    if key not in cells.parts:
        yield key
        return
    for part in cells.parts[key]:
        yield from _printed_parts(part, cells)


def _connected(equations: Sequence[Equation]) -> list[list[Equation]]:
    """The equations in groups: those that share a cell, directly or through others, are together."""
    groups: list[list[Equation]] = []
    for equation in equations:
        near = [group for group in groups if any(one.terms.keys() & equation.terms.keys() for one in group)]
        groups = [group for group in groups if group not in near]
        groups.append([*(one for group in near for one in group), equation])
    return groups


def _group_mendings(group: Sequence[Equation], held: Held, cells: Cells) -> list[Mending]:
    """One cell for the whole group, else one for each part of it, else two for the whole."""
    ways = _mended_by_one(group, held, cells)
    whole = frozenset(range(len(group)))
    if whole in ways:
        return [Mending(tuple(group), tuple(ways[whole]))]
    parts = _only_cover(whole, list(ways))
    pairs = tuple(_double_edits(group, held, cells)) if len(parts) in (0, 2) else ()
    if parts and len(pairs) in (0, prod(len(ways[part]) for part in parts)):
        return [Mending(tuple(group[number] for number in sorted(part)), tuple(ways[part])) for part in parts]
    return [Mending(tuple(group), pairs)]


def _mended_by_one(group: Sequence[Equation], held: Held, cells: Cells) -> dict[frozenset[int], list[Edit]]:
    """The equations of the group that one cell alone mends, with every way; each cell in all those it stands in."""
    standing: dict[Key, list[int]] = {}
    for number, equation in enumerate(group):
        for key in equation.terms:
            standing.setdefault(key, []).append(number)
    found: dict[frozenset[int], list[Edit]] = {}
    for key, numbers in standing.items():
        changes = {-group[number].residual / group[number].terms[key] for number in numbers}
        value = (cells.value(key) or Decimal(0)) + changes.pop()
        if key not in held and not changes and value >= 0 and value == int(value):
            found.setdefault(frozenset(numbers), []).append(((key, value),))
    for edits in found.values():
        edits.sort(key=lambda edit: _unlikely(edit, cells))
    return found


def _unlikely(edit: Edit, cells: Cells) -> tuple[bool, bool, bool]:
    """Puts what takes a printed number away last, before it what fills a blank, before that what fills a zero."""
    ((key, value),) = edit
    printed = cells.value(key)
    return not value, printed is None, not printed


def _only_cover(whole: frozenset[int], parts: Sequence[frozenset[int]]) -> tuple[frozenset[int], ...]:
    """The fewest parts, no two of which share anything, that make up the whole; () where there is no one answer."""
    tried = list(islice(_covers(whole, parts), _MOST_TRIES))
    found = sorted((cover for cover in tried if cover is not None), key=len)
    is_only = len(found) == 1 or (len(found) > 1 and len(found[0]) < len(found[1]))
    return found[0] if is_only and len(tried) < _MOST_TRIES else ()


def _covers(
    left: frozenset[int], parts: Sequence[frozenset[int]]
) -> Iterator[tuple[frozenset[int], ...] | None]:
    """Every way to make up what is left of parts that share nothing, and None for every try that leads nowhere."""
    if not left:
        yield ()
        return
    fitting = [part for part in parts if part <= left]
    hardest = min(left, key=lambda number: sum(number in part for part in fitting))
    tries = [part for part in fitting if hardest in part]
    if not tries:
        yield None
    for part in tries:
        yield from (None if rest is None else (part, *rest) for rest in _covers(left - part, fitting))


def _double_edits(group: Sequence[Equation], held: Held, cells: Cells) -> Iterator[Edit]:
    """Every two cells that together mend the group; an equation that holds has both of them or neither."""
    others = list(dict.fromkeys(key for equation in group for key in equation.terms))
    seen: set[frozenset[Key]] = set()
    for one in group[0].terms:
        same = held.get(one, [])
        for other in others:
            pair = frozenset((one, other))
            if one == other or pair in seen or not all(equation.terms.keys() & pair for equation in group):
                continue
            if not _stand_together(same, held.get(other, [])):
                continue
            seen.add(pair)
            changes = _solved(
                [
                    (equation.terms.get(one, 0), equation.terms.get(other, 0), -equation.residual)
                    for equation in (*group, *same)
                ]
            )
            if changes is None:
                continue
            edit = tuple(
                (key, (cells.value(key) or Decimal(0)) + change)
                for key, change in zip((one, other), changes, strict=True)
            )
            if all(changes) and all(value >= 0 for _, value in edit):
                yield edit


def _stand_together(one: Sequence[Equation], other: Sequence[Equation]) -> bool:
    """Whether these are the same equations, which hold: one cell of them cannot change without the other."""
    return list(map(id, one)) == list(map(id, other))


def _solved(rows: Sequence[tuple[int, int, Decimal]]) -> tuple[Decimal, Decimal] | None:
    """The one whole solution of a·x + b·y = c for all rows; None where there is none, or many."""
    for (a, b, c), (d, e, f) in combinations(rows, 2):
        determinant = a * e - b * d
        if determinant:
            x, y = (c * e - b * f) / determinant, (a * f - c * d) / determinant
            fits = all(one * x + other * y == by for one, other, by in rows)
            return (x, y) if fits and x == int(x) and y == int(y) else None
    return None


def _merged(found: list[Mending], held: Held, cells: Cells) -> list[Mending]:
    """The mendings with groups that have none of their own put together in twos, where that helps."""
    hard = [mending for mending in found if not mending.edits or len(mending.edits[0]) > 1]
    for one, other in combinations(hard, 2):
        edits = tuple(_double_edits((*one.failed, *other.failed), held, cells))
        if edits and one in found and other in found:
            rest = [mending for mending in found if mending not in (one, other)]
            found = [*rest, Mending((*one.failed, *other.failed), edits)]
    return found


def _said(edits: Sequence[Edit], cells: Cells) -> str:
    if not edits:
        return "改一格或两格不能使各式都成立，请逐格核对"
    ways = " 或 ".join(_way(edit, cells) for edit in edits[:_NAMED])
    count = (
        f"（改 {len(edits[0])} 格，共 {len(edits)} 种改法，此列 {_NAMED} 种）" if len(edits) > _NAMED else ""
    )
    return f"最小改动{count}：{ways}"


def _way(edit: Edit, cells: Cells) -> str:
    return "并".join(
        f"{cells.name(key)}由 {printed_number(cells.value(key))} 改为 {printed_number(value)}"
        for key, value in edit
    )
