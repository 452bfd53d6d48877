"""A sentence put to a pile: pages that have it exactly, nearly, and statements that make its claim. All invented."""

from __future__ import annotations

import csv
import io
import json
import random
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

sys.path.insert(0, str(Path(__file__).parent / "matches"))
from match_pages import page, said

import sayso
from sayso.cli.find import command
from sayso.ledger import Ledger
from sayso.pile import Pile
from sayso.pile.find import FoundRow, find, is_sentence
from sayso.pile.find.passages import passages, sought
from sayso.pile.matches import QUESTION
from sayso.pile.matches.words import words_of

LOCK = "“Nobody told the crews that the lock was shut. They found it out on the water, in the dark.”"
TAIL = "The keeper wrote: nobody told the crews the lock was shut at all, so much is sure."
PAGES = (
    page("courier.txt", said(LOCK, "Mira Halden"), said("that arsenic was found in the wells of Kelm", "Ivo Brandt")),
    page("lantern.txt", said("“Nobody told the crews, that the lock was shut!”", "Halden", date="2031-04-01"),
         said("arsenic had turned up in the wells of Kelm", "Ruta Vend"), outlet="The Lantern"),
    page("wire.txt", said("that the crews had been told", "Ivo Brandt"), outlet="Northwire", tail=TAIL),
    page("echo.txt", said("having poisoned the wells of Kelm with arsenic", "Ivo Brandt", stance="deny"), outlet="Echo"),
)  # fmt: skip


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("find") / "x.db"
    with Ledger(path, write=True) as opened:
        for reading in PAGES:
            opened.add(reading)
    return path


def found(ledger: Path, text: str, *, claims: bool = True, limit: int | None = None) -> list[FoundRow]:
    with Ledger(ledger) as opened, Pile(opened, [QUESTION]) as pile:
        if claims:
            pile.update()
        return find(pile, text, claims=claims, limit=limit)


def hows(rows: list[FoundRow]) -> list[tuple[str, str]]:
    return [(row.how, row.document) for row in rows]


def test_exact_then_near_the_oldest_first(ledger: Path):
    rows = found(ledger, "Nobody told the crews that the lock was shut", claims=False)
    assert hows(rows) == [("exact", "lantern.txt"), ("exact", "courier.txt"), ("near", "wire.txt")]
    assert [row.speaker for row in rows] == ["Halden", "Mira Halden", ""]
    assert rows[0].differences == ()
    assert [(each.change, each.a, each.b) for each in rows[2].differences][1] == ("dropped", "that", "")


def test_the_words_stand_where_it_says(ledger: Path):
    texts = {reading.id: reading.document.text for reading in PAGES}
    for row in found(ledger, "Nobody told the crews that the lock was shut", claims=False):
        assert texts[row.document_id][row.start : row.end] == row.words


def test_a_claim_in_other_words(ledger: Path):
    rows = found(ledger, "arsenic has been found in wells near Kelm")
    assert {(row.how, row.document) for row in rows} >= {("claim", "lantern.txt")}
    assert {row.how for row in rows if row.document == "courier.txt"} & {"near", "claim"}
    assert all(row.how != "claim" or row.statement for row in rows)


def test_what_a_page_has_denied_is_told(ledger: Path):
    (row,) = (row for row in found(ledger, "poisoned the wells of Kelm with arsenic") if row.document == "echo.txt")
    assert row.stance == "deny"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("nobody told the crews, that “the lock was shut”", "marks make no difference"),
        ("Nobody told the crews … They found it out on the water", "an ellipsis stands for words"),
        ("Nobody told the crews ... in the dark", "three stops, too"),
        ("[He says] nobody told the crews that the lock was shut", "words in brackets are somebody else's"),
        ("  nobody\n told the   crews that the lock", "white space makes no difference"),
        ("NOBODY TOLD THE CREWS THAT THE LOCK WAS SHUT", "capitals make no difference"),
    ],
)
def test_the_same_wording(ledger: Path, text: str, why: str):
    assert ("exact", "courier.txt") in hows(found(ledger, text, claims=False)), why


