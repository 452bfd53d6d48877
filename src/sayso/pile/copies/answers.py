"""What the command tells of republished pages: groups of pages that are one text, and what one page shares with others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from sayso.pile.copies.credit import all_credits, credits_of, name_key, names_outlet
from sayso.pile.copies.held import Held, held_of, overlap
from sayso.pile.copies.years import Years, with_years, years_of
from sayso.pile.rebuilt import rebuilt
from sayso.pile.store import Pile
from sayso.records import Reading, Span
from sayso.tables import load


@dataclass(frozen=True, slots=True)
class GroupFilter:
    """Which groups: with a page of this outlet (a part of its name), with a page from these days, with so many pages."""

    outlet: str = ""
    since: str = ""
    until: str = ""
    pages: int = 2
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class PageRow:
    """One page of a group. ``kind``: first (it is the origin), version, copy, cut, merged, or piece (no member: it holds a piece).

    ``shared_with`` is the page that it came from, where that is known, else the one that it shares most with; ``share`` of its
    own words stand there. ``credit`` is whom it credits, as worded. ``by`` and ``why`` say what tells the origin, or why nothing
    does.
    """

    document: str
    document_id: str
    outlet: str
    published: str
    kind: str
    share: float
    shared_with: str
    shared_with_id: str
    credit: str
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class Group:
    """Pages that are one text, the first first. ``origin`` is whose text it is, ``origin_by`` credit, date, dateline or nothing.

    ``kind`` is text; or piece, where two pages that are in no group share a piece and no more. ``pieces`` are pages of other
    groups, or of none, that hold a piece of a text.
    """

    id: str
    kind: str
    outlets: int
    origin: str
    origin_by: str
    pages: tuple[PageRow, ...]
    pieces: tuple[PageRow, ...] = ()


@dataclass(frozen=True, slots=True)
class PassageRow:
    """One passage that two pages share: where, in which words, how many match, and how many of them are own on both."""

    span: Span
    other_span: Span
    words: int
    own: int
    text: str
    other_text: str


@dataclass(frozen=True, slots=True)
class PairRow:
    """What a page shares with another. ``first``, ``credits`` and ``origin`` are this, other, both (credits) or empty."""

    document: str
    document_id: str
    outlet: str
    published: str
    other: str
    other_id: str
    other_outlet: str
    other_published: str
    kind: str
    share: float
    other_share: float
    words: int
    first: str
    credits: str
    origin: str
    by: str
    why: str
    passages: tuple[PassageRow, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """All that is known of a pile's copies: groups, the pairs of each page, and which group a page is in."""

    pile: Pile
    groups: tuple[tuple[str, ...], ...]
    pairs: Mapping[str, Sequence[Held]]
    group_of: Mapping[str, int]
    years: Years

    def foreign(self, document: str) -> list[Held]:
        """Pieces that a page holds of pages in no group with it, one for each group, none inside what it has of another."""
        mine = self.group_of.get(document, -1)
        seen = [each for each in self.pairs[document] if mine >= 0 and self.group_of.get(each.other, -1) == mine]
        taken = [span for each in seen for span in each.spans]
        found, known = [], set()
        for each in self.pairs[document]:
            place = self.group_of.get(each.other, -1)
            mark = (place, "" if place >= 0 else each.other)
            if (mine >= 0 and place == mine) or mark in known or overlap(each.spans, taken):
                continue
            known.add(mark)
            taken += each.spans
            found.append(each)
        return found

    def merged(self, document: str) -> bool:
        """Whether a page is made of pieces of unlike pages."""
        return len(self.foreign(document)) + (document in self.group_of) > 1


def _known(pile: Pile, document: str = "", *, alone: bool = False) -> _Known:
    """What is known of all pages, or enough of it to tell of one page."""
    return rebuilt(pile, lambda: _asked(pile, document, alone=alone))


