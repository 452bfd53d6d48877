"""Bytes → characters: never mangled, never guessed without reason."""

from __future__ import annotations

import codecs
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import InputError
from sayso.ingest.text import decode_page, decode_text, encodings

PROSE = "The mayor said the bridge was safe. “It is merely old,” she told reporters — twice. Cafés stayed shut. " * 3
CZECH = "Starosta řekl, že most je bezpečný. „Je pouze starý,“ řekla novinářům. Příští schůze je v úterý. " * 5
RUSSIAN = "Мэр сказал, что мост безопасен. Он просто старый, сообщил он журналистам во вторник вечером. " * 5

HIGH = bytes(128 + byte % 128 for byte in range(256))

READ = [
    ("plain", "Yes.\n", b"Yes.\n", "ASCII"),
    ("mark", "Yes.\n", codecs.BOM_UTF8 + b"Yes.\n", "a byte order mark is no part of the text"),
    ("breaks", "a\r\nb\rc\n\n", b"a\r\nb\rc\n\n", "line breaks stay as they are"),
    ("odd space", "a\u00a0b\u2028c\x0bd\x0c", "a\u00a0b\u2028c\x0bd\x0c".encode(), "odd white space stays"),
    ("inner mark", "a\ufeffb", "a\ufeffb".encode(), "a mark inside the text is a character"),
    ("utf-16", "Grüße\r\n", codecs.BOM_UTF16_LE + "Grüße\r\n".encode("utf-16-le"), "what Windows calls Unicode"),
    ("utf-16 be", "Grüße", codecs.BOM_UTF16_BE + "Grüße".encode("utf-16-be"), "the other way round"),
    ("utf-32", "Grüße", codecs.BOM_UTF32_LE + "Grüße".encode("utf-32-le"), "its mark begins like that of UTF-16"),
    ("utf-16 bare", "No mark here.", "No mark here.".encode("utf-16-le"), "zero bytes at one parity tell UTF-16"),
    ("surrogate", "a\ud83db", "a\ud83db".encode("utf-8", "surrogatepass"), "a lone surrogate survives"),
    ("cp1252", PROSE, PROSE.encode("cp1252"), "typographic quotes as Windows saves them"),
    ("cp1252 word", "naïve café", "naïve café".encode("cp1252"), "one word: Windows-1252 and not its eastern cousin"),
    ("cp1252 name", "Ærø said no.", "Ærø said no.".encode("cp1252"), "a word that is mostly accents"),
    ("cp1252 short", "“Non,” said André.", "“Non,” said André.".encode("cp1252"), "too short for statistics"),
    (
        "mac",
        "“No,” she said. It’s old.",
        "“No,” she said. It’s old.".encode("mac_roman"),
        "quotes as old Macs save them",
    ),
    ("cp1250", CZECH, CZECH.encode("cp1250"), "many accents: the detector chooses"),
    ("cp1251", RUSSIAN, RUSSIAN.encode("cp1251"), "another alphabet"),
    ("koi8", RUSSIAN, RUSSIAN.encode("koi8_r"), "the same alphabet in another order"),
    ("stray nul", "Said he.\0" + "x" * 100, b"Said he.\0" + b"x" * 100, "one control character is no binary file"),
]


@pytest.mark.parametrize(("text", "data", "reason"), [row[1:] for row in READ], ids=[row[0] for row in READ])
def test_read(text: str, data: bytes, reason: str):
    assert decode_text(data) == text, reason


REFUSED = [
    ("binary", bytes(range(256)) * 4, "unknown-format", "control character", "packed numbers are no text"),
    ("zeros", b"\0" * 100, "unknown-format", "byte 1", "an empty disk image"),
    (
        "damaged",
        "Grüße aus Wien, größer als je".encode()[:-1] + b"\xff!",
        "bad-encoding",
        "byte 33",
        "broken UTF-8 is no cp1252",
    ),
    ("bad mark", codecs.BOM_UTF8 + b"caf\xe9", "bad-encoding", "byte 7", "the mark is a promise"),
    ("two words", "Да, мир".encode("cp1251"), "bad-encoding", "no other encoding", "too short to tell: no guess"),
    (
        "noise",
        random.Random(3).randbytes(400).translate(HIGH),
        "bad-encoding",
        "no other encoding",
        "bytes of no encoding",
    ),
]


@pytest.mark.parametrize(
    ("data", "code", "words", "reason"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_refused(data: bytes, code: str, words: str, reason: str):
    with pytest.raises(InputError) as caught:
        decode_text(data)
    assert (caught.value.code, words in str(caught.value)) == (code, True), (reason, str(caught.value))


PAGES = [
    ("declared", "<meta charset=windows-1252><p>café’s", "cp1252", "the declaration is believed"),
    ("latin1", "<meta charset='iso-8859-1'><p>“quoted”", "cp1252", "as in browsers, Latin-1 means Windows-1252"),
    ("http-equiv", '<meta http-equiv=Content-Type content="text/html; charset=koi8-r"><p>Да', "koi8_r", "the old form"),
    ("utf-8 anyway", "<meta charset=windows-1252><p>café’s", "utf-8", "valid UTF-8 is believed over the declaration"),
    ("undeclared", "<p>It’s " + PROSE, "cp1252", "as for plain text"),
    ("unknown name", "<meta charset=x-none><p>“Old,” " + PROSE, "cp1252", "a name that nobody knows is no name"),
]


@pytest.mark.parametrize(("page", "encoding", "reason"), [row[1:] for row in PAGES], ids=[row[0] for row in PAGES])
def test_pages(page: str, encoding: str, reason: str):
    assert decode_page(page.encode(encoding)) == page, reason


def test_page_with_one_broken_byte_is_shown_as_browsers_do():
    page = ("<meta charset=utf-8><p>" + "Grüße. " * 50).encode()
    assert decode_page(page + b"\xc3!").endswith("Grüße. \ufffd!")


def test_page_that_is_not_what_it_says_is_refused():
    with pytest.raises(InputError) as caught:
        decode_page(b"<meta charset=shift_jis><p>" + b"\x81\xff\xfe " * 50)
    assert caught.value.code == "bad-encoding"


def test_table_names_only_codecs_that_exist():
    table = encodings()
    assert all(codecs.lookup(codec) for codec in table.labels.values())
    assert "utf-7" not in table.labels


TEXT = st.text(st.characters(exclude_characters="".join(map(chr, range(32))), codec="utf-8"), min_size=1)


@given(TEXT.filter(lambda text: not text.startswith("\ufeff")))
def test_any_text_comes_back(text: str):
    assert decode_text(text.encode()) == text


@given(TEXT, st.sampled_from(["utf-16", "utf-32", "utf-8-sig"]))
def test_any_text_with_a_mark_comes_back(text: str, encoding: str):
    assert decode_text(text.encode(encoding)) == text
