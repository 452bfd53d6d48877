"""The article as it stands: its blocks in order, each cut into pieces by whose words they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sayso.records import Block, Finding, Reading, Span
from sayso.web.cast import Cast, Line
from sayso.web.layers import cut

Layer = tuple[str, str]
"""What a layer is (statement, cue, finding, copy, voice) and which one."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that is drawn in one way.

    ``statement`` is the innermost that it is part of, ``place`` the colour of its speaker (from 0, -1 left open), ``outer``
    that of the statement around it (None without one). ``faded``: not what was asked for. ``first``: the statement
    begins here; ``ends`` are the statements that end here, with the numbers of their speakers. ``figure`` is the id of a
    figure that begins here.
    """

    text: str
    statement: str = ""
    place: int = -1
    outer: int | None = None
    depth: int = 0
    cue: bool = False
    copied: bool = False
    faded: bool = False
    first: bool = False
    findings: tuple[int, ...] = ()
    ends: tuple[tuple[str, str], ...] = ()
    figure: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which words are shown in full: of the outlet's own voice, of one speaker (id), of direct speech; else all."""

    own: bool = False
    speaker: str = ""
    direct: bool = False


@dataclass(frozen=True, slots=True)
class Painter:
    """All that is known of one text, for cutting its blocks into pieces."""

    text: str
    cast: Cast
    lines: dict[str, Line]
    layers: tuple[tuple[Layer, Span], ...]
    wanted: Wanted
    figures: dict[int, str]

    def place(self, line: Line) -> int:
        """The colour of a statement: that of its first speaker."""
        who = self.cast.who(line.statement)
        return self.cast.numbers[who[0].id] - 1 if who else -1

    def pieces(self, span: Span) -> Iterator[Piece]:
        """The pieces of one block."""
        inside = [(layer, each) for layer, each in self.layers if each[0] < span[1] and each[1] > span[0]]
        for (start, end), live in cut(*span, inside):
            yield self._piece(start, end, live)

    def _piece(self, start: int, end: int, live: Sequence[Layer]) -> Piece:
        held = self._held(start, live)
        inner = held[0] if held else None
        own = ("voice", "own") in live or not any(kind == "voice" for kind, _ in live)
        ends = tuple(
            (line.statement.id, self.cast.mark(line.statement)) for line in held if line.statement.content[-1][1] == end
        )
        return Piece(
            self.text[start:end],
            inner.statement.id if inner else "",
            self.place(inner) if inner else -1,
            self.place(held[1]) if len(held) > 1 else None,
            len(held),
            any(kind == "cue" for kind, _ in live),
            any(kind == "copy" for kind, _ in live),
            self._faded(held, own),
            inner is not None and inner.statement.content[0][0] == start,
            tuple(int(name) for kind, name in live if kind == "finding"),
            ends,
            self.figures.get(start, ""),
        )

    def _held(self, at: int, live: Sequence[Layer]) -> list[Line]:
        """The statements of a piece, the innermost (that is the shortest fragment) first."""

        def length(line: Line) -> tuple[int, int]:
            span = next(s for s in line.statement.content if s[0] <= at < s[1])
            return span[1] - span[0], -span[0]

        return sorted((self.lines[name] for kind, name in live if kind == "statement"), key=length)

    def _faded(self, held: Sequence[Line], own: bool) -> bool:
        if self.wanted.own:
            return not own or bool(held)
        if self.wanted.speaker:
            return not any(self.wanted.speaker in (s.speaker, *s.joint) for s in (line.statement for line in held))
        if self.wanted.direct:
            return not any(line.statement.kind == "direct" for line in held)
        return False


def painter(
    reading: Reading, cast: Cast, part: str, findings: Sequence[Finding], copied: Sequence[Span], wanted: Wanted
) -> Painter:
    """What is needed to paint the text of a page, or its headline."""
    headline = part == "headline"
    text = reading.headline.text if headline and reading.headline else reading.document.text
    ids = {s.id for s in (reading.headline.statements if headline and reading.headline else reading.statements)}
    lines = {line.statement.id: line for line in cast.lines if line.statement.id in ids}
    layers: list[tuple[Layer, Span]] = []
    for name, line in lines.items():
        layers += [(("statement", name), span) for span in line.statement.content]
        layers += [(("cue", name), span) for span in line.statement.cue]
    figures = reading.headline.figures if headline and reading.headline else reading.figures
    layers += [(("figure", each.id), each.span) for each in figures]
    if not headline:
        layers += [(("voice", voice), span) for voice, span in reading.voices]
        layers += [(("copy", ""), span) for span in copied]
        layers += [(("finding", str(at)), span) for at, each in enumerate(findings) for span in each.spans]
    return Painter(text, cast, lines, tuple(layers), wanted, {each.span[0]: each.id for each in figures})


def blocks_of(reading: Reading) -> Iterator[Block]:
    """The blocks of a text in order; what stands between them and is no white space is a block too."""
    text, at = reading.document.text, 0
    for block in sorted(reading.document.blocks, key=lambda each: each.span):
        start, end = max(block.span[0], at), block.span[1]
        if start >= end:
            continue
        yield from _between(text, at, start)
        yield Block(block.kind, _trimmed(text, start, end))
        at = end
    yield from _between(text, at, len(text))


def _between(text: str, start: int, end: int) -> Iterator[Block]:
    if text[start:end].strip():
        yield Block("other", _trimmed(text, start, end))


def _trimmed(text: str, start: int, end: int) -> Span:
    """Without the line breaks at both ends, as blocks stand apart anyway."""
    while start < end and text[start] in "\r\n":
        start += 1
    while end > start and text[end - 1] in "\r\n":
        end -= 1
    return start, end
