"""对标与汇总: peers, reports that are missing, checks by agency, sums that open into their parts."""

import pandas as pd
import pytest

from dashboard import intake
from dashboard.paths import DataFolder
from dashboard.text import texts, words

from .driving import CIVIL, EDUCATION, HEADER, nodes, open_page


def said(key, **values):
    return words(f"page.compare.{key}", **values)


@pytest.fixture
def example_county(county, use):
    use(county)


def opened(agency, year):
    at = open_page("compare", agency=agency, year=year)
    assert not at.exception
    return at


def markdown_of(at):
    """The texts of the page as they are written, bold marks included."""
    return "\n".join(
        str(node.value) for node in nodes(at.main) if isinstance(getattr(node, "value", None), str)
    )


def grids(at):
    """The tables of the page by their keys."""
    return {node.key: node.value for node in nodes(at.main) if node.type == "dataframe"}


def choose(at, key, row, column):
    """Choose a cell, as a person does by clicking it."""
    at.session_state[key] = {"selection": {"rows": [], "columns": [], "cells": [[row, column]]}}
    return at.run()


def test_the_answer_tells_reports_sum_and_comparison(example_county):
    answer = opened(CIVIL, 2023).main.markdown[0].value
    assert "6 家，2023 年年报全文入库 **6 家**" in answer
    assert "新收申请合计 **194 件**（5 家有数）" in answer
    assert "有 5 家以上同类机关可比的指标 **7 项**" in answer


def test_where_nobody_has_the_same_function_the_district_is_shown_first(example_county):
    """The other likeness stays a choice, and says why it is empty."""
    at = opened(CIVIL, 2023)
    (choice,) = at.main.button_group
    assert choice.value == "district"
    assert "其他机关 5 家" in markdown_of(at)
    at = choice.set_value("function").run()
    assert said("peers_none") in markdown_of(at)
    assert "职能为“民政”的其他机关 0 家" in markdown_of(at)


def test_one_like_agency_is_listed_and_not_ranked(example_county):
    at = opened("dinghai-civil-affairs", 2023)
    assert "嵊泗县民政局" in markdown_of(at)
    assert said("peers_title_few") in [title.value for title in at.main.subheader]
    assert not at.main.get("plotly_chart")
    table = grids(at)["rows-peers-few"]
    assert list(table.iloc[:, 0]) == ["定海区民政局（本机关）", "嵊泗县民政局"]
    assert set(table.iloc[1, 1:]) == {texts("status")["no_report"]}


def test_peers_are_in_the_order_of_the_list_of_agencies_not_of_their_numbers(example_county):
    at = opened(CIVIL, 2023)
    at.session_state["twin-peers-values"] = True
    table = grids(at.run())["rows-peers-values"]
    assert list(table.iloc[:, 0]) == [
        "示例县民政局（本机关）",
        "示例县人民政府办公室",
        "示例县教育局",
        "示例县卫生健康局",
        "示例县自然资源和规划局",
        "示例县市场监督管理局",
    ]
    assert table["新收申请"][0] == "0 件（不足 10）"
    assert table["平台答复"][1] == "176 件（推算）"


def test_a_place_is_not_said_under_ten_cases(example_county):
    at = opened(CIVIL, 2023)
    at.session_state["twin-peers"] = True
    table = grids(at.run())["rows-peers"].set_index(said("column_indicator"))
    places = table[said("column_position")]
    assert (places["新收申请"], places["公众号发布"]) == (
        texts("page.compare.position")["few"],
        texts("page.compare.position")["above"],
    )


def test_who_has_not_reported_is_named(example_county):
    at = opened(CIVIL, 2016)
    table = at.main.table[0].value
    assert table.iloc[:, :3].to_numpy().tolist() == [["示例县教育局", "未入库", "2012–2015、2017–2025"]]
    assert said("not_reported_none", year=2023) in markdown_of(opened(CIVIL, 2023))


def test_the_matrix_has_words_and_signs_and_no_family_that_nobody_was_tested_by(example_county):
    matrix = grids(opened(CIVIL, 2023))[f"checks-{CIVIL}-2023"]
    assert list(matrix.columns) == ["机关", "主动公开表", "依申请表", "复议诉讼表", "正文", "识读"]
    cells = matrix.set_index("机关")
    assert cells.loc["示例县市场监督管理局", "正文"] == "✕ 错误 1"
    assert cells.loc["示例县教育局", "依申请表"] == "未核"
    assert cells.loc["示例县自然资源和规划局", "识读"] == "✓"


def test_a_chosen_cell_of_the_matrix_lists_what_was_found(example_county):
    at = choose(opened(CIVIL, 2023), f"checks-{CIVIL}-2023", 5, "正文")
    text = markdown_of(at)
    assert "**示例县市场监督管理局**，正文：" in text
    assert "正文“1件”，表格 规范性文件：本年新制作数量 2" in text
    at = choose(at, f"checks-{CIVIL}-2023", 2, "依申请表")
    assert said("checks_nothing", state=said("state_words.not_tested")) in markdown_of(at)


