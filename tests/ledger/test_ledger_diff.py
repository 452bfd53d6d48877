"""Reading again: what counts as the same, which reading is current, what differs, and files of version 1."""

from __future__ import annotations

import os
import sqlite3
import stat
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from factory import MADE_BY, NEWER, article

sys.path.insert(0, str(Path(__file__).parents[1] / "decisions"))
from varn import LAYOUT, NEWEST, TEXT, A, B, C, D, E, F, Said, ledger_at, read, shown

from sayso.decisions import Change
from sayso.errors import LedgerError, LedgerTooNew, NotALedger, UnknownDocument
from sayso.ledger import Ledger
from sayso.ledger.door import open_to_write
from sayso.ledger.migrations import migrations
from sayso.ledger.rows import DiffRow
from sayso.ledger.store import _fold
from sayso.records import Reading

IDA = {"reviewer": "Ida Maro"}


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with ledger_at(tmp_path / "l.db") as opened:
        yield opened


def brief(row: DiffRow) -> tuple[str, str, str, str, str]:
    return row.change, row.speaker_before, row.speaker, row.content_before, row.content


A_CUT = A.but(content=A.content[1:-1])
A_HE = A.but(speaker="Ada Quill")
DIFFS: list[tuple[str, tuple[Said, ...], list[tuple[str, str, str, str, str]]]] = [
    ("nothing but confidence", (A.but(confidence=0.5), B), []),
    ("one gained", (A, B, C), [("gained", "", "Ada Quill", "", C.content)]),
    ("one lost", (A,), [("lost", "Tomas Rehn", "", B.content, "")]),
    ("another speaker", (A_HE, B), [("speaker", "Olga Brandt", "Ada Quill", A.content, A.content)]),
    ("left open", (A.but(speaker=None), B), [("speaker", "Olga Brandt", "", A.content, A.content)]),
    ("one more speaker", (A.but(joint=("Ada Quill",)), B),
     [("speaker", "Olga Brandt", "Olga Brandt + Ada Quill", A.content, A.content)]),
    ("cut otherwise", (A_CUT, B), [("words", "Olga Brandt", "Olga Brandt", A.content, A_CUT.content)]),
    ("cut otherwise, another speaker", (A_CUT.but(speaker="Ada Quill"), B),
     [("speaker", "Olga Brandt", "Ada Quill", A.content, A_CUT.content)]),
    ("another kind", (A.but(kind="mixed"), B), [("kind", "Olga Brandt", "Olga Brandt", A.content, A.content)]),
    ("all others", (C, D), [
        ("lost", "Olga Brandt", "", A.content, ""), ("lost", "Tomas Rehn", "", B.content, ""),
        ("gained", "", "Ada Quill", "", C.content), ("gained", "", "Ada Quill", "", D.content),
    ]),
    ("in two", (A.but(content="“We will rebuild the bridge over"), A.but(content="the Ilse by spring”"), B), [
        ("words", "Olga Brandt", "Olga Brandt", A.content, "“We will rebuild the bridge over"),
        ("gained", "", "Olga Brandt", "", "the Ilse by spring”"),
    ]),
    ("nothing at all", (), [("lost", "Olga Brandt", "", A.content, ""), ("lost", "Tomas Rehn", "", B.content, "")]),
]  # fmt: skip


@pytest.mark.parametrize(("said", "want"), [row[1:] for row in DIFFS], ids=[row[0] for row in DIFFS])
def test_what_differs(ledger: Ledger, said: tuple[Said, ...], want: list[tuple[str, str, str, str, str]]):
    ledger.add(read(said=(A, B)))
    assert list(ledger.diff()) == []
    assert ledger.add(read(said=said, made_by=NEWER)) == "reread"
    assert [brief(row) for row in ledger.diff()] == want == [brief(row) for row in ledger.diff("varn.txt")]
    assert ledger.check().faults == ()


def test_only_the_last_two_readings_are_compared(ledger: Ledger):
    for said, made_by in (((A,), MADE_BY), ((A, B), NEWER), ((A, B, C), NEWEST)):
        ledger.add(read(said=said, made_by=made_by))
    ledger.add(article(1))
    assert [brief(row)[0] for row in ledger.diff()] == ["gained"]
    assert [row.content for row in ledger.diff()] == [C.content]
    assert list(ledger.diff(article(1).id)) == []
    with pytest.raises(UnknownDocument):
        list(ledger.diff("nowhere.txt"))


def test_two_versions_are_compared_by_words(ledger: Ledger):
    later = read(TEXT.replace("Olga Brandt, mayor", "It rained.\n\nOlga Brandt, mayor"), (A_HE, B, C), name="later.txt")
    ledger.add(read(said=(A, B, D)))
    ledger.add(later)
    assert [brief(row) for row in ledger.diff("varn.txt", "later.txt")] == [
        ("speaker", "Olga Brandt", "Ada Quill", A.content, A.content), ("lost", "Ada Quill", "", D.content, ""),
        ("gained", "", "Ada Quill", "", C.content),
    ]  # fmt: skip


