"""What the words of a role say across pages: nouns, the words beside them, offices that one person holds at a time, age."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from sayso.pile.hashing import key63
from sayso.pile.people.words import grouped, listed
from sayso.records import Speaker
from sayso.speakers.names import fold, is_person, words

_WORD = re.compile(r"[^\W_]+(?:\.[^\W_]\b)*")
_YEARS = re.compile(r"\b(\d{1,3})(?:[- ]years?[- ]old|-year-old)\b|\baged (\d{1,3})\b")
_BEHIND = re.compile(r"\s?,\s(\d{2})(?:,|\.|\)|;)|\s\((\d{2})\)")
_ENDING = re.compile(r"(?<=\w{3})(?:ian|ean|an|ese|ish|ic|s|[aeiouy])$")
OLDEST, YOUNGEST = 110, 5
PLACE = "place"

Office = tuple[int, frozenset[int]]
"""The noun of an office and the words that say of what, as hashes."""


@dataclass(frozen=True, slots=True)
class Said:
    """What roles say, as hashes: their nouns, their other words, the offices that are held now."""

    titles: frozenset[int]
    words: frozenset[int]
    offices: tuple[Office, ...]


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """A folded word without the endings that make a place its adjective: Norland and Norlandic, Iraq and Iraqi are one.

    Places that begin otherwise than their adjective stand in the table, and so do words that are never cut.
    """
    lines = sorted(grouped("roles", "places").get(word, ()))
    if lines:
        return f"{PLACE}{lines[0]}"
    if word in listed("roles", "whole"):
        return word
    cut = _ENDING.sub("", word)
    return cut if cut == word else stem(cut)


def _is_noun(word: str) -> bool:
    return word in words("titles") or is_person(word)


def _parts(role: str) -> list[str]:
    text = re.sub(r"[’'´]s\b", "", role).replace(".", "")
    joined = re.sub(
        r"(?i)\bprime[- ]minister", "primeminister", re.sub(r"(?i)\bvice[- ]president", "vicepresident", text)
    )
    return [fold(word) for word in _WORD.findall(joined)]


def role_words(roles: Iterable[str]) -> Said:
    """What several roles of one speaker say."""
    titles: set[str] = set()
    others: set[str] = set()
    offices: dict[Office, None] = {}
    for role in roles:
        found = _parts(role)
        nouns = {w for w in found if _is_noun(w) or w == "primeminister"} - words("honorifics") - words("generic")
        rest = {w for w in found if w not in nouns and len(w) > 1 and not w.isdigit()}
        rest -= words("honorifics") | words("generic") | listed("roles", "empty") | words("verbs")
        titles |= nouns
        others |= {stem(w) for w in rest}
        if not listed("roles", "past") & set(found):
            offices |= dict.fromkeys(_offices(nouns, rest & _capitals(role)))
    return Said(
        _hashes("title", titles), _hashes("role", others), tuple(sorted(offices, key=lambda o: (o[0], sorted(o[1]))))
    )


def _capitals(role: str) -> set[str]:
    """The folded words of a role that are written with a capital: names of places and bodies."""
    return {fold(word) for word in _WORD.findall(re.sub(r"[’'´]s\b", "", role).replace(".", "")) if word[:1].isupper()}


def _offices(nouns: set[str], rest: set[str]) -> list[Office]:
    """The office that a role names, where it names the place or body, and is nobody else's: no "lawyer of the president"."""
    if len(nouns) != 1 or not nouns <= listed("roles", "single") | listed("roles", "mostly") or not rest:
        return []
    return [(key63(f"title {next(iter(nouns))}"), _hashes("role", {stem(word) for word in rest}))]


@cache
def held_alone() -> frozenset[int]:
    """The nouns of offices that one person holds for one place or body at a time."""
    return _hashes("title", listed("roles", "single"))


def _hashes(sort: str, found: Iterable[str]) -> frozenset[int]:
    return frozenset(key63(f"{sort} {word}") for word in found)


def age_of(text: str, speaker: Speaker) -> int:
    """The age that a page gives a speaker: in a role, or right behind the name; 0 where it gives none or two."""
    ages = {int(m[1] or m[2]) for role in speaker.roles for m in _YEARS.finditer(role.text)}
    for _, end in speaker.mentions:
        behind = _BEHIND.match(text, end)
        ages |= {int(behind[1] or behind[2])} if behind else set()
    ages = {age for age in ages if YOUNGEST <= age <= OLDEST}
    return ages.pop() if len(ages) == 1 else 0
