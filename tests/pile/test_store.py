"""The pile beside a ledger: brought up to date in steps, broken off, spoilt, shared, and always what a rebuild gives."""

from __future__ import annotations

import os
import sqlite3
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pile_pages import NEWER, Alike, expected, page, words

from sayso.cli.pile import LEDGER_FILES
from sayso.errors import LedgerBusy, UsageError
from sayso.ledger import Ledger
from sayso.ledger.lock import WriterLock
from sayso.pile import shelf, updating
from sayso.pile.blocks import Width
from sayso.pile.forgetting import forget
from sayso.pile.question import Item, Name, Pair
from sayso.pile.sidecar import remove
from sayso.pile.store import Pile
from sayso.records import Reading

SMALL, WIDE = Width(3, 1), Width(9, 2)
WIDTHS = [Width(1, 0), Width(1, 1), Width(2, 1), SMALL, Width(4, 2), WIDE]
PAGES = [
    page("a.txt", "bridge ferry harvest", "school roof tram"),
    page("b.txt", "bridge ferry roof", "school tram"),
    page("c.txt", "harvest roof"),
    page("d.txt", "harvest roof tram ferry", "bridge school", url="https://news.example/d", day="2031-04-01"),
    page("e.txt", "bridge ferry", "school roof tram never"),
    page("f.txt", "quiet waters"),
]
NEW_D = page("d2.txt", "harvest roof bridge", url="https://news.example/d", day="2031-04-02")


def fill(path: Path, readings: Iterable[Reading]) -> Path:
    with Ledger(path, write=True) as ledger:
        for reading in readings:
            ledger.add(reading)
    return path


@contextmanager
def piled(path: Path, *questions: Alike, width: Width = SMALL) -> Iterator[Pile]:
    with Ledger(path) as ledger, Pile(ledger, questions or [Alike()], width=width, wait=0.0) as pile:
        yield pile


def update(
    path: Path, *questions: Alike, width: Width = SMALL, progress: Callable[[int, int], None] | None = None
) -> str:
    with piled(path, *questions, width=width) as pile:
        pile.update(progress)
        return pile.digest()


def anew(path: Path, tmp_path: Path, *questions: Alike, width: Width = SMALL) -> str:
    """What a rebuild from nothing gives."""
    other = tmp_path / f"anew-{len(list(tmp_path.iterdir()))}.db"
    other.write_bytes(path.read_bytes())
    return update(other, *questions, width=width)


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return fill(tmp_path / "l.db", PAGES)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(updating, "BATCH", 2)


def test_what_is_found(ledger: Path):
    with piled(ledger, width=WIDE) as pile:
        assert pile.update() == 6
        found = pile.relations("alike")
        wanted = expected(PAGES, Alike(), WIDE)
        assert {(p.a, p.b): p.detail for p in found} == {pair: r.detail for pair, r in wanted.items()}
        assert found == sorted(found, key=lambda p: (p.a, p.b))
        assert len(found) == 8
        assert pile.update() == 0

        one = PAGES[0]
        of_page = pile.relations("alike", one.id)
        assert of_page == [p for p in found if one.id in (p.a[0], p.b[0])]
        of_item = pile.relations("alike", one.id, one.statements[0].id)
        assert of_item == [p for p in of_page if (one.id, one.statements[0].id) in (p.a, p.b)]
        assert 0 < len(of_item) < len(of_page)
        assert pile.relations("alike", "0" * 32) == pile.relations("alike", one.id, "none") == []

        assert [item.id for item in pile.items("alike", one.id)] == sorted(s.id for s in one.statements)
        everything = list(pile.items("alike"))
        assert [(i.document, i.id) for i in everything] == sorted((r.id, s.id) for r in PAGES for s in r.statements)
        key = everything[0].keys[0]
        assert {(i.document, i.id) for i in pile.bucket("alike", key)} == {
            (i.document, i.id) for i in everything if key in i.keys
        }
        assert pile.bucket("alike", 12345) == []
        assert pile.reading(one.id) == one
        assert pile.documents() == sorted(r.id for r in PAGES)


