"""Where pages are built: threads of their own, each with the ledger open to read and the pile beside it.

SQLite connections belong to one thread. A desk opens its own when there is work, looks before each whether the ledger has
changed, and closes it when nothing was asked for a while, so that the file can be copied and a page be forgotten.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import ExitStack
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any, TypeVar, cast

from sayso.errors import UsageError
from sayso.ledger import Ledger
from sayso.pile import Pile
from sayso.pile.copies import QUESTION as COPIES
from sayso.pile.matches import QUESTION as MATCHES
from sayso.pile.people import QUESTION as PEOPLE
from sayso.pile.question import Question
from sayso.pile.series import QUESTION as SERIES
from sayso.pile.voices import QUESTION as VOICES
from sayso.web.kept import Kept, NotYetError
from sayso.web.standing import Answer, Standing, Stored, Whole

QUESTIONS: tuple[Question, ...] = (COPIES, MATCHES, PEOPLE, SERIES, VOICES)
"""What is asked of a pile before a page of the room is built."""
DESKS = 2
"""Threads: one page that takes long does not hold up the next."""
IDLE_SECONDS = 5.0
"""So long the ledger stays open after the last page: somebody who clicks through pages finds it open."""
LARGE = 400
"""Pages from which a ledger is large: what is worked out from all of them at once takes longer than anybody waits (series of
2,000 generated pages 15 s, contested words 40), so that the room does not begin with it when a page is asked for."""
CHARACTERS = 1_500_000
"""Characters of texts whose readings a desk keeps at hand: 30 MB."""
KEPT = 128
"""Answers that a desk keeps: those to other questions than the last ones go first."""
T = TypeVar("T")
Stamp = tuple[tuple[int, int, int], ...]


def is_large(ledger: Ledger) -> bool:
    """Whether a ledger has more pages than can be put together while somebody waits."""
    with ledger._asked() as connection:
        sql = "SELECT count(*) FROM (SELECT 1 FROM documents LIMIT ?)"
        return int(connection.execute(sql, (LARGE + 1,)).fetchone()[0]) > LARGE


def stamp_of(path: Path) -> Stamp:
    """What changes when anybody writes: the file and its log, by number, size and time."""
    found = []
    for each in (path, path.with_name(path.name + "-wal")):
        try:
            status = each.stat()
        except OSError:
            continue
        if status.st_size:
            found.append((status.st_ino, status.st_size, status.st_mtime_ns))
    return tuple(found)


def mark_of(stamp: Stamp) -> str:
    """A stamp as it is kept beside an answer."""
    return " ".join(":".join(map(str, each)) for each in stamp)


class Desk:
    """One ledger with its pile, for one thread. ``once`` keeps what was worked out until the ledger changes.

    ``whole``: everything is worked out at once, however large the ledger. ``wake`` is called where an answer about the whole
    pile of a large one is not of now.
    """

    def __init__(self, path: Path, updating: Lock, *, whole: bool = False, wake: Callable[[], None] | None = None) -> None:
        self.path = path
        self.updating = updating
        self.whole, self.wake = whole, wake
        self._open: ExitStack | None = None
        self._ledger: Ledger | None = None
        self._pile: Pile | None = None
        self._seen: Stamp = ()
        self._known: dict[str, Any] = {}
        self._live: dict[str, Any] = {}
        self.kept = Kept(path)
        self.behind = False
        """Whether an answer was given since ``ready`` that is of an earlier state of the ledger."""
        self.large = False
        """Whether the pile is too large to be looked through whole while somebody waits."""

    @property
    def ledger(self) -> Ledger:
        """The ledger, open to read."""
        assert self._ledger is not None, "a desk is asked between ready() and rest()"
        return self._ledger

    @property
    def pile(self) -> Pile:
        """The pile, up to date unless the ledger is large."""
        assert self._pile is not None, "a desk is asked between ready() and rest()"
        return self._pile

    @property
    def piled(self) -> bool:
        """Whether anything is known across pages: always, but where the ledger is large and no pile was made."""
        return not self.large or self.once("piled", self._is_piled)

    def _is_piled(self) -> bool:
        try:
            self.pile.relations("copies", "none")
        except UsageError:
            return False
        return True

    def answer(self, standing: Standing) -> Answer:
        """An answer about the whole pile. Raises NotYetError where the ledger is large and it was not worked out yet.

        One that was worked out before the ledger changed is given all the same, and ``behind`` says so.
        """
        if not self.large:
            return self.once(f"answer {standing.name}", lambda: Whole(standing.work(self)))
        found = self.kept.found(standing.name)
        old = found is None or found[1] != mark_of(self._seen)
        if old and self.wake is not None:
            self.wake()
        if found is None or not found[1]:
            raise NotYetError(self._not_yet(standing.command))
        self.behind = self.behind or old
        return Stored(self.kept, found[0], standing.row)

    def refuse_large(self, command: str) -> None:
        """Raises NotYetError where the ledger is large: the sentence names the command that works out the same."""
        if self.large:
            raise NotYetError(self._not_yet(command))

    def _not_yet(self, command: str) -> str:
        told = "This is worked out from all pages of the pile at once, which takes too long to wait for here."
        now = self.kept.progress()
        if now is not None:
            told += f" The room is working at it: {now[0]}" + (f", {now[1]:,} of {now[2]:,}." if now[2] else ".")
        return f"{told} A command tells the same, with progress: sayso {command} -l {self.path.name}"

    def ready(self) -> Desk:
        """Open what is closed, and bring the pile up to date where the ledger has changed. Raises LedgerError."""
        self.behind = False
        now = stamp_of(self.path)
        if self._open is not None and now[:1] and now[0][0] != self._seen[:1][0][0]:
            self.rest()
        if self._open is None:
            stack = ExitStack()
            self._ledger = stack.enter_context(Ledger(self.path))
            self._pile = stack.enter_context(Pile(self._ledger, QUESTIONS))
            self._open = stack
            self._pile._shelf.most = CHARACTERS
            self._renew()
        elif now != self._seen:
            self._renew()
        now = stamp_of(self.path)
        if now != self._seen:
            self._known.clear()
            self._live.clear()
        self._seen = now
        return self

    def _renew(self) -> None:
        """Bring the pile up to date, where that does not take long."""
        self.large = not self.whole and is_large(self.ledger)
        if not self.large:
            with self.updating:
                self.pile.update()

    def rest(self) -> None:
        """Close the ledger; what was worked out is kept as long as the ledger does not change."""
        if self._open is not None:
            stack, self._open, self._ledger, self._pile = self._open, None, None, None
            self.kept.close()
            self._live.clear()
            stack.close()

    def once(self, name: str, work: Callable[[], T], *, live: bool = False) -> T:
        """What was worked out under a name since the ledger last changed, or is now.

        ``live``: it asks the pile when it is used, and is gone when the ledger is closed.
        """
        held = self._live if live else self._known
        if name not in held:
            found = work()
            while len(held) >= KEPT:
                held.pop(next(iter(held)))
            held[name] = found
        return cast(T, held[name])


class Desks:
    """A few desks and the work that waits for them. Nothing is opened before work comes."""

    def __init__(self, path: Path, many: int = DESKS, wake: Callable[[], None] | None = None) -> None:
        self.path = Path(os.path.realpath(path))
        self._wake = wake
        self._many = many
        self._work: SimpleQueue[tuple[Callable[[Desk], Any], Future[Any]] | None] = SimpleQueue()
        self._updating = Lock()
        self._threads: list[Thread] = []
        self._starting = Lock()

    def ask(self, work: Callable[[Desk], T]) -> Future[T]:
        """Have something done at a desk."""
        with self._starting:
            while len(self._threads) < self._many:
                thread = Thread(target=self._sit, name=f"desk-{len(self._threads)}", daemon=True)
                self._threads.append(thread)
                thread.start()
        done: Future[T] = Future()
        self._work.put((work, done))
        return done

    def write(self, work: Callable[[], T]) -> Future[T]:
        """Have something written by a thread whose own ledger is closed meanwhile."""

        def alone(desk: Desk) -> T:
            desk.rest()
            return work()

        return self.ask(alone)

    def close(self) -> None:
        """Let every desk end its work, and close the ledger."""
        with self._starting:
            for _ in self._threads:
                self._work.put(None)
            for thread in self._threads:
                thread.join()
            self._threads.clear()

    def _sit(self) -> None:
        desk = Desk(self.path, self._updating, wake=self._wake)
        lasting = os.access(self.path.parent, os.W_OK)  # else the pile is built in memory, and closing would lose it
        try:
            while True:
                try:
                    given = self._work.get(timeout=IDLE_SECONDS if lasting else None)
                except Empty:
                    desk.rest()
                    continue
                if given is None:
                    return
                _do(desk, *given)
        finally:
            desk.rest()


def _do(desk: Desk, work: Callable[[Desk], Any], done: Future[Any]) -> None:
    if not done.set_running_or_notify_cancel():
        return
    try:
        done.set_result(work(desk.ready()))
    except NotYetError as error:
        done.set_exception(error)
    except BaseException as error:
        desk.rest()  # an error may have left a question half asked
        done.set_exception(error)
