"""Rates: numerator, denominator, change in points, interval, and what is said of few, blank or no cases."""

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard import queries
from dashboard.paths import DataFolder

from ..small_databases import AGENCY, built, line
from .asking import figures, metric, outcomes, told


def test_a_rate_names_its_numerator_denominator_and_change_in_points(ask):
    """(20 + 10) / 50 = 60 %; the year after (20 + 5) / 40 = 62.5 %."""
    store = ask(*outcomes(2022, 20, 10, 50), *outcomes(2023, 20, 5, 40))
    rows = metric(store, "disclosure")
    named = ("numerator", "denominator", "n", "value", "status", "state", "change", "change_unit")
    assert told(rows.loc[2022], *named) == (30, 50, 50, 60, "ok", "no_base", None, "个百分点")
    assert told(rows.loc[2023], *named) == (25, 40, 40, 62.5, "ok", "up", 2.5, "个百分点")
    assert rows.loc[2023, "denominator_zh"] == "办理结果总计"
    assert len(rows.loc[2023, "fact_ids"]) == 3


def test_each_year_names_the_denominator_as_its_form_does(ask):
    """The statistics of 2014 count replies, the form since 2019 outcomes; of reviews the one has no pending cases."""
    store = ask(
        *outcomes(2018, 20, 10, 50, edition="2014"),
        *figures(2018, "2014", review__corrected=5, review__total=40),
        *outcomes(2022, 20, 10, 50),
        *figures(2022, review__corrected=5, review__total=40, review__pending=0),
    )
    named = queries.metric(store, [AGENCY], ["disclosure", "review_corrected", "clearance"], 2018, 2022)
    names = {(row["metric"], row["year"]): row["denominator_zh"] for row in named.to_dict("records")}
    assert names["disclosure", 2018] == "申请答复数"
    assert names["disclosure", 2022] == "办理结果总计"
    assert names["review_corrected", 2018] == "行政复议数量"
    assert names["review_corrected", 2022] == "已审结的行政复议"
    assert (names["clearance", 2018], names["clearance", 2022]) == ("收到申请数", "本年新收申请数")


@pytest.mark.parametrize(
    ("total", "status", "is_shown", "has_interval"),
    [
        (9, "small_n", False, True),
        (10, "small_n", True, True),
        (29, "small_n", True, True),
        (30, "ok", True, True),
        (99, "ok", True, True),
        (100, "ok", True, False),
    ],
)
def test_small_numbers_are_counts_and_marked(ask, total, status, is_shown, has_interval):
    row = metric(ask(*outcomes(2023, 6, 0, total)), "disclosure").loc[2023]
    assert told(row, "status", "is_shown", "numerator", "n") == (status, is_shown, 6, total)
    assert row["value"] == pytest.approx(600 / total)
    assert bool(pd.notna(row["low"]) and pd.notna(row["high"])) == has_interval


def test_the_interval_is_wilsons(ask):
    """8 of 10 at 95 %: 49.0 to 94.3; none of 20 begins at 0, all of 20 ends at 100."""
    agencies = {"甲局": (8, 10), "乙局": (0, 20), "丙局": (20, 20)}
    store = ask(
        *(
            row
            for name, (part, all_) in agencies.items()
            for row in outcomes(2023, part, 0, all_, agency=name)
        )
    )
    found = {
        name: tuple(
            round(value, 1)
            for value in told(metric(store, "disclosure", agency=name).loc[2023], "low", "high")
        )
        for name in agencies
    }
    assert found == {"甲局": (49.0, 94.3), "乙局": (0, 16.1), "丙局": (83.9, 100)}


def test_a_change_is_not_told_where_a_rate_is_not_shown(ask):
    """Of 9 there is no rate, so the 40 of the next year have nothing to compare with."""
    rows = metric(ask(*outcomes(2022, 3, 0, 9), *outcomes(2023, 20, 0, 40)), "disclosure")
    assert told(rows.loc[2023], "state", "change", "value") == ("too_few", None, 50)


def test_nothing_handled_is_no_rate(ask):
    row = metric(ask(*outcomes(2023, 0, 0, 0)), "disclosure").loc[2023]
    assert told(row, "value", "status", "is_shown") == (None, "zero_denominator", False)


def test_a_blank_is_missing_and_named_and_no_zero(ask):
    row = metric(ask(*outcomes(2023, 20, None, 50)), "disclosure").loc[2023]
    assert told(row, "value", "numerator", "n", "status") == (None, None, 50, "missing_input")
    assert list(row["missing"]) == ["req.outcome.partial"]
    assert list(row["missing_names"]) == ["（二）部分公开（区分处理的，只计这一情形，不计其他情形）"]


def test_a_blank_total_that_follows_from_its_parts_is_used_and_said_to_be_derived(ask):
    parts = [
        row.replace("narrative", "table")
        for row in figures(
            2022,
            "2019",
            review__upheld=30,
            review__corrected=10,
            review__other=0,
            review__pending=0,
            review__total=None,
        )
    ]
    row = metric(ask(*parts), "review_corrected").loc[2022]
    assert told(row, "value", "n", "status", "is_derived") == (25, 40, "derived", True)


def test_a_year_without_a_report_is_a_row_and_the_next_has_no_base(ask):
    rows = metric(ask(*outcomes(2021, 20, 0, 40), *outcomes(2023, 20, 0, 40)), "disclosure", 2021, 2023)
    assert list(rows.index) == [2021, 2022, 2023]
    assert list(rows["status"]) == ["ok", "no_report", "ok"]
    assert list(rows["state"]) == ["no_base", "not_reported", "no_base"]


def test_an_approximate_figure_is_marked(ask):
    about = line(2023, "req.outcome.total", 50, status="approximate")
    store = ask(*figures(2023, req__outcome__granted=20, req__outcome__partial=5), about)
    assert told(metric(store, "disclosure").loc[2023], "value", "is_approximate") == (50, True)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    years=st.lists(
        st.tuples(st.integers(0, 300), st.integers(0, 50), st.integers(0, 400)), min_size=12, max_size=12
    )
)
def test_completion_and_carry_over_make_up_the_whole(tmp_path_factory, years):
    """Whatever is new, carried in and handled: what is not handled is carried out."""
    lines = []
    for place, (new, carried_in, handled) in enumerate(years):
        done = min(handled, new + carried_in)
        told = {"req__new": new, "req__carried_in": carried_in, "req__outcome__total": done}
        lines += figures(2019, "2019", f"第{place}局", **told, req__carried_out=new + carried_in - done)
    store = built(DataFolder(tmp_path_factory.mktemp("flow")), lines)
    agencies = [f"第{place}局" for place in range(len(years))]
    frame = queries.metric(store, agencies, ["completion", "carry_over"], 2019, 2019)
    both = frame.pivot_table(index="agency", columns="metric", values="value")
    assert len(both) == sum(new + carried_in > 0 for new, carried_in, _ in years)
    assert all(abs(row.completion + row.carry_over - 100) < 1e-9 for row in both.itertuples())
    shown = frame[frame["low"].notna()]
    assert ((shown["low"] <= shown["value"] + 1e-6) & (shown["value"] <= shown["high"] + 1e-6)).all()
