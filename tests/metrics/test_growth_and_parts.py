"""Several agencies at once, growth, what a change is made of, and the way of requests from origin to outcome."""

from decimal import Decimal
from functools import partial

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard import queries
from dashboard.paths import DataFolder

from ..applicants import GROUPS
from ..small_databases import AGENCY, built, line
from .asking import DENIED, figures, told

DYNAMICS = "site.dynamics.posts"
_COMPARED = ("before", "after", "change", "kind", "reason")


def test_several_agencies_have_the_rows_that_each_has_alone(ask):
    store = ask(
        *(
            line(year, "media.outlet", year, item=item, agency="甲局")
            for year in (2021, 2022)
            for item in "一二"
        ),
        line(2022, "media.outlet", 5, item="三", agency="乙局"),
        line(2022, DYNAMICS, 7, agency="乙局"),
    )
    asked = (["media.outlet", DYNAMICS], 2021, 2022)
    both = queries.trends(store, ["乙局", "甲局", "无此局"], *asked)
    grain = both[["agency", "indicator", "item", "year"]]
    assert len(grain) == len(grain.drop_duplicates()) == 4 + 6 + 4
    for name in ("甲局", "乙局"):
        alone = queries.trend(store, name, *asked)
        mine = both[both["agency"] == name].reset_index(drop=True)
        pd.testing.assert_frame_equal(mine, alone, check_dtype=False)
    assert set(both[both["agency"] == "无此局"]["status"]) == {"no_report"}
    assert queries.trends(store, [], *asked).empty


def test_growth_over_a_gap_has_its_span_and_names_the_years_without_a_figure(ask):
    """15 -> 50 over four years: 3.33 times, (50 / 15) ** (1 / 4) - 1 = 35.1 % a year."""
    row = queries.growth(
        ask(line(2020, DYNAMICS, 15), line(2023, DYNAMICS, 49), line(2024, DYNAMICS, 50)),
        [AGENCY],
        [DYNAMICS],
        2020,
        2024,
    ).iloc[0]
    assert told(row, "start_year", "start_value", "end_year", "end_value", "span", "status") == (
        2020,
        15,
        2024,
        50,
        4,
        "ok",
    )
    assert (round(row["factor"], 2), round(row["cagr"], 1)) == (3.33, 35.1)
    assert list(row["missing_years"]) == [2021, 2022]
    assert len(row["fact_ids"]) == 2


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({}, "no_figures"),
        ({2022: 5}, "one_figure"),
        ({2022: 5, 2023: 6}, "short"),
        ({2020: 0, 2023: 6}, "not_positive"),
        ({2020: 6, 2023: 0}, "not_positive"),
        ({2020: 9, 2023: 90}, "small_base"),
    ],
)
def test_growth_is_not_told_where_it_means_nothing(ask, values, status):
    store = ask(line(2023, "req.new", 1), *(line(year, DYNAMICS, value) for year, value in values.items()))
    (row,) = queries.growth(store, [AGENCY], [DYNAMICS], 2019, 2024).to_dict("records")
    assert told(row, "status", "factor", "cagr") == (status, None, None)


def test_growth_is_not_told_of_a_round_number(ask):
    store = ask(line(2020, DYNAMICS, 40, status="approximate"), line(2023, DYNAMICS, 80))
    row = queries.growth(store, [AGENCY], [DYNAMICS], 2019, 2024).iloc[0]
    assert told(row, "status", "factor", "cagr") == ("approximate", None, None)


def test_growth_begins_behind_the_last_break(ask):
    """Reviews before 2024 do not compare: growth is from 2024 on, and the years left out are named."""
    store = ask(
        *(line(year, "review.total", value) for year, value in ((2022, 5), (2023, 8), (2024, 10), (2026, 40)))
    )
    row = queries.growth(store, [AGENCY], ["review.total"], 2022, 2026).iloc[0]
    assert told(row, "start_year", "end_year", "status", "cagr") == (2024, 2026, "ok", 100)
    assert (list(row["earlier_years"]), list(row["missing_years"])) == ([2022, 2023], [2025])


