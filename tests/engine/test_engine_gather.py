"""``gather``: the same ledger as one that was read directly, a slice of it, and nothing half made."""

from __future__ import annotations

import json
import os
import shutil
import signal
from collections.abc import Callable
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from engine_pile import Direct, needs_model

from sayso.engine import gather as gathering
from sayso.engine import parts
from sayso.engine.batch import READINGS, outcome_row
from sayso.engine.gather import Gathered, count, gather
from sayso.engine.parts import READ
from sayso.engine.where import where
from sayso.errors import LedgerBusy, UsageError
from sayso.ledger import DocumentFilter, Ledger, StatementFilter
from sayso.ledger.lock import WriterLock
from sayso.ledger.versions import versions
from sayso.records import Document, Reading, SourceFile, Unreadable

pytestmark = needs_model


def put(folder: Path, name: str, *outcomes: Reading | Unreadable) -> Path:
    """A file of readings as another engine may write it."""
    rows = [outcome_row(f"{n:032x}", outcome) for n, outcome in enumerate(outcomes)]
    (folder / READ).mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.Table.from_pylist(rows, schema=READINGS), folder / READ / f"{name}.parquet")
    return folder


def whole_and(ledger: Path) -> str:
    """The digest of a ledger, which is whole."""
    with Ledger(ledger) as opened:
        assert opened.check().faults == ()
        return opened.digest()


def test_the_ledger_is_that_of_a_direct_reading(direct: Direct, whole: Path, tmp_path: Path):
    told = gather(whole, tmp_path / "l.db")
    assert whole_and(tmp_path / "l.db") == whole_and(direct.ledger)
    assert (told.rows, told.left, told.how["unreadable"], told.unsound) == (19, 0, 4, [])
    assert told.how["version"] == 1
    assert sum(told.how.values()) == 19 == count(whole)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["l.db"]
    assert (tmp_path / "l.db").stat().st_mode & 0o777 == 0o600


def test_search_and_indexes_are_those_of_a_ledger_that_was_read(direct: Direct, whole: Path, tmp_path: Path):
    gather(whole, tmp_path / "l.db")
    asked = StatementFilter(words="water")
    schema = "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name"
    with Ledger(tmp_path / "l.db") as made, Ledger(direct.ledger) as read:
        assert list(made.statements(asked)) == list(read.statements(asked)) != []
        assert made._connection.execute(schema).fetchall() == read._connection.execute(schema).fetchall()  # type: ignore[union-attr]


def test_gathering_into_a_ledger_that_is_there_adds_what_is_new(direct: Direct, whole: Path, tmp_path: Path):
    ledger = tmp_path / "l.db"
    gather(whole, ledger, test=where("outlet = 'Kestrel Wire'"))
    told = gather(whole, ledger)
    assert told.how["same"] == 8  # the six of the wire, and two more captures of the page that three lines hold
    assert whole_and(ledger) == whole_and(direct.ledger)
    assert gather(whole, ledger).how["added"] == 0
    assert whole_and(ledger) == whole_and(direct.ledger)


def test_a_slice(whole: Path, tmp_path: Path):
    told = gather(whole, tmp_path / "l.db", test=where("outlet = 'Varn Daily' and published >= 2031-04"))
    with Ledger(tmp_path / "l.db") as opened:
        assert [row.name for row in opened.documents(DocumentFilter())] == ["short.txt"]
        assert opened.check().faults == ()
    assert (told.rows, told.left, dict(told.how)) == (19, 18, {"added": 1})


ONE = Document(
    "b",
    "No water came in, Ada Fenn said.",
    url="https://varn.example/1",
    file=SourceFile("b", "1" * 64, 32, "text/plain"),
)


def made(direct: Direct, document: Document, reading: Reading | None = None) -> Reading:
    """A reading of nothing but the page, by what made the others."""
    from sayso.identity import document_id, text_id

    some = next(each for each in direct.outcomes if isinstance(each, Reading))
    return Reading(
        document_id(document), text_id(document.text), document, replace(some.made_by, extractor=document.extractor)
    )


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_captures_of_one_page_fold_whatever_their_order(order: tuple[int, ...], direct: Direct, tmp_path: Path):
    """One page under two names, and once more with another title: the ledger is that of adding them one by one."""
    twins = [made(direct, each) for each in (ONE, replace(ONE, name="a", title="Z"), replace(ONE, name="a", title="Y"))]
    folder = tmp_path / "out"
    for n, place in enumerate(order):
        put(folder, f"part-{n}", twins[place])
    told = gather(folder, tmp_path / "l.db")
    with Ledger(tmp_path / "d.db", write=True) as opened:
        for twin in twins:
            opened.add(twin)
    assert whole_and(tmp_path / "l.db") == whole_and(tmp_path / "d.db")
    assert told.how["added"] == 1
    assert told.rows == 3


