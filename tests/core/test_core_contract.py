"""The JSON form of odd text: whatever a page holds comes back as it was, on one line of UTF-8."""

from __future__ import annotations

import json

import pytest
from core_rows import rows
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.contract import dumps, reading_json, reading_of, unreadable_json
from sayso.records import Document, Finding, Headline, MadeBy, Reading, Unreadable

# reason, text
ODD = [
    ("a lone high surrogate", "a\ud800b"),
    ("a lone low surrogate", "a\udfffb"),
    ("two surrogates the wrong way round", "\udc00\ud800"),
    ("a character beyond the first plane", "🙂\U0010ffff"),
    ("a line separator", "a\u2028b"),
    ("a paragraph separator", "a\u2029b"),
    ("a next-line character", "a\x85b"),
    ("a NUL", "a\0b"),
    ("control characters", "".join(map(chr, range(32)))),
    ("line breaks", "a\r\nb\rc\n"),
    ("a backslash and a quotation mark", 'a\\"b\\u2028'),
    ("a byte order mark and no characters", "\ufeff\ufffe\uffff"),
    ("marks of direction", "\u202eabc\u202c"),
    ("accents of their own", "e\u0301"),
    ("nothing", ""),
]


@pytest.mark.parametrize("text", rows(ODD))
def test_odd_text_comes_back(text: str):
    line = dumps({"text": text, text: [text]})
    assert json.loads(line) == {"text": text, text: [text]}


@pytest.mark.parametrize("text", rows(ODD))
def test_a_line_is_one_line_of_utf8(text: str):
    line = dumps({"text": text})
    assert line.encode("utf-8").decode("utf-8") == line
    assert line.splitlines() == [line]


ANY = st.text(
    st.one_of(st.characters(codec=None), st.sampled_from('\ud800\udfff\u2028\u2029\x85\0\n"\\a')), max_size=20
)


@settings(deadline=None)
@given(st.dictionaries(ANY, ANY, max_size=4))
def test_any_text_comes_back(value: dict[str, str]):
    """Save that JSON joins two surrogates that stand side by side, high before low, to the character they spell."""
    line = dumps(value)
    assert line.splitlines() == [line]

    def spelled(text: str) -> str:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")

    assert json.loads(line) == {spelled(k): spelled(v) for k, v in value.items()}


def test_text_is_written_as_it_is():
    assert dumps({"text": "“é” 東 🙂"}) == '{"text":"“é” 東 🙂"}'


@pytest.mark.parametrize("text", rows(ODD))
def test_a_reading_of_odd_text_comes_back(text: str):
    document = Document(text, text, text, extra=((text, text),), extractor=text)
    made_by = MadeBy("0", "m", "r", text)
    finding = Finding("furniture", text, ((0, len(text)),))
    reading = Reading("id", "tid", document, made_by, Headline(text), findings=(finding,), voices=(("own", (0, 1)),))
    back = reading_of(json.loads(dumps(reading_json(reading))))
    assert back == reading


def test_the_error_line_names_the_document_and_the_reason():
    line = unreadable_json(Unreadable("a\ud800.txt", "no-text", "nothing to read", "/x"))
    assert json.loads(dumps(line)) == {
        "document": {"name": "a\ud800.txt"},
        "error": {"code": "no-text", "message": "nothing to read"},
    }