def test_growth_has_a_row_for_each_item(ask):
    store = ask(
        *(
            line(year, "media.outlet", value, item=item)
            for item, value in (("甲报", 14), ("乙报", 19))
            for year in (2020, 2022)
        )
    )
    frame = queries.growth(store, [AGENCY], ["media.outlet"], 2020, 2022)
    assert list(zip(frame["item"], frame["cagr"], strict=True)) == [("甲报", 0), ("乙报", 0)]


def parts(store, indicator, year=2023):
    """The parts of a change: (split, what, before, after, change, kind, reason)."""
    frame = queries.explain(store, AGENCY, indicator, year)
    assert not frame.duplicated(["split", "indicator", "group", "item"]).any()
    return [
        (row["split"], *told(row, "item" if row["split"] == "item" else "indicator", *_COMPARED))
        for row in frame.to_dict("records")
    ]


def test_a_change_is_made_of_the_accounts_that_post(ask):
    """100 -> 120: 甲 +30, 乙 stopped being told with 20, 丙 is told for the first time with 10."""
    posts = {2022: {"甲": 80, "乙": 20}, 2023: {"甲": 110, "丙": 10}}
    store = ask(
        *(
            line(year, "channel.account.posts", n, item=item)
            for year, told_ in posts.items()
            for item, n in told_.items()
        )
    )
    assert parts(store, "channel.wechat.posts") == [
        ("whole", "channel.wechat.posts", 100, 120, 20, "activity", None),
        ("item", "甲", 80, 110, 30, "activity", None),
        ("item", "乙", 20, None, -20, "reporting", "not_entered"),
        ("item", "丙", None, 10, 10, "reporting", "not_entered"),
    ]


def test_what_the_parts_do_not_tell_remains(ask):
    """Dinghai's own way of telling: 77 with parts of 88 once, 76 without parts the year after."""
    store = ask(
        *figures(2022, welfare=77, welfare__tekun=60, welfare__charity=28),
        *figures(2023, welfare=76, welfare__tekun=70),
    )
    assert parts(store, "welfare") == [
        ("whole", "welfare", 77, 76, -1, "activity", None),
        ("category", "welfare.charity", 28, None, -28, "reporting", "not_entered"),
        ("category", "welfare.tekun", 60, 70, 10, "activity", None),
        ("category", None, -11, 6, 17, "remainder", None),
    ]


def test_a_part_that_is_not_printed_is_the_sum_of_its_own(ask):
    """不予公开 of 2022 and 2023 is eight rows; its change is theirs."""
    reasons = [{f"req__outcome__denied__{name}": n for name in DENIED} for n in (1, 2)]
    store = ask(
        *figures(2022, **reasons[0], req__outcome__granted=2, req__outcome__total=10),
        *figures(2023, **reasons[1], req__outcome__granted=5, req__outcome__total=21),
    )
    assert parts(store, "req.outcome.total") == [
        ("whole", "req.outcome.total", 10, 21, 11, "activity", None),
        ("category", "req.outcome.denied", 8, 16, 8, "activity", None),
        ("category", "req.outcome.granted", 2, 5, 3, "activity", None),
    ]


def test_parts_of_another_form_are_reporting_and_no_activity(ask):
    """The sheet of 2014 and the form of 2019: the whole breaks, rows come and go with the form."""
    store = ask(
        *figures(
            2018, "2014", req__outcome__total=10, req__outcome__granted=6, req__outcome__already_public=4
        ),
        *figures(2019, "2019", req__outcome__total=9, req__outcome__granted=7, req__outcome__other=2),
    )
    assert parts(store, "req.outcome.total", 2019) == [
        ("whole", "req.outcome.total", 10, 9, -1, "reporting", "break"),
        ("category", "req.outcome.already_public", 4, None, -4, "reporting", "not_asked"),
        ("category", "req.outcome.other", None, 2, 2, "reporting", "new_in_form"),
        ("category", "req.outcome.granted", 6, 7, 1, "reporting", "break"),
    ]