def test_components_are_parted_by_the_question(ledger: Path):
    class Parting(Alike):
        def part(self, items: list[Item], pairs: list[Pair]) -> list[list[Name]]:
            names = [(i.document, i.id) for i in items]
            assert names == sorted({name for pair in pairs for name in (pair.a, pair.b)})
            return [names[:2], names[2:3], names[3:]]

    with piled(ledger, width=WIDE) as pile:
        pile.update()
        whole = pile.components("alike")
        together = {frozenset(group) for group in whole}
    for pair in ((PAGES[0], 0, PAGES[1], 0), (PAGES[0], 1, PAGES[1], 1)):
        names = {(pair[0].id, pair[0].statements[pair[1]].id), (pair[2].id, pair[2].statements[pair[3]].id)}
        assert any(names <= group for group in together)
    with piled(ledger, Parting(), width=WIDE) as pile:
        pile.update()
        parts = pile.components("alike")
    assert all(len(group) > 1 for group in parts)
    assert sorted(parts) == parts
    assert parts != whole
    assert {name for group in parts for name in group} < {name for group in whole for name in group}


def test_only_what_was_asked_for_is_known(ledger: Path):
    with piled(ledger) as pile:
        with pytest.raises(UsageError, match="update"):
            pile.relations("alike")
        pile.update()
        with pytest.raises(UsageError, match="'copies', only about: alike"):
            pile.relations("copies")


@pytest.mark.parametrize("seed", range(3))
def test_order_and_steps_do_not_matter(tmp_path: Path, ledger: Path, seed: int):
    wanted = update(ledger)
    order = PAGES[seed:] + PAGES[:seed]
    path = tmp_path / "steps.db"
    for reading in order[::-1] if seed == 2 else order:
        fill(path, [reading])
        found = update(path)
    assert found == wanted


changes = st.one_of(
    st.tuples(st.just("add"), st.integers(0, 6)),
    st.tuples(st.just("again"), st.integers(0, 6)),
    st.tuples(st.sampled_from(["reject", "undo", "forget", "update", "update"]), st.integers(0, 6)),
)


def change(path: Path, what: str, number: int) -> None:
    """One change to a ledger; nothing where it is not to be had."""
    every = [*PAGES, NEW_D]
    with Ledger(path, write=True) as ledger:
        there = sorted(ledger.document_ids())
        if what == "add":
            ledger.add(every[number])
        elif what == "again":
            old = every[number]
            d = old.document
            said = [" ".join(d.text[slice(*s.content[0])].split()) for s in old.statements]
            day = d.published.date if d.published else ""
            ledger.add(page(d.name, *said, url=d.url, day=day, made_by=NEWER, leave_out=1))
        elif what == "undo":
            standing = [row for row in ledger.decisions() if row.state == "stands"]
            if standing:
                ledger.undo(standing[0].id, reviewer="A")
        elif there:
            chosen = ledger.reading(there[number % len(there)])
            if what == "forget":
                ledger.forget(chosen.id, "asked for", reviewer="A", decisions=True)
                ledger.take_in_again(chosen.text_id)
            elif what == "reject" and chosen.statements:
                ledger.decide("reject", [chosen.statements[0].id], reviewer="A")


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(changes, max_size=9), st.sampled_from(WIDTHS), st.booleans(), st.integers(1, 3))
def test_whatever_happens_to_the_ledger(tmp_path_factory, many, width, old_versions, size):
    folder = tmp_path_factory.mktemp("any")
    path, question = fill(folder / "l.db", PAGES[:3]), Alike(old_versions=old_versions)
    for what, number in many:
        if what == "update":
            with mock.patch.object(updating, "BATCH", size):
                update(path, question, width=width)
        else:
            change(path, what, number)
    with mock.patch.object(updating, "BATCH", size), piled(path, question, width=width) as pile:
        pile.update()
        found = {(p.a, p.b): (p.score, p.detail) for p in pile.relations("alike")}
        readings = [pile.reading(page) for page in pile.documents(old_versions=old_versions)]
        digest = pile.digest()
    wanted = expected(readings, question, width)
    assert found == {pair: (r.score, r.detail) for pair, r in wanted.items()}
    assert digest == anew(path, folder, question, width=width)


