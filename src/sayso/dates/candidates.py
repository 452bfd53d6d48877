"""What a page says about the day it was published: metadata, stamps, dateline, byline, the text; best first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sayso.dates.almanac import Stretch, exists, stretch_of, weekday_years, written
from sayso.dates.find import with_year
from sayso.dates.grammar import phrases
from sayso.dates.phrase import Phrase
from sayso.dates.tokens import Tokens, stretches
from sayso.layout.stamps import dateline_end, is_stamp, names_day
from sayso.records import Block, Published, Span

Source = Literal["metadata", "stamp", "dateline", "byline", "update", "text"]
#: Best first. An update is later than publication; a date in the text may be that of an event.
_RANK: dict[str, int] = {"metadata": 0, "stamp": 1, "dateline": 2, "byline": 3, "update": 4, "text": 5}
#: Paragraphs from the top in which a dateline or a date beside its weekday may tell of the day of publication.
TOP = 3
#: Characters of a stamp or byline that are looked at, and lines that are compared with each other.
LINE, LINES = 300, 8
_LATER = frozenset({"updated", "update", "modified", "edited", "revised"})
_UTC = frozenset({"gmt", "utc", "z"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """One date of publication with the kind of place it stands in, and its years where the weekday tells them."""

    published: Published
    source: Source
    weekday: int | None = None
    years: tuple[int, ...] = ()


def candidates(
    page_text: str, blocks: Sequence[Block], published: Published | None, *, years: range | None = None
) -> tuple[Published, ...]:
    """Give every date of publication that the page bears, best first, each with its span and basis.

    ``published`` is what the metadata say. A date without year stays ``XXXX-11-03``; where ``years`` is given and the
    weekday leaves one of them, it is that one, and marked ``inferred``.
    """
    return tuple(c.published for c in told(page_text, blocks, published, years=years))


def told(
    page_text: str, blocks: Sequence[Block], published: Published | None, *, years: range | None = None
) -> tuple[Candidate, ...]:
    """Give the same as :func:`candidates`, with the kind of place that each stands in."""
    found = [Candidate(published, "metadata")] if published else []
    found += _on_page(page_text, blocks, stretch_of(published))
    paragraphs = [b.span for b in blocks if b.kind == "paragraph"]
    dated = [_with_year(c, page_text, paragraphs, years) for c in found]
    return tuple(sorted(dated, key=_order))


def best(found: Sequence[Candidate]) -> Published | None:
    """Give the date to take for that of the page: the first, unless it only stands in the story."""
    return found[0].published if found and found[0].source != "text" else None


def _order(c: Candidate) -> tuple[int, int, int]:
    """Metadata first, then what gives a year, then by the kind of place, then from the top."""
    at = c.published.span[0] if c.published.span else -1
    return (0 if c.source == "metadata" else 1 + (c.published.date[:4] == "XXXX"), _RANK[c.source], at)


def _with_year(c: Candidate, text: str, paragraphs: Sequence[Span], years: range | None) -> Candidate:
    if c.published.date[:4] != "XXXX":
        return c
    known = stretch_of(c.published)
    if c.weekday is not None and known.month and known.day:
        allowed = weekday_years(known.month, known.day, c.weekday, years)
        if years is None or len(allowed) != 1:
            return Candidate(c.published, c.source, c.weekday, allowed)
        dated = f"{allowed[0]:04}{c.published.date[4:]}"
        return Candidate(
            Published(dated, c.published.granularity, "inferred", c.published.span), c.source, c.weekday, allowed
        )
    dated_page, allowed = with_year(text, paragraphs, c.published, years)
    return Candidate(dated_page, c.source, None, allowed)


def _on_page(text: str, blocks: Sequence[Block], now: Stretch) -> Iterator[Candidate]:
    paragraphs = 0
    for block in blocks:
        words = text[slice(*block.span)]
        if block.kind in ("dateline", "byline", "furniture"):
            yield from _in_line(text, block, words, now, top=paragraphs == 0)
        elif block.kind == "paragraph":
            paragraphs += 1
            if paragraphs <= TOP:
                yield from _in_story(text, block.span, words, now)


def _in_line(text: str, block: Block, words: str, now: Stretch, *, top: bool) -> Iterator[Candidate]:
    stamp = is_stamp(words)
    if (stamp and not names_day(words)) or (block.kind == "furniture" and not (stamp and top)):
        return
    source: Source = "stamp" if stamp else "byline" if block.kind == "byline" else "dateline"
    start, end = block.span
    yield from _dates(text, (start, min(end, start + LINE)), source, now)


def _in_story(text: str, span: Span, words: str, now: Stretch) -> Iterator[Candidate]:
    """The dateline that opens a paragraph, and a date in brackets beside its weekday ("on Monday (9/10/2031)")."""
    length = dateline_end(words, weak=True)
    if length:
        yield from _dates(text, (span[0], span[0] + length), "dateline", now)
    start = span[0] + length
    for t in stretches(text, (start, min(span[1], start + 400))):
        for p in phrases(t):
            if p.weekday is not None and p.year and p.month and t.word(p.last - 1) == ")":
                yield from _candidate(t, p, "text", now)


def _dates(text: str, span: Span, source: Source, now: Stretch) -> Iterator[Candidate]:
    for t in stretches(text, span):
        read = list(phrases(t))
        for n, p in enumerate(read):
            later = any(
                t.word(j) in _LATER for j in range(max(0, p.first - 5), p.first) if not _dated_between(read[:n], j)
            )
            clock = _clock_beside(read, n)
            yield from _candidate(t, p, "update" if later else source, now, clock)


def _dated_between(before: Sequence[Phrase], j: int) -> bool:
    """Whether another date stands after token ``j``: then the word there belongs to that date."""
    return any(j < p.first for p in before if p.sort in ("calendar", "numeric"))


def _clock_beside(read: Sequence[Phrase], n: int) -> Phrase | None:
    """The time of day right after a date, or right before it where no date stands before that."""
    p = read[n]
    after = read[n + 1] if n + 1 < len(read) else None
    if after and after.kind == "time" and after.first - p.last <= 3:
        return after
    before = read[n - 1] if n else None
    alone = n < 2 or read[n - 2].sort not in ("calendar", "numeric")
    return before if before and before.kind == "time" and p.first - before.last <= 3 and alone else None


def _candidate(t: Tokens, p: Phrase, source: Source, now: Stretch, clock: Phrase | None = None) -> Iterator[Candidate]:
    """The candidate that a phrase is, none where it is no day or can be read in two ways."""
    day = _day_of(p, now)
    if p.kind != "date" or day is None or not day.month or not day.day or not exists(day.year, day.month, day.day):
        return
    first, last = p.first, p.last
    value, granularity = written(day), "day"
    time = p.clock or (clock.value if clock else "")
    if time and time != "T24:00":
        value, granularity = value + time + ("+00:00" if _is_utc(t, p, clock) else ""), "minute"
    if clock:
        first, last = min(first, clock.first), max(last, clock.last)
    span = (t.starts[first], t.ends[last - 1])
    basis: Literal["dateline", "text"] = "dateline" if source == "dateline" else "text"
    yield Candidate(
        Published(value, "minute" if granularity == "minute" else "day", basis, span),
        source,
        p.weekday if day.year is None else None,
    )


def _is_utc(t: Tokens, p: Phrase, clock: Phrase | None) -> bool:
    last = clock.last if clock else p.last
    return t.word(last - 1) in _UTC


def _day_of(p: Phrase, now: Stretch) -> Stretch | None:
    if p.sort == "calendar" and p.shift is None and not p.pointer:
        return Stretch(p.year, p.month, p.day)
    if p.sort != "numeric" or not (p.year and p.month and p.day):
        return None
    readings = [Stretch(p.year, p.month, p.day), Stretch(p.year, p.day, p.month)]
    fits = [s for s in readings if s.date and s.date.weekday() == p.weekday] if p.weekday is not None else []
    if not fits and now.date:
        fits = [s for s in readings if s.date and abs((s.date - now.date).days) <= 2]
    return fits[0] if len(fits) == 1 else None


def contradictions(found: Sequence[Candidate]) -> tuple[tuple[Candidate, Candidate, str], ...]:
    """Pairs of dates of publication of which not both can be right, with a sentence.

    A page is not published before it was written: a dateline or stamp more than a day after the date of publication (a day
    may lie between time zones) contradicts it. So do two stamps that name different days of publication. A dateline
    that is earlier, an update that is later, and dates in the text contradict nothing.
    """
    out = []
    lines = [c for c in found if c.source not in ("update", "text")][:LINES]
    for n, one in enumerate(lines):
        for other in lines[n + 1 :]:
            apart = _days_apart(stretch_of(one.published), stretch_of(other.published))
            if apart is None or abs(apart) <= 1:
                continue
            stamps = {one.source, other.source} <= {"metadata", "stamp"}
            late = (apart > 0 and other.source != "metadata") or (apart < 0 and other.source == "metadata")
            if stamps or (late and "metadata" in (one.source, other.source)):
                out.append((one, other, _sentence(one, other)))
    dated = [c for c in lines if c.source in ("metadata", "stamp")]
    for update in [c for c in found if c.source == "update"][:LINES]:
        for one in dated[:1]:
            apart = _days_apart(stretch_of(one.published), stretch_of(update.published))
            if apart is not None and apart < -1:
                dates = f"updated {update.published.date[:10]} and published {one.published.date[:10]}"
                out.append((update, one, f"the page says it was {dates}: it cannot be updated before"))
    return tuple(out)


def _days_apart(one: Stretch, other: Stretch) -> int | None:
    """Days from the first to the second; an open year is taken as the one that brings them nearest."""
    if not (one.month and one.day and other.month and other.day) or (one.year is None and other.year is None):
        return None
    if one.year is None or other.year is None:
        known, open_ = (one, other) if other.year is None else (other, one)
        assert known.year is not None
        month, day = open_.month or 1, open_.day or 1
        tries = [date(y, month, day) for y in range(known.year - 1, known.year + 2) if exists(y, month, day)]
        if known.date is None or not tries:
            return None
        best = min(((d - known.date).days for d in tries), key=abs)
        return best if other.year is None else -best
    return (other.date - one.date).days if one.date and other.date else None


def _sentence(one: Candidate, other: Candidate) -> str:
    return (
        f"the {_name(one)} gives {one.published.date[:10]} and the {_name(other)} {other.published.date[:10]}: "
        "they cannot both be the day of publication"
    )


def _name(c: Candidate) -> str:
    return "metadata" if c.source == "metadata" else c.source
