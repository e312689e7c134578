"""The example county: its documents are complete and made again alike, and the product reads them without a mistake."""

import csv
import hashlib
import re
from collections import Counter
from decimal import Decimal
from functools import cache
from itertools import pairwise

import pytest
from rapidfuzz import fuzz

from dashboard.build import read_bytes
from dashboard.forms import EXAMPLE_MARK
from dashboard.paths import PROJECT
from dashboard.readers import read as read_document

from .county import truth
from .county.documents import file_of, source_of
from .county.identities import between
from .county.report import plans, report_of
from .county.story import AGENCIES

DOCUMENTS = PROJECT / "data" / "documents"
FORMATS = ("txt", "docx", "html", "pdf", "xlsx", "xls")
MADE_BY_LIBREOFFICE = ("pdf", "xls")
MOST_BYTES = 6_000_000
LEAST_FLAWLESS = 0.6
LEAST_READ = 0.8
ALIKE = 80


@cache
def listed(name):
    with (DOCUMENTS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


FILES = [row["file"] for row in listed("expected_reports.csv")]
each_file = pytest.mark.parametrize("file", FILES)


@pytest.fixture(scope="module")
def reports(book):
    """Every report as the generator makes it, by its file."""
    return {file_of(report): report for report in (report_of(plan, book) for plan in plans())}


@pytest.fixture(scope="module")
def reading(book):
    """What is read of a document, checked; each is read once."""
    return cache(lambda file: read_bytes((DOCUMENTS / file).read_bytes(), book)[0].reading)


@cache
def cells_of(file):
    """The cells that are not blank, with their value and status; cells that are not printed are absent."""
    return {
        (row["indicator"], row["group"] or None): (
            Decimal(row["value"]) if row["value"] else None,
            row["status"],
        )
        for row in listed("expected.csv")
        if row["file"] == file
    }


def flaws_of(file, scope="report"):
    return [row for row in listed("flaws.csv") if row["file"] == file and row["scope"] == scope]


def is_said(flaw, finding):
    """Whether a finding is of this flaw: its rule, and its cell where the finding names any."""
    cells = {(cell.indicator, cell.group or "") for cell in finding.cells}
    return finding.rule == flaw["rule"] and (
        not flaw["indicator"] or not cells or (flaw["indicator"], flaw["group"]) in cells
    )


def test_the_manifest_lists_every_document_with_its_digest():
    entries = {row["file"]: row for row in listed("documents.csv") if truth.is_ours(row["agency"])}
    kept = {
        str(path.relative_to(DOCUMENTS))
        for agency in AGENCIES.values()
        for path in (DOCUMENTS / agency.name).rglob("*")
        if path.is_file()
    }
    assert entries.keys() == kept == {*FILES}
    for file, entry in entries.items():
        assert hashlib.sha256((DOCUMENTS / file).read_bytes()).hexdigest() == entry["sha256"], file
        assert entry["file"].startswith(f"{entry['agency']}/{entry['year']}/")


def test_every_edition_occurs_in_every_format(book):
    met = {(row["edition"], row["format"]) for row in listed("expected_reports.csv")}
    assert met == {(edition, kind) for edition in book.editions for kind in FORMATS}


def test_the_documents_and_lists_are_small():
    assert sum(path.stat().st_size for path in DOCUMENTS.rglob("*") if path.is_file()) < MOST_BYTES


def test_the_agencies_are_known_as_examples(book):
    for agency in AGENCIES.values():
        row = book.agency(agency.name)
        assert (row["code"], row["kind"]) == (agency.code, "example")
        assert book.agency_name(agency.former or agency.name) == agency.name


def a_dozen():
    """One document of every edition and format that we write ourselves."""
    met = {}
    for row in listed("expected_reports.csv"):
        if row["format"] not in MADE_BY_LIBREOFFICE:
            met.setdefault((row["edition"], row["format"]), row["file"])
    return met.values()


@pytest.mark.parametrize("file", a_dozen())
def test_a_document_is_the_same_bytes_whenever_it_is_made(book, reports, file):
    assert source_of(reports[file], book) == (DOCUMENTS / file).read_bytes()


def test_what_libreoffice_made_was_made_from_what_would_be_made_now(book, reports):
    for row in listed("expected_reports.csv"):
        if row["format"] in MADE_BY_LIBREOFFICE:
            source = source_of(reports[row["file"]], book)
            assert hashlib.sha256(source).hexdigest() == row["made_from"], row["file"]


def test_the_lists_are_what_the_generator_writes(reports):
    made_from = {row["file"]: row["made_from"] for row in listed("expected_reports.csv")}
    for name, text in truth.lists([*reports.values()], DOCUMENTS, made_from):
        assert (DOCUMENTS / name).read_text("utf-8") == text, name


def test_most_reports_are_flawless():
    flawed = {row["file"] for row in listed("flaws.csv") if row["scope"] != "gap"}
    assert len(flawed) <= (1 - LEAST_FLAWLESS) * len(FILES)


def test_every_kind_of_flaw_occurs_again_in_another_document():
    files = Counter(rule for rule, _ in {(row["rule"], row["file"]) for row in listed("flaws.csv")})
    wanted = (
        "T3-01 T3-02 T3-03 T3-05 T2-08 T4-01 T4-02 T4-08 B-01 B-02 B-03 A-01 R-row R-cell R-label R-table"
    )
    wanted += " N-01 N-02 N-04 N-05 N-06 N-08 N-10 R-mention G01 G03 G06 G08 G15 G18 G20 G21 G22 G24 G25 G26"
    assert {rule: files[rule] for rule in wanted.split() if files[rule] < 2} == {}


@each_file
def test_a_document_says_that_it_is_an_example(file):
    assert EXAMPLE_MARK in read_document((DOCUMENTS / file).read_bytes()).text


@each_file
def test_a_document_is_read_as_whose_and_when_it_is(reading, file):
    row = next(row for row in listed("expected_reports.csv") if row["file"] == file)
    read = reading(file)
    assert (read.agency, read.year, read.edition) == (row["agency"], int(row["year"]), row["edition"])


@each_file
def test_every_cell_of_a_document_is_read_as_printed(reading, file):
    read = {
        (fact.indicator, fact.group): (fact.value, fact.status)
        for fact in reading(file).facts
        if fact.source == "table"
    }
    told = {cell: said for cell, said in read.items() if said[1] != "blank"}
    assert told == {cell: said for cell, said in cells_of(file).items() if said[1] != "absent"}


@each_file
def test_every_flaw_of_a_document_is_found_at_its_cell(reading, file):
    missed = [
        flaw
        for flaw in flaws_of(file)
        if not any(is_said(flaw, finding) for finding in reading(file).findings)
    ]
    assert missed == []


@each_file
def test_nothing_but_its_flaws_is_held_against_a_document(reading, file):
    alarms = [
        f"{finding.rule} {finding.message}"
        for finding in reading(file).findings
        if finding.severity != "info" and not any(is_said(flaw, finding) for flaw in flaws_of(file))
    ]
    assert alarms == []


def test_a_count_told_in_a_sentence_is_read_as_told_or_not_at_all(reading):
    """And most are read; where a text gives two numbers for one thing, the first is meant."""
    told = {
        (row["file"], row["indicator"], row["item"] or None): Decimal(row["value"])
        for row in listed("expected_prose.csv")
    }
    read = {}
    for file in FILES:
        for fact in reading(file).facts:
            key = (file, fact.indicator, fact.item)
            if fact.source == "narrative" and key in told:
                read.setdefault(key, fact.value)
    assert read == {key: value for key, value in told.items() if key in read}
    assert len(read) >= LEAST_READ * len(told)


def test_what_does_not_follow_from_the_year_before_shows_in_what_is_read(reading):
    """Carry-overs, documents in force and the like, told from the readings alone."""
    shown = set()
    for before, after in pairwise(FILES):
        one, other = reading(before), reading(after)
        if one.agency == other.agency and one.year + 1 == other.year:
            breaks = between(numbers(one), numbers(other))
            shown |= {(after, rule, code, group or "") for rule, (code, group), _ in breaks}
    assert shown == {
        (row["file"], row["rule"], row["indicator"], row["group"])
        for row in listed("flaws.csv")
        if row["scope"] == "years"
    }


def numbers(reading):
    return {
        (fact.indicator, fact.group): fact.value
        for fact in reading.facts
        if fact.source == "table" and fact.value is not None
    }


def test_only_the_copied_texts_are_alike_the_year_before(reports):
    """Sections 一 and 五, numbers and the agency's name left out, as the rule on boiler-plate compares them."""
    alike = set()
    for (before, one), (file, other) in pairwise(reports.items()):
        if one.agency is other.agency and one.year + 1 == other.year:
            likeness = [fuzz.ratio(*texts) for texts in zip(compared(one), compared(other), strict=True)]
            alike |= {file} if max(likeness) > ALIKE else set()
            assert before != file
    assert alike == {row["file"] for row in listed("flaws.csv") if row["rule"] == "G22"}


def compared(report):
    named = {heading: "".join(paragraphs) for heading, paragraphs in report.chapters}
    first = next(text for heading, text in named.items() if heading.startswith("一"))
    fifth = next(text for heading, text in named.items() if heading == "五" or "主要问题" in heading)
    return [re.sub(rf"\d+|{report.agency.name_in(report.year)}", "", text) for text in (first, fifth)]
