"""Any file may be handed over as a ledger: what is opened, what is refused in which words, what is left behind."""

from __future__ import annotations

import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from factory import article, pile

from sayso.errors import LedgerBusy, LedgerError, LedgerTooNew, NotALedger
from sayso.ledger import Ledger, door
from sayso.ledger.migrations import Migration, apply, expected, migrations

NOW = len(migrations())
"""The version that is written now."""


def made(path: Path, size: int = 2) -> Path:
    with Ledger(path, write=True) as ledger:
        for reading in pile(size):
            ledger.add(reading)
    return path


def change(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


# --- what is left behind ---


def journal(path: Path) -> str:
    return "write-ahead" if path.read_bytes()[18:20] == b"\2\2" else "one file"


def test_one_file_is_left_and_only_its_owner_reads_it(tmp_path: Path):
    path = made(tmp_path / "l.db")
    assert [p.name for p in tmp_path.iterdir()] == ["l.db"]
    assert journal(path) == "one file"
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_nothing_happens_before_opening(tmp_path: Path):
    ledger = Ledger(tmp_path / "l.db", write=True)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(LedgerError, match="not open"):
        ledger.counts()
    ledger.close()


def test_closing_twice_and_opening_again(tmp_path: Path):
    ledger = Ledger(made(tmp_path / "l.db"))
    for _ in range(2):
        ledger.open()
        assert ledger.open().counts().documents == 2
        ledger.close()
        ledger.close()


def test_a_reader_sees_the_last_commit_while_a_writer_writes(tmp_path: Path):
    path = made(tmp_path / "l.db")
    with Ledger(path, write=True) as writer, Ledger(path) as reader:
        writer.add(article(7))
        assert reader.counts().documents == 2
        writer.commit()
        assert reader.counts().documents == 3


def test_the_last_reader_leaves_one_file(tmp_path: Path):
    path = made(tmp_path / "l.db")
    writer, reader = Ledger(path, write=True).open(), Ledger(path).open()
    writer.add(article(7))
    rows = reader.statements()
    next(rows)
    writer.close()
    assert (tmp_path / "l.db-wal").exists()
    assert reader.counts().documents == 2  # its query still runs on what it began with
    rows.close()
    assert reader.counts().documents == 3
    reader.close()
    assert [p.name for p in tmp_path.iterdir()] == ["l.db"]
    assert journal(path) == "one file"


def test_writing_while_a_reader_is_in_a_query(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The write-ahead log cannot be begun then; without it a copy taken meanwhile might be a mix, so the writer waits."""
    monkeypatch.setattr(door, "BUSY_SECONDS", 0.2)
    path = made(tmp_path / "l.db")
    with Ledger(path) as reader:
        rows = reader.statements()
        next(rows)
        with pytest.raises(LedgerBusy, match="in use by another program"), Ledger(path, write=True):
            pass
        rows.close()
        with Ledger(path, write=True) as writer:
            assert writer.add(article(9)) == "added"


# --- what others left in the middle ---

CUT_OFF = """if True:
    import os, signal, sqlite3, sys
    connection = sqlite3.connect(sys.argv[1], isolation_level=None)
    for sql in sys.argv[2:]:
        connection.execute(sql)
    os.kill(os.getpid(), signal.SIGKILL)
"""
posix = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")
LEFT = {
    "a journal, half written back": ("PRAGMA cache_size = 2", "BEGIN", "DELETE FROM voices", "DELETE FROM statements"),
    "a log with a commit": ("PRAGMA journal_mode = WAL", "UPDATE runs SET added = 2"),
    "a log without a commit": ("PRAGMA journal_mode = WAL", "PRAGMA cache_size = 2", "BEGIN", "DELETE FROM voices"),
    "a log, folded in": ("PRAGMA journal_mode = WAL", "UPDATE runs SET added = 2", "PRAGMA wal_checkpoint(TRUNCATE)"),
}


@posix
@pytest.mark.parametrize("write", [False, True], ids=["read", "write"])
@pytest.mark.parametrize("case", LEFT)
def test_what_a_dead_process_left_is_finished(tmp_path: Path, case: str, write: bool):
    """By a reader as well, who may not change the file himself: SQLite would refuse him."""
    path = made(tmp_path / "l.db")
    with Ledger(path) as ledger:
        digest = ledger.digest()
    subprocess.run([sys.executable, "-c", CUT_OFF, str(path), *LEFT[case]], check=False)
    assert len(list(tmp_path.iterdir())) > 1
    with Ledger(path, write=write) as ledger:
        assert ledger.digest() == digest
        assert ledger.check().faults == ()
    assert [p.name for p in tmp_path.iterdir()] == ["l.db"]
    assert journal(path) == "one file"


def mixed(path: Path) -> None:
    """As a copy is that was taken while a log went into the file: pages of two moments, the log not copied with it."""
    made(path, 8)
    before = path.read_bytes()
    with Ledger(path, write=True) as ledger:
        for reading in pile(12)[8:]:
            ledger.add(reading)
    after, size = path.read_bytes(), int.from_bytes(before[16:18], "big")
    half = len(before) // size // 2 * size
    mix = bytearray(before[:half] + after[half:])
    mix[18:20], mix[28:32] = b"\2\2", after[28:32]
    path.write_bytes(bytes(mix))


@pytest.mark.parametrize("write", [False, True], ids=["read", "write"])
def test_a_hasty_copy_is_refused_whatever_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: bool):
    """The file says that it had a log. It is looked at closely even where it is too large for that at every opening."""
    monkeypatch.setattr(door, "QUICK_CHECK_BYTES", 0)
    mixed(tmp_path / "l.db")
    for _ in range(2):  # and the second time too
        with pytest.raises(NotALedger, match="damaged"), Ledger(tmp_path / "l.db", write=write):
            pass


def test_a_journal_that_names_another_file_is_not_followed(tmp_path: Path):
    """SQLite would delete the file that it names as the one above it."""
    path, precious = made(tmp_path / "l.db"), tmp_path / "precious.txt"
    precious.write_text("precious")
    name = str(precious).encode()
    tail = len(name).to_bytes(4, "big") + sum(name).to_bytes(4, "big") + bytes.fromhex("d9d505f920a163d7")
    header = bytes.fromhex("d9d505f920a163d7") + bytes(12) + (len(path.read_bytes()) // 4096).to_bytes(4, "big")
    header += (512).to_bytes(4, "big") + (4096).to_bytes(4, "big")
    (tmp_path / "l.db-journal").write_bytes(header.ljust(512, b"\0") + (1 << 30).to_bytes(4, "big") + name + tail)
    for write in (False, True):
        with pytest.raises(NotALedger, match="names another file"), Ledger(path, write=write):
            pass
    assert precious.read_text() == "precious"


def test_names_with_odd_characters(tmp_path: Path):
    folder = tmp_path / "a folder? with #100%"
    folder.mkdir()
    path = made(folder / "лист & é.db")
    with Ledger(str(path)) as ledger:
        assert ledger.counts().documents == 2


# --- refusals ---


def garbage(path: Path) -> None:
    path.write_bytes(b"This is a letter and no database at all. " * 200)


def cut_short(path: Path) -> None:
    whole = made(path, 5).read_bytes()
    path.write_bytes(whole[: len(whole) // 3])


def scribbled(path: Path) -> None:
    whole = bytearray(made(path, 5).read_bytes())
    whole[100:4000] = b"\xff" * 3900
    path.write_bytes(bytes(whole))


def another_program(path: Path) -> None:
    change(path, "CREATE TABLE bookmarks (url TEXT)")


REFUSED = {
    "garbage": (garbage, "no SQLite file"),
    "empty file": (lambda path: path.touch(), "nothing was ever read into it"),
    "another program's database": (another_program, "another program"),
    "a folder": (lambda path: path.mkdir(), "folder"),
    "nothing there": (lambda path: None, "no ledger"),
    "cut short": (cut_short, "damaged"),
    "scribbled over": (scribbled, "damaged"),
}


@pytest.mark.parametrize(("prepare", "words"), REFUSED.values(), ids=REFUSED)
def test_reading_refuses(tmp_path: Path, prepare, words: str):
    prepare(tmp_path / "l.db")
    with pytest.raises(NotALedger, match=words), Ledger(tmp_path / "l.db"):
        pass


@pytest.mark.parametrize("case", [case for case in REFUSED if case not in ("nothing there", "empty file")])
def test_writing_refuses_and_changes_nothing(tmp_path: Path, case: str):
    path = tmp_path / "l.db"
    REFUSED[case][0](path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(NotALedger), Ledger(path, write=True):
        pass
    assert (path.read_bytes() if path.is_file() else None) == before
    assert [p.name for p in tmp_path.iterdir()] == ["l.db"]


def test_an_empty_file_may_become_a_ledger(tmp_path: Path):
    """A run that was cut off before its first write leaves one."""
    (tmp_path / "l.db").touch()
    made(tmp_path / "l.db")


TAMPERED = {
    "a trigger": ("CREATE TRIGGER t AFTER INSERT ON documents BEGIN DELETE FROM readings; END", "trigger"),
    "a view": ("CREATE VIEW extra AS SELECT load_extension('x')", "view"),
    "a virtual table": ("CREATE VIRTUAL TABLE extra USING fts5(words)", "virtual table"),
    "a view of ours replaced": ("CREATE VIEW document_list AS SELECT 1", "document_list"),
    "a table of ours replaced": ("CREATE TABLE dates (x)", "dates"),
    "a table of ours gone": ("SELECT 1", "voices"),
}


@pytest.mark.parametrize("write", [False, True])
@pytest.mark.parametrize("case", TAMPERED)
def test_a_changed_schema_is_refused(tmp_path: Path, case: str, write: bool):
    path = made(tmp_path / "l.db")
    statement, words = TAMPERED[case]
    gone = {"a view of ours replaced": "VIEW document_list", "a table of ours replaced": "TABLE dates",
            "a table of ours gone": "TABLE voices"}.get(case)  # fmt: skip
    change(path, *([f"DROP {gone}"] if gone else []), statement)
    with pytest.raises(NotALedger, match=words), Ledger(path, write=write):
        pass


def test_a_hostile_trigger_does_not_run(tmp_path: Path):
    """Refused before anything of the file runs: nothing is deleted by opening it for writing."""
    path = made(tmp_path / "l.db")
    change(path, "CREATE TRIGGER t AFTER INSERT ON runs BEGIN DELETE FROM voices; END")
    with pytest.raises(NotALedger), Ledger(path, write=True) as ledger:
        ledger.add(article(9))
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM voices").fetchone()[0] > 0


def test_plain_tables_of_others_are_let_be(tmp_path: Path):
    path = made(tmp_path / "l.db")
    change(path, "CREATE TABLE my_notes (words TEXT)", "CREATE INDEX mine ON my_notes (words)", "ANALYZE")
    with Ledger(path, write=True) as ledger:
        assert ledger.add(article(9)) == "added"
        assert not ledger.check().faults


def test_a_newer_ledger_is_refused_with_a_sentence(tmp_path: Path):
    path = made(tmp_path / "l.db")
    change(path, "PRAGMA user_version = 99")
    for write in (False, True):
        with (
            pytest.raises(LedgerTooNew, match=rf"newer Sayso \(ledger version 99, this one knows {NOW}\)"),
            Ledger(path, write=write),
        ):
            pass


BENT = {
    "columns of the user that are no JSON": "UPDATE documents SET extra = '{'",
    "a statement of a speaker that is not there": "UPDATE statements SET speaker = 7",
    "no current reading": "UPDATE readings SET current = 0",
}


@pytest.mark.parametrize("case", BENT)
def test_a_bent_ledger_is_an_error_of_ours(tmp_path: Path, case: str):
    path = made(tmp_path / "l.db")
    change(path, "PRAGMA foreign_keys = OFF", BENT[case])
    with Ledger(path) as ledger:
        with pytest.raises(NotALedger, match="damaged"):
            ledger.reading("varn/0001.txt")
        for rows in (ledger.statements(), ledger.documents(), ledger.speakers(), ledger.findings(), ledger.dropped()):
            list(rows)
        assert ledger.check().faults


def test_every_guard_is_set(tmp_path: Path):
    path = made(tmp_path / "l.db")
    guards = {"trusted_schema": 0, "cell_size_check": 1, "foreign_keys": 1, "synchronous": 2, "mmap_size": 0}
    for mode in ("ro", "rw"):
        with closing(door.connect(path, mode)) as connection:
            assert {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in guards} == guards
    with closing(door.connect(path, "ro")) as connection, pytest.raises(sqlite3.OperationalError, match="readonly"):
        connection.execute("DELETE FROM runs")


# --- migrations ---

NEXT = Migration(NOW + 1, "remarks", "CREATE TABLE remarks ( -- What people noted.\n  words TEXT NOT NULL\n) STRICT;")
BAD = Migration(NOW + 1, "bad", "CREATE TABLE remarks (words TEXT) STRICT; INSERT INTO nowhere VALUES (1);")


def test_a_migration_copies_first_and_records_itself(tmp_path: Path):
    path, steps = made(tmp_path / "l.db"), (*migrations(), NEXT)
    door.open_to_write(path, steps).close()
    with closing(door.open_to_read(path, steps)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] == NOW + 1
        assert connection.execute("SELECT version, name FROM migrations").fetchall() == [
            (1, "schema"),
            (2, "decisions"),
            (3, "lists"),
            (4, "labels"),
            (NOW + 1, "remarks"),
        ]
    with Ledger(tmp_path / f"l.db.version-{NOW}") as copy:
        assert copy.counts().documents == 2
    if sys.platform != "win32":
        assert stat.S_IMODE((tmp_path / f"l.db.version-{NOW}").stat().st_mode) == 0o600


def test_an_earlier_copy_is_not_written_over(tmp_path: Path):
    path = made(tmp_path / "l.db")
    (tmp_path / f"l.db.version-{NOW}").write_text("precious")
    door.open_to_write(path, (*migrations(), NEXT)).close()
    assert (tmp_path / f"l.db.version-{NOW}").read_text() == "precious"
    assert (tmp_path / f"l.db.version-{NOW}-2").exists()


@posix
@pytest.mark.parametrize("copies", [1, 3])
def test_a_migration_that_is_cut_off_copies_once(tmp_path: Path, copies: int):
    """Whoever begins it anew takes the copy that is there, and what was left of a half one is gone."""
    path, steps = made(tmp_path / "l.db"), (*migrations(), NEXT)
    for _ in range(copies):
        (tmp_path / f"l.db.version-{NOW}.part").write_text("half of a copy")
        with pytest.raises(LedgerError):
            door.open_to_write(path, (*migrations(), BAD))
    with closing(door.open_to_write(path, steps)) as connection:
        door.leave_one_file(connection)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["l.db", f"l.db.version-{NOW}"]


def test_a_migration_that_fails_leaves_the_ledger_as_it_was(tmp_path: Path):
    path = made(tmp_path / "l.db")
    with pytest.raises(LedgerError, match="nowhere"):
        door.open_to_write(path, (*migrations(), BAD))
    with Ledger(path) as ledger:
        assert ledger.counts().documents == 2


def test_a_reader_does_not_migrate(tmp_path: Path):
    path = made(tmp_path / "l.db")
    with pytest.raises(LedgerError, match="earlier version"):
        door.open_to_read(path, (*migrations(), NEXT))


def test_the_schema_that_is_made_is_the_schema_that_is_expected(tmp_path: Path):
    """Every table and view says what it is for, where any SQL tool shows it."""
    for (kind, name), sql in expected(migrations()).items():
        if kind in ("table", "view") and not name.startswith(("document_words_", "statement_words_")):
            assert " -- " in sql.splitlines()[0] or "/* " in sql.splitlines()[0], name
    connection = sqlite3.connect(":memory:", isolation_level=None)
    for step in migrations():
        apply(connection, step)
    loose = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict"
    assert [name for (name,) in connection.execute(loose) if not name.startswith("sqlite")] == []
    connection.close()
