"""The figures of one report as the rules see them, and how findings speak of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from dashboard.codebook import Codebook
from dashboard.model import CellReference, Fact, Reading

Key = tuple[str, str | None]


@dataclass(slots=True)
class Cells:
    """A report's figures by (indicator, group): table cells, mentions in prose, derived totals."""

    reading: Reading
    book: Codebook
    sections: Mapping[str, str]
    table: dict[Key, Fact] = field(default_factory=dict)
    told: dict[str, list[Fact]] = field(default_factory=dict)
    derived: dict[Key, Decimal] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for fact in self.reading.facts:
            if fact.source == "table":
                self.table.setdefault((fact.indicator, fact.group), fact)
            else:
                self.told.setdefault(fact.indicator, []).append(fact)

    def value(self, key: Key) -> Decimal | None:
        """The printed number of a cell, or the total derived for it; None where there is none."""
        if key in self.derived:
            return self.derived[key]
        fact = self.table.get(key)
        return fact.value if fact else None

    def status(self, key: Key) -> str:
        """How sure the number of a cell is; derived where it follows from its parts."""
        return "derived" if key in self.derived else self.table[key].status

    def printed(self, codes: Iterable[str], group: str | None) -> list[Key]:
        """The cells of these indicators (or "stem.*") that the report's form has."""
        keys = [(code, group) for pattern in codes for code in self.book.matching(pattern)]
        return [key for key in dict.fromkeys(keys) if key in self.table]

    def groups(self) -> list[str]:
        """The codes of the applicant groups, in the form's order."""
        return [group["code"] for group in self.book.groups]

    def readable(self, keys: Iterable[Key]) -> bool:
        """Whether none of the cells holds something that could not be read."""
        return all(self.status(key) != "unreadable" for key in keys)

    def reference(self, key: Key) -> CellReference:
        """The cell as a finding names it."""
        return CellReference(key[0], key[1], None, self.value(key), self.status(key))

    def name(self, key: Key) -> str:
        """A cell as a person says it: "（七）总计（自然人列）"."""
        label = self.book.indicators[key[0]].name_zh
        return f"{label}（{self.group_name(key[1])}列）" if key[1] else label

    def group_name(self, group: str | None) -> str:
        """The Chinese name of an applicant group, "" for none."""
        return next((row["name_zh"] for row in self.book.groups if row["code"] == group), "")


def printed_number(value: Decimal | None) -> str:
    """A number in a formula: exact, without trailing zeros; an absent one shows as 空白."""
    if value is None:
        return "空白"
    return f"{value.normalize():f}"


def sum_of(values: Iterable[Decimal | None]) -> Decimal:
    """The sum with absent numbers as zero."""
    return sum((value for value in values if value is not None), Decimal(0))


def with_stems(rule: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The rule once for each of its stems, "{stem}" filled in everywhere."""
    return [_filled(rule, stem) for stem in rule["stems"]] if "stems" in rule else [rule]


def _filled(node: Any, stem: str) -> Any:  # noqa: ANN401 - any TOML value
    if isinstance(node, str):
        return node.replace("{stem}", stem)
    if isinstance(node, list):
        return [_filled(part, stem) for part in node]
    if isinstance(node, Mapping):
        return {name: _filled(part, stem) for name, part in node.items()}
    return node
