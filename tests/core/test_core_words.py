"""Words and wordpieces: places in the text, and the same pieces as the reference tokenizer on odd Unicode."""

from __future__ import annotations

import time
import unicodedata
from itertools import pairwise

import pytest
from core_rows import rows
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.encoder.session import ENGLISH
from sayso.encoder.words import LONGEST, REMEMBERED, Vocabulary, words_of

FILE = ENGLISH / "vocab.txt"
LINES = FILE.read_text(encoding="utf-8").split("\n")
NUMBER = {piece: n for n, piece in enumerate(LINES) if piece}


SHIPPED = Vocabulary.load(FILE)


def numbers(text: str) -> list[int]:
    return [n for start, end in words_of(text) for n in SHIPPED.cut(text[start:end])]


# reason, text, its words
WORDS = [
    ("blanks part words", "two  little words", ["two", "little", "words"]),
    ("a mark is a word", "Yes, no.", ["Yes", ",", "no", "."]),
    ("three marks are three words", "so...", ["so", ".", ".", "."]),
    ("an apostrophe parts a word", "don’t", ["don", "’", "t"]),
    ("a hyphen parts a word", "well-known", ["well", "-", "known"]),
    ("an underline is a mark", "a_b", ["a", "_", "b"]),
    ("currency signs of ASCII are marks", "$5", ["$", "5"]),
    ("those beyond ASCII are symbols, not marks", "€5", ["€5"]),
    ("a no-break space is a blank", "5\u00a0km", ["5", "km"]),
    ("an ideographic space is a blank", "北\u3000海", ["北", "海"]),
    ("each ideograph is a word", "東京都", ["東", "京", "都"]),
    ("kana are no ideographs", "ひらがな", ["ひらがな"]),
    ("letters of Korean are no ideographs", "한국", ["한국"]),
    ("an ideograph beyond the first plane", "a\U00020000b", ["a", "\U00020000", "b"]),
    ("Arabic comma and question mark", "نعم، لا؟", ["نعم", "،", "لا", "؟"]),
    ("a danda ends a sentence", "नमस्ते।", ["नमस्ते", "।"]),
    ("an accent of its own stays with its letter", "cafe\u0301s", ["cafe\u0301s"]),
    ("a zero-width space parts nothing", "two\u200bwords", ["two\u200bwords"]),
    ("a soft hyphen parts nothing", "har\u00adbour", ["har\u00adbour"]),
    ("a sign of its own is a word", "a 🙂 b", ["a", "🙂", "b"]),
    ("full-width marks are marks", "行！", ["行", "！"]),
    ("nothing but blanks has no words", " \t\u2003\n", []),
    ("nothing has no words", "", []),
]


@pytest.mark.parametrize(("text", "wanted"), rows(WORDS))
def test_words(text: str, wanted: list[str]):
    assert [text[start:end] for start, end in words_of(text)] == wanted


# reason, text, its pieces; worked out by hand: lower case, accents off, then the longest piece that the vocabulary has
PIECES = [
    ("lower case", "HARBOUR", ["harbour"]),
    ("accents go", "Café naïve", ["cafe", "naive"]),
    ("accents of their own go", "Cafe\u0301", ["cafe"]),
    ("a capital with a dot above", "İ", ["i"]),
    ("the German sharp s stays", "ß", ["ß"]),
    ("final and inner sigma", "ΣΑΣ", ["σ", "##α", "##σ"]),
    ("two words and a mark", "can't", ["can", "'", "t"]),
    ("ideographs one by one", "東京", ["東", "京"]),
    ("Korean letters are taken apart into jamo", "가", ["ᄀ", "##ᅡ"]),
    ("a zero-width space is dropped inside a word", "har\u200bbour", ["harbour"]),
    ("a soft hyphen is dropped inside a word", "har\u00adbour", ["harbour"]),
    ("a control character is dropped inside a word", "har\x07bour", ["harbour"]),
    ("a NUL is dropped inside a word", "har\0bour", ["harbour"]),
    ("the replacement character is dropped", "har\ufffdbour", ["harbour"]),
    ("a mark that shows a private sign is dropped", "har\ue000bour", ["harbour"]),
    ("a word of nothing but control characters has no piece", "a \u200b b", ["a", "b"]),
    ("a byte order mark is dropped", "\ufeffharbour", ["harbour"]),
    ("curly marks are pieces", "“no”", ["“", "no", "”"]),
    ("a dash is a piece", "no—yes", ["no", "—", "yes"]),
    ("a sign that no piece begins with is unknown", "🙂", ["[UNK]"]),
    ("one unknown sign makes the whole word unknown", "harbour🙂", ["[UNK]"]),
    ("a ligature is not taken apart", "ﬁn", ["ﬁ", "##n"]),
    ("the longest piece wins", "harbours", ["harbour", "##s"]),
    ("a long word of one letter", "a" * (LONGEST + 1), ["[UNK]"]),
    ("a lone surrogate is dropped", "har\ud800bour", ["harbour"]),
    ("a full-width letter is a letter of its own", "Ａ", ["[UNK]"]),
    ("a raised figure stays as it is", "m²", ["m²"]),
    ("the special pieces are no words of a text", "[CLS]", ["[", "cl", "##s", "]"]),
]


