"""What adding does: outcomes, versions, re-readings, and a ledger that does not depend on order."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from factory import MADE_BY, NEWER, article, pile, renamed, seal
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.errors import LedgerError, UsageError
from sayso.ledger import Ledger, StatementFilter, keeping, store
from sayso.ledger.digests import content_digest
from sayso.ledger.labelling import Bearer, put_label
from sayso.records import Block, Document, Dropped, Headline, Reading, SourceFile, Unreadable


def made(path: Path, outcomes: list[Reading | Unreadable]) -> str:
    with Ledger(path, write=True) as ledger:
        for outcome in outcomes:
            ledger.add(outcome)
        return ledger.digest()


def dump(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    try:
        return [line for line in connection.iterdump() if "schema" not in line]
    finally:
        connection.close()


# --- outcomes ---


def test_the_same_page_again_writes_nothing(tmp_path: Path):
    first = article(1)
    made(tmp_path / "l.db", [first])
    before = dump(tmp_path / "l.db")
    with Ledger(tmp_path / "l.db", write=True) as ledger:
        assert ledger.add(article(1)) == "same"
    assert dump(tmp_path / "l.db") == before


def test_changed_text_at_one_address_is_a_version(tmp_path: Path):
    old, new = article(1, name="old.txt"), article(2, name="new.txt")
    same_place = {"url": "https://news.example/a", "outlet": "Varn Daily"}
    old = seal(replace(old.document, **same_place, blocks=()))
    new = seal(replace(new.document, **same_place, blocks=()))
    elsewhere = seal(replace(new.document, outlet="Kestrel Wire"))
    with Ledger(tmp_path / "l.db", write=True) as ledger:
        assert [ledger.add(r) for r in (new, old, elsewhere)] == ["added", "version", "added"]
    connection = sqlite3.connect(tmp_path / "l.db")
    rows = connection.execute(
        "SELECT id, version, version_of FROM document_versions WHERE outlet = 'Varn Daily'"
    ).fetchall()
    connection.close()
    older, newer = sorted((old, new), key=lambda r: r.document.published.date)
    assert rows == [(older.id, 1, None), (newer.id, 2, older.id)]  # by date, though the newer one came first


def test_no_address_is_no_version(tmp_path: Path):
    with Ledger(tmp_path / "l.db", write=True) as ledger:
        assert [ledger.add(article(n, url="")) for n in (1, 2)] == ["added", "added"]


def test_reading_again_keeps_the_earlier_reading(tmp_path: Path):
    first = article(1)
    second = renamed(
        replace(article(1, made_by=NEWER), statements=()), title="Another title", language="de", name="b.txt"
    )
    second = replace(second, figures=())
    third = replace(article(1, made_by=replace(NEWER, sayso="0.3.0")), figures=())
    with Ledger(tmp_path / "l.db", write=True) as ledger:
        assert [ledger.add(r) for r in (first, second)] == ["added", "reread"]
        assert ledger.reading(first.id) == second
        assert list(ledger.readings(first.id)) == [second, first]
        assert ledger.counts().statements == 0
        assert list(ledger.search("tram OR bridge people")) == []
        assert ledger.add(third) == "reread"
        assert ledger.add(first) == "same"  # it is there, and stays an earlier one
        found = list(ledger.readings(first.id))
        assert found[0] == third
        assert sorted(r.made_by.sayso for r in found[1:]) == ["0.1.0", "0.2.0"]
        assert first in found
        assert second in found
        assert ledger.counts().documents == 1
        assert not ledger.check().faults
        assert ledger.has(first.id, MADE_BY)
        assert not ledger.has(first.id, replace(MADE_BY, model="other"))
        assert ledger.document_ids(NEWER) == ledger.document_ids() == {first.id}


def test_one_page_under_two_names_keeps_the_first_by_name(tmp_path: Path):
    one = renamed(article(1), name="b.txt", title="B")
    two = replace(renamed(article(1), name="a.txt", title="A"), statements=(), figures=())
    digests = {made(tmp_path / "1.db", [one, two]), made(tmp_path / "2.db", [two, one]), made(tmp_path / "3.db", [two])}
    assert len(digests) == 1
    with Ledger(tmp_path / "1.db") as ledger:
        assert ledger.reading("a.txt") == two
        assert not ledger.check().faults


# --- unreadable ---


def test_unreadable_is_recorded_replaced_and_forgotten(tmp_path: Path):
    path, reading = tmp_path / "l.db", article(1)
    name, place = reading.document.name, reading.document.file.path
    bad = Unreadable(name, "timeout", "It took too long.", place)
    worse = Unreadable(name, "too-large", "It is too large.", place)
    with Ledger(path, write=True) as ledger:
        assert ledger.add(bad) == "unreadable"
        assert ledger.add(Unreadable("other", "no-text", "It is empty.")) == "unreadable"
    with Ledger(path, write=True) as ledger:
        ledger.add(worse)
        assert [u.code for u in ledger.unreadable()] == ["no-text", "too-large"]
        ledger.add(reading)
        assert [u.name for u in ledger.unreadable()] == ["other"]
        ledger.add(bad)  # it stands in the ledger already: nothing is left out
        assert ledger.counts().unreadable == 1
        assert not ledger.check().faults


# --- order ---


def mixed() -> list[Reading | Unreadable]:
    """Thirty readings, among them versions, one page under two names, and things that could not be read."""
    readings = pile(26)
    readings += [
        seal(replace(article(40 + n).document, url="https://news.example/1", outlet="X", blocks=())) for n in range(2)
    ]
    readings += [renamed(readings[3], name="aaa.txt"), renamed(readings[3], name="zzz.txt", title="Z")]
    bad = [Unreadable(f"bad{n}.pdf", code, "No.", f"p/bad{n}.pdf") for n, code in enumerate(("timeout", "encrypted"))]
    twice = [Unreadable("pile.jsonl:3", code, "No.", "pile.jsonl") for code in ("bad-json", "no-text")]
    known = Unreadable(readings[5].document.name, "timeout", "No.", readings[5].document.file.path)
    return [*readings, *bad, *twice, known]


@pytest.mark.parametrize("seed", range(3))
def test_order_does_not_matter(tmp_path: Path, seed: int):
    shuffled = mixed()
    random.Random(seed).shuffle(shuffled)
    assert made(tmp_path / "a.db", mixed()) == made(tmp_path / "b.db", shuffled)
    assert made(tmp_path / "b.db", mixed()) == made(tmp_path / "a.db", [])  # all of it once more
    one, other = (sqlite3.connect(tmp_path / name) for name in ("a.db", "b.db"))
    tables = [t for (t,) in one.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%STRICT%'")]
    assert len(tables) > 15
    for table in set(tables) - {"runs", "times"}:  # every row to the bit, keys and all
        rows = [sorted(map(repr, db.execute(f"SELECT * FROM {table}"))) for db in (one, other)]
        assert rows[0] == rows[1], table
    one.close()
    other.close()


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.permutations(range(6)))
def test_any_order_and_any_batches(tmp_path_factory: pytest.TempPathFactory, order: list[int]):
    folder = tmp_path_factory.mktemp("order")
    readings = pile(6)
    with Ledger(folder / "l.db", write=True) as ledger:
        for place, number in enumerate(order):
            ledger.add(readings[number])
            if place % 2:
                ledger.commit()
        digest = ledger.digest()
    assert digest == made(folder / "m.db", readings)


def test_two_processes_make_the_same_ledger(tmp_path: Path):
    """Another process, with another hash seed and the other order."""
    code = """if True:
        import sys
        sys.path.insert(0, sys.argv[1])
        from factory import pile
        from sayso.ledger import Ledger
        with Ledger(sys.argv[2], write=True) as ledger:
            for reading in reversed(pile(5)):
                ledger.add(reading)
            sys.stdout.write(ledger.digest())
    """
    here = str(Path(__file__).parent)
    command = [sys.executable, "-c", code, here, str(tmp_path / "other.db")]
    run = subprocess.run(command, capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": "7"})
    assert run.stdout == made(tmp_path / "l.db", pile(5))


def test_the_digest_sees_every_table(tmp_path: Path):
    """A digest that overlooked a table would prove nothing."""
    reading = article(1, statements=8)
    reading = replace(
        reading, statements=(replace(reading.statements[0], joint=(reading.speakers[1].id,)), *reading.statements[1:])
    )
    made(tmp_path / "l.db", [reading, Unreadable("x", "timeout", "No."), article(2)])
    with Ledger(tmp_path / "l.db", write=True) as ledger:
        assert ledger.add(replace(reading, made_by=NEWER)) == "same"  # confirmed
        ledger.decide("note", [reading.statements[0].id], reviewer="R. Tarn", note="Heard it too.")
        put_label(ledger, "local", Bearer(outlet=article(1).document.outlet), reviewer="R. Tarn")
        ledger.keep(b"the page")
        ledger.forget(article(2).id, "asked for", reviewer="R. Tarn")
        before = ledger.digest()
    connection = sqlite3.connect(tmp_path / "l.db", isolation_level=None)
    tables = [
        t for (t,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%STRICT%'")
    ]
    for table in sorted(set(tables) - {"runs", "migrations", "times", "outcomes", "labels", "sheets", "codings"}):
        last = connection.execute(f"SELECT name FROM pragma_table_info('{table}') WHERE pk = 0").fetchall()[-1:]
        chosen = {"unreadable": "message", "confirmed": "code", "forgotten": "reason", "originals": "bytes"}
        change = f"UPDATE {table} SET {chosen.get(table) or last[0][0]} = ?"
        connection.execute("BEGIN")
        connection.execute("DROP TRIGGER IF EXISTS decisions_stand")
        assert connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0], (
            f"{table} is empty: the test shows nothing"
        )
        connection.execute(change, ("7",))
        from_table = content_digest(connection)
        connection.execute("ROLLBACK")
        assert from_table != before, table
    assert content_digest(connection) == before
    connection.close()


def test_two_owners_of_one_hash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """43 bits may be shared: then the later one takes another key, and nothing but keys differs."""
    clean = made(tmp_path / "a.db", pile(4))
    monkeypatch.setattr(keeping, "base_key", lambda identity, attempt=0: (attempt + 1) << 20)
    with Ledger(tmp_path / "b.db", write=True) as ledger:
        for reading in reversed(pile(4)):
            ledger.add(reading)
        assert ledger.digest() == clean
        assert not ledger.check().faults
        assert [ledger.reading(r.id) == r for r in pile(4)] == [True] * 4


# --- refusals ---

READING = article(1)
BROKEN = {
    "a span that ends outside the text": replace(READING, dropped=(Dropped("x", (0, 10**6), ""),)),
    "a span that ends before it begins": replace(
        READING, document=replace(READING.document, blocks=(Block("title", (5, 2)),))
    ),
    "a span that begins before the text": replace(
        READING, document=replace(READING.document, blocks=(Block("title", (-1, 2)),))
    ),
    "a speaker that is not there": replace(READING, speakers=READING.speakers[1:]),
    "a joint speaker that is not there": replace(READING, statements=(replace(READING.statements[0], joint=("x",)),)),
    "within a statement that is not there": replace(READING, statements=(replace(READING.statements[0], within="x"),)),
    "a figure of a statement that is not there": replace(READING, statements=()),
    "one id twice": replace(READING, statements=READING.statements + READING.statements[:1]),
    "one speaker twice": replace(READING, speakers=READING.speakers + READING.speakers[:1]),
    "another text": replace(READING, document=replace(READING.document, text=READING.document.text + " ")),
    "another outlet": replace(READING, document=replace(READING.document, outlet="Another")),
    "a statement outside the headline": replace(
        READING, headline=Headline("No", (replace(READING.statements[0], id="x"),))
    ),
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_an_unsound_reading_is_refused_and_nothing_of_it_stays(tmp_path: Path, broken: Reading):
    with Ledger(tmp_path / "l.db", write=True) as ledger:
        ledger.add(article(2))
        before = ledger.digest()
        with pytest.raises(LedgerError, match=r"varn/0001.txt.*was not taken"):
            ledger.add(broken)
        assert ledger.digest() == before
        assert ledger.add(article(1)) == "added"
        assert not ledger.check().faults


def test_a_number_beyond_64_bits_is_refused_where_it_cannot_be_rounded(tmp_path: Path):
    with Ledger(tmp_path / "l.db", write=True) as ledger:
        with pytest.raises(LedgerError, match="64 bits"):
            ledger.add(article(1, file=SourceFile("p", "s", 2**64, "m")))
        assert ledger.counts().documents == 0


def test_a_failure_in_the_middle_leaves_no_half_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    whole = keeping.ReadingRows.fill

    def cut(rows: keeping.ReadingRows) -> dict:
        full = whole(rows)
        full["voices"] = [(None,) * 5]
        return full

    with Ledger(tmp_path / "l.db", write=True) as ledger:
        ledger.add(article(1))
        before = ledger.digest()
        monkeypatch.setattr(keeping.ReadingRows, "fill", cut)
        with pytest.raises(LedgerError, match="NOT NULL"):
            ledger.add(article(2))
        monkeypatch.undo()
        assert ledger.digest() == before
        assert not ledger.check().faults


@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError])
def test_leaving_by_an_exception_keeps_whole_documents(tmp_path: Path, error: type[BaseException]):
    def stop() -> None:
        with Ledger(tmp_path / "l.db", write=True) as ledger:
            for reading in pile(5):
                ledger.add(reading)
            raise error

    with pytest.raises(error):
        stop()
    assert made(tmp_path / "whole.db", pile(5)) == made(tmp_path / "l.db", [])


def test_a_batch_is_committed_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(store, "BATCH", 3)
    with Ledger(tmp_path / "l.db", write=True) as ledger:
        seen = []
        for reading in pile(7):
            ledger.add(reading)
            with Ledger(tmp_path / "l.db") as reader:
                seen.append(reader.counts().documents)
    assert seen == [0, 0, 3, 3, 3, 6, 6]


def test_a_reader_cannot_add(tmp_path: Path):
    made(tmp_path / "l.db", [])
    with Ledger(tmp_path / "l.db") as ledger, pytest.raises(UsageError, match="write=True"):
        ledger.add(article(1))


def test_runs_hold_the_only_times(tmp_path: Path):
    made(tmp_path / "l.db", [article(1), article(2), Unreadable("x", "timeout", "No.")])
    connection = sqlite3.connect(tmp_path / "l.db")
    rows = connection.execute("SELECT added, versions, reread, unreadable, finished >= started FROM runs").fetchall()
    connection.close()
    assert rows == [(2, 0, 0, 1, 1)]


def test_file_without_metadata_and_empty_text(tmp_path: Path):
    empty = seal(Document("-", ""))
    with Ledger(tmp_path / "l.db", write=True) as ledger:
        assert ledger.add(empty) == "added"
        assert ledger.reading("-") == empty
        assert ledger.add(renamed(empty, file=SourceFile("p", "s", 1, "m"))) == "same"
        assert list(ledger.statements(StatementFilter(act=""))) == []
