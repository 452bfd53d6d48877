"""Phrases → values, one after the other: against the publication date, and against what was told of before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sayso.dates.almanac import (
    Stretch,
    add_days,
    add_months,
    add_years,
    exists,
    feast,
    week,
    weekday_years,
    written,
)
from sayso.dates.direction import LIKELY_PAST
from sayso.dates.lexicon import lexicon
from sayso.dates.phrase import Phrase

_GRAINS = {
    "D": "day",
    "W": "week",
    "WE": "week",
    "2W": "week",
    "M": "month",
    "Q": "quarter",
    "Y": "year",
    "E": "decade",
    "C": "century",
}
#: A day or month without year, and without a word for its direction, is the next one where that is at most this many
#: days away and the last one is further back. Measured on two thirds of timex-dev (docs/dates.md).
#: The same beside a participle, which tells little ("a day designated for Nov. 20"): VERY_SOON.
SOON, VERY_SOON = 75, 30


@dataclass(frozen=True, slots=True)
class Page:
    """What the whole page says.

    ``now`` is its date, ``day_first`` which way its dates in digits run, ``named`` the years of days that it tells in full,
    ``years`` those that it can be of, ``weekday`` that of its date where the year is open, ``lead`` the day from which
    weekdays count where the page has no date; ``inferred`` is true where the year of ``now`` was.
    """

    now: Stretch
    day_first: bool | None = None
    named: Mapping[tuple[int, int], int] | None = None
    years: range | None = None
    weekday: int | None = None
    lead: Stretch | None = None
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What was told of last: a stretch of the calendar, and a quarter (year, number) where that was the last of all."""

    stretch: Stretch | None = None
    quarter: tuple[int, int] | None = None
    last_is_quarter: bool = False


@dataclass(frozen=True, slots=True)
class Value:
    """The answer: TimeML value, granularity, the stretch behind it, the years that the weekday allows."""

    value: str
    granularity: str
    stretch: Stretch | None = None
    years: tuple[int, ...] = ()
    quarter: tuple[int, int] | None = None


def value_of(p: Phrase, page: Page, told: Told, way: int) -> Value:
    """Resolve one phrase. ``way`` is what the words around say, as :func:`~sayso.dates.direction.direction` gives it."""
    if p.sort == "ready":
        return Value(p.value, p.granularity, _ready_stretch(p))
    found = _RULES[p.sort](p, page, told, way)
    if p.sort == "calendar" and p.unit == "W":
        return Value(week(found.stretch.date if found.stretch else None), "week")
    return found


def _ready_stretch(p: Phrase) -> Stretch | None:
    parts = p.value.split("-")
    if p.kind == "date" and p.granularity == "day" and len(parts) == 3 and parts[0].isdecimal():
        return Stretch(*map(int, parts))
    return None


def _of(s: Stretch, years: tuple[int, ...] = ()) -> Value:
    return Value(written(s), s.grain, s, years)


def _calendar(p: Phrase, page: Page, told: Told, way: int) -> Value:
    if p.month is None:
        return _of(Stretch(p.year)) if p.day is None else _day_of_month(p, page, told)
    if p.year is not None:
        return _of(Stretch(p.year, p.month, p.day if p.day and exists(p.year, p.month, p.day) else None))
    if p.pointer == "back":
        return _of(Stretch(told.stretch.year if told.stretch else None, p.month, p.day))
    if p.shift is not None:
        return _of(Stretch(page.now.year + p.shift if page.now.year else None, p.month, p.day))
    if p.day and page.named and p.weekday is None and way <= 0 and (year := _named_year(p.month, p.day, page.named)):
        return _of(Stretch(year, p.month, p.day))
    if page.now.year is None:
        return _open_year(p, page)
    return _of(Stretch(_year_of(p, page.now, way), p.month, p.day))


def _day_of_month(p: Phrase, page: Page, told: Told) -> Value:
    """A day without its month, "on the 29th": of the month told of, or of that of the page."""
    base = told.stretch if told.stretch and told.stretch.month else page.now
    if not base.month or not p.day or not exists(base.year, base.month, p.day):
        return Value("XXXX-XX-XX", "day")
    return _of(Stretch(base.year, base.month, p.day))


