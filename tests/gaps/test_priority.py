"""The order of the list, and what weighs more."""

from dashboard import gaps
from dashboard.gaps import evaluate, priority
from dashboard.gaps.verdict import Verdict
from dashboard.store import Store

from ..small_databases import AGENCY, line
from .reports import requests


def test_the_list_is_ordered_by_priority_and_what_cannot_be_judged_comes_last(put, folder, book):
    put(
        2022,
        "G01",
        line(2022, "finance.budget", 1),
        line(2022, "site.dynamics.posts", 15),
        *requests(2022, 10, 0, 6),
    )
    found = evaluate(Store(folder), book, AGENCY, 2022)
    listed = [gap for gap in found if gap.verdict in ("short", "undecided")]
    assert found[: len(listed)] == listed
    assert [(gap.rule, gap.weight) for gap in listed[:3]] == [("G19", 100), ("G06", 80), ("G01", 50)]
    places = [gaps.VERDICTS.index(gap.verdict) for gap in found[len(listed) :]]
    assert places == sorted(places)


def test_what_came_again_and_grew_weighs_more():
    now = Verdict("short", "", "甲", shortfall=5)
    assert priority.is_worse(now, [Verdict("short", "", "甲", shortfall=4)])
    assert priority.is_worse(now, [Verdict("met", "", "甲")])
    assert not priority.is_worse(now, [Verdict("short", "", "甲", shortfall=5)])
    assert not priority.is_worse(now, [Verdict("no_figure", "", "甲"), Verdict("met", "", "乙")])
    assert priority.is_repeated(now, [Verdict("short", "", "甲")])
    assert not priority.is_repeated(now, [Verdict("undecided", "", "甲"), Verdict("short", "", "乙")])
    assert priority.score(80, "short", worse=True, repeated=True) == 100
    assert priority.score(80, "undecided", worse=False, repeated=False) == 40
    assert priority.score(80, "no_figure", worse=False, repeated=False) == 0
