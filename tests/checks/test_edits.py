"""The smallest edit that would balance a report: which cells are named, and that the named ones do it."""

from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.checks import _tested, check
from dashboard.checks.edits import mendings
from dashboard.model import Fact, Reading

from ..applicants import GROUPS

OUTCOMES = (
    "granted", "partial", "denied.state_secret", "denied.third_party", "unable.not_held",
    "not_processed.petition", "other",
)  # fmt: skip
TOTAL = ("req.outcome.total", "total")
SETTINGS = settings(max_examples=60, deadline=None, derandomize=True)


def reading(cells: Mapping) -> Reading:
    """A report of these cells: a number, or None for a blank."""
    facts = [
        Fact(
            code,
            group,
            None,
            None if value is None else Decimal(value),
            "blank" if value is None else "reported",
            "",
            None,
            "table",
            {"table": "3"},
        )
        for (code, group), value in cells.items()
    ]
    return Reading("示例县民政局", 2020, None, tuple(facts))


def balanced(outcomes: Mapping, carried_in: Mapping, carried_out: Mapping) -> dict:
    """Table 3 with these figures of each group, every total added up; what is new makes it balance."""
    cells = {}
    for group in GROUPS:
        done = sum(outcomes[group])
        came_in = min(carried_in[group], done + carried_out[group])
        column = dict(zip(OUTCOMES, outcomes[group], strict=True)) | {"total": done}
        cells |= {(f"req.outcome.{name}", group): value for name, value in column.items()}
        cells["req.carried_in", group] = came_in
        cells["req.carried_out", group] = carried_out[group]
        cells["req.new", group] = done + carried_out[group] - came_in
    for code in dict.fromkeys(code for code, _ in cells):
        cells[code, "total"] = sum(cells[code, group] for group in GROUPS)
    return cells


PLAIN = balanced(
    {group: [3 + place, 2, 1, 0, 4, 0, 1] for place, group in enumerate(GROUPS)},
    dict.fromkeys(GROUPS, 2),
    dict.fromkeys(GROUPS, 1),
)


@pytest.fixture
def said(book):
    """The errors of a report with these cells: (rule, what is said of the smallest edit)."""

    def errors(cells):
        found = check(reading(cells), book).findings
        return [
            (one.rule, one.message.partition("最小改动")[2].lstrip("："))
            for one in found
            if one.severity == "error"
        ]

    return errors


def test_a_table_that_balances_needs_no_edit(said, book):
    assert said(PLAIN) == []
    assert mendings(_tested(reading(PLAIN), book, {})[0]) == []


def test_each_total_of_table_four_is_mended_on_its_own(said):
    """10 + 1 + 0 + 0 reviews under a total of 0, and 5 suits under a total of 0: no part can fall below 0."""
    parts = {"upheld": 10, "corrected": 1, "other": 0, "pending": 0, "total": 0}
    cells = {(f"review.{name}", None): value for name, value in parts.items()}
    suits = parts | {"upheld": 3, "corrected": 2}
    cells |= {(f"lit.after_review.{name}", None): value for name, value in suits.items()}
    assert said(cells) == [
        ("T4-01", "行政复议：总计由 0 改为 11"),
        ("T4-02", "复议后起诉：总计由 0 改为 5"),
    ]


def test_of_a_part_of_table_three_the_one_cell_is_named_in_every_sum_it_breaks(said):
    """予以公开 of 自然人 is 3 and printed 4: its column and its row fail, and nothing else can mend both."""
    slip = PLAIN | {("req.outcome.granted", "natural_person"): 4}
    edit = "（一）予以公开 自然人列由 4 改为 3"
    assert said(slip) == [("T3-02", edit), ("T3-03", edit)]


def test_of_a_wrong_total_the_one_cell_is_named(said):
    """The total of totals breaks its column, its row and the balance of the total column."""
    right = PLAIN[TOTAL]
    edit = f"（七）总计 总计列由 {right + 5} 改为 {right}"
    assert said(PLAIN | {TOTAL: right + 5}) == [("T3-02", edit), ("T3-03", edit), ("T3-01", edit)]


def test_of_two_ways_the_one_that_takes_a_number_away_comes_last(said):
    """5 suits upheld under a total of 0: the total was left at 0, or there were none."""
    cells = {(f"lit.direct.{name}", None): 0 for name in ("corrected", "other", "pending", "total")}
    cells["lit.direct.upheld", None] = 5
    ways = "未经复议直接起诉：总计由 0 改为 5 或 未经复议直接起诉：结果维持由 5 改为 0"
    assert said(cells) == [("T4-02", ways)]


def test_slips_in_several_rows_and_columns_are_each_named(said):
    """Three slips of different size: each breaks its own row and column, and is named there alone."""
    slip = PLAIN | {
        ("req.outcome.granted", "natural_person"): 9,
        ("req.outcome.other", "research"): 3,
        ("req.outcome.partial", "enterprise"): 5,
    }
    first, second, third = (
        "（一）予以公开 自然人列由 9 改为 3",
        "（二）部分公开（区分处理的，只计这一情形，不计其他情形） 商业企业列由 5 改为 2",
        "（六）其他处理 科研机构列由 3 改为 1",
    )
    rules = [*(["T3-02"] * 3), *(["T3-03"] * 3)]
    assert said(slip) == list(zip(rules, [first, second, third, first, second, third], strict=True))


