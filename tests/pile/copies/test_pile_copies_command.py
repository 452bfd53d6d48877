"""``sayso copies``: groups and pairs as JSON, CSV and tables, filters and complaints."""

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
from copies_measures import found
from copies_pages import MADE, WORDS, Press, pages
from jsonschema import Draft202012Validator

import sayso
from sayso import identity
from sayso.cli import main
from sayso.cli.copies import COLUMNS, PAIR_COLUMNS, command
from sayso.layout import lay_out
from sayso.ledger import Ledger
from sayso.pile.copies import QUESTION
from sayso.pile.store import Pile
from sayso.records import Document, Published, Reading

Run = Callable[..., Result]


def closed(schema: Any) -> Any:
    """The schema, refusing every key that it does not name."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: closed(value) for key, value in schema.items()}
    return {**made, "additionalProperties": False} if schema.get("type") == "object" else made


SCHEMA = json.loads((Path(sayso.__file__).parent / "schemas" / "copies.schema.json").read_text(encoding="utf-8"))


def printed(name: str, outlet: str, date: str, *paragraphs: str, credit: str = "") -> Reading:
    stamp = Published(date) if date else None
    text = (f"HARROWICK, March 3 ({credit}) - " if credit else "") + "\n\n".join(paragraphs)
    document = lay_out(Document(name, text, "", outlet, published=stamp)).document
    return Reading(identity.document_id(document), identity.text_id(text), document, MADE)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wire story at its agency and three outlets, one of which cut it; another at two; a page out of both; one alone."""
    press = Press(21)
    events = [press.event() for _ in range(3)]
    wire, other, alone = (
        [" ".join(line.text for line in each if line.story >= 0) for each in press.story(event, 8)] for event in events
    )
    agency, short = WORDS["agencies"][0]
    pages = [
        printed("wire.txt", agency, "2031-03-03", *wire, credit=short),
        printed("post.txt", "Harrow Post", "2031-03-04", *wire, credit=short),
        printed("echo.txt", "Vintry Echo", "2031-03-04", *wire[::-1], credit=short),
        printed("star.txt", "Saltry Star", "2031-03-05", *wire[:3], credit=short),
        printed("first.txt", "Quay Times", "2031-03-06", *other),
        printed("second.txt", "Fold Daily", "2031-03-07", *other[1:], alone[0]),
        printed("both.txt", "Evening Lamp", "2031-03-09", *wire[:5], *other[:3]),
        printed("alone.txt", "Evening Lamp", "", *alone[1:]),
    ]
    at = tmp_path_factory.mktemp("copies") / "sayso.db"
    with Ledger(at, write=True) as opened:
        for reading in pages:
            opened.add(reading)
    return at


@pytest.fixture
def run(path: Path) -> Run:
    """Runs the command on that ledger."""

    def call(*args: str, **more: str) -> Result:
        return CliRunner().invoke(
            command, [*args, "-l", str(path)], env={"TERM": "xterm-256color", **more}, prog_name="sayso"
        )

    return call


