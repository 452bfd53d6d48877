"""The local engine: one or more processes on this machine, results in the order of the items, memory flat."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sayso.engine.pool import Work, in_order
from sayso.errors import SaysoError
from sayso.identity import document_id
from sayso.ingest import Item, Metadata, load
from sayso.reading import Reader
from sayso.records import Reading, Unreadable


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


def died(item: Item) -> Outcome:
    """What comes of an item that ends every process that reads it."""
    return Unreadable(item.name, "extractor-failed", DIED, item.path)


def _begin(model: Path | None, years: range | None, meta: Metadata | None, skip: Callable[[str], bool]) -> None:
    _state.update(reader=Reader(model, years), meta=meta, skip=skip)


def _work(item: Item) -> Outcome:
    return read_item(_state["reader"], item, _state["meta"], _state["skip"])  # type: ignore[arg-type]


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
        yield from in_order(Work(_begin, (model, years, meta, skip), _work, died), items, processes)
        return
    reader = Reader(model, years)
    for item in items:
        if item.problem is not None:
            yield item, item.problem
        else:
            yield item, read_item(reader, item, meta, skip)
