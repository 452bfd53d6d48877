"""Two people who judged the same: how far they agree, and where not."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "decisions"))
from varn import TEXT, A, B, C, D, E, F, Said, ledger_at, read

from sayso.decisions import Change, change_of
from sayso.errors import UsageError
from sayso.ledger import Ledger
from sayso.ledger.decided import all_decisions
from sayso.ledger.reviews import Coding, keep_sheet
from sayso.review.agreement import Agreement, compared
from sayso.review.verdicts import items


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with ledger_at(tmp_path / "l.db") as opened:
        opened.add(read())
        yield opened


def now(ledger: Ledger, said: Said) -> str:
    """The statement that holds these words now."""
    words = said.content if isinstance(said.content, str) else said.content[0]
    at = TEXT.index(words)
    return next(
        s.id
        for s in ledger.reading("varn.txt").statements
        if s.content[0][0] <= at + 5 < s.content[-1][1] and s.content[0][0] >= at - 3
    )


def does(ledger: Ledger, who: str, action: str, said: Said, **change: object) -> None:
    spans = change_of(ledger.reading("varn.txt"), content=(str(change.pop("content")),)) if "content" in change else {}
    ledger.decide(action, [now(ledger, said)], Change(**spans, **change), reviewer=who)  # type: ignore[arg-type]


def measure(found: tuple[Agreement, ...], over: str, name: str) -> Agreement:
    return next(row for row in found if (row.over, row.measure) == (over, name))


SHORT = "the bank was sliding into the river"


def judged(ledger: Ledger) -> None:
    """Ada and Bo on one ledger: they agree on A, B and E (that holds F), differ about C (speaker), D (words) and F."""
    for who in ("Ada", "Bo"):
        does(ledger, who, "accept", A)
        does(ledger, who, "speaker", B, speaker="Rehn the elder")
    does(ledger, "Ada", "accept", C)
    does(ledger, "Bo", "speaker", C, speaker="-")
    does(ledger, "Ada", "accept", D)
    does(ledger, "Bo", "span", D, content="tickets would stay at two crowns")
    does(ledger, "Ada", "accept", F)
    does(ledger, "Bo", "reject", F)
    does(ledger, "Ada", "accept", E)
    does(ledger, "Bo", "accept", E)


def test_over_decisions(ledger: Ledger):
    judged(ledger)
    found = compared(ledger)
    verdict = measure(found.measures, "decisions", "verdict")
    assert (verdict.units, verdict.agreed, verdict.reviewers) == (6, 0.5, ("Ada", "Bo"))
    speaker = measure(found.measures, "decisions", "speaker")
    assert (speaker.units, speaker.agreed) == (5, 0.8)
    words = measure(found.measures, "decisions", "words")
    assert words.units == 5
    assert words.alpha is not None
    assert 0.9 < words.alpha < 1
    told = {(row.measure, row.words[:12], row.one, row.first, row.other, row.second) for row in found.differences}
    assert ("verdict", "“The ferry w", "Ada", "right", "Bo", "speaker") in told
    assert ("verdict", "that the ban", "Ada", "right", "Bo", "none") in told
    assert ("verdict", "that tickets", "Ada", "right", "Bo", "content") in told
    assert ("speaker", "“The ferry w", "Ada", "ada quill", "Bo", "(open)") in told
    assert len(told) == 4


def test_two_who_agree_in_all(ledger: Ledger):
    for who in ("Ada", "Bo"):
        does(ledger, who, "accept", A)
        does(ledger, who, "speaker", C, speaker="Rehn the elder")
    found = compared(ledger, ("Ada", "Bo"))
    assert {row.alpha for row in found.measures} == {1.0}
    assert found.differences == ()


def test_what_an_undoing_leaves(ledger: Ledger):
    does(ledger, "Ada", "accept", A)
    does(ledger, "Bo", "accept", A)
    taken = ledger.decide("speaker", [now(ledger, A)], Change(speaker="-"), reviewer="Bo")
    assert len(compared(ledger).differences) == 2
    ledger.undo(taken.id, reviewer="Bo")
    assert compared(ledger).differences == ()


def test_the_last_word_of_each_counts(ledger: Ledger):
    does(ledger, "Ada", "speaker", A, speaker="-")
    does(ledger, "Ada", "span", A, content="We will rebuild the bridge over the Ilse by spring")
    does(ledger, "Bo", "accept", A)
    (item,) = items(all_decisions(ledger._opened()))
    assert {name: verdict.code for name, verdict in item.verdicts.items()} == {"Ada": "both", "Bo": "right"}
    does(ledger, "Ada", "reject", A)
    (item,) = items(all_decisions(ledger._opened()))
    assert item.verdicts["Ada"].code == "none"


SECOND = [
    ("reject", {}, "none", False, "both say that it is none: nothing else is shown, and they agree"),
    ("accept", {}, "right", True, "the later one outranks: it stands there again"),
    ("speaker", {"speaker": "-"}, "speaker", True, "right but for the speaker"),
    ("kind", {"kind": "mixed"}, "kind", True, "right but for the kind"),
]


@pytest.mark.parametrize(("action", "change", "code", "is_shown", "reason"), SECOND, ids=[row[0] for row in SECOND])
def test_a_second_person_judges_what_the_first_one_rejected(
    ledger: Ledger, action: Any, change: dict[str, Any], code: str, is_shown: bool, reason: str
):
    rejected = now(ledger, A)
    first = ledger.decide("reject", [rejected], reviewer="Ada")
    with pytest.raises(UsageError, match="is not shown now"):
        ledger.decide("reject", [rejected], reviewer="Ada")
    with pytest.raises(UsageError, match="is not shown now"):
        ledger.decide("note", [rejected], reviewer="Bo", note="heard it")
    ledger.decide(action, [rejected[:8]], Change(**change), reviewer="Bo")
    (item,) = items(all_decisions(ledger._opened()))
    assert {name: verdict.code for name, verdict in item.verdicts.items()} == {"Ada": "none", "Bo": code}, reason
    assert (rejected in {s.id for s in ledger.reading("varn.txt").statements}) is is_shown, reason
    assert {row.state for row in ledger.decisions()} == {"stands"}
    ledger.undo(first.id, reviewer="Ada")
    assert (rejected in {s.id for s in ledger.reading("varn.txt").statements}) is is_shown, (
        "what the second one said stands"
    )
    assert ledger.check().faults == ()


def test_two_who_reject_agree(ledger: Ledger):
    rejected = now(ledger, A)
    for who in ("Ada", "Bo"):
        ledger.decide("reject", [rejected], reviewer=who)
        does(ledger, who, "accept", B)
    verdict = measure(compared(ledger).measures, "decisions", "verdict")
    assert (verdict.units, verdict.agreed, verdict.alpha) == (2, 1.0, 1.0)


def test_notes_and_labels_are_no_judgement(ledger: Ledger):
    does(ledger, "Ada", "accept", A)
    ledger.decide("note", [now(ledger, A)], reviewer="Bo", note="heard it")
    ledger.decide("label", [now(ledger, A)], Change(label="x"), reviewer="Bo")
    with pytest.raises(UsageError, match="nothing was judged by two"):
        compared(ledger)
    with pytest.raises(UsageError, match="nobody called 'Cy' judged anything here; these did: Ada, Bo"):
        compared(ledger, ("Ada", "Cy"))


def coded(ledger: Ledger, who: str, codes: list[str], missing: list[int]) -> None:
    page = read()
    rows = [
        Coding("statement", page.id, s.id, "m", "", 0, 6, 6, 1, code)
        for s, code in zip(page.statements, codes, strict=True)
        if code
    ]
    rows += [
        Coding("stretch", page.id, f"{n}-{n + 9}", "m", "", 1, 3, 3, 1, "", 0, number)
        for n, number in enumerate(missing)
    ]
    keep_sheet(ledger, "6+3", "", tuple(rows), reviewer=who)


def test_over_sheets(ledger: Ledger):
    coded(ledger, "Ada", ["right", "right", "content", "none", "right", "unsure"], [0, 2, 1])
    coded(ledger, "Bo", ["right", "content", "content", "none", "", "right"], [0, 1, 1])
    found = compared(ledger)
    code = measure(found.measures, "sheets", "code")
    assert (code.units, code.agreed) == (4, 0.75)
    assert code.alpha == pytest.approx(1 - 7 * 2 / (2 * (3 * 3 + 3 * 2 + 3 * 2)), abs=1e-4)
    right = measure(found.measures, "sheets", "right")
    assert (right.units, right.agreed) == (4, 0.75)
    missing = measure(found.measures, "sheets", "missing")
    assert missing.units == 3
    assert missing.method == "alpha, interval"
    assert [(row.measure, row.first, row.second) for row in found.differences] == [
        ("code", "right", "content"),
        ("missing", "2", "1"),
    ]
    assert found.differences[0].words in TEXT


def test_three_people(ledger: Ledger):
    for who, code in (("Ada", "right"), ("Bo", "right"), ("Cy", "none")):
        coded(ledger, who, [code] * 6, [0, 0, 0])
    found = compared(ledger)
    assert measure(found.measures, "sheets", "code").agreed == pytest.approx(1 / 3, abs=1e-4)
    assert measure(compared(ledger, ("Ada", "Bo")).measures, "sheets", "code").agreed == 1
    assert len(compared(ledger, ("Ada", "Cy")).differences) == 6


def test_pages_that_went_stay_in_the_count(ledger: Ledger):
    """A forgotten page's words are gone; what was coded of it still counts."""
    coded(ledger, "Ada", ["right"] * 6, [0, 0, 1])
    coded(ledger, "Bo", ["right"] * 5 + ["none"], [0, 0, 0])
    ledger.forget("varn.txt", "asked for", reviewer="Ada")
    found = compared(ledger)
    assert measure(found.measures, "sheets", "code").units == 6
    assert {row.words for row in found.differences} == {""}
