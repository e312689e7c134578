"""Reports that are added and not yet built."""

import pytest

from dashboard import intake


@pytest.fixture
def received(folder, document, tmp_path):
    """A data folder with both reports of the fictional agency added, and not yet built."""
    for name in ("示例县民政局-2020", "示例县民政局-2022"):
        path = tmp_path / f"{name}.txt"
        path.write_bytes(document(name))
        intake.add(path, folder, address=f"http://example.org/{name}")
    return folder
