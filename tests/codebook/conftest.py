"""A codebook to change."""

import shutil

import pytest


@pytest.fixture
def copy(tmp_path, pytestconfig):
    """A codebook of one's own to change."""
    return shutil.copytree(pytestconfig.rootpath / "data" / "codebook", tmp_path / "codebook")
