"""`check` proves a sound ledger, in sentences with counts, and finds what was changed behind its back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from factory import NEWER, article, pile

from sayso.identity import text_id
from sayso.ledger import Ledger
from sayso.records import Unreadable


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Ledger(tmp_path / "l.db", write=True) as ledger:
        for reading in pile(3, statements=8):
            ledger.add(reading)
        ledger.add(replace(article(0, statements=8, made_by=NEWER), findings=()))
        ledger.add(Unreadable("x", "timeout", "No."))
    return tmp_path / "l.db"


@pytest.mark.parametrize("write", [False, True])
def test_a_sound_ledger_is_proved(path: Path, write: bool):
    with Ledger(path, write=write) as ledger:
        checked = ledger.check()
    assert checked.faults == ()
    said = " ".join(checked.proved)
    for part in (
        "3 documents",
        "4 readings",
        "32 statements",
        "12 figures",
        "word by word",
        "24 statements, row by row",
    ):
        assert part in said, part
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


def test_an_empty_ledger_is_proved(tmp_path: Path):
    with Ledger(tmp_path / "l.db", write=True) as ledger:
        assert ledger.check().faults == ()


def test_a_reader_beside_a_writer_says_what_it_did_not_check(path: Path):
    with Ledger(path, write=True), Ledger(path) as reader:
        checked = reader.check()
    assert checked.faults == ()
    assert "only a writer can check" in checked.proved[-1]


CHANGES = {
    "a text": ("UPDATE documents SET text = replace(text, 'said', 'sang') WHERE name = 'varn/0001.txt'", "text_id"),
    "an outlet": ("UPDATE documents SET outlet = 'Other' WHERE name = 'varn/0001.txt'", "not that of its document"),
    "a text and its hash": (f"UPDATE documents SET text = 'x', text_id = '{text_id('x')}'",
                            "outside its text"),
    "words of a statement": ("UPDATE statement_spans SET words = 'not this' WHERE role = 'content'", "statement_spans"),
    "a span inside the text": ("UPDATE statement_spans SET end = end + 1 WHERE role = 'content'", "not the hash"),
    "a span outside the text": ("UPDATE statement_spans SET end = 1000000 WHERE role = 'cue'", "outside its text"),
    "words of a mention": ("UPDATE mentions SET words = 'Somebody Else'", "mentions"),
    "a mention": ("UPDATE mentions SET start = 1, end = 2 WHERE position = 0", "first mention"),
    "words of a figure": ("UPDATE figures SET words = '12'", "figures"),
    "a figure's place": ("UPDATE figures SET start = 0, end = 3", "figure"),
    "a statement's id": ("UPDATE statements SET id = 'abc' WHERE kind = 'direct'", "not the hash"),
    "no current reading": ("UPDATE readings SET current = 0", "0 current readings"),
    "another model": ("UPDATE readings SET model = 'other'", "not kept under its id"),
    "a dangling reference": ("DELETE FROM speakers", "refers to"),
    "a row of nobody": ("INSERT INTO roles VALUES (7, 0, 'mayor', 0, 1)", "refers to"),
    "a statement less": ("DELETE FROM statements WHERE key = (SELECT min(key) FROM statements)", "statement_spans"),
    "a search row less": ("DELETE FROM document_words_docsize", "missing from the search"),
    "a search row too many": ("INSERT INTO document_words_docsize VALUES (1, x'00')", "too many in"),
    "words of a search row": ("INSERT INTO document_words (document_words, rowid, title, text) "
                              "SELECT 'delete', key, 'some', 'words' FROM documents", "document_words"),
}  # fmt: skip


@pytest.mark.parametrize("case", CHANGES)
def test_a_change_behind_its_back_is_found(path: Path, case: str):
    statement, words = CHANGES[case]
    with Ledger(path, write=True) as ledger:
        connection = ledger._connection
        assert connection is not None
        connection.execute("PRAGMA foreign_keys = OFF")
        for part in statement.split("; "):
            connection.execute(part)
        checked = ledger.check()
    assert checked.faults
    assert any(words in fault for fault in checked.faults), checked.faults
    assert all(fault.endswith((".", "!")) for fault in checked.faults)


def test_a_stale_index_is_found(path: Path):
    """What SQLite itself keeps twice is compared by its integrity check."""
    row = "SELECT rowid, * FROM sqlite_schema WHERE name = 'documents_name'"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        kept = connection.execute(row).fetchone()
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("DELETE FROM sqlite_schema WHERE name = 'documents_name'")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE documents SET name = 'other' WHERE name = 'varn/0001.txt'")
        connection.execute("PRAGMA writable_schema = ON")
        columns = "rowid, type, name, tbl_name, rootpage, sql"
        connection.execute(f"INSERT INTO sqlite_schema ({columns}) VALUES (?, ?, ?, ?, ?, ?)", kept)
    with Ledger(path) as ledger:
        assert any("documents_name" in fault for fault in ledger.check().faults)


def test_faults_are_listed_up_to_a_bound(path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sayso.ledger.checking.MAX_FAULTS", 3)
    with Ledger(path, write=True) as ledger:
        assert ledger._connection is not None
        ledger._connection.execute("UPDATE statements SET id = 'x' || id")
        faults = ledger.check().faults
    assert len(faults) == 4
    assert faults[-1].endswith("not listed.")
