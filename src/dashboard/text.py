"""The words of the product: one TOML file a language, looked up by dotted key.

Owns the lookup only. Number and date formats are in formats.py; which language is shown is the
caller's business (Chinese is the default). English has what leaves the pages so far: the headlines.
"""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _words(language: str) -> dict[str, Any]:
    return tomllib.loads(files("dashboard").joinpath(f"text_{language}.toml").read_text("utf-8"))


def words(key: str, language: str = "zh", **values: object) -> str:
    """Return the text at `key` ("page.overview.title"), its {fields} filled with `values`.

    Raises KeyError when the key is not in the language's file: a missing word is a fault of the
    program, never shown as a blank.
    """
    node: Any = _words(language)
    for part in key.split("."):
        node = node[part]
    if not isinstance(node, str):
        raise KeyError(f"{key} is a group of texts, not a text")
    return node.format(**values) if values else node


def texts(key: str, language: str = "zh") -> dict[str, str]:
    """Return the whole table at `key` as a dict of plain texts (for labels looked up by code)."""
    node: Any = _words(language)
    for part in key.split("."):
        node = node[part]
    return {name: text for name, text in node.items() if isinstance(text, str)}
