"""No pattern of prose.toml runs away, nor does the reader: ten times the text takes about ten times as long.

The texts for a pattern are the worst that can be made of its own characters: its literals in a row, each
repeated, and each before and behind fillers, digits and commas. Those for the reader are one sentence without
an end, of what makes a careless reader start over at every count. Time is the processor's own.
"""

import re
import time

import pytest

from dashboard import codebook
from dashboard.codebook_faults.prose import regular_expressions
from dashboard.extract.prose import prose_facts
from dashboard.extract.sections import Sentence
from dashboard.numbers import fold
from dashboard.paths import PROJECT

BOOK = codebook.load(PROJECT / "data" / "codebook")
PROSE = BOOK.prose
PATTERNS = dict(regular_expressions(PROSE)) | {
    "not_counts": "|".join(f"(?:{pattern})" for pattern in PROSE["not_counts"])
}
SIZES = (20, 200, SHORT := 2_000, LONG := 20_000)
#: A pattern that is quick on the long text needs no comparison, which on so short a time says nothing.
QUICK = 0.02
MOST_RATIO = 40
MOST_SECONDS = 2
#: Of a long list of alternatives so many literals are tried.
TRIED = 12


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
    start = time.process_time()
    for _ in compiled.finditer(text):
        pass
    compiled.search(text)
    return time.process_time() - start


def reading_seconds(text):
    """How long the reader takes over a text that is one sentence."""
    start = time.process_time()
    prose_facts([Sentence(text, fold(text), "一", 0)], BOOK, 2022)
    return time.process_time() - start


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


def test_every_pattern_is_tried():
    """Whatever in prose.toml is written like a regular expression is among those tried."""
    texts = [text for text in PROSE.values() if isinstance(text, str)]
    texts += [
        text
        for rules in PROSE.values()
        if isinstance(rules, list | tuple)
        for rule in rules
        if isinstance(rule, dict)
        for text in rule.values()
        if isinstance(text, str)
    ]
    assert {text for text in texts if re.search(r"[|\\\[(]", text)} <= set(PATTERNS.values())
    assert set(PROSE["not_counts"]) <= set(PATTERNS.values())


@pytest.mark.parametrize("where", PATTERNS)
def test_the_reader_is_quick_on_the_words_of_every_pattern(where):
    """Long runs of a pattern's own words, which is where a careless use of it goes round in circles."""
    words = re.findall(r"[\u4e00-\u9fff“”A-Za-z]+", re.sub(r"\(\?P<\w+>", "", PATTERNS[where])) or ["条"]
    for text in (repeated("".join(words), SHORT), repeated(words[0], SHORT) + "1条"):
        assert reading_seconds(text) < MOST_SECONDS, text[:40]


@pytest.mark.parametrize(
    "text",
    [
        "1234567890",
        "123,",
        "12条",
        "，",
        " ",
        "“甲”、",
        "海山",
        "各",
        "1条各",
        "微信公众号发布信息12条，",
        "政务动态、公示公告、",
        "低保、临时救助各12条",
        "答复答复1元",
        "分别1条、2条政务动态、公示公告",
        "“甲”、“乙”分别发布18条、40条",
        "未开设微信公众号和",
        "主办件",
        "人大代表建议主办件3件",
        "其中土地供应信息3条",
        "2019年",
        "2019年主动公开政府信息1条",
        "宣传宣传1条",
        "行政复议、行政诉讼、",
        "未发生行政复议、行政诉讼、",
        "行政复议、行政诉讼均为零、",
        "培训2次98人",
        "164期376条",
        "提案(含会办件2件)9件",
        "2件)",
        "(",
        "其中2件维持、1件纠正，",
        "6件，结转下年度",
        "复议、依申请公开收到2件",
        "发布信息170，",
        "由31件增加到2022年的28件",
    ],
)
def test_a_sentence_without_an_end_takes_time_in_proportion_to_its_length(text):
    """Both are the best of three: a busy machine makes a single time say nothing."""
    short, long = (min(reading_seconds(repeated(text, size)) for _ in range(3)) for size in (SHORT, LONG))
    assert long <= max(QUICK, MOST_RATIO / 2 * short), (short, long)
