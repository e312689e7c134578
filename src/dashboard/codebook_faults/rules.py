"""Faults of identities.toml: rules whose kind, severity, codes or editions do not exist."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from dashboard.codebook_faults.common import compiles, matches

#: The keys that each kind of rule cannot do without.
RULE_KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "sum": (),
    "balance": ("left", "right"),
    "at_most": ("left", "right"),
    "requires": ("given", "then"),
    "together": ("given", "then"),
    "whole": (),
    "absent": ("indicators", "levels"),
    "below": ("indicators", "levels", "limit"),
    "flag": ("group", "conditions"),
    "stated": ("total",),
    "agree": ("indicators",),
    "section": ("section",),
    "period": (),
    "mentions": (),
    "within": ("ends",),
    "personal": ("offices",),
}
_SUM_KEYS: Final = {"indicator": ("total_group",)}
_CODE_KEYS: Final = (
    "total",
    "parts",
    "left",
    "right",
    "given",
    "then",
    "indicators",
    "optional",
    "when",
    "signed",
    "lacking",
    "unless_printed",
    "overlapping",
)
_SEVERITIES: Final = ("error", "warning", "info")


def rule_faults(rule: Mapping[str, Any], codes: set[str], editions: Sequence[str]) -> Iterator[str]:
    """The faults of one rule, each to stand behind its place and id."""
    kind = rule["kind"]
    if kind not in RULE_KEYS:
        yield f"kind 不存在：{kind}；可用 {'、'.join(RULE_KEYS)}"
        return
    for key in ("severity", "over", "under"):
        if rule.get(key, "error") not in _SEVERITIES:
            yield f"{key} 应为 error、warning 或 info，现为 {rule[key]}"
    if ("under" in rule) != ("lacking" in rule):
        yield "的 under 和 lacking 应同时写"
    for key in ("editions", "not_editions"):
        yield from (
            f"的 {key} 中 {name} 不在 editions.toml 中" for name in rule.get(key, ()) if name not in editions
        )
    yield from (
        f"的 ends 中 {pattern} 不是正则表达式" for pattern in rule.get("ends", ()) if not compiles(pattern)
    )
    wanted = _SUM_KEYS.get(rule.get("each", ""), ("total", "parts")) if kind == "sum" else RULE_KEYS[kind]
    yield from (f"缺少 {key}" for key in wanted if key not in rule)
    for pattern in _codes_of(rule):
        for stem in rule.get("stems", [""]):
            if not matches(pattern.replace("{stem}", stem), codes):
                yield f"的 {pattern.replace('{stem}', stem)} 不在 indicators.csv 中"


def _codes_of(rule: Mapping[str, Any]) -> Iterator[str]:
    conditions = rule.get("conditions", ())
    named = [rule.get(key, ()) for key in _CODE_KEYS]
    named += [condition.get(key, ()) for condition in conditions for key in ("of", "whole")]
    for value in named:
        yield from [value] if isinstance(value, str) else value
