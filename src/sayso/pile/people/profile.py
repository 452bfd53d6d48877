"""What one page shows of a speaker that can be compared across pages: names, roles, age, time, outlet, who else is named.

A profile holds hashes and numbers, no words, so that it can lie in the pile as the sketch of an item. Names are needed in
words only to compare two spellings; ``named`` finds them again on the page.
"""

from __future__ import annotations

import re
import struct
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from sayso.pile.hashing import key63
from sayso.pile.people.bodies import Body, body, shortened
from sayso.pile.people.roles import Office, age_of, role_words
from sayso.pile.people.spelling import Called, called, given
from sayso.pile.rows import odd
from sayso.records import Reading, Speaker
from sayso.speakers.names import fold, gender, given_gender, parse
from sayso.speakers.source import head_noun

KINDS = {"person": "person", "author": "person", "organisation": "body"}
"""Kinds of speakers that can be one across pages, and what they are then."""
SORTS = ("named", "shared", "longer", "proper", "many", "half", "single", "acronym")
"""Of people: named, or with a name that many bear (shared; longer where it has three parts or more); of bodies as in
``bodies.Body`` (many: shared words)."""
GENDERS = ("", "he", "she")
GENERATIONS = ("", "jr", "sr", "ii", "iii", "iv")
MOST_ROLES, MOST_COMPANIONS, MOST_OFFICES, MOST_NAMES = 12, 32, 4, 4
"""What is kept of each, those with the smallest hashes: of 1,163 people 99 % have 9 role words or fewer; pages name 30 people
or fewer in 97 of 100 cases."""
SHORT = 2  # words of a role up to which each of them may tell; of a longer one only its noun: "who met his wife there"
AGAIN = 3
"""Statements in which a page must take a speaker up by he or she, always the same, before that tells two namesakes apart. Of
1,188 pages' people with a given name that leaves no doubt, 3 of 787 with one or two such statements were called otherwise,
and none of 267 with three or more."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A speaker of one page in numbers. 0 and empty stand for what the page does not show.

    ``names`` are hashes, its own first, then for a body what the page shortens it to or from; ``day`` and ``born`` are days
    and years; ``two`` says that the page names the father or son of that name too; ``titles`` are the nouns of its roles,
    ``roles`` their other words; ``companions`` are others whom the page names in full.
    """

    document: str
    id: str
    person: bool
    sort: str
    names: tuple[int, ...]
    gender: str = ""
    generation: str = ""
    two: bool = False
    born: int = 0
    day: int = 0
    outlet: int = 0
    titles: frozenset[int] = frozenset()
    roles: frozenset[int] = frozenset()
    offices: tuple[Office, ...] = ()
    companions: frozenset[int] = frozenset()

    @property
    def at(self) -> tuple[str, str]:
        """Which speaker of which page."""
        return self.document, self.id


def name_key(name: Called | Body) -> int:
    """The hash of a name, the same for every spelling with these folded parts."""
    sort = "person" if isinstance(name, Called) else "body"
    return key63(f"{sort} {' '.join(name.key)}")


def name_of(speaker: Speaker) -> Called | Body | None:
    """The name of a speaker that can be compared across pages; None where it has none, or is of another kind."""
    kind = KINDS.get(speaker.kind)
    return called(speaker.name) if kind == "person" else body(speaker.name) if kind == "body" else None


def named(reading: Reading, identity: str) -> dict[int, Called | Body]:
    """The names of a speaker of a page, by the hashes of its profile."""
    speaker = next((s for s in reading.speakers if s.id == identity), None)
    name = name_of(speaker) if speaker else None
    if name is None:
        return {}
    return {name_key(each): each for each in (name, *(_other_names(reading, name) if isinstance(name, Body) else ()))}


def _other_names(reading: Reading, name: Body) -> Iterator[Body]:
    """What the page shortens the name of a body to, or from."""
    for long, short in shortened(reading.document.text):
        whole, cut = body(long), body(short)
        if whole and cut and name.key in (whole.key, cut.key):
            yield cut if name.key == whole.key else whole


