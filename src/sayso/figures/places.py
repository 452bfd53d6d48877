"""Where a figure's event took place: names behind words of place in its sentence."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache

from sayso.figures.heads import is_stop
from sayso.figures.line import Line
from sayso.figures.mention import Mention
from sayso.tables import load

#: A place further from the figure than this, in tokens, is that of something else.
FAR = 20


@cache
def _table() -> dict[str, frozenset[str]]:
    table = load("figures-places")
    return {
        key: frozenset(table[key]) for key in ("before", "before_water", "directions", "kinds", "water", "acronyms")
    }


def places(line: Line, taken: frozenset[int]) -> list[tuple[int, int]]:
    """Tokens of every place named in a sentence; ``taken``: tokens of dates."""
    table = _table()
    out = []
    for i, word in enumerate(line.words):
        if word in table["before"] or word in table["before_water"]:
            span = _name(line, i + 1, taken)
            if span and (word in table["before"] or _is_way(line, span)):
                out.append(span)
    return out


def _is_way(line: Line, span: tuple[int, int]) -> bool:
    """As in "on Lake Morrow", "off the Parwa road": the name says that one can be on it."""
    return bool(_table()["water"] & set(line.words[slice(*span)]))


def _name(line: Line, start: int, taken: frozenset[int]) -> tuple[int, int] | None:
    """The capitalised name at ``start`` with its article, a word of direction, and a noun for a kind of place behind it."""
    table = _table()
    i = start + 1 if line.at[start] == "the" else start
    if line.at[i] in table["kinds"] and line.at[i + 1] == "of" and not line.capital(i):
        start = i = i + 2
    if line.at[i] in table["directions"] and not line.capital(i):
        i += 1
    begin = i
    while i < len(line) and i not in taken and _in_name(line, i, begin, taken):
        if line.words[i].endswith("'s"):
            return None
        i += 1
    while i > begin and not line.words[i - 1][0].isalnum():
        i -= 1
    if i == begin or (i - begin == 1 and _is_acronym(line.raw[begin])):
        return None
    if i < len(line) and line.words[i].isdecimal():
        return None  # Hall 6 is a room
    if i < len(line) and line.words[i][0].isalpha() and not line.capital(i) and not is_stop(line.words[i]):
        if line.words[i] in table["kinds"]:
            return start, i + 1
        if (
            not line.words[i].endswith(("ed", "ing", "ly"))
            and i not in taken
            and line.words[i] not in ("last", "this", "next", "early", "late", "yesterday")
        ):
            return None
    return start, i


def _is_acronym(word: str) -> bool:
    """Whether a word in capitals names a body and no place ("at GMAC"; but "in the UK")."""
    return len(word) == 1 or (word.isupper() and len(word) <= 6 and word.lower() not in _table()["acronyms"])


def _in_name(line: Line, i: int, begin: int, taken: frozenset[int]) -> bool:
    if line.capital(i):
        return True
    word = line.words[i]
    if word == "-":
        return i > begin and line.joined(i)
    if word.isdecimal() and i > begin:
        return line.at[i - 1] in ("no", "ward", "sector", "zone", "district", "camp")
    return word in ("of", "the") and i > begin and line.capital(i + 1) and i + 1 not in taken


def place_of(line: Line, mention: Mention, named: list[tuple[int, int]]) -> tuple[int, int] | None:
    """The place of a figure out of those of its sentence: the next behind it, else the last before it."""
    if mention.unit == "duration" or not named:
        return None
    behind = bisect_left(named, (mention.last, 0))
    if behind < len(named) and named[behind][0] <= mention.last + FAR:
        return None if ";" in line.words[mention.last : named[behind][0]] else named[behind]
    before = next((span for span in reversed(named[max(0, behind - 4) : behind]) if span[1] <= mention.first), None)
    return before if before is not None and mention.first - before[1] <= FAR else None
