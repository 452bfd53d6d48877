"""Who gets to speak: statements and words by speaker, role, kind, organisation and pronoun, over the pages of a pile.

A statement of several speakers counts for each of them, so that nobody's place in the sentence matters; shares of speakers
may then add up to more than one. A word of a statement told within another counts for the innermost speaker alone.
Versions of a page, and statements in text that another page had first, count once. Who is one across pages comes in
(``namesakes``); speakers of whom nothing is known are one where name and kind are equal.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from typing import Literal

from sayso.ledger.labelling import Bearing
from sayso.pile.namesakes import AS_WRITTEN, Namesakes
from sayso.pile.people.worded import roles_of
from sayso.pile.voices.asking import PageName, Progress, Shelf
from sayso.pile.voices.carried import Carried
from sayso.pile.voices.intervals import Clusters
from sayso.pile.voices.segments import headline_segments, segments, touching
from sayso.pile.voices.words import words
from sayso.records import Act, Reading, Speaker, Statement
from sayso.tables import load

By = Literal["speaker", "role", "kind", "organisation", "pronoun", "label"]
OPEN = "open"
"""The kind of statements whose speaker the page leaves open."""
UNKNOWN = "unknown"
"""The pronoun of people whom no pronoun stands for on the page."""
PEOPLE = ("person", "anonymous", "author")
_OF = re.compile(r"\b(?:of|for|at|from|with)\s+(?:the\s+)?(?=[A-ZÀ-Þ])")


@dataclass(frozen=True, slots=True)
class Said:
    """One statement for one of its speakers: ``words`` are those that are his alone (see the module).

    ``speaker`` is the name as the page has it, ``identity`` the speaker's id there.
    """

    statement: str
    identity: str
    speaker: str
    kind: str
    roles: tuple[str, ...]
    organisations: tuple[str, ...]
    pronoun: str
    words: int


@dataclass(frozen=True, slots=True)
class Share:
    """How much one speaker, role, kind, organisation or pronoun has of all that is said; of one outlet or of all.

    ``share`` is that of ``statements`` in all ``of``, between ``low`` and ``high`` (95 %, see ``voices.intervals``), and
    ``words_share`` that of ``words`` in all ``of_words``. ``kind`` is filled for speakers; ``spellings`` are the other names
    that pages call them by. With ``by`` role, organisation or pronoun the statements are those that have one: of people,
    for pronouns. With ``by`` label the groups are the user's labels, on the statement or on somebody who speaks it.
    """

    by: str
    name: str
    kind: str
    outlet: str
    statements: int
    of: int
    share: float
    low: float
    high: float
    words: int
    of_words: int
    words_share: float
    pages: int
    outlets: tuple[str, ...]
    spellings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: the grouping, ``each_outlet`` apart or all together, and what counts.

    ``speaker`` takes only speakers with this in a spelling of their name (shares stay those of all). ``fold_copies``: statements in
    text that another page had first do not count. ``acts``: what counts as speaking. ``bearing``: only statements that bear this
    label, themselves, through a speaker or the outlet. ``labels``: those that are counted with ``by`` label.
    """

    by: By = "speaker"
    each_outlet: bool = False
    speaker: str = ""
    fold_copies: bool = True
    acts: tuple[Act, ...] = ("say",)
    bearing: Bearing | None = None
    labels: tuple[Bearing, ...] = ()


def who_speaks(
    shelf: Shelf, asked: Asked, progress: Progress | None = None, known: Namesakes = AS_WRITTEN
) -> tuple[Share, ...]:
    """Shares, those with most statements first; under each outlet where they are asked for apart.

    ``known`` tells who is one across pages.
    """
    tallies: dict[str, _Tally] = defaultdict(_Tally)
    pages = list(shelf.pages())
    for done, page in enumerate(pages, 1):
        copied = shelf.carried(page.id) if asked.fold_copies else ()
        tallies[page.outlet if asked.each_outlet else ""].page(
            page, _groups(shelf.reading(page.id), copied, asked, known)
        )
        if progress is not None:
            progress(done, len(pages))
    found = [share for outlet, tally in tallies.items() for share in tally.shares(asked.by, outlet)]
    part = asked.speaker.casefold()
    kept = [share for share in found if not part or any(part in n.casefold() for n in (share.name, *share.spellings))]
    return tuple(
        sorted(kept, key=lambda share: (share.outlet, -share.statements, -share.words, share.name, share.kind))
    )


