"""Expressions that point: "yesterday", "last week", "two years ago", "the following day", "now"; and durations and sets."""

from __future__ import annotations

from dataclasses import replace

from sayso.dates.lexicon import lexicon
from sayso.dates.named import month_first, weekday_first
from sayso.dates.parts import amount, month, ordinal
from sayso.dates.periods import quarter, season
from sayso.dates.phrase import Phrase, Pointer
from sayso.dates.tokens import Tokens

_POINTERS: tuple[Pointer, ...] = ("last", "this", "next")


def near_day(t: Tokens, i: int) -> list[Phrase]:
    """Read "today", "yesterday morning", "tonight", "last night", "this afternoon", "the day after tomorrow"."""
    lex = lexicon()
    word, following = t.word(i), t.word(i + 1)
    if word in lex.days:
        if _in_name(t, i):
            return []
        end = i + 2 if following in lex.day_parts else i + 1
        part = lex.day_parts.get(following, "NI" if word == "tonight" else "")
        return [Phrase(i, end, "unit", unit="D", shift=lex.days[word], part=part)]
    if (
        word in ("last", "this")
        and following in lex.day_parts
        and not (_in_name(t, i) and t.capital(i + 1))
        and (following == "night" or word == "this")
    ):
        return [Phrase(i, i + 2, "unit", unit="D", shift=-(word == "last"), part=lex.day_parts[following])]
    if word == "the" and following in ("week", "month", "year") and t.word(i + 2) in ("after", "before"):
        sign = 1 if t.word(i + 2) == "after" else -1
        unit = lex.units[following]
        return [Phrase(i, i + 3, "ago", unit=unit, number=1, shift=sign, pointer="back")] if _ends(t, i + 3) else []
    if word == "the" and following == "day" and t.word(i + 2) in ("after", "before"):
        if t.word(i + 3) in ("tomorrow", "yesterday"):
            return [Phrase(i, i + 4, "unit", unit="D", shift=2 * lex.days[t.word(i + 3)])]
        if _ends(t, i + 3):
            return [
                Phrase(i, i + 3, "ago", unit="D", number=1, shift=1 if t.word(i + 2) == "after" else -1, pointer="back")
            ]
    return []


def _in_name(t: Tokens, i: int) -> bool:
    """Whether a word with a capital stands inside a sentence, as a part of a name: "the Today programme"."""
    return t.raw(i).istitle() and t.word(i - 1)[:1].isalnum()


def _ends(t: Tokens, i: int) -> bool:
    """Whether the phrase ends here: a mark or nothing follows."""
    return not t.word(i) or t.word(i) in (".", ",", ";", ":", ")", "”", '"', "’", "?", "!")


def directed(t: Tokens, i: int) -> list[Phrase]:
    """Read "last week", "next Monday", "this September", "the following day", "that year", "last year’s third quarter"."""
    lex = lexicon()
    the = t.word(i) == "the"
    k = i + 1 if the else i
    word = t.word(k)
    if word in lex.sets["back_pointers"] and not (the and word == "that"):
        return _back(t, i, k)
    if word in lex.sets["latest"]:
        return [Phrase(i, k + 2, "quarter", pointer="latest")] if t.word(k + 1) in ("quarter", "period") else []
    if word == "this" and t.word(k + 1) == "past" and lex.units.get(t.word(k + 2), "WE") == "WE":
        found = _past(t, i, k + 2)
        if found:
            return found
    shift = lex.directions.get(word)
    if shift is None:
        return []
    j = k + 1
    if t.word(j) in ("full", "calendar", "fiscal", "financial"):
        j += 1
    unit = lex.units.get(t.word(j))
    if unit and not unit.startswith("T"):
        return _directed_unit(t, (i, k, j), unit, shift)
    if the and word not in ("previous", "following", "next", "current"):
        return []
    return _directed_name(t, i, k, shift)


def _past(t: Tokens, i: int, j: int) -> list[Phrase]:
    """Read "this past weekend", "this past Friday"."""
    if t.word(j) == "weekend":
        return [Phrase(i, j + 1, "unit", unit="WE", pointer="latest")]
    inner = weekday_first(t, j) if t.word(j) in lexicon().weekdays else []
    return [replace(p, first=i, pointer="last") for p in inner[:1] if p.sort == "weekday"]


def _back(t: Tokens, i: int, k: int) -> list[Phrase]:
    j = k + 1 + (t.word(k) == "that" and t.word(k + 1) == "same")
    unit = lexicon().units.get(t.word(j))
    if (unit and t.word(j).endswith("s")) or (t.capital(k) and t.word(k) == "same"):
        return []
    if unit in ("D", "W", "M", "Y", "WE"):
        return [Phrase(i, j + 1, "unit", unit=unit, shift=0, pointer="back")]
    found = season(t, j) if t.word(j) in lexicon().seasons else []
    named = lexicon().seasons.get(t.word(j))
    if named and not found and t.word(j) != "fall":
        return [Phrase(i, j + 1, "season", name=named, pointer="back")]
    return []


