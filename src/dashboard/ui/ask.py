"""Cached answers for the pages: each query once for each version of the data.

The version is part of every cache key, so a new build is seen on the next run; caches are bounded.
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import codebook, gaps, queries
from dashboard.codebook import Codebook
from dashboard.gaps import settings, states
from dashboard.paths import data_folder
from dashboard.store import Store, published


@st.cache_resource
def store(folder: str) -> Store:
    """The store of a data folder, one a process."""
    return Store(data_folder(folder))


def current_store() -> Store:
    """The store of the data folder this app serves."""
    return store(str(data_folder().root))


def current_codebook() -> Codebook:
    """The codebook of the data folder this app serves."""
    return codebook.load(data_folder().codebook)


def ask(query: str, **values: Any) -> Any:  # noqa: ANN401 - what the query returns
    """The answer of a function of queries.py, cached for the published database."""
    return _answer(query, _published_name(), tuple(sorted(values.items())))


def ask_gaps(agency: str, year: int) -> list[gaps.Gap]:
    """The verdicts of all gap rules on a report, cached for the published database."""
    return _gaps(agency, year, _published_name(), current_codebook().version, _gap_settings())


def gap_rules() -> tuple[Mapping[str, Any], ...]:
    """The gap rules with the settings of this deployment, those set inactive too."""
    return settings.all_rules(current_codebook(), data_folder())


def gap_overrides() -> list[settings.Override]:
    """What this deployment sets otherwise than the product."""
    return settings.overrides(current_codebook(), data_folder())


def gap_decisions(agency: str, year: int) -> dict[states.Key, states.Decision]:
    """What holds of each gap of a report, by rule and item; never cached, for others write too."""
    return states.current(states.decisions(data_folder()), agency, year)


def record_decision(decision: states.Decision) -> None:
    """Keep a decision in the data folder. Raises DashboardError, fit to show, where that cannot be."""
    states.record(data_folder(), [decision])


def _gap_settings() -> str:
    path = data_folder().gap_settings
    return path.read_text("utf-8", "replace") if path.is_file() else ""


def frame(query: str, **values: Any) -> pd.DataFrame:  # noqa: ANN401 - SQL values
    """As `ask`, for queries that answer with a table."""
    found: pd.DataFrame = ask(query, **values)
    return found


def _published_name() -> str:
    return published(data_folder()).name


@st.cache_data(max_entries=512, show_spinner=False)
def _answer(query: str, published_name: str, values: tuple[tuple[str, Any], ...]) -> Any:  # noqa: ANN401, ARG001
    return getattr(queries, query)(current_store(), **dict(values))


@st.cache_data(max_entries=128, show_spinner=False)
def _gaps(
    agency: str,
    year: int,
    published_name: str,  # noqa: ARG001 - part of the key, as are the next two
    version: str,  # noqa: ARG001
    set_here: str,  # noqa: ARG001
) -> list[gaps.Gap]:
    return gaps.evaluate(current_store(), current_codebook(), agency, year)
