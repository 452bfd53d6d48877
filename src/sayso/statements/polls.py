"""What a poll found, on a page that reports one poll: whose word its shares are.

A report of a poll names who made it a few times and then lists shares without a source: "Support stands at 41%." Those
sentences are the pollster's word, not the outlet's own. They are read so only where the page leaves no doubt whose they
are: one maker of polls and no second one, and shares in sentence after sentence, or right behind a sentence about the poll.
What the people asked say ("46% believe that …") is told within.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sayso.encoder.annotations import Annotations
from sayso.quotes import Quotation
from sayso.records import Span
from sayso.sentences import sentences
from sayso.statements.drafts import WORD, Draft, Stretches, in_order, kind_of
from sayso.tables import load

SHARES = 8
"""Sentences with a share from which a page is a report of a poll.

Of 1,162 news pages 43 name one word before "poll" or "survey". Those with 8 or more such sentences behind the first naming
are three (8, 12, 15), two of them reports of one poll, the third named after a place. From 5 on there are four more, and
among their shares are results of elections.
"""
GAP = 2  # sentences from one of the poll's to the next; 1, 2 and 3 score alike on the case table
NAMINGS = 2  # times that the maker stands on the page: named once, it may have made one of the numbers only
SUBJECT = 4  # words at the head of a sentence that say what its share is of
CHANCES = (0.5, 1.0, 1.0, 1.0)  # of content, links and cue: no encoder saw them
_SHARE = re.compile(r"\d(?: ?%|[ -]?per ?cent\b|[ -]?percent\b)|\b(?:a third|a quarter|two thirds|three quarters|half) of\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")  # who got 19% in 1992 was elected, not asked
_POINTS = re.compile(r"(?i)\b(?:\w+|\d+)[ -](?:percentage )?points?\b")
_LEADS = re.compile(r"(?i)\b(?:lead|leads|leading|ahead|behind|margin(?! of error))\b")
_NAME = r"([A-Z][\w.&-]*(?:[ /–][A-Z][\w.&-]*){0,4})"
_BEFORE = re.compile(rf"\b{_NAME}(?:['’]s)?(?: [a-z]+){{0,2}} (?:polls?|surveys?|polling)\b")
_BEHIND = re.compile(
    rf"\b(?:[Pp]olls?|[Ss]urveys?|[Pp]olling)(?: [\w,]+){{0,6}}? (?:by|from) (?:the )?{_NAME}"
)
_POLL = re.compile(r"(?i)\b(?:polls?|surveys?|figures|data|study)\b")
_ASKING = re.compile(
    rf"\b{_NAME},? (?:which |who )?(?:has |had |have )?(?:asked|interviewed|questioned|surveyed|polled) (?:[a-z]+ ){{0,3}}\d"
)
_THE_POLL = re.compile(  # the one that the page is about, and no election
    r"\b(?:The|This) (?:poll|survey)\b[^.]{0,60}\b(?:asked|interviewed|questioned|sampled|margin of error|carried out|conducted|found|finds"
    r"|show(?:s|ed)|suggest(?:s|ed))\b"
)
_MADE = re.compile(rf"\b{_NAME},? (?:which |who )?(?:made|conducted|carried out|carried) (?:the (?:poll|survey)|it out|it)\b")
_HEADED = re.compile(rf"\b(?:Poll|Survey): {_NAME}")
_MAKING = (_BEHIND, _ASKING, _MADE)  # say that a name made a poll; before "poll" it may be whom the poll is about
_PATTERNS = (_BEFORE, *_MAKING, _HEADED)
_OPENERS = re.compile(
    r"(?:(?:A|An|The|Two|Three|Both|All|Some|Many|Several|New|Latest|Recent|One|Another|This|That|Its|Their|In|Other|Most|Online|Opinion"
    r"|Exit)\b ?)+"
)


def _makers(text: str) -> Iterator[Span]:
    """Names that a poll is called after, or that it is by: "the Harrow poll", "a survey by Harrow Research"."""
    for found in (hit for pattern in _PATTERNS for hit in pattern.finditer(text)):
        opener = _OPENERS.match(found.group(1))
        start = found.start(1) + (opener.end() if opener else 0)
        end = found.end(1) - text[start : found.end(1)].endswith(".")  # the stop of the sentence
        if start < end:
            yield start, end


def _first_word(text: str, span: Span) -> str:
    return re.split(r"[ /–]", text[slice(*span)])[0]


def _shares(text: str, span: Span) -> bool:
    """Whether a sentence gives a share, or a lead in points."""
    if _YEAR.search(text, *span):
        return False
    if _SHARE.search(text, *span):
        return True
    return bool(_POINTS.search(text, *span) and _LEADS.search(text, *span))


def _maker(text: str) -> list[Span]:
    """Where the one maker of polls of a page is named; nothing where there is none or more than one."""
    makers = sorted(set(_makers(text)))
    if len({_first_word(text, span) for span in makers}) != 1:
        return []
    longest = max((text[slice(*span)] for span in makers), key=lambda name: (len(name), name))
    word = _first_word(text, makers[0])
    return [m.span() for m in re.finditer(rf"\b(?:{re.escape(longest)}|{re.escape(word)})\b", text)]


def polled(
    text: str, paragraphs: Sequence[Span], seen: Annotations, drafts: Sequence[Draft], marks: Sequence[Quotation]
) -> tuple[Draft, ...]:
    """The drafts, with what a page's one poll found as statements of who made it."""
    maker = _maker(text)
    if not maker:
        return tuple(drafts)
    names = [seen.characters(m.words) for m in seen.names if m.kind != "place"]
    others = Stretches(_no_makers(text, seen))
    if any(others.touching(span) for span in maker):
        return tuple(drafts)
    told = _told(text, sentences(text, paragraphs), maker)
    over = {span: n for n, d in enumerate(drafts) for span in (*d.source, *d.cue, *d.content)}
    stretches = Stretches(over)
    starts = [span[0] for span in maker]
    found = list(drafts)
    for start, end in told:
        end = start + len(text[start:end].rstrip())
        end -= text[end - 1] == "."
        inner = sorted({over[span] for span in stretches.touching((start, end))})
        if all(_of_the_polled(text, drafts[n], (start, end), names) for n in inner):
            by = maker[max(0, bisect_right(starts, end) - 1)]
            for n in inner:
                if drafts[n].inside is None:
                    found[n] = replace(drafts[n], inside=len(found))
            kind = kind_of(text, ((start, end),), marks)
            found.append(Draft((), (), ((start, end),), kind, "say", "poll", CHANCES, by=by))
    return in_order(found)


