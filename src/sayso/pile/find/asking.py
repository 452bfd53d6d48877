"""A pasted sentence put to a pile: pages with its words, exactly or nearly, and statements that make its claim."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from sayso.pile.find.candidates import pages
from sayso.pile.find.passages import Passage, Sought, passages, sought
from sayso.pile.matches.compare import compare
from sayso.pile.matches.features import bag_of
from sayso.pile.matches.keys import keys_of, near, sketch_of
from sayso.pile.matches.question import QUESTION
from sayso.pile.matches.rows import Difference, Worded, differences
from sayso.pile.matches.saying import Saying, asserts, negations, saying_of, statements_of
from sayso.pile.matches.words import words_of
from sayso.pile.question import Name
from sayso.pile.rebuilt import rebuilt
from sayso.pile.store import Pile
from sayso.records import Reading, Span, Statement

How = Literal["exact", "near", "claim", "contradicts"]
ORDER: tuple[How, ...] = ("exact", "near", "claim", "contradicts")
SENTENCE = 4
"""Words from which a text is taken for a sentence that somebody pasted; fewer are words to search for."""
CANDIDATES = 200
"""Statements that are looked at for a claim: those that share most come first."""


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A place that has a sentence, nearly has it, or makes its claim.

    ``words`` are the page's, between ``start`` and ``end`` of ``part`` (text or headline). ``statement`` is the id of the
    statement that holds them, with ``speaker``, ``kind``, ``cue`` and ``stance`` (``deny``: the page has it denied); all are
    empty where they stand in none. ``differences`` lead from the sentence to the page.
    """

    how: How
    score: float
    document: str
    document_id: str
    outlet: str
    published: str
    speaker: str
    joint: tuple[str, ...]
    statement: str
    kind: str
    cue: str
    stance: str | None
    words: str
    part: str
    start: int
    end: int
    differences: tuple[Difference, ...]


def is_sentence(text: str) -> bool:
    """Whether a text is one that somebody pasted, and not words to search for: no search signs, ``SENTENCE`` words."""
    return not text.rstrip().endswith("*") and len(sought(text).words) >= SENTENCE


def find(pile: Pile, text: str, *, claims: bool = True, limit: int | None = None) -> list[FoundRow]:
    """Where a pile has a sentence: exactly, nearly, then statements that make the claim or gainsay it; oldest first in each.

    Every page that has it exactly is found. ``claims`` needs a pile that was asked about matches. ``limit`` holds for each
    of the kinds.
    """
    wanted = sought(text)
    if not wanted.words:
        return []
    rows = list(_wordings(pile, wanted, thorough=not claims))
    if claims:
        rows += _claims(pile, wanted, {row.statement for row in rows})
    chosen = []
    for how in ORDER:
        chosen += sorted((row for row in rows if row.how == how), key=_age)[:limit]
    return chosen


def _age(row: FoundRow) -> tuple[bool, str, str, str, int]:
    known = row.published[:1].isdigit()
    return (not known, row.published if known else "", row.document, row.document_id, row.start)


# --- words ---


def _wordings(pile: Pile, wanted: Sought, *, thorough: bool) -> Iterator[FoundRow]:
    for document in pages(pile.ledger, wanted, thorough=thorough):
        reading = pile.reading(document)
        text, headline = reading.document.text, reading.headline
        found = _best(passages(wanted, words_of(text, ((0, len(text)),)), text), _interrupted(reading, wanted))
        yield from (_row(reading, "text", text, wanted, each) for each in found)
        if headline is not None:
            title = passages(wanted, words_of(headline.text, ((0, len(headline.text)),)), headline.text)
            yield from (_row(reading, "headline", headline.text, wanted, each) for each in title)


def _interrupted(reading: Reading, wanted: Sought) -> list[Passage]:
    """Passages in quotations that are interrupted on the page: “…,” she said, “…”."""
    out = []
    for statement in reading.statements:
        if len(statement.content) > 1:
            out += passages(wanted, words_of(reading.document.text, statement.content), reading.document.text)
    return out


def _best(whole: list[Passage], parts: list[Passage]) -> list[Passage]:
    """The exact ones, those in an interrupted quotation only where they lie in no other; else the nearest of all."""
    exact = [each for each in whole if each.how == "exact"]
    for each in parts:
        if each.how == "exact" and not any(x.span[0] < each.span[1] and each.span[0] < x.span[1] for x in exact):
            exact.append(each)
    every = [*whole, *parts]
    return exact or ([max(every, key=lambda each: (each.score, -each.span[0]))] if every else [])


