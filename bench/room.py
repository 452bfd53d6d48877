"""The reading room on a large ledger: how long each page takes, and how much memory the server has.

    python -m bench.room --folder build/room                # a ledger of a million statements, and the times
    python -m bench.room --folder build/room --only ledger  # only make it (10 min); then --only answers, --only times

The ledger is made of the invented stories of ``bench.stories``, read by no encoder. To compare its pages with each other and to
work out what is told of the whole takes hours; so this is done for its first pages, and the answers are written as often as the
ledger is larger, which is what a desk then has to look through. The times are those of a server in a process of its own, asked
over a socket, one request after the other, in milliseconds; ``cpu`` is what the processor worked for one on average, which other
programs change little; ``first`` is the first request of its kind after the ledger was opened.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlencode

from bench.stories import readings
from sayso.ledger import Ledger
from sayso.records import Finding, Reading
from sayso.web import kept
from sayso.web.desk import Desks, mark_of, stamp_of
from sayso.web.guard import Place
from sayso.web.keeper import EVERY, keep
from sayso.web.kept import Kept, Line
from sayso.web.keys import Keys
from sayso.web.room import Room
from sayso.web.serving import bound, serve

LONG = 2
"""Ten statements a page, as news pages have; five would make the ledger twice as large for the same statements."""
SOME = 2000
"""Pages whose answers are worked out."""
ASKED = 20
"""Requests of each kind."""
CODES = ("name-variants", "furniture", "date-missing", "figures-disagree", "quotation-unclosed")
WORDS = ("steel", "harbour", "the", "people said", "\"told reporters\"", "mayor bridge", "minister of transport", "ceas*", "nothingatall",
         "said that the people", "river", "doctor killed", "winter", "police chief", "a", "engine oil", "school", "grain")  # fmt: skip


def with_findings(made: Iterator[Reading]) -> Iterator[Reading]:
    """Two pages in five with something that does not add up, and statements of every confidence."""
    for number, reading in enumerate(made):
        at, chance = reading.voices[0][1], Random(number)
        found = (Finding(CODES[number // 5 % len(CODES)], "Made for measuring: nothing is wrong here.", (at,)),)
        sure = tuple(replace(each, confidence=round(chance.uniform(0.3, 1), 2)) for each in reading.statements)
        yield replace(reading, findings=found if number % 5 < 2 else (), statements=sure)


def make_ledger(path: Path, statements: int) -> None:
    """A ledger with at least so many statements, and one of its first pages."""
    began, pages, said = time.perf_counter(), 0, 0
    part = path.with_name("part.db")
    with Ledger(part, write=True) as ledger, Ledger(path.with_name("some.db"), write=True) as some:
        for reading in with_findings(readings(statements, long=LONG)):
            ledger.add(reading)
            pages, said = pages + 1, said + len(reading.statements)
            if pages <= SOME:
                some.add(reading)
            if said >= statements:
                break
    part.rename(path)
    size = path.stat().st_size / 2**30
    print(
        f"ledger: {pages:,} pages, {said:,} statements, {size:.2f} GiB, {time.perf_counter() - began:.0f} s", flush=True
    )


def many(held: Kept, name: str, times: int) -> Iterator[Line]:
    """The lines of an answer, so many times over, each time with other ids."""
    number = (held.found(name) or (0, ""))[0]
    rows = held._all(
        """SELECT id, facet, other, value, coalesce((SELECT words FROM names WHERE rowid = ? + place), '')
        FROM lines WHERE answer = ? ORDER BY place""", number * kept.SHIFT, number,
    )  # fmt: skip
    for turn in range(times):
        for identity, facet, other, value, words in rows:
            own = str(identity) if turn == 0 else f"{identity}-{turn}" if identity else ""
            yield Line(str(value), own, str(facet), str(other), str(words))


def make_answers(path: Path) -> None:
    """The answers of the first pages, written as often as the ledger is larger; and the pile of these pages."""
    some, began = path.with_name("some.db"), time.perf_counter()
    keep(some)
    print(f"answers of {SOME:,} pages: {time.perf_counter() - began:.0f} s", flush=True)
    with Ledger(path) as ledger, Ledger(some) as first:
        times = round(ledger.counts().documents / first.counts().documents)
    kept.remove(path)
    shutil.copy(some.with_name("some.db.pile"), path.with_name(path.name + ".pile"))
    held = Kept(some)
    with kept.writing(path) as connection:
        for standing in EVERY:
            lines = many(held, standing.name, times)
            count = kept.write(connection, standing.name, mark_of(stamp_of(path)), lines)
            print(f"  {standing.name}: {count:,} lines", flush=True)
    held.close()


def serve_it(path: Path) -> None:
    """A server without a keeper, which tells its port and its key."""
    socket = bound(0)
    place, keys = Place(socket.getsockname()[1]), Keys()
    room = Room(path, place, keys, Desks(path), "Ada Fenn")
    serve(room.app(), socket, lambda: print(place.port, keys.token, flush=True))


class Client:
    """Asks the server, and notes how long it took."""

    def __init__(self, path: Path) -> None:
        command = [sys.executable, "-m", "bench.room", "--folder", str(path.parent), "--serve", str(path)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        port, self.token = self.process.stdout.readline().split()
        self.connection = http.client.HTTPConnection("127.0.0.1", int(port), timeout=600)
        self.port = port

    def ask(self, path: str) -> tuple[int, bytes, float]:
        """Status, body and milliseconds."""
        began = time.perf_counter()
        headers = {"Authorization": f"Bearer {self.token}", "Host": f"127.0.0.1:{self.port}"}
        self.connection.request("GET", path, headers=headers)
        answer = self.connection.getresponse()
        body = answer.read()
        return answer.status, body, 1000 * (time.perf_counter() - began)

    def data(self, path: str) -> Any:
        """What a page holds; None where it does not stand."""
        status, body, _ = self.ask(path)
        return json.loads(body)["data"] if status == 200 else None

    def seconds(self) -> float:
        """The processor's time that the server has taken."""
        parts = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> int:
        """The most memory that the server had, in MiB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0]) >> 10


def kinds(client: Client) -> Iterator[tuple[str, list[str]]]:
    """Every kind of page with addresses of it: other values each time, and cursors far down the tables."""
    tables = ("/pile", "/figures", "/findings", "/queue", "/decisions", "/speakers", "/series", "/copies", "/matches", "/incidents",
              "/who-speaks")  # fmt: skip
    for table in tables:
        yield table, list(_parts(client, table))
    yield "/pile?q=", [f"/pile?{urlencode({'q': word})}" for word in WORDS]
    outlets = [row["value"] for row in client.data("/pile.json")["outlets"]]
    yield "/pile?outlet=", [f"/pile?{urlencode({'outlet': name})}" for name in outlets]
    yield (
        "/pile?q=&outlet=",
        [f"/pile?{urlencode({'q': w, 'outlet': o})}" for w, o in zip(WORDS, outlets, strict=False)],
    )
    yield "/pile?order=statements", [f"/pile?order={order}" for order in ("statements", "findings", "name", "oldest")]
    yield "/figures?q=", [f"/figures?{urlencode({'q': word})}" for word in WORDS]
    yield "/voices?q=", [f"/voices?{urlencode({'q': word})}" for word in WORDS if "*" not in word and '"' not in word]
    yield (
        "/speakers?q=",
        [f"/speakers?{urlencode({'q': part})}" for part in ("an", "ran", "lor", "prisk", "e", "dra", "gom", "xyz")],
    )
    pages = [row["id"] for row in client.data("/pile.json?order=name")["documents"]]
    pages += [row["id"] for row in client.data("/pile.json")["documents"]]
    yield "/page/", [f"/page/{page}" for page in pages[:: max(1, len(pages) // ASKED)]]
    notes = [note for page in pages[::5] for note in client.data(f"/page/{page}.json")["parts"]]
    notes = [each for part in notes for each in part["notes"]]
    yield "/statement/", [f"/statement/{note['id']}" for note in notes[:ASKED]]
    yield "/speaker/", [f"/speaker/{note['speaker_id']}" for note in notes[:ASKED] if note["speaker_id"]]
    yield "/copies/", [f"/copies/{page}" for page in pages[:ASKED]]
    for table, rows in (("/series", "series"), ("/incidents", "incidents")):
        found = client.data(f"{table}.json") or {rows: []}
        yield f"{table}/", [f"{table.replace('incidents', 'incident')}/{row['id']}" for row in found[rows][:ASKED]]


def _parts(client: Client, table: str) -> Iterator[str]:
    cursor = ""
    for _ in range(ASKED):
        query = f"?after={cursor}" if cursor else ""
        yield table + query
        cursor = (client.data(f"{table}.json{query}") or {}).get("next", "")
        if not cursor:
            return


def times(path: Path) -> None:
    """The times of every kind of page, and the memory of the server."""
    client = Client(path)
    try:
        firsts = {
            kind: client.ask(kind)[2]
            for kind in ("/pile", "/figures", "/findings", "/queue", "/decisions", "/pile?q=steel")
        }
        print(f"first: {', '.join(f'{kind} {took:.0f} ms' for kind, took in firsts.items())}", flush=True)
        print(f"{'page':26} {'asked':>5} {'p50':>7} {'p95':>7} {'most':>7} {'cpu':>7}  status", flush=True)
        for kind, paths in kinds(client):
            if paths:
                client.ask(paths[0])
                used = client.seconds()
                found = [client.ask(each) for each in paths]
                mean = 1000 * (client.seconds() - used) / len(paths)
                took = sorted(each[2] for each in found)
                p95 = took[min(len(took) - 1, round(0.95 * len(took)))]
                statuses = ",".join(str(status) for status in sorted({each[0] for each in found}))
                print(
                    f"{kind:26} {len(took):5} {statistics.median(took):7.1f} {p95:7.1f} {took[-1]:7.1f} {mean:7.1f}  {statuses}",
                    flush=True,
                )
        print(f"memory of the server: {client.memory()} MiB at most; load {os.getloadavg()[0]:.1f}", flush=True)
    finally:
        client.process.terminate()


def main() -> int:
    """Make what is not there, measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--statements", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, required=True, help="where the ledger is kept")
    parser.add_argument("--only", choices=("ledger", "answers", "times"), default="")
    parser.add_argument("--serve", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.serve:
        serve_it(args.serve)
        return 0
    args.folder.mkdir(parents=True, exist_ok=True)
    path = args.folder / f"{args.statements}.db"
    if args.only in ("", "ledger") and not path.exists():
        make_ledger(path, args.statements)
    if args.only in ("", "answers"):
        make_answers(path)
    if args.only in ("", "times"):
        times(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
