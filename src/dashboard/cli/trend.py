"""The command `trend`: indicators and metrics of an agency over the years."""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from dashboard.cli.answers import agency_held, answer_options, print_rows
from dashboard.cli.common import DONE, command, year
from dashboard.errors import WrongUsage
from dashboard.formats import NO_NUMBER, number
from dashboard.paths import DataFolder

if TYPE_CHECKING:
    from dashboard.store import Store

#: What is shown where no --indicator is given: the volumes of table 3 and 4, and the rates first asked for.
_HEADLINES = (
    "req.new",
    "req.carried_in",
    "req.outcome.total",
    "disclosure",
    "completion",
    "review.total",
    "review_corrected",
    "site.dynamics.posts",
    "interp.articles",
)
#: Kinds of indicators that are headings or statements and have no figures.
_WITHOUT_FIGURES = ("group", "text")
_NEAR, _ALIKE = 3, 40
_COLUMNS = ("年度", "指标", "数值", "单位", "与上年相比", "说明")
Row = Mapping[str, Any]


def add_to(commands: Any) -> None:  # noqa: ANN401 - argparse's own
    """Add `trend` to the parser."""
    trend = command(commands, "trend", _trend, "一个机关历年的指标和比率，与上年相比")
    answer_options(trend, needs_agency=True, may_correct=True)
    trend.add_argument(
        "--from", dest="first", type=year, help="起始年度（--year 为截止年度；默认为全部年度）"
    )
    trend.add_argument(
        "--indicator",
        action="append",
        metavar="id",
        help="指标或比率的代码或名称；可多次使用（默认为常用指标）",
    )


def _trend(options: argparse.Namespace, folder: DataFolder) -> int:
    from dashboard.store import Store

    store = Store(folder, corrected=options.corrected)
    agency, first, last = _asked(options, store, folder)
    codes = _codes(options.indicator or _HEADLINES, store, folder)
    rows = list(_rows(store, agency, codes, first, last))
    shown = [_told(codes, row) for row in rows] if options.format == "table" else rows
    print_rows(shown, _COLUMNS, options.format)
    return DONE


def _asked(options: argparse.Namespace, store: "Store", folder: DataFolder) -> tuple[str, int, int]:
    """The agency and the range of years; WrongUsage where it has no report, or the range is upside down."""
    held = agency_held(options.agency, store, folder)
    first = options.first or held["first_year"]
    last = options.year or max(held["last_year"], first)
    if first > last:
        raise WrongUsage(f"起始年度 {first} 晚于截止年度 {last}；请改 --from 或 --year")
    return held["name"], first, last


def _codes(told: Sequence[str], store: "Store", folder: DataFolder) -> dict[str, bool]:
    """The codes asked for in their order, and whether each is a metric; WrongUsage names near ones."""
    from dashboard import codebook, queries
    from dashboard.rows import records

    indicators = codebook.load(folder.codebook).indicators.values()
    names = {found.code: found.name_zh for found in indicators if found.kind not in _WITHOUT_FIGURES}
    metrics = {row["metric"]: row["name_zh"] for row in records(queries.metrics(store))}
    known = names | metrics
    codes = {name: code for code, name in reversed(known.items())}
    found = {}
    for text in told:
        code = text if text in known else codes.get(text)
        if code is None:
            near = _near(text, known)
            where = f"相近的有：{near}" if near else "代码见 data/codebook 中的 indicators.csv、metrics.toml"
            raise WrongUsage(f"没有名为 {text} 的指标；{where}")
        found[code] = code in metrics
    return found


def _near(text: str, known: Mapping[str, str]) -> str:
    """What of `known` is written most like `text`, by code or name: code（name）、…; "" where nothing is."""
    from rapidfuzz import fuzz, process

    by_code = {code: code for code in known}
    hits = [
        hit
        for choices in (by_code, known)
        for hit in process.extract(text, choices, scorer=fuzz.ratio, limit=_NEAR, score_cutoff=_ALIKE)
    ]
    codes = list(dict.fromkeys(code for _, _, code in sorted(hits, key=lambda hit: -hit[1])))[:_NEAR]
    return "、".join(f"{code}（{known[code]}）" for code in codes)


