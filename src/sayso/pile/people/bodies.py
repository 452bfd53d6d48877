"""Names of bodies on two pages: ministries, companies, unions. No adjective is ever dropped; an acronym stands for what the page says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from sayso.pile.people.words import listed
from sayso.speakers.names import acronym, fold, words
from sayso.tables import load

Sort = Literal["proper", "shared", "half", "single", "acronym"]
_WORD = re.compile(r"[^\W_]+(?:[-’'´.&][^\W_]+)*\.?")
_POSSESSIVE = re.compile(r"[’'´]s$|[’'´]$")
_BRACKET = re.compile(r"\(([A-Z][A-Za-z&.]{1,9})\)")
_HYPHEN = re.compile(r"[ -]+$")
_BEFORE = re.compile(r"[\w’'&-]+")
LONGEST = 9  # words of a body's name; what is longer among 587 bodies of 348 pages was a description
SHORTEST, MOST = 2, 6  # letters of an acronym
REACH = 90  # characters before a bracket in which the name stands that it shortens


@dataclass(frozen=True, slots=True)
class Body:
    """The name of a body that can be compared across pages: as worded, its folded words, legal form, and what sort it is.

    ``proper`` names one body; ``shared`` is made of words that bodies in every country have; ``half`` is a common noun with a
    name before it (the Norland government); ``single`` is one word.
    """

    text: str
    key: tuple[str, ...]
    form: str
    sort: Sort


@cache
def _variants() -> dict[str, str]:
    return {word: line.split()[0] for line in load("people")["bodies"]["spellings"] for word in line.split()}


def _folded(word: str) -> str:
    plain = fold(_POSSESSIVE.sub("", word))
    return _variants().get(plain, plain)


def _is_acronym(word: str) -> bool:
    letters = word.replace(".", "").replace("&", "")
    return letters.isalnum() and letters.isupper() and SHORTEST <= len(letters) <= MOST and not letters.isdigit()


@lru_cache(maxsize=65536)
def body(text: str) -> Body | None:
    """The name of a body that can be compared across pages; None for a description or a common noun alone."""
    found = [word for word in _WORD.findall(text) if fold(word) not in listed("bodies", "left_out")]
    form = ""
    while len(found) > 1 and fold(found[-1]) in listed("bodies", "forms"):
        form, found = fold(found[-1]), found[:-1]
    key = tuple(_folded(word) for word in found)
    if not key or not all(key) or len(key) > LONGEST or not found[0][:1].isupper():
        return None
    sort = _single(found[0], key[0]) if len(key) == 1 else _sort(found, key)
    return Body(" ".join(found), key, form, sort) if sort else None


def _single(word: str, key: str) -> Sort | None:
    if key in listed("bodies", "crowds") | words("openers"):
        return None
    if _is_acronym(word):
        return "acronym"
    common = words("bodies") | words("body_nouns") | words("groups") | listed("bodies", "shared")
    return None if key in common or len(key) < 4 else "single"


def _sort(found: list[str], key: tuple[str, ...]) -> Sort | None:
    """proper, shared or half, by capitals and by words that many bodies have."""
    if key[0] in words("openers") | words("groups") or any(word in words("verbs") for word in key):
        return None
    if all(word in listed("bodies", "shared") for word in key):
        return "shared"
    small = [
        word
        for word in found
        if word[:1].islower() and fold(word) not in ("of", "and", "for", "on", "in", "to", "de", "la", "du")
    ]
    if not small:
        return "proper"
    return "half" if small == found[-len(small) :] and len(small) <= 2 else None


def body_how(a: Body, b: Body) -> str:
    """How two names may be one body's: body-name, legal-form, body-order, or "" for not at all. Symmetric."""
    if a.key == b.key:
        return "body-name" if a.form == b.form or "" not in (a.form, b.form) else "legal-form"
    if listed("bodies", "order") & set(a.key) and sorted(set(a.key) - {"of"}) == sorted(set(b.key) - {"of"}):
        return "body-order"
    return ""


@lru_cache(maxsize=64)
def shortened(text: str) -> tuple[tuple[str, str], ...]:
    """The names that a text itself shortens, with what it shortens them to: "Office of Coastal Safety (OCS)"."""
    found: dict[tuple[str, str], None] = {}
    for bracket in _BRACKET.finditer(text):
        short = bracket.group(1)
        if not _is_acronym(short):
            continue
        before = _HYPHEN.sub("", text[max(0, bracket.start() - REACH) : bracket.start()])
        long = _expansion(before[before.rfind("\n") + 1 :], short.replace(".", "").replace("&", ""))
        if long:
            found[long, short] = None
    return tuple(found)


def _expansion(before: str, letters: str) -> str:
    """The words at the end of a text whose capitals are these letters; "" where none are."""
    starts = [m.start() for m in _BEFORE.finditer(before)][-2 * MOST :]
    for start in reversed(starts):
        words_ = before[start:]
        if words_[:1].isupper() and acronym(words_) == letters and " " in words_:
            return words_
    return ""
