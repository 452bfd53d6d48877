"""Mutations of the rows: values that no reading has, references to nothing, and small rows that become large answers."""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from ledgers_base import Make, Mutant, change, loosely

from sayso.ledger.keys import PLACES
from sayso.ledger.migrations import migrations
from sayso.ledger.tables import TABLES

VALUES: tuple[object, ...] = (
    None, -1, 0, 1, 2, 1 << 31, (1 << 62) + 1, (1 << 63) - 1, -(1 << 63), 0.5, -3.5, 9e999, -9e999, b"", b"\x00\xff\xfe", "",
    "a\0b", "\ufdd0\ue000", "\ufdd0\u2400", "\x1b[2J", "9" * 400, "x" * 100_000, "[" * 50_000, '{"a":' * 5_000, "{}", "[1]", "null",
    '{"text": 5}', '{"published": 7, "text": null, "path": []}', '[["a", {}], [1, 2, 3]]', "0001-13-99", "XXXX", "0", "\u202e",
)  # fmt: skip
FULL_TEXT = ("document_words", "statement_words")


DECIDED = ("decisions", "outcomes", "labels", "sheets", "codings", "originals", "forgotten", "confirmed")
EVERY = ("documents", "readings", "runs", "unreadable", "migrations", *TABLES, *DECIDED)


def columns_of(path: Path, table: str) -> list[str]:
    """The columns of a table; its key first."""
    with closing(sqlite3.connect(path)) as connection:
        return [name for (name,) in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))]


def odd_values(*tables: str) -> Make:
    """Some cells of these tables hold what their columns cannot."""

    def make(path: Path, chance: random.Random) -> None:
        for _ in range(chance.randint(1, 3)):
            table = chance.choice(tables)
            columns, value = columns_of(path, table), chance.choice(VALUES)
            every = chance.random() < 0.3
            column, first = chance.choice(columns), columns[0]
            where = (
                "" if every else f" WHERE {first} = (SELECT {first} FROM {table} LIMIT 1 OFFSET {chance.randrange(3)})"
            )
            with suppress(sqlite3.IntegrityError):  # a key that can be nothing but a number
                loosely(path, table, (f"UPDATE OR IGNORE {table} SET {column} = ?{where}", (value,)))

    return make


def odd_text(path: Path, chance: random.Random) -> None:
    """Text that is no UTF-8."""
    table, column = chance.choice(
        (("documents", "text"), ("documents", "name"), ("speakers", "name"), ("statement_spans", "words"), ("chain", "name"),
         ("findings", "message"), ("documents", "extra"), ("readings", "headline"), ("documents", "outlet"))
    )  # fmt: skip
    change(path, f"UPDATE {table} SET {column} = CAST(x'41ff80c0afeda0800042' AS TEXT)")


def sql(*statements: str, table: str = "") -> Make:
    """SQL on the rows, with ``table`` taking any value."""
    if table:
        return lambda path, chance: loosely(path, table, *statements)
    return lambda path, chance: change(path, *statements)


def one_of(*makes: Make) -> Make:
    """One of several."""
    return lambda path, chance: chance.choice(makes)(path, chance)


SPANS = (
    "blocks",
    "mentions",
    "roles",
    "statement_spans",
    "chain",
    "figures",
    "dates",
    "finding_spans",
    "dropped",
    "voices",
)


def odd_spans(path: Path, chance: random.Random) -> None:
    """Offsets that are negative, huge, or the wrong way round."""
    table = chance.choice(SPANS)
    start, end = (chance.choice(("-1", "0", "start - 5", "end + 3", "4611686018427387904", "-9223372036854775808", "length('x')"))
                  for _ in range(2))  # fmt: skip
    change(path, f"UPDATE {table} SET start = {start}, end = {end}")