@pytest.mark.parametrize(("text", "wanted"), rows(PIECES))
def test_pieces(text: str, wanted: list[str]):
    assert numbers(text) == [NUMBER[piece] for piece in wanted]


def test_the_numbers_are_the_lines_of_the_file():
    assert SHIPPED.pieces == NUMBER
    special = tuple(LINES[n] for n in (SHIPPED.unknown, SHIPPED.start, SHIPPED.stop))
    assert special == ("[UNK]", "[CLS]", "[SEP]")


def test_a_word_of_a_hundred_letters_is_still_cut():
    pieces = [LINES[n].removeprefix("##") for n in SHIPPED.cut("a" * LONGEST)]
    assert "".join(pieces) == "a" * LONGEST


# --- what holds on any string ----------------------------------------------------------------------------------------
TEXT = st.text(
    st.one_of(st.characters(codec=None), st.sampled_from("ab “”'.,-—\n\t\u00a0\u200b\u0301東ß\x00\x85\u2028\ud800"))
)


@settings(deadline=None)
@given(TEXT)
def test_words_are_disjoint_ordered_and_leave_nothing_out(text: str):
    words = words_of(text)
    assert all(0 <= start < end <= len(text) for start, end in words)
    assert all(a[1] <= b[0] for a, b in pairwise(words))
    held = {i for start, end in words for i in range(start, end)}
    for i, character in enumerate(text):
        if character.isspace():
            assert i not in held
        elif unicodedata.category(character) != "Cc":
            assert i in held


@settings(deadline=None)
@given(TEXT)
def test_a_word_is_one_mark_or_none(text: str):
    for start, end in words_of(text):
        word = text[start:end]
        if any(unicodedata.category(c).startswith("P") and c <= "\u2fff" for c in word):
            assert len(word) == 1


@settings(deadline=None)
@given(st.text(st.characters(codec=None), min_size=1, max_size=12))
def test_cutting_again_and_without_memory_is_the_same(word: str):
    first = SHIPPED.cut(word)
    fresh = Vocabulary(SHIPPED.pieces, {}, SHIPPED.unknown, SHIPPED.start, SHIPPED.stop)
    assert SHIPPED.cut(word) == first == fresh.cut(word)
    assert all(0 <= n < len(LINES) for n in first)


def test_the_memory_is_bounded():
    small = Vocabulary(dict(NUMBER), dict.fromkeys(map(str, range(REMEMBERED)), ()), 100, 101, 102)
    small.cut("harbour")
    assert len(small.cache) == REMEMBERED


def test_time_is_linear_in_long_words():
    def seconds(count: int) -> float:
        text = ("x" * 99 + "é ") * count
        vocabulary = Vocabulary(NUMBER, {}, 100, 101, 102)
        start = time.process_time()
        for n, (a, b) in enumerate(words_of(text)):
            vocabulary.cut(f"{n}{text[a:b]}"[:LONGEST])
        return time.process_time() - start

    seconds(10)
    assert seconds(400) < 12 * seconds(100) + 0.05


# --- the reference ---------------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def original():
    """The tokenizer of the original encoder, by its own implementation and the shipped vocabulary."""
    found = pytest.importorskip("tokenizers", reason="the package tokenizers is not installed: nothing to compare with")
    return found.BertWordPieceTokenizer(str(FILE), lowercase=True)


# The reference takes no lone surrogates, and takes the names of special pieces for these pieces.
SHOWN = [row for row in (*WORDS, *PIECES) if "\ud800" not in row[1] and row[1] != "[CLS]"]


@pytest.mark.parametrize("text", rows([row[:2] for row in SHOWN]))
def test_the_tables_equal_the_reference(original, text: str):
    assert numbers(text) == original.encode(text, add_special_tokens=False).ids


# Blanks that the reference takes for control characters (line tabulation, next line) never stand in a view, and letters of
# the newest Unicode are in no two implementations alike: the alphabet keeps to the first plane's older blocks.
def block(first: int, last: int) -> st.SearchStrategy[str]:
    """Characters that Unicode has long known; "[" would begin the name of a special piece."""
    return st.characters(
        min_codepoint=first, max_codepoint=last, exclude_categories=["Cn", "Zl", "Zp"], exclude_characters="["
    )


BLOCKS = st.one_of(
    block(0x20, 0x7E),
    block(0xA0, 0x52E),
    block(0x5D0, 0x5EA),
    block(0x621, 0x669),
    block(0x905, 0x94D),
    block(0x1E00, 0x1FFE),
    block(0x2000, 0x2064),
    block(0x3041, 0x30FF),
    block(0x4E00, 0x4F00),
    block(0xAC00, 0xACFF),
    st.sampled_from("\0\ufffd\ufeff\u200b\u00ad\ue000🙂ﬁ²\t\n"),
)


@settings(deadline=None)
@given(text=st.text(BLOCKS, max_size=30))
def test_any_text_equals_the_reference(original, text: str):
    assert numbers(text) == original.encode(text, add_special_tokens=False).ids
