"""Pages dated as the pile dates them: findings that say so, and figures that fall into the incident of their year."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from eval.series import read
from sayso.cli.findings import command as findings
from sayso.cli.incidents import command as incidents
from sayso.ledger import Ledger
from sayso.ledger.lock import WriterLock
from sayso.pile import Pile
from sayso.pile.sidecar import path_of
from sayso.pile.stamped import mended, redated
from sayso.pile.stamps import QUESTION
from sayso.records import Finding, MadeBy, Published, Reading

C, F, G, U = "Quay Courier", "Fell Gazette", "River Guard", "dockers' union"
NO_YEAR = ("XXXX-04-08", U, G, "The flood in Haldermouth on Tuesday killed 38 people. In Haldermouth 12 people are missing.")
TEMPLATE = ("2029-06-09", F, G, "The flood of 8 April 2031 had reached Haldermouth, the River Guard said. It killed 39 people on Friday.")
STORY = [
    ("2031-04-09", C, G, "The flood in Haldermouth on 8 April killed 35 people, the River Guard said."),
    ("2031-04-09", F, G, "The River Guard counted 35 people killed by the flood of 8 April in Haldermouth."),
    ("2031-04-10", C, U, "The flood in Haldermouth on 8 April killed 60 people, the River Guard was told."),
    ("2031-04-10", F, G, "The River Guard said that the flood in Haldermouth on 8 April killed 36 people."),
]
MISSING = Finding("year-missing", "the page gives its date without a year (8 April)", ((0, 3),))


def reading(page: tuple[str, str, str, str], name: str) -> Reading:
    made = replace(read(page, name), made_by=MadeBy("0.1.0", "0" * 64, "hand 1"))
    return replace(made, findings=(MISSING,)) if page is NO_YEAR else made


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "sayso.db"
    with Ledger(path, write=True) as opened:
        for n, page in enumerate(STORY):
            opened.add(reading(page, f"page-{n}.txt"))
        opened.add(reading(NO_YEAR, "no-year.txt"))
        opened.add(reading(TEMPLATE, "template.txt"))
    return path


def rows(command: click.Command, ledger: Path, *more: str) -> list[dict[str, Any]]:
    result = CliRunner().invoke(command, ["-l", str(ledger), "--json", *more])
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_page_without_year_falls_into_the_incident_of_the_others(ledger: Path):
    (found,) = rows(incidents, ledger)
    assert found["date"] == "2031-04-08"
    assert "no-year.txt" in found["documents"]
    accounts = {account["words"]: account for account in found["accounts"] if account["document"] == "no-year.txt"}
    assert accounts["38 people"]["published"] == "2031-04-08"


def test_a_page_whose_stamp_is_ruled_out_is_not_dated_by_it(ledger: Path):
    with Ledger(ledger) as opened, Pile(opened, [QUESTION]) as pile:
        pile.update()
        found = {reading.document.name: reading for reading in mended(pile).values()}
    assert set(found) == {"no-year.txt", "template.txt"}
    assert found["template.txt"].document.published is None
    assert [date.value for date in found["template.txt"].dates if date.value[:1].isdecimal()] == ["2031-04-08"]
    (incident,) = rows(incidents, ledger)
    assert "2029" not in json.dumps(incident["counts"])


def test_findings_of_the_pages_and_of_the_pile(ledger: Path):
    found = rows(findings, ledger)
    assert [(row["document"], row["code"]) for row in found] == [
        ("no-year.txt", "year-missing"), ("template.txt", "date-contradicted")
    ]  # fmt: skip
    assert found[0]["message"] == f"{MISSING.message}; the pile's other pages leave 2031"
    assert "8 April 2031" in found[1]["message"]
    assert found[1]["words"] == ["8 April 2031"]


@pytest.mark.parametrize(
    ("options", "codes"),
    [
        (["--code", "date-contradicted"], ["date-contradicted"]), (["--code", "year-missing"], ["year-missing"]),
        (["--document", "template.txt"], ["date-contradicted"]), (["--document", "page-0.txt"], []),
        (["--limit", "1"], ["year-missing"]), (["--code", "furniture"], []),
    ],
)  # fmt: skip
def test_filters_of_findings(options: list[str], codes: list[str], ledger: Path):
    assert [row["code"] for row in rows(findings, ledger, *options)] == codes


def test_findings_without_a_pile(ledger: Path):
    """Somebody else writes the pile: the pages' own findings come all the same, and a sentence says what is left out."""
    held = WriterLock(path_of(ledger), wait=0.0)
    held.acquire()
    try:
        result = CliRunner().invoke(findings, ["-l", str(ledger), "--json"])
    finally:
        held.release()
    assert result.exit_code == 0
    (row,) = map(json.loads, result.stdout.splitlines())
    assert row["message"] == MISSING.message
    assert "not what other pages show" in result.stderr


def test_an_unknown_page_is_no_fault_of_the_pile(ledger: Path):
    result = CliRunner().invoke(findings, ["-l", str(ledger), "--document", "nowhere.txt"])
    assert type(result.exception).__name__ == "UnknownDocument"


def test_the_same_stamp_changes_nothing():
    for n, page in enumerate([*STORY, NO_YEAR]):
        made = reading(page, f"page-{n}.txt")
        assert redated(made, made.document.published) == made


def test_another_year_moves_dates_and_figures_and_nothing_else():
    made = reading(NO_YEAR, "no-year.txt")
    other = redated(made, Published("2031-04-08", "day", "inferred", None))
    assert {date.value for date in made.dates} == {"XXXX-04-08"}
    assert {date.value for date in other.dates} == {"2031-04-08"}
    assert other.figures[0].as_of == "2031-04-08"
    assert [replace(f, as_of="", as_of_span=None) for f in other.figures] == [
        replace(f, as_of="", as_of_span=None) for f in made.figures
    ]
    assert (other.id, other.statements) == (made.id, made.statements)
