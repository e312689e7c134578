"""What is wrong with the files of a codebook: every fault at once, each with its file and row.

Owns the rules that the files must keep: the columns and keys that codebook.py reads, codes that exist
and are given once, patterns that compile. It reads no file and builds no record. `shape_faults` are
those that make a file unreadable; `content_faults` presume there are none of them.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

ABSENT: Final = "-"
_COLUMNS: Final = {
    "indicators.csv": ("code", "parent", "name_zh", "name_en", "unit_zh", "dimension", "kind", "additive"),
    "groups.csv": ("code", "name_zh"),
    "rows.csv": ("table", "block", "code", "aliases"),
    "columns.csv": ("table", "block", "gives", "code", "aliases"),
    "breaks.csv": ("indicator", "agency", "last_year", "first_year", "label_zh", "reason_zh"),
    "agencies.csv": ("code", "name", "level", "type", "function", "region", "kind", "aliases"),
}
_LISTS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "editions.toml": {
        "edition": ("id", "first_year", "name_zh", "basis", "fingerprints"),
        "table": ("id", "section", "name_zh", "headings"),
        "section": ("id", "headings"),
    },
    "identities.toml": {"rule": ("id", "kind", "severity", "name_zh")},
    "gap_rules.toml": {"rule": ()},
    "prose.toml": {
        "count": ("indicator", "units"),
        "parallel": ("indicator", "units", "antecedent", "between"),
        "nil": ("indicator", "pattern"),
        "derived": ("indicator", "total", "minus"),
        "topic": ("name", "words"),
    },
}
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
    "other_thing",
    "counts_what_follows",
)
_STATEMENT_KEYS: Final = ("problems", "promises", "enumerators")
#: The keys that each kind of rule cannot do without.
RULE_KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "sum": (),
    "balance": ("left", "right"),
    "at_most": ("left", "right"),
    "requires": ("given", "then"),
    "together": ("given", "then"),
    "whole": ("tables",),
    "absent": ("indicators", "levels"),
    "below": ("indicators", "levels"),
    "flag": ("group", "conditions"),
    "stated": ("total",),
    "agree": ("indicators",),
    "section": ("section",),
    "period": (),
    "mentions": (),
}
_SUM_KEYS: Final = {"indicator": ("total_group",)}
_CODE_KEYS: Final = ("total", "parts", "left", "right", "given", "then", "indicators", "optional", "when")

Rows = Sequence[Mapping[str, Any]]


def shape_faults(files: Mapping[str, Any]) -> Iterator[str]:
    """Columns, keys and values that are not there at all; `files` are rows (CSV) or tables (TOML)."""
    for name, columns in _COLUMNS.items():
        yield from _table_faults(name, files[name], columns)
    for name, lists in _LISTS.items():
        for key, wanted in lists.items():
            for place, entry in enumerate(files[name].get(key, ()), start=1):
                for missing in (part for part in wanted if part not in entry):
                    yield f"{name}：第 {place} 个 [[{key}]] 缺少 {missing}"
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
    yield from _indicator_faults(files["indicators.csv"], codes)
    for name in ("rows.csv", "columns.csv"):
        yield from _grid_faults(name, files[name], editions, tables)
    yield from _cell_faults(files["rows.csv"], files["columns.csv"], codes, groups)
    yield from _break_faults(files["breaks.csv"], codes, {row["name"] for row in files["agencies.csv"]})
    yield from _agency_faults(files["agencies.csv"])
    for place, rule in enumerate(files["identities.toml"].get("rule", ()), start=1):
        yield from (
            f"identities.toml：第 {place} 条 {rule['id']} {fault}" for fault in _rule_faults(rule, codes)
        )
    yield from _prose_faults(files["prose.toml"], codes)


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
    yield from _repeated("indicators.csv", (row["code"] for row in rows))


def _grid_faults(name: str, rows: Rows, editions: Sequence[str], tables: set[str]) -> Iterator[str]:
    for number, row in enumerate(rows, start=2):
        if row["table"] not in tables:
            yield f"{name} 第 {number} 行：editions.toml 中没有表 {row['table']}"
        for edition in editions:
            if row.get(edition) == "":
                yield f"{name} 第 {number} 行：{edition} 一栏为空，没有该项请写 “{ABSENT}”"


def _cell_faults(rows: Rows, columns: Rows, codes: set[str], groups: set[str]) -> Iterator[str]:
    for number, column in enumerate(columns, start=2):
        place = f"columns.csv 第 {number} 行："
        if column["gives"] not in ("suffix", "group", "indicator"):
            yield f"{place}gives 应为 suffix、group 或 indicator，现为 {column['gives']}"
        elif column["gives"] == "group" and column["code"] not in groups:
            yield f"{place}{column['code']} 不在 groups.csv 中"
        elif column["gives"] == "indicator" and column["code"] not in codes:
            yield f"{place}{column['code']} 不在 indicators.csv 中"
    suffixed = {(column["table"], column["block"]) for column in columns if column["gives"] == "suffix"}
    for number, row in enumerate(rows, start=2):
        if row["code"] and (row["table"], row["block"]) not in suffixed and row["code"] not in codes:
            yield f"rows.csv 第 {number} 行：{row['code']} 不在 indicators.csv 中"
    yield from _suffix_faults(rows, columns, codes)


def _suffix_faults(rows: Rows, columns: Rows, codes: set[str]) -> Iterator[str]:
    """A cell named by row and column must be an indicator in every edition that prints both."""
    for number, row in enumerate(rows, start=2):
        for column in columns:
            same = (row["table"], row["block"]) == (column["table"], column["block"])
            code = f"{row['code']}.{column['code']}"
            if same and column["gives"] == "suffix" and _both_printed(row, column) and code not in codes:
                yield f"rows.csv 第 {number} 行：{code} 不在 indicators.csv 中"


def _both_printed(row: Mapping[str, str], column: Mapping[str, str]) -> bool:
    shared = (row.keys() & column.keys()) - {"table", "block", "code", "aliases"}
    return any(ABSENT not in (row[edition], column[edition]) for edition in shared)


def _break_faults(rows: Rows, codes: set[str], agencies: set[str]) -> Iterator[str]:
    for number, row in enumerate(rows, start=2):
        if not _matches(row["indicator"], codes):
            yield f"breaks.csv 第 {number} 行：{row['indicator']} 不在 indicators.csv 中"
        if row["agency"] and row["agency"] not in agencies:
            yield f"breaks.csv 第 {number} 行：{row['agency']} 不在 agencies.csv 中"
        if not (row["last_year"].isdecimal() and row["first_year"].isdecimal()):
            yield f"breaks.csv 第 {number} 行：last_year、first_year 应为年份"


def _agency_faults(rows: Rows) -> Iterator[str]:
    names = (name for row in rows for name in {row["name"], *row["aliases"].split("|")} - {""})
    yield from _repeated("agencies.csv", names)


def _rule_faults(rule: Mapping[str, Any], codes: set[str]) -> Iterator[str]:
    kind = rule["kind"]
    if kind not in RULE_KEYS:
        yield f"kind 不存在：{kind}；可用 {'、'.join(RULE_KEYS)}"
        return
    if rule["severity"] not in ("error", "warning", "info"):
        yield f"severity 应为 error、warning 或 info，现为 {rule['severity']}"
    wanted = _SUM_KEYS.get(rule.get("each", ""), ("total", "parts")) if kind == "sum" else RULE_KEYS[kind]
    yield from (f"缺少 {key}" for key in wanted if key not in rule)
    for pattern in _codes_of(rule):
        for stem in rule.get("stems", [""]):
            if not _matches(pattern.replace("{stem}", stem), codes):
                yield f"的 {pattern.replace('{stem}', stem)} 不在 indicators.csv 中"


def _codes_of(rule: Mapping[str, Any]) -> Iterator[str]:
    conditions = rule.get("conditions", ())
    named = [rule.get(key, ()) for key in _CODE_KEYS]
    named += [condition.get(key, ()) for condition in conditions for key in ("of", "whole")]
    for value in named:
        yield from [value] if isinstance(value, str) else value


def _prose_faults(prose: Mapping[str, Any], codes: set[str]) -> Iterator[str]:
    for kind in _LISTS["prose.toml"]:
        for place, rule in enumerate(prose.get(kind, ()), start=1):
            where = f"prose.toml：第 {place} 个 [[{kind}]]"
            named = [rule.get(key, ()) for key in ("indicator", "total", "minus", "includes", "indicators")]
            for value in named:
                for code in [value] if isinstance(value, str) else value:
                    if code not in codes:
                        yield f"{where} 的 {code} 不在 indicators.csv 中"
            yield from (f"{where} {fault}" for fault in _pattern_faults(kind, rule))
    for key in _STATEMENT_KEYS:
        if not _compiles(prose["statements"][key]):
            yield f"prose.toml：[statements] 的 {key} 不是正则表达式"


def _pattern_faults(kind: str, rule: Mapping[str, Any]) -> Iterator[str]:
    for key in (
        "pattern",
        "before",
        "after",
        "antecedent",
        "between",
        "unless_after",
        *(["words"] if kind == "topic" else []),
    ):
        if key in rule and not _compiles(rule[key]):
            yield f"的 {key} 不是正则表达式：{rule[key]}"
    if kind == "count" and not (rule.get("nouns") or rule.get("pattern")):
        yield "缺少 nouns 或 pattern"
    if ("before" in rule) != ("after" in rule):
        yield "的 before 和 after 应同时写"
    if kind == "nil" and "(?P<words>" not in rule["pattern"]:
        yield "的 pattern 缺少 (?P<words>…)"
    if kind == "nil" and "(?P<names>" in rule["pattern"] and not rule.get("item_needs"):
        yield "缺少 item_needs"


def _matches(pattern: str, codes: set[str]) -> bool:
    if pattern.endswith(".*"):
        return any(code.startswith(pattern[:-1]) for code in codes)
    return pattern in codes


def _compiles(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True


def _repeated(name: str, values: Iterable[str]) -> Iterator[str]:
    for value, count in Counter(values).items():
        if count > 1:
            yield f"{name}：{value} 出现 {count} 次"
