"""How long it takes to read one report: bytes to checked facts, in a process that is warm.

Prints the median of many reads beside a plain pass over the same text (decode, split, every number
found), a Word document beside python-docx walking the same cells, and what starting the command costs.
Run: make bench, or .venv/bin/python bench/read.py [FILE]
"""

import io
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import docx
from measuring import median_ms, shipped_codebook

from dashboard import forms
from dashboard.build import read_bytes
from dashboard.codebook import Codebook
from dashboard.paths import PROJECT

RUNS = 40
DOCUMENT = PROJECT / "tests" / "data" / "示例县民政局-2020.txt"


def walked(data: bytes) -> int:
    """The text of every paragraph and table cell of a Word document, as python-docx gives them."""
    document = docx.Document(io.BytesIO(data))
    texts = [paragraph.text for paragraph in document.paragraphs]
    for table in document.tables:
        texts += [cell.text for row in table.rows for cell in row.cells]
    return len(texts)


def compare_word(data: bytes, book: Codebook) -> None:
    """Read the report as a Word document whole, in turns with python-docx walking its cells."""
    reading = read_bytes(data, book, "某机关", 2020)[0].reading
    word = forms.written(forms.form_of(reading, book), book, "docx")
    ours, theirs = (
        median_ms(lambda: read_bytes(word, book, "某机关", 2020), RUNS),
        median_ms(lambda: walked(word), 10),
    )
    print(f"the same as a Word document: {ours:5.1f} ms   (python-docx walking its cells {theirs:.1f} ms)")
    print(f"  ratio {ours / theirs:.2f}")


def main() -> None:
    """Measure and print."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else DOCUMENT
    data = path.read_bytes()
    book = shipped_codebook()

    def plain() -> list[str]:
        return [found for line in data.decode().splitlines() for found in re.findall(r"\d+", line)]

    def started(*arguments: str) -> Callable[[], object]:
        return lambda: subprocess.run([sys.executable, *arguments], check=True, capture_output=True)

    read = median_ms(lambda: read_bytes(data, book, "某机关", 2020), RUNS)
    bare = median_ms(plain, RUNS)
    print(f"{path.name}: {len(data):,} bytes")
    print(f"read, extract and check: {read:8.1f} ms   ({1000 / read:.0f} reports a second on one core)")
    print(f"plain pass over the text: {bare:7.2f} ms   (ratio {read / bare:.0f})")
    compare_word(data, book)
    empty = median_ms(started("-c", "pass"), 7)
    helped = median_ms(started("-m", "dashboard.cli", "--help"), 7)
    whole = median_ms(started("-m", "dashboard.cli", "read", str(path), "--json"), 7)
    print(f"start of Python alone: {empty:10.0f} ms")
    print(f"dashboard --help: {helped:15.0f} ms   (ratio {helped / empty:.1f})")
    print(f"dashboard read --json: {whole:10.0f} ms   (ratio {whole / empty:.1f})")


if __name__ == "__main__":
    main()
