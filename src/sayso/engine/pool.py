"""Work handed to processes and taken back in order; a task that ends its process costs itself and no other."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

AHEAD = 4
"""Tasks a process may be ahead of the one that is handed on: bounds the memory, hides uneven lengths."""

Task = TypeVar("Task")
Result = TypeVar("Result")


def _follow() -> None:
    """End with the process that asked: where that one is killed, nobody else ends this one."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _start(begin: Callable[..., None], given: tuple[Any, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow, daemon=True).start()
    begin(*given)


@contextmanager
def _deaf() -> Iterator[None]:
    """No Ctrl-C for the processes that are begun here: it comes to all of a terminal, and is for the first one to heed.

    They inherit it from their first instruction on, where the system knows that; for this one it only waits.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _is_lost(future: Future[Any]) -> bool:
    """Whether nothing came of a task because a process died. Waits until that is known."""
    return isinstance(future.exception(), BrokenProcessPool)


@dataclass(frozen=True, slots=True)
class Work(Generic[Task, Result]):
    """What processes do: ``begin(*given)`` once in each, then ``do(task)``. All but ``lost`` must be able to travel.

    ``lost(task)`` is called here, and stands in for the result of a task that ends every process that takes it.
    """

    begin: Callable[..., None]
    given: tuple[Any, ...]
    do: Callable[[Task], Result]
    lost: Callable[[Task], Result]

    def pool(self, processes: int) -> ProcessPoolExecutor:
        """New processes, begun; not forked, as what runs in this one would not live on there."""
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(processes, context, _start, (self.begin, self.given))

    def hand(self, pool: ProcessPoolExecutor, task: Task) -> Future[Result]:
        """Hand a task over; where the pool is broken already, the future says so."""
        try:
            with _deaf():
                return pool.submit(self.do, task)
        except BrokenProcessPool as error:
            lost: Future[Result] = Future()
            lost.set_exception(error)
            return lost

    def until_one_dies(
        self, pool: ProcessPoolExecutor, waiting: deque[tuple[Task, Future[Result]]]
    ) -> Generator[tuple[Task, Result], None, bool]:
        """Do what is waiting one task at a time, until one ends its process: only that one is to blame.

        What was handed on is taken from ``waiting``. Whether one died; none does where memory was short only for several.
        """
        while waiting:
            task, future = waiting.popleft()
            again = self.hand(pool, task) if _is_lost(future) else future
            if _is_lost(again):
                yield task, self.lost(task)
                return True
            yield task, again.result()
        return False


def in_order(work: Work[Task, Result], tasks: Iterable[Task], processes: int) -> Iterator[tuple[Task, Result]]:
    """What comes of each task, beside it, in their order. Lazy: no more than a few tasks for each process are under way."""
    waiting: deque[tuple[Task, Future[Result]]] = deque()
    pool = work.pool(processes)
    source = iter(tasks)
    try:
        while True:
            while len(waiting) < processes * AHEAD:
                for task in source:
                    waiting.append((task, work.hand(pool, task)))
                    break
                else:
                    break
            if not waiting:
                return
            if not _is_lost(waiting[0][1]):
                first, future = waiting.popleft()
                yield first, future.result()
                continue
            pool.shutdown(wait=True)  # all that it did not come to is marked by then
            pool = work.pool(processes)
            if (yield from work.until_one_dies(pool, waiting)):
                pool.shutdown(wait=True)
                pool = work.pool(processes)
            waiting = deque((task, work.hand(pool, task) if _is_lost(future) else future) for task, future in waiting)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