def test_an_interrupted_quotation_is_exact(tmp_path: Path):
    from sayso import identity
    from sayso.records import Document, MadeBy, Reading, Statement

    text = "“The chains were painted,” Orrin said on the quay, “they were never new.”"
    document = Document("quay.txt", text)
    own = identity.document_id(document)
    spans = ((0, 26), (text.index("“they"), len(text)))
    statement = Statement(identity.statement_id(own, spans, ()), "direct", (), (), spans, confidence=0.9)
    with Ledger(tmp_path / "x.db", write=True) as opened:
        opened.add(Reading(own, identity.text_id(text), document, MadeBy("0", "0" * 64, "x"), statements=(statement,)))
    (row,) = found(tmp_path / "x.db", "The chains were painted, they were never new", claims=False)
    assert (row.how, row.statement) == ("exact", statement.id)


def test_every_page_that_has_it_is_found(tmp_path: Path):
    many = 300
    with Ledger(tmp_path / "x.db", write=True) as opened:
        for n in range(many):
            opened.add(page(f"{n:03}.txt", said("“The ferry leaves when the last child is on board,”", f"Pilot {n}")))
    rows = found(tmp_path / "x.db", "the ferry leaves when the last child is on board", claims=False)
    assert len(rows) == many
    assert {row.how for row in rows} == {"exact"}


@pytest.mark.parametrize(
    "text",
    ["…", "[all of it in brackets]", "“”", "the of and to", "x" * 5000, 'a "b" c* NOT AND d', "\x00 \ud800 e f g"],
)
def test_no_text_is_an_error(ledger: Path, text: str):
    found(ledger, text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("ferry", False),
        ("bridge toll", False),
        ("nobody told the crews", True),
        ("nobody told the cre*", False),
        ("", False),
    ],
)
def test_what_is_a_sentence(text: str, wanted: bool):
    assert is_sentence(text) is wanted


WORDS = """the crews were never told that a lock on the river had been shut since nobody keeps the gate at
night""".split()  # noqa: SIM905


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 5), st.integers(4, 14), st.randoms(use_true_random=False))
def test_a_cut_of_a_page_is_exact_and_a_changed_one_near(start: int, length: int, chance: random.Random):
    text = "Before. " + " ".join(WORDS) + ". Behind."
    every = words_of(text, ((0, len(text)),))
    cut = WORDS[start : start + length]
    (passage,) = passages(sought(" ".join(cut)), every, text)[:1]
    assert passage.how == "exact"
    assert text[slice(*passage.span)].split() == cut
    if length >= 8:
        changed = cut.copy()
        changed[chance.randrange(1, length - 1)] = "zebra"
        (near,) = passages(sought(" ".join(changed)), every, text)
        assert near.how == "near"
        assert near.score < 1


# --- in other forms, and short ones ---


def in_a_pile(path: Path, *texts: str) -> Path:
    with Ledger(path, write=True) as opened:
        for n, text in enumerate(texts):
            opened.add(page(f"{n:03}.txt", tail=text))
    return path


@pytest.mark.parametrize(
    ("text", "there", "how", "why"),
    [
        (
            "We don't pay for the bridge a third time",
            "We do not pay for the bridge a third time",
            "exact",
            "a short form",
        ),
        ("We do not pay for the bridge", "“We don’t pay for the bridge,” she said", "exact", "a full form"),
        ("they cannot cross the weir", "They can't cross the weir", "exact", "two short forms of one"),
        ("it was mere guess-work", "It was mere guesswork", "exact", "a hyphen here"),
        ("it was mere guesswork", "It was mere guess-work", "exact", "a hyphen there"),
        ("grazing on the graves", "goats grazing on graves", "near", "a word left out of four"),
        ("grazing on graves", "goats grazing on the graves", "near", "a word put into three"),
        ("grazing near graves", "goats grazing on graves", "near", "a word of three changed"),
        ("grazing on the graves", "goats grazing on the meadow", "", "the word that tells is another"),
    ],
)
def test_other_forms_of_the_words(tmp_path: Path, text: str, there: str, how: str, why: str):
    rows = found(
        in_a_pile(tmp_path / "x.db", f"Before. {there}. Behind.", "A page of its own kind."), text, claims=False
    )
    assert [row.how for row in rows] == ([how] if how else []), why


