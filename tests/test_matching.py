"""Which row of the form a row is: by its label, its groups and the form's order."""

import pytest

from dashboard.extract.matching import Labels, match

RESULTS = ("（一）维持具体行政行为数", "（二）被依法纠错数", "（三）其他情形数")


@pytest.fixture(scope="module")
def sheet(book):
    return next(table for table in book.editions["2014"].tables if table.id == "S")


@pytest.fixture(scope="module")
def requests(book):
    return next(table for table in book.editions["2021"].tables if table.id == "3")


def bare(label):
    return label.translate(str.maketrans("（）、．“”", '()..""'))


def codes(labels, form):
    """What the rows are taken for; a label is a name, or a name with the groups printed beside it."""
    rows = [label if isinstance(label, Labels) else Labels(bare(label), ()) for label in labels]
    return [found.place[1].code if found.place else None for found in match(rows, form)]


def test_a_label_that_stands_twice_in_the_form_is_told_by_its_neighbours(sheet):
    """其他情形数 of reviews, then of suits."""
    rows = ["四、行政复议数量", RESULTS[2], "五、行政诉讼数量", RESULTS[2], "六、举报投诉数量"]
    assert codes(rows, sheet) == ["review.total", "review.other", "lit.total", "lit.other", "complaints"]


def test_a_label_that_fits_two_places_equally_well_is_taken_for_none(sheet):
    """Neither 四 nor 五 is there to tell whose 其他情形数 it is."""
    found = match([Labels(bare(RESULTS[2]), ())], sheet)
    assert [(row.place, row.is_ambiguous) for row in found] == [(None, True)]


def test_a_group_printed_beside_the_label_tells_too(requests):
    other = Labels("3.其他", ("(六)其他处理",))
    assert codes([other], requests) == ["req.outcome.other.misc"]


def test_a_row_of_another_group_is_not_taken(requests):
    """A label may not stand below a group that is not its own."""
    assert codes([Labels("1.属于国家秘密", ("(四)无法提供",))], requests) == [None]


def test_a_misprint_is_taken_for_the_row_it_is_like(requests):
    rows = ["1.属于国家秘密", "2.其他法律行政法禁止公开", "3.危及“三安全一稳定”"]
    assert codes(rows, requests)[1] == "req.outcome.denied.law_prohibited"
    assert not match([Labels(bare(row), ()) for row in rows], requests)[1].is_exact


def test_a_misprint_with_another_number_is_not_guessed(requests):
    """What is printed as the fourth reason may be the fourth, or the second."""
    assert codes(["4.其他法律行政法禁止公开"], requests) == [None]


def test_a_label_without_its_number_is_the_same_label(requests):
    assert codes(["属于国家秘密", "重复申请"], requests) == [
        "req.outcome.denied.state_secret",
        "req.outcome.not_processed.duplicate",
    ]


def test_an_exact_label_out_of_the_forms_order_keeps_its_place(requests):
    rows = ["（七）总计", "（一）予以公开", "（二）部分公开"]
    assert codes(rows, requests) == ["req.outcome.total", "req.outcome.granted", "req.outcome.partial"]


def test_text_that_is_like_no_row_is_no_row(requests):
    assert codes(["本表由办公室填写"], requests) == [None]
