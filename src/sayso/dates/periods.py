"""Years and what is longer or between: years, decades, centuries, quarters, halves, seasons, feasts, other calendars."""

from __future__ import annotations

from sayso.dates.lexicon import holidays, lexicon
from sayso.dates.parts import Tail, month, ordinal, short_year, tail, year, year_digits
from sayso.dates.phrase import Phrase
from sayso.dates.tokens import Tokens

_OVER = ("over", "during", "in", "through", "until", "by", "since", "throughout")
_QUOTES = ("“", "”", '"', "‘", "’", "'", "«", "»")


def bare_year(t: Tokens, i: int) -> list[Phrase]:
    """Read a year that stands alone, where its neighbours let it be one."""
    found = year(t, i)
    if found is None or is_other_number(t, i, found[1]):
        return []
    value, end = found
    if t.word(end) in ("period", "fiscal") and t.word(i - 1) == "the":
        end += 1
    return [Phrase(i, end, "calendar", year=value)]


def is_other_number(t: Tokens, i: int, end: int, *, alone: bool = False) -> bool:
    """Whether the four digits are a title, a part of a name, an amount or a number of something.

    ``alone`` leaves out the look at a number before ("pages 1999 to 2004").
    """
    before = t.word(i - 1)
    if t.word(i) in _QUOTES:  # "’98" is a year after a preposition only: a quotation mark may open before a number
        return before not in lexicon().sets["year_before"]
    if not t.word(i).isdecimal():
        return t.capital(i) and before[:1].isalnum()
    listed = not alone and before in ("to", "and", "or", "-", "–", ",") and year_digits(t, i - 2) is not None
    if listed and is_other_number(t, i - 2, i - 1, alone=True):
        return True
    return _in_a_name(t, i, end) or _in_an_amount(t, i, end) or _joined(t, i, end) or not _plausible(t, i)


def _in_a_name(t: Tokens, i: int, end: int) -> bool:
    """A title in quotation marks, a number after a name ("Shed 1850"), a house in a street."""
    sets = lexicon().sets
    before, after = t.word(i - 1), t.word(end)
    if before in sets["year_never_after"] or (before in _QUOTES and after in _QUOTES):
        return True
    if t.capital(end) and (after in sets["streets"] or t.word(end + 1) in sets["streets"]):
        return True
    if before == "the" and after in (",", ".", ";", ""):
        return True  # no noun that it would be the year of
    if not (t.capital(i - 1) and before.isalpha()) or (t.raw(i - 1).isupper() and len(before) > 3):
        return False
    named = before in sets["year_before"] or before in lexicon().months or before in lexicon().weekdays
    return not named and before not in sets["events"]


def _in_an_amount(t: Tokens, i: int, end: int) -> bool:
    sets = lexicon().sets
    before, after = t.word(i - 1), t.word(end)
    counted = after in sets["year_never_before"] or before in CURRENCY_WORDS or (len(after) == 4 and after.isdecimal())
    pair = len(before) == 4 and before.isdecimal()
    return counted or pair or (t.hyphen(end) and t.word(end + 1) in sets["measured"])


def _joined(t: Tokens, i: int, end: int) -> bool:
    """Part of a longer number or code: "555-1987", "2021/4"."""
    before, after = t.word(i - 1), t.word(end)
    if t.touches(i) and before in ("/", ".", "@", "_", "#", "£", "$", "-", "–") and t.touches(i - 1):
        return not (before in ("-", "–", "/") and (t.word(i - 2) in ("mid", "pre", "post") or year_digits(t, i - 2)))
    return t.touches(end) and after in ("/", "-", "_", "@") and t.touches(end + 1) and t.word(end + 1)[:1].isdecimal()


def _plausible(t: Tokens, i: int) -> bool:
    """Whether the number is a likely year: of the last 600 after a preposition or mark, else of the last 300."""
    before, value = t.word(i - 1), int(t.word(i))
    if before in ("in", "since", "year"):
        return value >= 1000
    if before in lexicon().sets["year_before"] or before in (",", "(", ";", "-", "–", "—", "") or month(t, i - 1):
        return 1400 <= value <= 2100
    return 1700 <= value <= 2100


#: Words of money before a number.
CURRENCY_WORDS = frozenset({"usd", "us", "eur", "gbp", "rs", "naira", "euro", "dlrs", "sek", "yen", "ngn"})


