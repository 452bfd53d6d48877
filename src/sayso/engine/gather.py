"""``sayso gather``: a folder of readings in Parquet into a ledger, with one writer.

A ledger that is not there yet is made beside its place, its indexes and full-text search last, and moved there whole: it is there
or it is not, however the run ends. One that is there is added to, page by page, as ``sayso read`` does.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sayso.engine import parts
from sayso.engine.batch import outcome_of
from sayso.engine.parts import READ
from sayso.engine.where import FIELDS
from sayso.errors import UnsoundReading, UsageError
from sayso.ledger import Ledger
from sayso.ledger.lock import WriterLock
from sayso.records import Reading, Unreadable

Row = dict[str, Any]
Taken = Callable[[Reading | Unreadable | None, str], object]


@dataclass(slots=True)
class Gathered:
    """What a run did: rows in the folder, those that ``--where`` left out, what the ledger did with the others."""

    rows: int = 0
    left: int = 0
    how: Counter[str] = field(default_factory=Counter)
    unsound: list[Unreadable] = field(default_factory=list)


def files(folder: Path) -> list[Path]:
    """The files of readings in a folder, those of other engines too. Raises UsageError where there are none."""
    found = sorted((folder / READ).glob("*.parquet"))
    if not found:
        raise UsageError(f"there are no readings in {folder}; make them with: sayso read --to {folder} PATH")
    return found


def makers(found: list[Path]) -> dict[parts.Made, int]:
    """What made the readings, and in how many files they stand."""
    return dict(Counter(made for path in found if (made := parts.maker_of(path)) is not None))


def count(folder: Path) -> int:
    """How many rows there are."""
    return sum(parts.length_of(path) for path in files(folder))


def gather(
    folder: Path,
    ledger: Path,
    *,
    test: Callable[[Row], bool] | None = None,
    told: Gathered | None = None,
    step: Callable[[], object] = int,
) -> Gathered:
    """Put the readings of a folder into a ledger, those for which ``test`` holds; ``step`` is called for each row.

    With a test nothing unreadable is taken: there is nothing to test. Raises UsageError where the folder holds no readings, damaged
    ones, or those of several makers; LedgerError where the ledger fails.
    """
    told = told if told is not None else Gathered()
    found = files(folder)
    _refuse_several(folder, makers(found))
    if ledger.exists():
        with Ledger(ledger, write=True) as opened:
            _fill(opened, found, test, told, step)
        return told
    lock = WriterLock(Path(os.path.realpath(ledger)), wait=0.0)
    lock.acquire()  # of the ledger's own place, until it stands there: no second run sweeps away what this one finished
    try:
        _make(ledger, found, test, told, step)
    finally:
        lock.release()
    return told


def _make(
    ledger: Path, found: list[Path], test: Callable[[Row], bool] | None, told: Gathered, step: Callable[[], object]
) -> None:
    """Make a ledger beside its place and move it there. The caller holds the lock of that place."""
    if ledger.exists():
        raise _appeared(ledger)
    beside = ledger.with_name(f"{ledger.name}.gathering")
    _sweep(beside)
    try:
        with Ledger(beside, write=True) as opened, opened.filling():
            _fill(opened, found, test, told, step)
        _move(beside, ledger)
    finally:
        _sweep(beside)


def _appeared(ledger: Path) -> UsageError:
    return UsageError(f"{ledger} was made by somebody else meanwhile: run the same command again to add to it.")


def _refuse_several(folder: Path, made: dict[parts.Made, int]) -> None:
    by_maker, by_part = {each.maker for each in made}, {each.part for each in made if each.part}
    if len(by_maker) > 1 or len(by_part) > 1:
        told = "; ".join(f"{each}: {n} files" for each, n in sorted(made.items()))
        raise UsageError(
            f"{folder} holds readings by {max(len(by_maker), len(by_part))} versions of model or code, runtime or extractors ({told}), "
            "and which is to count is not for order to decide: keep one of them in a folder of its own."
        )


def _sweep(beside: Path) -> None:
    """Take away what a run that was killed left half made. Raises LedgerBusy where another run is at it."""
    if not beside.exists():
        return
    lock = WriterLock(beside, wait=0.0)
    lock.acquire()
    try:
        for end in ("", "-wal", "-shm", "-journal"):
            beside.with_name(beside.name + end).unlink(missing_ok=True)
    finally:
        lock.release()


def _move(beside: Path, ledger: Path) -> None:
    with beside.open("rb+") as file:
        os.fsync(file.fileno())
    try:
        os.link(beside, ledger)  # never over a ledger that somebody made meanwhile
    except FileExistsError:
        raise _appeared(ledger) from None
    except OSError:  # a disk without links
        if ledger.exists():
            raise _appeared(ledger) from None
        beside.replace(ledger)
    parts.sync_folder(ledger.absolute().parent)


def _rows(path: Path) -> Iterator[Row]:
    for batch in parts.batches_of(path):
        yield from parts.rows_of(batch)


def _fill(
    ledger: Ledger, found: list[Path], test: Callable[[Row], bool] | None, told: Gathered, step: Callable[[], object]
) -> None:
    first = _first_of_many(found, test)
    ledger.one_moment()
    for path in found:
        for row in _rows(path):
            told.rows += 1
            step()
            if not _taken(row, test):
                told.left += 1
            elif first.get(_page(row), _place(row)) < _place(row):
                told.how["same"] += 1  # the ledger keeps the name that sorts first
            else:
                _add(ledger, path, row, told)


def _add(ledger: Ledger, path: Path, row: Row, told: Gathered) -> None:
    try:
        outcome = outcome_of(row)
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{path} is damaged: {error}. Delete it, and run the same “sayso read --to” again.") from error
    try:
        told.how[ledger.add(outcome)] += 1
    except UnsoundReading as error:
        lost = Unreadable(row["name"], "extractor-failed", f"{error} Please report this page.")
        told.unsound.append(lost)
        told.how[ledger.add(lost)] += 1


def _taken(row: Row, test: Callable[[Row], bool] | None) -> bool:
    return test is None or (row["error"] is None and test(row))


def _page(row: Row) -> tuple[str, str]:
    return row["document"] or "", row["extractor"] or ""


def _place(row: Row) -> tuple[str, str]:
    return row["name"], row["path"]


def _first_of_many(found: list[Path], test: Callable[[Row], bool] | None) -> dict[tuple[str, str], tuple[str, str]]:
    """For pages that stand in the folder more than once: the name and path that sort first, by page and extractor.

    Of those alone for which the test holds: a page that is taken under one of its names stays where another sorts before it.

    Two passes over short columns: 16 bytes of memory for each page, and more only for what comes twice.
    """
    halves = [_halves(path) for path in found]
    every = np.concatenate([each for each in halves if len(each)] or [_NONE])
    every = every[np.lexsort((every[:, 1], every[:, 0]))]
    same = (every[1:] == every[:-1]).all(axis=1)
    twice = {(int(high), int(low)) for high, low in every[1:][same]}
    first: dict[tuple[str, str], tuple[str, str]] = {}
    for path in found if twice else ():
        for row in parts.some_of(path, *_SHORT):
            page, place = _page(row), _place(row)
            if page[0] and (int(page[0][:16], 16), int(page[0][16:], 16)) in twice and _taken(row, test):
                first[page] = min(first.get(page, place), place)
    return first


_SHORT = tuple(dict.fromkeys(("document", "extractor", "name", "path", "error", *FIELDS.values())))
"""The columns of the second pass: what tells pages apart, and what a test asks for."""
_NONE = np.zeros((0, 2), dtype=np.uint64)


def _halves(path: Path) -> NDArray[np.uint64]:
    """The ids of the documents in a file, each as two numbers."""
    raw = bytes.fromhex("".join(each for each in parts.column_of(path, "document") if each))
    return np.frombuffer(raw, dtype=">u8").reshape(-1, 2).astype(np.uint64)