def test_which_version_is_the_newest_follows_from_the_pages(
    direct: Direct, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Two texts of one address and one day: not the one that happened to be gathered a second later."""
    moments = iter(f"2031-04-09T10:00:{second:02}+00:00" for second in range(60))
    monkeypatch.setattr("sayso.ledger.store.now", lambda: next(moments))
    other = replace(ONE, text=f"{ONE.text} More came.", file=SourceFile("b", "2" * 64, 43, "text/plain"))
    found = set()
    for n, order in enumerate(([ONE, other], [other, ONE])):
        put(tmp_path / str(n), "a", *(made(direct, each) for each in order))
        gather(tmp_path / str(n), tmp_path / f"{n}.db")
        with Ledger(tmp_path / f"{n}.db") as opened:
            found.add(tuple(each.id for group in versions(opened._opened()) for each in group))
    assert len(found) == 1
    assert len(*found) == 2


NAMED = [
    ("name = b.txt", ["b.txt"], "the name that sorts first is left out, and the page stays"),
    ("name = a.txt", ["a.txt"], "the one that sorts first"),
    ("name ~ txt", ["a.txt"], "both: the one that sorts first"),
    ("outlet = 'Varn Daily'", [], "neither"),
]


@pytest.mark.parametrize(("expression", "names", "reason"), NAMED, ids=[row[0] for row in NAMED])
def test_a_slice_takes_a_page_under_the_name_that_the_test_holds_for(
    expression: str, names: list[str], reason: str, direct: Direct, tmp_path: Path
):
    folder = put(tmp_path / "out", "a", *(made(direct, replace(ONE, name=name)) for name in ("a.txt", "b.txt")))
    gather(folder, tmp_path / "l.db", test=where(expression))
    with Ledger(tmp_path / "l.db") as opened:
        assert [row.name for row in opened.documents(DocumentFilter())] == names, reason


def test_readings_of_several_versions_are_refused(direct: Direct, tmp_path: Path):
    newer = made(direct, replace(ONE, name="c", url="https://varn.example/2"))
    put(tmp_path / "out", "a", made(direct, ONE))
    put(tmp_path / "out", "b", replace(newer, made_by=replace(newer.made_by, code="f" * 12)))
    with pytest.raises(UsageError, match=r"readings by 2 versions of model or code.*code ffffffffffff"):
        gather(tmp_path / "out", tmp_path / "l.db")
    assert not (tmp_path / "l.db").exists()


def test_readings_of_another_runtime_or_extractor_are_refused(direct: Direct, tmp_path: Path):
    newer = made(direct, replace(ONE, name="c", url="https://varn.example/2"))
    put(tmp_path / "out", "a", made(direct, ONE))
    put(tmp_path / "out", "b", replace(newer, made_by=replace(newer.made_by, runtime="onnxruntime 9.9")))
    with pytest.raises(UsageError, match=r"readings by 2 versions of model or code, runtime.*onnxruntime 9\.9"):
        gather(tmp_path / "out", tmp_path / "l.db")
    for digit in "12":  # parts whose names begin otherwise, as other extractors make them
        put(tmp_path / "parts", f"{digit * 12}-{digit * 32}", made(direct, ONE))
    with pytest.raises(UsageError, match=r"parts 111111111111-: 1 files.*parts 222222222222-"):
        gather(tmp_path / "parts", tmp_path / "l.db")
    assert not (tmp_path / "l.db").exists()


def test_a_part_and_the_file_of_another_engine_by_one_maker_go_together(direct: Direct, whole: Path, tmp_path: Path):
    shutil.copytree(whole, tmp_path / "out")
    put(tmp_path / "out", "mine", made(direct, ONE))
    assert gather(tmp_path / "out", tmp_path / "l.db").rows == 20


def test_a_reading_that_is_not_sound_is_a_page_that_could_not_be_read(direct: Direct, tmp_path: Path):
    some = next(each for each in direct.outcomes if isinstance(each, Reading) and each.statements)
    odd = replace(some, statements=(replace(some.statements[0], content=((0, 10**6),)),))
    told = gather(put(tmp_path / "out", "a", odd, made(direct, ONE)), tmp_path / "l.db")
    assert [each.name for each in told.unsound] == [some.document.name]
    assert dict(told.how) == {"unreadable": 1, "added": 1}
    whole_and(tmp_path / "l.db")


def test_what_was_forgotten_stays_out(direct: Direct, tmp_path: Path):
    folder, ledger = put(tmp_path / "out", "a", made(direct, ONE)), tmp_path / "l.db"
    gather(folder, ledger)
    with Ledger(ledger, write=True) as opened:
        opened.forget("b", "asked to", reviewer="Ada Fenn")
    assert dict(gather(folder, ledger).how) == {"forgotten": 1}


def broken(folder: Path, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Change the rows of a file of readings."""
    [file] = (folder / READ).glob("*.parquet")
    pq.write_table(
        pa.Table.from_pylist([change(row) for row in pq.read_table(file).to_pylist()], schema=READINGS), file
    )


def test_damage_is_named(direct: Direct, tmp_path: Path):
    folder = put(tmp_path / "out", "a", made(direct, ONE), made(direct, replace(ONE, url="https://varn.example/3")))
    broken(
        folder, lambda row: {**row, "reading": row["reading"].replace("Fenn", "Renn")} if row["id"][-1] == "1" else row
    )
    with pytest.raises(UsageError, match=r"a\.parquet is damaged: the reading of b is not the one.*Delete it"):
        gather(folder, tmp_path / "l.db")
    assert not (tmp_path / "l.db").exists()
    (folder / READ / "a.parquet").write_bytes(b"PAR1 no")
    with pytest.raises(UsageError, match=r"a\.parquet cannot be read as Parquet"):
        gather(folder, tmp_path / "l.db")
    pq.write_table(pa.table({"id": ["1"]}), folder / READ / "a.parquet")
    with pytest.raises(UsageError, match="holds no readings of Sayso: it has no column reading"):
        gather(folder, tmp_path / "l.db")


def test_a_folder_without_readings(tmp_path: Path):
    with pytest.raises(UsageError, match=r"no readings in .*; make them with: sayso read --to"):
        gather(tmp_path, tmp_path / "l.db")


def test_stopped_in_the_middle_nothing_is_left(whole: Path, direct: Direct, tmp_path: Path):
    told = Gathered()

    def step() -> None:
        if told.rows == 9:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        gather(whole, tmp_path / "l.db", told=told, step=step)
    assert list(tmp_path.iterdir()) == []
    gather(whole, tmp_path / "l.db")
    assert whole_and(tmp_path / "l.db") == whole_and(direct.ledger)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="works are done in forked processes, which are not there")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
