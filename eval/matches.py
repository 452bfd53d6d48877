"""How well statements of different pages are matched, against pairs that people judged.

python -m eval.matches [--pairs FILE] [--list]       # the measures; --list: every pair that is not right

A row of the pairs: ``a`` and ``b`` (document name, offsets of the content), ``drawn`` (how it was drawn), ``label_a`` and
``label_b`` (two independent readings), ``label`` (what stands). Labels: same-words, same-utterance, same-claim,
contradicts, none.

same-utterance  one act of speaking is reported: *same-utterance*, and *same-words* where the speakers are not different
                people. The label *same-words* counts as an utterance where the matcher sees no two different speakers.
same-claim      one proposition: *same-words*, *same-utterance* and *same-claim* together
contradicts     the proposition of one is the opposite of the other's
word for word   direct statements of real pages (ced-dev) whose words stand, whole and in a row, in a direct statement of
                another page: all pairs, looked for one by one, against what the pile finds by its keys

A statement that the reading does not have is a pair that was not found.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from eval.readings import ROOT, Pile, demo_pile, load, produce, shared_pile
from sayso.pile.matches import QUESTION
from sayso.pile.matches.compare import Match, compare
from sayso.pile.matches.saying import saying_of, statements_of
from sayso.pile.question import Place
from sayso.records import Reading, Spans

PAIRS = ROOT / "eval" / "pairs.jsonl"
CLAIMS = ("same-words", "same-utterance", "same-claim")
MEASURES = ("same-utterance", "same-claim", "contradicts")
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Judged:
    """One pair with what people say and what the program says; ``whose`` how the program sees the speakers."""

    row: Row
    label: str
    found: str
    whose: str
    match: Match | None


@dataclass(slots=True)
class Score:
    """How many were found rightly, wrongly, and not at all."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Share of what was found that is right."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 0.0

    @property
    def recall(self) -> float:
        """Share of what is there that was found."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        whole = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / whole if whole else 0.0


def piles(shared: Path) -> list[Pile]:
    """The piles that the pairs are from."""
    return [demo_pile(), shared_pile(shared, "ced-dev"), shared_pile(shared, "seeds")]


def statement_at(reading: Reading, content: Iterable[Iterable[int]]) -> str | None:
    """The id of the statement of the text whose content lies over these offsets for more than half of either."""
    wanted = {at for start, end in content for at in range(start, end)}
    best, found = 0.5, None
    for statement in reading.statements:
        held = _places(statement.content)
        share = len(held & wanted) / max(1, len(held | wanted))
        if share > best:
            best, found = share, statement.id
    return found


def _places(spans: Spans) -> set[int]:
    return {at for start, end in spans for at in range(start, end)}


def judge(rows: Iterable[Row], readings: Mapping[str, Reading]) -> tuple[list[Judged], list[str]]:
    """What the program says of each pair; and the names of documents that are not here, whose pairs are left out."""
    out, absent = [], set()
    for row in rows:
        gone = {row[side]["document"] for side in "ab"} - readings.keys()
        if gone:
            absent |= gone
            continue
        pair = [(readings[row[side]["document"]], row[side]["content"]) for side in "ab"]
        out.append(_judged(row, pair))
    return out, sorted(absent)


def _judged(row: Row, pair: list[tuple[Reading, Any]]) -> Judged:
    sayings = []
    for reading, content in pair:
        identity = statement_at(reading, content)
        if identity is not None:
            sayings.append(saying_of(reading, *statements_of(reading)[identity]))
    match = compare(*sayings) if len(sayings) == 2 else None
    whose = match.whose if match else "open"
    return Judged(row, row["label"], match.kind if match else "none", whose, match)


def _utterance(kind: str, whose: str) -> bool:
    return kind == "same-utterance" or (kind == "same-words" and whose != "other")


def _claim(kind: str, whose: str) -> bool:
    return kind in CLAIMS


def _contradicts(kind: str, whose: str) -> bool:
    return kind == "contradicts"


HOLDS: dict[str, Callable[[str, str], bool]] = dict(zip(MEASURES, (_utterance, _claim, _contradicts), strict=True))


def scores(judged: Iterable[Judged]) -> dict[str, Score]:
    """Each measure over the pairs."""
    out = {name: Score() for name in MEASURES}
    for each in judged:
        for name, holds in HOLDS.items():
            there, found = holds(each.label, each.whose), holds(each.found, each.whose)
            out[name].right += there and found
            out[name].wrong += found and not there
            out[name].missed += there and not found
    return out


def agreement(rows: Iterable[Row]) -> tuple[int, float, float]:
    """How far two readings agree: pairs, the share with one label, and Cohen's kappa."""
    both = [(row["label_a"], row["label_b"]) for row in rows if row.get("label_a") and row.get("label_b")]
    if not both:
        return 0, 0.0, 0.0
    same = sum(a == b for a, b in both) / len(both)
    first, second = Counter(a for a, _ in both), Counter(b for _, b in both)
    chance = sum(first[label] * second[label] for label in first) / len(both) ** 2
    return len(both), same, (same - chance) / (1 - chance) if chance < 1 else 1.0


