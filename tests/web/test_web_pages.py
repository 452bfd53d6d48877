"""Every page answers; its JSON is the page's own value; tables are whole; decisions are taken, shown and taken back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from time import sleep
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from web_paths import TABLES, data, documents, every_path, followed, notes
from web_visitor import PORT, Seen, Visitor

from sayso.ledger import DecisionFilter, DocumentFilter, FigureFilter, FindingFilter, Ledger, StatementFilter
from sayso.records import SpeakerKind
from sayso.web.answers import data_json
from sayso.web.asked import Asked, packed, paged, unpacked
from sayso.web.desk import Desk, Desks
from sayso.web.guard import Place
from sayso.web.keys import Keys
from sayso.web.layers import cut
from sayso.web.pages import KINDS
from sayso.web.room import Room
from sayso.web.wishes import SPEAKER_KINDS


@pytest.fixture(scope="module")
def paths(demo: Visitor) -> list[str]:
    return every_path(demo)


def test_every_page_answers_on_the_demo(demo: Visitor, paths: list[str]):
    assert len(paths) > 100
    for path in paths:
        answer = demo.ask(path)
        assert answer.status == 200, (path, answer.text[-500:])
        seen = Seen(answer.text)
        named = [attributes.get("href", "") for tag, attributes in seen.elements if tag == "a"]
        assert "/pile" in named, path
        ids = [attributes["id"] for _, attributes in seen.elements if "id" in attributes]
        assert len(ids) == len(set(ids)), (path, [i for i in ids if ids.count(i) > 1])


def test_every_link_of_the_demo_leads_somewhere(demo: Visitor, paths: list[str]):
    found: dict[str, str] = {}
    for path in paths[:30]:
        for tag, attributes in Seen(demo.ask(path).text).elements:
            href = attributes.get("href", "")
            if tag == "a" and href.startswith("/"):
                found.setdefault(href.partition("#")[0], path)
    assert len(found) > 150
    broken = {href: path for href, path in found.items() if href and demo.ask(href).status != 200}
    assert not broken


def test_json_is_the_page(demo: Visitor, paths: list[str]):
    kinds = {kind.name: kind for kind in KINDS}
    met = set()
    for path in paths:
        head, _, query = path.partition("?")
        answer = demo.ask(f"{head}.json" + (f"?{query}" if query else "")).json
        assert set(answer) == {"page", "address", "behind", "data"}
        assert answer["address"].partition("?")[0] == head
        kind = kinds[answer["page"]]
        values = dict(part.split("=") for part in query.split("&") if part)
        parts = {"id": head.rsplit("/", 1)[1]} if "{id}" in kind.path else {}

        def built(desk: Desk, kind=kind, asked=Asked(head, values, parts)):  # noqa: B008
            return kind.build(desk, asked)

        page = demo.room.desks.ask(built).result()
        assert answer["data"] == json.loads(json.dumps(data_json(page))), path
        met.add(kind.name)
    assert met == set(kinds) - {"alike"}  # every kind of page; that one wants a decision: test_web_many


@pytest.mark.parametrize("order", ["", "newest", "oldest", "name", "statements", "findings"])
def test_the_pile_is_whole_in_every_order(hostile: Visitor, hostile_ledger: Path, order: str):
    with Ledger(hostile_ledger) as ledger:
        every = sorted(row.id for row in ledger.documents(DocumentFilter()))
    found = [row["id"] for row in followed(hostile, f"/pile?order={order}", "documents")]
    assert len(every) > 100
    assert sorted(found) == every


def test_every_table_is_whole(hostile: Visitor, hostile_ledger: Path):
    with Ledger(hostile_ledger) as ledger:
        said = sorted(row.id for row in ledger.statements(StatementFilter()))
        figures = sorted(row.id for row in ledger.figures(FigureFilter()))
        findings = len(list(ledger.findings(FindingFilter())))
    assert sorted(line["row"]["id"] for line in followed(hostile, "/queue", "statements")) == said
    assert sorted(row["id"] for row in followed(hostile, "/figures", "figures")) == figures
    assert len(followed(hostile, "/findings", "findings")) == findings
    speakers = followed(hostile, "/speakers", "speakers")
    assert len({row["id"] for row in speakers}) == len(speakers) > 50
    matches = followed(hostile, "/matches", "matches")
    assert len({(row["a"]["id"], row["b"]["id"]) for row in matches}) == len(matches)


def test_queue_goes_from_the_least_sure(demo: Visitor):
    sure = [line["row"]["confidence"] for line in followed(demo, "/queue", "statements")]
    assert sure == sorted(sure)
    assert len(sure) > 300


@given(st.sets(st.tuples(st.integers(), st.text(max_size=3)), max_size=40), st.integers(1, 7), st.booleans())
def test_cursors_give_each_row_once(rows: set[tuple[int, str]], size: int, back: bool):
    ordered = sorted(rows, reverse=back)
    found: list[tuple[int, str]] = []
    asked = Asked("/x")
    while True:
        some, cursor = paged(ordered, lambda row: row, asked, back=back, size=size)
        found += some
        if not cursor:
            break
        asked = Asked("/x", {"after": cursor})
    assert found == ordered


@given(
    st.lists(
        st.one_of(st.text(max_size=5), st.integers(), st.floats(allow_nan=False, allow_infinity=False)), max_size=4
    )
)
def test_a_cursor_comes_back_as_it_was(key: list[str | int | float]):
    assert unpacked(packed(key)) == tuple(key)


@given(
    st.text(max_size=30),
    st.lists(st.tuples(st.integers(0, 5), st.tuples(st.integers(-3, 33), st.integers(-3, 33))), max_size=8),
)
def test_pieces_are_the_text(text: str, layers: list[tuple[int, tuple[int, int]]]):
    found = list(cut(0, len(text), layers))
    assert "".join(text[a:b] for (a, b), _ in found) == text
    for (a, b), live in found:
        assert [name for name, (x, y) in layers if x <= a < b <= y] == list(live)


def test_the_article_stands_as_it_is(demo: Visitor, demo_ledger: Path):
    with Ledger(demo_ledger) as ledger:
        for identity in documents(demo):
            text = ledger.reading(identity).document.text
            parts = data(demo, f"/page/{identity}")["parts"]
            for part in parts:
                assert "".join(piece["text"] for piece in part["pieces"]) == text[slice(*part["span"])]
            shown = " ".join(text[slice(*part["span"])] for part in parts)
            assert shown.split() == text.split()  # nothing but white space between blocks is lost


def test_switches(demo: Visitor):
    identity = next(i for i in documents(demo) if data(demo, f"/page/{i}")["facts"]["name"] == "tern-0311-breach.txt")
    whole = data(demo, f"/page/{identity}")
    guard = whole["voices"][0]

    def clear(query: str) -> str:
        parts = data(demo, f"/page/{identity}?{query}")["parts"]
        return "".join(piece["text"] for part in parts for piece in part["pieces"] if not piece["faded"])

    assert "were killed" not in clear("only=own")
    assert "The barrage has been worked by a relief crew" in clear("only=own")
    assert clear(f"speaker={guard['id']}").startswith("At least nine people were killed")
    assert "pulling people off roofs" in clear("direct=1")
    assert "spring tide" not in clear("direct=1")
    assert len(notes(demo, identity)) < len(data(demo, f"/page/{identity}?all=1")["parts"]) + whole["thoughts"] + 30


def test_a_search_finds_words_and_wordings(demo: Visitor):
    found = data(demo, "/pile?q=gates+gave+way")
    assert found["statements"]
    assert found["found"] == len(found["documents"])
    worded = data(demo, "/pile?q=Steel+of+that+weight+does+not+open+alone")["wordings"]
    assert {row["how"] for row in worded} >= {"near"}


def test_kinds_of_speakers_are_those_of_records():
    assert set(SPEAKER_KINDS) == set(get_args(SpeakerKind))


@pytest.mark.parametrize("path", TABLES)
def test_a_pile_of_nothing(opened: Callable[[Path], Visitor], tmp_path: Path, path: str):
    empty = tmp_path / "empty.db"
    with Ledger(empty, write=True):
        pass
    assert opened(empty).ask(path).status == 200


def test_a_review(opened: Callable[[Path], Visitor], own_ledger: Path):
    """Accept, reject, another speaker, a note; each shown at once, each taken back."""
    visitor = opened(own_ledger)
    document = documents(visitor)[2]
    first, second, third = (note["id"] for note in notes(visitor, document)[:3])

    def decide(**fields: str) -> str:
        answer = visitor.post("/decide", back=f"/page/{document}?all=1#n-{first}", **fields)
        assert answer.status == 303, answer.text
        place, _, anchor = answer.headers["location"].partition("#")
        assert place.startswith(f"/page/{document}?all=1&done=")
        assert anchor == f"n-{first}"
        return place.partition("done=")[2]

    accepted = decide(action="accept", statement=first, reviewer="  Odo   Quill ")
    rejected = decide(action="reject", statement=second)
    set_ = decide(action="speaker", statement=third, name="Nela Vorst", kind="organisation")
    decide(action="note", statement=third, note="ask <her>")
    held = {note["id"]: note for note in notes(visitor, document)}
    assert held[first]["decided"] == [accepted]
    assert second not in held
    assert held[third]["speaker"] == "Nela Vorst"
    assert visitor.ask(f"/statement/{second}").status == 404
    told = visitor.ask(f"/page/{document}?done={rejected}").text
    assert "Rejected" in told
    assert 'id="undo-last"' in told
    rows = {line["row"]["id"]: line["row"] for line in data(visitor, "/decisions")["decisions"]}
    assert [rows[i]["reviewer"] for i in (accepted, rejected)] == ["Odo Quill", "Ada Fenn"]
    assert "ask &lt;her&gt;" in visitor.ask("/decisions").text
    for decision in (accepted, rejected, set_):
        decide(action="undo", decision=decision)
    held = {note["id"]: note for note in notes(visitor, document)}
    assert second in held
    assert held[third]["speaker"] != "Nela Vorst"
    with Ledger(own_ledger) as ledger:
        assert not ledger.check().faults
        assert len(list(ledger.decisions(DecisionFilter()))) == 7


def test_two_speakers_are_one_and_not(opened: Callable[[Path], Visitor], own_ledger: Path):
    visitor = opened(own_ledger)
    every = followed(visitor, "/speakers", "speakers")
    person = next(row for row in every if row["joined"] and data(visitor, f"/speaker/{row['id']}")["likely"])
    here = f"/speaker/{person['id']}"
    before = data(visitor, here)
    one, other = before["members"][0], before["likely"][0]["line"]
    assert other["id"] not in {member["speaker"] for member in before["members"]}

    def decide(action: str, them: str) -> str:
        me = f"{one['document_id']} {one['speaker']}"
        answer = visitor.post("/decide", action=action, one=me, other=them, back=here)
        assert answer.status == 303, answer.text
        return answer.headers["location"].partition("done=")[2]

    far = next(member for member in before["members"] if member["document_id"] != one["document_id"])
    apart = decide("other-person", f"{far['document_id']} {far['speaker']}")
    assert far["speaker"] not in {member["speaker"] for member in data(visitor, here)["members"]}
    assert "Taken apart" in visitor.ask(f"{here}?done={apart}").text
    assert visitor.post("/decide", action="undo", decision=apart).status == 303
    assert data(visitor, here)["members"] == before["members"]
    assert visitor.post("/decide", action="same-person", one="x").status == 400


def test_one_file_is_left(own_ledger: Path, monkeypatch: pytest.MonkeyPatch):
    """With two desks that read while something is decided; a while after the last question the ledger can be copied."""
    monkeypatch.setattr("sayso.web.desk.IDLE_SECONDS", 0.2)
    room = Room(own_ledger, Place(PORT), Keys(), Desks(own_ledger), "Ada Fenn")
    visitor = Visitor(room)
    statement = notes(visitor, documents(visitor)[0])[0]["id"]
    for action in ("accept", "reject"):
        for _ in range(3):
            visitor.ask("/pile")
        assert visitor.post("/decide", action=action, statement=statement).status == 303
    for _ in range(50):
        beside = {path.name for path in own_ledger.parent.glob("own.db-*")}
        if not beside:
            break
        sleep(0.1)
    assert not beside
    room.desks.close()


def test_the_reviewer_is_kept(demo: Visitor):
    answer = demo.post("/reviewer", reviewer="Nela Ørst", back="/queue")
    cookie = answer.headers["set-cookie"].partition(";")[0]
    shown = demo.ask("/queue", headers={"host": "127.0.0.1:7297", "cookie": f"{demo.cookie}; {cookie}"}).text
    assert 'value="Nela Ørst"' in shown
    assert "HttpOnly" in answer.headers["set-cookie"]


@pytest.mark.parametrize(
    "fields",
    [
        {"action": "accept"},
        {"action": "merge", "statement": "x"},
        {"action": "speaker", "statement": "x"},
        {"action": "accept", "statement": "nowhere"},
        {"action": "undo", "decision": "nowhere"},
        {"action": "note", "statement": "x", "note": "n" * 2001},
        {"action": "speaker", "statement": "x", "name": "n", "kind": "odd"},
        {"action": "accept", "statement": "x", "reviewer": "\u202eevil"},
    ],
)
def test_wishes_that_cannot_be(demo: Visitor, fields: dict[str, str]):
    answer = demo.post("/decide", **fields)
    assert answer.status == 400
    assert answer.headers["content-type"].startswith("text/html")
