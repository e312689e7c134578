"""Derived metrics: worked out by hand on small databases, and what is said where there is nothing to work out."""

import csv
import shutil

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard import codebook, queries
from dashboard.build import build
from dashboard.metrics import Named, term
from dashboard.paths import DataFolder
from dashboard.store import Store

from .test_queries import AGENCY, HEADER, line

DENIED = (
    "state_secret",
    "law_prohibited",
    "security_stability",
    "third_party",
    "internal_affairs",
    "deliberative",
    "enforcement_file",
    "admin_inquiry",
)


@pytest.fixture
def ask(folder):
    """A small database from lines of a figures file."""

    def database(*lines):
        return built(folder, lines)

    return database


def built(folder, lines):
    folder.figures.mkdir(parents=True, exist_ok=True)
    (folder.figures / "office.csv").write_text(HEADER + "\n".join(lines) + "\n", "utf-8")
    assert build(folder).left_out == ()
    return Store(folder)


def figures(year, edition="2021", agency=AGENCY, **told):
    """Lines for a year: req__new=7 is req.new, 7; None is a blank."""
    return [
        line(
            year,
            code.replace("__", "."),
            "" if value is None else value,
            edition=edition,
            status="blank" if value is None else "",
            agency=agency,
        )
        for code, value in told.items()
    ]


def outcomes(year, granted, partial, total, edition="2021", agency=AGENCY):
    told = {"req__outcome__granted": granted, "req__outcome__partial": partial, "req__outcome__total": total}
    return figures(year, edition, agency, **told)


def metric(store, name, first=2022, last=2023, agency=AGENCY):
    """The rows of one metric by year."""
    frame = queries.metric(store, [agency], [name], first, last)
    return frame.set_index("year")


def told(row, *names):
    return tuple(
        None if pd.api.types.is_scalar(row[name]) and pd.isna(row[name]) else row[name] for name in names
    )


def test_a_rate_names_its_numerator_denominator_and_change_in_points(ask):
    """(20 + 10) / 50 = 60 %; the year after (20 + 5) / 40 = 62.5 %."""
    store = ask(*outcomes(2022, 20, 10, 50), *outcomes(2023, 20, 5, 40))
    rows = metric(store, "disclosure")
    named = ("numerator", "denominator", "n", "value", "status", "state", "change", "change_unit")
    assert told(rows.loc[2022], *named) == (30, 50, 50, 60, "ok", "no_base", None, "个百分点")
    assert told(rows.loc[2023], *named) == (25, 40, 40, 62.5, "ok", "up", 2.5, "个百分点")
    assert rows.loc[2023, "denominator_zh"] == "办理结果总计（2014 年统计表为申请答复数）"
    assert len(rows.loc[2023, "fact_ids"]) == 3


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


def test_the_form_of_2014_has_terms_of_its_own(ask):
    """(4 + 8 + 2) / 20 with what was already public, (8 + 2) / 20 without."""
    store = ask(*outcomes(2017, 8, 2, 20, "2014"), *figures(2017, "2014", req__outcome__already_public=4))
    assert told(metric(store, "disclosure", 2017, 2017).loc[2017], "numerator", "value") == (14, 70)
    assert told(metric(store, "disclosure_strict", 2017, 2017).loc[2017], "numerator", "value") == (10, 50)


@pytest.mark.parametrize("name", ["not_processed", "natural_persons", "denied_share.third_party"])
def test_what_a_form_does_not_ask_is_said_to_be_not_asked(ask, name):
    row = metric(ask(*outcomes(2017, 8, 2, 20, "2014")), name, 2017, 2017).loc[2017]
    assert told(row, "value", "status") == (None, "not_asked")


def test_a_subtotal_is_taken_as_printed_or_added_up_from_its_rows(ask):
    """不予公开 is a row of the sheet of 2014, and eight rows since 2019."""
    reasons = {f"req__outcome__denied__{name}": place for place, name in enumerate(DENIED)}
    store = ask(
        *figures(2018, "2014", req__outcome__denied=7, req__outcome__total=70),
        *figures(2019, "2019", **reasons, req__outcome__total=112),
    )
    rows = metric(store, "denied", 2018, 2019)
    assert told(rows.loc[2018], "numerator", "value") == (7, 10)
    assert told(rows.loc[2019], "numerator", "value", "state") == (28, 25, "not_comparable")
    share = metric(store, "denied_share.admin_inquiry", 2019, 2019).loc[2019]
    assert told(share, "value", "name_zh", "status") == (25, "不予公开构成：属于行政查询事项", "small_n")


