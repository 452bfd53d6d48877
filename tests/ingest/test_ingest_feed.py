"""RSS and Atom given as files, and GDELT's quotation graph."""

# ruff: noqa: E501

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "soak"))
from inputs_containers import ATOM, ITEM, QUOTES, rss

from sayso.ingest import Bounds, items, load
from sayso.ingest.quotations import quotations_of
from sayso.records import Document, Unreadable


def read(path: Path, bounds: Bounds = Bounds()) -> list[Document | Unreadable]:  # noqa: B008
    return [load(item, bounds=bounds) for item in items([str(path)], bounds=bounds)]


def one(path: Path, data: bytes) -> Document:
    path.write_bytes(data)
    document, *_ = read(path)
    assert isinstance(document, Document), document
    return document


def test_rss(tmp_path: Path):
    document = one(tmp_path / "news.xml", rss(ITEM))
    assert document.name == "news.xml:1"
    assert document.text == "Gates stay closed\n\nThe gates stay closed, said Ana Venn.\n\n“It rose,” wrote Jory Falk."
    assert [block.kind for block in document.blocks] == ["title", "paragraph", "paragraph"]
    assert (document.title, document.byline, document.outlet, document.url, document.language) == (
        "Gates stay closed", "Lena Birk", "The Ask Herald", "https://ask.example/gates", "en",
    )  # fmt: skip
    assert document.published is not None
    assert (document.published.date, document.published.basis) == ("2031-05-03T10:15+00:00", "metadata")
    assert dict(document.extra) == {"feed-id": "ask-1"}
    assert document.extractor.startswith("feedparser ")


def test_atom(tmp_path: Path):
    (tmp_path / "news.atom").write_bytes(ATOM)
    first, second = read(tmp_path)
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.text, first.byline, first.outlet) == (
        "Gates\n\nThe gates stay closed, said Ana Venn.",
        "Ana Orr",
        "The Ask",
    )
    assert first.published is not None
    assert first.published.date == "2031-05-03T10:15+03:00"
    assert (second.text, second.url, second.published) == ("Short\n\nIt rose <twice>, said Jory Falk.", "", None)


FEEDS = [
    (rss(ITEM.replace("<description>Short one.</description>", "")), "The gates", "the content"),
    (rss("<item><title>Gates</title><description>It rose, said Bo.</description></item>"), "Gates\n\nIt rose, said Bo.", "the summary where there is no content"),
    (rss("<item><description>&lt;p&gt;It rose, said &lt;b&gt;Bo&lt;/b&gt;.&lt;/p&gt;</description></item>"), "It rose, said Bo.", "markup that is escaped"),
    (rss("<item><title>Gates &amp;amp; &lt;i&gt;doors&lt;/i&gt;</title></item>"), "Gates & doors", "a title with markup, and nothing else"),
    (b"<!-- saved --><rss version='0.91'><channel><item><title>Gates stay</title></item></channel></rss>", "Gates stay", "no XML declaration"),
    (b'<?xml version="1.0"?><!DOCTYPE rss PUBLIC "x" "y"><rss><channel><item><title>Gates stay</title></item></channel></rss>', "Gates stay", "a doctype"),
    (b'<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><item><title>Gates stay</title></item></rdf:RDF>', "Gates stay", "RSS 1.0"),
    (rss(ITEM * 2)[:-99], "The gates", "cut off in its last entry"),
    (rss(ITEM.replace("Short one.", "Caf\xe9 & bar")), "The gates", "a mark that XML does not allow"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "words", "reason"), FEEDS, ids=[row[2] for row in FEEDS])
def test_feeds_of_all_kinds(data: bytes, words: str, reason: str, tmp_path: Path):
    assert words in one(tmp_path / "a.txt", data).text, reason


def test_an_entry_hides_nothing_in_silence(tmp_path: Path):
    hidden = ITEM.replace("<p>“It", '<p style="display:none">Nobody can see these words.</p><p>“It')
    document = one(tmp_path / "a.xml", rss(hidden))
    assert "Nobody" not in document.text
    assert [finding.code for finding in document.findings] == ["hidden-text"]


def test_the_outlet_of_a_gathered_feed_is_that_of_the_entry(tmp_path: Path):
    item = ITEM.replace("<guid>", '<source url="https://wire.example/">The Wire</source><guid>')
    assert one(tmp_path / "a.xml", rss(item)).outlet == "The Wire"


def test_the_file_beside_a_feed_fills_what_its_entries_lack(tmp_path: Path):
    (tmp_path / "a.xml.meta.json").write_text('{"outlet": "Given", "byline": "Given"}')
    document = one(tmp_path / "a.xml", rss("<item><title>Gates stay closed</title></item>"))
    assert (document.outlet, document.byline) == ("The Ask Herald", "Given")


