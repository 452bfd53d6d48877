"""Floors under the measures: they only go up, and they hold for the very gold they were measured on.

`floors.toml` keeps, for each gold, the digest of its files, and for each measure the floor, the value last measured and
the day. A measure that is better when lower has a ceiling in place of a floor, kept in the same field.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from eval.measures import LOWER_IS_BETTER

TOLERANCE = 0.002  # of a measure, and one gold item besides: int8 sums differ a little between kinds of processors
HEADER = """\
# what: the floors of `make eval`; a change that falls below one is refused
# source: measured by eval/run.py (`make eval RAISE=1` lifts them and never lowers one)
# A gold whose files changed must be measured anew: `make eval ACCEPT_GOLD=1`.
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """One measure on one gold: its value and, where they differ, precision and recall; on how many gold items."""

    value: float
    precision: float
    recall: float
    wanted: int


@dataclass(frozen=True, slots=True)
class Result:
    """What was measured on one gold. ``digest``: SHA-256 over the files of the gold."""

    digest: str
    measures: Mapping[str, Measured]


@dataclass(frozen=True, slots=True)
class Floor:
    """The value a measure may not fall below (or rise above), the value last measured, and when (YYYY-MM-DD)."""

    floor: float
    value: float
    date: str


@dataclass(frozen=True, slots=True)
class Pinned:
    """The floors of one gold."""

    digest: str
    floors: Mapping[str, Floor]


Floors = Mapping[str, Pinned]
Results = Mapping[str, Result]


def better_by(measure: str, value: float, than: float) -> float:
    """How much better ``value`` is; below zero where it is worse."""
    return than - value if measure.split("/")[-1] in LOWER_IS_BETTER else value - than


def faults(floors: Floors, results: Results) -> list[str]:
    """Every reason to refuse, one sentence each. A gold that is not here is not measured and no fault."""
    found = []
    for gold, result in results.items():
        pinned = floors.get(gold)
        if pinned is None:
            continue
        if pinned.digest != result.digest:
            found.append(
                f"{gold}: the gold is not the one its floors were measured on ({pinned.digest[:12]} became "
                f"{result.digest[:12]}); look at what changed, then measure anew with --accept-gold"
            )
            continue
        for measure, floor in pinned.floors.items():
            now = result.measures.get(measure)
            if now is None:
                found.append(f"{gold}: {measure} has a floor but is not measured any more")
            elif better_by(measure, now.value, floor.floor) < -(TOLERANCE + 1 / max(now.wanted, 1)):
                found.append(f"{gold}: {measure} is {now.value:.4f}, worse than its floor {floor.floor:.4f}")
    return found


def _lifted(old: Mapping[str, Floor], result: Result, today: str) -> dict[str, Floor]:
    """Floors of one gold, lifted to what was measured. What is not built yet (nothing right) gets none."""
    new = dict(old)
    for measure, now in result.measures.items():
        value = round(now.value, 4)
        had = old.get(measure)
        if had is None:
            if now.wanted and now.value > 0:
                new[measure] = Floor(value, value, today)
        elif better_by(measure, value, had.floor) > 0:
            new[measure] = Floor(value, value, today)
        elif value != had.value:
            new[measure] = replace(had, value=value, date=today)
    return new


def raised(floors: Floors, results: Results, today: str) -> Floors:
    """The floors lifted to the values measured, none lowered; golds with another digest are left as they are."""
    out = dict(floors)
    for gold, result in results.items():
        pinned = floors.get(gold, Pinned(result.digest, {}))
        if pinned.digest == result.digest:
            out[gold] = Pinned(result.digest, _lifted(pinned.floors, result, today))
    return out


def accepted(floors: Floors, results: Results, today: str) -> Floors:
    """New floors, as measured now, for every gold whose files changed; the others as they are."""
    out = dict(floors)
    for gold, result in results.items():
        if gold in floors and floors[gold].digest != result.digest:
            out[gold] = Pinned(result.digest, _lifted({}, result, today))
    return out


def load(path: Path) -> Floors:
    """Floors from their file; none where there is no file yet."""
    if not path.exists():
        return {}
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        gold: Pinned(part["digest"], {measure: Floor(**floor) for measure, floor in part["measures"].items()})
        for gold, part in table.items()
    }


def dump(floors: Floors, today: str) -> str:
    """The file's text; the same floors give the same text."""
    lines = [HEADER + f"# date: {max([today] + [f.date for p in floors.values() for f in p.floors.values()])}"]
    for gold in sorted(floors):
        lines += ["", f"[{gold}]", f'digest = "{floors[gold].digest}"', f"[{gold}.measures]"]
        for measure, floor in sorted(floors[gold].floors.items()):
            pinned = f'floor = {floor.floor:.4f}, value = {floor.value:.4f}, date = "{floor.date}"'
            lines.append(f'"{measure}" = {{ {pinned} }}')
    return "\n".join(lines) + "\n"
