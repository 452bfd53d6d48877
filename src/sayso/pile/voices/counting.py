"""Uses counted: per word and outlet by voice, with rates and intervals; and per speaker. Order never matters."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from sayso.pile.voices.intervals import Clusters
from sayso.pile.voices.uses import Use

CELLS = ("own", "carried", "direct", "indirect", "quoted", "unsure", "headline", "aside")
"""What a use is counted under: its voice, or ``headline`` for all that stands in titles. Every use is under one."""
PER = 1000
"""Rates are uses in so many words of the same voice."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Uses of one word by one outlet in one voice.

    ``count`` holds them all but the denied ones ("no famine"), which ``denied`` counts; ``pages`` have one of either.
    ``rate`` is ``count`` per 1,000 of the ``words`` that the outlet's pages have in this voice, between ``low`` and
    ``high`` (see ``intervals``); None where there are no words, and for what stands aside.
    """

    count: int = 0
    denied: int = 0
    pages: int = 0
    words: int = 0
    rate: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One word in one outlet: ``pages`` of the outlet were looked at; ``sources``: who carried words are from, how many."""

    word: str
    outlet: str
    pages: int
    total: int
    forms: tuple[tuple[str, int], ...]
    cells: Mapping[str, Cell]
    sources: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class SpeakerUses:
    """One word in the statements of one speaker: of those who are known to be one, else of exactly one name and kind.

    ``speaker`` is empty for statements that leave open who speaks; ``spellings`` are the other names. Uses in titles count, too.
    """

    word: str
    speaker: str
    kind: str
    direct: int
    indirect: int
    denied: int
    pages: int
    outlets: tuple[str, ...]
    spellings: tuple[str, ...] = ()


Person = Callable[[str, str], str]
"""The key of a speaker of a page, by the ids of both, across pages; empty where he goes by his name alone."""


def cell_of(use: Use) -> str:
    """What a use is counted under."""
    return "headline" if use.title else use.voice


@dataclass(slots=True)
class _Held:
    """What is known of one word in one outlet while it is counted."""

    clusters: dict[str, Clusters] = field(default_factory=lambda: defaultdict(Clusters))
    denied: Counter[str] = field(default_factory=Counter)
    pages: Counter[str] = field(default_factory=Counter)
    forms: Counter[str] = field(default_factory=Counter)
    sources: Counter[str] = field(default_factory=Counter)


class Counting:
    """Takes pages and what was used on them, and gives the rows."""

    def __init__(self, words: Iterable[str], person: Person | None = None) -> None:
        self.words, self.person = tuple(words), person
        self.sizes: dict[str, dict[str, Clusters]] = defaultdict(lambda: defaultdict(Clusters))
        self.pages: Counter[str] = Counter()
        self.held: dict[tuple[str, str], _Held] = defaultdict(_Held)
        self.spoken: dict[tuple[str, str], _Spoken] = defaultdict(_Spoken)

    def page(self, outlet: str, sizes: Mapping[str, int]) -> None:
        """A page that was looked at, with its words by cell, whether anything is used on it or not."""
        self.pages[outlet] += 1
        for cell, size in sizes.items():
            self.sizes[outlet][cell].add(0, size)

    def uses(self, outlet: str, sizes: Mapping[str, int], found: Iterable[Use]) -> None:
        """All uses on one page, which :meth:`page` was given as well."""
        hits: Counter[tuple[str, str]] = Counter()
        touched: set[tuple[str, str]] = set()
        for use in found:
            held, cell = self.held[use.term, outlet], cell_of(use)
            touched.add((use.term, cell))
            held.forms[" ".join(use.words.casefold().split())] += 1
            if use.denied:
                held.denied[cell] += 1
            else:
                hits[use.term, cell] += 1
            if use.voice == "carried" and not use.title:
                held.sources[use.source] += 1
            if use.voice in ("direct", "indirect"):
                known = self.person(use.document_id, use.speaker_id) if self.person and use.speaker_id else ""
                self.spoken[use.term, known or f"{use.speaker}\n{use.speaker_kind}"].add(use)
        for term, cell in touched:
            self.held[term, outlet].pages[cell] += 1
            self.held[term, outlet].clusters[cell].hit(hits[term, cell], sizes.get(cell, 0))

    def rows(self) -> Iterator[Row]:
        """The rows: words as given, under each the outlets with most uses first."""
        for word in self.words:
            outlets = [(outlet, held) for (term, outlet), held in self.held.items() if term == word]
            made = [self._row(word, outlet, held) for outlet, held in outlets]
            yield from sorted(made, key=lambda row: (-row.total, row.outlet))

    def _row(self, word: str, outlet: str, held: _Held) -> Row:
        cells = {cell: self._cell(outlet, held, cell) for cell in CELLS}
        total = sum(cell.count + cell.denied for cell in cells.values())
        return Row(word, outlet, self.pages[outlet], total, _most(held.forms), cells, _most(held.sources))

    def _cell(self, outlet: str, held: _Held, cell: str) -> Cell:
        all_words, hits = self.sizes[outlet][cell], held.clusters.get(cell, Clusters())
        whole = replace(hits, pages=all_words.pages, size=all_words.size, size_size=all_words.size_size)
        made = Cell(hits.hits, held.denied[cell], held.pages[cell], whole.size)
        between = whole.interval()
        if between is None:
            return made
        rate, low, high = (round(PER * share, 4) for share in (whole.hits / whole.size, *between))
        return replace(made, rate=rate, low=low, high=high)

    def speakers(self) -> Iterator[SpeakerUses]:
        """Who uses each word: words as given, under each the speakers with most uses first."""
        for word in self.words:
            made = [spoken.row(word) for (term, _), spoken in self.spoken.items() if term == word]
            yield from sorted(made, key=lambda row: (-row.direct - row.indirect, row.speaker, row.kind))


@dataclass(slots=True)
class _Spoken:
    """A speaker's uses of one word while they are counted."""

    counts: Counter[str] = field(default_factory=Counter)
    pages: set[str] = field(default_factory=set)
    outlets: set[str] = field(default_factory=set)
    names: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)

    def add(self, use: Use) -> None:
        self.names[use.speaker] += 1
        self.kinds[use.speaker_kind] += 1
        self.counts["denied" if use.denied else use.voice] += 1
        self.pages.add(use.document_id)
        self.outlets.add(use.outlet)

    def row(self, word: str) -> SpeakerUses:
        direct, indirect, denied = (self.counts[name] for name in ("direct", "indirect", "denied"))
        name, kind = (min(each, key=lambda one: (-each[one], -len(one), one)) for each in (self.names, self.kinds))
        others = tuple(sorted(set(self.names) - {name}))
        return SpeakerUses(word, name, kind, direct, indirect, denied, len(self.pages), tuple(sorted(self.outlets)), others)


def _most(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
