"""Decisions on the page: two statements of the same words, what was dropped, and who holds a figure."""

from __future__ import annotations

from dataclasses import replace

import pytest
from deciding import AT, wrong
from varn import ALL, NEWER, A, B, C, D, F, Said, fragments, read

from sayso.decisions import Change, Decision, applied, make
from sayso.decisions.records import with_id
from sayso.errors import UsageError
from sayso.records import Dropped, Reading, Span, Statement
from sayso.voices import holders

AS_IT_IS = Change()


def the(reading: Reading, said: Said) -> Statement:
    content = fragments(said, reading.document.text)
    return next(s for s in reading.statements if s.content == content)


def span_of(reading: Reading, words: str) -> Span:
    start = reading.document.text.index(words)
    return start, start + len(words)


def taken(reading: Reading, action: str, said: Said | None, change: Change = AS_IT_IS, number: int = 1) -> Decision:
    targets = [the(reading, said).id] if said else []
    wish = make(action, reading, targets, change, reviewer="Ida Maro", at=AT, note="n", observed=reading)  # type: ignore[arg-type]
    return with_id(wish, number)


ADDED = "It has been closed since March"


def as_other(reading: Reading, other: Said) -> Change:
    s = the(reading, other)
    return Change(content=s.content, source=s.source, cue=s.cue)


def test_the_words_of_another_statement_are_refused():
    reading = read()
    with pytest.raises(UsageError, match=the(reading, B).id):
        taken(reading, "span", A, as_other(reading, B))
    same = taken(reading, "span", A, as_other(reading, A))  # its own words are no other's
    assert applied(reading, [same])[1][0].state == "stands"


def test_a_statement_that_became_another_keeps_the_decisions_of_both():
    """The words were free when the decision was taken; a later reading has a statement there, and a note at it."""
    alone = read(said=tuple(s for s in ALL if s != D))
    later = read(said=ALL, made_by=NEWER)
    note = taken(later, "note", D, number=1)
    span = taken(alone, "span", C, as_other(later, D), number=2)
    after, said = applied(later, [note, span])
    assert [each.state for each in said] == ["stands", "stands"]
    one = the(after, D)
    assert set(one.decided) == {note.id, span.id}
    assert [each.statement for each in said] == [one.id, one.id]
    assert len(after.statements) == len(ALL) - 1
    assert wrong(after) == []


def test_an_inner_statement_that_became_the_outer_one_is_within_nothing():
    """The inner one given the words of the outer one is the outer one."""
    reading = read()
    outer = the(reading, next(s for s in ALL if s.content.startswith("that Lena")))
    without = read(said=tuple(s for s in ALL if not str(s.content).startswith("that Lena") or s == F))
    span = taken(without, "span", F.but(within=None), Change(content=outer.content, source=outer.source, cue=outer.cue))
    after, _ = applied(reading, [span])
    assert [s.within for s in after.statements if s.content == outer.content] == [None]


CODES = [("doubtful", False), ("no-cue", False), ("quotation", False), ("language-unsupported", True), ("limit", True)]


@pytest.mark.parametrize(("code", "listed"), CODES, ids=[code for code, _ in CODES])
def test_what_stands_by_decision_is_not_listed_as_dropped(code: str, listed: bool):
    plain = read()
    span = span_of(plain, ADDED + ".")
    elsewhere = Dropped(code, span_of(plain, "had asked the traders"), "part of another")
    reading = replace(plain, dropped=(Dropped(code, span, "not sure"), elsewhere))
    add = taken(reading, "add", None, Change(content=(span_of(plain, ADDED),), speaker="Olga Brandt"))
    after, _ = applied(reading, [add])
    assert ((code, span) in [(d.code, d.span) for d in after.dropped]) == listed
    assert elsewhere in after.dropped
    assert applied(reading, [taken(reading, "accept", A)])[0].dropped == reading.dropped
    gone = taken(after, "reject", Said(ADDED), number=2)
    again, _ = applied(reading, [add, gone])
    assert [d.code for d in again.dropped] == [code, code, "rejected"]  # no statement has the words: listed again


def test_an_accepted_statement_is_not_doubtful_too():
    plain = read()
    content = the(plain, B).content
    reading = replace(plain, dropped=(Dropped("doubtful", (content[0][0], content[-1][1]), "0.31"),))
    assert applied(reading, [taken(reading, "accept", B)])[0].dropped == ()
    assert applied(reading, [taken(reading, "accept", A)])[0].dropped == reading.dropped


def held(*contents: tuple[Span, ...], act: str = "say", speaker: str | None = "s") -> list[Statement]:
    return [Statement(f"{n}", "indirect", (), (), c, act, speaker=speaker) for n, c in enumerate(contents)]  # type: ignore[arg-type]


HOLDING = [
    ("the smaller one", held(((0, 50),), ((10, 40),)), "1"),
    ("the smaller one, told first", held(((10, 40),), ((0, 50),)), "0"),
    ("what is wanted vouches for nothing", held(((0, 50),), ((10, 40),), act="want"), None),
    ("nor does what nothing gives to anybody", held(((0, 50),), ((10, 40),), speaker=None), None),
    ("of one size, the one that begins last", held(((5, 25),), ((10, 30),)), "1"),
    ("of one place, by the id", held(((10, 30), (40, 50)), ((10, 30), (60, 70))), "0"),
    ("all fragments count as its size", held(((10, 30), (40, 90)), ((0, 50),)), "1"),
    ("outside all", held(((0, 12),), ((22, 40),)), None),
]


@pytest.mark.parametrize(("statements", "want"), [row[1:] for row in HOLDING], ids=[row[0] for row in HOLDING])
def test_who_holds_a_place(statements: list[Statement], want: str | None):
    assert holders([(15, 20)], statements) == [want]
    assert holders([(15, 20)], statements[::-1]) == [want]
