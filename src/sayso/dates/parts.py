"""The parts that expressions are put together from: numbers, years, months, days of the month, what stands after a month.

Every function takes the tokens and a position, and returns what it read with the position after it, or None.
"""

from __future__ import annotations

from dataclasses import dataclass

from sayso.dates.lexicon import lexicon
from sayso.dates.tokens import Tokens

#: A bare number of four digits is a year between these.
FIRST_YEAR, LAST_YEAR = 1000, 2199
_SUFFIXES = ("st", "nd", "rd", "th")
_MARKS = (".", ",", ":", "/")
CURRENCY = frozenset("$€£¥₪₹₽#+=")


@dataclass(frozen=True, slots=True)
class Tail:
    """Which year a month, quarter, season or feast belongs to: a year, or a number of years from now, or that of before."""

    last: int
    year: int | None = None
    shift: int | None = None
    back: bool = False


def small_number(t: Tokens, i: int) -> tuple[int, int] | None:
    """Read a number in words below a hundred: "seven", "twenty-seven"."""
    numbers = lexicon().numbers
    value = numbers.get(t.word(i))
    if value is None:
        return None
    if value >= 20:
        j = t.past_hyphen(i + 1)
        unit = numbers.get(t.word(j), 0)
        if 0 < unit < 10 and t.word(j) not in ("a", "an"):
            return value + unit, j + 1
    return value, i + 1


def amount(t: Tokens, i: int) -> tuple[int | None, int] | None:
    """Read a number of units: digits, words, or None for "several", "a few", "decades"."""
    few = lexicon().sets["few"]
    word = t.word(i)
    if word.isdecimal():
        return _digits(t, i)
    j = i + 1 if word == "a" and t.word(i + 1) in few else i
    if t.word(j) in few:
        return None, j + 2 if t.word(j + 1) == "of" else j + 1
    if word == "half" and t.word(i + 1) in ("a", "an"):
        return None, i + 2
    read = small_number(t, i)
    if read and t.word(read[1]) == "dozen":
        return read[0] * 12, read[1] + 1
    if read and t.word(read[1]) == "hundred":
        return read[0] * 100, read[1] + 1
    return read


def _digits(t: Tokens, i: int) -> tuple[int | None, int] | None:
    """Read a whole number in digits, with its commas; None for the number where it is no whole one."""
    if t.touches(i) and t.word(i - 1) in (".", ",") and t.word(i - 2).isdecimal():
        return None
    text, j = t.word(i), i + 1
    while len(text) <= 9 and t.word(j) == "," and t.touches(j) and t.touches(j + 1) and len(t.word(j + 1)) == 3:
        if not t.word(j + 1).isdecimal():
            break
        text, j = text + t.word(j + 1), j + 2
    if t.word(j) == "." and t.touches(j) and t.touches(j + 1) and t.word(j + 1).isdecimal():
        return None, j + 2
    return (int(text), j) if len(text) <= 7 else None


def ordinal(t: Tokens, i: int) -> tuple[int, int] | None:
    """Read "third", "3rd", "twenty-first"."""
    lex, word = lexicon(), t.word(i)
    if word in lex.ordinals:
        return lex.ordinals[word], i + 1
    if word.isdecimal() and len(word) <= 3 and t.word(i + 1) in _SUFFIXES and t.touches(i + 1):
        return int(word), i + 2
    tens = lex.numbers.get(word, 0)
    if tens >= 20:
        j = t.past_hyphen(i + 1)
        unit = lex.ordinals.get(t.word(j), 10)
        return (tens + unit, j + 1) if unit < 10 else None
    return None


def month(t: Tokens, i: int) -> tuple[int, int] | None:
    """Read the name of a month, with a capital, and the full stop of its short form."""
    number = lexicon().months.get(t.word(i))
    if number is None or not t.capital(i):
        return None
    short = len(t.word(i)) <= 4 and t.word(i) not in ("may", "june", "july")
    return number, i + 2 if short and t.word(i + 1) == "." and t.touches(i + 1) else i + 1


def day(t: Tokens, i: int) -> tuple[int, int] | None:
    """Read a day of the month in digits: "7", "07", "7th"."""
    word = t.word(i)
    if not (word.isdecimal() and len(word) <= 2 and 1 <= int(word) <= 31):
        return None
    if t.word(i + 1) in _SUFFIXES and t.touches(i + 1):
        return int(word), i + 2
    if t.word(i + 1) in _MARKS and t.touches(i + 1) and t.touches(i + 2) and t.word(i + 2).isdecimal():
        return None
    if t.word(i + 1) == "%" or (t.touches(i + 1) and t.word(i + 1).isalpha()):
        return None
    return int(word), i + 1


def year_digits(t: Tokens, i: int) -> tuple[int, int] | None:
    """Read four digits that could be a year, standing free."""
    word = t.word(i)
    if not (len(word) == 4 and word.isdecimal() and FIRST_YEAR <= int(word) <= LAST_YEAR):
        return None
    if t.word(i + 1) in (".", ",", ":") and t.touches(i + 1) and t.touches(i + 2) and t.word(i + 2).isdecimal():
        return None
    if t.touches(i) and (t.word(i - 1) in CURRENCY or (t.word(i - 1) in (".", ",") and t.word(i - 2).isdecimal())):
        return None
    if t.touches(i + 1) and (t.word(i + 1) == "%" or t.word(i + 1).isalpha()):
        return None
    return int(word), i + 1


def year(t: Tokens, i: int) -> tuple[int, int] | None:
    """Read a year: "1998", "’98", "nineteen ninety-eight"."""
    found = year_digits(t, i)
    if found:
        return found
    if t.word(i) in ("'", "’", "‘") and t.touches(i + 1) and len(t.word(i + 1)) == 2 and t.word(i + 1).isdecimal():
        return None if t.touches(i + 2) and t.word(i + 2).isalpha() else (short_year(t.word(i + 1)), i + 2)
    if t.word(i) in ("nineteen", "twenty"):
        j = t.past_hyphen(i + 1)
        rest = small_number(t, j)
        if rest and 10 <= rest[0] <= 99 and t.word(rest[1]) not in lexicon().units:
            return (1900 if t.word(i) == "nineteen" else 2000) + rest[0], rest[1]
    return None


def short_year(digits: str) -> int:
    """Two digits as a year: from 50 on in the 20th century, as most software that writes them has it."""
    return int(digits) + (1900 if int(digits) >= 50 else 2000)


def tail(t: Tokens, i: int) -> Tail | None:
    """What may stand after a month, day, quarter or season and says of which year: ", 1998", "of last year"."""
    j = i + 1 if t.word(i) == "," else i
    if t.word(j) == "of" and j == i:
        j += 1
    found = year(t, j)
    if found and not (t.word(i) == "," and t.word(found[1]) in lexicon().sets["year_never_before"]):
        return Tail(found[1], year=found[0])
    if t.word(i) == ",":
        return None
    k = j + 1 if t.word(j) == "the" else j
    pointer, unit = t.word(k), t.word(k + 1)
    if pointer == "year" and k > j > i:
        return Tail(k + 1, shift=0)
    if unit != "year":
        return None
    if pointer in ("last", "this", "next", "current", "previous"):
        return Tail(k + 2, shift=lexicon().directions[pointer]) if k == j or pointer in ("current",) else None
    return Tail(k + 2, back=True) if pointer in ("same", "that") else None
