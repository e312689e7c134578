"""The command `dashboard gaps`: every gap rule put to a report, whatever its verdict."""

import argparse
import sys
from typing import TYPE_CHECKING, Any

from dashboard.cli.answers import agency_held, answer_options, print_rows
from dashboard.cli.common import DONE, command
from dashboard.errors import WrongUsage
from dashboard.paths import DataFolder

if TYPE_CHECKING:
    from dashboard.gaps import Gap

_SHOWN = ("key", "item", "severity", "verdict", "state", "evidence", "basis", "action")


def add_to(commands: Any) -> None:  # noqa: ANN401 - argparse's own
    """Add `gaps` to the parser."""
    gaps = command(commands, "gaps", _gaps, "逐条列出问题规则对一份年报的判定：依据、证据和建议")
    answer_options(gaps, needs_agency=True, may_correct=True)


def _gaps(options: argparse.Namespace, folder: DataFolder) -> int:
    """Print a row a rule and item, the most pressing first; of the newest report unless a year is named."""
    from datetime import date

    from dashboard import codebook, queries
    from dashboard.gaps import evaluate, states
    from dashboard.store import Store

    store = Store(folder, corrected=options.corrected)
    held_agency = agency_held(options.agency, store, folder)
    agency, year = held_agency["name"], options.year or held_agency["last_year"]
    found = evaluate(store, codebook.load(folder.codebook), agency, year)
    if not found:
        held = "、".join(map(str, sorted(set(queries.reports(store, agency)["year"]))))
        raise WrongUsage(f"库中没有 {agency} {year} 年的年报；该机关现有：{held}")
    told = states.of_report(states.decisions(folder), agency, year)
    for line in states.on_several(told, found):
        print(f"{folder.gap_states.name}：{line}", file=sys.stderr)
    today = date.today()  # noqa: DTZ011 - the office's own calendar day
    state = {key: decision.state_on(today) for key, decision in states.current(told, found).items()}
    print_rows([_row(gap, state.get(gap.key, "open")) for gap in found], _SHOWN, options.format)
    return DONE


def _row(gap: "Gap", state: str) -> dict[str, object]:
    return {
        "rule": gap.rule,
        "key": gap.key,
        "name": gap.name,
        "item": gap.item,
        "severity": gap.severity,
        "verdict": gap.verdict,
        "evidence": gap.evidence,
        "basis": gap.basis,
        "basis_kind": gap.basis_kind,
        "certainty": gap.certainty,
        "action": gap.action,
        "priority": gap.weight,
        "state": state,
        "facts": list(gap.facts),
    }