def _row(reading: Reading, part: str, text: str, wanted: Sought, passage: Passage) -> FoundRow:
    held = _holding(reading, part, passage.span)
    start, end = passage.span
    changes = (
        () if passage.how == "exact" else differences(_worded(wanted), Worded(text, passage.words, (passage.span,)))
    )
    return _found(passage.how, passage.score, reading, held, text[start:end], part, passage.span, changes)


def _found(
    how: How, score: float, reading: Reading, held: Statement | None, words: str, part: str, span: Span,
    changes: tuple[Difference, ...],
) -> FoundRow:  # fmt: skip
    names = {each.id: each.name for each in reading.speakers}
    speaker = names.get(held.speaker or "", "") if held else ""
    joint = tuple(names[each] for each in held.joint if each in names) if held else ()
    document = reading.document
    text = reading.headline.text if part == "headline" and reading.headline else document.text
    cue = " … ".join(text[start:end] for start, end in held.cue) if held else ""
    return FoundRow(
        how, score, document.name, reading.id, document.outlet, document.published.date if document.published else "",
        speaker, joint, held.id if held else "", held.kind if held else "", cue, held.stance if held else None, words, part, *span, changes,
    )  # fmt: skip


def _worded(wanted: Sought) -> Worded:
    return Worded(wanted.text, wanted.words, ((0, len(wanted.text)),))


def _holding(reading: Reading, part: str, span: Span) -> Statement | None:
    """The innermost statement whose content holds at least half of a passage, or None."""
    every = reading.statements if part == "text" else reading.headline.statements if reading.headline else ()
    best: tuple[int, Statement] | None = None
    for statement in every:
        inside = sum(max(0, min(end, span[1]) - max(start, span[0])) for start, end in statement.content)
        size = sum(end - start for start, end in statement.content)
        if 2 * inside >= span[1] - span[0] and (best is None or size < best[0]):
            best = (size, statement)
    return best[1] if best else None


# --- claims ---


def _claims(pile: Pile, wanted: Sought, known: set[str]) -> Iterator[FoundRow]:
    """Statements that make the claim of a sentence, or gainsay it, in other words."""
    asked = _asked(wanted)
    for document, identity in rebuilt(pile, lambda: _candidates(pile, asked)):
        reading = pile.reading(document)
        place = statements_of(reading).get(identity)
        if place is None or identity in known:
            continue
        statement, text = place
        told = saying_of(reading, statement, text)
        found = compare(asked, told)
        if found is None:
            continue
        part = "text" if text is reading.document.text else "headline"
        how: How = "contradicts" if found.kind == "contradicts" else "claim"
        span = (statement.content[0][0], statement.content[-1][1])
        words = " … ".join(text[start:end] for start, end in statement.content)
        changes = differences(_worded(wanted), Worded(text, told.words, statement.content))
        yield _found(how, round(found.score, 4), reading, statement, words, part, span, changes)


def _asked(wanted: Sought) -> Saying:
    """The sentence as a statement that nobody in particular made, on no day."""
    statement = Statement("", "indirect", (), (), ((0, len(wanted.text)),))
    words = wanted.words
    turning, supposed = negations(words, wanted.text)
    return Saying(
        statement, words, bag_of(words), asserts(words), (False,) * len(words), (), (), turning, supposed,
        gainsaid=False, published="",
    )  # fmt: skip


def _candidates(pile: Pile, asked: Saying) -> list[Name]:
    """Statements that share keys with the sentence and are near by their sketches, those with most keys first."""
    votes: Counter[Name] = Counter()
    sketches: dict[Name, bytes] = {}
    for key in keys_of(asked):
        for item in pile.bucket(QUESTION.name, key):
            votes[item.document, item.id] += 1
            sketches[item.document, item.id] = item.sketch
    mine = sketch_of(asked)
    return _most(votes, (name for name, sketch in sketches.items() if near(mine, sketch)))


def _most(votes: Counter[Name], names: Iterable[Name]) -> list[Name]:
    return sorted(names, key=lambda name: (-votes[name], name))[:CANDIDATES]
