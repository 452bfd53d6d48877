"""Which statement each character of a text belongs to, as pieces that can be painted one after another.

Statements stand inside each other, cross and come in fragments; a piece belongs to the innermost, that is the shortest
fragment that covers it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sayso.records import Span, Statement


@dataclass(frozen=True, slots=True)
class Fragment:
    """One stretch of a statement's content: whose (``mark``), and whether the statement ends with it."""

    span: Span
    mark: str
    last: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that is painted in one way, with the marks that stand before and behind it.

    ``mark`` is that of the innermost statement, empty in the outlet's own voice. ``opens`` holds the marks of the
    fragments that begin here, the outermost first; ``closes`` the fragments that end here, the innermost first.
    """

    span: Span
    mark: str
    layers: frozenset[str]
    opens: tuple[str, ...]
    closes: tuple[Fragment, ...]


def fragments(statements: Iterable[Statement], marks: dict[str, str]) -> list[Fragment]:
    """The content fragments of statements, marked by ``marks`` (statement id to mark), empty ones left out."""
    found: list[Fragment] = []
    for statement in statements:
        spans = sorted({span for span in statement.content if span[0] < span[1]})
        found += [Fragment(span, marks[statement.id], span == spans[-1]) for span in spans]
    return found


def pieces(length: int, parts: Sequence[Fragment], layers: Sequence[tuple[str, Span]]) -> Iterator[Piece]:
    """The pieces of a text of that length, in order and without gaps. ``layers`` are named spans such as a cue."""
    spans = [part.span for part in parts] + [span for _, span in layers]
    cuts = sorted({0, length, *(at for span in spans for at in span)})
    begins = _by(parts, 0)
    ends = _by(parts, 1)
    layer_changes = _changes(layers)
    live: list[Fragment] = []
    depth: dict[str, int] = {}
    for start, end in pairwise(cuts):
        live = [part for part in live if part.span[1] > start] + begins.get(start, [])
        for name, change in layer_changes.get(start, ()):
            depth[name] = depth.get(name, 0) + change
        inner = min(live, key=lambda part: (part.span[1] - part.span[0], -part.span[0]), default=None)
        opens = sorted(begins.get(start, []), key=lambda part: -part.span[1])
        closes = sorted(ends.get(end, []), key=lambda part: -part.span[0])
        yield Piece(
            (start, end),
            inner.mark if inner else "",
            frozenset(name for name, count in depth.items() if count > 0),
            tuple(part.mark for part in opens),
            tuple(closes),
        )


def _by(parts: Sequence[Fragment], side: int) -> dict[int, list[Fragment]]:
    found: dict[int, list[Fragment]] = {}
    for part in parts:
        found.setdefault(part.span[side], []).append(part)
    return found


def _changes(layers: Sequence[tuple[str, Span]]) -> dict[int, list[tuple[str, int]]]:
    found: dict[int, list[tuple[str, int]]] = {}
    for name, (start, end) in layers:
        if start < end:
            found.setdefault(start, []).append((name, 1))
            found.setdefault(end, []).append((name, -1))
    return found
