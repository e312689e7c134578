"""Faults of ledgers.toml: rules between reports whose kind, severity, codes, groups or words do not exist."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from dashboard.codebook_faults.common import compiles, matches, repeated

#: The keys that each kind of rule cannot do without.
YEAR_RULE_KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "equal": ("told", "before"),
    "at_most": ("told", "before"),
    "at_least": ("told", "before"),
    "note": ("told", "before", "year"),
    "repeated": ("indicators", "years", "least"),
    "jump": ("indicators", "times", "least"),
    "bodies": ("indicators", "scope_words"),
    "restated": (),
}
_TERMS: Final = ("before", "before_less", "now", "now_less")
_PATTERNS: Final = ("explained_by", "scope_words")
_SEVERITIES: Final = ("error", "warning", "info")


def ledger_faults(ledgers: Mapping[str, Any], codes: set[str], groups: set[str]) -> Iterator[str]:
    """Every fault, each with its place and the rule's id."""
    words = ledgers.get("words")
    if not isinstance(words, Mapping):
        yield "ledgers.toml：缺少 [words]"
        return
    yield from repeated("ledgers.toml", (rule["id"] for rule in ledgers.get("rule", ())))
    for place, rule in enumerate(ledgers.get("rule", ()), start=1):
        where = f"ledgers.toml：第 {place} 条 {rule['id']} "
        yield from (f"{where}{fault}" for fault in _faults(rule, codes, groups, words))


def _faults(
    rule: Mapping[str, Any], codes: set[str], groups: set[str], words: Mapping[str, str]
) -> Iterator[str]:
    kind = rule["kind"]
    if kind not in YEAR_RULE_KEYS:
        yield f"kind 不存在：{kind}；可用 {'、'.join(YEAR_RULE_KEYS)}"
        return
    if rule["severity"] not in _SEVERITIES:
        yield f"severity 应为 error、warning 或 info，现为 {rule['severity']}"
    if kind == "note" and rule["severity"] != "info":
        yield "的 severity 应为 info：跨表式不能判错"
    if ("error_share" in rule) != ("explained_by" in rule):
        yield "的 error_share 和 explained_by 应同时写"
    yield from (f"缺少 {key}" for key in YEAR_RULE_KEYS[kind] if key not in rule)
    yield from (
        f"的 groups 中 {name} 不在 groups.csv 中" for name in rule.get("groups", ()) if name not in groups
    )
    for key in _PATTERNS:
        yield from (f"的 {key} 中 {word} 不是正则表达式" for word in rule.get(key, ()) if not compiles(word))
    yield from _code_faults(rule, codes, words)


def _code_faults(rule: Mapping[str, Any], codes: set[str], words: Mapping[str, str]) -> Iterator[str]:
    cells = [rule["told"]] if "told" in rule else []
    cells += [code for key in _TERMS for code in rule.get(key, ())]
    for pattern in (*cells, *rule.get("indicators", ())):
        for stem in rule.get("stems", [""]):
            code = pattern.replace("{stem}", stem)
            if not matches(code, codes):
                yield f"的 {code} 不在 indicators.csv 中"
    lacking = dict.fromkeys(word for code in cells if (word := code.rpartition(".")[2]) not in words)
    yield from (f"的 {word} 没有写在 [words] 中" for word in lacking)
