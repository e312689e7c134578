"""Trends: what a year is compared with, and what is said where there is nothing to compare."""

import pandas as pd
import pytest

from dashboard import intake, queries
from dashboard.build import build
from dashboard.paths import DataFolder
from dashboard.store import Store

from .small_databases import AGENCY, built, line


@pytest.fixture
def ask(folder):
    """Answers of a small database built from lines of a figures file: (year, value, status, …)."""
    return lambda *lines: built(folder, lines)


def trend(store, indicators, first=2020, last=2023, group=None, agency=AGENCY):
    return queries.trend(store, agency, indicators, first, last, group)


def column(frame, name):
    return [None if pd.isna(value) else value for value in frame[name]]


STATES = {
    "up": ([20, 25], "up", 5, 25.0),
    "down": ([20, 15], "down", -5, -25.0),
    "flat": ([20, 20], "flat", 0, 0.0),
    "new": ([0, 7], "new", 7, None),
    "ceased": ([12, 0], "ceased", -12, -100.0),
    "ceased from a small base": ([7, 0], "ceased", -7, None),
    "flat at nothing": ([0, 0], "flat", 0, None),
    "base of nine": ([9, 18], "up", 9, None),
    "base of ten": ([10, 18], "up", 8, 80.0),
    "a third": ([30, 40], "up", 10, 33.3),
}


@pytest.fixture(scope="module")
def every_state(tmp_path_factory):
    """One database with an item for each case."""
    folder = DataFolder(tmp_path_factory.mktemp("states"))
    lines = [
        line(year, "site.column.posts", value, item=case)
        for case, (values, *_) in STATES.items()
        for year, value in zip((2022, 2023), values, strict=True)
    ]
    return trend(built(folder, lines), ["site.column.posts"], 2023, 2023).set_index("item", drop=False)


@pytest.mark.parametrize("case", STATES)
def test_a_year_compares_with_the_year_before(every_state, case):
    """The change in the indicator's unit; the percentage on a base of at least ten only."""
    (before, now), state, change, percent = STATES[case]
    frame = every_state.loc[[case]]
    assert [column(frame, name) for name in ("value", "base_value", "state", "change", "percent")] == [
        [now],
        [before],
        [state],
        [change],
        [percent],
    ]


def test_the_first_figure_has_no_base(ask):
    store = ask(line(2023, "site.dynamics.posts", 12))
    frame = trend(store, ["site.dynamics.posts"], 2022, 2023)
    assert column(frame, "state") == ["not_reported", "no_base"]
    assert column(frame, "change") == [None, None]


def test_a_figure_after_a_gap_is_compared_with_nothing(ask):
    """2021 and 2022 are missing: 2023 is not held against 2020."""
    store = ask(line(2020, "site.dynamics.posts", 12), line(2023, "site.dynamics.posts", 15))
    frame = trend(store, ["site.dynamics.posts"])
    assert column(frame, "year") == [2020, 2021, 2022, 2023]
    assert column(frame, "value") == [12, None, None, 15]
    assert column(frame, "state") == ["no_base", "not_reported", "not_reported", "no_base"]
    assert column(frame, "status") == ["reported", "no_report", "no_report", "reported"]


def test_nothing_is_compared_across_a_break(ask):
    """Reviews from 2024 on are counted after a change of the law: the line breaks between 2023 and 2024."""
    store = ask(*(line(year, "review.total", value) for year, value in ((2022, 30), (2023, 40), (2024, 60))))
    frame = trend(store, ["review.total"], 2022, 2024)
    assert column(frame, "state") == ["no_base", "up", "not_comparable"]
    assert column(frame, "change") == [None, 10, None]
    assert column(frame, "percent") == [None, 33.3, None]
    segments = column(frame, "segment")
    assert segments[0] == segments[1] < segments[2]
    breaks = queries.breaks(store, AGENCY, ["review.total"])
    assert list(zip(breaks["last_year"], breaks["first_year"], strict=True)) == [(2023, 2024)]


def test_a_break_of_one_agency_is_no_break_of_another(ask):
    store = ask(
        *(
            line(year, "welfare", 30, agency=agency)
            for year in (2020, 2021)
            for agency in ("定海区民政局", AGENCY)
        )
    )
    states = {
        agency: column(trend(store, ["welfare"], 2021, 2021, agency=agency), "state")
        for agency in ("定海区民政局", AGENCY)
    }
    assert states == {"定海区民政局": ["not_comparable"], AGENCY: ["flat"]}


def test_a_year_without_a_figure_says_why(ask):
    """No report at all; a form that does not ask; a report entered in part; one that is whole and silent."""
    store = ask(
        line(2019, "site.dynamics.posts", 3, edition="2019"),
        line(2021, "site.dynamics.posts", 3),
        line(2022, "proactive.license.items_change", 3, edition="2019"),
    )
    reasons = dict(
        zip(
            range(2019, 2023),
            column(trend(store, ["proactive.license.items_change"], 2019, 2022), "status"),
            strict=True,
        )
    )
    assert reasons == {2019: "not_entered", 2020: "no_report", 2021: "not_asked", 2022: "reported"}


