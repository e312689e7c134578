"""Faults of prose.toml: patterns that do not compile, indicators that do not exist."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from dashboard.codebook_faults.common import compiles

_CODE_KEYS: Final = ("indicator", "total", "minus", "includes", "indicators", "also", "follows")
#: The keys of entries that hold a regular expression, of every kind and of some; zero may be false instead.
_PATTERN_KEYS: Final = (
    "pattern",
    "when",
    "unless",
    "unless_before",
    "unless_statement",
    "antecedent",
    "between",
    "zero",
)
_OF_A_KIND: Final[Mapping[str, str]] = {"part": "name", "topic": "words"}
#: The keys of the file itself that hold one, or several.
_SINGLE: Final = ("other_years", "part_year", "part_frame", "all_time", "plans", "same_thing", "other_bodies")
_SEVERAL: Final = ("not_counts",)
_TABLES: Final = ("statements", "subjects")


def prose_faults(prose: Mapping[str, Any], kinds: Sequence[str], codes: set[str]) -> Iterator[str]:
    """The faults of every entry of these kinds, and of every regular expression of the file."""
    for kind in kinds:
        for place, rule in enumerate(prose.get(kind, ()), start=1):
            where = f"prose.toml：{_entry(kind, place)}"
            named = [rule.get(key, ()) for key in _CODE_KEYS]
            for value in named:
                for code in [value] if isinstance(value, str) else value:
                    if code not in codes:
                        yield f"{where} 的 {code} 不在 indicators.csv 中"
            yield from (f"{where} {fault}" for fault in _rule_faults(kind, rule))
            if "about" in rule and rule["about"] not in prose.get("subjects", {}):
                yield f"{where} 的 about 不在 [subjects] 中：{rule['about']}"
    for where, pattern in regular_expressions(prose):
        if not compiles(pattern):
            yield f"prose.toml：{where} 不是正则表达式：{pattern}"


def regular_expressions(prose: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every regular expression of prose.toml, behind where it stands, as a message says it."""
    for kind, rules in prose.items():
        if not isinstance(rules, list | tuple):
            continue
        for place, rule in enumerate(rules, start=1):
            if isinstance(rule, Mapping):
                keys = (*_PATTERN_KEYS, _OF_A_KIND.get(kind, ""))
                yield from (
                    (f"{_entry(kind, place)} 的 {key}", rule[key]) for key in keys if _is_text(rule, key)
                )
    yield from ((key, prose[key]) for key in _SINGLE if _is_text(prose, key))
    for key in _SEVERAL:
        yield from ((f"{key} 第 {place} 项", text) for place, text in enumerate(prose.get(key, ()), start=1))
    for table in _TABLES:
        yield from ((f"[{table}] 的 {key}", text) for key, text in prose.get(table, {}).items())


def _entry(kind: str, place: int) -> str:
    return f"第 {place} 个 [[{kind}]]"


def _is_text(entry: Mapping[str, Any], key: str) -> bool:
    return isinstance(entry.get(key), str)


def _rule_faults(kind: str, rule: Mapping[str, Any]) -> Iterator[str]:
    if kind == "count" and not (rule.get("nouns") or rule.get("pattern")):
        yield "缺少 nouns 或 pattern"
    if kind == "nil" and "(?P<words>" not in rule["pattern"]:
        yield "的 pattern 缺少 (?P<words>…)"
    if kind == "nil" and "(?P<names>" in rule["pattern"] and not rule.get("item_needs"):
        yield "缺少 item_needs"
