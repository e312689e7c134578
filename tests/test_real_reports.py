"""Real reports, where the folder that holds them is beside the project: every cell, every fault, nothing invented."""

import pytest

pytestmark = pytest.mark.shared

#: 洪泽区人民政府 2023, as printed: rows of table 3 with their 自然人 and 总计; every other applicant is 0.
ROWS = {
    "req.new": 21,
    "req.outcome.partial": 4,
    "req.outcome.denied.state_secret": 1,
    "req.outcome.denied.deliberative": 1,
    "req.outcome.denied.enforcement_file": 1,
    "req.outcome.unable.not_held": 10,
    "req.outcome.unable.needs_creation": 3,
    "req.outcome.not_processed.petition": 1,
    "req.outcome.total": 21,
}
SHEET = {
    "proactive.rules.issued": 0,
    "proactive.rules.repealed": 0,
    "proactive.rules.in_force": 0,
    "proactive.normdocs.issued": 0,
    "proactive.normdocs.repealed": 5,
    "proactive.normdocs.in_force": 5,
    "proactive.license.decisions": 550,
    "proactive.penalty.decisions": 4119,
    "proactive.coercion.decisions": 195,
    "review.upheld": 10,
    "review.corrected": 1,
    "lit.after_review.upheld": 5,
}


@pytest.fixture(scope="module")
def hongze(shared_folder, read):
    return read((shared_folder / "reports" / "hongze-district-2023.pdf").read_bytes())


def test_agency_year_and_form_are_told_by_the_document(hongze):
    assert (hongze.agency, hongze.year, hongze.edition) == ("洪泽区人民政府", 2023, "2021")


def test_every_cell_of_the_three_tables_is_read(hongze):
    """The form of 2021 with 其他处理 as one row: 186 cells, all of them numbers."""
    cells = [fact for fact in hongze.facts if fact.source == "table"]
    assert len(cells) == 186
    assert {fact.status for fact in cells} == {"reported"}
    for fact in cells:
        if fact.group in ("natural_person", "total"):
            assert fact.value == ROWS.get(fact.indicator, 0), fact.key
        elif fact.indicator == "proactive.fees.amount":
            assert f"{fact.value}" == "7730.28"
        else:
            assert fact.value == (0 if fact.group else SHEET.get(fact.indicator, 0)), fact.key


def test_its_two_faults_are_reported_and_nothing_else(hongze):
    """Totals of 0 in table 4 against parts of 11 and of 5."""
    found = [finding for finding in hongze.findings if finding.severity != "info"]
    assert [(finding.rule, finding.severity, finding.cells[0].indicator) for finding in found] == [
        ("T4-01", "error", "review.total"),
        ("T4-02", "error", "lit.after_review.total"),
    ]
    assert "由 0 改为 11" in found[0].message
    assert "由 0 改为 5" in found[1].message


def test_a_cell_leads_back_to_its_page(hongze):
    pages = {fact.indicator: fact.locator["page"] for fact in hongze.facts if fact.source == "table"}
    assert (pages["proactive.license.decisions"], pages["req.new"], pages["review.total"]) == (2, 3, 4)
