"""zip and gzip → what is in them, as if it lay in a folder; nothing is ever written."""

# ruff: noqa: E501

from __future__ import annotations

import gzip
import io
import json
import struct
import sys
import zipfile
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "soak"))
from inputs_containers import MIXED, packed, page, rss, zipped

from sayso.ingest import Bounds, items, load
from sayso.records import Document, Unreadable

SAID = b"The gates stay closed, said Ana Venn."
LINES = b'{"text": "Yes, said Bo Ax.", "id": "one"}\n{"text": "No, said Bo Ax."}\n'


def found(path: Path, bounds: Bounds = Bounds()) -> dict[str, str]:  # noqa: B008
    """Name → code, or the beginning of the text."""
    loaded = [load(item, bounds=bounds) for item in items([str(path)], bounds=bounds)]
    return {one.name: one.code if isinstance(one, Unreadable) else one.text[:24] for one in loaded}


def test_a_zip_is_read_as_a_folder(tmp_path: Path):
    files = {
        "z.txt": SAID, "a/p.html": page(1), "a.jsonl": LINES, "a/f.xml": rss("<item><title>Only a title</title></item>"),
        ".hidden": SAID, ".git/config": SAID, "__MACOSX/._z.txt": b"\0", "Thumbs.db": b"\0", "folder/": b"", "pic.png": b"\x89PNG\r\n\x1a\n\0",
    }  # fmt: skip
    (tmp_path / "p.zip").write_bytes(zipped(files))
    names = found(tmp_path / "p.zip")
    assert list(names.items()) == [
        ("p.zip/a/f.xml:1", "Only a title"),
        ("p.zip/a/p.html", "Gates stay closed\n\nThe g"),
        ("one", "Yes, said Bo Ax."),
        ("p.zip/a.jsonl:2", "No, said Bo Ax."),
        ("p.zip/pic.png", "unknown-format"),
        ("p.zip/z.txt", "The gates stay closed, s"),
    ]


def test_metadata_inside_a_zip_belongs_to_its_file(tmp_path: Path):
    about = {"outlet": "The Ask", "title": "Given", "desk": "harbour"}
    files = {
        "a.txt": SAID,
        "a.txt.meta.json": json.dumps(about).encode(),
        "b.html": page(1),
        "b.meta.json": b'{"title": "Given"}',
        "c.txt": SAID + b" No.",
        "c.meta.json": b"{",
    }
    (tmp_path / "p.zip").write_bytes(zipped(files))
    (tmp_path / "p.zip.meta.json").write_text('{"outlet": "The Pile", "title": "Nobody"}')
    a, b, c = [load(item) for item in items([str(tmp_path / "p.zip")])]
    assert isinstance(a, Document)
    assert isinstance(b, Document)
    assert isinstance(c, Unreadable)
    assert (a.outlet, a.title, dict(a.extra)) == ("The Ask", "Given", {"desk": "harbour"})
    assert (b.outlet, b.title) == ("The Pile", "Given")
    assert (c.code, "c.txt.meta.json" in c.message) == ("bad-json", True)


def test_names_that_lead_out_are_names_and_nothing_is_written(tmp_path: Path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "p.zip").write_bytes(
        zipped({"../../up.txt": SAID, "/abs.txt": SAID + b" 1", "a\\..\\b.txt": SAID + b" 2"})
    )
    assert list(found(tmp_path / "in")) == ["p.zip//abs.txt", "p.zip/../../up.txt", "p.zip/a\\..\\b.txt"]
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["in", "p.zip"]


DOCUMENTS = [
    ("[Content_Types].xml", "Word", "Office"),
    ("mimetype", "e-book", "OpenDocument and EPUB"),
    ("META-INF/MANIFEST.MF", "Java", "a jar"),
]


@pytest.mark.parametrize(("holds", "words", "reason"), DOCUMENTS, ids=[row[2] for row in DOCUMENTS])
def test_a_document_that_is_a_zip_is_no_pack_of_pages(holds: str, words: str, reason: str, tmp_path: Path):
    (tmp_path / "a.docx").write_bytes(zipped({holds: b"x", "word/document.xml": b"<w/>"}))
    (item,) = items([str(tmp_path)])
    assert item.problem is not None
    assert (item.problem.code, words in item.problem.message) == ("unknown-format", True), reason


def broken(kind: str) -> bytes:
    data = bytearray(zipped({"a.txt": SAID, "b.txt": SAID * 9, "c.txt": SAID + b" No."}))
    if kind == "crc":
        at = data.index(b"b.txt") + 12
        data[at] ^= 0xFF
    if kind == "locked":
        at = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 4)
        data[at + 8] |= 1
    if kind == "method":
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as made:
            made.writestr("a.txt", SAID)
            made.writestr("b.txt", SAID, zipfile.ZIP_BZIP2)
            made.writestr("c.txt", SAID + b" No.")
        return out.getvalue()
    if kind == "cut":
        del data[-40:]
    return bytes(data)


