"""Counts told in sentences -> facts, by the patterns of the codebook's prose.toml.

counts.py finds the quantities, patterns.py what they count. Two different indicators at the same
distance give no fact but a finding that names both; a count that no pattern knows, or that something
speaks against, is reported, never dropped and never guessed.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from dashboard.codebook import Codebook
from dashboard.extract.counts import Count, counts, counts_what_follows, doubt
from dashboard.extract.patterns import JOINED, Match, clean, holds, is_joint, matches_of, matches_of_each
from dashboard.extract.sections import Sentence
from dashboard.model import Fact, Finding
from dashboard.numbers import Quantity, quantity_in

_QUOTED = re.compile(r'[“"「《]([^”"」》]{1,30})[”"」》]')
_BETWEEN_NAMES = re.compile(r"\s*(?:[、和及与,]|以及)?\s*")
_REACH = 400


def prose_facts(
    sentences: list[Sentence], book: Codebook, year: int | None
) -> tuple[list[Fact], list[Finding]]:
    """Return the counts that the sentences tell of `year`, in order, and what stayed open."""
    facts: list[Fact] = []
    findings: list[Finding] = []
    silent = set(book.prose["section_without_counts"])
    for sentence in sentences:
        if sentence.section in silent:
            continue
        told, unclear = _sentence_facts(sentence, book, year)
        facts += told
        findings += unclear
    return [*facts, *_derived(facts, book)], findings


def _sentence_facts(sentence: Sentence, book: Codebook, year: int | None) -> tuple[list[Fact], list[Finding]]:
    told = list(counts(sentence.folded, book.prose))
    facts, used = _parallel_facts(sentence, told, book, year)
    findings: list[Finding] = []
    leading: Match | None = None
    for count in told:
        if count in used:
            leading = None
            continue
        matches, reason = _judged(count, sentence, book, leading, year)
        facts += [_fact(sentence, count, match) for match in matches]
        if reason is not None:
            findings.append(_open_finding(sentence, count, reason))
        leading = matches[0] if matches else None
    facts += _nil_facts(sentence, book, year)
    return sorted(facts, key=lambda fact: fact.locator["start"]), findings


def _judged(
    count: Count, sentence: Sentence, book: Codebook, leading: Match | None, year: int | None
) -> tuple[list[Match], str | None]:
    """What a count is of, and what stays open about it, in words."""
    reason = doubt(sentence, count, book.prose, year)
    if reason is not None:
        return [], reason
    if count.each:
        found, unknown = matches_of_each(count, sentence, book)
        missing = f"“各”所指的{'、'.join(unknown)}未归入指标" if unknown else None
        return found, missing if found or unknown else "未归入指标"
    matches = matches_of(count, sentence, book, leading)
    best = [match for match in matches if match.nearness == matches[0].nearness]
    named = sorted({book.indicators[match.indicator].name_zh for match in best})
    if not best:
        return [], "未归入指标"
    if "before" not in best[0].rule and counts_what_follows(count, book.prose):
        return [], "所计的是其后的事物"
    if len(named) > 1:
        return [], f"可作两种理解（{' 或 '.join(named)}）"
    return ([], "由几项共有") if best[0].shared else (best[:1], None)


def _parallel_facts(
    sentence: Sentence, told: list[Count], book: Codebook, year: int | None
) -> tuple[list[Fact], set[Count]]:
    """As many quoted names before "分别…31条、221条、8条" as numbers in it: one fact a name."""
    facts: list[Fact] = []
    used: set[Count] = set()
    for run in _runs(sentence.folded, told):
        names = _names_before(sentence.folded, run)
        if len(names) != len(run) or doubt(sentence, run[0], book.prose, year):
            continue
        before = sentence.folded[: names[0].start()][-_REACH:]
        between = sentence.folded[names[-1].end() : run[0].start]
        for rule in book.prose["parallel"]:
            if run[0].unit in rule["units"] and re.search(rule["antecedent"], before):
                if re.search(rule["between"], between) is None:
                    continue
                used.update(run)
                for count, name in zip(run, names, strict=True):
                    item = sentence.text[name.start(1) : name.end(1)]
                    facts.append(_fact(sentence, count, Match(0, 0, rule["indicator"], item, rule)))
                break
    return facts, used


def _names_before(folded: str, run: list[Count]) -> list[re.Match[str]]:
    """The last list of quoted names before a run, its names joined by nothing but list marks."""
    names: list[re.Match[str]] = []
    for name in _QUOTED.finditer(folded, max(0, run[0].start - _REACH), run[0].start):
        if names and not _BETWEEN_NAMES.fullmatch(folded, names[-1].end(), name.start()):
            names = []
        names.append(name)
    return names if "分别" in folded[max(0, run[0].start - _REACH) : run[0].start] else []


def _runs(folded: str, told: list[Count]) -> Iterator[list[Count]]:
    """Quantities with nothing but a list mark between them, two or more in a row."""
    run: list[Count] = []
    for count in told:
        if run and not (JOINED.fullmatch(folded[run[-1].end : count.start]) and count.unit == run[-1].unit):
            if len(run) > 1:
                yield run
            run = []
        run.append(count)
    if len(run) > 1:
        yield run


def _nil_facts(sentence: Sentence, book: Codebook, year: int | None) -> Iterator[Fact]:
    for rule in book.prose["nil"]:
        for found in re.finditer(rule["pattern"], sentence.folded):
            zero = Count(found.start("words"), found.end("words"), Decimal(0), "nil", "")
            if doubt(sentence, zero, book.prose, year):
                continue
            if "names" not in found.re.groupindex:
                yield _fact(sentence, zero, Match(0, 0, rule["indicator"], None, rule))
                continue
            for name in JOINED.split(found["names"]):
                item = clean(name)
                if item and holds(item, rule["item_needs"]) and not is_joint(item, rule):
                    yield _fact(sentence, zero, Match(0, 0, rule["indicator"], item, rule))


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


def _fact(sentence: Sentence, count: Count, match: Match) -> Fact:
    locator = {
        "section": sentence.section,
        "start": sentence.start + count.start,
        "end": sentence.start + count.end,
        "quote": sentence.quote,
        "quote_start": sentence.quote_start,
        "includes": list(match.rule.get("includes", ())),
    }
    raw = sentence.text[count.start : count.end]
    unit = count.unit or None
    told = Quantity(count.value, count.status, unit)
    if unit in ("元", "万元"):
        told = quantity_in(told, unit, "元")
    return Fact(match.indicator, None, match.item, told.value, told.status, raw, unit, "narrative", locator)


def _open_finding(sentence: Sentence, count: Count, reason: str) -> Finding:
    said = sentence.text[max(0, count.start - 16) : count.end].strip()
    return Finding("R-prose", "info", f"正文有一处数量{reason}，未取：…{said}")
