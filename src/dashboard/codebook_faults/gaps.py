"""Faults of gap_rules.toml: a basis that is dressed up, a choice or an indicator that does not exist."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from dashboard.codebook_faults.common import matches

#: The keys that every rule has.
GAP_KEYS: Final = (
    *(
        "id",
        "name_zh",
        "kind",
        "first_year",
        "basis",
        "basis_kind",
        "certainty",
        "severity",
        "weight",
        "action",
    ),
)
_CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "basis_kind": ("法规", "国办", "地方", "内部参考"),
    "certainty": ("V", "L", "M", "X"),
    "severity": ("red", "amber", "info"),
}
#: Settings that name indicators.
_CODES: Final = (
    *("indicator", "indicators", "due", "covered", "told", "articles", "plain", "completed", "in_time"),
    *("carried_out", "caseload", "disclosed", "part", "whole", "corrected", "published", "handled", "parent"),
    *("occasions", "shown"),
)


def gap_faults(rule: Mapping[str, Any], codes: set[str]) -> Iterator[str]:
    """The faults of one rule, each to stand behind its place and id."""
    for key, choices in _CHOICES.items():
        if rule[key] not in choices:
            yield f"的 {key} 应为 {'、'.join(choices)} 之一，现为 {rule[key]}"
    if (rule["certainty"] == "X") != (rule["basis_kind"] == "内部参考"):
        yield "的 certainty 为 X 时 basis_kind 应为内部参考，反之亦然"
    yield from (f"的 {code} 不在 indicators.csv 中" for code in unknown_codes(rule, codes))


def unknown_codes(settings: Mapping[str, Any], codes: set[str]) -> Iterator[str]:
    """What the settings of a rule (all or some) name as an indicator and is none."""
    return (code for code in _named(settings) if not matches(code, codes))


def _named(rule: Mapping[str, Any]) -> Iterator[str]:
    for key in _CODES:
        value = rule.get(key, ())
        if key == "due" and isinstance(value, str):
            continue  # the last day of a month, not an indicator
        yield from [value] if isinstance(value, str) else value