def test_a_whole_report_that_does_not_say_it_does_not_state_it(folder, document, tmp_path):
    path = tmp_path / "report.txt"
    path.write_bytes(document("示例县民政局-2022"))
    intake.add(path, folder)
    build(folder)
    frame = trend(
        Store(folder),
        ["site.dynamics.posts", "proactive.total", "proactive.license.items_change"],
        2022,
        2022,
    )
    assert column(frame, "status") == ["not_stated", "reported", "not_asked"]


@pytest.mark.parametrize(
    ("status", "value"), [("blank", ""), ("dash", ""), ("unquantified", "多件"), ("unreadable", "")]
)
def test_what_is_no_number_is_never_zero(ask, status, value):
    """And what follows it has no base."""
    store = ask(
        line(2021, "site.dynamics.posts", 10),
        line(2022, "site.dynamics.posts", value, status=status),
        line(2023, "site.dynamics.posts", 10),
    )
    frame = trend(store, ["site.dynamics.posts"], 2021, 2023)
    assert column(frame, "value") == [10, None, 10]
    assert column(frame, "status") == ["reported", status, "reported"]
    assert column(frame, "state") == ["no_base", "not_reported", "no_base"]


def test_a_stated_zero_is_a_figure(ask):
    store = ask(line(2022, "req.new", 0, status="nil"), line(2023, "req.new", 4))
    frame = trend(store, ["req.new"], 2022, 2023)
    assert column(frame, "status") == ["nil", "reported"]
    assert column(frame, "state") == ["no_base", "new"]


def test_an_approximate_figure_is_compared_and_marked(ask):
    store = ask(
        line(2022, "site.dynamics.posts", 300, status="approximate"), line(2023, "site.dynamics.posts", 330)
    )
    frame = trend(store, ["site.dynamics.posts"], 2022, 2023)
    assert column(frame, "state") == ["no_base", "up"]
    assert column(frame, "is_approximate") == [True, True]


def test_every_item_has_its_own_series(ask):
    """An outlet that is named in one year only is missing in the other, not zero."""
    store = ask(
        line(2022, "media.outlet", 5, item="滨海日报"),
        line(2022, "media.outlet", 3, item="滨海晚报"),
        line(2023, "media.outlet", 8, item="滨海日报"),
    )
    frame = trend(store, ["media.outlet"], 2022, 2023)
    told = list(
        zip(
            column(frame, "item"),
            column(frame, "year"),
            column(frame, "value"),
            column(frame, "state"),
            strict=True,
        )
    )
    assert told == [
        ("滨海日报", 2022, 5, "no_base"),
        ("滨海日报", 2023, 8, "up"),
        ("滨海晚报", 2022, 3, "no_base"),
        ("滨海晚报", 2023, None, "not_reported"),
    ]


def test_groups_of_applicants_have_their_own_series_and_total_is_the_default(ask):
    store = ask(
        line(2023, "req.new", 5, group="natural_person").replace("narrative", "table"),
        line(2023, "req.new", 7, group="total").replace("narrative", "table"),
    )
    values = {
        group: column(trend(store, ["req.new"], 2023, 2023, group=group), "value")
        for group in (None, "total", "natural_person", "research")
    }
    assert values == {None: [7], "total": [7], "natural_person": [5], "research": [None]}


def test_a_blank_total_that_follows_from_its_parts_is_derived(ask):
    parts = [
        line(2020, f"review.{part}", value, edition="2019", status=status).replace("narrative", "table")
        for part, value, status in (
            ("upheld", 2, ""),
            ("corrected", 1, ""),
            ("other", "", "blank"),
            ("pending", "", "blank"),
            ("total", "", "blank"),
        )
    ]
    frame = trend(ask(*parts), ["review.total"], 2020, 2020)
    assert (column(frame, "value"), column(frame, "status")) == ([3], ["derived"])


def test_rows_are_one_an_indicator_item_and_year_in_the_order_asked(ask):
    store = ask(
        *(line(year, "media.outlet", year, item=item) for year in (2020, 2022) for item in ("甲报", "乙报")),
        line(2021, "site.dynamics.posts", 3),
        line(2021, "site.dynamics.posts", 4),
    )
    asked = ["site.notices.posts", "media.outlet", "site.dynamics.posts"]
    frame = trend(store, asked)
    grain = frame[["indicator", "item", "year"]]
    assert len(grain) == len(grain.drop_duplicates()) == 4 * (1 + 2 + 1)
    assert list(dict.fromkeys(frame["indicator"])) == asked
    disagreeing = frame[(frame["indicator"] == "site.dynamics.posts") & (frame["year"] == 2021)]
    assert (column(disagreeing, "value"), column(disagreeing, "disagrees")) == ([3], [True])


