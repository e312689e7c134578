"""Cached answers for the pages: each query once for each version of the data.

The version is part of every cache key, so a new build is seen on the next run; caches are bounded.
"""

from typing import Any

import pandas as pd
import streamlit as st

from dashboard import codebook, gaps, queries
from dashboard.codebook import Codebook
from dashboard.paths import data_folder
from dashboard.store import Store, published


@st.cache_resource
def store(folder: str, corrected: bool = False) -> Store:
    """The store of a data folder, one a process for what was published, one for what is corrected."""
    return Store(data_folder(folder), corrected=corrected)


def current_store(*, corrected: bool = False) -> Store:
    """The store of the data folder this app serves."""
    return store(str(data_folder().root), corrected)


def current_codebook() -> Codebook:
    """The codebook of the data folder this app serves."""
    return codebook.load(data_folder().codebook)


def ask(query: str, *, corrected: bool = False, **values: Any) -> Any:  # noqa: ANN401 - what the query returns
    """The answer of a function of queries.py, cached for the published database; as published or `corrected`."""
    return _answer(query, _published_name(), corrected, tuple(sorted(values.items())))


def ask_gaps(agency: str, year: int, *, corrected: bool = False) -> list[gaps.Gap]:
    """The verdicts of all gap rules on a report, cached for the published database."""
    return _gaps(agency, year, _published_name(), current_codebook().version, corrected)


def frame(query: str, *, corrected: bool = False, **values: Any) -> pd.DataFrame:  # noqa: ANN401 - SQL values
    """As `ask`, for queries that answer with a table."""
    found: pd.DataFrame = ask(query, corrected=corrected, **values)
    return found


def _published_name() -> str:
    return published(data_folder()).name


@st.cache_data(max_entries=512, show_spinner=False)
def _answer(
    query: str,
    published_name: str,  # noqa: ARG001 - part of the key
    corrected: bool,
    values: tuple[tuple[str, Any], ...],
) -> Any:  # noqa: ANN401 - what the query returns
    return getattr(queries, query)(current_store(corrected=corrected), **dict(values))


@st.cache_data(max_entries=128, show_spinner=False)
def _gaps(
    agency: str,
    year: int,
    published_name: str,  # noqa: ARG001 - part of the key
    version: str,  # noqa: ARG001 - as above
    corrected: bool,
) -> list[gaps.Gap]:
    return gaps.evaluate(current_store(corrected=corrected), current_codebook(), agency, year)
