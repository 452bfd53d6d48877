"""What a ledger answers: every filter, every order, and no text of a user that is a syntax error."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from factory import NEWER, Page, seal
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import ODD

from sayso.errors import UnknownDocument
from sayso.ledger import (
    DocumentFilter,
    DroppedFilter,
    FindingFilter,
    Ledger,
    SpeakerFilter,
    StatementFilter,
    queries,
)
from sayso.ledger.queries import full_text
from sayso.records import Document, Dropped, Finding, Headline, Hop, Published, Reading, Role, Unreadable


def page(name: str, date: str, outlet: str, said: list[tuple[str, str, dict]], **document: str) -> Reading:
    """A page on which people say things: (who, what, more fields)."""
    built, people, rows = Page(), {}, []
    for who, what, more in said:
        source = built.put(who)
        cue = built.put(" said ")
        content = built.put(what)
        built.put(". ")
        people.setdefault(who, []).append(source)
        rows.append({"kind": "indirect", "source": (source,), "cue": ((cue[0] + 1, cue[1] - 1),), "content": (content,),
                     "speaker": who, **more})  # fmt: skip
    order = list(people)
    for row in rows:
        row["speaker"] = order.index(row["speaker"]) if row["speaker"] in order else None
    kinds = {"TASK": "organisation"}
    return seal(
        Document(name, built.text, outlet=outlet, published=Published(date) if date else None, **document),
        statements=rows,
        speakers=[
            {
                "name": who,
                "kind": kinds.get(who, "person"),
                "mentions": tuple(spans),
                "roles": (Role("mayor", spans[0]),),
            }
            for who, spans in people.items()
        ],
        findings=(Finding("furniture", "Filler.", ((0, 3), (4, 6))),) if outlet == "Varn Daily" else (),
        dropped=(Dropped("doubtful", (0, 4), "too weak"),),
    )


HOPS = (Hop("Pigeon Post", "platform", (0, 1)), Hop("The Weekly", "outlet", (0, 2)))
PAGES = [
    page("b.txt", "2031-05-02", "Varn Daily", [
        ("Olga Brandt", "the ferry will sail", {"kind": "direct"}),
        ("Tomas Rehn", "that olga was late", {"chain": HOPS}),
        ("Olga Brandt", "the harvest failed", {"act": "think"}),
    ], language="en", title="Ferry news"),
    page("a.txt", "2031-04", "Kestrel Wire", [
        ("ŁUKASZ Żak", "ferries do not fly", {"stance": "deny"}),
        ("Olga Brandt", "the roof of the school leaks", {"joint": (0,)}),
    ], language="EN"),
    page("c.txt", "XXXX-05-03", "varn daily", [("TASK", "nothing at all", {"speaker": "nobody"})]),
    page("d.txt", "", "", [("Ada Quill", "zażółć gęślą jaźń", {})]),
]  # fmt: skip


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    path = tmp_path_factory.mktemp("queries") / "l.db"
    with Ledger(path, write=True) as writer:
        for reading in PAGES:
            writer.add(reading)
        writer.add(Unreadable("e.pdf", "encrypted", "It needs a password.", "e.pdf"))
    with Ledger(path) as reader:
        yield reader


S, D = StatementFilter, DocumentFilter
FERRIES, ROOF, SAIL, LATE = (
    "ferries do not fly", "the roof of the school leaks", "the ferry will sail", "that olga was late",
)  # fmt: skip
STATEMENTS = {
    "all that was said, by document, then by place": (
        S(), [FERRIES, ROOF, SAIL, LATE, "nothing at all", "zażółć gęślą jaźń"],
    ),
    "thoughts only when asked for": (S(act="think"), ["the harvest failed"]),
    "every act": (S(act="", document="b.txt"), [SAIL, LATE, "the harvest failed"]),
    "part of a name in any case": (S(speaker="BRAND"), [ROOF, SAIL]),
    "any case beyond ASCII, and a joint speaker counts": (S(speaker="łukasz ż"), [FERRIES, ROOF]),
    "a name is no pattern": (S(speaker="%"), []),
    "words of the content": (S(words="ferry"), [SAIL]),
    "not of the source": (S(words="brandt"), []),
    "the beginning of a word": (S(words="ferr*"), [FERRIES, SAIL]),
    "all words": (S(words="the leaks"), [ROOF]),
    "words in a row": (S(words='"school leaks"'), [ROOF]),
    "words in a row, not in that order": (S(words='"leaks school"'), []),
    "without the marks on letters": (S(words="zazołc gesla"), ["zażółć gęślą jaźń"]),
    "words without a word find nothing": (S(words='*** "'), []),
    "outlet in any case": (S(outlet="VARN DAILY"), [SAIL, LATE, "nothing at all"]),
    "kind": (S(kind="direct"), [SAIL]),
    "since: a month that may be later is in": (S(since="2031-04-20"), [FERRIES, ROOF, SAIL, LATE]),
    "since: undated and yearless pages are out": (S(since="2000"), [FERRIES, ROOF, SAIL, LATE]),
    "until takes the day itself": (S(until="2031-05-02", since="2031-05"), [SAIL, LATE]),
    "until": (S(until="2031-05-01"), [FERRIES, ROOF]),
    "until a year": (S(until="2030"), []),
    "document by id": (S(document=PAGES[3].id), ["zażółć gęślą jaźń"]),
    "document by the beginning of its id": (S(document=PAGES[3].id[:6]), ["zażółć gęślą jaźń"]),
    "statement by id": (S(id=PAGES[3].statements[0].id), ["zażółć gęślą jaźń"]),
    "statement by the beginning of its id": (S(id=PAGES[3].statements[0].id[:8]), ["zażółć gęślą jaźń"]),
    "statement by no id": (S(id="no"), []),
    "limit": (S(limit=1), [FERRIES]),
    "limit none": (S(limit=0), []),
    "no quotation mark breaks out": (S(outlet="x' OR 1=1 --"), []),
}  # fmt: skip


@pytest.mark.parametrize(("where", "contents"), STATEMENTS.values(), ids=STATEMENTS)
def test_statements(ledger: Ledger, where: StatementFilter, contents: list[str]):
    assert [row.content for row in ledger.statements(where)] == contents


def test_a_statement_row_has_all(ledger: Ledger):
    row = list(ledger.statements(S(document="b.txt")))[1]
    statement = PAGES[0].statements[1]
    assert row.id == statement.id
    assert (row.document, row.document_id, row.outlet, row.published) == (
        "b.txt",
        PAGES[0].id,
        "Varn Daily",
        "2031-05-02",
    )
    assert (row.speaker, row.speaker_kind, row.source, row.cue) == ("Tomas Rehn", "person", "Tomas Rehn", "said")
    assert (row.chain, row.kind, row.act, row.stance) == (("Pigeon Post", "The Weekly"), "indirect", "say", None)
    assert (row.start, row.end) == statement.content[0]
    joint = list(ledger.statements(S(document="a.txt")))[1]
    assert joint.joint == ("ŁUKASZ Żak",)
    nobody = next(ledger.statements(S(document="c.txt")))
    assert (nobody.speaker, nobody.speaker_kind, nobody.chain) == ("", "", ())


DOCUMENTS = {
    "all by name": (D(), ["a.txt", "b.txt", "c.txt", "d.txt"]),
    "outlet": (D(outlet="varn daily"), ["b.txt", "c.txt"]),
    "language in any case": (D(language="en"), ["a.txt", "b.txt"]),
    "words of the text": (D(words="harvest failed"), ["b.txt"]),
    "words of the title": (D(words="news"), ["b.txt"]),
    "since": (D(since="2031-05"), ["b.txt"]),
    "limit": (D(limit=2), ["a.txt", "b.txt"]),
}


@pytest.mark.parametrize(("where", "names"), DOCUMENTS.values(), ids=DOCUMENTS)
def test_documents(ledger: Ledger, where: DocumentFilter, names: list[str]):
    assert [row.name for row in ledger.documents(where)] == names


def test_a_document_row_counts_what_was_said(ledger: Ledger):
    row = next(ledger.documents(D(words="ferry", outlet="Varn Daily")))
    assert (row.statements, row.speakers, row.findings, row.words) == (2, 2, 1, len(PAGES[0].document.text.split()))


def test_speakers_are_put_together_by_exact_name_and_kind(ledger: Ledger):
    rows = {row.name: row for row in ledger.speakers()}
    olga = rows["Olga Brandt"]
    assert (olga.documents, olga.statements, olga.roles, olga.spellings) == (2, 2, ("mayor",), ("Olga Brandt",))
    assert olga.ids == tuple(sorted(s.id for p in PAGES for s in p.speakers if s.name == "Olga Brandt"))
    assert rows["ŁUKASZ Żak"].statements == 2  # one of them jointly
    assert rows["TASK"].statements == 0
    assert [row.statements for row in ledger.speakers()] == sorted((r.statements for r in rows.values()), reverse=True)


SPEAKERS = {
    "part of a name": (SpeakerFilter(name="żak"), ["ŁUKASZ Żak"]),
    "kind": (SpeakerFilter(kind="organisation"), ["TASK"]),
    "document": (SpeakerFilter(document="b.txt"), ["Olga Brandt", "Tomas Rehn"]),
    "limit": (SpeakerFilter(limit=1, document="d.txt"), ["Ada Quill"]),
}


@pytest.mark.parametrize(("where", "names"), SPEAKERS.values(), ids=SPEAKERS)
def test_speaker_filters(ledger: Ledger, where: SpeakerFilter, names: list[str]):
    assert [row.name for row in ledger.speakers(where)] == names


def test_speaker_counts_are_of_the_document_asked_for(ledger: Ledger):
    row = next(ledger.speakers(SpeakerFilter(document="b.txt", name="olga")))
    assert (row.documents, row.statements, len(row.ids)) == (1, 1, 1)


def test_findings_and_dropped_come_with_their_words(ledger: Ledger):
    (finding,) = ledger.findings(FindingFilter(document="b.txt"))
    assert (finding.code, finding.document, finding.words) == ("furniture", "b.txt", ("Olg", " B"))
    assert [row.words for row in ledger.dropped()] == [
        p.document.text[:4] for p in sorted(PAGES, key=lambda p: p.document.name)
    ]
    assert list(ledger.dropped(DroppedFilter(code="other"))) == list(ledger.findings(FindingFilter(code="other"))) == []
    assert len(list(ledger.dropped(DroppedFilter(limit=2)))) == 2


def test_search_looks_at_content_source_and_speaker(ledger: Ledger):
    assert {row.content for row in ledger.search("olga")} == {
        "the ferry will sail", "that olga was late", "the harvest failed", "the roof of the school leaks",
    }  # fmt: skip
    assert len(list(ledger.search("olga", limit=1))) == 1
    assert list(ledger.search("")) == []


def test_counts(ledger: Ledger):
    c = ledger.counts()
    assert (c.documents, c.statements, c.thoughts, c.speakers, c.findings) == (4, 6, 1, 5, 1)
    assert (c.dropped, c.unreadable, c.outlets) == ((("doubtful", 4),), 1, 3)


def test_a_first_page_is_read_without_sorting_the_whole_ledger(ledger: Ledger):
    """Documents are gone through by name, whatever the filter; else a page would take as long as all of them."""
    connection = ledger._connection
    assert connection is not None
    wheres = (S(), S(act=""), S(speaker="a", outlet="b", kind="direct", since="2030", until="2032"))
    for sql, parameters in [queries.statements(where, None) for where in wheres] + [
        queries.documents(D(outlet="a", since="1"))
    ]:
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", parameters)]
        assert "documents_name" in plan[0], plan


# --- user's text ---

SEARCHES = [
    '"', '""', '"""', "AND", "OR NOT NEAR(", "a AND", "*", "a*b", "ferry*", "content:ferry", "{content}:x", "^ferry",
    "ferry - sail", "(", "a\0b", "\ud800", "'", "%_", "-", "+ferry", "née", "“ferry”", "\ufdd0",
]  # fmt: skip


