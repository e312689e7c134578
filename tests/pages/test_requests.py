"""依申请公开: flow, outcomes, ledger, rates, the form as it stands."""

import pytest

from dashboard.text import words

from .driving import (
    CIVIL,
    DINGHAI,
    EDUCATION,
    OFFICE,
    metrics,
    open_page,
    open_tables,
    plain,
    sources,
    tables,
    text_of,
    trouble,
)


def test_the_outcomes_of_the_form_of_2014_add_up_to_what_it_prints(county, use):
    """属于已主动公开 1, 同意公开 1 and 不同意公开 1: three in all, on the tile, in the title and in the table."""
    use(county)
    at = open_tables(open_page("requests", agency=CIVIL, year=2016))
    assert metrics(at)["办结"] == "3 件"
    assert "2016 年办结 3 件" in text_of(at)
    assert metrics(at)["公开或部分公开"] == "2 件"


def test_reasons_that_no_form_shown_asks_for_are_not_listed(county, use):
    use(county)
    at = open_tables(open_page("requests", agency=CIVIL, year=2024))
    assert "属于国家秘密" in text_of(at)
    assert "免予公开范围" not in text_of(at)


def test_a_sheet_of_one_column_has_each_of_its_rows_once(county, use):
    use(county)
    at = open_page("requests", agency=CIVIL, year=2012)
    sheet = next(table for table in tables(at) if table.columns[0] == words("form.row") and len(table) > 20)
    rows = [row.strip() for row in sheet.iloc[:, 0]]
    assert rows.count("申请总数") == 1


def test_ledger_of_2020(served):
    at = open_page("requests", agency=DINGHAI, year=2020)
    ledger = next(table for table in tables(at) if words("ledger.carried_out") in table.columns)
    row = ledger.iloc[-1].to_dict()
    assert (row["上年结转"], row["新收"], row["办结"], row["结转下年"]) == (0, 1, 1, 0)


def test_form_of_2020_leaves_blank_cells_blank(served):
    at = open_page("requests", agency=DINGHAI, year=2020)
    form = next(table for table in tables(at) if "科研机构" in table.columns)
    cells = {row[0].strip(): list(row[1:]) for row in form.itertuples(index=False)}
    assert cells["（七）总计"] == [""] * 7
    assert cells["（一）予以公开"] == ["1", "", "", "", "", "", "1"]
    assert cells["四、结转下年度继续办理"] == ["", "", "", "", "", "", "0"]


# Flow: what came in against what went out


def table_with(at, column):
    return next(table for table in tables(at) if column in table.columns)


def flow(at):
    """The verdict on each applicant group's requests in and out."""
    table = table_with(at, words("page.requests.flow_check"))
    return dict(zip(table.iloc[:, 0], table.iloc[:, -1], strict=True))


#: Agency, year, title of the card, verdicts by applicant. Dinghai leaves the carry-over of natural persons blank;
#: the county's education office writes dashes, but for the total; a row of table 3 is illegible in 2019, and the
#: form of 2014 asks for no carry-over.
FLOWS = [
    (
        OFFICE,
        2024,
        "来源与去向相符",
        dict.fromkeys(("自然人", "商业企业", "法律服务机构", "其他", "合计"), "✓ 相符"),
    ),
    (EDUCATION, 2020, "来源与去向不符", {"自然人": "✕ 差 1 件", "商业企业": "✓ 相符", "合计": "✕ 差 1 件"}),
    (
        EDUCATION,
        2024,
        "来源与去向相符",
        dict.fromkeys(("自然人", "商业企业", "法律服务机构"), "✓ 空格按 0 计相符") | {"合计": "✓ 相符"},
    ),
    (DINGHAI, 2020, "来源与去向在空格按 0 计时相符", {"自然人": "无法核对", "合计": "✓ 空格按 0 计相符"}),
    (CIVIL, 2019, "来源与去向缺少数字，无法核对", {"自然人": "无法核对", "合计": "无法核对"}),
    (CIVIL, 2016, "来源与去向缺少数字，无法核对", {"合计": "无法核对"}),
]


@pytest.mark.parametrize(("agency", "year", "title", "verdicts"), FLOWS)
def test_what_came_in_is_held_against_what_went_out_by_applicant(county, use, agency, year, title, verdicts):
    use(county)
    at = open_page("requests", agency=agency, year=year)
    assert trouble(at) == []
    assert f"{year} 年{title}" in text_of(at)
    assert flow(at) == verdicts


