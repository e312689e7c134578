"""The day of publication, and years without a report."""

from datetime import date

import pytest

from dashboard import intake
from dashboard.build import build
from dashboard.gaps import evaluate
from dashboard.store import Store

from ..small_databases import AGENCY, built, line
from .reports import REPORT


def test_a_year_missing_between_two_is_a_gap_and_others_are_none(put, folder, book):
    (gap,) = put(
        2021, "G23", line(2020, "proactive.total", 3, edition="2019"), line(2022, "proactive.total", 3)
    )
    assert (gap.verdict, gap.severity, gap.item) == ("short", "info", "2021 年年报")
    assert [evaluate(Store(folder), book, AGENCY, year) for year in (2019, 2023)] == [[], []]


def test_the_newest_year_of_the_district_that_is_not_in_is_undecided_and_no_fault(put, folder, book):
    (gap,) = put(
        2022,
        "G23",
        line(2020, "proactive.total", 3, edition="2019"),
        line(2022, "proactive.total", 3, agency="示例县教育局"),
    )
    assert (gap.verdict, gap.severity, gap.item) == ("undecided", "info", "2022 年年报")
    store = Store(folder)
    assert [len(evaluate(store, book, AGENCY, year)) for year in (2019, 2021, 2023)] == [0, 1, 0]
    assert evaluate(store, book, "示例县教育局", 2021) == []


@pytest.fixture
def published(folder, book, tmp_path):
    """The verdict and evidence of G01 on a document with lines at its head and end."""

    def judged(year, head="", end="", **given):
        path = tmp_path / "report.txt"
        path.write_text(REPORT.format(year=year, head=head, end=end), "utf-8")
        intake.add(path, folder, AGENCY, year, **given)
        build(folder)
        found = [gap for gap in evaluate(Store(folder), book, AGENCY, year) if gap.rule == "G01"]
        return [(gap.verdict, gap.severity) for gap in found]

    return judged


@pytest.mark.parametrize(
    ("year", "head", "end", "told"),
    [
        (2021, "发布日期：2022-01-31", "", ("met", "info")),
        (2021, "发布时间：2022年2月1日 来源：本局", "", ("short", "red")),
        (2021, "2022-02-01", "", ("short", "red")),
        (2021, "", "示例县民政局\n2022年2月1日", ("short", "red")),
        (2021, "", "示例县民政局\n2022年1月20日", ("undecided", "info")),
        (2021, "", "", ("undecided", "info")),
        (2021, "发布日期：2022-01-20\n公布日期：2022-02-20", "", ("undecided", "info")),
        (2021, "成文日期：2022-02-20", "", ("undecided", "info")),
        (2017, "发布日期：2018-03-31", "", ("met", "info")),
        (2017, "发布日期：2018-04-01", "", ("short", "red")),
    ],
)
def test_the_day_of_publication_against_the_law_of_its_time(published, year, head, end, told):
    assert published(year, head, end) == [told]


def test_what_was_said_on_adding_goes_before_what_the_document_says(published):
    assert published(2021, "发布日期：2022-02-20", published=date(2022, 1, 20)) == [("met", "info")]


def test_a_government_has_until_march(folder, book):
    store = built(folder, [line(2022, "proactive.total", 3, agency="舟山市人民政府")])
    found = [gap for gap in evaluate(store, book, "舟山市人民政府", 2022) if gap.rule == "G01"]
    assert ["2023-03-31" in gap.evidence for gap in found] == [True]
