"""Lanes of accounts: fortnights and months filled by posts."""

import pytest

from dashboard.charts import (
    channels,
    colours,
    welfare,
)

from .samples import MONTHS, THREE_ACCOUNTS, accounts, words_in


def filled(figure):
    return sum(
        len(trace.x) for trace in figure.data if trace.type == "bar" and trace.marker.color != colours.FAINT
    )


@pytest.mark.parametrize(("posts", "cells"), [(0, 0), (8, 8), (25, 25), (26, 26), (221, 26), (None, 0)])
def test_posts_fill_at_most_their_number_of_fortnights(posts, cells):
    figure = channels.cadence_strip(
        accounts(("甲", posts, "short" if posts is not None and posts < 26 else "undecided", ""))
    )
    assert filled(figure) == cells


def test_the_empty_fortnights_are_counted_in_words():
    said = words_in(channels.cadence_strip(THREE_ACCOUNTS))
    assert "18 个两周必为空" in said
    assert sum("必为空" in text for text in said) == 1


def test_an_account_without_a_number_is_not_said_to_be_empty():
    said = words_in(channels.cadence_strip(accounts(("甲", None, "undecided", "无法判定"))))
    assert "年报未写" in said
    assert not any("必为空" in text for text in said)


def test_an_undecided_account_is_hatched_and_red_needs_a_duty():
    undecided = channels.cadence_strip(accounts(("甲", 31, "undecided", "无法判定"))).data[0]
    assert undecided.marker.pattern.shape == "/"
    advice = channels.cadence_strip(accounts(("甲", 8, "short", "必有断更")).assign(must_fix=False))
    assert colours.slot(colours.ALERT) not in advice.to_json()


def test_months_fill_at_most_twelve_and_are_never_red():
    figure = welfare.category_months(MONTHS)
    assert filled(figure) == 12 + 12 + 7
    assert colours.slot(colours.ALERT) not in figure.to_json()
    assert "停止" in "".join(words_in(figure))
