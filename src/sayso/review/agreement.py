"""How far people agree who judged the same: over their decisions, and over the coding sheets that they filled in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from sayso.errors import UsageError
from sayso.ledger import Ledger, decided
from sayso.ledger.reviews import Coding, sheets
from sayso.records import Span
from sayso.review.alpha import Delta, alpha, alpha_u, interval, nominal
from sayso.review.verdicts import Item, items

Values = dict[str, Hashable]
"""The value of a unit by reviewer."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """One measure: Krippendorff's alpha (None where nothing can differ) over ``units`` that two or more people valued.

    ``agreed`` is the share of pairs of values that are equal. ``over`` is decisions or sheets.
    """

    over: str
    measure: str
    method: str
    reviewers: tuple[str, ...]
    units: int
    alpha: float | None
    agreed: float | None


@dataclass(frozen=True, slots=True)
class Difference:
    """One unit that two people valued differently, with its words; ``statement`` is an id, where it is a coded one."""

    over: str
    measure: str
    document: str
    words: str
    one: str
    first: str
    other: str
    second: str
    statement: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """The measures, and the differences page by page."""

    measures: tuple[Agreement, ...]
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class _Unit:
    over: str
    measure: str
    document: str
    words: str
    values: Values
    statement: str = ""


MEASURES: tuple[tuple[str, str, str, Delta], ...] = (
    ("decisions", "verdict", "alpha, nominal", nominal),
    ("decisions", "speaker", "alpha, nominal", nominal),
    ("sheets", "code", "alpha, nominal", nominal),
    ("sheets", "right", "alpha, nominal", nominal),
    ("sheets", "missing", "alpha, interval", interval),
)


def compared(ledger: Ledger, reviewers: Sequence[str] = ()) -> Compared:
    """All measures over what two or more of these people judged (of all, where none are named).

    Raises UsageError where a name is unknown, or nothing was judged by two.
    """
    with ledger._asked() as connection:
        decisions = list(decided.all_decisions(connection))
    everybody = sorted({d.reviewer for d in decisions} | {sheet.reviewer for sheet in sheets(ledger)})
    for name in reviewers:
        if name not in everybody:
            raise UsageError(
                f"nobody called {name!r} judged anything here; these did: {', '.join(everybody) or 'nobody'}"
            )
    judged = items(decisions, reviewers)
    units = [*_of_decisions(judged), *_of_sheets(ledger, reviewers)]
    if not units:
        raise UsageError(
            "nothing was judged by two people: let each decide under a name of their own (--reviewer), or code the same sheet"
        )
    names = {row.id: row.name for row in ledger.documents()}
    found = [made for told in MEASURES if (made := _measured(units, *told)) is not None]
    spans = _unitised(ledger, judged)
    differences = [row for unit in units for row in _differences(unit, names)]
    return Compared((*found, *((spans,) if spans else ())), tuple(differences))


def _of_decisions(judged: Iterable[Item]) -> Iterator[_Unit]:
    for item in judged:
        codes: Values = {name: verdict.code for name, verdict in item.verdicts.items()}
        yield _Unit("decisions", "verdict", item.document, item.words, codes)
        named: Values = {name: verdict.speaker for name, verdict in item.verdicts.items() if verdict.code != "none"}
        if len(named) > 1:
            yield _Unit("decisions", "speaker", item.document, item.words, named)


def _of_sheets(ledger: Ledger, reviewers: Sequence[str]) -> Iterator[_Unit]:
    held: dict[tuple[str, str, str], dict[str, Coding]] = defaultdict(dict)
    for sheet in sheets(ledger):
        if not reviewers or sheet.reviewer in reviewers:
            for c in sheet.codings:
                held[c.what, c.document, c.unit][sheet.reviewer] = c
    for (what, document, unit), codings in sorted(held.items()):
        if len(codings) < 2:
            continue
        words = _words(ledger, what, document, unit)
        if what == "stretch":
            yield _Unit("sheets", "missing", document, words, {name: c.missing for name, c in codings.items()})
            continue
        known = {name: c.code for name, c in codings.items() if c.code != "unsure"}
        if len(known) > 1:
            yield _Unit("sheets", "code", document, words, dict(known), unit)
            yield _Unit("sheets", "right", document, words, {n: code == "right" for n, code in known.items()}, unit)


def _words(ledger: Ledger, what: str, document: str, unit: str) -> str:
    """The words of a unit as the ledger has them now; empty where they are not there any more."""
    if not ledger.has(document):
        return ""
    reading = ledger.reading(document)
    text = reading.document.text
    if what == "stretch":
        start, _, end = unit.partition("-")
        return text[int(start) : int(end)] if start.isdecimal() and end.isdecimal() else ""
    head = reading.headline
    for where, some in ((text, reading.statements), (head.text if head else "", head.statements if head else ())):
        for s in some:
            if s.id == unit:
                return " … ".join(where[a:b] for a, b in s.content)
    return ""


def _measured(units: Iterable[_Unit], over: str, measure: str, method: str, delta: Delta) -> Agreement | None:
    values = [list(unit.values.values()) for unit in units if (unit.over, unit.measure) == (over, measure)]
    if not values:
        return None
    names = sorted({name for unit in units if (unit.over, unit.measure) == (over, measure) for name in unit.values})
    pairs = [a == b for each in values for n, a in enumerate(each) for b in each[:n]]
    found = alpha(values, delta)
    agreed = round(sum(pairs) / len(pairs), 4)
    return Agreement(
        over, measure, method, tuple(names), len(values), None if found is None else round(found, 4), agreed
    )


def _unitised(ledger: Ledger, judged: Sequence[Item]) -> Agreement | None:
    """Alpha_U over where the statements begin and end that two people left standing, on the texts of their pages in a row."""
    chosen = [item for item in judged if item.part == "text" and all(v.content for v in item.verdicts.values())]
    people = sorted({name for item in chosen for name in item.verdicts})
    chosen = [item for item in chosen if len(item.verdicts) == len(people)]
    if len(people) < 2 or not chosen:
        return None
    starts, length = {}, 0
    for page in sorted({item.document for item in chosen}):
        starts[page] = length
        length += len(ledger.reading(page).document.text) if ledger.has(page) else 0
    chosen = [item for item in chosen if ledger.has(item.document)]
    by_person = [_merged(s for item in chosen for s in _joined(item, starts[item.document], name)) for name in people]
    found = alpha_u(by_person, length) if length else None
    agreed = _alike(chosen, people)
    return Agreement(
        "decisions",
        "words",
        "alpha_U, unitising",
        tuple(people),
        len(chosen),
        None if found is None else round(found, 4),
        agreed,
    )


def _joined(item: Item, start: int, name: str) -> list[Span]:
    return [(start + a, start + b) for a, b in item.verdicts[name].content]


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that overlap (a statement told within another) as one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _alike(chosen: Sequence[Item], people: Sequence[str]) -> float:
    pairs = [
        item.verdicts[a].content == item.verdicts[b].content
        for item in chosen
        for n, a in enumerate(people)
        for b in people[:n]
    ]
    return round(sum(pairs) / len(pairs), 4)


def _differences(unit: _Unit, names: dict[str, str]) -> Iterator[Difference]:
    if unit.measure == "right":  # the codes tell it
        return
    people = sorted(unit.values)
    for n, other in enumerate(people):
        for one in people[:n]:
            if unit.values[one] != unit.values[other]:
                first, second = str(unit.values[one]), str(unit.values[other])
                yield Difference(
                    unit.over,
                    unit.measure,
                    names.get(unit.document, ""),
                    unit.words,
                    one,
                    first,
                    other,
                    second,
                    unit.statement,
                )