def recurring(readings: Iterable[Reading], least: int = 4) -> tuple[int, int]:
    """Pairs of direct statements of different pages of which one is, or holds in a row, the words of the other.

    How many there are, by looking at every pair, and how many of them the pile finds as same-words. Shorter ones than
    ``least`` words count only where both are the same from end to end.
    """
    held = [
        (Place(reading, statement.id), [word.text for word in saying_of(reading, statement, text).words])
        for reading in readings
        for statement, text in statements_of(reading).values()
        if statement.kind == "direct"
    ]
    items = {(item.document, item.id): item for place, _ in held for item in QUESTION.items(place.reading)}
    there = found = 0
    for (one, first), (two, second) in combinations(held, 2):
        short, long = sorted((first, second), key=len)
        if one.reading.id == two.reading.id or not short or (len(short) < least and short != long):
            continue
        if any(long[at : at + len(short)] == short for at in range(len(long) - len(short) + 1)):
            there += 1
            a, b = items.get((one.reading.id, one.id)), items.get((two.reading.id, two.id))
            if a is not None and b is not None and set(a.keys) & set(b.keys) and QUESTION.near(a, b):
                match = QUESTION.compare(one, two)
                found += match is not None and match.kind == "same-words"
    return there, found


def rows_of(path: Path) -> list[Row]:
    """The pairs of a file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def main() -> None:
    """Print the measures."""
    parser = argparse.ArgumentParser(description="How well statements of different pages are matched.")
    parser.add_argument("--pairs", type=Path, default=PAIRS)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--readings", type=Path, action="append", default=[], help="readings made before, one a line")
    parser.add_argument("--list", action="store_true", help="every pair that is not right")
    args = parser.parse_args()
    paths = args.readings or [produce(pile, ROOT / "src") for pile in piles(args.shared) if pile.here()]
    readings = {name: reading for path in paths for name, reading in load(path).items()}
    rows = rows_of(args.pairs)
    judged, absent = judge(rows, readings)
    many, same, kappa = agreement(rows)
    print(f"{len(judged)} of {len(rows)} pairs; {many} read twice: agreement {same:.3f}, kappa {kappa:.3f}")
    if absent:
        print(f"left out, as these are not here: {', '.join(absent)}")
    for name, score in scores(judged).items():
        counts = f"{score.right} right, {score.wrong} wrong, {score.missed} missed"
        print(f"{name:15} F1 {score.f1:.3f}  precision {score.precision:.3f}  recall {score.recall:.3f}  ({counts})")
    real = [reading for reading in readings.values() if reading.document.url]
    if real:
        there, found = recurring(real)
        print(f"word for word   {found} of {there} pairs on {len(real)} real pages")
    for each in judged if args.list else ():
        if each.label != each.found:
            a, b = (f"{each.row[side]['document']} {each.row[side]['content']}" for side in "ab")
            print(f"{each.label} read as {each.found}  {a}  {b}  {each.match}")


if __name__ == "__main__":
    main()
