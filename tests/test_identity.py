"""Whose report and for which year: titles in their many shapes, and what is no title."""

import pytest

from dashboard.errors import Refused

OURS = "示例县民政局"
TITLES = {
    "示例县民政局2020年政府信息公开工作年度报告": (OURS, 2020),
    "示例县民政局2020年度政府信息公开工作报告": (OURS, 2020),
    "2020年示例县民政局政府信息公开工作年度报告": (OURS, 2020),
    "2020年度示例县民政局政府信息公开年度报告": (OURS, 2020),
    "示例县民政局\n2020年政府信息公开工作年度报告": (OURS, 2020),
    "示 例 县 民 政 局\n2020 年政府信息公开工作年度报告": (OURS, 2020),
    "示例县民政局2020年政府信息\n公开工作年度报告": (OURS, 2020),
    "示例县民政局政府信息公开工作年度报告（2020年）": (OURS, 2020),
    "示例县民政局政府信息公开工作年度报告\n（2020年度）": (OURS, 2020),
    "示例县民政局关于2020年政府信息公开工作的年度报告": (OURS, 2020),
    "示例县民政局政府信息公开工作2020年度报告": (OURS, 2020),
    "示例县民政局２０２０年政府信息公开工作年度报告": (OURS, 2020),
    "索引号：1123/2021-001\n示例县民政局2020年政府信息公开工作年度报告\n发布日期：2021-01-20": (OURS, 2020),
    "2020年示例县人民政府信息公开工作年度报告": ("示例县人民政府", 2020),
    "示例县人民政府2020年政府信息公开工作年度报告": ("示例县人民政府", 2020),
    "舟山市政府信息公开2020年年报": ("舟山市人民政府", 2020),
    "舟山市定海区民政局2020年政府信息公开工作年度报告": ("定海区民政局", 2020),
    "示例县民政局\n2020年政府信息公开\n工作年度报告": (OURS, 2020),
    "示例县民政局\n2020年度\n政府信息公开工作年度报告": (OURS, 2020),
    "示例县民政局关于2020年度\n政府信息公开工作情况的报告": (OURS, 2020),
    "示例县民政局\n关于印发《示例县民政局2020年政府信息公开工作年度报告》的通知": (OURS, 2020),
    "示民〔2021〕5号\n示例县民政局2020年政府信息公开工作年度报告": (OURS, 2020),
    "政府信息公开工作年度报告\n（2020年）\n示例县民政局": (OURS, 2020),
    "附件\n2020年政府信息公开工作年度报告\n示例县民政局": (OURS, 2020),
    "2020年度政府信息公开工作年度报告（示例县民政局）": (OURS, 2020),
    "示例县民政局2020年度政府信息公开工作总结报告": (OURS, 2020),
    "示例县民政局二〇二〇年政府信息公开工作年度报告": (OURS, 2020),
    "示例县民政局（示例县老龄办）2020年政府信息公开工作年度报告": ("示例县民政局（示例县老龄办）", 2020),
    "示例县民政局2020年政务公开工作年度报告": (OURS, 2020),
    "示例县民政局：2020年政府信息公开工作年度报告": (OURS, 2020),
    "【年报】示例县民政局2020年政府信息公开工作年度报告（含统计表）": (OURS, 2020),
    "示例县民政局2020年政府信息公开工作年度报告（2021年1月20日）": (OURS, 2020),
    "示例县民政局2020年政府信息公开工作年度报告-示例县人民政府网": (OURS, 2020),
    "示例县民政局关于2020年政府信息公开工作年度报告的公示": (OURS, 2020),
    "示例县民政局\n政府信息公开工作年度报告\n（2020年1月1日—2020年12月31日）": (OURS, 2020),
    "标题\t示例县民政局2020年政府信息公开工作年度报告\t文号\t无": (OURS, 2020),
    "政务公开\n2019年政府信息公开工作年度报告\n示例县民政局2020年政府信息公开工作年度报告": (OURS, 2020),
    "发布机构\t示例县民政局\n2020年政府信息公开工作年度报告": (OURS, 2020),
    "2020年政府信息公开工作年度报告\n根据规定，示例县民政局编制2020年度政府信息公开年度报告。": (OURS, 2020),
    "服务中心\n2020年政府信息公开工作年度报告": (None, 2020),
    "2020年政府信息公开工作年度报告": (None, 2020),
    "政府信息公开工作年度报告": (None, None),
    "2020年政府信息公开工作年度报告\n现将示例县民政局2020年政府信息公开工作年度报告公布如下。": (OURS, 2020),
}


@pytest.mark.parametrize("title", TITLES)
def test_a_title_tells_agency_and_year(read, title):
    reading = read(f"{title}\n\n一、总体情况\n公开信息。\n".encode())
    assert (reading.agency, reading.year) == TITLES[title]


