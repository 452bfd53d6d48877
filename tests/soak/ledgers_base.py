"""The ledger that is mutated: made by the real reader over pages of the demo, with every kind of row that there is."""

from __future__ import annotations

import random
import re
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "ledger"))
from factory import NEWER, article

from sayso.ingest import Item, load
from sayso.ledger import Ledger
from sayso.ledger.labelling import Bearer, put_label
from sayso.ledger.reviews import Coding, keep_sheet
from sayso.reading import Reader
from sayso.records import Document, Reading, Unreadable

ROOT = Path(__file__).parents[2]
PAGES = ("tern-0311-breach.txt", "rattle-0315-growers.txt", "undertow-0316-posts.txt", "banner-0318-inquiry.txt")
NAME = "l.db"
PRECIOUS = "precious.txt"
PRECIOUS_WORDS = b"Not part of any ledger, and never to be changed.\n" * 40

Make = Callable[[Path, random.Random], None]
"""Changes the ledger at this path, or what lies beside it."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One way to be hostile. ``heavy`` ones are large or slow to make: only in the soak."""

    name: str
    make: Make
    heavy: bool = False


def newcomer() -> Reading:
    """The reading that is added where a mutated ledger opens for writing."""
    return article(77)


def make_base(path: Path, pages: tuple[str, ...] = PAGES, statements: int = 120) -> Path:
    """The ledger before it is mutated: read pages, readings made by hand, an earlier reading, a free page."""
    reader = Reader()
    with Ledger(path, write=True) as ledger:
        for name in pages:
            document = load(Item(name, str(ROOT / "demo" / "pile" / name)), None)
            assert isinstance(document, Document)
            ledger.add(reader.read(document))
        for number in range(4):
            ledger.add(article(number, statements=5))
        ledger.add(replace(article(2, statements=5), made_by=NEWER))
        ledger.add(article(9, statements=statements))
        first = article(0, statements=5)
        ledger.decide("note", [first.statements[0].id], reviewer="R. Tarn", note="Heard it too.")
        ledger.decide("reject", [first.statements[1].id], reviewer="R. Tarn")
        named = Bearer(speaker=first.speakers[0].name)
        for bearer in (Bearer(statement=first.statements[2].id), Bearer(outlet=first.document.outlet), named):
            put_label(ledger, "of note", bearer, reviewer="R. Tarn")
        coded = Coding("statement", first.id, first.statements[0].id, "0.1.0", first.document.outlet, 0, 9, 1, 1, "right", note="so")
        keep_sheet(ledger, "1+0", "", (coded,), reviewer="R. Tarn")
        ledger.keep((ROOT / "demo" / "pile" / pages[0]).read_bytes())
        ledger.add(article(10))
        ledger.forget(article(10).id, "asked for", reviewer="R. Tarn")
        ledger.add(Unreadable("torn.pdf", "encrypted", "the file has a password", "pile/torn.pdf"))
    change(path, "CREATE TABLE spare AS SELECT * FROM documents", "DROP TABLE spare")
    return path


def change(path: Path, *statements: str | tuple[str, tuple[object, ...]]) -> None:
    """Run SQL as another program would: nothing is guarded."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        for statement in statements:
            sql, values = (statement, ()) if isinstance(statement, str) else statement
            connection.execute(sql, values)


def rewrite(path: Path, *statements: str | tuple[str, tuple[object, ...]]) -> None:
    """Run SQL that may also change the table of the schema itself."""
    change(path, "PRAGMA writable_schema = ON", *statements)


def loosely(path: Path, table: str, *statements: str | tuple[str, tuple[object, ...]]) -> None:
    """Run SQL while a table takes any value: without STRICT, NOT NULL, CHECK and UNIQUE. Its definition is put back."""
    with closing(sqlite3.connect(path)) as connection:
        (sql,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
    loose = sql.replace(" NOT NULL", "").replace("STRICT, WITHOUT", "WITHOUT").replace(") STRICT", ")")
    loose = re.sub(
        r" CHECK \(\w+ IN \(0, 1\)\)", "", loose.replace(" TEXT", "").replace(" REAL", "").replace(" BLOB", "")
    )
    for name in sql.split():
        if f"  {name} INTEGER NOT NULL" in sql:
            loose = loose.replace(f"  {name} INTEGER", f"  {name}")
    with closing(sqlite3.connect(path)) as connection:
        triggers = connection.execute("SELECT * FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    rewrite(
        path,
        ("UPDATE sqlite_schema SET sql = ? WHERE name = ?", (loose, table)),
        "DELETE FROM sqlite_schema WHERE type = 'trigger'",
    )
    try:
        change(path, *statements)
    finally:
        rewrite(path, *(("INSERT INTO sqlite_schema VALUES (?, ?, ?, ?, ?)", row) for row in triggers))
        rewrite(path, ("UPDATE sqlite_schema SET sql = ? WHERE name = ?", (sql, table)))
