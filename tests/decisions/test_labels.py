"""The user's own labels: put on statements, speakers and outlets, kept through readings and versions, taken off, counted."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_decisions_survive import the
from varn import ALL, LAYOUT, NEWER, NEWEST, TEXT, A, B, C, D, ledger_at, read

from sayso.decisions import ACTIONS, Decision, decision_json, decision_of, make
from sayso.decisions.labelling import LONGEST, folded, label_of
from sayso.decisions.records import with_id
from sayso.errors import LedgerError, UsageError
from sayso.ledger import FigureFilter, Ledger, SpeakerFilter, StatementFilter, StatementRow, door
from sayso.ledger.labelling import Bearer, label_counts, label_rows, labels_on, put_label, take_label
from sayso.ledger.migrations import migrations
from sayso.records import SourceFile

IDA = {"reviewer": "Ida Maro"}
OUTLET = "The Harbour Post"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with ledger_at(tmp_path / "l.db") as opened:
        opened.add(read())
        yield opened


def labelled(ledger: Ledger, label: str) -> list[str]:
    """The first words of the statements that bear a label, by themselves or through others."""
    return [row.content[:12] for row in ledger.statements(StatementFilter(label=label))]


def rows(ledger: Ledger) -> list[StatementRow]:
    return list(ledger.statements())


# --- what a label may be ---

NAMES = [
    ("economy", "economy"), ("  two   words\n", "two words"), ("Ökologie 2", "Ökologie 2"), ("قطاع", "قطاع"), ("⚓1", "⚓1"),
    ("x" * LONGEST, "x" * LONGEST),
]  # fmt: skip
WRONG_NAMES = [
    ("", "no letter"), ("  ", "no letter"), ("--", "no letter"), ("a|b", "lists are joined by |"),
    ("a\x1bb", "commands a terminal"), ("a\0b", "cannot be kept as it is"), ("x" * (LONGEST + 1), "too long"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "kept"), NAMES)
def test_labels(given: str, kept: str):
    assert label_of(given) == kept


@pytest.mark.parametrize(("given", "reason"), WRONG_NAMES, ids=[reason for _, reason in WRONG_NAMES])
def test_no_labels(given: str, reason: str):
    with pytest.raises(UsageError, match="label"):
        label_of(given)


# --- put on, taken off ---


def test_on_a_statement(ledger: Ledger):
    identity = the(read(), A)
    first = put_label(ledger, "economy", Bearer(statement=identity[:8]), **IDA)
    put_label(ledger, "bridge", Bearer(statement=identity), **IDA)
    row = next(row for row in rows(ledger) if row.id == identity)
    assert (row.labels, row.speaker_labels, row.outlet_labels) == (("bridge", "economy"), (), ())
    assert first.id in row.decided
    assert labelled(ledger, "economy") == ["“We will reb"]
    take_label(ledger, "economy", Bearer(statement=identity), **IDA)
    assert next(row for row in rows(ledger) if row.id == identity).labels == ("bridge",)
    with pytest.raises(UsageError, match="no label 'economy'; these are: bridge"):
        labelled(ledger, "economy")
    assert ledger.check().faults == ()


def test_on_a_name_wherever_it_stands(ledger: Ledger):
    """On all speakers called so, pages that come in later too; "rehn" and "Tomas Rehn" are two names."""
    put_label(ledger, "trade", Bearer(speaker="tomas  REHN"), **IDA)
    assert labelled(ledger, "trade") == ["that nobody "]
    ledger.add(read(TEXT + "\n\nMore.", (B, D), url="https://news.example/other", name="other.txt"))
    assert labelled(ledger, "trade") == ["that nobody "] * 2
    assert [row.labels for row in ledger.speakers(SpeakerFilter(name="Tomas"))] == [("trade",)]
    assert [row.name for row in ledger.speakers(SpeakerFilter(label="trade"))] == ["Tomas Rehn"]


def test_on_one_speaker_of_a_page(ledger: Ledger):
    ledger.add(read(TEXT + "\n\nMore.", (B, D), url="https://news.example/other", name="other.txt"))
    put_label(ledger, "trade", Bearer(speaker="Tomas Rehn", document="varn.txt"), **IDA)
    found = list(ledger.statements(StatementFilter(label="trade")))
    assert [(row.document, row.speaker) for row in found] == [("varn.txt", "Tomas Rehn")]
    (row,) = label_rows(ledger)
    assert (row.target, row.words, row.document) == ("speaker", "Tomas Rehn", "varn.txt")


def test_on_an_outlet(ledger: Ledger):
    put_label(ledger, "local", Bearer(outlet="harbour"), **IDA)
    assert len(labelled(ledger, "local")) == len(rows(ledger)) == 6
    assert {row.outlet_labels for row in rows(ledger)} == {("local",)}
    ledger.add(read(url="https://kestrel.example/v", outlet="Kestrel Wire"))
    assert len(labelled(ledger, "LOCAL")) == 6


def test_joint_speakers_count(tmp_path: Path):
    with ledger_at(tmp_path / "l.db") as ledger:
        ledger.add(read(said=(A.but(joint=("Ada Quill",)), B)))
        put_label(ledger, "ferry", Bearer(speaker="Ada Quill"), **IDA)
        assert labelled(ledger, "ferry") == ["“We will reb"]


def test_figures_of_a_label(tmp_path: Path):
    with Ledger(tmp_path / "l.db", write=True) as ledger:
        from factory import article

        ledger.add(article(3, statements=6))
        figures = list(ledger.figures())
        said = next(figure for figure in figures if figure.statement)
        put_label(ledger, "counted", Bearer(statement=str(said.statement)), **IDA)
        found = list(ledger.figures(FigureFilter(label="counted")))
        assert {figure.statement for figure in found} == {said.statement}
        assert len(found) < len(figures)


WRONG = [
    (Bearer(), "one statement, one speaker or one outlet", "nothing is meant"),
    (Bearer(statement="ab12cd34", outlet="Post"), "one statement, one speaker or one outlet", "two things are meant"),
    (Bearer(statement="ffffff"), "no statement has the id", "no such statement"),
    (Bearer(outlet="Nowhere"), "no outlet with 'Nowhere'; there are: The Harbour Post", "no such outlet"),
    (Bearer(speaker="Reh"), "no speaker is called 'Reh'; there are: Rehn, Tomas Rehn", "a part of a name"),
    (Bearer(speaker="Nobody", document="varn.txt"), "no one speaker", "no such speaker on the page"),
]


@pytest.mark.parametrize(("on", "said", "reason"), WRONG, ids=[reason for *_, reason in WRONG])
def test_wrong_bearers(ledger: Ledger, on: Bearer, said: str, reason: str):
    with pytest.raises(UsageError, match=said):
        put_label(ledger, "x", on, **IDA)
    assert list(ledger.decisions()) == []


def test_twice_and_not_there(ledger: Ledger):
    on = Bearer(outlet=OUTLET)
    put_label(ledger, "Local", on, **IDA)
    with pytest.raises(UsageError, match="bears the label 'Local' already"):
        put_label(ledger, "local", on, **IDA)
    put_label(ledger, "local", Bearer(statement=the(read(), A)), **IDA)
    assert {row.label for row in label_rows(ledger)} == {"Local"}
    with pytest.raises(UsageError, match="does not bear"):
        take_label(ledger, "local", Bearer(speaker="Ada Quill"), **IDA)
    with pytest.raises(UsageError, match="name of who takes it"):
        put_label(ledger, "x", on, reviewer=" ")


def test_undone_by_a_row_and_that_undone(ledger: Ledger):
    taken = put_label(ledger, "local", Bearer(outlet=OUTLET), **IDA)
    (undoing,) = take_label(ledger, "local", Bearer(outlet=OUTLET), **IDA)
    first, second = ledger.decisions()
    assert (first.state, first.reason, second.action) == ("undone", f"undone by {undoing.id}", "undo")
    assert list(label_rows(ledger)) == []
    ledger.undo(undoing.id, **IDA)
    assert [row.decision for row in label_rows(ledger)] == [taken.id]
    assert next(ledger.decisions()).state == "stands"
    assert [row.action for row in ledger.decisions()] == ["label", "undo", "undo"]


def test_counts(ledger: Ledger):
    put_label(ledger, "bridge", Bearer(statement=the(read(), A)), **IDA)
    put_label(ledger, "bridge", Bearer(speaker="Ada Quill"), reviewer="Bo")
    put_label(ledger, "local", Bearer(outlet=OUTLET), **IDA)
    bridge, local = label_counts(ledger)
    assert (bridge.label, bridge.statements, bridge.speakers, bridge.outlets, bridge.covered, bridge.documents) == (
        "bridge",
        1,
        1,
        0,
        3,
        1,
    )
    assert bridge.reviewers == ("Bo", "Ida Maro")
    assert (local.label, local.statements, local.outlets, local.covered) == ("local", 0, 1, 6)


# --- what a label outlasts ---

AGAIN = [
    (read(made_by=LAYOUT), ["“We will reb"], "other code, the same statement"),
    (read(said=(A.but(content="We will rebuild the bridge over the Ilse by spring"), B), made_by=NEWER), ["We will rebu"],
     "a newer model cuts it otherwise"),
    (read("The spring plans\n\n" + TEXT.replace("since March", "since Sunday"), made_by=NEWER), ["“We will reb"],
     "another version of the page, moved on"),
    (read(said=(B, C), made_by=NEWEST), [], "the machine no longer sees it: the label is lost, and listed as such"),
]  # fmt: skip


@pytest.mark.parametrize(("page", "left", "reason"), AGAIN, ids=[reason for *_, reason in AGAIN])
def test_read_again(ledger: Ledger, page: object, left: list[str], reason: str):
    taken = put_label(ledger, "bridge", Bearer(statement=the(read(), A)), **IDA)
    ledger.add(page)  # type: ignore[arg-type]
    shown = [row.content[:12] for row in ledger.statements() if "bridge" in row.labels and row.document_id == page.id]  # type: ignore[attr-defined]
    assert shown == left
    states = {row.state for row in ledger.decisions() if row.id == taken.id and row.document_id == page.id}  # type: ignore[attr-defined]
    assert states == ({"stands"} if left else {"lost"})
    assert ledger.check().faults == ()


def test_lost_and_back(ledger: Ledger):
    put_label(ledger, "bridge", Bearer(statement=the(read(), A)), **IDA)
    ledger.add(read(said=(B, C), made_by=NEWER))
    assert not any(row.labels for row in rows(ledger))
    ledger.add(read(said=ALL, made_by=NEWEST))
    assert labelled(ledger, "bridge") == ["“We will reb"]


def test_a_speaker_of_a_page_after_a_merge(ledger: Ledger):
    put_label(ledger, "trade", Bearer(speaker="Rehn", document="varn.txt"), **IDA)
    ledger.decide("merge", ["Tomas Rehn", "Rehn"], document="varn.txt", **IDA)
    assert sorted(labelled(ledger, "trade")) == ["that Lena Os", "that nobody "]
    assert ledger.check().faults == ()


def test_repair_makes_them_anew(ledger: Ledger):
    put_label(ledger, "bridge", Bearer(statement=the(read(), A)), **IDA)
    put_label(ledger, "local", Bearer(outlet=OUTLET), **IDA)
    ledger.commit()
    before = ledger.digest()
    for damage in ("DELETE FROM labels", "UPDATE labels SET label = 'other'"):
        ledger._opened().execute(damage)
        assert len(ledger.check().faults) == 2
        ledger.repair()
        assert ledger.check().faults == ()
    assert sorted(row.label for row in label_rows(ledger)) == ["bridge", "local"]
    assert ledger.digest() == before


def test_forgetting_a_page_takes_the_words_of_its_labels(ledger: Ledger):
    """A label on a name that nobody else bears goes, too; one on the outlet stays."""
    other = "Tomas Rehn, a shop owner, told the council that nobody had asked the traders about the closure."
    ledger.add(read(other, (B,), url="https://news.example/other", name="other.txt"))
    put_label(ledger, "secret word", Bearer(statement=the(read(), A)), **IDA)
    put_label(ledger, "of Quill", Bearer(speaker="Ada Quill"), note="Quill of the ferry", **IDA)
    put_label(ledger, "of Rehn", Bearer(speaker="Tomas Rehn"), **IDA)
    put_label(ledger, "local", Bearer(outlet=OUTLET), **IDA)
    ledger.forget("varn.txt", "asked for", **IDA)
    assert sorted(row.label for row in label_rows(ledger)) == ["local", "of Rehn"]
    assert [(row.state, row.words, row.said) for row in ledger.decisions()][:2] == [("lost", "", ""), ("lost", "", "")]
    assert ledger.check().faults == ()
    ledger.commit()
    held = ledger.path.read_bytes()
    assert b"secret word" not in held
    assert b"Ada Quill" not in held
    assert b"Tomas Rehn" in held


def test_the_triggers_hold(ledger: Ledger):
    put_label(ledger, "local", Bearer(outlet=OUTLET), **IDA)
    ledger.commit()
    with pytest.raises(sqlite3.Error, match="never changed"):
        ledger._opened().execute('UPDATE decisions SET what = \'{"label": "x", "outlet": "y"}\'')


# --- records ---


@given(
    label=st.text(st.characters(categories=["L", "N", "P", "S"], exclude_characters="|"), min_size=1, max_size=9).filter(
        lambda text: any(c.isalnum() for c in text)
    ),
    outlet=st.text(min_size=1, max_size=9), note=st.text(max_size=5),
)  # fmt: skip
def test_a_label_goes_through_json(label: str, outlet: str, note: str):
    taken = with_id(Decision("label", "", "Ida", "now", note, label=label, outlet=outlet), 1)
    blank = replace(taken, label="", outlet="")
    assert decision_of(decision_json(taken), blank) == taken
    assert folded(f" {label} ") == folded(label)


def test_decisions_of_before_keep_their_ids():
    """The hash of a decision was taken before there were labels: two fields that are empty do not change it."""
    note = make("note", read(), (the(read(), A),), reviewer="Ida Maro", at="2031-05-01T10:00:00+00:00", note="on tape")
    assert with_id(note, 1).id == "9a0de9dabf802200b9668b00c5bf288c"


ODD_JSON = [
    ("label", '{"outlet": "x"}', "no label"), ("label", '{"label": "x"}', "bears nothing"),
    ("label", '{"label": "x", "outlet": "o", "speakers": [{"name": "n", "kind": "person", "mention": null, "part": "text"}]}',
     "two things"),
    ("note", '{"label": "x", "outlet": "y"}', "a note with a label"), ("label", '{"label": 5, "outlet": "y"}', "no text"),
]  # fmt: skip


@pytest.mark.parametrize(("action", "what", "reason"), ODD_JSON, ids=[reason for *_, reason in ODD_JSON])
def test_odd_records_are_refused(action: str, what: str, reason: str):
    with pytest.raises((ValueError, TypeError)):
        decision_of(what, Decision(action, "d", "r", "t"))  # type: ignore[arg-type]


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_any_labels_in_any_order(data: st.DataObject):
    """Whatever is put on and taken off: what stands is what was put on and not taken off, and the file is whole."""
    import tempfile

    bearers = [
        Bearer(statement=the(read(), A)),
        Bearer(speaker="Ada Quill"),
        Bearer(outlet=OUTLET),
        Bearer(speaker="Rehn", document="varn.txt"),
    ]
    stands: set[tuple[str, Bearer]] = set()
    with tempfile.TemporaryDirectory() as folder, ledger_at(Path(folder) / "l.db") as ledger:
        ledger.add(read())
        for _ in range(data.draw(st.integers(1, 6))):
            label, on = data.draw(st.sampled_from(["a", "b"])), data.draw(st.sampled_from(bearers))
            if (label, on) in stands:
                take_label(ledger, label, on, **IDA)
                stands.remove((label, on))
            else:
                put_label(ledger, label, on, **IDA)
                stands.add((label, on))
        assert sum(row.label == "a" for row in label_rows(ledger)) == sum(label == "a" for label, _ in stands)
        assert sum(map(len, labels_on(ledger, read().id).values())) == len(stands)
        assert ledger.check().faults == ()


def test_every_action_is_known():
    assert "label" in ACTIONS


# --- a ledger of before ---


def test_a_ledger_without_labels_is_brought_up_to_date(tmp_path: Path):
    """A file of version 3 with a decision: rows copied out of one of today, then opened for writing."""
    old, new = tmp_path / "old.db", tmp_path / "new.db"
    with ledger_at(new) as ledger:
        ledger.add(read(file=SourceFile("varn.txt", "ab" * 32, 5, "text/plain")))
        page = next(iter(ledger.documents())).id
        kept = ledger.decide("reject", [next(ledger.statements()).id], **IDA)
    with closing(door.open_to_write(old, migrations()[:3])) as connection:
        door.leave_one_file(connection)
    with closing(sqlite3.connect(old, isolation_level=None)) as connection:
        connection.execute("ATTACH ? AS now", (str(new),))
        for (table,) in connection.execute(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND strict"
        ).fetchall():
            columns = ", ".join(c for (c,) in connection.execute(f"SELECT name FROM pragma_table_info('{table}')"))
            if table != "migrations":
                connection.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM now.{table}")
        for words in ("document_words", "statement_words"):
            connection.execute(f"INSERT INTO main.{words} ({words}) VALUES ('rebuild')")
    with pytest.raises(LedgerError, match=r"earlier version \(3\)"):
        Ledger(old).open()
    with Ledger(old, write=True) as ledger:
        put_label(ledger, "local", Bearer(outlet=OUTLET), **IDA)
        assert len(list(ledger.statements(StatementFilter(label="local")))) == 5
        assert ledger.check().faults == ()
        assert next(ledger.decisions()).id == kept.id
        assert ledger.has(page)
    assert (tmp_path / "old.db.version-3").exists()