def test_slips_of_one_size_leave_two_ways(said):
    """Two rows and two columns are off by 1: one pair of corners mends them as well as the other."""
    slip = PLAIN | {
        ("req.outcome.granted", "natural_person"): 4,
        ("req.outcome.unable.not_held", "enterprise"): 5,
    }
    granted, not_held = "（一）予以公开", "1.本机关不掌握相关政府信息"
    ways = (
        f"{granted} 自然人列由 4 改为 3并{not_held} 商业企业列由 5 改为 4",
        f"{not_held} 自然人列由 4 改为 3并{granted} 商业企业列由 4 改为 3",
    )
    assert {edits for _, edits in said(slip)} == {" 或 ".join(ways)}


def test_a_count_in_the_wrong_row_takes_two_cells(said):
    """部分公开 of 自然人 stands in the row of 国家秘密: the column holds, both rows fail, two cells mend them."""
    slip = PLAIN | {
        ("req.outcome.partial", "natural_person"): 0,
        ("req.outcome.denied.state_secret", "natural_person"): 3,
    }
    ((rule, edit), other) = said(slip)
    assert rule == "T3-03"
    assert other == (rule, edit)
    assert "自然人列由 0 改为 2并1.属于国家秘密 自然人列由 3 改为 1" in edit


def test_two_slips_in_one_row_take_two_cells(said):
    slip = PLAIN | {
        ("req.outcome.granted", "natural_person"): 4,
        ("req.outcome.granted", "enterprise"): 5,
    }
    edits = {edit for _, edit in said(slip)}
    assert edits == {"（一）予以公开 自然人列由 4 改为 3并（一）予以公开 商业企业列由 5 改为 4"}


def test_three_slips_in_one_row_are_left_to_a_person(book):
    slip = PLAIN | {("req.outcome.granted", group): 20 for group in GROUPS[:3]}
    errors = [one for one in check(reading(slip), book).findings if one.severity == "error"]
    assert {one.message.rpartition("；")[2] for one in errors} == {"改一格或两格不能使各式都成立，请逐格核对"}


def test_a_blank_is_named_as_one(said):
    """予以公开 of 自然人 is 3 and left blank: with blanks as zero its column and row fail by 3."""
    slip = PLAIN | {("req.outcome.granted", "natural_person"): None}
    assert {edit for _, edit in said(slip)} == {"（一）予以公开 自然人列由 空白 改为 3"}


def test_an_unreadable_cell_is_never_named(book):
    """Its sums have no verdict; the balance fails by 4, and what is new may or may not be what is wrong."""
    cells = {
        ("req.new", "total"): 5,
        ("req.carried_in", "total"): 0,
        TOTAL: 1,
        ("req.carried_out", "total"): 0,
    }
    plain = reading(cells)
    unread = Fact(
        "req.outcome.granted", "total", None, None, "unreadable", "?", None, "table", {"table": "3"}
    )
    found = check(Reading(None, 2020, None, (*plain.facts, unread)), book).findings
    ((rule, message),) = [(one.rule, one.message) for one in found if one.severity == "error"]
    assert rule == "T3-01"
    assert "予以公开" not in message


def test_a_blank_total_is_mended_through_its_parts(said):
    """5 new against a blank total that follows from 予以公开 1: either 5 should be 1, or 1 should be 5, or …"""
    cells = {
        ("req.new", "total"): 5,
        ("req.carried_in", "total"): 0,
        ("req.outcome.granted", "total"): 1,
        TOTAL: None,
        ("req.carried_out", "total"): 0,
    }
    ((_, edits),) = said(cells)
    assert "一、本年新收政府信息公开申请数量 总计列由 5 改为 1 或 （一）予以公开 总计列由 1 改为 5" in edits
    assert "空白" not in edits


COUNTS = st.integers(0, 40)
TABLES = st.builds(
    balanced,
    st.fixed_dictionaries({group: st.lists(COUNTS, min_size=7, max_size=7) for group in GROUPS}),
    st.fixed_dictionaries(dict.fromkeys(GROUPS, COUNTS)),
    st.fixed_dictionaries(dict.fromkeys(GROUPS, COUNTS)),
)


@given(cells=TABLES, data=st.data(), slip=st.integers(1, 30))
@SETTINGS
def test_one_slip_in_a_table_that_balances_is_always_found(book, cells, data, slip):
    """Whatever cell it is, the first way named puts back what stood there, or another that does as well."""
    key = data.draw(st.sampled_from(sorted(cells)))
    tested, _ = _tested(reading(cells | {key: cells[key] + slip}), book, {})
    (mending,) = mendings(tested)
    assert ((key, Decimal(cells[key])),) in mending.edits


@given(cells=TABLES, data=st.data())
@SETTINGS
def test_every_way_that_is_named_makes_every_sum_hold(book, cells, data):
    """Up to three slips: each way has one cell or two, no number below 0, and nothing else breaks by it."""
    keys = data.draw(st.lists(st.sampled_from(sorted(cells)), min_size=1, max_size=3, unique=True))
    slipped = cells | {key: data.draw(COUNTS) for key in keys}
    found = mendings(_tested(reading(slipped), book, {})[0])
    for mending in found:
        for edit in mending.edits:
            assert len(edit) in (1, 2)
            assert all(value >= 0 for _, value in edit)
            others = [other for other in found if other is not mending]
            left = mendings(_tested(reading(slipped | dict(edit)), book, {})[0])
            assert sum(len(one.failed) for one in left) == sum(len(one.failed) for one in others)
