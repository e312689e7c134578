"""Gap rules put to one report: what is surely short, what cannot be decided, what no figure tells.

Rules are data (gap_rules.toml, with a deployment's own settings); a kind of rule is a function of
judges/. Verdicts: short, undecided, met, not_applicable (denominator 0, or the basis does not hold yet),
no_figure. Only the first is a problem; a blank is never judged as 0, and an internal threshold is never
red. What an office decides on a gap is in states.py, what came of promises in promises.py.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dashboard.codebook import Codebook
from dashboard.gaps import priority, settings
from dashboard.gaps.judges import CATALOGUE, KINDS
from dashboard.gaps.report import History, Report
from dashboard.gaps.verdict import Rule, Verdict, key_of
from dashboard.store import Store

__all__ = ["TO_DO", "VERDICTS", "Gap", "evaluate"]

#: In the order in which they are listed: what may press first.
VERDICTS = ("short", "undecided", "no_figure", "met", "not_applicable")
#: What an office has to work through: faults, and what it has to look into.
TO_DO = VERDICTS[:3]
_SEVERITIES = ("red", "amber", "info")
_INTERNAL = "内部参考"


@dataclass(frozen=True, slots=True)
class Gap:
    """What one rule says of one item of a report; `facts` are the facts it rests on.

    `key` names it among the gaps of its report, and stays over rebuilds (verdict.key_of).
    `weight` is its priority (priority.py), with `is_worse` and `is_repeated` against the year before.
    """

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
    key: str
    is_worse: bool = False
    is_repeated: bool = False


def evaluate(store: Store, book: Codebook, agency: str, year: int) -> list[Gap]:
    """Every rule's verdicts on the report of `agency` for `year`, the most pressing first.

    A year without a report gets the rule on missing years alone: one between years that have a report, or
    after them as long as another agency of the district has a report of it or of a later year. Any other year
    gets []. Raises GapFilesError where gap_settings.toml is at fault.
    """
    rules = settings.rules(book, store.folder)
    history = History(store, book, agency)
    report = Report(history, year)
    if not report.exists:
        rules = tuple(rule for rule in rules if history.lacks(year) and rule["kind"] == CATALOGUE)
    gaps = [gap for rule in rules for gap in _put(rule, rules, report)]
    return sorted(gaps, key=_urgency)


def _put(rule: Rule, rules: Sequence[Rule], report: Report) -> Iterator[Gap]:
    if not _is_meant(rule, rules, report.year):
        return
    verdicts = list(_verdicts(rule, report))
    before = list(_verdicts(rule, report.before)) if report.before and _short(verdicts) else []
    for verdict in verdicts:
        severity = verdict.severity or rule["severity"]
        if rule["basis_kind"] == _INTERNAL and severity == "red":
            severity = "amber"
        worse, repeated = priority.is_worse(verdict, before), priority.is_repeated(verdict, before)
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
            priority.score(rule["weight"], verdict.verdict, worse=worse, repeated=repeated),
            verdict.facts,
            key_of(rule, verdict),
            worse,
            repeated,
        )


def _is_meant(rule: Rule, rules: Sequence[Rule], year: int) -> bool:
    """Whether this entry of a rule speaks of the year; a later entry is silent where an earlier one speaks."""
    last_year = rule.get("last_year", max(year, rule["first_year"]))
    if last_year < year or last_year < rule["first_year"]:
        return False
    others = [other for other in rules if (other["id"], other["name_zh"]) == (rule["id"], rule["name_zh"])]
    earliest = min(other["first_year"] for other in others)
    return bool(year >= rule["first_year"] or rule["first_year"] == earliest)


def _short(verdicts: Sequence[Verdict]) -> bool:
    return any(verdict.verdict == "short" for verdict in verdicts)


def _verdicts(rule: Rule, report: Report) -> Iterator[Verdict]:
    if report.year < rule["first_year"]:
        yield Verdict("not_applicable", f"依据自 {rule['first_year']} 年度起适用")
    elif report.exists and report.edition not in rule.get("editions", [report.edition]):
        yield Verdict("not_applicable", "该表式没有此项要求")
    else:
        yield from (_proven(verdict, report) for verdict in KINDS[rule["kind"]](rule, report))


def _proven(verdict: Verdict, report: Report) -> Verdict:
    """The verdict; a round number (约、近、余) proves no shortfall."""
    if verdict.verdict != "short" or report.history.approximate.isdisjoint(verdict.facts):
        return verdict
    return replace(verdict, verdict="undecided", evidence=f"{verdict.evidence}；所依数字为约数，须核实")


def _urgency(gap: Gap) -> tuple[int, float, int, int, str, str]:
    """By priority first; then short before undecided, severity, rule and item."""
    place = VERDICTS.index(gap.verdict)
    listed = 0 if gap.weight else place
    return (listed, -gap.weight, place, _SEVERITIES.index(gap.severity), gap.rule, gap.item or "")
