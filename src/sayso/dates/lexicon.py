"""The words of time expressions, out of the tables ``dates`` and ``dates-holidays``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sayso.tables import load


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Word, in lower case → what it stands for. Named after the sections of the table."""

    months: dict[str, int]
    weekdays: dict[str, int]
    units: dict[str, str]
    seasons: dict[str, str]
    season_months: dict[str, int]
    day_parts: dict[str, str]
    numbers: dict[str, int]
    ordinals: dict[str, int]
    decades: dict[str, int]
    days: dict[str, int]
    vague: dict[str, str]
    vague_adjectives: dict[str, str]
    directions: dict[str, int]
    sets: dict[str, frozenset[str]]
    future: frozenset[str]
    past: frozenset[str]
    happened: frozenset[str]
    ahead: frozenset[str]
    triggers: frozenset[str]
    openers: frozenset[str]


#: Words that only call for a closer look; everything else that does so stands in the tables.
_LOOK = (
    "future",
    "noon",
    "midnight",
    "nineteen",
    "twenty",
    "fiscal",
    "term",
    "moment",
    "period",
    "half",
    "past",
    "gmt",
    "utc",
)


@cache
def lexicon() -> Lexicon:
    """Return the tables, read once."""
    table = load("dates")
    sets = {name: frozenset(words) for name, words in table["words"].items()}
    core = {
        *table["units"],
        *table["seasons"],
        *table["day_parts"],
        *table["days"],
        *table["vague"],
        *table["decades"],
        *_LOOK,
    }
    core |= {*table["vague_adjectives"], *sets["other_calendars"], *sets["eras"]} - {"ad", "am", "ce", "bp"}
    core |= {word for name in holidays().names for word in name.split()[:1]} - {"may", "new", "st", "st.", "black"}
    capital = {*table["months"], *table["weekdays"], *core}
    openers = {"the", "in", "at", "over", *sets["parts_of"], *sets["parts_with_of"], *table["directions"], *core}
    openers |= sets["openers"] | sets["few"] | sets["fiscal"]
    return Lexicon(
        months=table["months"],
        weekdays=table["weekdays"],
        units=table["units"],
        seasons=table["seasons"],
        season_months=table["season_months"],
        day_parts=table["day_parts"],
        numbers=table["numbers"],
        ordinals=table["ordinals"],
        decades=table["decades"],
        days=table["days"],
        vague=table["vague"],
        vague_adjectives=table["vague_adjectives"],
        directions=table["directions"],
        sets=sets,
        future=frozenset(table["tense"]["future"]),
        past=frozenset(table["tense"]["past"]),
        happened=frozenset(table["tense"]["happened"]),
        ahead=frozenset((*table["tense"]["ahead"], *table["tense"]["future"])),
        triggers=frozenset({*core, *map(str.capitalize, capital), *map(str.upper, capital)}),
        openers=frozenset({*openers, *table["months"], *table["weekdays"], *table["numbers"], *table["ordinals"]}),
    )


@dataclass(frozen=True, slots=True)
class Holidays:
    """Named days: their rule, as in the table, by name in lower case, and how many words the longest name has."""

    fixed: dict[str, list[int]]
    counted: dict[str, list[int]]
    easter: dict[str, int]
    by_number: dict[str, str]
    events: dict[tuple[int, int], tuple[int, frozenset[str]]]
    names: frozenset[str]
    longest: int


@cache
def holidays() -> Holidays:
    """Return the table of named days, read once."""
    table = load("dates-holidays")
    names = frozenset({*table["fixed"], *table["counted"], *table["easter"]})
    return Holidays(
        table["fixed"],
        table["counted"],
        table["easter"],
        table["days_by_number"],
        {
            (int(day[:2]), int(day[3:])): (row["year"], frozenset(row["words"]))
            for day, row in table["days_of_events"].items()
        },
        names,
        max(name.count(" ") + 1 for name in names),
    )
