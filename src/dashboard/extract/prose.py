"""Counts told in sentences -> facts, by the patterns of the codebook's prose.toml.

A quantity is a number with a measure word. Its context is the text before it, back to the quantity
before or to the clause's start; the pattern whose words stand nearest to the number gives the
indicator. Two different indicators at the same distance give no fact but a finding that names
both, and a count that no pattern knows is reported, never dropped.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Any

from dashboard.codebook import Codebook
from dashboard.extract.sections import Sentence
from dashboard.model import Fact, Finding, Status
from dashboard.numbers import NUMBER, decimal, in_unit

_CLAUSE = re.compile(r"[,;:。]")
_QUOTED = re.compile(r'[“"「《]([^”"」》]{1,30})[”"」》]')
_QUOTES = str.maketrans("", "", "“”\"「」‘’'")
_JOINED = re.compile(r"[、和及,]|以及")
_SPREAD = re.compile(r"[、和及]|以及")


@dataclass(frozen=True, slots=True)
class _Count:
    """A quantity in a sentence, with the text between it and the quantity or clause before."""

    start: int
    end: int
    value: Decimal | None
    status: Status
    unit: str
    context: str
    after: str
    each: bool


@dataclass(frozen=True, slots=True)
class _Match:
    """A pattern that fits a count: how near its words end, how much they cover, and the item."""

    end: int
    length: int
    indicator: str
    item: str | None
    rule: Mapping[str, Any]

    @property
    def nearness(self) -> tuple[int, int]:
        return (self.end, self.length)


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
    counts = list(_counts(sentence.folded, book.prose))
    facts, used = _parallel_facts(sentence, counts, book)
    findings: list[Finding] = []
    leading: _Match | None = None
    for count in counts:
        if count in used or _is_of_another_year(sentence, count, book, year):
            leading = None
            continue
        matches = _matches(count, sentence, book, leading)
        if not matches:
            findings.append(_open_finding(sentence, count, [], book))
        elif count.each:
            facts += [_fact(sentence, count, match) for match in matches]
        else:
            best = [match for match in matches if match.nearness == matches[0].nearness]
            if len({match.indicator for match in best}) > 1:
                findings.append(_open_finding(sentence, count, best, book))
            else:
                facts.append(_fact(sentence, count, best[0]))
        leading = matches[0] if matches else None
    facts += _nil_facts(sentence, book)
    return sorted(facts, key=lambda fact: fact.locator["start"]), findings


def _counts(folded: str, prose: Mapping[str, Any]) -> Iterator[_Count]:
    previous = 0
    for found in _quantity_pattern(tuple(prose["measures"]), tuple(prose["vague"])).finditer(folded):
        if any(folded.startswith(word, found.start("unit")) for word in prose["not_counts"]):
            continue
        if folded[: found.start()].endswith("第"):
            continue
        clause = max((match.end() for match in _CLAUSE.finditer(folded, previous, found.start())), default=0)
        context = folded[max(previous, clause) : found.start()]
        each = context.endswith("各")
        yield _Count(
            found.start(),
            found.end(),
            *_value(found),
            found["unit"],
            context.removesuffix("各").rstrip(),
            _CLAUSE.split(folded[found.end() :], maxsplit=1)[0],
            each,
        )
        previous = found.end()


@cache
def _quantity_pattern(measures: tuple[str, ...], vague: tuple[str, ...]) -> re.Pattern[str]:
    units = "|".join(sorted(measures, key=len, reverse=True))
    return re.compile(
        rf"(?:(?P<before>约|近|超过|超|逾|上)?(?<![\d.])(?P<number>{NUMBER})\s?(?P<many>[万亿])?"
        rf"(?P<about>余|多)?|(?P<vague>{'|'.join(vague)}))\s?(?P<unit>{units})(?P<after>余)?"
    )


def _value(found: re.Match[str]) -> tuple[Decimal | None, Status]:
    if found["vague"]:
        return None, "unquantified"
    value = decimal(found["number"]) * {"万": 10_000, "亿": 100_000_000}.get(found["many"], 1)
    vague = found["before"] or found["about"] or found["after"]
    return value, "approximate" if vague else "reported"


def _matches(count: _Count, sentence: Sentence, book: Codebook, leading: _Match | None) -> list[_Match]:
    """The patterns that fit, nearest first; for "A、B各12条" the best one for each name."""
    if count.each:
        names = [name for name in _SPREAD.split(_CLAUSE.split(count.context)[-1]) if name]
        each = [_matches(replace(count, context=name, each=False), sentence, book, None) for name in names]
        return [found[0] for found in each if found]
    rules = [rule for rule in book.prose["count"] if count.unit in rule["units"]]
    found = [match for rule in rules if (match := _match(rule, count, sentence, book)) is not None]
    if not found and leading and leading.rule.get("continues"):
        item = _clean(count.context.lstrip("、和及, "))
        if item and _holds(item, leading.rule.get("item_needs")):
            found = [replace(leading, item=item)]
    return sorted(found, key=lambda match: match.nearness, reverse=True)


def _match(rule: Mapping[str, Any], count: _Count, sentence: Sentence, book: Codebook) -> _Match | None:
    if not _holds(sentence.folded, rule.get("needs")):
        return None
    if (
        "before" in rule
        and re.search(rule["before"], count.context)
        and re.search(rule["after"], count.after)
    ):
        return _Match(len(count.context), len(count.context), rule["indicator"], None, rule)
    pattern = _rule_pattern(
        tuple(rule.get("nouns", ())), rule.get("pattern", ""), tuple(book.prose["fillers"])
    )
    best: _Match | None = None
    for start in range(len(count.context)):
        found = pattern.match(count.context, start)
        if found is None:
            continue
        item = _clean(found["item"]) if "item" in pattern.groupindex and found["item"] else None
        if "item_needs" in rule and not (item and _holds(item, rule["item_needs"])):
            continue
        match = _Match(found.end("noun"), found.end("noun") - start, rule["indicator"], item, rule)
        if best is None or match.nearness > best.nearness:
            best = match
    return best


@cache
def _rule_pattern(nouns: tuple[str, ...], pattern: str, fillers: tuple[str, ...]) -> re.Pattern[str]:
    shapes = [re.escape(noun) for noun in sorted(nouns, key=len, reverse=True)]
    shapes += [pattern] if pattern else []
    filler = "|".join(re.escape(word) for word in sorted(fillers, key=len, reverse=True))
    return re.compile(rf"(?P<noun>{'|'.join(shapes)})(?:{filler}|\s|[“”\"])*$")


def _parallel_facts(
    sentence: Sentence, counts: list[_Count], book: Codebook
) -> tuple[list[Fact], set[_Count]]:
    """As many quoted names before "分别…31条、221条、8条" as numbers in it: one fact a name."""
    facts: list[Fact] = []
    used: set[_Count] = set()
    for run in _runs(sentence.folded, counts):
        before = sentence.folded[: run[0].start]
        names = list(_QUOTED.finditer(before))[-len(run) :]
        if "分别" not in before or len(names) != len(run):
            continue
        for rule in book.prose["parallel"]:
            if run[0].unit not in rule["units"] or not re.search(
                rule["antecedent"], before[: names[0].start()]
            ):
                continue
            used.update(run)
            for count, name in zip(run, names, strict=True):
                item = sentence.text[name.start(1) : name.end(1)]
                facts.append(_fact(sentence, count, _Match(0, 0, rule["indicator"], item, rule)))
            break
    return facts, used


def _runs(folded: str, counts: list[_Count]) -> Iterator[list[_Count]]:
    """Quantities with nothing but a list mark between them, two or more in a row."""
    run: list[_Count] = []
    for count in counts:
        if run and not (_JOINED.fullmatch(folded[run[-1].end : count.start]) and count.unit == run[-1].unit):
            if len(run) > 1:
                yield run
            run = []
        run.append(count)
    if len(run) > 1:
        yield run


def _nil_facts(sentence: Sentence, book: Codebook) -> Iterator[Fact]:
    for rule in book.prose["nil"]:
        for found in re.finditer(rule["pattern"], sentence.folded):
            zero = _Count(found.start("words"), found.end("words"), Decimal(0), "nil", "", "", "", each=False)
            if "names" not in found.re.groupindex:
                yield _fact(sentence, zero, _Match(0, 0, rule["indicator"], None, rule))
                continue
            for name in _JOINED.split(found["names"]):
                item = _clean(name)
                if item and _holds(item, rule["item_needs"]):
                    yield _fact(sentence, zero, _Match(0, 0, rule["indicator"], item, rule))


def _derived(facts: list[Fact], book: Codebook) -> Iterator[Fact]:
    """Figures that follow from a printed total: the total without what its own name includes."""
    for rule in book.prose.get("derived", ()):
        total = next((fact for fact in facts if fact.indicator == rule["total"]), None)
        if total is None or total.value is None:
            continue
        quote = total.locator["quote"]
        part = next(
            (fact for fact in facts if fact.indicator == rule["minus"] and fact.locator["quote"] == quote),
            None,
        )
        includes = rule["minus"] in total.locator["includes"]
        if includes and (part is None or part.value is None):
            continue
        value = total.value - (part.value if includes and part and part.value else Decimal(0))
        origin = [rule["total"], rule["minus"]] if includes else [rule["total"]]
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


def _fact(sentence: Sentence, count: _Count, match: _Match) -> Fact:
    locator = {
        "section": sentence.section,
        "start": sentence.start + count.start,
        "end": sentence.start + count.end,
        "quote": sentence.quote,
        "quote_start": sentence.quote_start,
        "includes": list(match.rule.get("includes", ())),
    }
    raw = sentence.text[count.start : count.end]
    value, unit = count.value, count.unit or None
    if unit in ("元", "万元") and value is not None:
        value = in_unit(value, unit, "元")
    return Fact(match.indicator, None, match.item, value, count.status, raw, unit, "narrative", locator)


def _is_of_another_year(sentence: Sentence, count: _Count, book: Codebook, year: int | None) -> bool:
    """Whether the clause of the count speaks of a year that is not the report's."""
    start = max((found.end() for found in _CLAUSE.finditer(sentence.folded, 0, count.start)), default=0)
    clause = sentence.folded[start : count.start]
    named = {int(found) for found in re.findall(r"(20\d\d)年", clause)}
    return any(word in clause for word in book.prose["other_years"]) or bool(
        year and named and year not in named
    )


def _open_finding(sentence: Sentence, count: _Count, matches: list[_Match], book: Codebook) -> Finding:
    said = sentence.text[max(0, count.start - 16) : count.end].strip()
    if not matches:
        return Finding("R-prose", "info", f"正文有一处数量未归入指标：…{said}")
    names = " 或 ".join(sorted({book.indicators[match.indicator].name_zh for match in matches}))
    return Finding("R-prose", "info", f"正文有一处数量可作两种理解（{names}），未取：…{said}")


def _holds(text: str, words: list[str] | None) -> bool:
    return not words or any(word in text for word in words)


def _clean(item: str) -> str:
    return item.translate(_QUOTES).strip(" \u3000、，,的")
