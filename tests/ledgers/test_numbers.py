"""Numbers that repeat, leap, or disagree with those of other reports."""

import shutil

import pytest

from dashboard import intake
from dashboard.build import build
from dashboard.store import Store

from ..small_databases import AGENCY, put_figures
from .reports import found, line


def test_the_same_number_three_years_running_is_worth_a_look(store):
    def decisions(*values):
        return [
            line(2021 + place, "proactive.license.decisions", value) for place, value in enumerate(values)
        ]

    said = "行政许可：本年处理决定数量：2021 至 2023 年都是 120 件；请核实是否沿用了以前年度的数"
    assert found(store(*decisions(120, 120, 120))) == [(2023, "Y-03", "warning", said)]
    assert found(store(*decisions(120, 120, 121))) == []
    assert found(store(*decisions(9, 9, 9))) == [], "small counts are the same by chance"


def test_the_same_number_with_a_year_missing_between_is_not_three_years_running(store):
    lines = [line(year, "proactive.license.decisions", 120) for year in (2020, 2021, 2023)]
    assert found(store(*lines)) == []


@pytest.mark.parametrize(
    ("before", "now", "is_odd"),
    [(20, 201, True), (20, 200, False), (19, 500, False), (300, 29, True), (300, 30, False), (300, 0, False)],
)
def test_ten_times_as_much_or_a_tenth_may_be_another_unit(store, before, now, is_odd):
    lines = [
        line(2022, "proactive.license.decisions", before),
        line(2023, "proactive.license.decisions", now),
    ]
    assert [row[:3] for row in found(store(*lines))] == ([(2023, "Y-04", "warning")] if is_odd else [])


GOVERNMENT = """{agency}2023年政府信息公开工作年度报告
一、总体情况
{text}
三、收到和处理政府信息公开申请情况
2023年，新收政府信息公开申请{count}件。
"""


@pytest.mark.parametrize(
    ("text", "count", "rules"),
    [
        ("本报告由县政府办公室汇总各部门、各乡镇年度报告编制。", 6, ["Y-05"]),
        ("本报告由县政府办公室汇总各部门、各乡镇年度报告编制。", 7, []),
        ("本报告为本级机关的年度报告。", 6, []),
    ],
)
def test_a_government_that_speaks_for_its_departments_has_no_less_than_they(
    folder, tmp_path, pytestconfig, text, count, rules
):
    """Two departments of the county received 4 and 3; a bureau of another county does not count."""
    government = "示例县人民政府"
    shutil.copytree(pytestconfig.rootpath / "data" / "codebook", folder.root / "codebook")
    with (folder.root / "codebook" / "agencies.csv").open("a", encoding="utf-8") as file:
        file.write(f"example-government,{government},县,政府,人民政府,示例省示例市示例县,example,\n")
    path = tmp_path / "government.txt"
    path.write_text(GOVERNMENT.format(agency=government, text=text, count=count), "utf-8")
    intake.add(path, folder, government, 2023)
    received = {AGENCY: 4, "示例县教育局": 3, "嵊泗县民政局": 50}
    lines = [line(2023, "req.new", value, group="total", agency=agency) for agency, value in received.items()]
    put_figures(folder, *lines)
    build(folder)
    told = found(Store(folder), government)
    assert [rule for _, rule, *_ in told] == rules
    if rules:
        assert told[0][3] == (
            "一、本年新收政府信息公开申请数量：政府年报 6 件，少于已入库的 2 个部门之和 7 件；请核对汇总范围"
        )


def test_two_documents_of_a_year_that_differ_are_both_named(folder):
    for name, value in (("early", 5), ("late", 7)):
        put_figures(folder, line(2023, "req.new", value, group="total"), name=f"{name}.csv")
    build(folder)
    store = Store(folder)
    ((year, rule, severity, message),) = found(store)
    assert (year, rule, severity) == (2023, "Y-07", "info")
    assert "figures/early.csv" in message
    assert "本份 7 件，另一份 5 件" in message
