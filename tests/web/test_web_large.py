"""A pile that is too large to be worked out while somebody waits: what is at hand comes at once, the rest with a sentence."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from threading import Lock
from typing import Any

import pytest
from click.testing import CliRunner
from web_paths import TABLES, data, documents, every_path, followed, notes
from web_visitor import Visitor

from sayso.cli import main
from sayso.ledger import Ledger
from sayso.web import kept
from sayso.web.decoded import decoded
from sayso.web.desk import Desk
from sayso.web.keeper import EVERY, keep
from sayso.web.kept import Choice, Kept
from sayso.web.standing import Stored, Whole

WHOLE = ("/series", "/copies", "/matches", "/speakers", "/incidents", "/who-speaks")


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.web.desk.LARGE", 3)


@pytest.fixture(scope="module")
def kept_ledger(demo_ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo pile with all that a keeper works out."""
    path = tmp_path_factory.mktemp("web") / "kept.db"
    path.write_bytes(demo_ledger.read_bytes())
    assert keep(path) == [standing.name for standing in EVERY]
    return path


@pytest.mark.usefixtures("large")
def test_without_anything_worked_out(opened: Callable[[Path], Visitor], own_ledger: Path):
    """No pile at all: pages, statements, speakers, queue, search and voices come; the rest says what to do."""
    visitor = opened(own_ledger)
    for path in (*WHOLE, "/voices"):
        answer = visitor.ask(f"{path}.json")
        assert answer.status == 503, path
        assert "sayso " in answer.json["error"]["message"]
        assert answer.headers["retry-after"] == answer.headers["refresh"]
        assert "Not worked out yet" in visitor.ask(path).text
    for path in (
        "/pile",
        "/pile?q=bridge",
        "/figures",
        "/findings",
        "/queue",
        "/queue/all",
        "/decisions",
        "/voices?q=bridge",
        "/export",
    ):
        assert visitor.ask(path).status == 200, path
    page = documents(visitor)[0]
    note = notes(visitor, page)[0]
    for path in (f"/page/{page}", f"/copies/{page}", f"/statement/{note['id']}", f"/speaker/{note['speaker_id']}"):
        assert visitor.ask(path).status == 200, path
    assert not own_ledger.with_name(own_ledger.name + ".pile").exists()


def test_what_the_keeper_worked_out_is_what_a_small_pile_has(
    opened: Callable[[Path], Visitor], kept_ledger: Path, demo: Visitor, monkeypatch: pytest.MonkeyPatch
):
    lists = {"/series?all=1": "series", "/series": "series", "/copies": "groups", "/incidents?all=1": "incidents", "/matches": "matches",
             "/who-speaks?by=role": "shares", "/speakers?q=an": "speakers", "/speakers?kind=person": "speakers"}  # fmt: skip
    small = {path: followed(demo, path, rows) for path, rows in lists.items()}
    paths = [path for path in every_path(demo)[:70] if path != "/voices"]
    monkeypatch.setattr("sayso.web.desk.LARGE", 3)
    visitor = opened(kept_ledger)
    for path, rows in lists.items():
        assert followed(visitor, path, rows) == small[path] != [], path
    for path in paths:
        assert visitor.ask(path).status == 200, path
    assert not visitor.ask("/series.json").json["behind"]


@pytest.mark.usefixtures("large")
def test_what_is_of_an_earlier_state_is_told(opened: Callable[[Path], Visitor], kept_ledger: Path):
    visitor = opened(kept_ledger)
    statement = notes(visitor, documents(visitor)[0])[0]["id"]
    assert visitor.post("/decide", action="accept", statement=statement).status == 303
    assert visitor.ask("/series.json").json["behind"]
    assert "has changed since" in visitor.ask("/series").text
    assert not visitor.ask("/queue.json").json["behind"]


