"""The local engine: one or more processes on this machine, results in the order of the items, memory flat."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

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


Outcome = Reading | Unreadable | Skipped
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
    except (ValueError, ArithmeticError, LookupError, TypeError, RecursionError, MemoryError) as error:
        message = f"reading failed inside Sayso ({type(error).__name__}: {error}); please report this page"
        return Unreadable(item.name, "extractor-failed", message, item.path)


def _start(model: Path | None, meta: Metadata | None, skip: Callable[[str], bool]) -> None:
    _state.update(reader=Reader(model), meta=meta, skip=skip)


def _work(item: Item) -> Outcome:
    return read_item(_state["reader"], item, _state["meta"], _state["skip"])  # type: ignore[arg-type]


def _parallel(
    items: Iterable[Item], meta: Metadata | None, processes: int, skip: Callable[[str], bool], model: Path | None
) -> Iterator[tuple[Item, Outcome]]:
    waiting: deque[tuple[Item, Future[Outcome]]] = deque()
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, context, _start, (model, meta, skip)) as pool:
        try:
            for item in items:
                waiting.append((item, pool.submit(_work, item)))
                if len(waiting) >= processes * AHEAD:
                    first, future = waiting.popleft()
                    yield first, future.result()
            while waiting:
                first, future = waiting.popleft()
                yield first, future.result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def read_all(
    items: Iterable[Item],
    *,
    meta: Metadata | None = None,
    processes: int = 1,
    skip: Callable[[str], bool] = never,
    model: Path | None = None,
) -> Iterator[tuple[Item, Outcome]]:
    """Read items in order; what comes of each, beside it.

    ``skip`` is asked with a document's id. With several processes it must be able to travel to them
    (``frozenset(ids).__contains__`` is).
    """
    if processes > 1:
        yield from _parallel(items, meta, processes, skip, model)
        return
    reader = Reader(model)
    for item in items:
        if item.problem is not None:
            yield item, item.problem
        else:
            yield item, read_item(reader, item, meta, skip)
