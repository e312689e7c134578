"""What the faults of several files share: patterns of codes, regular expressions, names that stand twice."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

Rows = Sequence[Mapping[str, Any]]


def matches(pattern: str, codes: set[str]) -> bool:
    """Whether a code, "stem.*" for all below the stem, or "*" for all names any indicator."""
    if pattern == "*" or pattern.endswith(".*"):
        return any(code.startswith(pattern[:-1]) for code in codes)
    return pattern in codes


def compiles(pattern: str) -> bool:
    """Whether a text is a regular expression."""
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True


def repeated(where: str, values: Iterable[str]) -> Iterator[str]:
    """One fault for each value that occurs more than once."""
    for value, count in Counter(values).items():
        if count > 1:
            yield f"{where}：{value} 出现 {count} 次"
