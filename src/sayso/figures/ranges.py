"""Numbers in digits and words with their unit, and ranges of two of them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from sayso.figures.amount import HYPHENS, Amount
from sayso.figures.line import Line
from sayso.figures.numbers import Number, number_at
from sayso.figures.phrases import words
from sayso.figures.units import money_before, unit_behind
from sayso.tables import load

_NUMBERS = "figures-numbers"
#: "A to B" with B over so many times A is no range ("rose 5 to 9,000").
WIDEST = 1000


def numeric_at(line: Line, i: int, number: Number, dotted: bool) -> Amount:
    """The amount that ``number`` at token ``i`` begins: with its unit, and the second number of a range."""
    money = money_before(line, i)
    if money is None and _is_metres(line, number):
        number = Number(number.mantissa, number.end - 1, number.mantissa, number.digits, False, number.grouped)
    first = _single(line, i, number, money)
    return _range(line, first, number, dotted) or first


def _is_metres(line: Line, number: Number) -> bool:
    """Whether "100m" is a length: no noun follows that it may count in millions."""
    k, behind = number.end - 1, line.at[number.end]
    if not number.scaled or line.at[k] != "m" or not line.joined(k) or behind in ("-", "of"):
        return False
    return not behind[:1].isalpha() or behind in words(_NUMBERS, "ranges", "metres")


def _single(line: Line, i: int, number: Number, money: tuple[str, int] | None) -> Amount:
    """One number with the currency before it or the unit behind it."""
    unit = unit_behind(line, number.end, number.digits)
    first, end, value, compound = i, number.end, number.value, False
    name, currency = "", ""
    if money is not None:
        name, currency, first = "money", money[0], money[1]
        if unit is not None and unit.unit == "money" and not unit.compound:
            end = unit.end
    elif unit is not None:
        name, currency, end, value = unit.unit, unit.currency, unit.end, number.value * unit.factor
        compound = unit.compound
    if (money is not None or unit is None) and line.at[end] == "-" and line.joined(end) and line.joined(end + 1):
        compound = money is not None or line.at[end + 1][:1].isalpha()
    if name != "duration" and _is_negative(line, first):
        first, value = first - 1, -value
    big = number.scaled or number.grouped
    return Amount(first, end, value, value, name, currency, "number", None, compound, big, not number.digits, i)


def _is_negative(line: Line, first: int) -> bool:
    """A minus sign, or the word: not a hyphen behind something."""
    sign = line.at[first - 1]
    if sign == "minus":
        return True
    return sign in ("-", "−", "–") and line.joined(first) and not line.joined(first - 1) and first >= 2


def _range(line: Line, first: Amount, number: Number, dotted: bool) -> Amount | None:
    """The whole range where ``first`` is its lower end: "5 to 7 million", "between 10 and 20 percent", "£5-£7"."""
    place = first.last
    if first.compound and line.at[number.end] in HYPHENS:  # "5-7": the hyphen was taken for a compound's
        place = number.end
    link, k = line.at[place], place + 1
    if not _links(line, first, link):
        return None
    while line.at[k] in load("figures-units")["symbols"] or (line.at[k] in ("us", "a", "c") and line.at[k + 1] == "$"):
        k += 1
    other = number_at(line, k, dotted)
    if other is None:
        return None
    second = _single(line, k, other, money_before(line, k))
    low, high = first.low, second.high
    if low is None or high is None:
        return None
    if other.scaled and not number.scaled and low < 1000 and low < other.mantissa:
        low = low * other.value / other.mantissa
    one, two = line.words[number.end : first.last], line.words[other.end : second.last]
    if not _fits(link, first, second, low, high) or (one and two and one != two):
        return None
    start = next(
        (j for j in (first.first - 1, first.first - 2) if link == "and" and line.at[j] == "between"), first.first
    )
    unit, currency = second.unit or first.unit, second.currency or first.currency
    whole = replace(second, first=start, low=low, unit=unit, currency=currency, form="range", start=first.start)
    return replace(whole, big=first.big or second.big)


def _links(line: Line, first: Amount, link: str) -> bool:
    """Whether the word between two numbers makes a range of them."""
    before, earlier = line.at[first.first - 1], line.at[first.first - 2]
    if link == "and":
        return before == "between" or (earlier == "between" and first.first >= 2)
    if link == "to":
        if before == "from":
            return earlier in words(_NUMBERS, "ranges", "ranging")
        near = line.words[max(0, first.first - 5) : first.first]
        return not (first.unit and any(word in words(_NUMBERS, "ranges", "change") for word in near))
    return link == "or" or link in HYPHENS


def _fits(link: str, first: Amount, second: Amount, low: Decimal, high: Decimal) -> bool:
    """Whether two numbers can be the ends of one range."""
    if low >= high or (first.unit and second.unit and first.unit != second.unit):
        return False
    if first.unit and not second.unit and first.unit != "money":
        return False
    if link == "or":
        return high <= low * 2 and first.spelled == second.spelled and (high - low <= 10 or bool(second.unit))
    return link != "to" or high <= low * WIDEST
