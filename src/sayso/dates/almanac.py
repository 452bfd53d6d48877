"""The arithmetic of the calendar: days, weeks, months and years added, feasts, and values written as TimeML has them."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from sayso.dates.lexicon import holidays
from sayso.records import Published

#: Stands in for a year that is not known while days are counted; a leap year, so that every day exists.
OPEN = 2000
#: Years of publication that are believed. They leave room to count centuries back and ahead with four digits.
PLAUSIBLE = (1400, 9800)
#: Years looked through for the weekday of a date without a year, where the caller names none: those of pages on the web.
YEARS = range(2000, 2040)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A day, month or year, as far as it is known. A year of None is open."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @property
    def grain(self) -> str:
        """The finest unit that is known: day, month or year."""
        return "day" if self.day else "month" if self.month else "year"

    @property
    def date(self) -> date | None:
        """The day, where all of it is known and it exists."""
        if self.year is None or not self.month or not self.day:
            return None
        return date(self.year, self.month, self.day) if exists(self.year, self.month, self.day) else None


def exists(year: int | None, month: int, day: int) -> bool:
    """Whether there is such a day; 29 February does in an open year."""
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year or OPEN, month)[1]


def stretch_of(published: Published | None) -> Stretch:
    """Read the publication date. What it does not say is None, and so is a year that nothing was published in."""
    if published is None:
        return Stretch()
    parts = published.date[:10].split("-")
    numbers = [int(part) if part.isdecimal() else None for part in parts] + [None, None]
    year, month, day = numbers[:3]
    year = year if year and PLAUSIBLE[0] <= year <= PLAUSIBLE[1] else None
    found = Stretch(year, month, day)
    if (month and not 1 <= month <= 12) or (month and day and not exists(year, month, day)):
        return Stretch(year)
    return found


def written(s: Stretch) -> str:
    """The value: ``2031-04-09``, ``XXXX-04-09``, ``2031-04``, ``2031``."""
    year = "XXXX" if s.year is None else f"{s.year:04}"
    return year + (f"-{s.month:02}" if s.month else "") + (f"-{s.day:02}" if s.day and s.month else "")


def add_days(s: Stretch, days: int) -> Stretch:
    """Some days on; an open year stays open. Without a day only the month or year that surely holds it is kept."""
    if not (s.month and s.day):
        return Stretch(s.year, s.month) if not days else Stretch()
    try:
        moved = date(s.year or OPEN, s.month, s.day) + timedelta(days=days)
    except (OverflowError, ValueError):
        return Stretch()
    return Stretch(moved.year if s.year else None, moved.month, moved.day)


def add_months(s: Stretch, months: int) -> Stretch:
    """Some months on, as a month."""
    if not s.month:
        return Stretch()
    total = (s.year or OPEN) * 12 + s.month - 1 + months
    year = total // 12
    return Stretch((year if s.year else None), total % 12 + 1) if 1 <= year <= 9999 else Stretch()


def add_years(s: Stretch, years: int) -> Stretch:
    """Some years on, as a year."""
    return Stretch(s.year + years) if s.year and 1 <= s.year + years <= 9999 else Stretch()


def week(day: date | None, weeks: int = 0) -> str:
    """The week of a day, some weeks on: ``1998-W32`` (ISO 8601), or ``XXXX-WXX``."""
    if day is None:
        return "XXXX-WXX"
    try:
        year, number, _ = (day + timedelta(weeks=weeks)).isocalendar()
    except OverflowError:
        return "XXXX-WXX"
    return f"{year:04}-W{number:02}"


def weekday_years(month: int, day: int, weekday: int, years: range | None) -> tuple[int, ...]:
    """The years in which a day of a month falls on a weekday."""
    tried = YEARS if years is None else years
    return tuple(
        y for y in tried if 1 <= y <= 9999 and exists(y, month, day) and date(y, month, day).weekday() == weekday
    )


def easter(year: int) -> date:
    """Easter Sunday of the Western churches. Method: the anonymous Gregorian computus (Meeus, Astronomical Algorithms)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def feast(name: str, year: int) -> date:
    """The day of a feast in a year. ``name`` stands in the table of named days."""
    table = holidays()
    if name in table.fixed:
        return date(year, *table.fixed[name])
    if name in table.easter:
        return easter(year) + timedelta(days=table.easter[name])
    month, weekday, which, after = table.counted[name]
    days = [d for d in range(1, calendar.monthrange(year, month)[1] + 1) if date(year, month, d).weekday() == weekday]
    return date(year, month, days[which if which < 0 else which - 1]) + timedelta(days=after)