def test_a_row_missing_from_a_subtotal_leaves_it_open(ask):
    reasons = {f"req__outcome__denied__{name}": 5 for name in DENIED[:-1]}
    row = metric(ask(*figures(2023, **reasons, req__outcome__total=50)), "denied").loc[2023]
    assert told(row, "value", "status") == (None, "missing_input")
    assert list(row["missing"]) == ["req.outcome.denied.admin_inquiry"]


def test_other_outcomes_are_one_row_in_some_reports_and_three_in_others(ask):
    none = {
        f"req__outcome__not_processed__{name}": 0
        for name in ("petition", "duplicate", "publication", "excessive", "reconfirm")
    }
    three = dict(zip(("not_clarified", "fee_unpaid", "misc"), (2, 1, 1), strict=True))
    store = ask(
        *figures(2022, **none, req__outcome__other=4, req__outcome__total=40),
        *figures(
            2023,
            **none,
            **{f"req__outcome__other__{name}": n for name, n in three.items()},
            req__outcome__total=40,
        ),
    )
    rows = metric(store, "outcome_group.other")
    assert list(rows["value"]) == [10, 10]


def test_nothing_is_compared_or_added_up_across_a_break(ask):
    """Reviews are counted otherwise from 2024 on: no change, and no rate of 2023 and 2024 together."""
    store = ask(
        *(
            row
            for year, corrected, total in ((2022, 10, 40), (2023, 15, 60), (2024, 30, 60))
            for row in figures(year, review__corrected=corrected, review__total=total, review__pending=0)
        )
    )
    one = metric(store, "review_corrected", 2022, 2024)
    assert list(one["state"]) == ["no_base", "flat", "not_comparable"]
    assert one.loc[2024, "segment"] == one.loc[2023, "segment"] + 1
    two = metric(store, "review_corrected_two_years", 2022, 2024)
    assert list(two["status"]) == ["no_report", "ok", "break"]
    assert told(two.loc[2023], "numerator", "n", "value") == (25, 100, 25)
    assert told(two.loc[2024], "value", "is_shown") == (None, False)
    later = metric(store, "review_corrected_two_years", 2025, 2025)
    assert told(later.loc[2025], "status", "base") == ("no_report", None)
    breaks = queries.metric_breaks(store, AGENCY, ["review_corrected"])
    assert list(breaks["first_year"]) == [2024]


def test_pending_cases_are_no_denominator(ask):
    """12 of 50 concluded: 60 in all, 10 pending."""
    row = metric(
        ask(*figures(2023, review__corrected=12, review__total=60, review__pending=10)), "review_corrected"
    ).loc[2023]
    assert told(row, "n", "value", "denominator_zh") == (50, 24, "已审结的行政复议")


def test_a_change_of_stock_needs_the_year_before(ask):
    store = ask(
        *figures(2022, proactive__normdocs__in_force=10), *figures(2023, proactive__normdocs__in_force=8)
    )
    rows = metric(store, "normdocs_in_force_change")
    assert told(rows.loc[2022], "value", "status") == (None, "no_report")
    assert told(rows.loc[2023], "value", "status", "unit_zh") == (-2, "ok", "件")


def test_posts_of_three_accounts_sit_in_one(ask):
    """31, 221 and 8 of 260: 0.0142 + 0.7225 + 0.0009 = 0.738; 1.36 accounts; 8 is 18 short of 26."""
    posts = {"甲": 31, "乙": 221, "丙": 8}
    store = ask(*(line(2023, "channel.account.posts", value, item=item) for item, value in posts.items()))
    names = ("account_concentration", "effective_accounts", "account_margin")
    values = [metric(store, name).loc[2023, "value"] for name in names]
    assert [round(value, 3) for value in values] == [0.738, 1.356, -18]
    assert metric(store, "account_concentration").loc[2023, "n"] == 260


def test_an_account_without_a_number_leaves_the_concentration_open(ask):
    store = ask(
        line(2023, "channel.account.posts", 31, item="甲"),
        line(2023, "channel.account.posts", "若干", item="乙", status="unquantified"),
    )
    assert told(metric(store, "account_concentration").loc[2023], "value", "status") == (
        None,
        "missing_input",
    )


