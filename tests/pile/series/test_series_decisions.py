"""What people decided about who is who, and what is known of copies, holds in series and in what stands behind a number."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from eval.series import read
from sayso import identity
from sayso.cli.incidents import command as incidents
from sayso.ledger import Ledger
from sayso.pile.copies import QUESTION as COPIES
from sayso.pile.independence import known_of
from sayso.pile.people.answers import apart_rows, people_rows
from sayso.pile.people.question import QUESTION as PEOPLE
from sayso.pile.series import QUESTION as SERIES
from sayso.pile.series.answers import SeriesFilter, SeriesRow, series
from sayso.pile.sidecar import path_of
from sayso.pile.stamped import mended
from sayso.pile.stamps import QUESTION as STAMPS
from sayso.pile.stamps import finding_rows
from sayso.pile.store import Pile
from sayso.records import MadeBy, Reading

FILL = (
    "The river rose four metres in one night and took the bridge at the mill with it. Farmers lost most of the early wheat, "
    "and the rail line to the coast will stay shut until the autumn. The school at the lower gate became a shelter where "
    "volunteers cooked soup for the whole quarter. Engineers look at the cracks in the upper dam every hour and have found "
    "nothing that worries them so far. Nobody in the valley remembers water like this, and the old marks on the church wall "
    "are far below it now. The ferry lies on the quay with its bow in the baker's window, and the baker sells bread from a boat."
)
ASKED = (SERIES, PEOPLE, COPIES, STAMPS)
EVERY = SeriesFilter(event="killed", every=True, pages=1)


def told(
    day: str, outlet: str, by: str, number: int, *, fill: str = "", kind: str = "person", url: str = ""
) -> Reading:
    """A page on which somebody tells how many the flood killed."""
    head = f"{by} was there. " if by not in ("", "?") else ""
    text = f"{head}The flood in Haldermouth on Tuesday killed {number} people." + (f"\n\n{fill}" if fill else "")
    made = read((day, outlet, by, text), f"{outlet} {day}")
    document = replace(made.document, url=url)
    own = identity.document_id(document)
    speakers = tuple(replace(s, kind=kind, mentions=((0, len(by)),)) for s in made.speakers)  # type: ignore[arg-type]
    return replace(made, id=own, document=document, made_by=MadeBy("0.1.0", "0" * 64, "hand 1"), speakers=speakers)


@contextmanager
def asked(folder: Path, pages: list[Reading], *decided: str) -> Iterator[Pile]:
    """The pile of these pages, where these were decided of the speakers of the first two."""
    with Ledger(folder / "l.db", write=True) as ledger:
        for page in pages:
            ledger.add(page)
        ledger.commit()
        for action in decided:
            first, second = ((page.document.name, page.speakers[0].name) for page in pages[:2])
            ledger.decide_across(action, first, second, reviewer="R. Tarn")  # type: ignore[arg-type]
        with Pile(ledger, ASKED) as pile:
            pile.update()
            yield pile


def relations(rows: list[SeriesRow]) -> list[str]:
    return [f"{r.kind} {r.rule}" for row in rows for f in row.figures if (r := f.relation) is not None]


TWO = [told("2031-04-09", "Quay Courier", "Tove Quill", 35), told("2031-04-10", "Fell Gazette", "Tove Quill", 41)]


def test_two_whom_people_tell_apart_are_two(tmp_path: Path):
    with asked(tmp_path, TWO, "other-person") as pile:
        rows = list(series(pile, EVERY))
        assert relations(rows) == ["disagrees other-originator"]
        assert rows[0].originators == 2
        behind = known_of(pile).of((page, page.figures[0].id) for page in TWO)
        assert len(behind.originators) == 2


def test_two_whom_nobody_tells_apart_are_one(tmp_path: Path):
    with asked(tmp_path, TWO) as pile:
        rows = list(series(pile, EVERY))
        assert relations(rows) == ["supersedes later-page"]
        assert rows[0].originators == 1


def test_bare_surnames_may_be_one_and_replace_nothing(tmp_path: Path):
    pages = [told("2031-04-09", "Quay Courier", "Halden", 35), told("2031-04-10", "Fell Gazette", "Halden", 41)]
    with asked(tmp_path, pages) as pile:
        rows = list(series(pile, EVERY))
        assert relations(rows) == ["disagrees may-be-another"]
        assert rows[0].originators == 1


def test_a_bare_surname_may_be_the_one_who_is_named_in_full(tmp_path: Path):
    pages = [told("2031-04-09", "Quay Courier", "Mira Halden", 35), told("2031-04-10", "Fell Gazette", "Halden", 41)]
    with asked(tmp_path, pages) as pile:
        rows = list(series(pile, EVERY))
        assert relations(rows) == ["disagrees may-be-another"]
        assert rows[0].originators == 1


def test_bare_surnames_that_people_take_for_one_are_one(tmp_path: Path):
    pages = [told("2031-04-09", "Quay Courier", "Halden", 35), told("2031-04-10", "Fell Gazette", "Halden", 41)]
    with asked(tmp_path, pages, "same-person") as pile:
        assert relations(list(series(pile, EVERY))) == ["supersedes later-page"]


def test_descriptions_replace_nothing_even_in_one_outlet(tmp_path: Path):
    pages = [
        told("2031-04-09", "Quay Courier", "a resident", 35, kind="anonymous"),
        told("2031-04-10", "Quay Courier", "a resident", 41, kind="anonymous"),
        told("2031-04-11", "Quay Courier", "a resident", 41, kind="anonymous", fill="She was there."),
    ]
    with asked(tmp_path, pages) as pile:
        rows = list(series(pile, EVERY))
        assert sorted(relations(rows)) == ["disagrees may-be-another", "repeated may-be-one"]
        assert rows[0].originators == 1


def test_a_text_that_three_have_is_one_originator(tmp_path: Path):
    """Nothing tells whose it is: all are of one day."""
    pages = [told("2031-04-09", outlet, "", 35, fill=FILL) for outlet in ("Quay Courier", "Fell Gazette", "Varn Daily")]
    with asked(tmp_path, pages) as pile:
        (row,) = series(pile, EVERY)
        assert (row.pages, row.outlets, row.originators) == (3, 3, 1)
        assert [each.originators for each in row.ranges] == [1]
        assert {f.originator_basis for f in row.figures} == {"copy"}
        behind = known_of(pile).of((page, page.figures[0].id) for page in pages)
        assert str(behind) == "3 pages (1 text), 3 outlets, 1 originator"


def test_a_reprint_counts_with_the_day_of_its_page(tmp_path: Path):
    """What was printed again two days later is no later number."""
    pages = [
        told("2031-04-09", "Quay Courier", "River Guard", 35, fill=FILL, kind="organisation"),
        told("2031-04-10", "Fell Gazette", "River Guard", 41, kind="organisation"),
        told("2031-04-16", "Varn Daily", "River Guard", 35, fill=FILL, kind="organisation"),
    ]
    with asked(tmp_path, pages) as pile:
        (row,) = series(pile, EVERY)
        shown = [(f.low, f.as_of, f.published, f.relation.kind if f.relation else "") for f in row.figures]
        assert shown == [
            (35, "2031-04-09", "2031-04-09", ""), (35, "2031-04-09", "2031-04-16", "repeated"),
            (41, "2031-04-10", "2031-04-10", "supersedes"),
        ]  # fmt: skip


def test_versions_are_one_page_however_they_hang_together(tmp_path: Path):
    """Four versions of one page, two and two most alike: one page stands for all."""
    more = FILL.replace("The river rose four metres in one night and took the bridge at the mill with it. ", "")
    more += " The last boats came home at dusk with lamps in the bow, and nobody aboard said a word about it."
    kept = (("alpha.example", FILL), ("alpha.co.uk", FILL), ("m.alpha.net", more), ("alpha.org", more))
    pages = [told("2031-04-09", "Alpha", "", 35, fill=fill, url=f"https://{host}/s/1") for host, fill in kept]
    with asked(tmp_path, pages) as pile:
        known = known_of(pile)
        assert any(each.kind == "version" for each in pile.relations("copies"))
        assert len({known.pages.get(page.id, page.id) for page in pages}) == 1


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("people", lambda pile: [row.id for row in series(pile, EVERY)]),
        ("people", lambda pile: list(people_rows(pile))),
        ("people", lambda pile: list(apart_rows(pile))),
        ("stamps", lambda pile: dict(mended(pile))),
        ("stamps", lambda pile: list(finding_rows(pile))),
    ],
    ids=("series", "people", "apart", "mended", "findings"),
)
def test_a_pile_with_odd_bytes_is_built_again(tmp_path: Path, question: str, answer: Callable[[Pile], object]):
    """Sketches that Sayso never writes: no traceback, and the same answer as before."""
    with asked(tmp_path, TWO) as pile:
        before = answer(pile)
    with closing(sqlite3.connect(path_of(tmp_path / "l.db"))) as file, file:
        sql = "UPDATE items SET sketch = x'ff00' WHERE question = (SELECT number FROM questions WHERE name = ?)"
        assert file.execute(sql, (question,)).rowcount == len(TWO)
    with Ledger(tmp_path / "l.db") as ledger, Pile(ledger, ASKED) as pile:
        pile.update()
        assert answer(pile) == before


def test_what_nobody_vouches_for_is_shown_once(tmp_path: Path):
    """Twelve pages that tell one number and not whose it is: one entry with how often."""
    outlets = [f"Outlet {n}" for n in range(12)]
    pages = [told("2031-04-09", outlet, "?", 35) for outlet in outlets]
    with asked(tmp_path, pages):
        pass
    result = CliRunner().invoke(incidents, ["-l", str(tmp_path / "l.db")])
    assert result.exit_code == 0, result.output
    assert result.stdout.count("(source open)") == 1
    assert "(source open) (35 people, ≤2031-04-09) ×12" in " ".join(result.stdout.split())
