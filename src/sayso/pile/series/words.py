"""Words of what is counted: stems, nouns that mean one thing, names, and what is left to tell one thing from another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from sayso.figures.heads import is_person, is_stop
from sayso.figures.line import Line
from sayso.tables import load

Names = frozenset[str]
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ENDS = ("ing", "ed")
SHORT = 5
"""Letters that must be left before "-ing" or "-ed" is taken off: "string" and "speed" keep theirs."""
LONGEST_NAME = 5
"""Words of the longest name that is taken whole."""


@cache
def _set(part: str, key: str) -> frozenset[str]:
    return frozenset(load("series")[part][key])


def words_of(part: str, key: str) -> frozenset[str]:
    """A list of the table as a set."""
    return _set(part, key)


@cache
def _same() -> dict[str, str]:
    out: dict[str, str] = {}
    for row in load("series")["things"]["same"]:
        first, *rest = row.split()
        out.update({plain(word): plain(first) for word in (first, *rest)})
    return out


@cache
def _ordinary() -> frozenset[str]:
    return frozenset(word for words in load("english-frequency")["bits"].values() for word in words.split())


def is_ordinary(word: str) -> bool:
    """Whether a word in lower case is one of the language, and not seen as a name alone."""
    return word in _ordinary() or is_stop(word) or is_person(word) or word.endswith("ly") or plain(word) in _ordinary()


def plain(word: str) -> str:
    """A word without the endings of number, possession and tense, in lower case."""
    word = word.casefold().replace("’", "'").removesuffix("'s").strip("'-")
    if len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif len(word) > 4 and word.endswith(("ses", "shes", "ches", "xes")) and not word.endswith(("cases", "houses")):
        word = word[:-2]
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for end in _ENDS:
        if word.endswith(end) and len(word) - len(end) >= SHORT:
            return word[: -len(end)]
    return {"people": "person", "men": "man", "women": "woman", "children": "child"}.get(word, word)


def stem(word: str) -> str:
    """As ``plain``, with words that mean one thing put under one of them."""
    bare = plain(word)
    return _same().get(bare, bare)


@cache
def _stems(part: str, key: str) -> frozenset[str]:
    return frozenset(stem(word) for word in _set(part, key))


def stems_of(part: str, key: str) -> frozenset[str]:
    """A list of the table as stems."""
    return _stems(part, key)


def telling(words: Iterable[str]) -> Iterator[str]:
    """Stems of the words that tell something, as they come."""
    empty, raw, verbs = _stems("things", "empty"), _set("things", "empty"), _set("things", "verbs")
    for word in words:
        low = word.casefold()
        if (
            len(low) > 2
            and low[0].isalpha()
            and low not in raw
            and (low in verbs or not (is_stop(low) and len(low) < 6))
        ):
            made = stem(low)
            if made not in empty:
                yield made


def course_of(words: Sequence[str]) -> str:
    """``gained`` or ``lost`` where words of the clause say so and do not say both."""
    low = {word.casefold() for word in words}
    gained, lost = low & _set("things", "gained"), low & _set("things", "lost")
    return "" if bool(gained) == bool(lost) else "gained" if gained else "lost"


def who_key(who: str) -> Names:
    """Of whom, as stems; empty where the words say no more than people."""
    generic = _stems("who", "generic")
    more, marks = _set("who", "more"), _set("who", "marks")
    found = set()
    for word in _WORD.findall(who):
        low = word.casefold()
        if low in more or (is_stop(low) and not word[0].isupper()):
            continue
        made = stem(word)
        if made not in generic and not (low in marks and not is_person(low)):
            found.add(made)
    return frozenset(found)


# --- names ---


def name_key(name: str) -> str:
    """A name as it is compared: lower case, blanks for hyphens, no article, no possessive."""
    low = name.casefold().replace("’", "'").replace("-", " ").replace(".", "")
    low = " ".join(low.split()).removesuffix("'s").removesuffix("'")
    return low.removeprefix("the ")


def names_in(
    line: Line, first: int, last: int, common: frozenset[str] = frozenset(), named: frozenset[str] = frozenset()
) -> list[tuple[int, int, str]]:
    """Names in tokens ``first`` to ``last``: stretches of words with capitals, with their keys.

    ``common``: lower-case words of the page; ``named``: words with capitals inside its sentences, in lower case. A word that
    heads a sentence is no name where it is one of the first, or stands alone, is an ordinary word and none of the second.
    """
    out: list[tuple[int, int, str]] = []
    i = first
    while i < last:
        end = _name_end(line, i, last)
        if end == i:
            i += 1
            continue
        start = i
        i = end
        while start < end and (
            line.words[start] in _set("places", "never")
            or (
                start == 0
                and (line.words[start] in common or is_stop(line.words[start]) or line.words[start] + "s" in common)
            )
            or (start == 0 and end == 1 and line.words[0] not in named and is_ordinary(line.words[0]))
        ):
            start += 1
        if start < end and (end - start > 1 or len(line.raw[start]) > 1):
            out.append((start, end, name_key(_joined(line, start, end))))
    return out


def _joined(line: Line, start: int, end: int) -> str:
    return "".join(("" if i == start or line.joined(i) else " ") + line.raw[i] for i in range(start, end))


def _name_end(line: Line, i: int, last: int) -> int:
    """The token behind the name that begins at ``i``; ``i`` where none does."""
    if not line.capital(i) or (is_stop(line.words[i]) and i == 0):
        return i
    end = k = i + 1
    while k < last and k - i < 2 * LONGEST_NAME:
        if line.capital(k) and line.words[k] not in _set("places", "never"):
            end = k + 1
        elif not (line.words[k] in _set("places", "links") or (line.words[k] == "-" and line.joined(k))) or k > end + 1:
            break
        k += 1
    return end if line.words[i] not in _set("places", "never") or end > i + 1 else i
