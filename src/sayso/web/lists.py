"""Lists of a ledger of any size, by its indexes: which pages, in which order, from which on; no more is held than is shown.

Where a word is found on few pages, these are put in order; where on many, one goes along the order and looks which were found.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sayso.ledger.escapes import kept
from sayso.ledger.keys import PLACES
from sayso.ledger.queries import THING, VOICE, finding_row, full_text, phrases
from sayso.ledger.rows import FindingRow
from sayso.ledger.soundness import Cutter

TIME = "CASE WHEN d.published GLOB '[0-9]*' THEN d.published ELSE '' END"
"""The day of a page as the indexes have it; empty where the year is not known."""
FEW = 2000
"""Pages that are put in order once they are found. Where more are, one goes along the order and looks which were: of 100,000
pages that is at most one in fifty, so that a screen of 50 is found among 2,500."""
BEST = 300
"""Statements that are put in order by how well they fit a search."""
COMMON = 5000
"""Statements from which a word stands everywhere."""
_PLACE = "d.key, {0}, d.name, d.id"
_FOUND = "SELECT rowid FROM document_words WHERE document_words MATCH ?"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which pages: of an outlet, of a month (``2031-04``), with the words of a search. Empty means any."""

    outlet: str = ""
    month: str = ""
    query: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """An order by time or by name, from which the largest come first with ``back``."""

    by_time: bool
    back: bool

    def sql(self) -> str:
        """The order, for the end of a question."""
        down = " DESC" if self.back else ""
        return f"{TIME}{down}, d.name{down}, d.id{down}" if self.by_time else f"d.name{down}, d.id{down}"

    def behind(self, last: tuple[str, ...]) -> tuple[str, list[str]]:
        """What stands behind the last that was shown, so that an index leads there at once."""
        sign = "<" if self.back else ">"
        columns = [*([TIME] if self.by_time else []), "d.name", "d.id"]
        row = f"({', '.join(columns)}) {sign} ({', '.join('?' * len(columns))})"
        return f"{columns[0]} {sign}= ? AND {row}", [last[0], *last]


Place = tuple[int, str, str, str]
"""A page: its key, its day, its name and its id."""


class Pages:
    """The pages that are wanted; a full-text query may stand for the words of a search."""

    def __init__(self, connection: sqlite3.Connection, wanted: Wanted, match: str = "") -> None:
        self.connection, self.wanted = connection, wanted
        self.match = match or full_text(wanted.query)
        self.nothing = bool(wanted.query) and not self.match
        self._found: int | None = None

    def _chosen(self) -> tuple[str, list[Any]]:
        where, values = ["1"], []
        if self.wanted.outlet:
            where.append("d.outlet = ?")
            values.append(kept(self.wanted.outlet))
        if self.wanted.month:
            month = kept(self.wanted.month)
            where.append(f"{TIME} >= ? AND {TIME} < ? AND substr({TIME}, 1, 7) = ?")
            values += [month, month + "~", month]
        return " AND ".join(where), values

    def _holding(self) -> int:
        """Pages that the search finds anywhere."""
        if self._found is None:
            sql = "SELECT count(*) FROM document_words WHERE document_words MATCH ?"
            self._found = int(self.connection.execute(sql, (self.match,)).fetchone()[0])
        return self._found

    def _from(self, order: Order | None = None) -> str:
        """Where rows come from: along the order where very many are found, so that few of them are looked at."""
        if not self.match or self._holding() <= FEW:
            return "documents d"
        if self.wanted.outlet:
            return "documents d INDEXED BY documents_outlet"
        return f"documents d INDEXED BY documents_{'time' if order is None or order.by_time else 'name'}"

    def count(self) -> int:
        """How many there are."""
        if self.nothing:
            return 0
        where, values = self._chosen()
        if self.match and where == "1":
            return self._holding()
        if self.match:
            where, values = f"{where} AND d.key IN ({_FOUND})", [*values, self.match]
        return int(
            self.connection.execute(f"SELECT count(d.key) FROM {self._from()} WHERE {where}", values).fetchone()[0]
        )

    def part(self, order: Order, last: tuple[str, ...], most: int) -> list[Place]:
        """So many of them behind the last that was shown, which is empty for the first part."""
        if self.nothing:
            return []
        where, values = self._chosen()
        if last:
            behind, more = order.behind(last)
            where, values = f"{where} AND {behind}", [*values, *map(kept, more)]
        if self.match:
            where, values = f"{where} AND d.key IN ({_FOUND})", [*values, self.match]
        sql = f"SELECT {_PLACE.format(TIME)} FROM {self._from(order)} WHERE {where} ORDER BY {order.sql()} LIMIT ?"
        return self.connection.execute(sql, (*values, most)).fetchall()

    def keys(self) -> set[int] | None:
        """The keys of all of them; None where all pages are wanted."""
        where, values = self._chosen()
        if self.nothing or (where == "1" and not self.match):
            return set() if self.nothing else None
        if self.match:
            where, values = f"{where} AND d.key IN ({_FOUND})", [*values, self.match]
        return {key for (key,) in self.connection.execute(f"SELECT d.key FROM {self._from()} WHERE {where}", values)}


