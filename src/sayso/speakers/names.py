"""Names as pages write them: titles taken off, spellings compared, nothing guessed.

Two spellings are one name when they are equal without case, accents, hyphens and apostrophes, or when each word has its
counterpart that is spelled almost alike (Kjellbeck, Kelbek; Mohammed, Mohamed).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from rapidfuzz.distance import DamerauLevenshtein

from sayso.tables import load

_WORD = re.compile(r"[^\W_]+(?:[-’'´.][^\W_]+)*\.?")
_ARTICLE = re.compile(r"(?i)^(?:al|el|ar|as|ash|an|ad|at|az)[-’'](?=[^\W\d_]{3})")
_BEHIND = re.compile(r"-(?:san|sama|sensei|nim|bey)$")
_POSSESSIVE = re.compile(r"[’'´]s?$")
_WORD_ARTICLES = frozenset({"al", "el", "ar", "as", "ash", "an", "ad", "at", "az"})
_SWAPS = (
    ("q", "k"),
    ("ck", "k"),
    ("ph", "f"),
    ("kh", "h"),
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
    ("y", "i"),
    ("w", "v"),
)
_PLAIN = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ı": "i", "đ": "d", "Đ": "D", "æ": "ae", "Æ": "Ae"})
ALIKE = 0.8  # share of letters that two spellings of five letters and more must keep after the swaps above


@cache
def words(table: str) -> frozenset[str]:
    """A list of the table ``speakers`` as a set."""
    return frozenset(load("speakers")[table])


@cache
def fold(word: str) -> str:
    """A word without case, accents, apostrophes, hyphens and full stops."""
    plain = unicodedata.normalize("NFKD", word.translate(_PLAIN))
    return "".join(c for c in plain.casefold() if c.isalnum())


@cache
def skeleton(word: str) -> str:
    """A folded word with letters that transliterations swap brought to one, doubled letters to one."""
    out = fold(word)
    for old, new in _SWAPS:
        out = out.replace(old, new)
    return re.sub(r"(.)\1+", r"\1", out)


@cache
def bare(word: str) -> str:
    """A word without the article of Arabic names: al-Haddar, El-Haddar."""
    return _ARTICLE.sub("", word)


@cache
def _same() -> dict[str, int]:
    """Given names that are spelled in ways too far apart for the rules, to the number of their group."""
    return {name: n for n, group in enumerate(load("speakers")["spellings"]) for name in group.split()}


@cache
def alike(a: str, b: str) -> bool:
    """Whether two words may be spellings of one name: equal when folded, or long and nearly equal as skeletons."""
    a, b = bare(a), bare(b)
    if fold(a) == fold(b) or (fold(a) in _same() and _same()[fold(a)] == _same().get(fold(b))):
        return True
    x, y = skeleton(a), skeleton(b)
    if x == y and min(len(x), len(y)) >= 3:
        return True
    if min(len(x), len(y)) < 5 or x[0] != y[0]:
        return False
    return bool(DamerauLevenshtein.normalized_similarity(x, y) >= ALIKE)


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart: ``titles`` in front, ``parts`` of the name proper, all as worded."""

    titles: tuple[str, ...]
    parts: tuple[str, ...]

    @property
    def text(self) -> str:
        """The name without titles."""
        return " ".join(self.parts)

    @property
    def surname(self) -> str:
        """The last part; "Jr" and the like do not count."""
        parts = [p for p in self.parts if fold(p) not in ("jr", "sr", "ii", "iii", "iv")]
        return parts[-1] if parts else ""

    @property
    def key(self) -> tuple[str, ...]:
        """Folded parts."""
        return tuple(fold(p) for p in self.parts)


def is_title(word: str) -> bool:
    """Whether a word in front of a name is a title or says what somebody is, hyphened ones included."""
    known = words("titles") | words("person_nouns")
    return fold(word) in known or all(fold(part) in known for part in word.split("-"))


def parse(text: str) -> Name:
    """Take a name apart: all up to the last title in front is title ("Harrow MP Lia Renn").

    A possessive ending goes; a title that is the whole name stays one, and so does that of a king or pope who has but one
    name.
    """
    found = [m.group() for m in _WORD.finditer(_POSSESSIVE.sub("", text.strip()))]
    at = max((n + 1 for n, w in enumerate(found[:-1][:5]) if is_title(w)), default=0)
    if len(found) - at == 1 and fold(found[at - 1]) in words("regnal"):
        at -= 1
    behind = found[at + 1 :] and fold(found[-1]) in words("behind")
    titles, found = [*found[:at], *(found[-1:] if behind else ())], found[: -1 if behind else None]
    found[-1:] = [_BEHIND.sub("", w) for w in found[-1:]]
    parts = [p.rstrip(".") if len(p) > 2 and p.count(".") == 1 else p for p in found[at:]]
    return Name(tuple(titles), tuple(parts))


