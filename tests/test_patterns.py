"""Patterns made of words, and what is surely in whatever a pattern matches."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import codebook
from dashboard.numbers import fold
from dashboard.paths import PROJECT
from dashboard.patterns import group_of, longest_of, words_of

PROSE = codebook.load(PROJECT / "data" / "codebook").prose
WORDS = st.text("公开信息.(", min_size=1, max_size=4)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.lists(WORDS, min_size=1, unique=True), st.text("公开信息.(条", max_size=30))
def test_the_longest_word_is_found_as_in_a_list_of_all_of_them(words, text):
    listed = re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
    assert re.findall(longest_of(words), text) == listed.findall(text)


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("(?:属于|因)?行政执法案卷(?:的|申请){0,4}(?:不予公开)(?:的)?", {"行政执法案卷"}),
        ("转[载发][^,;。]{0,14}解读", {"解读"}),
        ("(?<![市村镇乡])低保(?!低边|边缘)", {"低保"}),
        ("解读|微博", {"解读", "微博"}),
        ("(?:解读|(?P<item>微博)上)公", {"解读", "微博"}),
        ("(?:解读|微?)", set()),
        ("解读|[^。]", set()),
        ("日报?上", {"日"}),
        ("电视台*", {"电视"}),
        ("[解读]{2}", set()),
        ("[“「]{1}[^”]{2}[”」]", {"”", "」"}),
        (r"[^)(\]解]公开\(", {"公开"}),
        ("((解读)公开)微博?", {"解读"}),
        ("[^解]{0,10}12345(?:政务)?热线", {"12345"}),
        (r"\u4e00{2,3}(?:123){2}", set()),
        (r"(?=公开)\d[a-z]", set()),
    ],
)
def test_whatever_a_pattern_matches_has_one_of_its_words(pattern, words):
    assert words_of(pattern) == words


def test_whatever_the_patterns_of_counts_match_has_one_of_their_words():
    rules = [rule for rule in PROSE["count"] if "pattern" in rule]
    texts = [fold(example["text"]) for rule in PROSE["count"] for example in rule.get("examples", ())]
    hits = [(rule, hit) for rule in rules for text in texts for hit in re.finditer(rule["pattern"], text)]
    for rule, hit in hits:
        words = words_of(rule["pattern"])
        assert not words or any(word in hit.group() for word in words), (rule["pattern"], hit)
    assert len(hits) > len(rules)


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("(?P<words>无|没有)申请", "(?:无|没有)"),
        (r"(?P<names>[^,(]{2,4}?)(?P<words>(?:无|没有)[)(]\((?:件)?)(?=$)", r"(?:(?:无|没有)[)(]\((?:件)?)"),
    ],
)
def test_a_group_stands_by_itself_with_all_that_is_in_it(pattern, words):
    assert group_of(pattern, "words") == words


def test_a_group_that_is_not_there_is_said():
    with pytest.raises(ValueError, match="not found"):
        group_of("(?:无)", "words")


def test_where_a_zero_is_told_its_words_are_found_alone():
    texts = [example["text"] for rule in PROSE["nil"] for example in rule["examples"]]
    for rule in PROSE["nil"]:
        told = [text for text in texts if re.search(rule["pattern"], text)]
        assert all(re.search(group_of(rule["pattern"], "words"), text) for text in told)
    assert len(texts) >= len(PROSE["nil"])