def test_decisions_that_the_new_reading_touches(ledger: Ledger):
    """What people decided is told where it leads elsewhere now, or nowhere, or again somewhere."""
    page = read(said=(A, B, D))
    ledger.add(page)
    ids = [s.id for s in page.statements]
    note = ledger.decide("note", [ids[0]], note="?", **IDA)
    ledger.decide("reject", [ids[1]], **IDA)
    cut = ledger.decide("note", [ids[2]], note="?", **IDA)
    ledger.add(read(said=(B, D.but(content=D.content[5:])), made_by=NEWER))
    rows = {row.decision: row for row in ledger.diff() if row.change == "decision"}
    assert set(rows) == {note.id, cut.id}
    assert "stands, now lost (no statement" in rows[note.id].content
    assert rows[note.id].statement_before == ids[0]
    assert rows[note.id].statement == ""
    assert rows[cut.id].statement_before == ids[2] != rows[cut.id].statement
    ledger.add(read(said=(A, B), made_by=NEWEST))
    rows = {row.decision: row for row in ledger.diff() if row.change == "decision"}
    assert "lost (no statement stands at its words now), now stands" in rows[note.id].content


# --- again ---


def places(ledger: Ledger, document: str) -> list[tuple[int, str, int]]:
    sql = """SELECT r.place, r.model || r.code, r.current FROM readings r JOIN documents d ON d.key = r.document
        WHERE d.id = ? AND r.base IS NULL ORDER BY r.place"""
    return [(int(p), str(m), int(c)) for p, m, c in ledger._opened().execute(sql, (document,))]


def test_same_confirmed_reread(ledger: Ledger):
    """The same result by other code confirms a reading; another result is a new one, counted on."""
    page = read(said=(A, B))
    assert ledger.add(page) == "added"
    assert ledger.add(page) == "same"
    assert ledger.add(replace(page, made_by=LAYOUT)) == "same"
    assert places(ledger, page.id) == [(1, MADE_BY.model, 1)]
    assert ledger.has(page.id, LAYOUT)
    assert ledger.document_ids(LAYOUT) == {page.id}
    assert not ledger.has(page.id, NEWER)
    assert ledger.add(replace(page, made_by=LAYOUT)) == "same"
    assert ledger.add(read(said=(A,), made_by=NEWER)) == "reread"
    assert places(ledger, page.id) == [(1, MADE_BY.model, 0), (2, NEWER.model, 1)]
    assert ledger._opened().execute("SELECT count(*) FROM confirmed").fetchone() == (1,)
    assert ledger._opened().execute("SELECT count(*) FROM times").fetchone() == (2,)
    assert [r.made_by for r in ledger.readings("varn.txt")] == [NEWER, MADE_BY]
    assert ledger.check().faults == ()


def test_an_older_model_changes_nothing(ledger: Ledger):
    """Its reading is there already; the newest stays the one that is shown, and what is shown is told by it."""
    old, new = read(said=(A, B)), read(said=(A,), made_by=NEWER)
    ledger.add(old)
    ledger.decide("reject", [old.statements[0].id], **IDA)
    ledger.add(new)
    before = ledger.digest()
    assert [ledger.add(each) for each in (old, new, old)] == ["same"] * 3
    assert ledger.digest() == before
    assert shown(ledger.reading(old.id)) == []
    assert ledger.reading(old.id).made_by == NEWER
    again = replace(old, made_by=NEWEST)  # yet another reads as the old one did
    assert ledger.add(again) == "reread"
    assert [p for p, _, _ in places(ledger, old.id)] == [1, 2, 3]
    assert shown(ledger.reading(old.id)) == shown(read(said=(B,)))
    assert ledger.check().faults == ()


def test_a_reread_page_keeps_its_decisions_in_every_reading(ledger: Ledger):
    ledger.add(read())
    for n, said in enumerate(((A, B, C), (B, C), (A, B, D, E, F)), 1):
        page = ledger.reading("varn.txt")
        ledger.decide("speaker", [page.statements[-1].id], Change(speaker=f"Nils Aho {n}"), **IDA)
        ledger.add(read(said=said, made_by=replace(NEWER, model=f"{n}" * 64)))
        assert ledger.check().faults == ()
    assert [r.state for r in ledger.decisions()] == ["stands"] * 3
    assert len(list(ledger.readings("varn.txt"))) == 4
    earlier = list(ledger.readings("varn.txt"))
    assert all(s.decided == () for r in earlier for s in r.statements)


# --- version 1 ---


