"""How the speakers of two statements stand to each other, by what their pages call them."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Literal

from sayso.pile.matches.words import words_of
from sayso.records import Speaker
from sayso.speakers.names import Name, acronym, alike, covers, fold, parse, skeleton
from sayso.tables import load

Who = Literal["same", "other", "open"]
"""The same speaker as far as names tell, another one, or open: nobody named on one side, or a body and a person."""


@cache
def _small() -> frozenset[str]:
    return frozenset(load("matches")["small"])


def who(a: tuple[Speaker, ...], b: tuple[Speaker, ...]) -> Who:
    """How the speakers of two statements stand to each other; of joint speakers one that is shared is enough."""
    if not a or not b:
        return "open"
    found = {_pair(one, two) for one in a for two in b}
    return "same" if "same" in found else "open" if "open" in found else "other"


def _pair(a: Speaker, b: Speaker) -> Who:
    kinds = {a.kind, b.kind}
    if kinds == {"person"}:
        return _persons(a.name, b.name)
    if _words(a.name) == _words(b.name):
        return "same"
    if "anonymous" in kinds or "group" in kinds:
        return "open"
    if "person" in kinds:
        return "open" if _belongs(a, b) or _belongs(b, a) else "other"
    return "same" if _one_body(a.name, b.name) else "other"


@lru_cache(1 << 13)
def _parsed(name: str) -> Name:
    return parse(name)


@lru_cache(1 << 14)
def _persons(one: str, other: str) -> Who:
    """Two named persons; one surname with given names of one initial ("Joe", "Joseph") may be one person or two."""
    a, b = _parsed(one), _parsed(other)
    if covers(a, b) or covers(b, a):
        return "same"
    if alike(a.surname, b.surname) and a.parts and b.parts and fold(a.parts[0])[:1] == fold(b.parts[0])[:1]:
        return "open"
    return "other"


@lru_cache(1 << 13)
def _words(name: str) -> frozenset[str]:
    """The stems of the words that make a name."""
    return frozenset(word.stem for word in words_of(name, ((0, len(name)),)) if word.text not in _small())


def main_words(speaker: Speaker) -> tuple[str, ...]:
    """By what a speaker is looked up: the surname of a person, the word of another name that tells most; or nothing."""
    if speaker.kind == "person":
        surname = fold(_parsed(speaker.name).surname)
        return (skeleton(surname),) if surname else ()
    words = [word for word in words_of(speaker.name, ((0, len(speaker.name)),)) if word.text not in _small()]
    return (max((word.bits, word.stem) for word in words)[1],) if words else ()


def _one_body(a: str, b: str) -> bool:
    """Whether one name of a body holds all words of the other, or is its initials."""
    one, two = _words(a), _words(b)
    if one and two and (one <= two or two <= one):
        return True
    short, long = sorted((a, b), key=len)
    return len(short) >= 2 and short.replace(".", "") == acronym(long)


def _belongs(person: Speaker, body: Speaker) -> bool:
    """Whether a role of a person names the body, or what the body is called is in a role."""
    if person.kind != "person" or body.kind == "person":
        return False
    named = _words(body.name)
    return any(named & _words(role.text) for role in person.roles)
