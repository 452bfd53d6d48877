"""Numbers in digits and words to their values: grouped digits in several styles, scale words, English number words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from sayso.figures.line import Line
from sayso.tables import load

_DOTTED = re.compile(
    r"(?<![\d.,])\d{1,3}(?:\.\d{3}){2,9}(?![\d.,]*\d)|(?<![\d.,])\d{1,3}(?:\.\d{3}){1,9},\d{1,2}(?!\d)"
)
_ONE_DOT = re.compile(r"(?<![\d.,])\d{1,3}\.\d{3}(?![\d.,]*\d)")
_OTHER = re.compile(r"\d\.\d{1,2}(?!\d)|\d,\d{3}(?!\d)")
_VULGAR = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
_UNDER = {"2", "3", "4", "5", "8", "16", "32"}
#: More digits than this are an account or telephone number. World output in any currency has 15.
DIGITS = 16
#: A number in words is at most this many tokens long: "nine hundred and ninety-nine" and a scale word, four times.
WORDS = 32


@dataclass(frozen=True, slots=True)
class Number:
    """A number read off tokens: its value, the token behind it, its value without a scale word, and its form."""

    value: Decimal
    end: int
    mantissa: Decimal
    digits: bool
    scaled: bool = False
    grouped: bool = False


@cache
def _table() -> tuple[dict[str, int], dict[str, int], dict[str, int], dict[str, int]]:
    table = load("figures-numbers")
    return table["small"], table["tens"], table["scales"], table["letters"]


def dots_group(pieces: Iterable[str]) -> bool:
    """Whether a page groups digits with full stops ("11.000"): it shows so without doubt, or does it twice and never otherwise."""
    seen = 0
    other = False
    for piece in pieces:
        if _DOTTED.search(piece):
            return True
        seen += len(_ONE_DOT.findall(piece))
        other = other or _OTHER.search(piece) is not None
    return seen >= 2 and not other


def digits_value(token: str, dotted: bool) -> tuple[Decimal, bool] | None:
    """The value of digits with full stops and commas, and whether they are grouped; None where they are no one number."""
    if len(token) > DIGITS + 8 or (len(token) > 1 and token[0] == "0" and token[1] not in ".,"):
        return None
    if token.isdecimal():
        return (Decimal(int(token)), False) if len(token) <= DIGITS else None
    if "," not in token:
        return _with_dots(token, dotted)
    whole, _, rest = token.partition(".")
    if "," in rest:  # 1.234,56
        groups, _, decimals = token.rpartition(",")
        if "," in groups or not _even(groups.split(".")) or len(decimals) > 2:
            return None
        return Decimal(groups.replace(".", "") + "." + decimals), True
    parts = whole.split(",")
    if _even(parts) or _indian(parts):
        return Decimal("".join(parts) + ("." + rest if rest else "")), True
    if len(parts) == 2 and len(parts[1]) <= 2 and not rest:
        return Decimal(f"{parts[0]}.{parts[1]}"), False
    return None


def _with_dots(token: str, dotted: bool) -> tuple[Decimal, bool] | None:
    groups = token.split(".")
    if len(groups) > 2:
        return (Decimal("".join(groups)), True) if _even(groups) else None
    if _even(groups) and (dotted or groups[1] == "000") and groups[0] != "0":
        return Decimal("".join(groups)), True
    return Decimal(token), False


def _even(groups: list[str]) -> bool:
    return len(groups) > 1 and 1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])


def _indian(groups: list[str]) -> bool:
    return len(groups) > 2 and len(groups[0]) <= 2 and len(groups[-1]) == 3 and all(len(g) == 2 for g in groups[1:-1])


def number_at(line: Line, i: int, dotted: bool, letters: bool = True) -> Number | None:
    """The number that starts at token ``i``; ``letters``: whether "5m" may be a million. None where there is none."""
    word = line.at[i]
    if not word:
        return None
    if word[0].isdecimal():
        return _digits(line, i, dotted, letters)
    if word in _VULGAR:
        return _scaled(line, Number(_VULGAR[word], i + 1, _VULGAR[word], True), letters)
    return _words(line, i)


def _digits(line: Line, i: int, dotted: bool, letters: bool) -> Number | None:
    found = digits_value(line.words[i], dotted)
    if found is None:
        return None
    value, grouped = found
    end = i + 1
    if line.words[i].isdecimal() and len(line.words[i]) <= 3 and line.words[i] != "0":
        value, end, spaced = _spaced(line, i, value)
        grouped = grouped or spaced
    vulgar = _VULGAR.get(line.at[end])
    if vulgar is not None and line.joined(end):
        value, end = value + vulgar, end + 1
    elif line.words[end : end + 3] == ("and", "a", "half"):
        value, end = value + Decimal("0.5"), end + 3
    elif (part := _fraction(line, end)) is not None:
        value, end = value + part, end + 3
    return _scaled(line, Number(value, end, value, True, False, grouped), letters)


def _fraction(line: Line, k: int) -> Decimal | None:
    """The fraction behind a whole number: "5 1/2", "6 3/8"."""
    over, bar, under = line.at[k], line.at[k + 1], line.at[k + 2]
    if (
        bar != "/"
        or not (line.joined(k + 1) and line.joined(k + 2))
        or under not in _UNDER
        or not over.isdecimal()
        or line.joined(k)
    ):
        return None
    return Decimal(int(over)) / int(under) if len(over) <= 2 and int(over) < int(under) else None


def _spaced(line: Line, i: int, value: Decimal) -> tuple[Decimal, int, bool]:
    """Digits grouped with blanks or apostrophes: "11 000", "11'000"."""
    groups, end = [line.words[i]], i + 1
    while len(groups) < 5 and (k := _next_group(line, end)):
        groups.append(line.words[k])
        end = k + 1
    beyond = line.at[end]
    phone = (
        beyond[:1].isdecimal()
        and line.at[end + 1] != "/"
        and end < len(line)
        and line.starts[end] - line.ends[end - 1] <= 1
    )
    if len(groups) == 1 or phone or (line.at[i - 1][:1].isdecimal() and line.starts[i] - line.ends[i - 1] <= 1):
        return value, i + 1, False
    return Decimal(int("".join(groups))), end, True


def _next_group(line: Line, k: int) -> int:
    """The token of the next three digits behind token ``k - 1``, 0 where there is none."""
    if line.at[k] in ("'", "’") and line.joined(k) and line.joined(k + 1):
        k += 1
    elif k >= len(line) or line.starts[k] - line.ends[k - 1] != 1:
        return 0
    word = line.at[k]
    return k if len(word) == 3 and word.isdecimal() else 0


def _scaled(line: Line, number: Number, letters: bool) -> Number:
    """The number with the scale words behind it."""
    _, _, scales, short = _table()
    value, end, scaled = number.value, number.end, number.scaled
    if letters and line.joined(end) and (size := short.get(line.at[end])):
        return Number(value * size, end + 1, number.mantissa, number.digits, True, number.grouped)
    for _ in range(3):
        k = end + 1 if line.at[end] == "-" and line.joined(end) and line.joined(end + 1) else end
        size = scales.get(line.at[k]) or (short.get(line.at[k]) if line.at[k] in ("bn", "mn", "tn") else None)
        if size is None:
            break
        value, end, scaled = value * size, k + 1, True
    return Number(value, end, number.mantissa, number.digits, scaled, number.grouped)


def _words(line: Line, i: int) -> Number | None:
    """A number in words from token ``i``: "two hundred and five thousand", "half a million", "a dozen"."""
    small, tens, scales, _ = _table()
    start = _with_article(line, i)
    if start is not None:
        return start
    total = current = 0
    last = 10**18
    end = i
    seen = scaled = False
    while end - i < WORDS:
        k = _joint(line, end, seen, small, tens)
        word = line.at[k]
        if word in small and (
            not seen
            or (current % 100 == 0 and current > 0)
            or (current % 10 == 0 and current % 100 >= 20 and small[word] < 10)
            or (current == 0 and total)
        ):
            current += small[word]
        elif word in tens and (not seen or current % 100 == 0):
            current += tens[word]
        elif word == "hundred" and 0 < current < 100:
            current, scaled = current * 100, True
        elif word in scales and word != "hundred" and seen and scales[word] < last:
            total, current, last, scaled = total + max(current, 1) * scales[word], 0, scales[word], True
        else:
            break
        seen, end = True, k + 1
    if not seen:
        return None
    value = Decimal(total + current)
    return _with_half(line, Number(value, end, value, False, scaled))


def _joint(line: Line, k: int, seen: bool, small: dict[str, int], tens: dict[str, int]) -> int:
    """Pass over a hyphen or an "and" inside a number in words."""
    if not seen:
        return k
    if line.at[k] == "-" and line.joined(k) and line.joined(k + 1):
        return k + 1
    behind = line.at[k - 1]
    if (
        line.at[k] == "and"
        and behind in ("hundred", "thousand")
        and (line.at[k + 1] in small or line.at[k + 1] in tens)
    ):
        return k + 1
    return k


def _with_article(line: Line, i: int) -> Number | None:
    """As in "a hundred", "a dozen", "half a million", "a quarter of a million"; None where it is none of these."""
    _, _, scales, _ = _table()
    word = line.at[i]
    share, k = Decimal(1), i
    if word == "half" or (word == "quarter" and line.words[i + 1 : i + 2] == ("of",)):
        share, k = (Decimal("0.5"), i + 1) if word == "half" else (Decimal("0.25"), i + 2)
    elif word == "a" and line.words[i + 1 : i + 3] == ("quarter", "of"):
        share, k = Decimal("0.25"), i + 3
    elif word == "a" and line.at[i + 1] == "half" and line.at[i + 2] in scales:
        return Number(Decimal("0.5") * scales[line.at[i + 2]], i + 3, Decimal("0.5"), False, True)
    if line.at[k] not in ("a", "one") or line.at[k + 1] not in scales or (line.at[k] == "one" and share == 1):
        return None
    value, end = share * scales[line.at[k + 1]], k + 2
    while line.at[end] in scales and line.at[end] != "dozen":
        value, end = value * scales[line.at[end]], end + 1
    return Number(value, end, value, False, True)


def _with_half(line: Line, number: Number) -> Number:
    """As in "two and a half million", "three point five percent"."""
    small, _, _, _ = _table()
    value, end = number.value, number.end
    if line.words[end : end + 3] == ("and", "a", "half"):
        value, end = value + Decimal("0.5"), end + 3
    elif line.words[end : end + 6] == ("-", "and", "-", "a", "-", "half"):
        value, end = value + Decimal("0.5"), end + 6
    elif line.at[end] == "point" and (first := small.get(line.at[end + 1])) is not None and first < 10:
        value, end = value + Decimal(first) / 10, end + 2
        if (second := small.get(line.at[end])) is not None and second < 10:
            value, end = value + Decimal(second) / 100, end + 1
    else:
        return number
    return _scaled(line, Number(value, end, value, False, number.scaled), False)
