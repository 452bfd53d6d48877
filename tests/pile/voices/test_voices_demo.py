"""The demo pile with the statements of its gold: every count of every word, against a plain second way of counting.

The second way knows nothing of segments: it goes through the text character by character. The loaded words of the pile
have their own table, read by hand.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from functools import cache

import pytest

from demo.anchor import anchor
from eval.readings import DEMO
from sayso.ingest import items, load
from sayso.layout import lay_out
from sayso.pile.voices import CELLS, Wish, shelf_of, voices
from sayso.pile.voices.carried import credit_of
from sayso.pile.voices.forms import finder, term_of
from sayso.pile.voices.negation import denied
from sayso.quotes import all_quotations
from sayso.records import Headline, MadeBy, Reading, Span, Speaker, Statement, Unreadable
from sayso.voices import voices_of

MADE_BY = MadeBy("0.1.0", "5e" * 32, "onnxruntime 1.31.1", "plain 1")


def _statements(row: dict, who: dict[str, str], part: str) -> tuple[Statement, ...]:
    """Statements of anchored gold; one within another stands behind it."""
    out: list[Statement] = []
    outer = ""
    for number, s in enumerate(row["statements"]):
        key = f"{part}{number:031x}"
        spans = {role: tuple((a, b) for a, b in s[role]) for role in ("source", "cue", "content")}
        within = outer if s["within"] else None
        outer = outer if s["within"] else key
        speaker = who.setdefault(s["speaker"], f"{len(who):032x}") if s["speaker"] else None
        out.append(
            Statement(key, s["kind"], spans["source"], spans["cue"], spans["content"], s["act"], speaker, within=within)
        )
    return tuple(out)


@cache
def pages() -> tuple[Reading, ...]:
    """The pages of the demo with the statements of their gold and the voices that follow from them."""
    documents = {}
    for item in items([str(DEMO / "pile")]):
        document = load(item)
        if not isinstance(document, Unreadable):
            documents[document.name] = replace(document, outlet=document.name.split("-")[0].capitalize())
    found = []
    for path in sorted(DEMO.glob("gold/*.json")):
        row = json.loads(path.read_text(encoding="utf-8"))
        page = lay_out(documents[row["doc"]])
        text = page.document.text
        anchored = anchor(text, row)
        who: dict[str, str] = {}
        statements = _statements(anchored, who, "0")
        head = anchored.get("headline")
        headline = Headline(head["text"], _statements(head, who, "1")) if head else None
        paragraphs = [s for p in page.paragraphs for s in page.view.pieces(*p.span, text)]
        quoted = [
            page.view.back(q.start, q.end) for q in all_quotations(page.view.text, [p.span for p in page.paragraphs])
        ]
        tiles = voices_of(paragraphs, [f for s in statements for f in s.content], quoted, ())
        speakers = tuple(Speaker(key, name, "person", ()) for name, key in who.items())
        found.append(
            Reading(f"{len(found):032x}", "", page.document, MADE_BY, headline, statements, speakers, voices=tiles)
        )
    return tuple(found)


def plain(reading: Reading, span: Span, carried: bool) -> str:
    """What a word of the text is counted under, character by character."""
    inside = range(*span)
    if any(b.kind == "title" and set(range(*b.span)) & set(inside) for b in reading.document.blocks):
        tiled = any(a <= i < b for i in inside for _, (a, b) in reading.voices)
        return "headline" if tiled else "aside"
    holding = [s for s in reading.statements if any(a <= i < b for i in inside for a, b in s.content)]
    if holding:
        known = [s for s in holding if s.speaker and s.act != "want"] or [s for s in holding if s.speaker] or holding
        smallest = min(sum(b - a for a, b in s.content) for s in known)
        (inner,) = [s for s in known if sum(b - a for a, b in s.content) == smallest][:1]
        if inner.kind != "mixed":
            return "direct" if inner.kind == "direct" else "indirect"
        marks = [(q.start, q.end) for q in all_quotations(reading.document.text, inner.content)]
        return "direct" if any(a <= span[0] and span[1] <= b for a, b in marks) else "indirect"
    voice = next((v for v, (a, b) in reading.voices if a <= span[0] < b), "aside")
    return "carried" if voice == "own" and carried else voice


@pytest.fixture(scope="module")
def vocabulary() -> tuple[str, ...]:
    """Words of the pile, every seventh of all, and phrases."""
    every = sorted({w.casefold() for r in pages() for w in r.document.text.split() if w.isalpha() and len(w) > 3})
    return (*every[::7], "killer cuts", "relief crew", "River Guard", "no such")


def test_every_count_of_the_demo_is_right(vocabulary: tuple[str, ...]):
    outlets = frozenset(r.document.outlet for r in pages())
    known: Counter[tuple[str, str, str, bool]] = Counter()
    terms = [term_of(word) for word in vocabulary]
    for reading in pages():
        carried = bool(credit_of(reading, outlets))
        for number, span in finder(terms).find(reading.document.text):
            cell = plain(reading, span, carried)
            known[terms[number].name, reading.document.outlet, cell, denied(reading.document.text, span)] += 1
        for number, span in finder(terms).find(reading.headline.text if reading.headline else ""):
            assert reading.headline is not None
            known[terms[number].name, reading.document.outlet, "headline", denied(reading.headline.text, span)] += 1
    found: Counter[tuple[str, str, str, bool]] = Counter()
    for row in voices(shelf_of(pages()), Wish(vocabulary)).rows:
        for name in CELLS:
            found[row.word, row.outlet, name, False] += row.cells[name].count
            found[row.word, row.outlet, name, True] += row.cells[name].denied
    assert known.total() > 500
    assert +found == known


OWN = {  # word → the outlets that write it themselves, how often; all other places are somebody's words. Read by hand.
    "wreckers": {"Banner": 1},
    "ringleaders": {"Banner": 1},
    "scabs": {"Undertow": 1},
    "killer cuts": {"Undertow": 2},
    "clique": {"Undertow": 1},
    "regime": {"Undertow": 1},
}
QUOTED = {"wreckers": {"Lantern": 4, "Undertow": 2, "Slackwater": 1}, "scabs": {"Lantern": 3, "Banner": 1}}


@pytest.mark.parametrize("word", OWN)
def test_loaded_words_as_a_careful_reader_has_them(word: str):
    rows = voices(shelf_of(pages()), Wish((word,))).rows
    assert {row.outlet: row.cells["own"].count for row in rows if row.cells["own"].count} == OWN[word]
    direct = {row.outlet: row.cells["direct"].count + row.cells["direct"].denied for row in rows}
    for outlet, count in QUOTED.get(word, {}).items():
        assert direct[outlet] == count
