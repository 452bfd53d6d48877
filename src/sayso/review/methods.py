"""The methods paragraph: what read a pile, with which thresholds, how good that is known to be, in words for a paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sayso.ledger.rows import Counts
from sayso.review.known import known
from sayso.review.results import Result

_SAMPLED = ("precision", "statements", "speakers", "recall")
_NAMES = {
    "precision": "precision (words and speaker right)", "statements": "share that are statements at all",
    "speakers": "share of right speakers among statements", "recall": "recall",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Made:
    """What reads: versions and digests, and the threshold under which a statement is left out."""

    sayso: str
    contract: int
    model: str | None
    code: str
    runtime: str
    extractor: str
    threshold: float | None


@dataclass(frozen=True, slots=True)
class Pile:
    """What was read: counts, the digest over the content, how many decisions people took, and who; what read how many pages."""

    counts: Counts
    digest: str
    decisions: int
    reviewers: tuple[str, ...]
    read_by: dict[str, int]


def paragraph(made: Made, pile: Pile | None = None, results: Iterable[Result] = ()) -> str:
    """The paragraph: the program always, the pile and what samples of it told where they are given."""
    model = f"model sha256 {made.model[:12]}" if made.model else "model missing"
    said = [
        f"Statements, their speakers and figures were read with Sayso {made.sayso} (contract {made.contract}, {model}, code "
        f"{made.code}, {made.runtime}, {made.extractor}), which runs on one machine and judges no statement true or false."
    ]
    if made.threshold is not None:
        said.append(f"Statements with a confidence under {made.threshold:g} were left out.")
    if pile is not None:
        said += list(_pile(pile))
    gold = "; ".join(f"{row['told']}: {two(row['value'])}" for row in known("measured")["measures"])
    said.append(f"On annotated news that it was not trained on, the program was measured at: {gold}.")
    mine = list(results)
    said += list(_sampled(mine))
    if pile is not None and not mine:
        said.append("How good the readings of this pile are was not measured (sayso sample).")
    return " ".join(said)


def _pile(pile: Pile) -> Iterable[str]:
    c = pile.counts
    yield (
        f"The pile (content sha256 {pile.digest[:12]}) holds {c.documents:,} pages of {c.outlets:,} outlets with {c.statements:,} "
        f"statements that were said, {c.thoughts:,} thought or wanted, and {c.figures:,} figures; {c.unreadable:,} documents "
        f"could not be read."
    )
    told = ", ".join(f"{made} ({pages:,} {'page' if pages == 1 else 'pages'})" for made, pages in pile.read_by.items())
    yield f"Its pages were read by (version, model, code): {told}."
    if pile.decisions:
        by = f" by {len(pile.reviewers)} {'person' if len(pile.reviewers) == 1 else 'people'}" if pile.reviewers else ""
        yield f"{pile.decisions:,} decisions{by} outrank the machine."


def _sampled(results: list[Result]) -> Iterable[str]:
    """One sentence for each sheet and version that it measured."""
    groups = dict.fromkeys((r.made, r.reviewer, r.sample) for r in results)
    for made, reviewer, sample in groups:
        mine = {
            r.measure: r
            for r in results
            if (r.made, r.reviewer, r.sample) == (made, reviewer, sample) and not r.stratum
        }
        told = [
            f"{_NAMES[name]} {interval(mine[name])}"
            for name in _SAMPLED
            if name in mine and mine[name].share is not None
        ]
        rows = max((r.rows for r in mine.values()), default=0)
        if told:
            yield (
                f"On this pile, {reviewer} coded a random sample ({sample}; {rows} rows of a kind; read by {made}): "
                f"{', '.join(told)}, with 95 % intervals (Wilson, with the effective sample size of the stratified design)."
            )


def two(value: float) -> str:
    """A share as papers print it: .87."""
    text = f"{value:.2f}"
    return text[1:] if text.startswith("0.") else text


def interval(row: Result) -> str:
    """A share with its interval."""
    if row.share is None or row.low is None or row.high is None:
        return "–"
    return f"{two(row.share)} ({two(row.low)}-{two(row.high)}, n = {row.judged})"
