"""Changes to a copy of the codebook."""

import csv

import pytest

from dashboard import codebook
from dashboard.errors import CodebookError


def replace(folder, name, *pairs):
    text = (folder / name).read_text("utf-8")
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    (folder / name).write_text(text, "utf-8")


def problems(folder):
    with pytest.raises(CodebookError) as fault:
        codebook.load(folder)
    return fault.value.problems


def rewritten(folder, name, change):
    """The rows of a CSV of the codebook, changed and written back."""
    with (folder / name).open(encoding="utf-8", newline="") as file:
        rows = change(list(csv.DictReader(file)))
    with (folder / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
