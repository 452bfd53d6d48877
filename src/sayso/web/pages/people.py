"""Who speaks in the pile: people and bodies across pages, and one of them with all that is said, in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

from sayso.decisions import speaker_of
from sayso.errors import UnknownDocument
from sayso.ledger import SpeakerFilter
from sayso.ledger.escapes import kept
from sayso.pile.people.answers import MemberRow, PeopleFilter, PersonRow, people_rows
from sayso.records import Reading, Speaker
from sayso.web.answers import NoSuchError
from sayso.web.asked import Asked, paged, sliced
from sayso.web.cast import cast_of
from sayso.web.desk import Desk
from sayso.web.pages.done import Done, done_of
from sayso.web.wishes import MOST_PAIRS

MOST_LIKELY = 20
"""Others who are offered as the same: a list that can be looked through."""
KINDS = ("person", "organisation", "group", "anonymous", "document", "author")


@dataclass(frozen=True, slots=True)
class SpeakerLine:
    """Somebody who speaks: one across pages where ``joined``, else all of exactly one name and kind, and no claim more.

    ``document_id`` is a page where the speaker ``id`` stands.
    """

    id: str
    name: str
    kind: str
    spellings: tuple[str, ...]
    roles: tuple[str, ...]
    pages: int
    statements: int
    joined: bool
    document_id: str


@dataclass(frozen=True, slots=True)
class SpeakersPage:
    """Everybody who speaks, those with most statements first."""

    query: str
    kind: str
    found: int
    speakers: tuple[SpeakerLine, ...]
    next: str


@dataclass(frozen=True, slots=True)
class Said:
    """One statement of a speaker, with where it stands and by whom it was carried."""

    id: str
    document: str
    document_id: str
    outlet: str
    published: str
    content: str
    cue: str
    kind: str
    stance: str | None
    joint: tuple[str, ...]
    crumbs: tuple[str, ...]
    confidence: float
    speaker_confidence: float
    decided: tuple[str, ...]
    speaker_id: str


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A role as worded, with the pages that give it, the earliest first."""

    role: str
    since: str
    until: str
    pages: int


@dataclass(frozen=True, slots=True)
class Likely:
    """Another who may be the same. ``pairs`` are the speakers to be taken for one then, page by page, as a form sends them."""

    line: SpeakerLine
    pairs: str


@dataclass(frozen=True, slots=True)
class SpeakerPage:
    """One speaker: names, roles through time, the pages with why it is the same there, and everything said in order.

    ``likely`` are others with a part of the name, who may be the same; or those with ``other`` in the name, where it is asked for.
    """

    id: str
    name: str
    kind: str
    joined: bool
    spellings: tuple[str, ...]
    roles: tuple[RoleLine, ...]
    outlets: tuple[str, ...]
    carriers: tuple[tuple[str, int], ...]
    members: tuple[MemberRow, ...]
    statements: int
    said: tuple[Said, ...]
    likely: tuple[Likely, ...]
    other: str
    next: str
    done: Done | None


def people(desk: Desk) -> tuple[PersonRow, ...]:
    """Who is one across pages."""
    return desk.once("people", lambda: tuple(people_rows(desk.pile, PeopleFilter(pages=1))))


def _group_of(desk: Desk) -> dict[str, PersonRow]:
    return desk.once("group", lambda: {member.speaker: row for row in people(desk) for member in row.members})


def _lines(desk: Desk) -> Iterator[SpeakerLine]:
    taken, pages = _group_of(desk), desk.once("speaker-pages", lambda: _pages(desk))
    for row in people(desk):
        yield SpeakerLine(
            row.id,
            row.name,
            row.kind,
            row.spellings,
            row.roles,
            row.documents,
            row.statements,
            True,
            next((m.document_id for m in row.members if m.speaker == row.id), row.members[0].document_id),
        )
    for each in desk.ledger.speakers(SpeakerFilter()):
        alone = [identity for identity in each.ids if identity not in taken]
        if len(alone) == len(each.ids):
            yield SpeakerLine(
                alone[0],
                each.name,
                each.kind,
                (each.name,),
                each.roles,
                each.documents,
                each.statements,
                False,
                pages[alone[0]][0],
            )


def _rank(line: SpeakerLine) -> tuple[int, str, str, str]:
    return (-line.statements, line.name, line.kind, line.id)


def _every(desk: Desk) -> list[SpeakerLine]:
    return desk.once("speakers", lambda: sorted(_lines(desk), key=_rank))


