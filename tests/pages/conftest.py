"""The data folders that the pages are opened on; each is built once a session."""

import shutil
from pathlib import Path

import pytest
import streamlit as st

from dashboard import intake
from dashboard.paths import ENVIRONMENT, PROJECT

from .driving import UNLISTED, copy_of_figures

ORIGINAL = Path(__file__).parent.parent / "data" / "示例县民政局-2020.txt"


@pytest.fixture(scope="session")
def shipped(tmp_path_factory):
    """A data folder with the shipped figures, built; the codebook is the shipped one."""
    folder = copy_of_figures(tmp_path_factory.mktemp("pages"))
    assert intake.build(folder).left_out == ()
    return folder


@pytest.fixture(scope="session")
def with_seed(tmp_path_factory, shared_folder):
    """As `shipped`, and the real report of 2020 added."""
    folder = copy_of_figures(tmp_path_factory.mktemp("seed"))
    intake.add(shared_folder / "seed" / "dinghai-civil-affairs-2020.txt", folder, "定海区民政局", 2020)
    assert intake.build(folder).left_out == ()
    return folder


@pytest.fixture(scope="session")
def unlisted(tmp_path_factory):
    """The report of a fictional agency that the codebook does not know."""
    path = tmp_path_factory.mktemp("unlisted") / f"{UNLISTED}-2020.txt"
    path.write_text(ORIGINAL.read_text(encoding="utf-8").replace("示例县民政局", UNLISTED), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def with_original(tmp_path_factory, unlisted):
    """The report of an agency that is not listed, beside the shipped figures."""
    folder = copy_of_figures(tmp_path_factory.mktemp("original"))
    intake.add(unlisted, folder)
    assert intake.build(folder).left_out == ()
    return folder


@pytest.fixture(scope="session")
def county(tmp_path_factory):
    """All that is shipped: the figures and the documents of the fictional county."""
    folder = copy_of_figures(tmp_path_factory.mktemp("county"))
    shutil.copytree(PROJECT / "data" / "documents", folder.documents)
    assert intake.build(folder).left_out == ()
    return folder


@pytest.fixture
def use(monkeypatch):
    """Makes the pages serve a data folder; afterwards nothing is remembered of it."""
    yield lambda folder: monkeypatch.setenv(ENVIRONMENT, str(folder.root))
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.fixture
def served(shipped, monkeypatch):
    """The shipped figures; answers are cached by the name of the database, so tests may share them."""
    monkeypatch.setenv(ENVIRONMENT, str(shipped.root))
    return shipped


@pytest.fixture
def own(tmp_path, use):
    """A folder of the test's own, to be changed."""
    folder = copy_of_figures(tmp_path / "own")
    use(folder)
    return folder
