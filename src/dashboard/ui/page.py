"""How every page starts: its settings, the sidebar, the filters kept in the address.

Each page stands alone (a deep link in a fresh process runs the page file without app.py), so its
body is `with ui.page("requests") as view:`. The block also catches what goes wrong inside: the
person sees in Chinese what to do, the log gets the traceback.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlencode

import pandas as pd
import streamlit as st
from streamlit.errors import StreamlitPageNotFoundError

from dashboard.errors import DashboardError, NoDatabase
from dashboard.paths import PROJECT
from dashboard.rows import records
from dashboard.text import words
from dashboard.ui.ask import CORRECTED, ask, frame, is_corrected

log = logging.getLogger(__name__)
Choice = TypeVar("Choice", str, int)

#: The pages in the order of the sidebar, in the groups of PRODUCT.md, with their icons.
PAGES: dict[str, dict[str, str]] = {
    "results": {
        "overview": "dashboard",
        "requests": "inbox",
        "channels": "campaign",
        "welfare": "volunteer_activism",
        "proactive": "gavel",
    },
    "problems": {"gaps": "rule", "compare": "groups"},
    "data": {"quality": "verified"},
}
_LOGO = Path(__file__).with_name("logo.svg")
_WIDE_LOGO = Path(__file__).with_name("logo_wide.svg")
_YEARS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class View:
    """What the person is looking at: an agency, a year, the years shown, and the year's report."""

    agency: str
    year: int
    first_year: int
    report: pd.Series | None
    report_years: tuple[int, ...]
    is_example: bool
    corrections: int = 0

    @property
    def years(self) -> range:
        """The years that trends on this page cover."""
        return range(self.first_year, self.year + 1)

    @property
    def missing_years(self) -> list[int]:
        """The years shown that have no report."""
        return [year for year in self.years if year not in self.report_years]


def page_file(name: str) -> str:
    """The path of a page, as st.page_link and st.Page want it."""
    return f"pages/{name}.py"


@contextmanager
def page(name: str) -> Iterator[View]:
    """Run the body of a page with the view the person chose; show a Chinese notice if it cannot."""
    st.set_page_config(
        page_title=f"{words(f'page.{name}.name')} · {words('app.title')}", page_icon=str(_LOGO), layout="wide"
    )
    with _told_in_chinese(name):
        view = _start()
        yield view


@contextmanager
def _told_in_chinese(name: str) -> Iterator[None]:
    """Turn what goes wrong inside into a notice and end the run; the log gets the traceback."""
    try:
        yield
    except NoDatabase:
        _notice("no_database")
    except DashboardError as fault:
        log.warning("%s: %s", name, fault)
        st.warning(str(fault), icon=":material/error:")
    except Exception:
        log.exception("page %s failed", name)
        _notice("failed")
    else:
        return
    st.stop()


def _start() -> View:
    st.logo(str(_WIDE_LOGO), size="large", icon_image=str(_LOGO))
    with st.sidebar:
        links = st.container(gap="xxsmall")
        st.divider()
        agencies = frame("agencies")
        if agencies.empty:
            _notice("no_reports")
            st.stop()
        view = _choose(agencies)
        _version()
    with links:
        _links()
    return view


def _links() -> None:
    """Links to the pages that keep the filters; Streamlit marks the current one."""
    told = st.query_params.to_dict()
    for group, pages in PAGES.items():
        st.caption(words(f"nav.{group}"))
        for name, icon in pages.items():
            label = words(f"page.{name}.name")
            try:
                st.page_link(
                    page_file(name),
                    label=label,
                    icon=f":material/{icon}:",
                    width="stretch",
                    query_params=told,
                )
            except StreamlitPageNotFoundError:  # the page file itself was started: it has no siblings
                st.markdown(f"[{label}]({name}?{urlencode(told)})")


def _choose(agencies: pd.DataFrame) -> View:
    known = {row["code"] or row["name"]: row for row in records(agencies)}
    codes = list(known)
    named = {code: str(row["name"]) for code, row in known.items()}
    code = _filter("agency", codes, codes[0], lambda told: _agency_label(known[told]))
    reports = frame("reports", agency=named[code])
    spoken = reports[reports["speaks"]]
    with_report = tuple(int(year) for year in spoken["year"])
    newest = max(with_report)
    every = list(range(min(with_report), ask("newest_year", agency=named[code]) + 1))
    year = _filter("year", every[::-1], newest, lambda told: _year_label(told, with_report), of=code)
    earlier = [told for told in every if told <= year]
    first = _filter("from", earlier, earlier[-_YEARS_SHOWN:][0], str, of=f"{code}-{year}")
    mine = spoken[spoken["year"] == year]
    return View(
        named[code],
        year,
        first,
        None if mine.empty else mine.iloc[0],
        with_report,
        known[code]["kind"] != "real",
        _offer_corrected(named[code]),
    )


def _offer_corrected(agency: str) -> int:
    """A switch between what was published and what is corrected, where the agency has corrections; how many."""
    count = len(frame("corrections", agency=agency))
    if count:
        wanted = st.toggle(words("filter.corrected", count=count), is_corrected(), key="filter-corrected")
        if wanted != is_corrected():
            st.query_params[CORRECTED] = "1" if wanted else "0"
            st.rerun()
    return count


def _filter(
    name: str, options: Sequence[Choice], default: Choice, shown: Callable[[Any], str], *, of: str = ""
) -> Choice:
    """A select box whose value is always in the address, so that a link reopens the same view.

    `of` is what the options depend on: another agency's years are another box.
    """
    told = st.query_params.get(name)
    chosen = next((option for option in options if str(option) == told), default)
    place = list(options).index(chosen)
    box = st.selectbox(
        words(f"filter.{name}"), options, index=place, format_func=shown, key=f"filter-{name}-{of}"
    )
    value = chosen if box is None else box
    if told != str(value):
        st.query_params[name] = str(value)
    return value


def _agency_label(agency: dict[str, Any]) -> str:
    return str(agency["name"]) if agency["kind"] == "real" else words("filter.example", name=agency["name"])


def _year_label(year: int, with_report: tuple[int, ...]) -> str:
    return str(year) if year in with_report else words("filter.year_missing", year=year)


def _version() -> None:
    told = ask("version")
    received = f"{told['received']} · " if told["received"] else ""
    st.caption(words("app.version", received=received, data=told["data"]))


def _notice(name: str) -> None:
    st.info(words(f"notice.{name}"), icon=":material/info:")


def run() -> None:
    """The navigation of app.py: the pages of PAGES, and a hidden default that opens the overview."""

    def home() -> None:
        st.switch_page(overview, query_params=st.query_params.to_dict())

    listed = {
        name: st.Page(PROJECT / page_file(name), title=words(f"page.{name}.name"), url_path=name)
        for group in PAGES.values()
        for name in group
    }
    overview = listed["overview"]
    start = st.Page(home, title=words("app.title"), default=True, visibility="hidden")
    st.navigation([start, *listed.values()], position="hidden").run()
