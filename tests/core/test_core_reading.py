"""Readings by the shipped model: what holds for every page of the demo pile, and for any text at all."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from functools import cache
from itertools import pairwise
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sayso
from sayso.contract import dumps, reading_json, reading_of
from sayso.encoder.session import ENGLISH, FILES
from sayso.identity import document_id, text_id
from sayso.ingest import Metadata, items, load
from sayso.layout import lay_out
from sayso.quotes import all_quotations
from sayso.reading import Reader
from sayso.records import Document, Reading, Spans, Statement

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "src" / "sayso" / "schemas" / "reading.schema.json").read_text(encoding="utf-8"))
FRENCH = "tern-0316-fr.txt"

pytestmark = pytest.mark.skipif(
    not all((ENGLISH / name).is_file() for name in FILES), reason="the model is not built: nothing can be read"
)


@cache
def reader() -> Reader:
    return Reader()


@cache
def pile() -> dict[str, Document]:
    """The documents of the demo pile by name."""
    meta = Metadata.from_csv(ROOT / "demo" / "meta.csv")
    found = [load(item, meta) for item in items([str(ROOT / "demo" / "pile")])]
    return {d.name: d for d in found if isinstance(d, Document)}


@cache
def read(name: str) -> Reading:
    return reader().read(pile()[name])


NAMES = sorted(
    {path.name for path in (ROOT / "demo" / "pile").iterdir() if path.suffix not in (".jsonl", ".json")}
    | {
        json.loads(line)["id"]
        for path in (ROOT / "demo" / "pile").glob("*.jsonl")
        for line in path.read_text(encoding="utf-8").splitlines()
    }
)
page = pytest.mark.parametrize("name", NAMES)


# --- what holds for a reading, whatever was read ---------------------------------------------------------------------
def marked(document: Document) -> Spans:
    """The quotations of a page, as spans of its text."""
    laid = lay_out(document)
    found = all_quotations(laid.view.text, [p.span for p in laid.paragraphs])
    return tuple(sorted(piece for q in found for piece in laid.view.pieces(q.start, q.end, document.text)))


def check_spans(document: Document, reading: Reading) -> None:
    size = len(reading.document.text)
    spans = [
        *(span for s in reading.statements for span in (*s.source, *s.cue, *s.content)),
        *(hop.span for s in reading.statements for hop in s.chain),
        *(span for s in reading.speakers for span in s.mentions),
        *(role.span for s in reading.speakers for role in s.roles),
        *(d.span for d in reading.dropped),
        *(span for f in reading.findings for span in f.spans),
        *(b.span for b in reading.document.blocks),
        *(span for _, span in reading.voices),
    ]
    assert all(0 <= start < end <= size for start, end in spans)
    for s in reading.statements:
        assert s.content
        for parts in (s.source, s.cue, s.content):
            assert all(a[1] <= b[0] for a, b in pairwise(parts))
        assert all(reading.document.text[slice(*part)].strip() for part in s.content)


def inside(span: tuple[int, int], spans: Spans) -> bool:
    n = bisect_right(spans, (span[0], 1 << 60)) - 1
    return n >= 0 and spans[n][0] <= span[0] and span[1] <= spans[n][1]


def check_kinds(document: Document, reading: Reading) -> None:
    """direct: all words stand in quotation marks; mixed: some; indirect: none."""
    marks = marked(document)
    for s in reading.statements:
        if s.within is not None:
            continue  # told inside somebody's words: there only the marks within those words count
        found = [m.span() for part in s.content for m in re.compile(r"\w+").finditer(reading.document.text, *part)]
        quoted = sum(inside(word, marks) for word in found)
        assert s.kind == ("direct" if found and quoted == len(found) else "mixed" if quoted else "indirect")


def check_speakers(document: Document, reading: Reading) -> None:
    known = [s.id for s in reading.speakers]
    assert len(set(known)) == len(known)
    headline = reading.headline.statements if reading.headline else ()
    for s in (*reading.statements, *headline):
        for speaker in (s.speaker, *s.joint):
            assert speaker is None or speaker in known
        assert s.speaker is not None or s.speaker_reason
        assert s.speaker is not None or s.speaker_confidence == 0
        assert s.speaker not in s.joint
        assert 0 <= s.confidence <= 1
        assert 0 <= s.speaker_confidence <= 1
    for speaker in reading.speakers:
        assert speaker.name.strip()
        assert speaker.mentions
        assert list(speaker.mentions) == sorted(set(speaker.mentions))


def check_within(document: Document, reading: Reading) -> None:
    seen: dict[str, Statement] = {}
    for s in reading.statements:
        assert s.id not in seen, "two statements have one id"
        if s.within is not None:
            outer = seen[s.within]
            assert all(any(a <= c and d <= b for a, b in outer.content) for c, d in s.content)
        seen[s.id] = s


def check_voices(document: Document, reading: Reading) -> None:
    assert all(a[1][1] <= b[1][0] for a, b in pairwise(reading.voices))
    laid = lay_out(document)
    held = {i for _, span in reading.voices for i in range(*span)}
    assert held == {i for p in laid.paragraphs for i in range(*laid.view.back(*p.span))}
    said = {i for voice, span in reading.voices if voice == "statement" for i in range(*span)}
    assert said == held & {i for s in reading.statements for part in s.content for i in range(*part)}


def check_json(document: Document, reading: Reading) -> None:
    line = dumps(reading_json(reading))
    value = json.loads(line)
    jsonschema.validate(value, SCHEMA["$defs"]["reading"] | {"$defs": SCHEMA["$defs"]})
    back = reading_of(value)
    assert (back.statements, back.speakers) == (reading.statements, reading.speakers)
    assert (back.headline, back.findings, back.dropped) == (reading.headline, reading.findings, reading.dropped)
    assert (back.voices, back.made_by, back.id) == (reading.voices, reading.made_by, reading.id)
    assert dumps(reading_json(back)) == line


CHECKS = (check_spans, check_kinds, check_speakers, check_within, check_voices, check_json)


# --- the demo pile -----------------------------------------------------------------------------------------------------
def test_every_page_of_the_pile_is_read():
    assert sorted(pile()) == NAMES


@page
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_what_holds_for_every_page(name: str, check):
    check(pile()[name], read(name))


@page
def test_the_text_stays_as_it_was_and_names_the_page(name: str):
    document, reading = pile()[name], read(name)
    assert reading.document.text == document.text
    assert (reading.id, reading.text_id) == (document_id(document), text_id(document.text))


@page
def test_made_by_is_filled(name: str):
    made = read(name).made_by
    assert (made.contract, made.sayso) == (1, sayso.__version__)
    assert re.fullmatch(r"[0-9a-f]{64}", made.model)
    assert re.fullmatch(r"onnxruntime \d.*", made.runtime)
    assert bool(made.extractor) == name.endswith((".html", ".pdf"))


@page
def test_again_the_same_bytes(name: str):
    """Whatever was read in between."""
    first = dumps(reading_json(read(name)))
    assert dumps(reading_json(reader().read(pile()[name]))) == first


def test_another_reader_gives_the_same_bytes():
    name = NAMES[0]
    assert dumps(reading_json(Reader().read(pile()[name]))) == dumps(reading_json(read(name)))


@pytest.mark.parametrize("name", [name for name in NAMES if name != FRENCH])
def test_english_pages_have_statements_with_speakers(name: str):
    found = read(name).statements
    assert len(found) > 3
    assert 2 * sum(s.speaker is not None for s in found) > len(found)


def test_the_french_page_is_stored_and_not_read():
    reading = read(FRENCH)
    assert reading.document.language == "fr"
    assert (reading.statements, reading.speakers, reading.voices) == ((), (), ())
    assert "language-unsupported" in {f.code for f in reading.findings}
    assert {d.code for d in reading.dropped} == {"language-unsupported"}


def test_a_title_outside_the_text_is_read_on_its_own():
    text = "Renn said the gates had held all night. The board met on Friday to hear of it."
    title = "Nobody slept, says harbour master Lia Renn"
    reading = reader().read(Document("page", text, title))
    assert reading.headline is not None
    assert reading.headline.text == title
    for s in reading.headline.statements:
        assert all(0 <= a < b <= len(title) for a, b in (*s.source, *s.cue, *s.content))
    repeated = reader().read(Document("page", f"{title}\n\n{text}", title))
    assert repeated.headline is None


def test_nothing_to_read_is_a_reading_without_statements():
    for text in ("", " \n\n ", "\0", "\u200b", "..."):
        document = Document("page", text)
        reading = reader().read(document)
        assert reading.statements == ()
        for check in CHECKS:
            check(document, reading)


# --- any text ----------------------------------------------------------------------------------------------------------
PIECES = st.one_of(
    st.sampled_from([
        "“We row at six,” said Lia Renn. ", "Renn said: “It held.\n\n“Nobody slept", "'No,' he told Cole, 'never.'",
        "According to the board, 40 boats sank. ", "ROOK: It held. ", "\n\nQ: Who sank? ", "\n\nA: Nobody. ", "\n\n",
        "\n", "\r\n", " said ", "“", "”", '"', "«", "»", "‘", "’", "''", "``", "\u2028", "\x85", "\0", "\ud800",
        "\u200b", "\u00ad", "\ufeff", "e\u0301", "東京", "🙂", "gov-\nernment ", "* ", "# ", "[1] ", "\t", "\u202e",
        "She thinks the U.S. ", "…", "—", "Mr O’Dalloran’s ", "a" * 120, "9 May 2031\n",
    ]),
    st.text(st.characters(codec=None), max_size=6),
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=14).map("".join)


@settings(max_examples=25, deadline=None)
@given(TEXTS, st.one_of(st.just(""), TEXTS))
def test_any_text_is_read_and_keeps_what_holds(text: str, title: str):
    document = Document("page", text, title)
    reading = reader().read(document)
    assert reading.document.text == text
    for check in CHECKS:
        check(document, reading)


LONG = "“The gates failed,” said Lia Renn, the harbour master. She added that nobody slept. "


def test_a_long_paragraph_is_read_past_every_window():
    """Forty windows: the last statement is found as the first one is."""
    text = LONG * 60
    document = Document("page", text)
    reading = reader().read(document)
    starts = [s.content[0][0] for s in reading.statements]
    assert min(starts) < len(LONG)
    assert max(starts) > len(text) - len(LONG)
    for check in CHECKS:
        check(document, reading)