def test_a_cell_of_the_sum_says_how_many_gave_a_number(example_county):
    table = grids(opened(CIVIL, 2023))[f"sum-3-0-{CIVIL}-2023"].set_index("项目")
    assert table.loc["一、本年新收政府信息公开申请数量", "总计"] == "194（5／6）"
    assert table.loc["三、本年度办理结果", "总计"] == ""
    assert grids(opened(CIVIL, 2023))[f"sum-2-1-{CIVIL}-2023"].iloc[0, 1] == "7,630"


def test_a_chosen_cell_opens_into_its_parts_and_each_into_its_source(example_county):
    at = choose(opened(CIVIL, 2023), f"sum-3-0-{CIVIL}-2023", 0, "总计")
    assert "合计 194 件，6 家中 5 家有数字，年报没有或未能读出 1 家。" in markdown_of(at)
    parts = grids(at)["rows-parts-req.new-total"].set_index("机关")
    assert parts[said("column_value")].sum() == 194
    assert parts.loc["示例县教育局", said("column_status")] == said("not_found")
    assert not at.main.get("html")
    at.session_state["rows-parts-req.new-total"] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    at.run()
    (source,) = [node.value for node in nodes(at.main) if node.type == "html"]
    assert "<mark>52</mark>" in source
    assert "示例县人民政府办公室" in source


def test_the_name_of_a_row_and_a_heading_of_rows_open_nothing(example_county):
    key = f"sum-3-0-{CIVIL}-2023"
    for row, column in ((0, "项目"), (2, "总计")):
        at = choose(opened(CIVIL, 2023), key, row, column)
        assert not [name for name in grids(at) if name.startswith("rows-parts")]


def test_an_agency_without_the_year_still_sees_the_district(example_county):
    at = opened(EDUCATION, 2016)
    assert "2016 年年报未入库" in at.main.markdown[0].value
    assert any(key.startswith("sum-S-0") for key in grids(at))


def test_an_agency_that_is_not_listed_is_told_what_to_do(tmp_path, use):
    folder = DataFolder(tmp_path)
    folder.figures.mkdir()
    (folder.figures / "office.csv").write_text(
        f"{HEADER}样本局,2023,2021,site.dynamics.posts,,,5,,,narrative,,\n", "utf-8"
    )
    intake.build(folder)
    use(folder)
    at = opened("样本局", 2023)
    assert said("unlisted", agency="样本局") == at.main.markdown[0].value
    assert said("unlisted_hint") in markdown_of(at)
    assert grids(at) == {}


def test_a_district_without_any_table_says_that_there_is_nothing_to_add(example_county):
    at = opened("zhoushan-health", 2024)
    assert said("sum_none", region="浙江省舟山市", year=2024) in markdown_of(at)
    assert not [key for key in grids(at) if key.startswith("sum-")]


def test_the_report_of_a_government_is_said_not_to_be_in_the_sum(tmp_path, use):
    folder = DataFolder(tmp_path)
    folder.figures.mkdir()
    lines = [
        f"{name},2023,2021,req.new,total,,{value},,,table,,\n"
        for name, value in (("舟山市民政局", 3), ("舟山市人民政府", 90))
    ]
    (folder.figures / "office.csv").write_text(HEADER + "".join(lines), "utf-8")
    intake.build(folder)
    use(folder)
    at = opened("zhoushan-civil-affairs", 2023)
    assert said("sum_government", names="舟山市人民政府") in markdown_of(at)
    assert grids(at)["sum-3-0-zhoushan-civil-affairs-2023"].iloc[0, -1] == "3（1／5）"


def test_the_group_compared_is_kept_in_the_address(example_county):
    """What a person chooses goes to the address; the address opens the same group; an unknown one the first."""
    at = opened(CIVIL, 2023)
    assert "peers" not in at.query_params
    at = at.main.button_group[0].set_value("function").run()
    assert at.query_params["peers"] == "function"
    linked = open_page("compare", agency=CIVIL, year=2023, peers="function")
    assert linked.main.button_group[0].value == "function"
    assert said("peers_none") in markdown_of(linked)
    assert open_page("compare", agency=CIVIL, year=2023, peers="x").main.button_group[0].value == "district"


def test_rates_stand_among_the_peers_with_counts_and_denominator(example_county):
    """2023: the office has no requests, so no rate and no place."""
    at = opened(CIVIL, 2023)
    at.session_state["twin-peers-values"] = True
    at = at.run()
    shown = pd.concat(
        [table for key, table in grids(at).items() if key in ("rows-peers-values", "rows-peers-few")]
    )
    rates = shown.set_index(said("column_agency"))["公开率"].dropna()
    assert rates["示例县民政局（本机关）"] == words("metric_status.zero_denominator")
    assert "公开率以办理结果总计为分母" in markdown_of(at)
