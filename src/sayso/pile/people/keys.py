"""The keys under which names are looked up: the very name, and coarse codes that spellings of one name share."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.pile.hashing import key63
from sayso.pile.people.bodies import Body
from sayso.pile.people.profile import name_key
from sayso.pile.people.spelling import Called, transliterated
from sayso.pile.people.words import grouped, listed
from sayso.speakers.names import skeleton

_SOUNDS = str.maketrans(
    {"q": "k", "c": "k", "g": "k", "x": "k", "z": "s", "d": "t", "p": "b", "v": "f", "w": "f", "n": "m"}
)
_SILENT = re.compile(r"[aeiouhjy]")
LONGEST = 10
"""Keys of codes for one name: a name of two parts has two to five; only one of five and six parts has more."""


def code(word: str) -> str:
    """The consonants of a word by kind of sound: Kjellbeck and Kelbek, Halden and Halten have one code."""
    plain = skeleton(word).translate(_SOUNDS)
    return re.sub(r"(.)\1+", r"\1", _SILENT.sub("", plain)) or plain


def initial(word: str) -> str:
    """The first letter of a word by kind of sound."""
    first = skeleton(word)[:1].translate(_SOUNDS)
    return "i" if first in ("j", "e") else first


def keys_of(name: Called | Body) -> tuple[int, ...]:
    """The keys of one name, its own hash first. Two spellings of one name (``spelling.how``) share one of the others."""
    codes = sorted({key63(each) for each in (_person(name) if isinstance(name, Called) else _body(name))})
    return name_key(name), *codes[:LONGEST]


def _person(name: Called) -> Iterator[str]:
    """Codes of first letter and family name, whichever part is which; of short forms and of transliterations."""
    first, last = name.key[0], name.key[-1]
    yield f"code {initial(first)} {code(last)}"
    yield f"code {initial(last)} {code(first)}"
    for middle in name.key[1:-1]:
        if len(middle) > 1:
            yield f"code {initial(first)} {code(middle)}"
            yield f"code {initial(middle)} {code(last)}"
    for number in grouped("persons", "short").get(first, ()):
        yield f"short {number} {code(last)}"
    if first in transliterated():
        yield f"script {transliterated()[first]} {code(last)}"


def _body(name: Body) -> Iterator[str]:
    """Of bodies only words in another order are one; a shortened name is a name of its own."""
    if listed("bodies", "order") & set(name.key):
        yield f"order {' '.join(sorted(set(name.key) - {'of'}))}"
