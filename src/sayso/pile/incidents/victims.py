"""Names of those who died, where a page surely gives them: "Odo Quill, 43, was killed"; "the dead were named as …"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from sayso.figures.line import sentences
from sayso.pile.series.words import is_ordinary
from sayso.records import Reading, Span
from sayso.tables import load

LONGEST = 600
"""Characters of the longest sentence that is looked at; a list of twenty names has fewer."""
MOST = 40
"""Names that one sentence may list."""
_PART = r"(?:[A-Z]\.|[A-ZÀ-ÞĀ-Ž][^\W\d_]*(?:['’-][^\W\d_]+)*)"
_NAME = rf"{_PART}(?: (?:al|bin|de|van|von|el|la|da|ibn|abu|der|di)){{0,2}}(?: {_PART}){{1,3}}"
_ONE = re.compile(rf"(?P<name>{_NAME})(?:,? (?:aged )?(?P<age>\d{{1,3}}),?|,)? (?=(?P<verb>[a-z]))")
_LISTED = re.compile(rf"(?P<name>{_NAME})(?:, (?:aged )?(?P<age>\d{{1,3}})| \((?P<years>\d{{1,3}})\))?")
_LINK = re.compile(r"(?:, and |, | and )")
_OLDEST = 120


@dataclass(frozen=True, slots=True)
class Victim:
    """Somebody whom a page names among the dead: the name as worded, where it stands, the age where one is given."""

    name: str
    span: Span
    age: int | None = None


@cache
def _table() -> dict[str, frozenset[str]]:
    table = load("victims")
    keys = ("naming", "dead", "died", "doubt", "untrue", "idiom", "titles")
    return {key: frozenset(table[key]) for key in keys}


@cache
def _numbers() -> frozenset[str]:
    table = load("figures-numbers")
    return frozenset(
        [*table["small"], *table["tens"], *table["scales"], *table["vague"]["plural"], *table["vague"]["few"]]
    )


@cache
def _befell() -> re.Pattern[str]:
    verbs = "|".join(re.escape(each) for each in sorted(load("victims")["befell"], key=len, reverse=True))
    return re.compile(rf"(?:{verbs})\b(?! (?:{'|'.join(sorted(_table()['idiom']))})\b)")


@cache
def _naming() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(_table()['naming']))})\b(?P<whom>(?: [a-z]+){{0,5}}) as ")


_CLAUSE = re.compile(r"[,;:“”\"]| (?:and|but|while|when|after) ")
_BE = re.compile(r" (?:was|were|is|are|has been|have been|had been)(?: [a-z]+ly| later)?$")
_BEHIND = re.compile(r" (?:who|that|which|of|in|at|from|on|by|during|under) ")
_WHO = re.compile(r" who (?:also )?(?:have |had |has )?(?P<passive>was |were |been )?(?P<verb>[a-z]+)")


def _names_the_dead(words: str, naming: re.Match[str]) -> bool:
    """Whether it is the dead who are named: by the subject ("the victims were named as"), or "named the victim as"."""
    whom = naming["whom"].split()
    if whom and whom[0] != "by":
        return whom[-1] in _table()["dead"]
    before = words[: naming.start()].rstrip()
    be = _BE.search(before)
    if be is None:
        return False
    subject = " " + _CLAUSE.split(before[: be.start()])[-1].strip().casefold()
    who = _WHO.search(subject)
    if who is not None:
        verb = who["verb"]
        return verb in _table()["died"] or (bool(who["passive"]) and verb in _table()["dead"])
    head = _BEHIND.split(subject + " ")[0].split()
    return bool(head) and head[-1] in _table()["dead"]


def victims_of(reading: Reading) -> tuple[Victim, ...]:
    """Those whom the text of a page names among the dead, in the order of the text, each name once."""
    text = reading.document.text
    seen: dict[str, Victim] = {}
    spans = [b.span for b in reading.document.blocks if b.kind in ("paragraph", "list", "quote", "title", "caption")]
    for block in spans:
        for start, end in sentences(text, block):
            if end - start <= LONGEST:
                for victim in _of_sentence(text, start, end):
                    seen.setdefault(" ".join(victim.name.casefold().split()), victim)
    return tuple(sorted(seen.values(), key=lambda victim: victim.span))


def _of_sentence(text: str, start: int, end: int) -> Iterator[Victim]:
    words = " ".join(text[start:end].split("\n"))
    low = set(re.findall(r"[a-z]+", words.casefold()))
    naming = _naming().search(words)
    if low & _table()["untrue"]:
        return
    if naming is not None and not low & (_table()["doubt"] - {"after"}) and _names_the_dead(words, naming):
        yield from _listed(words, naming.end(), start)
    for match in _ONE.finditer(words):
        verb = _befell().match(words, match.end())
        before = set(re.findall(r"[a-z]+", words[: match.start()].casefold()))
        if verb is not None and not before & _table()["doubt"] and words[match.end() - 1 : match.end()] == " ":
            victim = _victim(match, start, words)
            if victim is not None:
                yield victim


def _listed(words: str, at: int, offset: int) -> Iterator[Victim]:
    """Names in a row: "Odo Quill, 43, Mira Fenn and Ada Vell"."""
    for _ in range(MOST):
        match = _LISTED.match(words, at)
        if match is None:
            return
        victim = _victim(match, offset, words)
        if victim is not None:
            yield victim
        link = _LINK.match(words, match.end())
        if link is None:
            return
        at = link.end()


def _victim(match: re.Match[str], offset: int, words: str) -> Victim | None:
    """The person of a match, a title left out; None where what looks like a name is none."""
    start, end = match.span("name")
    parts = match["name"].split()
    while len(parts) > 2 and parts[0].rstrip(".").casefold() in _table()["titles"]:
        start += len(parts.pop(0)) + 1
    first = parts[0].rstrip(".").casefold()
    if first in _numbers() or first in _table()["titles"] or all(is_ordinary(part.casefold()) for part in parts):
        return None
    if words[:start].casefold().endswith("the "):
        return None  # a ship, a club, a house
    head = start == 0 or words[start - 1] in '“"‘'
    if head and is_ordinary(parts[0].casefold()):
        return None
    ages = [match.groupdict().get(key) for key in ("age", "years")]
    age = next((int(each) for each in ages if each and int(each) <= _OLDEST), None)
    return Victim(" ".join(parts), (offset + start, offset + end), age)
