"""总览: eight figures, what changed and of what parts, the verdicts on the year."""

from streamlit.testing.v1 import AppTest

from dashboard.paths import PROJECT
from dashboard.text import words

from .driving import DINGHAI, TIMEOUT, metrics, open_page, plain, text_of


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
