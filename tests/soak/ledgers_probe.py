"""One process that opens hostile ledgers, one after another, and tells its parent what each did.

It asks everything that can be asked of a ledger, runs every command, and opens for writing last. A line "op …" goes out
before each step, so that the parent knows where a crash or a hang was; "done {…}" ends a ledger. The only good ends of a
step are an answer and an error of ours.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import resource
import sqlite3
import stat
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from itertools import islice
from pathlib import Path
from typing import Any

from ledgers_base import NAME, PRECIOUS, PRECIOUS_WORDS, newcomer

from sayso.cli import main
from sayso.contract import dumps, reading_json
from sayso.errors import SaysoError
from sayso.ledger import Ledger
from sayso.ledger.rows import DocumentFilter, DroppedFilter, FindingFilter, SpeakerFilter, StatementFilter

MEMORY = 1 << 30
"""More than the process had before is too much for any step."""
SECONDS = 10.0
"""No step may work longer. Measured in processor time: other programs may keep the machine busy."""
ROWS = 2000
"""So many rows of an answer are looked at: a hostile ledger may have as many as it likes."""
PAGE = "tern-0311-breach.txt"
QUICK_COMMANDS = (
    ("documents",),
    ("show", PAGE, "--json"),
    ("statements", "--all"),
    ("findings", "--json"),
    ("find", "the", "--json"),
    ("check",),
)
COMMANDS = (
    *QUICK_COMMANDS,
    ("documents", "--json"),
    ("show", PAGE),
    ("speakers",),
    ("decisions", "--json"),
    ("label", "list", "--json"),
    ("labels", "--json"),
    ("statements", "--label", "of note", "--json"),
    ("sample", "5", "--json"),
    ("agreement", "--json"),
    ("about", "--json"),
    ("documents", "--csv"),
    ("documents", "--words", "the", "--since", "2001"),
    ("documents", "--unreadable"),
    ("documents", "--unreadable", "--json"),
    ("show", PAGE, "--list", "--all"),
    ("show", PAGE, "--left-out"),
    ("show", "nowhere"),
    ("show", "varn/0002.txt"),
    ("statements", "--json"),
    ("statements", "--csv"),
    ("statements", "--speaker", "a", "--words", "the", "--outlet", "x"),
    ("speakers", "--json"),
    ("speakers", "--csv"),
    ("findings",),
    ("findings", "--csv"),
    ("find", "the bridge"),
    ("find", "e* a*", "--csv", "--all"),
    ("decisions",),
    ("diff",),
    ("diff", "--json"),
    ("check", "--json"),
    ("about",),
)


class Sink(io.RawIOBase):
    """Takes everything, keeps the head of it."""

    def __init__(self) -> None:
        self.head = b""

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        if len(self.head) < 20_000:
            self.head += bytes(data[:20_000])
        return len(data)


def some(rows: Iterable[Any]) -> None:
    """Look at the first rows of an answer, one at a time."""
    for _ in islice(rows, ROWS):
        pass


def questions(ledger: Ledger) -> dict[str, Callable[[], Any]]:
    """Every question of the library."""
    return {
        "documents": lambda: some(ledger.documents()),
        "documents chosen": lambda: some(ledger.documents(DocumentFilter("x", "2001", "2099", "the", "en", 5))),
        "statements": lambda: some(ledger.statements()),
        "statements chosen": lambda: some(ledger.statements(StatementFilter("a", "the", act="", id="a", limit=5))),
        "statements of one": lambda: some(ledger.statements(StatementFilter(document=PAGE, act=""))),
        "search": lambda: some(ledger.search("the bridge*", 50)),
        "speakers": lambda: some(ledger.speakers()),
        "speakers of one": lambda: some(ledger.speakers(SpeakerFilter("a", document=PAGE))),
        "findings": lambda: some(ledger.findings()),
        "findings of one": lambda: some(ledger.findings(FindingFilter("date-missing", PAGE))),
        "dropped": lambda: some(ledger.dropped()),
        "dropped of one": lambda: some(ledger.dropped(DroppedFilter("", PAGE, 3))),
        "unreadable": lambda: some(ledger.unreadable()),
        "reading": lambda: dumps(reading_json(ledger.reading(PAGE))),
        "readings": lambda: [dumps(reading_json(r)) for r in ledger.readings("varn/0002.txt")],
        "decisions": lambda: some(ledger.decisions()),
        "diff": lambda: some(ledger.diff()),
        "forgotten": lambda: some(ledger.forgotten()),
        "original": lambda: ledger.original(PAGE),
        "counts": ledger.counts,
        "ids": ledger.document_ids,
        "has": lambda: ledger.has("a" * 32),
        "digest": ledger.digest,
    }


class Probe:
    """What one ledger did."""

    def __init__(self, folder: Path, tell: Callable[[str], None], quick: bool) -> None:
        self.folder, self.path, self.tell, self.quick = folder, folder / NAME, tell, quick
        self.worst, self.worst_step = 0.0, ""
        self.faults: list[str] = []
        self.said: list[str] = []
        self.opened = False

    def step(self, name: str, work: Callable[[], Any]) -> bool:
        """Do one thing; whether it gave an answer."""
        self.tell(f"op {name}")
        before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
        try:
            work()
            return True
        except SaysoError as error:
            self.sentence(name, str(error))
        except BaseException as error:
            trace, at = error.__traceback__, ""
            while trace is not None:
                at, trace = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}", trace.tb_next
            self.faults.append(f"{name}: {type(error).__name__} at {at}: {error!s:.200}")
        finally:
            took = time.process_time() - begun
            if took > SECONDS:
                self.faults.append(f"{name}: took {took:.0f} seconds")
            if took > self.worst:
                self.worst, self.worst_step = took, name
            grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) << 10
            if grown > MEMORY:
                self.faults.append(f"{name}: took {grown >> 20} MiB")
        return False

    def sentence(self, name: str, words: str) -> None:
        if len(words) > 2000 or " " not in words.strip():
            self.faults.append(f"{name}: no sentence: {words!r:.300}")
        if words not in self.said and len(self.said) < 4:
            self.said.append(words[:200])

    def ask(self) -> None:
        ledger = Ledger(self.path)
        if self.step("open", ledger.open):
            self.opened = True
            for name, work in questions(ledger).items():
                self.step(name, work)
            self.step("check", lambda: [self.sentence("fault", fault) for fault in ledger.check().faults])
        self.step("close", ledger.close)

    def command(self, words: tuple[str, ...]) -> None:
        """A command as the shell would run it, in this process."""
        out, complaint = Sink(), Sink()
        kept = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = (io.TextIOWrapper(io.BufferedWriter(sink), "utf-8") for sink in (out, complaint))
        try:
            code = main.main([*words, "-l", str(self.path)], standalone_mode=False)
            for stream in (sys.stdout, sys.stderr):
                stream.flush()
        finally:
            sys.stdout, sys.stderr = kept
        said = complaint.head.decode()
        if code not in (0, 1, 2) or "Traceback" in said:
            raise AssertionError(f"exit code {code}: {said[-300:]}")
        if code == 2 and not said.startswith("sayso: "):
            raise AssertionError(f"no word on why: {said[-300:]!r}")
        if b"\x1b" in out.head and "FORCE_COLOR" not in os.environ:
            raise AssertionError(f"a terminal would obey this: {out.head!r:.300}")
        if "--json" in words:
            for line in out.head.decode().split("\n")[:-1]:
                if len(out.head) < 20_000:
                    json.loads(line, parse_constant=_no_constant)

    def commands(self) -> None:
        for words in QUICK_COMMANDS if self.quick else COMMANDS:
            self.step("sayso " + " ".join(words), lambda words=words: self.command(words))
        os.environ.update(FORCE_COLOR="1", COLUMNS="100")
        try:
            for words in [("show", PAGE)] if self.quick else [each for each in COMMANDS if "--json" not in each]:
                self.step("colour: sayso " + " ".join(words), lambda words=words: self.command(words))
        finally:
            del os.environ["FORCE_COLOR"], os.environ["COLUMNS"]

    def ids(self) -> set[str]:
        """What any program sees of the pages in the file."""
        with suppress(sqlite3.Error), closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)) as connection:
            connection.text_factory = bytes
            connection.execute("PRAGMA trusted_schema = OFF")
            return {str(row) for row in connection.execute("SELECT id, key FROM documents LIMIT 1000")}
        return set()

    def write(self) -> None:
        """Open for writing and add one page. What was refused is as it was; what was in the file before is still there."""
        ordinary = self.path.is_file() and self.path.stat().st_size < 100 << 20 and not self.log_beside()
        before = hashlib.sha256(self.path.read_bytes()).digest() if ordinary else b""
        held = self.ids() if ordinary and self.opened else set()
        ledger = Ledger(self.path, write=True, wait=0.2)
        if self.step("open to write", ledger.open):
            self.step("add", lambda: ledger.add(newcomer()))
            self.step("commit", ledger.commit)
            if not self.quick:
                self.step("check writing", ledger.check)
            self.step("close writer", ledger.close)
            lost = held - self.ids()
            if lost:
                self.faults.append(f"add: lost {len(lost)} documents")
        elif ordinary and hashlib.sha256(self.path.read_bytes()).digest() != before:
            self.faults.append("open to write: the file was changed, although it was refused")

    def log_beside(self) -> bool:
        return any(os.path.lexists(self.folder / (NAME + end)) for end in ("-wal", "-journal", "-shm"))

    def left(self) -> None:
        """Nothing but the ledger's own files is there, and what is not its own is untouched."""
        if not (self.folder / PRECIOUS).is_file() or (self.folder / PRECIOUS).read_bytes() != PRECIOUS_WORDS:
            self.faults.append("another file was changed or deleted")
        self.faults += [
            f"left behind: {each.name}" for each in self.folder.iterdir()
            if not each.name.startswith(NAME) and each.name != PRECIOUS
        ]  # fmt: skip


def _no_constant(name: str) -> None:
    raise AssertionError(f"{name} is no JSON")


def probe(folder: Path, tell: Callable[[str], None], quick: bool) -> dict[str, Any]:
    """Everything that may be done with the ledger in this folder."""
    work = Probe(folder, tell, quick)
    work.ask()
    work.commands()
    work.write()
    work.left()
    return {"opened": work.opened, "worst": round(work.worst, 3), "step": work.worst_step, "faults": work.faults,
            "said": work.said, "rss": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10}  # fmt: skip


def serve() -> None:
    """Folders on standard input, what became of them on standard output."""
    out = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))
    assert stat.S_ISREG(os.stat(__file__).st_mode)
    for line in sys.stdin:
        asked = json.loads(line)
        result = probe(Path(asked["folder"]), lambda words: print(words, file=out), asked["quick"])
        print("done " + json.dumps(result), file=out)


if __name__ == "__main__":
    serve()