def test_a_change_is_split_by_applicant_and_by_the_way_requests_came(ask):
    new = partial(line, indicator="req.new")
    store = ask(
        *(new(2022, value=2, group=group) for group in GROUPS),
        new(2022, value=12, group="total"),
        *(new(2023, value=5 if group == "natural_person" else 2, group=group) for group in GROUPS),
        new(2023, value=15, group="total"),
    )
    frame = queries.explain(store, AGENCY, "req.new", 2023)
    changed = frame[frame["change"] != 0]
    assert list(zip(changed["split"], changed["group"], changed["change"], strict=True)) == [
        ("whole", "total", 3), ("applicant", "natural_person", 3),
    ]  # fmt: skip
    ways = ask(
        *figures(2016, "2014", req__new=9, req__via__mail=4, req__via__online=5),
        *figures(2017, "2014", req__new=12, req__via__mail=4, req__via__online=8),
    )
    assert [row[:5] for row in parts(ways, "req.new", 2017)] == [
        ("whole", "req.new", 9, 12, 3), ("channel", "req.via.online", 5, 8, 3), ("channel", "req.via.mail", 4, 4, 0),
    ]  # fmt: skip


def test_a_whole_without_a_figure_before_has_no_change_and_no_remainder(ask):
    store = ask(*figures(2023, welfare=30, welfare__tekun=20))
    assert parts(store, "welfare") == [
        ("whole", "welfare", None, 30, None, "reporting", "no_report"),
        ("category", "welfare.tekun", None, 20, 20, "reporting", "no_report"),
    ]


def test_nobody_knows_nothing_to_explain(ask):
    store = ask(*figures(2023, welfare=30))
    assert queries.explain(store, "无此局", "welfare", 2023).empty
    assert queries.explain(store, AGENCY, "nothing", 2023).empty


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    years=st.lists(
        st.tuples(
            st.integers(0, 90),
            st.lists(st.none() | st.integers(0, 40), min_size=4, max_size=4),
            st.lists(st.none() | st.integers(0, 40), min_size=6, max_size=6),
            st.sampled_from(["2014", "2019", "2021"]),
        ),
        min_size=6,
        max_size=6,
    )
)
def test_the_parts_of_a_change_add_up_to_it_whatever_is_told(tmp_path_factory, years):
    """Printed or not, blank or not, on whatever form, across breaks: in each split, with the remainder."""
    codes = ("granted", "partial", "unable.not_held", "denied.third_party")
    lines = []
    for year, (total, values, groups, edition) in enumerate(years, start=2017):
        row = partial(line, year, edition=edition)
        lines.append(row("req.outcome.total", total, group="total"))
        for code, value in zip(codes, values, strict=True):
            if value is not None:
                lines.append(row(f"req.outcome.{code}", value, group="total"))
        for group, value in zip(GROUPS, groups, strict=True):
            lines.append(
                row(
                    "req.outcome.total",
                    "" if value is None else value,
                    group=group,
                    status="" if value is not None else "blank",
                )
            )
    store = built(DataFolder(tmp_path_factory.mktemp("parts")), lines)
    for year in range(2018, 2017 + len(years)):
        frame = queries.explain(store, AGENCY, "req.outcome.total", year)
        sums = frame.groupby("split")["change"].sum()
        assert set(sums) == {sums["whole"]}


def test_money_is_explained_to_the_last_fen(ask):
    """0.1 + 0.2 of 0.3: decimals add up, and nothing remains."""
    store = ask(
        *figures(2016, "2014", fee__charged=0, fee__charged__search=0, fee__charged__postage=0),
        *figures(2017, "2014", fee__charged=0.3, fee__charged__search=0.1, fee__charged__postage=0.2),
    )
    frame = queries.explain(store, AGENCY, "fee.charged", 2017)
    assert list(frame["kind"]) == ["activity"] * 3
    assert [Decimal(str(value)) for value in frame["change"]] == [
        Decimal("0.3"),
        Decimal("0.2"),
        Decimal("0.1"),
    ]


