"""The time a figure speaks of: the date in its clause, at the head of its sentence, or in the sentence that leads in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sayso.dates import Found
from sayso.figures.heads import is_stop
from sayso.figures.line import Line, joined
from sayso.figures.mention import Mention
from sayso.figures.phrases import words
from sayso.figures.scope import held_against
from sayso.records import Span

#: A date further from the figure than this, in tokens and clause breaks, speaks of something else.
FAR, BREAK, QUOTE, BRACKET, FRONT = 24, 5, 20, 12, 5
_WEEK = re.compile(r"(\d{4})-W(\d{2})$")
_QUARTER = re.compile(r"(\d{4})-([QH])([1-4])$")
_YEARS = re.compile(r"\d{4}/\d{4}$")
_QUARTER_MONTHS = {"Q": 3, "H": 6}
_BREAKS = {",", ";", ":", "but", "while", "whereas", "–", "—", "which", "who"}
_QUOTES = {'"', "“", "”"}
_TO = {"to", "until", "till", "through", "into", "-", "–", "—"}
_SAME = {"period", "time", "month", "week", "year", "day", "quarter"}


@dataclass(frozen=True, slots=True)
class When:
    """A stretch of the calendar that words of a sentence name: ISO (``start/end`` for one of several), its tokens and span."""

    iso: str
    first: int
    last: int
    span: Span
    since: bool = False
    front: bool = False
    final: bool = False


def interval(found: Found) -> str:
    """ISO of a time expression: YYYY, YYYY-MM, YYYY-MM-DD, or start/end of a week or quarter; empty where it has none."""
    if found.kind not in ("date", "time"):
        return ""
    if found.iso:
        return found.iso
    if _YEARS.match(found.value):
        return found.value
    if week := _WEEK.match(found.value):
        try:
            monday = date.fromisocalendar(int(week[1]), int(week[2]), 1)
        except ValueError:
            return ""
        return f"{monday.isoformat()}/{(monday + timedelta(days=6)).isoformat()}"
    if quarter := _QUARTER.match(found.value):
        months = _QUARTER_MONTHS[quarter[2]]
        last = int(quarter[3]) * months
        if last > 12 or not 1 <= int(quarter[1]) <= 9998:
            return ""
        first = date(int(quarter[1]), last - months + 1, 1)
        end = date(int(quarter[1]) + last // 12, last % 12 + 1, 1) - timedelta(days=1)
        return f"{first.isoformat()}/{end.isoformat()}"
    return ""


def whens(line: Line, dates: Sequence[Found], dated: frozenset[int]) -> list[When]:
    """The dates of one sentence that a figure may speak of, in order; two that make a stretch are one."""
    out: list[When] = []
    one: When | None = None
    for found in dates:
        iso = interval(found)
        first, last = line.tokens(found.span)
        if not iso or first >= last:
            continue
        since = "since" in line.words[max(0, first - 2) : first + 1] and line.words[last : last + 2] != (",", "when")
        aside = first <= 8 and line.at[last] == "," and line.at[first - 1] == ","
        when = When(iso, first, last, found.span, since, first <= 2 or aside, last >= len(line) - 2)
        if one is not None and _stretch(line, one, when, dated):
            out = [kept for kept in out if kept is not one]
            when = When(f"{one.iso}/{iso}", one.first, last, (one.span[0], found.span[1]), one.since, one.front)
            out.append(when)
        elif since or not (_belongs_to_noun(line, when) or _compared(line, when)):
            out.append(when)
        one = when
    return out


def tokens_of(line: Line, dates: Sequence[Found]) -> frozenset[int]:
    """Tokens that belong to a date or clock time."""
    return frozenset([i for found in dates if found.kind in ("date", "time") for i in range(*line.tokens(found.span))])


def same_period(line: Line) -> bool:
    """Whether the sentence speaks of the time told before ("in the same period")."""
    words = line.words
    return any(words[i : i + 2] == ("the", "same") and line.at[i + 2] in _SAME for i in range(min(len(line), 10)))


def _stretch(line: Line, one: When, two: When, dated: frozenset[int]) -> bool:
    """As in "from May to July", "in 2019 and continued into 2020"."""
    between = line.words[one.last : two.first]
    opener = line.words[max(0, one.first - 4) : one.first]
    if len(between) > 8 or "/" in one.iso + two.iso or len(one.iso) != len(two.iso) or one.iso >= two.iso:
        return False
    if any(line.words[i][0].isdecimal() and i not in dated for i in range(one.last, two.first)):
        return False
    if ("from" in opener and _TO & set(between)) or ("between" in opener and "and" in between):
        return True
    link = between[-1] if between else ""
    return link in _TO and len(between) <= (3 if link in ("into", "through") else 1)


def _belongs_to_noun(line: Line, when: When) -> bool:
    """As in "the 1991 killing", "his 2003 deadline": the date of something else."""
    if len(when.iso) > 7 or when.last - when.first > 1:
        return False
    after, before = line.at[when.last], line.at[when.first - 1]
    return (
        after[:1].isalpha()
        and not is_stop(after)
        and not after.endswith("ed")
        and before not in ("in", "during", "over", "for")
    )


def _compared(line: Line, when: When) -> bool:
    """As in "up a point on a fortnight ago", "more than in 2019", "compared with last year": what the figure is held against."""
    before = line.at[when.first - 1]
    if line.at[when.last - 1] in ("ago", "earlier"):
        return before in ("on", "from", "than", "with", "to")
    near = line.words[max(0, when.first - 2) : when.first]
    return before in ("than", "from") or "than" in near or "compared" in line.words[max(0, when.first - 3) : when.first]


def as_of(line: Line, mention: Mention, found: Sequence[When]) -> When | None:
    """The date that the figure speaks of, out of those of its sentence."""
    best, cost = None, FAR + 1
    last = max(
        (when.first for when in found if not when.since and not when.final and when.first >= mention.last), default=-1
    )
    if mention.amount.compound:
        return None
    for when in found:
        away = max(when.first - mention.last, mention.first - when.last)
        if when.since or (away > FAR and not when.front):
            continue
        price = _price(line, mention, replace(when, final=False) if when.final and last >= 0 else when)
        if price < cost:
            best, cost = when, price
    return best


def _price(line: Line, mention: Mention, when: When) -> int:
    if when.first < mention.last and mention.first < when.last:
        return 0 if mention.qualifier is None else FAR + 1
    if mention.unit == "duration" and mention.amount.form != "article":
        return FAR + 1
    behind = when.first >= mention.last
    start, end = (mention.last, when.first) if behind else (when.last, mention.first)
    between = line.words[start:end]
    if between == (",", "when"):
        return 1
    brackets = abs(between.count("(") - between.count(")"))
    breaks = QUOTE * sum(word in _QUOTES for word in between) + BRACKET * brackets
    stops = sum(word in _BREAKS for word in between) + _participles(line, start, end)
    price = len(between) + BREAK * stops + breaks + (0 if behind else 2)
    if when.front:
        return min(price, FRONT + breaks)
    quoted = any(word in _QUOTES for word in between)
    return len(between) if when.final and behind and not quoted else price


def _participles(line: Line, start: int, end: int) -> int:
    """How often something else begins between two places, as in "opens in May, adding 40 beds by July"."""
    return sum(line.words[i] == "," and line.at[i + 1].endswith("ing") for i in range(start, end))


def since_of(line: Line, mention: Mention, found: Sequence[When]) -> str:
    """Since when a figure counts: the start of the date named after "since", else the words behind "since" up to a stop."""
    if mention.unit not in ("count", "percent", "money", "other") or mention.amount.compound:
        return ""
    if "since" not in line.words:
        return ""
    for i in range(max(0, mention.first - FAR), min(len(line), mention.last + FAR)):
        if line.words[i] != "since" or held_against(line, i):
            continue
        between = line.words[mention.last : i] if i >= mention.last else line.words[i : mention.first]
        if set(between) & {".", ";", '"', "“", "”", ":"}:
            continue
        for when in found:
            if when.since and i - 1 <= when.first <= i + 3:
                return when.iso.partition("/")[0]
        end = i + 1
        while end < len(line) and end - i <= 8 and line.words[end][0].isalpha() and not (i < mention.first <= end):
            end += 1
        while end > i + 1 and line.words[end - 1] in words("figures-clauses", "trailing"):
            end -= 1
        return joined(line, i + 1, end)
    return ""