#: Days between a date without year and one that the page tells in full, within which they are of one year.
_BESIDE = 7


def _named_year(month: int, day: int, named: Mapping[tuple[int, int], int]) -> int | None:
    """The year in which the page names this day, or days right beside it, where it is one year."""
    if (month, day) in named:
        return named[month, day]
    beside = {year for (m, d), year in named.items() if abs((m - month) * 31 + d - day) <= _BESIDE}
    return beside.pop() if len(beside) == 1 else None


def _open_year(p: Phrase, page: Page) -> Value:
    """A date without year on a page without year: the weekday may tell which years it can be."""
    assert p.month is not None
    if p.day is None:
        return _of(Stretch(None, p.month))
    if p.weekday is None:
        same = (p.month, p.day) == (page.now.month, page.now.day)
        return _near(page, Stretch(None, p.month, p.day)) if same else _of(Stretch(None, p.month, p.day))
    years = weekday_years(p.month, p.day, p.weekday, page.years)
    if page.years is not None and len(years) == 1:
        return _of(Stretch(years[0], p.month, p.day), years)
    return _of(Stretch(None, p.month, p.day), years)


def _year_of(p: Phrase, now: Stretch, way: int) -> int:
    """The year of a month or day: the one before, of now or after, by pointer, weekday, words around and distance."""
    assert now.year is not None
    assert p.month is not None
    if p.weekday is not None and p.day:
        fits = weekday_years(p.month, p.day, p.weekday, range(max(1, now.year - 1), now.year + 2))
        if fits:
            return min(fits, key=lambda y: abs(y - now.year))  # type: ignore[operator]
    if now.month is None:
        return now.year
    here = now.month * 31 + (now.day or 15 if p.day else 0)
    there = p.month * 31 + (p.day or 0)
    ahead = (there - here) % 372  # days until it comes next, months counted as 31 days; 0 is now
    following = now.year + (there < here)
    previous = now.year - (there > here)
    if p.pointer == "this":
        return now.year
    if p.pointer == "last":
        return previous if there != here else now.year - 1
    if p.pointer == "next":
        return following if there != here else now.year + 1
    if way > 0:
        return following if ahead <= 300 else previous
    if way < 0 or ahead == 0:
        return following if way == LIKELY_PAST and 0 < ahead <= VERY_SOON else previous
    return following if ahead <= SOON else previous


def _numeric(p: Phrase, page: Page, told: Told, way: int) -> Value:
    """A date in digits that can be read in two ways, by its weekday, by the page, by the publication date."""
    assert p.year is not None
    assert p.month is not None
    assert p.day is not None
    readings = [Stretch(p.year, p.month, p.day), Stretch(p.year, p.day, p.month)]
    if p.weekday is not None:
        fits = [s for s in readings if s.date and s.date.weekday() == p.weekday]
        if len(fits) == 1:
            return _of(fits[0])
    if page.day_first is not None:
        return _of(readings[0] if page.day_first else readings[1])
    return Value(f"{p.year}-XX-XX", "day", Stretch(p.year))


def _weekday(p: Phrase, page: Page, told: Told, way: int) -> Value:
    assert p.weekday is not None
    base = page.lead or page.now
    today = base.date.weekday() if base.date else page.weekday
    if today is None:
        return Value(f"XXXX-WXX-{p.weekday + 1}", "day")
    behind = (today - p.weekday) % 7
    if p.shift is not None:
        return _near(page, add_days(base, 7 * p.shift - today + p.weekday))
    if p.pointer == "last":
        return _near(page, add_days(base, -(behind or 7)))
    if p.pointer == "next":
        return _near(page, add_days(base, 7 - behind))
    if (way > 0 or (p.pointer == "this" and way == 0)) and behind:
        return _near(page, add_days(base, 7 - behind))
    return _near(page, add_days(base, -behind))


