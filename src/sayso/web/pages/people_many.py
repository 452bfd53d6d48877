"""Who speaks in a pile of any size: in a large one as it was worked out last, and the pages of one speaker screen by screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from sqlite3 import Connection

from sayso.ledger.escapes import kept
from sayso.pile.people.answers import MemberRow, PersonRow
from sayso.web.answers import NoSuchError
from sayso.web.asked import Asked, numbered, packed
from sayso.web.desk import Desk
from sayso.web.kept import Choice, NotYetError
from sayso.web.pages import people
from sayso.web.pages.done import done_of
from sayso.web.pages.people import MOST_LIKELY, Likely, SpeakerLine, SpeakerPage, SpeakersPage
from sayso.web.standing import Entry, Standing, part_of

MEMBERS = 12
"""Pages of a speaker on one screen: each is a reading, 2 ms."""
_NAMED = """FROM speakers sp JOIN readings r ON r.key = sp.reading AND r.current = 1 JOIN documents d ON d.key = r.document
    WHERE sp.name = ? AND sp.kind = ?"""
_WHO = """SELECT sp.name, sp.kind FROM speakers sp JOIN readings r ON r.key = sp.reading AND r.current = 1 WHERE sp.id = ? LIMIT 1"""


@dataclass(frozen=True, slots=True)
class Member:
    """One speaker of one page, and who of all pages that is."""

    person: str
    row: MemberRow


def _lines(desk: Desk) -> Iterator[Entry]:
    for line in people._every(desk):
        if line.statements:
            names = "\n".join(dict.fromkeys(name.casefold() for name in (line.name, *line.spellings)))
            yield Entry(line, line.id, line.kind, words=names)


def _members(desk: Desk) -> Iterator[Entry]:
    for person in people.people(desk):
        for row in person.members:
            yield Entry(Member(person.id, row), row.speaker, person.id)


SPEAKERS = Standing("speakers", SpeakerLine, _lines, "speakers")
JOINED = Standing("people", Member, _members, "people")


def speakers(desk: Desk, asked: Asked) -> SpeakersPage:
    """Everybody who speaks; with ``?q=`` in the name or ``?kind=``."""
    if not desk.large:
        return people.speakers(desk, asked)
    part, kind = asked.word("q").casefold(), asked.choice("kind", (*people.KINDS, "body"))
    answer, choice = desk.answer(SPEAKERS), Choice(kind, part=part)
    found, cursor = part_of(answer, choice, asked)
    return SpeakersPage(asked.word("q"), kind, answer.count(choice), found, cursor)


def speaker(desk: Desk, asked: Asked) -> SpeakerPage:
    """One speaker, by the id of any of its members; ``?with=`` looks for another who is the same."""
    return _speaker_of_many(desk, asked) if desk.large else people.speaker(desk, asked)


def _speaker_of_many(desk: Desk, asked: Asked) -> SpeakerPage:
    identity, start = asked.parts["id"], numbered(asked)
    try:
        row, joined, more = _joined(desk, identity, start) or _named(desk, identity, start)
    except NotYetError:  # who is one across pages is not worked out yet: those of one name stand together
        row, joined, more = _named(desk, identity, start)
    said = people._said(desk, row)
    carriers = Counter(hop for each in said for hop in each.crumbs)
    return SpeakerPage(
        identity, row.name, row.kind, joined, row.spellings, people._roles(row),
        tuple(dict.fromkeys(m.outlet for m in row.members if m.outlet)),
        tuple(sorted(carriers.items(), key=lambda each: (-each[1], each[0]))), row.members, row.statements, said,
        _likely(desk, row, joined, asked.word("with")), asked.word("with"), more, done_of(desk, asked),
    )  # fmt: skip


def _joined(desk: Desk, identity: str, start: int) -> tuple[PersonRow, bool, str] | None:
    """Somebody who is one across pages, with the members behind a place, and the cursor of the next."""
    members = desk.answer(JOINED)
    own = members.one(identity)
    line = desk.answer(SPEAKERS).one(own.person) if own is not None else None
    if own is None or line is None:
        return None
    found = members.lines(Choice(own.person), start, MEMBERS + 1)
    rows = tuple(each.row for _, each in found[:MEMBERS])
    more = packed((found[MEMBERS - 1][0],)) if len(found) > MEMBERS else ""
    return _person(line, rows), True, more


def _person(line: SpeakerLine, members: tuple[MemberRow, ...]) -> PersonRow:
    outlets = len({m.outlet for m in members if m.outlet})
    return PersonRow(
        line.id, line.kind, line.name, line.spellings, line.roles, line.pages, outlets, line.statements, members
    )


def _named(desk: Desk, identity: str, start: int) -> tuple[PersonRow, bool, str]:
    """All of the very name and kind of a speaker, page by page in time. Raises NoSuchError."""
    with desk.ledger._asked() as connection:
        who = connection.execute(_WHO, (kept(identity),)).fetchone()
        if who is None:
            raise NoSuchError(
                f"no speaker has the id {identity!r:.80}: decisions or a later reading may have changed it"
            )
        name, kind = str(who[0]), str(who[1])
        sql = f"SELECT d.id, sp.id {_NAMED} ORDER BY d.published, d.name, d.id, sp.id LIMIT ? OFFSET ?"
        found = connection.execute(sql, (kept(name), kept(kind), MEMBERS + 1, start)).fetchall()
        pages, said = _counted(connection, name, kind)
    readings = [(desk.pile.reading(document), own) for document, own in found[:MEMBERS]]
    members = tuple(people._member(r, s) for r, own in readings for s in r.speakers if s.id == own)
    line = SpeakerLine(identity, name, kind, (name,), (), pages, said, False, found[0][0] if found else "")
    return _person(line, members), False, packed((start + MEMBERS,)) if len(found) > MEMBERS else ""


def _counted(connection: Connection, name: str, kind: str) -> tuple[int, int]:
    """Pages and statements of all of one name and kind."""
    who = (kept(name), kept(kind))
    pages = connection.execute(f"SELECT count(DISTINCT d.key) {_NAMED}", who).fetchone()[0]
    sql = f"""SELECT (SELECT count(*) FROM statements s WHERE s.speaker = sp.key AND s.act = 'say') + (SELECT count(*)
        FROM joint_speakers j JOIN statements s ON s.key = j.statement AND s.act = 'say' WHERE j.speaker = sp.key) {_NAMED}"""
    return int(pages), sum(int(said) for (said,) in connection.execute(sql, who))


def _likely(desk: Desk, row: PersonRow, joined: bool, other: str) -> tuple[Likely, ...]:
    """Others with the longest word of the name, or with what was asked for in theirs."""
    part = other.casefold() or max(people._parts(row.spellings), key=lambda each: (len(each), each), default="")
    mine = [(member.document_id, member.speaker) for member in row.members]
    ids = {row.id, *(speaker for _, speaker in mine)}
    try:
        found = desk.answer(SPEAKERS).lines(Choice(part=part), 0, MOST_LIKELY + len(ids)) if part and mine else ()
    except NotYetError:
        return ()
    lines = [line for _, line in found if line.id not in ids and (line.name, line.kind) != (row.name, row.kind)][
        :MOST_LIKELY
    ]
    near = [
        replace(line, joined=False) for line in lines
    ]  # of those who are one already, one decision takes the rest along
    return tuple(
        Likely(line, people._pairs(mine, joined, [(line.document_id, line.id)], each))
        for line, each in zip(lines, near, strict=True)
    )
