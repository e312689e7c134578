"""The codebook: what changes when a form changes, read from `data/codebook/` and checked.

Owns the loading of indicators, applicant groups, editions with their tables, rows and columns,
breaks, identities, rules between reports, gap rules, metrics, prose patterns and agencies. It interprets
no document. A fault in the files is reported with all others at once, as file and row (CodebookError).

Grid rule of rows.csv and columns.csv: one column an edition, holding the label as printed there
(a path joined by " > "), `-` where that edition lacks it, a leading `?` where it may be missing. A row
with a label and no code heads a group. `gives` tells what a column's cells hold: with `suffix` the code
is that of the row with the column's behind it, with `group` the row's of that applicant group, with
`indicator` the column's, with `row` the row's; `unit` prints the row's unit, `ignored` is not wanted.
"""

import csv
import hashlib
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from dashboard.codebook_faults import ABSENT, NO_FIGURE, content_faults, shape_faults
from dashboard.errors import CodebookError
from dashboard.metrics import Metric, metrics_of

UNLABELLED = "*"
_FILES = (
    *(f"{name}.csv" for name in ("indicators", "groups", "rows", "columns", "breaks", "agencies")),
    *(f"{name}.toml" for name in ("editions", "identities", "ledgers", "gap_rules", "metrics", "prose")),
)


@dataclass(frozen=True, slots=True)
class Indicator:
    """One code of indicators.csv. `dimension` is none, group, account, outlet, platform, …

    `said_zh` is the name as a sentence says it (新收申请), `name_zh` as the form prints it.
    """

    code: str
    parent: str | None
    name_zh: str
    said_zh: str
    name_en: str
    unit_zh: str
    unit_en: str
    dimension: str
    kind: str
    additive: str


@dataclass(frozen=True, slots=True, eq=False)  # one object each: told apart, and hashed, at no cost
class FormLabel:
    """A row or column of a form: its label path as printed, and other spellings of its last part."""

    code: str
    path: tuple[str, ...]
    aliases: tuple[str, ...]
    optional: bool
    gives: str = ""


@dataclass(frozen=True, slots=True, eq=False)  # one object each: told apart, and hashed, at no cost
class FormBlock:
    """A part of a table with its own header row; `title` is "" where a table has just one."""

    title: str
    rows: tuple[FormLabel, ...]
    columns: tuple[FormLabel, ...]

    @property
    def value_columns(self) -> tuple[FormLabel, ...]:
        """The columns whose cells hold figures, in print order: neither units nor what is not wanted."""
        return tuple(column for column in self.columns if column.gives not in NO_FIGURE)

    def heads_group(self, row: FormLabel) -> bool:
        """Whether a row only names those below it: it has no code, and no column gives it one."""
        return not row.code and all(column.gives != "indicator" for column in self.columns)

    def cell(self, row: FormLabel, column: FormLabel) -> tuple[str, str | None]:
        """The indicator and applicant group of the figure at `row` and `column`.

        For a row and a column that have one: not for a row that heads a group, nor outside `value_columns`.
        """
        if column.gives == "suffix":
            return f"{row.code}.{column.code}", None
        if column.gives == "group":
            return row.code, column.code
        return (row.code if column.gives == "row" else column.code), None


@dataclass(frozen=True, slots=True, eq=False)  # one object each: told apart, and hashed, at no cost
class FormTable:
    """One table of an edition's form, in print order."""

    id: str
    section: str
    name_zh: str
    headings: tuple[str, ...]
    blocks: tuple[FormBlock, ...]


@dataclass(frozen=True, eq=False)  # one object each: told apart, and hashed, at no cost
class Edition:
    """An edition of the form: its tables, and the words by which a report on it is known.

    `fingerprints` stand in cells of its tables, `heading_fingerprints` in headings of reports without any.
    """

    id: str
    first_year: int
    last_year: int | None
    name_zh: str
    basis: str
    fingerprints: tuple[str, ...]
    heading_fingerprints: tuple[str, ...]
    tables: tuple[FormTable, ...]

    @cached_property
    def cells(self) -> frozenset[tuple[str, str | None]]:
        """Every (indicator, group) the form asks for, rows and columns that may be missing included."""
        return frozenset(cell for cell, _ in self._places())

    @cached_property
    def required_cells(self) -> frozenset[tuple[str, str | None]]:
        """The cells that every complete report on this form has."""
        return frozenset(cell for cell, optional in self._places() if not optional)

    def _places(self) -> Iterator[tuple[tuple[str, str | None], bool]]:
        for table in self.tables:
            for block in table.blocks:
                for row in (row for row in block.rows if not block.heads_group(row)):
                    for column in block.value_columns:
                        yield block.cell(row, column), row.optional or column.optional


