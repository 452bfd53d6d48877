"""Taking pages that were forgotten out of the pile's file, at once and without the questions that put them in."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from pathlib import Path

from sayso.errors import NotALedger
from sayso.ledger import door
from sayso.pile.blocks import Width
from sayso.pile.exchange import strike
from sayso.pile.rows import Rows, drop_lonely, transaction
from sayso.pile.sidecar import Sidecar, remove

WAIT_SECONDS = 5.0
"""How long it waits for a process that is writing."""


def forget(ledger: Path, pages: Collection[str]) -> None:
    """Take all that came from these pages (document ids) out of the bytes of ``LEDGER.pile``; nothing where there is none.

    A file that cannot be used is taken away. Raises LedgerBusy, which names who is writing, and LedgerError.
    """
    file = Sidecar(ledger, WAIT_SECONDS)
    try:
        connection = file.change()
        if connection is not None:
            _strike(connection, pages)
    except (sqlite3.Error, NotALedger) as error:
        if isinstance(error, sqlite3.Error) and not file.is_damaged(error):
            raise door.broken(file.path, error) from error
        file.close()
        remove(ledger)
    finally:
        file.close()


def _strike(connection: sqlite3.Connection, pages: Collection[str]) -> None:
    with transaction(connection):
        for number, cap, heads in connection.execute("SELECT number, cap, heads FROM questions").fetchall():
            held = Rows(connection, int(number))
            taken = set(held.pages().values())
            out = [key for page in pages if (key := held.key_of(page)) in taken and key is not None]
            strike(held, Width(int(cap), int(heads)), out)
        gone = [key for page in pages if (key := Rows(connection, 0).key_of(page)) is not None]
        drop_lonely(connection, gone)