def test_a_sum_beside_an_illegible_cell_is_not_said_to_agree(county, use):
    """Companies: 3 new, 2 granted and 1 in part; but how many were denied to protect others cannot be read."""
    use(county)
    at = open_page("requests", agency="example-market-regulation", year=2022)
    assert flow(at)["商业企业"] == "无法核对"


def test_the_reasons_given_most_often_are_named_with_their_counts(county, use):
    use(county)
    assert (
        "理由：本机关不掌握相关政府信息 8 件、保护第三方合法权益 2 件、属于四类过程性信息 2 件、属于行政查询事项 2 件、"
        "属于三类内部事务信息 1 件" in text_of(open_page("requests", agency=OFFICE, year=2024))
    )


# Ledger: what one report hands on to the next


def test_a_breach_between_two_years_is_named_with_its_applicants_and_both_sources(county, use):
    """4 handed on in 2023, all of natural persons; 5 carried in in 2024."""
    use(county)
    at = open_page("requests", agency=OFFICE, year=2024)
    text = text_of(at)
    assert "2024 年“上年结转”与上年“结转下年度”差 1 件" in text
    assert "按申请人核对：2024 年自然人差 1 件" in text
    assert table_with(at, words("ledger.check")).iloc[-1].to_list() == ["2024", 5, 57, 56, 6, "✕ 差 1 件"]
    every = next(node.value for node in open_tables(at).dataframe if node.key == "rows-ledger")
    place = every[words("ledger.group")].to_list().index("自然人")
    at.session_state["rows-ledger"] = {"selection": {"rows": [place], "columns": [], "cells": []}}
    told = "\n".join(sources(at.run()))
    assert "2023 年报" in told
    assert "2024 年报" in told
    assert "<mark>4</mark>" in told


# Rates


def rates(at):
    """The rates that stand open, by name."""
    lines = [plain(node.value) for node in at.main.markdown if words("metric.of", name="") in node.value]
    return {line.split()[1]: line for told in lines for line in told.splitlines()}


def test_a_rate_stands_with_its_counts_and_the_name_of_its_denominator(county, use):
    """29 granted and 6 in part of 56; 56 done of 57 new and 5 carried in."""
    use(county)
    told = rates(open_page("requests", agency=OFFICE, year=2024))
    assert "公开率 62.5%（35／56）" in told["公开率"]
    assert "分母：办理结果总计" in told["公开率"]
    assert "办结率 90.3%（56／62）" in told["办结率"]
    assert "分母：本年新收与上年结转之和" in told["办结率"]


def test_under_ten_cases_the_counts_stand_alone(served):
    told = rates(open_page("requests", agency=DINGHAI, year=2020))
    assert told["办结率"].startswith("- 办结率 1／1 ")
    assert "不足 10 件，只列件数" in told["办结率"]
    assert not [line for line in told.values() if "%" in line]


def test_the_fold_names_what_a_missing_rate_lacks(county, use):
    """The form of 2021 does not ask how many were answered in time."""
    use(county)
    at = open_tables(open_page("requests", agency=OFFICE, year=2024))
    table = table_with(at, words("metric.denominator")).set_index(words("metric.name"))
    assert table.loc["按时办结率"].to_list() == ["—", "申请办结数", "—", "缺少：按时办结数、申请办结数"]


def test_a_total_left_blank_counts_with_the_applicants_that_are_told(county, use):
    """Granted: 13, 2, 1 and 1, the total blank; in part 4; 33 done: the tile and the rate say the same."""
    use(county)
    at = open_page("requests", agency="example-market-regulation", year=2022)
    assert metrics(at)["公开率（21／33）"] == "63.6%"
    assert "公开率 63.6%（21／33）" in rates(at)["公开率"]
    assert "2022 年办结 33 件，予以公开最多，17 件" in text_of(at)


def test_what_cannot_be_read_is_not_taken_for_none_disclosed(county, use):
    """In part 0, but the line of what was granted is illegible."""
    use(county)
    at = open_page("requests", agency=CIVIL, year=2019)
    assert metrics(at)["公开或部分公开"] == "—"
    assert "无法辨认" in text_of(at)
    assert "其中公开或部分公开" not in text_of(at)
