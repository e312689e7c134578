"""How long the counts of a report's sentences take, how that grows with the text, and how soon a text is refused.

Prints the median of many runs of `prose_facts` on a labelled opening (900 characters, with the sentences of a
whole report), the ratio for ten times that text, and for as long one sentence; then the time in which 5 MB of
text that is no report is refused. Orientation: 3 ms a report, a ratio of at most 12, 1 s for the refusal.
Run: .venv/bin/python bench/prose.py; ends with 1 where one of these is missed.
"""

import statistics
import sys
import time
import tomllib
from collections.abc import Callable

from dashboard import codebook
from dashboard.errors import Refused
from dashboard.extract.prose import prose_facts
from dashboard.extract.sections import Sentence, sentences
from dashboard.numbers import fold
from dashboard.paths import PROJECT, data_folder
from dashboard.readers import read
from dashboard.reading import read_bytes

RUNS = 15
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


def median_ms(call: Callable[[], object], runs: int = RUNS) -> float:
    """The median duration of `call` in milliseconds, after one call that is not counted."""
    call()
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        call()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken) * 1000


def refusal_ms(text: str, book: codebook.Codebook) -> float:
    """How long a text that is no report takes until it is refused."""
    data = (text * (BYTES // len(text.encode()) + 1)).encode()[:BYTES].decode(errors="ignore").encode()
    start = time.perf_counter()
    try:
        read_bytes(data, book)
    except Refused:
        return (time.perf_counter() - start) * 1000
    raise SystemExit("a text that is no report was read as one")


def main() -> int:
    """Measure, print, and say whether all is as it should be."""
    book = codebook.load(data_folder().codebook)
    opening = max(tomllib.loads(OPENINGS.read_text("utf-8"))["opening"], key=lambda entry: len(entry["text"]))
    told = sentences(read(f"一、总体情况\n{opening['text']}\n".encode()), book)
    told += sentences(read(REPORT.read_bytes()), book)
    characters = sum(len(sentence.text) for sentence in told)
    joined = "，".join(sentence.text.rstrip("。\n") for sentence in told)
    once = median_ms(lambda: prose_facts(told, book, 2022))
    often = median_ms(lambda: prose_facts(told * TIMES, book, 2022), 5)
    short, long = (_one(joined * times) for times in (1, TIMES))
    whole = median_ms(lambda: prose_facts([short], book, 2022), 5)
    run_on = median_ms(lambda: prose_facts([long], book, 2022), 3)
    print(f"one report ({len(told)} sentences, {characters} characters): {once:7.2f} ms   (most {MOST_MS})")
    print(f"{TIMES} times the sentences: ratio {often / once:5.1f}   (most {MOST_RATIO})")
    print(f"{TIMES} times as long a sentence: ratio {run_on / whole:5.1f}   (most {MOST_RATIO})")
    refused = {name: refusal_ms(text, book) for name, text in NO_REPORTS.items()}
    for name, taken in refused.items():
        print(f"5 MB that are no report, {name}: refused in {taken:6.0f} ms   (most {MOST_REFUSAL_MS:.0f})")
    kept = once <= MOST_MS and max(often / once, run_on / whole) <= MOST_RATIO
    return 0 if kept and max(refused.values()) <= MOST_REFUSAL_MS else 1


def _one(text: str) -> Sentence:
    return Sentence(text, fold(text), "一", 0)


if __name__ == "__main__":
    sys.exit(main())
