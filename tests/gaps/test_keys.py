"""The key of a gap: one gap, one key, whatever the order of the lines, and the same after a rebuild."""

from dashboard.gaps import evaluate
from dashboard.gaps.verdict import Verdict, key_of

from ..small_databases import AGENCY, built, line

#: Neither the column of all applicants nor that of natural persons balances: 3 + 1 ≠ 1 + 2.
TWICE = [
    line(2022, code, value, group=group, source="table")
    for group in ("natural_person", "total")
    for code, value in {
        "req.new": 3,
        "req.carried_in": 1,
        "req.outcome.total": 1,
        "req.carried_out": 2,
    }.items()
]


def keys(store, book):
    return {
        gap.key: gap.evidence for gap in evaluate(store, book, AGENCY, 2022) if gap.rule == "G02" and gap.item
    }


def test_two_findings_of_one_check_have_keys_of_their_own_that_no_order_changes(folder, book):
    first = keys(built(folder, TWICE), book)
    assert len({key for key, said in first.items() if "3 + 1" in said}) == 2
    assert keys(built(folder, TWICE[::-1]), book) == first
    assert keys(built(folder, TWICE), book) == first


def test_a_key_depends_on_what_the_verdict_rests_on_and_not_on_its_order_or_words():
    rule = {"id": "G02", "name_zh": "甲"}
    one, turned = (
        key_of(rule, Verdict("short", said, "T3-01", rests_on=cells))
        for said, cells in (("差 1 件", ("甲", "乙")), ("差 2 件", ("乙", "甲", "乙")))
    )
    assert one == turned
    assert one.startswith("G02-")
    assert key_of(rule, Verdict("short", "差 1 件", "T3-01", rests_on=("甲",))) != one
    assert key_of({"id": "G02", "name_zh": "乙"}, Verdict("short", "", "T3-01", rests_on=("甲", "乙"))) != one
