"""What is disturbed: each work prepares a ledger, then does something to it that may be cut off and begun anew.

A work is a row of ``WORKS``: ``prepare`` is never disturbed, ``run`` is, and running it again must end in one content.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import random
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).parents[1] / "ledger"))
from factory import article

from sayso.cli import main
from sayso.contract import reading_of
from sayso.decisions import Change
from sayso.engine import local
from sayso.ingest import Item
from sayso.ledger import Ledger, door
from sayso.ledger.migrations import migrations
from sayso.records import Reading, Unreadable

EVERY = 9
"""Documents between two commits: so few that a short run has several."""
Outcome = Reading | Unreadable


@dataclass(frozen=True, slots=True)
class Pile:
    """What is put into a ledger: ``size`` readings made by hand, and those of a file as ``sayso read --json`` has it."""

    size: int
    file: str = ""

    def outcomes(self) -> tuple[Outcome, ...]:
        return _outcomes(self)

    def readings(self) -> tuple[Reading, ...]:
        return tuple(outcome for outcome in self.outcomes() if isinstance(outcome, Reading))


@lru_cache(maxsize=4)
def _outcomes(pile: Pile) -> tuple[Outcome, ...]:
    found: dict[str, Outcome] = {}
    lines = Path(pile.file).read_text(encoding="utf-8").split("\n") if pile.file else ()
    for line in filter(None, lines):
        value = json.loads(line)
        if "error" in value:
            name = value["document"]["name"]
            found[name] = Unreadable(name, value["error"]["code"], value["error"]["message"])
        else:
            found.setdefault(value["document"]["id"], reading_of(value))
    made = [article(number, statements=6) for number in range(pile.size)]
    return (*found.values(), *made)


def by_another_model(outcome: Outcome) -> Outcome:
    if isinstance(outcome, Unreadable):
        return outcome
    return replace(outcome, made_by=replace(outcome.made_by, model="7a" * 32), findings=())


def nothing(ledger: Path, pile: Pile) -> None:
    pass


def fill(ledger: Path, outcomes: tuple[Outcome, ...]) -> None:
    with Ledger(ledger, write=True) as opened:
        for number, outcome in enumerate(outcomes, 1):
            opened.add(outcome)
            if number % EVERY == 0:
                opened.commit()


def add(ledger: Path, pile: Pile) -> None:
    fill(ledger, pile.outcomes())


def add_again(ledger: Path, pile: Pile) -> None:
    fill(ledger, tuple(by_another_model(outcome) for outcome in pile.outcomes()))


def add_with_checkpoints(ledger: Path, pile: Pile) -> None:
    """As a run that is a hundred times longer: the log goes into the file again and again while it is written."""
    with patch.object(door, "CHECKPOINT_PAGES", 40):
        add(ledger, pile)


# --- the commands themselves, over readings that are ready-made ---


class CommandFailed(Exception):
    """A command that did not end with 0: its code and what it said."""

    def __init__(self, code: int, words: str) -> None:
        super().__init__(words)
        self.code = code


def command(*arguments: str) -> None:
    """One command line in this process. Raises CommandFailed."""
    said = io.StringIO()
    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(io.StringIO()):
        code = main(arguments, standalone_mode=False)
    if code:
        raise CommandFailed(code, said.getvalue())


def _name(outcome: Outcome) -> str:
    return outcome.name if isinstance(outcome, Unreadable) else outcome.document.name


def _ready_made(pile: Pile, change: Callable[[Outcome], Outcome]) -> Callable[..., Iterator[tuple[Item, Any]]]:
    def read_all(*_: object, **options: Any) -> Iterator[tuple[Item, Any]]:
        skip = options.get("skip", local.never)
        for outcome in pile.outcomes():
            if isinstance(outcome, Reading) and skip(outcome.id):
                yield Item(outcome.document.name, ""), local.Skipped(outcome.document.name, outcome.id)
            else:
                yield Item(_name(outcome), ""), change(outcome)

    return read_all


def _read(ledger: Path, pile: Pile, change: Callable[[Outcome], Outcome], *options: str) -> None:
    with patch.object(local, "read_all", _ready_made(pile, change)), patch("sayso.ledger.store.BATCH", EVERY):
        command("read", "-l", str(ledger), *options, str(Path(__file__).with_name("crash_works.py")))


def read(ledger: Path, pile: Pile) -> None:
    _read(ledger, pile, lambda outcome: outcome)


def read_again(ledger: Path, pile: Pile) -> None:
    _read(ledger, pile, by_another_model, "--again")


# --- several at once ---


def query(ledger: Path, pile: Pile) -> None:
    """Commands that read, some of them slowly, beside those who write."""
    chance = random.Random(os.getpid())
    for _ in range(6):
        with Ledger(ledger) as opened:
            for _ in opened.statements():
                if chance.random() < 0.02:
                    time.sleep(0.005)
            opened.counts()
            opened.digest()
        time.sleep(chance.random() / 50)


def hold(ledger: Path, pile: Pile) -> None:
    """Stay in the middle of a query until killed."""
    with Ledger(ledger) as opened:
        next(opened.statements())
        time.sleep(60)


def write_in_turn(ledger: Path, pile: Pile) -> None:
    """Several short runs, each of one writer after another, in an order of their own."""
    outcomes = list(pile.outcomes())
    random.Random(os.getpid()).shuffle(outcomes)
    for start in range(0, len(outcomes), EVERY):
        fill(ledger, tuple(outcomes[start : start + EVERY]))


def check(ledger: Path, pile: Pile) -> None:
    command("check", "-l", str(ledger))


# --- decisions ---


def wishes(pile: Pile) -> Iterator[tuple[str, Any, str, Change]]:
    """Decisions, each with a note of its own: which page, what, about which statement, and what is to be different."""
    for number, reading in enumerate(pile.readings()):
        if not reading.statements:
            continue
        statement, act = reading.statements[0].id, ("accept", "reject", "speaker", "note", "undo")[number % 5]
        yield (
            reading.id,
            "accept" if act == "undo" else act,
            statement,
            Change(speaker=f"Person {number}" if act == "speaker" else None),
        )


def decide(ledger: Path, pile: Pile) -> None:
    """Decide what was not decided before, in several sittings; every fifth decision is undone."""
    every = list(enumerate(wishes(pile)))
    for start in range(0, len(every), EVERY):
        with Ledger(ledger, write=True) as opened:
            taken = {row.note: row.id for row in opened.decisions()}
            for number, (page, action, statement, change) in every[start : start + EVERY]:
                note = f"No. {number}"
                if note not in taken:
                    made = opened.decide(action, [statement], change, document=page, reviewer="A", note=note)
                    taken[note] = made.id
                if number % 5 == 4 and f"{note}, undone" not in taken:
                    opened.undo(taken[note], reviewer="B", note=f"{note}, undone")


def add_and_decide(ledger: Path, pile: Pile) -> None:
    add(ledger, pile)
    decide(ledger, pile)


def forget(ledger: Path, pile: Pile) -> None:
    """Forget every seventh page that was not forgotten before."""
    for reading in pile.readings()[::7]:
        with Ledger(ledger, write=True) as opened:
            if not opened.is_forgotten(reading.text_id):
                opened.forget(reading.id, "asked for", reviewer="A")


# --- migrations ---


def make_version_1(ledger: Path, pile: Pile) -> None:
    """A ledger as the first version of the schema has it: what that version knows, copied out of one of today."""
    now = ledger.with_name("now.db")
    fill(now, tuple(_without_code(outcome) for outcome in pile.outcomes()))
    with closing(door.open_to_write(ledger, migrations()[:1])) as connection:
        door.leave_one_file(connection)
    with closing(sqlite3.connect(ledger, isolation_level=None)) as connection:
        connection.execute("ATTACH ? AS now", (str(now),))
        tables = connection.execute("SELECT name FROM pragma_table_list WHERE schema = 'main' AND strict").fetchall()
        for (table,) in tables:
            columns = ", ".join(c for (c,) in connection.execute(f"SELECT name FROM pragma_table_info('{table}')"))
            if table != "migrations":
                connection.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM now.{table}")
        for words in ("document_words", "statement_words"):
            connection.execute(f"INSERT INTO main.{words} ({words}) VALUES ('rebuild')")
    now.unlink()


def _without_code(outcome: Outcome) -> Outcome:
    """As the first version kept it, which did not know what code had made a reading."""
    if isinstance(outcome, Unreadable):
        return outcome
    return replace(outcome, made_by=replace(outcome.made_by, code=""))


def migrate(ledger: Path, pile: Pile) -> None:
    with Ledger(ledger, write=True):
        pass


@dataclass(frozen=True, slots=True)
class Work:
    """One thing that is done to a ledger."""

    prepare: Callable[[Path, Pile], None]
    run: Callable[[Path, Pile], None]


WORKS = {
    "add": Work(nothing, add),
    "add again": Work(add, add_again),
    "add with checkpoints": Work(nothing, add_with_checkpoints),
    "read": Work(nothing, read),
    "read again": Work(add, read_again),
    "decide": Work(add, decide),
    "decide and read again": Work(add_and_decide, read_again),
    "forget": Work(add_and_decide, forget),
    "migrate": Work(make_version_1, migrate),
    "query": Work(add, query),
    "hold": Work(add, hold),
    "write in turn": Work(nothing, write_in_turn),
    "check": Work(add, check),
}
