"""总览: eight figures, what changed and of what parts, the verdicts on the year."""

import shutil

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import intake
from dashboard.paths import PROJECT, DataFolder
from dashboard.text import words

from .driving import (
    CIVIL,
    DINGHAI,
    HEADER,
    OFFICE,
    TIMEOUT,
    metrics,
    open_page,
    plain,
    shown,
    text_of,
    trouble,
)


def test_the_address_without_a_page_opens_the_overview(served):
    at = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=TIMEOUT)
    at.query_params["year"] = "2020"
    at.run()
    assert [title.value for title in at.title] == [words("page.overview.question", year=2020)]
    assert at.query_params["year"] == "2020"


def test_overview_of_2020(served):
    at = open_page("overview", agency=DINGHAI, year=2020)
    assert metrics(at) == {
        "新收申请": "1 件",
        "办结申请": "1 件",
        "政务动态": "15 条",
        "公众号发布": "260 条",
        "福利救助公开": "109 条",
        "政策解读": "—",
        "建议提案办理": "9 件",
        "平台答复": "7 件",
    }
    badges = dict(
        zip(metrics(at), (plain(node.value) for node in at.markdown if "badge" in node.value), strict=False)
    )
    assert [label for label, badge in badges.items() if words("status.derived") in badge] == [
        "办结申请",
        "公众号发布",
        "福利救助公开",
        "平台答复",
    ]


def test_overview_of_2024_compares_with_2023_and_writes_no_number_for_a_word(served):
    at = open_page("overview", agency=DINGHAI, year=2024)
    told = metrics(at)
    assert (told["新收申请"], told["政务动态"], told["建议提案办理"]) == ("0 件", "50 条", "多件")
    assert (told["办结申请"], told["公众号发布"], told["平台答复"]) == ("—", "—", "—")
    text = text_of(at)
    assert "增加 1 条（2%）" in text
    assert "减少 1 条（1.3%）" in text
    assert "= 持平（上年 0 件）" in text


# The fictional county


def changed(at):
    """The sentences on what changed."""
    return [plain(node.value) for node in at.main.markdown if ":gray-badge[" in node.value]


def test_a_change_is_told_by_its_largest_parts(county, use):
    """New requests 52 to 57: natural persons 44 to 48, companies 4 to 5. Granted 25 to 29: 19 to 24, 3 to 2."""
    use(county)
    told = "\n".join(changed(open_page("overview", agency=OFFICE, year=2024)))
    assert "新收申请由 52 件增至 57 件，增加 5 件。其中自然人增加 4 件、商业企业增加 1 件。" in told
    assert "由 25 件增至 29 件，增加 4 件。其中自然人增加 5 件、商业企业减少 1 件。" in told


@pytest.mark.parametrize(
    ("agency", "year", "verdict"),
    [
        (OFFICE, 2024, "按时公布"),
        (CIVIL, 2020, "逾期公布"),
        (DINGHAI, 2024, "公布日期未知，是否按时无法判定"),
    ],
)
def test_the_verdicts_begin_with_the_day_of_publication(county, use, agency, year, verdict):
    """Published on 2025-01-20, on 2021-02-09, and on a day that no figures file tells."""
    use(county)
    line = plain(open_page("overview", agency=agency, year=year).main.markdown[1].value)
    assert line.split(" · ")[0] == verdict


@pytest.mark.parametrize(
    ("year", "told"),
    [
        (2024, "已改善 栏目与平台建设　政府网站公开信息数：2023 年 1,160 条，2024 年 1,195 条"),
        (2022, "未改善 政策解读　政策解读稿件发布数：2021 年 16 篇，2022 年 14 篇"),
    ],
)
def test_what_the_year_before_promised_stands_beside_the_figures_after_it(county, use, year, told):
    use(county)
    text = text_of(open_page("overview", agency=OFFICE, year=year))
    assert told in text
    assert f"{year - 1} 年所述问题和承诺 " in text


def test_without_five_agencies_of_the_same_function_there_is_no_median(county, use):
    use(county)
    text = text_of(open_page("overview", agency=OFFICE, year=2024))
    assert words("page.overview.no_median") in text
    assert "同类中位" not in text


def test_the_median_of_five_agencies_of_the_same_function_stands_under_the_tile(tmp_path, use):
    """20, 30, 40, 50 and 90: the middle one is 40. Nobody but the agency itself tells its requests."""
    folder = DataFolder(tmp_path)
    shutil.copytree(PROJECT / "data" / "codebook", folder.root / "codebook")
    others = {
        f"样本{place}县民政局": posts for place, posts in zip("甲乙丙丁戊", (20, 30, 40, 50, 90), strict=True)
    }
    with (folder.codebook / "agencies.csv").open("a", encoding="utf-8") as file:
        file.writelines(
            f"sample-{place},{name},县,部门,民政,示例省示例市{name[:3]},example,\n"
            for place, name in enumerate(others)
        )
    folder.figures.mkdir()
    lines = [
        f"{name},2023,2021,site.dynamics.posts,,,{posts},,,narrative,,\n"
        for name, posts in {"示例县民政局": 10, **others}.items()
    ]
    lines.append("示例县民政局,2023,2021,req.new,total,,3,,,table,,\n")
    (folder.figures / "office.csv").write_text(HEADER + "".join(lines), "utf-8")
    intake.build(folder)
    use(folder)
    at = open_page("overview", agency=CIVIL, year=2023)
    assert trouble(at) == []
    assert [line.split("\n")[-1] for line in shown(at.main) if "同类中位" in line] == [
        "同类中位 40 条（5 家）"
    ]
    assert words("page.overview.no_median") not in text_of(at)