# --- one page ---


def said_on(reading: Reading, copied: Sequence[Carried] = (), acts: Sequence[Act] = ("say",)) -> Iterator[Said]:
    """Each statement of a page for each of its speakers, those in ``copied`` text left out unless they are kept here."""
    away = [c.span for c in copied if c.basis == "copy" and not c.kept]
    heads = reading.headline.statements if reading.headline else ()
    counted = _words(reading)
    people = {speaker.id: speaker for speaker in reading.speakers}
    pronouns = _pronouns(reading)
    for statement in (*heads, *(s for s in reading.statements if not _inside(s, away))):
        if statement.act not in acts:
            continue
        many = counted.get(statement.id, 0)
        for identity in dict.fromkeys((statement.speaker, *statement.joint)):
            speaker = people.get(identity or "")
            if speaker is None:
                yield Said(statement.id, "", "", OPEN, (), (), "", many)
            else:
                yield _said(statement.id, speaker, pronouns.get(speaker.id, UNKNOWN), many)


def _said(statement: str, speaker: Speaker, pronoun: str, many: int) -> Said:
    return Said(
        statement, speaker.id, speaker.name, speaker.kind, roles_of(speaker), organisations(speaker),
        pronoun if speaker.kind in PEOPLE else "", many,
    )  # fmt: skip


def _inside(statement: Statement, away: Sequence[tuple[int, int]]) -> bool:
    return bool(away) and all(any(a <= x and y <= b for a, b in away) for x, y in statement.content)


def _words(reading: Reading) -> Counter[str]:
    """Words of each statement that no statement within it has."""
    counted: Counter[str] = Counter()
    texts = [(reading.document.text, segments(reading))]
    if reading.headline is not None:
        texts.append((reading.headline.text, headline_segments(reading)))
    for text, parts in texts:
        starts = [part.span[0] for part in parts]
        for span in words(text):
            segment = touching(parts, starts, span)
            if segment is not None and segment.statement is not None:
                counted[segment.statement.id] += 1
    return counted


def organisations(speaker: Speaker) -> tuple[str, ...]:
    """What a speaker speaks for: itself, where it is an organisation; else the names behind "of", "for", "at" in its roles."""
    if speaker.kind == "organisation":
        return (speaker.name,)
    found: dict[str, str] = {}
    for role in speaker.roles:
        match = _OF.search(" ".join(role.text.split()))
        if match is not None:
            name = match.string[match.end() :].split(",")[0].strip(" .;:")
            found.setdefault(_key(name), name)
    return tuple(name for name in found.values() if _is_body(name))


def _is_body(name: str) -> bool:
    """Whether what stands behind "of" may be a body: no initial, no office's field, no person with a title."""
    table, words_ = load("who-speaks"), name.casefold().replace(".", "").split()
    return len(name) > 1 and " ".join(words_) not in table["portfolios"] and words_[0] not in table["persons"]


@cache
def _pronoun_of() -> dict[str, str]:
    return {form: row[0] for row in load("who-speaks")["pronouns"] for form in row}


