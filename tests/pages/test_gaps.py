"""The page of gaps: what the office decides is kept and shown, its own thresholds are told, filters filter."""

import re

import pandas as pd
import pytest

from dashboard import intake
from dashboard.gaps.states import Decision, decisions, record
from dashboard.text import words

from .driving import open_page

AGENCY = "示例县民政局"
ACCOUNT = "账号超过两周未更新（甲）"


@pytest.fixture
def office(folder, use):
    """A folder of the test's own: a report of 2022 with a silent account, interpretations and a column met."""
    folder.figures.mkdir(parents=True)
    lines = [
        "agency,year,edition,indicator,group,item,value,status,unit,source,address,note",
        f"{AGENCY},2022,2021,channel.account.posts,,甲,8,,,narrative,,",
        f"{AGENCY},2022,2021,site.dynamics.posts,,,90,,,narrative,,",
        f"{AGENCY},2022,2021,proactive.normdocs.issued,,,2,,,narrative,,",
        f"{AGENCY},2022,2021,interp.articles,,,3,,,narrative,,",
        f"{AGENCY},2022,2021,interp.form.graphic,,,3,,,narrative,,",
    ]
    (folder.figures / "office.csv").write_text("\n".join(lines) + "\n", "utf-8")
    intake.build(folder)
    use(folder)
    return folder


def opened():
    at = open_page("gaps", agency="example-civil-affairs", year=2022)
    assert not at.exception
    return at


def text_of(at):
    return "\n".join(
        element.value for kind in ("markdown", "subheader", "caption") for element in at.main.get(kind)
    )


def labelled(elements, name):
    return next(one for one in elements if one.label == words(f"page.gaps.{name}"))


def test_a_decision_is_kept_in_the_folder_and_shown_beside_the_gap(office):
    at = opened()
    named = labelled(at.selectbox, "states_choose").options[0]
    key = named.removesuffix(f" {ACCOUNT}")
    assert re.fullmatch(r"G03-\d{6}", key)
    assert f"编号 {key}" in text_of(at)
    labelled(at.text_input, "states_office").set_value("办公室")
    labelled(at.text_input, "states_by").set_value("李四")
    labelled(at.radio, "states_state").set_value("已销号")
    at.button[0].click().run()
    (kept,) = decisions(office)
    told = (kept.agency, kept.year, kept.rule, kept.item, kept.state, kept.office, kept.by, kept.key)
    assert told == (AGENCY, 2022, "G03", "甲", "done", "办公室", "李四", key)
    assert kept.on
    assert [one.value for one in at.success] == [f"已保存：{named}，已销号。"]
    assert "已销号" in text_of(at)


def test_accepting_without_a_reason_is_refused_beside_the_form(office):
    at = opened()
    labelled(at.radio, "states_state").set_value("同意保留")
    at.button[0].click().run()
    assert [one.value for one in at.error] == ["同意保留的须写明理由和期限"]
    assert decisions(office) == []


@pytest.mark.parametrize("written", ["2027-06-30", "2027年6月30日", "2027.6.30", " 2027/06/30 "])
def test_a_day_may_be_written_as_officials_do(office, written):
    at = opened()
    labelled(at.radio, "states_state").set_value("同意保留")
    labelled(at.text_input, "states_reason").set_value("拟注销")
    labelled(at.text_input, "states_until").set_value(written)
    at.button[0].click().run()
    assert not at.error
    assert [one.until for one in decisions(office)] == ["2027-06-30"]
    assert "同意保留至 2027-06-30" in text_of(at)


@pytest.mark.parametrize("written", ["明年", "2027-13-01", "2027年2月30日"])
def test_what_is_no_day_is_refused_by_the_name_of_its_field(office, written):
    at = opened()
    labelled(at.text_input, "states_due").set_value(written)
    at.button[0].click().run()
    assert [one.value for one in at.error] == [f"完成时限应为日期（如 2026-06-30），现为 {written}"]
    assert decisions(office) == []


def test_a_gap_that_was_accepted_until_a_past_day_is_open_again(office):
    record(office, [Decision(AGENCY, 2022, "G03", "甲", "accepted", "拟注销", "2023-06-30")])
    at = opened()
    assert labelled(at.radio, "states_state").value == "待整改"
    assert "同意保留至" not in text_of(at)


def test_a_decision_without_its_gap_is_listed(office):
    record(office, [Decision(AGENCY, 2022, "G06", "政务动态", "done", "已补")])
    assert "1 条登记的问题已不在清单中" in text_of(opened())


def test_thresholds_of_the_office_are_told_beside_the_shipped_ones(office):
    (office.gap_settings).write_text("[G03]\ndays = 60\n[G17]\nactive = false\n", "utf-8")
    at = opened()
    assert "2 项设置与产品不同" in text_of(at)
    table = next(one.value for one in at.table if words("page.gaps.column_here") in one.value.columns)
    rows = [tuple(row) for row in table.itertuples(index=False)]
    assert rows == [("G03", "更新间隔（天）", "14", "60"), ("G17", "启用", "是", "否")]
    assert "按本单位设置" in text_of(at)


def test_a_fault_in_the_settings_is_one_line_in_chinese(office):
    office.gap_settings.write_text("[G03]\ndays = 'a'\n", "utf-8")
    at = opened()
    assert [one.value for one in at.warning] == ["gap_settings.toml [G03] days：应为整数，现为 a"]


def test_the_pills_choose_verdicts_and_bases(office):
    at = opened()
    assert "账号超过两周未更新" in text_of(at)
    show, basis = at.button_group[0], at.button_group[1]
    basis.set_value(["内部参考"]).run()
    assert "账号超过两周未更新" not in text_of(at)
    show, basis = at.button_group[0], at.button_group[1]
    basis.set_value(["国办"])
    show.set_value(["met"]).run()
    assert "动态要闻栏目超期未更新" in text_of(at)
    assert "账号超过两周未更新" not in text_of(at)


def test_interpretations_stand_by_year_and_form(office):
    at = opened()
    assert "平均每件规范性文件解读 1.5 篇（2022 年）" in text_of(at)
    table = next(one.value for one in at.table if words("page.gaps.column_articles") in one.value.columns)
    *numbers, peers, forms = table.iloc[-1]
    assert (numbers, forms) == (["2022", 2, 3, 1.5], "图解（图文）解读 3 篇")
    assert pd.isna(peers)


def test_a_decision_without_a_key_on_several_gaps_is_told_above_the_form(office):
    record(office, [Decision(AGENCY, 2022, "G26", "", "done", "已改")])
    at = opened()
    assert [one.value for one in at.warning] == ["G26的登记没有问题编号，对 2 条问题都有效；请逐条重新登记"]
