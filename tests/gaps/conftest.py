"""The rules put to a report of the test's own."""

import pytest

from dashboard.gaps import evaluate

from ..small_databases import AGENCY, built


@pytest.fixture
def put(folder, book):
    """The rules put to a report of figures: (verdict, item) by rule, or the gaps of one rule."""

    def judged(year, rule, *lines):
        store = built(folder, lines)
        return [gap for gap in evaluate(store, book, AGENCY, year) if gap.rule == rule]

    return judged
