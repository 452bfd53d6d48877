"""Whose words each stretch of a page is: in a statement, merely in quotation marks, unsure, or the outlet's own."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate

from sayso.records import Figure, Span, Statement, Voice

_RANK: dict[Voice, int] = {"own": 0, "unsure": 1, "quoted": 2, "statement": 3}


def voices_of(
    paragraphs: Sequence[Span], statements: Iterable[Span], quoted: Iterable[Span], unsure: Iterable[Span]
) -> tuple[tuple[Voice, Span], ...]:
    """Cut the paragraphs into stretches of one voice each, in order.

    Where several claim a character the surest wins: statement before quoted before unsure before own.
    """
    edges: list[tuple[int, int, Voice]] = []
    claims: list[tuple[Voice, Iterable[Span]]] = [
        ("own", paragraphs), ("statement", statements), ("quoted", quoted), ("unsure", unsure),
    ]  # fmt: skip
    for voice, spans in claims:
        for start, end in spans:
            if end > start:
                edges += [(start, 1, voice), (end, -1, voice)]
    edges.sort(key=lambda e: e[0])
    held: dict[Voice, int] = dict.fromkeys(_RANK, 0)
    out: list[tuple[Voice, Span]] = []
    at, n = 0, 0
    while n < len(edges):
        here = edges[n][0]
        if here > at and held["own"]:
            voice = max((v for v in held if held[v]), key=_RANK.__getitem__)
            if out and out[-1][0] == voice and out[-1][1][1] == at:
                out[-1] = (voice, (out[-1][1][0], here))
            else:
                out.append((voice, (at, here)))
        while n < len(edges) and edges[n][0] == here:
            held[edges[n][2]] += edges[n][1]
            n += 1
        at = here
    return tuple(out)


def holders(spans: Iterable[Span], statements: Iterable[Statement]) -> list[str | None]:
    """For each span the statement whose word a figure there is: the innermost whose content holds it; None for nobody's.

    What is wanted or planned vouches for no number, and neither do words that nothing on the page gives to anybody, nor the
    answers of the people whom a poll asked: the poll counted them. Innermost is the smallest content, then the fragment
    that begins last, then the id.
    """
    statements = list(statements)
    polls = {s.id for s in statements if s.speaker_reason == "poll"}
    vouching = [s for s in statements if s.act != "want" and (s.source or s.speaker) and s.within not in polls]
    pieces = sorted((a, b, sum(y - x for x, y in s.content), s.id) for s in vouching for a, b in s.content)
    starts = [piece[0] for piece in pieces]
    furthest = list(accumulate((piece[1] for piece in pieces), max))
    out: list[str | None] = []
    for start, end in spans:
        holding = []
        n = bisect_right(starts, start) - 1
        while n >= 0 and furthest[n] >= end:  # no piece before this one reaches so far
            if pieces[n][1] >= end:
                holding.append((pieces[n][2], -pieces[n][0], pieces[n][3]))
            n -= 1
        out.append(min(holding)[2] if holding else None)
    return out


def dated_by(figure: Figure, statements: Mapping[str, Statement]) -> bool:
    """Whether the date found for a figure may be its own: the day on which A told what B said is no day of B's figure.

    ``statements``: those of the page by id. True also where the figure has no date.
    """
    held = statements.get(figure.statement or "")
    outer = statements.get(held.within or "") if held else None
    if outer is None or figure.as_of_span is None:
        return True
    return any(start <= figure.as_of_span[0] < end for start, end in outer.content)