@dataclass(frozen=True, slots=True, eq=False)  # one object each: told apart, and hashed, at no cost
class Codebook:
    """Everything in `data/codebook/`, with `version`, a digest of its bytes."""

    version: str
    indicators: Mapping[str, Indicator]
    groups: tuple[Mapping[str, str], ...]
    editions: Mapping[str, Edition]
    sections: tuple[Mapping[str, Any], ...]
    breaks: tuple[Mapping[str, str], ...]
    rules: tuple[Mapping[str, Any], ...]
    year_rules: tuple[Mapping[str, Any], ...]
    cell_words: Mapping[str, str]
    gap_rules: tuple[Mapping[str, Any], ...]
    metrics: tuple[Metric, ...]
    metric_inputs: tuple[Mapping[str, str], ...]
    prose: Mapping[str, Any]
    agencies: tuple[Mapping[str, str], ...]
    _matches: dict[str, tuple[str, ...]] = field(default_factory=dict, init=False, repr=False)

    @property
    def told_in_prose(self) -> tuple[str, ...]:
        """The indicators that a pattern for sentences gives, in the codebook's order."""
        rules = (
            rule for kind in ("count", "parallel", "nil", "derived") for rule in self.prose.get(kind, ())
        )
        named = {rule["indicator"] for rule in rules}
        return tuple(code for code in self.indicators if code in named)

    def agency_name(self, wanted: str) -> str:
        """The name an agency goes by here, from its code, name or alias; unknown ones stay as given."""
        for row in self.agencies:
            if wanted in (row["code"], row["name"], *row["aliases"].split("|")):
                return row["name"]
        return wanted

    def agency(self, name: str | None) -> Mapping[str, str] | None:
        """The row of agencies.csv for `name`, or None."""
        return next((row for row in self.agencies if row["name"] == name), None)

    def matching(self, pattern: str) -> tuple[str, ...]:
        """The codes a pattern names: a code itself, "stem.*" for all below the stem, "*" for all."""
        if pattern != "*" and not pattern.endswith(".*"):
            return (pattern,)
        if pattern not in self._matches:
            self._matches[pattern] = tuple(code for code in self.indicators if code.startswith(pattern[:-1]))
        return self._matches[pattern]


@cache
def load(folder: Path) -> Codebook:
    """Read and check the codebook in `folder`; raises CodebookError listing every problem."""
    missing = [f"{name}：缺少此文件" for name in _FILES if not (folder / name).is_file()]
    if missing:
        raise CodebookError(missing)
    files = _read(folder)
    problems = [*shape_faults(files)] or [*content_faults(files)]
    if problems:
        raise CodebookError(problems)
    editions = files["editions.toml"]
    grids = {name: files[f"{name}.csv"] for name in ("rows", "columns")}
    names = {row["code"]: row["name_zh"] for row in files["indicators.csv"]}
    return Codebook(
        version=hashlib.sha256(b"".join((folder / name).read_bytes() for name in _FILES)).hexdigest()[:12],
        indicators={row["code"]: _indicator(row) for row in files["indicators.csv"]},
        groups=tuple(files["groups.csv"]),
        editions={row["id"]: _edition(row, editions["table"], grids) for row in editions["edition"]},
        sections=tuple(editions["section"]),
        breaks=tuple(files["breaks.csv"]),
        rules=tuple(files["identities.toml"]["rule"]),
        year_rules=tuple(files["ledgers.toml"]["rule"]),
        cell_words=files["ledgers.toml"]["words"],
        gap_rules=tuple(files["gap_rules.toml"]["rule"]),
        metrics=metrics_of(files["metrics.toml"], names),
        metric_inputs=tuple(files["metrics.toml"].get("input", ())),
        prose=files["prose.toml"],
        agencies=tuple(files["agencies.csv"]),
    )


def _read(folder: Path) -> dict[str, Any]:
    """Every file by its name: rows of a CSV, the table of a TOML. Raises CodebookError, all faults at once."""
    files: dict[str, Any] = {}
    problems: list[str] = []
    for name in _FILES:
        try:
            files[name] = list(_csv(folder / name)) if name.endswith(".csv") else _toml(folder / name)
        except (UnicodeDecodeError, csv.Error, tomllib.TOMLDecodeError) as fault:
            problems.append(f"{name}：{fault}")
    if problems:
        raise CodebookError(problems)
    return files


def _csv(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"))


def _indicator(row: Mapping[str, str]) -> Indicator:
    told = ("name_en", "unit_zh", "unit_en", "dimension", "kind", "additive")
    said = row["said_zh"] or row["name_zh"]
    return Indicator(row["code"], row["parent"] or None, row["name_zh"], said, *(row[key] for key in told))


def _edition(
    row: Mapping[str, Any], tables: Iterable[Mapping[str, Any]], grids: Mapping[str, list[dict[str, str]]]
) -> Edition:
    built = [_table(row["id"], table, grids) for table in tables]
    return Edition(
        row["id"],
        row["first_year"],
        row.get("last_year"),
        row["name_zh"],
        row["basis"],
        tuple(row["fingerprints"]),
        tuple(row.get("heading_fingerprints", ())),
        tuple(table for table in built if table.blocks),
    )


def _table(edition: str, table: Mapping[str, Any], grids: Mapping[str, list[dict[str, str]]]) -> FormTable:
    def labels(grid: str, block: str) -> tuple[FormLabel, ...]:
        lines = [row for row in grids[grid] if row["table"] == table["id"] and row["block"] == block]
        return tuple(label for row in lines if (label := _label(row, edition)) is not None)

    titles = dict.fromkeys(row["block"] for row in grids["rows"] if row["table"] == table["id"])
    blocks = (FormBlock(title, labels("rows", title), labels("columns", title)) for title in titles)
    printed = tuple(block for block in blocks if block.rows and block.columns)
    return FormTable(table["id"], table["section"], table["name_zh"], tuple(table["headings"]), printed)


def _label(row: Mapping[str, str], edition: str) -> FormLabel | None:
    printed = row.get(edition) or ABSENT
    if printed == ABSENT:
        return None
    path = () if printed == UNLABELLED else tuple(printed.removeprefix("?").split(" > "))
    aliases = tuple(alias for alias in row["aliases"].split("|") if alias)
    return FormLabel(row["code"], path, aliases, printed.startswith("?"), row.get("gives", ""))
