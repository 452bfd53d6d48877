"""Stamps as machines and people write them → :class:`~sayso.records.Published`.

Only forms that can be read in one way are read: ISO 8601, RFC 2822, seconds since 1970, and dates with the month in
English letters. ``09/10/2023`` is two different days to two readers and is left alone.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from sayso.records import Published

Basis = Literal["metadata", "dateline", "text", "inferred"]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_CLOCK = re.compile(r"(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,]\d{1,9})?)? ?(z|utc|gmt|[+-]\d{2}(?::?\d{2})?)?", re.I)
_ISO = re.compile(r"(\d{4}|xxxx)(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:(?<=\d)[t ]+(\d{2}:?\d{2}.{0,30}))?", re.I)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:t?(\d{4}.{0,30}))?", re.I)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?[., ]+)?"
_TAIL = r"(?:(?:,| at| -| \|)? (\d{1,2}:\d{2}.{0,30}))?"
_DAY_MONTH = re.compile(rf"{_WEEKDAY}(\d{{1,2}})(?:st|nd|rd|th)? (?:of )?{_MONTH},? (\d{{4}}){_TAIL}", re.I)
_MONTH_DAY = re.compile(rf"{_WEEKDAY}{_MONTH} (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}}){_TAIL}", re.I)
_MONTH_YEAR = re.compile(rf"{_MONTH},? (\d{{4}})", re.I)
_EPOCH = re.compile(r"\d{9,10}|\d{12,13}")
_LONGEST = 80  # characters; "Wednesday, 27 September 2023 10:15:00.000000 +0000" is 50


def published_of(value: str | int | float, basis: Basis = "metadata") -> Published | None:
    """The stamp ``value`` with the granularity that it has, or None where it cannot be read in exactly one way.

    Minutes keep the offset that they are given in (``2023-10-09T10:15+03:00``). Midnight to the second is how machines
    write a bare day, so it counts as ``day``.
    """
    raw = " ".join(str(value).split())
    if not raw or len(raw) > _LONGEST:
        return None
    return _iso(raw, basis) or _epoch(raw, basis) or _worded(raw, basis)


def _iso(raw: str, basis: Basis) -> Published | None:
    match = _ISO.fullmatch(raw) or _COMPACT.fullmatch(raw)
    if match is None:
        return None
    year, month, day, clock = match.groups()
    if day is not None:
        return _day(year, int(month), int(day), clock, basis, strict=True)
    if clock or year.upper() == "XXXX" or not _real(year, int(month or 1), 1):
        return None
    if month is None:
        return Published(year, "year", basis)
    return Published(f"{year}-{int(month):02}", "month", basis)


def _worded(raw: str, basis: Basis) -> Published | None:
    if match := _DAY_MONTH.fullmatch(raw):
        day, month, year, clock = match.groups()
    elif match := _MONTH_DAY.fullmatch(raw):
        month, day, year, clock = match.groups()
    elif match := _MONTH_YEAR.fullmatch(raw):
        return Published(f"{match[2]}-{_number(match[1]):02}", "month", basis) if _real(match[2], 1, 1) else None
    else:
        return None
    return _day(year, _number(month), int(day), clock, basis, strict=False)


def _day(year: str, month: int, day: int, clock: str | None, basis: Basis, *, strict: bool) -> Published | None:
    """The day with its time of day. A clock that is not understood ("10:15 a.m. local time") leaves the day, unless ``strict``."""
    if not _real(year, month, day):
        return None
    stamp = f"{year.upper()}-{month:02}-{day:02}"
    if not clock:
        return Published(stamp, "day", basis)
    match = _CLOCK.fullmatch(clock)
    if match is None or int(match[1]) > 23 or int(match[2]) > 59:
        return None if strict else Published(stamp, "day", basis)
    zone = _zone(match[4])
    if (match[1], match[2], match[3] or "00") == ("00", "00", "00") and zone in {"", "+00:00"}:
        return Published(stamp, "day", basis)
    return Published(f"{stamp}T{match[1]}:{match[2]}{zone}", "minute", basis)


def _zone(zone: str | None) -> str:
    if not zone:
        return ""
    if zone.lower() in {"z", "utc", "gmt"}:
        return "+00:00"
    digits = zone[1:].replace(":", "").ljust(4, "0")
    return f"{zone[0]}{digits[:2]}:{digits[2:]}"


def _real(year: str, month: int, day: int) -> bool:
    """Whether such a day exists (29 February does where no year is given)."""
    try:
        date(2000 if year.upper() == "XXXX" else int(year), month, day)
    except ValueError:
        return False
    return True


def _epoch(raw: str, basis: Basis) -> Published | None:
    """Seconds or milliseconds since 1970, where that falls between 1973 and 2286 (nine or ten digits of seconds)."""
    if not _EPOCH.fullmatch(raw):
        return None
    seconds = int(raw) // 1000 if len(raw) > 11 else int(raw)
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    return Published(moment.isoformat(timespec="minutes"), "minute", basis)


def _number(month: str) -> int:
    return _MONTHS.index(month[:3].lower()) + 1
