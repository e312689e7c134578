"""Gap rules put to one report: what is surely short, what cannot be decided, what no figure tells.

Rules are data (gap_rules.toml); a kind of rule is a function of judges.py. Verdicts: short,
undecided, met, not_applicable (denominator 0, or the basis does not hold yet), no_figure. Only the
first is a problem; a blank is never judged as 0, and an internal threshold is never red.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from dashboard import queries
from dashboard.codebook import Codebook
from dashboard.gaps.judges import KINDS, Rule, Verdict
from dashboard.gaps.report import Report
from dashboard.rows import plain
from dashboard.store import Store

_INTERNAL = "内部参考"


@dataclass(frozen=True, slots=True)
class Gap:
    """What one rule says of one item of a report; `facts` are the facts it rests on."""

    rule: str
    name: str
    item: str | None
    severity: str
    verdict: str
    evidence: str
    basis: str
    basis_kind: str
    certainty: str
    action: str
    weight: float
    facts: tuple[int, ...]


def evaluate(store: Store, book: Codebook, agency: str, year: int) -> list[Gap]:
    """Every rule's verdicts on the report of `agency` for `year`, the most pressing first.

    Empty when there is no such report.
    """
    reports = queries.reports(store, agency)
    spoken = reports[reports["speaks"]]
    mine = spoken[spoken["year"] == year]
    if mine.empty:
        return []
    row = plain(mine.iloc[0].to_dict())
    later = tuple(int(other) for other in spoken["year"] if other > year)
    report = Report(
        store, book, agency, year, row["edition"], row["kind"] == "original", row["is_complete"], later
    )
    gaps = [gap for rule in book.gap_rules for gap in _put(rule, report)]
    return sorted(gaps, key=_urgency)


def _put(rule: Rule, report: Report) -> Iterator[Gap]:
    if report.year > rule.get("last_year", report.year):
        return
    for verdict in _verdicts(rule, report):
        severity = verdict.severity or rule["severity"]
        if rule["basis_kind"] == _INTERNAL and severity == "red":
            severity = "amber"
        yield Gap(
            rule["id"],
            rule["name_zh"],
            verdict.item,
            severity if verdict.verdict == "short" else "info",
            verdict.verdict,
            verdict.evidence,
            rule["basis"],
            rule["basis_kind"],
            rule["certainty"],
            rule["action"],
            rule["weight"] * (1 if verdict.verdict == "short" else 0.5),
            verdict.facts,
        )


def _verdicts(rule: Rule, report: Report) -> Iterator[Verdict]:
    if report.year < rule["first_year"]:
        yield Verdict("not_applicable", f"依据自 {rule['first_year']} 年起适用")
    elif report.edition not in rule.get("editions", [report.edition]):
        yield Verdict("not_applicable", "该表式没有此项要求")
    else:
        yield from KINDS[rule["kind"]](rule, report)


def _urgency(gap: Gap) -> tuple[int, int, float, str]:
    verdicts = ["short", "undecided", "no_figure", "met", "not_applicable"]
    severities = ["red", "amber", "info"]
    return (verdicts.index(gap.verdict), severities.index(gap.severity), -gap.weight, gap.rule)
