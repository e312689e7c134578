"""What was read comes back from the cache exactly, or not at all."""

import ast
import dataclasses
import os
import sys
import time
from decimal import Decimal
from importlib.metadata import packages_distributions

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.limits import SHIPPED
from dashboard.model import STATUSES, CellReference, Fact, Finding, Reading
from dashboard.reading import Outcome, Read, outcome_of
from dashboard.reading import cache as reading_cache
from dashboard.reading.cache import LIBRARIES, ReadingCache, source_files
from dashboard.reading.codec import pack, unpack

DIGEST = "0" * 64

texts = st.text(st.characters(), max_size=12)  # lone surrogates too
numbers = st.none() | st.decimals(allow_nan=False)
scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | texts
    | st.decimals(allow_nan=False)
)
keys = texts | st.just("()") | st.integers() | st.tuples(texts, st.integers())
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(keys, inner, max_size=3)
    ),
    max_leaves=8,
)
facts = st.builds(
    Fact,
    texts,
    st.none() | texts,
    st.none() | texts,
    numbers,
    st.sampled_from(STATUSES),
    texts,
    st.none() | texts,
    st.sampled_from(["table", "narrative"]),
    st.dictionaries(texts | st.just("()"), values, max_size=4),
)
cells = st.builds(CellReference, texts, st.none() | texts, st.none() | texts, numbers, texts)
findings = st.builds(
    Finding,
    texts,
    st.sampled_from(["error", "warning", "info"]),
    texts,
    st.lists(cells, max_size=2).map(tuple),
)
readings = st.builds(
    Reading,
    st.none() | texts,
    st.none() | st.integers(),
    st.none() | texts,
    st.lists(facts, max_size=3).map(tuple),
    st.lists(findings, max_size=2).map(tuple),
)
reads = st.builds(
    Read, st.sampled_from(["original", "figures"]), readings, texts, st.dictionaries(texts, texts, max_size=3)
)
outcomes = st.builds(Outcome, st.lists(reads, max_size=2).map(tuple), texts, st.booleans(), st.booleans())


def shape(value):
    """A value with the type of every part of it and its parts in order: 1, 1.0, True, (1,) and [1] all differ."""
    if isinstance(value, dict):
        return dict, [(shape(key), shape(part)) for key, part in value.items()]
    if isinstance(value, list | tuple):
        return type(value), [shape(part) for part in value]
    if dataclasses.is_dataclass(value):
        return type(value), [shape(getattr(value, field.name)) for field in dataclasses.fields(value)]
    return type(value), repr(value)


@given(outcomes)
@settings(derandomize=True, deadline=None)
def test_what_was_kept_comes_back_exactly(outcome):
    """Decimals with their places, tuples as tuples, locators whatever they hold, in their order."""
    back = unpack(pack(outcome))
    assert shape(back) == shape(outcome)
    assert pack(back) == pack(outcome)


def test_a_locator_of_odd_things_is_not_kept_as_something_else():
    fact = Fact("req.new", None, None, Decimal(1), "reported", "1", "件", "table", {"quote": {1, 2}})
    outcome = Outcome((Read("original", Reading("示例局", 2020, None, (fact,)), "", {}),))
    with pytest.raises(TypeError, match="set"):
        pack(outcome)


@pytest.fixture
def outcome(book, document):
    return outcome_of(document("示例县民政局-2020"), book, None, None)


@pytest.fixture
def cache(folder, book):
    return ReadingCache(folder.readings, book, SHIPPED)


def only_file(folder):
    (path,) = folder.readings.iterdir()
    return path


def test_the_cache_gives_back_a_whole_report(cache, outcome):
    assert cache.get(DIGEST, None, None) is None
    cache.put(DIGEST, None, None, pack(outcome))
    assert cache.get(DIGEST, None, None) == outcome
    assert len(outcome.reads[0].reading.facts) > 100


def test_a_report_that_says_whose_it_is_need_not_be_read_for_its_agency_and_year(cache, outcome):
    """For any other agency or year it does."""
    cache.put(DIGEST, None, None, pack(outcome))
    assert cache.get(DIGEST, "示例县民政局", 2020) == outcome
    assert cache.get(DIGEST, "示例县民政局", 2021) is None
    assert cache.get(DIGEST, "示例县水利局", 2020) is None
    assert cache.get("1" * 64, "示例县民政局", 2020) is None


def test_what_was_given_is_part_of_what_was_read(cache, book, document):
    data = document("示例县民政局-2020")
    given_other = outcome_of(data, book, "示例县水利局", 2021)
    assert not given_other.as_told
    assert given_other.reads[0].reading.agency == "示例县水利局"
    cache.put(DIGEST, "示例县水利局", 2021, pack(given_other), as_told=given_other.as_told)
    assert cache.get(DIGEST, "示例县水利局", 2021) == given_other
    assert cache.get(DIGEST, None, None) is None
    assert outcome_of(data, book, "示例县民政局", 2020).as_told