def test_the_notice_a_report_is_written_by_is_not_its_title(read):
    """Another year and another office stand in the name of the notice."""
    notice = "根据《国务院办公厅关于印发2019年政府信息公开工作年度报告格式的通知》，"
    reading = read(f"政府信息公开工作年度报告\n{notice}编制本报告。\n".encode())
    assert (reading.agency, reading.year) == (None, None)
    told = read(f"{notice}现将示例县民政局2021年政府信息公开工作年度报告公布如下。\n一、总体情况\n".encode())
    assert (told.agency, told.year) == (OURS, 2021)


def test_years_that_open_sentences_speak_where_the_title_has_none(read):
    text = "政府信息公开工作年度报告\n一、总体情况\n2020年，本局公开信息。\n五、主要问题\n2020年，本局还有不足。\n"
    reading = read(text.encode())
    assert reading.year == 2020
    assert [finding.message for finding in reading.findings if finding.rule == "R-year"] == [
        "题目没有年度，按正文句首读作 2020 年"
    ]


def test_the_period_of_the_figures_speaks_where_the_title_has_no_year(read):
    told = "本报告中数据的统计期限自2020年1月1日起至2020年12月31日止。2021年将继续改进。"
    reading = read(f"示例县民政局政府信息公开工作年度报告\n{told}\n一、总体情况\n".encode())
    assert reading.year == 2020
    assert [finding.message for finding in reading.findings if finding.rule == "R-year"] == [
        "题目没有年度，按统计期限读作 2020 年"
    ]


def test_the_signature_speaks_where_nothing_else_names_the_agency(read):
    text = "2020年政府信息公开工作年度报告\n一、总体情况\n公开信息。\n示例县民政局\n2021年1月20日\n"
    assert read(text.encode()).agency == OURS


def test_titles_of_several_years_are_told_apart_by_the_text_or_by_a_person(read):
    listed = "示例县民政局2019年政府信息公开工作年度报告\n示例县民政局2020年政府信息公开工作年度报告\n"
    assert read(f"{listed}一、总体情况\n2020年，本局公开信息。\n".encode()).year == 2020
    untold = read(f"{listed}一、总体情况\n本局公开信息。\n".encode())
    assert untold.year is None
    assert [finding.message for finding in untold.findings if finding.rule == "R-year"] == [
        "文首题目的年度不一，无法判定报告年度，请用 --year 指明"
    ]


def test_years_that_disagree_leave_the_year_to_a_person(read):
    reading = read(
        "政府信息公开工作年度报告\n一、总体情况\n2019年，本局成立。\n2020年，本局公开信息。\n".encode()
    )
    assert reading.year is None
    assert [
        (finding.severity, finding.message) for finding in reading.findings if finding.rule == "R-year"
    ] == [("info", "文中没有写明报告年度，请用 --year 指明")]


def test_what_is_given_takes_the_place_of_what_is_told(read):
    """And silences the finding that it is missing."""
    reading = read(
        "政府信息公开工作年度报告\n一、总体情况\n公开信息。\n".encode(),
        agency="舟山市定海区民政局",
        year=2021,
    )
    assert (reading.agency, reading.year) == ("定海区民政局", 2021)
    assert not {"R-agency", "R-year"} & {finding.rule for finding in reading.findings}


@pytest.mark.parametrize(
    "text",
    [
        "关于做好2020年政府信息公开工作年度报告编制工作的通知\n各单位：请于月底前报送。\n",
        "今天天气很好，政府信息公开工作年度报告已经写完。\n",
        "会议纪要\n一、总体情况\n二、下一步\n",
        "hello, world\n",
        "1,2,3\n4,5,6\n",
    ],
)
def test_what_is_no_report_is_refused(read, text):
    with pytest.raises(Refused, match="不像政府信息公开工作年度报告"):
        read(text.encode())


def test_a_name_that_the_list_of_agencies_does_not_know_is_told(read):
    """Given another agency than the title has, the report is read as that one's, and a person is told (Y-02)."""
    text = "示例县民政和退役军人事务局2020年政府信息公开工作年度报告\n一、总体情况\n公开信息。\n".encode()
    reading = read(text, OURS, 2020)
    (finding,) = [finding for finding in reading.findings if finding.rule == "Y-02"]
    assert (reading.agency, finding.severity) == (OURS, "warning")
    assert finding.message.startswith("年报写的机关名称为“示例县民政和退役军人事务局”，登记为“示例县民政局”")


@pytest.mark.parametrize("title", ["舟山市定海区民政局2020年", "定海区民政局2020年", "2020年"])
def test_a_known_name_an_alias_and_no_name_at_all_are_no_matter(read, title):
    reading = read(
        f"{title}政府信息公开工作年度报告\n一、总体情况\n公开信息。\n".encode(), "定海区民政局", 2020
    )
    assert [finding for finding in reading.findings if finding.rule == "Y-02"] == []
