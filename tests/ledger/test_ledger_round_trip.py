"""What goes in comes out: every reading, character for character."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from sqlite3 import Connection

import pytest
from factory import Page, article, seal
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import ODD, readings

from sayso.contract import dumps, reading_json
from sayso.ledger import Ledger, StatementFilter, checking, door, escapes
from sayso.ledger.loader import load_reading
from sayso.ledger.writer import add_reading
from sayso.records import Document, Finding, Hop, Reading, Role, Span


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Connection, Path]]:
    path = tmp_path_factory.mktemp("round") / "ledger.db"
    connection = door.open_to_write(path)
    yield connection, path
    connection.close()


@contextmanager
def undone(connection: Connection) -> Iterator[None]:
    """So that each example meets an empty ledger."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(reading=readings())
def test_any_reading_comes_back_and_is_proved(place: tuple[Connection, Path], reading: Reading):
    connection, path = place
    with undone(connection):
        assert add_reading(connection, reading, "2031-04-09T12:00:00+00:00") == "added"
        (key,) = connection.execute("SELECT key FROM readings").fetchone()
        back = load_reading(connection, key)
        assert back == reading
        assert dumps(reading_json(back)) == dumps(reading_json(reading))
        assert checking.check(connection, path, writing=True).faults == ()


@given(st.text(st.one_of(st.sampled_from(ODD), st.characters(codec=None))))
def test_escapes_are_undone(text: str):
    stored = escapes.kept(text)
    assert escapes.given(stored) == text
    assert "\0" not in stored
    stored.encode("utf-8")  # no surrogate is left


@given(st.lists(st.text(st.sampled_from(ODD), max_size=4)))
def test_escaped_texts_may_be_joined(texts: list[str]):
    """Views join fragments; what comes out must be the join of the originals."""
    assert escapes.given(" … ".join(map(escapes.kept, texts))) == " … ".join(texts)


STRINGS = {
    "lone surrogate": "Varn \ud800 said",
    "two lone surrogates that would make a pair": "\ud83d\ude00",
    "NUL": "one\0two",
    "NUL first": "\0",
    "the mark of the escapes": "\ufdd0\u2400 \ufdd0\ufdd0",
    "what an escape looks like": "\ufdd0\ue000",
    "line separators": "a\u2028b\u2029c\x85d\x0bd",
    "emoji and joined emoji": "\U0001f600 \U0001f469\u200d\U0001f680",
    "byte order mark": "\ufeffVarn",
    "combining": "e\u0301 \u00e9",
    "noncharacters": "\uffff\U0010ffff",
    "quotes": "'; DROP TABLE documents; --\"",
    "carriage returns stay": "a\r\nb\rc",
    "empty": "",
}


def everywhere(odd: str) -> Reading:
    """A reading with this string in its text, words, names and metadata."""
    page = Page()
    source, cue, content = page.put(f"Ada {odd} Quill"), page.put(f"said {odd}"), page.put(f"“no {odd}”")
    document = Document(
        name=f"n{odd}", text=page.text, title=odd, outlet=odd, byline=odd, url=odd,
        extra=((odd, odd), ("b", odd), ("a", "")),
        findings=(Finding(odd, odd, (content,)),),
    )  # fmt: skip
    statement = {"kind": "direct", "source": (source,), "cue": (cue,), "content": (content, content), "speaker": 0,
                 "speaker_reason": odd, "stance": odd, "chain": (Hop(odd, "platform", cue),)}  # fmt: skip
    speaker = {"name": odd, "kind": "person", "mentions": (source,), "roles": (Role(odd, cue),)}
    head = (f"head {odd}", [{**statement, "source": (), "cue": (), "content": ((0, len(odd)),), "chain": ()}], [])
    return seal(document, statements=[statement], speakers=[speaker], headline=head)


@pytest.mark.parametrize("odd", STRINGS.values(), ids=STRINGS)
def test_odd_strings_in_a_file(tmp_path: Path, odd: str):
    reading = everywhere(odd)
    with Ledger(tmp_path / "l.db", write=True) as ledger:
        ledger.add(reading)
    with Ledger(tmp_path / "l.db") as ledger:
        assert ledger.reading(reading.id) == reading
        assert ledger.reading(f"n{odd}") == reading
        assert not ledger.check().faults
        row = list(ledger.statements(StatementFilter(outlet=odd, speaker=odd)))[-1]
        assert (row.content, row.chain, row.speaker) == (f"“no {odd}” … “no {odd}”", (odd,), odd)


NUMBERS = [0, -1, 35, 35.0, -0.0, 1e300, 5e-324, 0.1, 2**63 - 1, -(2**63), float("inf"), None]


@pytest.mark.parametrize("low", NUMBERS)
def test_numbers_keep_value_and_type(tmp_path: Path, low: float | None):
    span: Span = (0, 2)
    reading = seal(Document("n", "35 people"), figures=[{"span": span, "low": low, "high": None}])
    with Ledger(tmp_path / "l.db", write=True) as ledger:
        ledger.add(reading)
        back = ledger.reading("n").figures[0].low
    assert (repr(back), type(back)) == (repr(low), type(low))


def test_whole_numbers_beyond_64_bits_become_floats(tmp_path: Path):
    reading = seal(Document("n", "35 people"), figures=[{"span": (0, 2), "low": 10**25, "high": None}])
    with Ledger(tmp_path / "l.db", write=True) as ledger:
        ledger.add(reading)
        assert ledger.reading("n").figures[0].low == 1e25


def test_a_finding_of_ingest_is_kept_once_and_in_both_places(tmp_path: Path):
    """`text-lost` is noticed at ingest and stands among the findings of the reading: one row, one finding shown."""
    lost, other = Finding("text-lost", "Part of the page is missing."), Finding("furniture", "Filler.", ((0, 3),))
    reading = seal(Document("n", "One page.", findings=(lost, other)), findings=(other, lost, lost))
    with Ledger(tmp_path / "l.db", write=True) as ledger:
        ledger.add(reading)
        assert ledger.reading("n") == reading
        assert len(list(ledger.findings())) == 3


def test_an_article_reads_as_added_after_reopening(tmp_path: Path):
    reading = article(1, statements=12)
    with Ledger(tmp_path / "l.db", write=True) as ledger:
        ledger.add(reading)
    with Ledger(tmp_path / "l.db") as ledger:
        assert ledger.reading(reading.document.name) == reading
        assert replace(reading, findings=()) != ledger.reading(reading.document.name)
