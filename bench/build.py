"""How long a thousand reports take: to add, to build from nothing, to build when nothing changed.

Prints reports a second a core, what a build saves when nothing changed, and what a second core brings.
Run: make bench, or .venv/bin/python bench/build.py [HOW MANY]
"""

import logging
import os
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from dashboard import intake
from dashboard.paths import PROJECT, DataFolder
from dashboard.reading.processes import cores

DOCUMENT = PROJECT / "tests" / "data" / "示例县民政局-2020.txt"
AGENCY, YEAR = "示例县民政局", "2020"
YEARS = range(2019, 2021)


def write_reports(folder: Path, count: int) -> None:
    """Write reports of fictional agencies, each other bytes, all on the form of 2019."""
    text = DOCUMENT.read_text("utf-8")
    for number in range(count):
        agency = f"示例{''.join('零一二三四五六七八九'[int(digit)] for digit in str(number))}县民政局"
        year = str(YEARS[number % len(YEARS)])
        folder.joinpath(f"{number:05}.txt").write_text(
            text.replace(AGENCY, agency).replace(YEAR, year), "utf-8"
        )


def seconds(call: Callable[[], object]) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def anew(folder: DataFolder) -> float:
    """How long a build takes that has read nothing before."""
    shutil.rmtree(folder.readings, ignore_errors=True)
    return seconds(lambda: intake.build(folder))


def on_one_core(call: Callable[[], float]) -> float:
    """What `call` measures where this process and those it starts have one core."""
    usable = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(usable)})
    try:
        return call()
    finally:
        os.sched_setaffinity(0, usable)


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    logging.disable(logging.INFO)
    with tempfile.TemporaryDirectory() as place:
        received, folder = Path(place, "received"), DataFolder(Path(place, "office"))
        received.mkdir()
        write_reports(received, count)
        added = seconds(lambda: intake.add_many([received], folder))
        first = seconds(lambda: intake.build(folder))
        cold = anew(folder)
        unchanged = seconds(lambda: intake.build(folder))
        kept = sum(path.stat().st_size for path in folder.readings.iterdir())
        print(f"{count} reports of {DOCUMENT.stat().st_size:,} bytes, {cores()} cores")
        print(f"add:                {added:6.1f} s   ({count / added / cores():.0f} reports a second a core)")
        print(f"build after add:    {first:6.1f} s   (nothing read again)")
        print(f"build from nothing: {cold:6.1f} s   ({count / cold / cores():.0f} reports a second a core)")
        print(f"build unchanged:    {unchanged:6.1f} s   (ratio {cold / unchanged:.1f})")
        if hasattr(os, "sched_setaffinity"):
            single = on_one_core(lambda: anew(folder))
            print(f"from nothing, one core: {single:.1f} s   (ratio {single / cold:.1f})")
        print(f"cache: {kept / count / 1024:.1f} kB a report")
        print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
