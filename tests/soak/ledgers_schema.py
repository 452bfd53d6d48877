"""Mutations of the schema: definitions changed, things added that could act, and shadow tables that lie."""

from __future__ import annotations

import random
import re
import sqlite3
from contextlib import closing
from pathlib import Path

from ledgers_base import Make, Mutant, change, rewrite

Row = tuple[str, str, str, int, str | None]


def sql_of(path: Path, name: str) -> str:
    with closing(sqlite3.connect(path)) as connection:
        return str(connection.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (name,)).fetchone()[0])


def runs(*statements: str) -> Make:
    """SQL as it stands."""
    return lambda path, chance: change(path, *statements)


def adds(*rows: Row) -> Make:
    """Rows put into the schema behind SQLite's back: type, name, table, root page, SQL."""
    return lambda path, chance: rewrite(
        path, *(("INSERT INTO sqlite_schema VALUES (?, ?, ?, ?, ?)", row) for row in rows)
    )


def one_of(*makes: Make) -> Make:
    """One of several."""
    return lambda path, chance: chance.choice(makes)(path, chance)


def redefined(name: str, old: str, new: str) -> Make:
    """A definition of ours with other words in it."""

    def make(path: Path, chance: random.Random) -> None:
        sql = sql_of(path, name)
        assert old in sql, (name, old)
        rewrite(path, ("UPDATE sqlite_schema SET sql = ? WHERE name = ?", (sql.replace(old, new, 1), name)))

    return make


def misspelt(path: Path, chance: random.Random) -> None:
    """One character of some definition is another."""
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL").fetchall()
    name, sql = chance.choice(found)
    at = chance.randrange(len(sql))
    sql = sql[:at] + chance.choice(("", "x", "(", ")", "'", "\0", ";", "1", " ", "é")) + sql[at + 1 :]
    rewrite(path, ("UPDATE sqlite_schema SET sql = ? WHERE name = ?", (sql, name)))


def mislabelled(path: Path, chance: random.Random) -> None:
    """A row of the schema whose type, name, table or root page is not what its SQL says."""
    column = chance.choice(("type", "name", "tbl_name", "rootpage", "sql"))
    value = chance.choice(
        ("table", "trigger", "view", "documents", "voices", "", None, 0, 1, 2, 7, -1, 1 << 40, b"\xff")
    )
    rewrite(
        path,
        (f"UPDATE sqlite_schema SET {column} = ? WHERE rowid = (SELECT rowid FROM sqlite_schema LIMIT 1 OFFSET ?)",
         (value, chance.randrange(50))),
    )  # fmt: skip


def shared_root(path: Path, chance: random.Random) -> None:
    """Two tables stand on one tree, so that writing one writes over the other."""
    a, b = chance.sample(("runs", "voices", "blocks", "dates", "documents", "readings", "migrations", "unreadable"), 2)
    rewrite(
        path,
        f"UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = '{a}') WHERE name = '{b}'",
    )