def _pronouns(reading: Reading) -> dict[str, str]:
    """For each speaker the pronoun that stands for it as a source on the page, where there is one kind only."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    texts = [(reading.document.text, reading.statements)]
    if reading.headline is not None:
        texts.append((reading.headline.text, reading.headline.statements))
    for text, statements in texts:
        for statement in statements:
            words_ = " ".join(text[a:b] for a, b in statement.source).casefold()
            if statement.speaker and not statement.joint and words_ in _pronoun_of():
                found[statement.speaker][_pronoun_of()[words_]] += 1
    return {speaker: next(iter(kinds)) for speaker, kinds in found.items() if len(kinds) == 1}


# --- counting ---

Group = tuple[str, str, str]
"""What is counted as one: its key, its name as this page has it, and its kind where speakers are grouped."""


def _named(said: Said, asked: Asked, document: str, known: Namesakes) -> tuple[Group, ...]:
    by = asked.by
    if by == "label":
        return tuple((each.label, each.label, "") for each in asked.labels if each.said(document, said.statement))
    if by == "speaker":
        return ((known.of(document, said.identity) or f"{_key(said.speaker)}\n{said.kind}", said.speaker, said.kind),)
    if by == "organisation":
        own = known.of(document, said.identity) if said.kind == "organisation" else ""
        return tuple((own or known.body(name) or _key(name), name, "") for name in said.organisations)
    names = {"kind": (said.kind,), "pronoun": (said.pronoun,) if said.pronoun else (), "role": said.roles}[by]
    return tuple((_key(name), name, "") for name in names)


def _key(name: str) -> str:
    """A name as it is counted: whatever its case, with or without an apostrophe."""
    return name.casefold().replace("’", "").replace("'", "")


_Found = list[tuple[Said, tuple[Group, ...]]]


def _groups(reading: Reading, copied: Sequence[Carried], asked: Asked, known: Namesakes) -> _Found:
    found, only = said_on(reading, copied, asked.acts), asked.bearing
    if only is not None:
        found = (said for said in found if only.takes(reading.id, reading.document.outlet, said.statement))
    every = ((said, _named(said, asked, reading.id, known)) for said in found)
    return [(said, groups) for said, groups in every if groups or asked.by == "label"]


@dataclass(slots=True)
class _Held:
    """One group while it is counted; of its spellings and kinds the most frequent is shown."""

    clusters: Clusters = field(default_factory=Clusters)
    words: int = 0
    pages: int = 0
    outlets: set[str] = field(default_factory=set)
    spelled: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)

    @property
    def name(self) -> str:
        """The name that is shown."""
        return _commonest(self.spelled)

    @property
    def others(self) -> tuple[str, ...]:
        """The other spellings, but for those that differ in case alone."""
        every: dict[str, str] = {}
        for spelling in sorted(self.spelled, key=lambda each: (-self.spelled[each], each)):
            every.setdefault(_key(spelling), spelling)
        every.pop(_key(self.name), None)
        return tuple(every.values())


def _commonest(counts: Counter[str]) -> str:
    """The most frequent; of two in equal number one that is not all capitals, then the first of the alphabet."""
    return min(counts, key=lambda each: (-counts[each], each.isupper(), each))


@dataclass(slots=True)
class _Tally:
    """All groups of one outlet, or of all."""

    whole: Clusters = field(default_factory=Clusters)
    words: int = 0
    held: dict[str, _Held] = field(default_factory=lambda: defaultdict(_Held))

    def page(self, page: PageName, found: Iterable[tuple[Said, tuple[Group, ...]]]) -> None:
        """Take one page. A statement of several speakers is one of all that is said, with its words once."""
        every = list(found)
        size = len({said.statement for said, _ in every})
        self.whole.add(0, size)
        self.words += sum({said.statement: said.words for said, _ in every}.values())
        rows = [(group, said) for said, groups in every for group in groups]
        for key, group in _grouped(rows):
            held = self.held[key]
            by_statement = {said.statement: said.words for _, said in group}
            held.clusters.hit(len(by_statement), size)
            held.words += sum(by_statement.values())
            held.pages += 1
            held.outlets.add(page.outlet)
            held.spelled.update(name for (_, name, _), _ in group)
            held.kinds.update(kind for (_, _, kind), _ in group)

    def shares(self, by: By, outlet: str) -> Iterator[Share]:
        """The rows."""
        for held in self.held.values():
            clusters, whole = held.clusters, self.whole
            full = Clusters(
                whole.pages, whole.size, clusters.hits, whole.size_size, clusters.hits_hits, clusters.hits_size
            )
            low, high = full.interval() or (0.0, 0.0)
            yield Share(
                by, held.name, _commonest(held.kinds), outlet, full.hits, full.size, round(full.hits / full.size, 4), round(low, 4),
                round(high, 4), held.words, self.words, round(held.words / self.words, 4) if self.words else 0.0,
                held.pages, tuple(sorted(held.outlets)), held.others,
            )  # fmt: skip


_Row = tuple[Group, Said]


def _grouped(rows: Sequence[_Row]) -> Iterator[tuple[str, list[_Row]]]:
    key: Callable[[_Row], str] = lambda row: row[0][0]  # noqa: E731
    for group, found in groupby(sorted(rows, key=key), key):
        yield group, list(found)
