"""Nothing of a page reaches a terminal as a command or a spreadsheet as a formula, and JSON is exact."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.cli.render import cell, json_line, one_line, safe

ANY = st.text(st.characters(codec=None))  # lone surrogates too
OVERRIDES = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@pytest.mark.parametrize(
    ("text", "shown", "why"),
    [
        ("plain “words”", "plain “words”", "ordinary text is left alone"),
        ("\x1b[2J", "␛[2J", "ESC begins a command"),
        ("\x9b31m", "\\u009b31m", "CSI in one byte begins one too"),
        ("a\x07b\x00c\x7f", "a␇b␀c␡", "bell, null, delete"),
        ("\u202egnp.exe\u202c", "\\u202egnp.exe\\u202c", "an override turns what follows around"),
        ("\u2066x\u2069", "\\u2066x\\u2069", "isolates as well"),
        ("a\u2028b\x85c", "a\\u2028b\\u0085c", "line breaks that only some programs see"),
        ("\ud800", "\\ud800", "a lone surrogate cannot be written"),
        ("one\ntwo\tthree", "one\ntwo\tthree", "line feed and tab do no harm"),
        ("one\r\ntwo", "one\ntwo", "the line end of other systems is one line end"),
        ("one\rtwo", "one␍two", "a bare return would write over the line"),
        ("می‌شود \u200f!", "می‌شود \u200f!", "joiners and direction marks belong to ordinary text"),
    ],
)
def test_safe(text: str, shown: str, why: str):
    assert safe(text) == shown, why


@given(ANY)
def test_nothing_dangerous_is_left(text: str):
    shown = safe(text)
    assert not {c for c in shown if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")} - {"\n", "\t"}
    assert not OVERRIDES & set(shown)
    assert safe(shown) == shown


@given(ANY)
def test_one_line_is_one_line(text: str):
    assert len(one_line(text).splitlines()) <= 1


@given(ANY)
def test_json_is_exact_and_safe(text: str):
    line = json_line({"text": text})
    assert json.loads(line) == {"text": text}
    assert safe(line) == line
    line.encode("utf-8")


@pytest.mark.parametrize(
    ("value", "shown", "why"),
    [
        ("=1+1", "'=1+1", "a formula"),
        ("+49 30", "'+49 30", "a formula to some programs"),
        ("-5", "'-5", "words that look like a number"),
        ("@Ana", "'@Ana", "a formula of old programs"),
        ("＝1", "'＝1", "the wide form is one too"),
        ("\t=1", "'\t=1", "a tab before it is stripped by some"),
        ("1=1", "1=1", "only the beginning counts"),
        (-5, "-5", "a number of ours is a number"),
        (("a", "=b"), "a | =b", "a list is joined"),
        (("=a",), "'=a", "and then looked at"),
        (None, "", "nothing is an empty cell"),
        ("a\x1bb", "a␛b", "a terminal may show it"),
    ],
)
def test_cells(value: object, shown: str, why: str):
    assert cell(value) == shown, why