@pytest.mark.parametrize("text", SEARCHES)
def test_no_search_is_a_syntax_error(ledger: Ledger, text: str):
    for rows in (ledger.search(text), ledger.statements(S(words=text)), ledger.documents(D(words=text))):
        list(rows)


@settings(deadline=None)
@given(text=st.text(st.one_of(st.sampled_from(ODD + '"*()^:-+{}ANDORT'), st.characters(codec=None)), max_size=20))
def test_no_text_is_a_syntax_error(ledger: Ledger, text: str):
    list(ledger.search(text))
    list(
        ledger.statements(
            S(words=text, speaker=text, outlet=text, kind=text, act=text, since=text, until=text, id=text)
        )
    )
    list(ledger.documents(D(words=text, outlet=text, language=text, since=text, until=text)))
    list(ledger.speakers(SpeakerFilter(name=text, kind=text)))


QUERIES = {
    "two words": ("grain harvest", '"grain" "harvest"'),
    "a phrase": ('"grain harvest" now', '"grain harvest" "now"'),
    "an open quotation mark": ('"grain harvest', '"grain" "harvest"'),
    "a star at the end": ("harv*", '"harv"*'),
    "operators are words": ("a AND b", '"a" "AND" "b"'),
    "punctuation alone is nothing": ("- * !", ""),
}