def _parts(names: Iterable[str]) -> set[str]:
    """The words of names by which two may be one: those of three letters and more."""
    return {part.strip(".,").casefold() for name in names for part in name.split() if len(part.strip(".,")) >= 3}


def _places(desk: Desk, line: SpeakerLine) -> list[tuple[str, str]]:
    """Page and id of every speaker that a line stands for."""
    if line.joined:
        return [(member.document_id, member.speaker) for member in _group_of(desk)[line.id].members]
    sql = """SELECT d.id, sp.id FROM speakers sp JOIN readings r ON r.key = sp.reading AND r.current = 1
        JOIN documents d ON d.key = r.document WHERE sp.name = ? AND sp.kind = ? ORDER BY d.id, sp.id"""
    with desk.ledger._asked() as connection:
        return [(str(a), str(b)) for a, b in connection.execute(sql, (kept(line.name), line.kind))]


def _pairs(mine: list[tuple[str, str]], joined: bool, theirs: list[tuple[str, str]], line: SpeakerLine) -> str:
    """What is to be taken for one so that two are one on all their pages.

    On a page where both speak they are merged. Of those that are one across pages already, one decision takes the rest along.
    """
    here, there = dict(mine), dict(theirs)
    both = [((page, here[page]), (page, speaker)) for page, speaker in theirs if page in here]
    first = next((place for place in mine if place[0] not in there), mine[0])
    rest = [place for place in theirs if place[0] not in here]
    more = [place for place in mine if place != first and place[0] not in there] if not joined else []
    across = [*(rest[:1] if line.joined else rest), *more]
    pairs = [(first, place) for place in across if place[0] != first[0]]
    return ",".join(" ".join((*a, *b)) for a, b in (*both, *pairs)[:MOST_PAIRS])


def _offered(desk: Desk, row: PersonRow, joined: bool, other: str) -> tuple[Likely, ...]:
    mine = [(member.document_id, member.speaker) for member in row.members]
    lines = _likely(desk, row, other)
    return tuple(Likely(line, _pairs(mine, joined, _places(desk, line), line)) for line in lines)


def _likely(desk: Desk, row: PersonRow, other: str) -> tuple[SpeakerLine, ...]:
    parts, mine, wanted = _parts(row.spellings), {member.speaker for member in row.members}, other.casefold()

    def fits(line: SpeakerLine) -> bool:
        names = (line.name, *line.spellings)
        return any(wanted in name.casefold() for name in names) if wanted else bool(parts & _parts(names))

    return tuple(islice((line for line in _every(desk) if line.id not in mine and fits(line)), MOST_LIKELY))


def speakers(desk: Desk, asked: Asked) -> SpeakersPage:
    """Everybody who speaks; with ``?q=`` in the name or ``?kind=``."""
    every = _every(desk)
    part, kind = asked.word("q").casefold(), asked.choice("kind", (*KINDS, "body"))
    chosen = [
        line
        for line in every
        if line.statements and kind in ("", line.kind) and any(part in name.casefold() for name in (line.name, *line.spellings))
    ]  # fmt: skip
    found, cursor = paged(chosen, _rank, asked)
    return SpeakersPage(asked.word("q"), kind, len(chosen), found, cursor)


def _place_of(desk: Desk, identity: str) -> tuple[Reading, Speaker]:
    """The page and the speaker of a speaker's id. Raises NoSuchError."""
    for row in desk.ledger.speakers(SpeakerFilter()) if len(identity) >= 32 else ():
        if identity in row.ids:
            return next(_with(desk, row.ids, identity))
    raise NoSuchError(f"no speaker has the id {identity!r:.80}: decisions or a later reading may have changed it")


def _with(desk: Desk, ids: Iterable[str], identity: str) -> Iterator[tuple[Reading, Speaker]]:
    for document in desk.once("speaker-pages", lambda: _pages(desk)).get(identity, ()):
        reading = desk.pile.reading(document)
        yield from ((reading, s) for s in reading.speakers if s.id == identity)


def _pages(desk: Desk) -> dict[str, tuple[str, ...]]:
    sql = """SELECT sp.id, d.id FROM speakers sp JOIN readings r ON r.key = sp.reading AND r.current = 1
        JOIN documents d ON d.key = r.document"""
    with desk.ledger._asked() as connection:
        found: dict[str, tuple[str, ...]] = {}
        for speaker, document in connection.execute(sql):
            found[speaker] = (*found.get(speaker, ()), document)
    return found


