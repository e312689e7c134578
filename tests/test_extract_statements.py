"""Problems and promises of section 五: one fact a statement, without a number."""

import pytest

from dashboard.extract.prose.statements import statement_facts, topic_of
from dashboard.extract.sections import sentences
from dashboard.readers import read as transcribe


@pytest.fixture(scope="session")
def stated(book):
    def told(text, section="五、存在的主要问题及改进情况"):
        facts = statement_facts(sentences(transcribe(f"{section}\n{text}\n".encode()), book), book)
        return [(fact.indicator.removeprefix("problems."), fact.raw) for fact in facts]

    return told


SHAPES = {
    "主要问题有：更新偏慢；解读不多。": [("stated", "更新偏慢"), ("stated", "解读不多")],
    "存在的不足主要表现为:一是更新偏慢,二是解读不多。": [("stated", "更新偏慢"), ("stated", "解读不多")],
    "1.更新偏慢。2.解读不多。": [("stated", "更新偏慢"), ("stated", "解读不多")],
    "（一）更新偏慢。（二）解读不多。": [("stated", "更新偏慢"), ("stated", "解读不多")],
    "下一步：一是勤更新。二是多解读。": [("promised", "勤更新"), ("promised", "多解读")],
    "主要问题有：更新偏慢。今后要做到：一是勤更新；二是多解读。": [
        ("stated", "更新偏慢"),
        ("promised", "勤更新"),
        ("promised", "多解读"),
    ],
    "更新偏慢的问题还在。": [],
    "群众的意见第二是慢。": [],
    "": [],
}


@pytest.mark.parametrize("text", SHAPES)
def test_statements_read_as(stated, text):
    assert stated(text) == SHAPES[text]


def test_other_sections_state_no_problems(stated):
    assert stated("主要问题有：更新偏慢。", section="一、总体情况") == []


def test_a_statement_has_no_value_and_a_topic_of_few_words(read):
    text = "示例县民政局2021年政府信息公开工作年度报告\n五、存在的主要问题及改进情况\n主要问题有：政策解读不多。\n"
    fact = next(fact for fact in read(text.encode()).facts)
    assert (fact.indicator, fact.item, fact.value, fact.status, fact.raw) == (
        "problems.stated",
        "政策解读",
        None,
        "unquantified",
        "政策解读不多",
    )
    assert text[fact.locator["start"] : fact.locator["end"]] == fact.raw


def test_every_statement_has_a_topic(book):
    """The last topic takes what fits no other."""
    assert topic_of("公众号发文少，解读不多", book) == "新媒体活跃度"
    assert topic_of("解读不多，公众号发文少", book) == "政策解读"
    assert topic_of("其情可悯", book) == book.prose["topic"][-1]["name"]
