"""Decisions in the file: every view follows them at once, and all of it can be made anew from the table."""

from __future__ import annotations

import json
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from factory import NEWER, article
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1] / "decisions"))
from deciding import wishes
from varn import TEXT, A, B, D, file, ledger_at, read, shown

from sayso import identity
from sayso.decisions import Change
from sayso.errors import LedgerError, NotALedger, UnknownDocument, UsageError
from sayso.ledger import (
    DecisionFilter,
    DroppedFilter,
    Ledger,
    SpeakerFilter,
    StatementFilter,
)
from sayso.ledger.tables import escaped
from sayso.records import Figure, Reading

IDA = {"reviewer": "Ida Maro"}
AT = "2031-05-01T10:00:00+00:00"
SHOWN = """SELECT d.id, r.id, r.base IS NULL, r.place, s.id, s.decided, s.kind, sp.name, s.within IS NULL
    FROM documents d JOIN readings r ON r.document = d.key AND r.current = 1 LEFT JOIN statements s ON s.reading = r.key
    LEFT JOIN speakers sp ON sp.key = s.speaker ORDER BY 1, s.key"""
BECAME = """SELECT o.decision, d.id, o.state, o.reason, o.statement FROM outcomes o JOIN documents d ON d.key = o.document
    ORDER BY 1, 2"""


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with ledger_at(tmp_path / "l.db") as opened:
        yield opened


