"""Faults of metrics.toml: kinds, terms, editions and breaks that do not exist, ids that stand twice."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from dashboard.codebook_faults.common import matches, repeated
from dashboard.metrics import KINDS, KINDS_WITH_DENOMINATOR, term

_GUARD: Final = ("counts_only_below", "few_below", "interval_below")
_SIDES: Final = ("numerator", "denominator")


def metric_shape_faults(table: Mapping[str, Any]) -> Iterator[str]:
    """Guards that are missing or no whole numbers, terms that are no lists of texts."""
    guard = table.get("guard", {})
    for key in _GUARD:
        if not isinstance(guard.get(key), int) or guard[key] < 0:
            yield f"metrics.toml：[guard] 的 {key} 应为不小于 0 的整数"
    for where, entry in _entries(table):
        for key in (*_SIDES, "each", "editions", "breaks"):
            if not _is_list_of_texts(entry.get(key, [])):
                yield f"{where} 的 {key} 应为若干文字"
        yield from (
            f"{where} 的第 {place} 个 [[metric.form]] 应有 editions，以及 numerator、denominator 或 denominator_zh"
            for place, form in enumerate(entry.get("form", ()), start=1)
            if not _is_form(form)
        )


def metric_faults(
    table: Mapping[str, Any], codes: set[str], groups: set[str], editions: Sequence[str]
) -> Iterator[str]:
    """What metrics name must exist: indicators, inputs, applicant groups, editions; each id once."""
    inputs = {entry["id"] for entry in table.get("input", ())}
    for where, entry in _entries(table):
        yield from (f"{where} {fault}" for fault in _entry_faults(entry, codes, editions))
        for text in _terms(entry):
            yield from (f"{where} {fault}" for fault in _term_faults(text, codes | inputs, groups))
    yield from repeated("metrics.toml", [*_ids(table), *inputs])
    yield from (
        f"metrics.toml：{name} 与 indicators.csv 中的代码相同，请换一个 id"
        for name in dict.fromkeys([*_ids(table), *inputs])
        if name in codes
    )


def _entries(table: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for place, entry in enumerate(table.get("metric", ()), start=1):
        yield f"metrics.toml：第 {place} 个 [[metric]] {entry.get('id', '')}".rstrip(), entry


def _is_list_of_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(part, str) and part for part in value)


def _is_form(form: Mapping[str, Any]) -> bool:
    sides = [form[side] for side in _SIDES if side in form]
    says_something = bool(sides) or isinstance(form.get("denominator_zh"), str)
    return "editions" in form and says_something and all(map(_is_list_of_texts, [form["editions"], *sides]))


def _entry_faults(entry: Mapping[str, Any], codes: set[str], editions: Sequence[str]) -> Iterator[str]:
    kind = entry["kind"]
    if kind not in KINDS:
        yield f"的 kind 不存在：{kind}；可用 {'、'.join(KINDS)}"
    elif (kind in KINDS_WITH_DENOMINATOR) != ("denominator" in entry):
        yield f"的 kind 为 {kind}，{'应' if kind in KINDS_WITH_DENOMINATOR else '不应'}有 denominator"
    if kind in KINDS_WITH_DENOMINATOR and not entry.get("denominator_zh"):
        yield "缺少 denominator_zh：比率须写明分母"
    if any("denominator" in form and not form.get("denominator_zh") for form in entry.get("form", ())):
        yield "的 [[metric.form]] 换了分母：须以 denominator_zh 写明"
    if entry.get("years", 1) not in (1, 2):
        yield f"的 years 应为 1 或 2，现为 {entry['years']}"
    named = [
        *entry.get("editions", ()),
        *(name for form in entry.get("form", ()) for name in form["editions"]),
    ]
    yield from (f"的 {name} 不在 editions.toml 中" for name in named if name not in editions)
    yield from (
        f"的 breaks 中 {pattern} 不在 indicators.csv 中"
        for pattern in entry.get("breaks", ())
        if not matches(pattern, codes)
    )
    yield from (
        f"的 each 中 {code} 不在 indicators.csv 中" for code in entry.get("each", ()) if code not in codes
    )


def _terms(entry: Mapping[str, Any]) -> Iterator[str]:
    """Every term as written, {each} filled in."""
    written = (
        text for part in (entry, *entry.get("form", ())) for side in _SIDES for text in part.get(side, ())
    )
    for text in written:
        yield from dict.fromkeys(text.replace("{each}", code) for code in entry.get("each", [""]))


def _term_faults(text: str, known: set[str], groups: set[str]) -> Iterator[str]:
    try:
        choices = term(text)
    except ValueError:
        yield f"的“{text}”写法不对；应为 代码、-代码、?代码、代码[申请人]、代码@-1 或 总数 | 分项"
        return
    for named in choices:
        if not matches(named.code, known):
            yield f"的 {named.code} 不在 indicators.csv 或 [[input]] 中"
        if named.group is not None and named.group not in groups:
            yield f"的 {named.group} 不在 groups.csv 中"


def _ids(table: Mapping[str, Any]) -> Iterator[str]:
    for entry in table.get("metric", ()):
        for code in entry.get("each", [""]):
            yield entry["id"].replace("{part}", code.rpartition(".")[2])
