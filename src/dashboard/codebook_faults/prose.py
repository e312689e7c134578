"""Faults of prose.toml: patterns that do not compile, indicators that do not exist."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any


def prose_faults(
    prose: Mapping[str, Any], kinds: Sequence[str], statement_keys: Sequence[str], codes: set[str]
) -> Iterator[str]:
    """The faults of every pattern of these kinds, and of the patterns for statements."""
    for kind in kinds:
        for place, rule in enumerate(prose.get(kind, ()), start=1):
            where = f"prose.toml：第 {place} 个 [[{kind}]]"
            named = [
                rule.get(key, ())
                for key in ("indicator", "total", "minus", "includes", "indicators", "also", "follows")
            ]
            for value in named:
                for code in [value] if isinstance(value, str) else value:
                    if code not in codes:
                        yield f"{where} 的 {code} 不在 indicators.csv 中"
            yield from (f"{where} {fault}" for fault in _pattern_faults(kind, rule))
    for key in statement_keys:
        if not _compiles(prose["statements"][key]):
            yield f"prose.toml：[statements] 的 {key} 不是正则表达式"


def _pattern_faults(kind: str, rule: Mapping[str, Any]) -> Iterator[str]:
    for key in (
        "pattern",
        "when",
        "unless",
        "unless_before",
        "unless_statement",
        "antecedent",
        "between",
        *(["name"] if kind == "part" else []),
        *(["words"] if kind == "topic" else []),
    ):
        if key in rule and not _compiles(rule[key]):
            yield f"的 {key} 不是正则表达式：{rule[key]}"
    if kind == "count" and not (rule.get("nouns") or rule.get("pattern")):
        yield "缺少 nouns 或 pattern"
    if kind == "nil" and "(?P<words>" not in rule["pattern"]:
        yield "的 pattern 缺少 (?P<words>…)"
    if kind == "nil" and "(?P<names>" in rule["pattern"] and not rule.get("item_needs"):
        yield "缺少 item_needs"


def _compiles(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True
