"""A small database for each test."""

import pytest

from ..small_databases import built


@pytest.fixture
def store(folder):
    """The store of a small database built from lines of a figures file."""
    return lambda *lines: built(folder, lines)
