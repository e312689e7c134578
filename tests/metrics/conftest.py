"""A small database for each test."""

import pytest

from ..small_databases import built


@pytest.fixture
def ask(folder):
    """A small database from lines of a figures file."""
    return lambda *lines: built(folder, lines)
