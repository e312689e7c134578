"""Metrics on each edition of the form, and across a break."""

import csv
import shutil

import pytest

from dashboard import codebook, queries
from dashboard.paths import DataFolder

from ..small_databases import AGENCY, built
from .asking import DENIED, figures, metric, outcomes, told


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
