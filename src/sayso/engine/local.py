"""The local engine: one or more processes on this machine, results in the order of the items, memory flat."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from sayso.errors import SaysoError
from sayso.identity import document_id
from sayso.ingest import Item, Metadata, load
from sayso.reading import Reader
from sayso.records import Reading, Unreadable

AHEAD = 4  # items a process may be ahead of the one that is handed on: bounds the memory, hides uneven lengths


@dataclass(frozen=True, slots=True)
class Skipped:
    """A document that was not read because the ledger has it."""

    name: str
    id: str


DIED = "a process that was reading died, most likely for want of memory; read this page again by itself"

Outcome = Reading | Unreadable | Skipped
_Waiting = deque[tuple[Item, Future[Outcome]]]
_state: dict[str, object] = {}


def never(_: str) -> bool:
    """Skip nothing."""
    return False


def read_item(reader: Reader, item: Item, meta: Metadata | None, skip: Callable[[str], bool]) -> Outcome:
    """Load and read one item. What goes wrong in one document is an outcome, not an exception."""
    try:
        document = load(item, meta)
        if isinstance(document, Unreadable):
            return document
        identity = document_id(document)
        if skip(identity):
            return Skipped(document.name, identity)
        return reader.read(document)
    except SaysoError:
        raise  # a damaged installation, not a bad page
    except Exception as error:  # one page never stops the pile, whatever it does to a library
        message = f"reading failed inside Sayso ({type(error).__name__}: {error}); please report this page"
        return Unreadable(item.name, "extractor-failed", message, item.path)


def _follow() -> None:
    """End with the process that asked: where that one is killed, nobody else ends this one."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _start(
    model: Path | None, years: range | None, meta: Metadata | None, skip: Callable[[str], bool]
) -> None:  # fmt: skip
    threading.Thread(target=_follow, daemon=True).start()
    _state.update(reader=Reader(model, years), meta=meta, skip=skip)


def _work(item: Item) -> Outcome:
    return read_item(_state["reader"], item, _state["meta"], _state["skip"])  # type: ignore[arg-type]


def _hand_over(pool: ProcessPoolExecutor, item: Item) -> Future[Outcome]:
    """Let a pool read an item; where the pool is broken already, the future says so."""
    try:
        return pool.submit(_work, item)
    except BrokenProcessPool as error:
        lost: Future[Outcome] = Future()
        lost.set_exception(error)
        return lost


def _lost(future: Future[Outcome]) -> bool:
    """Whether nothing came of an item because a process died. Waits until that is known."""
    return isinstance(future.exception(), BrokenProcessPool)


def _until_one_dies(pool: ProcessPoolExecutor, waiting: _Waiting) -> Generator[tuple[Item, Outcome], None, bool]:
    """Read what is waiting one item at a time, until one ends its process: only that one is to blame.

    What was handed on is taken from ``waiting``. Whether one died; none does where memory was short only for several.
    """
    while waiting:
        item, future = waiting.popleft()
        again = _hand_over(pool, item) if _lost(future) else future
        if _lost(again):
            yield item, Unreadable(item.name, "extractor-failed", DIED, item.path)
            return True
        yield item, again.result()
    return False


def _parallel(
    items: Iterable[Item],
    meta: Metadata | None,
    processes: int,
    skip: Callable[[str], bool],
    model: Path | None,
    years: range | None,
) -> Iterator[tuple[Item, Outcome]]:
    waiting: _Waiting = deque()
    context = multiprocessing.get_context("spawn")

    def start() -> ProcessPoolExecutor:
        return ProcessPoolExecutor(processes, context, _start, (model, years, meta, skip))

    pool = start()
    source = iter(items)
    try:
        while True:
            while len(waiting) < processes * AHEAD and (item := next(source, None)) is not None:
                waiting.append((item, _hand_over(pool, item)))
            if not waiting:
                return
            if not _lost(waiting[0][1]):
                first, future = waiting.popleft()
                yield first, future.result()
                continue
            pool.shutdown(wait=True)  # all that it did not come to is marked by then
            pool = start()
            if (yield from _until_one_dies(pool, waiting)):
                pool.shutdown(wait=True)
                pool = start()
            waiting = deque((item, _hand_over(pool, item) if _lost(future) else future) for item, future in waiting)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def read_all(
    items: Iterable[Item],
    *,
    meta: Metadata | None = None,
    processes: int = 1,
    skip: Callable[[str], bool] = never,
    model: Path | None = None,
    years: range | None = None,
) -> Iterator[tuple[Item, Outcome]]:
    """Read items in order; what comes of each, beside it.

    ``skip`` is asked with a document's id. With several processes it must be able to travel to them
    (``frozenset(ids).__contains__`` is). ``years`` are those that the items are from: see :class:`sayso.Reader`.
    """
    if processes > 1:
        yield from _parallel(items, meta, processes, skip, model, years)
        return
    reader = Reader(model, years)
    for item in items:
        if item.problem is not None:
            yield item, item.problem
        else:
            yield item, read_item(reader, item, meta, skip)
