"""gap_states.csv: decisions of the office outlive a rebuild, and those that ran out are open again."""

from dataclasses import replace
from datetime import date
from multiprocessing import get_context

import pytest

from dashboard.build import build
from dashboard.errors import GapFilesError, WrongUsage
from dashboard.gaps import Gap
from dashboard.gaps.states import Decision, current, decisions, of_report, on_several, record, without_gap
from dashboard.gaps.worksheet import worksheet

AGENCY = "示例县民政局"
ACCEPTED = Decision(
    AGENCY, 2022, "G03", "甲", "accepted", "拟注销", "2023-06-30", "办公室", "张三", by="李四"
)
TODAY = date(2023, 6, 30)


def gap(rule="G03", item="甲", verdict="short", key="G03-000001"):
    told = ("amber", verdict, "全年 8 条", "国办秘函〔2019〕19号", "国办", "V", "建立更新台账", 80.0, (), key)
    return Gap(rule, "账号超过两周未更新", item, *told)


def test_there_are_no_decisions_before_the_first(folder):
    assert decisions(folder) == []


def test_decisions_are_read_as_written_and_the_last_one_holds(folder):
    done = Decision(AGENCY, 2022, "G03", "甲", "done", "已注销，含“逗号,”和\n换行", on="2023-07-01")
    other = Decision(AGENCY, 2021, "G08", "", "open")
    record(folder, [ACCEPTED])
    record(folder, [done, other])
    assert decisions(folder) == [ACCEPTED, done, other]
    there = gap()
    assert current(of_report(decisions(folder), AGENCY, 2022), [there]) == {there.key: done}


def test_a_rebuild_loses_no_decision(folder):
    record(folder, [ACCEPTED])
    build(folder)
    build(folder)
    assert decisions(folder) == [ACCEPTED]


def test_what_was_accepted_is_open_again_after_its_last_day():
    assert ACCEPTED.state_on(TODAY) == "accepted"
    assert ACCEPTED.state_on(date(2023, 7, 1)) == "open"
    assert Decision(AGENCY, 2022, "G03", "甲", "done").state_on(date(2033, 7, 1)) == "done"


def test_a_decision_whose_gap_is_gone_is_kept_and_listed():
    told = [ACCEPTED, Decision(AGENCY, 2022, "G08", "", "done")]
    assert without_gap(told, [gap("G08", None)]) == [ACCEPTED]
    assert without_gap(told, [gap(verdict="met"), gap("G08", None)]) == [ACCEPTED]
    assert without_gap(told, [gap(), gap("G08", None)]) == []


def test_a_decision_with_a_key_is_on_that_gap_alone():
    one, other = gap(key="G03-00000a"), gap(key="G03-00000b")
    done = replace(ACCEPTED, key=other.key)
    assert current([done], [one, other]) == {other.key: done}
    assert without_gap([done], [one]) == [done]


def test_a_decision_without_a_key_is_on_every_gap_of_its_rule_and_item_and_that_is_told():
    one, other = gap(key="G03-00000a"), gap(key="G03-00000b")
    assert current([ACCEPTED], [one, other]) == {one.key: ACCEPTED, other.key: ACCEPTED}
    assert on_several([ACCEPTED], [one, other]) == [
        "G03（甲）的登记没有问题编号，对 2 条问题都有效；请逐条重新登记"
    ]
    assert on_several([ACCEPTED], [one]) == []
    done = replace(ACCEPTED, state="done", key=one.key)
    assert current([ACCEPTED, done], [one, other]) == {one.key: done, other.key: ACCEPTED}
    assert on_several([ACCEPTED, done], [one, other]) == []


