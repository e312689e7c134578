"""主动公开与解读: documents, decisions and interpretation on every form, and what does not follow from the year before."""

import pytest

from .driving import (
    CIVIL,
    EDUCATION,
    OFFICE,
    metrics,
    open_page,
    open_tables,
    plain,
    sources,
    text_of,
    trouble,
)

#: The office's reports, a form each: year, documents issued and in force, interpretations, licences.
FORMS = [
    (2012, "8 条", "—", "—", "—"),
    (2016, "12 件", "—", "11 篇", "—"),
    (2020, "8 件", "114 件", "12 篇", "0 件"),
    (2024, "10 件", "125 件", "18 篇", "0 件"),
]


@pytest.mark.parametrize(("year", "issued", "in_force", "pieces", "licences"), FORMS)
def test_the_tiles_hold_what_the_report_says_on_each_form(
    county, use, year, issued, in_force, pieces, licences
):
    """The years count documents in the words of their form: 新增, 新制作, 制发."""
    use(county)
    at = open_page("proactive", agency=OFFICE, year=year)
    assert trouble(at) == []
    assert list(metrics(at).values()) == [issued, in_force, pieces, licences]


def test_interpretations_are_held_against_the_documents_issued(county, use):
    """18 articles on 10 documents."""
    use(county)
    text = text_of(open_page("proactive", agency=OFFICE, year=2024))
    assert "2024 年政策解读 18 篇，制发规范性文件 10 件，平均每件 1.8 篇" in text
    assert "2024 年制发行政规范性文件 10 件；现行有效行政规范性文件 125 件；发布政策解读 18 篇" in text


def test_without_interpretations_no_average_is_made_up(county, use):
    use(county)
    text = text_of(open_page("proactive", agency=OFFICE, year=2012))
    assert "2012 年政策解读没有数字" in text
    assert "政策解读的篇数年报未写" in text
    assert "平均每件" not in text


def test_documents_in_force_that_do_not_follow_from_the_year_before_show_both_numbers(county, use):
    """15 in 2022, one issued and none repealed in 2023: 16 would follow, and 18 are told."""
    use(county)
    at = open_page("proactive", agency=CIVIL, year=2023)
    breach = "2023 年现行有效行政规范性文件：上年 15，本年增 1、减 0，应为 16 件，所填 18 件，差 2 件。"
    assert f"✕ {breach}" in text_of(at)
    at.session_state["source-stock-0"] = True
    told = "\n".join(sources(at.run()))
    assert "<mark>18</mark>" in told
    assert "<mark>15</mark>" in told


def test_a_year_in_order_says_that_the_stocks_agree(county, use):
    """The office's documents: 121 in 2023, 10 issued, 6 repealed, 125 in 2024."""
    use(county)
    at = open_tables(open_page("proactive", agency=OFFICE, year=2024))
    assert "结存与上年相符" in text_of(at)
    table = next(node.value for node in at.dataframe if "应为" in node.value.columns)
    (row,) = table[(table["年度"] == "2024") & (table["结存"] == "现行有效行政规范性文件")].to_dict("records")
    assert (row["上年"], row["本年增"], row["本年减"], row["应为"], row["本年所填"]) == (121, 10, 6, 125, 125)


def test_a_year_without_a_report_shows_the_years_before_and_no_tile(county, use):
    use(county)
    at = open_page("proactive", agency=EDUCATION, year=2016)
    assert plain(at.main.markdown[0].value).startswith("2016 年年报未入库，当年的文件、决定和解读未知。")
    assert metrics(at) == {}
    assert "2016 年政策解读" not in text_of(at)
