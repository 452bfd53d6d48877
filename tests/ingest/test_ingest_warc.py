"""WARC → pages: what is taken, what is counted, what is told, and that a damaged record costs no other."""

from __future__ import annotations

import gzip
import io
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "soak"))
from inputs_containers import MIXED, http, packed, page, pages_of, record

from sayso.encoder.session import ENGLISH, FILES
from sayso.errors import InputError
from sayso.ingest import Bounds, Item, Metadata, data_of, inside_json, inside_of, items, load
from sayso.ingest.inflate import Budget, Damaged, Inflated
from sayso.ingest.records import Cut, Framed, records_of
from sayso.ledger import Ledger
from sayso.reading import read_file
from sayso.records import Document, Unreadable

AT = "@2031-05-03T10:00:{:02}Z"
BOUNDS = Bounds(record_bytes=100_000)


def told(path: Path, bounds: Bounds = BOUNDS) -> tuple[list[str], list[str]]:
    """What each item of a file is (name or code), and what was said of the rest."""
    said: list[str] = []
    found = [
        item.problem.code if item.problem else item.name for item in items([str(path)], bounds=bounds, note=said.append)
    ]
    return found, said


def names(*numbers: int) -> list[str]:
    return [f"https://ask.example/{number}" + AT.format(number) for number in numbers]


@pytest.mark.parametrize("gz", ["plain", "by record", "whole"])
def test_pages_are_taken_and_the_rest_is_counted(gz: str, tmp_path: Path):
    data = {"plain": b"".join(MIXED), "by record": packed(MIXED), "whole": gzip.compress(b"".join(MIXED))}[gz]
    (tmp_path / "a.bin").write_bytes(data)  # told by content, whatever the name
    found, said = told(tmp_path / "a.bin")
    assert found == names(3, 4, 5, 7, 8)
    assert said == [
        f"{tmp_path}/a.bin: 3 records hold no page and were passed over: 1 about the WARC, 1 of image/png, 1 requests"
    ]


def test_what_the_record_says_is_kept_and_the_page_is_as_it_was_sent(tmp_path: Path):
    (tmp_path / "a.warc.gz").write_bytes(packed(MIXED))
    by_name = {item.name: item for item in items([str(tmp_path)])}
    for number in (3, 7, 8):  # plain, gzip, chunks
        item = by_name[names(number)[0]]
        document = load(item)
        assert isinstance(document, Document)
        assert data_of(item) == page(number)
        assert document.file is not None
        assert (document.file.path, document.file.media_type) == (f"{tmp_path}/a.warc.gz", "text/html")
        assert document.url == f"https://ask.example/{number}"
        assert document.published is None, "when a page was captured is not when it was published"
        assert dict(document.extra) == {
            "warc-date": f"2031-05-03T10:00:0{number}Z",
            "warc-record-id": f"<urn:uuid:00000000-0000-4000-8000-{number:012}>",
            "warc-target-uri": f"https://ask.example/{number}",
        }


KINDS = [
    (http(page(1), "text/html", "404 Not Found"), "with status 404", "an error page is no page of the outlet"),
    (http(page(1), "text/html", "206 Partial Content"), "with status 206", "a part of a page"),
    (http(b"", "", "301 Moved", "Location: /2"), "with status 301", "a pointer"),
    (http(b"%PDF-1.4", "application/pdf"), "of application/pdf", "no HTML or text"),
    (http(b"\0\1\2", ""), "without a media type", "nobody says what it is, and it is no page by content"),
]


@pytest.mark.parametrize(("block", "words", "reason"), KINDS, ids=[row[1] for row in KINDS])
def test_answers_that_are_no_page_are_counted(block: bytes, words: str, reason: str, tmp_path: Path):
    (tmp_path / "a.warc").write_bytes(record(1, block) + pages_of([2])[0])
    found, said = told(tmp_path / "a.warc")
    assert found == names(2), reason
    assert said[0].endswith(f"1 record holds no page and was passed over: 1 {words}")