def _rows(
    store: "Store", agency: str, codes: Mapping[str, bool], first: int, last: int
) -> Iterator[dict[str, Any]]:
    """One row an indicator (item) or metric and year, in the order asked, all with the same columns."""
    from dashboard import queries
    from dashboard.rows import records

    metrics = [code for code, is_metric in codes.items() if is_metric]
    indicators = [code for code, is_metric in codes.items() if not is_metric]
    told: dict[str, list[dict[str, Any]]] = {code: [] for code in codes}
    for row in records(queries.trend(store, agency, indicators, first, last)):
        told[row["indicator"]].append(_indicator_row(row))
    for row in records(queries.metric(store, [agency], metrics, first, last)):
        told[row["metric"]].append(_metric_row(row))
    for rows in told.values():
        yield from rows


def _indicator_row(row: Row) -> dict[str, Any]:
    from dashboard.rows import ids

    return {
        **_common(row, row["indicator"], ids(row["part_ids"]) or ids([row["fact_id"]])),
        "item": row["item"],
        "base": row["base_value"],
        "change_unit": row["unit_zh"],
    }


def _metric_row(row: Row) -> dict[str, Any]:
    from dashboard.rows import ids

    own = (
        "is_shown",
        "numerator",
        "denominator",
        "denominator_zh",
        "n",
        "low",
        "high",
        "base",
        "change_unit",
    )
    return {
        **_common(row, row["metric"], ids(row["fact_ids"])),
        **{name: row[name] for name in own},
        "missing": list(row["missing_names"]),
    }


def _common(row: Row, code: str, fact_ids: Sequence[int]) -> dict[str, Any]:
    """The columns of every row, in their order; those that only one kind of row has are empty or True."""
    return {
        "agency": row["agency"],
        "indicator": code,
        "name_zh": row["name_zh"],
        "item": None,
        "year": row["year"],
        "value": row["value"],
        "unit_zh": row["unit_zh"],
        "status": row["status"],
        "is_shown": True,
        **dict.fromkeys(("numerator", "denominator", "denominator_zh", "n", "low", "high")),
        "state": row["state"],
        "base": None,
        "change": row["change"],
        "change_unit": None,
        "missing": [],
        "fact_ids": list(fact_ids),
    }


def _told(codes: Mapping[str, bool], row: Row) -> dict[str, str]:
    """The row as a line of the table, in Chinese."""
    from dashboard.text import words

    note = _metric_note(row) if codes[row["indicator"]] else words(f"status.{row['status']}")
    name = f"{row['name_zh']}（{row['item']}）" if row["item"] else row["name_zh"]
    value = _number(row["value"], row["unit_zh"]) if row["is_shown"] else NO_NUMBER
    return dict(
        zip(_COLUMNS, (str(row["year"]), name, value, row["unit_zh"], _change(row), note), strict=True)
    )


def _change(row: Row) -> str:
    from dashboard.text import words

    change = "" if row["change"] is None else _number(abs(row["change"]), row["unit_zh"])
    return words(f"change.{row['state']}", change=f"{change} {row['change_unit']}".strip())


def _metric_note(row: Row) -> str:
    from dashboard.text import words

    status = "counts_only" if row["status"] == "small_n" and not row["is_shown"] else row["status"]
    return words(
        f"metric_status.{status}",
        n=number(row["n"]),
        numerator=number(row["numerator"]),
        missing="、".join(row["missing"]),
    )


def _number(value: float | None, unit: str) -> str:
    """As a person reads it: a rate with one decimal, anything else with three at most."""
    return number(None if value is None else round(value, 1 if unit == "%" else 3))
