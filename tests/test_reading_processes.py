"""Many tasks in processes of their own: what one process comes to is no other task's concern.

The work here is Python's own `eval`, so that a task can be anything at all, in real processes.
"""

import multiprocessing
import os
import subprocess
import sys
import time

import pytest

from dashboard.reading.processes import Lost, cores, run

DIES = "__import__('os').abort()"
HANGS = "__import__('time').sleep(600)"


def answers(*tasks, size=2, seconds=60):
    return dict(run(eval, tasks, size, seconds))


def test_every_answer_comes_with_the_place_of_its_task():
    assert answers(*[f"{number} * 2" for number in range(20)]) == {number: number * 2 for number in range(20)}


def test_several_tasks_run_at_once():
    pids = answers(*["(__import__('time').sleep(0.2), __import__('os').getpid())[1]"] * 6)
    assert len(set(pids.values())) == 2
    assert os.getpid() not in pids.values()


def test_a_process_that_dies_takes_only_its_own_task_with_it():
    assert answers("1", DIES, "2", DIES, "3") == {0: 1, 1: Lost.CRASHED, 2: 2, 3: Lost.CRASHED, 4: 3}


def test_a_task_that_takes_too_long_is_stopped_and_the_others_go_on():
    start = time.monotonic()
    assert answers("1", HANGS, "2", "3", seconds=2) == {0: 1, 1: Lost.OVERDUE, 2: 2, 3: 3}
    assert time.monotonic() - start < 30


def test_a_task_whose_process_was_killed_is_tried_once_more(tmp_path):
    """It may have been another task that took the memory."""
    mark = tmp_path / "mark"
    once = f"7 if __import__('os').path.exists({str(mark)!r}) else (open({str(mark)!r}, 'x'), {DIES})"
    assert answers(once, "1") == {0: 7, 1: 1}


def test_no_process_outlives_the_iteration():
    answering = run(eval, ["1", HANGS, HANGS], 2, 60)
    assert next(answering) == (0, 1)
    answering.close()
    assert multiprocessing.active_children() == []


def test_no_process_outlives_its_parent(tmp_path):
    """Also one that hangs: the pipe is at its end only when nobody holds it any more."""
    mark = tmp_path / "mark"
    script = (
        "from dashboard.reading.processes import run\n"
        f"list(run(eval, [\"open({str(mark)!r}, 'x') and {HANGS}\"], 1, 600))"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as parent:
        while not mark.exists():
            assert parent.poll() is None
            time.sleep(0.05)
        parent.kill()
        parent.communicate(timeout=30)


def test_where_no_process_can_start_the_work_is_done_here(tmp_path):
    """As where the main module cannot be imported a second time."""
    script = tmp_path / "main.py"
    script.write_text(
        "import os\n"
        "from dashboard.reading.processes import run\n"
        "if __name__ != '__main__':\n"
        "    os._exit(1)\n"
        "print(dict(run(eval, ['1 + 1', '2 + 2'], 2, 60)))\n"
    )
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "{0: 2, 1: 4}\n"


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="no affinity on this system")
def test_the_cores_are_those_this_process_may_use():
    usable = os.sched_getaffinity(0)
    assert cores() == min(len(usable), 60)
    os.sched_setaffinity(0, {min(usable)})
    try:
        assert cores() == 1
    finally:
        os.sched_setaffinity(0, usable)