def decade(t: Tokens, i: int) -> list[Phrase]:
    """Read "1990s", "the ’90s", "nineties"."""
    word, j = t.word(i), i
    tens = lexicon().decades.get(word)
    if tens is not None:
        if t.word(i - 1) in ("her", "his", "their", "my", "our", "your", "upper", "lower"):
            return []
        return [Phrase(i, i + 1, "ready", value=f"19{tens // 10}X", granularity="decade")]
    if word in ("'", "’", "‘") and t.touches(i + 1):
        j, word = i + 1, t.word(i + 1)
    if not (word.isdecimal() and len(word) in (2, 4) and word.endswith("0")):
        return []
    end = j + 1 + (t.word(j + 1) in ("'", "’") and t.touches(j + 1))
    if t.word(end) != "s" or not t.touches(end):
        return []
    if len(word) == 4:
        return (
            [Phrase(i, end + 1, "ready", value=f"{int(word) // 10}X", granularity="decade")]
            if 1000 <= int(word) <= 2190
            else []
        )
    the = "the" in (t.word(i - 1), t.word(i - 2), t.word(i - 3))
    told = j > i or (
        the and (t.word(i - 1) in ("the", "early", "late", "mid") or (t.word(i - 1) == "-" and t.word(i - 2) == "mid"))
    )
    if (
        not told
        or int(word) < (20 if j > i else 50)
        or (t.word(i - 2) in ("in", "her", "his", "their") and t.word(i - 1) != "the")
    ):
        return []
    return [Phrase(i, end + 1, "ready", value=f"{short_year(word) // 10}X", granularity="decade")]


def century(t: Tokens, i: int) -> list[Phrase]:
    """Read "the 19th century", "21st-century", "the nineteenth century"."""
    number = ordinal(t, i) or ((int(t.word(i)), i + 1) if t.word(i).isdecimal() and len(t.word(i)) == 2 else None)
    if number is None or not 1 <= number[0] <= 30:
        return []
    j = t.past_hyphen(number[1])
    if t.word(j) not in ("century", "centuries"):
        return []
    if t.word(j + 1) in ("bc", "bce") and t.capital(j + 1):
        return [Phrase(i, j + 2, "ready", kind="era")]
    return [Phrase(i, j + 1, "ready", value=f"{number[0] - 1:02}", granularity="century")]


def _tailed(found: Phrase, after: Tail | None) -> Phrase:
    if after is None:
        return found
    pointer = "back" if after.back else found.pointer
    return Phrase(
        found.first,
        after.last,
        found.sort,
        year=after.year,
        number=found.number,
        shift=after.shift,
        pointer=pointer,
        name=found.name,
    )


def quarter(t: Tokens, i: int) -> list[Phrase]:
    """Read "third quarter", "third-quarter", "Q3 1998", "3Q", "first half of 1990"."""
    fiscal = t.word(i) in lexicon().sets["fiscal"]
    k = t.past_hyphen(i + 1) if fiscal else i
    word = t.word(k)
    if word == "q" and t.word(k + 1) in ("1", "2", "3", "4") and t.touches(k + 1) and t.raw(k) == "Q":
        return [_tailed(Phrase(i, k + 2, "quarter", number=int(t.word(k + 1))), tail(t, k + 2))]
    number = ordinal(t, k) or ((5, k + 1) if word in ("final", "last", "latter") else None)
    if number is None:
        return []
    j = t.past_hyphen(number[1])
    if t.word(j) == "fiscal":
        j = t.past_hyphen(j + 1)
    after = tail(t, j + 1)
    if t.word(j) == "quarter" and (number[0] <= 4 or (number[0] == 5 and after)):
        return [_tailed(Phrase(i, j + 1, "quarter", number=min(number[0], 4)), after)]
    if t.word(j) == "half" and number[0] in (1, 2, 5):
        return [_tailed(Phrase(i, j + 1, "half", number=min(number[0], 2)), after)] if after else []
    if t.word(j) == "two" and t.word(j + 1) == "quarters" and (after := tail(t, j + 2)):
        return [_tailed(Phrase(i, j + 2, "half", number=min(number[0], 2)), after)]
    return []


