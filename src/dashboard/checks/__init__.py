"""Facts of one report -> findings: the identities of the codebook, tested in their order there.

Rules are data (identities.toml); a kind of rule is a function here. The order matters: a blank
total is derived by the rule that gives it, and the rules after it run on the derived value.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from dashboard.checks import comparisons, prose, sums
from dashboard.checks.cells import Cells, printed_number
from dashboard.codebook import Codebook
from dashboard.model import Finding, Reading

Rule = Mapping[str, Any]
_KINDS: Final[Mapping[str, Callable[[Rule, Cells], Iterator[Finding]]]] = {
    "sum": sums.sum_findings,
    "balance": comparisons.balance_findings,
    "at_most": comparisons.at_most_findings,
    "requires": comparisons.requires_findings,
    "together": comparisons.together_findings,
    "whole": comparisons.whole_findings,
    "absent": comparisons.agency_findings,
    "below": comparisons.agency_findings,
    "flag": comparisons.flag_findings,
    "stated": prose.stated_findings,
    "agree": prose.agree_findings,
    "section": prose.section_findings,
    "period": prose.period_findings,
    "mentions": prose.mention_findings,
}


def check(reading: Reading, book: Codebook, sections: Mapping[str, str] | None = None) -> Reading:
    """Return the reading with the findings of every rule that this one report can be tested by.

    `sections` are the texts of the report's sections where there is a text: rules on them are not
    put to a report that was entered as figures.
    """
    cells = Cells(reading, book, sections or {})
    found: list[Finding] = []
    for rule in book.rules:
        found += _KINDS[rule["kind"]](rule, cells)
    return replace(reading, findings=(*reading.findings, *_with_edit(found, cells, book)))


def _with_edit(found: list[Finding], cells: Cells, book: Codebook) -> list[Finding]:
    """Add the smallest edit that would balance the tables to the first failed sum."""
    arithmetic = {rule["id"] for rule in book.rules if rule["kind"] in ("sum", "balance")}
    edits = sums.smallest_edits(sums.equations(list(book.rules), cells), cells)
    for place, finding in enumerate(found):
        if edits and finding.rule in arithmetic and finding.severity == "error":
            ways = " 或 ".join(
                f"{cells.name(key)}由 {printed_number(cells.value(key))} 改为 {printed_number(value)}"
                for key, value in edits.items()
            )
            found[place] = replace(finding, message=f"{finding.message}；最小改动：{ways}")
            break
    return found
