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