def test_the_flow_goes_from_origin_to_reason_and_balances(ask):
    row = partial(line, 2023)
    store = ask(
        row("req.new", 7, group="natural_person"),
        row("req.carried_in", 1, group="natural_person"),
        row("req.outcome.granted", 4, group="natural_person"),
        row("req.outcome.denied.third_party", 3, group="natural_person"),
        row("req.carried_out", 1, group="natural_person"),
        row("req.outcome.total", 7, group="natural_person"),
        row("req.outcome.denied.privacy", "", status="blank"),
    )
    frame = queries.outcome_flow(store, AGENCY, 2023)
    assert not frame.duplicated(["group", "reason"]).any()
    mine = frame[(frame["group"] == "natural_person") & frame["value"].notna()]
    found = [told(row, "flow", "step", "reason", "value", "status") for row in mine.to_dict("records")]
    assert found == [
        ("in", "new", "req.new", 7, "reported"),
        ("in", "carried_in", "req.carried_in", 1, "reported"),
        ("out", "granted", "req.outcome.granted", 4, "reported"),
        ("out", "denied", "req.outcome.denied.third_party", 3, "reported"),
        ("out", "carried_out", "req.carried_out", 1, "reported"),
    ]
    sums = mine[~mine["is_whole"]].groupby("flow")["value"].sum()
    assert sums["in"] == sums["out"] == 8
    silent = frame[frame["value"].isna()]
    assert set(silent["status"]) == {"not_entered", "blank"}
    assert silent[silent["status"] == "blank"]["reason"].to_list() == ["req.outcome.denied.privacy"]


def test_a_subtotal_beside_its_reasons_is_marked_and_a_form_without_applicants_stands_in_the_total(ask):
    store = ask(
        *figures(
            2017, "2014", req__new=9, req__outcome__already_public=2, req__outcome__granted=3, req__outcome__partial=0,
            req__outcome__denied=3, req__outcome__denied__privacy=3, req__outcome__other_route=1, req__outcome__total=9,
        )
    )  # fmt: skip
    frame = queries.outcome_flow(store, AGENCY, 2017)
    assert set(frame["group"]) == {"total"}
    assert not frame.duplicated(["group", "reason"]).any()
    assert frame[frame["is_whole"]]["reason"].to_list() == ["req.outcome.denied"]
    out = frame[(frame["flow"] == "out") & ~frame["is_whole"]]
    assert out["value"].sum() == 9
    assert out.groupby("step")["value"].sum()[["granted", "other"]].to_list() == [5, 1]
    assert queries.outcome_flow(store, AGENCY, 2018).empty


def test_reasons_over_the_years_say_why_there_is_no_figure(ask):
    store = ask(
        *figures(2018, "2014", req__outcome__denied=2, req__outcome__denied__privacy=2),
        *figures(2020, "2019", req__outcome__denied__third_party=3, req__outcome__denied__admin_inquiry=None),
    )
    frame = queries.reasons(store, AGENCY, 2018, 2020)
    assert not frame.duplicated(["year", "reason"]).any()
    found = frame.set_index(["reason", "year"])
    privacy, third, inquiry = (
        [
            told(found.loc[f"req.outcome.denied.{name}", year], "value", "status")
            for year in (2018, 2019, 2020)
        ]
        for name in ("privacy", "third_party", "admin_inquiry")
    )
    assert privacy == [(2, "reported"), (None, "no_report"), (None, "not_asked")]
    assert third == [(None, "not_asked"), (None, "no_report"), (3, "reported")]
    assert inquiry[2] == (None, "blank")
    assert set(found[found["is_whole"]].index.get_level_values(0)) >= {"req.outcome.denied"}
    assert set(frame["outcome"]) == {"denied", "unable", "not_processed"}
    segments = found.loc["req.outcome.denied.third_party"]["segment"]
    assert segments[2018] < segments[2020]
