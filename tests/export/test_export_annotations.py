"""Formats of marks on a text, each read by its own reader: its offsets cut from its own text give our statement's words."""

from __future__ import annotations

import io
import json
import re
import xml.etree.ElementTree as ET
from collections import defaultdict
from typing import Any

import pytest
from export_pages import figures, fragments, loads, made, members, pages, statements, words_of
from hypothesis import given
from hypothesis import strategies as st

from sayso.export.brat import lines_of
from sayso.export.docbin import tokens
from sayso.export.pages import Units, signs
from sayso.export.standoff import LINKS, links, marks

BOTH = pytest.mark.parametrize("words", [True, False], ids=["words", "no words"])
WIDE = st.text(st.sampled_from("ab \n\t🚢👩‍\u0301שם\u2028\U0001d56b"), max_size=40)


def text_of(identity: str) -> str:
    page, part, _ = statements()[identity]
    return page.texts[part]


def mark_count() -> int:
    """How many stretches the marks of all sheets have."""
    return sum(len(mark.spans) for page in pages() for sheet in page.sheets() for mark in marks(page, sheet))


# --- W3C Web Annotation ---


def test_w3c_is_a_collection():
    found = loads(made("w3c"))
    assert found["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert (found["type"], found["first"]["type"], found["first"]["partOf"]) == (
        "AnnotationCollection", "AnnotationPage", found["id"],
    )  # fmt: skip
    assert found["total"] == len(found["first"]["items"]) == len(statements())
    assert found["sayso:provenance"]["ledger"] == "1e" * 32
    assert {item["generator"]["id"] for item in found["first"]["items"]} == {"urn:sayso:model:" + "ab" * 32}


def test_w3c_selectors():
    checked = 0
    for item in loads(made("w3c"))["first"]["items"]:
        text = text_of(item["id"].rpartition(":")[2])
        for target in item["target"]:
            quote, position = target["selector"]
            start, end = position["start"], position["end"]
            assert text[start:end] == quote["exact"]
            assert text[:start].endswith(quote["prefix"])
            assert text[end:].startswith(quote["suffix"])
            checked += 1
        content = [t["selector"][0]["exact"] for t in item["target"] if t["sayso:role"] == "content"]
        assert content == words_of(item["id"].rpartition(":")[2])
    assert checked == fragments()


def test_w3c_without_words_has_places_only():
    items = loads(made("w3c", words=False))["first"]["items"]
    kinds = {selector["type"] for item in items for target in item["target"] for selector in target["selector"]}
    assert kinds == {"TextPositionSelector"}
    assert len(items) == len(statements())


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib's own
def test_w3c_as_linked_data():
    """Read by rdflib, with the terms of the standard's context that we use."""
    rdflib = pytest.importorskip("rdflib")
    oa = "http://www.w3.org/ns/oa#"
    anno: dict[str, Any] = {
        "id": "@id", "type": "@type", "oa": oa, "target": {"@id": oa + "hasTarget", "@type": "@id"},
        "selector": {"@id": oa + "hasSelector", "@type": "@id"}, "start": oa + "start", "end": oa + "end",
        "exact": oa + "exact", "Annotation": oa + "Annotation", "items": {"@id": "urn:items", "@type": "@id"},
        "first": {"@id": "urn:first", "@type": "@id"}, "TextQuoteSelector": oa + "TextQuoteSelector",
    }  # fmt: skip
    found = loads(made("w3c"))
    found["@context"][0] = anno
    graph = rdflib.Graph().parse(data=json.dumps(found), format="json-ld")
    assert len(list(graph.subjects(rdflib.RDF.type, rdflib.URIRef(oa + "Annotation")))) == len(statements())
    exact = {str(each) for each in graph.objects(None, rdflib.URIRef(oa + "exact"))}
    assert all(words in exact for identity in statements() for words in words_of(identity))


# --- schema.org ---