def test_a_file_from_before_there_were_keys_is_read_and_gets_the_column_with_the_next_decision(folder):
    record(folder, [ACCEPTED])
    text = folder.gap_states.read_text("utf-8-sig")
    older = "".join(f"{line.rpartition(',')[0]}\n" for line in text.splitlines())
    folder.gap_states.write_text(older, "utf-8")
    assert "key" not in older
    assert decisions(folder) == [ACCEPTED]
    fresh = replace(ACCEPTED, key="G03-00000a")
    record(folder, [fresh])
    assert decisions(folder) == [ACCEPTED, fresh]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"state": "closed"}, "state 应为 open、accepted、done 之一，现为 closed"),
        ({"until": "明年"}, "until 应为日期（如 2021-06-30），现为 明年"),
        ({"due": "20230630"}, "due 应为日期"),
        ({"reason": " "}, "同意保留的须写明理由和期限"),
        ({"until": ""}, "同意保留的须写明理由和期限"),
    ],
)
def test_a_decision_that_says_too_little_is_not_kept(folder, changes, fault):
    told = {name: getattr(ACCEPTED, name) for name in Decision.__slots__} | changes
    with pytest.raises(WrongUsage, match=fault):
        record(folder, [Decision(**told)])
    assert not folder.gap_states.exists()


def test_faults_of_the_file_are_told_with_their_lines(folder):
    record(folder, [ACCEPTED, ACCEPTED])
    text = folder.gap_states.read_text("utf-8-sig")
    folder.gap_states.write_text(text.replace("accepted", "closed").replace("2022,", "二二,", 1), "utf-8")
    with pytest.raises(GapFilesError) as raised:
        decisions(folder)
    assert raised.value.problems == [
        "gap_states.csv 第 2 行：year 应为年份，现为 二二",
        "gap_states.csv 第 2 行：state 应为 open、accepted、done 之一，现为 closed",
        "gap_states.csv 第 3 行：state 应为 open、accepted、done 之一，现为 closed",
    ]
    folder.gap_states.write_text("agency,year\n甲,2020\n", "utf-8")
    with pytest.raises(GapFilesError, match="第 1 行：缺少列 rule、item、state"):
        decisions(folder)


def test_what_the_next_decision_would_drop_is_told(folder):
    record(folder, [ACCEPTED])
    head, row, *_ = folder.gap_states.read_text("utf-8-sig").splitlines()
    folder.gap_states.write_text(f"{head},备注\n{row},甲\n", "utf-8")
    with pytest.raises(GapFilesError, match="第 1 行：没有 备注 这一列"):
        decisions(folder)
    folder.gap_states.write_text(f"{head}\n{row},甲\n", "utf-8")
    with pytest.raises(GapFilesError, match="第 2 行：列数与表头不符"):
        decisions(folder)


def test_a_file_that_excel_saved_is_read(folder):
    record(folder, [ACCEPTED])
    assert folder.gap_states.read_bytes().startswith(b"\xef\xbb\xbf")
    folder.gap_states.write_bytes(folder.gap_states.read_bytes().replace(b"\n", b"\r\n"))
    assert decisions(folder) == [ACCEPTED]


def _record_ten(folder, who):
    for number in range(10):
        record(folder, [Decision(AGENCY, 2022, "G03", f"{who}-{number}", "done")])


def test_two_who_write_at_once_lose_nothing(folder):
    context = get_context("spawn")
    writers = [context.Process(target=_record_ten, args=(folder, who)) for who in ("a", "b")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert {one.item for one in decisions(folder)} == {
        f"{who}-{number}" for who in "ab" for number in range(10)
    }


def test_the_worksheet_carries_what_the_office_said():
    gaps = [gap(), gap("G08", None, "no_figure", "G08-000001"), gap("G04", "甲", "met", "G04-000001")]
    rows = worksheet(gaps, {gaps[0].key: ACCEPTED}, lambda _gap: "第一部分", TODAY)
    assert [list(row) for row in rows] == [[
        "序号", "问题编号", "问题", "判定", "依据（标签）", "证据（原文位置）", "责任科室", "责任人", "整改措施", "完成时限",
        "整改情况（链接）", "是否销号", "状态", "理由",
    ]] * 2  # fmt: skip
    assert [*rows[0].values()] == [
        1, "G03-000001", "账号超过两周未更新（甲）", "不达标", "国办秘函〔2019〕19号（国办）", "全年 8 条 第一部分", "办公室", "张三",
        "建立更新台账", "", "", "否", "同意保留", "拟注销",
    ]  # fmt: skip
    assert (rows[1]["状态"], rows[1]["是否销号"], rows[1]["责任科室"]) == ("待整改", "", "")
