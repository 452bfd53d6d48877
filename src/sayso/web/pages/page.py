"""One page of the pile: the article with whose words are whose, and in the margin how each came there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sayso.errors import UnknownDocument
from sayso.ledger import DecisionFilter
from sayso.pile.copies.answers import PairRow, pairs
from sayso.records import Block, Figure, Finding, Reading, Span, Spans, Speaker
from sayso.web.asked import Asked
from sayso.web.cast import Cast, Line, cast_of, reason
from sayso.web.citing import cited
from sayso.web.desk import Desk
from sayso.web.pages.article import Painter, Piece, Wanted, blocks_of, painter
from sayso.web.pages.done import Done, done_of


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a page besides its text. ``versions`` are the ids of others that are versions of it."""

    id: str
    name: str
    title: str
    outlet: str
    byline: str
    url: str
    language: str
    published: str
    published_basis: str
    versions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker of the page: its number and colour, and how many statements are its own."""

    id: str
    place: int
    number: int
    name: str
    kind: str
    roles: tuple[str, ...]
    statements: int


@dataclass(frozen=True, slots=True)
class Held:
    """A figure with its words."""

    id: str
    words: str
    low: float | None
    high: float | None
    counted: str


@dataclass(frozen=True, slots=True)
class Note:
    """What stands in the margin beside a statement. ``crumbs`` lead from the speaker to this page, where it was carried.

    ``twins`` counts statements of other pages that match it, by kind; ``faded``: not what was asked for.
    """

    id: str
    number: int
    mark: str
    place: int
    speaker: str
    speaker_id: str
    open_reason: str
    kind: str
    act: str
    stance: str | None
    cue: str
    words: str
    crumbs: tuple[str, ...]
    figures: tuple[Held, ...]
    confidence: float
    speaker_confidence: float
    depth: int
    decided: tuple[str, ...]
    twins: tuple[tuple[str, int], ...]
    faded: bool
    source: str
    content_at: Spans
    source_at: Spans
    cue_at: Spans
    citation: str


@dataclass(frozen=True, slots=True)
class FindingNote:
    """A finding, with its number on the page."""

    number: int
    code: str
    message: str
    placed: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that another page has too, with that page."""

    words: int
    other: str
    other_id: str
    other_outlet: str
    other_published: str
    why: str


@dataclass(frozen=True, slots=True)
class Part:
    """One block of the article with what stands beside it."""

    kind: str
    span: Span
    pieces: tuple[Piece, ...]
    notes: tuple[Note, ...]
    findings: tuple[FindingNote, ...]
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """A page as it is shown. ``headline`` is a title that does not stand in the text. ``done``: what was decided just now.

    ``lost`` counts the decisions about it whose words are not found any more.
    """

    facts: Facts
    own: bool
    speaker: str
    direct: bool
    all_acts: bool
    statements: int
    thoughts: int
    dropped: int
    voices: tuple[Voice, ...]
    names: tuple[str, ...]
    headline: Part | None
    parts: tuple[Part, ...]
    findings: tuple[FindingNote, ...]
    copies: tuple[Passage, ...]
    lost: int
    done: Done | None

    @property
    def notes(self) -> tuple[Note, ...]:
        """What stands in the margin, from the headline on: the page as a table."""
        return tuple(note for part in (self.headline, *self.parts) if part is not None for note in part.notes)


def reading_at(desk: Desk, wanted: str) -> Reading:
    """The current reading of a page by its id, or a name or place that is clear. Raises UnknownDocument."""
    try:
        return desk.pile.reading(wanted)
    except UnknownDocument:
        return desk.pile.reading(desk.ledger.reading(wanted).id)


def facts_of(desk: Desk, reading: Reading) -> Facts:
    """What is known of a page besides its text."""
    document = reading.document
    published = document.published
    return Facts(
        reading.id, document.name, document.title, document.outlet, document.byline, document.url, document.language,
        published.date if published else "", published.basis if published else "",
        tuple(each for each in desk.ledger.versions(reading.id) if each != reading.id),
    )  # fmt: skip


def voices_of(cast: Cast) -> tuple[Voice, ...]:
    """The speakers of the statements that are shown, in the order of their first words."""
    said = Counter(each.id for line in cast.lines for each in cast.who(line.statement))

    def voice(speaker: Speaker) -> Voice:
        number = cast.numbers[speaker.id]
        roles = tuple(dict.fromkeys(" ".join(role.text.split()) for role in speaker.roles))
        return Voice(speaker.id, number - 1, number, speaker.name, speaker.kind, roles, said[speaker.id])

    return tuple(voice(speaker) for speaker in cast.speakers.values())


def pairs_of(desk: Desk, document: str) -> tuple[PairRow, ...]:
    """What a page shares with others; in a large pile without regard to the groups that these are in."""
    return tuple(pairs(desk.pile, document, alone=desk.large)) if desk.piled else ()