def test_claims():
    graph = loads(made("claims"))["@graph"]
    said = {thing["@id"].rpartition(":")[2]: thing for thing in graph if thing["@type"] in ("Claim", "Quotation")}
    assert set(said) == set(statements())
    checked = 0
    for identity, thing in said.items():
        page, part, s = statements()[identity]
        assert thing["@type"] == ("Quotation" if s.kind == "direct" and s.act == "say" else "Claim")
        places = [tuple(map(int, each.split("-"))) for each in thing["position"].split()]
        assert " … ".join(page.texts[part][a:b] for a, b in places) == thing["text"]
        checked += len(places)
    assert checked == sum(len(s.content) for _, _, s in statements().values())
    assert not {"ClaimReview", "Rating"} & {thing["@type"] for thing in graph}
    assert sum(thing["@type"] == "NewsArticle" for thing in graph) == 3


# --- Label Studio ---


@BOTH
def test_label_studio(words: bool):
    checked = 0
    for task in loads(made("labelstudio", words=words)):
        text, result = task["data"]["text"], task["predictions"][0]["result"]
        regions = {each["id"]: each for each in result if each["type"] == "labels"}
        assert len(regions) == sum(each["type"] == "labels" for each in result), "two regions have one id"
        contents: dict[str, list[str]] = defaultdict(list)
        for key, region in regions.items():
            value = region["value"]
            cut = text[value["start"] : value["end"]]
            assert 0 <= value["start"] < value["end"] <= len(text)
            assert value.get("text", cut) == cut
            contents[key.partition("#")[0]].append(cut)
            checked += 1
        for identity in set(contents) & set(statements()):
            expected = words_of(identity) if words else [signs(each) for each in words_of(identity)]
            assert contents[identity] == expected
        for each in result:
            if each["type"] == "relation":
                assert {each["from_id"], each["to_id"]} <= set(regions)
    assert checked == mark_count()


# --- brat ---


def read_brat(text: str, lines: str) -> tuple[dict[str, tuple[str, list[tuple[int, int]], str]], list[list[str]]]:
    """As brat's own reader takes its lines apart: line by line, at tabs."""
    found: dict[str, tuple[str, list[tuple[int, int]], str]] = {}
    rest = []
    for line in lines.splitlines():
        key, data, *tail = line.split("\t", 2)
        if key.startswith("T"):
            label, places = data.split(" ", 1)
            found[key] = (label, [tuple(map(int, each.split())) for each in places.split(";")], tail[0])  # type: ignore[misc]
        else:
            rest.append([key, data, *tail])
    return found, rest


@BOTH
def test_brat(words: bool):
    files = members(made("brat", words=words))
    checked, seen = 0, set()
    for name in [each for each in files if each.endswith(".ann")]:
        text = files[name.replace(".ann", ".txt")].decode("utf-8")
        found, rest = read_brat(text, files[name].decode("utf-8"))
        notes = {data.split()[1]: tail[0] for key, data, *tail in rest if key.startswith("#")}
        for key, (label, places, told) in found.items():
            assert " ".join(text[a:b] for a, b in places) == told
            assert "\n" not in told
            checked += 1
            if label == "Statement":
                identity = re.match(r"id=(\w+)", notes[key])[1]  # type: ignore[index]
                seen.add(identity)
                flat = "".join("".join(words_of(identity)).split())
                assert "".join(told.split()) == (flat if words else signs(flat))
        for key, data, *_ in rest:
            if key.startswith("R"):
                label, one, other = data.split(" ")
                assert label in LINKS
                assert {one.removeprefix("Arg1:"), other.removeprefix("Arg2:")} <= set(found)
    assert seen == set(statements())
    assert checked == sum(1 for page in pages() for sheet in page.sheets() for _ in marks(page, sheet))


def test_brat_declares_what_it_uses():
    files = members(made("brat"))
    declared = files["annotation.conf"].decode("utf-8")
    for name in [each for each in files if each.endswith(".ann")]:
        found, rest = read_brat("", files[name].decode("utf-8"))
        used = {label for label, _, _ in found.values()} | {data.split()[0] for key, data, *_ in rest if key[0] in "RA"}
        assert not [each for each in used if not re.search(rf"^{each}\b", declared, re.M)]


