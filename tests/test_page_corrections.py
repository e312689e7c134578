"""Corrections on the pages: what was published stands until the switch is turned, and the address keeps it."""

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard import intake
from dashboard.paths import ENVIRONMENT, PROJECT

HEADER = "agency,year,edition,indicator,group,item,value,status,unit,source,address,note"
CORRECTION = """
[[correction]]
agency = "示例县民政局"
year = 2022
indicator = "site.dynamics.posts"
was = 90
value = 96
reason = "台账核对，漏计 6 条"
by = "办公室"
on = 2023-03-01
"""


@pytest.fixture
def office(folder, monkeypatch):
    """A report of 2022 with a column of 90 posts, corrected to 96 afterwards."""
    folder.figures.mkdir(parents=True)
    lines = [HEADER, "示例县民政局,2022,2021,site.dynamics.posts,,,90,,,narrative,,"]
    (folder.figures / "office.csv").write_text("\n".join(lines) + "\n", "utf-8")
    (folder.root / "corrections.toml").write_text(CORRECTION, "utf-8")
    assert intake.build(folder).left_out == ()
    monkeypatch.setenv(ENVIRONMENT, str(folder.root))
    yield folder
    st.cache_data.clear()
    st.cache_resource.clear()


def opened(page, **address):
    at = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=120)
    for name, value in {"agency": "example-civil-affairs", "year": "2022", **address}.items():
        at.query_params[name] = value
    at = at.switch_page(f"pages/{page}.py").run()
    assert not at.exception
    return at


def dynamics(at):
    return next(tile.value for tile in at.metric if tile.label == "政务动态")


def test_what_was_published_stands_until_the_switch_is_turned(office):
    at = opened("overview")
    assert dynamics(at) == "90 条"
    assert any("另有 1 处更正" in caption.value for caption in at.caption)
    at.sidebar.toggle(key="filter-corrected").set_value(True).run()
    assert dynamics(at) == "96 条"
    assert any("1 处与公布的不同" in caption.value for caption in at.caption)
    assert at.query_params["corrected"] in ("1", ["1"])


def test_an_address_opens_the_corrected_figures(office):
    assert dynamics(opened("overview", corrected="1")) == "96 条"


def test_the_page_of_quality_lists_what_was_corrected_and_why(office):
    at = opened("quality")
    table = next(table.value for table in at.dataframe if "何人、何日" in table.value.columns)
    assert table.iloc[0].to_dict() == {
        "年度": 2022,
        "项目": "政务动态发布数",
        "原为": "90",
        "现为": "96",
        "理由": "台账核对，漏计 6 条",
        "何人、何日": "办公室 2023-03-01",
    }


def test_an_agency_without_corrections_has_no_switch(office):
    (office.root / "corrections.toml").unlink()
    intake.build(office)
    at = opened("overview")
    assert len(at.sidebar.toggle) == 0
