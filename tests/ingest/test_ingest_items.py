"""Paths → items: names, order, what is passed over, what is no file."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.ingest import Bounds, items, load
from sayso.records import Document, Unreadable

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "data" / "seeds"


def code(item) -> str:
    return item.problem.code if item.problem else ""


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    """A folder with all that folders have in them."""
    for name in ("b.txt", "a/z.txt", "a/y.txt", ".hidden", ".git/config", "b.txt.meta.json", "a/Thumbs.db", "c.jsonl"):
        path = tmp_path / "pile" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            '{"text": "one"}\n{"text": "two"}\n' if name == "c.jsonl" else "{}" if name.endswith("json") else "Yes."
        )
    return tmp_path / "pile"


def test_folder_is_walked_in_order_and_litter_passed_over(pile: Path):
    names = [item.name for item in items([str(pile)])]
    assert names == ["a/y.txt", "a/z.txt", "b.txt", "c.jsonl:1", "c.jsonl:2"]


def test_file_is_named_by_its_base_name_even_if_hidden(pile: Path):
    names = [item.name for item in items([str(pile / "a" / "y.txt"), str(pile / ".hidden")])]
    assert names == ["y.txt", ".hidden"]


def test_paths_come_in_the_order_given(pile: Path):
    names = [item.name for item in items([str(pile / "b.txt"), str(pile / "a")])]
    assert names == ["b.txt", "y.txt", "z.txt"]


def test_relative_paths_stay_relative(pile: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(pile)
    found = [load(item) for item in items(["b.txt", "a"])]
    assert [one.file.path for one in found if isinstance(one, Document) and one.file] == [
        "b.txt",
        os.path.join("a", "y.txt"),
        os.path.join("a", "z.txt"),
    ]


def test_file_record(pile: Path):
    (item,) = items([str(pile / "b.txt")])
    document = load(item)
    assert isinstance(document, Document)
    assert document.file is not None
    assert document.file.sha256 == hashlib.sha256(b"Yes.").hexdigest()
    assert (document.file.bytes, document.file.media_type) == (4, "text/plain")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this platform has no named pipes")
def test_what_is_no_file_is_named_and_never_opened(tmp_path: Path):
    """A reader of a named pipe with no writer would wait for ever; the time limit of the test is the proof."""
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "self").symlink_to(tmp_path)
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    (tmp_path / "real.txt").write_text("Yes.")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")
    found = {item.name: code(item) for item in items([str(tmp_path)])}
    no = "not-a-file"
    assert found == {"gone": no, "link.txt": "", "loop": no, "pipe.txt": no, "real.txt": "", "self": no}


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this platform has no /dev/zero")
def test_device_is_no_file():
    (item,) = items(["/dev/zero"])
    assert code(item) == "not-a-file"
    assert load(item) == item.problem


NOT_THERE = [
    ("nowhere.txt", "no such file", "it is not there"),
    ("nul\0byte", "null", "no file has such a name"),
]


@pytest.mark.parametrize(("path", "words", "reason"), NOT_THERE, ids=["gone", "nul"])
def test_missing_file_is_one_unreadable(path: str, words: str, reason: str):
    (item,) = items([path])
    found = load(item)
    assert isinstance(found, Unreadable)
    assert (found.code, found.name, words in found.message) == ("not-a-file", path, True), (reason, found.message)


@pytest.mark.skipif(sys.platform != "linux", reason="other platforms refuse file names that are no text")
def test_file_name_that_is_no_text_can_be_printed(tmp_path: Path):
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    with open(path, "wb") as file:
        file.write(b"Yes.")
    (item,) = items([str(tmp_path)])
    document = load(item)
    assert isinstance(document, Document)
    assert document.name == r"caf\xe9.txt"
    assert document.name.encode()


def test_folders_past_the_bound(tmp_path: Path):
    (tmp_path / "1" / "2" / "3").mkdir(parents=True)
    (tmp_path / "1" / "2" / "3" / "x.txt").write_text("Yes.")
    (tmp_path / "1" / "y.txt").write_text("Yes.")
    found = {item.name: code(item) for item in items([str(tmp_path)], bounds=Bounds(folder_depth=3))}
    assert found == {"1/2/3": "too-deep", "1/y.txt": ""}


def test_too_large(tmp_path: Path):
    path = tmp_path / "big.txt"
    path.write_text("x" * 1000)
    (item,) = items([str(path)])
    for bounds in (Bounds(file_bytes=999), Bounds(text_chars=999)):
        found = load(item, bounds=bounds)
        assert isinstance(found, Unreadable)
        assert found.code == "too-large"
        assert "1,000" in found.message
        assert "999" in found.message


@pytest.mark.parametrize("most", [999, 500])
def test_standard_input_too_large(most: int):
    bounds = Bounds(file_bytes=most, json_array_bytes=999)
    (item,) = items(["-"], stdin=io.BytesIO(b"x" * 1000), bounds=bounds)
    found = load(item, bounds=bounds)
    assert isinstance(found, Unreadable)
    assert (found.code, found.name) == ("too-large", "-")


FORMATS = [
    ("page.txt", b"<!DOCTYPE html>\n<html><body><p>Yes.</p></body></html>", "text/html", "HTML by content"),
    (
        "page",
        b"\xef\xbb\xbf  <!-- saved --> <html><body><p>Yes.</p></body></html>",
        "text/html",
        "after mark and comment",
    ),
    ("page.htm", b"Saved page<br>\n<p>Yes.</p>", "text/html", "the suffix breaks the tie"),
    ("page.xhtml", b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html><p>Yes.</p></html>', "text/html", "XHTML"),
    ("tag.txt", b"<p>Yes.</p>", "text/html", "a fragment"),
    ("angle.txt", b"<Photo by R. Tamm> The mayor said yes.", "text/plain", "no element of HTML"),
    ("less.txt", b"< 5 per cent, she said", "text/plain", "a sign"),
    ("id3.txt", b"ID3 is the name of the lorry.", "text/plain", "letters that are a magic number too"),
    ("brace.txt", b"{sic} she said", "text/plain", "a brace is no JSON"),
    ("x.pdf", b"Just text, whatever the suffix says", "text/plain", "text by content"),
]


@pytest.mark.parametrize(("name", "data", "media", "reason"), FORMATS, ids=[row[0] for row in FORMATS])
def test_format_by_content(tmp_path: Path, name: str, data: bytes, media: str, reason: str):
    (tmp_path / name).write_bytes(data)
    (item,) = items([str(tmp_path / name)])
    document = load(item)
    assert isinstance(document, Document), (reason, document)
    assert document.file is not None
    assert document.file.media_type == media, reason


REFUSED = [
    ("a.docx", b"PK\x03\x04\x14\0\x06\0", "extractor-failed", "zip file is damaged"),
    ("a.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "unknown-format", "PNG"),
    ("a.xml", b'<?xml version="1.0"?><rss version="2.0"></rss>', "no-text", "no entries"),
    ("d.xml", b'<?xml version="1.0"?><urlset></urlset>', "unknown-format", "site map"),
    ("b.xml", b'<?xml version="1.0"?><doc><p>Yes</p></doc>', "unknown-format", "XML"),
    ("c.xml", b"<!DOCTYPE nitf SYSTEM 'x'><nitf></nitf>", "unknown-format", "XML"),
    ("a.warc", b"WARC/1.0\r\nWARC-Type: response\r\n", "extractor-failed", "damaged"),
    ("a.gz", b"\x1f\x8b\x08\0\0\0\0\0", "extractor-failed", "damaged as gzip"),
    ("a.tar", b"a.txt".ljust(257, b"\0") + b"ustar\x0000" + bytes(999), "unknown-format", "tar"),
    ("a.db", b"SQLite format 3\0\x10\0\x01\x01", "unknown-format", "-l FILE"),
    ("a.bin", bytes(range(32)) * 9, "unknown-format", "binary"),
    ("empty.txt", b"", "no-text", "no text"),
    ("blank.html", b" \n\t\n", "no-text", "no text"),
    ("mark.txt", b"\xef\xbb\xbf", "no-text", "no text"),
    ("tags.html", b"<html><head><title></title></head><body></body></html>", "no-text", "no article"),
]


@pytest.mark.parametrize(("name", "data", "expected", "words"), REFUSED, ids=[row[0] for row in REFUSED])
def test_refused_with_a_sentence(tmp_path: Path, name: str, data: bytes, expected: str, words: str):
    (tmp_path / name).write_bytes(data)
    (item,) = items([str(tmp_path / name)])
    found = load(item)
    assert isinstance(found, Unreadable)
    assert found.code == expected
    assert words in found.message
    assert str(tmp_path / name) in found.message
    assert found.message.endswith(".")


PLAIN = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0<{["), min_size=1)


@given(PLAIN.filter(lambda t: t.strip() and sum(c < " " for c in t) * 30 < len(t) and not t.startswith("\ufeff")))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_any_text_is_read_as_it_is(tmp_path: Path, text: str):
    (tmp_path / "t.txt").write_bytes(text.encode())
    (item,) = items([str(tmp_path / "t.txt")])
    document = load(item)
    assert isinstance(document, Document)
    assert document.text == text


@pytest.mark.skipif(not SEEDS.exists(), reason="needs ../shared/data, which is no part of the project")
def test_real_files():
    found = [load(item) for item in items([str(SEEDS)])]
    assert len(found) == 5
    for document in found:
        assert isinstance(document, Document)
        assert document.text.encode() == (SEEDS / document.name).read_bytes()


def test_nothing_heavy_at_the_door():
    """Parsers of hostile files belong into the extractor process, and a plain text needs none of them."""
    program = "import sys, sayso.ingest; print([m for m in ('lxml', 'trafilatura', 'pypdfium2', 'resource') if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