def lines(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.output
    found = [json.loads(line) for line in result.stdout.splitlines()]
    for line in found:
        Draft202012Validator(closed(SCHEMA)).validate(line)
    return found


def test_the_schema_is_one():
    Draft202012Validator.check_schema(SCHEMA)
    assert not Draft202012Validator(closed(SCHEMA)).is_valid({"found": "group"})


def test_groups(run: Run):
    wire, other = lines(run("--json"))
    assert [(page["document"], page["kind"], page["shared_with"]) for page in wire["pages"]] == [
        ("wire.txt", "first", wire["pages"][0]["shared_with"]),
        ("echo.txt", "copy", "wire.txt"),
        ("post.txt", "copy", "wire.txt"),
        ("star.txt", "cut", "wire.txt"),
        ("both.txt", "merged", wire["pages"][4]["shared_with"]),
    ]
    assert (wire["origin"], wire["origin_by"], wire["outlets"]) == (WORDS["agencies"][0][0], "credit", 5)
    assert [(page["document"], page["kind"], page["by"]) for page in other["pages"]] == [
        ("first.txt", "first", "date"),
        ("second.txt", "copy", "date"),
    ]
    assert (other["origin"], other["origin_by"]) == ("Quay Times", "date")
    assert [(page["document"], page["kind"]) for page in other["pieces"]] == [("both.txt", "merged")]


def test_each_page_says_why(run: Run):
    wire, other = lines(run("--json"))
    by_name = {page["document"]: page["why"] for page in (*wire["pages"], *other["pages"])}
    assert by_name["post.txt"].endswith("post.txt credits Meridian.")
    assert "first.txt is dated earlier." in by_name["second.txt"]
    assert "100 % of the own words of star.txt stand in wire.txt" in by_name["star.txt"]
    assert "other parts of it in pages that are unlike that one" in by_name["both.txt"]


def test_one_page(run: Run, path: Path):
    found = lines(run("both.txt", "--json"))
    assert {pair["other"] for pair in found} >= {"wire.txt", "first.txt"}
    with Ledger(path) as opened:
        text = opened.reading("both.txt").document.text
        for pair in found:
            other = opened.reading(pair["other"]).document.text
            for passage in pair["passages"]:
                assert text[slice(*passage["span"])] == passage["text"]
                assert other[slice(*passage["other_span"])] == passage["other_text"]
    (pair,) = [pair for pair in lines(run("star.txt", "--json")) if pair["other"] == "wire.txt"]
    assert (pair["credits"], pair["origin"], pair["first"], pair["by"]) == ("this", "other", "other", "credit")
    (turned,) = [pair for pair in lines(run("wire.txt", "--json")) if pair["other"] == "star.txt"]
    assert (turned["credits"], turned["origin"], turned["first"]) == ("other", "this", "this")
    assert (turned["share"], turned["other_share"]) == (pair["other_share"], pair["share"])


@pytest.mark.parametrize(
    ("args", "groups"),
    [
        (["--outlet", "star"], 1), (["--pages", "3"], 1), (["--pages", "9"], 0), (["--since", "2031-03-06"], 2),
        (["--until", "2031-03-03"], 1), (["--limit", "1"], 1), (["--outlet", "nobody"], 0),
    ],
)  # fmt: skip
def test_filters(args: list[str], groups: int, run: Run):
    assert len(lines(run(*args, "--json"))) == groups


def test_csv(run: Run):
    rows = list(csv.DictReader(io.StringIO(run("--csv").stdout)))
    assert tuple(rows[0]) == COLUMNS
    assert [row["group"] for row in rows] == ["1"] * 5 + ["2"] * 3
    assert {row["document"] for row in rows if row["group"] == "2"} == {"first.txt", "second.txt", "both.txt"}
    pairs = list(csv.DictReader(io.StringIO(run("star.txt", "--csv").stdout)))
    assert tuple(pairs[0]) == PAIR_COLUMNS


def test_on_a_terminal(run: Run):
    shown = run(FORCE_COLOR="1", NO_COLOR="1", COLUMNS="100").stdout.splitlines()
    assert shown[0].split() == ["text", "document", "outlet", "date", "is", "share", "shared", "with", "credits"]
    assert shown[1].split()[:2] == ["1", "wire.txt"]
    assert max(map(len, shown)) <= 100
    assert shown[-1].startswith("8 pages")
    page = run("star.txt", FORCE_COLOR="1", NO_COLOR="1", COLUMNS="90").stdout
    assert "star.txt credits Meridian." in " ".join(page.split())
    assert max(map(len, page.splitlines())) <= 90


def test_in_a_pipe(run: Run):
    head, *rows = run().stdout.splitlines()
    assert head.split("\t")[:3] == ["text", "document", "outlet"]
    assert len(rows) == 8


def test_a_page_that_shares_nothing(run: Run):
    result = run("alone.txt")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "no pages with shared text found" in result.stderr


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--json", "--csv"], "cannot both be"),
        (["wire.txt", "--outlet", "x"], "leave them out beside a page"),
        (["nowhere.txt"], "nowhere.txt"),
    ],
)
def test_wrong_calls(args: list[str], said: str, run: Run):
    result = run(*args)
    assert result.exit_code != 0
    assert said in (result.output + str(result.exception))


