"""Decisions about many statements at once: what is shown is what is confirmed, a row for each, one undo for all of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from web_paths import data, documents, followed, notes
from web_visitor import Visitor

from sayso.errors import UsageError
from sayso.ledger import DecisionFilter, Ledger
from sayso.ledger.lots import decide_lot, is_lot_time, lot_of, undo_lot
from sayso.web.choosing import Choice, choice_of

CHOICES = (
    {}, {"told": "direct"}, {"outlet": "Undertow"}, {"speaker": "Anselm Rook"}, {"least": "0.9"}, {"most": "0.5"},
    {"told": "indirect", "outlet": "The Civic Banner", "least": "0.6"}, {"outlet": "no such outlet"},
)  # fmt: skip


@pytest.fixture
def visitor(opened: Callable[[Path], Visitor], own_ledger: Path) -> Visitor:
    return opened(own_ledger)


def done(visitor: Visitor, path: str, **fields: str) -> str:
    answer = visitor.post(path, **fields)
    assert answer.status == 303, answer.text
    return parse_qs(urlsplit(answer.headers["location"]).query)["done"][0]


def rows(path: Path) -> list:
    with Ledger(path) as ledger:
        return list(ledger.decisions(DecisionFilter()))


@pytest.mark.parametrize("values", CHOICES)
def test_the_queue_holds_what_is_chosen_and_no_more(demo: Visitor, values: dict[str, str]):
    every = {line["row"]["id"]: line["row"] for line in followed(demo, "/queue", "statements")}
    found = followed(demo, f"/queue?{urlencode(values)}", "statements")
    wanted = {
        row["id"] for row in every.values()
        if values.get("told", row["kind"]) == row["kind"] and values.get("outlet", row["outlet"]) == row["outlet"]
        and values.get("speaker", row["speaker"]) == row["speaker"]
        and float(values.get("least", 0)) <= row["confidence"] <= float(values.get("most", 1))
    }  # fmt: skip
    assert {line["row"]["id"] for line in found} == wanted
    page = data(demo, f"/queue/all?{urlencode(values)}")
    assert (page["left"], page["count"]) == (len(wanted), len(wanted))


@pytest.mark.parametrize(
    "values", [{"told": "loud"}, {"least": "2"}, {"least": "nan"}, {"most": "-0.1"}, {"least": "x"}, {"most": "inf"}]
)
def test_a_choice_that_is_none(demo: Visitor, values: dict[str, str]):
    with pytest.raises(UsageError):
        choice_of(values)
    assert demo.ask(f"/queue?{urlencode(values)}").status == 400


def test_a_choice_and_its_address():
    for values in CHOICES:
        assert choice_of(choice_of(values).values()) == choice_of(values)
    assert choice_of({}) == Choice()
    assert Choice().values() == {}


def test_all_that_are_chosen(visitor: Visitor, own_ledger: Path):
    values = {"outlet": "Undertow", "told": "direct"}
    page = data(visitor, f"/queue/all?{urlencode(values)}")
    assert page["count"] > 3
    last = done(visitor, "/decide-all", action="accept-all", seen=page["seal"], note="read aloud", **values)
    taken = rows(own_ledger)
    assert len(taken) == page["count"]
    assert {(row.action, row.state, row.note, row.reviewer) for row in taken} == {
        ("accept", "stands", "read aloud", "Ada Fenn")
    }
    assert len({row.at for row in taken}) == 1
    assert {row.words for row in taken} == {row["content"] for row in page["statements"]}
    assert data(visitor, f"/queue?{urlencode(values)}")["left"] == 0
    told = visitor.ask(f"/queue?done={last}").text
    assert f"{page['count']} decisions at once" in told
    assert "undo-all" in told
    again = visitor.post("/decide-all", action="accept-all", seen=page["seal"], **values)
    assert again.status == 400  # what was shown is not there any more
    taken_back = done(visitor, "/decide", action="undo-all", decision=taken[0].id)
    assert {row.state for row in rows(own_ledger) if row.action == "accept"} == {"undone"}
    assert data(visitor, f"/queue?{urlencode(values)}")["left"] == page["count"]
    done(visitor, "/decide", action="undo-all", decision=taken_back)
    assert {row.state for row in rows(own_ledger) if row.action == "accept"} == {"stands"}
    line = data(visitor, "/decisions")["decisions"][0]
    assert line["lot"] == page["count"]


def test_others_with_the_same_words(visitor: Visitor, own_ledger: Path):
    """A statement that the agency's customers print too: rejected once, then on the pages that were ticked."""
    breach = next(row["id"] for row in data(visitor, "/pile")["documents"] if row["name"] == "tern-0311-breach.txt")
    note = next(n for n in notes(visitor, breach) if n["words"].startswith("Water more than two metres"))
    one = done(visitor, "/decide", action="reject", statement=note["id"])
    told = visitor.ask(f"/page/{breach}?done={one}").text
    assert f"/alike/{one}" in told
    page = data(visitor, f"/alike/{one}?by=words")
    ids = [row["id"] for row in page["statements"]]
    assert len(ids) >= 2
    assert note["id"] not in ids
    assert all(" ".join(row["content"].split()) == " ".join(note["words"].split()) for row in page["statements"])
    visitor.post("/decide", action="accept", statement=ids[-1])
    after = data(visitor, f"/alike/{one}")
    assert ([row["id"] for row in after["statements"]], after["decided"]) == (ids[:-1], 1)
    answer = visitor.ask(
        "/decide-all", "POST", {**_headers(visitor), "accept": "application/json"},
        urlencode([("action", "alike"), ("decision", one), *(("statement", each) for each in ids[:-1])]).encode(),
    )  # fmt: skip
    assert len(answer.json["decisions"]) == len(ids) - 1
    states = [(row.action, row.state) for row in rows(own_ledger)]
    assert states == [("reject", "stands"), ("accept", "stands")] + [("reject", "stands")] * (len(ids) - 1)
    assert visitor.ask(f"/statement/{ids[0]}").status == 404
    done(visitor, "/decide", action="undo-all", decision=answer.json["decisions"][0])
    assert visitor.ask(f"/statement/{ids[0]}").status == 200
    assert next(row.state for row in rows(own_ledger) if row.action == "reject") == "stands"


