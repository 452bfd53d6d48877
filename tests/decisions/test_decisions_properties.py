"""What holds of every reading and all decisions about it."""

from __future__ import annotations

import itertools
from dataclasses import replace

from deciding import AT, as_set, circles, doubled, parts, taken, wrong
from factory import article
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from strategies import readings
from varn import NEWER, TEXT, read

from sayso.decisions import Change, Decision, active, applied, decision_json, decision_of, make
from sayso.decisions.records import undone_by, with_id
from sayso.records import Reading

few = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
plain = st.sampled_from([read(), article(3), article(4, statements=6), read(headline=("Varn: Rehn says no", ()))])


def json_again(decisions: list[Decision]) -> None:
    """A decision comes back from its JSON, and its id follows from it."""
    for d in decisions:
        if d.action != "undo":
            assert decision_of(decision_json(d), replace(d, statements=(), to=None, speakers=())) == d
        assert with_id(d, d.number) == d


def undone_again(reading: Reading, decisions: list[Decision]) -> None:
    """Undoing all that stands gives the very reading; what stands and what is undone are all there is."""
    undoings = [
        with_id(Decision("undo", reading.id, "Ida Maro", AT, undoes=d.id), len(decisions) + n)
        for n, d in enumerate(active(decisions), 1)
    ]
    every = [*decisions, *undoings]
    assert active(every) == ()
    assert applied(reading, active(every))[0] is reading
    taken_ids = {d.id for d in every if d.action != "undo"}
    assert taken_ids == taken_ids & set(undone_by(every))


def any_decisions_leave_any_reading_sound(data: st.DataObject, reading: Reading) -> None:
    assert applied(reading, ())[0] is reading
    assume(not wrong(reading))
    decisions = data.draw(taken(reading))
    after, said = applied(reading, active(decisions))
    assert wrong(after) == []
    assert [each.decision for each in said] == [d.id for d in active(decisions)]
    shown = {s.id for _, s in parts(after)}
    assert all(each.statement in shown | {""} for each in said)
    if not circles(reading):
        assert circles(after) == []
    json_again(decisions)
    undone_again(reading, decisions)


def decisions_leave_a_page_sound(data: st.DataObject, reading: Reading) -> None:
    decisions = data.draw(taken(reading, 8))
    after, said = applied(reading, active(decisions))
    assert wrong(after) == circles(after) == doubled(after) == []
    assert applied(reading, active(decisions)) == (after, said)
    ends = [span for _, span in after.voices]
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(ends))
    assert sum(b - a for a, b in ends) == sum(b - a for _, (a, b) in reading.voices)
    later, _ = applied(replace(reading, made_by=NEWER), active(decisions))
    assert replace(later, made_by=reading.made_by) == after
    json_again(decisions)


@few
@given(st.data(), readings())
def test_any_decisions_leave_any_reading_sound(data: st.DataObject, reading: Reading):
    any_decisions_leave_any_reading_sound(data, reading)


@few
@given(st.data(), plain)
def test_decisions_leave_a_page_sound(data: st.DataObject, reading: Reading):
    decisions_leave_a_page_sound(data, reading)


ABOUT = st.permutations(range(6)).map(lambda order: order[:4])


@few
@given(st.data(), ABOUT)
def test_the_order_of_decisions_about_different_statements_does_not_matter(data: st.DataObject, order: list[int]):
    reading = read()
    texts = reading.document.text
    made = []
    for n in order:
        s = reading.statements[n]
        action = data.draw(st.sampled_from(["accept", "reject", "speaker", "kind", "span", "note"]))
        start, end = s.content[0]
        change = {
            "speaker": Change(speaker=data.draw(st.sampled_from(["Nils Aho", "Ada Quill", "-"]))),
            "kind": Change(kind="mixed"),
            "span": Change(content=((start, texts.rindex(" ", start, end)),)),
        }.get(action, Change())
        wish = make(action, reading, [s.id], change, reviewer="Ida Maro", at=AT, note="n", observed=reading)
        made.append(with_id(wish, len(made) + 1))
    one = applied(reading, made)
    for other in (reversed(made), made[1:] + made[:1]):
        again = applied(reading, other)
        assert as_set(again[0]) == as_set(one[0])
        assert sorted(map(repr, again[1])) == sorted(map(repr, one[1]))


@few
@given(st.data(), st.integers(0, 5))
def test_a_decision_changes_only_what_it_is_about(data: st.DataObject, n: int):
    """Other statements, and all speakers who still speak, are as they were."""
    reading = read()
    s = reading.statements[n]
    action = data.draw(st.sampled_from(["accept", "reject", "kind", "note"]))
    d = with_id(make(action, reading, [s.id], Change(kind="mixed"), reviewer="Ida Maro", at=AT, note="n"), 1)
    after, _ = applied(reading, [d])
    others = {o.id: replace(o, within=None) for o in reading.statements if o.id != s.id}
    assert {o.id: replace(o, within=None) for o in after.statements if o.id != s.id} == others
    used = {x for o in after.statements for x in (o.speaker, *o.joint)}
    assert after.speakers == tuple(p for p in reading.speakers if p.id in used)
    assert after.document.text == TEXT
    if action != "reject":
        assert after.voices == reading.voices
        assert after.figures == reading.figures
