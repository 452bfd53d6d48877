"""Words and wordpieces: the text as the encoder sees it, each word with its place.

A word is what BERT's basic tokenizer makes of a text (Devlin et al. 2019): a run without blanks and punctuation, or one
punctuation mark or CJK character. Words keep their place in the text; their pieces come from the shipped vocabulary by
greedy longest match, after lower-casing and dropping accents. Each distinct word is cut once and remembered.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from sayso.encoder.punctuation import CJK, PUNCTUATION
from sayso.records import Span

WORD = re.compile(f"[{PUNCTUATION}{CJK}]|[^\\s{PUNCTUATION}{CJK}]+")
_SPLIT = WORD
LONGEST = 100  # characters, as in the reference tokenizer, and pieces; longer words are unknown
REMEMBERED = 200_000  # words kept in the cache; a pile of news has about 150,000 distinct ones per 10 M words


def words_of(text: str) -> list[Span]:
    """Spans of the words of ``text``, in order."""
    return [m.span() for m in WORD.finditer(text)]


def _normal(word: str) -> str:
    if word.isascii():
        word = word.lower()
        return word if word.isprintable() else "".join(c for c in word if c.isprintable())
    kept = (c for c in word if c != "\ufffd" and unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    parts = unicodedata.normalize("NFD", "".join(kept))
    return "".join(c.lower() for c in parts if unicodedata.category(c) != "Mn")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Wordpieces and their numbers. ``cache`` remembers the pieces of words already cut."""

    pieces: dict[str, int]
    cache: dict[str, tuple[int, ...]]
    unknown: int
    start: int
    stop: int

    @classmethod
    def load(cls, path: Path) -> Vocabulary:
        """Read a vocabulary, one piece a line."""
        pieces = {line: n for n, line in enumerate(path.read_text(encoding="utf-8").split("\n")) if line}
        return cls(pieces, {}, pieces["[UNK]"], pieces["[CLS]"], pieces["[SEP]"])

    def cut(self, word: str) -> tuple[int, ...]:
        """Numbers of the pieces of one word; empty for a word of nothing but control characters."""
        known = self.cache.get(word)
        if known is None:
            normal = _normal(word)
            known = tuple(n for part in _SPLIT.findall(normal) for n in self._greedy(part))
            known = known if len(known) <= LONGEST else (self.unknown,)
            if len(self.cache) < REMEMBERED:
                self.cache[word] = known
        return known

    def _greedy(self, word: str) -> list[int]:
        if len(word) > LONGEST:
            return [self.unknown]
        out: list[int] = []
        at = 0
        while at < len(word):
            end = len(word)
            while end > at:
                piece = word[at:end] if at == 0 else "##" + word[at:end]
                number = self.pieces.get(piece)
                if number is not None:
                    out.append(number)
                    break
                end -= 1
            else:
                return [self.unknown]
            at = end
        return out
