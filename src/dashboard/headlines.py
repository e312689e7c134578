"""Sentences built from facts by rules: what changed against the year before, and what cannot be said.

Rows in are those of queries.trend for one year; two people with the same facts would write the same.
Rows whose state says nothing (flat, no base) give no sentence.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.formats import quantity
from dashboard.text import words

Row = Mapping[str, Any]
_CHANGES = ("up", "down", "new", "ceased")


@dataclass(frozen=True, slots=True)
class Headline:
    """One sentence, the kind of change it tells (a key of [headline_kind]) and the rows it rests on."""

    kind: str
    text: str
    row: Row


def changes(rows: Iterable[Row], year: int, reasons: Mapping[str, str]) -> list[Headline]:
    """The year's changes, the largest relative ones first, then what is not comparable or not counted.

    `reasons` gives for an indicator why its series broke between the two years.
    """
    listed = list(rows)
    changed = [row for row in listed if row["state"] in _CHANGES]
    changed.sort(key=lambda row: (-_weight(row), row["indicator"]))
    told = [Headline(row["state"], _change(row), row) for row in changed]
    told += [
        Headline(
            "not_comparable",
            words(
                "headline.not_comparable",
                name=short_name(row),
                year=year,
                value=quantity(row["value"], row["unit_zh"]),
                reason=reasons.get(row["indicator"], ""),
            ),
            row,
        )
        for row in listed
        if row["state"] == "not_comparable"
    ]
    told += [
        Headline("unquantified", words("headline.unquantified", name=short_name(row), word=row["raw"]), row)
        for row in listed
        if row["status"] == "unquantified" and row["raw"]
    ]
    return told


def short_name(row: Row) -> str:
    """The indicator's name as a sentence says it: 政务动态发布数 -> 政务动态."""
    name = str(row["name_zh"])
    for prefix in ("一、", "二、", "四、"):
        name = name.removeprefix(prefix)
    for ending in ("发布数", "信息数", "数量", "数"):
        if name.endswith(ending) and len(name) > len(ending) + 1:
            name = name.removesuffix(ending)
            break
    return f"{name}（{row['item']}）" if isinstance(row["item"], str) else name


def _change(row: Row) -> str:
    unit = row["unit_zh"]
    return words(
        f"headline.{row['state']}",
        name=short_name(row),
        base=quantity(row["base_value"], unit),
        value=quantity(row["value"], unit),
        change=quantity(abs(row["change"]), unit),
    )


def _weight(row: Row) -> float:
    """Change relative to the larger of the two figures, damped where both are small."""
    larger = max(float(row["value"]), float(row["base_value"]))
    return abs(float(row["change"])) / (larger + 10)
