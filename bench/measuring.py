"""What the benches share: the median time of a call, and the codebook that is shipped."""

import statistics
import time
from collections.abc import Callable

from dashboard import codebook
from dashboard.codebook import Codebook
from dashboard.paths import data_folder


def shipped_codebook() -> Codebook:
    """The codebook of the data folder."""
    return codebook.load(data_folder().codebook)


def median_ms(call: Callable[[], object], runs: int, clock: Callable[[], float] = time.perf_counter) -> float:
    """The median duration of `call` in milliseconds by a clock, after one call that is not counted."""
    call()
    taken = []
    for _ in range(runs):
        start = clock()
        call()
        taken.append(clock() - start)
    return statistics.median(taken) * 1000
