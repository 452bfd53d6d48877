"""Roles: titles, offices and descriptions that stand before or after a name, as worded."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from sayso.records import Span
from sayso.speakers.cast import Member
from sayso.speakers.mentions import Mention, apposition
from sayso.speakers.names import fold, is_body, is_person, words
from sayso.speakers.source import head_noun

_LEAD = re.compile(r"(?i)(?:(?:the|an?|his|her|their|its|formerly|once|now|since last year|and)\s+)+")
_BODY = re.compile(r",?\s+(?:of|from|at|with)\s+(?:the\s+)?([A-Z][\w’'&-]*(?:\s+(?:of|for|and|the|&|[A-Z][\w’'-]*)){0,6})")
_SINCE = re.compile(r"\s+(?:since|who|which|that|whose)\s")
_CLAUSE = re.compile(r"\b(?:is|was|were|are|has|had|have|will|would)\b")  # a sentence went on: no role
_NOT = re.compile(r"(?:^|,?\s+(?:(?:and|but|though)\s+)?)(?:not|no)\s")  # "not related to the commander" is no role
_AND = re.compile(r"\s+and\s+")
REACH = 90  # characters before a name in which its role may begin
LONGEST = 12  # words of a role


def roles_of(text: str, sentence_starts: Sequence[int], member: Member) -> list[tuple[str, Span]]:
    """The roles that a page gives one member of the cast, each with the place where it first stands."""
    found: dict[str, Span] = {}
    for m in member.mentions:
        if m.name.titles:
            end = m.span[0] + len(text[slice(*m.span)].split(m.name.parts[0])[0].rstrip())
            found.setdefault(text[m.span[0] : end], (m.span[0], end))
        if member.kind != "person":
            continue
        if span := apposition(text, m.span[1]):
            found.setdefault(" ".join(text[slice(*span)].split()), span)
        if body := _body(text, m.span[1]):
            found.setdefault(text[slice(*body)], body)
        if before := _before(text, sentence_starts, m):
            found.setdefault(text[slice(*before)], before)
    parted = [part for span in found.values() for part in _parts(text, span)]
    return [(words_, span) for words_, span in dict.fromkeys((" ".join(text[slice(*s)].split()), s) for s in parted) if words_]


def _parts(text: str, span: Span) -> list[Span]:
    """A role without article and adverb in front; two where "and" joins two: "a former goalkeeper and president of the league"."""
    start, end = _led(text, span)
    if since := _SINCE.search(text, start, end):
        end = since.start()
    if unlike := _NOT.search(text[start:end]):
        end = start + unlike.start()
    if fold(text[start:end].split(" ")[0]) in words("verbs") or _CLAUSE.search(text, start, end):
        return []
    joint = _AND.search(text, start, end)
    if joint and is_person(head_noun(text[start : joint.start()])) and is_person(head_noun(text[joint.end() : end])):
        return [(start, joint.start()), _led(text, (joint.end(), end))]
    return [(start, end)] if start < end else []


def _led(text: str, span: Span) -> Span:
    lead = _LEAD.match(text, *span)
    return (lead.end() if lead else span[0]), span[1]


def _body(text: str, at: int) -> Span | None:
    """The body that somebody is of: "Imara Bell of the Morrow Institute said"; a place is none."""
    found = _BODY.match(text, at)
    if found is None or not is_body(found.group(1)):
        return None
    start, end = found.span(1)
    return start, end - 2 if text[start:end].endswith(("’s", "'s")) else end


def _before(text: str, sentence_starts: Sequence[int], m: Mention) -> Span | None:
    """A role in front of a name: "the union leader Aldo", "spokeswoman Lia Renn", "a lawyer for X, Tom Aldo"."""
    sentence = sentence_starts[bisect_right(sentence_starts, m.span[0]) - 1]
    start = max(text.rfind("\n", 0, m.span[0]), sentence, m.span[0] - REACH)
    phrase = text[start : m.span[0]]
    if not phrase.endswith((" ", ", ")):
        return None
    stripped = phrase.rstrip(" ,")
    comma = max(stripped.rfind(c) for c in ',;:“"(')
    chunk = stripped[comma + 1 :].strip()
    verbs = [n for n, w in enumerate(chunk.split()) if fold(w) in words("verbs")]
    chunk = " ".join(chunk.split()[verbs[-1] + 1 :]) if verbs else chunk
    low = [fold(w) for w in chunk.split()]
    if not low or len(low) > LONGEST or not is_person(head_noun(chunk)) or low[-1] in words("governing"):
        return None  # "the ally of Lia Renn" is not a role of hers
    at = text.rfind(chunk, 0, m.span[0])
    return (at, at + len(chunk))
