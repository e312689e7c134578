"""Corrections: a layer over what was published, that queries take or leave; worked out by hand."""

import inspect

import pandas as pd
import pytest

from dashboard import queries
from dashboard.build import build
from dashboard.rows import records
from dashboard.store import Store

AGENCY = "示例县民政局"
HEADER = "agency,year,edition,indicator,group,item,value,status,unit,source,address,note\n"


def line(year, indicator, value, *, group="", status=""):
    return f"{AGENCY},{year},2021,{indicator},{group},,{value},{status},,table,,"


#: 2023 carries in 5 where 2022 carried out 4, and its total is blank: 6 granted and 2 in part.
LINES = (
    line(2022, "req.carried_out", 4, group="total"),
    line(2023, "req.new", 7, group="total"),
    line(2023, "req.carried_in", 5, group="total"),
    line(2023, "req.carried_out", 3, group="total"),
    line(2023, "req.outcome.total", 8, group="total"),
    line(2023, "review.total", "", status="blank"),
)
#: With 4 carried in, the years join up and 7 + 4 = 8 + 3 holds: 7 + 5 = 8 + 3 does not.
CARRIED_IN = """
[[correction]]
agency = "example-civil-affairs"
year = 2023
indicator = "req.carried_in"
group = "total"
was = 5
value = 4
reason = "台账为 4 件，填报时误填"
by = "局办公室"
on = 2024-03-05
"""


@pytest.fixture
def corrected(folder):
    """A small database with a corrections.toml: what was built, and its two stores."""

    def built(text, *lines):
        folder.figures.mkdir(parents=True, exist_ok=True)
        (folder.figures / "office.csv").write_text(HEADER + "\n".join(lines or LINES) + "\n", "utf-8")
        folder.corrections.write_text(text, "utf-8")
        told = build(folder)
        return told, Store(folder), Store(folder, corrected=True)

    return built


def value(store, indicator, year=2023):
    rows = records(queries.trend(store, AGENCY, [indicator], year, year))
    return [(row["value"], row["status"]) for row in rows]


def rules(store):
    return {
        row["rule"] for row in records(queries.findings(store, AGENCY)) if row["rule"] in ("T3-01", "T3-05")
    }


def test_a_correction_shows_in_a_corrected_store_and_never_in_what_was_published(corrected):
    built, published, store = corrected(CARRIED_IN)
    assert built.left_out == ()
    assert value(published, "req.carried_in") == [(5, "reported")]
    assert value(store, "req.carried_in") == [(4, "reported")]


def test_the_checks_judge_the_corrected_figures_in_a_corrected_store(corrected):
    """What failed on the published figures, in the report and between the years, holds on the corrected ones."""
    _, published, store = corrected(CARRIED_IN)
    assert rules(published) == {"T3-01", "T3-05"}
    assert rules(store) == set()


def test_a_correction_may_bring_to_light_what_the_misprint_hid(corrected):
    """4 carried out of 2022 and 5 into 2023; corrected to 4 in and a new count of 7, then 8 + 3 is one too many."""
    wrong = CARRIED_IN.replace("value = 4", "value = 6")
    _, published, store = corrected(wrong)
    assert rules(published) == rules(store) == {"T3-01", "T3-05"}
    messages = [row["message"] for row in records(queries.findings(store, AGENCY)) if row["rule"] == "T3-05"]
    assert messages == ["上年结转（总计）：上年报告结转下年度 4 件，本年上年结转 6 件，差 2 件；请核对台账"]


def test_the_ledger_answers_as_published_or_as_corrected(corrected):
    _, published, store = corrected(CARRIED_IN)
    rows = [
        next(row for row in records(queries.ledger(one, AGENCY, 2023, 2023)) if row["group"] == "total")
        for one in (published, store)
    ]
    assert [(row["carried_in"], row["verdict"], row["balance"]) for row in rows] == [
        (5, "differs", 1),
        (4, "matches", 0),
    ]


def test_where_the_two_differ_is_listed_with_who_and_why(corrected):
    _, published, store = corrected(CARRIED_IN)
    (row,) = records(queries.corrections(published, AGENCY))
    assert [row[name] for name in ("year", "indicator", "group", "item", "was", "value")] == [
        2023,
        "req.carried_in",
        "total",
        None,
        5,
        4,
    ]
    assert [row[name] for name in ("reason", "by", "on")] == [
        "台账为 4 件，填报时误填",
        "局办公室",
        "2024-03-05",
    ]
    (said,) = records(queries.evidence(published, [row["fact_id"]]))
    assert (said["indicator"], said["value"], said["raw"]) == ("req.carried_in", 5, "5")
    assert records(queries.corrections(store, AGENCY)) == [row]


def test_a_blank_cell_is_filled_in_where_the_correction_says_nothing_was_there(corrected):
    blank = CARRIED_IN.replace("req.carried_in", "review.total").replace('group = "total"\nwas = 5\n', "")
    built, published, store = corrected(blank)
    assert built.left_out == ()
    assert value(published, "review.total") == [(None, "blank")]
    assert value(store, "review.total") == [(4, "reported")]


