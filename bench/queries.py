"""How soon the pages' questions are answered over millions of facts: DuckDB beside pandas, polars and SQLite.

All four answer over the same synthetic facts in one process, in turns; an answer that differs ends the run.
Prints medians and lowest times and which target is met. From 100 million facts on DuckDB answers alone, over all of them
and over a thirteenth of them, to see how the time grows.
Run: .venv/bin/python bench/queries.py [--facts MILLIONS]; 33 million unless told.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from engines.questions import QUESTIONS, Question, asked_of
from engines.with_duckdb import DuckDB
from engines.with_pandas import Pandas
from engines.with_polars import Polars
from engines.with_sqlite import SQLite
from synthetic import facts as synthetic

from dashboard import intake
from dashboard.paths import DataFolder, data_folder
from dashboard.store import Store

RUNS = 15
MILLION = 1_000_000
#: From so many facts on the others would not fit in memory.
ALONE, TIMES = 100 * MILLION, 13.3
#: The most that a question may take beside the fastest of the four, and how often it fits into pandas' time.
MOST_OF_FASTEST, LEAST_OF_PANDAS, LEAST_OF_PANDAS_FOR_ALL = 1.2, 3.0, 10.0
#: How much longer a question may take over thirteen times the facts: of one agency, of many.
MOST_GROWTH, MOST_GROWTH_FOR_ALL = 1.5, 8.0
PAGE = "one agency's page"
MANY = {question.name for question in QUESTIONS if not question.of_one_agency}
Taken = dict[str, dict[str, list[float]]]
Times = dict[str, dict[str, float]]
#: The median is what is judged; the lowest says what is left of it where nobody else uses the machine.
STATISTICS: dict[str, Callable[[list[float]], float]] = {"medians": statistics.median, "lowest": min}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--facts", type=float, default=33, help="millions of facts")
    parser.add_argument("--runs", type=int, default=RUNS, help="how often each question is asked")
    options = parser.parse_args()
    shipped, facts = data_folder(), round(options.facts * MILLION)
    intake.build(shipped)
    with tempfile.TemporaryDirectory() as place:
        if facts < ALONE:
            print_beside_the_others(beside(made(Path(place), shipped, facts), options.runs))
        else:
            small, large = (
                made(Path(place, f"{count}"), shipped, count) for count in (round(facts / TIMES), facts)
            )
            print_growth(beside_itself(small, large, options.runs))


def made(place: Path, shipped: DataFolder, facts: int) -> Store:
    """About so many facts, published in a folder; says what they took."""
    began = time.perf_counter()
    folder = DataFolder(place)
    count = synthetic.write(folder, shipped, facts)
    size = sum(path.stat().st_size for path in folder.build.glob("*.duckdb"))
    print(f"{count:,} facts, {size / 1e9:.2f} GB, made in {time.perf_counter() - began:.0f} s", flush=True)
    return Store(folder)


def beside(store: Store, runs: int) -> Taken:
    """Milliseconds by question and engine. Raises SystemExit where the engines disagree."""
    began, asked = time.perf_counter(), asked_of(store)
    copy = store.folder.root / "copy.sqlite"
    engines = [DuckDB(store, asked), Pandas(store, asked), Polars(store, asked), SQLite(store, asked, copy)]
    print(f"copied to the others in {time.perf_counter() - began:.0f} s", flush=True)
    for question in QUESTIONS:
        answers = {engine.name: compared(question, getattr(engine, question.name)()) for engine in engines}
        for name, answer in answers.items():
            if not answer or answer != answers[DuckDB.name]:
                raise SystemExit(f"{question.name}: {name} answers otherwise than {DuckDB.name}")
    return asked_in_turns({engine.name: engine for engine in engines}, runs)


def beside_itself(small: Store, large: Store, runs: int) -> Taken:
    """Milliseconds by question over fewer facts and over more."""
    return asked_in_turns(
        {"fewer": DuckDB(small, asked_of(small)), "more": DuckDB(large, asked_of(large))}, runs
    )


def asked_in_turns(engines: dict[str, Any], runs: int) -> Taken:
    """The milliseconds of every run by question and engine; the engines take turns, a first run is not counted."""
    taken: Taken = {question.name: {name: [] for name in engines} for question in QUESTIONS}
    for question, times in taken.items():
        for run in range(runs + 1):
            for name, engine in engines.items():
                start = time.perf_counter()
                getattr(engine, question)()
                if run:
                    times[name].append((time.perf_counter() - start) * 1000)
    return taken


def summed_up(taken: Taken, how: Callable[[list[float]], float]) -> Times:
    """One time (median, lowest) by question and engine; first those of one agency's page together."""
    times = {question: {name: how(runs) for name, runs in told.items()} for question, told in taken.items()}
    own = [times[question.name] for question in QUESTIONS if question.of_one_agency]
    return {PAGE: {name: sum(told[name] for told in own) for name in own[0]}} | times


def compared(question: Question, answer: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401 - a frame of pandas or polars
    """The rows of an answer that tell something, by the question's columns, in an order of their own."""
    rows = answer.to_pandas() if hasattr(answer, "to_pandas") else answer
    told = rows[question.told]
    rows = rows[told.notna() & (told != 0)] if question.is_count else rows[told.notna()]
    values = rows[list(question.columns)].astype(object).itertuples(index=False)
    return sorted((tuple(_plain(value) for value in row) for row in values), key=str)


def _plain(value: Any) -> Any:  # noqa: ANN401 - any cell
    if value is None or isinstance(value, str):
        return value
    return None if value != value else round(float(value), 6)  # noqa: PLR0124 - only NaN is not itself


def print_beside_the_others(taken: Taken) -> None:
    """Print the times of all engines and which target is met."""
    for what, how in STATISTICS.items():
        times = summed_up(taken, how)
        _print_head(what, times)
        for name, told in times.items():
            ours, fastest = told[DuckDB.name], min(told.values())
            least = LEAST_OF_PANDAS_FOR_ALL if name in MANY else LEAST_OF_PANDAS
            _print_line(
                name,
                told,
                f"of the fastest {verdict(ours / fastest, most=MOST_OF_FASTEST)}",
                f"pandas {verdict(told[Pandas.name] / ours, least=least)}",
            )


def print_growth(taken: Taken) -> None:
    """Print how the time grows with the facts."""
    for what, how in STATISTICS.items():
        times = summed_up(taken, how)
        _print_head(what, times)
        for name, told in times.items():
            most = MOST_GROWTH_FOR_ALL if name in MANY else MOST_GROWTH
            _print_line(name, told, f"grows {verdict(told['more'] / told['fewer'], most=most)}")


def _print_head(what: str, times: Times) -> None:
    print(f"\n{f'ms, {what}':18}" + "".join(f"{name:>9}" for name in times[PAGE]))


def _print_line(name: str, told: dict[str, float], *verdicts: str) -> None:
    print(f"{name:18}" + "".join(f"{taken:9.1f}" for taken in told.values()), *verdicts, sep="   ")


def verdict(ratio: float, *, most: float = float("inf"), least: float = 0.0) -> str:
    """A ratio and whether it is within its bound."""
    bound = f"most {most}" if least == 0 else f"least {least}"
    return f"{ratio:6.1f} ({bound}: {'met' if least <= ratio <= most else 'missed'})"


if __name__ == "__main__":
    main()
