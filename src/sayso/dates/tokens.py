"""Where to look: stretches of a text around words of time, cut into words, numbers and marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sayso.dates.lexicon import lexicon
from sayso.records import Span

#: Characters looked at on either side of a word of time. The longest expression of the case table has 52.
REACH = 80
_WORD = re.compile(r"[^\W\d_]+|[0-9][0-9/.:-]*")
_TOKEN = re.compile(r"[^\W0-9_]+|[0-9]+|[^\w\s]|_")


@dataclass(frozen=True, slots=True)
class Tokens:
    """A stretch of text as tokens: each as it stands, in lower case, and its offsets in the text."""

    text: str
    span: Span
    raws: list[str]
    words: list[str]
    starts: list[int]
    ends: list[int]

    def word(self, at: int) -> str:
        """The token in lower case, empty outside the stretch."""
        return self.words[at] if 0 <= at < len(self.words) else ""

    def raw(self, at: int) -> str:
        """The token as it stands, empty outside the stretch."""
        return self.raws[at] if 0 <= at < len(self.raws) else ""

    def touches(self, at: int) -> bool:
        """Whether nothing stands between this token and the one before it."""
        return 0 < at < len(self.starts) and self.ends[at - 1] == self.starts[at]

    def capital(self, at: int) -> bool:
        """Whether the token begins with a capital."""
        return self.raw(at)[:1].isupper()

    def hyphen(self, at: int) -> bool:
        """Whether the token is a hyphen or dash that touches its neighbours."""
        return self.word(at) in ("-", "–", "‑", "—") and self.touches(at) and self.touches(at + 1)

    def past_hyphen(self, at: int) -> int:
        """The next token after a hyphen, or the same one where there is none."""
        return at + 1 if self.word(at) in ("-", "‑", "–") else at


def stretches(text: str, paragraph: Span) -> Iterator[Tokens]:
    """Cut out what stands around words of time, in order; neighbours that overlap are one."""
    left, right = paragraph
    start = end = -1
    for at, stop in _triggers(text, paragraph):
        if start < 0 or at - REACH > end:
            if start >= 0:
                yield _tokens(text, start, end)
            start = _at_blank(text, max(at - REACH, left), left, -1)
        end = _at_blank(text, min(stop + REACH, right), right, 1)
    if start >= 0:
        yield _tokens(text, start, end)


def _triggers(text: str, paragraph: Span) -> Iterator[Span]:
    words = lexicon().triggers
    for match in _WORD.finditer(text, *paragraph):
        found = match[0]
        if found in words or (found[0] in "0123456789" and _number_of_time(text, found, *match.span())):
            yield match.span()


def _number_of_time(text: str, number: str, start: int, end: int) -> bool:
    """Whether digits may be a year, a date, a decade or a time of the day."""
    if len(number) >= 4 or text[end : end + 1] in ("s", "p", "a", "t", "n", "r"):
        return True
    return text[end : end + 2] in (" p", " a") or text[max(start - 1, 0)] in "'’‘"


def _at_blank(text: str, at: int, bound: int, step: int) -> int:
    """Move outwards to a blank, 40 characters at most, so that no word is cut in two."""
    for _ in range(40):
        if at == bound or text[at - 1 if step < 0 else at].isspace():
            break
        at += step
    return at


def _tokens(text: str, start: int, end: int) -> Tokens:
    raws, starts, ends = [], [], []
    for match in _TOKEN.finditer(text, start, end):
        raws.append(match[0])
        starts.append(match.start())
        ends.append(match.end())
    return Tokens(text, (start, end), raws, [raw.lower() for raw in raws], starts, ends)