def test_concentration_of_applicants_is_normalised_over_six(ask):
    """All in one: 1 and 1. Ten of each: 1/6 and 0."""
    groups = ("natural_person", "enterprise", "research", "public_welfare", "legal_services", "other_org")
    store = ask(
        *(line(2022, "req.new", 60 if group == groups[0] else 0, group=group) for group in groups),
        *(line(2023, "req.new", 10, group=group) for group in groups),
    )
    plain, normal = (
        metric(store, f"applicant_concentration{ending}")["value"] for ending in ("", "_normalised")
    )
    assert list(plain) == pytest.approx([1, 1 / 6])
    assert list(normal) == pytest.approx([1, 0])


def test_channels_that_a_report_does_not_tell_are_no_channels(ask):
    store = ask(*figures(2023, channel__website__posts=50, channel__wechat__posts=50))
    assert metric(store, "effective_channels").loc[2023, "value"] == pytest.approx(2)
    assert told(metric(store, "effective_channels", 2022, 2022).loc[2022], "value", "status") == (
        None,
        "no_report",
    )


def test_formats_told_are_counted(ask):
    store = ask(
        *figures(
            2023, interp__form__text=30, interp__form__graphic=10, interp__form__video=0, interp__articles=40
        )
    )
    assert metric(store, "interpretation_formats").loc[2023, "value"] == 2
    assert metric(store, "interpretation_concentration").loc[2023, "value"] == pytest.approx(0.625)
    assert metric(store, "interpretation_beyond_text").loc[2023, "value"] == 25


def test_a_metric_no_report_has_the_data_for_is_listed_with_the_reason(ask):
    store = ask(*figures(2023, req__new=40))
    row = metric(store, "requests_per_ten_thousand").loc[2023]
    assert told(row, "value", "status") == (None, "missing_input")
    assert list(row["missing"]) == ["population"]
    listed = queries.metrics(store).set_index("metric")
    assert listed.loc["requests_per_ten_thousand", "lacks"] == "常住人口"
    assert "年报不载" in listed.loc["requests_per_ten_thousand", "reason_zh"]
    assert pd.isna(listed.loc["completion", "lacks"])


def test_an_approximate_figure_is_marked(ask):
    about = line(2023, "req.outcome.total", 50, status="approximate")
    store = ask(*figures(2023, req__outcome__granted=20, req__outcome__partial=5), about)
    assert told(metric(store, "disclosure").loc[2023], "value", "is_approximate") == (50, True)


