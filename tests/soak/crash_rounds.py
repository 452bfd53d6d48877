"""Rounds of disturbance over one work: each is a try, a close look at what is left, and the same again undisturbed."""

from __future__ import annotations

import errno
import random
import shutil
import time
from collections import Counter
from pathlib import Path

from crash_harness import Ended, Stage, Truth, copied, digest, left_over, truth, whole

from sayso.errors import NotALedger

KILLS = ("kill before", "kill after", "kill torn")
FAULTS = ("open", "write", "sync", "truncate", "unlink", "rename")
ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES)
WAYS_OUT = ("make room", "see to the disk", "try again", "make the f", "make f", "name another", "move ", "copy all")
BUSY = ("is being written by process", "is being written by another process", "is in use by another program")
NOTHING_YET = ("There is no ledger at", "nothing was ever read")


def _completed(stage: Stage, work: str, ledger: Path, expected: Truth) -> None:
    """The same work again, undisturbed, ends in the same content and leaves nothing beside the ledger.

    Only a migration leaves something: one copy, however often it was begun.
    """
    stage.undisturbed(work, ledger)
    assert digest(ledger) == expected.digest
    assert left_over(ledger) <= ({f"{ledger.name}.version-1"} if work == "migrate" else set())


def _look(stage: Stage, work: str, ledger: Path, expected: Truth, write: bool) -> None:
    """Whole for one who reads first and for one who writes first, and completed from there."""
    other = copied(ledger, ledger.parent.with_name(ledger.parent.name + "-copy"))
    whole(other, expected, write=not write)
    whole(ledger, expected, write=write)
    _completed(stage, work, ledger, expected)
    for path in (ledger, other):
        shutil.rmtree(path.parent)


def _begun(stage: Stage, work: str, folder: Path) -> Path:
    folder.mkdir()
    stage.undisturbed(work, folder / "l.db", prepare=True)
    return folder / "l.db"


def kills(stage: Stage, work: str, folder: Path, rounds: int, seed: int = 1) -> Counter[str]:
    """Kill the work at a random call (before it, after it, half-way through a write) or at a random time.

    Half of the killed are killed a second and third time before anybody looks.
    """
    chance, ended, expected = random.Random(f"{work} {seed}"), Counter[str](), truth(stage, work, folder)
    while ended["killed"] < rounds:
        ledger = _begun(stage, work, folder / "try")
        for _ in range(chance.choice((1, 1, 2, 3))):
            if stage.shim is not None and chance.random() < 0.7:
                order = {"action": chance.choice(KILLS), "number": chance.randrange(1, expected.seen + 1)}
            else:
                order = {"kill_after": chance.random() * expected.seconds * 1.2}
            how = stage.ask(work, ledger, **order)
            ended["killed" if how.killed else "done before"] += 1
        _look(stage, work, ledger, expected, write=chance.random() < 0.5)
    return ended


def refused_well(how: Ended, ledger: Path) -> None:
    """An error that names the thing and the way out, with the exit code of a wrong call."""
    assert how.code == 2, how
    words = " ".join(how.words.split())
    assert str(ledger) in words, words
    assert any(way in words for way in WAYS_OUT), words


def faults(stage: Stage, work: str, folder: Path, rounds: int, seed: int = 1) -> Counter[str]:
    """Have a random call fail, once or from then on; who is told that all went well has everything."""
    chance, ended, expected = random.Random(f"{work} {seed}"), Counter[str](), truth(stage, work, folder)
    counts = stage.undisturbed(work, _begun(stage, work, folder / "count")).seen_of or {}
    kinds = [kind for kind in FAULTS if counts[kind]]
    while ended.total() < rounds:
        ledger = _begun(stage, work, folder / "try")
        kind, error = chance.choice(kinds), chance.choice(ERRORS)
        order = {"number": chance.randrange(1, counts[kind] + 1), "lasting": chance.random() < 0.5}
        action = "short" if kind == "write" and chance.random() < 0.3 else "fail"
        how = stage.ask(work, ledger, kinds=[kind], action=action, errno=error, **order)
        ended[f"{kind} {'told' if how.code else 'no harm'}"] += 1
        if how.code:
            refused_well(how, ledger)
        else:
            assert digest(ledger) == expected.digest
        _look(stage, work, ledger, expected, write=chance.random() < 0.5)
    return ended


ROLES = ("write in turn", "write in turn", "add", "query", "query", "query", "check", "hold")


def crowd(stage: Stage, folder: Path, rounds: int, seed: int = 1) -> Counter[str]:
    """Eight processes at once: writers, readers, one that checks and one that is killed in the middle of a query.

    Each does what it was to do or is told who is in its way; nobody is ever told of damage.
    """
    chance, ended, expected = random.Random(seed), Counter[str](), truth(stage, "add", folder)
    for _ in range(rounds):
        ledger = _begun(stage, "query" if chance.random() < 0.7 else "add", folder / "try")
        for role in ROLES:
            doomed = role == "hold" or chance.random() < 0.15
            stage.begin(role, ledger, **({"kill_after": 0.1 + chance.random()} if doomed else {}))
        for role, how in [(role, stage.end()) for role in ROLES]:
            ended[f"{role}: {'killed' if how.killed else 'told' if how.code else 'done'}"] += 1
            if not how.killed and how.code:
                words = " ".join(how.words.split())
                assert any(said in words for said in (*BUSY, *NOTHING_YET)) or how.error == "StopIteration", (role, how)
        _look(stage, "add", ledger, expected, write=chance.random() < 0.5)
    return ended


def copies(stage: Stage, folder: Path, rounds: int, work: str = "add", seed: int = 1) -> Counter[str]:
    """Copies of the file and of what lies beside it, taken while it is written, in either order, and looked at.

    Each is whole, or refused in a sentence that says what became of it; none is taken for what it is not.
    """
    chance, taken, expected = random.Random(seed), Counter[str](), truth(stage, work, folder)
    while taken.total() < rounds:
        ledger = _begun(stage, work, folder / "try")
        stage.begin(work, ledger)
        begin, made = time.monotonic(), []
        while (spent := time.monotonic() - begin) < expected.seconds * 1.3:
            time.sleep(chance.random() * expected.seconds / 10)
            made.append(_copy(ledger, folder / f"copy-{len(made)}", chance))
        stage.end()
        assert spent
        for copy in made:
            taken[_judged(copy, expected)] += 1
            shutil.rmtree(copy.parent)
        shutil.rmtree(ledger.parent)
    return taken


def _copy(ledger: Path, folder: Path, chance: random.Random) -> Path:
    """The file and its log (or journal) one after another, in either order, with a breath between."""
    folder.mkdir()
    ends = ["", "-wal", "-journal"]
    if chance.random() < 0.5:
        ends.reverse()
    for end in ends:
        try:
            shutil.copyfile(ledger.with_name(ledger.name + end), folder / (ledger.name + end))
        except FileNotFoundError:
            continue
        time.sleep(chance.choice((0, 0, 0.002, 0.01)))
    return folder / ledger.name


def _judged(copy: Path, expected: Truth) -> str:
    try:
        held = whole(copy, expected)
        return "whole, of the middle" if 0 < held < len(expected.readings) else "whole, all" if held else "whole, none"
    except NotALedger as error:
        if "is damaged" not in str(error):
            raise
        return "refused as damaged"
    except AssertionError as error:
        return "half documents" if "half documents" in str(error) else "found by check"
