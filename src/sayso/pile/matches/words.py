"""Words as they are compared: normalised, with a stem, a notion, and how much their presence tells.

How much a word tells comes from a fixed table of common English words, never from the pile: what matches what must not
change when a pile grows.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from math import log2

from sayso.records import Span
from sayso.tables import load

UNKNOWN = 9.5
"""Bits of a lower-case word that the table does not have: it stands on less than one page in 700."""
NAME = 6.0
"""Bits of a name. A pile is about something, and its names come again on every tenth to hundredth page."""
DAY = 2.0
"""Bits of the name of a day or month."""
NUMBER, SMALL_NUMBER = 5.0, 3.0
"""Bits of a number, and of one up to ten."""
PERCENT = 4.0
"""Bits of "percent", however it is written."""
CAPITALS = 0.7
"""Share of capitalised words from which capitals say nothing: a headline in title case."""
_PIECE = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)*)"
    r"|(?P<percent>%|(?i:per[ -]?cent\b))"
    r"|(?P<dotted>(?:[^\W\d_]\.){2,})"
    r"|(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*)"
)
_SENTENCE = re.compile(r"(?:^|[.!?:…\"“‘\[(\n]|--|[–—])\s*$")
_NAME_ENDING = re.compile(r"(?:ians?|ans?|ns|is|ese|ia|a|e|i|n|s)$")
_ENDINGS = (
    ("ingly", "", 8), ("edly", "", 7), ("bly", "ble", 6), ("ily", "y", 6), ("ly", "", 6), ("iness", "y", 8),
    ("ness", "", 8), ("ment", "", 8),
)  # fmt: skip
"""Endings of adverbs and nouns, what stands for them, and how long a word must be to lose them."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a statement.

    ``text`` is what is compared word for word, ``stem`` its stem, ``notion`` the stem or the group of stems it stands
    in, ``bits`` how much it tells, ``span`` where it stands (short forms are two words with one span).
    """

    text: str
    stem: str
    notion: str
    bits: float
    span: Span
    name: bool = False
    number: bool = False


@cache
def _list(name: str) -> frozenset[str]:
    return frozenset(load("matches")[name])


@cache
def _forms() -> dict[str, str]:
    """Every listed form with its base."""
    return {form: base for base, forms in load("matches")["forms"].items() for form in forms.split()}


@cache
def _notions() -> dict[str, str]:
    """The stem of every word of a group of words that stand for one another, with the name of the group."""
    groups = load("matches")["alike"]["groups"]
    return {stem(word): f"={stem(group.split()[0])}" for group in groups for word in group.split()}


@cache
def _bits() -> dict[str, float]:
    """The words of the table with their bits; the shares of words with one stem are added up under ``*stem``."""
    found: dict[str, float] = {}
    shares: dict[str, float] = {}
    for tenths, words in load("english-frequency")["bits"].items():
        bits = int(tenths) / 10
        for word in words.split():
            found[word] = bits
            root = stem(word)
            shares[root] = shares.get(root, 0.0) + 2.0**-bits
    found.update({f"*{root}": max(0.0, -log2(min(1.0, share))) for root, share in shares.items()})
    return found


def fold(text: str) -> str:
    """Lower case without accents, apostrophes straight."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(c for c in plain.casefold() if not unicodedata.combining(c))


@lru_cache(1 << 16)
def stem(word: str) -> str:
    """The stem of a folded word: endings of number, tense, degree and of nouns made from verbs taken off.

    A listed form goes to its base first. It need not be a word: only that forms of one word get the same.
    """
    word = _forms().get(word, word)
    word = _forms().get(_without_s(word), _without_s(word))
    if len(word) > 4:
        word = _without_ending(word)
    if len(word) > 3 and word[-1] in "ey":
        word = word[:-1] + ("i" if word[-1] == "y" else "")
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeious":
        word = word[:-1]
    return word


def _without_s(word: str) -> str:
    if len(word) < 4 or word[-1] != "s" or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + ("y" if len(word) > 4 else "ie")
    if word.endswith(("ches", "shes", "xes", "zes", "sses")):
        return word[:-2]
    return word[:-1]