def first_version(path: Path, pages: list[tuple[Reading, int]]) -> None:
    """A file of version 1 as it was written then: only the first migration, and rows without what came later."""
    from sayso.ledger.keeping import free_key
    from sayso.ledger.keys import reading_id
    from sayso.ledger.tables import (
        DOCUMENT_COLUMNS,
        TABLES,
        TEXT_COLUMNS,
        ReadingRows,
        escaped,
        insert,
        page_columns,
        text_columns,
    )

    with closing(open_to_write(path, migrations()[:1])) as connection:
        connection.create_function("fold", 1, _fold, deterministic=True)
        for reading, current in pages:
            found = connection.execute("SELECT key FROM documents WHERE id = ?", (reading.id,)).fetchone()
            document = found[0] if found else free_key(connection, "documents", reading.id)
            if not found:
                values = {**text_columns(reading, document), **page_columns(reading.document)}
                connection.execute(insert("documents", (*TEXT_COLUMNS, *DOCUMENT_COLUMNS)), escaped(values.values()))
                connection.execute(
                    "INSERT INTO document_words (rowid, title, text) SELECT key, title, text FROM documents WHERE key = ?", (document,)
                )
            m = reading.made_by
            identity = reading_id(reading.id, m)
            key = free_key(connection, "readings", identity)
            connection.execute(
                "INSERT INTO readings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (key, identity, document, current, m.contract, m.sayso, m.model, m.runtime, m.extractor, None, None),
            )
            connection.execute("BEGIN")
            for table, rows in ReadingRows(reading, key).fill().items():
                columns = TABLES[table]
                if table == "statements":
                    columns, rows = columns[:-1], [row[:-1] for row in rows]
                connection.executemany(insert(table, columns), rows)
            connection.execute("COMMIT")
            if current:
                connection.execute(
                    "INSERT INTO statement_words (rowid, content, source, speaker) SELECT key, content, source, speaker "
                    "FROM statement_texts WHERE key >= ? AND key < ?", (key, key + (1 << 20))
                )  # fmt: skip
        connection.execute("PRAGMA journal_mode = DELETE").fetchone()


def test_a_file_of_version_1_is_brought_up_to_date(tmp_path: Path):
    path, copy = tmp_path / "l.db", tmp_path / "l.db.version-1"
    old, new = read(said=(A, B)), read(said=(A,), made_by=NEWER)
    oldest = read(said=(B,), made_by=NEWEST)
    first_version(path, [(old, 0), (oldest, 0), (new, 1), (article(1), 1), (article(2), 1)])
    before = path.read_bytes()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
    with pytest.raises(LedgerError, match="earlier version"):
        Ledger(path).open()
    with ledger_at(path) as ledger:
        assert ledger.check().faults == ()
        assert next(iter(ledger.readings("varn.txt"))) == new
        assert sorted(r.made_by.model for r in ledger.readings("varn.txt")) == sorted({old.made_by.model, NEWER.model, NEWEST.model})
        assert [p for p, _, c in places(ledger, new.id)] == [1, 2, 3]
        assert places(ledger, new.id)[-1][1:] == (NEWER.model, 1)
        assert ledger.reading(new.id) == new
        assert ledger.reading(article(1).id) == article(1)
        assert [r.content for r in ledger.search("bridge")]
        assert ledger.counts().documents == 3
        assert [ledger.add(r) for r in (old, new, article(1))] == ["same"] * 3
        ledger.decide("reject", [new.statements[0].id], **IDA)
        assert ledger.add(read(said=(A, B, C), made_by=replace(NEWER, code="ff" * 32))) == "reread"
        assert shown(ledger.reading(new.id)) == shown(read(said=(B, C)))
        assert ledger.check().faults == ()
        ledger.repair()
        assert ledger.check().faults == ()
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600 or os.name == "nt"
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
        assert connection.execute("SELECT count(*) FROM readings").fetchone() == (5,)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert before[:16] == copy.read_bytes()[:16]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["l.db", "l.db.version-1"]
    with Ledger(path) as ledger:
        assert ledger.check().faults == ()


def test_a_fresh_file_and_a_migrated_one_are_alike(tmp_path: Path):
    """The same pages give the same rows by either way, but for the times."""
    first_version(tmp_path / "a.db", [(article(1), 1), (read(), 1)])
    with ledger_at(tmp_path / "a.db") as a, ledger_at(tmp_path / "b.db") as b:
        for page in (article(1), read()):
            b.add(page)
        b.commit()
        schema = "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name"
        assert a._opened().execute(schema).fetchall() == b._opened().execute(schema).fetchall()
        assert a.digest() == b.digest()


def test_a_broken_file_of_version_1_is_left_as_it_is(tmp_path: Path):
    path = tmp_path / "l.db"
    first_version(path, [(article(1), 1)])
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE dates")
        connection.commit()
    before = path.read_bytes()
    with pytest.raises(NotALedger, match="dates"):
        Ledger(path, write=True).open()
    with pytest.raises(NotALedger):
        Ledger(path).open()
    assert path.read_bytes() == before
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(LedgerTooNew):
        Ledger(path, write=True).open()