def _alone(desk: Desk, identity: str) -> PersonRow:
    """A speaker that is joined with no other: all of its very name and kind stand together, page by page."""
    reading, speaker = _place_of(desk, identity)
    members = []
    for row in desk.ledger.speakers(SpeakerFilter(name=speaker.name, kind=speaker.kind)):
        if row.name == speaker.name:
            members += [_member(*place) for each in row.ids for place in _with(desk, (), each)]
    members = [m for m in members if m.speaker not in _parted(desk, identity)] or [_member(reading, speaker)]
    members.sort(key=lambda m: (m.published or "9", m.document, m.speaker))
    return PersonRow(
        identity, speaker.kind, speaker.name, (speaker.name,), (), len({m.document_id for m in members}),
        len({m.outlet for m in members if m.outlet}), sum(m.statements for m in members), tuple(members),
    )  # fmt: skip


def _parted(desk: Desk, identity: str) -> set[str]:
    """The speakers that people said are somebody else than this one, whatever they are called."""
    found = set()
    for decision in desk.ledger.decided_across():
        if decision.action == "other-person":
            pages = (decision.document, decision.speakers[1].document)
            with suppress(UnknownDocument):  # its page was forgotten since
                pair = {speaker_of(desk.pile.reading(p), who) for p, who in zip(pages, decision.speakers, strict=True)}
                found |= pair - {identity} if identity in pair else set()
    return found


def _member(reading: Reading, speaker: Speaker) -> MemberRow:
    page, head = reading.document, reading.headline.statements if reading.headline else ()
    said = sum(s.act == "say" and speaker.id in (s.speaker, *s.joint) for s in (*reading.statements, *head))
    roles = tuple(dict.fromkeys(" ".join(role.text.split()) for role in speaker.roles))
    date = page.published.date if page.published else ""
    return MemberRow(page.name, reading.id, page.outlet, date, speaker.id, speaker.name, roles, said, (), "", "", "")


def _said(desk: Desk, row: PersonRow) -> tuple[Said, ...]:
    found = []
    for member in row.members:
        reading = desk.pile.reading(member.document_id)
        cast = cast_of(reading)
        for line in cast.lines:
            s = line.statement
            if member.speaker in (s.speaker, *s.joint):
                joint = tuple(each.name for each in cast.who(s) if each.id != member.speaker)
                said = Said(
                    s.id, member.document, member.document_id, member.outlet, member.published, line.words("content"),
                    line.words("cue"), s.kind, s.stance, joint, cast.crumbs(s)[1:-1], s.confidence, s.speaker_confidence,
                    s.decided, member.speaker,
                )  # fmt: skip
                found.append(said)
    return tuple(found)


def _roles(row: PersonRow) -> tuple[RoleLine, ...]:
    held: dict[str, list[MemberRow]] = {}
    worded: dict[str, str] = {}
    for member in row.members:
        for role in member.roles:
            worded.setdefault(role.casefold(), role)
            held.setdefault(role.casefold(), []).append(member)
    lines = []
    for key, members in held.items():
        dates = sorted(m.published for m in members if m.published[:1].isdigit())
        lines.append(
            RoleLine(
                worded[key],
                dates[0] if dates else "",
                dates[-1] if dates else "",
                len({m.document_id for m in members}),
            )
        )
    return tuple(sorted(lines, key=lambda line: (line.since or "9", line.role)))


def speaker(desk: Desk, asked: Asked) -> SpeakerPage:
    """One speaker, by the id of any of its members; ``?with=`` looks for another who is the same."""
    identity = asked.parts["id"]
    row = _group_of(desk).get(identity)
    joined = row is not None
    row = row or desk.once(f"speaker {identity}", lambda: _alone(desk, identity))
    every = desk.once(f"said {row.id}", lambda: _said(desk, row))
    carriers: dict[str, int] = {}
    for each in every:
        for hop in each.crumbs:
            carriers[hop] = carriers.get(hop, 0) + 1
    found, cursor = sliced(every, asked)
    return SpeakerPage(
        identity, row.name, row.kind, joined, row.spellings, _roles(row),
        tuple(dict.fromkeys(m.outlet for m in row.members if m.outlet)),
        tuple(sorted(carriers.items(), key=lambda each: (-each[1], each[0]))), row.members, len(every), found,
        _offered(desk, row, joined, asked.word("with")), asked.word("with"), cursor, done_of(desk, asked),
    )  # fmt: skip
