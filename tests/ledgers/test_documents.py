"""What is in force, disclosed and listed follows from the year before."""

import pytest

from dashboard import intake
from dashboard.build import build
from dashboard.store import Store

from ..small_databases import AGENCY
from .reports import IN_FORCE, documents, found, line, stocks


def test_documents_in_force_are_those_before_with_what_was_issued_and_without_what_was_repealed(store):
    lines = [*documents(2022, in_force=15), *documents(2023, in_force=18, issued=1, repealed=0)]
    said = (
        "行政规范性文件现行有效：上年报告现行有效 15 件，本年制发 1 件、废止 0 件，推算为 16 件，本年现行有效 18 件，"
        "差 2 件；如系清理、到期失效、机构改革转隶或更正，请说明"
    )
    assert found(store(*lines)) == [(2023, "T2-08", "warning", said)]
    ((_, row),) = stocks(store(*lines), 2023, IN_FORCE)
    assert [row[name] for name in ("opening", "added", "removed", "expected", "told", "difference")] == [
        15,
        1,
        0,
        16,
        18,
        2,
    ]


REPORT = """示例县民政局{year}年政府信息公开工作年度报告
一、总体情况
{text}
二、主动公开政府信息情况
| 第二十条第（一）项 |
| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |
| 规章 | 0 | 0 | 0 |
| 行政规范性文件 | {issued} | {repealed} | {in_force} |
"""


@pytest.mark.parametrize(
    ("text", "severity"),
    [("本年做好公开工作。", "error"), ("本年开展文件清理，宣布失效一批文件。", "warning")],
)
def test_a_fifth_of_the_documents_gone_is_an_error_unless_the_text_has_a_word_for_it(
    folder, tmp_path, text, severity
):
    """10 in force, none issued, none repealed, 7 left: 3 of 10."""
    for year, in_force in ((2022, 10), (2023, 7)):
        path = tmp_path / f"{year}.txt"
        filled = REPORT.format(year=year, text=text, issued=0, repealed=0, in_force=in_force)
        path.write_text(filled, "utf-8")
        intake.add(path, folder, AGENCY, year)
    build(folder)
    assert [row[:3] for row in found(Store(folder))] == [(2023, "T2-08", severity)]


def test_figures_without_a_text_are_not_held_to_explain_themselves(store):
    lines = [*documents(2022, in_force=10), *documents(2023, in_force=5, issued=0, repealed=0)]
    assert [severity for _, _, severity, _ in found(store(*lines))] == ["warning"]


def test_no_more_documents_are_repealed_than_there_were(store):
    lines = [*documents(2022, in_force=5), *documents(2023, issued=2, repealed=9)]
    ((year, rule, severity, message),) = found(store(*lines))
    assert (year, rule, severity) == (2023, "T2-10", "error")
    assert message.startswith(
        "行政规范性文件废止：上年报告现行有效 5 件，本年制发 2 件，推算为 7 件，本年废止 9 件，多 2 件；"
    )
    assert found(store(*documents(2022, in_force=5), *documents(2023, issued=2, repealed=7))) == []


def test_items_of_the_form_of_2019_follow_from_those_of_the_year_before(store):
    def licences(year, items, change=""):
        return [
            line(year, "proactive.license.items_prev", items, edition="2019"),
            line(
                year,
                "proactive.license.items_change",
                change,
                edition="2019",
                status="" if change else "blank",
            ),
        ]

    assert found(store(*licences(2019, 6, "-1"), *licences(2020, 5))) == []
    ((_, rule, severity, message),) = found(store(*licences(2019, 6, "-1"), *licences(2020, 6)))
    assert (rule, severity) == ("T2-04", "warning")
    assert message.startswith(
        "行政许可上一年项目数量：上年报告上一年项目数量 6 项、增减 -1 项，推算为 5 项，本年"
    )
    assert found(store(*licences(2019, 6), *licences(2020, 9))) == []


def test_what_is_disclosed_in_all_grows_by_what_is_newly_disclosed(store):
    def disclosed(year, total, new):
        return [
            line(year, "proactive.normdocs.disclosed_total", total, edition="2019"),
            line(year, "proactive.normdocs.disclosed_new", new, edition="2019"),
        ]

    assert found(store(*disclosed(2019, 12, 1), *disclosed(2020, 14, 2))) == []
    assert [row[1:3] for row in found(store(*disclosed(2019, 12, 1), *disclosed(2020, 11, 2)))] == [
        ("T2-03", "warning")
    ]


def test_across_the_form_of_2021_a_difference_is_a_note(store):
    lines = [
        line(2020, "proactive.normdocs.disclosed_total", 114, edition="2019"),
        *documents(2021, in_force=113, issued=0, repealed=0),
    ]
    assert [row[:3] for row in found(store(*lines))] == [(2021, "T2-14", "info")]
