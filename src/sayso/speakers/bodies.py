"""Names of bodies that the tagger missed or cut short: capitalised words that end in a noun for a body.

"the Gate and Lock Workers’ Union", "the Tarn Valley Water Board". A run of such words is a name wherever it stands but at
the head of a sentence, where the first word may owe its capital to its place.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from sayso.records import Span
from sayso.speakers.mentions import Mention, title_cased
from sayso.speakers.names import Name, fold, is_person, words

_RUN = re.compile(
    r"(?<![\w’'-])[A-Z][\w-]*(?:[’'](?!s\b)|[’']s\b)?(?:(?: (?:and|of|for|of the|for the|&))? [A-Z][\w-]*(?:[’'](?!s\b)|[’']s\b)?){1,7}"
)
MISSED = 0.3  # weight of a guessed kind, below any that the tagger is sure of


def with_bodies(text: str, mentions: Sequence[Mention], paragraphs: Sequence[Span]) -> list[Mention]:
    """The mentions with the bodies that were missed; one that was cut short is given whole. Linear in text and mentions."""
    spans = (
        span
        for start, end in paragraphs
        if not title_cased(text, (start, end))
        for m in _RUN.finditer(text, start, end)
        if (span := _body(text, m.span())) is not None
    )
    starts = [m.span[0] for m in mentions]
    out: list[Mention] = []
    done = 0
    for span in spans:
        first = max(done, bisect_right(starts, span[0]) - 1)
        first += first < len(mentions) and mentions[first].span[1] <= span[0]
        last = max(first, bisect_left(starts, span[1]))
        if (whole := _whole(text, mentions[first:last], span)) is not None:
            out += [*mentions[done:first], whole]
            done = last
    return [*out, *mentions[done:]]


def _body(text: str, run: Span) -> Span | None:
    """The stretch of a run that names a body: up to its last noun for one; None where there is none, or only that."""
    parts = [(m.start() + run[0], m.end() + run[0], m.group()) for m in re.finditer(r"\S+", text[slice(*run)])]
    while parts and (fold(parts[0][2]) in words("openers") or fold(parts[0][2]) in words("titles")):
        parts = parts[1:]
    last = max((n for n, p in enumerate(parts) if fold(p[2]) in words("bodies") and not p[2].endswith(("’s", "'s"))), default=0)
    if last < 1 or any(is_person(fold(p[2])) for p in parts[:last]):
        return None
    return parts[0][0], parts[last][1]


def _whole(text: str, inside: Sequence[Mention], span: Span) -> Mention | None:
    """The body as a mention, those that are parts of it taken in; None where they say something else."""
    if any(m.span[0] < span[0] or m.span[1] > span[1] or m.span == span or _is_somebody(m) for m in inside):
        return None
    name = Name((), tuple(text[slice(*span)].split()))
    return replace(inside[0], span=span, name=name, kind="organisation") if inside else Mention(span, name, "organisation", MISSED)


def _is_somebody(mention: Mention) -> bool:
    """Whether a mention inside the run is a person with more than one name: "Lia Renn of the Harbour Museum"."""
    return mention.kind == "person" and (bool(mention.name.titles) or len(mention.name.parts) > 1)
