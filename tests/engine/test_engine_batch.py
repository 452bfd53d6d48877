"""``read_batch``: a fixed schema in and out, the same readings as without Arrow, one bad document an error row."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from engine_pile import BREACH, DEMO, SHORT, Direct, items_of, make, needs_model, table
from jsonschema import Draft202012Validator

from sayso.contract import dumps, reading_json, unreadable_json
from sayso.engine import batch
from sayso.engine.batch import DOCUMENTS, READINGS, fields_columns, fields_from, outcome_of, read_batch
from sayso.engine.documents import document_row, documents, documents_batch, input_id
from sayso.engine.tables import FLAT, flatten
from sayso.errors import ModelError
from sayso.ingest import Item, Metadata, items
from sayso.ingest.fields import Fields
from sayso.records import Published, Reading, Unreadable

SCHEMA = Draft202012Validator(json.loads(resources.files("sayso.schemas").joinpath("reading.schema.json").read_text()))


@pytest.fixture(scope="module")
def found(pile: Path) -> pa.Table:
    """The pile read in batches of three."""
    return pa.Table.from_batches([read_batch(each) for each in documents(items_of(pile), table(), rows=3)])


@needs_model
def test_the_outcomes_are_those_of_the_local_engine(direct: Direct, found: pa.Table):
    assert [outcome_of(row) for row in found.to_pylist()] == direct.outcomes
    assert {type(outcome) for outcome in direct.outcomes} == {Reading, Unreadable}
    assert any(outcome.document.findings for outcome in direct.outcomes if isinstance(outcome, Reading))


@needs_model
def test_every_row_is_as_the_contract_has_it(direct: Direct, found: pa.Table):
    assert found.schema.equals(READINGS)
    for outcome, row in zip(direct.outcomes, found.to_pylist(), strict=True):
        if isinstance(outcome, Reading):
            SCHEMA.validate(json.loads(row["reading"]))
            assert row["reading"] == dumps(reading_json(outcome))
            assert (row["error"], row["message"]) == (None, None)
        else:
            SCHEMA.validate(unreadable_json(outcome_of(row)))
            assert row["reading"] is row["digest"] is row["document"] is None


@needs_model
def test_how_documents_are_batched_does_not_matter_and_no_file_is_opened(tmp_path: Path):
    """All that a reading follows from is in its row: the pile may be gone when it is read."""
    folder = make(tmp_path / "p")
    alone, together = (list(documents(items_of(folder)[3:9], table(), rows=rows)) for rows in (1, 1000))
    for file in folder.iterdir():
        file.unlink()
    assert [each.num_rows for each in together] == [len(alone)]
    assert read_batch(together[0]).to_pylist() == [row for each in alone for row in read_batch(each).to_pylist()]


TEXT = {"id": "1", "name": "a", "text": BREACH}
ROWS: list[tuple[str, dict[str, Any], Any]] = [
    ("a text", TEXT, lambda r: r.document.text == BREACH and r.document.file.media_type == "text/plain"),
    ("a text that looks like JSON is a text", {**TEXT, "text": '{"text": "no"}'}, lambda r: r.document.text == '{"text": "no"}'),
    ("a text keeps its ends of lines", {**TEXT, "text": "A.\r\nB.\r"}, lambda r: r.document.text == "A.\r\nB.\r"),
    ("a page by its content", {"id": "1", "name": "a", "content": b"<html><body><p>" + BREACH.encode() + b"</p></body></html>"},
     lambda r: r.document.file.media_type == "text/html"),
    ("a keeper's word", {"id": "1", "name": "a", "content": b"<p>Ada Fenn said so.", "media_type": "text/plain"},
     lambda r: r.document.text == "<p>Ada Fenn said so."),
    ("what the keeper calls it is not read: by content", {"id": "1", "name": "a", "content": BREACH.encode(), "media_type": "x/y"},
     lambda r: r.document.text == BREACH),
    ("JSON of a line", {"id": "1", "name": "a", "content": json.dumps({"text": BREACH, "outlet": "P"}).encode(), "line": 7},
     lambda r: (r.document.text, r.document.outlet) == (BREACH, "P")),
    ("given outranks beside", {**TEXT, "outlet": "Varn Daily", "beside": {"outlet": "P", "url": "https://p.example"}},
     lambda r: (r.document.outlet, r.document.url) == ("Varn Daily", "https://p.example")),
    ("a date that is none is the user's own", {**TEXT, "date": "9/10/2023"}, lambda r: ("date", "9/10/2023") in r.document.extra),
    ("own columns", {**TEXT, "extra": [("desk", "harbour")]}, lambda r: r.document.extra == (("desk", "harbour"),)),
    ("no text", {"id": "1", "name": "a"}, lambda r: r.code == "no-text"),
    ("told unreadable", {"id": "1", "name": "a", "problem": {"code": "not-a-file", "message": "gone"}},
     lambda r: (r.code, r.message) == ("not-a-file", "gone")),
    ("broken JSON", {"id": "1", "name": "a", "content": b'{"text', "line": 3, "path": "l.jsonl"},
     lambda r: r.code == "bad-json" and "l.jsonl, line 3" in r.message),
]  # fmt: skip


@needs_model
@pytest.mark.parametrize(("reason", "row", "holds"), ROWS, ids=[row[0] for row in ROWS])
def test_rows(reason: str, row: dict[str, Any], holds: Any):
    [found] = read_batch(pa.RecordBatch.from_pylist([row])).to_pylist()
    assert found["id"] == "1"
    assert holds(outcome_of(found))


@needs_model
def test_poison_is_a_row(monkeypatch: pytest.MonkeyPatch):
    """A fault of a library in one document is its error; those before and behind it are read."""
    whole = batch.Reader.read

    def read(self: Any, document: Any) -> Reading:
        if document.name == "poison":
            raise LookupError("the trap")
        return whole(self, document)

    monkeypatch.setattr(batch.Reader, "read", read)
    given = [{"id": name, "name": name, "text": SHORT} for name in ("one", "poison", "two")]
    found = read_batch(documents_batch(given)).to_pylist()
    assert [(row["id"], row["error"]) for row in found] == [
        ("one", None),
        ("poison", "extractor-failed"),
        ("two", None),
    ]
    assert "LookupError: the trap" in found[1]["message"]


@needs_model
def test_an_extractor_that_was_ended_from_outside_is_tried_again(monkeypatch: pytest.MonkeyPatch):
    from sayso.ingest import extractor

    whole, deaths = extractor._Child.ask, [1]

    def ask(child: Any, head: dict[str, Any], *more: Any) -> Any:
        if head["kind"] == "html" and deaths:
            deaths.pop()
            child.kill()
        return whole(child, head, *more)

    monkeypatch.setattr(extractor._Child, "ask", ask)
    row = {
        "id": "1",
        "name": "a",
        "content": f"<html><body><article><p>{BREACH * 5}</p></article></body></html>".encode(),
    }
    [found] = read_batch(documents_batch([row])).to_pylist()
    assert (found["error"], deaths) == (None, [])


@needs_model
def test_years_are_taken():
    row = {"id": "1", "name": "a", "text": "On Tuesday, 11 March, the gates held, Ada Fenn said."}
    [with_years] = read_batch(documents_batch([row]), years=range(2031, 2033)).to_pylist()
    assert json.loads(with_years["reading"])["made_by"]["code"].endswith("+2031-2032")


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"id": ["1"], "name": ["a"], "titel": ["b"]}, "no column titel"),
        ({"id": [1], "name": ["a"]}, "no column id: int64"),
        ({"id": ["1"]}, "needs the column name"),
    ],
)
def test_a_batch_of_another_form_is_refused(columns: dict[str, list[Any]], said: str):
    with pytest.raises(ValueError, match=said):
        read_batch(pa.RecordBatch.from_pydict(columns))


def test_large_strings_and_short_numbers_fit():
    wide = {"string": pa.large_string(), "binary": pa.large_binary(), "int64": pa.int32()}
    fields = [pa.field(f.name, wide.get(str(f.type), f.type)) for f in DOCUMENTS]
    row = document_row(Item("a", "a.jsonl", b'{"text": ""}', 4))
    [back] = batch.document_rows(pa.RecordBatch.from_pylist([row], schema=pa.schema(fields)))
    assert (back["id"], back["line"], back["content"]) == (row["id"], 4, b'{"text": ""}')


def test_a_damaged_model_is_an_error_and_not_a_row(tmp_path: Path):
    with pytest.raises(ModelError):
        read_batch(documents_batch([TEXT]), model=tmp_path)


FIELDS = [
    Fields(),
    Fields("T", "O", "B", "https://u.example", "en", Published("2031-04-09"), (("desk", "a"), ("x", ""))),
    Fields(published=Published("2031-04", "month")),
    Fields(published=Published("2031", "year")),
    Fields(published=Published("XXXX-04-09")),
    Fields(published=Published("2031-04-09T10:15+03:00", "minute")),
    Fields(
        published=Published("2031-04-09T00:00+00:00", "minute")
    ),  # out of seconds since 1970: as a stamp it were a day
    Fields(published=Published("2031-04-09", "day", "inferred")),
    Fields(extra=(("date", "9/10/2031"), ("language", "the common tongue"), ("title", "a" * 5000))),
]


@pytest.mark.parametrize("fields", FIELDS)
def test_what_is_known_goes_there_and_back(fields: Fields):
    assert fields_from(fields_columns(fields)) == fields


def test_the_id_follows_from_all_that_is_said(tmp_path: Path):
    item = Item("a", "a", text=SHORT)
    rows = [
        document_row(item),
        document_row(Item("b", "a", text=SHORT)),
        document_row(Item("a", "b", text=SHORT)),
        document_row(Item("a", "a", SHORT.encode())),
        document_row(Item("a", "a", SHORT.encode(), 2)),
        document_row(Item("a", "a", text=SHORT + " ")),
        document_row(item, Metadata({"a": Fields(outlet="P")})),
        document_row(Item("a", "a", text=SHORT, beside=Fields(outlet="P"))),
        document_row(Item("a", "a", problem=Unreadable("a", "no-text", "nothing", "a"))),
        document_row(Item("a", "a", text=SHORT, media_type="text/html")),
    ]
    assert len({row["id"] for row in rows}) == len(rows)
    assert input_id(document_row(item)) == rows[0]["id"] == "" or len(rows[0]["id"]) == 32
    assert document_row(Item("a", "a", text=SHORT))["id"] == rows[0]["id"]


def test_batches_are_bounded_by_rows_and_by_bytes():
    given = [Item(str(n), "-", b"x" * 100) for n in range(10)]
    assert [each.num_rows for each in documents(given, rows=4)] == [4, 4, 2]
    assert [each.num_rows for each in documents(given, size=250)] == [2] * 5
    assert [each.num_rows for each in documents(given, size=1)] == [1] * 10
    assert list(documents([])) == []


@needs_model
def test_flat_tables_hold_what_the_readings_say(direct: Direct, found: pa.Table):
    [whole] = found.combine_chunks().to_batches()
    flat = flatten(whole)
    readings = [outcome for outcome in direct.outcomes if isinstance(outcome, Reading)]
    heads = [r.headline for r in readings if r.headline]
    counted = {
        "documents": len(readings),
        "statements": sum(len(r.statements) for r in (*readings, *heads)),
        "speakers": sum(len(r.speakers) for r in readings),
        "figures": sum(len(r.figures) for r in (*readings, *heads)),
        "dates": sum(len(r.dates) for r in readings),
        "findings": sum(len(r.findings) for r in readings),
    }
    assert {name: each.num_rows for name, each in flat.items()} == counted
    assert all(counted.values())
    assert all(flat[name].schema.equals(schema) for name, schema in FLAT.items())
    texts = {r.id: r.document.text for r in readings}
    for row in (*flat["dates"].to_pylist(), *(r for r in flat["figures"].to_pylist() if r["part"] == "text")):
        assert texts[row["document_id"]][row["start"] : row["end"]] == row["words"]
    ids = {s.id for r in (*readings, *heads) for s in r.statements}
    assert {row["id"] for row in flat["statements"].to_pylist()} == ids


def test_a_reading_that_was_changed_is_refused():
    row = {**dict.fromkeys(READINGS.names), "name": "a", "reading": "{}", "digest": "0" * 64}
    with pytest.raises(ValueError, match="not the one that its digest"):
        outcome_of(row)


def test_the_demo_table_is_used():
    """The rows that this file rests on are there."""
    assert len(list(items([str(DEMO / "pile")]))) > 20
    assert table().rows
