"""Time expressions of a text, found and resolved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from sayso.dates.almanac import Stretch, stretch_of, weekday_years
from sayso.dates.direction import direction
from sayso.dates.found import Found
from sayso.dates.grammar import phrases
from sayso.dates.lexicon import holidays
from sayso.dates.phrase import Phrase
from sayso.dates.resolve import Page, Told, after, iso_of, value_of
from sayso.dates.tokens import Tokens, stretches
from sayso.records import Published, Span

Read = tuple[Tokens, Phrase]
#: A weekday tells the day of the page only among this many expressions from the top.
LEAD = 8


def dates_of(
    text: str, paragraphs: Sequence[Span], published: Published | None, *, years: range | None = None
) -> tuple[Found, ...]:
    """Find every time expression of the paragraphs, in order, resolved against the publication date.

    ``years`` are those that the page can be of: where weekdays leave one of them, open years are that year.
    Linear in the length of the text.
    """
    read = _read(text, paragraphs)
    page = _page(read, published, years)
    out: list[Found] = []
    told = Told()
    for t, p in read:
        way = direction(t, p.first, p.last) if _needs_direction(p) else 0
        found = value_of(p, page, told, way)
        told = after(told, p, found)
        span = (t.starts[p.first], t.ends[p.last - 1])
        kind = p.kind if found.value or p.kind == "era" else "era"
        iso = iso_of(found) if kind == "date" else ""
        years_left = found.years
        if page.inferred and p.year is None and found.stretch and found.stretch.day and found.stretch.year:
            years_left = (found.stretch.year,)
        out.append(Found(span, found.value, found.granularity, kind, iso, years_left))
    return tuple(out)


def with_year(
    text: str, paragraphs: Sequence[Span], published: Published, years: range | None
) -> tuple[Published, tuple[int, ...]]:
    """Give a publication date without year the year that its weekday leaves, and tell which years the weekday allows.

    The weekday is the one beside the date ("Friday, 3 November"), or the first that the story tells of as past. On pages
    with a dateline that one was the day of the dateline 31 times in 38 and the day before in the others (timex-dev and
    ced-dev, without the third of timex-dev that was held out), so the date is marked ``inferred``. It is given only
    where ``years`` is, and where one of them is left.
    """
    now = stretch_of(published)
    if now.year is not None or not (now.month and now.day):
        return published, ()
    weekday = _weekday_of_page(_reading(text, paragraphs), now)
    if weekday is None:
        return published, ()
    allowed = weekday_years(now.month, now.day, weekday, years)
    if years is None or len(allowed) != 1:
        return published, allowed
    return replace(published, date=f"{allowed[0]:04}{published.date[4:]}", basis="inferred"), allowed


def _read(text: str, paragraphs: Sequence[Span]) -> list[Read]:
    return list(_reading(text, paragraphs))


def _reading(text: str, paragraphs: Sequence[Span]) -> Iterator[Read]:
    return ((t, p) for paragraph in paragraphs for t in stretches(text, paragraph) for p in phrases(t))


def _needs_direction(p: Phrase) -> bool:
    return p.sort not in ("ready", "ago", "half", "numeric") and p.year is None


def _page(read: Sequence[Read], published: Published | None, years: range | None) -> Page:
    now = stretch_of(published)
    weekday = None
    if published and now.year is None and now.month and now.day:
        weekday = _weekday_of_page(read, now)
        if weekday is not None and years is not None:
            allowed = weekday_years(now.month, now.day, weekday, years)
            now = replace(now, year=allowed[0]) if len(allowed) == 1 else now
    inferred = published is not None and (
        published.basis == "inferred" or (published.date[:4] == "XXXX" and now.year is not None)
    )
    named: dict[tuple[int, int], set[int]] = {}
    ways: set[bool] = set()
    for t, p in read:
        if p.sort == "calendar" and p.month and p.day and (year := p.year or _year_of_event(t, p, now)):
            named.setdefault((p.month, p.day), set()).add(year)
        if p.sort == "numeric":
            ways |= _ways(p, now)
    return Page(
        now,
        ways.pop() if len(ways) == 1 else None,
        {day: told.pop() for day, told in named.items() if len(told) == 1},
        years,
        weekday,
        _day_of_lead(read) if published is None else None,
        inferred,
    )


def _weekday_of_page(read: Iterable[Read], now: Stretch) -> int | None:
    """The weekday of a publication date without year: the one beside it, or the first that is told of as past."""
    first = None
    for t, p in islice(read, LEAD):
        if p.weekday is None or p.kind != "date":
            continue
        if p.sort == "calendar" and (p.month, p.day) == (now.month, now.day):
            return p.weekday
        plain = p.sort == "weekday" and not p.pointer and p.shift is None
        if first is None and plain and direction(t, p.first, p.last) <= 0:
            first = p.weekday
    return first


def _day_of_lead(read: Sequence[Read]) -> Stretch | None:
    """The day from which weekdays count on a page without date: the first day that is told with its weekday and year."""
    for _, p in read[:LEAD]:
        if p.weekday is not None and p.year and p.month and p.day and p.sort in ("calendar", "numeric"):
            readings = [Stretch(p.year, p.month, p.day)] + [Stretch(p.year, p.day, p.month)] * (p.sort == "numeric")
            fits = [s for s in readings if s.date and s.date.weekday() == p.weekday]
            if len(fits) == 1:
                return fits[0]
    return None


def _year_of_event(t: Tokens, p: Phrase, now: Stretch) -> int | None:
    """The year of a day that an event is called by ("the 9 September attacks"), where the page is not older than that."""
    event = holidays().events.get((p.month or 0, p.day or 0))
    if event is None or p.shift is not None or t.word(t.past_hyphen(p.last)) not in event[1]:
        return None
    day = Stretch(event[0], p.month, p.day).date
    return None if now.date and day and now.date < day else event[0]


def _ways(p: Phrase, now: Stretch) -> set[bool]:
    """What a date in digits that can be read in two ways says of the page: day first, month first, or nothing."""
    assert p.year is not None
    assert p.month is not None
    assert p.day is not None
    day_first, month_first = Stretch(p.year, p.month, p.day).date, Stretch(p.year, p.day, p.month).date
    if day_first is None or month_first is None:
        return set()
    if p.weekday is not None:
        fits = (day_first.weekday() == p.weekday, month_first.weekday() == p.weekday)
        return {fits[0]} if fits[0] != fits[1] else set()
    today = now.date
    if today is None:
        return set()
    near = [abs((d - today).days) <= 2 for d in (day_first, month_first)]
    return {near[0]} if near[0] != near[1] else set()
