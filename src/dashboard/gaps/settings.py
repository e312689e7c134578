"""The rules as this deployment applies them: gap_rules.toml, and what gap_settings.toml sets otherwise.

gap_settings.toml in the data folder has a table a rule, by its id:

    [G03]
    days = 10                       # any setting of the rule, of the same kind as the shipped value
    basis = "闽侯县 2025 年考核细则"  # whose rule it is here
    basis_kind = "地方"
    [G17]
    active = false                  # not put to any report

Where a rule stands in several entries (for spans of years), a setting goes to each entry that has it; first_year
and last_year only shorten the span of an entry that another one goes before or comes after.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from dashboard.codebook import Codebook
from dashboard.codebook_faults.common import compiles
from dashboard.codebook_faults.gaps import unknown_codes
from dashboard.errors import GapFilesError
from dashboard.gaps.verdict import Rule
from dashboard.paths import DataFolder

_BASIS_KINDS: Final = ("法规", "国办", "地方", "内部参考")
_CHOICES: Final = {
    "basis_kind": _BASIS_KINDS,
    "severity": ("red", "amber", "info"),
    "severity_of_blanks": ("red", "amber", "info"),
    "certainty": ("V", "L", "M", "X"),
}
#: Settings that a rule may be given though its entry has none, with a value of their kind.
_ALWAYS: Final[Mapping[str, Any]] = {"active": True, "last_year": 0}
#: What makes a rule the rule it is.
_FIXED: Final = ("id", "kind")
_KIND_NAMES: Final = {
    bool: " true 或 false",
    int: "整数",
    float: "数字",
    str: "文字",
    list: "列表（各项的写法与 gap_rules.toml 相同）",
    dict: "表（各项的写法与 gap_rules.toml 相同）",
}
#: Settings that are regular expressions.
_PATTERNS: Final = ("monthly", "quarterly", "reasons", "saying", "says_all", "says_other")
_FIRST_YEAR, _LAST_YEAR = 2000, 2100
_ABOVE_NOTHING: Final = ("days", "least_base", "least_articles")


@dataclass(frozen=True, slots=True)
class Override:
    """One setting that this deployment sets otherwise than the product."""

    rule: str
    setting: str
    shipped: Any
    here: Any


def all_rules(book: Codebook, folder: DataFolder) -> tuple[Rule, ...]:
    """Every rule as it is set here, in the codebook's order, those set inactive too.

    Raises GapFilesError listing every fault of gap_settings.toml, a line each.
    """
    given = _given(book, folder)
    return tuple(
        {**rule, **_within_span(_meant(given.get(rule["id"], {}), rule), rule, book)}
        for rule in book.gap_rules
    )


def rules(book: Codebook, folder: DataFolder) -> tuple[Rule, ...]:
    """As `all_rules`, those set inactive left out."""
    return tuple(rule for rule in all_rules(book, folder) if rule.get("active", True))


def overrides(book: Codebook, folder: DataFolder) -> list[Override]:
    """What gap_settings.toml sets otherwise, in its order, once a rule and setting."""
    found: dict[tuple[str, str], Override] = {}
    for number, settings in _given(book, folder).items():
        for rule in (rule for rule in book.gap_rules if rule["id"] == number):
            for key, value in _meant(settings, rule).items():
                shipped = rule.get(key, True if key == "active" else None)
                found.setdefault((number, key), Override(number, key, shipped, value))
    return [*found.values()]


def _meant(settings: Mapping[str, Any], rule: Rule) -> dict[str, Any]:
    return {key: value for key, value in settings.items() if key in rule or key in _ALWAYS}


def _within_span(settings: dict[str, Any], rule: Rule, book: Codebook) -> dict[str, Any]:
    """The settings, without years in which another entry of the rule speaks on another basis."""
    told = dict(settings)
    others = [one for one in book.gap_rules if (one["id"], one["name_zh"]) == (rule["id"], rule["name_zh"])]
    if "last_year" in told and "last_year" in rule:
        told["last_year"] = min(told["last_year"], rule["last_year"])
    if "first_year" in told and any(one["first_year"] < rule["first_year"] for one in others):
        told["first_year"] = max(told["first_year"], rule["first_year"])
    return told


def _given(book: Codebook, folder: DataFolder) -> dict[str, dict[str, Any]]:
    path = folder.gap_settings
    if not path.is_file():
        return {}
    try:
        told = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise GapFilesError([f"{path.name} 不合格式：{fault}"]) from fault
    faults = [
        f"{path.name} {fault}"
        for number, settings in told.items()
        for fault in _faults(number, settings, book)
    ]
    if faults:
        raise GapFilesError(faults)
    return told


def _faults(number: str, settings: object, book: Codebook) -> Iterator[str]:
    entries = [rule for rule in book.gap_rules if rule["id"] == number]
    if not entries:
        yield f"[{number}]：没有这条规则；规则编号为 G01 至 G28"
        return
    if not isinstance(settings, dict):
        yield f"{number}：应写成 [{number}]，下面逐行写设置"
        return
    for key, value in settings.items():
        shipped = next((rule[key] for rule in entries if key in rule), _ALWAYS.get(key))
        if shipped is None or key in _FIXED:
            known = sorted({key for rule in entries for key in rule} - {*_FIXED} | {*_ALWAYS})
            yield f"[{number}] {key}：这条规则没有此项设置；可用 {'、'.join(known)}"
        else:
            yield from (f"[{number}] {key}：{fault}" for fault in _value_faults(key, value, shipped, book))
    if settings.get("severity") == "red" and _basis_kind(settings, entries) == "内部参考":
        yield f"[{number}] severity：内部参考值不得设为 red；请同时写明 basis 和 basis_kind"


def _basis_kind(settings: Mapping[str, Any], entries: list[Rule]) -> str:
    return str(settings.get("basis_kind", entries[0]["basis_kind"]))


def _value_faults(key: str, value: Any, shipped: object, book: Codebook) -> Iterator[str]:  # noqa: ANN401 - of a TOML file
    if not _is_like(value, shipped):
        yield f"应为{_KIND_NAMES[type(shipped)]}，现为 {value}"
    elif isinstance(value, (list, dict)) and not value:
        yield "不能为空"
    else:
        yield from _content_faults(key, value)
        yield from (
            f"{code} 不在 indicators.csv 中" for code in unknown_codes({key: value}, {*book.indicators})
        )
        yield from (f"{text} 不是正则表达式" for text in _patterns(key, value) if not compiles(text))


def _content_faults(key: str, value: object) -> Iterator[str]:
    """A choice, year, number or day that cannot be."""
    if key in _CHOICES and value not in _CHOICES[key]:
        yield f"应为 {'、'.join(_CHOICES[key])} 之一，现为 {value}"
    elif key in ("first_year", "last_year") and not _FIRST_YEAR <= int(str(value)) <= _LAST_YEAR:
        yield f"应为四位年度，现为 {value}"
    elif key in _ABOVE_NOTHING and float(str(value)) <= 0:
        yield f"应大于 0，现为 {value}"
    elif isinstance(value, (int, float)) and value < 0:
        yield f"不能小于 0，现为 {value}"
    elif key.startswith("due") and isinstance(value, str) and not _is_day(value):
        yield f"应为月-日（如 01-26），现为 {value}"


def _is_like(value: object, shipped: object) -> bool:
    if isinstance(shipped, bool) or isinstance(value, bool):
        return isinstance(shipped, bool) and isinstance(value, bool)
    if isinstance(shipped, float):
        return isinstance(value, (int, float))
    if isinstance(shipped, list):
        return isinstance(value, list) and all(_is_part_like(part, shipped[0]) for part in value)
    if isinstance(shipped, dict):
        first = next(iter(shipped.values()))
        return isinstance(value, dict) and all(_is_like(part, first) for part in value.values())
    return isinstance(value, type(shipped))


def _is_part_like(value: object, shipped: object) -> bool:
    """Whether a part of a list is written as the shipped ones: a table has the same keys."""
    if not isinstance(shipped, dict):
        return _is_like(value, shipped)
    if not isinstance(value, dict) or value.keys() != shipped.keys():
        return False
    return all(_is_like(value[key], shipped[key]) for key in shipped)


def _patterns(key: str, value: Any) -> Iterator[str]:  # noqa: ANN401 - a value of a TOML file
    """The regular expressions in a setting."""
    if key in _PATTERNS:
        yield value
    elif key == "words" and isinstance(value, dict):
        yield from value.values()
    elif key == "outdated":
        yield from (basis[name] for basis in value for name in ("words", "replaced_by"))


def _is_day(text: str) -> bool:
    month, _, day = text.partition("-")
    lengths = {"02": 28, "04": 30, "06": 30, "09": 30, "11": 30}
    is_month = month in [f"{number:02}" for number in range(1, 13)]
    return is_month and day in [f"{number:02}" for number in range(1, lengths.get(month, 31) + 1)]