BROKEN = [
    ("crc", ["The gates stay closed, s", "extractor-failed", "The gates stay closed, s"], "one file is damaged"),
    ("locked", ["The gates stay closed, s", "encrypted", "The gates stay closed, s"], "one file has a password"),
    ("method", ["The gates stay closed, s", "unknown-format", "The gates stay closed, s"], "one is packed in another way"),
    ("cut", ["extractor-failed"], "the list of files is gone"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "codes", "reason"), BROKEN, ids=[row[0] for row in BROKEN])
def test_a_damaged_file_costs_itself_alone(kind: str, codes: list[str], reason: str, tmp_path: Path):
    (tmp_path / "p.zip").write_bytes(broken(kind))
    assert list(found(tmp_path).values()) == codes, reason


LIMITS = [
    (Bounds(file_bytes=100), {"a.txt": SAID, "b.txt": SAID * 9}, ["The gates stay closed, s", "too-large"], "one file"),
    (Bounds(zip_members=2), {"a.txt": SAID, "b.txt": SAID, "c.txt": SAID}, ["too-large"], "files"),
    (Bounds(zip_list_bytes=60), {"a.txt": SAID, "b.txt": SAID}, ["too-large"], "the list of files"),
    (Bounds(unpacked_free_bytes=9_999, unpacked_ratio=3), {"a.txt": SAID, "b.txt": bytes(90_000), "c.txt": SAID}, ["The gates stay closed, s", "too-large"], "all together: the rest is not read"),
    (Bounds(container_depth=1), {"a.txt": SAID, "b.zip": zipped({"c.txt": SAID})}, ["The gates stay closed, s", "too-deep"], "zip in zip"),
    (Bounds(container_depth=2), {"b.zip": zipped({"c.txt": SAID})}, ["The gates stay closed, s"], "as deep as may be"),
]  # fmt: skip


@pytest.mark.parametrize(("bounds", "files", "codes", "reason"), LIMITS, ids=[row[3] for row in LIMITS])
def test_limits(bounds: Bounds, files: dict[str, bytes], codes: list[str], reason: str, tmp_path: Path):
    (tmp_path / "p.zip").write_bytes(zipped(files))
    assert [
        one.code if isinstance(one, Unreadable) else one.text[:24]
        for one in (load(item, bounds=bounds) for item in items([str(tmp_path)], bounds=bounds))
    ] == codes, reason


def nested(way: str, size: int) -> bytes:
    """Twelve times so many zeros: each third of them within the bounds of its own."""
    leaf = zipped({"a.txt": bytes(size)})
    inner = gzip.compress(leaf) if way == "gzip" else leaf
    middle = zipped({f"{n}.bin": inner for n in range(3)})
    whole = zipped({f"{n}.bin": middle for n in range(4)})
    return gzip.compress(whole) if way == "in gzip" else whole


NESTED = [
    ("zip", Bounds(unpacked_free_bytes=50_000, unpacked_ratio=1), "three deep"),
    ("gzip", Bounds(unpacked_free_bytes=50_000, unpacked_ratio=1, container_depth=4), "the innermost in gzip"),
    ("in gzip", Bounds(unpacked_free_bytes=50_000, unpacked_ratio=1, container_depth=4), "all of it in gzip"),
]


@pytest.mark.parametrize(("way", "bounds", "reason"), NESTED, ids=[row[2] for row in NESTED])
def test_archives_in_archives_have_one_budget(way: str, bounds: Bounds, reason: str, tmp_path: Path):
    (tmp_path / "p.zip").write_bytes(nested(way, 20_000))
    said = list(items([str(tmp_path)], bounds=bounds))
    assert sum(len(item.data or b"") for item in said) <= bounds.unpacked_free_bytes + 1_000, reason
    last = said[-1].problem
    assert last is not None
    assert (last.code, "times its size" in last.message) == ("too-large", True), reason
    (tmp_path / "p.zip").write_bytes(nested(way, 2_000))
    (tmp_path / "q.zip").write_bytes(nested(way, 2_000))
    honest = list(items([str(tmp_path)], bounds=bounds))
    assert [item.problem for item in honest] == [None] * 24, "each file has a budget of its own"


def of_zip64(data: bytes) -> bytes:
    """A zip whose end tells of a short list, and whose zip64 end of the real one, as Python and others read it."""
    at = data.rindex(b"PK\x05\x06")
    count, length, start = struct.unpack_from("<HII", data, at + 10)
    end = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, length, start)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, at, 1)
    return data[:at] + end + locator + data[at : at + 8] + struct.pack("<HHIIH", 1, 1, 10, 0, 0)


