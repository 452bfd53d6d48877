"""What does not add up about the dates of a page, as plain facts: few and sure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sayso.dates.almanac import Stretch, exists, stretch_of, written
from sayso.dates.candidates import Candidate, contradictions
from sayso.dates.direction import told_as_past
from sayso.dates.found import Found
from sayso.dates.grammar import phrases
from sayso.dates.phrase import Phrase
from sayso.dates.tokens import REACH, stretches
from sayso.records import Span

#: Days that may lie between a stamp and an event told as past before one of them must be wrong: a day between time zones.
SLACK = 1
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS: tuple[str, ...] = ("January", "February", "March", "April", "May", "June")
_MONTHS += ("July", "August", "September", "October", "November", "December")


@dataclass(frozen=True, slots=True)
class Doubt:
    """One fact: the code of its finding, a sentence, and where it stands."""

    code: str
    message: str
    spans: tuple[Span, ...] = ()


def weekday_mismatches(text: str, dates: Sequence[Found]) -> tuple[Doubt, ...]:
    """Dates that stand beside a weekday which they do not fall on: "Monday, 9 October 2031" is a Thursday.

    A date in digits counts only where it falls on that weekday read neither way. A date without year counts where the
    year that it was given by the page makes it another weekday.
    """
    return tuple(doubt for found in dates if found.kind == "date" for doubt in _mismatch(text, found))


def _mismatch(text: str, found: Found) -> Iterator[Doubt]:
    words = text[slice(*found.span)]
    if words[:3].casefold() not in _STEMS or not any(map(str.isdecimal, words)):
        return
    for t in stretches(text, found.span):
        for p in phrases(t):
            days = [] if p.weekday is None else [d for d in _readings(p, found) if d]
            if days and all(d.weekday() != p.weekday for d in days):
                yield Doubt(
                    "weekday-mismatch",
                    f"“{' '.join(words.split())}”: {_said(days[0])} is a {_DAYS[days[0].weekday()]}",
                    (found.span,),
                )


_STEMS = frozenset(day[:3].casefold() for day in _DAYS)


def _readings(p: Phrase, found: Found) -> list[date | None]:
    if not (p.month and p.day):
        return []
    if p.sort == "numeric":
        return [Stretch(p.year, p.month, p.day).date, Stretch(p.year, p.day, p.month).date]
    year = p.year or (int(found.iso[:4]) if len(found.iso) == 10 else None)
    return [Stretch(year, p.month, p.day).date]


def _said(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def impossible_days(text: str, dates: Sequence[Found]) -> tuple[Doubt, ...]:
    """Days that no calendar has, such as 31 November."""
    return tuple(doubt for found in dates if found.granularity == "month" for doubt in _impossible(text, found))


def _impossible(text: str, found: Found) -> Iterator[Doubt]:
    for t in stretches(text, found.span):
        for p in phrases(t):
            if p.sort == "calendar" and p.month and p.day and not exists(p.year, p.month, p.day):
                words = " ".join(text[slice(*found.span)].split())
                yield Doubt("weekday-mismatch", f"“{words}”: there is no such day", (found.span,))


def missing(found: Sequence[Candidate]) -> tuple[Doubt, ...]:
    """``date-missing`` where the page bears no date of publication at all, ``year-missing`` where the best one has no year."""
    if not found or found[0].source == "text":
        return (
            Doubt(
                "date-missing", "no date of publication was found in the metadata, a stamp, a dateline or the byline"
            ),
        )
    best = found[0]
    if best.published.date[:4] != "XXXX":
        return ()
    years = ", ".join(map(str, best.years[:6])) + (" …" if len(best.years) > 6 else "")
    beside = (
        "its weekday allows" if best.weekday is not None else "if the first weekday of the story is that day, it is of"
    )
    allowed = f"; {beside} {years}" if best.years else ""
    day = stretch_of(best.published)
    named = f"{day.day} {_MONTHS[day.month - 1]}" if day.month and day.day else written(day)
    return (
        Doubt(
            "year-missing",
            f"the page gives its date without a year ({named}){allowed}",
            (best.published.span,) if best.published.span else (),
        ),
    )


def contradicted(text: str, dates: Sequence[Found], found: Sequence[Candidate]) -> tuple[Doubt, ...]:
    """``date-contradicted``: two dates of publication that exclude each other, or an event told as past after the best one.

    An event counts where its day is given in full, stands close after a verb in the past ("was killed on 9 May 2031"),
    and no word of its sentence looks ahead.
    """
    out = [
        Doubt("date-contradicted", sentence, tuple(c.published.span for c in (one, other) if c.published.span))
        for one, other, sentence in contradictions(found)
    ]
    best = found[0].published if found and found[0].source != "text" else None
    now = stretch_of(best).date if best and best.basis != "inferred" else None
    if best is None or now is None:
        return tuple(out)
    stamp = (best.span,) if best.span else ()
    late = [d for d in dates if d.kind == "date" and len(d.iso) == 10 and d.iso > now.isoformat()]
    return (*out, *(_late(text, d, now, stamp) for d in late if _is_late(text, d, now)))


def _is_late(text: str, found: Found, now: date) -> bool:
    """Whether a later day is given with its year and told as past; looks at its surroundings only."""
    start, end = found.span
    for t in stretches(text, (max(0, start - REACH), min(len(text), end + REACH))):
        for p in phrases(t):
            if t.starts[p.first] == start and p.sort == "calendar" and p.year and p.month and p.day:
                day = Stretch(p.year, p.month, p.day).date
                return day is not None and (day - now).days > SLACK and told_as_past(t, p.first, p.last)
    return False


def _late(text: str, found: Found, now: date, stamp: tuple[Span, ...]) -> Doubt:
    words = " ".join(text[slice(*found.span)].split())
    message = f"the page is dated {_said(now)} and tells of {words} as past: they cannot both be right"
    return Doubt("date-contradicted", message, (found.span, *stamp))