def is_body(text: str) -> bool:
    """Whether the words of a name say that it is an organisation."""
    return any(fold(w) in words("bodies") for w in _WORD.findall(text))


_PERSON = re.compile(r"(?:ist|cian|eer|man|woman)$")


def is_person(noun: str) -> bool:
    """Whether a folded noun stands for one person."""
    return noun in words("person_nouns") or bool(_PERSON.search(noun))


def is_persons(noun: str) -> bool:
    """Whether a folded noun is the plural of one that stands for a person."""
    return noun in words("groups") or (noun.endswith("s") and is_person(noun[:-1])) or noun.endswith(("men", "women"))


def gender(titles: tuple[str, ...]) -> str:
    """he, she or "" by what titles and role words say."""
    folded = {fold(t) for t in titles}
    he, she = bool(folded & words("he")), bool(folded & words("she"))
    return "" if he == she else "he" if he else "she"


def given_gender(name: Name) -> str:
    """he, she or "", by a given name that is used for one sex only wherever it is used."""
    given = name.parts[1:] if surname_first(name) else name.parts[:1]
    found = {pronoun for part in given if (pronoun := _given().get(fold(part)))}
    return found.pop() if len(found) == 1 else ""


def surname_first(name: Name) -> bool:
    """Whether a name has its surname in front: "Park Geun-hye", "Nguyen Van Linh"; by form or by the table."""
    if len(name.parts) < 2:
        return False
    hyphened = re.fullmatch(r"[^\W\d_]+-[a-z]+", name.parts[1]) is not None
    return hyphened or fold(name.parts[0]) in words("family_first")


@cache
def _given() -> dict[str, str]:
    return {name: pronoun for pronoun in ("he", "she") for name in load("given-names")[pronoun]}


def _initial(a: str, b: str) -> bool:
    x, y = fold(a), fold(b)
    return min(len(x), len(y)) == 1 and x[:1] == y[:1]


def _plain(name: Name) -> Name:
    """A name without the title that belongs to it ("Sister Benedicta") and without an Arabic article set apart."""
    if len(name.parts) == 2 and fold(name.parts[0]) in words("regnal"):
        return Name(name.parts[:1], name.parts[1:])
    if any(fold(part) in _WORD_ARTICLES for part in name.parts[:-1]):
        pairs = zip(name.parts, (*name.parts[1:], ""), strict=True)
        return Name(name.titles, tuple(p for p, after in pairs if not (after and fold(p) in _WORD_ARTICLES)))
    return name


def covers(full: Name, short: Name) -> str:
    """How ``short`` may name the one called ``full``: equal, spelling, surname, given, part or "" for not at all."""
    full, short = _plain(full), _plain(short)
    if not short.parts or not full.parts:
        return ""
    if full.key == short.key:
        return "equal"
    if len(full.parts) == len(short.parts):
        same = [
            alike(a, b) or (_initial(a, b) and n < len(full.parts) - 1)
            for n, (a, b) in enumerate(zip(full.parts, short.parts, strict=True))
        ]
        return "spelling" if all(same) else ""
    if len(short.parts) > len(full.parts):
        return ""
    if all(alike(a, b) for a, b in zip(full.parts[-len(short.parts) :], short.parts, strict=True)):
        return "surname"
    if alike(full.parts[0], short.parts[0]) and alike(full.surname, short.surname) and len(short.parts) > 1:
        return "spelling"
    if len(short.parts) > 1 and short.key == full.key[: len(short.parts)]:
        return "given"
    if len(short.parts) == 1 and fold(full.parts[0]) == fold(short.parts[0]):
        return "surname" if surname_first(full) else "given"
    if len(short.parts) == 1 and any(fold(p) == fold(short.parts[0]) and len(p) > 3 for p in full.parts[1:-1]):
        return "part"
    return ""


def acronym(text: str) -> str:
    """Initial letters of the capitalised words of a body's name."""
    return "".join(w[0] for w in _WORD.findall(text) if w[0].isupper())
