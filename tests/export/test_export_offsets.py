"""Any text, any spans: what each format's own offsets cut from its own text is what the statement says."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from export_pages import MADE, members
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso import identity
from sayso.export import FORMATS, Filters, Origin
from sayso.export.csv_tables import meant
from sayso.export.pages import Page, page_of
from sayso.records import Document, Figure, Hop, Reading, Speaker, Statement

PIECES = (
    "Lia Renn", "said", "“we wait”", "🚢", "👩‍👩‍👧", "👩🏽‍🚀", "e\u0301\u0327", "Zoë̋", "שָׁלוֹם", "مرحبًا", "\u200f", "\u2067x\u2069", "𝕭𝖗",
    "नमस्ते", "한국", "\r\n", "\n", "\t", "\u2028", "\x85", "\x0b", "\u00a0", "=1", "&amp;", "]]>", "\"", "'", "|", "…", " ", " ", " ",
)  # fmt: skip
QUICK = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)


@st.composite
def readings(draw: Any) -> Reading:
    text = "".join(draw(st.lists(st.sampled_from(PIECES), min_size=6, max_size=40))) + "🛟."
    document = Document("p.txt", text, "T", "Courier", extractor="plain 1")
    own = identity.document_id(document)

    def spans(most: int) -> tuple[tuple[int, int], ...]:
        cuts = sorted(draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=2 * most)))
        return tuple(zip(cuts[::2], cuts[1::2], strict=False))

    mention = spans(1)
    speaker = Speaker(identity.speaker_id(own, mention[0]), "Lia 🚢 Renn", "person", mention)
    found: dict[str, Statement] = {}
    for _ in range(draw(st.integers(1, 3))):
        content, source, cue = spans(3), spans(1), spans(1)
        key = identity.statement_id(own, content, source)
        hops = (Hop("Radio Fell", "outlet", spans(1)[0]),)
        found[key] = Statement(key, "direct", source, cue, content, speaker=speaker.id, chain=hops, confidence=0.5)
    span = spans(1)[0]
    figures = (Figure(identity.figure_id(own, span), span, 5, None, statement=next(iter(found))),)
    return Reading(own, identity.text_id(text), document, MADE, None, tuple(found.values()), (speaker,), figures)


def written(form: str, reading: Reading) -> tuple[Page, bytes]:
    page = page_of(reading, Filters(all_acts=True))
    assert page is not None
    out = io.BytesIO()
    FORMATS[form].write([page], out, Origin("1e" * 32))
    return page, out.getvalue()


def contents(reading: Reading) -> dict[str, list[str]]:
    return {s.id: [reading.document.text[a:b] for a, b in s.content] for s in reading.statements}


@QUICK
@given(readings())
def test_w3c(reading: Reading):
    _, raw = written("w3c", reading)
    for item in json.loads(raw)["first"]["items"]:
        cut = []
        for target in item["target"]:
            quote, place = target["selector"]
            words = reading.document.text[place["start"] : place["end"]]
            assert words == quote["exact"]
            assert (quote["prefix"] + words + quote["suffix"]) in reading.document.text
            cut += [words] if target["sayso:role"] == "content" else []
        assert cut == contents(reading)[item["id"].rpartition(":")[2]]


@QUICK
@given(readings())
def test_csv(reading: Reading):
    import csv

    _, raw = written("csv", reading)
    rows = list(csv.DictReader(io.StringIO(members(raw)["statements.csv"].decode("utf-8"), newline="")))
    expected = contents(reading)
    assert {row["id"] for row in rows} == set(expected)
    for row in rows:
        places = [tuple(map(int, each.split("-"))) for each in row["content_spans"].split()]
        assert [reading.document.text[a:b] for a, b in places] == expected[row["id"]]
        shown = meant(row["content"])
        assert shown == " … ".join(expected[row["id"]]).replace("\x0b", "␋").replace("\x85", "\ufffd")


@QUICK
@given(readings())
def test_uima(reading: Reading):
    cassis = pytest.importorskip("cassis")
    _, raw = written("uima", reading)
    (name,) = (each for each in members(raw) if each != "provenance.json")
    cas = cassis.load_cas_from_json(members(raw)[name].decode("utf-8"))
    assert cas.sofa_string == reading.document.text
    cut: dict[str, list[str]] = {}
    for each in sorted(cas.select("sayso.Fragment"), key=lambda f: f.begin):
        if each.role == "content":
            cut.setdefault(each.statement.identity, []).append(cas.sofa_string[each.begin : each.end])
    assert cut == contents(reading)


@QUICK
@given(readings())
def test_brat(reading: Reading):
    _, raw = written("brat", reading)
    files = members(raw)
    (name,) = (each for each in files if each.endswith(".ann"))
    text = files[name.replace(".ann", ".txt")].decode("utf-8")
    assert text == reading.document.text
    for line in files[name].decode("utf-8").splitlines():
        key, data, *told = line.split("\t", 2)
        if key.startswith("T"):
            places = [tuple(map(int, each.split())) for each in data.partition(" ")[2].split(";")]
            assert " ".join(text[a:b] for a, b in places) == told[0]


@QUICK
@given(readings())
def test_label_studio(reading: Reading):
    _, raw = written("labelstudio", reading)
    (task,) = json.loads(raw)
    cut: dict[str, list[str]] = {}
    for region in task["predictions"][0]["result"]:
        if region["type"] == "labels":
            value = region["value"]
            words = task["data"]["text"][value["start"] : value["end"]]
            assert words == value["text"]
            if value["labels"] == ["Statement"]:
                cut.setdefault(region["id"].partition("#")[0], []).append(words)
    assert cut == contents(reading)


@QUICK
@given(readings())
def test_qdpx(reading: Reading):
    import xml.etree.ElementTree as ET

    _, raw = written("qdpx", reading)
    files = members(raw)
    project = ET.fromstring(files["project.qde"])
    (text,) = (value.decode("utf-8") for name, value in files.items() if name.startswith("sources/"))
    assert text == reading.document.text
    cut = [
        text[int(each.get("startPosition", "")) : int(each.get("endPosition", ""))]
        for each in project.iter("{urn:QDA-XML:project:1.0}PlainTextSelection")
        if len(list(each.iter("{urn:QDA-XML:project:1.0}Coding"))) == 2  # a kind, and who speaks
    ]
    assert cut == [words for each in contents(reading).values() for words in each]


@settings(QUICK, max_examples=15)
@given(readings())
def test_docbin(reading: Reading):
    spacy = pytest.importorskip("spacy")
    from spacy.tokens import DocBin

    _, raw = written("docbin", reading)
    (doc,) = DocBin().from_bytes(members(raw)["pages-00001.spacy"]).get_docs(spacy.blank("en").vocab)
    assert doc.text == reading.document.text
    cut: dict[str, list[str]] = {}
    for span in doc.spans["statement"]:
        cut.setdefault(span.id_, []).append(doc.text[span.start_char : span.end_char])
    assert cut == contents(reading)
