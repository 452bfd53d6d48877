"""``sayso people``: groups and pairs left apart as JSON, CSV and tables, filters and complaints."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator
from people_pages import CASES, page, pages

import sayso
from sayso.cli.people import APART, COLUMNS, EXAMPLES, command
from sayso.ledger import Ledger
from sayso.pile.people import QUESTION, People, Readings
from sayso.pile.people.answers import people_of
from sayso.pile.people.evidence import NAME
from sayso.pile.store import Pile
from sayso.tables import load

Run = Callable[..., Result]


def closed(schema: Any) -> Any:
    """The schema, refusing every key that it does not name."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: closed(value) for key, value in schema.items()}
    return {**made, "additionalProperties": False} if schema.get("type") == "object" else made


SCHEMA = json.loads((Path(sayso.__file__).parent / "schemas" / "people.schema.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Jorrin Kjellbeck on three pages, one of them with another spelling; a guild on two; two of one name apart."""
    at = tmp_path_factory.mktemp("people") / "sayso.db"
    with Ledger(at, write=True) as opened:
        for name, day, outlet, who in (
            ("one.txt", "2031-04-01", "Varn Daily", ["Jorrin Kjellbeck [union leader]", "#Tarrow Ferry Guild", "Robin Torvane [Mr]"]),
            ("two.txt", "2031-04-02", "Tarn Courier", ["Jorin Kjelbek (he x2)", "#Tarrow Ferry Guild"]),
            ("three.txt", "2031-04-03", "Tarn Courier", ["Jorrin Kjellbeck [leader of the union]", "Robin Torvane [Mrs]"]),
        ):
            opened.add(page(name, who, day=day, outlet=outlet)[0])
    return at


@pytest.fixture
def run(path: Path) -> Run:
    """Runs the command on that ledger."""
    return lambda *words: CliRunner().invoke(command, [*words, "-l", str(path)])


def lines(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.mark.parametrize("call", [(), ("--apart",)])
def test_json_is_as_the_schema_says(run: Run, call: tuple[str, ...]):
    found = lines(run("--json", *call))
    assert found
    for line in found:
        Draft202012Validator(closed(SCHEMA)).validate(line)


def test_groups(run: Run):
    person, body = lines(run("--json"))
    assert (person["name"], person["kind"], person["documents"], person["outlets"]) == ("Jorrin Kjellbeck", "person", 3, 2)
    assert person["spellings"] == ["Jorin Kjelbek", "Jorrin Kjellbeck"]
    assert person["statements"] == 2
    assert [m["document"] for m in person["members"]] == ["one.txt", "two.txt", "three.txt"]
    assert person["members"][1]["evidence"][0] == "spelling"
    assert "in another spelling" in person["members"][1]["why"]
    assert (body["name"], body["kind"], body["documents"]) == ("Tarrow Ferry Guild", "body", 2)


@pytest.mark.parametrize(
    ("call", "names"),
    [
        (["--kind", "body"], ["Tarrow Ferry Guild"]),
        (["--kind", "person"], ["Jorrin Kjellbeck"]),
        (["--name", "KJELBEK"], ["Jorrin Kjellbeck"]),
        (["--name", "nobody"], []),
        (["--pages", "3"], ["Jorrin Kjellbeck"]),
        (["--document", "two.txt"], ["Jorrin Kjellbeck", "Tarrow Ferry Guild"]),
        (["--document", "three.txt"], ["Jorrin Kjellbeck"]),
        (["--limit", "1"], ["Jorrin Kjellbeck"]),
    ],
)
def test_filters(run: Run, call: list[str], names: list[str]):
    assert [line["name"] for line in lines(run("--json", *call))] == names


def test_csv_has_a_line_for_each_page(run: Run):
    rows = list(csv.DictReader(io.StringIO(run("--csv").stdout)))
    assert tuple(rows[0]) == COLUMNS
    assert [row["document"] for row in rows] == ["one.txt", "two.txt", "three.txt", "one.txt", "two.txt"]
    assert len({row["group"] for row in rows}) == 2
    apart = list(csv.DictReader(io.StringIO(run("--csv", "--apart").stdout)))
    assert tuple(apart[0]) == APART
    assert (apart[0]["name"], apart[0]["reason"]) == ("Robin Torvane", "gender")


def test_screens(run: Run):
    table, why, apart = (run(*words).stdout for words in ((), ("--why",), ("--apart",)))
    assert table.splitlines()[0].split("\t")[:3] == ["name", "kind", "pages"]
    assert "Jorin Kjelbek" in table
    assert "“Jorin Kjelbek” is “Jorrin Kjellbeck” of" in why
    assert "One is he, the other she." in apart


def test_complaints(run: Run, tmp_path: Path):
    assert run("--json", "--csv").exit_code != 0
    assert "no people and bodies found" in run("--name", "nobody").stderr
    assert CliRunner().invoke(command, ["-l", str(tmp_path / "none.db")]).exit_code != 0


def test_help_has_examples():
    shown = CliRunner().invoke(command, ["--help"]).stdout
    assert all(example in shown for example in EXAMPLES)


def test_every_code_has_words():
    """Whatever a rule may say, the table can tell it."""
    table = load("people")
    assert set(NAME) <= set(table["names"])
    codes = {code for case in CASES for link in links(case) for code in link}
    assert codes <= set(table["names"]) | set(table["beside"])
    for sentence in (*table["names"].values(), *table["beside"].values(), *table["left"].values()):
        assert sentence.format(name="a", other="b", page="c", words="d")[-1] == "."
    told = set(SCHEMA["oneOf"][1]["properties"]["reason"]["enum"])
    assert told == set(table["left"])
    assert set(SCHEMA["oneOf"][1]["properties"]["evidence"]["items"]["enum"]) == set(table["names"]) - {"other-name"} | set(table["beside"])


def links(case: dict[str, Any]) -> list[tuple[str, ...]]:
    people = People(Readings(pages(case)[0]))
    return [link.weight.codes for group in people.groups() for link in group.links]


def test_a_pile_says_what_its_readings_say(tmp_path: Path):
    """The very same groups from the file as from the readings; asked for all, or for one."""
    readings = {reading.id: reading for case in CASES for reading in pages(case)[0]}
    at = tmp_path / "sayso.db"
    with Ledger(at, write=True) as opened:
        for reading in readings.values():
            opened.add(reading)
    with Ledger(at) as opened, Pile(opened, [QUESTION]) as pile:
        pile.update()
        current = set(pile.documents())
        expected = People(Readings(reading for reading in readings.values() if reading.id in current)).groups()
        assert len(expected) > 30
        assert [group.members for group in people_of(pile).groups()] == [group.members for group in expected]
        for group in expected[::7]:
            found = people_of(pile).group(group.members[0])
            assert found is not None
            assert found.members == group.members
        assert pile.relations("people") == []
