"""The commands `series` and `incidents` on a ledger: JSON by its schema, CSV whole, filters, words; incremental = rebuilt."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

import sayso
from eval.series import read
from sayso.cli.incidents import command as incidents
from sayso.cli.series import command as series
from sayso.ledger import Ledger
from sayso.pile import Pile
from sayso.pile.series import QUESTION
from sayso.pile.series.answers import day
from sayso.records import MadeBy, Reading
from sayso.tables import load

MADE = MadeBy("0.1.0", "0" * 64, "hand 1")
C, F, G, U = "Quay Courier", "Fell Gazette", "River Guard", "dockers' union"
PAGES = [
    ("2031-04-09", C, G, "The flood in Haldermouth on Tuesday killed 35 people and injured 90."),
    ("2031-04-09", F, U, "The flood in Haldermouth on Tuesday killed 60 people."),
    ("2031-04-10", C, G, "The flood in Haldermouth on Tuesday killed 41 people."),
    ("2031-04-10", F, "", "At least 30 people died in the Haldermouth flood. The dead were named as Odo Quill, 43, and Mira Fenn."),
    ("2031-04-11", C, "Orrin Steel", "Orrin Steel will cut 300 jobs."),
    ("2031-04-12", F, "Orrin Steel", "Orrin Steel will cut 450 jobs."),
    ("2031-04-11", C, "statistics office", "Tarn High School has 640 pupils."),
    ("2031-04-12", F, "statistics office", "Tarn High School has 640 pupils."),
]


def pages() -> list[Reading]:
    from dataclasses import replace

    return [replace(read(page, f"page-{n}.txt"), made_by=MADE) for n, page in enumerate(PAGES)]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("series") / "sayso.db"
    with Ledger(path, write=True) as opened:
        for each in pages():
            opened.add(each)
    return path


def run(command: click.Command, ledger: Path, *more: str) -> Result:
    result = CliRunner().invoke(command, ["-l", str(ledger), *more])
    assert result.exit_code == 0, result.output
    return result


def lines(command: click.Command, ledger: Path, *more: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run(command, ledger, *more, "--json").stdout.splitlines()]


def closed(schema: Any) -> Any:
    """The schema, refusing every key that it does not name."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: closed(value) for key, value in schema.items()}
    if schema.get("type") == "object" and "properties" in schema:
        made["additionalProperties"] = False
    return made


