"""``sayso voices`` and ``sayso who-speaks`` on a ledger of pages whose voices are known; and the ledger as a shelf."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator
from voice_pages import MADE_BY, OUTLETS, PHRASE, WORD, page

import sayso
from sayso import identity
from sayso.cli import voices as voices_command
from sayso.cli import who_speaks as who_speaks_command
from sayso.cli.render_voices import MOST
from sayso.errors import UsageError
from sayso.ledger import Ledger
from sayso.pile import Pile
from sayso.pile.voices import QUESTION, Wish, places, shelf_of, voices
from sayso.pile.voices.piled import shelf_in
from sayso.pile.who_speaks import Asked, who_speaks
from sayso.records import Block, Document, Published, Reading

SCHEMAS = Path(sayso.__file__).parent / "schemas"
PAGES = [page(number, "ledger").reading for number in range(24)]
Run = Callable[..., Result]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("voices") / "sayso.db"
    with Ledger(path, write=True) as opened:
        for reading in PAGES:
            opened.add(reading)
    return path


@pytest.fixture
def run(ledger: Path) -> Run:
    def call(command: Any, *args: str, wide: int = 0) -> Result:
        env = {"FORCE_COLOR": "1", "NO_COLOR": "1", "COLUMNS": str(wide)} if wide else {"FORCE_COLOR": ""}
        return CliRunner().invoke(command.command, [*args, "-l", str(ledger)], env=env)

    return call


def closed(schema: Any) -> Any:
    """The schema, refusing every key that it does not name."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: closed(value) for key, value in schema.items()}
    if schema.get("type") == "object" and "properties" in schema:
        made.setdefault("additionalProperties", False)
    return made


