"""The local engine: one process or two, the same outcomes in the same order, and the same ledger."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from core_skips import Death, Trap

from sayso.contract import dumps, reading_json, unreadable_json
from sayso.encoder.session import ENGLISH, FILES
from sayso.engine.local import DIED, Outcome, Skipped, never, read_all
from sayso.errors import ModelError
from sayso.identity import document_id
from sayso.ingest import Item, Metadata, items, load
from sayso.ledger import Ledger
from sayso.records import Document, Reading, Unreadable

DEMO = Path(__file__).resolve().parents[2] / "demo"
PAGES = ("tern-0311-breach.txt", "banner-0311-gates.html", "undertow-0311-breach.txt", "lantern-0313-transcript.txt")

pytestmark = pytest.mark.skipif(
    not all((ENGLISH / name).is_file() for name in FILES), reason="the model is not built: nothing can be read"
)

GONE = Item("gone.txt", str(DEMO / "pile" / "gone.txt"))
NUL = Item("nul.txt", "nul\0.txt")
BROKEN = Item("broken.jsonl:1", "broken.jsonl", b'{"text": "no end', 1)
TOLD = Item("told.txt", "told.txt", problem=Unreadable("told.txt", "not-a-file", "told so"))
POISON = (GONE, NUL, BROKEN, TOLD)


@cache
def pages() -> tuple[Item, ...]:
    return tuple(items([str(DEMO / "pile" / name) for name in PAGES]))


@cache
def meta() -> Metadata:
    return Metadata.from_csv(DEMO / "meta.csv")


@cache
def identities() -> dict[str, str]:
    """Name -> id of the documents."""
    loaded = [load(item, meta()) for item in pages()]
    return {d.name: document_id(d) for d in loaded if isinstance(d, Document)}


@cache
def skipped() -> frozenset[str]:
    return frozenset({identities()[PAGES[2]]})


def run(processes: int, given: tuple[Item, ...], skip: Callable[[str], bool] = never) -> list[tuple[Item, Outcome]]:
    return list(read_all(given, meta=meta(), processes=processes, skip=skip))


@cache
def outcomes(processes: int) -> tuple[tuple[Item, Outcome], ...]:
    """Pages with poison in between, and one that is to be skipped."""
    given = (pages()[0], *POISON, *pages()[1:])
    return tuple(run(processes, given, skipped().__contains__))


def line(outcome: Outcome) -> str:
    if isinstance(outcome, Reading):
        return dumps(reading_json(outcome))
    return dumps(unreadable_json(outcome)) if isinstance(outcome, Unreadable) else repr(outcome)


@pytest.mark.parametrize("processes", [1, 2])
def test_outcomes_come_in_the_order_of_the_items(processes: int):
    assert [item for item, _ in outcomes(processes)] == [pages()[0], *POISON, *pages()[1:]]
    for item, outcome in outcomes(processes):
        assert item.name == (outcome.document.name if isinstance(outcome, Reading) else outcome.name)


def test_two_processes_say_the_same_as_one():
    assert [line(o) for _, o in outcomes(1)] == [line(o) for _, o in outcomes(2)]


@pytest.mark.parametrize("processes", [1, 2])
def test_what_is_known_is_skipped(processes: int):
    found = {item.name: outcome for item, outcome in outcomes(processes)}
    assert found[PAGES[2]] == Skipped(PAGES[2], identities()[PAGES[2]])
    assert sum(isinstance(outcome, Skipped) for outcome in found.values()) == 1


@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.parametrize("poison", POISON, ids=lambda item: item.name)
def test_poison_is_an_outcome(processes: int, poison: Item):
    [found] = [outcome for item, outcome in outcomes(processes) if item == poison]
    assert isinstance(found, Unreadable)
    assert found.code
    assert found.message
    assert sum(isinstance(outcome, Reading) for _, outcome in outcomes(processes)) == len(PAGES) - 1


@pytest.mark.parametrize("processes", [1, 2])
def test_what_goes_wrong_while_reading_is_an_outcome(processes: int):
    """The question about the first page fails inside the process; the second is read."""
    found = [o for _, o in run(processes, pages()[:2], Trap(identities()[PAGES[0]]))]
    assert isinstance(found[0], Unreadable)
    assert "LookupError: the trap" in found[0].message
    assert isinstance(found[1], Reading)


NOTES = tuple(Item(f"note-{n:02}.txt", f"note-{n:02}.txt", f"Ada Fenn said ferry {n} sails.".encode()) for n in range(14))


def deaths(*places: int) -> Death:
    loaded = [load(NOTES[place], None) for place in places]
    return Death(*(document_id(d) for d in loaded if isinstance(d, Document)))


@pytest.mark.parametrize(
    ("places", "pause"), [((5,), 0.0), ((0, 13), 0.0), ((2,), 4.0)],
    ids=["one in the middle", "the first and the last", "one that died while nobody asked"],
)  # fmt: skip
def test_only_the_page_that_ends_its_process_is_lost(places: tuple[int, ...], pause: float):
    found = []
    for pair in read_all(NOTES, processes=2, skip=deaths(*places)):
        if not found:
            time.sleep(pause)
        found.append(pair)
    assert [item for item, _ in found] == list(NOTES)
    assert [place for place, (_, outcome) in enumerate(found) if not isinstance(outcome, Reading)] == list(places)
    for place in places:
        note = NOTES[place]
        assert found[place][1] == Unreadable(note.name, "extractor-failed", DIED, note.path)


def test_nothing_to_read():
    assert run(1, ()) == []
    assert run(2, ()) == []


def test_a_missing_model_is_said_once_and_clearly(tmp_path: Path):
    with pytest.raises(ModelError, match="is missing: the installation is damaged"):
        list(read_all(pages()[:1], meta=meta(), model=tmp_path))


def digest(path: Path, found: list[Outcome]) -> str:
    with Ledger(path, write=True) as ledger:
        for outcome in found:
            if not isinstance(outcome, Skipped):
                ledger.add(outcome)
        assert not ledger.check().faults
        return ledger.digest()


def test_the_ledger_is_the_same_in_any_order_and_with_two_processes(tmp_path: Path):
    one, two = ([o for _, o in outcomes(n)] for n in (1, 2))
    first = digest(tmp_path / "one.db", one)
    assert digest(tmp_path / "two.db", two) == first
    assert digest(tmp_path / "back.db", two[::-1]) == first
    assert digest(tmp_path / "less.db", one[:-1]) != first