def test_the_pile_finds_what_the_question_finds(tmp_path: Path):
    """Through ledger and store the same relations and groups, an earlier version of a page among them."""
    readings = [page.reading for page in pages(40)]
    old = readings[0].document
    document = lay_out(replace(old, text=f"{old.text}\n\nThe name of a street has been corrected.", blocks=())).document
    readings.append(Reading(identity.document_id(document), identity.text_id(document.text), document, MADE))
    with Ledger(tmp_path / "sayso.db", write=True) as opened:
        for reading in readings:
            opened.add(reading)
        with Pile(opened, [QUESTION]) as pile:
            pile.update()
            wanted = found(readings)
            assert pile.relations("copies") == [wanted.pairs[pair] for pair in sorted(wanted.pairs)]
            groups = {tuple(name for name, _ in group) for group in pile.components("copies")}
    assert groups == {tuple(sorted(group)) for group in wanted.groups if len(group) > 1}
    pair = tuple(sorted((readings[0].id, readings[-1].id)))
    assert wanted.pairs[pair].kind == "version"


def test_it_is_a_command_of_its_name():
    assert command.name == "copies"
    assert main.name == "sayso"


TAMPERED = (
    "'{}'",
    "'[]'",
    'replace(detail, \'"first":""\', \'"first":"q"\')',
    "replace(detail, '\"own\":', '\"own\":-')",
    "replace(detail, '\"share\":[', '\"share\":[7,')",
)


@pytest.mark.parametrize("detail", TAMPERED)
def test_a_pile_that_was_tampered_with_is_built_again(tmp_path: Path, detail: str):
    story = [" ".join(line.text for line in each) for each in Press(4).story(Press(4).event(), 8)]
    path = tmp_path / "x.db"
    with Ledger(path, write=True) as opened:
        opened.add(printed("a", "Lamp", "", *story))
        opened.add(printed("b", "Echo", "", *story))
    runner = CliRunner()
    whole = runner.invoke(command, ["-l", str(path), "--json"])
    assert len(whole.stdout.splitlines()) == 1
    with closing(sqlite3.connect(f"{path}.pile")) as connection:
        before = connection.execute("SELECT detail FROM relations").fetchall()
        connection.execute(f"UPDATE relations SET detail = {detail}")
        assert connection.execute("SELECT detail FROM relations").fetchall() != before
        connection.commit()
    again = runner.invoke(command, ["-l", str(path), "--json"])
    assert (again.exit_code, again.stdout) == (0, whole.stdout)


def test_a_page_without_a_year_is_in_no_range_of_days(tmp_path: Path):
    story = [" ".join(line.text for line in each) for each in Press(4).story(Press(4).event(), 8)]
    path = tmp_path / "x.db"
    with Ledger(path, write=True) as opened:
        for name, outlet in (("a", "Lamp"), ("b", "Echo")):
            opened.add(printed(name, outlet, "XXXX-10-09", *story))
    for option, many in (((), 1), (("--since", "2030-01-01"), 0), (("--until", "2040-01-01"), 0)):
        result = CliRunner().invoke(command, ["-l", str(path), "--json", *option])
        assert len(result.stdout.splitlines()) == many


def test_no_page_is_said_to_credit_nobody_where_it_does(tmp_path: Path):
    story = [" ".join(line.text for line in each) for each in Press(4).story(Press(4).event(), 8)]
    path = tmp_path / "x.db"
    with Ledger(path, write=True) as opened:
        opened.add(printed("a", "Tern News Agency", "2031-05-03", *story))
        opened.add(printed("b", "Lamp", "2031-05-03", *story[:-1], f"{story[-1]} (TNA)"))
    rows = [json.loads(line) for line in CliRunner().invoke(command, ["-l", str(path), "--json"]).stdout.splitlines()]
    whys = [page["why"] for page in rows[0]["pages"]]
    assert len(whys) == 2
    assert all("b credits TNA with a part." in why and "neither" not in why for why in whys)
