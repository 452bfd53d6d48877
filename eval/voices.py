"""Own voice per outlet against gold: how many of an outlet's words are its own, by the readings and by the annotators.

    python -m eval.voices [--shared DIR]

The gold (PolNeAR, dev part) marks the content of attributions; all other words are the outlet's. Words are counted as
``sayso voices`` counts them. Readings tell two more voices, which the gold has not: words merely in quotation marks, and
words that are nobody's for sure. ``own`` counts neither; ``open`` counts both as the outlet's. The gold should lie
between the two, and within three points of ``open``.
"""

from __future__ import annotations

import argparse
import json
import sys
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.readings import ROOT, load, produce, shared_pile
from sayso.pile.voices.segments import segments, touching
from sayso.pile.voices.words import words
from sayso.records import Reading, Span

GOLD = "polnear-dev"
POINTS = 3.0


@dataclass(frozen=True, slots=True)
class Shares:
    """Words of one outlet: how many, and what share of them is its own by the gold and by the readings, in percent."""

    outlet: str
    words: int
    gold: float
    own: float
    open: float


def counts(reading: Reading, contents: Sequence[Span]) -> Counter[str]:
    """Words of one page by voice (``voice own`` …) and, by the gold, ``gold own`` or ``gold statement``."""
    parts = segments(reading)
    starts = [part.span[0] for part in parts]
    ordered = sorted(contents)
    begins = [start for start, _ in ordered]
    found: Counter[str] = Counter()
    for start, end in words(reading.document.text):
        segment = touching(parts, starts, (start, end))
        if segment is None:
            continue
        near = ordered[max(0, bisect_right(begins, end - 1) - 40) : bisect_right(begins, end - 1)]
        told = any(a < end and start < b for a, b in near)
        found[f"voice {segment.voice}"] += 1
        found["gold statement" if told else "gold own"] += 1
    return found


def shares(readings: Mapping[str, Reading], rows: Iterable[Mapping[str, object]]) -> Iterator[Shares]:
    """The shares of each outlet, in order; articles that several annotators read count once for each."""
    by_outlet: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        attributions: Sequence[Mapping[str, Sequence[Sequence[int]]]] = row["attributions"]  # type: ignore[assignment]
        contents = [(a, b) for attribution in attributions for a, b in attribution["content"]]
        by_outlet[str(row["publisher"])] += counts(readings[str(row["id"])], contents)
    for outlet, found in sorted(by_outlet.items()):
        every = found["gold own"] + found["gold statement"]
        told = found["voice direct"] + found["voice indirect"]
        own = found["voice own"]
        yield Shares(outlet, every, *(100 * n / every for n in (found["gold own"], own, every - told)))


def main() -> int:
    """Print a line for each outlet. Exit code 1: the data are not here."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="the shared data folder")
    parser.add_argument("--readings", type=Path, help="readings as JSON lines, where they are there already")
    args = parser.parse_args()
    gold = args.shared / "data" / f"{GOLD}.jsonl"
    if not gold.exists():
        print(f"eval: there is no {gold}", file=sys.stderr)
        return 1
    readings = load(args.readings or produce(shared_pile(args.shared, GOLD), ROOT / "src"))
    rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    print(f"{'outlet':14}{'words':>7}{'gold':>7}{'own':>7}{'open':>7}{'open-gold':>11}")
    found = list(shares(readings, rows))
    for s in found:
        print(f"{s.outlet:14}{s.words:7}{s.gold:7.1f}{s.own:7.1f}{s.open:7.1f}{s.open - s.gold:+11.1f}")
    near = sum(abs(s.open - s.gold) <= POINTS for s in found)
    between = sum(s.own - POINTS <= s.gold <= s.open + POINTS for s in found)
    print(f"{near} of {len(found)} within {POINTS:g} points; {between} between own and open, give or take {POINTS:g}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