def lines(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


CALLS = [
    (voices_command, "voices", [WORD, PHRASE]),
    (voices_command, "voices", [WORD, "--speakers"]),
    (voices_command, "voices", [WORD, "--places"]),
    (voices_command, "voices", [PHRASE, "--places", "--voice", "headline"]),
    (who_speaks_command, "who-speaks", []),
    (who_speaks_command, "who-speaks", ["--by", "kind", "--each-outlet"]),
    (who_speaks_command, "who-speaks", ["--by", "pronoun"]),
]


@pytest.mark.parametrize(("command", "name", "args"), CALLS, ids=[f"{row[1]} {' '.join(row[2])}" for row in CALLS])
def test_every_form_says_the_same(command: Any, name: str, args: list[str], run: Run):
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    found = lines(run(command, *args, "--json"))
    assert found
    for line in found:
        Draft202012Validator(closed(schema)).validate(line)
    rows = list(csv.DictReader(io.StringIO(run(command, *args, "--csv").stdout, newline="")))
    assert len(rows) == len(found)
    assert all(None not in row and None not in row.values() for row in rows)
    for wide in (0, 60, 80, 140):
        shown = run(command, *args, "--limit", "1000", wide=wide)
        assert shown.exit_code == 0
        assert len(shown.stdout.splitlines()) > len(found)
        assert not wide or all(len(line) <= wide for line in shown.stdout.splitlines())


def test_a_long_answer_is_cut_on_a_terminal_with_a_count(run: Run):
    found = lines(run(voices_command, WORD, "--places", "--json"))
    assert len(found) > MOST
    shown = run(voices_command, WORD, "--places", wide=100).stdout
    assert f"the first {MOST} of {len(found)} places; more with --limit N" in shown
    whole = run(voices_command, WORD, "--places").stdout
    assert len(whole.splitlines()) == len(found) + 1, "a pipe has all of them"


def test_an_empty_answer_says_why(run: Run):
    for command, args in ((voices_command, ["zebra", "--places"]), (who_speaks_command, ["--speaker", "zebra"])):
        result = run(command, *args, wide=100)
        assert result.stdout == ""
        assert "pages that fit" in result.stderr or "page that fits" in result.stderr


def test_contested_words_have_a_schema(run: Run):
    schema = json.loads((SCHEMAS / "voices.schema.json").read_text(encoding="utf-8"))
    line = {"found": "contested", "word": "w", "score": 2.1, "own": [["a", 3]], "quoted": [["b", 2]]}
    Draft202012Validator(closed(schema)).validate(line)
    assert not Draft202012Validator(closed(schema)).is_valid({**line, "more": 1})
    assert run(voices_command).exit_code == 0


def test_a_word_that_nobody_uses_is_named(run: Run):
    result = run(voices_command, "zebra", WORD, "--json")
    assert "no page that fits has “zebra”" in result.stderr
    assert {line["word"] for line in lines(result)} == {WORD}


REFUSED = [
    ([WORD, "--places", "--speakers"], "choose one"),
    ([WORD, "--voice", "own"], "give --places"),
    (["--places"], "give a word"),
    ([WORD, "--json", "--csv"], "choose one"),
    (["…"], "no word"),
]


@pytest.mark.parametrize(("args", "sentence"), REFUSED)
def test_what_makes_no_sense_is_refused(args: list[str], sentence: str, run: Run):
    result = run(voices_command, *args)
    assert isinstance(result.exception, UsageError)
    assert sentence in str(result.exception)


# --- the ledger as a shelf ---


def test_a_ledger_answers_as_the_readings_do(ledger: Path):
    at_hand = shelf_of(PAGES)
    wish = Wish((WORD, PHRASE, "quay"))
    with Ledger(ledger) as opened, Pile(opened, [QUESTION]) as pile:
        pile.update()
        shelf = shelf_in(pile)
        assert voices(shelf, wish) == voices(at_hand, wish)
        assert list(places(shelf, wish)) == list(places(at_hand, wish))
        assert who_speaks(shelf, Asked()) == who_speaks(at_hand, Asked())


FORMS = (
    "The \ufb01re in Fell. The FIRE. A \uff46\uff49\uff52\uff45, a Stra\u00dfe, STRASSE, r\u00e9gime, REGIME, "
    "\u0399\u03a3\u039f\u03a3, \u03b9\u03c3\u03bf\u03c2, \u017fhip ship."
)


@pytest.mark.parametrize(
    ("word", "times"),
    [("fire", 1), ("\ufb01re", 1), ("regime", 2), ("r\u00e9gime", 2), ("strasse", 1), ("stra\u00dfe", 1),
     ("\u03b9\u03c3\u03bf\u03c2", 2), ("ship", 2)],
)  # fmt: skip
def test_every_form_that_counts_is_found_in_a_ledger(tmp_path: Path, word: str, times: int):
    document = Document("a", FORMS, outlet="Quay Courier", language="en", blocks=(Block("paragraph", (0, len(FORMS))),))
    own = identity.document_id(document)
    reading = Reading(own, identity.text_id(FORMS), document, MADE_BY, voices=(("own", (0, len(FORMS))),))
    with Ledger(tmp_path / "x.db", write=True) as opened:
        opened.add(reading)
        with Pile(opened, [QUESTION]) as pile:
            pile.update()
            wish = Wish((word,), exact=True)
            found = [
                sum(row.total for row in voices(shelf, wish).rows) for shelf in (shelf_in(pile), shelf_of([reading]))
            ]
    assert found == [times, times]


@pytest.mark.parametrize("sketch", ["x''", "x'00'", "substr(sketch, 1, length(sketch) - 1)", "x'ff' || sketch"])
def test_sizes_that_were_tampered_with_are_counted_again(tmp_path: Path, sketch: str):
    with Ledger(tmp_path / "x.db", write=True) as opened:
        for reading in PAGES[:3]:
            opened.add(reading)
    path = tmp_path / "x.db"

    def counted() -> list[tuple[str, dict[str, int]]]:
        with Ledger(path) as opened, Pile(opened, [QUESTION]) as pile:
            pile.update()
            return sorted(shelf_in(pile).words(apart=True))

    whole = counted()
    with closing(sqlite3.connect(f"{path}.pile")) as connection:
        connection.execute(f"UPDATE items SET sketch = CAST({sketch} AS BLOB)")
        connection.commit()
    assert counted() == whole


def test_filters_choose_pages(ledger: Path):
    with Ledger(ledger) as opened, Pile(opened, [QUESTION]) as pile:
        pile.update()
        shelf = shelf_in(pile, outlet="varn", since="2031-04", until="2031-09")
        fits = set()
        for reading in PAGES:
            published = reading.document.published
            if published and reading.document.outlet == "Varn Daily" and "2031-04" <= published.date < "2031-10":
                fits.add(reading.id)
        assert {page.id for page in shelf.pages()} == fits
        assert {row.outlet for row in voices(shelf, Wish((WORD,))).rows} <= {"Varn Daily"}
        assert shelf.outlets() == frozenset(OUTLETS), "a credit to any outlet of the ledger counts"


def version(reading: Reading, name: str, date: str) -> Reading:
    """A page at one address, without its statements."""
    document = replace(
        reading.document, outlet="Fell Today", url="https://fell.example/1", name=name, published=Published(date)
    )
    bare = replace(reading, document=document, statements=(), speakers=(), headline=None)
    return replace(bare, id=identity.document_id(document))


def test_an_earlier_version_counts_only_when_asked_for(tmp_path: Path):
    with Ledger(tmp_path / "v.db", write=True) as opened:
        opened.add(version(PAGES[0], "a", "2031-01-01"))
        opened.add(version(PAGES[1], "b", "2031-12-31"))
        with Pile(opened, [QUESTION]) as pile:
            pile.update()
            assert [page.name for page in shelf_in(pile).pages()] == ["b"]
            assert [page.name for page in shelf_in(pile, old_versions=True).pages()] == ["a", "b"]
