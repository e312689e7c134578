"""Every text that the pages ask for is in text_zh.toml."""

import ast
import re

from dashboard.paths import PROJECT
from dashboard.text import texts

from .driving import (
    NAMES,
)


def keys(table, prefix=""):
    for name, value in table.items():
        yield f"{prefix}{name}"
        if isinstance(value, dict):
            yield from keys(value, f"{prefix}{name}.")


def patterns(node):
    """The keys an argument can be, as regular expressions; none where it is a variable."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [re.escape(node.value)]
    if isinstance(node, ast.JoinedStr):
        return [
            "".join(
                re.escape(part.value) if isinstance(part, ast.Constant) else r"\S+" for part in node.values
            )
        ]
    if isinstance(node, ast.IfExp):
        return patterns(node.body) + patterns(node.orelse)
    return []


def asked_keys(path):
    """Keys of texts that a file asks for; a helper of its own (w, said) puts its page's name before them."""
    tree = ast.parse(path.read_text("utf-8"))
    helpers = {"words": "", "texts": ""}
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
            first = call.args[0] if call.args else None
            if (
                getattr(call.func, "id", "") == "words"
                and isinstance(first, ast.JoinedStr)
                and len(first.values) == 2
            ):
                start, field = first.values
                parameters = [argument.arg for argument in function.args.args]
                if isinstance(start, ast.Constant) and getattr(field.value, "id", None) in parameters[:1]:
                    helpers.setdefault(function.name, str(start.value))
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = getattr(call.func, "id", "")
        if name in helpers and call.args:
            for pattern in patterns(call.args[0]):
                yield call.lineno, re.escape(helpers[name]) + pattern


SOURCES = [
    *sorted((PROJECT / "pages").glob("*.py")),
    *sorted((PROJECT / "src" / "dashboard").glob("*.py")),
    *sorted((PROJECT / "src" / "dashboard" / "ui").glob("*.py")),
    *sorted((PROJECT / "src" / "dashboard" / "charts").glob("*.py")),
    *sorted((PROJECT / "src" / "dashboard" / "gaps").glob("*.py")),
]


def test_every_text_that_is_asked_for_exists():
    import tomllib  # noqa: PLC0415 - here only

    table = tomllib.loads((PROJECT / "src" / "dashboard" / "text_zh.toml").read_text("utf-8"))
    known = list(keys(table))
    asked = [(path.name, line, key) for path in SOURCES for line, key in asked_keys(path)]
    assert len(asked) > 100
    assert [told for told in asked if not any(re.fullmatch(told[2], key) for key in known)] == []


def test_every_page_has_its_words():
    for name in NAMES:
        page = texts(f"page.{name}")
        assert page["name"]
        assert page["question"].endswith("？")
    assert sorted(path.stem for path in (PROJECT / "pages").glob("*.py")) == sorted(NAMES)