def outlets(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    """The outlets with how many pages each has, those with most first."""
    rows = connection.execute("SELECT outlet, count(*) FROM documents WHERE outlet <> '' GROUP BY outlet").fetchall()
    return sorted(rows, key=lambda row: (-row[1], row[0]))


def months(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    """The months with how many pages each has, the last first."""
    found: dict[str, int] = {}
    sql = f"SELECT {TIME}, count(*) FROM documents d GROUP BY {TIME}"
    for day, count in connection.execute(sql):
        if len(day) >= 7:
            found[day[:7]] = found.get(day[:7], 0) + count
    return sorted(found.items(), reverse=True)


_MOST = {
    "statements": "SELECT reading, count(*) AS number FROM statements WHERE act = 'say' GROUP BY reading",
    "findings": "SELECT reading, count(*) AS number FROM findings GROUP BY reading",
}


def by_most(connection: sqlite3.Connection, what: str) -> tuple[array[int], array[int]]:
    """All pages in the order of how many statements or findings they have, most first, then by name: counts and keys."""
    sql = f"""WITH held AS MATERIALIZED ({_MOST[what]})
        SELECT ifnull(held.number, 0) AS number, d.key FROM documents d INDEXED BY documents_time
        CROSS JOIN readings r ON r.document = d.key AND r.current = 1 LEFT JOIN held ON held.reading = r.key
        ORDER BY number DESC, d.name, d.id"""
    counts, keys = array("q"), array("q")
    for count, key in connection.execute(sql):
        counts.append(count)
        keys.append(key)
    return counts, keys


def said_in(connection: sqlite3.Connection, query: str, newest: Iterable[int], most: int) -> list[int]:
    """Keys of statements that a search finds: the best ones, or where very many are found, those of these pages.

    To rank the places of a word is to look at all of them, so words that stand everywhere are not ranked.
    """
    match = full_text(query)
    if not match:
        return []

    def number(words: str, most: int) -> int:
        sql = "SELECT count(*) FROM (SELECT rowid FROM statement_words WHERE statement_words MATCH ? LIMIT ?)"
        return int(connection.execute(sql, (words, most)).fetchone()[0])

    if number(match, BEST + 1) > BEST:
        return list(_of_pages(connection, match, newest, most))
    rare = all(number(words, COMMON) < COMMON for words in phrases(query))
    order = "rank, rowid" if rare else "rowid"
    sql = f"SELECT rowid FROM statement_words WHERE statement_words MATCH ? ORDER BY {order}"
    return [key for (key,) in connection.execute(sql, (match,))]


def _of_pages(connection: sqlite3.Connection, match: str, pages: Iterable[int], most: int) -> Iterator[int]:
    """A reading's statements have its key and those that follow, so that the index is asked once for each page."""
    sql = """SELECT rowid FROM statement_words WHERE statement_words MATCH ?
        AND rowid BETWEEN ? AND ? ORDER BY rowid LIMIT ?"""
    found = 0
    for page in pages:
        for (reading,) in connection.execute(
            "SELECT key FROM readings WHERE document = ? AND current = 1", (page,)
        ).fetchall():
            rows = connection.execute(sql, (match, reading, reading + PLACES - 1, most - found)).fetchall()
            found += len(rows)
            yield from (key for (key,) in rows)
        if found >= most:
            return


@dataclass(frozen=True, slots=True)
class Findings:
    """The keys of all findings, kind by kind and in each by page; ``kinds`` tells from where to where each goes."""

    keys: array[int]
    kinds: dict[str, tuple[int, int]]

    def of(self, code: str) -> array[int]:
        """Those of one kind, or all."""
        return self.keys[slice(*self.kinds[code])] if code else self.keys


def findings(connection: sqlite3.Connection) -> Findings:
    """All findings of the readings that are shown."""
    sql = """SELECT f.key, f.code FROM findings f CROSS JOIN readings r ON r.key = f.reading AND r.current = 1
        CROSS JOIN documents d ON d.key = r.document ORDER BY f.code, d.name, d.id, f.key"""
    keys: array[int] = array("q")
    kinds: dict[str, tuple[int, int]] = {}
    for key, code in connection.execute(sql):
        keys.append(key)
        kinds[code] = (kinds.get(code, (len(keys) - 1,))[0], len(keys))
    return Findings(keys, kinds)


def finding(connection: sqlite3.Connection, key: int) -> FindingRow:
    """One of them."""
    sql = """SELECT d.key, d.name, d.id, f.code, f.message, f.key, d.text FROM findings f JOIN readings r ON r.key = f.reading
        JOIN documents d ON d.key = r.document WHERE f.key = ?"""
    *row, text = connection.execute(sql, (key,)).fetchone()
    return finding_row(connection, tuple(row), Cutter(text))


@dataclass(frozen=True, slots=True)
class Figures:
    """The keys of all figures in their order, and what they are chosen by: event, unit, voice and words, in lower case."""

    keys: array[int]
    kinds: list[tuple[str, str, str]]
    words: list[str]

    def of(self, words: str, event: str, unit: str, *, own: bool) -> Iterator[int]:
        """The places of those that are chosen."""
        for at, (happened, counted, voice) in enumerate(self.kinds):
            fits = event in ("", happened) and unit in ("", counted) and (not own or voice == "own")
            if fits and words in self.words[at]:
                yield at


def figures(connection: sqlite3.Connection) -> Figures:
    """All figures of the readings that are shown, in the order of ``ledger.queries.figures``."""
    sql = f"""SELECT key, event, unit, voice, words FROM (SELECT f.key AS key, f.event AS event, f.unit AS unit, {VOICE} AS voice,
        fold(f.counted || ' | ' || f.words) AS words, f.counted AS counted, f.as_of AS as_of, coalesce(d.published, '') AS published,
        d.name AS document, d.id AS document_id, f.part AS part, f.start AS start
        FROM figures f CROSS JOIN readings r ON r.key = f.reading AND r.current = 1 CROSS JOIN documents d ON d.key = r.document)
        ORDER BY {THING}"""
    found = Figures(array("q"), [], [])
    kinds: dict[tuple[str, str, str], tuple[str, str, str]] = {}
    for key, event, unit, voice, words in connection.execute(sql):
        found.keys.append(key)
        found.kinds.append(kinds.setdefault((event, unit, voice), (event, unit, voice)))
        found.words.append(words)
    return found
