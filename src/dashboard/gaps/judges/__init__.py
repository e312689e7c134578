"""Judges: a function a kind of gap rule, from the settings of the rule and a report to verdicts.

A module a subject. `KINDS` is what `kind` in gap_rules.toml may say.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from dashboard.gaps.judges import (
    cadence,
    counts,
    interpretation,
    publication,
    records,
    requests,
    statements,
    text,
)
from dashboard.gaps.report import Report
from dashboard.gaps.verdict import Rule, Verdict

Judge = Callable[[Rule, Report], Iterator[Verdict]]


#: The kind that is put to years without a report too.
CATALOGUE: Final = "catalogue"

KINDS: Final[Mapping[str, Judge]] = {
    CATALOGUE: publication.missing,
    "published_by": publication.published_by,
    "findings": text.findings,
    "alike": text.alike,
    "section_mentions": text.section_mentions,
    "section_heads": text.section_heads,
    "section_length": text.section_length,
    "outdated_basis": text.outdated_basis,
    "cadence": cadence.updated,
    "one_per_platform": cadence.one_per_platform,
    "interpretation": interpretation.covered,
    "forms_of_interpretation": interpretation.forms,
    "overdue": requests.overdue,
    "backlog": requests.backlog,
    "disclosed": requests.disclosed,
    "share_of": requests.share_of,
    "corrected": requests.corrected,
    "own_cycle": counts.own_cycle,
    "at_least": counts.at_least,
    "rate_at_least": counts.rate_at_least,
    "published_share": counts.published_share,
    "unexplained_changes": counts.unexplained_changes,
    "follow_up": statements.follow_up,
    "unquantified_problem": statements.unquantified_problem,
    "needs_records": records.needs_records,
}
