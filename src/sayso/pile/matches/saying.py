"""A statement made ready to be compared: its words, quotations, figures and negations, who says it, and when."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache

from sayso.pile.matches.words import Word, words_of
from sayso.records import Figure, Reading, Spans, Speaker, Statement
from sayso.tables import load

MOST = 300
"""Words of a statement that are compared. Of 21,406 statements of news pages 3 are longer."""
_QUOTED = re.compile('“[^“”]{1,4000}”?|"[^"]{1,4000}"?|«[^«»]{1,4000}»?|(?<!\\w)‘[^‘]{1,4000}?’(?!\\w)')


@dataclass(frozen=True, slots=True)
class Saying:
    """A statement as it is compared with others.

    ``words`` are the first :data:`MOST` of its content, ``quoted`` says of each whether it stands in quotation marks,
    ``turned`` whether its sense is turned there. ``speakers`` are those who make it, none where that is open.
    ``published`` is the ISO date of the page, or empty. ``vector`` is the statement's vector where the encoder gives one.
    """

    statement: Statement
    words: tuple[Word, ...]
    quoted: tuple[bool, ...]
    speakers: tuple[Speaker, ...]
    figures: tuple[Figure, ...]
    negations: tuple[int, ...]
    gainsaid: bool
    published: str
    vector: bytes | None = None

    @property
    def wished(self) -> bool:
        """Whether its cue demands or asks: nothing is claimed that could be gainsaid."""
        return self.statement.stance in _list("wishing")

    @property
    def asserts(self) -> bool:
        """Whether it says something of something: it has a verb as far as forms tell, and is no mere name or title."""
        return any(
            word.text in _list("verbs") or (len(word.text) > 4 and not word.name and word.text.endswith(("ed", "ing")))
            for word in self.words
        )


@cache
def _list(name: str) -> frozenset[str]:
    return frozenset(load("matches")[name])


def statements_of(reading: Reading) -> dict[str, tuple[Statement, str]]:
    """Every statement of a page by its id, with the text that its offsets count in: the headline's too."""
    found = {each.id: (each, reading.document.text) for each in reading.statements}
    if reading.headline is not None:
        found.update({each.id: (each, reading.headline.text) for each in reading.headline.statements})
    return found


def saying_of(reading: Reading, statement: Statement, text: str) -> Saying:
    """A statement of a page made ready; ``text`` is what its offsets count in."""
    words = words_of(text, statement.content)[:MOST]
    cast = {each.id: each for each in reading.speakers}
    ids = ((statement.speaker,) if statement.speaker else ()) + statement.joint
    figures = reading.figures
    if reading.headline is not None and text is reading.headline.text:
        figures = reading.headline.figures
    return Saying(
        statement,
        words,
        _quoted(text, statement, words),
        tuple(cast[each] for each in ids if each in cast),
        tuple(figure for figure in figures if _inside(figure, statement.content)),
        negations(words),
        statement.stance in _list("gainsaying"),
        reading.document.published.date[:10] if reading.document.published else "",
    )


def _inside(figure: Figure, spans: Spans) -> bool:
    return any(start <= figure.span[0] < end for start, end in spans)


def _quoted(text: str, statement: Statement, words: tuple[Word, ...]) -> tuple[bool, ...]:
    """Of each word whether it stands in quotation marks of the content."""
    if statement.kind == "direct":
        return (True,) * len(words)
    found = [match.span() for start, end in statement.content for match in _QUOTED.finditer(text, start, end)]
    starts = [start for start, _ in found]
    out = []
    for word in words:
        at = bisect_left(starts, word.span[0]) - 1
        out.append(at >= 0 and word.span[1] <= found[at][1])
    return tuple(out)


def negations(words: tuple[Word, ...]) -> tuple[int, ...]:
    """Places of the words that turn the sense of their clause; those in phrases that turn nothing are passed over."""
    found = []
    for at, word in enumerate(words):
        if word.text in _list("negations") or word.text in _list("turning"):
            near = " ".join(each.text for each in words[max(0, at - 2) : at + 4])
            if not any(phrase in near and word.text in phrase.split() for phrase in load("matches")["neutral"]):
                found.append(at)
    return tuple(found)
