"""From a ledger: filters, decisions, the same bytes, memory; and the command."""

from __future__ import annotations

import io
import json
import sys
import tracemalloc
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from export_pages import EMOJI, READINGS, Builder, ferry, made

from sayso.cli import export as cli
from sayso.errors import UnknownDocument, UsageError
from sayso.export import FORMATS, Filters, Origin, export, pages, refuse
from sayso.export.pages import Page, page_of
from sayso.ledger import Ledger

SMALL = ("csv", "jsonl", "w3c", "claims", "ftm", "uima", "labelstudio", "brat", "qdpx", "csl", "bibtex", "hxl", "graphml")
MORE = {"xlsx": "openpyxl", "parquet": "pyarrow", "docbin": "spacy"}


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return filled(tmp_path / "sayso.db", READINGS)


def filled(path: Path, readings: tuple) -> Path:
    with Ledger(path, write=True) as opened:
        for reading in readings:
            opened.add(reading)
    return path


def written(path: Path, form: str, filters: Filters = Filters(all_acts=True), **more: object) -> bytes:  # noqa: B008
    out = io.BytesIO()
    with Ledger(path) as opened:
        export(opened, form, out, filters, **more)  # type: ignore[arg-type]
    return out.getvalue()


def test_there_is_every_format_of_the_contract():
    assert set(FORMATS) == {*SMALL, *MORE}
    assert tuple(FORMATS) == cli.FORMATS
    from sayso.export import TABLES

    assert tuple(TABLES) == cli.TABLES


@pytest.mark.parametrize("form", [*SMALL, *MORE])
def test_the_same_pile_gives_the_same_bytes(form: str, tmp_path: Path):
    """Whatever the order in which pages came in."""
    if form in MORE:
        pytest.importorskip(MORE[form])
    one = filled(tmp_path / "one.db", READINGS)
    other = filled(tmp_path / "other.db", READINGS[::-1])
    assert written(one, form) == written(other, form)
    with Ledger(one) as opened:
        digest = opened.digest()
    assert digest.encode() in written(one, "jsonl")


FILTERS = [
    (Filters(), {"=clerk.txt": 3, "layla.txt": 4, "news/ferry 🚢.txt": 2}, "what was said"),
    (Filters(all_acts=True), {"=clerk.txt": 4, "layla.txt": 4, "news/ferry 🚢.txt": 3}, "and thought and wanted"),
    (Filters(document="layla.txt"), {"layla.txt": 4}, "one page"),
    (Filters(document="layla.txt", outlet="courier"), {}, "one page that is from another outlet"),
    (Filters(outlet="courier"), {"news/ferry 🚢.txt": 2}, "an outlet, in any case"),
    (Filters(since="2031-02"), {"=clerk.txt": 3, "news/ferry 🚢.txt": 2}, "a year may be meant; no year is left out"),
    (Filters(until="2030"), {}, "earlier"),
    (Filters(speaker="guild"), {"news/ferry 🚢.txt": 1}, "a joint speaker; its wish is not said"),
    (Filters(speaker="guild", all_acts=True), {"news/ferry 🚢.txt": 2}, "with its wish"),
    (Filters(speaker="nobody"), {}, "who does not speak"),
]


@pytest.mark.parametrize(("filters", "expected", "reason"), FILTERS, ids=[reason for *_, reason in FILTERS])
def test_filters(ledger: Path, filters: Filters, expected: dict[str, int], reason: str):
    with Ledger(ledger) as opened:
        found = {page.reading.document.name: len(list(page.statements())) for page in pages(opened, filters)}
    assert found == expected


def test_a_speaker_comes_alone():
    page = page_of(ferry(), Filters(speaker="zoë̋", all_acts=True))
    assert page is not None
    assert {s.name for s in page.reading.speakers} == {"Zoë̋ Ardalán", "guild"}, "with those who spoke with her"
    assert len(list(page.figures())) == 1
    assert page.reading.findings == ()


