"""Whose words each stretch of a page is: in a statement, merely in quotation marks, unsure, or the outlet's own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sayso.records import Span, Voice

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
