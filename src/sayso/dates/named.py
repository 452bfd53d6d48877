"""Days, months and weekdays by name: "7 October 2031", "Oct. 7", "Friday, the 7th of October", "last March"."""

from __future__ import annotations

from dataclasses import replace

from sayso.dates.lexicon import lexicon
from sayso.dates.numeric import date_in_digits
from sayso.dates.parts import Tail, day, month, ordinal, short_year, tail
from sayso.dates.phrase import Phrase
from sayso.dates.tokens import Tokens

_AMOUNTS = ("percent", "per", "million", "billion", "trillion", "thousand", "hundred", "p", "pc")
_JOINS = ("-", "–", "to", "and", "or", ",", "&", "until", "till", "through", "/")


def day_month(t: Tokens, i: int) -> list[Phrase]:
    """Read "7 October", "7th of October 2031", "5-7 May", "5, 6 and 7 May": one phrase for each day."""
    days = _days_before_month(t, i)
    if not days:
        return []
    last, j = days[-1][1], days[-1][2]
    if t.word(j) == "of" or t.hyphen(j):
        j += 1
    named = month(t, j)
    if named is None or (t.word(j - 1) != "of" and not t.word(days[0][1]).isdecimal()):
        return []
    after = tail(t, named[1]) or _hyphened_year(t, named[1])
    end = after.last if after else named[1]
    found = Phrase(days[-1][1], end, "calendar", month=named[0], day=days[-1][0])
    found = _dated(found, after)
    others = [replace(found, first=first, last=stop, day=number) for number, first, stop in days if first != last]
    return [*others, found]


def _hyphened_year(t: Tokens, j: int) -> Tail | None:
    """The year of "28-Feb-19" and "28-Feb-2019"."""
    word = t.word(j + 1)
    if (
        not t.hyphen(j)
        or not word.isdecimal()
        or len(word) not in (2, 4)
        or (t.touches(j + 2) and t.word(j + 2) in ("-", "/"))
    ):
        return None
    return Tail(j + 2, year=int(word) if len(word) == 4 else short_year(word))


def _dated(found: Phrase, after: Tail | None) -> Phrase:
    """Give the phrase the year that its tail tells."""
    if after is None:
        return found
    return replace(found, year=after.year, shift=after.shift, pointer="back" if after.back else found.pointer)


def _days_before_month(t: Tokens, i: int) -> list[tuple[int, int, int]]:
    """Days one after the other, five at most: number, first token, token after it."""
    days: list[tuple[int, int, int]] = []
    j = i
    while len(days) < 5:
        found = day(t, j) or (
            ordinal(t, j) if t.word(j) in lexicon().ordinals or t.word(j) in lexicon().numbers else None
        )
        if found is None or not 1 <= found[0] <= 31:
            break
        days.append((found[0], j, found[1]))
        if t.word(found[1]) not in _JOINS:
            break
        j = found[1] + 1 + (t.word(found[1]) == "," and t.word(found[1] + 1) == "and")
    return days


def month_first(t: Tokens, i: int) -> list[Phrase]:
    """Read what begins with the name of a month: "October 7, 2031", "Oct. 7-9", "October 2031", "October last year"."""
    named = month(t, i)
    if named is None:
        return []
    j = named[1] + 1 if t.hyphen(named[1]) else named[1]
    if t.word(j) == "the" and ordinal(t, j + 1):
        j += 1
    number = day(t, j) or (ordinal(t, j) if t.word(j) in lexicon().ordinals else None)
    counts = number is not None and (
        t.word(number[1]) in _AMOUNTS or lexicon().units.get(t.word(number[1]), "WE") != "WE"
    )
    if number and 1 <= number[0] <= 31 and not counts:
        return _days_after_month(t, i, named[0], number)
    return _whole_month(t, i, named)


def _days_after_month(t: Tokens, i: int, number: int, first: tuple[int, int]) -> list[Phrase]:
    second = None
    j = first[1]
    if t.word(j) in ("-", "–", "to", "and", "through", "&", "or"):
        second = day(t, j + 1)
        sure = t.word(i - 1) in ("between", "from") or t.word(j) == "&"
        if second and not sure and t.word(j) in ("to", "and", "or") and not _closes(t, second[1]):
            second = None
    after = tail(t, second[1] if second else j)
    stop = second[1] if second else j
    found = Phrase(i, after.last if after and not second else j, "calendar", month=number, day=first[0])
    found = _dated(found, after)
    if second is None:
        return [found]
    return [found, replace(found, first=j + 1, last=after.last if after else stop, day=second[0])]


def _closes(t: Tokens, i: int) -> bool:
    """Whether the number before ends there: nothing counted comes after it."""
    word = t.word(i)
    return (
        not word
        or not word[0].isalnum()
        or (len(word) == 4 and word.isdecimal())
        or word in ("in", "at", "of", "was", "were", "for")
    )