def test_the_list_of_a_zip64_is_not_held(tmp_path: Path):
    data = of_zip64(zipped({f"{n}.txt": SAID for n in range(9)}))
    assert len(zipfile.ZipFile(io.BytesIO(data)).namelist()) == 9
    (tmp_path / "p.zip").write_bytes(data)
    (item,) = items([str(tmp_path)], bounds=Bounds(zip_list_bytes=60))
    assert item.problem is not None
    assert (item.problem.code, "zip64" in item.problem.message) == ("too-large", True)


def test_files_are_counted_before_the_list_is_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    data = bytearray(zipped({f"{n}.txt": SAID for n in range(9)}))
    at = data.rindex(b"PK\x05\x06")
    data[at + 8 : at + 12] = b"\1\0\1\0"  # the end says that there is one
    (tmp_path / "p.zip").write_bytes(data)
    assert len(list(items([str(tmp_path)], bounds=Bounds(zip_members=9)))) == 9
    monkeypatch.setattr(zipfile, "ZipFile", None)
    (item,) = items([str(tmp_path)], bounds=Bounds(zip_members=8))
    assert item.problem is not None
    assert (item.problem.code, "more than 8 files" in item.problem.message) == ("too-large", True)


GZIPPED = [
    ("a.txt.gz", SAID, {"a.txt.gz": "The gates stay closed, s"}, "a text"),
    ("a.html.gz", page(1), {"a.html.gz": "Gates stay closed\n\nThe g"}, "a page"),
    ("a.jsonl.gz", LINES, {"one": "Yes, said Bo Ax.", "a.jsonl.gz:2": "No, said Bo Ax."}, "JSON Lines"),
    ("a.jsonl.GZ", b'{"text": "Yes."}', {"a.jsonl.GZ:1": "Yes."}, "the suffix before .gz breaks the tie"),
    ("a.bin", zipped({"b.txt": SAID}), {"a.bin/b.txt": "The gates stay closed, s"}, "a zip, whatever the name"),
    ("a.tar.gz", b"a.txt".ljust(257, b"\0") + b"ustar\x0000" + bytes(999), {"a.tar.gz": "unknown-format"}, "a tar archive"),
    ("a.gz", b"", {"a.gz": "no-text"}, "nothing"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "expected", "reason"), GZIPPED, ids=[row[3] for row in GZIPPED])
def test_gzip_is_looked_through(name: str, data: bytes, expected: dict[str, str], reason: str, tmp_path: Path):
    (tmp_path / name).write_bytes(gzip.compress(data))
    assert found(tmp_path) == expected, reason


def test_the_file_beside_a_packed_page_is_its_own(tmp_path: Path):
    (tmp_path / "a.html.gz").write_bytes(gzip.compress(page(1)))
    (tmp_path / "a.html.gz.meta.json").write_text('{"title": "Given"}')
    (document,) = (load(item) for item in items([str(tmp_path)]))
    assert isinstance(document, Document)
    assert document.title == "Given"


def test_a_damaged_gzip_keeps_the_lines_before(tmp_path: Path):
    lines = "".join(
        json.dumps({"text": f"Gate {n * 7919 % 99991} stays closed, said Ana Venn."}) + "\n" for n in range(9999)
    )
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(lines.encode())[:-9000])
    loaded = [load(item) for item in items([str(tmp_path)])]
    assert len(loaded) > 1000
    assert all(isinstance(one, Document) for one in loaded[:-1])
    last = loaded[-1]
    assert isinstance(last, Unreadable)
    assert (last.code, "cut off" in last.message) == ("extractor-failed", True)


def test_containers_in_containers(tmp_path: Path):
    (tmp_path / "p.zip").write_bytes(zipped({"w.warc.gz": packed(MIXED), "l.jsonl.gz": gzip.compress(LINES)}))
    said: list[str] = []
    names = [item.name for item in items([str(tmp_path)], note=said.append)]
    assert names[:2] == ["one", "p.zip/l.jsonl.gz:2"]
    assert len(names) == 7
    assert said[0].startswith(f"{tmp_path}/p.zip, w.warc.gz: 3 records hold no page")


def test_standard_input():
    data = zipped({"a.txt": SAID})
    assert [item.name for item in items(["-"], stdin=io.BytesIO(data))] == ["-/a.txt"]
    found = [load(item) for item in items(["-"], stdin=io.BytesIO(gzip.compress(LINES)))]
    assert [one.name for one in found] == ["one", "-:2"]