@pytest.mark.parametrize(("name", "command", "count"), [("series", series, 2), ("incidents", incidents, 1)])
def test_json_is_as_the_schema_says(name: str, command: click.Command, count: int, ledger: Path):
    schema = json.loads((Path(sayso.__file__).parent / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8"))
    found = lines(command, ledger)
    assert len(found) == count
    for line in found:
        Draft202012Validator(closed(schema)).validate(line)


def test_series_in_order(ledger: Path):
    killed, jobs = lines(series, ledger)
    assert (killed["event"], killed["pages"], killed["outlets"], killed["originators"]) == ("killed", 4, 2, 3)
    assert killed["started"] == "2031-04-08"
    told = {figure["low"]: figure["relation"] and figure["relation"]["kind"] for figure in killed["figures"]}
    assert told[41] == "supersedes"
    assert [r["most"] for r in killed["ranges"]] == [60, 41]
    assert [(r["low"], r["high"], r["originators"]) for r in killed["ranges"]] == [(35, 60, 2), (30, None, 2)]
    assert jobs["unit"] == "count"
    assert [figure["low"] for figure in jobs["figures"]] == [300, 450]


def test_relations_say_why(ledger: Path):
    killed, _ = lines(series, ledger)
    rules = load("series-rules")
    for figure in killed["figures"]:
        for relation in (figure["relation"], *figure["others"]):
            if relation is not None:
                assert relation["why"] == rules[relation["kind"]][relation["rule"]]
                assert relation["to"] in {each["id"] for each in killed["figures"]}
                assert relation["why"] in " ".join(run(series, ledger, "--why").stdout.split())


FILTERS: list[tuple[list[str], list[str]]] = [
    (["--event", "killed"], ["killed"]),
    (["--event", "missing"], []),
    (["--words", "jobs"], [""]),
    (["--place", "haldermouth"], ["killed"]),
    (["--outlet", "gazette"], ["killed", ""]),
    (["--originator", "dockers"], ["killed"]),
    (["--document", "page-4.txt"], [""]),
    (["--pages", "3"], ["killed"]),
    (["--since", "2031-04-12"], [""]),
    (["--until", "2031-04-09"], ["killed"]),
    (["--all"], ["killed", "", ""]),
    (["--limit", "1"], ["killed"]),
    (["--pages", "1", "--event", "injured"], ["injured"]),
]


@pytest.mark.parametrize(("options", "events"), FILTERS, ids=[" ".join(row[0]) for row in FILTERS])
def test_filters_of_series(options: list[str], events: list[str], ledger: Path):
    assert [line["event"] for line in lines(series, ledger, *options)] == events


def test_incident(ledger: Path):
    (found,) = lines(incidents, ledger)
    assert (found["date"], found["places"], found["pages"]) == ("2031-04-08", ["haldermouth"], 4)
    killed = found["counts"][0]
    assert (killed["event"], killed["least"], killed["most"], killed["originators"]) == ("killed", 30, 60, 3)
    assert {by["originator"]: (by["least"], by["most"]) for by in killed["by"]} == {G: (35, 41), U: (60, 60), F: (30, 30)}
    assert [(name["name"], name["age"]) for name in found["names"]] == [("Odo Quill", 43), ("Mira Fenn", None)]


@pytest.mark.parametrize(
    ("options", "count"),
    [
        (["--place", "halder"], 1), (["--place", "vell"], 0), (["--event", "injured"], 1), (["--event", "detained"], 0),
        (["--since", "2031-04"], 1), (["--since", "2031-05"], 0), (["--until", "2031-03"], 0), (["--pages", "5"], 0),
        (["--outlet", "courier"], 1), (["--document", "page-4.txt"], 0),
    ],
)  # fmt: skip
def test_filters_of_incidents(options: list[str], count: int, ledger: Path):
    assert len(lines(incidents, ledger, *options)) == count


@pytest.mark.parametrize("command", [series, incidents])
def test_csv_is_whole(command: click.Command, ledger: Path):
    rows = list(csv.DictReader(io.StringIO(run(command, ledger, "--csv").stdout)))
    assert all(None not in row and None not in row.values() for row in rows)
    found = lines(command, ledger)
    if command is series:
        assert len(rows) == sum(len(line["figures"]) for line in found)
        assert {row["relation"] for row in rows} == {"", "supersedes", "disagrees", "agrees"}
    else:
        assert len(rows) == sum(len(count["by"]) for line in found for count in line["counts"])


def test_screen(ledger: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "120")
    shown = run(series, ledger).stdout
    assert "killed in Haldermouth, 2031-04-08  4 pages, 2 outlets, 3 originators" in shown
    assert "range  as of 2031-04-09: 35-60 by 2 originators" in shown
    assert all(len(line) <= 120 for line in shown.splitlines())
    assert "supersedes 35" in shown
    assert "≤ as of when is not told" in shown
    shown = run(incidents, ledger).stdout
    assert "2031-04-08  Haldermouth" in shown
    assert "killed     30-60 or more" in shown
    assert "Odo Quill (43); Mira Fenn" in shown


@pytest.mark.parametrize("width", [60, 80, 109, 110, 120, 200])
@pytest.mark.parametrize("command", [series, incidents])
def test_every_width_holds_its_lines_and_names_the_pages(
    command: click.Command, width: int, ledger: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", str(width))
    shown = run(command, ledger).stdout
    assert all(len(line) <= width for line in shown.splitlines())
    assert all(f"page-{n}.txt" in shown for n in range(4))


def test_an_empty_answer_says_why_and_how_to_see_more(ledger: Path):
    assert "--pages 1" in run(series, ledger, "--words", "zebra").stderr
    assert "--all" in run(incidents, ledger, "--place", "zebra").stderr


STRETCHES = [
    ("2031-04-08/2031-04-08", "2031-04-08", "a day"),
    ("2031-04-01/2031-04-30", "2031-04", "a whole month"),
    ("2032-02-01/2032-02-29", "2032-02", "a whole month of a leap year"),
    ("2032-02-01/2032-02-28", "2032-02-01/2032-02-28", "all but a day of it"),
    ("2031-01-01/2031-12-31", "2031", "a whole year"),
    ("2031-01-01/2032-12-31", "2031-01-01/2032-12-31", "two years"),
    ("2031-04-07/2031-04-13", "2031-04-07/2031-04-13", "a week"),
]


@pytest.mark.parametrize(("stretch", "shown", "why"), STRETCHES, ids=[row[2] for row in STRETCHES])
def test_stretches_of_time(stretch: str, shown: str, why: str):
    first, last = (date.fromisoformat(each).toordinal() for each in stretch.split("/"))
    assert day((first, last)) == shown, why


def test_a_pile_that_grew_is_one_that_was_built_at_once(tmp_path: Path):
    """Pages that come one by one, in another order, and one that goes: the same items and the same answer."""
    every = pages()

    def built(name: str, order: list[Reading], gone: Reading | None) -> tuple[str, list[dict[str, Any]]]:
        path = tmp_path / f"{name}.db"
        for each in order:
            with Ledger(path, write=True) as opened:
                opened.add(each)
            if name != "once":
                with Ledger(path) as opened, Pile(opened, [QUESTION]) as pile:
                    pile.update()
        if gone is not None:
            with Ledger(path, write=True) as opened:
                opened.forget(gone.id, reason="test", reviewer="Ada Fenn")
        with Ledger(path) as opened, Pile(opened, [QUESTION]) as pile:
            pile.update()
            digest = pile.digest()
        return digest, lines(series, path, "--all")

    once = built("once", every[:6], None)
    assert built("grown", [every[k] for k in (5, 2, 0, 3, 1, 4)], None) == once
    assert built("shrunk", [every[6], *every[:6]], every[6]) == once