@pytest.mark.parametrize(("text", "query"), QUERIES.values(), ids=QUERIES)
def test_full_text(text: str, query: str):
    assert full_text(text) == query


# --- which document ---


def test_documents_are_found_by_id_name_and_prefix(ledger: Ledger):
    for reading in PAGES:
        for name in (reading.id, reading.id[:6], reading.id[:20].upper(), reading.document.name):
            assert ledger.reading(name) == reading


@pytest.mark.parametrize("name", ["", "x", "b.txx", PAGES[0].id[:5], "\ud800", "%"])
def test_an_unknown_document(ledger: Ledger, name: str):
    with pytest.raises(UnknownDocument, match="No document"):
        ledger.reading(name)


def test_near_names_are_given(ledger: Ledger):
    with pytest.raises(UnknownDocument, match=r"Near: '[abcd]\.txt'"):
        ledger.statements(S(document="b.txx"))


def test_one_name_for_two_documents(tmp_path: Path):
    one, two = (seal(Document("same.txt", text)) for text in ("One.", "Two."))
    with Ledger(tmp_path / "l.db", write=True) as ledger:
        ledger.add(one)
        ledger.add(two)
        with pytest.raises(UnknownDocument, match=rf"2 documents.*{min(one.id, two.id)[:12]}"):
            ledger.reading("same.txt")
        assert ledger.reading(two.id[:8]) == two


