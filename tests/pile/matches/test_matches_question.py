"""Matches in a pile: what is found across pages, what is shown of it, and that the order of arrival makes no difference."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from itertools import permutations
from pathlib import Path

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from match_pages import page, said

import sayso
from sayso.cli.matches import command
from sayso.ledger import Ledger
from sayso.pile import Pile
from sayso.pile.matches import QUESTION
from sayso.pile.matches.rows import MatchFilter, MatchRow, match_rows
from sayso.records import Reading

LOCK = "“Nobody told the crews that the lock was shut. They found it out on the water, in the dark.”"
PAGES = (
    page("courier.txt", said(LOCK, "Mira Halden", date="2031-04-08"), said("that 43 miners died in the Orsk shaft", "Ivo Brandt")),
    page("lantern.txt", said("“Nobody told the crews that the lock was shut,”", "Halden", date="2031-04-10"),
         said("the market in Dorn would open again", "Ruta Vend"), outlet="The Lantern"),
    page("wire.txt", said("that nobody had told the crews the lock was shut", "Mira Halden", date="2031-04-08"),
         said("that 71 miners died in the Orsk shaft", "Ruta Vend"), outlet="Northwire"),
    page("echo.txt", said(LOCK, "Mira Halden", date=""), said("that boats be sent", "Ruta Vend", act="want"), outlet="Echo"),
)  # fmt: skip


def ledger(path: Path, readings: Sequence[Reading] = PAGES) -> Path:
    with Ledger(path, write=True) as opened:
        for reading in readings:
            opened.add(reading)
    return path


def rows(path: Path, where: MatchFilter = MatchFilter()) -> list[MatchRow]:  # noqa: B008
    with Ledger(path) as opened, Pile(opened, [QUESTION]) as pile:
        pile.update()
        return list(match_rows(pile, where))


def test_found_across_pages(tmp_path: Path):
    found = rows(ledger(tmp_path / "x.db"))
    assert [(row.a.document, row.b.document, row.kind) for row in found] == [
        ("courier.txt", "wire.txt", "same-utterance"),
        ("courier.txt", "lantern.txt", "same-words"),
        ("courier.txt", "echo.txt", "same-words"),
        ("courier.txt", "wire.txt", "contradicts"),
    ]
    assert all(row.because and "{" not in row.because for row in found)


def test_each_with_each(tmp_path: Path):
    path = ledger(tmp_path / "x.db")
    every = rows(path, MatchFilter(every=True))
    assert len(every) == 7
    assert {(row.a.document, row.b.document, row.why) for row in every} >= {
        ("courier.txt", "echo.txt", "whole"),
        ("courier.txt", "lantern.txt", "cut"),
    }


@pytest.mark.parametrize(
    ("where", "many"),
    [
        (MatchFilter(kind="contradicts"), 1),
        (MatchFilter(kind="same-words", every=True), 3),
        (MatchFilter(speaker="vend"), 1),
        (MatchFilter(speaker="nobody here"), 0),
        (MatchFilter(words="ORSK"), 1),
        (MatchFilter(outlet="lantern"), 3),
        (MatchFilter(whose="other"), 1),
        (MatchFilter(since="2031-04-10"), 3),
        (MatchFilter(until="2031-04-07"), 0),
        (MatchFilter(document=PAGES[3].id), 3),
        (MatchFilter(document=PAGES[0].id, statement=PAGES[0].statements[1].id), 1),
        (MatchFilter(limit=2), 2),
    ],
)
def test_filters(tmp_path: Path, where: MatchFilter, many: int):
    assert len(rows(ledger(tmp_path / "x.db"), where)) == many


def test_differences_are_the_words_of_the_pages(tmp_path: Path):
    path = ledger(tmp_path / "x.db")
    (row,) = (r for r in rows(path, MatchFilter(every=True)) if r.why == "cut" and r.a.document == "courier.txt")
    assert [(each.change, each.a) for each in row.differences] == [
        ("kept", "Nobody told the crews that the lock was shut"),
        ("dropped", "They found it out on the water, in the dark"),
    ]
    texts = {reading.document.name: reading.document.text for reading in PAGES}
    for each in row.differences:
        assert each.a_span is not None
        assert texts[row.a.document][slice(*each.a_span)] == each.a


def test_the_order_of_arrival_makes_no_difference(tmp_path: Path):
    digests = set()
    for n, order in enumerate(permutations(PAGES)):
        if n % 6:
            continue
        path = tmp_path / f"{n}.db"
        for reading in order:  # one run for each page, the pile brought up to date in between
            with Ledger(path, write=True) as opened:
                opened.add(reading)
            with Ledger(path) as opened, Pile(opened, [QUESTION]) as pile:
                pile.update()
                digest = pile.digest()
        digests.add(digest)
    whole = ledger(tmp_path / "whole.db")
    with Ledger(whole) as opened, Pile(opened, [QUESTION]) as pile:
        pile.update()
        digests.add(pile.digest())
    assert len(digests) == 1


def test_statements_of_one_page_are_not_matched(tmp_path: Path):
    both = page("both.txt", said(LOCK, "Mira Halden"), said(LOCK, "Ivo Brandt"))
    assert not rows(ledger(tmp_path / "x.db", [both]), MatchFilter(every=True))


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE relations SET detail = '{}'",
        "UPDATE relations SET kind = 'zzz'",
        """UPDATE relations SET detail = '{"days":"x","figures":"","whose":"same","why":"cut"}'""",
        """UPDATE relations SET detail = '{"days":1,"figures":"","whose":"same","why":"zzz"}'""",
        "UPDATE relations SET detail = '[]'",
    ],
)
def test_a_pile_that_was_tampered_with_is_built_again(tmp_path: Path, sql: str):
    path = ledger(tmp_path / "x.db")
    whole = rows(path)
    with closing(sqlite3.connect(f"{path}.pile")) as connection:
        assert connection.execute(sql).rowcount > 0
        connection.commit()
    assert rows(path) == whole


def test_no_words_are_kept(tmp_path: Path):
    path = ledger(tmp_path / "x.db")
    rows(path)
    kept = Path(f"{path}.pile").read_bytes()
    assert kept
    assert not [word for word in (b"crews", b"Halden", b"miners", b"Orsk") if word in kept]


# --- the command ---


def run(path: Path, *args: str) -> str:
    result = CliRunner().invoke(command, [*args, "-l", str(path)], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_json_is_as_the_schema_says(tmp_path: Path):
    schema = json.loads((Path(sayso.__file__).parent / "schemas" / "matches.schema.json").read_text(encoding="utf-8"))
    lines = [json.loads(line) for line in run(ledger(tmp_path / "x.db"), "--every", "--json").splitlines()]
    assert len(lines) == 7
    for line in lines:
        Draft202012Validator({**schema, "additionalProperties": False}).validate(line)


def test_csv_is_whole(tmp_path: Path):
    found = list(csv.DictReader(io.StringIO(run(ledger(tmp_path / "x.db"), "--every", "--csv"))))
    assert len(found) == 7
    assert any("[-They found it out on the water, in the dark-]" in row["differences"] for row in found)


def test_one_statement_by_its_id(tmp_path: Path):
    path = ledger(tmp_path / "x.db")
    found = [json.loads(line) for line in run(path, PAGES[1].statements[0].id[:10], "--json").splitlines()]
    assert found
    assert all(PAGES[1].statements[0].id in (line["a"]["id"], line["b"]["id"]) for line in found)


def test_the_screen(tmp_path: Path):
    path = ledger(tmp_path / "x.db")
    result = CliRunner().invoke(command, ["-l", str(path)], env={"FORCE_COLOR": "1", "NO_COLOR": "1", "COLUMNS": "100"})
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0].startswith("Mira Halden  Tarn Courier · 2031-04-08 · courier.txt")
    assert "the same said, with figures that cannot both be" in result.stdout
    assert "matches" in result.stdout.splitlines()[-1]
