"""Many files read at once: what one of them does to its process is told of that file alone."""

import os
import threading
from contextlib import closing, suppress
from multiprocessing import active_children

import pytest

from dashboard.errors import Refused
from dashboard.limits import Limits
from dashboard.reading.cache import ReadingCache
from dashboard.reading.many import Wanted, read_many, wanted
from dashboard.reading.progress import Progress

#: Enough for a second process to be worth its start.
LARGE = 10_000_000


@pytest.fixture
def report(document, tmp_path):
    path = tmp_path / "report.txt"
    path.write_bytes(document("示例县民政局-2020"))
    return path


@pytest.fixture
def outcomes(folder, book):
    """The outcome of each of some files, and whether it was kept for next time."""

    def read(files, limits=Limits()):  # noqa: B008 - frozen
        cache = ReadingCache(folder.readings, book, limits)
        with Progress(len(files)) as progress:
            found = dict(read_many(files, cache, folder.codebook, limits, progress))
        assert progress.anew + progress.unchanged == len(files) == len(found)
        return [found[place] for place in range(len(files))]

    return read


@pytest.fixture
def pipe(tmp_path):
    """A file that nobody can read to its end: whoever opens it waits."""
    if not hasattr(os, "mkfifo"):
        pytest.skip("no named pipes on this system")
    path = tmp_path / "pipe"
    os.mkfifo(path)
    return Wanted(path, "0" * 64, LARGE)


def test_a_file_that_takes_too_long_is_left_out_and_tried_again_next_time(outcomes, folder, report, pipe):
    limits = Limits(seconds=3)
    slow, quick = outcomes([pipe, wanted(report, limits)], limits)
    assert (slow.reads, slow.refusal) == (
        (),
        "读取超过 3 秒，已停止；可在 limits.toml 中调高 seconds 后再试",
    )
    assert quick.reads[0].reading.agency == "示例县民政局"
    assert len(list(folder.readings.iterdir())) == 1


def kill_whoever_opens(path, times):
    for _ in range(times):
        with path.open("wb"):
            for child in active_children():
                child.kill()
                with suppress(ChildProcessError):  # gone, and seen by its parent
                    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)


def test_a_file_that_ends_its_process_twice_is_left_out(outcomes, folder, pipe):
    killer = threading.Thread(target=kill_whoever_opens, args=(pipe.path, 2))
    killer.start()
    (crashed,) = outcomes([pipe])
    killer.join()
    assert crashed.reads == ()
    assert crashed.refusal.startswith("读取进程意外终止")
    assert not folder.readings.exists()


def test_a_file_that_changes_meanwhile_is_not_taken_for_what_it_was(outcomes, folder, report):
    file = wanted(report, Limits())
    report.write_bytes(report.read_bytes() + b"\n")
    (changed,) = outcomes([file])
    assert (changed.reads, changed.refusal) == ((), "读取时文件正被改动；请稍后再试")
    assert not folder.readings.exists()


def test_a_file_that_goes_meanwhile_is_told(outcomes, report):
    file = wanted(report, Limits())
    report.unlink()
    (gone,) = outcomes([file])
    assert gone.refusal.startswith("无法打开")


def test_few_files_are_read_without_another_process(outcomes, report):
    before = active_children()
    (outcome,) = outcomes([wanted(report, Limits())])
    assert outcome.reads
    assert active_children() == before


def test_processes_end_when_nobody_wants_the_rest(folder, book, report, pipe):
    cache = ReadingCache(folder.readings, book, Limits())
    with (
        Progress(2) as progress,
        closing(
            read_many([wanted(report, Limits()), pipe], cache, folder.codebook, Limits(), progress)
        ) as reading,
    ):
        assert next(reading)[0] == 0
    assert active_children() == []


def test_a_file_over_the_limit_is_not_even_opened(tmp_path):
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(3 * 1024 * 1024 + 1)
    with pytest.raises(Refused, match=r"^文件有 3\.0 MB，超过上限 3 MB"):
        wanted(path, Limits(file_megabytes=3))
    assert wanted(path, Limits()).size == 3 * 1024 * 1024 + 1