def test_only_current_readings_are_shown(tmp_path: Path):
    later = replace(PAGES[0], made_by=NEWER, statements=PAGES[0].statements[:1], findings=(), dropped=())
    with Ledger(tmp_path / "l.db", write=True) as ledger:
        ledger.add(PAGES[0])
        ledger.add(later)
        assert len(list(ledger.statements(S(act="")))) == 1
        assert [len(list(rows)) for rows in (ledger.findings(), ledger.dropped(), ledger.search("olga"))] == [0, 0, 1]
        assert next(ledger.speakers(SpeakerFilter(name="Tomas"))).statements == 0
        assert next(ledger.documents()).statements == 1


def test_headline_statements_come_first(tmp_path: Path):
    base = PAGES[3]
    head = seal(
        base.document,
        headline=("Quill: no", [{"kind": "indirect", "source": ((0, 5),), "cue": (), "content": ((7, 9),)}], []),
    )
    both = replace(base, headline=head.headline)
    assert isinstance(both.headline, Headline)
    with Ledger(tmp_path / "l.db", write=True) as ledger:
        ledger.add(both)
        assert [(row.part, row.content, row.start) for row in ledger.statements()] == [
            ("headline", "no", 7),
            ("text", "zażółć gęślą jaźń", base.statements[0].content[0][0]),
        ]
        assert ledger.reading("d.txt") == both
