"""Every figure of a text, from its sentences with numbers."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sayso.dates import Found
from sayso.figures import events, places, scope
from sayso.figures.counted import counted_of
from sayso.figures.line import Line, hits, joined, line_of, sentences
from sayso.figures.mention import Mention
from sayso.figures.mentions import mentions_of
from sayso.figures.numbers import dots_group
from sayso.figures.times import When, as_of, same_period, since_of, tokens_of, whens
from sayso.records import Figure, Span

#: So many figures on either side are looked at for what one figure means; lists in the news are shorter.
NEAR = 8
_COUNTED = re.compile(
    r"\b(?:ago|earlier|later|minutes|hours|days|nights|weeks|weekends|months|years|decades|centuries)\b"
)
_DOT = re.compile(r"\d\.\d{3}(?!\d)")


@dataclass(frozen=True, slots=True)
class _Lead:
    """Dates told before a sentence: ``carried`` leads in to it, ``latest`` is what "the same period" means."""

    carried: When | None = None
    latest: When | None = None


def figures_of(text: str, paragraphs: Sequence[Span], dates: Sequence[Found]) -> tuple[Figure, ...]:
    """Find every figure in the paragraphs of a text, in order; ``dates``: its time expressions (``sayso.dates``).

    Spans are in code points of ``text``. ``id`` is empty and ``statement`` null: whose word a figure is comes later.
    """
    dotted = _DOT.search(text) is not None and dots_group(text[start:end] for start, end in paragraphs)
    ordered = sorted(dates, key=lambda found: found.span)
    starts = [found.span[0] for found in ordered]
    out: list[Figure] = []
    lead = _Lead()
    for span in paragraphs:
        places = _undated(text, hits(text, span), ordered, starts)
        if not places:
            continue
        lead = replace(lead, carried=None)
        for sentence in sentences(text, span):
            k = bisect_left(places, sentence[0])
            if k == len(places):
                break
            first = bisect_left(starts, sentence[0])
            near = ordered[first : bisect_left(starts, sentence[1], first)]
            if places[k] >= sentence[1] and not near:
                continue
            line = line_of(text, sentence)
            figures, lead = _figures(line, text, near, dotted, lead)
            out.extend(figures)
    return tuple(out)


def _undated(text: str, places: list[int], dates: Sequence[Found], starts: Sequence[int]) -> list[int]:
    """The places that lie in no date; those that may be a figure all the same stay."""
    out = []
    for place in places:
        k = bisect_right(starts, place) - 1
        found = dates[k] if k >= 0 else None
        if (
            found is None
            or found.span[1] <= place
            or found.kind not in ("date", "time")
            or _may_count(text, found.span)
        ):
            out.append(place)
    return out


def _may_count(text: str, span: Span) -> bool:
    """Whether a time expression may hold or be a figure: "three weeks ago", "killing 2000 people"."""
    words = text[span[0] : span[1]]
    bare = len(words) == 4 and words.isdecimal()
    return text[span[1] + 1 : span[1] + 2].islower() if bare else _COUNTED.search(words.lower()) is not None


def _figures(line: Line, text: str, near: Sequence[Found], dotted: bool, lead: _Lead) -> tuple[list[Figure], _Lead]:
    """The figures of one sentence, and the dates that lead in to the next one."""
    taken = tokens_of(line, near)
    mentions = mentions_of(line, taken, dotted)
    found = whens(line, near, taken) if taken else []
    if not found and lead.latest is not None and same_period(line):
        lead = _Lead(lead.latest, lead.latest)
    out: list[Figure] = []
    named = places.places(line, taken) if any(not m.refused for m in mentions) else []
    when = None
    for k, mention in enumerate(mentions):
        if not mention.refused:
            when = _when(line, mentions, k, found, lead, when)
            around = mentions[max(0, k - NEAR) : k + NEAR + 1]
            out.append(_figure(line, text, around, min(k, NEAR), when, found, taken, named))
    leading = [w for w in found if not w.since]
    if leading:
        lead = _Lead(next((w for w in leading if w.front or "/" in w.iso), None), leading[-1])
    return out, lead


def _when(
    line: Line, mentions: Sequence[Mention], k: int, found: Sequence[When], lead: _Lead, before: When | None
) -> When | None:
    """The date that a figure speaks of: of its sentence, of the figure before it, or of the sentence that leads in."""
    mention = mentions[k]
    if mention.amount.compound or mention.unit == "duration" or _in_quotation(line, mention):
        return as_of(line, mention, found)
    if not found:
        return lead.carried
    own = as_of(line, mention, found)
    if own is None and before is not None and k and before.last <= mentions[k - 1].first:
        return before
    return own


def _in_quotation(line: Line, mention: Mention) -> bool:
    before = line.words[: mention.first]
    return before.count('"') % 2 == 1 or before.count("“") > before.count("”")


def _value(amount: Decimal | None) -> float | None:
    return None if amount is None else float(amount)


def _bounds(mention: Mention) -> tuple[float | None, float | None]:
    low, high = _value(mention.amount.low), _value(mention.amount.high)
    for qualifier in (mention.behind, mention.qualifier):
        if qualifier is None or (low is None and high is None):
            continue
        if qualifier.bound == "least":
            return low, None
        if qualifier.bound == "most":
            return None, high
    return low, high


def _qualifier(mention: Mention) -> tuple[int, int] | None:
    """Tokens of the qualifier's words: those before the number, with a vague amount's own."""
    own, q = mention.amount.own, mention.qualifier
    if own:
        return (q.first if q else own[0], own[1])
    if q:
        return q.first, q.last
    return (mention.behind.first, mention.behind.last) if mention.behind else None


def _figure(
    line: Line,
    text: str,
    mentions: Sequence[Mention],
    k: int,
    when: When | None,
    found: Sequence[When],
    taken: frozenset[int],
    named: list[tuple[int, int]],
) -> Figure:
    mention = mentions[k]
    low, high = _bounds(mention)
    words = _qualifier(mention)
    qualifier = line.span(*words) if words else None
    counted = counted_of(line, mentions, k, taken)
    span = line.span(*counted) if counted else None
    part = scope.share_of(line, mentions, k)
    place = places.place_of(line, mention, named)
    return Figure(
        id="",
        span=line.span(mention.first, mention.last),
        low=low,
        high=high,
        qualifier=text[slice(*qualifier)] if qualifier else "",
        qualifier_span=qualifier,
        counted=text[slice(*span)] if span else "",
        counted_span=span,
        unit=mention.unit,
        currency=mention.amount.currency,
        event=_event(line, mentions, k),
        who=scope.who_of(line, mention),
        place=joined(line, *place) if place else "",
        period=scope.period_of(line, mentions, k),
        since=since_of(line, mention, found),
        as_of=when.iso if when else "",
        as_of_span=when.span if when else None,
        share_of=text[slice(*line.span(*part))] if part else None,
    )


def _event(line: Line, mentions: Sequence[Mention], k: int) -> str:
    """The event of a figure, or that of the whole it is a part of ("six OF THEM minors")."""
    event = events.event_of(line, mentions, k)
    whole = None if event or mentions[k].unit != "count" else scope.whole_of(line, mentions, k)
    return (
        events.event_of(line, mentions, mentions.index(whole)) if whole is not None and whole in mentions[:k] else event
    )