def _without_ending(word: str) -> str:
    for ending, put, least in _ENDINGS:
        if word.endswith(ending) and len(word) >= least:
            word = word[: -len(ending)] + put
            break
    if word.endswith(("tion", "sion")) and len(word) >= 8:
        return word[:-3]
    for ending, least in (("ing", 6), ("ed", 5)):
        rest = word[: -len(ending)]
        if word.endswith(ending) and len(word) >= least and any(c in "aeiouy" for c in rest):
            return rest
    return word


def _of_common(text: str, capital: bool) -> tuple[str, str, float, bool]:
    """Stem, notion, bits and whether it is a name, of a folded word; ``capital``: its capital letter says something."""
    root = stem(text)
    bits = _bits().get(f"*{root}") if text in _bits() or f"*{root}" in _bits() else None
    if text in _list("days") and (capital or bits is None):
        return root, root, DAY, False
    if bits is None and capital:
        short = _NAME_ENDING.sub("", text)
        root = short if len(short) >= 4 else text
        return f"^{root}", f"^{root}", NAME, True
    if bits is None:
        return root, _notions().get(root, root), UNKNOWN, False
    return root, _notions().get(root, root), bits, False


def _parts(text: str) -> list[str]:
    """A folded word without its possessive, short forms taken apart: don't → do not."""
    table = load("matches")
    if text in table["short"]:
        return str(table["short"][text]).split()
    for ending, full in table["endings"].items():
        if text.endswith(ending) and len(text) > len(ending):
            return [text[: -len(ending)], full]
    text = text.removesuffix("'s").removesuffix("s'") if text.endswith(("'s", "s'")) else text
    return [text.replace("'", "")]


def _number(text: str) -> tuple[str, str, str, float, bool, bool]:
    plain = text.replace(",", "")
    value = plain.rstrip("0").rstrip(".") if "." in plain else plain.lstrip("0") or "0"
    small = value.isdecimal() and len(value) <= 2 and int(value) <= 10
    return (value, f"#{value}", f"#{value}", SMALL_NUMBER if small else NUMBER, False, True)


def words_of(text: str, spans: tuple[Span, ...]) -> tuple[Word, ...]:
    """The words of the fragments of a statement, in order. Spans of the words are offsets into ``text``.

    Hyphens part words; marks, brackets and white space are passed over.
    """
    found = [match for start, end in spans for match in _PIECE.finditer(text, start, end)]
    letters = [match[0] for match in found if match["word"]]
    shown = sum(word[0].isupper() for word in letters) <= max(3, CAPITALS * len(letters))
    out: list[Word] = []
    for match in found:
        out += _words(text, match, shown)
    return tuple(out)


def _words(text: str, match: re.Match[str], shown: bool) -> list[Word]:
    span = match.span()
    initial = match["word"] is not None and _SENTENCE.search(text, max(0, span[0] - 4), span[0]) is not None
    return [Word(*each[:4], span, *each[4:]) for each in _specs(match[0], str(match.lastgroup), shown, initial)]


@lru_cache(1 << 16)
def _specs(piece: str, kind: str, shown: bool, initial: bool) -> tuple[tuple[str, str, str, float, bool, bool], ...]:
    """What a piece of text is as words: text, stem, notion, bits, whether a name, whether a number.

    ``shown``: capitals say something; ``initial``: it begins a sentence.
    """
    if kind == "number":
        return (_number(piece),)
    if kind == "percent":
        return (("percent", "percent", "percent", PERCENT, False, False),)
    if kind == "dotted":
        root = fold(piece).replace(".", "")
        return ((root, f"^{root}", f"^{root}", NAME, True, False),)
    numbers = load("matches")["numbers"]
    out = []
    for part in _parts(fold(piece)):
        if part in numbers and part != "one":
            out.append(_number(str(numbers[part])))
            continue
        capital = shown and piece[0].isupper() and (part not in _bits() or (not initial and part in _list("days")))
        root, notion, bits, name = _of_common(part, capital)
        out.append((part, root, notion, bits, name, False))
    return tuple(out)
