"""Who is one person or body across pages, for whoever counts by speaker: a key for each speaker that somebody is known by.

Speakers that ``people`` takes for one have one key. One that it leaves alone for lack of evidence goes with the only group
that bears its very name, where there is one; one that it tells apart from a namesake has a key of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sayso.ledger.labelling import Bearing, bearers, bearing
from sayso.pile.people.answers import people_of
from sayso.pile.people.people import People
from sayso.pile.people.profile import KINDS
from sayso.pile.question import Name
from sayso.pile.rebuilt import rebuilt
from sayso.pile.store import Pile

OPEN = frozenset({"too-little", "other-name"})
"""Reasons to leave two speakers apart that do not say that they are two."""
_SPEAKERS = """SELECT CAST(d.id AS BLOB), CAST(s.id AS BLOB), s.name, s.kind FROM speakers s
    JOIN readings r ON r.key = s.reading AND r.current = 1
    JOIN (SELECT key, id FROM documents INDEXED BY sqlite_autoindex_documents_1) d ON d.key = r.document"""
Named = tuple[Name, str, str]
"""A speaker of a page with its name and kind."""


@dataclass(frozen=True, slots=True)
class Namesakes:
    """The keys of speakers (by page and speaker id), and of bodies by their name; those that nothing joins have none."""

    speakers: Mapping[Name, str] = field(default_factory=dict)
    bodies: Mapping[str, str] = field(default_factory=dict)

    def of(self, document: str, speaker: str) -> str:
        """The key of a speaker; empty where it goes by its name alone."""
        return self.speakers.get((document, speaker), "")

    def body(self, name: str) -> str:
        """The key of the one body that bears this name; empty where none or several do."""
        return self.bodies.get(name.casefold(), "")


    def rows(self) -> dict[str, list[Name]]:
        """The speakers of each key."""
        found: dict[str, list[Name]] = defaultdict(list)
        for name, key in self.speakers.items():
            found[key].append(name)
        return found


AS_WRITTEN = Namesakes()
"""Nobody is known: names are taken as they are written."""


def namesakes(pile: Pile) -> Namesakes:
    """Who is one in a pile that is up to date in ``people``, with the decisions of its ledger."""
    return rebuilt(pile, lambda: _namesakes(pile))


def bearing_in(pile: Pile, label: str, *, people: bool) -> Bearing:
    """What bears a label; with ``people`` also the statements of those who are one with a speaker that does."""
    return bearing(pile.ledger, label, bearing_too(pile, label) if people else ())


def bearing_too(pile: Pile, label: str) -> tuple[str, ...]:
    """Speakers who are one with some that bear a label: the id of the page and theirs, a blank between, in order."""
    known, found = namesakes(pile), set()
    keys = {known.of(*name) for name in bearers(pile.ledger, label)} - {""}
    for name, key in known.speakers.items():
        if key in keys:
            found.add(" ".join(name))
    return tuple(sorted(found))


def _namesakes(pile: Pile) -> Namesakes:
    people = people_of(pile)
    first = {name: " ".join(group.members[0]) for group in people.groups() for name in group.members}
    with pile.ledger._asked() as connection:
        rows = connection.execute(_SPEAKERS).fetchall()
    named = [((page.decode("ascii"), own.decode("ascii")), name, kind) for page, own, name, kind in rows]
    return joined(named, first, people)


def joined(named: Iterable[Named], first: Mapping[Name, str], people: People) -> Namesakes:
    """Keys for all speakers: those of their groups (``first``), else of the one group with their name."""
    every = list(named)
    groups: dict[tuple[str, str], set[str]] = defaultdict(set)
    for at, name, kind in every:
        if at in first:
            groups[_called(name, kind)].add(first[at])
    found = dict(first)
    for at, name, kind in every:
        own = groups.get(_called(name, kind), ())
        if at not in found and kind in KINDS:
            apart = any(left.reason not in OPEN for left in people.left(at))
            if apart or len(own) == 1:
                found[at] = " ".join(at) if apart else next(iter(own))
    bodies = {name: next(iter(keys)) for (name, kind), keys in groups.items() if kind == "body" and len(keys) == 1}
    return Namesakes(found, bodies)


def _called(name: str, kind: str) -> tuple[str, str]:
    return name.casefold(), KINDS.get(kind, kind)