@given(WIDE, st.integers(0, 40), st.integers(0, 40))
def test_brat_lines(text: str, one: int, other: int):
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    found = lines_of(text, ((start, end),))
    assert "".join(text[a:b] for a, b in found) == re.sub("[\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", "", text[start:end])
    assert all(len(text[a:b].splitlines()) == 1 for a, b in found)


# --- UIMA ---


@BOTH
def test_uima_by_cassis(words: bool):
    cassis = pytest.importorskip("cassis")
    files = members(made("uima", words=words))
    fragments_seen, seen = 0, set()
    for name in [each for each in files if each != "provenance.json"]:
        cas = cassis.load_cas_from_json(files[name].decode("utf-8"))
        for sofa in cas.sofas:
            view = cas.get_view(sofa.sofaID)
            contents: dict[str, list[str]] = defaultdict(list)
            for each in view.select("sayso.Fragment"):
                assert each.begin < each.end <= len(view.sofa_string)
                if not each.role.startswith("hop"):
                    fragments_seen += 1
                if each.role == "content":
                    contents[each.statement.identity].append(view.sofa_string[each.begin : each.end])
            for identity, cut in contents.items():
                seen.add(identity)
                assert cut == (words_of(identity) if words else [signs(w) for w in words_of(identity)])
            for each in view.select("sayso.Mention"):
                if words and each.speaker.kind == "person":
                    assert each.get_covered_text() == view.sofa_string[each.begin : each.end]
    assert seen == set(statements())
    assert fragments_seen == fragments()


def test_uima_counts_utf16_units():
    """The raw numbers, cut from the text as UTF-16, without help of the reader."""
    checked = 0
    for name, raw in members(made("uima")).items():
        if name == "provenance.json":
            continue
        cas = loads(raw)
        structures = {each["%ID"]: each for each in cas["%FEATURE_STRUCTURES"]}
        for each in structures.values():
            if each["%TYPE"] == "sayso.Fragment" and each["role"] == "content":
                wide = structures[each["@sofa"]]["sofaString"].encode("utf-16-le")
                cut = wide[2 * each["begin"] : 2 * each["end"]].decode("utf-16-le")
                assert cut in words_of(structures[each["@statement"]]["identity"])
                checked += 1
        declared = {key for value in cas["%TYPES"].values() for key in value}
        used = {k.lstrip("@") for each in structures.values() if each["%TYPE"].startswith("sayso") for k in each}
        assert used - {"begin", "end", "sofa", "%ID", "%TYPE"} <= declared
    assert checked == sum(len(s.content) for _, _, s in statements().values())


@given(WIDE)
def test_units(text: str):
    units = Units(text)
    for n in range(len(text) + 1):
        assert units(n) == len(text[:n].encode("utf-16-le", "surrogatepass")) // 2


@given(WIDE)
def test_signs_are_as_long(text: str):
    shown = signs(text)
    assert [c.isspace() for c in shown] == [c.isspace() for c in text]
    assert [ord(c) > 0xFFFF for c in shown] == [ord(c) > 0xFFFF for c in text]
    assert not set(shown) - set("x\U0001d431") - {c for c in text if c.isspace()}


# --- spaCy ---


@BOTH
def test_docbin(words: bool):
    spacy = pytest.importorskip("spacy")
    from spacy.tokens import DocBin

    files = members(made("docbin", words=words))
    checked, seen = 0, set()
    for name in [each for each in files if each.endswith(".spacy")]:
        for doc in DocBin().from_bytes(files[name]).get_docs(spacy.blank("en").vocab):
            about = doc.user_data["sayso"]
            contents: dict[str, list[str]] = defaultdict(list)
            for group in doc.spans:
                for span in doc.spans[group]:
                    checked += 1
                    if group == "statement":
                        contents[span.id_].append(doc.text[span.start_char : span.end_char])
                        assert span.label_ == statements()[span.id_][2].kind
            for identity, cut in contents.items():
                seen.add(identity)
                assert cut == (words_of(identity) if words else [signs(w) for w in words_of(identity)])
                assert about["facts"][identity]["kind"] == statements()[identity][2].kind
            page, part = next(p for p in pages() if p.reading.id == about["document"]), about["part"]
            assert doc.text == (page.texts[part] if words else signs(page.texts[part]))
    assert seen == set(statements())
    assert checked == mark_count()


