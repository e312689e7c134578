"""The figures of one report as the rules see them, and how findings speak of them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Any, Final, NamedTuple

from dashboard.codebook import Codebook, Edition
from dashboard.model import CellReference, Fact, Finding, Reading

Key = tuple[str, str | None]
#: The number a label begins with: "三、" "（七）" "1."
_NUMBER: Final = re.compile(r"[（(]?(?:[一二三四五六七八九十]+|\d+)[）)、．.]+")
#: A note at the end of a label: "（区分处理的，只计这一情形，不计其他情形）"
_NOTE: Final = re.compile(r"(?<=.)（[^（）]{4,}）$")


class Tested(NamedTuple):
    """What a rule has tested: Σ coefficient × cell = 0, and what was filed where it fails (None: it holds)."""

    terms: Mapping[Key, int]
    finding: Finding | None


@dataclass(slots=True)
class Cells:
    """A report's figures by (indicator, group): table cells, mentions in prose, derived totals.

    `parts` are the cells whose sum each derived total is; `tested` are the sums and balances tested so far.
    """

    reading: Reading
    book: Codebook
    sections: Mapping[str, str]
    table: dict[Key, Fact] = field(default_factory=dict)
    told: dict[str, list[Fact]] = field(default_factory=dict)
    derived: dict[Key, Decimal] = field(default_factory=dict)
    parts: dict[Key, list[Key]] = field(default_factory=dict)
    tested: list[Tested] = field(default_factory=list)
    groups: tuple[str, ...] = ()
    edition: Edition | None = None

    def __post_init__(self) -> None:
        for fact in self.reading.facts:
            if fact.source == "table":
                self.table.setdefault((fact.indicator, fact.group), fact)
            else:
                self.told.setdefault(fact.indicator, []).append(fact)
        self.groups = tuple(group["code"] for group in self.book.groups)
        self.edition = self.book.editions.get(self.reading.edition or "")

    def value(self, key: Key) -> Decimal | None:
        """The printed number of a cell, or the total derived for it; None where there is none."""
        if key in self.derived:
            return self.derived[key]
        fact = self.table.get(key)
        return fact.value if fact else None

    def status(self, key: Key) -> str:
        """How sure the number of a cell is; derived where it follows from its parts."""
        return "derived" if key in self.derived else self.table[key].status

    def named(self, codes: Iterable[str], group: str | None) -> Iterator[Key]:
        """The cells that codes (or "stem.*") name, whether or not the report has them."""
        for pattern in codes:
            yield from ((code, group) for code in self.book.matching(pattern))

    def printed(self, codes: Iterable[str], group: str | None) -> list[Key]:
        """The cells of these indicators (or "stem.*") that the report has."""
        return list(dict.fromkeys(key for key in self.named(codes, group) if key in self.table))

    def lost(self, keys: Sequence[Key]) -> bool:
        """Whether the report lacks any of these cells though its form requires it: what stands there is unknown.

        Parts are not missed where the report has what they are parts of: （六）其他处理 in one row.
        """
        required = self.edition.required_cells if self.edition else frozenset()
        missed = [key for key in keys if key in required and key not in self.table]
        return any(not any(whole in keys and whole in self.table for whole in _wholes(key)) for key in missed)

    def readable(self, keys: Iterable[Key]) -> bool:
        """Whether none of the cells holds something that could not be read."""
        return all(self.status(key) != "unreadable" for key in keys)

    def blanks(self, keys: Iterable[Key]) -> list[Key]:
        """The cells among these that have no number."""
        return [key for key in keys if self.value(key) is None]

    def reference(self, key: Key) -> CellReference:
        """The cell as a finding names it."""
        return CellReference(key[0], key[1], None, self.value(key), self.status(key))

    def unit(self, key: Key) -> str:
        """The unit a cell is in: as printed, or that of its indicator."""
        fact = self.table.get(key)
        return (fact.unit if fact else None) or self.book.indicators[key[0]].unit_zh

    def name(self, key: Key) -> str:
        """A cell as a person says it: "三（七）总计 自然人列"."""
        code, group = key
        label = _labels(self.edition).get(code) if self.edition else None
        label = label or self.book.indicators[code].name_zh
        return f"{label} {self.group_name(group)}列" if group else label

    def group_name(self, group: str | None) -> str:
        """The Chinese name of an applicant group, "" for none."""
        return next((row["name_zh"] for row in self.book.groups if row["code"] == group), "")


@cache
def _labels(edition: Edition) -> dict[str, str]:
    """The indicators that rows of a form stand for, each by its own label and the numbers of those above."""
    labels: dict[str, str] = {}
    for table in edition.tables:
        for block in table.blocks:
            if any(column.gives in ("group", "row") for column in block.columns):
                labels |= {row.code: _label(row.path) for row in block.rows if row.code}
    return labels


def _label(path: tuple[str, ...]) -> str:
    numbers = [found.group().rstrip("、") for part in path[:-1] if (found := _NUMBER.match(part))]
    return "".join([*numbers, _NOTE.sub("", path[-1].removeprefix("其中："))])


def _wholes(key: Key) -> Iterator[Key]:
    """The cells of the codes above a code, in the same column."""
    code, group = key
    while "." in code:
        code = code.rpartition(".")[0]
        yield code, group


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