def _directed_unit(t: Tokens, at: tuple[int, int, int], unit: str, shift: int) -> list[Phrase]:
    first, k, j = at
    word, plural = t.word(k), t.word(j).endswith("s")
    if plural:
        if word in ("coming", "next", "past", "last", "this"):
            value = "FUTURE_REF" if shift > 0 else "PAST_REF"
            return [Phrase(first, j + 1, "ready", value=value, granularity="vague")] if word == "coming" else []
        return []
    the = first < k
    if (word == "this" and unit == "D") or (word == "last" and t.word(j + 1) == "of"):
        return []
    if word == "past" or (the and word in ("last", "coming", "next") and not _told_of(t, first, word, unit)):
        return [Phrase(first, j + 1, "ready", value=f"P1{unit}" if unit != "E" else "P10Y", kind="duration")]
    back = word in ("previous", "following", "preceding", "prior") or (word == "next" and (the or unit == "D"))
    found = Phrase(first, j + 1, "unit", unit=unit, shift=shift, pointer="back" if back else "")
    if unit in ("Y", "Q", "M", "W") and t.word(j + 1) in ("'", "’") and t.word(j + 2) == "s":
        return [_owned(t, found, j + 3) or found]
    if unit == "Y" and t.word(j + 1) == "quarter":
        return [replace(found, last=j + 2, sort="quarter", number=0)]
    return [found]


def _told_of(t: Tokens, first: int, word: str, unit: str) -> bool:
    """Whether "the next day" and its like point to the stretch after the one told of, and are no duration."""
    return (
        word == "next"
        and unit in ("D", "W", "M", "Y")
        and t.word(first - 1) not in ("over", "in", "within", "for", "during")
    )


def _owned(t: Tokens, whole: Phrase, j: int) -> Phrase | None:
    """What belongs to a year: "last year’s third quarter", "this year’s summer"."""
    if whole.unit != "Y":
        return None
    if t.word(j) in ("quarter", "period"):
        return replace(whole, last=j + 1, sort="quarter", number=0) if t.word(j) == "quarter" else None
    inner = quarter(t, j) if ordinal(t, j) else []
    if inner and inner[0].year is None and inner[0].shift is None:
        return replace(inner[0], first=whole.first, shift=whole.shift, pointer=whole.pointer)
    return None


def _directed_name(t: Tokens, first: int, k: int, shift: int) -> list[Phrase]:
    """Read "last Friday", "this September", "next summer"; the direction is a pointer."""
    lex = lexicon()
    pointer = _POINTERS[shift + 1]
    word = t.word(k + 1)
    if word in lex.seasons and (word != "fall" or t.word(k + 2) != "of"):
        after = Phrase(first, k + 2, "season", name=lex.seasons[word], pointer=pointer)
        return [after]
    inner = weekday_first(t, k + 1) if word in lex.weekdays else month_first(t, k + 1) if month(t, k + 1) else []
    relative = t.word(k) in ("following", "previous") and first == k  # "following Monday’s debate" is a preposition
    if not inner or inner[0].kind != "date" or relative or t.word(k) in ("past", "prior", "preceding"):
        return []
    if inner[0].year is None and inner[0].shift is None:
        return [replace(p, first=first if n == 0 else p.first, pointer=pointer) for n, p in enumerate(inner)]
    return [replace(inner[0], first=first)]


def counted(t: Tokens, i: int) -> list[Phrase]:
    """Read a number of units: "two years ago", "a day earlier", "three months", "6-year-old", "twenty-seven days"."""
    read = amount(t, i)
    if read is None:
        return _unnumbered(t, i)
    number, j = read
    if t.word(j) in ("more", "full", "whole", "consecutive", "straight", "long", "short"):
        j += 1
    j = t.past_hyphen(j)
    unit = lexicon().units.get(t.word(j))
    if unit is None or (unit == "TS" and t.word(j) != "seconds"):
        return []
    after = _and_a_half(t, j + 1)
    direction = _direction_after(t, after)
    if direction and not (t.hyphen(after) and t.word(i) in ("a", "an")):
        sign, end, pointer = direction
        kind = "time" if unit.startswith("T") else "date"
        return [
            Phrase(
                i, end, "ago", number=number or 0, few=number is None, unit=unit, shift=sign, pointer=pointer, kind=kind
            )
        ]
    if unit == "Q":
        return []  # "a quarter", "three quarters" are shares
    if t.hyphen(j + 1) and t.word(j + 2) in ("old", "olds"):
        return [Phrase(i, j + 3, "ready", value=_duration(number, unit), kind="duration")]
    return [Phrase(i, j + 1, "ready", value=_duration(number, unit), kind="duration")]


def _and_a_half(t: Tokens, j: int) -> int:
    return j + 3 if [t.word(j), t.word(j + 1), t.word(j + 2)] == ["and", "a", "half"] else j


def _direction_after(t: Tokens, j: int) -> tuple[int, int, Pointer] | None:
    """What the word after a number of units makes of it: sign, the token after, and where it counts from."""
    word = t.word(j)
    if word == "ago":
        return -1, j + 1, ""
    if word == "earlier" and t.word(j + 1) != "than":
        return -1, j + 1, "back"
    if word == "later":
        return 1, j + 1, "back"
    if word == "from" and t.word(j + 1) in ("now", "today"):
        return 1, j + 2, ""
    if word in ("before", "after", "previously") and _ends(t, j + 1):
        return (1 if word == "after" else -1), j + 1, "back"
    if word == "hence":
        return 1, j + 1, ""
    return None


