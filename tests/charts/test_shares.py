"""Shares of accounts, categories by year, coverage."""

from dashboard.charts import (
    channels,
    colours,
    coverage,
    welfare,
)

from .samples import CATEGORIES, EDITIONS, PARTS, REPORTS, table, words_in


def test_the_largest_account_is_named_with_its_share():
    figure = channels.concentration_bar(table("item value", [("甲", 8), ("乙", 221), ("丙", 31)]))
    assert "乙 221 条（85.0%）" in words_in(figure)


def test_few_posts_have_no_share():
    assert not any(
        "%" in text
        for text in words_in(channels.concentration_bar(table("item value", [("甲", 2), ("乙", 1)])))
    )


def test_categories_keep_missing_years_apart_from_0():
    figure = welfare.categories_by_year(CATEGORIES)
    bars = next(trace for trace in figure.data if trace.type == "bar")
    crosses = next(trace for trace in figure.data if trace.type == "scatter" and trace.mode == "markers")
    assert len(bars.x) == 4
    assert len(crosses.x) == 2 * 5 - 4
    assert words_in(figure).count("0") == 1
    assert list(bars.marker.color).count(colours.BACKGROUND) == 1


def test_finance_is_apart_and_hatched():
    own, fiscal = (trace for trace in welfare.share_bar(PARTS).data if trace.type == "bar")
    assert own.marker.pattern.shape is None
    assert fiscal.marker.pattern.shape == "/"
    assert fiscal.base[0] > own.base[-1] + own.x[-1]


def test_coverage_draws_each_state_in_its_own_way():
    bars = [trace for trace in coverage.coverage_ribbon(REPORTS, EDITIONS).data if trace.type == "bar"]
    assert [list(trace.x) for trace in bars] == [
        [2020],
        [2023, 2024],
        [year for year in range(2008, 2026) if year not in {2020, 2023, 2024}],
    ]