def _whole_month(t: Tokens, i: int, named: tuple[int, int]) -> list[Phrase]:
    number, end = named
    after = tail(t, end)
    if after:
        return [_dated(Phrase(i, after.last, "calendar", month=number), after)]
    sets = lexicon().sets
    if t.word(i - 1) in sets["naming"]:
        return []
    before = t.word(i - 2) if t.word(i - 1) in ("-", "–", "the") else t.word(i - 1)
    listed = t.word(i - 1) in ("and", "to", "or", "-", "–", ",", "/") and month(t, i - 2) is not None
    evident = listed or before in sets["month_before"]
    owned = (
        t.word(i) in ("june", "april", "august") and before in ("a", "the", "its", "their") and t.word(end).islower()
    )
    evident = evident or owned
    if t.word(i) in sets["doubtful_months"] and not (evident and not _goes_on_as_name(t, end)):
        return []
    if not evident and _goes_on_as_name(t, end) and t.capital(i - 1):
        return []
    return [Phrase(i, end, "calendar", month=number)]


def _goes_on_as_name(t: Tokens, j: int) -> bool:
    """Whether a word with a capital or a possessive follows: "in May Harrow's book"."""
    return t.capital(j) and t.word(j).isalpha() and len(t.word(j)) > 1 and month(t, j) is None


def weekday_first(t: Tokens, i: int) -> list[Phrase]:
    """Read what begins with a weekday: "Friday", "Friday night", "Friday, 7 October", "Friday (7/10/2031)"."""
    lex = lexicon()
    number = lex.weekdays.get(t.word(i))
    if number is None or not t.capital(i):
        return []
    j = i + 2 if t.word(i + 1) == "." and t.word(i) in lex.sets["doubtful_weekdays"] and t.touches(i + 1) else i + 1
    dated = _date_of_weekday(t, j)
    if dated:
        closed = dated[-1].last + 1 if t.word(j) == "(" and t.word(dated[-1].last) == ")" else dated[-1].last
        return [
            replace(dated[0], first=i, weekday=number, last=closed if len(dated) == 1 else dated[0].last),
            *dated[1:],
        ]
    if t.word(i) in lex.sets["doubtful_weekdays"]:
        return []
    if t.word(i).endswith("ys"):
        return [Phrase(i, j, "ready", value=f"XXXX-WXX-{number + 1}", granularity="day", kind="set")]
    if _is_name(t, i, j):
        return []
    if t.word(i - 1) in ("on", "of", "for") and t.raw(i - 1).istitle() and t.capital(i - 2) and t.raw(i - 2).istitle():
        return []  # "Harbour on Sunday" in capitals is a title
    if t.word(j) in lex.sets["names_after_weekday"] and t.capital(j):
        return []
    return [_plain_weekday(t, i, j, number)]


def _is_name(t: Tokens, i: int, j: int) -> bool:
    """Whether a weekday is part of a name: "Black Friday", "the Sunday Herald", "Harbour On Sunday", "Friday Renn ran"."""
    sets = lexicon().sets
    before, after = t.word(i - 1), t.word(j)
    if before in sets["naming"] or (before in sets["names_before_weekday"] and t.capital(i - 1)):
        return True
    if before in ("on", "of", "for") and t.raw(i - 1).istitle() and t.raw(i - 2).istitle():
        return True
    goes_on = t.capital(j) and t.raw(j).istitle() and after.isalpha() and len(after) > 1 and not t.raw(i).isupper()
    opens = before in ("the", "", ".", "“", '"', "’") and not t.word(i - 2)[-1:].isdecimal()
    return goes_on and (opens or after in sets["names_after_weekday"]) and after not in lexicon().months


def _date_of_weekday(t: Tokens, j: int) -> list[Phrase]:
    """The date beside a weekday, after a comma, "the" or an opening bracket."""
    k = j + 1 if t.word(j) in (",", "(", "-", "–") else j
    k += t.word(k) == "the"
    dated = day_month(t, k) or [p for p in month_first(t, k) if p.day]
    return dated or [p for p in date_in_digits(t, k) if p.sort != "ready" and p.month]


def _plain_weekday(t: Tokens, i: int, j: int, number: int) -> Phrase:
    lex = lexicon()
    name = t.raw(j) == "Night" or (t.word(j) in lex.day_parts and t.capital(j) and not t.raw(i).isupper())
    part = lex.day_parts.get(t.word(j), "") if not name else ""
    if t.word(j) in ("early", "late") and t.word(j + 1) in lex.day_parts:
        part, j = lex.day_parts[t.word(j + 1)], j + 1
    end = j + 1 if part else j
    found = Phrase(i, end, "weekday", weekday=number, part=part)
    if t.word(end + 1) in ("week", "weekend") and t.word(end) in ("last", "this", "next"):
        return replace(found, last=end + 2, pointer="this", shift=lex.directions[t.word(end)])
    if [t.word(end), t.word(end + 2)] == ["of", "week"] and t.word(end + 1) in ("last", "this", "next"):
        return replace(found, last=end + 3, pointer="this", shift=lex.directions[t.word(end + 1)])
    return found
