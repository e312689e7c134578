"""Metrics as the codebook defines them, and the rows of an answer."""

import pandas as pd
import pytest

from dashboard import queries
from dashboard.metrics import Named, term

from ..small_databases import AGENCY
from .asking import figures, metric, outcomes, told


def test_a_metric_no_report_has_the_data_for_is_listed_with_the_reason(ask):
    store = ask(*figures(2023, req__new=40))
    row = metric(store, "requests_per_ten_thousand").loc[2023]
    assert told(row, "value", "status") == (None, "missing_input")
    assert list(row["missing"]) == ["population"]
    listed = queries.metrics(store).set_index("metric")
    assert listed.loc["requests_per_ten_thousand", "lacks"] == "常住人口"
    assert "年报不载" in listed.loc["requests_per_ten_thousand", "reason_zh"]
    assert pd.isna(listed.loc["completion", "lacks"])


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