@given(WIDE, st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=5))
def test_tokens_are_the_text_and_no_span_is_lost(text: str, given_spans: list[tuple[int, int]]):
    places = [tuple(sorted((min(a, len(text)), min(b, len(text))))) for a, b in given_spans]
    spans = [(a, b) for a, b in places if a < b]
    words, spaces = tokens(text, spans)
    assert "".join(w + " " * s for w, s in zip(words, spaces, strict=True)) == text
    at, begins, ends = 0, set(), set()
    for word, space in zip(words, spaces, strict=True):
        begins.add(at)
        ends.add(at + len(word))
        at += len(word) + space
    assert all(a in begins and b in ends for a, b in spans)


# --- REFI-QDA ---

QDA = "{urn:QDA-XML:project:1.0}"


@BOTH
def test_qdpx(words: bool):
    files = members(made("qdpx", words=words))
    project = ET.fromstring(files["project.qde"])
    codes = {each.get("guid"): each.get("name") for each in project.iter(f"{QDA}Code")}
    guids = [each.get("guid") for each in project.iter() if each.get("guid")]
    assert len(guids) == len(set(guids))
    assert all(re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", str(each)) for each in guids)
    checked = 0
    contents: dict[str, str] = defaultdict(str)
    for source in project.iter(f"{QDA}TextSource"):
        text = files[str(source.get("plainTextPath")).replace("internal://", "sources/")].decode("utf-8")
        identity = ""
        for selection in source.iter(f"{QDA}PlainTextSelection"):
            start, end = int(selection.get("startPosition", "")), int(selection.get("endPosition", ""))
            assert 0 <= start < end <= len(text)
            refs = {codes[ref.get("targetGUID")] for ref in selection.iter(f"{QDA}CodeRef")}
            assert refs
            about = selection.findtext(f"{QDA}Description") or ""
            if refs & {"direct", "indirect", "mixed"}:
                identity = about.partition("id: ")[2].partition(";")[0] or identity
                contents[identity] += text[start:end]
            checked += 1
    assert checked == mark_count()
    assert set(contents) == set(statements())
    for identity, cut in contents.items():
        assert cut == ("".join(words_of(identity)) if words else signs("".join(words_of(identity))))
    assert "1e" * 32 in project.findtext(f"{QDA}Description", "")


# --- all of them ---


def test_links_lead_from_mark_to_mark():
    count = 0
    for page in pages():
        for sheet in page.sheets():
            keys = [mark.key for mark in marks(page, sheet)]
            assert len(keys) == len(set(keys))
            for link in links(sheet):
                assert link.label in LINKS
                assert {link.one, link.other} <= set(keys)
                count += 1
    assert count > len(statements())


def test_figures_are_marked_too():
    marked = {dict(m.facts)["id"] for p in pages() for s in p.sheets() for m in marks(p, s) if m.label == "Figure"}
    assert marked == set(figures())


def test_archives_open_from_a_pipe():
    """What is written needs no seeking, and gives the same bytes where there is none."""

    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.data = b""

        def writable(self) -> bool:
            return True

        def seekable(self) -> bool:
            return False

        def write(self, data: Any) -> int:
            self.data += bytes(data)
            return len(data)

    from export_pages import ORIGIN

    from sayso.export import FORMATS, Filters, Origin

    pipe, origin = Pipe(), Origin(ORIGIN.ledger, Filters(all_acts=True))
    FORMATS["brat"].write(pages(), pipe, origin)  # type: ignore[arg-type]
    assert pipe.data == made("brat")
