"""How many pages, outlets and originators stand behind something that several pages say: "12 pages, 4 outlets, 1 originator".

Ten outlets that quote one ministry are one originator. Pure: versions, copies and originators come in as values. Nothing is
said to be independent that may be one: descriptions in the same words count once, and a bare surname counts as whoever is
named in full with it, where that is one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sayso.pile.copies import answers
from sayso.pile.copies.credit import name_key
from sayso.pile.forest import Forest
from sayso.pile.namesakes import namesakes
from sayso.pile.origin import Originator, Origins
from sayso.pile.store import Pile
from sayso.records import Reading


@dataclass(frozen=True, slots=True)
class Stand:
    """One place where something is said: its page, which page that is a version of, whose text it is, and who said it first.

    ``page`` is one for all versions of a page, ``text`` one for all copies of a text.
    """

    document: str
    page: str
    text: str
    outlet: str
    originator: Originator


@dataclass(frozen=True, slots=True)
class Source:
    """One originator with the pages that have it, and the rules by which it was found there, each once."""

    originator: Originator
    documents: tuple[str, ...]
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Independence:
    """What stands behind something: pages (versions are one), texts (copies are one), outlets, who said it first.

    ``unknown`` counts the places whose originator the page leaves open; they are no originators. ``outlets_unknown`` counts
    pages without an outlet.
    """

    pages: int
    texts: int
    outlets: int
    originators: tuple[Source, ...]
    unknown: int = 0
    outlets_unknown: int = 0

    def __str__(self) -> str:
        """In words: "12 pages (3 texts), 4 outlets, 1 originator"."""
        parts = [_count(self.pages, "page")]
        if self.texts != self.pages:
            parts[0] += f" ({_count(self.texts, 'text')})"
        if self.outlets:
            parts.append(_count(self.outlets, "outlet"))
        if self.originators:
            parts.append(_count(len(self.originators), "originator"))
        if self.unknown:
            parts.append(f"{self.unknown} of unknown origin" if self.originators else "origin unknown")
        return ", ".join(parts)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def independence(stands: Iterable[Stand]) -> Independence:
    """What stands behind the same thing said in several places; the order of the places does not matter."""
    every = sorted(set(stands), key=lambda s: (s.document, s.originator.key, s.originator.by, s.originator.name))
    known = [s for s in every if s.originator.sort != "open"]
    outlets = {name_key(s.outlet) for s in every if s.outlet.strip()}
    return Independence(
        len({s.page for s in every}), len({s.text for s in every}), len(outlets), _sources(known),
        len({s.originator.key for s in every if s.originator.sort == "open"}),
        len({s.page for s in every if not s.outlet.strip()}),
    )  # fmt: skip


def _sources(known: Sequence[Stand]) -> tuple[Source, ...]:
    """The originators, those of most pages first."""
    full: dict[str, set[str]] = {}
    for stand in known:
        for family in stand.originator.families:
            full.setdefault(family, set()).add(stand.originator.counted)
    found: dict[str, list[Stand]] = {}
    for stand in known:
        same = full.get(stand.originator.family, set()) if stand.originator.family else set()
        found.setdefault(next(iter(same)) if len(same) == 1 else stand.originator.counted, []).append(stand)
    sources = [
        Source(
            next((s.originator for s in held if s.originator.counted == key), held[0].originator),
            tuple(sorted({s.document for s in held})), tuple(sorted({s.originator.by for s in held})),
        )
        for key, held in found.items()
    ]  # fmt: skip
    return tuple(sorted(sources, key=lambda s: (-len(s.documents), s.originator.key)))


def stands_of(
    reading: Reading,
    originators: Iterable[Originator],
    *,
    page: Callable[[str], str] = lambda document: document,
    text: Callable[[str], str] = lambda document: document,
) -> tuple[Stand, ...]:
    """The places of one page with these originators; ``page`` and ``text`` tell versions and copies by their ids."""
    return tuple(
        Stand(reading.id, page(reading.id), text(reading.id), reading.document.outlet, each) for each in originators
    )


def of_statements(
    places: Iterable[tuple[Reading, str]],
    origins: Origins,
    *,
    page: Callable[[str], str] = lambda document: document,
    text: Callable[[str], str] = lambda document: document,
) -> Independence:
    """What stands behind statements and figures of several pages, given by their ids."""
    found: list[Stand] = []
    for reading, identity in places:
        head = reading.headline
        statements = (*reading.statements, *(head.statements if head else ()))
        figures = (*reading.figures, *(head.figures if head else ()))
        mine = [origins.of_statement(reading, s) for s in statements if s.id == identity]
        mine += [origins.of_figure(reading, f) for f in figures if f.id == identity]
        found += stands_of(reading, mine, page=page, text=text)
    return independence(found)


@dataclass(frozen=True, slots=True)
class Known:
    """What a pile knows: who said things first, which pages are versions of one page, and which are copies of one text."""

    origins: Origins
    pages: dict[str, str]
    texts: dict[str, str]

    def of(self, places: Iterable[tuple[Reading, str]]) -> Independence:
        """What stands behind statements and figures of several pages, given by their ids."""
        return of_statements(
            places, self.origins, page=lambda d: self.pages.get(d, d), text=lambda d: self.texts.get(d, d)
        )  # fmt: skip


def known_of(pile: Pile) -> Known:
    """What a pile knows that is up to date in ``people``, and in ``copies`` where it was asked about them."""
    texts: dict[str, str] = {}
    origin: dict[str, str] = {}
    for group in answers.groups(pile) if "copies" in pile.questions else ():
        if group.kind == "text":
            for row in group.pages:
                texts[row.document_id], origin[row.document_id] = group.id, group.origin
    people = namesakes(pile)
    origins = Origins(
        lambda document, speaker: f"group {found}" if (found := people.of(document, speaker)) else "",
        lambda document: origin.get(document, ""),
        lambda document: "" if origin.get(document) else texts.get(document, ""),
        lambda name: f"group {found}" if (found := people.body(name)) else "",
    )
    return Known(origins, _versions(pile) if "copies" in pile.questions else {}, texts)


def _versions(pile: Pile) -> dict[str, str]:
    """For each page with other versions the one of them that stands for all: the first by its id."""
    pairs = [(each.a[0], each.b[0]) for each in pile.relations("copies") if each.kind == "version"]
    pages = sorted({page for pair in pairs for page in pair})
    number = {page: n for n, page in enumerate(pages)}
    forest = Forest[int]()
    for a, b in pairs:
        forest.join(number[a], number[b])
    return {page: pages[forest.find(n)] for page, n in number.items()}