@contextmanager
def raw(path: Path) -> Iterator[sqlite3.Connection]:
    """The file as another program has it, that knows no manners."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        yield connection


def state(ledger: Ledger) -> tuple[object, ...]:
    """All that follows from decisions: what is shown, what is said of each, what search holds.

    Without which version a row is about: versions of one day are told apart by the second in which they were added.
    """
    connection = ledger._opened()
    ids = [row.id for row in ledger.documents()]
    return (
        connection.execute(SHOWN).fetchall(), connection.execute(BECAME).fetchall(), [ledger.reading(i) for i in ids],
        sorted(r.id for r in ledger.search("the", 1000)), [replace(r, at="", version="") for r in ledger.decisions()],
    )  # fmt: skip


# --- every view at once ---


def counted() -> Reading:
    """The page with a figure inside what Brandt says."""
    text = TEXT.replace("by spring", "with 40 workers by spring")
    said = A.but(content=A.content.replace("by spring", "with 40 workers by spring"))  # type: ignore[union-attr]
    page = read(text, (said, B, D))
    span = (text.index("40 workers"), text.index("40 workers") + 10)
    figure = Figure("", span, 40.0, 40.0, counted="workers", statement=page.statements[0].id)
    return replace(page, figures=(replace(figure, id=identity.figure_id(page.id, span)),))


def views(ledger: Ledger, document: str) -> dict[str, Any]:
    page = ledger.reading(document)
    (row,) = ledger.documents()
    counts = ledger.counts()
    return {
        "statements": [r.content for r in ledger.statements(StatementFilter(act=""))],
        "search": [r.content for r in ledger.search("bridge workers")],
        "words": [r.content for r in ledger.statements(StatementFilter(words="bridge"))],
        "speakers": [(r.name, r.statements) for r in ledger.speakers()],
        "by Nils": [r.content for r in ledger.statements(StatementFilter(speaker="nils"))],
        "found Nils": [r.content for r in ledger.search("Nils Aho")],
        "documents": (row.statements, row.speakers), "counts": (counts.statements, counts.speakers),
        "held": [f.statement for f in page.figures],
        "left out": [(r.code, r.words, r.reason) for r in ledger.dropped()],
        "voices": {voice: sum(b - a for v, (a, b) in page.voices if v == voice) for voice, _ in page.voices},
        "page": shown(page), "faults": ledger.check().faults,
        "list": sorted(c or "" for (c,) in ledger._opened().execute("SELECT content FROM statement_list")),
        "left": ledger._opened().execute("SELECT code FROM left_out").fetchall(),
    }  # fmt: skip


def test_a_rejected_statement_leaves_every_view(ledger: Ledger):
    page = counted()
    ledger.add(page)
    before = views(ledger, page.id)
    words = page.document.text[slice(*page.statements[0].content[0])]
    ledger.decide("reject", [page.statements[0].id[:8]], note="a slip", **IDA)
    after = views(ledger, page.id)
    assert words in before["statements"]
    assert words in before["search"]
    assert words in before["words"]
    assert words not in after["statements"]
    assert after["search"] == after["words"] == []
    assert after["list"] == sorted(after["statements"]) == sorted(c for c in before["list"] if c != words)
    assert [name for name, _ in after["speakers"]] == [n for n, _ in before["speakers"] if n != "Olga Brandt"]
    assert after["documents"] == (2, 2) == after["counts"]
    assert before["documents"] == (3, 3) == before["counts"]
    assert before["held"] == [page.statements[0].id]
    assert after["held"] == [None]
    assert after["left out"] == [("rejected", words, "rejected by Ida Maro: a slip")]
    assert after["left"] == [("rejected",)]
    assert after["voices"]["quoted"] - before["voices"]["quoted"] == len(words)
    assert sum(after["voices"].values()) == sum(before["voices"].values())
    assert after["faults"] == before["faults"] == ()


def test_an_added_statement_is_in_every_view(ledger: Ledger):
    page = replace(counted(), statements=counted().statements[1:], figures=(replace(counted().figures[0], statement=None),))
    used = {s.speaker for s in page.statements}
    page = replace(page, speakers=tuple(s for s in page.speakers if s.id in used))
    ledger.add(page)
    before = views(ledger, page.id)
    span = counted().statements[0].content
    ledger.decide("add", change=Change(content=span, speaker="Nils Aho"), document=page.id, **IDA)
    after = views(ledger, page.id)
    words = page.document.text[slice(*span[0])]
    assert words not in before["statements"]
    assert after["search"] == after["words"] == after["by Nils"] == after["found Nils"] == [words]
    assert words in after["statements"]
    assert ("Nils Aho", 1) in after["speakers"]
    assert (before["documents"], after["documents"], after["counts"]) == ((2, 2), (3, 3), (3, 3))
    (added,) = ledger.statements(StatementFilter(speaker="nils"))
    assert after["held"] == [added.id]
    assert added.kind == "direct"
    assert len(added.decided) == 1
    assert after["faults"] == ()


def test_another_speaker_is_in_every_view(ledger: Ledger):
    page = counted()
    ledger.add(page)
    ledger.decide("speaker", [page.statements[0].id], Change(speaker="Nils Aho"), **IDA)
    after = views(ledger, page.id)
    assert ("Nils Aho", 1) in after["speakers"]
    assert "Olga Brandt" not in dict(after["speakers"])
    assert len(after["by Nils"]) == len(after["found Nils"]) == 1
    (row,) = ledger.statements(StatementFilter(speaker="nils"))
    assert (row.speaker_confidence, row.id) == (1.0, page.statements[0].id)
    assert list(ledger.statements(StatementFilter(speaker="brandt"))) == []
    assert views(ledger, page.id)["faults"] == ()


def test_merged_speakers_are_one_in_every_view(ledger: Ledger):
    page = read()
    ledger.add(page)
    ledger.decide("merge", ["tomas rehn", "REHN"], document=page.id, **IDA)
    (row,) = ledger.speakers(SpeakerFilter(name="rehn"))
    assert (row.name, row.statements, row.spellings) == ("Tomas Rehn", 2, ("Rehn", "Tomas Rehn"))
    assert len(list(ledger.search("Tomas Rehn"))) == 2
    assert [r.speakers for r in ledger.documents()] == [len(page.speakers) - 1]
    assert ledger.check().faults == ()


# --- any sequence ---


def versions_of_a_page() -> list[Reading]:
    above = TEXT.replace("Olga Brandt, mayor", "The rain has stopped.\n\nOlga Brandt, mayor")
    other = read(TEXT.replace("spring", "autumn"), (B, D), name="a.txt", url="", file=file("pile/a.txt", "11" * 32))
    moved = read(TEXT, (A, B), name="b.txt", url="", file=file("pile/b.txt", "11" * 32))
    return [
        read(), read(above), read(outlet="Varn Daily"), other, moved, read(made_by=NEWER, said=(A, B, D)),
        read(name="b.txt", url="", said=(B, D), file=file("pile/a/b.txt", "22" * 32)),
        read(name="a.txt", url="", file=file("pile/a.txt", "33" * 32)),
    ]  # fmt: skip


def step(ledger: Ledger, data: st.DataObject, waiting: list[Reading]) -> None:
    """One thing that somebody does: decide, undo, read."""
    what = data.draw(st.sampled_from(["decide", "decide", "decide", "undo", "read"]))
    if what == "read" and waiting:
        ledger.add(waiting.pop(0))
        return
    if what == "undo" and (taken := [r.id for r in ledger.decisions()]):
        try:
            ledger.undo(data.draw(st.sampled_from(taken)), at=AT, **IDA)
        except UsageError:
            return
        return
    page = ledger.reading(data.draw(st.sampled_from([row.id for row in ledger.documents()])))
    action, targets, change = data.draw(wishes(page))
    try:
        ledger.decide(action, targets, change, note="n", document=page.id, at=AT, **IDA)  # type: ignore[arg-type]
    except UsageError:
        return


REPLAYED = "number, id, action, document, reviewer, decided, note, undoes, what"


def play(folder: Path, data: st.DataObject, steps: int) -> None:
    """Do things; then everything is as if made anew, and undone to the last it is what was read."""
    with ledger_at(folder / "a.db") as ledger:
        waiting = versions_of_a_page()
        ledger.add(waiting.pop(0))
        for _ in range(data.draw(st.integers(1, steps))):
            step(ledger, data, waiting)
        read_so_far = versions_of_a_page()[: 8 - len(waiting)]
        assert ledger.check().faults == ()
        now = state(ledger)
        ledger.repair()
        assert state(ledger) == now
        rows = map(escaped, ledger._opened().execute(f"SELECT {REPLAYED} FROM decisions ORDER BY number").fetchall())
        with ledger_at(folder / "b.db") as other:
            for reading in read_so_far:
                other.add(reading)
            other.commit()
            connection = other._opened()
            connection.executemany(f"INSERT INTO decisions ({REPLAYED}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
            other.repair()
            assert state(other) == now
            assert other.digest() == ledger.digest()
        standing = [r.id for r in ledger.decisions() if r.state in ("stands", "lost")]
        for decision in dict.fromkeys(standing):
            ledger.undo(decision, **IDA)
        assert ledger._opened().execute("SELECT count(*) FROM readings WHERE base IS NOT NULL").fetchone() == (0,)
        for row in ledger.documents():
            assert ledger.reading(row.id) == next(ledger.readings(row.id))
        assert ledger.check().faults == ()


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate])
@given(st.data())
def test_any_sequence_follows_from_its_table(data: st.DataObject):
    with tempfile.TemporaryDirectory() as folder:
        play(Path(folder), data, 8)


# --- versions ---


def test_decisions_follow_a_file_that_moves(ledger: Ledger):
    """Each file is a version of the one it was made from; where one is read elsewhere, others follow or no longer do."""
    for reading in versions_of_a_page()[3:5]:
        ledger.add(reading)
    a, b = versions_of_a_page()[3:5]
    ledger.decide("reject", [b.statements[1].id], **IDA)
    ledger.add(read(TEXT, (A, B), name="b.txt", url="", file=file("pile/0/b.txt", "11" * 32)))  # settles there
    ledger.add(read(TEXT, (A,), name="b.txt", url="", made_by=NEWER, file=file("pile/c/b.txt", "44" * 32)))
    assert ledger.check().faults == ()
    assert ledger.reading(a.id) == a


def test_two_records_of_one_file_are_two_pages(ledger: Ledger):
    """The same words in two lines of one file were printed twice; each is decided about for itself."""
    first, second = (read(url="", name=f"pile.jsonl:{n}", file=file("pile.jsonl")) for n in (1, 2))
    ledger.add(first)
    ledger.add(second)
    ledger.decide("reject", [first.statements[0].id], **IDA)
    assert ledger.reading(second.id) == second


# --- hostile wishes ---

NO_WISH: list[tuple[str, str, tuple[str, ...], Change, dict[str, str]]] = [
    ("nobody decides", "accept", ("s0",), Change(), {"reviewer": "  "}),
    ("an unknown action", "bless", ("s0",), Change(), {}),
    ("undo is asked for elsewhere", "undo", ("s0",), Change(), {}),
    ("an unknown statement", "accept", ("0123456789",), Change(), {}),
    ("too few digits", "accept", ("0",), Change(), {}),
    ("no target", "accept", (), Change(), {}),
    ("two targets", "accept", ("s0", "s1"), Change(), {}),
    ("a statement of another page", "accept", ("o0",), Change(), {"document": "varn.txt"}),
    ("statements of two pages", "split", ("Ada Quill", "s2", "o0"), Change(speaker="Nils"), {"document": "varn.txt"}),
    ("speakers of two pages", "merge", ("p0", "q0"), Change(), {}),
    ("one speaker merged", "merge", ("p0", "p0"), Change(), {}),
    ("nobody of that name", "merge", ("p0", "Nils Aho"), Change(), {"document": "varn.txt"}),
    ("a statement that is not theirs", "split", ("p0", "s1"), Change(speaker="Nils"), {}),
    ("split from nobody", "split", ("p0", "s0"), Change(speaker="-"), {}),
    ("a speaker without a name", "speaker", ("s0",), Change(speaker=" "), {}),
    ("no speaker at all", "speaker", ("s0",), Change(), {}),
    ("no such kind", "kind", ("s0",), Change(kind="loud"), {}),  # type: ignore[arg-type]
    ("no words", "span", ("s0",), Change(content=()), {}),
    ("nothing to change", "span", ("s0",), Change(), {}),
    ("an empty span", "span", ("s0",), Change(content=((5, 5),)), {}),
    ("a span turned round", "span", ("s0",), Change(content=((9, 5),)), {}),
    ("a span before the text", "span", ("s0",), Change(content=((-4, 5),)), {}),
    ("a span behind the text", "span", ("s0",), Change(content=((5, 10**9),)), {}),
    ("fragments that overlap", "span", ("s0",), Change(content=((5, 9), (8, 12))), {}),
    ("fragments in no order", "span", ("s0",), Change(source=((9, 12), (5, 8))), {}),
    ("added to nothing", "add", (), Change(content=((5, 9),)), {}),
    ("added without words", "add", (), Change(), {"document": "varn.txt"}),
    ("added to a headline that is not there", "add", (), Change(content=((0, 4),), part="headline"), {"document": "varn.txt"}),
    ("added nowhere", "add", (), Change(content=((0, 4),), part="margin"), {"document": "varn.txt"}),
    ("added to a statement", "add", ("s0",), Change(content=((0, 4),)), {}),
    ("a note without words", "note", ("s0",), Change(), {"note": " "}),
]  # fmt: skip


@pytest.mark.parametrize(("action", "targets", "change", "more"), [row[1:] for row in NO_WISH], ids=[row[0] for row in NO_WISH])
def test_what_cannot_be_decided_is_refused(tmp_path: Path, action: str, targets: tuple[str, ...], change: Change, more: dict[str, str]):
    page, other = read(), article(7)
    with ledger_at(tmp_path / "l.db") as ledger:
        ledger.add(page)
        ledger.add(other)
        names = {f"s{n}": s.id for n, s in enumerate(page.statements)} | {f"o{n}": s.id for n, s in enumerate(other.statements)}
        names |= {f"p{n}": s.id for n, s in enumerate(page.speakers)} | {f"q{n}": s.id for n, s in enumerate(other.speakers)}
        before = state(ledger)
        with pytest.raises(UsageError) as said:
            ledger.decide(action, [names.get(t, t) for t in targets], change, **{**IDA, **more})  # type: ignore[arg-type]
        assert len(str(said.value)) > 15
        assert state(ledger) == before


def test_what_cannot_be_undone_is_refused(ledger: Ledger):
    page = read()
    ledger.add(page)
    d = ledger.decide("reject", [page.statements[0].id], **IDA)
    for unknown in ("0" * 32, "", d.id[:3], "\0", "%"):
        with pytest.raises(UsageError, match="no decision has the id"):
            ledger.undo(unknown, **IDA)
    with pytest.raises(UsageError, match="name of who"):
        ledger.undo(d.id, reviewer="")
    ledger.undo(d.id[:6], **IDA)
    with pytest.raises(UsageError, match="undone already"):
        ledger.undo(d.id, **IDA)
    with pytest.raises(UnknownDocument):
        ledger.decide("add", change=Change(content=((0, 4),)), document="nowhere.txt", **IDA)
    with Ledger(ledger.path) as reader, pytest.raises(UsageError, match="opened for reading"):
        reader.decide("accept", [page.statements[0].id], **IDA)


def test_odd_characters_in_all_that_people_write(ledger: Ledger):
    page = read()
    ledger.add(page)
    odd = "a\0\ud800\ufdd0\u2028%_'\"<é"
    ledger.decide("speaker", [page.statements[0].id], Change(speaker=odd), reviewer=odd, note=odd, at=odd)
    ledger.decide("reject", [page.statements[1].id], reviewer=odd, note=odd)
    ledger.undo(next(ledger.decisions()).id, reviewer=odd, note=odd)
    assert [(r.reviewer, r.note) for r in ledger.decisions()] == [(odd, odd)] * 3
    assert [r.reason for r in ledger.dropped(DroppedFilter("rejected"))] == [f"rejected by {odd}: {odd}"]
    assert ledger.check().faults == ()
    ledger.repair()
    assert ledger.check().faults == ()


# --- a file that somebody changed ---


def decided_file(path: Path) -> Reading:
    page = read()
    with ledger_at(path) as ledger:
        ledger.add(page)
        ledger.decide("speaker", [page.statements[0].id], Change(speaker="Nils Aho"), note="see the minutes", **IDA)
        ledger.decide("reject", [page.statements[1].id], **IDA)
        d = ledger.decide("merge", ["Ada Quill", "Lena Ostrova"], document=page.id, **IDA)
        ledger.undo(d.id, **IDA)
    return page


def forge(path: Path, sql: str, *values: object) -> None:
    """Change the file behind the triggers, which are put back after."""
    with raw(path) as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(sql, values)
        for _, made in triggers:
            connection.execute(made)


@pytest.mark.parametrize("sql", [
    "DELETE FROM decisions", "DELETE FROM decisions WHERE number = 3", "UPDATE decisions SET note = 'x'",
    "UPDATE decisions SET what = '{}' WHERE number = 1", "UPDATE decisions SET reviewer = 'x', what = '', note = ''",
    "UPDATE decisions SET number = 9, what = '', note = '' WHERE number = 3", "UPDATE decisions SET action = 'note'",
    "REPLACE INTO decisions SELECT * FROM decisions WHERE number = 1",
])  # fmt: skip
def test_decisions_are_only_ever_added(tmp_path: Path, sql: str):
    decided_file(tmp_path / "l.db")
    with raw(tmp_path / "l.db") as connection:
        connection.execute("PRAGMA recursive_triggers = ON")
        with pytest.raises(sqlite3.IntegrityError, match="never"):
            connection.execute(sql)


def changed_json(change: Any) -> Any:
    """The JSON of the first decision, with something changed in it."""

    def forged(path: Path) -> None:
        with raw(path) as connection:
            (what,) = connection.execute("SELECT what FROM decisions WHERE number = 1").fetchone()
        value = json.loads(what)
        value = change(value) or value
        forge(path, "UPDATE decisions SET what = ? WHERE number = 1", json.dumps(value))

    return forged


def plain_sql(sql: str, *values: object) -> Any:
    return lambda path: forge(path, sql, *values)


DERIVED = "reading IN (SELECT key FROM readings WHERE base IS NOT NULL)"
FORGED = {
    "other words": changed_json(lambda v: v["to"]["content"][0].__setitem__(2, "x" * len(v["to"]["content"][0][2]))),
    "another place": changed_json(lambda v: v["statements"][0]["content"][0].__setitem__(slice(0, 2), [0, 52])),
    "a place outside": changed_json(lambda v: v["statements"][0]["content"].__setitem__(0, [10**9, 10**9, "", "", ""])),
    "a place before": changed_json(lambda v: v["statements"][0]["content"].__setitem__(0, [-3, 2, "abcde", "", ""])),
    "no words": changed_json(lambda v: v["to"].__setitem__("content", [])),
    "no statements": changed_json(lambda v: v.__setitem__("statements", [])),
    "nothing": plain_sql("UPDATE decisions SET what = '{}' WHERE number = 1"),
    "erased": plain_sql("UPDATE decisions SET what = '', note = '' WHERE number = 1"),
    "another part": changed_json(lambda v: v["to"].__setitem__("part", "margin")),
    "another kind": changed_json(lambda v: v["to"].__setitem__("kind", "loud")),
    "another name": changed_json(lambda v: v["to"]["speaker"].__setitem__("name", "Brandt")),
    "a name of no text": changed_json(lambda v: v["to"]["speaker"].__setitem__("name", 7)),
    "no number": changed_json(lambda v: v["to"].__setitem__("confidence", "x")),
    "an endless number": changed_json(lambda v: v["to"].__setitem__("confidence", float("inf"))),
    "a list": changed_json(lambda v: [v]),
    "a number": changed_json(lambda v: 7),
    "no JSON": plain_sql("UPDATE decisions SET what = '{' WHERE number = 1"),
    "deep JSON": plain_sql("UPDATE decisions SET what = ? WHERE number = 1", "[" * 200_000),
    "words of an undoing": plain_sql("UPDATE decisions SET what = '{\"statements\": []}' WHERE action = 'undo'"),
    "another action": plain_sql("UPDATE decisions SET action = 'merge' WHERE number = 1"),
    "an unknown action": plain_sql("UPDATE decisions SET action = 'bless' WHERE number = 1"),
    "another reviewer": plain_sql("UPDATE decisions SET reviewer = 'Someone Else' WHERE number = 1"),
    "another note": plain_sql("UPDATE decisions SET note = 'nothing' WHERE number = 1"),
    "another time": plain_sql("UPDATE decisions SET decided = '2001-01-01' WHERE number = 2"),
    "another page": plain_sql("UPDATE decisions SET document = 'ff' WHERE number = 1"),
    "one taken out": plain_sql("DELETE FROM decisions WHERE number = 1"),
    "the last undoing aims elsewhere": plain_sql(
        "UPDATE decisions SET undoes = (SELECT id FROM decisions WHERE number = 2) WHERE action = 'undo'"
    ),
    "an outcome changed": plain_sql("UPDATE outcomes SET state = 'lost'"),
    "outcomes taken out": plain_sql("DELETE FROM outcomes"),
    "a shown speaker changed": plain_sql(f"UPDATE speakers SET name = 'X' WHERE {DERIVED}"),
    "a shown mark changed": plain_sql("UPDATE statements SET decided = '' WHERE decided <> ''"),
    "a shown kind broken": plain_sql(f"UPDATE statements SET kind = 'loud' WHERE {DERIVED}"),
    "a read kind broken": plain_sql(f"UPDATE statements SET kind = 'loud' WHERE NOT {DERIVED}"),
}  # fmt: skip


@pytest.mark.parametrize("name", FORGED)
def test_a_changed_file_is_told(tmp_path: Path, name: str):
    """Whatever was changed is a fault of check; no question ends in anything but an answer or an error of ours."""
    path = tmp_path / "l.db"
    page = decided_file(path)
    FORGED[name](path)
    for write in (False, True):
        try:
            with Ledger(path, write=write) as ledger:
                faults = ledger.check().faults
                for ask in (
                    lambda: list(ledger.decisions()), lambda: ledger.reading(page.id), lambda: list(ledger.statements()),
                    lambda: list(ledger.decisions(DecisionFilter(document=page.id))), lambda: list(ledger.diff()),
                ):  # fmt: skip
                    with suppress(LedgerError):
                        ask()
                if write:
                    for act in (
                        lambda: ledger.decide("note", [page.statements[3].id], note="n", **IDA),
                        lambda: ledger.undo("ffffffff", **IDA), lambda: ledger.add(read(made_by=NEWER, said=(A,))),
                        ledger.repair,
                    ):  # fmt: skip
                        with suppress(LedgerError, UsageError):
                            act()
        except NotALedger:
            continue
        if not write:
            assert faults, name


# --- size ---


def test_many_decisions_take_no_longer_each(tmp_path: Path):
    """The hundredth decision of a page costs what the first did, within reason: nothing goes through the whole ledger."""
    pages = [article(n) for n in range(40)]
    with ledger_at(tmp_path / "l.db") as ledger:
        for page in pages:
            ledger.add(page)
        ledger.commit()
        steps: list[int] = []
        counted = [0]
        connection = ledger._opened()
        connection.set_progress_handler(lambda: counted.__setitem__(0, counted[0] + 1), 100)
        for page in pages:
            counted[0] = 0
            ledger.decide("reject", [page.statements[0].id], **IDA)
            ledger.undo(list_last(ledger), **IDA)
            steps.append(counted[0])
        assert max(steps[-5:]) < 3 * max(steps[:5])


def list_last(ledger: Ledger) -> str:
    return str(ledger._opened().execute("SELECT id FROM decisions ORDER BY number DESC LIMIT 1").fetchone()[0])


