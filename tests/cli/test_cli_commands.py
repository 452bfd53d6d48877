"""Every command on a ledger: its JSON against its schema, its CSV, its filters, its complaints and exit codes."""

from __future__ import annotations

import csv
import io
import json
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

import sayso
from sayso.cli import COMMANDS, main
from sayso.contract import reading_of

SCHEMAS = Path(sayso.__file__).parent / "schemas"
Run = Callable[..., Result]


def closed(schema: Any) -> Any:
    """The schema, refusing every key that it does not name: readers must bear new keys, but we must write them down."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: closed(value) for key, value in schema.items()}
    if schema.get("type") == "object" and "properties" in schema:
        made.setdefault("additionalProperties", False)
    return made


def schema(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    return found


def lines_of(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


CALLS = {
    "documents": ["documents"],
    "documents --unreadable": ["documents", "--unreadable"],
    "show": ["show", "bridge.txt"],
    "show headline": ["show", "ferry:1"],
    "statements": ["statements", "--all"],
    "speakers": ["speakers"],
    "figures": ["figures"],
    "findings": ["findings"],
    "why": ["why", "f59d5bb2"],
    "why chain": ["why", "b7138dfa"],
    "find": ["find", "boats"],
    "decisions": ["decisions"],
    "label": ["label", "list"],
    "labels": ["labels"],
    "sample": ["sample", "3"],
    "agreement": ["agreement"],
    "check": ["check"],
    "check --repair": ["check", "--repair"],
}
# What export writes as jsonl are readings.
SCHEMA_OF = {"read": "reading", "show": "reading", "decide": "decisions", "undo": "decisions", "export": "reading"}
APART = {"provenance"}  # schemas of one option of a command


@pytest.fixture
def labelled(run: Run) -> None:
    guild = ["--speaker", "ferry guild", "--document", "bridge.txt"]
    for on in (["f59d5bb2"], ["--speaker", "Mira Halden"], guild, ["--outlet", "Lantern"]):
        assert run("label", "add", "of interest", *on).exit_code == 0
    for name in ("Ada Fenn", "Bo"):
        assert run("decide", "accept", "dd366331", "--reviewer", name).exit_code == 0


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
@pytest.mark.usefixtures("labelled")
def test_json_is_as_the_schema_says(call: list[str], run: Run, decided: str):
    name = SCHEMA_OF.get(call[0], call[0])
    found = lines_of(run(*call, "--json"))
    assert found
    for line in found:
        Draft202012Validator(closed(schema(name))).validate(line)


def test_about_is_as_the_schema_says(run: Run, ledger: Path):
    pytest.importorskip("sayso.encoder.session")
    for more in ([], ["-l", str(ledger)]):
        (line,) = lines_of(run("about", "--json", *more))
        Draft202012Validator(closed(schema("about"))).validate(line)
        assert (line["ledger"] is None) == (not more)
    assert line["ledger"]["documents"] == 3
    assert line["ledger"]["dropped"] == {"cue": 1, "language-unsupported": 1}
    assert f"{3:>9} documents" in run("about", "-l", str(ledger)).stdout


@pytest.mark.parametrize("path", sorted(SCHEMAS.glob("*.json")), ids=lambda path: path.name)
def test_schemas_are_schemas(path: Path):
    Draft202012Validator.check_schema(json.loads(path.read_text(encoding="utf-8")))


def test_every_json_command_has_a_schema():
    there = {path.name.removesuffix(".schema.json") for path in SCHEMAS.glob("*.json")}
    assert there == {SCHEMA_OF.get(name, name) for name in COMMANDS if name not in ("open", "gather")} | APART


def test_a_wrong_line_is_refused():
    """The validator can fail: a key too many, one too few, a wrong type."""
    validator = Draft202012Validator(closed(schema("check")))
    good = {"ledger": "x", "whole": True, "repaired": [], "proved": [], "faults": []}
    assert validator.is_valid(good)
    assert not validator.is_valid({**good, "more": 1})
    assert not validator.is_valid({**good, "whole": "yes"})
    assert not validator.is_valid({"ledger": "x"})


def test_show_json_is_the_reading(run: Run):
    (line,) = lines_of(run("show", "bridge.txt", "--json"))
    assert reading_of(line).document.name == "bridge.txt"


@pytest.mark.parametrize("call", [c for n, c in CALLS.items() if not n.startswith(("show", "check", "why", "sample", "agreement"))])
@pytest.mark.usefixtures("labelled")
def test_csv_is_whole(call: list[str], run: Run, decided: str):
    """A row for every line of JSON, a header that names the columns, and nothing that a spreadsheet would run."""
    result = run(*call, "--csv")
    assert result.exit_code == 0
    rows = list(csv.DictReader(io.StringIO(result.stdout, newline="")))
    assert len(rows) == len(lines_of(run(*call, "--json")))
    assert all(None not in row and None not in row.values() for row in rows)
    assert not [value for row in rows for value in row.values() if value[:1] in ("=", "+", "-", "@")]


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        (["statements"], 10),
        (["statements", "--all"], 11),
        (["statements", "--speaker", "HALDEN"], 3),
        (["statements", "--speaker", "harbour"], 1),
        (["statements", "--words", "toll bridge"], 2),
        (["statements", "--words", '"third time"'], 1),
        (["statements", "--outlet", "tarn courier"], 7),
        (["statements", "--kind", "direct"], 4),
        (["statements", "--since", "2031-05"], 2),
        (["statements", "--until", "2031-04"], 7),
        (["statements", "--since", ""], 10),
        (["statements", "--document", "ferry:1"], 2),
        (["statements", "--limit", "3"], 3),
        (["documents", "--words", "boats"], 2),
        (["documents", "--outlet", "the lantern"], 1),
        (["documents", "--language", "en"], 1),
        (["documents", "--since", "2031", "--until", "2031-04-30"], 1),
        (["documents", "--limit", "1"], 1),
        (["documents", "--unreadable"], 1),
        (["speakers", "--name", "guild"], 1),
        (["speakers", "--kind", "person"], 3),
        (["speakers", "--document", "ferry:1"], 1),
        (["figures"], 3),
        (["figures", "--speaker", "VEND"], 1),
        (["figures", "--outlet", "courier"], 2),
        (["figures", "--own"], 1),
        (["figures", "--unit", "duration"], 1),
        (["figures", "--event", "missing"], 1),
        (["figures", "--event", "killed"], 0),
        (["figures", "--words", "paid FOR"], 1),
        (["figures", "--words", "eleven"], 1),
        (["figures", "--document", "bridge.txt"], 2),
        (["figures", "--since", "2031-05"], 1),
        (["figures", "--until", "2031-04"], 2),
        (["figures", "--limit", "1"], 1),
        (["findings", "--code", "furniture"], 1),
        (["findings", "--document", "bridge.txt"], 1),
        (["find", "boats"], 4),
        (["find", "boats", "--limit", "1"], 2),
        (["find", "timetable"], 1),
        (["find", "timetable", "--all"], 2),
        (["find", "nowhere"], 0),
    ],
)
def test_filters(call: list[str], expected: int, run: Run):
    assert len(lines_of(run(*call, "--json"))) == expected


def test_nothing_found_is_said_on_standard_error(run: Run):
    for call, said in (
        (["statements", "--speaker", "nobody"], "sayso: no statements found\n"),
        (["find", "nowhere"], "sayso: nothing found with “nowhere”\n"),
        (["show", "ferry:1", "--left-out"], "sayso: nothing was left out of ferry:1\n"),
    ):
        result = run(*call)
        assert (result.exit_code, result.stdout, result.stderr) == (0, "", said)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (["show", "brigde.txt"], "called 'brigde.txt'. Near: 'bridge.txt'."),
        (["show", "bridge.txt", "--speaker", "Nobody"], "there speak: Ivo Brandt"),
        (["show", "bridge.txt", "--list", "--left-out"], "choose one"),
        (["statements", "--json", "--csv"], "choose one"),
        (["statements", "--since", "yesterday"], "write 2031, 2031-04 or 2031-04-09"),
        (["statements", "--since", "2031-13"], "is no date"),
        (["statements", "--kind", "loud"], "'loud' is not"),
        (["statements", "--limit", "0"], "no whole number from 1"),
        (["figures", "--own", "--speaker", "Halden"], "choose one"),
        (["figures", "--unit", "stone"], "'stone' is not"),
        (["why", "ffffff"], "no statement has the id 'ffffff'"),
        (["read", "x", "--years", "2031-20"], "is no year and no years: write 2031 or 2031-2034"),
        (["read", "x", "--years", "2034-2031"], "ends before it begins"),
        (["statements", "--document", "nope"], "No document of"),
        (["documents", "--unreadable", "--words", "x"], "--unreadable lists all"),
        (["find"], "Missing argument 'TEXT'. (see sayso find --help)"),
        (["read"], "Missing argument 'PATH...'."),
        (["read", "x", "--processes", "two"], "no whole number"),
        (["nonsense"], "No such command 'nonsense'"),
    ],
)
def test_wrong_calls(call: list[str], said: str, run: Run):
    """Exit code 2, one line on standard error that says what to do, nothing on standard output."""
    result = run(*call)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("sayso: ")
    assert result.stderr.count("\n") == 1
    assert said in result.stderr


@pytest.mark.parametrize("command", [name for name in COMMANDS if name not in ("read", "import", "open", "gather")])
def test_no_ledger_says_how_to_make_one(command: str, tmp_path: Path):
    more = {"show": ["x"], "find": ["x"], "decide": ["accept", "x"], "undo": ["x"], "forget": ["--list"], "why": ["x"], "export": ["csv"],
            "label": ["list"], "sample": ["3"]}  # fmt: skip
    result = CliRunner().invoke(main, [command, *more.get(command, []), "-l", str(tmp_path / "none.db")])
    assert result.exit_code == 2
    assert "make one with: sayso read -l " in result.stderr
    assert not (tmp_path / "none.db").exists()


def test_no_ledger_of_ours(tmp_path: Path):
    path = tmp_path / "notes.db"
    path.write_text("not a database at all, only some words of mine\n" * 50, encoding="utf-8")
    result = CliRunner().invoke(main, ["documents", "-l", str(path)])
    assert result.exit_code == 2
    assert str(path) in result.stderr


def test_check_finds_faults(run: Run, ledger: Path):
    import sqlite3

    assert run("check").stdout.endswith(f"{ledger} is whole\n")
    with sqlite3.connect(ledger) as connection:
        connection.execute("UPDATE statement_spans SET words = 'other words' WHERE words = '“Who mends the piers?”'")
    connection.close()
    result = run("check")
    assert result.exit_code == 1
    assert "fault  " in result.stdout
    (line,) = (json.loads(line) for line in run("check", "--json").stdout.splitlines())
    assert not line["whole"]
    assert line["faults"]


def commands() -> dict[str, click.Command]:
    context = click.Context(main)
    found = {name: main.get_command(context, name) for name in main.list_commands(context)}
    return {name: command for name, command in found.items() if command is not None}


@pytest.mark.parametrize("name", COMMANDS)
def test_help_says_what_it_is_for_with_examples(name: str, run: Run):
    result = run(name, "--help")
    assert result.exit_code == 0
    command = commands()[name]
    assert command.help is not None
    assert command.help.rstrip().endswith(".")
    assert command.short_help
    assert 2 <= len(command.examples) <= 4  # type: ignore[attr-defined]
    assert result.stdout.rstrip().endswith(command.examples[-1])  # type: ignore[attr-defined]


EXAMPLES = [  # "open" serves until it is stopped: see tests/web
    (name, example) for name, command in commands().items() if name != "open" for example in command.examples  # type: ignore[attr-defined]
]


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_examples_are_calls_that_work(
    name: str, example: str, run: Run, ledger: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
):
    """Each is run on the sample as it stands there; those of ``read`` are run in test_cli_read."""
    monkeypatch.chdir(ledger.parent)
    if name == "agreement":
        for who in ("Ada Fenn", "Bo"):
            assert run("decide", "accept", "dd366331", "--reviewer", who).exit_code == 0
    if "sample --import" in example:
        assert run("sample", "3", "-o", "sheet.csv").exit_code == 0
        sheet = Path("sheet.csv").read_text(encoding="utf-8")
        head, *rows = csv.reader(io.StringIO(sheet))
        first = next(row for row in rows if row[head.index("what")] == "statement")
        first[head.index("code")] = "right"
        with Path("sheet.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([head, *rows])
    if name == "gather":
        Path("one.txt").write_text("Mira Halden said the bridge would open in May.", encoding="utf-8")
        assert CliRunner().invoke(main, ["read", "--to", "march", "one.txt"]).exit_code == 0
    if name == "undo":
        assert request.getfixturevalue("decided").startswith("d4360881")
    if "--label" in example or "label list" in example:
        assert run("label", "add", "economy", "f59d5bb2").exit_code == 0
        assert run("label", "add", "government", "--speaker", "Mira Halden").exit_code == 0
    if "--lift" in example:
        assert run("forget", "bridge.txt", "--reason", "asked", "--yes").exit_code == 0
    words = shlex.split(example.partition(" > ")[0].rpartition("| ")[2])
    assert words[:2] == ["sayso", name]
    if name == "read":
        commands()[name].make_context(name, words[2:])
        return
    args = [str(ledger) if word.endswith(".db") else word for word in words[1:]]
    args += ["--yes"] if "--reason" in args else []  # nobody is there to be asked
    result = CliRunner().invoke(main, args if "-l" in args or name == "about" else [*args, "-l", str(ledger)])
    assert result.exit_code == 0, result.stderr


def test_help_of_the_program(run: Run):
    result = run("--help")
    assert [name for name in COMMANDS if f"\n  {name} " not in result.stdout] == []
    assert "sayso read news/" in result.stdout
    assert run("--version").stdout.startswith("sayso ")
    assert CliRunner().invoke(main, []).exit_code == 2
