"""A ledger from elsewhere is opened as hostile: one mutant of each kind, and those that once did harm.

Each is opened, asked everything, run through the commands and opened for writing, in child processes, so that a crash is
seen. The soak (``tests/soak/test_soak_ledgers.py``) does the same to thousands.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from factory import pile

from sayso.errors import LedgerError
from sayso.ledger import Ledger, door, guards
from sayso.ledger.pages import odd_pages
from sayso.ledger.rows import DocumentRow, StatementRow, fitting

sys.path.insert(0, str(Path(__file__).parents[1] / "soak"))
from ledgers_base import make_base
from ledgers_mutants import MUTANTS, NAMED
from ledgers_pool import Outcome, run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pipes, links and limits of memory are those of POSIX")

# Mutant, seed (an odd one is a large file) and what it did before it was mended.
ONCE_HARMFUL = (
    ("a journal that names another file", 0, "SQLite deleted the file that the journal names"),
    ("a lock that is a link", 0, "the file that the link leads to was written over"),
    ("endless schema", 0, "opening never came to an end"),
    ("statistics that take hours", 0, "opening never came to an end"),
    ("a condition that takes hours", 0, "opening for writing never came to an end"),
    ("the ledger is a pipe", 0, "opening waited for ever"),
    ("a pipe beside it", 1, "opening waited for ever"),
    ("endless table in a large file", 1, "counting never came to an end"),
    ("deep columns of the user", 0, "a RecursionError from show and check"),
    ("many bytes flipped", 0, "a UnicodeDecodeError: what SQLite said of a name was no text"),
    ("odd values in statements", 1, "a TypeError from check"),
    ("odd values in readings", 1, "a TypeError from show"),
    ("overflow pages", 1, "an error of SQLite's from findings"),
    ("pages of the search index", 1, "the process died inside SQLite"),
    ("odd words in the lock", 1, "an OverflowError from the words of a lock"),
    ("a stranger that computes", 2, "more than a GiB of memory"),
    ("inner pages in a circle", 21, "writing to it lost the pages that were there"),
    ("odd values in decisions", 3, "a TypeError from decisions --json"),
    ("odd values in readings", 5, "a ValueError from diff"),
    ("virtual tables", 1, "a virtual table of another module was let in, as two blanks stood in its definition"),
)


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, int], Outcome]:
    """What every mutant did: all of them at once, in two processes."""
    room = tmp_path_factory.mktemp("hostile")
    base = make_base(room / "base.db", ("tern-0311-breach.txt",), statements=9)
    once = {(name, seed) for name, seed, _ in ONCE_HARMFUL}
    plain = {(mutant.name, 0) for mutant in MUTANTS if not mutant.heavy}
    work = [(NAMED[name], seed) for name, seed in sorted(once | plain)]
    return {(outcome.kind, outcome.seed): outcome for outcome in run(work, base, room, quick=True)}


@pytest.mark.parametrize("name", [mutant.name for mutant in MUTANTS if not mutant.heavy])
def test_every_kind_of_mutant(name: str, outcomes: dict[tuple[str, int], Outcome]):
    assert not outcomes[name, 0].faults


@pytest.mark.parametrize(("name", "seed", "why"), ONCE_HARMFUL, ids=[f"{n}, {s}" for n, s, _ in ONCE_HARMFUL])
def test_what_once_did_harm(name: str, seed: int, why: str, outcomes: dict[tuple[str, int], Outcome]):
    assert not outcomes[name, seed].faults, f"once: {why}"


def test_some_are_opened_and_some_refused(outcomes: dict[tuple[str, int], Outcome]):
    """A probe that always refused, or never, would prove nothing."""
    opened = sum(outcome.opened for outcome in outcomes.values())
    assert 15 < opened < len(outcomes) - 15


# --- the guards by themselves ---


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    with Ledger(tmp_path / "l.db", write=True) as ledger:
        for reading in pile(2):
            ledger.add(reading)
    return tmp_path / "l.db"


def test_limits_are_set(ledger: Path):
    with closing(door.connect(ledger, "ro")) as connection:
        for limit, value in guards.LIMITS.items():
            assert connection.getlimit(limit) == value
        assert connection.getlimit(sqlite3.SQLITE_LIMIT_LENGTH) == guards.WIDE_BYTES


def test_a_question_without_end_is_stopped(ledger: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(guards, "FREE_STEPS", 1_000_000)
    endless = "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n) SELECT count(*) FROM n"
    with closing(door.connect(ledger, "ro")) as connection:
        with pytest.raises(sqlite3.OperationalError, match="interrupted") as caught:
            connection.execute(endless)
        assert "took far more work" in str(door.broken(ledger, caught.value))
        assert connection.execute("SELECT count(*) FROM documents").fetchone() == (2,)  # the next one has patience anew


def test_ctrl_c_while_sqlite_works_is_ctrl_c(ledger: Path):
    with closing(door.connect(ledger, "ro")) as connection:
        connection.set_progress_handler(lambda: 1 / 0, 1000)  # what Ctrl-C does there: Python raises, SQLite stops
        with pytest.raises(KeyboardInterrupt):
            connection.execute(
                "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n) SELECT count(*) FROM n"
            )


def test_too_long_a_text_is_an_error(ledger: Path, monkeypatch: pytest.MonkeyPatch):
    with Ledger(ledger) as opened:
        monkeypatch.setattr(guards, "TEXT_BYTES", 100)
        with pytest.raises(LedgerError, match="text of"):
            opened.reading("varn/0001.txt")


# SQL of a table or index that is not Sayso's, on a table of Sayso's or not, and whether it is plain.
PLAIN = (
    ("table", "CREATE TABLE mine (a, b TEXT NOT NULL DEFAULT 'x', PRIMARY KEY (a)) WITHOUT ROWID", False, True),
    ("table", "CREATE TABLE sqlite_stat1(tbl,idx,stat)", False, True),
    ("table", "CREATE TABLE mine (as_of TEXT, checked INTEGER)", False, True),
    ("table", "CREATE  VIRTUAL TABLE mine USING fts5(a)", False, False),
    ("table", "CREATE/**/VIRTUAL TABLE mine USING fts5(a)", False, False),
    ("table", "create virtual table mine using fts5(a)", False, False),
    ("table", "CREATE TABLE mine (a, b AS (a || a))", False, False),
    ("table", "CREATE TABLE mine (a, b GENERATED ALWAYS\tas(a))", False, False),
    ("table", "CREATE TABLE mine (a, Check(a > 0))", False, False),
    ("index", "CREATE INDEX mine ON documents (name, url DESC)", True, True),
    ("index", 'CREATE INDEX mine ON documents ("name" COLLATE NOCASE)', True, True),
    ("index", "CREATE UNIQUE INDEX mine ON my_notes (words)", False, True),
    ("index", "CREATE UNIQUE INDEX mine ON documents (outlet)", True, False),
    ("index", "CREATE INDEX mine ON documents (hex(text))", True, False),
    ("index", "CREATE INDEX mine ON documents (text || text)", True, False),
    ("index", "CREATE INDEX mine ON documents (name) WHERE text > 1", True, False),
    ("trigger", "CREATE TRIGGER mine AFTER INSERT ON runs BEGIN SELECT 1; END", True, False),
)


@pytest.mark.parametrize(("kind", "sql", "ours", "plain"), PLAIN)
def test_what_is_plain(kind: str, sql: str, ours: bool, plain: bool):
    assert guards.is_plain(kind, sql, ours=ours) is plain


BAD_PAGES = {
    "bytes behind the last": ("CAST(block || zeroblob(5000) || x'ffff' AS BLOB)", 11),
    "an end behind the end": ("CAST(x'0000ffff' || substr(block, 5) AS BLOB)", 11),
    "no page at all": ("x'00'", 11),
    "a list with more behind it": ("CAST(block || x'010203' AS BLOB)", 10),
    "a list of nothing known": ("x'00000000ffffffff7f'", 10),
    "text": ("'text'", 10),
}


@pytest.mark.parametrize("case", BAD_PAGES)
def test_pages_of_a_search_index(ledger: Path, case: str):
    value, first = BAD_PAGES[case]
    with closing(sqlite3.connect(ledger, isolation_level=None)) as connection:
        assert odd_pages(connection, all_pages=True) is None
        which = f"(SELECT min(id) FROM statement_words_data WHERE id >= {first})"
        connection.execute(f"UPDATE statement_words_data SET block = {value} WHERE id = {which}")
        assert odd_pages(connection, all_pages=True) == "statement_words"
        assert odd_pages(connection, all_pages=False) == ("statement_words" if first == 10 else None)


def rows() -> Iterator[tuple[type, tuple[object, ...]]]:
    document = ["a"] * 6 + [1, 1, 1, 1] + ["a"]
    yield DocumentRow, (*document[:6], "7", *document[7:])
    yield DocumentRow, (None, *document[1:])
    yield DocumentRow, (b"a", *document[1:])
    statement = ["a"] * 13 + [("a",), 0.5, 0.5, 0, 1]
    yield StatementRow, (*statement[:13], (1, None), *statement[14:])
    yield StatementRow, (*statement[:14], 9e999, *statement[15:])


@pytest.mark.parametrize(("kind", "values"), tuple(rows()))
def test_a_row_of_other_values_is_none(kind: type, values: tuple[object, ...]):
    with pytest.raises(ValueError, match="a value of a"):
        fitting(kind, values)