def test_every_page_with_another_form_is_found(tmp_path: Path):
    texts = [f"We do not pay for the bridge a third time, said the pilot of boat {n}." for n in range(60)]
    path = in_a_pile(tmp_path / "x.db", *texts)
    assert len(found(path, "We don't pay for the bridge a third time", claims=False)) == 60
    assert len(found(path, "We don't pay for that bridge a third time", claims=False)) == 60


@pytest.mark.parametrize(
    ("text", "there", "ends"),
    [
        ("nobody pays a third time for that bridge", "Nobody pays a third time for that ferry. All left.", ("changed", "bridge", "ferry")),
        ("nobody pays a third time for that bridge", "“Nobody pays a third time for that,” he said.", ("dropped", "bridge", "")),
        ("all pay a third time for that bridge", "They left. Nobodies pay a third time for that bridge.", ("changed", "all", "Nobodies")),
    ],
)  # fmt: skip
def test_what_a_page_has_instead_at_the_ends(tmp_path: Path, text: str, there: str, ends: tuple[str, str, str]):
    (row,) = found(in_a_pile(tmp_path / "x.db", there), text, claims=False)
    changes = [(each.change, each.a, each.b) for each in row.differences if each.change != "kept"]
    assert changes == [ends]
    assert there[there.index(row.words) :].startswith(row.words)


# --- the command ---


def run(ledger: Path, *args: str) -> Result:
    return CliRunner().invoke(command, [*args, "-l", str(ledger)], env={"FORCE_COLOR": "", "COLUMNS": "90"})


def test_json_is_as_the_schema_says(ledger: Path):
    schema = json.loads((Path(sayso.__file__).parent / "schemas" / "find.schema.json").read_text(encoding="utf-8"))
    for args in (["nobody told the crews that the lock was shut"], ["--quote", "the lock was shut"], ["crews"],
                 ["arsenic has been found in wells near Kelm"], ["--scattered", "crews lock told nobody"]):  # fmt: skip
        result = run(ledger, *args, "--json")
        assert result.exit_code == 0
        lines = [json.loads(line) for line in result.stdout.splitlines()]
        assert lines
        for line in lines:
            Draft202012Validator(schema).validate(line)
            Draft202012Validator(
                {**schema["$defs"][line["found"]], "additionalProperties": False, "$defs": schema["$defs"]}
            ).validate(line)


def test_quote_lists_every_wording_and_what_differs(ledger: Path):
    result = CliRunner().invoke(
        command, ["--quote", "nobody told the crews that the lock was shut", "-l", str(ledger)],
        env={"FORCE_COLOR": "1", "NO_COLOR": "1", "COLUMNS": "100"},
    )  # fmt: skip
    lines = result.stdout.splitlines()
    assert lines[0] == "2 places with these words exactly"
    assert "1 place with these words nearly" in lines
    assert any("[-that-]" in line for line in lines)
    assert lines[-1] == "exactly so on 2 pages of 2 outlets; with differences on 1 page of 1 outlet"


def test_a_sentence_that_nobody_has_is_searched_for_as_words(ledger: Path):
    result = run(ledger, "dark water crews shut", "--json")
    assert {json.loads(line)["found"] for line in result.stdout.splitlines()} == {"statement", "document"}


def test_a_wording_that_no_page_has(ledger: Path):
    result = run(ledger, "--quote", "glass trumpets bloom in August")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "no page has" in result.stderr


def test_csv(ledger: Path):
    rows = list(
        csv.DictReader(io.StringIO(run(ledger, "nobody told the crews that the lock was shut", "--csv").stdout))
    )
    assert [row["how"] for row in rows][:2] == ["exact", "exact"]
    assert rows[0]["found"] == "passage"
