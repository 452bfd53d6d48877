"""How much is done for a page, counted and not timed: what must not grow with the pile, or with the square of a page."""

from __future__ import annotations

import random
import sqlite3
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pile_pages import Alike, page

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # `bench` is no part of the package

from bench.stories import readings
from sayso.errors import UsageError
from sayso.ledger import Ledger
from sayso.pile import origin, rows, updating
from sayso.pile.blocks import Width
from sayso.pile.exchange import Exchange, items_of
from sayso.pile.forest import Forest
from sayso.pile.matches import align
from sayso.pile.matches.question import QUESTION as MATCHES
from sayso.pile.matches.words import Word
from sayso.pile.people import profile
from sayso.pile.question import Item, Place
from sayso.pile.questions import QUESTIONS, question
from sayso.pile.rows import Rows
from sayso.pile.series.question import QUESTION as SERIES
from sayso.pile.sidecar import Sidecar, _fill
from sayso.pile.store import Pile
from sayso.records import Reading, Speaker

WORDS = ("bridge", "ferry", "harvest", "school", "roof", "tram", "quay", "mill", "well", "barn")


def blank(question: Alike, width: Width) -> Rows:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    _fill(connection)
    return Rows(connection, rows.add_question(connection, question.name, question.version, width))


def take_in(held: Rows, question: Alike, pages: Iterable[Reading], width: Width) -> None:
    pages = list(pages)
    by_id = {each.id: each for each in pages}
    shelf = mock.Mock(reading=by_id.__getitem__)
    come = [(rows.add_document(held.connection, each.id), n, items_of(question, each)) for n, each in enumerate(pages)]
    Exchange(question, held, shelf, width).run([], come)


class Keeping(Alike):
    """As ``Alike``, but nothing of it is compared."""

    compares = False

    def near(self, a: Item, b: Item) -> bool:
        raise AssertionError("nothing is to be compared")


def said(number: int, chance: random.Random) -> Reading:
    return page(f"{number}.txt", *(" ".join(chance.sample(WORDS, 3)) for _ in range(3)))


def test_a_question_that_compares_nothing_looks_no_bucket_up():
    """The items and buckets are those of one that compares; no bucket is read for it."""
    pages = [said(n, random.Random(n)) for n in range(12)]
    width = Width(3, 1)
    plain, keeping = blank(Alike(), width), blank(Keeping(), width)
    take_in(plain, Alike(), pages, width)
    with (
        mock.patch.object(Rows, "heads", side_effect=AssertionError),
        mock.patch.object(Rows, "head", side_effect=AssertionError),
    ):
        take_in(keeping, Keeping(), pages, width)
    assert list(keeping.members()) == list(plain.members())
    assert list(keeping.items()) == list(plain.items())
    assert not list(keeping.pairs())
    assert list(plain.pairs())


@pytest.mark.parametrize("most", [1, 2, 5, 64])
def test_many_buckets_at_once_are_as_each_alone(most: int):
    chance, held = random.Random(most), blank(Alike(), Width(1, 0))
    places = {
        (key, chance.randrange(3), item) for key in range(40) for item in chance.sample(range(99), chance.randrange(9))
    }
    held.move([], [(key << 55 | key, (rank, item)) for key, rank, item in sorted(places)])
    keys = [key << 55 | key for key in range(50)]
    with mock.patch.object(rows, "ASKED", 7):
        found = held.heads(keys, most)
    assert found == {key: head for key in keys if (head := held.head(key, most))}


def test_items_that_were_fetched_are_at_hand():
    held = blank(Alike(), Width(3, 1))
    take_in(held, Alike(), (said(n, random.Random(n)) for n in range(9)), Width(3, 1))
    fresh = Rows(held.connection, held.number)
    keys = [key for key, _ in held.items()]
    with mock.patch.object(rows, "ASKED", 4), mock.patch.object(rows, "HELD", 8):
        fresh.fetch([*keys, 1 << 60])
        assert [fresh.item(key) for key in keys] == [held.item(key) for key in keys]
    with pytest.raises(sqlite3.DatabaseError):
        fresh.item(1 << 60)