def _asked(pile: Pile, document: str, *, alone: bool) -> _Known:
    pairs: defaultdict[str, list[Held]] = defaultdict(list)
    found = pile.relations("copies", document)
    years = years_of(pile, found)
    for pair in (with_years(pile, each, years) for each in found):
        pairs[pair.a[0]].append(held_of(pair, pair.a[0]))
        pairs[pair.b[0]].append(held_of(pair, pair.b[0]))
    for held in pairs.values():
        held.sort(key=lambda each: (-each.own, each.other))
    alone = alone or bool(document and len(pairs[document]) < 2)
    groups = () if alone else tuple(tuple(name[0] for name in group) for group in pile.components("copies"))
    return _Known(pile, groups, dict(pairs), {name: at for at, group in enumerate(groups) for name in group}, years)


def _date(reading: Reading) -> str:
    return reading.document.published.date if reading.document.published else ""


def _credit(reading: Reading, other: Reading | None = None) -> str:
    """Whom a page credits, as worded; with another page, what it credits that one or both of them credit."""
    mine = sorted(all_credits(reading), key=lambda each: not each.whole)
    if other is not None:
        theirs = {each.key for each in all_credits(other)}
        fitting = [each for each in mine if each.key in theirs or names_outlet(each, other.document.outlet)]
        return next((each.name for each in fitting), "")
    return next((each.name for each in mine if not names_outlet(each, reading.document.outlet)), "")


_CODES = {("credit", "this"): "credited", ("date", "this"): "later", ("dateline", "other"): "dateline-other"}
"""The sentence for a rule and a side, where it is not the one of the rule alone."""


def _why(held: Held, reading: Reading, other: Reading, years: Years) -> str:
    table = load("copies")
    code = _CODES.get((held.by, held.origin), held.by)
    if code in ("same-date", "no-date") and held.credits in ("this", "other"):
        code = f"{code}-part"
    if code == "one-origin" and held.first:
        code = f"{code}-{held.first}"
    giver, taker = (other, reading) if held.credits == "other" else (reading, other)
    names = {
        "this": reading.document.name, "other": other.document.name, "giver": giver.document.name,
        "credit": _credit(giver, taker),
    }  # fmt: skip
    per = {"share": round(100 * held.share), "other_share": round(100 * held.other_share)}
    said = [table["kind"][held.kind].format(**names, **per), table["by"][code].format(**names)]
    if held.by == "date":
        said += [table["year"].format(name=each.document.name, year=years[each.id].date[:4])
                 for each in (reading, other) if each.id in years]  # fmt: skip
    return " ".join(said)


def _nearest(held: Sequence[Held], inside: Sequence[str]) -> Held:
    """The pair that best tells where a page came from: one that names an origin, a credit before a date, then most words."""
    fitting = [each for each in held if each.other in inside]
    rank = {"credit": 0, "date": 1, "dateline": 1}
    return min(fitting, key=lambda each: (rank[each.by] if each.origin == "other" else 2, -each.own, each.other))


def _page(known: _Known, document: str, inside: Sequence[str], piece: bool = False) -> PageRow:
    reading = known.pile.reading(document)
    held = _nearest(known.pairs[document], inside)
    other = known.pile.reading(held.other)
    kind = held.kind
    if known.merged(document):
        kind = "merged"
    elif piece:
        kind = "piece"
    elif held.origin == "this":
        kind = "first"
    shown = replace(held, kind="merged") if kind == "merged" else held
    page = reading.document
    return PageRow(
        page.name, document, page.outlet, _date(reading), kind, held.share, other.document.name, held.other,
        _credit(reading), held.by, _why(shown, reading, other, known.years),
    )  # fmt: skip