def dangling(path: Path, chance: random.Random) -> None:
    """A row that others refer to is gone, or they refer to one that never was."""
    change(path, chance.choice((
        "DELETE FROM documents WHERE key = (SELECT max(key) FROM documents)",
        "DELETE FROM readings WHERE key = (SELECT max(key) FROM readings)",
        "DELETE FROM speakers", "DELETE FROM statements", "DELETE FROM statement_spans", "DELETE FROM findings",
        "UPDATE statements SET speaker = 7", "UPDATE statements SET within = -7", "UPDATE OR IGNORE readings SET document = 1",
        "UPDATE joint_speakers SET speaker = -1", "UPDATE figures SET statement = 1 << 62", "UPDATE findings SET reading = 0",
        f"UPDATE speakers SET key = key + {PLACES}", f"UPDATE statements SET key = key - {PLACES * 5}",
        "UPDATE documents SET key = -key", "UPDATE readings SET key = -key - 1", "UPDATE readings SET current = 0",
    )))  # fmt: skip


def two_current(path: Path, chance: random.Random) -> None:
    """A document with more than one current reading."""
    with closing(sqlite3.connect(path)) as connection:
        (made,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'readings_current'").fetchone()
    change(path, "DROP INDEX readings_current", "UPDATE readings SET current = 1",
           "UPDATE readings SET document = (SELECT min(document) FROM readings)" if chance.random() < 0.5 else "SELECT 1",
           made.replace("UNIQUE ", "").replace("WHERE current = 1", "WHERE current = 9"), "PRAGMA writable_schema = ON",
           ("UPDATE sqlite_schema SET sql = ? WHERE name = 'readings_current'", (made,)))  # fmt: skip


def circle(path: Path, chance: random.Random) -> None:
    """Statements that stand within each other."""
    change(path, chance.choice((
        "UPDATE statements SET within = key",
        "UPDATE statements SET within = (SELECT coalesce(min(t.key), statements.key) FROM statements t "
        "WHERE t.reading = statements.reading AND t.key <> statements.key)",
        "UPDATE statements SET within = (SELECT max(key) FROM statements)",
    )))  # fmt: skip


def numbers(path: Path, chance: random.Random) -> None:
    """The file's numbers for program and version."""
    pragma = chance.choice(("application_id", "user_version"))
    value = chance.choice((0, 1, 3, 99, -1, -(1 << 31), (1 << 31) - 1))
    change(path, f"PRAGMA {pragma} = {value}")


def _readings(rows: int, *sql_of_rows: str) -> Make:
    """Rows made in SQL with numbers 0 to ``rows`` in ``n``, for the reading with the longest text."""
    numbers_ = f"WITH RECURSIVE n (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n < {rows}), "
    one = "r (r, length) AS (SELECT r.key, length(d.text) FROM readings r JOIN documents d ON d.key = r.document " \
          "WHERE r.current = 1 ORDER BY length(d.text) DESC LIMIT 1) "  # fmt: skip
    return lambda path, chance: change(path, "BEGIN", *(numbers_ + one + each for each in sql_of_rows), "COMMIT")


LONG = "UPDATE documents SET text = text || replace(hex(zeroblob(500000)), '00', ' ebb') WHERE key = (SELECT document FROM " \
       "readings WHERE current = 1 LIMIT 1)"  # fmt: skip


def after(first: Make, then: Make) -> Make:
    """Two mutations."""

    def make(path: Path, chance: random.Random) -> None:
        first(path, chance)
        then(path, chance)

    return make


STATEMENT = "key, reading, id, part, kind, act, speaker, speaker_reason, stance, within, confidence, speaker_confidence"
NESTED = _readings(
    20000,
    f"INSERT INTO statements ({STATEMENT}) SELECT r + 5000 + n, r, printf('%032x', n), "
    "'text', 'direct', 'say', NULL, 'x', NULL, NULL, 0.5, 0.5 FROM n, r",
    "INSERT INTO statement_spans SELECT r + 5000 + n, 'content', 0, n % (length / 2), length - n % (length / 2), 'x' FROM n, r",
)
FRAGMENTS = _readings(
    100_000,
    "INSERT OR REPLACE INTO statement_spans SELECT r, 'content', n, 0, length, 'x' FROM n, r",
)
FINDINGS = _readings(
    20000, "INSERT OR IGNORE INTO findings SELECT r, r, 'furniture', 'x', 0, NULL FROM r",
    "INSERT OR REPLACE INTO finding_spans SELECT r, n, 0, length FROM n, r",
)  # fmt: skip
DROPPED = _readings(20000, "INSERT OR REPLACE INTO dropped SELECT r, n, 'doubtful', 0, length, 'x' FROM n, r")
CHAINS = _readings(100_000, "INSERT OR REPLACE INTO chain SELECT r, n, 'x', 'outlet', 0, 1 FROM n, r")
WITHIN = _readings(
    30_000,
    f"INSERT INTO statements ({STATEMENT}) SELECT r + 5000 + n, r, printf('%032x', n), "
    "'text', 'direct', 'say', NULL, 'x', NULL, "
    "CASE n WHEN 0 THEN NULL ELSE r + 4999 + n END, 0.5, 0.5 FROM n, r",
)


def big_values(path: Path, chance: random.Random) -> None:
    """One value of 5 MB, as long as the longest page, or of 70 MB, longer than any text may be."""
    size = chance.choice((5_000_000, 70_000_000))
    table, column = chance.choice((("documents", "text"), ("documents", "extra"), ("documents", "name"), ("speakers", "name"),
                                   ("statement_spans", "words"), ("findings", "message")))  # fmt: skip
    change(path, (f"UPDATE {table} SET {column} = CAST(zeroblob(?) AS TEXT) WHERE rowid = (SELECT min(rowid) FROM {table})"
                  if table != "statement_spans" else f"UPDATE {table} SET {column} = replace(hex(zeroblob(?)), '00', 'a') "
                  "WHERE statement = (SELECT min(statement) FROM statement_spans)", (size,)))  # fmt: skip


def many_extra(path: Path, chance: random.Random) -> None:
    """The user's columns: a million of them, or nested without end."""
    value = chance.choice(
        (json.dumps({str(n): "x" for n in range(1_000_000)}), "[" * 3_000_000, json.dumps([[1, 2]] * 1_000_000))
    )
    change(path, ("UPDATE documents SET extra = ? WHERE key = (SELECT min(key) FROM documents)", (value,)))


def rebuilt(*pragmas: str) -> Make:
    """The same rows in a file of another make: page size, encoding, vacuum."""

    def make(path: Path, chance: random.Random) -> None:
        old = path.with_name("old.db")
        path.rename(old)
        with closing(sqlite3.connect(path, isolation_level=None)) as new:
            for pragma in pragmas:
                new.execute(f"PRAGMA {pragma}")
            for step in migrations():
                new.executescript(step.sql)
            new.execute("ATTACH ? AS old", (str(old),)) if not any("encoding" in p for p in pragmas) else None
            with closing(sqlite3.connect(old)) as source:
                new.execute("BEGIN")
                for (table,) in source.execute(
                    "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict"
                ).fetchall():
                    new.execute(f"DELETE FROM {table}") if table != "decisions" else None
                    rows = source.execute(f"SELECT * FROM {table}").fetchall()
                    marks = ", ".join("?" * len(rows[0])) if rows else ""
                    if rows:
                        new.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
                for index in FULL_TEXT:
                    new.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")
                new.execute("COMMIT")
                for pragma in ("user_version", "application_id"):
                    new.execute(f"PRAGMA {pragma} = {source.execute(f'PRAGMA {pragma}').fetchone()[0]}")
        old.unlink()

    return make


def _blob(path: Path, table: str, work: Callable[[bytearray], None], chance: random.Random) -> None:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(f"SELECT id, block FROM {table}").fetchall()
    for identity, block in chance.sample(rows, min(3, len(rows))):
        data = bytearray(block)
        work(data)
        change(path, (f"UPDATE {table} SET block = ? WHERE id = ?", (bytes(data), identity)))


def search_blobs(path: Path, chance: random.Random) -> None:
    """The pages of a search index: bytes flipped, cut or grown."""

    def work(data: bytearray) -> None:
        for _ in range(chance.randint(1, 8)):
            if data:
                data[chance.randrange(len(data))] = chance.choice((0, 0x7F, 0x80, 0xFF, chance.randrange(256)))
        if chance.random() < 0.3:
            del data[chance.randrange(len(data) + 1) :]
        if chance.random() < 0.1:
            data.extend(b"\xff" * 5000)

    _blob(path, f"{chance.choice(FULL_TEXT)}_data", work, chance)


def search_settings(path: Path, chance: random.Random) -> None:
    """The settings and tables beside a search index."""
    name = chance.choice(FULL_TEXT)
    change(path, chance.choice((
        f"INSERT OR REPLACE INTO {name}_config VALUES ('rank', 'nothing_such()')",
        f"INSERT OR REPLACE INTO {name}_config VALUES ('rank', 'bm25(1,2,3,4,5,6,7,8,9,10)')",
        f"INSERT OR REPLACE INTO {name}_config VALUES ('rank', 'bm25((SELECT 1))')",
        f"INSERT OR REPLACE INTO {name}_config VALUES ('rank', 'snippet(0, x''00'', 7, 8, 9)')",
        f"INSERT OR REPLACE INTO {name}_config VALUES ('pgsz', 33)",
        f"INSERT OR REPLACE INTO {name}_config VALUES ('pgsz', 1 << 40)",
        f"INSERT OR REPLACE INTO {name}_config VALUES ('automerge', -1)",
        f"INSERT OR REPLACE INTO {name}_config VALUES ('crisismerge', 1 << 31)",
        f"INSERT OR REPLACE INTO {name}_config VALUES ('hashsize', 1)",
        f"UPDATE {name}_config SET v = 99 WHERE k = 'version'",
        f"DELETE FROM {name}_config", f"DELETE FROM {name}_docsize", f"DELETE FROM {name}_idx", f"DELETE FROM {name}_data",
        f"UPDATE {name}_docsize SET sz = x'ffffffffffffffffff'", f"UPDATE OR IGNORE {name}_docsize SET id = -id - 1",
        f"UPDATE OR IGNORE {name}_idx SET term = x'ff', pgno = 1 << 40", f"UPDATE {name}_data SET block = 'text'",
        f"UPDATE {name}_data SET block = zeroblob(5000000) WHERE id = 10", f"UPDATE OR IGNORE {name}_data SET id = id + 1 WHERE id > 10",
    )))  # fmt: skip


ROWS = (
    Mutant("odd values in documents", odd_values("documents")),
    Mutant("odd values in readings", odd_values("readings")),
    Mutant("odd values in statements", odd_values("statements", "statement_spans", "chain", "joint_speakers")),
    Mutant("odd values in speakers", odd_values("speakers", "mentions", "roles")),
    Mutant("odd values in decisions", odd_values(*DECIDED)),
    Mutant("odd values anywhere", odd_values(*EVERY)),
    Mutant("text that is no UTF-8", odd_text),
    Mutant("odd spans", odd_spans),
    Mutant("dangling references", dangling),
    Mutant("two current readings", two_current),
    Mutant("statements in a circle", circle),
    Mutant("program and version", numbers),
    Mutant("pages of the search index", search_blobs),
    Mutant("settings of the search index", search_settings),
    Mutant("deep columns of the user", sql(f"UPDATE documents SET extra = '{'[' * 20000}'")),
    Mutant("one name for all", sql("UPDATE documents SET name = 'same', outlet = '', url = ''")),
    Mutant("UTF-16", one_of(rebuilt("encoding = 'UTF-16le'"), rebuilt("encoding = 'UTF-16be'"))),
    Mutant("other pages", one_of(rebuilt("page_size = 512"), rebuilt("page_size = 65536"), rebuilt("auto_vacuum = 1"),
                                 rebuilt("auto_vacuum = 2", "page_size = 1024"))),
    Mutant("nested spans", NESTED, heavy=True),
    Mutant("fragments that are the text", after(sql(LONG), FRAGMENTS), heavy=True),
    Mutant("findings that are the text", after(sql(LONG), FINDINGS), heavy=True),
    Mutant("dropped parts that are the text", after(sql(LONG), DROPPED), heavy=True),
    Mutant("long chains", CHAINS, heavy=True),
    Mutant("deep nesting", WITHIN, heavy=True),
    Mutant("huge values", big_values, heavy=True),
    Mutant("a million columns of the user", many_extra, heavy=True),
)  # fmt: skip
