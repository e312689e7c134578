"""What every page promises: it opens and says its question in Chinese."""

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.paths import PROJECT
from dashboard.text import words

from .driving import (
    DINGHAI,
    NAMES,
    REPORTS,
    TIMEOUT,
    codes,
    english,
    open_page,
    shown,
    text_of,
    traces,
    trouble,
)

#: What stands on each page: page, year, heading, some of its numbers and words (opened tables included).
EXPECTED = [
    ("overview", 2020, "2020 年公开工作做得怎么样？", ["全年收到公开申请 1 件，办结 1 件", "政务动态 15 条"]),
    ("overview", 2023, "2023 年公开工作做得怎么样？", ["全年没有收到公开申请", "政务动态 49 条"]),
    ("overview", 2024, "2024 年公开工作做得怎么样？", ["全年没有收到公开申请", "政务动态 50 条"]),
    ("requests", 2020, "收到了什么申请，怎么办结的？", ["新收申请 1 件", "办结 1 件", "不足 10 件"]),
    ("requests", 2023, "收到了什么申请，怎么办结的？", ["没有收到申请，计 0 件"]),
    ("requests", 2024, "收到了什么申请，怎么办结的？", ["没有收到申请，计 0 件"]),
    ("channels", 2020, "哪些渠道还活着？", ["260 条", "31", "221", "8", "23", "17", "写明没有"]),
    ("channels", 2023, "哪些渠道还活着？", ["政务动态 49 条"]),
    ("channels", 2024, "哪些渠道还活着？", ["政务动态 50 条", "多篇"]),
    ("welfare", 2020, "为困难群众公开了什么？", ["109", "45", "28", "12"]),
    ("welfare", 2023, "为困难群众公开了什么？", ["77", "88"]),
    ("welfare", 2024, "为困难群众公开了什么？", ["76"]),
    (
        "proactive",
        2020,
        "出台了哪些文件、作出了哪些决定，解读了吗？",
        ["60 件", "15 个", "8.13 万元", "81,284.86", "没有数字"],
    ),
    (
        "proactive",
        2023,
        "出台了哪些文件、作出了哪些决定，解读了吗？",
        ["年报写有政策解读，未写数量，不作 0 计"],
    ),
    (
        "proactive",
        2024,
        "出台了哪些文件、作出了哪些决定，解读了吗？",
        ["年报写有政策解读，未写数量，不作 0 计"],
    ),
    ("gaps", 2020, "哪些问题要改，依据是什么？", ["全年 8 条，少于 26 条", "全年 31 条", "T3-02"]),
    ("gaps", 2023, "哪些问题要改，依据是什么？", ["N-01", "差 11"]),
    (
        "compare",
        2020,
        "与同类机关相比怎样，全区域合计多少？",
        ["全文入库 1 家、未入库 3 家", "新收申请合计 1 件（1 家有数）", "不作排序", "嵊泗县民政局"],
    ),
    (
        "compare",
        2023,
        "与同类机关相比怎样，全区域合计多少？",
        ["只有摘录 3 家、未入库 1 家", "没有可以相加的数字"],
    ),
    ("gaps", 2024, "哪些问题要改，依据是什么？", ["全年 50 条"]),
    (
        "quality",
        2020,
        "这些数字靠得住吗？",
        ["错误 0 项，提醒 5 项", "T2-05", "T3-02", "T3-03", "T4-01", "T4-02"],
    ),
    ("quality", 2023, "这些数字靠得住吗？", ["错误 0 项，提醒 1 项", "N-01"]),
    ("quality", 2024, "这些数字靠得住吗？", ["没有可核对的表格", "未作勾稽核对", "入库 17 条数据"]),
]


@pytest.mark.parametrize(("name", "year", "heading", "expected"), EXPECTED, ids=lambda told: str(told)[:8])
def test_a_page_says_its_question_and_its_numbers(served, name, year, heading, expected):
    """Opened by its own address before anything else."""
    at = open_page(name, opened=True, agency=DINGHAI, year=year)
    text = text_of(at)
    assert trouble(at) == []
    assert [title.value for title in at.title] == [heading]
    assert [told for told in expected if told not in text] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_page_says_the_same_when_reached_through_the_app(served, name):
    alone = open_page(name, agency=DINGHAI, year=2020)
    through = open_page(name, "app", agency=DINGHAI, year=2020)
    assert trouble(through) == []
    assert shown(through.main) == shown(alone.main)
    assert shown(through.sidebar) == shown(alone.sidebar)


@pytest.mark.parametrize("agency", REPORTS)
@pytest.mark.parametrize("name", NAMES)
def test_a_page_opens_for_every_agency_and_every_year(served, name, agency):
    """With every source and table opened, in Chinese; the years without a report included."""
    first, last = REPORTS[agency]
    code = codes(served)[agency]
    failed = {}
    for year in range(first, last + 1):
        at = open_page(name, opened=True, agency=code, year=year)
        assert [box.value for box in at.sidebar.selectbox][:2] == [code, year]
        faults = trouble(at) or english(at) + traces(at)
        if faults or len(at.title) != 1:
            failed[year] = faults
    assert failed == {}


#: Reports of the fictional county: each form, with a sheet and without, busy, and a year that is not in.
COUNTY = [
    ("example-civil-affairs", 2012),
    ("example-civil-affairs", 2013),
    ("example-civil-affairs", 2016),
    ("example-civil-affairs", 2020),
    ("example-civil-affairs", 2024),
    ("example-government-office", 2023),
    ("example-education", 2016),
]


@pytest.mark.parametrize(("agency", "year"), COUNTY)
@pytest.mark.parametrize("name", NAMES)
def test_a_page_opens_for_a_report_on_any_form(county, use, name, agency, year):
    """With every source and table opened, in Chinese, marked as fictional."""
    use(county)
    at = open_page(name, opened=True, agency=agency, year=year)
    assert trouble(at) + english(at) + traces(at) == []
    assert words("basis.example") in text_of(at)
    assert [box.value for box in at.sidebar.selectbox][:2] == [agency, year]


@pytest.mark.parametrize("name", NAMES)
def test_a_page_runs_as_a_script_of_its_own(served, name):
    """Without app.py at all, as a person tries a page while writing it."""
    at = AppTest.from_file(str(PROJECT / "pages" / f"{name}.py"), default_timeout=TIMEOUT)
    at.query_params["year"] = "2020"
    at.run()
    assert trouble(at) == []
    assert len(at.title) == 1
