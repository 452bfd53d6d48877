"""The stance of a statement by the words of its cue: rows of cues, and what the table of stances must keep to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import SaysoError
from sayso.records import Act
from sayso.statements.stance import STANCES, stance_of
from sayso.tables import load

CASES = Path(__file__).parents[1] / "cases" / "stances.jsonl"

# reason; cue; content; act; stance
ROWS = (
    ("a plain verb", "said", "that it rained", "say", "neutral"),
    ("no cue at all", "", "“It rained.”", "say", "neutral"),
    ("a colon", ":", "“It rained.”", "say", "neutral"),
    ("an adverb between", "has flatly denied", "that it rained", "say", "deny"),
    ("a negation far before", "did not at first confirm", "that it rained", "say", "neutral"),
    ("no negation", "not only praised", "the rain", "say", "praise"),
    ("contracted, with a typographic apostrophe", "didn’t deny", "that it rained", "say", "neutral"),
    ("never doubted", "never doubted", "that it rained", "think", "affirm"),
    ("no longer believes", "no longer believes", "that it rained", "think", "doubt"),
    ("cannot believe", "cannot believe", "that it rained", "think", "doubt"),
    ("refused, the verb in the content", "refused", "to accept that it rained", "want", "deny"),
    ("refused to, the verb in the content", "refused to", "confirm that it rained", "want", "neutral"),
    ("did not refuse to accept", "did not refuse to accept", "that it rained", "want", "affirm"),
    ("stopped short of blaming", "stopped short of blaming", "the rain", "say", "neutral"),
    ("declined to rule out", "declined to rule out", "rain", "say", "neutral"),
    ("the first word governs", "denied accusing", "the rain", "say", "deny"),
    ("thought to, then denied", "was thought to have denied", "the rain", "say", "deny"),
    ("quoted as denying", "was quoted as denying", "that it rained", "say", "deny"),
    ("its particle in the content", "called", "for rain", "say", "demand"),
    ("called somebody something", "called", "the rain a gift", "say", "neutral"),
    ("called on", "called on", "the clouds to open", "say", "demand"),
    ("called out", "called out", "the clouds", "say", "blame"),
    ("called into question", "called into question", "the rain", "say", "doubt"),
    ("asked somebody to", "asked", "the council to wait", "say", "demand"),
    ("asked somebody not to", "asked", "not to wait", "say", "demand"),
    ("asked a question with to in it", "asked", "“Who has to wait?”", "say", "ask"),
    ("asked who is to", "asked", "who is to wait", "say", "ask"),
    ("asked whether", "asked whether", "they were to wait", "say", "ask"),
    ("asked that", "asked", "that they wait", "say", "demand"),
    ("told somebody to", "told", "the crowd to wait", "say", "demand"),
    ("ask for, somebody between", "asked the council for", "rain", "say", "demand"),
    ("told, with a quotation that has a to in it", "told", "“Nobody wants to wait,”", "say", "neutral"),
    ("told a fact about them", "told", "they had no wish to wait", "say", "neutral"),
    ("less certain", "are less certain of", "the rain", "think", "doubt"),
    ("left little doubt", "left little doubt", "that it rained", "say", "affirm"),
    ("faced questions", "faced questions about", "the rain", "say", "neutral"),
    ("raised questions", "raised questions about", "the rain", "say", "doubt"),
    ("told to", "told", "to wait", "say", "demand"),
    ("told that somebody had to", "told", "that they had to wait", "say", "neutral"),
    ("told without that", "told", "the road was going to stay shut", "say", "neutral"),
    ("insisted on", "insisted on", "rain", "say", "demand"),
    ("insisted", "still insists", "it rained", "say", "affirm"),
    ("is not sure", "is not sure", "that it rained", "think", "doubt"),
    ("is sure", "are sure", "that it rained", "think", "affirm"),
    ("ruled on is not ruled out", "ruled", "that it rained", "say", "neutral"),
    ("was critical of", "was sharply critical of", "the rain", "say", "blame"),
    ("a plan to welcome", "plans to welcome", "the rain", "want", "neutral"),
    ("capitals", "WARNS", "of rain", "say", "warn"),
)


@pytest.mark.parametrize(("cue", "content", "act", "stance"), [pytest.param(*v, id=i) for i, *v in ROWS])
def test_stance_of(cue: str, content: str, act: Act, stance: str):
    assert stance_of(cue, content, act) == stance


def test_the_table_has_forms_of_every_stance():
    forms = [(group["stance"], form) for group in load("stances")["groups"] for form in group["forms"]]
    assert len(forms) >= 300
    assert {stance for stance, _ in forms} == set(STANCES)
    assert len({form for _, form in forms}) == len(forms), "a form stands in two groups"
    wrong = [form for _, form in forms if form != " ".join(form.lower().split())]
    assert not wrong


def test_every_form_alone_has_its_stance():
    for group in load("stances")["groups"]:
        got = {form: stance_of(form, "the rain") for form in group["forms"]}
        assert got == dict.fromkeys(group["forms"], group["stance"])


def test_an_act_that_is_none_is_refused():
    with pytest.raises(SaysoError, match="no act"):
        stance_of("said", "", "sing")  # type: ignore[arg-type]


@given(st.text(max_size=80), st.text(max_size=80), st.sampled_from(get_args(Act)))
def test_any_cue_has_a_stance(cue: str, content: str, act: Act):
    assert stance_of(cue, content, act) in STANCES


def test_cases_are_rows():
    rows = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    assert len(rows) >= 80
    assert len({row["id"] for row in rows}) == len(rows)
    for row in rows:
        assert row["reason"]
        assert all(s["content"] in row["text"] and s["stance"] in STANCES for s in row["stances"]), row["id"]
