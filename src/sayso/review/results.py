"""What coded samples tell: precision and recall on this pile, for each reviewer and each version that read it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from sayso.ledger import Ledger
from sayso.ledger.reviews import Coding, Sheet, sheets
from sayso.review.estimates import Estimate, Stratum, estimate

Pair = tuple[float, float]
JUDGED = ("right", "content", "speaker", "both", "none")
FOUND = JUDGED[:-1]


def _share(hits: tuple[str, ...], of: tuple[str, ...]) -> Callable[[Coding], Pair]:
    return lambda c: (float(c.code in hits), float(c.code in of))


def _recall(c: Coding) -> Pair:
    found = c.shown - (c.wrong or 0)
    return float(found), float(found + (c.missing or 0))


MEASURES: tuple[tuple[str, str, Callable[[Coding], Pair], str], ...] = (
    ("precision", "statement", _share(("right",), JUDGED), "right in words and speaker, of all statements"),
    ("statements", "statement", _share(FOUND, JUDGED), "statements at all, of all that are listed"),
    ("words", "statement", _share(("right", "speaker"), FOUND), "right words, of what are statements"),
    ("speakers", "statement", _share(("right", "content"), FOUND), "right speaker, of what are statements"),
    ("recall", "stretch", _recall, "found, of all statements that stand in the stretches"),
)
"""Each measure: its name, the rows it is taken from, (hits, of how many) of a row, and what it is in words."""


@dataclass(frozen=True, slots=True)
class Result:
    """One measure on one version of model and code: a share with its 95 % interval (None where nothing was judged).

    ``rows`` were coded, ``unsure`` of them not judged; ``judged`` is what the share is of, ``hits`` the numerator, both
    counted in the sample; the share itself is weighted for the whole pile of ``units``. With ``stratum`` it is of that alone.
    """

    measure: str
    made: str
    reviewer: str
    sample: str
    stratum: str
    share: float | None
    low: float | None
    high: float | None
    hits: int
    judged: int
    rows: int
    unsure: int
    units: int
    strata: int


def results(ledger: Ledger, *, strata: bool = False) -> Iterator[Result]:
    """The results of every sheet that counts; with ``strata`` also those of each stratum."""
    for sheet in sheets(ledger):
        yield from of_sheet(sheet, strata=strata)


def of_sheet(sheet: Sheet, *, strata: bool = False) -> Iterator[Result]:
    """The measures of one sheet, one version after the other."""
    for made in sorted({c.made for c in sheet.codings}):
        for name, what, pair, _ in MEASURES:
            chosen = [c for c in sheet.codings if c.made == made and c.what == what]
            if chosen:
                yield _result(sheet, name, made, "", chosen, pair)
            layers = sorted({c.layer for c in chosen})
            for layer in layers if strata and len(layers) > 1 else ():
                held = [c for c in chosen if c.layer == layer]
                yield _result(sheet, name, made, held[0].stratum, held, pair)


def _result(
    sheet: Sheet, name: str, made: str, stratum: str, codings: list[Coding], pair: Callable[[Coding], Pair]
) -> Result:
    layers = _layers(codings, pair)
    found: Estimate = estimate(layers)
    share, low, high = (None if value is None else round(value, 4) for value in (found.share, found.low, found.high))
    return Result(
        name, made, sheet.reviewer, sheet.sample, stratum, share, low, high, found.hits, found.judged, len(codings),
        sum(c.code == "unsure" for c in codings), sum(layer.units for layer in layers), len(layers),
    )  # fmt: skip


def _layers(codings: Iterable[Coding], pair: Callable[[Coding], Pair]) -> list[Stratum]:
    """Strata with what was judged in each. Rows that were left empty, or are unsure, count as not drawn."""
    held: dict[int, list[Pair]] = defaultdict(list)
    units: dict[int, int] = {}
    for c in codings:
        held[c.layer] += [pair(c)] if c.code != "unsure" else []
        units[c.layer] = c.units
    return [Stratum(units[layer], tuple(held[layer])) for layer in sorted(held)]
