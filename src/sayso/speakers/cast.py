"""The cast of one document: which mentions name the same person or body.

Full names found the cast; shorter ones join where exactly one member can be meant. A bare surname that two members share
stays open, unless one of them is so much the page's subject that nobody would write a full name for it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from types import MappingProxyType

from sayso.records import Span
from sayso.speakers.mentions import Mention, is_acronym
from sayso.speakers.names import (
    Name,
    acronym,
    alike,
    bare,
    covers,
    fold,
    gender,
    given_gender,
    is_body,
    skeleton,
    words,
)

Key = tuple[str, ...]
BEST = ("equal", "spelling", "surname", "given", "part")  # ways to name a member, the surest first
MOST = 200
"""Members of a cast; on a page with more of them (a list of names) only the very same name is the same person. A page of
nothing but names, as long as is read at once, takes 26 s with 200, over 75 s with 1,200."""
DOMINANT = 3  # times more mentions than the namesake before a bare surname is taken for the one


@dataclass(slots=True)
class Member:
    """One person or body of the cast, while it is being collected. What is asked of it is kept as mentions are added."""

    number: int
    name: Name
    mentions: list[Mention] = field(default_factory=list)
    names: dict[tuple[str, ...], Name] = field(default_factory=dict)
    votes: Counter[str] = field(default_factory=Counter)
    fullest: Mention | None = None
    called: set[str] = field(default_factory=set)  # he or she, by titles
    told: bool = False
    titled: bool = False
    apart: bool = False  # whether it was founded on a titled surname that means nobody whose full name the page gives

    def add(self, mention: Mention) -> None:
        """Take in one more mention."""
        self.mentions.append(mention)
        self.names.setdefault(mention.name.key, mention.name)
        kind = "organisation" if mention.kind == "person" and is_acronym(self.name) else mention.kind
        self.votes[kind] += round(100 * mention.probability) + 1
        if mention.name.titles:
            self.votes["person"] += 60
            self.titled = True
        self.told = self.told or mention.told
        self.called |= {gender(mention.name.titles)} - {""}
        if self.fullest is None or _fullness(mention) > _fullness(self.fullest):
            self.fullest = mention

    def make_person(self) -> None:
        """Take it for a person from here on, whatever its mentions say."""
        self.votes["person"] = self.votes.total() + 1

    @property
    def kind(self) -> str:
        """person, organisation, place or other, by the weight of all its mentions."""
        if self.told and not self.titled and not given_gender(self.full):
            return "organisation"
        return min(self.votes, key=lambda kind: (-self.votes[kind], kind))

    @property
    def gender(self) -> str:
        """he, she or "", by the titles it is given, else by a given name that leaves no doubt."""
        return next(iter(self.called)) if len(self.called) == 1 else given_gender(self.full)

    def before(self, at: int) -> Span | None:
        """The last mention that ends before a character."""
        n = bisect_right(self.mentions, at, key=lambda m: m.span[1])
        return self.mentions[n - 1].span if n else None

    @property
    def full(self) -> Name:
        """The fullest name the page gives: one of the body before one of a headline, most parts, then the first."""
        return self.fullest.name if self.fullest else self.name


def _fullness(mention: Mention) -> tuple[bool, int, int]:
    return not mention.headline, min(len(mention.name.parts), 4), -mention.span[0]


class Cast:
    """All members, and who stands where."""

    def __init__(self, members: list[Member], open_mentions: list[tuple[Mention, tuple[int, ...]]]) -> None:
        self.members = members
        self.at: dict[Span, Member] = {m.span: member for member in members for m in member.mentions}
        self.undecided: dict[Span, tuple[int, ...]] = {m.span: numbers for m, numbers in open_mentions}
        self.order = sorted(self.at)
        self.all = sorted((*self.at, *self.undecided))

    def named_in(self, span: Span) -> list[Span]:
        """Mentions that share a character with a span, in order, those that stay open among them."""
        n = bisect_left(self.all, span)
        n -= n > 0 and self.all[n - 1][1] > span[0]
        found = []
        while n < len(self.all) and self.all[n][0] < span[1]:
            found.append(self.all[n])
            n += 1
        return found

    def persons(self) -> list[Member]:
        """Members that are people."""
        return [m for m in self.members if m.kind == "person"]


def _body_match(member: Member, name: Name) -> bool:
    known, text = member.name.text, name.text
    if fold(known) == fold(text):
        return True
    short, long = sorted((known.replace(".", "") if known.isupper() else known, text.replace(".", "") if text.isupper() else text), key=len)
    if short.isupper() and len(short) >= 2 and (acronym(long) == short or acronym(long.replace("of ", "")) == short):
        return True
    a, b = member.name.parts, name.parts
    if len(b) == 1 < len(a) and fold(b[0]) == fold(a[-1]) and fold(b[0]) in words("bodies"):
        return True  # the Times, after the Harrow Times
    small, large = sorted((a, b), key=len)
    if len(small) < 1 or len(large) - len(small) > 3 or len(fold(" ".join(small))) < 5:
        return False
    return all(alike(x, y) for x, y in zip(large[-len(small) :], small, strict=True)) and len(small) > 1


def _inside(member: Member, mention: Mention) -> bool:
    """Whether a headline's run of capitals holds a name of the body ("Elise Warran Hammers Bank Chief")."""
    short, long = member.name.key, mention.name.key
    width = len(short)
    return width > 1 and any(long[n : n + width] == short for n in range(len(long) - width + 1))


