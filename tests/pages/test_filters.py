"""Agency, year and first year: in the address, in the sidebar, in the links."""

import pytest

from dashboard.text import words

from .driving import DINGHAI, NAMES, open_page, plain, trouble


def test_the_first_agency_is_real_and_the_fictional_ones_are_marked_in_the_list(county, use):
    use(county)
    box = open_page("overview").sidebar.selectbox[0]
    assert box.value == DINGHAI
    marked = [option for option in box.options if option.endswith("（虚构）")]
    assert len(marked) == 6
    assert box.options[-6:] == marked


@pytest.mark.parametrize("name", NAMES)
def test_the_address_chooses_agency_year_and_first_year(served, name):
    at = open_page(name, agency=DINGHAI, year=2023, **{"from": 2021})
    assert [box.value for box in at.sidebar.selectbox] == [DINGHAI, 2023, 2021]
    at = open_page(name, agency="zhoushan-civil-affairs")
    assert [box.value for box in at.sidebar.selectbox][:2] == ["zhoushan-civil-affairs", 2024]


def test_an_address_that_names_nobody_opens_what_there_is(served):
    at = open_page("overview", agency="nobody", year="1999", **{"from": "abc"})
    assert trouble(at) == []
    assert [box.value for box in at.sidebar.selectbox] == [DINGHAI, 2024, 2020]
    assert at.query_params == {"agency": DINGHAI, "year": "2024", "from": "2020"}


@pytest.mark.parametrize("name", NAMES)
def test_choosing_a_year_changes_the_address(served, name):
    at = open_page(name, agency=DINGHAI, year=2024)
    at.sidebar.selectbox[1].set_value(2020).run()
    assert at.query_params["year"] == "2020"
    assert "2020 年度报告（全文）" in plain(at.main.caption[0].value)
    at.sidebar.selectbox[0].set_value("zhoushan-government-office").run()
    assert (at.query_params["agency"], at.query_params["year"]) == ("zhoushan-government-office", "2023")
    assert trouble(at) == []


def test_the_links_of_the_sidebar_keep_the_filters(served):
    at = open_page("gaps", agency=DINGHAI, year=2023, **{"from": 2021})
    links = at.sidebar.get("page_link")
    assert [link.proto.label for link in links] == [words(f"page.{name}.name") for name in NAMES]
    assert [link.proto.page for link in links] == NAMES
    for link in links:
        assert set(link.proto.query_string.split("&")) == {f"agency={DINGHAI}", "year=2023", "from=2021"}