def test_an_agency_nobody_knows_has_no_figures(ask):
    store = ask(line(2023, "site.dynamics.posts", 3))
    frame = trend(store, ["site.dynamics.posts"], 2022, 2023, agency="没有听说过的局")
    assert set(column(frame, "value")) <= {None}


def test_a_blank_total_of_an_outcome_follows_from_its_applicants(ask):
    """13, 2, 1 and 1 were granted and the total is blank; beside the 4 in part it makes 21."""
    told = {"natural_person": 13, "enterprise": 2, "research": 0, "public_welfare": 0, "legal_services": 1}
    cells = [*told.items(), ("other_org", 1), ("total", "")]
    rows = [line(2022, "req.outcome.granted", value, group=group) for group, value in cells]
    rows.append(line(2022, "req.outcome.partial", 4, group="total"))
    store = ask(*(row.replace(",narrative,", ",table,") for row in rows))
    frame = queries.outcomes(store, AGENCY, 2022, 2022)
    totals = frame[frame["group"] == "total"].set_index("outcome")
    assert (totals.loc["granted", "value"], totals.loc["granted", "status"]) == (17, "derived")
    sources = queries.evidence(store, totals.loc["granted", "fact_ids"])
    assert sorted(sources["raw"]) == ["0", "0", "1", "1", "13", "2"]
    assert (totals.loc["partial", "value"], totals.loc["partial", "status"]) == (4, "reported")


def test_outcomes_add_up_what_is_printed_and_nothing_else(folder, document, tmp_path):
    """The form has no subtotals: 不予公开 is the sum of its eight rows, blank where all of them are."""
    for name in ("示例县民政局-2020", "示例县民政局-2022"):
        path = tmp_path / f"{name}.txt"
        path.write_bytes(document(name))
        intake.add(path, folder)
    build(folder)
    frame = queries.outcomes(Store(folder), AGENCY, 2020, 2022)
    total = frame[frame["group"] == "total"].set_index(["year", "outcome"])
    assert {
        key: (None if pd.isna(row.value) else row.value, row.status)
        for key, row in total.iterrows()
        if key[0] < 2022
    } == {
        (2020, "granted"): (4, "reported"),
        (2020, "partial"): (1, "reported"),
        (2020, "denied"): (1, "reported"),
        (2020, "unable"): (1, "reported"),
        (2020, "not_processed"): (1, "reported"),
        (2020, "other"): (None, "blank"),
        **{
            (2021, name): (None, "no_report")
            for name in ("granted", "partial", "denied", "unable", "not_processed", "other")
        },
    }
    printed = trend(Store(folder), ["req.outcome.total"], 2022, 2022)["value"].iloc[0]
    assert total.loc[2022]["value"].sum() == printed


def test_cells_of_the_form_are_those_of_the_report(folder, document, tmp_path):
    """198 on the form of 2019; 200 on that of 2021, not the 7 of a row this report does not print."""
    for name in ("示例县民政局-2020", "示例县民政局-2022"):
        path = tmp_path / f"{name}.txt"
        path.write_bytes(document(name))
        intake.add(path, folder)
    build(folder)
    store = Store(folder)
    counted = {year: len(queries.form_cells(store, AGENCY, year)) for year in (2020, 2021, 2022)}
    assert counted == {2020: 198, 2021: 0, 2022: 200}


def test_evidence_comes_in_the_order_asked_for(folder, document, tmp_path):
    path = tmp_path / "report.txt"
    path.write_bytes(document("示例县民政局-2020"))
    intake.add(path, folder, address="http://example.org/3")
    build(folder)
    store = Store(folder)
    frame = trend(store, ["proposals", "welfare"], 2020, 2020)
    ids = [int(value) for value in frame["fact_id"]]
    for order in (ids, ids[::-1]):
        assert list(queries.evidence(store, order)["fact_id"]) == order
    evidence = queries.evidence(store, ids).iloc[0]
    assert (evidence["raw"], evidence["address"], evidence["kind"]) == (
        "12件",
        "http://example.org/3",
        "original",
    )


def test_findings_and_sections_are_those_of_the_report_that_speaks(folder, document, tmp_path):
    path = tmp_path / "report.txt"
    path.write_bytes(document("示例县民政局-2020"))
    intake.add(path, folder)
    build(folder)
    store = Store(folder)
    assert list(queries.findings(store, AGENCY)["rule"]) == ["T3-02", "T3-03", "T4-01", "T4-02"]
    assert list(queries.section_texts(store, AGENCY, 2020)) == ["一", "二", "三", "四", "五", "六"]
    assert queries.section_texts(store, AGENCY, 2021) == {}
    assert list(queries.statements(store, AGENCY)["topic"])[:2] == ["公开及时性", "政策解读"]