def _how(member: Member, mention: Mention) -> str:
    """How a mention may name a member: equal, spelling, surname, given, part, or "" for not at all."""
    name, body = mention.name, is_body(mention.name.text)
    if mention.headline and _inside(member, mention):
        return "equal"
    if is_acronym(name) or is_acronym(member.name):
        if _body_match(member, name):
            return "equal"
        return "surname" if covers(member.name, name) == "surname" else ""  # HALLAM:
    if body != is_body(member.name.text):
        return "equal" if body and name.key == member.name.key else ""
    if body or "person" not in (mention.kind, member.kind):
        return "equal" if _body_match(member, name) else ""
    how = covers(member.name, name)
    if member.apart and not name.titles:
        how = how and "surname"  # the surname alone may be his or his namesake's
    if mention.kind != "person" and (how in ("given", "part") or (how == "surname" and mention.kind == "place")):
        return ""
    rivals = (n for n in member.names.values() if n is not member.name and len(n.parts) == len(name.parts) > 1)
    return how if all(covers(rival, name) for rival in rivals) else ""


def _candidates(members: Sequence[Member], mention: Mention) -> list[tuple[Member, str]]:
    found = [(member, how) for member in members if (how := _how(member, mention))]
    if not found:
        return []
    best = min((BEST.index(how) for _, how in found))
    nearest = [pair for pair in found if BEST.index(pair[1]) == best]
    same = [pair for pair in nearest if fold(pair[0].name.surname) == fold(mention.name.surname)]
    return same or nearest


def _one_of(candidates: list[tuple[Member, str]], mention: Mention) -> Member | None:
    """The one candidate that can be meant, or none."""
    wanted = gender(mention.name.titles)
    exact = [m for m, _ in candidates if wanted and m.gender == wanted]
    fitting = exact or [m for m, _ in candidates]
    if len(fitting) == 1:
        return fitting[0]
    by_use = sorted(fitting, key=lambda m: len(m.mentions), reverse=True)
    if len(by_use) > 1 and len(by_use[0].mentions) >= DOMINANT * len(by_use[1].mentions):
        return by_use[0]
    return None


def _in_order(mentions: Sequence[Mention], apart: Set[Span]) -> list[Mention]:
    """The mentions that name somebody, longer names first, so that it does not matter where they stand.

    Those in headlines, where every word has a capital, go last.
    """
    order = sorted(mentions, key=lambda m: (m.headline, -min(len(m.name.parts), 3), m.span not in apart))
    return [m for m in order if m.name.parts]


def _fitting(candidates: list[tuple[Member, str]], mention: Mention, apart: Set[Span]) -> list[tuple[Member, str]]:
    """The candidates whom the titles of a mention fit; a titled surname set apart fits only one set apart."""
    wanted = gender(mention.name.titles)
    fitting = [(m, how) for m, how in candidates if not wanted or m.gender in ("", wanted)]
    return [(m, how) for m, how in fitting if m.apart] if mention.span in apart else fitting


def _letters(name: Name) -> set[str]:
    """First letters under which a name is looked up: of each part, as written and as transliterations swap them."""
    return {letter for part in map(bare, name.parts) for letter in (fold(part)[:1], skeleton(part)[:1])}


def cast_of(
    mentions: Sequence[Mention],
    others: Mapping[Key, Key] = MappingProxyType({}),
    bearers: Mapping[Span, Key] = MappingProxyType({}),
    apart: Set[Span] = frozenset(),
) -> Cast:
    """Group the mentions of one document. ``others``: names that the page gives besides to full ones, as keys.

    ``bearers``: the full names, as keys, that titled surnames mean; ``apart``: titled surnames that mean none of the full
    names.

    """
    members: list[Member] = []
    undecided: list[tuple[Mention, tuple[int, ...]]] = []
    shelves: dict[str, list[Member]] = {}
    spelled: dict[Key, Member] = {}
    known: dict[tuple[Name, str, bool, int], list[tuple[Member, str]]] = {}  # candidates, as long as no member is new
    for mention in _in_order(mentions, apart):
        same = spelled.get(mention.name.key)
        meant = spelled.get(bearers.get(mention.span, others.get(mention.name.key, ())))
        asked = (mention.name, mention.kind, mention.headline, len(members))
        whole = same if len(mention.name.parts) > 1 and not mention.headline else None
        if (meant := meant or whole) is not None:
            candidates = [(meant, "equal")]
        elif asked in known:
            candidates = known[asked]
        else:
            letters = _letters(mention.name) if len(members) < MOST else ()
            near = {m.number: m for letter in letters for m in shelves.get(letter, ())} | ({same.number: same} if same else {})
            candidates = known[asked] = _candidates([near[n] for n in sorted(near)], mention)
        if not (candidates := _fitting(candidates, mention, apart)):
            members.append(Member(len(members), mention.name, apart=mention.span in apart))
            members[-1].add(mention)
            spelled.setdefault(mention.name.key, members[-1])
            for letter in _letters(mention.name):
                shelves.setdefault(letter, []).append(members[-1])
            continue
        member = _one_of(candidates, mention)
        if member is None:
            undecided.append((mention, tuple(m.number for m, _ in candidates)))
        else:
            member.add(mention)
    for member in members:
        member.mentions.sort(key=lambda m: m.span)
    return Cast(members, undecided)