def fiscal_year(t: Tokens, i: int) -> list[Phrase]:
    """Read "fiscal 1989", "FY2031", "FY31", "financial year 2031/32", "fiscal year 2031"."""
    word = t.word(i)
    if word not in lexicon().sets["fiscal"]:
        return []
    j = i + 1 + (t.word(i + 1) == "year")
    found = year(t, j)
    if (
        found
        and t.word(found[1]) in ("/", "-", "–")
        and t.touches(found[1])
        and t.word(found[1] + 1) == f"{(found[0] + 1) % 100:02}"
    ):
        return [Phrase(i, found[1] + 2, "ready", value=f"{found[0]}/{found[0] + 1}", granularity="year")]
    if found and (j > i + 1 or word in ("fy", "fiscal")):
        return [Phrase(i, found[1], "calendar", year=found[0])]
    if word == "fy" and t.word(j).isdecimal() and len(t.word(j)) == 2 and t.raw(i) == "FY":
        return [Phrase(i, j + 1, "calendar", year=short_year(t.word(j)))]
    return []


def season(t: Tokens, i: int) -> list[Phrase]:
    """Read a season with its year ("summer 1998", "the winter of 1994") or after "the" ("over the summer")."""
    name = lexicon().seasons.get(t.word(i))
    if name is None:
        return []
    after = tail(t, i + 1)
    if after is None:
        over = t.word(i - 1) in ("early", "late") or (t.word(i - 1) == "the" and t.word(i - 2) in _OVER)
        if (
            not over
            or t.word(i) == "fall"
            or t.word(i + 1) in ("of", "olympics", "games", "camp", "palace")
            or t.capital(i + 1)
        ):
            return []
    return [_tailed(Phrase(i, i + 1, "season", name=name), after)]


def holiday(t: Tokens, i: int) -> list[Phrase]:
    """Read the name of a feast or named day, the longest that fits."""
    known = holidays()
    if not t.capital(i):
        return []
    name, best = "", 0
    j = i
    while j < i + known.longest + 3 and t.word(j):
        name += (" " if name and not t.touches(j) else "") + t.word(j).replace("’", "'")
        j += 1
        if name in known.names:
            best, found = j, name
    if not best or (found == "christmas" and not _dated_christmas(t, i)):
        return []
    if t.capital(best) and t.word(best).isalpha() and t.word(best) not in lexicon().weekdays:
        return []  # "Easter Island"
    return [_tailed(Phrase(i, best, "holiday", name=found), tail(t, best))]


def _dated_christmas(t: Tokens, i: int) -> bool:
    """Whether Christmas is a day here and not a season of cards and markets."""
    return t.word(i - 1) in (
        "on",
        "at",
        "before",
        "after",
        "by",
        "since",
        "until",
        "last",
        "this",
        "next",
    ) and not t.capital(i + 1)


def other_calendar(t: Tokens, i: int) -> list[Phrase]:
    """Read years of another era or calendar, which are recognised and left alone: "Ramadan 1445", "44 BC", "1445 AH"."""
    sets = lexicon().sets
    word = t.word(i)
    if (
        word.isdecimal()
        and len(word) <= 4
        and t.word(i + 1) in sets["eras"]
        and t.raw(i + 1).isupper()
        and not t.touches(i + 1)
    ):
        doubtful = t.word(i + 1) in ("am", "bp", "ad", "ce", "ah") and len(word) < 3
        return [] if doubtful else [Phrase(i, i + 2, "ready", kind="era")]
    if word in ("ad",) and t.raw(i) == "AD" and t.word(i + 1).isdecimal() and len(t.word(i + 1)) <= 4:
        return [Phrase(i, i + 2, "ready", kind="era")]
    if word in sets["other_calendars"] and t.capital(i):
        j = i + 1 + (t.word(i + 1) == ",")
        first = i - 1 if t.word(i - 1).isdecimal() and len(t.word(i - 1)) <= 2 and not t.touches(i) else i
        if (
            t.word(j).isdecimal()
            and len(t.word(j)) <= 4
            and (len(t.word(j)) <= 2 or int(t.word(j)) < 1900 or int(t.word(j)) > 5000)
        ):
            return [Phrase(first, j + 1, "ready", kind="era")]
        return [Phrase(first, i + 1, "ready", kind="era")] if first < i else []
    return []