def profiles_of(reading: Reading) -> tuple[Profile, ...]:
    """The profiles of all speakers of a page that have a name to compare, in the order of the page."""
    about = _Page(reading)
    return tuple(about.profile(speaker, name) for speaker in reading.speakers if (name := name_of(speaker)))


def companions_of(reading: Reading, identity: str) -> dict[int, str]:
    """The others whom a page names in full beside a speaker, as worded, by their hashes."""
    name = next((name_of(s) for s in reading.speakers if s.id == identity), None)
    return _Page(reading).beside(name) if name else {}


def day_of(reading: Reading) -> int:
    """The day a page was published, as an ordinal; 0 where the year is not known. A month or year counts from its middle."""
    stamp = reading.document.published.date[:10] if reading.document.published else ""
    found = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", stamp)
    if not found:
        return 0
    try:
        return date(int(found[1]), int(found[2] or 7), int(found[3] or 15)).toordinal()
    except ValueError:
        return 0


_OF_ONE_SEX = re.compile(r"(?:man|woman)$")
_GENERATION = re.compile(r"(?i),? ?(?:jr|sr|jnr|snr|ii|iii|iv|junior|senior|the (?:el|y))")
_PAIR = re.compile(r"\b([A-Z][^\W\d_]+) (?:[A-Z]\. )?([A-Z][^\W\d_]+(?:-[^\W\d_]+)?)")


class _Page:
    """What all speakers of one page share, worked out once."""

    def __init__(self, reading: Reading) -> None:
        self.reading, self.day = reading, day_of(reading)
        self.outlet = key63("outlet " + fold(reading.document.outlet)) if fold(reading.document.outlet) else 0
        self.companions = dict(sorted(dict(self._companions()).items()))
        self.pronouns = self._pronouns()

    def _companions(self) -> Iterator[tuple[int, tuple[str, str]]]:
        """People and bodies named in full, as hashes, each with its folded last part and as worded."""
        for speaker in self.reading.speakers:
            name = name_of(speaker)
            if isinstance(name, Called):
                yield key63(f"with {name.key[0]} {name.key[-1]}"), (name.key[-1], name.text)
            elif name is not None and name.sort == "proper":
                yield key63(f"with {' '.join(name.key)}"), (name.key[-1], name.text)
        known = given()
        for match in _PAIR.finditer(self.reading.document.text):
            first, last = fold(match[1]), fold(match[2])
            if first in known and last not in known:
                yield key63(f"with {first} {last}"), (last, match[0])

    def beside(self, name: Called | Body) -> dict[int, str]:
        """The others whom the page names in full, those of the same family left out; what is kept of them, in words."""
        others = ((hashed, text) for hashed, (last, text) in self.companions.items() if last != name.key[-1])
        return dict(islice(others, MOST_COMPANIONS))

    def _pronouns(self) -> dict[str, str]:
        """He or she by which the page takes each speaker up, where it is sure and always the same."""
        votes: dict[str, Counter[str]] = {}
        for s in self.reading.statements:
            word = (
                "".join(self.reading.document.text[slice(*span)] for span in s.source).casefold()
                if len(s.source) == 1
                else ""
            )
            if s.speaker and not s.joint and word in GENDERS[1:]:
                votes.setdefault(s.speaker, Counter())[word] += 1
        return {who: word for who, found in votes.items() for word in found if len(found) == 1 and found[word] >= AGAIN}

    def _gender(self, speaker: Speaker, name: Called) -> str:
        """He or she: by titles and nouns like spokeswoman, by a given name that leaves no doubt, else by the page's pronouns."""
        short = [word for role in speaker.roles if role.text.count(" ") < SHORT for word in role.text.split()]
        nouns = [noun for role in speaker.roles if _OF_ONE_SEX.search(noun := head_noun(role.text))]
        titles = {gender((word,)) for word in (*short, *nouns)} - {""}
        return titles.pop() if len(titles) == 1 else given_gender(parse(name.text)) or self.pronouns.get(speaker.id, "")

    def _two_of_a_name(self, name: Called) -> bool:
        """Whether the page names another with the same given and family name who is not the junior or senior."""
        if not name.generation:
            return False
        bare = re.escape(name.text.split()[0]) + r" (?:\S+ )?" + re.escape(name.text.split()[-1])
        behind = (
            self.reading.document.text[m.end() : m.end() + 8]
            for m in re.finditer(rf"\b{bare}\b", self.reading.document.text)
        )
        return any(not _GENERATION.match(text) for text in behind)

    def profile(self, speaker: Speaker, name: Called | Body) -> Profile:
        """One speaker."""
        found = Profile(
            self.reading.id, speaker.id, isinstance(name, Called), "", (name_key(name),), day=self.day, outlet=self.outlet,
            companions=frozenset(self.beside(name)),
        )  # fmt: skip
        if isinstance(name, Called):
            return self._person(found, speaker, name)
        names = dict.fromkeys((name_key(name), *map(name_key, _other_names(self.reading, name))))
        sort = {"shared": "many"}.get(name.sort, name.sort)
        return _with(found, sort=sort, names=tuple(names)[:MOST_NAMES])

    def _person(self, found: Profile, speaker: Speaker, name: Called) -> Profile:
        said = role_words([role.text for role in speaker.roles])
        age = age_of(self.reading.document.text, speaker)
        shared = "shared" if len(name.key) == 2 else "longer"
        return _with(
            found, sort=shared if name.shared else "named", gender=self._gender(speaker, name), generation=name.generation,
            two=self._two_of_a_name(name),
            born=date.fromordinal(self.day).year - age if age and self.day else 0,
            titles=frozenset(sorted(said.titles)[:MOST_ROLES]), roles=frozenset(sorted(said.words)[:MOST_ROLES]),
            offices=said.offices[:MOST_OFFICES],
        )  # fmt: skip


