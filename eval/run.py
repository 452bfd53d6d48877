"""Measure the readings against all the gold that is here, show the measures, and hold the floors.

    python -m eval.run [--shared DIR] [--raise] [--accept-gold]

The demo pile is scored by `eval.measures`. The gold of the shared data folder, which is not part of the project, is
scored by the scorer that lies beside it; where the folder is absent the last values are shown. Exit code 1: a floor is
not held.
"""

from __future__ import annotations

import argparse
import datetime
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from eval import cases, gate
from eval.gold import demo_gold, gold_files
from eval.measures import LOWER_IS_BETTER, Score, measure, total
from eval.pile import measure_pairs, measure_stories
from eval.readings import BUILD, ROOT, demo_pile, digest, load, produce, shared_pile
from eval.swaps import swapped
from sayso.reading import Reader

FLOORS = Path(__file__).with_name("floors.toml")


@dataclass(frozen=True, slots=True)
class SharedGold:
    """Gold outside the project: its name, the pile its pages are read in, and its files below the data folder."""

    name: str
    pile: str
    files: str


SHARED = (
    SharedGold("polnear-dev", "polnear-dev", "polnear-dev.jsonl"),
    SharedGold("speakers-dev", "polnear-dev", "speakers-dev.jsonl"),
    SharedGold("ced-dev", "ced-dev", "ced-dev.jsonl"),
    SharedGold("figures-dev", "ced-dev", "figures-dev.jsonl"),
    SharedGold("timex-dev", "timex-dev", "timex-dev.jsonl"),
    SharedGold("seeds", "seeds", "*.gold.json"),
)


def of_score(score: Score) -> gate.Measured:
    """A measure as the gate takes it."""
    return gate.Measured(score.f1, score.precision, score.recall, score.wanted)


def measure_demo() -> gate.Result:
    """Our own gold over the demo pile, by our own scorer."""
    readings = load(produce(demo_pile(), ROOT / "src"))
    golds = demo_gold({name: reading.document.text for name, reading in readings.items()})
    scores = total(measure(gold, readings[gold.document]) for gold in golds)
    return gate.Result(digest(gold_files()), {name: of_score(s) for name, s in scores.items() if s.wanted})


def measure_cases() -> gate.Result:
    """The case tables: the share of cases that are wholly right; statements that two parties' names leave the same."""
    measured = {table: of_score(score) for table, score in cases.scores().items()}
    results = list(swapped(Reader()))
    same, every = sum(r.same for r in results), sum(r.total for r in results)
    measured["swaps"] = gate.Measured(same / every, same / every, same / every, every)
    return gate.Result(digest(cases.CASES.glob("*.jsonl")), measured)


def measure_shared(gold: SharedGold, shared: Path) -> gate.Result | None:
    """One gold of the shared folder, by the scorer that lies there; None where it is absent."""
    pile = shared_pile(shared, gold.pile)
    files = sorted((shared / "data").glob(gold.files))
    scorer = shared / "score" / "score.py"
    if not (pile.here() and files and scorer.exists()):
        return None
    readings = produce(pile, ROOT / "src")
    out = BUILD / f"{gold.name}.scores.json"
    command = [sys.executable, str(scorer), *map(str, files), "--pred", str(readings), "--json", str(out)]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if run.returncode != 0:
        raise RuntimeError(f"{gold.name}: the scorer failed: {run.stderr[-1000:]}")
    scores = json.loads(out.read_text(encoding="utf-8"))["scores"]
    measures = {name: gate.Measured(s["f1"], s["p"], s["r"], int(s["gold"])) for name, s in scores.items()}
    return gate.Result(digest([*files, *pile.files()]), measures)


def rows(floors: gate.Floors, results: gate.Results) -> Iterator[str]:
    """The table: each measure with its value, precision and recall where they differ, how many, and its floor."""
    yield f"{'gold':14}{'measure':30}{'value':>8}{'p':>8}{'r':>8}{'n':>7}{'floor':>9}"
    for name in ["demo", "cases", "stories", *(gold.name for gold in SHARED), "pairs"]:
        pinned = floors[name].floors if name in floors else {}
        if name not in results:
            for measure_name, floor in pinned.items():
                yield f"{name:14}{measure_name:30}not measured (last: {floor.value:.4f}, {floor.date})"
            if not pinned:
                yield f"{name:14}not measured"
            continue
        for measure_name, m in results[name].measures.items():
            pr = f"{'':16}" if abs(m.precision - m.recall) < 1e-12 else f"{m.precision:8.4f}{m.recall:8.4f}"
            had = pinned.get(measure_name)
            bound = f"{'≤' if measure_name in LOWER_IS_BETTER else '≥'} {had.floor:.4f}" if had else ""
            yield f"{name:14}{measure_name:30}{m.value:8.4f}{pr}{m.wanted:7}{bound:>10}".rstrip()


def measure_all(shared: Path) -> dict[str, gate.Result]:
    """Everything that can be measured on this machine, by the name of its gold."""
    results = {"demo": measure_demo(), "cases": measure_cases(), "stories": measure_stories()}
    for gold in SHARED:
        result = measure_shared(gold, shared)
        if result is not None:
            results[gold.name] = result
    if (pairs := measure_pairs(shared)) is not None:
        results["pairs"] = pairs
    return results


def main() -> int:
    """Measure, print, and refuse a drop."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="the shared data folder")
    parser.add_argument("--raise", dest="lift", action="store_true", help="lift the floors to what is measured now")
    parser.add_argument("--accept-gold", action="store_true", help="take changed gold: its floors are set anew")
    args = parser.parse_args()
    today = datetime.date.today().isoformat()
    try:
        results = measure_all(args.shared)
    except (RuntimeError, ValueError, OSError) as error:
        print(f"eval: {error}", file=sys.stderr)
        return 1
    floors = gate.load(FLOORS)
    new = gate.accepted(floors, results, today) if args.accept_gold else floors
    found = gate.faults(new, results)
    new = gate.raised(new, results, today) if args.lift and not found else new
    print("\n".join(rows(new, results)))
    if new != floors:
        FLOORS.write_text(gate.dump(new, today), encoding="utf-8")
        print(f"eval: {FLOORS.name} written")
    held = sum(len(floors[gold].floors) for gold in results if gold in floors)
    print("\n".join(f"REFUSED {fault}" for fault in found) or f"eval: {held} floors are held")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
