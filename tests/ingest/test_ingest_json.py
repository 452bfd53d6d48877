"""JSON and JSON Lines: one object is one document, a fault is named by line and column and costs one document."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.ingest import Bounds, Item, items, load
from sayso.records import Document, Unreadable

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"


def read(tmp_path: Path, name: str, data: bytes, **bounds: int) -> list[Document | Unreadable]:
    (tmp_path / name).write_bytes(data)
    limits = Bounds(**bounds)
    return [load(item, bounds=limits) for item in items([str(tmp_path / name)], bounds=limits)]


def lines(*values: object) -> bytes:
    return b"".join(json.dumps(value).encode() + b"\n" for value in values)


NAMES = [
    ("lines.jsonl", lines({"text": "a"}, {"id": "x", "text": "b"}), ["lines.jsonl:1", "x"], "id, else file and line"),
    (
        "blank.jsonl",
        b"\n\n" + lines({"text": "a"}) + b"\r\n" + lines({"text": "b"}),
        ["blank.jsonl:3", "blank.jsonl:5"],
        "blank lines count",
    ),
    ("one.jsonl", lines({"text": "a"}), ["one.jsonl:1"], "one line is a line too"),
    (
        "plain.txt",
        lines({"text": "a"}, {"text": "b"}),
        ["plain.txt:1", "plain.txt:2"],
        "by content, whatever the suffix",
    ),
    ("one.json", b'{\n "text": "a"\n}\n', ["one.json"], "one object over many lines is the file"),
    ("named.json", b'{\n "id": "n1",\n "text": "a"\n}', ["n1"], "with its id"),
    (
        "list.json",
        b'[{"text": "a"},\n {"id": 7, "text": "b"}, {"text": "c"}]',
        ["list.json:1", "7", "list.json:3"],
        "a list: place in it",
    ),
    ("mark.jsonl", b"\xef\xbb\xbf" + lines({"text": "a"}), ["mark.jsonl:1"], "a byte order mark before it"),
    (
        "wide.jsonl",
        (lines({"text": "a"}, {"text": "b"})).decode().encode("utf-16"),
        ["wide.jsonl:1", "wide.jsonl:2"],
        "as PowerShell writes",
    ),
    (
        "float.jsonl",
        lines({"id": True, "text": "a"}, {"id": "", "text": "b"}),
        ["float.jsonl:1", "float.jsonl:2"],
        "true and nothing name nothing",
    ),
]


@pytest.mark.parametrize(("name", "data", "names", "reason"), NAMES, ids=[row[0] for row in NAMES])
def test_names(tmp_path: Path, name: str, data: bytes, names: list[str], reason: str):
    found = read(tmp_path, name, data)
    assert [one.name for one in found] == names, reason
    assert [one.text for one in found if isinstance(one, Document)] == [*"abc"][: len(names)], reason


FAULTS = [
    (
        "cut.jsonl",
        b'{"text": "a"}\n{"text": "b\n{"text": "c"}\n',
        [(0, ""), (1, "bad-json"), (0, "")],
        "line 2, column 10",
        "a fault costs its line",
    ),
    ("first.jsonl", b'{"text" "a"}\n{"text": "b"}\n', [(1, "bad-json"), (0, "")], "line 1, column 9", "also the first"),
    (
        "cut.json",
        b'{\n "text": "a",\n "title": }',
        [(1, "bad-json")],
        "line 3, column 11",
        "where it stands in the file",
    ),
    ("none.jsonl", lines({"body": "a"}), [(1, "bad-json")], "there is no “text” (keys: “body”)", "text is needed"),
    ("number.jsonl", lines({"text": 5}), [(1, "bad-json")], "“text” is a number", "and is a string"),
    ("null.jsonl", lines({"text": None}), [(1, "bad-json")], "“text” is null", "null is none"),
    ("words.jsonl", b'"text"\n', [(1, "bad-json")], "line 1 holds a string", "a line that is no object"),
    ("empty.jsonl", lines({"text": " \n"}), [(1, "no-text")], "no text in it", "white space is no text"),
    (
        "list.json",
        b'[{"text": "a"}, {"text": "b"} {"text": "c"}]',
        [(0, ""), (0, ""), (1, "bad-json")],
        "line 1, column 31",
        "a list ends at its fault",
    ),
    ("tail.json", b'[{"text": "a"}] x', [(0, ""), (1, "bad-json")], "column 17", "more after the list"),
    ("comma.json", b'[{"text": "a"},]', [(0, ""), (1, "bad-json")], "column 16", "a comma too many"),
    ("void.json", b"[]", [(1, "no-text")], "list is empty", "a list of nothing"),
    ("bytes.jsonl", b'{"text": "caf\xe9"}\n', [(1, "bad-encoding")], "line 1 is not utf-8", "JSON is UTF-8"),
    (
        "deep.jsonl",
        b'{"text": "a", "x": ' + b"[" * 40 + b"]" * 40 + b"}\n",
        [(1, "too-deep")],
        "32 deep",
        "depth has a bound",
    ),
    (
        "abyss.jsonl",
        b'{"text": "a", "x": ' + b"[" * 200_000 + b"]" * 200_000 + b"}\n",
        [(1, "too-deep")],
        "32 deep",
        "also past the interpreter's",
    ),
    (
        "digits.jsonl",
        b'{"text": "a", "x": ' + b"9" * 5000 + b"}\n",
        [(1, "bad-json")],
        "exceeds the limit",
        "a number past Python's limit",
    ),
]


@pytest.mark.parametrize(("name", "data", "codes", "words", "reason"), FAULTS, ids=[row[0] for row in FAULTS])
def test_faults(tmp_path: Path, name: str, data: bytes, codes: list[tuple[int, str]], words: str, reason: str):
    found = read(tmp_path, name, data)
    assert [(1, one.code) if isinstance(one, Unreadable) else (0, "") for one in found] == codes, reason
    message = next(one.message for one in found if isinstance(one, Unreadable))
    assert name in message, "a message names the file"
    assert words in message.lower(), (reason, message)


def test_long_line_costs_itself(tmp_path: Path):
    data = lines({"text": "a" * 500}, {"text": "b"})
    found = read(tmp_path, "long.jsonl", data, json_line_bytes=100)
    assert isinstance(found[0], Unreadable)
    assert (found[0].code, found[0].name) == ("too-large", "long.jsonl:1")
    assert isinstance(found[1], Document)
    assert found[1].name == "long.jsonl:2"


def test_fields(tmp_path: Path):
    entry = {
        "text": "Said he.",
        "title": " A  title\n",
        "outlet": "The Vale",
        "url": "https://vale.example/1",
        "date": "2025-02-21 20:29:42+00:00",
        "byline": "Mara Ellwood",
        "language": "en-GB",
        "topic": "water",
        "rank": 3,
        "free": True,
        "share": 0.5,
        "gone": None,
        "tags": ["a"],
    }
    (found,) = read(tmp_path, "f.jsonl", lines(entry))
    assert isinstance(found, Document)
    assert (found.title, found.outlet, found.url) == ("A title", "The Vale", "https://vale.example/1")
    assert (found.byline, found.language) == ("Mara Ellwood", "en")
    assert found.published is not None
    assert (found.published.date, found.published.granularity) == ("2025-02-21T20:29+00:00", "minute")
    assert found.extra == (("free", "true"), ("rank", "3"), ("share", "0.5"), ("topic", "water"))


def test_what_is_not_understood_is_kept(tmp_path: Path):
    (found,) = read(tmp_path, "f.jsonl", lines({"text": "a", "date": "09/10/2023", "language": "the local one"}))
    assert isinstance(found, Document)
    assert (found.published, found.language) == (None, "")
    assert found.extra == (("date", "09/10/2023"), ("language", "the local one"))


def test_file_record_is_of_the_line(tmp_path: Path):
    line = b'{"text": "a"}'
    (_, found) = read(tmp_path, "f.jsonl", line + b"\n  " + line + b" \r\n")
    assert isinstance(found, Document)
    assert found.file is not None
    assert (found.file.sha256, found.file.bytes) == (hashlib.sha256(line).hexdigest(), len(line))
    assert (found.file.path, found.file.media_type) == (str(tmp_path / "f.jsonl"), "application/json")


def test_lines_come_before_the_end_is_read():
    """Standard input may be a pipe that never ends: what is complete comes at once."""

    class Pipe(io.BytesIO):
        def readline(self, size: int | None = -1) -> bytes:
            assert self.tell() < 200, "read on past what was asked for"
            return super().readline(size)

    pipe = Pipe(lines(*({"text": f"number {n}"} for n in range(1000))))
    found = items(["-"], stdin=pipe)
    assert [next(found).name for _ in range(3)] == ["-:1", "-:2", "-:3"]


STDIN = [
    (b"Just words.\n", ["-"], "plain text"),
    (b'{"text": "a"}', ["-"], "one object"),
    (b'{"id": "x", "text": "a"}\n', ["x"], "one object with its id"),
    (b'{\n"text": "a"}\n', ["-"], "one object over lines"),
    (b'[{"text": "a"}, {"text": "b"}]', ["-:1", "-:2"], "a list"),
    (b'{"text": "a"}\n{"text": "b"}\n', ["-:1", "-:2"], "lines"),
    (b"[The mayor] said so.", ["-"], "a bracket is no list"),
]


@pytest.mark.parametrize(("data", "names", "reason"), STDIN, ids=[row[2] for row in STDIN])
def test_standard_input(data: bytes, names: list[str], reason: str):
    found = [load(item) for item in items(["-"], stdin=io.BytesIO(data))]
    assert [one.name for one in found] == names, reason
    assert all(isinstance(one, Document) for one in found), found


def test_text_that_begins_like_json(tmp_path: Path):
    (found,) = read(tmp_path, "t.txt", b'{"Hear, hear!"} said the placard.')
    assert isinstance(found, Document)
    assert found.text == '{"Hear, hear!"} said the placard.'


ANY = st.text(min_size=1).filter(str.strip)
ODD = st.text(st.characters(exclude_categories=()), min_size=1).filter(str.strip)  # lone surrogates and NUL too


@given(ODD)
def test_any_text_comes_back_from_escapes(text: str):
    found = load(Item("x", "x.jsonl", json.dumps({"text": text}).encode(), 1))
    assert isinstance(found, Document)
    assert found.text == text


@given(st.lists(ANY, min_size=2, max_size=5))
def test_any_texts_come_back_from_raw_lines(texts: list[str]):
    """Raw line separators of Unicode are no ends of lines."""
    data = "\n".join(json.dumps({"text": text}, ensure_ascii=False) for text in texts).encode("utf-8", "surrogatepass")
    found = [load(item) for item in items(["-"], stdin=io.BytesIO(data))]
    assert [one.text for one in found if isinstance(one, Document)] == texts


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_named(data: bytes):
    for item in items(["-"], stdin=io.BytesIO(b"{" + data)):
        assert load(item).name


@pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared/data, which is no part of the project")
def test_real_lines():
    path = SHARED / "ced-dev.jsonl"
    given_lines = [json.loads(line) for line in path.read_bytes().split(b"\n") if line]
    found = [load(item) for item in items([str(path)])]
    assert len(found) == len(given_lines)
    for document, value in zip(found, given_lines, strict=True):
        assert isinstance(document, Document)
        assert document.text == value["text"]
        assert (document.name, document.url, document.outlet) == (value["id"], value["url"], value["outlet"])
        assert document.published is not None
