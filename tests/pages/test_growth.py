"""Growth a year stands below a trend with its span, and where it means nothing the reason stands in its place."""

from dashboard.text import words

from .driving import CIVIL, DINGHAI, nodes, open_page, text_of


def test_the_news_column_grew_by_a_third_a_year_over_a_gap(served):
    """15 in 2020, 50 in 2024: (50 / 15) ** (1 / 4) - 1 = 35.1 %; the other columns have two years since a break."""
    text = text_of(open_page("channels", agency=DINGHAI, year=2024))
    assert "政务动态 2020–2024 年（4 年）由 15 条到 50 条，年均增长 35.1%，其间 2021、2022 年没有数字" in text
    assert "公示公告不计年均增长（口径变化后数字只相距一年）" in text


def test_a_series_that_begins_under_ten_has_no_rate(county, use):
    """5,210 to 6,120 licences over four years are 4.1 % a year; 9 coercive measures are no base."""
    use(county)
    text = text_of(open_page("proactive", agency="example-market-regulation", year=2023))
    assert "行政许可处理决定 2019–2023 年（4 年）由 5,210 件到 6,120 件，年均增长 4.1%" in text
    assert "行政强制处理决定不计年均增长（起始不足 10）" in text


def test_the_overview_has_a_table_of_growth(county, use):
    """55 to 64 over four years: 3.9 % a year; requests begin at 1."""
    use(county)
    at = open_page("overview", agency=CIVIL, year=2024)
    at.session_state["twin-growth"] = True
    (table,) = [node.value for node in nodes(at.run().main) if getattr(node, "key", None) == "rows-growth"]
    rows = table.set_index(words("growth.column_name")).T.to_dict()
    assert [*rows["政务动态"].values()] == ["2020–2024 年（4 年）", "55 条", "64 条", "年均增长 3.9%", ""]
    assert [*rows["新收申请"].values()][3:] == ["—", "起始不足 10"]
