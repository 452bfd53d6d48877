"""What is put right through the room: words, kinds, what was missed, who is one with whom; a decision for each, taken back at will."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from web_paths import data, notes
from web_visitor import HERE, Visitor

from sayso.errors import UsageError
from sayso.ledger import DecisionFilter, Ledger
from sayso.web.wishes import Fields, Words, wish_of

BREACH = "tern-0311-breach.txt"


class Review:
    """A visitor of a ledger of its own, at one page."""

    def __init__(self, visitor: Visitor, path: Path) -> None:
        self.visitor, self.path = visitor, path
        self.document = next(row["id"] for row in data(visitor, "/pile")["documents"] if row["name"] == BREACH)

    def notes(self) -> list[dict]:
        return notes(self.visitor, self.document)

    def take(self, path: str = "/decide", **fields: str) -> str:
        """Decide; the id of the decision."""
        answer = self.visitor.post(path, back=f"/page/{self.document}", **fields)
        assert answer.status == 303, answer.text
        self.back = answer.headers["location"]
        return parse_qs(urlsplit(self.back).query)["done"][0]

    def refused(self, path: str = "/decide", **fields: str) -> str:
        answer = self.visitor.post(path, **fields)
        assert answer.status == 400, (answer.status, answer.text)
        return answer.text

    def states(self) -> dict[str, str]:
        with Ledger(self.path) as ledger:
            return {row.id: row.state for row in ledger.decisions(DecisionFilter()) if row.action != "undo"}

    def text(self) -> str:
        with Ledger(self.path) as ledger:
            return ledger.reading(self.document).document.text


@pytest.fixture
def review(opened: Callable[[Path], Visitor], own_ledger: Path) -> Review:
    return Review(opened(own_ledger), own_ledger)


def the(review: Review, words: str) -> dict:
    """The note that begins so."""
    return next(note for note in review.notes() if note["words"].startswith(words))


def test_words_by_their_place(review: Review):
    note = the(review, "as a spring tide")
    (start, end), text = note["content_at"][0], review.text()
    longer = text.index("The gates failed"), end
    review.take(
        action="edit", statement=note["id"], content=text[longer[0] : end], content_at=f"{longer[0]}-{end}"
    )  # fmt: skip
    now = the(review, "The gates failed")
    assert now["content_at"] == [list(longer)]
    assert now["speaker"] == note["speaker"]
    assert f"#n-{now['id']}" not in review.back  # the way back named no statement
    assert start != longer[0]


def test_words_as_written(review: Review):
    """Without places, with other white space: the page is searched, near the statement."""
    note = the(review, "as a spring tide")
    done = review.take(
        action="edit",
        statement=note["id"],
        content="failed  at 3.40\na.m. as a spring tide",
        source="Major Casimir Thane",
    )
    now = the(review, "failed at 3.40")
    assert now["source"] == "Major Casimir Thane"
    assert now["decided"] == [done]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"content": "words that are nowhere"}, "do not stand on the page"),
        ({"content": ""}, "needs words"),
        ({"content": "x", "content_at": "9-"}, "no place of words"),
        ({"content": "x", "content_at": "-3-9"}, "no place of words"),
        ({"content": "x", "content_at": "1-2 " * 70}, "at most 64 fragments"),
        ({"statement_kind": "loud"}, "statement_kind is one of"),
        ({"act": "dream"}, "act is one of"),
        ({"part": "footer"}, "part is one of"),
        ({"content": "x" * 20_001}, "20,000 are the most"),
        ({}, "nothing was changed"),
    ],
)
def test_what_cannot_be(review: Review, fields: dict[str, str], said: str):
    statement = review.notes()[0]["id"]
    assert said in review.refused(action="edit", statement=statement, **fields)
    assert review.states() == {}


def test_one_form_is_a_decision_for_each_thing_and_one_undo(review: Review):
    before = review.notes()
    note = the(review, "as a spring tide")
    done = review.take(
        action="edit", statement=note["id"], content="a spring tide ran up the estuary", statement_kind="mixed", act="think",
        name="Nela Vorst", kind="person", note="by the tape",
    )  # fmt: skip
    with Ledger(review.path) as ledger:
        rows = list(ledger.decisions(DecisionFilter()))
    assert [(row.action, row.said) for row in rows] == [
        ("span", "a spring tide ran up the estuary"), ("kind", "mixed, think"), ("speaker", "Nela Vorst"),
    ]  # fmt: skip
    assert {row.note for row in rows} == {"by the tape"}
    told = review.visitor.ask(f"/page/{review.document}?done={done}").text
    assert "3 decisions at once" in told
    held = data(review.visitor, f"/page/{review.document}?all=1")
    now = next(n for part in held["parts"] for n in part["notes"] if n["words"].startswith("a spring tide"))
    assert (now["kind"], now["act"], now["speaker"]) == ("mixed", "think", "Nela Vorst")
    review.take(action="undo-all", decision=done)
    assert review.notes() == before
    assert set(review.states().values()) == {"undone"}


def test_the_kind_alone_leaves_the_act_as_it_is_read(review: Review):
    note = review.notes()[0]
    review.take(action="kind", statement=note["id"], statement_kind="mixed")
    with Ledger(review.path, write=True) as ledger:
        reading = next(ledger.readings(review.document))
        thought = tuple(replace(s, act="think") if s.id == note["id"] else s for s in reading.statements)
        made = replace(reading.made_by, model="ab" * 32)
        assert ledger.add(replace(reading, statements=thought, made_by=made)) == "reread"
        now = next(s for s in ledger.reading(review.document).statements if s.id == note["id"])
    assert (now.kind, now.act) == ("mixed", "think")


def test_a_missed_statement(review: Review):
    text = review.text()
    start = text.index("The River Guard declined")
    words = text[start : start + 24]
    done = review.take(
        action="add",
        document=review.document,
        content=words,
        content_at=f"{start}-{start + 24}",
        speaker="River Guard",
        act="say",
    )
    now = the(review, "The River Guard declined")
    assert (now["speaker"], now["kind"], now["decided"]) == ("River Guard", "indirect", [done])
    assert f"#n-{now['id']}" in review.back
    assert "several" not in review.refused(action="add", document=review.document, content="")
    assert "give more of" in review.refused(action="add", document=review.document, content="the")


def test_speakers_of_one_page_are_merged_and_parted(review: Review):
    before = {note["id"]: note["speaker"] for note in review.notes()}
    by = {note["speaker"]: note["speaker_id"] for note in review.notes()}
    one, other = (f"{review.document} {by[name]}" for name in ("River Guard", "Casimir Thane"))
    done = review.take(action="same-person", one=one, other=other)
    assert "Casimir Thane" not in {note["speaker"] for note in review.notes()}
    answer = review.visitor.ask(f"/speaker/{by['River Guard']}?done={done}")
    assert (answer.status, "Merged" in answer.text) == (200, True)
    review.take(action="undo", decision=done)
    assert {note["id"]: note["speaker"] for note in review.notes()} == before
    mine = [note for note in review.notes() if note["speaker"] == "Casimir Thane"]
    chosen = f"{mine[0]['speaker_id']} {mine[0]['id']}"
    parted = review.take("/decide-all", action="split", statement=chosen, name="Odo Quill", kind="person")
    held = {note["id"]: note["speaker"] for note in review.notes()}
    assert held[mine[0]["id"]] == "Odo Quill"
    assert held[mine[1]["id"]] == "Casimir Thane"
    assert review.visitor.ask(f"/speaker/{mine[1]['speaker_id']}").status in (200, 404)
    review.take(action="undo-all", decision=parted)
    assert {note["id"]: note["speaker"] for note in review.notes()} == before


def test_people_of_two_pages(review: Review):
    """Taken for one and apart again, with the undo of each; who is looked for by name."""
    every = data(review.visitor, "/speakers")["speakers"]
    one = next(row for row in every if row["name"] == "Growers' League")
    page = data(review.visitor, f"/speaker/{one['id']}?with=grower")
    other = next(each for each in page["likely"] if each["line"]["name"] == "growers")
    me = f"{page['members'][0]['document_id']} {page['members'][0]['speaker']}"
    done = review.take(action="same-person", pairs=other["pairs"])
    assert len(review.states()) == len(other["pairs"].split(","))
    held = data(review.visitor, f"/speaker/{one['id']}")
    assert held["statements"] == page["statements"] + other["line"]["statements"]
    review.take(action="undo-all", decision=done)
    held = data(review.visitor, f"/speaker/{one['id']}")
    assert held["members"] == page["members"]
    away = held["members"][1]
    review.take(action="other-person", one=me, other=f"{away['document_id']} {away['speaker']}")
    assert away["speaker"] not in {m["speaker"] for m in data(review.visitor, f"/speaker/{me.split()[1]}")["members"]}


def test_decisions_that_lost_their_place_are_listed(review: Review):
    note = review.notes()[0]
    done = review.take(action="accept", statement=note["id"])
    assert data(review.visitor, f"/page/{review.document}")["lost"] == 0
    with Ledger(review.path, write=True) as ledger:
        reading = next(ledger.readings(review.document))
        text = reading.document.text.replace(note["words"][:40], "Nothing of the kind was ever written here")
        cut = replace(
            reading,
            id="",
            statements=(),
            speakers=(),
            figures=(),
            findings=(),
            voices=(),
            dropped=(),
            dates=(),
            headline=None,
        )
        again = _as_read(cut, text)
        assert ledger.add(again) == "version"
    listed = data(review.visitor, "/decisions?state=lost")
    assert [line["row"]["id"] for line in listed["decisions"]] == [done]
    assert listed["lost"] == 1
    assert listed["decisions"][0]["row"]["words"] == note["words"]
    where = listed["decisions"][0]["row"]["document_id"]
    assert where == again.id
    told = review.visitor.ask(f"/page/{where}").text
    assert "lost its place" in told
    assert [line["row"]["state"] for line in data(review.visitor, f"/decisions?document={where}")["decisions"]] == [
        "lost"
    ]
    assert review.visitor.ask("/decisions").text.count("tag lost") == 1


def _as_read(reading, text: str):
    from sayso import identity

    document = replace(reading.document, text=text, blocks=())
    return replace(
        reading,
        id=identity.document_id(document),
        text_id=identity.text_id(text),
        document=document,
        voices=(("own", (0, len(text))),),
    )


def test_who_decides_is_asked_for_once(own_ledger: Path):
    from web_visitor import FORM, HOME

    from sayso.web.desk import Desks
    from sayso.web.guard import Place
    from sayso.web.keys import Keys
    from sayso.web.room import Room

    room = Room(own_ledger, Place(7297), Keys(), Desks(own_ledger, 1), "", "login")
    visitor = Visitor(room)
    try:
        statement = notes(visitor, data(visitor, "/pile")["documents"][0]["id"])[0]["id"]
        fields = {"action": "accept", "statement": statement, "back": "/queue", "note": "<b>"}
        asked = visitor.post("/decide", **fields)
        assert asked.status == 400
        assert "Who decides?" in asked.text
        assert 'value="login"' in asked.text
        assert all(f'name="{name}"' in asked.text for name in fields)
        assert "&lt;b&gt;" in asked.text
        taken = visitor.post("/decide", **fields, reviewer="Odo Quill")
        assert taken.status == 303
        kept = taken.headers["set-cookie"]
        assert "HttpOnly" in kept
        assert "Odo%20Quill" in kept
        headers = {"host": HERE, "cookie": f"{visitor.cookie}; {kept.split(';')[0]}", "origin": HOME, **FORM}
        again = visitor.ask("/decide", "POST", headers, f"action=reject&statement={statement}".encode())
        assert again.status == 303
        with Ledger(own_ledger) as ledger:
            assert [row.reviewer for row in ledger.decisions()] == ["Odo Quill"] * 2
        as_json = {**headers, "cookie": visitor.cookie, "accept": "application/json"}
        assert visitor.ask("/decide", "POST", as_json, b"action=accept").json["error"]["status"] == 400
    finally:
        room.desks.close()


NAMES = ("action", "content_at", "statement", "name", "back", "kind", "one", "pairs", "content")


@given(
    st.dictionaries(st.sampled_from(NAMES), st.text(max_size=40) | st.sampled_from(["1-2 3-9", "a b c d", "//x", "/a"]))
)
def test_any_form_is_a_wish_or_refused(given: dict[str, str]):
    try:
        wish = wish_of(Fields(tuple(given.items())))
    except UsageError:
        return
    assert wish.back.startswith("/")
    assert not wish.back.startswith("//")
    assert all(start >= 0 and isinstance(words, Words) for words in wish.words.values() for start, _ in words.spans)
