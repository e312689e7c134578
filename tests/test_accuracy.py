"""The accuracy that is published (data/accuracy*.csv, docs/accuracy.md, the quality page) is that of this reader."""

from collections import Counter

import pytest

from dashboard import accuracy
from dashboard.accuracy import ALL, REST, Measured, MeasuredProse, cell_line, prose_line
from dashboard.accuracy.measure import corpora, measure
from dashboard.accuracy.prose import TEXTS, Compared, compared_texts, measure_prose
from dashboard.paths import PROJECT

STALE = "measure again: dashboard accuracy, and put what it prints into docs/accuracy.md"


@pytest.fixture(scope="module")
def cells(book):
    return measure(corpora(book), book)


@pytest.fixture(scope="module")
def prose(book):
    return measure_prose(compared_texts(book), book)


def test_the_published_accuracy_of_cells_is_what_is_measured(cells):
    assert accuracy.published() == cells, STALE


def test_the_published_accuracy_of_sentences_is_what_is_measured(prose):
    assert accuracy.published_prose() == prose, STALE


def test_no_cell_is_read_wrongly_without_saying_so(cells):
    assert [row for row in cells if row.silent] == []


def test_every_flaw_is_found_and_no_other_is_reported(cells):
    assert [row for row in cells if row.found < row.flaws or row.alarms] == []


def test_the_text_on_accuracy_has_the_published_figures():
    said = (PROJECT / "docs" / "accuracy.md").read_text("utf-8")
    lines = [*map(cell_line, accuracy.published()), *map(prose_line, accuracy.published_prose())]
    assert [line for line in lines if line not in said.splitlines()] == [], STALE


def test_families_add_up_to_all(prose):
    for corpus in {row.corpus for row in prose}:
        *families, together = [row for row in prose if row.corpus == corpus]
        assert together.family == ALL
        for name in ("facts", "read", "right", "approximate", "marked"):
            assert sum(getattr(row, name) for row in families) == getattr(together, name)
        assert all(row.family == REST or row.facts >= 15 for row in families)


def told(*facts):
    return Counter(facts)


def test_right_extra_missed_traps_and_approximate_are_counted_apart(book):
    new, total, posts = ("req.new", "", "3"), ("proactive.total", "", "9"), ("site.dynamics.posts", "", "40")
    texts = [
        Compared(TEXTS, "一", told(new, total), told(new, posts), frozenset({new}), frozenset({new})),
        Compared(TEXTS, "二", told(), told(posts), frozenset(), frozenset()),
        Compared(TEXTS, "三", told(), told(), frozenset(), frozenset()),
    ]
    *_, row = measure_prose(texts, book)
    assert row == MeasuredProse(TEXTS, ALL, "", 3, 2, 3, 1, 1, 1, 2, 1)
    assert (row.precision, row.recall, row.f1) == pytest.approx((1 / 3, 1 / 2, 2 / 5))
    assert prose_line(row).endswith("；约数 1，标为约数 1；陷阱 2，误取 1")


def test_shares_of_nothing_are_whole():
    row = MeasuredProse(TEXTS, ALL, "")
    assert (row.precision, row.recall, row.f1) == (1, 1, 1)


def test_a_measurement_is_read_as_it_was_written(tmp_path):
    cells = [Measured("示例县", "2021", "pdf", 1, 2, 3, 4, 5, 6, 7, 8)]
    prose = [MeasuredProse(TEXTS, "req", "申请", 1, 2, 3, 4, 5, 6, 7, 8)]
    accuracy.written(cells, tmp_path / "cells.csv")
    accuracy.written_prose(prose, tmp_path / "prose.csv")
    assert accuracy.published(tmp_path / "cells.csv") == cells
    assert accuracy.published_prose(tmp_path / "prose.csv") == prose
    assert accuracy.published(tmp_path / "none.csv") == accuracy.published_prose(tmp_path / "none.csv") == []
