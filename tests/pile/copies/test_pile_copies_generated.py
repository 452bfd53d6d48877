"""The question put to generated pages with known copies: 300 here, 2,000 with ``python -m eval.copies``."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from copies_measures import Found, adjusted_rand, found, scores
from copies_pages import CHANGES, Page, Press, pages, share
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso import identity
from sayso.layout import lay_out
from sayso.pile.copies import QUESTION
from sayso.pile.copies.words import words_of
from sayso.pile.question import Item, Pair, Place
from sayso.records import Document, Reading

F1, ARI = 0.97, 0.97
"""Floors for 300 pages; 2,000 give .9895 and .9950, what is asked for is .95 and .93."""
CED = Path(__file__).resolve().parents[4] / "shared" / "data" / "ced-dev.jsonl"


@pytest.fixture(scope="module")
def made() -> list[Page]:
    return pages(300)


@pytest.fixture(scope="module")
def seen(made: list[Page]) -> Found:
    return found(page.reading for page in made)


def test_pairs_and_groups(made: list[Page], seen: Found):
    measured = scores(made, seen)
    assert measured.f1 >= F1
    assert measured.ari >= ARI


def test_the_pages_are_what_they_should_be(made: list[Page]):
    """Every change is there, stories of one event are told apart, and most pairs of one topic are no copies."""
    changes = {change for page in made for change in page.made}
    assert changes == {*CHANGES, "original", "merged"}
    assert len({page.story for page in made}) > 60
    assert pages(40)[:30] == pages(30)


def test_the_score_can_be_low(made: list[Page], seen: Found):
    none = replace(seen, groups=tuple((page.id,) for page in made))
    assert scores(made, none).ari == 0
    one = replace(seen, groups=(tuple(page.id for page in made),))
    assert scores(made, one).ari == pytest.approx(0)
    half = dict(list(seen.pairs.items())[::2])
    assert scores(made, replace(seen, pairs=half)).f1 < 0.75
    assert adjusted_rand({"a": 1, "b": 1, "c": 2, "d": 2}, {"a": 1, "b": 1, "c": 1, "d": 2}) == pytest.approx(0)


@pytest.mark.parametrize("change", CHANGES)
def test_each_change_is_seen_through(change: str):
    """Twenty stories each changed in one way: at least 19 are found, and each through a shared key."""
    press, right = Press(11), 0
    for _ in range(20):
        event = press.event()
        story = press.story(event, 8)
        a = press.page(event, story, ("original",), 0)
        b = press.page(event, press.changed(change, event, story), (change,), 0)
        (one,), (other,) = QUESTION.items(a.reading), QUESTION.items(b.reading)
        meets = bool(set(one.keys) & set(other.keys)) and QUESTION.near(one, other)
        right += meets and QUESTION.compare(Place(a.reading, ""), Place(b.reading, "")) is not None
    assert right >= 19


def test_two_stories_of_one_event_are_no_copies():
    """They share vocabulary, quotations and background: of thirty such pairs none is taken for a copy."""
    press, wrong = Press(12), 0
    for _ in range(30):
        event = press.event()
        one, other = (press.page(event, press.story(event, 8), ("original",), 0) for _ in range(2))
        wrong += QUESTION.compare(Place(one.reading, ""), Place(other.reading, "")) is not None
    assert wrong == 0


def test_a_merged_page_joins_one_group_only():
    """Two texts with three copies each, and a page out of both: it stays with the one that it has more of."""
    press, texts = Press(13), []
    for _ in range(2):
        event = press.event()
        story = press.story(event, 9)
        texts.append((event, story, [press.page(event, story, ("as it was",), 0) for _ in range(3)]))
    both = press.merged(texts[0][0], texts[0][1], texts[1][1])
    answer = found(page.reading for page in (*texts[0][2], *texts[1][2], both))
    assert {len(group) for group in answer.groups} == {3, 4}
    mine = next(group for group in answer.groups if both.id in group)
    assert set(mine) == {both.id, *(page.id for page in texts[0][2])}
    assert any(both.id in pair and pair[0] != pair[1] for pair in answer.pairs)


def test_a_story_that_changes_every_day_is_no_chain():
    """Each day half of the day before: neighbours are copies, but the first and the last share nothing and part."""
    press = Press(14)
    event = press.event()
    parts = [press.story(event, 6) for _ in range(7)]
    days = [press.page(event, (*parts[at], *parts[at + 1]), ("added",), 0) for at in range(6)]
    answer = found(day.reading for day in days)
    assert len(answer.pairs) >= 4
    assert answer.group_of[days[0].id] != answer.group_of[days[-1].id]


def test_the_order_of_the_pages_does_not_matter(made: list[Page], seen: Found):
    shuffled = [page.reading for page in made[:120]]
    first = found(shuffled)
    random.Random(3).shuffle(shuffled)
    again = found(shuffled)
    assert (again.items, again.pairs, set(again.groups)) == (first.items, first.pairs, set(first.groups))
    kept = {page.id for page in made[:120]}
    assert first.pairs == {pair: held for pair, held in seen.pairs.items() if kept.issuperset(pair)}


def test_pages_of_a_group_may_be_parted_in_any_order(seen: Found):
    items, held = list(seen.items.values()), list(seen.pairs.values())

    def parted(shuffle: Callable[[list[Item] | list[Pair]], None]) -> set[tuple[tuple[str, str], ...]]:
        shuffle(items)
        shuffle(held)
        return set(QUESTION.part(items, held))

    assert parted(lambda _: None) == parted(random.Random(4).shuffle) == parted(random.Random(5).shuffle)


@pytest.fixture(scope="module")
def readings(made: list[Page]) -> list[Reading]:
    return [page.reading for page in made[:60]]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_every_relation_holds(data: st.DataObject, readings: list[Reading]):
    """Symmetric; the spans stand in the texts, in order; the words that match are there on both sides; shares are right."""
    a, b = data.draw(st.sampled_from(readings)), data.draw(st.sampled_from(readings))
    relation = QUESTION.compare(Place(a, ""), Place(b, ""))
    assert QUESTION.compare(Place(b, ""), Place(a, "")) == relation
    if relation is None:
        return
    a, b = sorted((a, b), key=lambda each: each.id)
    detail = json.loads(relation.detail)
    before = 0
    for start, end, low, high, words, own in detail["passages"]:
        assert before <= start < end <= len(a.document.text)
        assert 0 <= low < high <= len(b.document.text)
        before = end
        here, there = a.document.text[start:end].casefold().split(), b.document.text[low:high].casefold().split()
        assert len(set(here) & set(there)) >= min(words, len(set(here))) / 2
        assert 0 <= own <= words
    assert detail["own"] == sum(row[5] for row in detail["passages"])
    for reading, part in zip((a, b), detail["share"], strict=True):
        assert part == pytest.approx(detail["own"] / sum(words_of(reading).own), abs=1e-4)
    assert relation.score == max(detail["share"])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=400), quoted=st.booleans())
def test_any_text_is_borne(text: str, quoted: bool, readings: list[Reading]):
    """No text is too odd; a page is its own copy or too short to be one; spans of words are words of the text."""
    body = f"“{text}”" if quoted else text
    document = Document("odd", f"{readings[0].document.text}\n\n{body}")
    odd = replace(readings[0], id="0" * 32, document=document)
    alone = replace(odd, id="1" * 32, document=Document("alone", body))
    for start, end in words_of(alone).spans:
        assert body[start:end].strip() == body[start:end] != ""
    assert QUESTION.compare(Place(odd, ""), Place(readings[0], "")) is not None
    for each in (odd, alone):
        assert QUESTION.compare(Place(each, ""), Place(alone, "")) == QUESTION.compare(
            Place(alone, ""), Place(each, "")
        )


def test_a_merged_page_truly_shares_with_both(made: list[Page]):
    merged = [page for page in made if page.made == ("merged",)]
    assert len(merged) >= 10
    assert all(len({story for story, _ in page.own}) == 2 for page in merged)
    assert share(made[0], made[0]) == 1


@pytest.mark.skipif(not CED.exists(), reason="ced-dev.jsonl is not beside the checkout")
def test_the_copies_of_a_real_pile_are_found():
    """A version, an update and a rewrite of one wire story; nothing else is claimed in 46 pages."""
    rows = [json.loads(line) for line in CED.read_text(encoding="utf-8").splitlines()]
    readings = {}
    for row in rows:
        document = lay_out(Document(row["id"], row["text"], row["title"], row["outlet"], url=row["url"])).document
        readings[identity.document_id(document)] = Reading(
            identity.document_id(document), "", document, pages(1)[0].reading.made_by
        )
    answer = found(readings.values())
    number = {page: reading.document.name.partition("_")[0] for page, reading in readings.items()}
    claimed = {tuple(sorted(number[page] for page in pair)): held.kind for pair, held in answer.pairs.items()}
    assert claimed == {
        ("7570785000", "7570801626"): "version",
        ("7570318553", "7570743571"): "copy",
        ("7570136005", "7570548425"): "copy",
    }
