"""No pattern of prose.toml runs away: on ten times the text each takes about ten times as long, whatever the text.

The texts are the worst that can be made of a pattern's own characters: its literals in a row, each repeated,
and each before and behind fillers, digits and commas.
"""

import re
import time

import pytest

from dashboard import codebook
from dashboard.paths import PROJECT

PROSE = codebook.load(PROJECT / "data" / "codebook").prose
KEYS = (
    "pattern",
    "when",
    "unless",
    "unless_before",
    "unless_statement",
    "antecedent",
    "between",
    "name",
    "words",
)
SINGLE = ("part_year", "part_frame", "all_time", "plans", "other_years", "same_thing")
SIZES = (20, 200, SHORT := 2_000, LONG := 20_000)
#: A pattern that is quick on the long text needs no comparison, which on so short a time says nothing.
QUICK = 0.02
MOST_RATIO = 40
MOST_SECONDS = 2
#: Of a long list of alternatives so many literals are tried.
TRIED = 12


def patterns():
    """Every regular expression of prose.toml by where it stands."""
    found = {}
    for kind, rules in PROSE.items():
        if isinstance(rules, list | tuple) and rules and isinstance(rules[0], dict):
            for place, rule in enumerate(rules, start=1):
                named = {key: rule[key] for key in KEYS if isinstance(rule.get(key), str)}
                if kind in ("topic", "part"):
                    named.pop("name" if kind == "topic" else "", None)
                found |= {f"{kind} {place} {key}": pattern for key, pattern in named.items()}
    found |= {f"not_counts {place}": pattern for place, pattern in enumerate(PROSE["not_counts"], start=1)}
    found["not_counts"] = "|".join(f"(?:{pattern})" for pattern in PROSE["not_counts"])
    found |= {key: PROSE[key] for key in SINGLE if key in PROSE}
    return found | {f"statements {key}": pattern for key, pattern in PROSE["statements"].items()}


PATTERNS = patterns()


def repeated(text, size):
    return (text * (size // len(text) + 1))[:size]


def worst(pattern):
    """Short texts that, repeated, are the worst for a pattern."""
    literals = list(dict.fromkeys(re.findall(r"[\u4e00-\u9fff]+", re.sub(r"\\.|\(\?P<\w+>", "", pattern))))
    every = "".join(literals) or "条"
    filler = "".join(PROSE["fillers"][:40])
    plain = [every, filler, "1", "12,345", ",", "、", "“", "”", "(", " ", "1条", "一"]
    around = [
        f"{literal}{other}" for literal in literals[:TRIED] for other in ("", "1", ",", "信息", "“", "1条、")
    ]
    return plain + around + [f"{filler[:6]}{literals[0]}" if literals else filler]


def seconds(compiled, text):
    """How long a pattern takes as the reader runs it: every match, and the first one."""
    start = time.perf_counter()
    for _ in compiled.finditer(text):
        pass
    compiled.search(text)
    return time.perf_counter() - start


def taken(compiled, text):
    """The seconds for a text of each size in turn; what is already slow on a short one is not put on a longer."""
    found = {}
    for size in SIZES:
        whole = repeated(text, size)
        found[size] = min(seconds(compiled, whole) for _ in range(1 if size == LONG else 3))
        if found[size] > max(0.002, MOST_SECONDS * size / LONG):
            break
    return found


@pytest.mark.parametrize("where", PATTERNS)
def test_a_pattern_takes_time_in_proportion_to_the_text(where):
    compiled = re.compile(PATTERNS[where])
    for text in worst(PATTERNS[where]):
        found = taken(compiled, text)
        assert LONG in found, (text, found)
        assert found[LONG] <= max(QUICK, MOST_RATIO * found[SHORT]), (text, found)
        assert found[LONG] <= MOST_SECONDS, (text, found)


def test_every_kind_of_pattern_is_tried():
    tried = {re.sub(r" \d+", "", where) for where in PATTERNS}
    assert {"count pattern", "nil pattern", "not_counts", "statements promises"} <= tried
    known = {
        f"{kind} {key}"
        for kind, rules in PROSE.items()
        if isinstance(rules, list | tuple)
        for rule in rules
        if isinstance(rule, dict)
        for key in KEYS
        if isinstance(rule.get(key), str)
    }
    assert known - tried <= {"topic name"}
