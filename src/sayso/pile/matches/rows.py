"""Matches as they are shown: both statements in words, what differs between them, and why they match."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, islice

from sayso.ledger.rows import DocumentFilter, DocumentRow
from sayso.pile.matches.align import Change, Step, steps
from sayso.pile.matches.question import ONE, detail_of
from sayso.pile.matches.saying import Saying, saying_of, statements_of
from sayso.pile.matches.words import Word
from sayso.pile.question import Name, Pair
from sayso.pile.rebuilt import rebuilt
from sayso.pile.rows import odd
from sayso.pile.store import Pile
from sayso.records import Reading, Span, Spans
from sayso.tables import load

KINDS = ("same-words", "same-utterance", "same-claim", "contradicts")
WHOSE = ("same", "other", "open")


@dataclass(frozen=True, slots=True)
class MatchFilter:
    """Which matches. Each holds where one of the two sides fits; ``document`` and ``statement`` are ids.

    ``act=""`` takes what was thought and wanted, too; else both sides must be of that act. Statements that report one
    act of speaking are each set beside the first of them; with ``every`` beside each other, too.
    """

    kind: str = ""
    whose: str = ""
    speaker: str = ""
    words: str = ""
    outlet: str = ""
    document: str = ""
    statement: str = ""
    act: str = "say"
    since: str = ""
    until: str = ""
    every: bool = False
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two statements, in words; ``start`` and ``end`` bound its content in ``part``."""

    document: str
    document_id: str
    outlet: str
    published: str
    speaker: str
    joint: tuple[str, ...]
    speaker_kind: str
    kind: str
    act: str
    content: str
    part: str
    start: int
    end: int
    id: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A stretch of the wording: what the first has and what the second has, with where it stands in each."""

    change: Change
    a: str
    b: str
    a_span: Span | None
    b_span: Span | None


@dataclass(frozen=True, slots=True)
class MatchRow:
    """Two statements that match, the one of the earlier page first.

    ``why`` is the code of the rule that decided and ``because`` the same in words; ``whose`` how the speakers stand;
    ``days`` how many lie between the pages, None where a date is missing; ``figures`` agree, oppose or empty.
    """

    kind: str
    score: float
    why: str
    because: str
    whose: str
    days: int | None
    figures: str
    a: Side
    b: Side
    differences: tuple[Difference, ...]


def match_rows(pile: Pile, where: MatchFilter) -> Iterator[MatchRow]:
    """The matches of a pile that fit, by the day of the earlier page; pages without a day come last."""
    pages = _pages(pile, where)
    fitting = set(pages)
    if where.outlet or where.since or where.until:  # as elsewhere: a page without a day is left out once a day is asked for
        fitting = {row.id for row in pile.ledger.documents(DocumentFilter(where.outlet, where.since, where.until))}
    pairs = [
        _turned(pair, pages)
        for pair in rebuilt(pile, lambda: _stored(pile, pages.keys(), where))
        if where.kind in ("", pair.kind) and fitting & {pair.a[0], pair.b[0]}
    ]
    pairs.sort(key=lambda pair: (_age(pages[pair.a[0]]), pair.a[1], _age(pages[pair.b[0]]), pair.b[1]))
    return islice(_rows(pile, pairs, where), where.limit)


def _pages(pile: Pile, where: MatchFilter) -> dict[str, DocumentRow]:
    """The pages that may match: all of them, or with a ``document`` those that have something in common with it."""
    if not where.document:
        return {row.id: row for row in pile.ledger.documents(DocumentFilter())}
    found = rebuilt(pile, lambda: pile.relations("matches", where.document, where.statement))
    ids = {name[0] for pair in found for name in (pair.a, pair.b)}
    return {row.id: row for page in ids for row in pile.ledger.documents(DocumentFilter(id=page))}


def _stored(pile: Pile, pages: Collection[str], where: MatchFilter) -> list[Pair]:
    """The stored matches of what is asked for, each looked at. Raises sqlite3.DatabaseError where one is no match."""
    found = pile.relations("matches", where.document, where.statement)
    for pair in found:
        detail_of(pair)
        if pair.a[0] not in pages or pair.b[0] not in pages:
            raise odd("a page of a match")
    return found


def _age(row: DocumentRow) -> tuple[bool, str, str, str]:
    known = row.published[:1].isdigit()
    return (not known, row.published if known else "", row.name, row.id)


def _turned(pair: Pair, pages: dict[str, DocumentRow]) -> Pair:
    """The pair with the earlier page first."""
    if (_age(pages[pair.a[0]]), pair.a) <= (_age(pages[pair.b[0]]), pair.b):
        return pair
    return Pair(pair.b, pair.a, pair.kind, pair.score, pair.detail)


def _rows(pile: Pile, pairs: Iterable[Pair], where: MatchFilter) -> Iterator[MatchRow]:
    """The rows of sorted pairs, page by page in the order of the page; those that follow from others left out."""
    first: dict[Name, Name] = {}
    for _, group in groupby(pairs, key=lambda pair: pair.a[0]):
        found = [(pair, row) for pair in group if (row := _row(pile, pair, where)) is not None]
        kept = found if where.every else _outermost(found)
        place = {id(row): at for at, (_, row) in enumerate(found)}
        kept.sort(
            key=lambda each: (each[1].a.part, each[1].a.start, each[1].a.end, place[id(each[1])])
        )  # headline first
        yield from (row for pair, row in kept if where.every or not _implied(pair, first))


def _outermost(found: list[tuple[Pair, MatchRow]]) -> list[tuple[Pair, MatchRow]]:
    """The matches of one page without those of statements inside others that match the same words of the other page."""
    kept: dict[tuple[str, bool], list[MatchRow]] = {}
    out = []
    for pair, row in sorted(found, key=lambda each: (-_length(each[1]), -each[1].score, each[0].a, each[0].b)):
        others = kept.setdefault((row.b.document_id, row.kind == "contradicts"), [])
        if not any(_inside(row.a, other.a) and _inside(row.b, other.b) for other in others):
            others.append(row)
            out.append((pair, row))
    return out


def _length(row: MatchRow) -> int:
    return min(row.a.end - row.a.start, row.b.end - row.b.start)


def _inside(side: Side, other: Side) -> bool:
    """Whether more than half of a statement stands inside another of the same part of the page."""
    both = min(side.end, other.end) - max(side.start, other.start)
    return side.part == other.part and 2 * both > side.end - side.start


def _row(pile: Pile, pair: Pair, where: MatchFilter) -> MatchRow | None:
    """A pair in words, if it fits."""
    detail = detail_of(pair)
    if where.whose not in ("", detail["whose"]):
        return None
    row = row_of(pair.kind, pair.score, detail, *(_saying(pile, name) for name in (pair.a, pair.b)))
    return row if _fits_words((row.a, row.b), where) else None


def _implied(pair: Pair, first: dict[Name, Name]) -> bool:
    """Whether both sides were set beside one earlier statement before; remembers beside which each was."""
    if pair.kind not in ONE:
        return False
    top = first.get(pair.a, pair.a)
    known = pair.b in first
    return first.setdefault(pair.b, top) == top and known and pair.a != top


def _fits_words(sides: tuple[Side, Side], where: MatchFilter) -> bool:
    acts = where.act == "" or all(side.act == where.act for side in sides)
    speakers = any(where.speaker.casefold() in " + ".join((side.speaker, *side.joint)).casefold() for side in sides)
    return acts and speakers and any(where.words.casefold() in side.content.casefold() for side in sides)


@dataclass(frozen=True, slots=True)
class Told:
    """A statement with the page that it stands on and the text that its offsets count in."""

    reading: Reading
    saying: Saying
    text: str


def _saying(pile: Pile, name: Name) -> Told:
    reading = pile.reading(name[0])
    found = statements_of(reading).get(name[1])
    if found is None:
        raise odd("a statement of a match")
    statement, text = found
    return Told(reading, saying_of(reading, statement, text), text)


def row_of(kind: str, score: float, detail: dict[str, object], a: Told, b: Told) -> MatchRow:
    """A match in words, from what the pile keeps of it."""
    days = detail["days"]
    lie = days if days is not None else "an unknown number of"
    because = str(load("matches")["why"][detail["why"]]).format(days=lie)
    return MatchRow(
        kind, score, str(detail["why"]), because, str(detail["whose"]), days if isinstance(days, int) else None,
        str(detail["figures"]), side_of(a), side_of(b), differences(Worded(a.text, a.saying.words, a.saying.statement.content),
                    Worded(b.text, b.saying.words, b.saying.statement.content)),
    )  # fmt: skip


def side_of(told: Told) -> Side:
    """A statement in words."""
    document, statement, speakers = told.reading.document, told.saying.statement, told.saying.speakers
    headline = told.reading.headline is not None and told.text is told.reading.headline.text
    return Side(
        document.name, told.reading.id, document.outlet, document.published.date if document.published else "",
        speakers[0].name if speakers else "", tuple(each.name for each in speakers[1:]),
        speakers[0].kind if speakers else "", statement.kind, statement.act,
        " … ".join(told.text[start:end] for start, end in statement.content), "headline" if headline else "text",
        min(start for start, _ in statement.content), max(end for _, end in statement.content), statement.id,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Worded:
    """A wording: its words, the text that their spans count in, and the fragments that they stand in."""

    text: str
    words: tuple[Word, ...]
    fragments: Spans

    def span(self, stretch: Span) -> Span | None:
        """From the first to the last of a range of words; None where there is none."""
        start, end = stretch
        return (self.words[start].span[0], self.words[end - 1].span[1]) if start < end else None

    def cut(self, span: Span | None) -> str:
        """The words of a stretch as they stand, fragments joined by " … "."""
        if span is None:
            return ""
        parts = [(max(start, span[0]), min(end, span[1])) for start, end in self.fragments]
        return " … ".join(self.text[start:end] for start, end in parts if start < end)


def differences(a: Worded, b: Worded) -> tuple[Difference, ...]:
    """How the first wording becomes the second, stretch by stretch, in the words of the two texts."""
    return tuple(_difference(step, a, b) for step in steps(a.words, b.words))


def _difference(step: Step, a: Worded, b: Worded) -> Difference:
    one, two = a.span(step.a), b.span(step.b)
    return Difference(step.change, a.cut(one), b.cut(two), one, two)
