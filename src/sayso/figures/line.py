"""Sentences around numbers, as tokens. Only sentences that hold a number or a word for one are looked at."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from sayso.records import Span
from sayso.tables import load

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[A-Z]\.(?:[A-Z]\.)+|[^\W\d_]+(?:['’´`][^\W\d_]+)*|[^\s\w]|_+|\w")
_END = re.compile(r"[.!?…][\"'”’)\]]{0,3}(?=\s)")
_WORD_BEFORE = re.compile(r"[\w.]{1,12}$")
_CURLY = re.compile("[’´`]")
#: Empty tokens around a sentence: no look goes further past its ends.
MARGIN = 16
_PADDING = ("",) * (2 * MARGIN)
#: A sentence is cut after this many characters: what is longer is no sentence (news prose: 1 of 40,000 is over 1,500).
LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence as tokens. ``words`` are lower case with plain apostrophes, ``raw`` as in the text; offsets are of the text.

    ``at`` is ``words`` with empty ones before and behind it (indices from -``MARGIN`` on), so that a look past the ends finds nothing.
    """

    words: tuple[str, ...]
    raw: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    at: tuple[str, ...]

    def __len__(self) -> int:
        """The number of tokens."""
        return len(self.words)

    def joined(self, i: int) -> bool:
        """Whether token ``i`` stands right behind the one before it."""
        return 0 < i < len(self.words) and self.starts[i] == self.ends[i - 1]

    def span(self, first: int, last: int) -> Span:
        """Offsets of tokens first..last (half-open, not empty)."""
        return self.starts[first], self.ends[last - 1]

    def tokens(self, span: Span) -> Span:
        """The tokens that a stretch of the text touches, half-open."""
        return bisect_right(self.ends, span[0]), bisect_left(self.starts, span[1])

    def capital(self, i: int) -> bool:
        """Whether token ``i`` begins with a capital letter."""
        return 0 <= i < len(self.raw) and self.raw[i][0].isupper()


def line_of(text: str, span: Span) -> Line:
    """Cut one sentence into tokens."""
    found = list(_TOKEN.finditer(text, *span))
    raw = tuple([m.group() for m in found])
    words = tuple([word.lower() for word in raw])
    if _CURLY.search(text, *span):
        words = tuple([_CURLY.sub("'", word) if len(word) > 1 else word for word in words])
    return Line(words, raw, tuple([m.start() for m in found]), tuple([m.end() for m in found]), words + _PADDING)


def joined(line: Line, start: int, end: int) -> str:
    """Tokens as words again, with single blanks where the text has any."""
    out = ""
    for i in range(start, end):
        out += ("" if i == start or line.joined(i) else " ") + line.raw[i]
    return out


@cache
def _number_words() -> re.Pattern[str]:
    table = load("figures-numbers")
    vague = table["vague"]
    words = {*table["small"], *table["tens"], *table["scales"], *vague["plural"], *vague["few"], *vague["counted"]}
    words |= {*vague["multiple"], *table["times"], *vague["only_of"], *table["parts"]}
    words |= {f"{word}s" for word in table["scales"]}
    units = "|".join(sorted(load("figures-units")["time"]["singular"]))
    nought = "|".join(sorted(load("figures-qualifiers")["none"]["nouns"]))
    return re.compile(rf"[0-9½¼¾]|\b(?:{_tree(sorted(words))}|an? (?:{units}) of\b|not a single\b|no (?:{nought})\b)")


def _tree(words: list[str]) -> str:
    """A pattern for words that share beginnings: each letter is looked at once."""
    heads: dict[str, list[str]] = {}
    for word in words:
        heads.setdefault(word[0], []).append(word)
    return "|".join(f"{head}(?:{'|'.join(sorted(w[1:] for w in rest))})\\b" for head, rest in sorted(heads.items()))


def hits(text: str, span: Span) -> list[int]:
    """Offsets of digits and number words in a stretch of the text, in order."""
    piece = text[span[0] : span[1]]
    low = piece.lower()
    if len(low) != len(piece):
        low = "".join([c.lower() if len(c.lower()) == 1 else c for c in piece])
    start = span[0]
    return [m.start() + start for m in _number_words().finditer(low)]


def sentences(text: str, span: Span) -> Iterator[Span]:
    """The sentences of a paragraph; one over ``LONGEST`` characters is cut at a blank."""
    abbreviations = _abbreviations()
    start = span[0]
    for match in _END.finditer(text, *span):
        end = match.end()
        if end - start < 2 or not _is_end(text, match, span, abbreviations):
            continue
        yield from _cut(text, start, end)
        start = end
    yield from _cut(text, start, span[1])


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(load("figures-clauses")["abbreviations"])


def is_abbreviation(word: str) -> bool:
    """Whether a full stop behind this word ends no sentence."""
    return word in _abbreviations()


def _is_end(text: str, match: re.Match[str], span: Span, abbreviations: frozenset[str]) -> bool:
    following = text[match.end() : match.end() + 4].lstrip()[:1]
    if following.islower():
        return False
    if match.group() != ".":
        return True
    before = _WORD_BEFORE.search(text, max(span[0], match.start() - 12), match.start())
    word = before.group().lower() if before else ""
    return not (word in abbreviations or (len(word) == 1 and word.isalpha()))


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    while end - start > LONGEST:
        place = text.rfind(" ", start + 1, start + LONGEST)
        place = place if place > start else start + LONGEST
        yield start, place
        start = place
    if start < end:
        yield start, end
