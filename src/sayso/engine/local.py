"""The local engine: one or more processes on this machine, results in the order of the items, memory flat."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from pathlib import Path

from sayso.errors import SaysoError
from sayso.identity import document_id
from sayso.ingest import Item, Metadata, load
from sayso.reading import Reader
from sayso.records import MadeBy, Reading, Unreadable

AHEAD = 4  # items a process may be ahead of the one that is handed on: bounds the memory, hides uneven lengths


@dataclass(frozen=True, slots=True)
class Skipped:
    """A document that was not read because the ledger has it."""

    name: str
    id: str


DIED = "a process that was reading died, most likely for want of memory; read this page again by itself"

Outcome = Reading | Unreadable | Skipped
_state: dict[str, object] = {}


def never(_: str) -> bool:
    """Skip nothing."""
    return False


def made_with(made: MadeBy, years: range | None) -> MadeBy:
    """What made a reading that was given years: they stand behind the code, so that other years make another reading."""
    return replace(made, code=f"{made.code}+{years[0]}-{years[-1]}") if years else made


def read_item(reader: Reader, item: Item, meta: Metadata | None, skip: Callable[[str], bool]) -> Outcome:
    """Load and read one item. What goes wrong in one document is an outcome, not an exception."""
    try:
        document = load(item, meta)
        if isinstance(document, Unreadable):
            return document
        identity = document_id(document)
        if skip(identity):
            return Skipped(document.name, identity)
        reading = reader.read(document)
        return replace(reading, made_by=made_with(reading.made_by, reader.years))
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


def _parallel(
    items: Iterable[Item],
    meta: Metadata | None,
    processes: int,
    skip: Callable[[str], bool],
    model: Path | None,
    years: range | None,
) -> Iterator[tuple[Item, Outcome]]:
    waiting: deque[tuple[Item, Future[Outcome]]] = deque()
    context = multiprocessing.get_context("spawn")

    def start() -> ProcessPoolExecutor:
        return ProcessPoolExecutor(processes, context, _start, (model, years, meta, skip))

    pool = start()
    source = iter(items)
    try:
        while True:
            while len(waiting) < processes * AHEAD and (item := next(source, None)) is not None:
                waiting.append((item, pool.submit(_work, item)))
            if not waiting:
                return
            first, future = waiting.popleft()
            try:
                yield first, future.result()
            except BrokenProcessPool:
                yield first, Unreadable(first.name, "extractor-failed", DIED, first.path)
                pool = start()
                waiting = deque((item, pool.submit(_work, item)) for item, _ in waiting)
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
