"""Sentences built from facts by rules: how the year went, what changed, what cannot be said.

Two people with the same facts would write the same. Each sentence comes with the facts it rests on, in
Chinese or English. Rows in are those of queries.trend for one year; nothing is asked of the database here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.codebook import Codebook, Indicator
from dashboard.formats import quantity
from dashboard.text import words

Row = Mapping[str, Any]
#: The ways a total is split, the most telling first; so many parts are named.
_SPLITS = ("item", "category", "channel", "applicant")
_PARTS_NAMED = 2
_CHANGES = ("up", "down", "new", "ceased")
#: Kinds of indicator that have no year-on-year sentence: texts, rates as printed, groups.
_WITHOUT_CHANGE = ("text", "ratio", "group")
#: Added to the larger figure when changes are ranked, so that 2 after 1 is no great news.
_DAMPING = 10
#: What has no number, by the reason that its rows give.
_ABSENT = {
    "unwritten": ("unquantified", "blank"),
    "unsaid": ("not_stated",),
    "outside": ("not_entered",),
}


@dataclass(frozen=True, slots=True)
class Headline:
    """One sentence about an indicator, the kind of change it tells (a key of [headline_kind]), the facts it rests on.

    `item` is the account, outlet or platform where the sentence is about one.
    """

    kind: str
    text: str
    facts: tuple[int, ...]
    indicator: str
    item: str | None = None


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What leadership asks first of a year: published in time or not, how much to mend, what became of promises.

    `timely` is the verdict of the rule on the day of publication (met, short, undecided, no_figure);
    `short` counts what must or should be mended, `promised` and `kept` what the year before promised, `untold`
    what of that no figure tells.
    """

    timely: str
    short: int
    undecided: int
    missing: int
    promised: int
    kept: int
    untold: int = 0


def may_change(indicator: Indicator) -> bool:
    """Whether a year-on-year sentence can be said of an indicator: not of texts, rates, or a change itself."""
    return indicator.kind not in _WITHOUT_CHANGE and not indicator.code.endswith(".items_change")


def verdict_line(verdicts: Verdicts, *, is_complete: bool, language: str = "zh") -> str:
    """The verdicts on a year in one line; an excerpt (not `is_complete`) is judged by what is in it only."""
    clear = "no_gaps" if is_complete else "no_gaps_excerpt"
    said = [
        words(f"headline.timely.{verdicts.timely}", language),
        words(f"headline.{'gaps' if verdicts.short else clear}", language, count=verdicts.short),
    ]
    if verdicts.promised:
        promises = words("headline.promises", language, count=verdicts.promised, kept=verdicts.kept)
        untold = words("headline.promises_untold", language, count=verdicts.untold) if verdicts.untold else ""
        said.append(promises + untold)
    said.append(words("headline.open", language, undecided=verdicts.undecided, missing=verdicts.missing))
    return " · ".join(said)


def year_in_a_sentence(rows: Iterable[Row], book: Codebook, language: str = "zh") -> str:
    """The year: requests received and completed, then the other figures, then what the report leaves open.

    In: rows of one year, req.new and req.outcome.total among them.
    """
    by_code = {row["indicator"]: row for row in rows}
    said = [_requests(by_code["req.new"], by_code["req.outcome.total"], book, language)]
    others = [row for code, row in by_code.items() if not code.startswith("req.")]
    said += [
        words("headline.figure", language, name=_name(row, book, language), value=_value(row, book, language))
        for row in others
        if row["value"] is not None
    ]
    absent = [row for row in others if row["value"] is None]
    comma = words("headline.comma", language)
    for key, statuses in _ABSENT.items():
        names = comma.join(_name(row, book, language) for row in absent if row["status"] in statuses)
        if names:
            said.append(words(f"headline.{key}", language, names=names))
    return words("headline.semicolon", language).join(said) + words("headline.stop", language)


def changes(
    rows: Iterable[Row], year: int, reasons: Mapping[str, str], book: Codebook, language: str = "zh"
) -> list[Headline]:
    """The year's changes, the largest relative ones first, then what is not comparable or not counted.

    `reasons` gives for an indicator why its series broke between the two years. Rows whose state says
    nothing (flat, no base) give no sentence.
    """
    listed = list(rows)
    changed = [row for row in listed if row["state"] in _CHANGES]
    changed.sort(key=lambda row: (-_weight(row), row["indicator"], row["item"] or ""))
    told = [_headline(row["state"], _change(row, book, language), row) for row in changed]
    told += [
        _headline("not_comparable", _apart(row, year, reasons, book, language), row)
        for row in listed
        if row["state"] == "not_comparable"
    ]
    told += [
        _headline("unquantified", _without_number(row, book, language), row)
        for row in listed
        if row["status"] == "unquantified" and row["raw"]
    ]
    return told