def fill(path: Path, numbers: Iterable[int]) -> None:
    with Ledger(path, write=True) as ledger:
        for number in numbers:
            ledger.add(said(number, random.Random(number)))


@pytest.mark.parametrize(("stride", "batch"), [(1, 2), (2, 7), (3, 3), (100, 100)])
def test_how_many_come_at_once_changes_nothing(tmp_path: Path, stride: int, batch: int):
    fill(tmp_path / "l.db", range(14))
    digests = []
    for size, most in ((stride, batch), (14, 14)):
        with (
            mock.patch.object(updating, "STRIDE", size),
            mock.patch.object(updating, "BATCH", most),
            Ledger(tmp_path / "l.db") as ledger,
            Pile(ledger, [Alike()], width=Width(3, 1)) as pile,
        ):
            pile.update()
            assert pile.relations("alike")
            digests.append(pile.digest())
        (tmp_path / "l.db.pile").unlink()
    assert digests[0] == digests[1]


def test_the_pages_of_a_ledger_are_looked_up_once(tmp_path: Path):
    """Of a hundred thousand that is most of what one page more costs."""
    fill(tmp_path / "l.db", range(4))
    with (
        Ledger(tmp_path / "l.db") as ledger,
        Pile(ledger, [Alike()]) as pile,
        mock.patch.object(updating, "roll", wraps=updating.roll) as looked,
    ):
        assert pile.update() == 4
        assert pile.update() == 0
        assert looked.call_count == 2


def test_a_page_that_came_while_another_process_wrote_is_not_missed(tmp_path: Path):
    """The ledger grows between the look and the lock: it is looked through again."""
    fill(tmp_path / "l.db", range(4))
    plain = Sidecar.write

    def write(file: Sidecar, *, anew: bool = False) -> sqlite3.Connection:
        fill(tmp_path / "l.db", [4])
        return plain(file, anew=anew)

    with (
        Ledger(tmp_path / "l.db") as ledger,
        Pile(ledger, [Alike()]) as pile,
        mock.patch.object(Sidecar, "write", write),
    ):
        assert pile.update() == 5
        assert len({item.document for item in pile.items("alike")}) == 5


def huge(times: int) -> Reading:
    """A page with the speakers and figures of one, and its statements many times over."""
    found = next(each for each in readings(40) if len(each.figures) > 1)
    more = tuple(replace(s, id=f"{s.id[:-4]}{n:04x}") for n in range(times) for s in found.statements)
    return replace(found, statements=(*found.statements, *more), figures=found.figures * times)


def test_the_statements_of_a_page_are_gone_through_once_for_all_its_figures():
    for each in (huge(1), huge(50)):
        with mock.patch.object(origin, "_all", wraps=origin._all) as gone:
            assert list(SERIES.items(each))
        assert gone.call_count == 1


class Counted(dict[int, tuple[str, str]]):
    """A dict that counts how many of its items are looked at."""

    looked = 0

    def items(self) -> Iterator[tuple[int, tuple[str, str]]]:  # type: ignore[override]
        for item in super().items():
            self.looked += 1
            yield item


def test_of_a_page_of_very_many_people_only_a_few_are_put_beside_each():
    """Those with the smallest hashes, the same that sorting all of them gives."""
    syllables = ("Tar", "Vel", "Mor", "Kes", "Dun", "Hal", "Pel", "Orr", "Sim", "Rav")
    names = [f"{a}a {b}{c.lower()}" for a in syllables[:6] for b in syllables for c in syllables]
    found = replace(
        said(1, random.Random(1)),
        speakers=tuple(Speaker(f"{n:032x}", name, "person", ((0, 1),)) for n, name in enumerate(names)),
    )
    about = profile._Page(found)
    assert len(about.companions) > 500
    about.companions = Counted(about.companions)
    for speaker in found.speakers:
        name = profile.name_of(speaker)
        assert name is not None
        others = sorted(hashed for hashed, (last, _) in dict.items(about.companions) if last != name.key[-1])
        assert list(about.beside(name)) == others[: profile.MOST_COMPANIONS]
    assert about.companions.looked < 2 * profile.MOST_COMPANIONS * len(names)


