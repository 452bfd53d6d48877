"""Whatever comes, goes and changes, in whatever order and steps: what is stored follows from the set of pages."""

from __future__ import annotations

import random
import sqlite3
from itertools import combinations
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pile_pages import Alike, expected, page

from sayso.pile import rows
from sayso.pile.blocks import Width, shift
from sayso.pile.dump import digest
from sayso.pile.exchange import Exchange, items_of
from sayso.pile.rows import Rows
from sayso.pile.sidecar import _fill
from sayso.records import Reading

WORDS = ["bridge", "ferry", "harvest", "school", "roof", "tram", "never"]
statements = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4, unique=True).map(" ".join)
texts = st.lists(statements, min_size=0, max_size=3, unique=True).map(tuple)
steps = st.lists(
    st.lists(st.tuples(st.integers(0, 7), st.none() | texts), max_size=5, unique_by=lambda change: change[0]),
    max_size=6,
)
"""Batches of changes: a page by number, and its statements from now on (None: it goes)."""


widths = st.tuples(st.integers(1, 4), st.integers(0, 2)).map(lambda pair: Width(pair[0], min(pair)))


def blank() -> Rows:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    _fill(connection)
    return Rows(connection, rows.add_question(connection, "alike", 1, Width(1, 0)))


def exchange(held: Rows, readings: dict[int, Reading], batch: dict[int, Reading | None], question: Alike, width: Width):
    """One batch: pages by number that go, come or change."""
    out = [key for n in batch if n in readings and (key := held.key_of(readings[n].id)) is not None]
    for n, reading in batch.items():
        readings.pop(n, None)
        if reading is not None:
            readings[n] = reading
    by_id = {reading.id: reading for reading in readings.values()}
    shelf = SimpleNamespace(reading=by_id.__getitem__)
    come = [
        (rows.add_document(held.connection, reading.id), n, items_of(question, reading))
        for n, reading in batch.items()
        if reading is not None
    ]
    Exchange(question, held, shelf, width).run(out, come)  # type: ignore[arg-type]
    rows.drop_lonely(held.connection, out)


@settings(max_examples=250, deadline=None)
@given(steps, widths, st.randoms(use_true_random=False))
def test_any_steps_give_what_the_definition_says(batches, width, chance):
    check_steps(batches, width, chance)


CROWDED = [
    [(0, ("bridge school harvest", "school bridge")), (3, ("bridge school", "school"))],
    [(3, None), (6, ("bridge school", "bridge ferry school roof"))],
]
"""A new head where one left and another never was active."""


def test_a_new_head_meets_the_crowd():
    check_steps(CROWDED, Width(3, 1), random.Random(1))


@pytest.mark.soak
@pytest.mark.timeout(1800)
@settings(max_examples=10_000, deadline=None)
@given(steps, widths, st.randoms(use_true_random=False))
def test_very_many_steps_give_what_the_definition_says(batches, width, chance):
    check_steps(batches, width, chance)


def check_steps(batches, width, chance):
    question, held, readings = Alike(), blank(), {}
    for batch in batches:
        made = {
            n: None if said is None else page(f"{n}.txt", *said, url=f"https://news.example/{n}") for n, said in batch
        }
        exchange(held, readings, made, question, width)
        found = {(p.a, p.b): (p.kind, p.score, p.detail) for p in held.pairs()}
        wanted = expected(list(readings.values()), question, width)
        assert found == {pair: (r.kind, r.score, r.detail) for pair, r in wanted.items()}

    other, parted = blank(), {}
    numbers = list(readings)
    chance.shuffle(numbers)
    size = chance.randint(1, 3)
    for at in range(0, len(numbers), size):
        exchange(other, parted, {n: readings[n] for n in numbers[at : at + size]}, question, width)
    assert digest("alike", held) == digest("alike", other)


members = st.lists(st.integers(0, 40), unique=True, max_size=12)


@settings(max_examples=400, deadline=None)
@given(members, members, widths, st.data())
def test_a_shift_tells_what_changed(before, came, width, data):
    """Against the two sets of pairs, each by the definition; the numbers are keys, and ranks once they are mixed."""
    gone = set(data.draw(st.lists(st.sampled_from(before), unique=True))) if before else set()
    came = [n for n in came if n not in before or n in gone]
    head = sorted((n % 7, n) for n in before)
    found = shift(head[: width.cap + len(gone)], gone, [(n % 7, n) for n in came], width)
    after = sorted([m for m in head if m[1] not in gone] + [(n % 7, n) for n in came])

    def active(of):
        return {frozenset(pair) for pair in combinations([n for _, n in of[: width.cap]], 2)}

    stayed = {pair for pair in active(head) if not pair & gone}
    gained = [frozenset((one, other)) for one in found.fresh for other in found.beside(one)]
    assert len(gained) == len(set(gained))
    assert set(gained) == active(after) - stayed
    lost = [frozenset(pair) for pair in found.lost()]
    assert len(lost) == len(set(lost))
    assert set(lost) == stayed - active(after)

    heads, were = ({n for _, n in of[: width.heads]} for of in (after, head))
    assert set(found.heads) == heads
    assert found.new_heads == heads - (were - gone)
    assert found.past_heads == were - gone - heads
    assert set(found.beyond) == set(came) - {n for _, n in after[: width.cap]}
    if found.is_still():
        assert active(after) == stayed
        assert heads == were - gone or len(after) < 2 or width.cap == 1


@pytest.mark.parametrize("fault", ["one id twice", "a key below 0", "a key of 64 bits"])
def test_a_question_that_breaks_its_word_is_told(fault: str):
    class Broken(Alike):
        def items(self, reading: Reading):
            (item,) = super().items(reading)
            if fault == "one id twice":
                return [item, item]
            return [type(item)(item.document, item.id, (-1 if "below" in fault else 1 << 63,))]

    with pytest.raises(ValueError, match=r"alike: .*'a\.txt'"):
        items_of(Broken(), page("a.txt", "the bridge is open"))
