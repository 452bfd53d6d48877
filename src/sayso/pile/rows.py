"""The rows of one question in the pile's file, in and out. Values that Sayso never writes are ``sqlite3.DatabaseError``."""

from __future__ import annotations

import json
import sqlite3
import struct
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from math import isfinite

from sayso.ledger.keys import PLACES, base_key
from sayso.pile.blocks import Member, Width
from sayso.pile.hashing import item_hash, ranks
from sayso.pile.question import Item, Name, Pair, Relation

HELD = 30_000
"""Items kept at hand while pages come in, and those of the last such lot: 70 MB together at 20 keys each."""
ASKED = 1024
"""Buckets that are looked up at once. A question to SQLite has limits (``guards``); one of full buckets takes a tenth of them."""
_TABLES = ("pages", "items", "buckets", "relations")
_PAIRS = "SELECT a, b, kind, score, detail FROM relations WHERE question = ?1"
_HEADS = """SELECT b.key, b.rank, b.item FROM json_each(?2) AS asked CROSS JOIN buckets AS b
    WHERE b.question = ?1 AND b.key = asked.value AND b.rank <= coalesce(
        (SELECT rank FROM buckets WHERE question = ?1 AND key = asked.value ORDER BY rank, item LIMIT 1 OFFSET ?3), 1 << 62)
    ORDER BY asked.id, b.rank, b.item"""
_ITEMS = f"""SELECT i.key, d.id, i.id, i.keys, i.sketch FROM json_each(?2) AS asked CROSS JOIN items AS i
    CROSS JOIN documents AS d WHERE i.question = ?1 AND i.key = asked.value AND d.key = i.key - i.key % {PLACES}"""
_PAIRS_OF = f"{_PAIRS} AND a BETWEEN ?2 AND ?3 UNION {_PAIRS} AND b BETWEEN ?2 AND ?3"


def odd(what: str) -> sqlite3.DatabaseError:
    """The error for a value that no pile of Sayso holds."""
    return sqlite3.DatabaseError(f"{what} is not as Sayso writes it")


def packed(keys: Collection[int]) -> bytes:
    """Keys as bytes: eight for each, the low byte first."""
    return struct.pack(f"<{len(keys)}q", *keys)


def unpacked(keys: bytes) -> tuple[int, ...]:
    """Keys back from :func:`packed`. Raises sqlite3.DatabaseError."""
    if not isinstance(keys, bytes) or len(keys) % 8:
        raise odd("a list of keys")
    return struct.unpack(f"<{len(keys) // 8}q", keys)


def number_of(connection: sqlite3.Connection, name: str, version: int, width: Width) -> int:
    """The number of a question, 0 where nothing is kept of this version of it."""
    sql = "SELECT number FROM questions WHERE name = ? AND version = ? AND cap = ? AND heads = ?"
    found = connection.execute(sql, (name, version, width.cap, width.heads)).fetchone()
    return 0 if found is None else int(found[0])


def add_question(connection: sqlite3.Connection, name: str, version: int, width: Width) -> int:
    """The number of a question; the rows of another version of it are taken out first."""
    number = number_of(connection, name, version, width)
    if number:
        return number
    for (other,) in connection.execute("SELECT number FROM questions WHERE name = ?", (name,)).fetchall():
        for table in _TABLES:
            connection.execute(f"DELETE FROM {table} WHERE question = ?", (other,))
        connection.execute("DELETE FROM questions WHERE number = ?", (other,))
    sql = "INSERT INTO questions (name, version, cap, heads) VALUES (?, ?, ?, ?)"
    made = connection.execute(sql, (name, version, width.cap, width.heads))
    return int(made.lastrowid or 0)


def add_document(connection: sqlite3.Connection, identity: str) -> int:
    """The key of a page: the first of its hashes that no other page has."""
    attempt = 0
    while True:
        key = base_key(identity, attempt)
        found = connection.execute("SELECT id FROM documents WHERE key = ?", (key,)).fetchone()
        if found is None:
            connection.execute("INSERT INTO documents (key, id) VALUES (?, ?)", (key, identity))
        if found is None or found[0] == identity:
            return key
        attempt += 1


def drop_lonely(connection: sqlite3.Connection, documents: Iterable[int]) -> None:
    """Take out those of these pages that no question has anything of."""
    sql = """DELETE FROM documents WHERE key = ?1 AND NOT EXISTS
        (SELECT 1 FROM questions q JOIN pages p ON p.question = q.number AND p.document = ?1)"""
    connection.executemany(sql, [(key,) for key in documents])


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing of what is written inside."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