def test_a_page_under_another_name_is_taken_in_again(ledger: Path):
    """The same page with the same reading's id, but another title: it is told by its name and its time."""
    renamed = page("d.txt", "harvest roof tram ferry", "bridge school", url="https://news.example/d", day="2031-04-01")
    assert renamed.id == PAGES[3].id
    update(ledger)
    fill(ledger, [page("0d.txt", "harvest roof tram ferry", "bridge school", url="https://news.example/d",
                       day="2031-04-01", title="Another")])  # fmt: skip
    with piled(ledger) as pile:
        assert pile.update() == 1
        assert pile.reading(renamed.id).document.title == "Another"


# --- versions ---

VERSIONS = [
    ("address", page("v1.txt", "a b", url="https://x.example/1", day="2031-04-01"),
     page("v0.txt", "a c", url="https://x.example/1", day="2031-04-02")),
    ("no year", page("v1.txt", "a b", url="https://x.example/1", day="XXXX-11-03"),
     page("v0.txt", "a c", url="https://x.example/1", day="2031-04-02")),
    ("one file", page("v.txt", "a b", path="in/v.txt", day="2031-04-01"),
     page("v.txt", "a c and", path="in/v.txt", day="2031-04-02")),
    ("moved", page("u.txt", "a b", path="in/u.txt", day="2031-04-01"),
     page("v.txt", "a b", path="out/v.txt", day="2031-04-02")),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new"), [row[1:] for row in VERSIONS], ids=[row[0] for row in VERSIONS])
@pytest.mark.parametrize("backwards", [False, True])
def test_the_newest_version_counts(tmp_path: Path, old: Reading, new: Reading, backwards: bool):
    both, newest = Alike(old_versions=True, name="both"), Alike()
    path = fill(tmp_path / "l.db", [PAGES[0]])
    for reading in (new, old) if backwards else (old, new):
        update(fill(path, [reading]), both, newest)
    with piled(path, both, newest) as pile:
        assert {old.id, new.id} <= {item.document for item in pile.items("both")}
        assert {item.document for item in pile.items("alike")} & {old.id, new.id} == {new.id}
        assert set(pile.documents(old_versions=True)) - set(pile.documents()) == {old.id}
    assert update(path, both, newest) == anew(path, tmp_path, both, newest)


def test_lines_of_one_file_are_pages(tmp_path: Path):
    lines = [page(f"pile.jsonl:{n}", f"a {n}", path="pile.jsonl") for n in range(3)]
    with piled(fill(tmp_path / "l.db", lines)) as pile:
        assert len(pile.documents()) == 3


# --- questions ---


def test_a_new_version_of_a_question_is_built_anew_and_others_stay(ledger: Path):
    first, second = Alike(name="first"), Alike(name="second")
    update(ledger, first, second)
    newer, same = Alike(2, name="first"), Alike(name="second")
    with piled(ledger, newer, same) as pile:
        assert pile.update() == 6
        assert same.compared == 0
        assert newer.compared > 0
    alone = Alike(name="second")
    with piled(ledger, alone) as pile:
        assert pile.update() == 0


def test_another_cap_is_built_anew(ledger: Path, tmp_path: Path):
    update(ledger, width=Width(1, 0))
    assert update(ledger, width=Width(3, 0)) == anew(ledger, tmp_path, width=Width(3, 0))


# --- broken off ---


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("at", range(1, 7))
def test_ctrl_c(ledger: Path, tmp_path: Path, at: int):
    def stop(done: int, total: int) -> None:
        assert total == 6
        if done == at:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        update(ledger, progress=stop)
    left = []
    assert update(ledger, progress=lambda done, total: left.append(total)) == anew(ledger, tmp_path)
    kept = 6 - (left[0] if left else 0)
    assert kept == (at - 1) // 2 * 2, "whole batches stay"


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("width", [SMALL, WIDE])
def test_broken_off_while_a_page_changes_and_changes_back(ledger: Path, tmp_path: Path, width: Width):
    """A page that was to go is unsettled at once: when its reading is the old one again, it is compared again."""
    update(ledger, width=width)
    order = sorted(PAGES, key=lambda r: (r.document.published.date, r.document.name))  # as they are taken
    with Ledger(ledger, write=True) as opened:
        taken = [opened.decide("reject", [r.statements[-1].id], reviewer="A") for r in order]

    def stop(done: int, total: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        update(ledger, width=width, progress=stop)
    with Ledger(ledger, write=True) as opened:
        for decision in taken[2:]:
            opened.undo(decision.id, reviewer="A")
    assert update(ledger, width=width) == anew(ledger, tmp_path, width=width)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("what", ["again", "forget"])
@pytest.mark.parametrize("place", range(6))
def test_the_ledger_changes_meanwhile(
    ledger: Path, tmp_path: Path, what: str, place: int, monkeypatch: pytest.MonkeyPatch
):
    """A page that was taken in, or is still to come, is read again or forgotten after the first batch."""
    monkeypatch.setattr(shelf, "CHARACTERS", 1)
    happened = []

    def meddle(done: int, total: int) -> None:
        if done == 3 and not happened:
            happened.append(done)
            with Ledger(ledger) as opened:
                chosen = sorted(opened.document_ids())[place]
            number = next(n for n, reading in enumerate(PAGES) if reading.id == chosen)
            change(ledger, what, place if what == "forget" else number)

    assert update(ledger, width=WIDE, progress=meddle) == anew(ledger, tmp_path, width=WIDE)
    assert happened


# --- the file ---


def beside(ledger: Path) -> Path:
    return ledger.with_name("l.db.pile")


def test_one_file_that_only_its_owner_reads(ledger: Path):
    update(ledger)
    assert sorted(p.name for p in ledger.parent.iterdir()) == ["l.db", "l.db.pile"]
    if sys.platform != "win32":
        assert stat.S_IMODE(beside(ledger).stat().st_mode) == 0o600


def test_read_passes_over_it(ledger: Path):
    """``sayso read FOLDER`` knows the names of all that the pile puts there, also while it is written."""
    seen = set()
    update(ledger, progress=lambda done, total: seen.update(p.name for p in ledger.parent.iterdir()))
    assert {"l.db.pile", "l.db.pile-wal", "l.db.pile.lock"} <= seen
    assert seen <= {"l.db" + end for end in LEDGER_FILES}


def test_no_words_in_it(ledger: Path):
    update(ledger)
    raw = beside(ledger).read_bytes()
    said = {word for reading in PAGES for s in reading.statements for word in words(reading, s.id)}
    assert len(said) > 6
    assert not [word for word in said if word.encode() in raw]
    assert PAGES[0].id.encode() in raw


def another_program(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE notes (words TEXT)")


def with_sql(sql: str) -> Callable[[Path], None]:
    def spoil(path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript(sql)

    return spoil


def overwritten(start: int, end: int) -> Callable[[Path], None]:
    def spoil(path: Path) -> None:
        raw = bytearray(path.read_bytes())
        raw[start:end] = os.urandom(len(raw[start:end]))
        path.write_bytes(raw)

    return spoil


SPOILT = [
    ("empty", lambda path: path.write_bytes(b"")),
    ("no database", lambda path: path.write_bytes(b"words of mine\n" * 1000)),
    ("cut", lambda path: path.write_bytes(path.read_bytes()[:9000])),
    ("another program's", another_program),
    ("newer", with_sql("PRAGMA user_version = 2")),
    ("a trigger more", with_sql("CREATE TRIGGER t AFTER INSERT ON items BEGIN DELETE FROM relations; END")),
    ("a view more", with_sql("CREATE VIEW v AS SELECT * FROM items")),
    ("a table less", with_sql("DROP TABLE relations")),
    ("an index less", with_sql("DROP INDEX relations_b")),
    ("its header", overwritten(20, 100)),
    ("its schema", overwritten(100, 3000)),
    ("its pages", overwritten(4096, 40000)),
    ("a stray log", lambda path: path.with_name(path.name + "-wal").write_bytes(b"x" * 5000)),
    ("a link for a log", lambda path: path.with_name(path.name + "-journal").symlink_to(path.parent / "l.db")),
    ("a strange detail", with_sql("UPDATE relations SET detail = '[1, 2'")),
    ("a strange kind of value", with_sql("UPDATE items SET keys = x'00112233'")),
    ("a reference to nothing", with_sql("DELETE FROM items")),
    ("a page of nothing", with_sql("DELETE FROM documents")),
]


@pytest.mark.parametrize("spoil", [row[1] for row in SPOILT], ids=[row[0] for row in SPOILT])
def test_a_file_that_is_not_as_it_should_be_is_built_anew(ledger: Path, spoil: Callable[[Path], None]):
    wanted = update(ledger)
    with piled(ledger) as pile:
        pile.update()
        found = pile.relations("alike")
        assert len(found) > 2
    spoil(beside(ledger))
    with piled(ledger) as pile:
        pile.update()
        assert pile.relations("alike") == found
        assert pile.components("alike")
        assert pile.digest() == wanted
    assert sorted(p.name for p in ledger.parent.iterdir()) == ["l.db", "l.db.pile"]
    assert Ledger(ledger).open().check().faults == ()


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
@pytest.mark.parametrize("what", ["a link", "a folder", "a folder for a lock"])
def test_where_no_file_can_be_made_it_is_built_in_private(ledger: Path, tmp_path: Path, what: str):
    wanted, other = update(ledger), tmp_path / "other"
    beside(ledger).unlink()
    other.write_bytes(b"not yours")
    if what == "a link":
        beside(ledger).symlink_to(other)
    elif what == "a folder":
        beside(ledger).mkdir()
    else:
        ledger.with_name("l.db.pile.lock").mkdir()
    with piled(ledger) as pile:
        assert pile.update() == 6
        assert pile.digest() == wanted
        fill(ledger, [NEW_D])
        assert pile.update() == 2
        assert pile.digest() == anew(ledger, tmp_path)
    assert other.read_bytes() == b"not yours"
    assert not beside(ledger).is_file() or what == "a link"


def test_a_second_writer_is_told_who_is_first(ledger: Path):
    update(ledger)
    lock = WriterLock(beside(ledger), 0.0)
    lock.acquire()
    try:
        with piled(ledger) as pile:
            assert pile.update() == 0, "nothing to do wants no lock"
        fill(ledger, [NEW_D])
        with piled(ledger) as pile, pytest.raises(LedgerBusy, match=rf"process {os.getpid()} on"):
            pile.update()
    finally:
        lock.release()
    update(ledger)


def test_a_file_that_is_spoilt_while_it_is_open(ledger: Path):
    with piled(ledger) as pile:
        pile.update()
        found = pile.relations("alike")
        overwritten(4096, 40000)(beside(ledger))
        assert pile.relations("alike") == found


# --- forgetting ---


@pytest.mark.parametrize("width", [Width(1, 0), Width(1, 1), SMALL, WIDE])
@pytest.mark.parametrize("number", range(5))
def test_a_forgotten_page_leaves_nothing(ledger: Path, tmp_path: Path, number: int, width: Width):
    gone = PAGES[number]
    with piled(ledger, width=width) as pile:
        pile.update()
        of_page = [s.id for s in gone.statements]
        sketches = [pile.bucket("alike", key) for item in pile.items("alike", gone.id) for key in item.keys]
        assert sketches
    with Ledger(ledger, write=True) as opened:
        opened.forget(gone.id, "asked for", reviewer="A")
    forget(ledger, [gone.id])
    raw = beside(ledger).read_bytes()
    assert not [identity for identity in (gone.id, *of_page) if identity.encode() in raw]
    with closing(sqlite3.connect(beside(ledger))) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert update(ledger, width=width) == anew(ledger, tmp_path, width=width)
    assert sorted(p.name for p in ledger.parent.iterdir() if "anew" not in p.name) == ["l.db", "l.db.pile"]


def test_forgetting_where_there_is_nothing_or_something_odd(ledger: Path):
    forget(ledger, [PAGES[0].id])
    assert not beside(ledger).exists()
    beside(ledger).write_bytes(b"odd")
    forget(ledger, [PAGES[0].id])
    assert not beside(ledger).exists()


def test_removing(ledger: Path):
    remove(ledger)
    update(ledger)
    remove(ledger)
    assert [p.name for p in ledger.parent.iterdir()] == ["l.db"]
