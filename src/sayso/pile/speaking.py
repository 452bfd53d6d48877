"""Who speaks in a pile: as the ledger lists speakers, but those whom ``people`` takes for one are one row."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from sayso.ledger import SpeakerFilter, SpeakerRow
from sayso.ledger.labelling import bearers
from sayso.ledger.rows import fitting
from sayso.pile.namesakes import bearing_too, namesakes
from sayso.pile.store import Pile

_SPEAKERS = """SELECT sp.key, d.id, sp.id, sp.name, sp.kind,
    (SELECT count(*) FROM statements s WHERE s.speaker = sp.key AND s.act = 'say')
    + (SELECT count(*) FROM joint_speakers j JOIN statements s ON s.key = j.statement WHERE j.speaker = sp.key AND s.act = 'say')
    FROM documents d JOIN readings r ON r.document = d.key AND r.current = 1 JOIN speakers sp ON sp.reading = r.key"""
_MORE = {
    "roles": "SELECT DISTINCT text FROM roles WHERE speaker = ?",
    "spellings": "SELECT DISTINCT words FROM mentions WHERE speaker = ?",
    "labels": """SELECT DISTINCT x.label FROM speakers sp JOIN readings r ON r.key = sp.reading
        JOIN labels x ON (x.target = 'speaker' AND x.id = sp.id AND x.document = r.document)
            OR (x.target = 'name' AND x.id = folded(sp.name)) WHERE sp.key = ?""",
}


@dataclass(slots=True)
class _Held:
    """The speakers of pages that are one."""

    keys: list[int] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    pages: set[str] = field(default_factory=set)
    names: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    said: int = 0

    def add(self, key: int, page: str, identity: str, name: str, kind: str, said: int) -> None:
        """One more speaker of a page."""
        self.keys.append(key)
        self.ids.add(identity)
        self.pages.add(page)
        self.names[name] += 1
        self.kinds[kind] += 1
        self.said += said

    @property
    def name(self) -> str:
        """The name that most pages have; of two as frequent the longer one."""
        return min(self.names, key=lambda name: (-self.names[name], -len(name), name))

    @property
    def kind(self) -> str:
        """The kind on most pages."""
        return min(self.kinds, key=lambda kind: (-self.kinds[kind], kind))


def speakers(pile: Pile, where: SpeakerFilter) -> Iterator[SpeakerRow]:
    """Speakers by what they said, those who are one across pages (of a pile that is up to date in ``people``) in one row.

    A name fits where any of theirs has it in it; a label is on all where it is on one. Raises UnknownDocument, UsageError.
    """
    known, held = namesakes(pile), defaultdict[str, _Held](_Held)
    page = pile.ledger.reading(where.document).id if where.document else ""
    wanted = _bearing(pile, where.label) if where.label else None
    with pile.ledger._asked() as connection:
        for key, document, identity, name, kind, said in connection.execute(_SPEAKERS):
            if page in ("", document) and (wanted is None or (document, identity) in wanted):
                person = known.of(document, identity) or f"{name}\n{kind}"
                held[person].add(key, document, identity, name, kind, said)
        part = where.name.casefold()
        found = [
            each for each in held.values()
            if where.kind in ("", each.kind) and (not part or any(part in name.casefold() for name in each.names))
        ]  # fmt: skip
        found.sort(key=lambda each: (-each.said, each.name, each.kind))
        for each in islice(found, where.limit):
            more = {name: _every(connection, sql, each.keys) for name, sql in _MORE.items()}
            spelled = tuple(sorted({*more["spellings"], *each.names}))
            yield fitting(SpeakerRow, (
                each.name, each.kind, len(each.pages), each.said, more["roles"], spelled, tuple(sorted(each.ids)), more["labels"],
            ))  # fmt: skip


def _bearing(pile: Pile, label: str) -> set[tuple[str, ...]]:
    """All speakers that bear a label, or are one with somebody who does."""
    return {*bearers(pile.ledger, label), *(tuple(each.split(" ")) for each in bearing_too(pile, label))}


def _every(connection: sqlite3.Connection, sql: str, keys: list[int]) -> tuple[str, ...]:
    return tuple(sorted({value for key in keys for (value,) in connection.execute(sql, (key,))}))
