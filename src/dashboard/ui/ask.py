"""Cached answers for the pages: each query once for each version of the data.

The version is part of every cache key, so a new build is seen on the next run; caches are bounded.
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import changes, codebook, gaps, queries
from dashboard.codebook import Codebook
from dashboard.gaps import settings, states
from dashboard.paths import data_folder
from dashboard.store import Store, published

#: In the address: figures as corrected.
CORRECTED = "corrected"


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


def is_corrected() -> bool:
    """Whether the person wants corrected figures: the address says so, so that a link keeps it."""
    return st.query_params.get(CORRECTED) == "1"


def ask(query: str, **values: Any) -> Any:  # noqa: ANN401 - what the query returns
    """The answer of a question of queries/, cached for the published database; as published or as corrected."""
    return _answer(query, _published_name(), is_corrected(), tuple(sorted(values.items())))


def ask_gaps(agency: str, year: int) -> list[gaps.Gap]:
    """The verdicts of all gap rules on a report, cached for the published database."""
    return _gaps(agency, year, _published_name(), current_codebook().version, _gap_settings(), is_corrected())


def ask_changes(agency: str) -> list[dict[str, Any]]:
    """What is otherwise than in the database before, for an agency, with what gap rules say of it."""
    return _changes(agency, _published_name(), current_codebook().version)


def gap_rules() -> tuple[Mapping[str, Any], ...]:
    """The gap rules with the settings of this deployment, those set inactive too."""
    return settings.all_rules(current_codebook(), data_folder())


def gap_overrides() -> list[settings.Override]:
    """What this deployment sets otherwise than the product."""
    return settings.overrides(current_codebook(), data_folder())


def gap_decisions(agency: str, year: int) -> list[states.Decision]:
    """What the office said of the gaps of a report, oldest first; never cached, for others write too."""
    return states.of_report(states.decisions(data_folder()), agency, year)


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
    published_name: str,  # noqa: ARG001 - part of the key, as are the next two
    version: str,  # noqa: ARG001
    set_here: str,  # noqa: ARG001
    corrected: bool,
) -> list[gaps.Gap]:
    return gaps.evaluate(current_store(corrected=corrected), current_codebook(), agency, year)


@st.cache_data(max_entries=32, show_spinner=False)
def _changes(
    agency: str,
    published_name: str,  # noqa: ARG001 - part of the key, as is the next
    version: str,  # noqa: ARG001
) -> list[dict[str, Any]]:
    return changes.changes(current_store(), current_codebook(), agency)