def test_a_total_that_follows_from_its_parts_follows_from_the_corrected_ones(corrected):
    """3 + 4 posts are published; one of the accounts had 5."""
    posts = [
        f"{AGENCY},2023,2021,channel.account.posts,,{name},{count},,条,narrative,,"
        for name, count in (("甲", 3), ("乙", 4))
    ]
    fault = CARRIED_IN.replace("req.carried_in", "channel.account.posts").replace("total", "甲")
    fault = fault.replace("group", "item").replace("was = 5\nvalue = 4", "was = 3\nvalue = 5")
    built, published, store = corrected(fault, *LINES, *posts)
    assert built.left_out == ()
    assert value(published, "channel.wechat.posts") == [(7, "derived")]
    assert value(store, "channel.wechat.posts") == [(9, "derived")]


@pytest.mark.parametrize("table", ["fact", "fact_by_agency"])
def test_both_copies_of_the_facts_are_corrected(corrected, table):
    _, published, store = corrected(CARRIED_IN)
    query = f"select value from {table} join indicator using (indicator_id) where code = 'req.carried_in'"  # noqa: S608 - own names
    assert published.cursor().execute(query).fetchall() == [(5,)]
    assert store.cursor().execute(query).fetchall() == [(4,)]


REFUSED = {
    "another figure is published": (
        ("was = 5", "was = 6"),
        "公布的是 5，不是 6；请核对原文后修改或删除这一条",
    ),
    "nothing is said to be published": (("was = 5\n", ""), "公布的是 5，不是 空白"),
    "the report has no such cell": (('"total"', '"research"'), "没有这一格：req.carried_in research"),
    "there is no such indicator": (
        ("req.carried_in", "req.carried_inn"),
        "没有这一格：req.carried_inn total",
    ),
    "there is no such report": (("year = 2023", "year = 2021"), "库中没有 示例县民政局 2021 年的年报"),
    "there is no reason": (('reason = "台账为 4 件，填报时误填"\n', ""), "缺少 reason"),
    "a value is a word": (("value = 4", 'value = "四"'), "value 的写法不对：四"),
    "a value is no number": (("value = 4", "value = nan"), "value 的写法不对：NaN"),
    "a value is beyond all counts": (("value = 4", "value = 1e30"), "value 的写法不对：1E+30"),
    "a word is misspelt": (("was = 5", "wass = 5"), "没有 wass 这一项"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_correction_that_does_not_fit_is_left_out_with_its_reason(corrected, case):
    """In one line; the build goes on, and the next correction is taken."""
    (old, new), reason = REFUSED[case]
    other = CARRIED_IN.replace("req.carried_in", "req.new").replace("was = 5", "was = 7")
    built, _, store = corrected(CARRIED_IN.replace(old, new) + other)
    (line,) = built.left_out
    assert line.startswith("corrections.toml 第 1 条：")
    assert reason in line
    assert "\n" not in line
    assert value(store, "req.carried_in") == [(5, "reported")]
    assert value(store, "req.new") == [(4, "reported")]


def test_a_second_correction_of_one_cell_is_left_out(corrected):
    built, _, store = corrected(CARRIED_IN + CARRIED_IN.replace("value = 4", "value = 3"))
    assert built.left_out == ("corrections.toml 第 2 条：这一格前面已有更正；请只留一条",)
    assert value(store, "req.carried_in") == [(4, "reported")]


@pytest.mark.parametrize("text", ["[[correction]\n", "correction = 3\n", "[correction]\nyear = 2023\n"])
def test_a_file_that_cannot_be_read_is_left_out_in_one_line(corrected, text):
    built, _, store = corrected(text)
    (line,) = built.left_out
    assert line.startswith("corrections.toml")
    assert value(store, "req.carried_in") == [(5, "reported")]


def test_without_corrections_both_stores_answer_alike(corrected):
    _, published, store = corrected("")
    assert value(published, "req.carried_in") == value(store, "req.carried_in")
    assert rules(published) == rules(store) == {"T3-01", "T3-05"}
    assert queries.corrections(store, AGENCY).empty


def test_a_correction_is_another_version_of_the_data(corrected):
    without, *_ = corrected("")
    with_one, *_ = corrected(CARRIED_IN)
    again, *_ = corrected(CARRIED_IN)
    assert without.data_version != with_one.data_version == again.data_version


def test_every_question_has_an_answer_in_a_corrected_store(corrected):
    """The same columns as of what was published, or the same number, whatever is asked."""
    _, published, store = corrected(CARRIED_IN)
    given = {
        "agency": AGENCY,
        "year": 2023,
        "first_year": 2022,
        "last_year": 2023,
        "indicators": ["req.carried_in"],
        "fact_ids": [1],
    }
    for name in sorted(set(queries.__all__) - {"changes"}):
        question = getattr(queries, name)
        wanted = list(inspect.signature(question).parameters.values())[1:]
        required = [one.name for one in wanted if one.default is inspect.Parameter.empty]
        if {*required} <= {*given}:
            asked = {one: given[one] for one in required}
            one, other = question(published, **asked), question(store, **asked)
            is_table = isinstance(one, pd.DataFrame)
            assert (list(one) == list(other)) if is_table else one == other, name