class Margin:
    """What stands beside each block of one page."""

    def __init__(self, desk: Desk, reading: Reading, paint: Painter, copied: Sequence[PairRow]) -> None:
        self.reading, self.paint, self.cast = reading, paint, paint.cast
        self.copied = copied
        self.told: set[int] = set()
        self.twins = twins_of(desk, reading.id)
        self.figures: dict[str, list[Figure]] = {}
        for figure in (*reading.figures, *(reading.headline.figures if reading.headline else ())):
            self.figures.setdefault(figure.statement or "", []).append(figure)

    def note(self, line: Line, text: str, wanted: Wanted) -> Note:
        """The note of one statement."""
        statement, who = line.statement, self.cast.who(line.statement)
        figures = tuple(
            Held(f.id, text[slice(*f.span)], f.low, f.high, f.counted) for f in self.figures.get(statement.id, ())
        )
        faded = wanted.own or bool(wanted.speaker and wanted.speaker not in (statement.speaker, *statement.joint))
        return Note(
            statement.id, line.number, self.cast.mark(statement), self.paint.place(line),
            " + ".join(each.name for each in who), who[0].id if who else "", "" if who else reason(statement),
            statement.kind, statement.act, statement.stance, line.words("cue"), line.words("content"),
            self.cast.crumbs(statement), figures, statement.confidence, statement.speaker_confidence,
            self.cast.depth(statement), statement.decided, tuple(sorted(self.twins.get(statement.id, {}).items())),
            faded or (wanted.direct and statement.kind != "direct"), line.words("source"), statement.content,
            statement.source, statement.cue,
            cited(self.reading.document, line.words("content"), (each.name for each in who), statement.id),
        )  # fmt: skip

    def part(self, paint: Painter, block: Block, wanted: Wanted, findings: Sequence[FindingNote]) -> Part:
        """A block with its pieces and what stands beside it."""
        start, end = block.span
        pieces = tuple(paint.pieces(block.span))
        begun = [line for line in paint.lines.values() if start <= line.statement.content[0][0] < end]
        notes = tuple(self.note(line, paint.text, wanted) for line in sorted(begun, key=lambda each: each.number))
        here = {number for piece in pieces for number in piece.findings} - self.told
        self.told |= here
        passages = tuple(self._passages(block.span)) if paint is self.paint else ()
        return Part(block.kind, block.span, pieces, notes, tuple(f for f in findings if f.number in here), passages)

    def _passages(self, span: Span) -> Iterator[Passage]:
        for pair in self.copied:
            for each in pair.passages:
                if span[0] <= each.span[0] < span[1]:
                    yield passage(pair, each.words)


def passage(pair: PairRow, words: int) -> Passage:
    """What a page shares with another one."""
    return Passage(words, pair.other, pair.other_id, pair.other_outlet, pair.other_published, pair.why)


def twins_of(desk: Desk, document: str) -> Mapping[str, Counter[str]]:
    """How many statements of other pages match each of a page, by kind."""
    found: dict[str, Counter[str]] = {}
    for pair in desk.pile.relations("matches", document) if desk.piled else ():
        for name in (pair.a, pair.b):
            if name[0] == document:
                found.setdefault(name[1], Counter())[pair.kind] += 1
    return found


def _findings(reading: Reading) -> tuple[FindingNote, ...]:
    every = reading.findings
    return tuple(FindingNote(at, each.code, each.message, bool(each.spans)) for at, each in enumerate(every))


def _headline(
    margin: Margin, reading: Reading, cast: Cast, wanted: Wanted, none: Sequence[Finding] = ()
) -> Part | None:
    if reading.headline is None:
        return None
    paint = painter(reading, cast, "headline", none, (), wanted)
    return margin.part(paint, Block("title", (0, len(reading.headline.text))), wanted, ())


def _lost(desk: Desk, document: str) -> int:
    return sum(1 for _ in desk.ledger.decisions(DecisionFilter(document=document, state="lost")))


def page(desk: Desk, asked: Asked) -> ArticlePage:
    """One page. ``?only=own``, ``?speaker=ID``, ``?direct=1`` choose what is shown in full, ``?all=1`` adds thoughts and wishes."""
    reading = reading_at(desk, asked.parts["id"])
    every, all_acts = cast_of(reading, all_acts=True), asked.flag("all")
    cast = every if all_acts else cast_of(reading)
    wanted = Wanted(asked.choice("only", ("own",)) == "own", asked.word("speaker"), asked.flag("direct"))
    copied = pairs_of(desk, reading.id)
    spans = [each.span for pair in copied for each in pair.passages]
    paint = painter(reading, cast, "text", reading.findings, spans, wanted)
    margin, findings = Margin(desk, reading, paint, copied), _findings(reading)
    said = sum(line.statement.act == "say" for line in every.lines)
    return ArticlePage(
        facts_of(desk, reading), wanted.own, wanted.speaker, wanted.direct, all_acts,
        said, len(every.lines) - said, len(reading.dropped), voices_of(cast),
        tuple(dict.fromkeys(speaker.name for speaker in reading.speakers)),
        _headline(margin, reading, cast, wanted),
        tuple(margin.part(paint, block, wanted, findings) for block in blocks_of(reading)),
        findings, tuple(passage(pair, pair.words) for pair in copied), _lost(desk, reading.id),
        done_of(desk, asked),
    )  # fmt: skip
