"""Patterns made of words, and what is surely in whatever a pattern matches."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import codebook
from dashboard.paths import PROJECT
from dashboard.patterns import core_of, group_of, longest_of

PROSE = codebook.load(PROJECT / "data" / "codebook").prose
WORDS = st.text("公开信息.(", min_size=1, max_size=4)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.lists(WORDS, min_size=1, unique=True), st.text("公开信息.(条", max_size=30))
def test_the_longest_word_is_found_as_in_a_list_of_all_of_them(words, text):
    listed = re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
    assert re.findall(longest_of(words), text) == listed.findall(text)


@pytest.mark.parametrize(
    ("pattern", "core"),
    [
        ("(?:属于|因)?行政执法案卷(?:的|申请){0,4}(?:不予公开)(?:的)?", "行政执法案卷"),
        ("转[载发][^,;。]{0,14}解读", "解读"),
        ("(?<![市村镇乡])低保(?!低边|边缘)", "低保"),
        ("解读|微博", ""),
        ("(?:解读|微博)", ""),
        ("日报?上", "日"),
        ("电视台*", "电视"),
        ("[解读]{2}", ""),
        (r"[^)(\]解]公开\(", "公开"),
        ("((解读)公开)微博?", "微"),
    ],
)
def test_the_core_of_a_pattern_is_in_whatever_it_matches(pattern, core):
    assert core_of(pattern) == core


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
