"""Agencies, codes, units and the version."""

from dashboard import codebook

from .changing import replace


def test_an_agency_goes_by_one_name(book):
    for known in ("定海区民政局", "舟山市定海区民政局", "dinghai-civil-affairs"):
        assert book.agency_name(known) == "定海区民政局"
    assert book.agency_name("没有听说过的局") == "没有听说过的局"
    assert book.agency("没有听说过的局") is None


def test_a_pattern_of_codes_names_all_below_its_stem(book):
    assert set(book.matching("lit.direct.*")) == {
        f"lit.direct.{part}" for part in ("total", "upheld", "corrected", "other", "pending")
    }
    assert book.matching("req.new") == ("req.new",)


def test_every_figure_a_form_asks_for_has_a_unit(book):
    for edition in book.editions.values():
        for code, _ in edition.cells:
            assert book.indicators[code].unit_zh, code


def test_units_are_units(book):
    """A comma inside a field once shifted its row: no unit is a dimension, no dimension a unit."""
    assert {indicator.dimension for indicator in book.indicators.values()} <= {
        "none", "group", "account", "outlet", "level", "platform", "column", "topic",
    }  # fmt: skip
    assert not {indicator.unit_zh for indicator in book.indicators.values()} & {"none", "group", "requests"}
    assert {indicator.additive for indicator in book.indicators.values()} <= {
        "yes", "no", "alt", "partial", "subset",
    }  # fmt: skip


def test_a_change_of_any_file_is_another_version(book, copy):
    assert codebook.load(copy).version == book.version
    replace(copy, "groups.csv", ("Total", "Sum"))
    codebook.load.cache_clear()
    assert codebook.load(copy).version != book.version
