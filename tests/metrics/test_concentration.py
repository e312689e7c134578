"""Concentration: accounts, applicants, channels, formats."""

import pytest

from ..applicants import GROUPS
from ..small_databases import line
from .asking import figures, metric, told


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
    store = ask(
        *(line(2022, "req.new", 60 if group == GROUPS[0] else 0, group=group) for group in GROUPS),
        *(line(2023, "req.new", 10, group=group) for group in GROUPS),
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