def _near(page: Page, day: Stretch) -> Value:
    """A day near that of the page, with the years that the weekday of the page allows where the year is open."""
    now = page.now
    if day.year is not None or page.weekday is None or not (now.month and now.day):
        return _of(day)
    return _of(day, weekday_years(now.month, now.day, page.weekday, page.years))


def _unit(p: Phrase, page: Page, told: Told, way: int) -> Value:
    base = page.now
    if p.pointer == "back":
        base = told.stretch or (page.now if p.unit in ("M", "Y") else Stretch())
    shift = p.shift or 0
    if p.pointer == "next" and base.month and base.month < 7:
        shift = 0  # "the new year" in spring is the one that has begun
    if p.unit == "WE" and p.pointer == "latest":
        now = page.now.date
        shift = -1 if now and now.weekday() < 5 and way <= 0 else 0
    return _counted(base, p.unit, shift)


def _counted(base: Stretch, unit: str, shift: int) -> Value:
    """A unit some units after the one that holds ``base``."""
    if unit == "D":
        moved = add_days(base, shift)
        return _of(moved) if moved.day else Value(f"{written(moved)}-XX-XX"[:10], "day", moved if moved.year else None)
    if unit in ("W", "WE", "2W"):
        value = week(base.date, shift * (2 if unit == "2W" else 1))
        return Value(value + "-WE", "weekend") if unit == "WE" else Value(value, "week")
    if unit == "M":
        moved = add_months(base, shift)
        return _of(moved) if moved.month else Value("XXXX-XX", "month")
    if unit == "Q":
        if base.year is None or base.month is None:
            return Value("XXXX-QX", "quarter")
        return _quarter_value(base.year, (base.month - 1) // 3 + 1 + shift)
    if unit == "Y":
        return _of(add_years(base, shift))
    if base.year is None:
        return Value("XXXX", _GRAINS[unit])
    if unit == "E":
        return Value(f"{base.year // 10 + shift:03}X", "decade")
    return Value(f"{base.year // 100 + shift:02}", "century")


def _ago(p: Phrase, page: Page, told: Told, way: int) -> Value:
    sign = p.shift or -1
    if p.few:
        return Value("PAST_REF" if sign < 0 else "FUTURE_REF", "vague")
    base = page.now
    if p.pointer == "back":
        base = told.stretch or (page.now if p.unit == "Y" and sign < 0 else Stretch())
    number = sign * p.number
    if p.unit == "Y" and p.number == 1 and told.last_is_quarter and (known := _known_quarter(page, told)):
        return _quarter_value(known[0] + sign, known[1])
    if p.unit.startswith("T"):
        return Value(f"P{p.unit[0]}{p.number}{p.unit[1]}", "minute")
    if p.unit in ("E", "C"):
        return _of(add_years(base, number * (10 if p.unit == "E" else 100)))
    return _counted(base, p.unit, number)


def _known_quarter(page: Page, told: Told) -> tuple[int, int] | None:
    """The quarter told of, unless it is not over yet: then the last that is."""
    now = page.now
    over = _plain((now.year, (now.month - 1) // 3)) if now.year and now.month else None
    return told.quarter if told.quarter and (over is None or told.quarter <= over) else over


def _plain(quarter: tuple[int, int]) -> tuple[int, int]:
    return quarter[0] + (quarter[1] - 1) // 4, (quarter[1] - 1) % 4 + 1


def _quarter_value(year: int, number: int) -> Value:
    year, number = _plain((year, number))
    return Value(f"{year:04}-Q{number}", "quarter", quarter=(year, number))


def _quarter(p: Phrase, page: Page, told: Told, way: int) -> Value:
    now = page.now
    current = (now.month - 1) // 3 + 1 if now.month else 0
    number, year = p.number, p.year
    if number == 0:  # "the quarter", "the year-ago quarter": the one told of, or the last that was over
        known = _known_quarter(page, told)
        if known is None:
            return Value("XXXX-QX", "quarter")
        own, number = known
        return _quarter_value(year or own + (p.shift or 0), number)
    if year is None and p.pointer == "back":
        year = told.stretch.year if told.stretch else None
    elif year is None and now.year is not None:
        if p.shift is not None:
            year = now.year + p.shift
        elif current:
            ahead = way > 0 and (number > current or current - number >= 2)
            year = now.year - (number > current) + ahead
    return Value(f"XXXX-Q{number}", "quarter") if year is None else _quarter_value(year, number)


def _half(p: Phrase, page: Page, told: Told, way: int) -> Value:
    year = p.year
    if year is None and page.now.year is not None:
        year = page.now.year + (p.shift or 0)
    return Value(f"{'XXXX' if year is None else f'{year:04}'}-H{p.number}", "half", Stretch(year) if year else None)


def _season(p: Phrase, page: Page, told: Told, way: int) -> Value:
    year, now = p.year, page.now
    if year is None and p.pointer == "back":
        year = told.stretch.year if told.stretch else None
    elif year is None and now.year is not None:
        if p.shift is not None:
            year = now.year + p.shift
        else:
            middle, month = lexicon().season_months[p.name], now.month or 6
            begun, over = month >= middle - 1, month > middle + 1
            if p.pointer == "last":
                year = now.year if over else now.year - 1
            elif p.pointer == "next" or way > 0:
                year = now.year + (begun if p.pointer == "next" else over)
            else:
                year = now.year if begun or p.pointer == "this" else now.year - 1
    return Value(f"{'XXXX' if year is None else f'{year:04}'}-{p.name}", "season", Stretch(year) if year else None)


def _holiday(p: Phrase, page: Page, told: Told, way: int) -> Value:
    now = page.now
    year = p.year or (now.year + p.shift if now.year and p.shift is not None else None)
    if year is None and p.pointer == "back" and told.stretch:
        year = told.stretch.year
    if year is None and now.year is not None:
        year = _year_of_feast(p, now, way)
    if year is None or not 1583 <= year <= 9999:
        rule = feast(p.name, 2001)
        fixed = feast(p.name, 2002).timetuple()[1:3] == rule.timetuple()[1:3]
        return _of(Stretch(None, rule.month, rule.day)) if fixed else Value("XXXX-XX-XX", "day")
    found = feast(p.name, year)
    return _of(Stretch(found.year, found.month, found.day))


def _year_of_feast(p: Phrase, now: Stretch, way: int) -> int:
    assert now.year is not None
    day = feast(p.name, now.year)
    return _year_of(replace(p, month=day.month, day=day.day, weekday=None), now, way)


_RULES = {
    "calendar": _calendar,
    "numeric": _numeric,
    "weekday": _weekday,
    "unit": _unit,
    "ago": _ago,
    "quarter": _quarter,
    "half": _half,
    "season": _season,
    "holiday": _holiday,
}


def iso_of(found: Value) -> str:
    """What the value is on one calendar: YYYY, YYYY-MM or YYYY-MM-DD, else empty."""
    s = found.stretch
    if s is None or s.year is None or found.granularity not in ("day", "month", "year"):
        return ""
    return "" if "/" in found.value else written(s)


def after(told: Told, p: Phrase, found: Value) -> Told:
    """What has been told of once this phrase is read."""
    if p.kind == "duration" and found.value.endswith("M") and found.value[1:-1] in ("6", "9", "12"):
        return replace(told, last_is_quarter=False)  # "the nine months": what is compared from here on is a year
    if p.kind != "date" or (p.sort == "ago" and p.unit == "Y"):
        return told  # what is compared with does not become the time that is told of
    if found.quarter:
        own = max(found.quarter, told.quarter or found.quarter)  # what a year ago is told beside is the later one
        return Told(told.stretch, own, True)
    if found.stretch and found.stretch.year:
        quarter_goes_on = told.last_is_quarter and not (p.sort == "unit" and p.unit == "Y" and p.shift == 0)
        return Told(found.stretch, told.quarter, quarter_goes_on)
    return told
