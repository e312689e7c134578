"""Counts told in sentences -> facts, by the patterns of the codebook's prose.toml.

A sentence's way: objects.py (what is listed as published is no name), dashboard/quantities.py (numbers with their
measure words), nouns.py (what they may count), lists.py and assignment.py (which is of which; behind.py, continued.py,
fitting.py, reach.py, sharing.py), by conditions.py (where a pattern applies) and subjects.py (what the passage speaks
of), doubts.py and once.py (what speaks against it). A count that no pattern knows, that could be of two things, or that something speaks against is
reported, never dropped and never guessed.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any, Final

from dashboard.codebook import Codebook, Edition
from dashboard.errors import Refused
from dashboard.extract.prose.assignment import assign
from dashboard.extract.prose.conditions import STATEMENT, fits, start_of
from dashboard.extract.prose.denials import denied
from dashboard.extract.prose.doubts import doubt
from dashboard.extract.prose.fitting import NOTHING, Assigned
from dashboard.extract.prose.lists import each, pairs, runs
from dashboard.extract.prose.nouns import JOINED, Noun, clean, is_item
from dashboard.extract.prose.objects import without_objects
from dashboard.extract.prose.once import ToldOnce, contradiction
from dashboard.extract.prose.subjects import leads
from dashboard.extract.prose.told import Told
from dashboard.extract.sections import Sentence
from dashboard.limits import MOST_COUNTS
from dashboard.model import Fact, Finding
from dashboard.numbers import Quantity, is_money, quantity_in
from dashboard.patterns import Sieve, group_of
from dashboard.quantities import Count, counts

#: A sentence that goes on with the parts of what the one before counted.
_GOES_ON: Final = re.compile(r"\s*(?:其中|具体|包括|主要|按|分别|从)")


def prose_facts(
    sentences: list[Sentence], book: Codebook, year: int | None, edition: Edition | None = None
) -> tuple[list[Fact], list[Finding]]:
    """Return the counts that the sentences tell of `year`, in order, and what stayed open.

    `edition` is the form the report is on, where that is known: its words are those of its years.
    Raises Refused where there are more counts than a report can have.
    """
    form_year = year if year is None or edition is None else _within(year, edition)
    facts: list[Fact] = []
    findings: list[Finding] = []
    silent = set(book.prose["section_without_counts"])
    last: Assigned | None = None
    once = ToldOnce(book)
    most = MOST_COUNTS
    for sentence, lead in zip(sentences, leads(sentences, book), strict=True):
        if sentence.section in silent:
            continue
        carried = last if _GOES_ON.match(sentence.folded) else None
        folded = without_objects(sentence.folded)
        told = Told(folded, list(counts(folded, book.prose)), year, form_year, book, lead)
        most -= len(told.counts)
        if most < 0:
            raise Refused(f"正文中的数量超过 {MOST_COUNTS} 处，不像一份年度报告；请核对文件内容")
        read, unclear, last = _sentence_facts(sentence, told, carried, once)
        facts += read
        findings += unclear
    return [*facts, *_derived(facts, book)], findings


def _within(year: int, edition: Edition) -> int:
    return max(edition.first_year, min(year, edition.last_year or year))


def _sentence_facts(
    sentence: Sentence, told: Told, carried: Assigned | None, once: ToldOnce
) -> tuple[list[Fact], list[Finding], Assigned | None]:
    """The facts and findings of a sentence, and what its last count was found to be of.

    `carried` is what the last count of the sentence before was of, where this one goes on with its parts ("其中…").
    `once` knows what the report has told so far; what is read is added.
    """
    facts: list[Fact] = []
    findings: list[Finding] = []
    last: Assigned | None = None
    for count, assigned, unsure in _assigned(sentence, told, carried):
        read = [_fact(sentence, count, one, told.book) for one in assigned]
        differing = once.contradicted(read)
        if differing is None:
            facts += read
            once.add(read)
        else:
            clause = told.folded[start_of(told.folded, count.start, STATEMENT) : count.start]
            otherwise = _open_finding(sentence, count, "与前文同一事项的数量不同，或为其中一部分")
            findings.append(contradiction(*differing, clause, told.book) or otherwise)
        last = assigned[-1] if assigned and differing is None else None
        if unsure is not None and differing is None:
            findings.append(_open_finding(sentence, count, unsure))
    facts += _zero_facts(sentence, told)
    return sorted(facts, key=lambda fact: fact.locator["start"]), findings, last


def _assigned(
    sentence: Sentence, told: Told, carried: Assigned | None
) -> Iterator[tuple[Count, list[Assigned], str | None]]:
    """Each count with what it is of, and what stays open about it, in words."""
    paired: dict[int, Assigned] = {}
    for run in runs(told.folded, told.counts):
        starts = [count.start for count in run]
        paired |= dict(zip(starts, pairs(run, told) or [NOTHING] * len(run), strict=True))
    before = listing = carried
    for number, count in enumerate(told.counts):
        unsure = doubt(sentence, count, told.book.prose, told.year)
        listing = before or listing
        if count.start in paired and unsure is None:
            one = paired[count.start]
            before = one if one.rule is not None else None
            yield count, [one] if one.rule is not None else [], one.reason
        elif count.is_each and unsure is None:
            floor = told.counts[number - 1].end if number else 0
            listed, unknown = each(count, floor, told)
            missing = f"“各”所指的{'、'.join(unknown)}未归入指标" if unknown else None
            before = None
            yield count, listed, missing
        else:
            one = assign(number, told, before, listing)
            before = one if one.rule is not None else None
            if unsure is not None:
                before = replace(before, reason=unsure) if before else None
                yield count, [], unsure
            else:
                yield count, [one] if one.rule is not None else [], one.reason


def _zero_facts(sentence: Sentence, told: Told) -> Iterator[Fact]:
    """Zeros told in words: by patterns of their own, and by a noun that a sentence denies."""
    named: dict[tuple[str, str | None], Fact] = {}
    if _zero_words(told.book).search(told.folded):
        for fact in _zeros_by_pattern(sentence, told):
            named.setdefault((fact.indicator, fact.item), fact)
    yield from named.values()
    found = {indicator for indicator, item in named if item is None}
    for start, noun, rule in denied(told):
        zero = _zero(start, noun.end)
        if rule["indicator"] not in found and not doubt(sentence, zero, told.book.prose, told.year):
            found.add(rule["indicator"])
            yield _fact(sentence, zero, Assigned(noun, rule), told.book)


def _zeros_by_pattern(sentence: Sentence, told: Told) -> Iterator[Fact]:
    book = told.book
    for rule, pattern in _zero_patterns(book).tried(told.folded):
        if not fits(rule, told.place(len(told.folded))):
            continue
        for match in pattern.finditer(told.folded):
            zero = _zero(*match.span("words"))
            if doubt(sentence, zero, book.prose, told.year):
                continue
            if "names" in match.re.groupindex:
                items = [clean(name) for name in JOINED.split(match["names"])]
                named = [_named(rule, item) for item in items if is_item(item, rule)]
            else:
                codes = [rule["indicator"], *rule.get("also", [])]
                named = [_named({**rule, "indicator": code}, None) for code in codes]
            yield from (_fact(sentence, zero, one, book) for one in named)


@cache
def _zero_words(book: Codebook) -> re.Pattern[str]:
    """The words that state a zero, of all patterns: where none of them is said no pattern needs to be tried."""
    return re.compile("|".join(group_of(rule["pattern"], "words") for rule in book.prose["nil"]))


@cache
def _zero_patterns(book: Codebook) -> Sieve:
    return Sieve(book.prose["nil"])


def _zero(start: int, end: int) -> Count:
    return Count(start, end, Decimal(0), "nil", "")


def _named(rule: Mapping[str, Any], item: str | None) -> Assigned:
    return Assigned(Noun(0, 0, (rule,), item), rule)


def _derived(facts: list[Fact], book: Codebook) -> Iterator[Fact]:
    """Figures that follow from a printed total: the total without what its own name includes."""
    for rule in book.prose.get("derived", ()):
        total = next((fact for fact in facts if fact.indicator == rule["total"]), None)
        if total is None or total.value is None or total.status != "reported":
            continue
        value, origin = total.value, [rule["total"]]
        if rule["minus"] in total.locator["includes"]:
            quoted = [fact for fact in facts if fact.locator["quote"] == total.locator["quote"]]
            part = next((fact for fact in quoted if fact.indicator == rule["minus"]), None)
            if part is None or part.value is None or part.status != "reported":
                continue
            value, origin = value - part.value, [*origin, rule["minus"]]
        locator = {**total.locator, "derived_from": origin}
        yield replace(
            total,
            indicator=rule["indicator"],
            value=value,
            status="derived",
            raw="",
            unit=None,
            locator=locator,
        )


def _fact(sentence: Sentence, count: Count, assigned: Assigned, book: Codebook) -> Fact:
    rule = assigned.rule or {}
    code = str(rule["indicator"])
    locator = {
        "section": sentence.section,
        "start": sentence.start + count.start,
        "end": sentence.start + count.end,
        "quote": sentence.quote,
        "quote_start": sentence.quote_start,
        "includes": list(rule.get("includes", ())),
        **({"bound": count.bound} if count.bound else {}),
    }
    raw = sentence.text[count.start : count.end]
    unit = count.unit or None
    told = Quantity(count.value, count.status, unit)
    wanted = book.indicators[code].unit_zh
    if unit and is_money(unit) and is_money(wanted):
        told = quantity_in(told, unit, wanted)
    return Fact(code, None, assigned.item, told.value, told.status, raw, unit, "narrative", locator)


def _open_finding(sentence: Sentence, count: Count, reason: str) -> Finding:
    said = sentence.text[max(0, count.start - 16) : count.end].strip()
    return Finding("R-prose", "info", f"正文有一处数量{reason}，未取：…{said}")
