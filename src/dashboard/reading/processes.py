"""The same work on many tasks at once, in processes of our own: which task ended or held up which process.

`concurrent.futures` breaks its whole pool when one process dies, cannot say over which task, and cannot
stop one that takes too long. Here each process holds one task at a time, so what happens to a process
happens to that task alone. Processes are spawned on every system: a fork would copy the threads of DuckDB.
"""

import logging
import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from enum import Enum
from multiprocessing.connection import Connection, wait
from typing import Generic, TypeVar

log = logging.getLogger(__name__)
Task = TypeVar("Task")
Answer = TypeVar("Answer")
_CONTEXT = multiprocessing.get_context("spawn")
#: Importing what the work needs takes a second at most; on a machine in trouble, longer.
_SECONDS_TO_START = 120.0
#: What Windows can wait for at once is 63.
_MOST = 60


class Lost(Enum):
    """Why a task has no answer: its process died over it twice, or it took too long."""

    CRASHED = "crashed"
    OVERDUE = "overdue"


def cores() -> int:
    """How many processes can run at once here."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(usable, _MOST)


def run(
    work: Callable[[Task], Answer], tasks: Sequence[Task], size: int, seconds: float
) -> Iterator[tuple[int, Answer | Lost]]:
    """Give (place in `tasks`, answer) as the answers come, from `size` processes.

    `work` must be a function of a module (or a partial of one), and must not raise. A task is stopped
    after `seconds`. One whose process dies is tried again when all others are done, alone: another task
    may have taken the memory. The processes end with the iteration, and with this process.
    """
    crashed: list[int] = []
    for number, answer in _attempt(work, enumerate(tasks), min(size, len(tasks)), seconds):
        if answer is Lost.CRASHED:
            crashed.append(number)
        else:
            yield number, answer
    if crashed:
        yield from _attempt(work, [(number, tasks[number]) for number in crashed], 1, seconds)


def _attempt(
    work: Callable[[Task], Answer], numbered: Iterable[tuple[int, Task]], size: int, seconds: float
) -> Iterator[tuple[int, Answer | Lost]]:
    waiting = deque(numbered)
    crew = [_Worker(work) for _ in range(size)]
    try:
        while waiting or any(worker.number is not None for worker in crew):
            if not crew:
                log.warning("无法启动读取进程，改为逐份读取")
                yield from ((number, work(task)) for number, task in waiting)
                return
            for worker, said in list(_said(crew)):
                number = worker.heard()
                if isinstance(said, Lost):
                    crew.remove(worker)
                    worker.end()
                    if number is not None and waiting:
                        crew.append(_Worker(work))
                elif waiting:  # before the answer is dealt with, so that nobody waits for that
                    worker.give(*waiting.popleft(), seconds)
                if number is not None:
                    yield number, said
    finally:
        for worker in crew:
            worker.end()


def _said(crew: Sequence["_Worker[Task, Answer]"]) -> Iterator[tuple["_Worker[Task, Answer]", Answer | Lost]]:
    """What the workers say next, once at least one of them says something or is overdue."""
    busy = [worker for worker in crew if not worker.is_idle]
    soonest = min(worker.deadline for worker in busy)
    ready = wait([worker.connection for worker in busy], max(0.0, soonest - time.monotonic()))
    for worker in busy:
        if worker.connection in ready:
            try:
                yield worker, worker.connection.recv()
            except (EOFError, OSError):
                yield worker, Lost.CRASHED
        elif time.monotonic() >= worker.deadline:
            yield worker, Lost.OVERDUE


class _Worker(Generic[Task, Answer]):
    """A process and the task it holds: none while it starts (it says when it is ready) and when idle."""

    def __init__(self, work: Callable[[Task], Answer]) -> None:
        self.connection, theirs = _CONTEXT.Pipe()
        self.process = _CONTEXT.Process(target=_serve, args=(theirs, work), daemon=True)
        self.process.start()
        theirs.close()
        self.is_idle = False
        self.number: int | None = None
        self.deadline = time.monotonic() + _SECONDS_TO_START

    def give(self, number: int, task: Task, seconds: float) -> None:
        self.is_idle, self.number = False, number
        self.deadline = time.monotonic() + seconds
        with suppress(OSError):  # it died meanwhile: the connection says so when it is listened to
            self.connection.send(task)

    def heard(self) -> int | None:
        """Take note that it has spoken; return the number of the task it held."""
        number, self.number, self.is_idle = self.number, None, True
        return number

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.process.close()
        self.connection.close()


def _serve(connection: "Connection[object, Task]", work: Callable[[Task], object]) -> None:
    """What a process does: say that it is ready, then answer one task after another."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle: it ends this process
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with suppress(EOFError, OSError):
        connection.send(None)
        while True:
            connection.send(work(connection.recv()))


def _end_with_parent() -> None:
    """A parent that was killed cannot end us, and a task that hangs never looks at its connection."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
