"""What is wrong with the files of a codebook: every fault at once, each with its file and row.

Owns the rules that the files must keep: the columns and keys that codebook.py reads, codes that exist
and are given once, patterns that compile. It reads no file and builds no record. `shape_faults` are
those that make a file unreadable; `content_faults` presume there are none of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from dashboard.codebook_faults.common import Rows, matches, repeated
from dashboard.codebook_faults.forms import ABSENT, NO_FIGURE, column_faults, grid_faults, row_faults
from dashboard.codebook_faults.gaps import GAP_KEYS, gap_faults
from dashboard.codebook_faults.ledgers import ledger_faults
from dashboard.codebook_faults.metrics import metric_faults, metric_shape_faults
from dashboard.codebook_faults.prose import prose_faults
from dashboard.codebook_faults.rules import RULE_KEYS, rule_faults

__all__ = ["ABSENT", "NO_FIGURE", "RULE_KEYS", "content_faults", "shape_faults"]

_COLUMNS: Final = {
    "indicators.csv": (
        "code",
        "parent",
        "name_zh",
        "said_zh",
        "name_en",
        "unit_zh",
        "unit_en",
        "dimension",
        "kind",
        "additive",
    ),
    "groups.csv": ("code", "name_zh"),
    "rows.csv": ("table", "block", "code", "aliases"),
    "columns.csv": ("table", "block", "gives", "code", "aliases"),
    "breaks.csv": ("indicator", "agency", "last_year", "first_year", "label_zh", "reason_zh", "reason_en"),
    "agencies.csv": ("code", "name", "level", "type", "function", "region", "kind", "aliases"),
}
_LISTS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "editions.toml": {
        "edition": ("id", "first_year", "name_zh", "basis", "fingerprints"),
        "table": ("id", "section", "name_zh", "headings"),
        "section": ("id", "headings"),
    },
    "identities.toml": {"rule": ("id", "kind", "severity", "name_zh")},
    "ledgers.toml": {"rule": ("id", "kind", "severity", "advice_zh")},
    "metrics.toml": {
        "metric": ("id", "family", "name_zh", "name_en", "unit", "kind", "numerator", "note_zh", "basis"),
        "input": ("id", "name_zh", "reason_zh"),
    },
    "gap_rules.toml": {"rule": GAP_KEYS},
    "prose.toml": {
        "count": ("indicator", "units"),
        "parallel": ("indicator", "units", "antecedent", "between"),
        "nil": ("indicator", "pattern"),
        "nothing": ("nouns", "units"),
        "part": ("indicator", "follows", "name", "units"),
        "derived": ("indicator", "total", "minus"),
        "topic": ("name", "words"),
    },
}
#: Keys that hold a list of words wherever they stand in editions.toml.
_WORD_LISTS: Final = ("fingerprints", "heading_fingerprints", "headings")
_PROSE_KEYS: Final = (
    "fillers",
    "measures",
    "vague",
    "other_years",
    "not_counts",
    "section_without_counts",
    "part_year",
    "all_time",
    "same_thing",
    "plans",
    "most_unknown",
    "most_before_noun",
    "counts_what_follows",
    "subjects",
)
_STATEMENT_KEYS: Final = ("problems", "promises", "enumerators")


def shape_faults(files: Mapping[str, Any]) -> Iterator[str]:
    """Columns, keys and values that are not there at all; `files` are rows (CSV) or tables (TOML)."""
    for name, columns in _COLUMNS.items():
        yield from _table_faults(name, files[name], columns)
    for name, lists in _LISTS.items():
        for key, wanted in lists.items():
            for place, entry in enumerate(files[name].get(key, ()), start=1):
                where = f"{name}：第 {place} 个 [[{key}]]"
                yield from (f"{where} 缺少 {part}" for part in wanted if part not in entry)
                if name == "editions.toml":
                    yield from (f"{where} 的 {part} 应为若干词语" for part in _wrong_lists(entry))
    yield from metric_shape_faults(files["metrics.toml"])
    prose = files["prose.toml"]
    yield from (f"prose.toml：缺少 {key}" for key in _PROSE_KEYS if key not in prose)
    statements = prose.get("statements", {})
    yield from (f"prose.toml：[statements] 缺少 {key}" for key in _STATEMENT_KEYS if key not in statements)


def content_faults(files: Mapping[str, Any]) -> Iterator[str]:
    """Codes that do not exist or stand twice, labels left blank, rules and patterns that cannot work."""
    codes = {row["code"] for row in files["indicators.csv"]}
    groups = {row["code"] for row in files["groups.csv"]}
    editions = [edition["id"] for edition in files["editions.toml"].get("edition", ())]
    tables = {table["id"] for table in files["editions.toml"].get("table", ())}
    rows, columns = files["rows.csv"], files["columns.csv"]
    yield from _indicator_faults(files["indicators.csv"], codes)
    yield from grid_faults("rows.csv", rows, (*_COLUMNS["rows.csv"],), editions, tables)
    yield from grid_faults("columns.csv", columns, (*_COLUMNS["columns.csv"],), editions, tables)
    yield from column_faults(columns, rows, editions, codes, groups)
    yield from row_faults(rows, columns, editions, codes)
    yield from _break_faults(files["breaks.csv"], codes, {row["name"] for row in files["agencies.csv"]})
    yield from _agency_faults(files["agencies.csv"])
    for place, rule in enumerate(files["identities.toml"].get("rule", ()), start=1):
        where = f"identities.toml：第 {place} 条 {rule['id']} "
        yield from (f"{where}{fault}" for fault in rule_faults(rule, codes, editions))
    yield from ledger_faults(files["ledgers.toml"], codes, groups)
    yield from metric_faults(files["metrics.toml"], codes, groups, editions)
    for place, rule in enumerate(files["gap_rules.toml"].get("rule", ()), start=1):
        where = f"gap_rules.toml：第 {place} 条 {rule['id']} "
        yield from (f"{where}{fault}" for fault in gap_faults(rule, codes))
    yield from prose_faults(files["prose.toml"], tuple(_LISTS["prose.toml"]), codes)


def _wrong_lists(entry: Mapping[str, Any]) -> Iterator[str]:
    for key in _WORD_LISTS:
        value = entry.get(key, [])
        if not isinstance(value, list) or not all(isinstance(word, str) and word for word in value):
            yield key


def _table_faults(name: str, rows: Rows, columns: Sequence[str]) -> Iterator[str]:
    if not rows:
        yield f"{name}：没有内容"
        return
    missing = [column for column in columns if column not in rows[0]]
    if missing:
        yield f"{name} 第 1 行：缺少列 {'、'.join(missing)}"
    for number, row in enumerate(rows, start=2):
        if None in row or None in row.values():
            yield f"{name} 第 {number} 行：列数与表头不符"


def _indicator_faults(rows: Rows, codes: set[str]) -> Iterator[str]:
    for number, row in enumerate(rows, start=2):
        if row["parent"] and row["parent"] not in codes:
            yield f"indicators.csv 第 {number} 行：{row['code']} 的上级 {row['parent']} 不存在"
    yield from repeated("indicators.csv", (row["code"] for row in rows))


def _break_faults(rows: Rows, codes: set[str], agencies: set[str]) -> Iterator[str]:
    for number, row in enumerate(rows, start=2):
        if not matches(row["indicator"], codes):
            yield f"breaks.csv 第 {number} 行：{row['indicator']} 不在 indicators.csv 中"
        if row["agency"] and row["agency"] not in agencies:
            yield f"breaks.csv 第 {number} 行：{row['agency']} 不在 agencies.csv 中"
        if not (row["last_year"].isdecimal() and row["first_year"].isdecimal()):
            yield f"breaks.csv 第 {number} 行：last_year、first_year 应为年份"


def _agency_faults(rows: Rows) -> Iterator[str]:
    names = (name for row in rows for name in {row["name"], *row["aliases"].split("|")} - {""})
    yield from repeated("agencies.csv", names)
