"""Interpretations against documents, and the forms they take."""

import pytest

from dashboard.gaps import evaluate
from dashboard.store import Store

from ..small_databases import line
from .reports import verdicts


def test_documents_without_any_interpretation_are_short(put):
    found = put(2022, "G08", line(2022, "proactive.normdocs.issued", 2), line(2022, "interp.articles", 0))
    assert verdicts(found) == [("short", None)]
    assert found[0].evidence.startswith("制发规范性文件 2 件，政策解读 0 篇，没有解读")


@pytest.mark.parametrize(
    ("lines", "verdict"),
    [
        ([("proactive.normdocs.issued", 2), ("interp.articles", 1)], "undecided"),
        ([("proactive.normdocs.issued", 2), ("interp.articles", 5)], "no_figure"),
        ([("proactive.normdocs.issued", 2), ("interp.policies_covered", 1)], "short"),
        ([("proactive.normdocs.issued", 2), ("interp.policies_covered", 2)], "met"),
        (
            [("interp.policies_due", 1), ("proactive.normdocs.issued", 9), ("interp.policies_covered", 1)],
            "met",
        ),
        ([("proactive.normdocs.issued", 2)], "no_figure"),
        ([("proactive.normdocs.issued", 0), ("interp.articles", 3)], "not_applicable"),
        ([("proactive.normdocs.issued", 0)], "no_figure"),
        ([("interp.articles", 3)], "no_figure"),
    ],
)
def test_interpretations_against_documents(put, lines, verdict):
    assert verdicts(put(2022, "G08", *(line(2022, code, value) for code, value in lines))) == [
        (verdict, None)
    ]


def test_interpretations_stand_beside_the_year_before_and_the_peers(put):
    """Peers 1, 2, 3, 4 and 5 a document: the median is 3. Four peers give none."""
    own = [("proactive.normdocs.issued", 2), ("interp.articles", 1)]
    lines = [line(2022, code, value) for code, value in own]
    lines += [line(2021, "proactive.normdocs.issued", 1), line(2021, "interp.articles", 2)]
    names = ("教育局", "卫生健康局", "自然资源和规划局", "市场监督管理局", "人民政府办公室")
    for share, name in enumerate(names, start=1):
        lines += [line(2022, "proactive.normdocs.issued", 2, agency=f"示例县{name}")]
        lines += [line(2022, "interp.articles", 2 * share, agency=f"示例县{name}")]
    (gap,) = put(2022, "G08", *lines)
    assert gap.evidence.endswith("平均每件文件解读 0.5 篇（上年 2 篇；同类机关中位数 3 篇，5 家）")
    (gap,) = put(2022, "G08", *lines[:-2])
    assert gap.evidence.endswith("平均每件文件解读 0.5 篇（上年 2 篇）")


def test_agencies_that_nothing_is_known_of_are_no_peers(put, folder, book):
    lines = [
        line(2022, code, 2, agency=f"{name}局")
        for name in "甲乙丙丁戊己"
        for code in ("proactive.normdocs.issued", "interp.articles")
    ]
    put(2022, "G08", *lines)
    (gap,) = (gap for gap in evaluate(Store(folder), book, "甲局", 2022) if gap.rule == "G08")
    assert gap.evidence.endswith("平均每件文件解读 1 篇")


@pytest.mark.parametrize(
    ("year", "articles", "told", "verdict"),
    [
        (2022, 10, {"text": 2, "graphic": 8}, "short"),
        (2020, 10, {"text": 2, "graphic": 8}, "met"),
        (2022, 10, {"text": 1, "graphic": 9}, "met"),
        (2022, 10, {"graphic": 10}, "short"),
        (2022, 10, {"graphic": 3}, "undecided"),
        (2022, 2, {"text": 2}, "not_applicable"),
        (2022, 10, {}, "no_figure"),
    ],
)
def test_forms_of_interpretation(put, year, articles, told, verdict):
    edition = "2019" if year == 2020 else "2021"
    lines = [line(year, "interp.articles", articles, edition=edition)]
    lines += [line(year, f"interp.form.{form}", count, edition=edition) for form, count in told.items()]
    assert verdicts(put(year, "G09", *lines)) == [(verdict, None)]
