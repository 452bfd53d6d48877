"""What the command tells of people: who is one across pages, page by page, why, and who was left apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from sayso.decisions import ACROSS, Who, speaker_of
from sayso.ledger.rows import SpeakerFilter
from sayso.pile.people.bodies import body
from sayso.pile.people.clustering import Link
from sayso.pile.people.decided import Ruling, Rulings, rulings
from sayso.pile.people.evidence import Weight
from sayso.pile.people.people import Group, People, weigher_of
from sayso.pile.people.people import Words as NameWords
from sayso.pile.people.profile import KINDS, Profile, name_key, named, unpack
from sayso.pile.people.spelling import called
from sayso.pile.people.telling import told
from sayso.pile.people.worded import roles_of
from sayso.pile.question import Item, Name
from sayso.pile.rebuilt import rebuilt
from sayso.pile.store import Pile
from sayso.records import Reading, Speaker


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """Which groups: with this in a name, person or body, with this page (its id), on so many pages."""

    name: str = ""
    kind: str = ""
    document: str = ""
    pages: int = 2
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A speaker of one page. ``evidence`` are the codes of what makes it one with the speaker ``like_id`` of the page ``like``."""

    document: str
    document_id: str
    outlet: str
    published: str
    speaker: str
    name: str
    roles: tuple[str, ...]
    statements: int
    evidence: tuple[str, ...]
    like: str
    like_id: str
    why: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person or body of several pages. ``id`` is the speaker id of its first page; counts are of pages, outlets, statements."""

    id: str
    kind: str
    name: str
    spellings: tuple[str, ...]
    roles: tuple[str, ...]
    documents: int
    outlets: int
    statements: int
    members: tuple[MemberRow, ...]


@dataclass(frozen=True, slots=True)
class ApartRow:
    """Two speakers whose names may be one and who were not taken for one: ``reason`` is the code, ``why`` says it."""

    name: str
    document: str
    document_id: str
    speaker: str
    other_name: str
    other: str
    other_id: str
    other_speaker: str
    reason: str
    evidence: tuple[str, ...]
    why: str


class OnPile:
    """The items of a pile, as people are looked up among them. The pile was asked about ``people`` and is up to date."""

    def __init__(self, pile: Pile) -> None:
        self.pile = pile
        self._pages: dict[str, dict[str, Item]] = {}

    def item(self, name: Name) -> Item | None:
        """The item of a speaker."""
        document, identity = name
        if document not in self._pages:
            self._pages[document] = {item.id: item for item in self.pile.items("people", document)}
        return self._pages[document].get(identity)

    def bucket(self, key: int) -> Iterable[Item]:
        """All items with a key."""
        return self.pile.bucket("people", key)

    def everything(self) -> Iterator[Item]:
        """All items."""
        for item in self.pile.items("people"):
            self._pages.setdefault(item.document, {})[item.id] = item
            yield item

    def named(self, name: Name) -> Mapping[int, NameWords]:
        """The names of a speaker in words."""
        return named(self.pile.reading(name[0]), name[1])

    def every_name(self) -> Mapping[int, NameWords]:
        """The names of all speakers, out of the ledger at once."""
        found: dict[int, NameWords] = {}
        for row in self.pile.ledger.speakers(SpeakerFilter()):
            kind = KINDS.get(row.kind)
            name = called(row.name) if kind == "person" else body(row.name) if kind == "body" else None
            if name is not None:
                found.setdefault(name_key(name), name)
        return found


def rulings_of(pile: Pile) -> Rulings:
    """What people decided about who is who across pages, on the pages that are shown now.

    A decision whose words stand on no shown version of their page counts for nothing as long as they do not.
    """
    shown, found = set(pile.documents()), []
    for decision in pile.ledger.decided_across():
        first, second = decision.speakers
        a, b = _placed(pile, shown, decision.document, first), _placed(pile, shown, second.document, second)
        if a and b and decision.action in ACROSS:
            found.append(Ruling(decision.action, a, b, decision.id))
    return rulings(found)


def _placed(pile: Pile, shown: set[str], document: str, who: Who) -> Name | None:
    """Where the speaker stands whom a decision names."""
    versions = [page for page in pile.ledger.versions(document) if page in shown]
    for page in sorted(versions, key=lambda page: (page != document, page)):
        speaker = speaker_of(pile.reading(page), who)
        if speaker:
            return page, speaker
    return None


def people_of(pile: Pile, decided: Rulings | None = None) -> People:
    """Who is who in a pile that is up to date, with the decisions of its ledger or with those given."""
    return People(OnPile(pile), rulings_of(pile) if decided is None else decided)


def settled(pile: Pile, decided: Rulings | None = None) -> People:
    """As ``people_of``, with all groups worked out; a file whose bytes turn out damaged is built again."""

    def worked_out() -> People:
        people = people_of(pile, decided)
        people.groups()
        return people

    return rebuilt(pile, worked_out)


def _speaker(reading: Reading, identity: str) -> Speaker:
    return next(speaker for speaker in reading.speakers if speaker.id == identity)


def _said(reading: Reading, identity: str) -> int:
    head = reading.headline.statements if reading.headline else ()
    return sum(s.act == "say" and identity in (s.speaker, *s.joint) for s in (*reading.statements, *head))


def _best(group: Group) -> dict[Name, Link]:
    """For each member the link that tells most of why it belongs there."""
    best: dict[Name, Link] = {}
    for link in group.links:
        for name in (link.a, link.b):
            if name not in best or _sureness(link) > _sureness(best[name]):
                best[name] = link
    return best


def _sureness(link: Link) -> tuple[bool, int]:
    return link.weight.codes != ("decided",), link.weight.points


class _Teller:
    """Makes rows of groups."""

    def __init__(self, pile: Pile, people: People) -> None:
        self.pile, self.people = pile, people

    def row(self, group: Group) -> PersonRow:
        """A group as a row, its members by date."""
        best = _best(group)
        members = [self._member(name, best.get(name), group) for name in group.members]
        members.sort(key=lambda m: (m.published or "9", m.document, m.speaker))
        names = Counter(member.name for member in members)
        first = min(names, key=lambda name: (-names[name], -len(name), name))
        roles: dict[str, str] = {}
        for role in (role for member in members for role in member.roles):
            roles.setdefault(role.casefold(), role)
        return PersonRow(
            group.members[0][1], "person" if group.person else "body", first, tuple(sorted(names)),
            tuple(roles.values()),
            len({m.document_id for m in members}), len({m.outlet for m in members if m.outlet}),
            sum(m.statements for m in members), tuple(members),
        )  # fmt: skip

    def _member(self, name: Name, link: Link | None, group: Group) -> MemberRow:
        other = (
            next(n for n in group.members if n[0] != name[0]) if link is None else link.b if link.a == name else link.a
        )
        weight = link.weight if link else self._weight(name, other)
        reading, partner = self.pile.reading(name[0]), self.pile.reading(other[0])
        speaker, page = _speaker(reading, name[1]), reading.document
        return MemberRow(
            page.name, reading.id, page.outlet, page.published.date if page.published else "", speaker.id, _plain(speaker),
            roles_of(speaker), _said(reading, speaker.id), weight.codes, partner.document.name,
            other[1], told(reading, name[1], partner, other[1], weight),
        )  # fmt: skip

    def _weight(self, a: Name, b: Name) -> Weight:
        shelf = self.people.shelf
        pair = [unpack(item.document, item.id, item.sketch) for item in map(shelf.item, sorted((a, b))) if item]
        return _weighed(self.people, pair)

    def apart(self, link: Link, reason: str) -> ApartRow:
        """Two who were left apart."""
        a, b = self.pile.reading(link.a[0]), self.pile.reading(link.b[0])
        one, other = _speaker(a, link.a[1]), _speaker(b, link.b[1])
        return ApartRow(
            _plain(one), a.document.name, a.id, one.id, _plain(other), b.document.name, b.id, other.id, reason,
            link.weight.codes, told(a, one.id, b, other.id, link.weight, reason),
        )  # fmt: skip


def _weighed(people: People, pair: list[Profile]) -> Weight:
    return weigher_of(people.shelf, pair)(*pair) if len(pair) == 2 else Weight(0, ())


def _plain(speaker: Speaker) -> str:
    return " ".join(speaker.name.split())


def people_rows(
    pile: Pile, where: PeopleFilter = PeopleFilter(), decided: Rulings | None = None
) -> Iterator[PersonRow]:
    """The people and bodies of several pages, those of most pages first."""
    people = settled(pile, decided)
    teller = _Teller(pile, people)
    groups = [group for group in people.groups() if _wanted(group, where)]
    groups.sort(key=lambda group: (-len({document for document, _ in group.members}), group.members))
    rows = (teller.row(group) for group in groups)
    part = " ".join(where.name.split()).casefold()
    return islice(
        (row for row in rows if not part or any(part in name.casefold() for name in row.spellings)), where.limit
    )


def _wanted(group: Group, where: PeopleFilter) -> bool:
    pages = {document for document, _ in group.members}
    kind = "person" if group.person else "body"
    return where.kind in ("", kind) and len(pages) >= where.pages and (not where.document or where.document in pages)


def apart_rows(pile: Pile, where: PeopleFilter = PeopleFilter(), decided: Rulings | None = None) -> Iterator[ApartRow]:
    """Pairs that could be one by their names and were not taken for one, the likeliest first."""
    people = settled(pile, decided)
    teller, part = _Teller(pile, people), " ".join(where.name.split()).casefold()
    found = {
        (left.link.a, left.link.b): left
        for item in people.shelf.everything()
        for left in people.left((item.document, item.id))
    }
    wanted = [
        left for left in found.values() if not where.document or where.document in (left.link.a[0], left.link.b[0])
    ]
    wanted.sort(key=lambda left: (left.reason == "other-name", -left.link.weight.points, left.link.a, left.link.b))
    rows = (teller.apart(left.link, left.reason) for left in wanted)
    return islice((row for row in rows if not part or part in f"{row.name}\n{row.other_name}".casefold()), where.limit)
