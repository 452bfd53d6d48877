"""Spark gives what the local engine gives, to the byte; what cannot be read is a row; a worker that dies costs one document at most.

One session for all, on loopback; without pyspark or Java they are left out, by name.
"""

from __future__ import annotations

import importlib.util
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx
import pyarrow as pa
import pytest
from engine_pile import PART, items_of, needs_model, table

from sayso.engine import handover, parts, sparkwriting
from sayso.engine.batch import READINGS, made_by, read_batch
from sayso.engine.documents import documents
from sayso.engine.handover import Job, Part, Told, read_to
from sayso.engine.tables import FLAT, flatten
from sayso.errors import UsageError
from sayso.ingest import Item

HAS_SPARK = importlib.util.find_spec("pyspark") is not None
HAS_JAVA = shutil.which("java") is not None or bool(os.environ.get("JAVA_HOME"))
needs_spark = pytest.mark.skipif(not (HAS_SPARK and HAS_JAVA), reason="pyspark or Java is not installed")
pytestmark = [
    needs_model,
    pytest.mark.filterwarnings("ignore"),  # pyspark warns of what its own libraries will change
    pytest.mark.timeout(600),  # a virtual machine is started: 5 s on a quiet machine, a minute on a busy one
]


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    """One Spark on this machine with two cores."""
    from sayso.engine import spark

    found = spark.session("local[2]")
    yield found
    found.stop()