def _headers(visitor: Visitor) -> dict[str, str]:
    from web_visitor import FORM, HERE, HOME

    return {"host": HERE, "cookie": visitor.cookie, "origin": HOME, **FORM}


def test_others_so_named(visitor: Visitor, own_ledger: Path):
    """“Anselm Rook” is set to somebody else in one place; the others so named are offered, and the pronouns are not."""
    held = [(i, n) for i in documents(visitor) for n in notes(visitor, i)]
    document, note = next((i, n) for i, n in held if n["source"] == "Kjellbeck" and n["speaker"] == "Jorrin Kjellbeck")
    one = done(visitor, "/decide", action="speaker", statement=note["id"], name="Jorrin Kjellbeck the Younger")
    page = data(visitor, f"/alike/{one}?by=source")
    wanted = {n["id"] for _, n in held if n["source"].casefold() == "kjellbeck" and n["speaker"] == "Jorrin Kjellbeck"}
    assert {row["id"] for row in page["statements"]} == wanted - {note["id"]}
    assert page["statements"]
    ids = [row["id"] for row in page["statements"]]
    answer = visitor.ask(
        "/decide-all", "POST", _headers(visitor),
        urlencode([("action", "alike"), ("decision", one), *(("statement", each) for each in ids)]).encode(),
    )  # fmt: skip
    assert answer.status == 303
    named = {n["id"]: n["speaker"] for i in documents(visitor) for n in notes(visitor, i)}
    assert {named[each] for each in ids} == {"Jorrin Kjellbeck the Younger"}
    pronoun = next(n for _, n in held if n["source"] == "he")
    other = done(visitor, "/decide", action="speaker", statement=pronoun["id"], name="Odo Quill")
    assert dict(data(visitor, f"/alike/{other}")["ways"]).get("source") is None
    assert document


def test_what_cannot_be_taken_again(visitor: Visitor, own_ledger: Path):
    note = notes(visitor, documents(visitor)[0])[0]
    one = done(visitor, "/decide", action="note", statement=note["id"], note="ask")
    assert data(visitor, f"/alike/{one}")["statements"] == []
    for fields in (
        {"action": "alike", "decision": one, "statement": note["id"]},
        {"action": "alike", "decision": "0" * 32, "statement": note["id"]},
        {"action": "alike", "decision": one},
        {"action": "accept-all", "seen": ""},
        {"action": "split", "name": "x"},
        {"action": "split", "statement": "a b"},
        {"action": "accept"},
    ):
        assert visitor.post("/decide-all", **fields).status == 400, fields
    assert visitor.post("/decide", action="undo-all", decision="0" * 32).status == 400
    assert visitor.ask("/alike/none").status == 404
    assert len(rows(own_ledger)) == 1


def test_all_or_none(own_ledger: Path):
    """One target that cannot be decided about, and nothing is."""
    with Ledger(own_ledger, write=True) as ledger:
        some = [row.id for _, row in zip(range(5), ledger.statements(), strict=False)]
        with pytest.raises(UsageError, match="no statement has the id"):
            decide_lot(ledger, "accept", [(each,) for each in (*some, "f" * 32)], reviewer="Ada Fenn")
        with pytest.raises(UsageError, match=f"because of {some[0][:12]}"):
            decide_lot(ledger, "note", [(each,) for each in some], reviewer="Ada Fenn")
        assert list(ledger.decisions()) == []
        lot = decide_lot(ledger, "accept", [(each,) for each in (*some, some[0])], reviewer="Ada Fenn")
        assert len(lot) == 5
        single = ledger.decide("note", [some[0]], reviewer="Ada Fenn", note="x")
        assert is_lot_time(lot[0].at)
        assert not is_lot_time(single.at)
        assert lot_of(ledger, lot[2]) == {each.id: "stands" for each in lot}
        assert lot_of(ledger, single) == {single.id: "stands"}
        taken_back = ledger.undo(lot[1].id, reviewer="Ada Fenn")
        assert list(lot_of(ledger, lot[0]).values()).count("undone") == 1
        assert lot_of(ledger, taken_back) == {taken_back.id: ""}
        assert len(undo_lot(ledger, [each.id for each in lot], reviewer="Odo Quill")) == 4
        with pytest.raises(UsageError, match="undone already"):
            undo_lot(ledger, [each.id for each in lot], reviewer="Odo Quill")
        assert not ledger.check().faults


def test_a_lot_is_what_its_decisions_are_alone(own_ledger: Path, tmp_path: Path):
    """The same pages as after as many single decisions."""
    import shutil

    other = Path(shutil.copy(own_ledger, tmp_path / "other.db"))
    with Ledger(own_ledger, write=True) as one, Ledger(other, write=True) as two:
        some = [row.id for _, row in zip(range(25), one.statements(), strict=False)]
        decide_lot(one, "reject", [(each,) for each in some], reviewer="Ada Fenn")
        for each in some:
            two.decide("reject", [each], reviewer="Ada Fenn")
        left = [[(row.id, row.content, row.speaker) for row in ledger.statements()] for ledger in (one, two)]
    assert left[0] == left[1]