def test_the_speaker_of_a_large_pile(
    opened: Callable[[Path], Visitor], kept_ledger: Path, demo: Visitor, monkeypatch: pytest.MonkeyPatch
):
    joined = next(row for row in data(demo, "/speakers")["speakers"] if row["joined"])
    small = data(demo, f"/speaker/{joined['id']}")
    monkeypatch.setattr("sayso.web.desk.LARGE", 3)
    monkeypatch.setattr("sayso.web.pages.people_many.MEMBERS", 2)
    visitor = opened(kept_ledger)
    parts: list[dict[str, Any]] = []
    cursor = ""
    while not parts or cursor:
        parts.append(data(visitor, f"/speaker/{joined['id']}" + (f"?after={cursor}" if cursor else "")))
        cursor = parts[-1]["next"]
    for name in ("members", "said"):
        rows = [row for part in parts for row in part[name]]
        assert [row["id" if name == "said" else "speaker"] for row in rows] == [
            row["id" if name == "said" else "speaker"] for row in small[name]
        ]
    assert {part["statements"] for part in parts} == {small["statements"]}
    assert len(parts) > 1


def test_rows_come_back_from_json(kept_ledger: Path):
    """Every answer of the file is equal to the one that is held whole: rows, order, facets, letters of names."""
    desk, file = Desk(kept_ledger, Lock(), whole=True).ready(), Kept(kept_ledger)
    for standing in EVERY:
        number, _ = file.found(standing.name) or (0, "")
        whole, stored = Whole(standing.work(desk)), Stored(file, number, standing.row)
        choices = {
            Choice(entry.facet, entry.other, part)
            for entry in whole.entries
            for part in ("", entry.words[1:5], entry.words[:2])
        }
        for choice in (Choice(), *sorted(choices, key=str)[:40]):
            assert list(stored.lines(choice, 0, 10**6)) == list(whole.lines(choice, 0, 10**6)), (standing.name, choice)
            assert stored.count(choice) == whole.count(choice)
        for entry in whole.entries[:20]:
            assert decoded(standing.row, json.loads(json.dumps(asdict(entry.row)))) == entry.row
    desk.rest()
    file.close()


@pytest.mark.parametrize(
    "change",
    ["DELETE FROM lines", "UPDATE lines SET value = '{}'", "UPDATE lines SET value = 'x'", "CREATE TABLE x (y)", "PRAGMA user_version = 9",
     "UPDATE answers SET stamp = ''"],
)  # fmt: skip
@pytest.mark.usefixtures("large")
def test_a_changed_file_is_no_harm(opened: Callable[[Path], Visitor], kept_ledger: Path, tmp_path: Path, change: str):
    path = tmp_path / "l.db"
    for end in ("", ".pile", ".room"):
        path.with_name(path.name + end).write_bytes(kept_ledger.with_name(kept_ledger.name + end).read_bytes())
    with closing(sqlite3.connect(kept.path_of(path), isolation_level=None)) as connection:
        connection.execute(change)
    visitor = opened(path)
    for table in TABLES:
        assert visitor.ask(table).status in (200, 503), table


def test_a_keeper_mends_and_takes_up(kept_ledger: Path, tmp_path: Path):
    path = tmp_path / "l.db"
    for end in ("", ".pile"):
        path.with_name(path.name + end).write_bytes(kept_ledger.with_name(kept_ledger.name + end).read_bytes())
    kept.path_of(path).write_bytes(b"no database" * 100)
    assert len(keep(path)) == len(EVERY)
    assert keep(path) == []
    assert kept.path_of(path).stat().st_mode & 0o077 == 0


def test_what_is_forgotten_is_gone_here_too(kept_ledger: Path, tmp_path: Path):
    path = tmp_path / "l.db"
    for end in ("", ".pile", ".room"):
        path.with_name(path.name + end).write_bytes(kept_ledger.with_name(kept_ledger.name + end).read_bytes())
    with Ledger(path) as ledger:
        name = next(iter(ledger.documents())).name
    done = CliRunner().invoke(
        main, ["forget", "-l", str(path), name, "--reason", "asked for", "--yes", "--copies", "--reviewer", "Ada Fenn"]
    )
    assert done.exit_code == 0, done.output
    assert not kept.path_of(path).exists()
