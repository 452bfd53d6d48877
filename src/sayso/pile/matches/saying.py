"""A statement made ready to be compared: its words, quotations, figures and negations, who says it, and when."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from sayso.pile.matches.features import Bag, bag_of
from sayso.pile.matches.words import Word, words_of
from sayso.pile.once import once
from sayso.records import Figure, Reading, Spans, Speaker, Statement
from sayso.tables import load

MOST = 300
"""Words of a statement that are compared. Of 21,406 statements of news pages 3 are longer."""
PAGES = 256
"""Pages whose statements are kept ready: those that come into a pile together (``updating``) and as many that were there."""
SUPPOSED = 5
"""Words behind "if" among which a negation belongs to what is supposed: "if the old bridge is not repaired". Without a mark
the clause may end behind them."""
_QUOTED = re.compile('“[^“”]{1,4000}”?|"[^"]{1,4000}"?|«[^«»]{1,4000}»?|(?<!\\w)‘[^‘]{1,4000}?’(?!\\w)')


@dataclass(frozen=True, slots=True)
class Saying:
    """A statement as it is compared with others.

    ``words`` are the first :data:`MOST` of its content, ``quoted`` says of each whether it stands in quotation marks,
    ``bag`` holds the words without their order, ``asserts`` says whether it says something of something: it has a verb, as far
    as forms tell, and is no mere name or title. ``negations`` are the places of words that turn its sense, ``supposed`` of those
    that turn what is only supposed ("if the bridge is not repaired"). ``speakers`` are those who make it, none where that is
    open. ``published`` is the ISO date of the page, or empty.
    """

    statement: Statement
    words: tuple[Word, ...]
    bag: Bag
    asserts: bool
    quoted: tuple[bool, ...]
    speakers: tuple[Speaker, ...]
    figures: tuple[Figure, ...]
    negations: tuple[int, ...]
    supposed: tuple[int, ...]
    gainsaid: bool
    published: str

    @property
    def wished(self) -> bool:
        """Whether its cue demands or asks: nothing is claimed that could be gainsaid."""
        return self.statement.stance in _list("wishing")


@cache
def _list(name: str) -> frozenset[str]:
    return frozenset(load("matches")[name])


@dataclass(frozen=True, slots=True, eq=False)
class _Page:
    """A reading made ready for its statements to be looked at one by one: what they all need is worked out once.

    ``figures`` are those of the text and those of the headline, each by where it begins; ``made`` holds the statements
    that were made ready.
    """

    statements: dict[str, tuple[Statement, str]]
    cast: dict[str, Speaker]
    figures: tuple[tuple[Figure, ...], tuple[Figure, ...]]
    starts: tuple[tuple[int, ...], tuple[int, ...]]
    made: dict[tuple[str, bool], Saying]


@once(PAGES)
def _page(reading: Reading) -> _Page:
    headline = reading.headline
    found = {each.id: (each, reading.document.text) for each in reading.statements}
    if headline is not None:
        found.update({each.id: (each, headline.text) for each in headline.statements})
    figures = tuple(sorted(reading.figures, key=_start))
    titles = tuple(sorted(headline.figures, key=_start)) if headline is not None else ()
    starts = tuple(map(_start, figures)), tuple(map(_start, titles))
    return _Page(found, {each.id: each for each in reading.speakers}, (figures, titles), starts, {})


def _start(figure: Figure) -> int:
    return figure.span[0]


def statements_of(reading: Reading) -> Mapping[str, tuple[Statement, str]]:
    """Every statement of a page by its id, with the text that its offsets count in: the headline's too."""
    return _page(reading).statements


def saying_of(reading: Reading, statement: Statement, text: str) -> Saying:
    """A statement of a page made ready; ``text`` is what its offsets count in. Kept for the pages asked for last."""
    page = _page(reading)
    titled = reading.headline is not None and text is reading.headline.text
    key = statement.id, titled
    found = page.made.get(key)
    if found is None or found.statement is not statement:
        found = page.made[key] = _made(reading, page, statement, text, titled)
    return found


def _made(reading: Reading, page: _Page, statement: Statement, text: str, titled: bool) -> Saying:
    words = words_of(text, statement.content)[:MOST]
    ids = ((statement.speaker,) if statement.speaker else ()) + statement.joint
    turning, supposed = negations(words, text)
    return Saying(
        statement,
        words,
        bag_of(words),
        asserts(words),
        _quoted(text, statement, words),
        tuple(page.cast[each] for each in ids if each in page.cast),
        tuple(_inside(page.figures[titled], page.starts[titled], statement.content)),
        turning,
        supposed,
        statement.stance in _list("gainsaying"),
        reading.document.published.date[:10] if reading.document.published else "",
    )


def asserts(words: Iterable[Word]) -> bool:
    """Whether some words have a verb, as far as forms tell."""
    verbs = _list("verbs")
    return any(
        word.text in verbs or (len(word.text) > 4 and not word.name and word.text.endswith(("ed", "ing")))
        for word in words
    )


def _inside(figures: Sequence[Figure], starts: Sequence[int], spans: Spans) -> list[Figure]:
    """The figures that begin inside one of some spans, in order, each once."""
    places = {at for start, end in spans for at in range(bisect_left(starts, start), bisect_left(starts, end))}
    return [figures[at] for at in sorted(places)]


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


def negations(words: Sequence[Word], text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Places of the words that turn the sense of their clause, and of those that turn what is only supposed there.

    ``text`` is what the spans of the words count in: a mark between two words ends what is supposed. Words in phrases
    that turn nothing are passed over.
    """
    turning: list[int] = []
    supposed: list[int] = []
    for at, word in enumerate(words):
        if word.text in _list("negations") or word.text in _list("turning"):
            near = " ".join(each.text for each in words[max(0, at - 2) : at + 4])
            if not any(phrase in near and word.text in phrase.split() for phrase in load("matches")["neutral"]):
                (supposed if _is_supposed(words, at, text) else turning).append(at)
    return tuple(turning), tuple(supposed)


def _is_supposed(words: Sequence[Word], at: int, text: str) -> bool:
    """Whether a word stands close behind "if", with no mark in between."""
    for place in range(at - 1, max(-1, at - 1 - SUPPOSED), -1):
        end, start = words[place].span[1], words[place + 1].span[0]
        if text[end : max(end, start)].strip(" ’'-"):
            return False
        if words[place].text in _list("supposing"):
            return True
    return False


def denials(words: Sequence[Word]) -> list[int]:
    """Places of the words that negate, whatever they turn."""
    return [at for at, word in enumerate(words) if word.text in _list("negations")]
