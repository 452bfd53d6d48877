"""The noun that a number counts, told by its ending and by the small words around it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sayso.figures.line import Line
from sayso.tables import load

#: Words before the noun: "two senior Northland military intelligence officers" has four, and none in the news had six.
REACH = 6
_QUOTES = {"'", '"', "“", "‘", "”", "’", "`"}


@dataclass(frozen=True, slots=True)
class _Words:
    stops: frozenset[str]
    inner: frozenset[str]
    plurals: frozenset[str]
    singular: frozenset[str]
    persons: frozenset[str]
    person_ends: tuple[str, ...]
    not_persons: frozenset[str]
    of_names: frozenset[str]


@cache
def _words() -> _Words:
    clauses, persons = load("figures-clauses"), load("figures-events")["persons"]
    return _Words(
        frozenset(clauses["stops"]),
        frozenset(clauses["inner"]),
        frozenset(clauses["plurals"]),
        frozenset(clauses["singular_s"]),
        frozenset(persons["words"]),
        tuple(persons["ends"]),
        frozenset(persons["not_persons"]),
        frozenset(clauses["of_names"]),
    )


def is_stop(word: str) -> bool:
    """Whether no noun phrase runs over this word."""
    return word in _words().stops


def is_plural(word: str) -> bool:
    """Whether a word looks like a plural noun."""
    words = _words()
    if word in words.plurals:
        return True
    return (
        len(word) > 2
        and word[-1] == "s"
        and word[-2] not in "sui'"
        and "'" not in word
        and word not in words.singular
        and word not in words.stops
    ) or (word.endswith(("ies", "oes")) and word not in words.singular)


def is_person(word: str) -> bool:
    """Whether a word is one for people ("children", "miners")."""
    words = _words()
    return word in words.persons or (
        word.endswith(words.person_ends) and len(word) > 5 and word not in words.not_persons
    )


def head_end(line: Line, j: int) -> int:
    """The token behind the plural noun that starts at ``j`` with the words before it; 0 where there is none."""
    words = _words()
    k, steps = j, 0
    while k < len(line) and steps < REACH:
        word = line.words[k]
        if not word[0].isalpha():
            if (word in _QUOTES and steps == 0) or (word == "-" and line.joined(k) and line.joined(k + 1) and k > j):
                k += 1
                continue
            return 0
        if word in words.stops and not (word in words.inner and _plural_soon(line, k + 1)):
            return 0
        hyphen = line.at[k + 1] == "-" and line.joined(k + 1) and line.joined(k + 2)
        if (is_plural(word) or is_named(line, k)) and not hyphen and not _modifies(line, k):
            return _with_other(line, k + 1)
        k, steps = k + 1, steps + 1
    return 0


def is_named(line: Line, k: int) -> bool:
    """Whether token ``k`` has a capital and ends in -s: many of a name by its form ("30 Kodas", "30 Toris"), whoever they are."""
    word, words = line.words[k], _words()
    form = line.capital(k) and len(word) > 3 and word[-1] == "s" and word[-2] != "s" and "'" not in word
    return form and word not in words.singular and word not in words.stops


def _plural_soon(line: Line, k: int) -> bool:
    """Whether a plural noun stands in the next three words with no small word before it."""
    for i in range(k, min(k + 3, len(line))):
        word = line.words[i]
        if is_plural(word) or is_named(line, i):
            return True
        if is_stop(word) or not word[0].isalpha():
            return False
    return False


def _modifies(line: Line, k: int) -> bool:
    """Whether a plural stands before another ("measles cases", "Kodas armed fighters")."""
    after = line.at[k + 1]
    if line.capital(k) and after in _words().of_names and is_plural(line.at[k + 2]):
        return True
    return bool(after) and after[0].isalpha() and not is_stop(after) and is_plural(after) and not line.capital(k + 1)


def _with_other(line: Line, end: int) -> int:
    """As in "towns" to "towns and cities", where nothing goes on after it but a small word."""
    other = line.at[end + 1]
    if line.at[end] != "and" or not is_plural(other) or is_stop(other):
        return end
    after = line.at[end + 2]
    return end + 2 if not after or not after[0].isalpha() or is_stop(after) else end


def one_end(line: Line, j: int) -> int:
    """The token behind the singular noun phrase at ``j`` ("one senior official"); 0 where there is none."""
    k = j
    while k < len(line) and k - j < 4:
        word = line.words[k]
        if word == "-" and line.joined(k) and line.joined(k + 1) and k > j:
            k += 1
            continue
        if not word[0].isalpha() or is_stop(word) or (word.endswith("ed") and (k > j or is_stop(line.at[k + 1]))):
            break
        k += 1
    return k if k > j else 0