def hashes(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


@needs_spark
def test_the_folder_is_the_same_to_the_byte_and_is_carried_on(session: Any, pile: Path, whole: Path, tmp_path: Path):
    """Another order, a part that is there already, and parts that another size left; then again, with nothing left to read."""
    from sayso.engine import spark

    some = items_of(pile)
    random.Random(3).shuffle(some)
    out = tmp_path / "out"
    read_to(some[:7], out, meta=table(), part=2)
    told = spark.read_to(some, out, meta=table(), part=PART)
    assert (told.documents, told.read + told.kept) == (19, 19)
    assert 0 < told.kept < 19
    assert hashes(out) == hashes(whole)
    again = spark.read_to(some, out, meta=table(), part=PART)
    assert (again.read, again.kept, again.parts) == (0, 19, told.parts)
    assert hashes(out) == hashes(whole)


@pytest.mark.soak
@needs_spark
def test_frames_in_and_out(session: Any, pile: Path):
    """The same readings and the same flat rows as from one process, errors among them, wherever the documents lay."""
    from sayso.engine import spark

    paths = session.createDataFrame(
        [(str(pile / name),) for name in os.listdir(pile) if "meta" not in name], "path string"
    )
    readings = spark.read(spark.walk(paths.repartition(3), table())).persist()
    found = {row.id: row.asDict() for row in readings.collect()}
    given = [
        row
        for path in sorted(str(pile / name) for name in os.listdir(pile) if "meta" not in name)
        for batch in documents(handover_items(path), table())
        for row in read_batch(batch).to_pylist()
    ]
    assert found == {row["id"]: row for row in given}
    assert sum(row["error"] is not None for row in found.values()) == 4
    local = flatten(pa.RecordBatch.from_pylist(given, schema=READINGS))
    for name, frame in spark.tables(readings).items():
        rows = [row.asDict(recursive=True) for row in frame.collect()]
        assert sorted(map(repr, rows)) == sorted(map(repr, local[name].to_pylist())), name
        assert frame.columns == FLAT[name].names


def handover_items(path: str) -> list[Item]:
    from sayso.ingest import items

    return list(items([path]))


@needs_spark
def test_nothing_listens_but_on_loopback(session: Any):
    assert session.conf.get("spark.ui.enabled") == "false"
    assert session.sparkContext.uiWebUrl is None
    assert session.conf.get("spark.driver.host") == session.conf.get("spark.driver.bindAddress") == "127.0.0.1"


@needs_spark
def test_a_run_that_fails_cancels_no_job_of_somebody_else(session: Any, tmp_path: Path):
    began = tmp_path / "began"

    def slow(number: int) -> int:
        began.touch()
        time.sleep(2)
        return number

    with ThreadPoolExecutor(1) as pool:
        other = pool.submit(lambda: session.sparkContext.parallelize([1], 1).map(slow).collect())
        while not began.exists():
            time.sleep(0.05)
        write = sparkwriting.writer(session, 1)
        with pytest.raises(AttributeError):  # nothing to read from
            write(job_of(tmp_path, tmp_path), None, [Part("a", 0, 1)], None, Told(), int)  # type: ignore[arg-type]
        assert other.result(60) == [1]


def graph_of(kind: str, size: int, seed: int = 1) -> list[tuple[str, str]]:
    """Edges over names of one width, so that their order is that of the numbers; each kind has names of its own."""
    rng = random.Random(seed)
    places = list(range(size))
    rng.shuffle(places)
    ends = {
        "chain": [(n, n + 1) for n in range(size - 1)],
        "star": [(0, n) for n in range(1, size)],
        "random": [(rng.randrange(size), rng.randrange(size)) for _ in range(size * 2 // 3)],
    }[kind]
    return [(f"{kind}-{seed:03}-{places[a]:06}", f"{kind}-{seed:03}-{places[b]:06}") for a, b in ends if a != b]


def by_networkx(edges: list[tuple[str, str]]) -> set[tuple[str, str]]:
    found = networkx.connected_components(networkx.Graph(edges))
    return {(each, min(group)) for group in found for each in group}


def check_components(session: Any, edges: list[tuple[str, str]], folder: Path) -> None:
    from sayso.engine import sparkgraph

    frame = session.createDataFrame(edges, "a string, b string").coalesce(2)
    expected = by_networkx(edges)
    for limit in (len(edges), 0):  # by this process, by the workers
        found = [tuple(row) for row in sparkgraph.components(frame, folder / str(limit), limit=limit).collect()]
        assert len(found) == len(set(found))
        assert set(found) == expected


@pytest.mark.soak
@needs_spark
def test_components_are_those_of_networkx(session: Any, tmp_path: Path):
    edges = [edge for seed in range(20) for edge in graph_of("random", 12, seed)]
    check_components(session, [*edges, *graph_of("chain", 25), *graph_of("star", 200)], tmp_path)


@pytest.mark.soak
@needs_spark
def test_components_of_500_graphs_a_chain_and_a_star(session: Any, tmp_path: Path):
    edges = [edge for seed in range(500) for edge in graph_of("random", 5 + seed % 40, seed)]
    check_components(session, [*edges, *graph_of("chain", 100_000), *graph_of("star", 100_000)], tmp_path)


@needs_spark
def test_a_bucket_has_one_edge_for_each_member_but_one(session: Any):
    from sayso.engine import sparkgraph

    members = [("hot", f"{n:05}") for n in range(500)] + [("b", "00003"), ("b", "x"), ("c", "y"), ("c", "y")]
    frame = session.createDataFrame(members, "bucket string, id string")
    for parts_of_bucket in (1, 7):
        found = [tuple(row) for row in sparkgraph.stars(frame, parts_of_bucket).collect()]
        assert all(a < b for a, b in found)
        assert len(found) == 500
        groups = by_networkx(found)
        assert {component for _, component in groups} == {"00000"}
        assert len(groups) == 501
    joined = sparkgraph.components(session.createDataFrame(found, "a string, b string"), Path("unused"))
    assert {tuple(row) for row in joined.collect()} == groups


def job_of(folder: Path, spool: Path) -> Job:
    maker = made_by()
    return Job(folder, maker, parts.maker(maker), 1, None, None, spool)


def test_another_version_in_a_worker_is_refused(tmp_path: Path):
    sparkwriting._need_same(job_of(tmp_path, tmp_path))
    with pytest.raises(RuntimeError, match="another version") as caught:
        sparkwriting._need_same(replace(job_of(tmp_path, tmp_path), made="0" * 12))
    told = sparkwriting._told(Exception(f"Job aborted\nRuntimeError: {caught.value}\n at java"))
    assert isinstance(told, UsageError)
    assert "Install the same everywhere" in str(told)


def test_a_part_that_is_not_whole_is_not_written(pile: Path, tmp_path: Path):
    out = tmp_path / "out"
    out.mkdir()
    parts.begin(out)
    [batch] = documents(items_of(pile)[:3])
    rows = [{**row, "part": "0" * 12 + "-" + "0" * 32, "new": True} for row in read_batch(batch).to_pylist()]
    with pytest.raises(RuntimeError, match="did not all come"):
        list(
            sparkwriting._write(
                iter([pa.RecordBatch.from_pylist(rows, schema=sparkwriting._READ)]), job_of(out, tmp_path)
            )
        )
    assert not [file for file in out.rglob("*") if file.is_file()]


def test_waves_hold_enough_for_every_core():
    due = [handover.Part(str(n), n * 10, n * 10 + 10) for n in range(5)]
    assert [[part.name for part in wave] for wave in sparkwriting._waves(due, 20)] == [["0", "1"], ["2", "3"], ["4"]]


def test_without_pyspark_a_sentence_says_what_to_install():
    program = (
        "import sys; sys.modules['pyspark'] = None\n"
        "import sayso, sayso.cli, sayso.engine.spark as spark\n"
        "from pathlib import Path\n"
        "try: spark.read_to([], Path('x'))\n"
        "except sayso.SaysoError as error: print(error)\n"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert 'pip install "sayso[spark]"' in run.stdout
