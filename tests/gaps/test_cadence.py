"""How often something must be published: annual counts against a cadence (standards, section 4)."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.gaps.judges.cadence import cadence

from ..small_databases import line
from .reports import verdicts


@pytest.mark.parametrize(
    ("posts", "days", "year", "verdict"),
    [
        (25, 14, 2021, "short"),
        (26, 14, 2021, "undecided"),
        (51, 14, 2021, "undecided"),
        (52, 14, 2021, "met"),
        (26, 14, 2020, "undecided"),
        (35, 10, 2021, "short"),
        (36, 10, 2021, "undecided"),
        (72, 10, 2021, "met"),
        (3, 90, 2021, "short"),
        (4, 90, 2021, "undecided"),
        (0, 183, 2021, "short"),
        (1, 183, 2021, "undecided"),
        (2, 183, 2021, "met"),
    ],
)
def test_an_annual_count_against_a_cadence(posts, days, year, verdict):
    assert cadence(posts, days, year)[0] == verdict


@given(st.sets(st.integers(1, 365)), st.integers(2, 183))
def test_a_count_called_short_leaves_a_gap_whatever_the_dates(dates, days):
    """Days of the year with a post; a gap is longer than `days` between two of them or the year's ends."""
    ends = [0, *sorted(dates), 366]
    longest = max(after - before for before, after in pairwise(ends))
    if cadence(len(dates), days, 2021)[0] == "short":
        assert longest > days


def test_a_dead_account_is_red_and_one_without_a_number_is_no_gap(put):
    lines = [
        line(2022, "channel.account.posts", 3, item="甲"),
        line(2022, "channel.account.posts", 40, item="乙"),
        line(2022, "channel.account.posts", "", item="丙", status="unquantified"),
    ]
    found = put(2022, "G04", *lines)
    assert [(gap.item, gap.verdict, gap.severity) for gap in found] == [
        ("甲", "short", "red"),
        ("乙", "met", "info"),
    ]
    assert "少于 4 条" in found[0].evidence


def test_an_empty_column_is_short_and_a_rare_one_needs_dates(put):
    lines = [
        line(2022, "site.notices.posts", 0),
        line(2022, "site.policies.posts", 1),
        line(2022, "welfare.tekun", 2),
    ]
    assert sorted(verdicts(put(2022, "G07", *lines))) == [
        ("met", "特困供养"),
        ("short", "公示公告"),
        ("undecided", "政策文件（规范性文件）栏目"),
    ]


def test_a_round_number_proves_no_shortfall(put):
    told = line(2022, "site.dynamics.posts", 10, status="approximate")
    (gap,) = put(2022, "G06", told)
    assert (gap.verdict, gap.severity) == ("undecided", "info")
    assert gap.evidence.endswith("所依数字为约数，须核实")
