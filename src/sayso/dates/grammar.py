"""One stretch of tokens → its phrases, from left to right; at each token the first rule that reads something wins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sayso.dates.lexicon import lexicon
from sayso.dates.named import day_month, month_first, weekday_first
from sayso.dates.numeric import clock_at, date_in_digits
from sayso.dates.parts import ordinal, tail
from sayso.dates.periods import bare_year, century, decade, fiscal_year, holiday, other_calendar, quarter, season
from sayso.dates.phrase import Phrase
from sayso.dates.pointing import counted, directed, near_day, recurring, vague, year_ago
from sayso.dates.tokens import Tokens

#: Sorts before which "the" belongs to the expression ("the third quarter", "the 1990s").
_WITH_ARTICLE = {"quarter", "half", "season"}
_GRAINS_WITH_ARTICLE = {"decade", "century"}
#: Sorts that "early", "late", "the end of" may stand before.
_PARTED = {"calendar", "weekday", "unit", "quarter", "half", "season", "holiday", "ready"}


def phrases(t: Tokens) -> Iterator[Phrase]:
    """Read all phrases of a stretch. Every token is looked at once, and each rule reads a bounded number of tokens."""
    openers = lexicon().openers
    after = 0
    for i, word in enumerate(t.words):
        if i < after or not (word in openers or word[0] in _DIGITS_AND_QUOTES):
            continue
        found = phrases_at(t, i)
        if found:
            yield from found
            after = found[-1].last


_DIGITS_AND_QUOTES = frozenset("0123456789'’‘")


def phrases_at(t: Tokens, i: int) -> list[Phrase]:
    """Read what begins at one token, nothing in most places."""
    word = t.words[i]
    if word[0] in "0123456789":
        return _from_digits(t, i)
    if word in ("'", "’", "‘"):
        return decade(t, i) or (bare_year(t, i) if t.touches(i + 1) else [])
    if word not in lexicon().openers:
        return []
    if word == "the":
        return _from_article(t, i)
    return parted(t, i) or core(t, i)


def _from_digits(t: Tokens, i: int) -> list[Phrase]:
    if t.touches(i) and (t.word(i - 1) in ("$", "£", "€", "#") or t.word(i - 1)[:1].isalpha()):
        return []
    found = date_in_digits(t, i)
    if found:
        return found
    clock = clock_at(t, i)
    if clock:
        return [clock]
    return (
        day_month(t, i)
        or century(t, i)
        or quarter(t, i)
        or decade(t, i)
        or counted(t, i)
        or other_calendar(t, i)
        or bare_year(t, i)
    )


def core(t: Tokens, i: int) -> list[Phrase]:
    """Read an expression without a word for a part of it before it."""
    lex = lexicon()
    word = t.word(i)
    found: list[Phrase] = []
    if word in lex.months:
        found = holiday(t, i) or month_first(t, i)
    elif word in lex.weekdays:
        found = weekday_first(t, i)
    if found:
        return found
    if word in ("noon", "midnight"):
        clock = clock_at(t, i)
        return [clock] if clock else []
    return (
        holiday(t, i)
        or other_calendar(t, i)
        or near_day(t, i)
        or directed(t, i)
        or year_ago(t, i)
        or recurring(t, i)
        or vague(t, i)
        or fiscal_year(t, i)
        or _by_number_word(t, i)
        or season(t, i)
        or _end_of_year(t, i)
    )


def _by_number_word(t: Tokens, i: int) -> list[Phrase]:
    """Read what begins with a number or ordinal in words."""
    lex = lexicon()
    word = t.word(i)
    if (
        word in lex.ordinals
        or word in ("final", "latter", "last")
        or (word in lex.numbers and lex.numbers[word] >= 20)
        or word == "q"
    ):
        found = century(t, i) or quarter(t, i) or (day_month(t, i) if word != "second" else [])
        if found:
            return found
    if word in lex.numbers or word in lex.units or word in lex.sets["few"] or word == "half":
        found = counted(t, i)
        if found:
            return found
    if word in ("nineteen", "twenty"):
        return bare_year(t, i)
    return decade(t, i) if word in lex.decades else []


def _end_of_year(t: Tokens, i: int) -> list[Phrase]:
    """Read "year end", "year’s end", "year-end" without a noun after it."""
    if t.word(i) != "year":
        return []
    j = i + 1
    if t.word(j) in ("'", "’") and t.word(j + 1) == "s":
        j += 2
    hyphened = t.hyphen(j)
    j = t.past_hyphen(j)
    if t.word(j) != "end" or (hyphened and t.word(j + 1).isalpha() and t.word(i - 1) not in ("by", "before", "until")):
        return []
    return [Phrase(i, j + 1, "unit", unit="Y", shift=0)]


def _from_article(t: Tokens, i: int) -> list[Phrase]:
    found = (
        parted(t, i)
        or _week_of(t, i)
        or _bare_ordinal(t, i)
        or near_day(t, i)
        or directed(t, i)
        or year_ago(t, i)
        or vague(t, i)
        or _the_unit(t, i)
    )
    if found:
        return found
    inner = phrases_at(t, i + 1) if i + 1 < len(t.words) and t.word(i + 1) != "the" else []
    if inner and inner[0].kind == "date" and inner[0].first == i + 1:
        first = inner[0]
        if (
            first.sort in _WITH_ARTICLE
            or _is_ordinal_day(t, first)
            or first.granularity in _GRAINS_WITH_ARTICLE
            or (first.sort == "ago" and first.few)
        ):
            return [replace(first, first=i), *inner[1:]]
    return inner


def _is_ordinal_day(t: Tokens, p: Phrase) -> bool:
    """Whether the phrase begins with "9th" or "ninth": then its article belongs to it."""
    return p.sort == "calendar" and p.day is not None and ordinal(t, p.first) is not None


def _bare_ordinal(t: Tokens, i: int) -> list[Phrase]:
    """Read "on the 29th" where nothing is counted after it: a day of the month told of."""
    found = (
        ordinal(t, i + 1)
        if t.word(i + 1).isdecimal() and t.word(i - 1) in ("on", "by", "until", "since", "from")
        else None
    )
    if found is None or not 1 <= found[0] <= 31 or not _closes(t, found[1]):
        return []
    return [Phrase(i, found[1], "calendar", day=found[0], pointer="back")]


def _closes(t: Tokens, j: int) -> bool:
    word = t.word(j)
    return (not word[:1].isalnum() and word != "-") or word in lexicon().sets["ending"]


def _week_of(t: Tokens, i: int) -> list[Phrase]:
    """Read "the week of 19 January": the week that holds the day."""
    if [t.word(i + 1), t.word(i + 2)] not in (["week", "of"], ["week", "beginning"], ["week", "ending"]):
        return []
    inner = phrases_at(t, i + 3) if i + 3 < len(t.words) and t.word(i + 3) != "the" else []
    if not inner or inner[0].sort != "calendar" or not inner[0].day:
        return []
    return [replace(inner[0], first=i, unit="W")]


def _the_unit(t: Tokens, i: int) -> list[Phrase]:
    """Read "the weekend", "the quarter", "the year ended", "the 1988 second quarter", "the corresponding period last year"."""
    word, after = t.word(i + 1), t.word(i + 2)
    if word == "new" and after == "year" and t.word(i - 1) in ("in", "until", "till", "by", "before", "for", "into"):
        return [Phrase(i, i + 3, "unit", unit="Y", shift=1, pointer="next")]
    if word == "weekend" and after not in ("of", "warrior"):
        return [Phrase(i, i + 2, "unit", unit="WE", pointer="latest")]
    if word == "quarter" and after not in ("of", "final", "-", "mile", "century"):
        if [after, t.word(i + 3), t.word(i + 4)] == ["a", "year", "ago"]:
            return [Phrase(i, i + 5, "quarter", shift=-1)]
        return [Phrase(i, i + 2, "quarter", pointer="latest")]
    if word == "year" and after in ("ended", "ending"):
        return [Phrase(i, i + 2, "ready", value="P1Y", kind="duration")]
    if word == "full" and after == "year":
        return [Phrase(i, i + 3, "unit", unit="Y", shift=0)]
    if word in ("corresponding", "same", "comparable", "similar") and after in ("period", "quarter"):
        found = tail(t, i + 3)
        if found:
            number = Phrase(i, found.last, "quarter", year=found.year, shift=found.shift)
            return [number if found.shift is not None or found.year else replace(number, shift=-1)]
    if word.isdecimal() and len(word) == 4:
        inner = quarter(t, i + 2) or ([Phrase(i, i + 3, "quarter")] if after == "quarter" else [])
        if inner and inner[0].year is None:
            return [replace(inner[0], first=i, year=int(word))]
    return []


def parted(t: Tokens, i: int) -> list[Phrase]:
    """Read a part of a longer stretch: "early next year", "mid-March", "the end of 1990", "later on Friday"."""
    sets = lexicon().sets
    k = i + 1 if t.word(i) == "the" else i
    word = t.word(k)
    share = word in ("last", "first", "second", "latter") and t.word(k + 1) in (
        "half",
        "part",
        "days",
        "weeks",
        "months",
    )
    if share or word in sets["parts_with_of"]:
        j = k + 1 if word in sets["parts_with_of"] else k + 2
        if t.word(j) != "of":
            return []
        inner = _unit_of_now(t, j + 1) or _inner(t, j + 1)
    elif word in sets["parts_of"]:
        j = t.past_hyphen(k + 1)
        j += t.word(j) == "in" or (t.word(j) == "on" and word in ("later", "earlier", "early", "late"))
        inner = _unit_of_now(t, j) or _inner(t, j)
    else:
        return []
    if not inner:
        return []
    parted_first = replace(inner[0], first=i, part=inner[0].part or word)
    return [_half_of(parted_first, word), *inner[1:]] if t.word(k + 1) == "half" else [parted_first, *inner[1:]]


def _half_of(found: Phrase, word: str) -> Phrase:
    if found.sort == "calendar" and found.month is None and found.year:
        return replace(found, sort="half", number=1 if word == "first" else 2)
    if found.sort == "unit" and found.unit == "Y":
        return replace(found, sort="half", number=1 if word == "first" else 2)
    return found


def _unit_of_now(t: Tokens, j: int) -> list[Phrase]:
    """Read "the year" after "the end of": this year."""
    unit = lexicon().units.get(t.word(j + 1), "")
    if t.word(j) == "the" and unit in ("W", "M", "Y", "E", "C", "WE") and not t.word(j + 1).endswith("s"):
        return [Phrase(j, j + 2, "unit", unit=unit, shift=0)]
    return []


def _inner(t: Tokens, j: int) -> list[Phrase]:
    sets = lexicon().sets
    word = t.word(j + 1) if t.word(j) == "the" else t.word(j)
    if j >= len(t.words) or word in sets["parts_of"] or word in sets["parts_with_of"]:
        return []  # no part of a part: so a long row of them is read in linear time
    inner = phrases_at(t, j)
    if not inner or inner[0].first != j or inner[0].kind != "date" or inner[0].sort not in _PARTED:
        return []
    return (
        []
        if inner[0].granularity == "vague" or (inner[0].sort == "calendar" and inner[0].day and t.word(j - 1) == "of")
        else inner
    )