TAKEN = [
    (http(page(1), ""), "text/html", "no media type, but a page by content"),
    (http(b"The gates stay closed, said Ana Venn.", "text/plain"), "text/plain", "a text"),
    (http(b"The gates stay closed, said Ana Venn.<br><p>It rose.</p>", "TEXT/HTML"), "text/html", "a page because the server says so"),
    (http(page(1), "text/html", "200 OK", "Content-Encoding: br"), "text/html", "the header stayed, the packing is gone"),
    (http(page(1), "text/html", "200 OK", "Transfer-Encoding: chunked"), "text/html", "the header stayed, the chunks are gone"),
    (http("Größe, said Ana Venn: “no”".encode("cp1252"), "text/html; charset=windows-1252"), "text/html", "the encoding it was sent with"),
]  # fmt: skip


@pytest.mark.parametrize(("block", "media", "reason"), TAKEN, ids=[row[2] for row in TAKEN])
def test_pages_in_all_their_wrappings(block: bytes, media: str, reason: str, tmp_path: Path):
    (tmp_path / "a.warc").write_bytes(record(1, block))
    (item,) = items([str(tmp_path)])
    document = load(item)
    assert isinstance(document, Document), document
    assert document.file is not None
    assert document.file.media_type == media, reason
    assert "said Ana Venn" in document.text
    assert "Größe" in document.text or "gates" in document.text


URLS = [
    ("https://ask.example/1", "https://www.ask.example/bridge?x=1", "https://www.ask.example/bridge?x=1", "the page's own, of that site"),
    ("https://m.ask.example/1", "https://ask.example/bridge", "https://ask.example/bridge", "the small screen's page is the same site"),
    ("https://ask.example/1", "https://other.example/bridge", "https://ask.example/1", "where it was captured, not where a copy points to"),
    ("https://ask.example/1", "", "https://ask.example/1", "the page says none"),
    ("urn:x:1", "", "", "no address of the web"),
]  # fmt: skip


@pytest.mark.parametrize(("target", "own", "url", "reason"), URLS, ids=[row[3] for row in URLS])
def test_address(target: str, own: str, url: str, reason: str, tmp_path: Path):
    link = f'<link rel="canonical" href="{own}">' if own else ""
    body = page(1).replace(b"<head>", f"<head>{link}".encode())
    (tmp_path / "a.warc").write_bytes(record(1, http(body), url=target))
    found = [load(item) for item in items([str(tmp_path)])]
    assert [one.url for one in found if isinstance(one, Document)] == ([url] if url else []), reason


def damaged(kind: str) -> tuple[bytes, list[str]]:
    """Five records, the third of them broken in some way; what comes of them."""
    parts = pages_of(range(1, 6))
    three = [*names(1, 2), "extractor-failed", *names(4, 5)]
    if kind.startswith("gz"):
        members = [bytearray(gzip.compress(part, mtime=0)) for part in parts]
        if kind == "gz flipped":
            members[2][60] ^= 0xFF
        if kind == "gz crc":
            members[2][-8] ^= 0xFF
        if kind == "gz cut":
            del members[2][-30:]
        if kind == "gz magic":
            members[2][0] = 0
        if kind == "gz length":
            members[2][:] = gzip.compress(parts[2].replace(b"Content-Length: ", b"Content-Length: 9"), mtime=0)
        if kind == "gz last":
            del members[4][-30:]
            three = [*names(1, 2, 3, 4), "extractor-failed"]
        return b"".join(members), three
    edits = {
        "first line": (b"WARC/1.0", b"WORC/1.0"),
        "no length": (b"Content-Length: ", b"Content-Size: "),
        "length too long": (b"Content-Length: ", b"Content-Length: 9"),
        "length too short": (b"Content-Length: ", b"Content-Length: 0"),
        "length no number": (b"Content-Length: ", b"Content-Length: -"),
        "length past all": (b"Content-Length: ", b"Content-Length: 99999999"),
        "no target": (b"WARC-Target-URI", b"WARC-Target"),
        "headers": (b"\r\nWARC-Type: response", b"\r\nWARC-Type"),
    }
    if kind == "length too short":
        parts[2] = parts[2].replace(b"Content-Length: ", b"Content-Length: 1\r\nX: ")
    else:
        parts[2] = parts[2].replace(*edits[kind])
    if kind == "length past all":
        three[2] = "too-large"
    if kind == "headers":
        three.pop(2)  # without a type it is counted, not told
    return b"".join(parts), three


