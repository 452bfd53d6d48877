"""Dates in digits, times of the day, years joined by a stroke."""

from __future__ import annotations

from dataclasses import replace

from sayso.dates.lexicon import holidays, lexicon
from sayso.dates.parts import CURRENCY, FIRST_YEAR, LAST_YEAR, short_year
from sayso.dates.phrase import Phrase
from sayso.dates.tokens import Tokens


def _digits(t: Tokens, i: int, *lengths: int) -> bool:
    return len(t.word(i)) in lengths and t.word(i).isdecimal()


def _run(t: Tokens, i: int) -> list[str]:
    """The tokens from ``i`` on that touch each other, seven at most: digits, mark, digits, mark, digits."""
    if t.touches(i) and t.word(i - 1) in ("/", "-", ".", ":", ",", *CURRENCY):
        return []
    out = [t.word(i)]
    while len(out) < 7 and t.touches(i + len(out)):
        out.append(t.word(i + len(out)))
    return out


def date_in_digits(t: Tokens, i: int) -> list[Phrase]:
    """Read "2031-04-09", "9/4/2031", "9.4.31", "9/11", "2031/32"."""
    run = _run(t, i)
    if len(run) < 3 or run[1] not in ("/", "-", ".", "–"):
        return []
    if len(run) >= 5 and run[3] == run[1] and run[2].isdecimal() and run[4].isdecimal():
        # A letter after it is the T of a clock, or it is no date.
        free = len(run) == 5 or not (run[5] in ("/", "-") or run[5].isalpha()) or run[5] == "t"
        found = _three(i, run) if free else None
        return [_with_clock(t, found)] if found else []
    return _two(t, i, run)


def _three(i: int, run: list[str]) -> Phrase | None:
    a, b, c = run[0], run[2], run[4]
    if len(a) == 4 and len(b) <= 2 and len(c) <= 2:
        return _calendar(i, int(a), int(b), int(c))
    if not (len(a) <= 2 and len(b) <= 2 and (len(c) == 4 or (len(c) == 2 and run[1] == "/"))):
        return None
    year = int(c) if len(c) == 4 else short_year(c)
    first, second = int(a), int(b)
    if first > 12 or second > 12 or first == second or run[1] == ".":
        # Full stops stand between day, month and year only where the day is written first.
        day, month = (second, first) if second > 12 else (first, second)
        return _calendar(i, year, month, day)
    if not (first and second and FIRST_YEAR <= year <= LAST_YEAR):
        return None
    return Phrase(i, i + 5, "numeric", year=year, month=second, day=first)


def _calendar(i: int, year: int, month: int, day: int) -> Phrase | None:
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12 and 1 <= day <= 31):
        return None
    return Phrase(i, i + 5, "calendar", year=year, month=month, day=day)


def _with_clock(t: Tokens, found: Phrase) -> Phrase:
    """Take the clock of "2031-04-09T10:15" into the date."""
    if t.word(found.last) == "t" and t.touches(found.last):
        clock = clock_at(t, found.last + 1, bare=True)
        if clock:
            return replace(found, last=clock.last, clock=clock.value)
    return found


def _two(t: Tokens, i: int, run: list[str]) -> list[Phrase]:
    a, mark, b = run[:3]
    if (mark == "/" and len(run) == 3) or (len(run) > 3 and run[3] not in ("/", "-") and not run[3].isdecimal()):
        named = holidays().by_number.get(f"{a}{mark}{b}")
        if named:
            return [Phrase(i, i + 3, "ready", value=named, granularity="day")]
    if not (_digits(t, i, 4) and b.isdecimal() and FIRST_YEAR <= int(a) <= LAST_YEAR) or (
        len(run) > 4 and run[4].isdecimal()
    ):
        return []
    if t.word(i + 3) in lexicon().sets["year_never_before"] or mark == ".":
        return []
    if len(b) == 2 and int(b) == (int(a) + 1) % 100 and mark in ("/", "-", "–"):
        return [Phrase(i, i + 3, "ready", value=f"{a}/{int(a) + 1}", granularity="year")]
    if len(b) == 4 and 0 < int(b) - int(a) <= 200:
        if mark == "/" and int(b) == int(a) + 1:
            return [Phrase(i, i + 3, "ready", value=f"{a}/{b}", granularity="year")]
        return [Phrase(i, i + 1, "calendar", year=int(a)), Phrase(i + 2, i + 3, "calendar", year=int(b))]
    if len(b) == 2 and int(b) > int(a) % 100 and mark in ("-", "–") and int(b) > 12:
        return [
            Phrase(i, i + 1, "calendar", year=int(a)),
            Phrase(i + 2, i + 3, "calendar", year=int(a) // 100 * 100 + int(b)),
        ]
    if (
        len(b) == 2
        and 1 <= int(b) <= 12
        and mark == "-"
        and (len(run) == 3 or not (run[3] in ("-", "/") or run[3].isalnum()))
    ):
        return [Phrase(i, i + 3, "calendar", year=int(a), month=int(b))]
    return []


def _meridiem(t: Tokens, i: int) -> tuple[bool, int] | None:
    """Read "am", "p.m.": whether it is after noon, and the position after it."""
    word = t.word(i)
    if word in ("am", "pm"):
        return word == "pm", i + 1
    if word in ("a", "p") and t.word(i + 1) == "." and t.word(i + 2) == "m":
        end = i + 4 if t.word(i + 3) == "." and t.touches(i + 3) else i + 3
        return word == "p", end
    return None


def clock_at(t: Tokens, i: int, *, bare: bool = False) -> Phrase | None:
    """Read a time of the day: "10:30", "2 p.m. EST", "1600 GMT", "noon"; ``bare`` also takes "1015"."""
    zones = lexicon().sets["zones"]
    word = t.word(i)
    if word in ("noon", "midnight"):
        return Phrase(
            i, i + 1, "ready", value="T12:00" if word == "noon" else "T24:00", granularity="minute", kind="time"
        )
    if not word.isdecimal() or len(word) > 4 or (t.touches(i) and t.word(i - 1) in CURRENCY):
        return None
    hour, minute, j = int(word), 0, i + 1
    if len(word) == 4:
        if not (bare or (t.word(j) in zones and t.word(j) != "local")):
            return None
        hour, minute = divmod(hour, 100)
        sure = True
    else:
        sure = False
        if t.word(j) in (":", ".") and _digits(t, j + 1, 2) and t.touches(j) and t.touches(j + 1):
            minute, sure, j = int(t.word(j + 1)), t.word(j) == ":", j + 2
            if sure and t.word(j) == ":" and _digits(t, j + 1, 2) and t.touches(j):
                j += 2
    half = _meridiem(t, j)
    if half:
        hour, j, sure = hour % 12 + 12 * half[0], half[1], True
    if not sure or hour > 24 or minute > 59 or len(word) == 3:
        return None
    if t.word(j) == "z" and t.touches(j):
        j += 1
    elif t.word(j) in zones and (t.capital(j) or t.word(j) in ("local", "hrs", "hours")):
        j += 1 + (t.word(j) == "local" and t.word(j + 1) == "time")
    return Phrase(i, j, "ready", value=f"T{hour:02}:{minute:02}", granularity="minute", kind="time")
