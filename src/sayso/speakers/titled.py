"""Titled surnames told apart from namesakes: "Commander Tarvold" on a page that also has Ingrid Tarvold, a spokeswoman.

A title decides where one of several bearers of a surname has it alone. Where the page gives the surname a title before it
gives anybody's full name, or says that two are not related, and the full name comes with another role, they are two people.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sayso.records import Span
from sayso.speakers.cast import Member
from sayso.speakers.mentions import Mention
from sayso.speakers.names import fold, words
from sayso.speakers.roles import roles_of

Key = tuple[str, ...]
REACH = 120  # characters behind a full name in which the page may say that he is not related
SHORT = 3  # letters that a title and a role must share from the front: Sen. is a senator
_UNRELATED = re.compile(r"\b(?:not related|no relation|unrelated) to\b[^.\n]*")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Titled:
    """What titles say of surnames.

    ``bearers``: the full name (its key) that a titled surname means. ``apart``: the spans of those that mean nobody whose
    full name the page gives.
    """

    bearers: dict[Span, Key]
    apart: frozenset[Span]


def titled(text: str, sentence_starts: Sequence[int], mentions: Sequence[Mention]) -> Titled:
    """What the titles of one page say of its surnames. Linear in the mentions but for roles, which are read once a name."""
    named: dict[str, list[Mention]] = {}
    called: dict[str, list[Mention]] = {}
    for m in mentions:
        if m.kind != "person" or m.headline or not m.name.parts:
            continue
        if len(m.name.parts) > 1:
            named.setdefault(fold(m.name.surname), []).append(m)
        elif any(_offices(m)):
            called.setdefault(fold(m.name.surname), []).append(m)
    bearers: dict[Span, Key] = {}
    apart: set[Span] = set()
    for surname, short in called.items():
        full = _by_name(named.get(surname, ()))
        roles = {key: _roles(text, sentence_starts, members) for key, members in full.items()}
        for m in short:
            holders = [key for key, has in roles.items() if all(_among(title, has) for title in _offices(m))]
            if len(holders) == 1:
                bearers[m.span] = holders[0]
            elif roles and not holders and all(roles.values()) and _strangers(text, short, full):
                apart.add(m.span)
    return Titled(bearers, frozenset(apart))


def _offices(mention: Mention) -> Iterator[str]:
    """The titles of a mention that say what somebody is: Mr and Dr say nothing of that."""
    return (fold(t) for t in mention.name.titles if fold(t) not in words("honorifics"))


def _by_name(mentions: Sequence[Mention]) -> dict[Key, Member]:
    found: dict[Key, Member] = {}
    for m in mentions:
        found.setdefault(m.name.key, Member(len(found), m.name)).add(m)
    return found


def _roles(text: str, sentence_starts: Sequence[int], member: Member) -> set[str]:
    """The words of all titles and roles that the page gives a full name."""
    said = " ".join(role for role, _ in roles_of(text, sentence_starts, member))
    return {fold(w) for w in _WORD.findall(said)} - words("honorifics")


def _among(title: str, roles: set[str]) -> bool:
    return any(
        w == title or (min(len(w), len(title)) >= SHORT and (w.startswith(title) or title.startswith(w))) for w in roles
    )


def _strangers(text: str, short: Sequence[Mention], full: dict[Key, Member]) -> bool:
    """Whether the page uses the titled surname before any full name, or says of each full name that he is not related."""
    mentions = [m for member in full.values() for m in member.mentions]
    if min(m.span for m in short) < min(m.span for m in mentions):
        return True
    return all(
        any(_UNRELATED.search(text, m.span[1], m.span[1] + REACH) for m in member.mentions) for member in full.values()
    )