def _with(profile: Profile, **changed: object) -> Profile:
    values = {name: getattr(profile, name) for name in Profile.__slots__}
    return Profile(**{**values, **changed})


# --- as the sketch of an item ---

_HEAD = struct.Struct(">BBBBBHIQ")  # person, sort, gender, generation, two, born, day, outlet


def pack(profile: Profile) -> bytes:
    """The profile as bytes, without the ids of page and speaker; the same for the same profile."""
    head = _HEAD.pack(
        profile.person, SORTS.index(profile.sort), GENDERS.index(profile.gender), GENERATIONS.index(profile.generation),
        profile.two, max(0, min(profile.born, 65535)), profile.day, profile.outlet,
    )  # fmt: skip
    rows = [profile.names, sorted(profile.titles), sorted(profile.roles), sorted(profile.companions)]
    rows += [(noun, *sorted(where)) for noun, where in profile.offices]
    body_ = b"".join(struct.pack(f">B{len(row)}Q", len(row), *row) for row in map(tuple, rows))
    return head + body_


def unpack(document: str, identity: str, sketch: bytes) -> Profile:
    """The profile that :func:`pack` made bytes of. Raises sqlite3.DatabaseError where they are none."""
    try:
        person, sort, sex, generation, two, born, day, outlet = _HEAD.unpack_from(sketch)
        rows, at = [], _HEAD.size
        while at < len(sketch):
            rows.append(struct.unpack_from(f">{sketch[at]}Q", sketch, at + 1))
            at += 1 + 8 * sketch[at]
        names, titles, roles, companions, *offices = rows
        return Profile(
            document, identity, bool(person), SORTS[sort], names, GENDERS[sex], GENERATIONS[generation], bool(two), born, day, outlet,
            frozenset(titles), frozenset(roles), tuple((row[0], frozenset(row[1:])) for row in offices), frozenset(companions),
        )  # fmt: skip
    except (struct.error, IndexError, ValueError) as error:
        raise odd("the profile of a speaker") from error


def names_in(sketch: bytes) -> tuple[int, ...]:
    """The names in what :func:`pack` made, the rest left unread. Raises sqlite3.DatabaseError where there are none."""
    try:
        return struct.unpack_from(f">{sketch[_HEAD.size]}Q", sketch, _HEAD.size + 1)
    except (struct.error, IndexError) as error:
        raise odd("the profile of a speaker") from error