def test_figures_outside_of_statements_stay_without_a_speaker_and_go_with_one():
    """A figure that somebody only wanted or thought of is no word of the outlet: it keeps its statement's id."""
    reading = ferry()
    page = page_of(reading)
    assert page is not None
    assert [f.statement for _, f in page.figures()] == [reading.figures[0].statement]
    wanted = replace(reading, statements=tuple(replace(s, act="want") for s in reading.statements))
    page = page_of(wanted)
    assert page is not None
    assert [page.voice(part, f) for part, f in page.figures()] == ["statement"]


def test_within_leads_to_what_is_exported():
    reading = ferry()
    outer, inner, wish = reading.statements
    nested = replace(reading, statements=(outer, replace(wish, within=outer.id), replace(inner, within=wish.id)))
    page = page_of(nested)
    assert page is not None
    assert {s.id: s.within for _, s in page.statements()} == {outer.id: None, inner.id: outer.id}


def test_decisions_are_carried_out(ledger: Path):
    zoe = ferry().statements[0].id
    with Ledger(ledger, write=True) as opened:
        said = opened.decide("reject", [zoe], reviewer="Ada Fenn", at="2031-04-10T09:00:00+00:00")
        opened.decide("speaker", [ferry().statements[1].id], _change(), reviewer="Ada Fenn", at="2031-04-10T09:00:00+00:00")
    rows = written(ledger, "csv", table="statements").decode("utf-8")
    assert zoe not in rows
    assert "Odo Quill" in rows
    assert said.id not in rows, "what is rejected is not there"


def _change():
    from sayso.decisions import Change

    return Change(speaker="Odo Quill")


REFUSED = [
    ("docx", {}, "no format 'docx'; these are: csv, xlsx"),
    ("w3c", {"table": "figures"}, "w3c is no table"),
    ("csv", {"table": "people"}, "no table 'people'"),
    ("jsonl", {"filters": Filters(speaker="x")}, "whole readings"),
]


@pytest.mark.parametrize(("form", "more", "message"), REFUSED, ids=[form for form, *_ in REFUSED])
def test_what_cannot_be(form: str, more: dict, message: str):
    with pytest.raises(UsageError, match=message):
        refuse(form, **more)


def test_readings_come_whole(ledger: Path):
    """Whether or not all acts are asked for: a reading by the contract leaves nothing out."""
    assert written(ledger, "jsonl", Filters()) == written(ledger, "jsonl", Filters(all_acts=True))
    assert written(ledger, "w3c", Filters()) != written(ledger, "w3c", Filters(all_acts=True))


# --- memory ---


class Sink(io.RawIOBase):
    """Takes bytes and forgets them."""

    def writable(self) -> bool:
        return True

    def write(self, data) -> int:  # type: ignore[no-untyped-def, override]
        return len(data)


def many(count: int) -> Iterator[Page]:
    """Pages of some 20,000 characters, each with a statement of its own."""
    for number in range(count):
        page = Builder(f"{number}.txt", EMOJI + f"“No. {number}”, said Lia Renn. " + "The boats wait. " * 1250, outlet="Courier")
        lia = page.speaker("Lia Renn")
        page.say([f"“No. {number}”"], "said", "Lia Renn", lia, kind="direct")
        found = page_of(page.reading())
        assert found is not None
        yield found


def peak(form: str, count: int) -> int:
    tracemalloc.start()
    try:
        FORMATS[form].write(many(count), Sink(), Origin(""))  # type: ignore[arg-type]
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("form", SMALL)
def test_memory_does_not_grow_with_the_pages(form: str):
    """80 pages more are 1.6 million characters more; what may grow is the list of members of a zip, some 2,000 bytes each."""
    peak(form, 2)
    assert peak(form, 100) - peak(form, 20) < 400_000


# --- the command ---


def run(*args: str):
    return CliRunner().invoke(cli.command, args)