REFUSED = [
    (rss(""), "no-text", "no entries", Bounds()),
    (b"<rss><channel><item", "extractor-failed", "damaged", Bounds()),
    (rss("<item><title>Gate</title></item>" * 9), "too-large", "entries", Bounds(feed_entries=8)),
    (rss(ITEM * 99), "too-large", "bytes", Bounds(feed_bytes=9_999)),
    (b'<?xml version="1.0"?><rdf:RDF xmlns:rdf="x"></rdf:RDF>', "unknown-format", "RDF", Bounds()),
]  # fmt: skip


@pytest.mark.parametrize(("data", "code", "words", "bounds"), REFUSED, ids=["empty", "cut", "entries", "bytes", "rdf"])
def test_refused_with_a_sentence(data: bytes, code: str, words: str, bounds: Bounds, tmp_path: Path):
    (tmp_path / "a.xml").write_bytes(data)
    (found,) = read(tmp_path, bounds)
    assert isinstance(found, Unreadable)
    assert words in found.message
    assert found.code == code


def test_nothing_is_fetched_or_opened(tmp_path: Path):
    """A feed may name a file of this machine; its content must not come into the text."""
    (tmp_path / "secret").write_text("a secret of this machine")
    outer = f"<!DOCTYPE rss [<!ENTITY a SYSTEM 'file://{tmp_path}/secret'>]><rss ".encode()
    (tmp_path / "a.xml").write_bytes(
        rss(ITEM.replace("Short one.", "x &a; y").replace("content:encoded", "x")).replace(b"<rss ", outer, 1)
    )
    assert all("secret of" not in getattr(found, "text", "") for found in read(tmp_path / "a.xml"))


# -- the quotation graph -----------------------------------------------------------------------------------------------


def test_quotation_graph(tmp_path: Path):
    (tmp_path / "20310503101500.gqg.json").write_text(
        json.dumps(QUOTES) + "\n" + json.dumps(QUOTES | {"quotes": []}) + "\n"
    )
    document, empty = read(tmp_path)
    assert isinstance(document, Document)
    assert isinstance(empty, Unreadable)
    assert empty.code == "no-text"
    assert document.name == "20310503101500.gqg.json:1"
    assert document.text == (
        "The harbour master Lia Renn told reporters on Monday: “The gates stay closed.” The growers were less sure. "
        "They said the gates “were never tested”, and Ana Venn left."
    )
    assert (document.title, document.url, document.language) == ("Gates stay closed", "https://ask.example/1", "en")
    assert document.published is not None
    assert document.published.basis == "inferred", "when GDELT saw it is a guess at when it was published"
    assert dict(document.extra) == {"gdelt-seen": "2031-05-03T10:15:00Z"}


def quoted(*quotes: tuple[str, str, str]) -> str:
    return quotations_of({"quotes": [dict(zip(("pre", "quote", "post"), each, strict=True)) for each in quotes]})[0]


STRETCHES = [
    ([("Ana said ", "no way", ", and left.")], "Ana said “no way”, and left.", "marks are put where there are none"),
    ([("Ana said ", "“no way”", ", and left.")], "Ana said “no way”, and left.", "but not twice"),
    ([("Ana said “", "no way", "”, and left.")], "Ana said “no way”, and left.", "nor where they stand outside"),
    ([("Ana said", "no way", "and left.")], "Ana said “no way” and left.", "words are not run together"),
    ([("", "No way", "")], "“No way”", "nothing around"),
    ([("Ana\n said  ", "no\nway", ".")], "Ana said “no way”.", "white space is made single"),
    ([("Ana said ", "no", "."), ("Bo said ", "yes", ".")], "Ana said “no”.\n\nBo said “yes”.", "far apart: paragraphs"),
    (
        [("Ana said ", "no", ", but the growers of the valley said "), (", but the growers of the valley said ", "yes", ".")],
        "Ana said “no”, but the growers of the valley said “yes”.",
        "stretches that overlap are one",
    ),
    (
        [("Ana said ", "the gates stay closed", " today, and Bo went home again"), ("the gates stay closed today, and Bo ", "went home", " again.")],
        "Ana said “the gates stay closed” today, and Bo “went home” again.",
        "a quotation that the one before has already",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("quotes", "text", "reason"), STRETCHES, ids=[row[2] for row in STRETCHES])
def test_stretches(quotes: list[tuple[str, str, str]], text: str, reason: str):
    assert quoted(*quotes) == text, reason


def test_an_object_with_a_text_is_no_article_of_the_graph(tmp_path: Path):
    (tmp_path / "a.json").write_text('{"text": "Yes, said Bo.", "quotes": [{"quote": "no"}]}')
    (document,) = read(tmp_path)
    assert isinstance(document, Document)
    assert document.text == "Yes, said Bo."
