"""Headlines: the same facts give the same sentences, in two languages, each with the facts it rests on."""

import re
import tomllib

import pytest

from dashboard import headlines
from dashboard.headlines import Verdicts
from dashboard.paths import PROJECT


def row(indicator="site.dynamics.posts", **told):
    """A row of queries.trend for one year, as records() gives it."""
    given = {
        "indicator": indicator,
        "item": None,
        "value": 50.0,
        "status": "reported",
        "raw": "50条",
        "state": "up",
        "base_value": 15.0,
        "fact_id": 7,
        "base_fact_id": 3,
        "part_ids": None,
        **told,
    }
    both = given["value"] is not None and given["base_value"] is not None
    return {**given, "change": given["value"] - given["base_value"] if both else None}


def test_a_change_says_what_it_was_and_what_it_is(book):
    (told,) = headlines.changes([row()], 2024, {}, book)
    assert told.text == "政务动态由 15 条增至 **50 条**，增加 35 条。"
    assert (told.kind, told.facts) == ("up", (7, 3))


def test_the_same_change_in_english(book):
    (told,) = headlines.changes([row()], 2024, {}, book, "en")
    assert told.text == "Government news / work updates: posts: up from 15 items to **50 items** (+35 items)."


def test_an_account_is_named(book):
    (told,) = headlines.changes([row("channel.account.posts", item="示例民政")], 2024, {}, book)
    assert told.text.startswith("公众号各账号发布（示例民政）由")


def test_names_are_those_of_a_sentence_not_of_the_form(book):
    printed = {
        "proactive.total": "主动公开政府信息",
        "req.new": "新收申请",
        "req.outcome.granted": "办理结果“予以公开”",
    }
    for code, name in printed.items():
        (told,) = headlines.changes([row(code)], 2024, {}, book)
        assert told.text.startswith(f"{name}由")


def test_the_largest_relative_change_comes_first_and_small_numbers_do_not_lead(book):
    rows = [
        row("req.new", value=2.0, base_value=1.0),
        row("welfare.only", value=100.0, base_value=90.0),
        row("site.dynamics.posts", value=50.0, base_value=15.0),
    ]
    told = [headline.text[:4] for headline in headlines.changes(rows, 2024, {}, book)]
    assert told == ["政务动态", "福利救助", "新收申请"]


def test_what_is_not_comparable_says_why_and_no_difference(book):
    (told,) = headlines.changes(
        [row("welfare.only", state="not_comparable")], 2023, {"welfare.only": "口径不同"}, book
    )
    assert told.text == "福利救助信息 2023 年 50 条；口径不同，不作比较。"


def test_a_word_without_a_number_is_told_as_printed(book):
    told = headlines.changes(
        [row("proposals", value=None, status="unquantified", raw="多件", state="not_reported")],
        2024,
        {},
        book,
    )
    assert [headline.text for headline in told] == ["建议提案办理写作“多件”，未写数量，不作 0 计。"]


def test_an_approximate_figure_says_so(book):
    (told,) = headlines.changes([row(status="approximate")], 2024, {}, book)
    assert "增至 **约 50 条**" in told.text


@pytest.mark.parametrize("state", ["flat", "no_base", "not_reported"])
def test_a_state_that_says_nothing_gives_no_sentence(state, book):
    assert headlines.changes([row(state=state)], 2024, {}, book) == []


def test_a_derived_figure_rests_on_its_parts(book):
    (told,) = headlines.changes([row(fact_id=None, part_ids=(4, 5), status="derived")], 2024, {}, book)
    assert told.facts == (4, 5, 3)


def test_the_year_in_a_sentence_keeps_what_was_not_told_apart(book):
    rows = [
        row("req.new", value=1.0),
        row("req.outcome.total", value=None, status="blank"),
        row("site.dynamics.posts"),
        row("interp.articles", value=None, status="not_stated"),
        row("proposals", value=None, status="unquantified"),
    ]
    assert headlines.year_in_a_sentence(rows, book) == (
        "全年收到公开申请 **1 件**；政务动态 **50 条**；建议提案办理**未写数量**；政策解读**年报未写**。"
    )