def _unnumbered(t: Tokens, i: int) -> list[Phrase]:
    """Read "weeks ago", "years later"."""
    unit = lexicon().units.get(t.word(i))
    if unit is None or not t.word(i).endswith("s"):
        return []
    direction = _direction_after(t, i + 1)
    if direction:
        return [Phrase(i, direction[1], "ago", few=True, unit=unit, shift=direction[0], pointer=direction[2])]
    return []


def _duration(number: int | None, unit: str) -> str:
    count = (
        "X"
        if number is None
        else str(number * (10 if unit == "E" else 100 if unit == "C" else 2 if unit == "2W" else 1))
    )
    letter = {"E": "Y", "C": "Y", "2W": "W", "WE": "WE", "TH": "H", "TM": "M", "TS": "S"}.get(unit, unit)
    return f"P{'T' if unit.startswith('T') else ''}{count}{letter}"


def recurring(t: Tokens, i: int) -> list[Phrase]:
    """Read "every Friday", "each year": they name no day."""
    lex = lexicon()
    if t.word(i) not in lex.sets["every"]:
        return []
    j = i + 1 + (t.word(i + 1) in ("other", "single", "few"))
    unit, number = lex.units.get(t.word(j)), lex.weekdays.get(t.word(j))
    if unit:
        return [Phrase(i, j + 1, "ready", value=_duration(1, unit), kind="set")]
    if number is not None and t.capital(j):
        end = j + 2 if t.word(j + 1) in lex.day_parts else j + 1
        return [Phrase(i, end, "ready", value=f"XXXX-WXX-{number + 1}", granularity="day", kind="set")]
    named = month(t, j)
    return [Phrase(i, named[1], "ready", value=f"XXXX-{named[0]:02}", granularity="month", kind="set")] if named else []


def vague(t: Tokens, i: int) -> list[Phrase]:
    """Read "now", "recently", "in recent years", "the near future", "these days", "at the moment"."""
    lex = lexicon()
    word, after = t.word(i), t.word(i + 1)
    value, end = lex.vague.get(word, ""), i + 1
    if _in_name(t, i):
        return []
    if word == "right" and after == "now":
        value, end = "PRESENT_REF", i + 2
    elif word == "soon" and (
        t.word(i - 1) in ("as", "too", "so", "how") or after in ("after", "before", "enough", "as")
    ):
        value = ""
    elif word == "now" and after in ("that", "-", "defunct"):
        value = "" if after != "that" or _clause_after_now(t, i + 2) else value
    elif word in lex.vague_adjectives and t.word(i - 1) not in ("most", "than", "more"):
        value = lex.vague_adjectives[word]
        end = i + 2 if after in lex.units and not lex.units[after].startswith("T") else i + 1
        if word == "current" and (after in ("and", ",", ".", "of") or not after):
            value = ""
    elif word == "these" and after == "days":
        value, end = "PRESENT_REF", i + 2
    elif word == "the":
        value, end = _the_future(t, i)
    elif (
        word == "in"
        and [after, t.word(i + 2)] == ["the", "past"]
        and (_ends(t, i + 3) or t.word(i + 3) in lex.sets["ending"])
    ):
        return [Phrase(i + 1, i + 3, "ready", value="PAST_REF", granularity="vague")]
    elif word == "at" and [after, t.word(i + 2)] == ["the", "moment"]:
        value, end = "PRESENT_REF", i + 3
    return [Phrase(i, end, "ready", value=value, granularity="vague")] if value else []


def _clause_after_now(t: Tokens, j: int) -> bool:
    return t.word(j) not in (".", ",", "")


def _the_future(t: Tokens, i: int) -> tuple[str, int]:
    j = i + 1 + (t.word(i + 1) in ("near", "foreseeable", "distant", "immediate", "short", "not"))
    if t.word(j) == "future" and t.word(j + 1) != "of":
        return "FUTURE_REF", j + 1
    if t.word(j) == "term" and j > i + 1:
        return "FUTURE_REF", j + 1
    return "", i


def year_ago(t: Tokens, i: int) -> list[Phrase]:
    """Read "year-ago", "the year-earlier quarter", "a year-ago period"."""
    k = i + 1 if t.word(i) in ("the", "a") else i
    if t.word(k) != "year" or not t.hyphen(k + 1) or t.word(k + 2) not in ("ago", "earlier"):
        return []
    j = k + 3
    inner = quarter(t, j) if ordinal(t, j) else []
    if inner:
        return [replace(inner[0], first=i, shift=-1)]
    named = t.word(j) in ("quarter", "period")
    return [
        Phrase(
            i if named else k,
            j + 1 if named else j,
            "quarter" if t.word(j) == "quarter" else "ago",
            number=0 if t.word(j) == "quarter" else 1,
            unit="Y",
            shift=-1,
        )
    ]
