"""Places: how they are named around a figure, which lies in which by the page's own words, and when two are one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sayso.figures.heads import is_stop
from sayso.figures.line import Line
from sayso.pile.series.words import Names, name_key, words_of
from sayso.tables import load

Within = frozenset[tuple[str, str]]
LONGEST = 24
"""Tokens of the longest list of places that is read ("in Orrin, Haldermouth, Vell and Tarn")."""

SITE = 2
"""Words between the name of a site and what it is: "the Brannock CHEMICAL works"."""


@dataclass(frozen=True, slots=True)
class Where:
    """The places that one phrase names together, and which of them it puts inside which others."""

    places: Names = frozenset()
    within: Within = frozenset()
    first: int = 0
    last: int = 0


@cache
def _table() -> dict[str, frozenset[str]]:
    table = load("figures-places")
    return {key: frozenset(table[key]) for key in ("before", "directions", "kinds", "acronyms")}


def phrases(line: Line) -> list[Where]:
    """Every phrase of place in a sentence: a preposition with one name, or with several in a list."""
    out: list[Where] = []
    i = 0
    while i < len(line):
        if line.words[i] in _table()["before"]:
            where = _phrase(line, i + 1)
            if where is not None:
                out.append(where)
                i = where.last
                continue
        i += 1
    return out


def _phrase(line: Line, start: int) -> Where | None:
    groups: list[list[str]] = [[]]
    i = start
    while i - start < LONGEST:
        name, end = _one(line, i)
        if not name:
            break
        groups[-1].append(name)
        i = end
        step = _step(line, i)
        if not step:
            break
        if "and" in line.words[i : i + step]:
            groups.append([])
        i += step
    groups = [group for group in groups if group]
    if not groups:
        return None
    listed = len(groups) > 1 and len(groups[-1]) == 1 and any(len(group) > 1 for group in groups[:-1])
    if listed:
        return Where(frozenset(name for group in groups for name in group), frozenset(), start, i)
    inside = frozenset((inner, outer) for group in groups for k, inner in enumerate(group) for outer in group[k + 1 :])
    return Where(frozenset(group[0] for group in groups), inside, start, i)


def _step(line: Line, i: int) -> int:
    """How many tokens lead on to the next name of a list: ",", "and", ", and"."""
    for step, words in ((2, (",", "and")), (1, (",",)), (1, ("and",))):
        if line.words[i : i + step] == words:
            more = _one(line, i + step)[0]
            behind = line.at[i + step - 1 + (len(more.split()) if more else 0) + 1]
            person = words[-1] == "and" and behind in ("said", "told", "were", "was")
            return step if more and not person else 0
    return 0


def _one(line: Line, i: int) -> tuple[str, int]:
    """One name of a place at token ``i``, as it is compared, with the token behind it."""
    table = _table()
    start = i
    while line.at[i] in ("the", "both") and not line.capital(i):
        i += 1
    if line.at[i] in table["kinds"] and not line.capital(i):
        i += 1
        if line.at[i] == "of":
            i += 1
    direction = ""
    if line.at[i] in table["directions"] and not line.capital(i):
        direction, i = line.at[i], i + 1
    begin = i
    while i < len(line) and (line.capital(i) or _links(line, i, begin)):
        if line.words[i].removesuffix("'s") in words_of("places", "never"):
            break
        i += 1
        if line.words[i - 1].endswith("'s"):
            return "", start
    while i > begin and not line.capital(i - 1):
        i -= 1
    if i == begin or line.at[i] == "'" or is_room(" ".join(line.raw[begin:i])):
        return "", start
    beyond = _named_behind(line, i)
    if beyond:
        return _one(line, beyond)
    if _is_noun(line, i):
        return "", start
    name = "".join(("" if k == begin or line.joined(k) else " ") + line.raw[k] for k in range(begin, i))
    if (
        i - begin == 1
        and name.isupper()
        and 1 < len(name) <= 5
        and name.casefold() not in table["acronyms"]
        and _mixed(line)
    ):
        return "", start
    kind = line.at[i] if line.at[i] in table["kinds"] and not line.capital(i) else ""
    return place_key(f"{direction} {name} {kind}"), i + bool(kind)


def is_room(name: str) -> bool:
    """Whether a name is that of a room or the like ("Hall 6", "Ward B", "the Hall"), or of a day: no place."""
    words = [word for word in name_key(name).split() if not word.isdigit()]
    short = len(words) == 1 or (len(words) == 2 and len(words[1]) == 1)
    return short and words[0] in words_of("places", "rooms") | words_of("places", "never")


def sites(line: Line) -> Within:
    """Sites that a sentence puts in a place: "at the BRANNOCK chemical works in DRUMLOW"."""
    found = set()
    for i in range(len(line)):
        if line.words[i] not in words_of("places", "sites") or line.capital(i):
            continue
        k = i
        while k > 0 and i - k < SITE and not line.capital(k - 1) and line.words[k - 1].isalpha():
            k -= 1
        end = k
        while k > 0 and line.capital(k - 1):
            k -= 1
        behind = next((where for where in phrases(line) if where.first == i + 2 and line.at[i + 1] != "of"), None)
        if k < end and behind is not None and not set(line.words[k:end]) & words_of("places", "never"):
            found |= {(name_key(" ".join(line.raw[k:end])), place) for place in behind.places}
    return frozenset(pair for pair in found if pair[0] != pair[1])


def _named_behind(line: Line, i: int) -> int:
    """Where the name begins that "the Vellish CAPITAL (of) Orrin" gives; 0 where the words are no such phrase."""
    if line.at[i] != "capital" and line.at[i] not in _table()["kinds"]:
        return 0
    if line.capital(i):
        return 0
    k = i + 2 if line.at[i + 1] == "of" else i + 1
    return k if line.capital(k) and line.at[k] not in words_of("places", "never") else 0


def _is_noun(line: Line, i: int) -> bool:
    """Whether a noun goes on from the name, as in "outside the Vellish EMBASSY"."""
    word = line.at[i]
    if not word or not word[0].isalpha() or line.capital(i) or is_stop(word) or word in _table()["kinds"]:
        return False
    return not word.endswith(("ed", "ing", "ly")) and word not in words_of("places", "after")


def _mixed(line: Line) -> bool:
    """Whether not all words of the sentence stand in capitals."""
    return any(word.islower() and len(word) > 3 for word in line.raw)


def _links(line: Line, i: int, begin: int) -> bool:
    if i == begin:
        return False
    if line.words[i] == "-" and line.joined(i) and line.joined(i + 1):
        return True
    joined = line.at[i + 1] == "-" and line.joined(i) and line.joined(i + 1)
    return line.words[i] in words_of("places", "links") and (line.capital(i + 1) or joined)


def place_key(place: str) -> str:
    """A place as it is compared: "the town of Orrin" and "Orrin town" are "orrin"; a district of that name is not."""
    words = name_key(place).split()
    while len(words) > 1 and words[-1] in words_of("places", "same"):
        words.pop()
    return " ".join(words)


def lies_in(inner: Names, outer: Names, within: Within) -> bool:
    """Whether every place of one is told to lie in one of the other."""
    return bool(inner) and all(any((a, b) in within for b in outer) or a in outer for a in inner)