class Rows:
    """The rows of the question with this number. ``question`` 0 has none."""

    def __init__(self, connection: sqlite3.Connection, number: int) -> None:
        self.connection, self.number = connection, number
        self._items: dict[int, Item] = {}
        self._older: dict[int, Item] = {}
        self._ids: dict[int, str] = {}
        self._documents: dict[int, str] = {}

    def _all(self, sql: str, *parameters: object) -> list[tuple[object, ...]]:
        return self.connection.execute(sql, (self.number, *parameters)).fetchall()

    # --- pages ---

    def pages(self) -> dict[int, int]:
        """Stamp to key of the pages that were taken in."""
        rows = self.connection.execute("SELECT stamp, document FROM pages WHERE question = ?", (self.number,))
        return dict(rows.fetchall())

    def unsettle(self, documents: Iterable[int]) -> None:
        """Give pages a stamp that no reading has, so that they are taken out whatever comes between."""
        sql = "UPDATE pages SET stamp = ? WHERE question = ? AND document = ?"
        self.connection.executemany(sql, [(-1 - key, self.number, key) for key in documents])

    def document(self, key: int) -> str:
        """The id of a page, by its key or that of an item on it."""
        key -= key % PLACES
        found = self._documents.get(key)
        if found is None:
            row = self.connection.execute("SELECT id FROM documents WHERE key = ?", (key,)).fetchone()
            found = self._know(key, None if row is None else row[0])
        return found

    def key_of(self, document: str) -> int | None:
        """The key of a page by id; None where it is not in the pile."""
        row = self.connection.execute("SELECT key FROM documents WHERE id = ?", (document,)).fetchone()
        return None if row is None else int(row[0])

    # --- items ---

    def _item(self, key: int, identity: object, keys: object, sketch: object) -> Item:
        if not isinstance(identity, str) or not isinstance(keys, bytes) or not isinstance(sketch, bytes):
            raise odd("an item")
        return Item(self.document(key), identity, unpacked(keys), sketch)

    def item(self, key: int) -> Item:
        """The item with this key."""
        found = self._items.get(key) or self._older.get(key)
        if found is None:
            rows = self._all("SELECT id, keys, sketch FROM items WHERE question = ? AND key = ?", key)
            if not rows:
                raise odd("a reference to an item")
            found = self._item(key, *rows[0])
            self._hold(key, found)
        return found

    def fetch(self, keys: Iterable[int]) -> None:
        """Have these items at hand, as many as that are: asking for each alone would take three times as long."""
        wanted = sorted(key for key in keys if key not in self._items and key not in self._older)
        for at in range(0, len(wanted), ASKED):
            for key, document, *rest in self.connection.execute(
                _ITEMS, (self.number, _listed(wanted[at : at + ASKED]))
            ):
                self._know(key - key % PLACES, document)
                self._hold(key, self._item(key, *rest))

    def _know(self, key: int, document: object) -> str:
        """Keep the id of a page with this key."""
        if not isinstance(document, str):
            raise odd("a page")
        if len(self._documents) >= HELD:
            self._documents.clear()
        self._documents[key] = document
        return document

    def _hold(self, key: int, item: Item) -> None:
        if len(self._items) >= HELD:
            self._items, self._older = {}, self._items
        self._items[key] = item

    def name(self, key: int) -> Name:
        """What an item is called outside."""
        found = self._ids.get(key)
        if found is None:
            rows = self._all("SELECT id FROM items WHERE question = ? AND key = ?", key)
            if not rows or not isinstance(rows[0][0], str):
                raise odd("a reference to an item")
            if len(self._ids) >= HELD:
                self._ids.clear()
            found = self._ids[key] = rows[0][0]
        return self.document(key), found

    def items(self, document: int | None = None) -> Iterator[tuple[int, Item]]:
        """The items of one page or of all, with their keys, in the order of those."""
        sql = "SELECT key, id, keys, sketch FROM items WHERE question = ?"
        if document is None:
            rows: Iterable[tuple[int, object, object, object]]
            rows = self.connection.execute(f"{sql} ORDER BY key", (self.number,))
        else:
            range_ = (self.number, *self.within(document))
            rows = self.connection.execute(f"{sql} AND key BETWEEN ? AND ? ORDER BY key", range_).fetchall()
        for key, *rest in rows:
            yield key, self._item(key, *rest)

    def find(self, name: Name) -> int | None:
        """The key of the item of this name; None where there is none."""
        document = self.key_of(name[0])
        if document is None:
            return None
        return next((key for key, item in self.items(document) if item.id == name[1]), None)

    # --- buckets ---

    def head(self, key: int, most: int) -> list[Member]:
        """The first members of a bucket, by rank."""
        sql = "SELECT rank, item FROM buckets WHERE question = ? AND key = ? ORDER BY rank, item LIMIT ?"
        return self.connection.execute(sql, (self.number, key, most)).fetchall()

    def heads(self, keys: Sequence[int], most: int) -> dict[int, list[Member]]:
        """The first members of many buckets, by rank; those that are empty are left out.

        Most keys are new to the pile, so that asking for each alone would be most of the work.
        """
        found: dict[int, list[Member]] = {}
        for at in range(0, len(keys), ASKED):
            asked = (self.number, _listed(keys[at : at + ASKED]), most)
            for key, rank, item in self.connection.execute(_HEADS, asked):
                head = found.setdefault(key, [])
                if len(head) < most:  # some of one rank may follow
                    head.append((rank, item))
        return found

    def members(self) -> Iterator[tuple[int, int, int]]:
        """Every place in every bucket: key of the bucket, rank, key of the item."""
        sql = "SELECT key, rank, item FROM buckets WHERE question = ? ORDER BY key, rank, item"
        return iter(self.connection.execute(sql, (self.number,)))

    def bucket(self, key: int) -> list[int]:
        """All members of a bucket, by rank."""
        return [item for _, item in self.head(key, -1)]

    # --- pages in and out ---

    def take_out(self, document: int) -> list[tuple[int, Item]]:
        """Take the rows of a page out, with all its relations; its items as they were."""
        gone = list(self.items(document))
        places = [(self.number, *self.within(document))]
        for table, column in (("items", "key"), ("relations", "a"), ("relations", "b")):
            self.connection.executemany(f"DELETE FROM {table} WHERE question = ? AND {column} BETWEEN ? AND ?", places)
        self.connection.execute("DELETE FROM pages WHERE question = ? AND document = ?", (self.number, document))
        for key, _ in gone:
            self._items.pop(key, None)
            self._older.pop(key, None)
            self._ids.pop(key, None)
        self._documents.pop(document, None)
        return gone

    def put_in(self, document: int, stamp: int, items: Iterable[tuple[int, Item]]) -> None:
        """Put in a page with its items."""
        items = list(items)
        rows = [(self.number, key, item.id, packed(item.keys), item.sketch) for key, item in items]
        self.connection.executemany("INSERT INTO items VALUES (?, ?, ?, ?, ?)", rows)
        for key, item in items:
            self._hold(key, item)
        self.connection.execute("INSERT INTO pages VALUES (?, ?, ?)", (self.number, document, stamp))

    def move(self, gone: Iterable[tuple[int, Member]], came: Iterable[tuple[int, Member]]) -> None:
        """Take members out of buckets, then put others in: key and member of each, best in order."""
        sql = "DELETE FROM buckets WHERE question = ? AND key = ? AND rank = ? AND item = ?"
        self.connection.executemany(sql, [(self.number, key, *member) for key, member in gone])
        rows = [(self.number, key, *member) for key, member in came]
        self.connection.executemany("INSERT INTO buckets VALUES (?, ?, ?, ?)", rows)

    # --- relations ---

    def related(self, a: int, b: int) -> bool:
        """Whether something was found between two items, given in the order of their names."""
        return bool(self._all("SELECT 1 FROM relations WHERE question = ? AND a = ? AND b = ?", a, b))

    def partners(self, item: int) -> set[int]:
        """The items that something was found with."""
        sql = """SELECT b FROM relations WHERE question = ?1 AND a = ?2
            UNION ALL SELECT a FROM relations WHERE question = ?1 AND b = ?2"""
        return {int(key) for (key,) in self._all(sql, item)}  # type: ignore[call-overload]

    def relate(self, a: int, b: int, found: Relation) -> None:
        """Keep what was found between two items, given in the order of their names."""
        row = (self.number, a, b, found.kind, found.score, found.detail)
        self.connection.execute("INSERT OR REPLACE INTO relations VALUES (?, ?, ?, ?, ?, ?)", row)

    def part(self, a: int, b: int) -> None:
        """Take back what was found between two items, in either order."""
        sql = "DELETE FROM relations WHERE question = ? AND a = ? AND b = ?"
        self.connection.executemany(sql, [(self.number, a, b), (self.number, b, a)])

    @staticmethod
    def within(document: int) -> tuple[int, int]:
        """The first and the last key that an item of a page may have."""
        return document, document + PLACES - 1

    def pairs(self, first: int | None = None, last: int = 0) -> Iterator[Pair]:
        """All that was found, or what was found of the items with keys from ``first`` to ``last``."""
        if first is None:
            rows = self.connection.execute(_PAIRS, (self.number,)).fetchall()
        else:
            rows = self.connection.execute(_PAIRS_OF, (self.number, first, last)).fetchall()
        for a, b, kind, score, detail in rows:
            if not isinstance(kind, str) or not isinstance(score, float) or not isfinite(score):
                raise odd("a relation")
            _refuse_odd(detail)
            yield Pair(self.name(a), self.name(b), kind, score, detail)


def _listed(keys: Iterable[int]) -> str:
    """Keys as SQLite takes many at once: a list in JSON."""
    return "[" + ",".join(map(str, keys)) + "]"


def _refuse_odd(detail: object) -> None:
    try:
        whole = isinstance(detail, str) and isinstance(json.loads(detail), dict)
    except (ValueError, RecursionError):
        whole = False
    if not whole:
        raise odd("the detail of a relation")


def members(key: int, item: Item) -> list[tuple[int, Member]]:
    """The places of an item in its buckets: key of each bucket, and rank and key there."""
    places = ranks(item.keys, item_hash(item.document, item.id))
    return [(bucket, (place, key)) for bucket, place in zip(item.keys, places, strict=True)]
