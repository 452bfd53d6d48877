"""Floors: what is refused, what is lifted, and that nothing is ever lowered."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.gate import TOLERANCE, Floor, Floors, Measured, Pinned, Result, accepted, dump, faults, load, raised
from eval.run import FLOORS, SHARED, rows

DAY, TODAY = "2031-03-14", "2031-04-01"


def result(digest: str = "d1", **measures: float) -> Result:
    return Result(digest, {name: Measured(value, value, value, 1000) for name, value in measures.items()})


def floors(digest: str = "d1", **measures: float) -> Floors:
    return {"page": Pinned(digest, {name: Floor(value, value, DAY) for name, value in measures.items()})}


# floors, results, words of the refusal (None: taken), reason
CASES = [
    (floors(found=0.8), result(found=0.8), None, "as good as ever"),
    (floors(found=0.8), result(found=0.9), None, "better"),
    (floors(found=0.8), result(found=0.8 - TOLERANCE / 2), None, "worse by less than the tolerance"),
    (floors(found=0.8), result(found=0.8 - TOLERANCE - 0.0009), None, "worse by less than one item more"),
    (floors(found=0.8), result(found=0.79), "found is 0.7900, worse than its floor 0.8000", "worse"),
    (floors(found=0.8), result(), "not measured any more", "a measure that is gone"),
    (floors(), result(found=0.1), None, "a measure without a floor"),
    (floors(speaker_wrong=0.05), result(speaker_wrong=0.02), None, "fewer wrong names are better"),
    (floors(speaker_wrong=0.05), result(speaker_wrong=0.06), "speaker_wrong is 0.0600", "more wrong names are worse"),
    (floors(found=0.8), result("d2", found=0.9), "--accept-gold", "another gold says nothing about the floors"),
]


@pytest.mark.parametrize(("old", "now", "refusal", "reason"), CASES, ids=[c[3] for c in CASES])
def test_faults(old: Floors, now: Result, refusal: str | None, reason: str):
    found = faults(old, {"page": now})
    assert len(found) == (refusal is not None), reason
    assert refusal is None or refusal in found[0]


def test_gold_that_is_not_here_is_no_fault():
    assert faults(floors(found=0.8), {}) == []


# floors, results, measure, floor afterwards (None: none), value afterwards, reason
RAISED = [
    (floors(found=0.8), result(found=0.9), "found", 0.9, 0.9, "lifted"),
    (floors(found=0.8), result(found=0.7), "found", 0.8, 0.7, "never lowered; the value is told as it is"),
    (floors(speaker_wrong=0.05), result(speaker_wrong=0.02), "speaker_wrong", 0.02, 0.02, "a ceiling comes down"),
    (floors(speaker_wrong=0.05), result(speaker_wrong=0.08), "speaker_wrong", 0.05, 0.08, "and never goes up"),
    (floors(), result(kind=0.6), "kind", 0.6, 0.6, "a new measure gets a floor"),
    (floors(), result(figure_found=0.0), "figure_found", None, None, "what is not built yet gets none"),
    (floors(found=0.8), result("d2", found=0.9), "found", 0.8, 0.8, "another gold does not lift"),
]


@pytest.mark.parametrize(("old", "now", "name", "floor", "value", "reason"), RAISED, ids=[c[5] for c in RAISED])
def test_raised(old: Floors, now: Result, name: str, floor: float | None, value: float | None, reason: str):
    new = raised(old, {"page": now}, TODAY)["page"].floors.get(name)
    assert (new and new.floor, new and new.value) == (floor, value), reason


def test_raising_dates_what_it_changes():
    new = raised(floors(found=0.8, kind=0.5), {"page": result(found=0.9, kind=0.5)}, TODAY)["page"].floors
    assert (new["found"].date, new["kind"].date) == (TODAY, DAY)


def test_gold_seen_for_the_first_time_is_pinned_by_its_digest():
    assert raised({}, {"page": result("d7", found=0.9)}, TODAY)["page"].digest == "d7"


def test_accepting_gold_sets_its_floors_anew_and_leaves_the_others():
    old = {**floors(found=0.8, gone=0.5), "other": Pinned("o1", {"found": Floor(0.6, 0.6, DAY)})}
    new = accepted(old, {"page": result("d2", found=0.7), "other": result("o1", found=0.1)}, TODAY)
    assert new["page"] == Pinned("d2", {"found": Floor(0.7, 0.7, TODAY)})
    assert new["other"] == old["other"]


def test_the_file_keeps_what_it_is_given(tmp_path: Path):
    path = tmp_path / "floors.toml"
    assert load(path) == {}
    kept = {**floors(**{"exact.content": 0.7312, "found": 0.8}), "other": Pinned("o1", {})}
    path.write_text(dump(kept, TODAY), encoding="utf-8")
    assert load(path) == kept
    assert f"# date: {TODAY}" in path.read_text(encoding="utf-8")


def test_the_floors_of_the_project_are_of_known_gold():
    assert set(load(FLOORS)) <= {"demo", "cases", "stories", "pairs", *(gold.name for gold in SHARED)}


def test_the_table_tells_what_was_not_measured():
    pinned = {"demo": floors(found=0.8)["page"], "seeds": floors(seed_found=0.7)["page"]}
    shown = list(rows(pinned, {"demo": result(found=0.81)}))
    assert any(line.split() == ["demo", "found", "0.8100", "1000", "≥", "0.8000"] for line in shown)
    assert any(line.split(maxsplit=2)[1:] == ["seed_found", f"not measured (last: 0.7000, {DAY})"] for line in shown)
    assert any(line.split() == ["timex-dev", "not", "measured"] for line in shown)