def _of_the_economy(text: str, span: Span) -> bool:
    """Whether a sentence begins with prices, jobs and the like, whose shares no poll counts."""
    first = [w.lower() for w in WORD.findall(text[slice(*span)])[:SUBJECT]]
    return not set(first).isdisjoint(load("cues")["uncounted"])


def _no_makers(text: str, seen: Annotations) -> Iterator[Span]:
    """Names of places and full names of people: "Florida polls" are polls in Florida, "Renn's polls" are about Lia Renn.

    Who is said to have made a poll is no such name, whatever the encoder takes it for: "a survey by Harrow Research".
    """
    made = {hit.group(1).rstrip(".") for pattern in _MAKING for hit in pattern.finditer(text)}
    for m in seen.names:
        span = seen.characters(m.words)
        if m.kind == "place" or (m.kind == "person" and " " in text[slice(*span)] and text[slice(*span)] not in made):
            yield span


def _told(text: str, every: Sequence[Span], maker: Sequence[Span]) -> list[Span]:
    """The sentences with a share that are the poll's.

    On a report of a poll all behind the first naming; elsewhere those that follow a sentence about the poll, or each
    other, with at most one sentence between.
    """
    shares = [
        span for span in every if span[1] > maker[0][0] and _shares(text, span) and not _of_the_economy(text, span)
    ]
    if len(shares) >= SHARES and len(maker) >= NAMINGS:
        return shares
    starts = [m[0] for m in maker]
    out: list[Span] = []
    near = -1 - GAP
    for n, (start, end) in enumerate(every):
        named = bisect_right(starts, end - 1) > bisect_right(starts, start - 1)
        about = named and any(pattern.search(text, start, end) for pattern in (_POLL, *_PATTERNS))
        about = about or (end > maker[0][0] and _THE_POLL.search(text, start, end) is not None)
        told = _shares(text, (start, end)) and not _of_the_economy(text, (start, end))
        if about or (told and n - near <= GAP):
            near = n if about or "\n" not in text[every[near][0] : start] else near
            if told:
                out.append((start, end))
    return out


def _of_the_polled(text: str, draft: Draft, span: Span, names: Sequence[Span]) -> bool:
    """Whether a statement stands whole in the sentence and its source is a share ("46% of Harrow voters") or no name."""
    if any(a < span[0] or b > span[1] for a, b in (*draft.source, *draft.cue, *draft.content)):
        return False
    if not draft.source:
        return draft.kind != "direct"
    if any(_POLL.search(text, *s) for s in draft.source):
        return False  # "the poll shows" says it already
    share = any(_SHARE.search(text, *s) for s in draft.source)
    return share or not any(b >= draft.source[-1][1] and a < b for a, b in names if draft.source[0][0] <= a < draft.source[-1][1])