def without_index(path: Path, chance: random.Random) -> None:
    """An index of ours is gone, so that questions take the square of their time."""
    with closing(sqlite3.connect(path)) as connection:
        names = [n for (n,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'index' AND sql <> ''")]
    change(path, f"DROP INDEX {chance.choice(names)}")


def many_tables(path: Path, chance: random.Random) -> None:
    change(path, "BEGIN", *(f"CREATE TABLE t{n} (a, b, c, UNIQUE (a, b))" for n in range(6000)), "COMMIT")


def quadratic_check(path: Path, chance: random.Random) -> None:
    """A table whose condition takes hours on the row it holds."""
    change(
        path,
        "CREATE TABLE slow (a, b)",
        "INSERT INTO slow SELECT replace(hex(zeroblob(2500000)), '0', 'a'), replace(hex(zeroblob(500000)), '0', 'a') || 'b'",
    )
    rewrite(
        path, "UPDATE sqlite_schema SET sql = 'CREATE TABLE slow (a, b, CHECK (instr(a, b) = 0))' WHERE name = 'slow'"
    )


def quadratic_statistics(path: Path, chance: random.Random) -> None:
    """Statistics, which SQLite reads by itself when it opens a file, from a column that is computed for hours."""
    change(
        path,
        "ANALYZE",
        "DELETE FROM sqlite_stat1",
        "INSERT INTO sqlite_stat1 SELECT replace(hex(zeroblob(2500000)), '0', 'a'), "
        "replace(hex(zeroblob(500000)), '0', 'a') || 'b', '1'",
    )
    rewrite(
        path,
        "UPDATE sqlite_schema SET sql = 'CREATE TABLE sqlite_stat1(x, y, stat, tbl AS (instr(x, y)), idx AS (1))' "
        "WHERE name = 'sqlite_stat1'",
    )


def false_statistics(path: Path, chance: random.Random) -> None:
    """Statistics that lead the planner astray."""
    change(path, "ANALYZE", "UPDATE sqlite_stat1 SET stat = '1 1000000000'",
           "INSERT INTO sqlite_stat1 VALUES ('documents', NULL, '9999999999999999999'), (NULL, NULL, NULL), (x'00', 1, x'ff')")  # fmt: skip


def many_indexes(path: Path, chance: random.Random) -> None:
    """Plain indexes in great number on a table of ours: each reading would be written a thousand times."""
    change(path, "BEGIN", *(f"CREATE INDEX i{n} ON voices (voice, start, end)" for n in range(1500)), "COMMIT")


def long_definition(path: Path, chance: random.Random) -> None:
    columns = ", ".join(f"c{n}" for n in range(1900))
    change(path, f"CREATE TABLE mine ({columns} /* {'x' * 5_000_000} */)")


VIRTUAL = (
    "CREATE VIRTUAL TABLE extra USING fts5(words)",
    "CREATE  VIRTUAL TABLE extra USING fts5(words)",
    "CREATE/**/VIRTUAL/**/TABLE extra USING fts5(words, tokenize = 'trigram', prefix = '1 2 3 999')",
    "CREATE -- \n VIRTUAL TABLE extra USING dbstat(main)",
    "create virtual table extra using rtree(id, a, b)",
    "CREATE\tVIRTUAL TABLE extra USING fts4(words, tokenize = porter)",
    "CREATE VIRTUAL\nTABLE extra USING fts3tokenize('simple')",
    "CREATE  VIRTUAL TABLE extra USING fts5vocab(document_words, row)",
    "CREATE  VIRTUAL TABLE extra USING zipfile('/etc/passwd')",
    "CREATE  VIRTUAL TABLE extra USING fsdir('/')",
    "CREATE  VIRTUAL TABLE extra USING json_each('[1]')",
    "CREATE  VIRTUAL TABLE extra USING sqlite_stmt",
    "CREATE  VIRTUAL TABLE extra USING csv(filename='/etc/passwd')",
    "CREATE  VIRTUAL TABLE extra USING fts5(a, content='extra', content_rowid='a')",
    "CREATE  VIRTUAL TABLE sqlite_stat1 USING fts5(tbl, idx, stat)",
    "CREATE  VIRTUAL TABLE document_words_extra USING fts5(tbl, idx, stat)",
)


def virtual(path: Path, chance: random.Random) -> None:
    """A virtual table of some module, in some spelling."""
    sql = chance.choice(VIRTUAL)
    name = next(w for w in ("sqlite_stat1", "document_words_extra", "extra") if f"TABLE {w}".upper() in sql.upper())
    rewrite(path, ("INSERT INTO sqlite_schema VALUES ('table', ?, ?, 0, ?)", (name, name, sql)))


def shadow(path: Path, chance: random.Random) -> None:
    """A shadow table of a search index that is something else."""
    name = (
        f"{chance.choice(('document_words', 'statement_words'))}_{chance.choice(('data', 'idx', 'docsize', 'config'))}"
    )
    sql = sql_of(path, name)
    change_to = chance.choice((
        ("table", f"CREATE  VIRTUAL TABLE {name} USING fts5(a)", 0),
        ("view", f"CREATE VIEW {name} AS SELECT 1 AS id, randomblob(1000000) AS block", 0),
        ("table", f"CREATE TABLE {name} (id INTEGER PRIMARY KEY, block AS (randomblob(9999999)))", None),
        ("table", f"CREATE TABLE {name} (k PRIMARY KEY, v, id, block, segid, term, pgno, sz, CHECK (0)) WITHOUT ROWID", None),
        ("table", f"CREATE TABLE {name} (id INTEGER PRIMARY KEY, block)", None),
        ("table", sql.replace("CREATE TABLE", "CREATE  TABLE"), None),
    ))  # fmt: skip
    kind, new, root = change_to
    rewrite(
        path,
        ("UPDATE sqlite_schema SET type = ?, sql = ?, rootpage = coalesce(?, rootpage) WHERE name = ?",
         (kind, new, root, name)),
    )  # fmt: skip


def search_options(path: Path, chance: random.Random) -> None:
    """Our search index under other options."""
    name = chance.choice(("document_words", "statement_words"))
    sql = sql_of(path, name)
    new = chance.choice((
        re.sub(r"tokenize='[^']*'", "tokenize='nothing_such'", sql),
        re.sub(r"content='[^']*'", f"content='{name}'", sql),
        re.sub(r"content='[^']*'", "content='sqlite_schema'", sql),
        sql.replace(")", ", prefix='1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31')"),
        sql.replace(")", ", columnsize=0)"),
    ))  # fmt: skip
    rewrite(path, ("UPDATE sqlite_schema SET sql = ? WHERE name = ?", (new, name)))


DEEP = "(" * 900 + "1" + ")" * 900
BIG = "randomblob(900000000)"
SCHEMA = (
    Mutant("a letter of a definition", misspelt),
    Mutant("a row of the schema mislabelled", mislabelled),
    Mutant("two tables on one tree", shared_root),
    Mutant("an index gone", without_index),
    Mutant("triggers", one_of(
        runs("CREATE TRIGGER t AFTER INSERT ON documents BEGIN DELETE FROM voices; END"),
        runs("CREATE TRIGGER t INSTEAD OF INSERT ON statement_list BEGIN DELETE FROM voices; END"),
        runs("CREATE TRIGGER t BEFORE INSERT ON runs BEGIN SELECT load_extension('x'); END"),
        adds(("trigger", "t", "runs", 0, "CREATE  TRIGGER t AFTER INSERT ON runs BEGIN DELETE FROM voices; END")),
        adds(("table", "t", "t", 0, "CREATE TRIGGER t AFTER INSERT ON runs BEGIN DELETE FROM voices; END")),
        adds(("index", "t", "runs", 0, "CREATE TRIGGER t AFTER INSERT ON runs BEGIN DELETE FROM voices; END")),
    )),
    Mutant("views", one_of(
        runs("CREATE VIEW extra AS SELECT load_extension('x')"),
        adds(("table", "extra", "extra", 0, "CREATE VIEW extra AS SELECT 1")),
        adds(("view", "sqlite_stat1", "sqlite_stat1", 0, "CREATE VIEW sqlite_stat1 AS SELECT 1 tbl, 2 idx, 3 stat")),
        adds(("view", "sqlite_sequence", "sqlite_sequence", 0, "CREATE VIEW sqlite_sequence AS SELECT 1 AS name, 2 AS seq")),
        redefined("document_list", "d.name AS name", f"(SELECT {BIG}) AS name"),
        redefined("statement_list", "FROM documents d", "FROM documents d, documents e, documents f"),
    )),
    Mutant("virtual tables", virtual),
    Mutant("shadow tables", shadow),
    Mutant("search options", search_options),
    Mutant("our tables with more", one_of(
        runs("ALTER TABLE documents ADD COLUMN more TEXT"),
        redefined("runs", "added INTEGER", f"more TEXT AS ({BIG}), added INTEGER"),
        redefined("documents", "text TEXT NOT NULL", "text TEXT NOT NULL DEFAULT (hex(randomblob(400000000)))"),
        redefined("documents", "title TEXT NOT NULL", f"title TEXT NOT NULL CHECK (length({BIG}) > 0)"),
        redefined("unreadable", ") STRICT, WITHOUT ROWID", ")"),
    )),
    Mutant("indexes on expressions", one_of(
        adds(("index", "i", "documents", 3, f"CREATE INDEX i ON documents ({BIG})")),
        runs("CREATE INDEX i ON documents (hex(text), length(replace(hex(text), '0', hex(text))))"),
        runs("CREATE INDEX i ON documents (name) WHERE length(replace(text, 'e', text)) > 0"),
        runs("CREATE TABLE mine (a, b)", "CREATE INDEX i ON mine (hex(zeroblob(a)))"),
        runs("CREATE UNIQUE INDEX i ON unreadable (code)"),
        runs("CREATE UNIQUE INDEX i ON runs (added)"),
    )),
    Mutant("a stranger that computes", one_of(
        runs("CREATE TABLE mine (a, b NOT NULL AS (hex(zeroblob(a))))", "INSERT INTO mine VALUES (400000000)"),
        runs("CREATE TABLE mine (a, CHECK (length(hex(zeroblob(a * 9))) > 0))", "INSERT INTO mine VALUES (1)",
             "UPDATE mine SET a = 40000000"),
        runs("CREATE TABLE mine (d INTEGER REFERENCES documents (key) ON DELETE SET NULL ON UPDATE CASCADE)"),
        adds(("table", "mine", "mine", 5, "CREATE TABLE mine (a COLLATE nothing_such PRIMARY KEY)")),
        runs("CREATE TABLE mine (a, b AS (a || a), c AS (b || b), d AS (c || c), e AS (d || d) NOT NULL)",
             "INSERT INTO mine VALUES (zeroblob(50000000))"),
        adds(("table", "mine", "mine", 4, f"CREATE TABLE mine (a CHECK ({DEEP}))")),
    )),
    Mutant("a condition that takes hours", quadratic_check),
    Mutant("statistics that take hours", quadratic_statistics),
    Mutant("false statistics", false_statistics),
    Mutant("thousands of tables", many_tables, heavy=True),
    Mutant("thousands of indexes", many_indexes, heavy=True),
    Mutant("a definition of 5 MB", long_definition, heavy=True),
)  # fmt: skip