def dense(number: int) -> Reading:
    """A page whose statements share most of their words with those of all others."""
    chance = random.Random(number)
    rare = [
        "beacon",
        "cistern",
        "dredger",
        "furlong",
        "gantry",
        "hopper",
        "lantern",
        "mortar",
        "paddock",
        "quarry",
        "rampart",
        "sluice",
    ]
    return page(f"{number}.txt", *(" ".join(chance.sample(rare, 7)) for _ in range(8)))


def test_statements_that_share_all_their_words_are_seldom_laid_side_by_side():
    """All pairs of them are looked at; the order of their words only where enough of one stand in the other."""
    pages = [dense(n) for n in range(8)]
    things = [(each, item) for each in pages for item in MATCHES.items(each)]
    counts: Counter[str] = Counter()
    plain = align._sequence

    def counting(*given: object) -> object:
        counts["laid"] += 1
        return plain(*given)  # type: ignore[arg-type]

    with mock.patch.object(align, "_sequence", counting):
        for at, (a, one) in enumerate(things):
            for b, two in things[:at]:
                if MATCHES.near(one, two):
                    counts["near"] += 1
                    MATCHES.compare(_place(a, one), _place(b, two))
    assert counts["near"] > 500
    assert counts["laid"] < counts["near"] / 3


def _place(reading: Reading, item: Item) -> Place:
    return Place(reading, item.id)


texts = st.lists(st.sampled_from("abcdefgh"), max_size=12)


def worded(letters: Iterable[str], bits: dict[str, float]) -> tuple[Word, ...]:
    return tuple(Word(letter, letter, letter, bits[letter], (0, 1)) for letter in letters)


@settings(max_examples=150, deadline=None)
@given(texts, st.data())
def test_a_cut_is_found_as_the_whole_table_finds_it(letters: list[str], data: st.DataObject):
    other = data.draw(st.one_of(texts, st.just([]) if not letters else st.lists(st.sampled_from(letters), max_size=12)))
    kept = data.draw(st.lists(st.booleans(), min_size=len(letters), max_size=len(letters)))
    cut = [letter for letter, stays in zip(letters, kept, strict=True) if stays]
    bits = {letter: float(n % 3) for n, letter in enumerate("abcdefgh")}
    for one, two in ((letters, other), (letters, cut), (cut, letters)):
        found = align.common(worded(one, bits), worded(two, bits))
        with mock.patch.object(align, "_whole", return_value=None):
            assert found == align.common(worded(one, bits), worded(two, bits))


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=30), st.randoms(use_true_random=False))
def test_groups_do_not_depend_on_the_order_of_joining(pairs: list[tuple[int, int]], chance: random.Random):
    forest, other = Forest[int](), Forest[int]()
    for one, two in pairs:
        forest.join(one, two)
    chance.shuffle(pairs)
    for one, two in pairs:
        other.join(two, one)
    assert forest.groups(range(21)) == other.groups(range(21))
    assert all(forest.find(one) == forest.find(two) == min(group) for group in forest.groups(range(21))
               for one in group for two in group)  # fmt: skip


def test_questions_by_name():
    assert [each.name for each in QUESTIONS] == sorted({each.name for each in QUESTIONS})
    assert all(question(each.name) is each for each in QUESTIONS)
    with pytest.raises(UsageError, match=r"no question 'copys'; there are: copies, matches"):
        question("copys")