@pytest.mark.parametrize("row", [1, 12, 19])
def test_killed_in_the_middle_there_is_no_ledger_and_the_next_run_makes_it(
    row: int, whole: Path, direct: Direct, tmp_path: Path
):
    child = os.fork()
    if not child:
        told = Gathered()
        try:
            gather(
                whole,
                tmp_path / "l.db",
                told=told,
                step=lambda: told.rows == row and os.kill(os.getpid(), signal.SIGKILL),
            )
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    assert not (tmp_path / "l.db").exists()
    assert (tmp_path / "l.db.gathering").exists()
    gather(whole, tmp_path / "l.db")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["l.db"]
    assert whole_and(tmp_path / "l.db") == whole_and(direct.ledger)


def test_a_second_gathering_is_told_who_is_at_it(whole: Path, tmp_path: Path):
    (tmp_path / "l.db.gathering").write_bytes(b"")
    lock = WriterLock(tmp_path / "l.db.gathering", 0.0)
    lock.acquire()
    try:
        with pytest.raises(LedgerBusy, match=f"process {os.getpid()}"):
            gather(whole, tmp_path / "l.db")
    finally:
        lock.release()


def test_the_place_of_a_ledger_is_locked_until_it_stands_there(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Between closing and linking another run would sweep away what is finished."""
    move, told = gathering._move, []

    def meanwhile(beside: Path, ledger: Path) -> None:
        with pytest.raises(LedgerBusy, match=f"process {os.getpid()}") as busy:
            gather(whole, tmp_path / "l.db")
        told.append(busy)
        move(beside, ledger)

    monkeypatch.setattr(gathering, "_move", meanwhile)
    gather(whole, tmp_path / "l.db")
    assert len(told) == 1
    assert sorted(file.name for file in tmp_path.iterdir()) == ["l.db"]
    whole_and(tmp_path / "l.db")


def test_a_ledger_that_appears_meanwhile_is_not_written_over(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    move = gathering._move
    monkeypatch.setattr(gathering, "_move", lambda beside, ledger: (ledger.write_text("mine"), move(beside, ledger)))
    with pytest.raises(UsageError, match="was made by somebody else meanwhile"):
        gather(whole, tmp_path / "l.db")
    assert (tmp_path / "l.db").read_text() == "mine"


def test_only_a_new_ledger_is_filled_in_bulk(direct: Direct, tmp_path: Path):
    gather(put(tmp_path / "out", "a", made(direct, ONE)), tmp_path / "l.db")
    with (
        Ledger(tmp_path / "l.db", write=True) as opened,
        pytest.raises(UsageError, match="holds documents already"),
        opened.filling(),
    ):
        raise AssertionError


def test_the_readings_are_whole_json(whole: Path, direct: Direct):
    """What another program finds in the column: the line that ``sayso read --json`` prints."""
    from sayso.contract import dumps, reading_json

    told = sorted(dumps(reading_json(each)) for each in direct.outcomes if isinstance(each, Reading))
    found = [
        row["reading"] for name in parts.names(whole) for row in pq.read_table(parts.readings(whole, name)).to_pylist()
    ]
    assert sorted(line for line in found if line) == told
    assert all(json.loads(line) for line in told)
