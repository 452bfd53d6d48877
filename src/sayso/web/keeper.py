"""The keeper: a process of its own that brings a large pile up to date and works out what the desks then only look up.

    python -m sayso.web.keeper LEDGER

It takes memory and time as the commands do that tell the same, and ends when everything is worked out, or when the room does:
its standard input is closed then.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from signal import SIGTERM
from sqlite3 import Connection, Error
from threading import Lock, Thread

from sayso.errors import SaysoError
from sayso.ledger import Ledger
from sayso.pile import Pile
from sayso.web import kept
from sayso.web.desk import QUESTIONS, Desk, mark_of, stamp_of
from sayso.web.kept import Kept, Line
from sayso.web.pages.copies import COPIES
from sayso.web.pages.facts import MATCHES
from sayso.web.pages.incidents import INCIDENTS
from sayso.web.pages.people_many import JOINED, SPEAKERS
from sayso.web.pages.series import SERIES
from sayso.web.pages.voices import SHARED
from sayso.web.standing import Standing

EVERY: tuple[Standing, ...] = (COPIES, JOINED, SPEAKERS, *SHARED.values(), SERIES, INCIDENTS, MATCHES)
"""What is worked out, in this order."""
TOLD_SECONDS = 1.0
"""So often it is said how far the work is."""


def lines_of(desk: Desk, standing: Standing) -> Iterator[Line]:
    """The lines of an answer, worked out now."""
    for each in standing.work(desk):
        value = json.dumps(asdict(each.row), ensure_ascii=True, separators=(",", ":"))
        yield Line(value, each.id, each.facet, each.other, each.words)


class Telling:
    """Says in the file how far the work is, now and then."""

    def __init__(self, connection: Connection) -> None:
        self.connection, self._last = connection, 0.0

    def step(self, done: int, of: int) -> None:
        """One page more was compared."""
        if time.monotonic() - self._last > TOLD_SECONDS:
            self._last = time.monotonic()
            kept.tell(self.connection, "comparing pages", done, of)


def keep(ledger: Path) -> list[str]:
    """Bring the pile up to date, then every answer that is not of now; the names of those that were worked out.

    Raises LedgerError, OSError, sqlite3.Error.
    """
    done = []
    with kept.writing(ledger) as connection:
        kept.clear(connection)
        with Ledger(ledger) as opened, Pile(opened, QUESTIONS) as pile:
            pile.update(Telling(connection).step)
        now, held = mark_of(stamp_of(ledger)), Kept(ledger)
        desk = Desk(ledger, Lock(), whole=True).ready()
        try:
            for standing in EVERY:
                found = held.found(standing.name)
                if found is None or found[1] != now:
                    kept.tell(connection, standing.name, 0, 0)
                    kept.write(connection, standing.name, now, lines_of(desk, standing))
                    done.append(standing.name)
        finally:
            desk.rest()
            held.close()
            kept.tell(connection, "", 0, 0)
    return done


class Keeper:
    """Starts that process where it is needed, one at a time, and rests as long as the last one took."""

    def __init__(self, ledger: Path) -> None:
        self.ledger = ledger
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._began = self._ended = 0.0

    def wake(self) -> None:
        """Start the process, unless it runs or has only just ended."""
        with self._lock:
            now = time.monotonic()
            if self._process is not None:
                if self._process.poll() is None:
                    return
                self._close()
                self._ended = now
            if self._ended and now - self._ended < self._ended - self._began:
                return
            self._began = now
            command = [sys.executable, "-m", "sayso.web.keeper", str(self.ledger)]
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )

    def _close(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            if process.stdin is not None:
                process.stdin.close()
            process.wait()

    def close(self) -> None:
        """End the process where it runs. What is whole is kept."""
        with self._lock:
            self._close()


def _until_the_room_ends() -> None:
    sys.stdin.buffer.read()
    os.kill(os.getpid(), SIGTERM)


def main() -> None:
    """Work everything out that is not of now, as far as it can be: what is missing is told by the pages themselves."""
    Thread(target=_until_the_room_ends, daemon=True).start()
    with suppress(SaysoError, OSError, Error):
        keep(Path(os.path.realpath(sys.argv[1])))


if __name__ == "__main__":
    main()
