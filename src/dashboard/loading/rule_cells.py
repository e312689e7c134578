"""Families of checks: what the ids of rules begin with (T2 of T2-01), and what each can test.

A family can test a report on a form that its rules are put to, by the indicators that they name.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from dashboard.codebook import Codebook


def rule_cells(book: Codebook) -> set[tuple[str, str, str]]:
    """(family, edition, indicator) for every indicator that a rule of the codebook names."""
    return {
        (str(rule["id"]).split("-")[0], edition, code)
        for rule in book.rules
        for edition in rule.get("editions", book.editions)
        if edition not in rule.get("not_editions", ())
        for code in _indicators(rule, book)
    }


def _indicators(rule: Mapping[str, Any], book: Codebook) -> Iterator[str]:
    for text in _texts(rule):
        for stem in rule.get("stems", ("",)):
            yield from (
                code for code in book.matching(text.replace("{stem}", stem)) if code in book.indicators
            )


def _texts(node: Any) -> Iterator[str]:  # noqa: ANN401 - whatever a TOML file holds
    """Every text in a rule, however deep."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, Mapping | list):
        for part in node.values() if isinstance(node, Mapping) else node:
            yield from _texts(part)