def _origin(rows: Sequence[PageRow], readings: Sequence[Reading]) -> tuple[str, str]:
    """Whose text a group is: whom its pages credit, all one; else the outlet of the one page that is first by date."""
    given = [
        each
        for reading in readings
        for each in credits_of(reading)[:1]
        if not names_outlet(each, reading.document.outlet)
    ]
    keys = {each.key for each in given}
    outlets = sorted({reading.document.outlet for reading in readings if reading.document.outlet})
    if given:
        named = [outlet for outlet in outlets if any(names_outlet(each, outlet) for each in given)]
        if len({name_key(name) for name in named}) == 1 and all(names_outlet(each, named[0]) for each in given):
            return named[0], "credit"
        return (given[0].name, "credit") if len(keys) == 1 else ("", "")
    first = [row for row in rows if row.kind == "first"]
    by = "dateline" if first and first[0].by == "dateline" else "date"
    return (first[0].outlet, by) if len(first) == 1 and first[0].outlet else ("", "")


def _in_order(rows: Iterator[PageRow]) -> tuple[PageRow, ...]:
    return tuple(
        sorted(rows, key=lambda row: (row.kind != "first", row.published or "9", row.document, row.document_id))
    )


def _group(known: _Known, members: Sequence[str], kind: str, pieces: Sequence[str] = ()) -> Group:
    rows = _in_order(_page(known, each, members, kind == "piece") for each in members)
    others = _in_order(_page(known, each, members, piece=True) for each in pieces)
    readings = [known.pile.reading(row.document_id) for row in rows]
    outlets = len({reading.document.outlet for reading in readings if reading.document.outlet})
    return Group(members[0], kind, outlets, *_origin(rows, readings), rows, others)


def _made(known: _Known) -> Iterator[Group]:
    """All groups, the largest first; then pairs of pages in no group that share a piece."""
    pieces: defaultdict[int, set[str]] = defaultdict(set)
    loose: set[tuple[str, str]] = set()
    for document in known.pairs:
        for each in known.foreign(document):
            if each.other in known.group_of:
                pieces[known.group_of[each.other]].add(document)
            elif document not in known.group_of:
                loose.add((min(document, each.other), max(document, each.other)))
    for at in sorted(range(len(known.groups)), key=lambda at: (-len(known.groups[at]), known.groups[at])):
        yield _group(known, known.groups[at], "text", sorted(pieces[at]))
    for pair in sorted(loose):
        yield _group(known, pair, "piece")


def groups(pile: Pile, where: GroupFilter = GroupFilter()) -> Iterator[Group]:
    """Pages that are one text, group by group, the largest first; behind them pairs of pages that share a piece only."""
    fitting = (
        group
        for group in _made(_known(pile))
        if len(group.pages) >= where.pages and any(_fits(row, where) for row in group.pages)
    )
    return islice(fitting, where.limit)


def _fits(row: PageRow, where: GroupFilter) -> bool:
    day = row.published[:10]
    return (
        where.outlet.casefold() in row.outlet.casefold()
        and (not (where.since or where.until) or day[:1].isdigit())  # "XXXX": the year is not known
        and (not where.since or day >= where.since)
        and (not where.until or day[: len(where.until)] <= where.until)
    )


def pairs(pile: Pile, document: str, *, alone: bool = False) -> Iterator[PairRow]:
    """What a page (its id) shares with others, most words first, passage by passage.

    ``alone``: the groups of all pages are not worked out, so that a page made of pieces of several is not told as such.
    """
    known = _known(pile, document, alone=alone)
    reading, merged = pile.reading(document), bool(known.groups) and known.merged(document)
    for held in known.pairs.get(document, ()):
        other = pile.reading(held.other)
        shown = replace(held, kind="merged") if merged and held.kind in ("piece", "cut") else held
        page, there = reading.document, other.document
        passages = tuple(
            PassageRow(each.a, each.b, each.words, each.own, page.text[slice(*each.a)], there.text[slice(*each.b)])
            for each in held.passages
        )
        yield PairRow(
            page.name, document, page.outlet, _date(reading), there.name, held.other, there.outlet, _date(other),
            shown.kind, held.share, held.other_share, held.own, held.first, held.credits, held.origin, held.by,
            _why(shown, reading, other, known.years), passages,
        )  # fmt: skip