def test_no_request_is_said_and_an_unknown_number_is_not_taken_for_none(book):
    done = row("req.outcome.total", value=None, status="blank")
    assert (
        headlines.year_in_a_sentence([row("req.new", value=0.0), done], book) == "全年**没有收到公开申请**。"
    )
    unknown = row("req.new", value=None, status="blank")
    assert headlines.year_in_a_sentence([unknown, done], book) == "收到申请的件数**年报未写**。"
    outside = row("req.new", value=None, status="not_entered")
    assert headlines.year_in_a_sentence([outside, done], book) == "收到申请的件数**不在摘录之内**。"


def test_the_verdict_line_says_timeliness_gaps_and_promises():
    verdicts = Verdicts("met", 2, 3, 4, 5, 1)
    assert headlines.verdict_line(verdicts, is_complete=True) == (
        "按时公布 · **必须或建议整改 2 项** · 上年承诺 5 项，兑现 1 项 · 另有 3 项无法判定、4 项数据缺口"
    )


def test_promises_that_no_figure_tells_of_are_said_beside_those_kept():
    line = headlines.verdict_line(Verdicts("met", 2, 3, 4, 5, 1, 3), is_complete=True)
    assert "上年承诺 5 项，兑现 1 项、无法对照 3 项" in line
    english = headlines.verdict_line(Verdicts("met", 2, 3, 4, 5, 1, 3), is_complete=True, language="en")
    assert "1 of 5 promises of the year before kept, 3 told by no figure" in english


def test_an_excerpt_without_gaps_is_not_called_clear():
    line = headlines.verdict_line(Verdicts("undecided", 0, 0, 0, 0, 0), is_complete=False)
    assert line.startswith("公布日期未知，是否按时无法判定 · 仅据摘录，未发现")
    assert "承诺" not in line


def leaves(node, path=""):
    for name, value in node.items():
        yield from leaves(value, f"{path}{name}.") if isinstance(value, dict) else [(f"{path}{name}", value)]


def test_english_has_every_headline_of_the_chinese_with_the_same_fields():
    told = {
        language: tomllib.loads((PROJECT / f"src/dashboard/text_{language}.toml").read_text("utf-8"))
        for language in ("zh", "en")
    }
    for group in ("headline", "headline_kind"):
        chinese, english = (dict(leaves(told[language][group])) for language in ("zh", "en"))
        assert chinese.keys() == english.keys()
        for key, text in chinese.items():
            assert set(re.findall(r"{(\w+)}", text)) == set(re.findall(r"{(\w+)}", english[key])), key


def test_every_indicator_with_a_figure_has_a_name_for_sentences_and_an_english_one(book):
    for indicator in book.indicators.values():
        assert indicator.said_zh
        assert indicator.name_en
        assert "数量" not in indicator.said_zh or indicator.kind == "group", indicator.code


def part(split, change, kind="activity", **named):
    return {
        "split": split,
        "indicator": "req.outcome.granted",
        "group": None,
        "item": None,
        "change": change,
        "kind": kind,
        **named,
    }


def test_a_change_is_explained_by_its_largest_parts_and_what_is_only_reporting(book):
    parts = [
        part("whole", 7.0),
        part("category", 1.0, indicator="req.outcome.partial"),
        part("category", 5.0),
        part("category", -2.0, indicator="req.outcome.denied"),
        part("category", 3.0, kind="reporting", indicator="req.outcome.other"),
    ]
    assert headlines.explained(parts, "req.outcome.total", book) == (
        "其中办理结果“予以公开”增加 5 件、办理结果“不予公开”减少 2 件、填报口径变化增加 3 件。"
    )
    assert headlines.explained(parts, "req.outcome.total", book, "en") == (
        "Of which Granted in full +5 requests, Denied −2 requests, change of reporting +3 requests."
    )


def test_accounts_explain_before_applicants_do(book):
    parts = [part("applicant", 2.0, group="natural_person"), part("item", -4.0, item="示例民政")]
    assert headlines.explained(parts, "channel.wechat.posts", book) == "其中示例民政减少 4 条。"
    assert headlines.explained(parts[:1], "req.new", book) == "其中自然人增加 2 件。"


def test_a_change_without_parts_is_not_explained(book):
    assert headlines.explained([part("whole", 3.0), part("category", 0.0)], "req.new", book) == ""
