"""The small end of the soak: quick bombs and a few mutants of each format, through ``load``. All of it: ``tests/soak``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "soak"))
from inputs_bombs import shelf
from inputs_mutants import WAY_OUT, judged, mutants, samples, soak
from inputs_shelf import Bomb

from sayso.errors import UsageError
from sayso.ingest import Bounds, Metadata, items, load
from sayso.records import Document, Unreadable

QUICK = [bomb for bomb in shelf() if bomb.quick]
MUTANTS = 40
BOUNDS = Bounds(html_seconds=8, pdf_seconds=8)


def outcomes(bomb: Bomb, folder: Path) -> list[str]:
    """A code for each document of a bomb."""
    path = bomb.write(folder, bomb.quick)
    try:
        table = Metadata.from_csv(folder / bomb.meta) if bomb.meta else None
    except UsageError as error:
        return ["usage" if bomb.meta in str(error) else "a message that names no place"]
    found = [load(item, table, bounds=BOUNDS) for item in items([str(path)])]
    for one in found:
        if isinstance(one, Unreadable):
            assert WAY_OUT.search(one.message), f"no way out: {one.message}"
    return [judged(one) for one in found]


@pytest.mark.parametrize("bomb", QUICK, ids=[bomb.name for bomb in QUICK])
def test_quick_bomb(bomb: Bomb, tmp_path: Path):
    codes = outcomes(bomb, tmp_path)
    assert codes, bomb.why
    assert set(codes) <= bomb.sound, bomb.why


@pytest.mark.parametrize("kind", samples())
def test_mutants(kind: str, tmp_path: Path):
    report = soak(kind, MUTANTS, 1, tmp_path)
    assert report.outcomes.total() >= MUTANTS // 2
    assert "a message that names no place" not in report.outcomes


def test_mutants_are_the_same_for_the_same_seed():
    assert list(mutants("html", 20, 3)) == list(mutants("html", 20, 3)) != list(mutants("html", 20, 4))


def test_the_judge_refuses_what_is_unsound():
    """A judge that lets everything pass would make the soak worthless."""
    for one in (
        Unreadable("a", "odd", "It is so odd that nothing can be said of it."),
        Unreadable("a", "no-text", "No."),
    ):
        with pytest.raises(AssertionError):
            judged(one)


SMALL = Bounds(json_blank_lines=50, json_array_bytes=2_000, json_values=40, text_chars=1_000)
PAST = [
    (
        "a.jsonl",
        b'{"text": "Yes."}' + b"\n" * 90 + b'{"text": "No."}',
        ["too-large"],
        "empty lines, each of which was held",
    ),
    (
        "a.json",
        b'{\n"text": "Yes."' + b',\n"a": 1' * 300 + b"}",
        ["too-large"],
        "one object over many lines had no limit",
    ),
    ("a.json", b'{"text": "Yes.", "a": [' + b"[]," * 50 + b"1]}", ["too-large"], "values take 20 times their bytes"),
    ("a.json", b'{"text": "' + b"a, [b] {c} " * 40 + b'"}', ["document"], "marks inside a string are no values"),
    ("a.json", b'{"text": "' + b"a, [b] " * 40, ["bad-json"], "a string that never ends is one string"),
    (
        "a.json",
        b'{"text": "' + b'\\",' * 90 + b'"}',
        ["document"],
        "marks behind escaped quotation marks are in the string",
    ),
    ("a.txt", b"a" * 4_001, ["too-large"], "told before the bytes are decoded"),
    ("a.txt", b"[{}," + b"[]," * 90 + b"1] said Ana Venn.", ["document"], "a text like a list is not held as one"),
]


@pytest.mark.parametrize(("name", "data", "codes", "reason"), PAST, ids=[row[3] for row in PAST])
def test_past_a_limit(name: str, data: bytes, codes: list[str], reason: str, tmp_path: Path):
    (tmp_path / name).write_bytes(data)
    found = [load(item, bounds=SMALL) for item in items([str(tmp_path)], bounds=SMALL)]
    assert [judged(one) for one in found] == codes, reason


def test_fields_that_are_too_long_are_kept_aside(tmp_path: Path):
    """A title of a million letters is no title: the reading of headlines would take hours over it."""
    fields = {
        "id": "i" * 900,
        "text": "Yes.",
        "title": "t" * 9_000,
        "url": "http://a/" + "u" * 9_000,
        "outlet": "The Ask",
    }
    (tmp_path / "a.json").write_text(json.dumps(fields))
    (document,) = (load(item) for item in items([str(tmp_path)]))
    assert isinstance(document, Document)
    assert (document.name, document.title, document.url, document.outlet) == ("a.json", "", "", "The Ask")
    assert {key: len(value) for key, value in document.extra} == {"title": 9_000, "url": 9_009}


TABLES = [
    (b"name,title\na.txt," + b"a" * 300, "line 2 has more than", "a line with no end"),
    (b"name,title\na.txt," + b"a," * 90, "cells for 2 columns", "more cells than columns"),
    (b'name,title\na.txt,"' + b"a,b\n" * 60, "CSV", "a quotation mark that never closes"),
    (b"name,date\na.txt," + b"9" * 180, "can be read in more than one way", "a date that is none, told in brief"),
]


@pytest.mark.parametrize(("data", "words", "reason"), TABLES, ids=[row[2] for row in TABLES])
def test_tables(data: bytes, words: str, reason: str, tmp_path: Path):
    (tmp_path / "t.csv").write_bytes(data)
    if "never" in reason:  # it is one long cell, and a sound one
        assert len(Metadata.from_csv(tmp_path / "t.csv", bounds=Bounds(table_row_chars=200)).get("a.txt").title) > 200
        return
    with pytest.raises(UsageError, match=words) as caught:
        Metadata.from_csv(tmp_path / "t.csv", bounds=Bounds(table_row_chars=200))
    assert len(str(caught.value).replace(str(tmp_path), "")) < 250, reason
