"""Facts of one report -> findings: the identities of the codebook, tested in their order there.

Rules are data (identities.toml); a kind of rule is a function here. Blank totals are derived first, and
every rule runs on the derived value.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from dashboard.checks import comparisons, privacy, prose, sums, within
from dashboard.checks.cells import Cells
from dashboard.checks.edits import with_edits
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
    "within": within.within_findings,
    "personal": privacy.personal_findings,
}


def check(reading: Reading, book: Codebook, sections: Mapping[str, str] | None = None) -> Reading:
    """Return the reading with the findings of every rule that this one report can be tested by.

    `sections` are the texts of the report's sections where there is a text: rules on them are not
    put to a report that was entered as figures.
    """
    cells, found = _tested(reading, book, sections or {})
    return replace(reading, findings=(*reading.findings, *with_edits(found, cells)))


def _tested(reading: Reading, book: Codebook, sections: Mapping[str, str]) -> tuple[Cells, list[Finding]]:
    """The report's figures with what was derived and tested, and the findings as the rules file them."""
    cells = Cells(reading, book, sections)
    rules = [rule for rule in book.rules if _is_put(rule, cells)]
    sums.derive_totals(rules, cells)
    return cells, [finding for rule in rules for finding in _KINDS[rule["kind"]](rule, cells)]


def _is_put(rule: Rule, cells: Cells) -> bool:
    """Whether a rule is for reports on this form."""
    edition = cells.reading.edition
    if "editions" in rule and edition not in rule["editions"]:
        return False
    return edition not in rule.get("not_editions", ()) and not cells.printed(
        rule.get("unless_printed", ()), None
    )
