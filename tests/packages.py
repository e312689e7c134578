"""Zip packages made for the tests of readers."""

import io
import zipfile
from collections.abc import Mapping
from typing import Final

#: The namespace of the text of Word documents.
W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def package(parts: Mapping[str, str | bytes]) -> bytes:
    """A package with these parts, by their name."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return held.getvalue()
