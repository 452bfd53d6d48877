"""Which pages of a ledger take part, and a stamp of each that changes with its reading."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from zlib import crc32

from sayso.ledger import Ledger

_READINGS = "SELECT key, CAST(id AS BLOB), document, coalesce(base, key) FROM readings WHERE current = 1"
_IDS = "SELECT key, CAST(id AS BLOB) FROM documents INDEXED BY sqlite_autoindex_documents_1"
_NAMES = "SELECT key, CAST(name AS BLOB) FROM documents INDEXED BY documents_name"
_TIMES = "SELECT reading, CAST(at AS BLOB) FROM times"
_ONE = """SELECT CAST(r.id AS BLOB), CAST(d.name AS BLOB), CAST(t.at AS BLOB) FROM documents d
    JOIN readings r ON r.document = d.key AND r.current = 1 LEFT JOIN times t ON t.reading = coalesce(r.base, r.key)
    WHERE d.id = ?"""
"""Blobs, as every text is looked at by Python on its way in; and no row of ``documents``, which has the text in it."""
_SAME_URL = """SELECT d.key FROM (SELECT url, outlet FROM documents WHERE url <> '' GROUP BY url, outlet HAVING count(*) > 1) g
    JOIN documents d ON d.url = g.url AND d.outlet = g.outlet WHERE d.url <> ''"""
_SAME_NAME = """SELECT d.key FROM (SELECT name FROM documents GROUP BY name HAVING count(*) > 1) g
    JOIN documents d ON d.name = g.name WHERE d.url = ''"""
_SAME_TEXT = """SELECT d.key FROM (SELECT text_id FROM documents GROUP BY text_id HAVING count(*) > 1) g
    JOIN documents d ON d.text_id = g.text_id WHERE d.url = ''"""
_PAGE = """SELECT key, id, name, url, outlet, coalesce(path, ''), coalesce(sha256, ''), text_id, coalesce(published, '')
    FROM documents WHERE key = ?"""


@dataclass(frozen=True, slots=True)
class Roll:
    """The stamp of each page by document id, and the ids of those of which the ledger has a newer version."""

    stamps: dict[str, int]
    old: frozenset[str]

    def wanted(self, *, old_versions: bool) -> dict[int, str]:
        """The pages that take part: stamp to document id."""
        return {stamp: page for page, stamp in self.stamps.items() if old_versions or page not in self.old}


@contextmanager
def asked(ledger: Ledger) -> Iterator[sqlite3.Connection]:
    """The ledger's connection at one moment, whatever another process writes meanwhile."""
    with ledger._asked() as connection:
        if connection.in_transaction:
            yield connection
            return
        connection.execute("BEGIN")
        try:
            yield connection
        finally:
            connection.execute("ROLLBACK")


def stamp(reading: bytes, name: bytes, at: bytes | None) -> int:
    """A number below 2**63 that stands for one reading of one page.

    The id of a reading follows from its page and what made it. Where the same page comes in again under another name,
    with another title, the reading is made anew with the same id; name and time tell that.
    """
    return (int(reading[:16], 16) >> 1) ^ crc32((at or b"") + b"\0" + name)


def stamp_of(ledger: Ledger, document: str) -> int | None:
    """The stamp of the page with this id, None where it is not in the ledger any more."""
    with ledger._asked() as connection:
        found = connection.execute(_ONE, (document,)).fetchone()
    return None if found is None else stamp(*found)


def in_time(ledger: Ledger, pages: Iterable[str]) -> list[str]:
    """Pages by the day of publication, then by name: what has to do with each other is often of one day."""
    sql = "SELECT coalesce(published, ''), name FROM documents WHERE id = ?"
    with asked(ledger) as connection:
        return sorted(pages, key=lambda page: (*(connection.execute(sql, (page,)).fetchone() or ("", "")), page))


def roll(ledger: Ledger) -> Roll:
    """All pages of a ledger: 0.3 s for 100,000 (measured)."""
    with asked(ledger) as connection:
        ids = dict(connection.execute(_IDS).fetchall())
        names = dict(connection.execute(_NAMES).fetchall())
        times = dict(connection.execute(_TIMES).fetchall())
        stamps = {
            ids[document].decode("ascii", "replace"): stamp(identity, names[document], times.get(base))
            for _, identity, document, base in connection.execute(_READINGS)
        }
        return Roll(stamps, _old(connection))


# --- versions of one page ---


class _Groups:
    """Things put together where they share something."""

    def __init__(self) -> None:
        self.above: dict[int, int] = {}

    def root(self, one: int) -> int:
        while self.above.setdefault(one, one) != one:
            self.above[one] = self.above[self.above[one]]
            one = self.above[one]
        return one

    def join(self, many: Iterable[int]) -> None:
        first, *others = many
        for other in others:
            self.above[self.root(other)] = self.root(first)


@dataclass(frozen=True, slots=True)
class _Page:
    key: int
    id: str
    name: str
    url: str
    outlet: str
    path: str
    sha256: str
    text_id: str
    published: str

    @property
    def age(self) -> tuple[str, str, str]:
        """Later for a newer version, as the view ``document_versions`` has them; a day without a year tells nothing."""
        known = self.published if self.published[:1].isdigit() else ""
        return known, self.name, self.id


def _old(connection: sqlite3.Connection) -> frozenset[str]:
    """The ids of the pages that have a newer version, by the rules of ``ledger.decided`` of what versions are."""
    keys = {key for sql in (_SAME_URL, _SAME_NAME, _SAME_TEXT) for (key,) in connection.execute(sql).fetchall()}
    pages = [_Page(*connection.execute(_PAGE, (key,)).fetchone()) for key in sorted(keys)]
    groups, by_key = _Groups(), {page.key: page for page in pages}
    for same in _versions(pages):
        groups.join(same)
    together: defaultdict[int, list[_Page]] = defaultdict(list)
    for key in groups.above:
        together[groups.root(key)].append(by_key[key])
    return frozenset(page.id for group in together.values() for page in sorted(group, key=lambda p: p.age)[:-1])


def _versions(pages: Iterable[_Page]) -> Iterator[list[int]]:
    """Pages that are versions of one: one address at one outlet, or one file by its place or its bytes."""
    groups: defaultdict[Hashable, list[_Page]] = defaultdict(list)
    for page in pages:
        if page.url:
            groups["url", page.url, page.outlet].append(page)
            continue
        if page.path:
            groups["place", page.name, page.path].append(page)
            groups["bytes", page.name, page.sha256].append(page)
        if page.sha256:
            groups["moved", page.sha256, page.text_id, page.outlet].append(page)
    for how, group in groups.items():
        one_place = isinstance(how, tuple) and how[0] == "moved" and len({page.path for page in group}) == 1
        if len(group) > 1 and not one_place:
            yield [page.key for page in group]
