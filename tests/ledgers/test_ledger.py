"""The ledger of requests: its rows, what it says is missing, and chains of years that join up."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard import queries
from dashboard.paths import DataFolder
from dashboard.rows import ids, records

from ..small_databases import AGENCY, built
from .reports import carried, ledger_row, line


def test_the_ledger_shows_a_year_of_requests_and_how_it_joins_the_year_before(store):
    told = store(
        *carried(2022, carried_out=4),
        *carried(2023, carried_in=5, new=20, carried_out=3),
        line(2023, "req.outcome.total", 22, group="total"),
    )
    row = ledger_row(told, 2023)
    counts = ("carried_in", "new", "completed", "carried_out", "balance", "expected", "difference")
    assert [row[name] for name in counts] == [5, 20, 22, 3, 0, 4, 1]
    assert (row["verdict"], row["reason"], row["rule"], row["severity"]) == (
        "differs",
        None,
        "T3-05",
        "error",
    )
    shown = records(queries.evidence(told, ids(row["fact_ids"])))
    assert sorted((one["year"], one["indicator"]) for one in shown) == [
        (2022, "req.carried_out"),
        (2023, "req.carried_in"),
        (2023, "req.carried_out"),
        (2023, "req.new"),
        (2023, "req.outcome.total"),
    ]


def test_the_ledger_has_a_row_for_every_year_and_applicant_and_says_what_is_missing(store):
    told = store(*carried(2021, carried_in=1, carried_out=2), *carried(2023, carried_in=2))
    rows = records(queries.ledger(told, AGENCY, 2020, 2023))
    assert len(rows) == len({(row["year"], row["group"]) for row in rows}) == 4 * 7
    totals = {row["year"]: row for row in rows if row["group"] == "total"}
    assert {year: (row["verdict"], row["reason"], row["reason_year"]) for year, row in totals.items()} == {
        2020: ("unknown", "no_report", 2020),
        2021: ("unknown", "no_report", 2020),
        2022: ("unknown", "no_report", 2022),
        2023: ("unknown", "no_report", 2022),
    }
    assert (totals[2022]["carried_in"], totals[2022]["carried_in_status"]) == (None, "no_report")
    assert totals[2023]["new_status"] == "not_entered"


def test_a_form_without_carried_requests_is_not_asked_for_them(store):
    told = store(
        line(2018, "req.new", 9, edition="2014"),
        line(2019, "req.carried_in", 1, edition="2019", group="total"),
    )
    assert ledger_row(told, 2018)["carried_in_status"] == "not_asked"
    row = ledger_row(told, 2019)
    assert (row["verdict"], row["reason"], row["reason_year"]) == ("unknown", "not_asked", 2018)


counts = st.integers(0, 40)


@st.composite
def chains(draw):
    """Reports that join up: new, carried in, completed and carried out of each year."""
    years, carried_in = [], draw(counts)
    for _ in range(draw(st.integers(2, 5))):
        new = draw(counts)
        carried_out = draw(st.integers(0, new + carried_in))
        years.append([carried_in, new, new + carried_in - carried_out, carried_out])
        carried_in = carried_out
    return years


NAMES = ("req.carried_in", "req.new", "req.outcome.total", "req.carried_out")


def chain_lines(years):
    return [
        line(2021 + place, name, value, group="total")
        for place, values in enumerate(years)
        for name, value in zip(NAMES, values, strict=True)
    ]


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(chains(), st.data())
def test_a_chain_that_joins_up_has_no_finding_and_any_number_changed_breaks_it(tmp_path_factory, years, data):
    """A changed carry breaks the rule between years, or that within the year; any other the latter."""
    folder = DataFolder(tmp_path_factory.mktemp("chain"))
    told = built(folder, chain_lines(years))
    assert broken(told) == set()
    year = data.draw(st.integers(0, len(years) - 1))
    cell = data.draw(st.integers(0, 3))
    years[year][cell] += data.draw(st.integers(1, 5))
    rules = broken(built(folder, chain_lines(years)))
    assert (2021 + year, "T3-01") in rules
    joins = {(0, year > 0): 2021 + year, (3, year < len(years) - 1): 2022 + year}
    if cell in (0, 3) and (cell, True) in joins:
        assert (joins[cell, True], "T3-05") in rules


def broken(store):
    return {
        (row["year"], row["rule"])
        for row in records(queries.findings(store, AGENCY))
        if row["rule"] in ("T3-01", "T3-05")
    }