def test_a_refusal_is_kept_as_well(cache, book):
    refused = outcome_of("今天天气很好。\n".encode(), book, None, None)
    assert refused.reads == ()
    cache.put(DIGEST, None, None, pack(refused))
    assert cache.get(DIGEST, None, None) == refused


@pytest.mark.parametrize("spoil", ["cut", "flipped", "empty", "foreign", "folder"])
def test_a_damaged_file_is_as_if_it_were_not_there(folder, cache, outcome, spoil):
    cache.put(DIGEST, None, None, pack(outcome))
    path = only_file(folder)
    data = path.read_bytes()
    path.unlink()
    if spoil == "folder":
        path.mkdir()
    else:
        spoilt = {"cut": data[:-20], "empty": b"", "foreign": b"{}"}
        path.write_bytes(spoilt.get(spoil, data[:900] + bytes([data[900] ^ 4]) + data[901:]))
    assert cache.get(DIGEST, None, None) is None


@given(st.data())
@settings(derandomize=True, deadline=None, max_examples=60)
def test_no_flipped_bit_goes_unnoticed(data):
    """But in the head of the file, which says nothing of a report."""
    head = 10
    fact = Fact("req.new", None, None, Decimal(7), "reported", "7", "件", "table", {"quote": "新收7件"})
    packed = bytearray(pack(Outcome((Read("original", Reading("示例局", 2020, None, (fact,)), "", {}),))))
    place = data.draw(st.integers(head, len(packed) - 1))
    packed[place] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(ValueError, match="no outcome of reading"):
        unpack(bytes(packed))


def test_another_codebook_or_limit_knows_nothing_of_it(folder, book, cache, outcome):
    """How long reading may take changes no reading, so it leaves the cache as it is."""
    cache.put(DIGEST, None, None, pack(outcome))
    other_book = dataclasses.replace(book, version="other")
    assert ReadingCache(folder.readings, other_book, SHIPPED).get(DIGEST, None, None) is None
    fewer_pages = dataclasses.replace(SHIPPED, pages=1)
    assert ReadingCache(folder.readings, book, fewer_pages).get(DIGEST, None, None) is None
    more_time = dataclasses.replace(SHIPPED, seconds=600)
    assert ReadingCache(folder.readings, book, more_time).get(DIGEST, None, None) == outcome


def test_only_what_is_old_and_was_not_asked_for_is_removed(folder, book, outcome):
    packed = pack(outcome)
    before = ReadingCache(folder.readings, book, SHIPPED)
    for digest in ("old", "used", "new"):
        before.put(digest, None, None, packed)
    paths = {digest: folder.readings / before._name(digest, None, None) for digest in ("old", "used", "new")}
    hour_ago = time.time() - 3600
    for digest in ("old", "used"):
        os.utime(paths[digest], (hour_ago, hour_ago))
    cache = ReadingCache(folder.readings, book, SHIPPED)
    assert cache.get("used", None, None) == outcome
    cache.remove_unused(time.time() - 60)
    assert {digest for digest, path in paths.items() if path.exists()} == {"used", "new"}


def test_a_place_that_cannot_be_written_is_no_error(folder, book, outcome):
    folder.root.write_text("a file, not a folder", "utf-8")
    cache = ReadingCache(folder.readings, book, SHIPPED)
    cache.put(DIGEST, None, None, pack(outcome))
    assert cache.get(DIGEST, None, None) is None


def imported(paths):
    """The top-level names of all modules that these files import."""
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                yield from (name.name.split(".")[0] for name in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield (node.module or "").split(".")[0]


def test_the_cache_knows_every_library_and_every_module_that_documents_are_read_with():
    """Another version of any of them may read otherwise."""
    package = reading_cache._PACKAGE
    parts = {path.relative_to(package).parts[0] for path in source_files()}
    assert {"readers", "extract", "checks", "numbers.py", "model.py", "codebook.py", "decoding.py"} <= parts
    assert not parts & {"ui", "charts", "gaps", "sql"}
    reading = [path for part in ("readers", "extract", "checks") for path in (package / part).rglob("*.py")]
    reading += [
        path for path in package.glob("*.py") if path.stem in ("figures", "numbers", "codebook", "decoding")
    ]
    foreign = set(imported(reading)) - set(sys.stdlib_module_names) - {"dashboard"}
    distributions = packages_distributions()
    assert {name.lower() for module in foreign for name in distributions[module]} <= set(LIBRARIES)
