"""What the rules say of facts."""

import pytest

from dashboard.checks import check
from dashboard.model import Reading

from .facts import sheet


@pytest.fixture
def found(book):
    """Findings of the rules on these facts, as (rule, severity, message).

    Without an edition no cell is missed: the facts are the whole report.
    """

    def findings(facts, agency=None, year=2020, sections=None, edition=None):
        reading = check(Reading(agency, year, edition, tuple(facts)), book, sections)
        return [(finding.rule, finding.severity, finding.message) for finding in reading.findings]

    return findings


@pytest.fixture
def rules(found):
    return lambda *arguments, **known: [rule for rule, _, _ in found(*arguments, **known)]


@pytest.fixture
def on_sheet(book, found):
    """What a rule says of a whole sheet whose figures are 0 but for these: (severity, message)."""

    def said(rule, edition, values, year=2016):
        figures = {code: 0 for code, _ in book.editions[edition].required_cells} | values
        findings = found(sheet(figures), edition=edition, year=year)
        return [(severity, message) for name, severity, message in findings if name == rule]

    return said