def test_rows_are_one_an_agency_metric_and_year_in_the_order_asked(ask):
    store = ask(*outcomes(2022, 2, 0, 4, agency="甲局"), *outcomes(2023, 2, 0, 4, agency="乙局"))
    frame = queries.metric(store, ["乙局", "甲局"], ["workload", "disclosure"], 2021, 2023)
    grain = frame[["agency", "metric", "year"]]
    assert len(grain) == len(grain.drop_duplicates()) == 2 * 2 * 3
    assert list(dict.fromkeys(zip(frame["agency"], frame["metric"], strict=True))) == [
        ("乙局", "workload"), ("乙局", "disclosure"), ("甲局", "workload"), ("甲局", "disclosure"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("agencies", "names"),
    [([], ["disclosure"]), ([AGENCY], []), (["无此局"], ["disclosure"]), ([AGENCY], ["nothing"])],
)
def test_nothing_asked_or_known_is_no_rows(ask, agencies, names):
    assert queries.metric(ask(*outcomes(2023, 2, 0, 4)), agencies, names, 2022, 2023).empty


def test_harmonised_shares_compare_across_the_form_of_2019_and_not_with_2013(ask):
    """2018: 10 + 5 + 5 of 40 public, 8 denied, 7 + 1 unable, 3 + 1 other. 2019: 24, 8, 4 and 4 of 40."""
    denied = {f"req__outcome__denied__{name}": 1 for name in DENIED}
    rest = {
        f"req__outcome__not_processed__{name}": 0
        for name in ("duplicate", "publication", "excessive", "reconfirm")
    }
    store = ask(
        *outcomes(2018, 5, 5, 40, "2014"),
        *figures(
            2018, "2014", req__outcome__already_public=10, req__outcome__denied=8, req__outcome__unable__not_own_agency=7,
            req__outcome__unable__nonexistent=1, req__outcome__correction_notice=3, req__outcome__other_route=1,
        ),
        *outcomes(2019, 20, 4, 40, "2019"),
        *figures(
            2019, "2019", **denied, **rest, req__outcome__unable__not_held=2, req__outcome__unable__needs_creation=1,
            req__outcome__unable__unclear=1, req__outcome__not_processed__petition=3, req__outcome__other=1,
        ),
    )  # fmt: skip
    frame = queries.harmonised_outcomes(store, AGENCY, 2018, 2019)
    found = {
        (row.year, row.group): (row.value, row.share, row.n, row.state)
        for row in frame.itertuples(index=False)
    }
    assert found == {
        (2018, "disclosed"): (20, 50, 40, "no_base"),
        (2018, "denied"): (8, 20, 40, "no_base"),
        (2018, "unable"): (8, 20, 40, "no_base"),
        (2018, "other"): (4, 10, 40, "no_base"),
        (2019, "disclosed"): (24, 60, 40, "up"),
        (2019, "denied"): (8, 20, 40, "flat"),
        (2019, "unable"): (4, 10, 40, "down"),
        (2019, "other"): (4, 10, 40, "flat"),
    }
    assert list(queries.metric_breaks(store, AGENCY, ["outcome_group.denied"])["first_year"]) == [2014]


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


def test_a_merger_of_agencies_breaks_all_its_series_and_no_others(tmp_path, pytestconfig):
    """A fictional office took in another in 2023: an agency's row in breaks.csv, for every indicator."""
    root = tmp_path / "data"
    shutil.copytree(pytestconfig.rootpath / "data" / "codebook", root / "codebook")
    with (root / "codebook" / "breaks.csv").open("r+", encoding="utf-8", newline="") as file:
        columns = csv.DictReader(file).fieldnames
        file.seek(0, 2)
        row = {
            "indicator": "*", "agency": AGENCY, "last_year": 2022, "first_year": 2023, "label_zh": "机构合并",
            "reason_zh": "2023 年并入另一机关（示例）",
        }  # fmt: skip
        csv.DictWriter(file, columns, restval="X", lineterminator="\n").writerow(row)
    store = built(
        DataFolder(root),
        [
            row
            for year in (2022, 2023)
            for name in (AGENCY, "示例县教育局")
            for row in outcomes(year, 20, 0, 40, agency=name)
        ],
    )
    assert codebook.load(root / "codebook").matching("*")
    states = {
        name: (
            queries.trend(store, name, ["req.outcome.total"], 2023, 2023)["state"].iloc[0],
            metric(store, "disclosure", agency=name).loc[2023, "state"],
        )
        for name in (AGENCY, "示例县教育局")
    }
    assert states == {AGENCY: ("not_comparable", "not_comparable"), "示例县教育局": ("flat", "flat")}
    assert queries.breaks(store, AGENCY, ["welfare"])["label_zh"].to_list() == ["机构合并"]


def test_a_term_says_sign_group_year_and_choice():
    assert term("-req.new[natural_person]@-1") == (
        Named("req.new", "natural_person", -1, is_optional=False, lag=1),
    )
    assert term("a.b | a.b.*") == (Named("a.b"), Named("a.b.*"))
    assert term("?a") == (Named("a", is_optional=True),)
    for wrong in ("", "a b", "a@-2", "a[", "+a"):
        with pytest.raises(ValueError, match=r".*"):
            term(wrong)


def test_every_rate_of_the_codebook_names_its_denominator_and_is_within_reach(book):
    """Terms are those of forms or of sentences: each metric but those that lack an input can be told by a report."""
    inputs = {entry["id"] for entry in book.metric_inputs}
    asked = {code for edition in book.editions.values() for code, _ in edition.cells} | set(
        book.told_in_prose
    )
    for found in book.metrics:
        assert found.kind not in ("rate", "ratio") or found.denominator_zh, found.id
        named = {
            code
            for form in found.forms
            for _, terms in form.sides
            for choices in terms
            for choice in choices
            for code in book.matching(choice.code)
        }
        assert named & (asked | inputs), found.id
