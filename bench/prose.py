"""How long the counts of a report's sentences take, how that grows with the text, and hostile texts.

Prints the median of many runs of `prose_facts` on a labelled opening (900 characters, with the sentences of a
whole report); for texts of several shapes, hostile ones among them, how many times as long ten times the text
takes, in turns with the text; then the time in which 5 MB of each that are no report are refused. Orientation:
3 ms a report, a ratio of at most 12, 1 s for the refusal; all in the processor's own time, whoever else uses it.
Run: .venv/bin/python bench/prose.py; ends with 1 where one of these is missed.
"""

import sys
import tomllib
from time import process_time

from measuring import median_ms, shipped_codebook

from dashboard.codebook import Codebook
from dashboard.errors import Refused
from dashboard.extract.prose import prose_facts
from dashboard.extract.sections import Sentence, sentences
from dashboard.numbers import fold
from dashboard.paths import PROJECT
from dashboard.readers import read
from dashboard.reading import read_bytes

RUNS, TURNS = 15, 5
MOST_MS, MOST_RATIO, MOST_REFUSAL_MS = 3.0, 12.0, 1000.0
TIMES = 10
REPORT = PROJECT / "tests" / "data" / "示例县民政局-2022.txt"
OPENINGS = PROJECT / "tests" / "data" / "prose" / "openings.toml"
BYTES = 5_000_000
#: Texts that are no report, in 5 MB: prose, one line without an end, figures, and what almost is a form.
NO_REPORTS = {
    "prose": "本院今日开放门诊，前来就诊的群众有序排队，医护人员耐心解答。\n",
    "one line": "本院今日开放门诊，前来就诊的群众有序排队，医护人员耐心解答，",
    "numbers": "12 345 6,789 0.5 100 ",
    "rows of figures": "总计\t12\t34\t56\t78\n",
}
#: One sentence without an end, of what would make a careless reader start over at every count.
HOSTILE = {
    "numbers": "1234567890",
    "numbers in threes": "123,",
    "counts": "12条",
    "counts and nouns": "微信公众号发布信息12条，",
    "nouns without a count": "政务动态、公示公告、",
    "nouns of another measure": "答复答复1元",
    "commas": "，",
    "blanks": " ",
    "each": "各",
    "each of a list": "低保、临时救助各12条",
    "names in quotation marks": "“甲县民政”、",
    "pairs": "政务动态、公示公告分别1条、2条",
    "denials": "未开设微信公众号和",
    "a list that none is of": "行政复议、行政诉讼、",
    "two measures": "培训2次98人",
    "issues and items": "164期376条",
    "brackets": "提案(含会办件2件)9件",
    "closing brackets": "2件)",
    "what is said of counts": "其中2件维持、1件纠正，",
    "what opens the next clause": "6件，结转下年度",
    "subjects": "复议、依申请公开",
    "bare numbers": "发布信息170，",
    "years": "2019年",
}
SMALL = 4_000


def one_sentence(text: str) -> list[Sentence]:
    """A text as a single sentence of a report's first section."""
    return [Sentence(text, fold(text), "一", 0)]


def ratio(less: list[Sentence], more: list[Sentence], book: Codebook) -> float:
    """How many times as long the second text takes as the first, each in the best of some turns."""
    taken: dict[int, list[float]] = {0: [], 1: []}
    for _ in range(TURNS):
        for which, told in enumerate((less, more)):
            start = process_time()
            prose_facts(told, book, 2022)
            taken[which].append(process_time() - start)
    return min(taken[1]) / min(taken[0])


def refusal_ms(text: str, book: Codebook) -> float:
    """How long 5 MB of a text that is no report, the text again and again, take until they are refused."""
    data = (text * (BYTES // len(text.encode()) + 1)).encode()[:BYTES].decode(errors="ignore").encode()
    start = process_time()
    try:
        read_bytes(data, book)
    except Refused:
        return (process_time() - start) * 1000
    raise SystemExit("a text that is no report was read as one")


def shapes(told: list[Sentence]) -> dict[str, tuple[list[Sentence], list[Sentence]]]:
    """Texts of several shapes, each once and ten times as long."""
    joined = "，".join(sentence.text.rstrip("。\n") for sentence in told)
    found = {
        "sentences": (told, told * TIMES),
        "one sentence": (one_sentence(joined), one_sentence(joined * TIMES)),
    }
    for name, text in HOSTILE.items():
        short = text * (SMALL // len(text))
        found[name] = (one_sentence(short), one_sentence(short * TIMES))
    return found


def main() -> int:
    """Measure, print, and say whether all is as it should be."""
    book = shipped_codebook()
    opening = max(tomllib.loads(OPENINGS.read_text("utf-8"))["opening"], key=lambda entry: len(entry["text"]))
    told = sentences(read(f"一、总体情况\n{opening['text']}\n".encode()), book)
    told += sentences(read(REPORT.read_bytes()), book)
    characters = sum(len(sentence.text) for sentence in told)
    once = median_ms(lambda: prose_facts(told, book, 2022), RUNS, process_time)
    print(f"one report ({len(told)} sentences, {characters} characters): {once:7.2f} ms   (most {MOST_MS})")
    kept = [once <= MOST_MS]
    for name, (less, more) in shapes(told).items():
        grown = ratio(less, more, book)
        kept.append(grown <= MOST_RATIO)
        print(f"{TIMES} times as much, {name}: ratio {grown:5.1f}   (most {MOST_RATIO})")
    for name, text in {**NO_REPORTS, **HOSTILE}.items():
        taken = refusal_ms(text, book)
        kept.append(taken <= MOST_REFUSAL_MS)
        print(f"5 MB that are no report, {name}: refused in {taken:6.0f} ms   (most {MOST_REFUSAL_MS:.0f})")
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
