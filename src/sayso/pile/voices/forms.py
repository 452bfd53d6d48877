"""The forms of a word that are counted together, by rule; a phrase is a run of words with their forms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product

from sayso.errors import UsageError
from sayso.pile.voices.words import JOINT, PIECE, fold, pieces
from sayso.records import Span
from sayso.tables import load

LONGEST = 8
"""Words of one phrase at most: longer ones are sentences, which ``find`` looks for."""
SHORTEST = 3
"""Letters that a word needs to be inflected by rule: of shorter ones the table knows all that inflect."""
_VOWELS = frozenset("aeiou")
_HISSING = ("s", "x", "z", "ch", "sh")
_SYLLABLE = re.compile(r"[aeiouy]+")


@dataclass(frozen=True, slots=True)
class Term:
    """What is counted: ``name`` as the user gave it, and for each word of it the forms that count, folded."""

    name: str
    words: tuple[tuple[str, ...], ...]

    @property
    def forms(self) -> tuple[str, ...]:
        """The forms as people read them: each word's forms, or every phrase made of them (at most 24)."""
        every = (" ".join(words) for words in product(*self.words))
        return tuple(form for form, _ in zip(every, range(24), strict=False))


def term_of(name: str, *, exact: bool = False) -> Term:
    """What to count for a word or a phrase. Raises ``UsageError`` where it holds no word, or more than ``LONGEST``."""
    given = [fold(match[0]) for match in PIECE.finditer(name)]
    if not given:
        raise UsageError(f"“{name}” holds no word to count")
    if len(given) > LONGEST:
        raise UsageError(f"“{name}” has {len(given)} words and at most {LONGEST} are counted as one: sayso find TEXT")
    return Term(" ".join(name.split()), tuple((word,) if exact else forms_of(word) for word in given))


@cache
def _irregular() -> dict[str, tuple[str, ...]]:
    """Every form of an irregular word → all its forms, its own first."""
    found: dict[str, tuple[str, ...]] = {}
    for row in load("voices-forms")["irregular"]:
        forms = tuple(row.split())
        for form in forms:
            found.setdefault(form, (form, *(other for other in forms if other != form)))
    return found


@cache
def forms_of(word: str) -> tuple[str, ...]:
    """The inflections of one folded word, itself first: plural, third person, past, ``-ing``.

    A plural by rule is taken back to its singular first; other endings are not taken back, so "bombing" does not count
    "bomb". A possessive needs no form: "regime's" is the word "regime" and an "s".
    """
    table = load("voices-forms")
    irregular = _irregular().get(word)
    if irregular is not None:
        return irregular
    if len(word) < SHORTEST or not word.isalpha() or word in table["bare"]:
        return (word,)
    base = _singular(word)
    if base in _irregular():
        return (word, *(form for form in _irregular()[base] if form != word))
    made = (base,) if word.endswith(("ed", "ing")) and base == word and _has_vowel(word[:-2]) else ()
    forms = dict.fromkeys((word, *made, base, _with_s(base), *(() if made else _verbal(base))))
    refused = table["refused"].get(base, ())
    return tuple(form for form in forms if form == word or form not in refused)


@cache
def base_of(word: str) -> str:
    """One form for all inflections of a folded word that the table or the rule for plurals tells: "men" → "man"."""
    found = _irregular_base().get(word)
    if found is not None:
        return found
    return word if word in load("voices-forms")["bare"] or len(word) < SHORTEST else _singular(word)


@cache
def _irregular_base() -> dict[str, str]:
    base: dict[str, str] = {}
    for row in load("voices-forms")["irregular"]:
        first, *others = row.split()
        for form in (first, *others):
            base.setdefault(form, first)
    return base


def _has_vowel(letters: str) -> bool:
    return any(c in _VOWELS or c == "y" for c in letters)


def _singular(word: str) -> str:
    """The word that this is the plural or third person of; itself where it is none by rule."""
    if not word.endswith("s") or word.endswith(("ss", "us", "is")) or word in load("voices-forms")["singular"]:
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("es") and word[:-2].endswith(_HISSING) and not word.endswith(("ses", "zes", "ches")):
        return word[:-2]
    if word.endswith(("sses", "ches")):
        return word[:-2]
    return word[:-1] if len(word) > SHORTEST else word


def _with_s(base: str) -> str:
    if base.endswith("y") and base[-2] not in _VOWELS:
        return base[:-1] + "ies"
    return base + ("es" if base.endswith(_HISSING) else "s")


def _verbal(base: str) -> tuple[str, ...]:
    """Past and ``-ing`` as if the word were a verb; for a noun they are words that nobody writes."""
    if base.endswith("e"):
        return (base + "d", (base[:-2] + "ying") if base.endswith("ie") else (base[:-1] + "ing"))
    if base.endswith("y") and base[-2] not in _VOWELS:
        return (base[:-1] + "ied", base + "ing")
    plain, doubled = (base + "ed", base + "ing"), (base + base[-1] + "ed", base + base[-1] + "ing")
    closed = base[-1] not in _VOWELS | set("wxy") and base[-2] in _VOWELS and base[-3] not in _VOWELS
    if not closed:
        return plain
    return doubled if len(_SYLLABLE.findall(base)) == 1 else (*plain, *doubled)


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds terms in a text: one pass over its words, whatever the number of terms. Made by :func:`finder`."""

    terms: tuple[Term, ...]
    by_first: Mapping[str, tuple[int, ...]]

    def find(self, text: str) -> Iterator[tuple[int, Span]]:
        """Every place of every term (its number), in the order of the text; places of one term do not overlap."""
        found = list(pieces(text))
        taken = [0] * len(self.terms)
        for at, (word, (start, _)) in enumerate(found):
            for n in self.by_first.get(word, ()):
                end = self._end(text, found, at, self.terms[n]) if start >= taken[n] else None
                if end is not None:
                    taken[n] = end
                    yield n, (start, end)

    def _end(self, text: str, found: Sequence[tuple[str, Span]], at: int, term: Term) -> int | None:
        """Where a term that begins at word ``at`` ends; None where it does not stand there."""
        end = found[at][1][1]
        if at + len(term.words) > len(found):
            return None
        for forms, (word, (start, stop)) in zip(term.words[1:], found[at + 1 : at + len(term.words)], strict=True):
            if word not in forms or JOINT.fullmatch(text, end, start) is None:
                return None
            end = stop
        return end


def finder(terms: Sequence[Term]) -> Finder:
    """The finder of some terms."""
    by_first: dict[str, list[int]] = {}
    for n, term in enumerate(terms):
        for form in dict.fromkeys(term.words[0]):
            by_first.setdefault(form, []).append(n)
    return Finder(tuple(terms), {form: tuple(numbers) for form, numbers in by_first.items()})