def test_the_command_writes_a_file(ledger: Path, tmp_path: Path):
    out = tmp_path / "pile.zip"
    done = run("csv", "-l", str(ledger), "-o", str(out), "--all-acts")
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == f"sayso: 3 pages exported to {out}\n"
    with zipfile.ZipFile(out) as archive:
        assert json.loads(archive.read("provenance.json"))["filters"] == {"all_acts": True}
    assert sorted(path.name for path in tmp_path.iterdir() if ".part" in path.name) == []


def test_the_command_writes_to_a_pipe(ledger: Path):
    done = run("jsonl", "-l", str(ledger), "--document", "layla.txt")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["document"]["name"] == "layla.txt"
    assert done.stderr == "sayso: 1 page exported\n"


def test_a_failed_export_leaves_the_old_file(ledger: Path, tmp_path: Path):
    out = tmp_path / "old.csv"
    out.write_text("old")
    done = run("csv", "-l", str(ledger), "-o", str(out), "--document", "nowhere.txt")
    assert isinstance(done.exception, UnknownDocument)
    assert out.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []


WRONG = [
    (("csv", "-o", "."), "is a folder; name a file in it"),
    (("csv", "-o", "no/such/folder/x.zip"), "there is no folder"),
    (("graphml", "--table", "figures"), "graphml is no table"),
]


@pytest.mark.parametrize(("args", "message"), WRONG, ids=[message for _, message in WRONG])
def test_wrong_calls(ledger: Path, args: tuple[str, ...], message: str):
    done = run(*args, "-l", str(ledger))
    assert isinstance(done.exception, UsageError)
    assert message in str(done.exception)


def test_not_over_the_ledger(ledger: Path):
    before = ledger.read_bytes()
    done = run("csv", "-l", str(ledger), "-o", str(ledger.parent / "." / ledger.name))
    assert "is the ledger itself" in str(done.exception)
    assert ledger.read_bytes() == before


def test_not_to_a_terminal(ledger: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    with pytest.raises(UsageError, match="give -o FILE"), cli.stream(""):
        pass


def test_made_is_what_export_writes(ledger: Path):
    """The helper of the other tests and the door give the same rows."""
    assert written(ledger, "csv", table="statements") == zip_member(made("csv"), "statements.csv")


def zip_member(raw: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return archive.read(name)


# --- what no encoding carries ---


@pytest.mark.parametrize("form", [*SMALL, *MORE])
def test_lone_surrogates_and_nulls(form: str):
    """Text that JSON may hold and UTF-8 may not is written by every format, one sign for one character."""
    if form in MORE:
        pytest.importorskip(MORE[form])
    odd = "A\ud83dB\x00C\ufffe"
    book = Builder(f"{odd}.txt", f"“{odd}”, said {odd} Renn 🚢. 5 {odd}s.", odd, outlet=odd, byline=odd, url=f"https://x.example/{odd}")
    who = book.speaker(f"{odd} Renn")
    book.say([f"“{odd}”"], "said", f"{odd} Renn", who, kind="direct", chain=[(odd, "outlet")])
    book.figure(f"5 {odd}s", 5, 5, counted=odd, who=odd)
    for words in (True, False):
        page = page_of(book.reading(), words=words)
        assert page is not None
        out = io.BytesIO()
        FORMATS[form].write([page], out, Origin("1e" * 32, Filters(outlet=odd), words))
        raw = out.getvalue() if form != "qdpx" else zip_member(out.getvalue(), "project.qde")
        if form in ("graphml", "qdpx"):
            ElementTree.fromstring(raw)
        if not raw.startswith(b"PK"):
            raw.decode("utf-8")


@pytest.mark.parametrize("form", [*SMALL, *MORE])
def test_an_empty_ledger(form: str, tmp_path: Path):
    if form in MORE:
        pytest.importorskip(MORE[form])
    empty = filled(tmp_path / "empty.db", ())
    raw = written(empty, form)
    if form in ("w3c", "claims", "csl", "labelstudio"):
        json.loads(raw)
    if raw.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            assert archive.testzip() is None
