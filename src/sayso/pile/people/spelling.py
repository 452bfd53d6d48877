"""Names of people on two pages: how one may be the other. A given and a family name at least; a bare one is compared with none.

The spellings are those of ``sayso.speakers.names``. What is taken for alike inside one page, where few people are named, is
told apart more finely here: letters that transliterations swap leave one spelling, any other letter makes it a near one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from sayso.pile.people.words import grouped, listed, together
from sayso.speakers.names import alike, bare, fold, is_body, is_title, parse, skeleton, words
from sayso.tables import load

LONGEST = 6
"""Parts of a name: the longest among 1,163 people of 348 pages has 5, what was longer was a list or a sentence."""
SURE = 4
"""Letters of a skeleton from which on an equal one is one spelling; of three letters (Reed, Rid) it is a near one."""

_UMLAUT = re.compile(r"([aou])e")
"""An umlaut written out, or left out: Müllner is Muellner and Mullner."""


@dataclass(frozen=True, slots=True)
class Called:
    """A name that can be compared across pages: as worded, its folded parts, and its place in the family (jr, sr)."""

    text: str
    key: tuple[str, ...]
    generation: str = ""

    @property
    def shared(self) -> bool:
        """Whether very many people bear such a name: a widely shared family name, beside a given name that is known or none."""
        first, last = self.key[0], self.key[-1]
        if first in listed("persons", "shared") and (
            first in words("family_first") or last in given() or "-" in self.text
        ):
            return True
        known = (
            len(first) == 1
            or first in given()
            or first in transliterated()
            or bool(grouped("persons", "short").get(first))
        )
        return last in listed("persons", "shared") and (known or last in words("family_first"))


@lru_cache(maxsize=65536)
def called(text: str) -> Called | None:
    """The name of a person that can be compared across pages; None for a bare surname, a given name, or what is no name."""
    parts = list(parse(text).parts)
    while len(parts) > 2 and fold(parts[0]) in listed("persons", "front") | words("openers"):
        parts = parts[1:]
    generation = ""
    if parts and fold(parts[-1]) in listed("persons", "generations"):
        lines = sorted(grouped("persons", "same_generation").get(fold(parts[-1]), ()))
        generation = load("people")["persons"]["same_generation"][lines[0]].split()[0] if lines else fold(parts[-1])
        parts = parts[:-1]
    parts = [
        part for n, part in enumerate(parts) if not (fold(part) in listed("persons", "articles") and n < len(parts) - 1)
    ]
    key = tuple(fold(bare(part)) for part in parts)
    return Called(" ".join(parts), key, generation) if _is_full(parts, key) else None


def _is_full(parts: Sequence[str], key: tuple[str, ...]) -> bool:
    """Whether there are a given and a family name, and nothing that no name has."""
    if not 2 <= len(key) <= LONGEST or not all(key) or len(key[-1]) < 2:
        return False
    if any(word in listed("persons", "never") for word in key) or is_body(" ".join(parts)) or is_title(parts[-1]):
        return False
    if parts[-1].isupper() and len(key[-1]) > 2 and not "".join(parts).isupper():
        return False  # "Harbour Fund PAC" is no person
    capital = [part[:1].isupper() or fold(part) in words("particles") or "-" in part for part in parts]
    return all(capital)


@cache
def transliterated() -> dict[str, int]:
    """Given names in several transliterations (table speakers), to the number of their line."""
    return {name: n for n, line in enumerate(load("speakers")["spellings"]) for name in line.split()}


@cache
def given() -> frozenset[str]:
    """Given names that are known (table given-names), folded."""
    return frozenset(load("given-names")["he"]) | frozenset(load("given-names")["she"])


@lru_cache(maxsize=65536)
def closeness(a: str, b: str) -> str:
    """How two folded words may be one: same, spelling (but for letters that transliterations swap), near, initial, or "".

    Two different given names that people bear are never near: Daniel and Daniela, Martin and Marvin.
    """
    if a == b:
        return "same"
    if min(len(a), len(b)) >= SURE and _UMLAUT.sub(r"\1", a) == _UMLAUT.sub(r"\1", b):
        return "spelling"
    group = transliterated().get(a)
    x, y = skeleton(a), skeleton(b)
    if (group is not None and group == transliterated().get(b)) or (x == y and len(x) >= SURE):
        return "spelling"
    if min(len(a), len(b)) == 1:
        return "initial" if a[:1] == b[:1] else ""
    if {a, b} <= given():
        return ""
    return "near" if (x == y and len(x) == SURE - 1) or (min(len(x), len(y)) >= SURE + 1 and alike(a, b)) else ""


ORDER = ("full-name", "spelling", "middle-name", "name-order", "short-name", "more-names", "near-spelling", "initial")
"""Ways in which one name may be another, the surest first."""
_AS = {"same": "full-name", "spelling": "spelling", "near": "near-spelling"}


@lru_cache(maxsize=65536)
def how(a: Called, b: Called) -> tuple[str, ...]:
    """How two names may be one person's, the weakest way first; nothing where they are two names. Symmetric."""
    if a.key == b.key:
        return ("full-name",)
    if "".join(a.key) == "".join(b.key):
        return ("spelling",)
    short, long = sorted((a.key, b.key), key=lambda key: (len(key), key))
    found = _aligned(long, short) if len(short) == len(long) else _shorter(long, short)
    if not found and sorted(short) == sorted(long):
        found = {"name-order"}
    return tuple(sorted(found - {"full-name"}, key=ORDER.index, reverse=True)) or (("full-name",) if found else ())


def _pair(a: str, b: str, at: str) -> str:
    """How two parts in one place of a name (first, middle, last) may be one; "" for not at all."""
    close = closeness(*sorted((a, b)))
    if close == "initial":
        return {"first": "initial", "middle": "middle-name"}.get(at, "")
    if not close and at == "first" and together("persons", "short", a, b):
        return "short-name"
    return _AS.get(close, "")


def _aligned(a: Sequence[str], b: Sequence[str]) -> set[str]:
    """The ways in which names of as many parts are one, part by part; empty where two parts are not."""
    last = len(a) - 1
    found = {
        _pair(x, y, "first" if n == 0 else "last" if n == last else "middle")
        for n, (x, y) in enumerate(zip(a, b, strict=True))
    }
    return set() if "" in found else found


def _shorter(long: Sequence[str], short: Sequence[str]) -> set[str]:
    """The ways in which a name of fewer parts is one of more: a middle name left out, or further names."""
    ends = {_pair(long[0], short[0], "first"), _pair(long[-1], short[-1], "last")}
    if "" not in ends and _inside(long[1:-1], short[1:-1]):
        return ends | {"middle-name"}
    if len(short[0]) == 1:
        return set()  # "J. Halden" is not the end of "Mira J. Halden"
    whole = (_aligned(long[-len(short) :], short), _aligned(long[: len(short)], short))
    if any(found and found <= {"full-name", "spelling"} for found in whole):
        return {"more-names"}
    return {"more-names"} if long[0] == short[0] and _inside(long[1:], short[1:], initials=False) else set()


def _inside(long: Sequence[str], short: Sequence[str], *, initials: bool = True) -> bool:
    """Whether parts come in this order among others; whether initials count."""
    rest, close = iter(long), ("same", "spelling", *(("initial",) if initials else ()))
    return all(any(closeness(*sorted((part, other))) in close for other in rest) for part in short)
