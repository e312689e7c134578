"""Reading the sentences whose counts are known, and counting what was read of them, by family of indicator.

Three corpora: single sentences and whole openings labelled by hand (tests/data/prose, where the tests are), and
the texts of the example county (data/documents/expected_prose.csv). A fact is right where its indicator, item and
value are those labelled; the tails 平台, 热线 and 杂志 of an item's name do not matter. A family is the first part
of an indicator's code.
"""

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from dashboard.accuracy import ALL, REST, MeasuredProse
from dashboard.accuracy.measure import COUNTY_FILES, GOLD_FILES, reading_of, rows_of
from dashboard.codebook import Codebook
from dashboard.extract.prose import prose_facts
from dashboard.extract.sections import sentences
from dashboard.model import Fact
from dashboard.readers import read

SENTENCES, OPENINGS, TEXTS = "标注句子", "标注总体情况", "示例县正文"
_LABELLED: Final = (
    (SENTENCES, "sentences.toml", "sentence"),
    (OPENINGS, "openings.toml", "opening"),
)
#: A family with fewer labelled facts is too small to say anything by itself.
_LEAST: Final = 15
_TAIL: Final = re.compile(r"(?:平台|热线|杂志)$")
_HEADING: Final = "一、总体情况"
_USUAL_YEAR: Final = 2022

#: What a fact is compared by: indicator, item, value as plain digits ("" for none).
Told = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Compared:
    """One text: what was labelled and what was read, each with how often; statuses by fact.

    `is_trap`: nothing of an indicator is told, whatever it looks like.
    """

    corpus: str
    text: str
    wanted: Counter[Told]
    got: Counter[Told]
    approximate: frozenset[Told]
    marked: frozenset[Told]

    @property
    def is_trap(self) -> bool:
        return not self.wanted

    @property
    def extra(self) -> Counter[Told]:
        """What was read and not labelled."""
        return self.got - self.wanted


def compared_texts(book: Codebook) -> list[Compared]:
    """Every labelled text, read and set beside its labels: sentences, openings, texts of the county."""
    return [*_labelled(book), *_county(book)]


def measure_prose(texts: Iterable[Compared], book: Codebook) -> list[MeasuredProse]:
    """Count, one row a corpus and family, and one for each corpus in all."""
    by_corpus: dict[str, list[Compared]] = defaultdict(list)
    for text in texts:
        by_corpus[text.corpus].append(text)
    return [row for corpus, found in by_corpus.items() for row in _rows(corpus, found, book)]


def _rows(corpus: str, texts: list[Compared], book: Codebook) -> Iterator[MeasuredProse]:
    wanted: Counter[str] = Counter()
    for text in texts:
        wanted.update(_family(told) for told in text.wanted.elements())
    large = [family for family, count in wanted.items() if count >= _LEAST]
    for family in [*sorted(large), REST, ALL]:
        row = _row(corpus, family, texts, frozenset(large), book)
        if row.facts or row.read:
            yield row


def _row(
    corpus: str, family: str, texts: list[Compared], large: frozenset[str], book: Codebook
) -> MeasuredProse:
    def ours(told: Told) -> bool:
        own = _family(told)
        return family in (ALL, own if own in large else REST)

    def count(found: Iterable[Told]) -> int:
        return sum(map(ours, found))

    traps = [text for text in texts if text.is_trap and family == ALL]
    approximate = [text.approximate & text.got.keys() for text in texts]
    return MeasuredProse(
        corpus,
        family,
        book.indicators[family].name_zh if family in large else "",
        texts=len(texts) if family == ALL else sum(any(map(ours, text.wanted)) for text in texts),
        facts=sum(count(text.wanted.elements()) for text in texts),
        read=sum(count(text.got.elements()) for text in texts),
        right=sum(count((text.wanted & text.got).elements()) for text in texts),
        approximate=sum(map(count, approximate)),
        marked=sum(count(found & text.marked) for text, found in zip(texts, approximate, strict=True)),
        traps=len(traps),
        taken=sum(bool(text.got) for text in traps),
    )


def _family(told: Told) -> str:
    return told[0].split(".")[0]


def _labelled(book: Codebook) -> Iterator[Compared]:
    for corpus, name, kind in _LABELLED:
        path = GOLD_FILES / "prose" / name
        entries = tomllib.loads(path.read_text("utf-8"))[kind] if path.is_file() else []
        for entry in entries:
            labels = [_label(fact) for fact in entry["facts"]]
            vague = frozenset(
                label for label, fact in zip(labels, entry["facts"], strict=True) if fact[3] == "approximate"
            )
            read_facts = _facts_of(entry, book)
            yield Compared(corpus, entry["text"].strip(), Counter(labels), *_read(read_facts, vague))


def _facts_of(entry: Mapping[str, Any], book: Codebook) -> list[Fact]:
    """What the reader makes of a labelled text, as the first section of a report."""
    text = str(entry["text"])
    text = text if _HEADING[:2] in text[:12] else f"{_HEADING}\n{text}"
    document = read(f"{text}\n".encode())
    return prose_facts(sentences(document, book), book, entry.get("year", _USUAL_YEAR))[0]


def _county(book: Codebook) -> Iterator[Compared]:
    """The texts of the county; what is said on indicators that their list never names is not judged."""
    told: dict[str, list[Told]] = defaultdict(list)
    for row in rows_of(COUNTY_FILES / "expected_prose.csv"):
        told[row["file"]].append(_label((row["indicator"], row["item"], row["value"])))
    listed = {indicator for labels in told.values() for indicator, _, _ in labels}
    for file, labels in told.items():
        facts = reading_of(COUNTY_FILES / file, book).facts
        judged = [fact for fact in facts if fact.source == "narrative" and fact.indicator in listed]
        yield Compared(TEXTS, file, Counter(labels), *_read(judged, frozenset()))


def _read(
    facts: Iterable[Fact], vague: frozenset[Told]
) -> tuple[Counter[Told], frozenset[Told], frozenset[Told]]:
    """The facts that a sentence tells itself, the approximate labels, and what was called approximate."""
    own = [fact for fact in facts if fact.status != "derived" and not fact.indicator.startswith("problems.")]
    told = [(fact, _label((fact.indicator, fact.item or "", fact.value))) for fact in own]
    marked = frozenset(label for fact, label in told if fact.status == "approximate")
    return Counter(label for _, label in told), vague, marked


def _label(fact: Any) -> Told:  # noqa: ANN401 - a row of TOML or of a CSV
    indicator, item, value = fact[:3]
    plain = "" if value in ("", None) else f"{Decimal(value).normalize():f}"
    return indicator, _TAIL.sub("", item), plain