def explained(parts: Iterable[Row], indicator: str, book: Codebook, language: str = "zh") -> str:
    """What a change is made of: its largest parts, and how much of it is reporting and not activity.

    In: rows of queries.explain for `indicator`. The first split that tells a change speaks; "" where none does.
    """
    listed = list(parts)
    unit = book.indicators[indicator].unit_zh if language == "zh" else book.indicators[indicator].unit_en
    for split in _SPLITS:
        mine = [row for row in listed if row["split"] == split and row["change"]]
        active = sorted(
            (row for row in mine if row["kind"] == "activity"),
            key=lambda row: (-abs(row["change"]), _part(row, book, language)),
        )
        apart = sum(row["change"] for row in mine if row["kind"] != "activity")
        if active:
            said = [
                _moved(_part(row, book, language), row["change"], unit, language)
                for row in active[:_PARTS_NAMED]
            ]
            if apart:
                said.append(_moved(words("headline.part_reporting", language), apart, unit, language))
            return words("headline.parts", language, listed=words("headline.comma", language).join(said))
    return ""


def _part(row: Row, book: Codebook, language: str) -> str:
    """A part by its item, its applicants, or its name in a sentence."""
    if row["item"]:
        return str(row["item"])
    if row["split"] == "applicant":
        groups = {group["code"]: group for group in book.groups}
        return str(groups[row["group"]][f"name_{language}"])
    indicator = book.indicators[row["indicator"]]
    return indicator.said_zh if language == "zh" else indicator.name_en


def _moved(name: str, change: float, unit: str, language: str) -> str:
    key = "part_up" if change > 0 else "part_down"
    return words(f"headline.{key}", language, name=name, change=quantity(abs(change), unit, language))


def _requests(new: Row, done: Row, book: Codebook, language: str) -> str:
    if new["value"] is None:
        key = "requests_outside" if new["status"] == "not_entered" else "requests_unknown"
        return words(f"headline.{key}", language)
    if new["value"] == 0:
        return words("headline.requests_none", language)
    closed = ""
    if done["value"] is not None:
        closed = words("headline.requests_done", language, done=_value(done, book, language))
    return words("headline.requests", language, new=_value(new, book, language), done=closed)


def _change(row: Row, book: Codebook, language: str) -> str:
    return words(
        f"headline.{row['state']}",
        language,
        name=_name(row, book, language),
        base=_quantity(row["base_value"], row, book, language),
        value=_value(row, book, language),
        change=_quantity(abs(row["change"]), row, book, language),
    )


def _apart(row: Row, year: int, reasons: Mapping[str, str], book: Codebook, language: str) -> str:
    return words(
        "headline.not_comparable",
        language,
        name=_name(row, book, language),
        year=year,
        value=_value(row, book, language),
        reason=reasons.get(row["indicator"], ""),
    )


def _without_number(row: Row, book: Codebook, language: str) -> str:
    return words("headline.unquantified", language, name=_name(row, book, language), word=row["raw"])


def _name(row: Row, book: Codebook, language: str) -> str:
    """The indicator as a sentence names it, with the account, outlet or platform where it has one."""
    indicator = book.indicators[row["indicator"]]
    name = indicator.said_zh if language == "zh" else indicator.name_en
    return words("headline.item", language, name=name, item=row["item"]) if row["item"] else name


def _value(row: Row, book: Codebook, language: str) -> str:
    """The figure with its unit; an approximate one says so."""
    told = _quantity(row["value"], row, book, language)
    return words("headline.approximate", language, value=told) if row["status"] == "approximate" else told


def _quantity(value: float | None, row: Row, book: Codebook, language: str) -> str:
    indicator = book.indicators[row["indicator"]]
    if language != "zh":
        return quantity(value, indicator.unit_en, language)
    return quantity(value, indicator.unit_zh)


def _headline(kind: str, text: str, row: Row) -> Headline:
    return Headline(kind, text, _facts(row), row["indicator"], row["item"])


def _facts(row: Row) -> tuple[int, ...]:
    """The facts of the year's figure and of the one it is compared with; a derived figure rests on its parts."""
    own = [row["fact_id"]] if row["fact_id"] is not None else list(row["part_ids"] or ())
    base = [] if row["base_fact_id"] is None else [row["base_fact_id"]]
    return tuple(dict.fromkeys(int(fact) for fact in (*own, *base)))


def _weight(row: Row) -> float:
    """Change relative to the larger of the two figures, damped where both are small."""
    larger = max(float(row["value"]), float(row["base_value"]))
    return abs(float(row["change"])) / (larger + _DAMPING)