DAMAGE = [
    "gz flipped", "gz crc", "gz cut", "gz magic", "gz length", "gz last", "first line", "no length", "length too long",
    "length too short", "length no number", "length past all", "no target", "headers",
]  # fmt: skip


@pytest.mark.parametrize("kind", DAMAGE)
def test_a_damaged_record_costs_itself_alone(kind: str, tmp_path: Path):
    data, expected = damaged(kind)
    (tmp_path / "a.warc").write_bytes(data)
    found, _ = told(tmp_path / "a.warc")
    assert found == expected


def test_a_damaged_record_is_told_with_its_place(tmp_path: Path):
    (tmp_path / "a.warc").write_bytes(damaged("no length")[0])
    (problem,) = (item.problem for item in items([str(tmp_path)]) if item.problem)
    assert problem == Unreadable(
        "a.warc:3", "extractor-failed",
        f"{tmp_path}/a.warc, record 3: The record is damaged: it does not say how long it is. The others are read; capture the page again.",
        f"{tmp_path}/a.warc",
    )  # fmt: skip


def test_nothing_of_a_record_is_printed(tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    """The library says odd addresses aloud, commands to a terminal and all."""
    (tmp_path / "a.warc").write_bytes(record(1, http(page(1)), url="https://ask.example/a b\x1b[2J"))
    assert [item.problem for item in items([str(tmp_path)])] == [None]
    assert capfd.readouterr() == ("", "")


def test_standard_input(tmp_path: Path):
    for data in (b"".join(MIXED), packed(MIXED)):
        found = [item.name for item in items(["-"], stdin=io.BytesIO(data))]
        assert found == names(3, 4, 5, 7, 8)


def test_the_table_and_the_file_beside_outrank(tmp_path: Path):
    (tmp_path / "a.warc").write_bytes(b"".join(pages_of([1, 2])))
    (tmp_path / "a.warc.meta.json").write_text('{"outlet": "The Ask", "title": "No page has this title"}')
    (tmp_path / "t.csv").write_text(f"name,title\n{names(2)[0]},Given\n")
    found = [load(item, Metadata.from_csv(tmp_path / "t.csv")) for item in items([str(tmp_path / "a.warc")])]
    assert [(one.outlet, one.title) for one in found if isinstance(one, Document)] == [
        ("The Ask", "Gates stay closed"),  # what is said of a whole WARC gives way to what a page says of itself
        ("The Ask", "Given"),
    ]


def test_too_many_damaged_records_end_the_file(tmp_path: Path):
    bad = record(1, b"x").replace(b"Content-Length: 1", b"Content-Length: ")
    (tmp_path / "a.warc").write_bytes(bad * 9 + pages_of([2])[0])
    found, _ = told(tmp_path / "a.warc", Bounds(archive_faults=3))
    assert found == ["extractor-failed"] * 5


def test_a_page_past_the_limit_is_told(tmp_path: Path):
    (tmp_path / "a.warc").write_bytes(record(1, http(page(1) + b" " * 90_000)) + b"".join(pages_of([2])))
    assert told(tmp_path / "a.warc", Bounds(record_bytes=9_000))[0] == ["too-large", *names(2)]


def test_inside_travels_as_json(tmp_path: Path):
    (tmp_path / "a.warc").write_bytes(b"".join(pages_of([1])))
    (item,) = items([str(tmp_path)])
    assert item.inside is not None
    assert inside_of(inside_json(item.inside)) == item.inside
    assert isinstance(item, Item)


# -- the stream itself -------------------------------------------------------------------------------------------------

BLOCKS = st.lists(st.binary(max_size=300), min_size=1, max_size=6)


@given(BLOCKS, st.sampled_from(["plain", "by record", "whole"]))
@settings(max_examples=60, deadline=None)
def test_every_record_comes_whole(blocks: list[bytes], gz: str):
    parts = [record(number, block) for number, block in enumerate(blocks)]
    data = {"plain": b"".join(parts), "by record": packed(parts), "whole": gzip.compress(b"".join(parts))}[gz]
    stream = io.BytesIO(data) if gz == "plain" else Inflated(io.BytesIO(data), Budget(Bounds()))
    found = list(records_of(stream, Bounds()))
    assert [one.block if isinstance(one, Framed) else one.reason for one in found] == blocks


@given(st.integers(0, 4), st.integers(0, 10_000), st.integers(1, 255), st.sampled_from(["plain", "by record"]))
@settings(max_examples=150, deadline=None)
def test_a_changed_byte_costs_two_records_at_most(which: int, place: int, change: int, gz: str):
    """The record that it stands in, and in a file that is not packed the one before or behind, where the length is hit."""
    parts = [bytearray(part if gz == "plain" else gzip.compress(part, mtime=0)) for part in pages_of(range(5))]
    parts[which][place % len(parts[which])] ^= change
    data = b"".join(parts)
    stream = io.BytesIO(data) if gz == "plain" else Inflated(io.BytesIO(data), Budget(Bounds()))
    whole = {one.block for one in records_of(stream, Bounds()) if not isinstance(one, Cut)}
    kept = sum(http(page(number)) in whole for number in range(5))
    assert kept >= (3 if gz == "plain" else 4)


@given(st.lists(st.binary(max_size=2000), max_size=5), st.integers(1, 3000))
@settings(max_examples=60, deadline=None)
def test_inflated_gives_every_byte_in_parts(members: list[bytes], size: int):
    stream = Inflated(io.BytesIO(b"".join(gzip.compress(member) for member in members) + b"\0" * 700), Budget(Bounds()))
    parts = []
    while part := stream.read(size):
        assert len(part) <= size
        parts.append(part)
    assert b"".join(parts) == b"".join(members)


def test_inflated_says_where_it_is_damaged_and_goes_on():
    data = gzip.compress(b"one") + b"junk" + gzip.compress(b"WARC/two") + gzip.compress(b"three")[:-9]
    stream = Inflated(io.BytesIO(data), Budget(Bounds()))
    assert stream.read() == b"one"
    with pytest.raises(Damaged, match="no gzip"):
        stream.read()
    assert stream.resume(b"WARC/")
    assert stream.read() == b"WARC/two"
    assert stream.fresh


def test_a_bomb_is_refused_long_before_it_is_unpacked():
    bounds = Bounds(unpacked_free_bytes=1 << 20, unpacked_ratio=100)
    stream = Inflated(io.BytesIO(gzip.compress(bytes(50 << 20))), Budget(bounds))
    with pytest.raises(InputError, match="100 times") as caught:
        list(iter(stream.read, b""))
    assert caught.value.code == "too-large"
    assert stream.budget.given < 12 << 20


# -- captures of one page ----------------------------------------------------------------------------------------------


@pytest.mark.skipif(not all((ENGLISH / name).is_file() for name in FILES), reason="the model is not built")
@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (2, 0, 3, 1)])
def test_captures_of_one_page_fold_into_versions(order: tuple[int, ...], tmp_path: Path):
    """Seen again as it was: the same page, with its first capture. Seen again changed: a version of it, in the order of time."""
    url = "https://ask.example/gates"
    later = http(page(1).replace(b"stay closed", b"open again"))
    captures = [
        record(9, http(page(1)), url=url, date="2031-05-03T10:00:00Z"),
        record(1, http(page(1)), url=url, date="2031-05-04T10:00:00Z"),
        record(5, later, url=url, date="2031-05-05T10:00:00Z"),
        record(2, later, url=url, date="2031-05-06T10:00:00Z"),
    ]
    (tmp_path / "a.warc.gz").write_bytes(packed(captures[place] for place in order))
    with Ledger(tmp_path / "l.db", write=True) as ledger:
        came = [ledger.add(reading) for reading in read_file(tmp_path / "a.warc.gz")]
    assert sorted(came) == ["added", "same", "same", "version"]
    with closing(sqlite3.connect(tmp_path / "l.db")) as connection:
        rows = connection.execute(
            "SELECT v.version, v.name, d.extra ->> 'warc-record-id' FROM document_versions v JOIN documents d USING (id)"
        ).fetchall()
    assert sorted(rows) == [
        (1, f"{url}@2031-05-03T10:00:00Z", "<urn:uuid:00000000-0000-4000-8000-000000000009>"),
        (2, f"{url}@2031-05-05T10:00:00Z", "<urn:uuid:00000000-0000-4000-8000-000000000005>"),
    ]
