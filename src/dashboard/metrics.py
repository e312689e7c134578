"""Derived metrics as records: what metrics.toml says, its terms taken apart, `each` and `years` written out.

Owns the language of that file and nothing else: codes are checked by codebook_faults, what a term means in an
edition of the form is metric_rows.py, the arithmetic is sql/metric.sql.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

#: Kinds that have a denominator of their own; the others are about their numerator alone.
KINDS_WITH_DENOMINATOR: Final = ("rate", "ratio")
KINDS: Final = (
    "amount",
    *KINDS_WITH_DENOMINATOR,
    "concentration",
    "normalised_concentration",
    "effective_number",
    "variety",
    "least",
)
_TERM: Final = re.compile(
    r"(?P<sign>-?)(?P<optional>\??)(?P<code>[\w.]+?(?:\.\*)?)(?:\[(?P<group>\w+)\])?(?P<before>@-1)?"
)
_PERCENT: Final = 100


@dataclass(frozen=True, slots=True)
class Named:
    """One code of a term: an indicator, a pattern or an input no report has; of a group and year."""

    code: str
    group: str | None = None
    sign: int = 1
    is_optional: bool = False
    lag: int = 0


@dataclass(frozen=True, slots=True)
class Form:
    """The terms that hold for `editions` (None: for all that no other form names); each is whole or parts.

    `denominator_zh` is what these editions call the denominator.
    """

    editions: tuple[str, ...] | None
    numerator: tuple[tuple[Named, ...], ...]
    denominator: tuple[tuple[Named, ...], ...]
    denominator_zh: str | None

    @property
    def sides(self) -> Iterator[tuple[str, tuple[tuple[Named, ...], ...]]]:
        """The two sides of the fraction by name."""
        yield "numerator", self.numerator
        yield "denominator", self.denominator


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric. The guards are counts: below the first a value is not shown, below the second it is marked."""

    id: str
    family: str
    name_zh: str
    name_en: str
    unit_zh: str
    kind: str
    denominator_zh: str | None
    scale: int
    constant: int
    shown_from: int
    enough_from: int
    interval_below: int
    note_zh: str
    basis: str
    forms: tuple[Form, ...] = field(repr=False)
    breaks: tuple[str, ...] | None = field(repr=False)
    editions: tuple[str, ...] | None = field(repr=False)

    def form(self, edition: str | None) -> Form | None:
        """The terms that hold for an edition; None where the metric does not exist on that form."""
        if self.editions is not None and edition not in self.editions:
            return None
        own = (form for form in self.forms if form.editions is not None and edition in form.editions)
        return next(own, self.forms[0])


def term(text: str) -> tuple[Named, ...]:
    """The codes of a term: "whole | parts" gives both, in that order. Raises ValueError for other writing."""
    return tuple(_named(part.strip()) for part in text.split("|"))


def metrics_of(table: Mapping[str, Any], names: Mapping[str, str]) -> tuple[Metric, ...]:
    """The metrics of metrics.toml in its order; `names` gives the Chinese name of an indicator."""
    guard = table["guard"]
    return tuple(_metric(entry, guard) for row in table["metric"] for entry in _each(row, names))


def _named(text: str) -> Named:
    found = _TERM.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return Named(
        found["code"],
        found["group"],
        -1 if found["sign"] else 1,
        bool(found["optional"]),
        1 if found["before"] else 0,
    )


def _each(entry: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
    if "each" not in entry:
        yield entry
        return
    for code in entry["each"]:
        filling = {"{each}": code, "{part}": code.rpartition(".")[2], "{name}": _bare(names[code])}
        yield {key: _filled(value, filling) for key, value in entry.items()}


def _bare(name: str) -> str:
    """An indicator's name without the number that the form prints before it: 1.属于国家秘密."""
    return re.sub(r"^\d+\.", "", name)


def _filled(value: Any, filling: Mapping[str, str]) -> Any:  # noqa: ANN401 - a value of a TOML file
    if isinstance(value, list):
        return [_filled(part, filling) for part in value]
    if isinstance(value, dict):
        return {key: _filled(part, filling) for key, part in value.items()}
    if isinstance(value, str):
        for mark, text in filling.items():
            value = value.replace(mark, text)
    return value


def _metric(entry: Mapping[str, Any], guard: Mapping[str, int]) -> Metric:
    guarded = entry.get("guard", True) and entry["kind"] not in ("amount", "variety", "least")
    return Metric(
        entry["id"],
        entry["family"],
        entry["name_zh"],
        entry["name_en"],
        entry["unit"],
        entry["kind"],
        entry.get("denominator_zh"),
        entry.get("scale", _PERCENT if entry["kind"] == "rate" else 1),
        entry.get("constant", 0),
        guard["counts_only_below"] if guarded else 0,
        guard["few_below"] if guarded else 0,
        guard["interval_below"] if entry["kind"] == "rate" else 0,
        entry["note_zh"],
        entry["basis"],
        tuple(_forms(entry)),
        tuple(entry["breaks"]) if "breaks" in entry else None,
        tuple(entry["editions"]) if "editions" in entry else None,
    )


def _forms(entry: Mapping[str, Any]) -> Iterator[Form]:
    years = entry.get("years", 1)
    for form in ({}, *entry.get("form", ())):
        numerator, denominator = (
            _terms(form.get(side, entry.get(side, ())), years) for side in ("numerator", "denominator")
        )
        name = form.get("denominator_zh", entry.get("denominator_zh"))
        yield Form(tuple(form["editions"]) if form else None, numerator, denominator, name)


def _terms(written: Sequence[str], years: int) -> tuple[tuple[Named, ...], ...]:
    """The terms of this year and, where the metric adds up several, again of those before."""
    parsed = [term(text) for text in written]
    return tuple(
        tuple(replace(named, lag=named.lag + before) for named in choices)
        for before in range(years)
        for choices in parsed
    )
