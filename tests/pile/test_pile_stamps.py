"""Stamps that the pile rules out, and years that it leaves: stories in dated sentences. Places are invented."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso import identity
from sayso.dates import dates_of
from sayso.pile.question import Item
from sayso.pile.sidecar import is_damage
from sayso.pile.stamp_days import QUESTION, Stamp, Told, days_of, pack, stamp_of, unpack
from sayso.pile.stamps import contradicted, inferred, pages_of
from sayso.records import Block, DateMention, Document, MadeBy, Published, Reading

MADE_BY = MadeBy("0.1.0", "5e" * 32, "onnxruntime 1.31.1", "plain 1")


@dataclass(frozen=True)
class Page:
    """A page: its stamp ("" for none), where that stands, and its text."""

    stamp: str
    basis: str
    text: str


def reading(page: Page, name: str) -> Reading:
    published = Published(page.stamp, "day", page.basis, None) if page.stamp else None  # type: ignore[arg-type]
    span = (0, len(page.text))
    document = Document(name, page.text, published=published, language="en", blocks=(Block("paragraph", span),))
    dates = tuple(
        DateMention(d.span, d.value, d.granularity) for d in dates_of(page.text, [span], published) if d.kind == "date"
    )
    return Reading(identity.document_id(document), identity.text_id(page.text), document, MADE_BY, dates=dates)


def asked(pages: Sequence[Page]) -> tuple[dict[str, str], dict[str, str]]:
    """Pages (by letter) whose stamps are ruled out with the day, and those whose year is inferred."""
    readings = [reading(page, "abcdefgh"[n]) for n, page in enumerate(pages)]
    names = {r.id: r.document.name for r in readings}
    kept = pages_of(item for r in readings for item in QUESTION.items(r))
    against = contradicted(kept)
    years = inferred(kept, [each.document for each in against])
    return {names[c.document]: c.day.isoformat() for c in against}, {names[i.document]: i.published.date for i in years}


FIRE = "The ferry Salt Queen of the Orrin Line burned at the pier of Fell on 7 October."
DATED = Page("2031-10-09", "metadata", "On 7 October the Salt Queen caught fire in Fell, the Orrin Line said.")
OPEN = Page("", "text", "The fire on the Salt Queen, of the Orrin Line, was on 7 October in Fell.")
TEMPLATE = Page("2030-12-09", "text", f"{FIRE} Two months later the Orrin Line is still counting.")

MONTHS = (("06", "June"), ("07", "July"), ("08", "August"))

STORIES = [  # pages, whose stamp is ruled out, why
    ((TEMPLATE, DATED, OPEN), {"a": "2031-10-07"}, "a stamp of a template, an event that two others tell of, one with its year"),
    ((TEMPLATE, DATED), {}, "one other page may be wrong itself"),
    ((TEMPLATE, OPEN, OPEN), {}, "nobody says the year"),
    (
        (TEMPLATE, DATED, Page("2031-10-10", "metadata", DATED.text), Page("2031-10-11", "metadata", f"{DATED.text} It sank.")), {},
        "three pages that have it in one sentence are one text",
    ),
    ((Page("2030-12-09", "metadata", TEMPLATE.text), DATED, OPEN), {}, "metadata is believed against two"),
    ((Page("2031-12-09", "text", TEMPLATE.text), DATED, OPEN), {}, "the stamp lies after the event"),
    ((Page("2032-12-09", "text", TEMPLATE.text), DATED, OPEN), {}, "a year later: the event is long past and nothing is wrong"),
    (
        (TEMPLATE, DATED, Page("2030-10-09", "metadata", "On 7 October the Salt Queen caught fire in Fell, the Orrin Line said.")),
        {}, "others date it to two years",
    ),
    (
        (TEMPLATE, DATED, OPEN, Page("2032-10-09", "metadata", DATED.text)), {},
        "others date it to two years, both of them later",
    ),
    (
        (TEMPLATE, DATED, OPEN, *(Page(f"2031-{month}-09", "metadata", DATED.text.replace("October", name)) for month, name in MONTHS)),
        {}, "most days with these names are others: one of a long story",
    ),
    (
        (TEMPLATE, Page("2031-10-09", "metadata", "On 7 October a mill in Varn was sold to Tomas Rehn."), OPEN), {},
        "another thing of that day",
    ),
    (
        (Page("2030-09-09", "text", "The Salt Queen of the Orrin Line will sail from Fell on 7 October."), DATED, OPEN), {},
        "a page that looks ahead",
    ),
    (
        (Page("2030-12-09", "text", "The Orrin Line lit a tree on the Salt Queen in Fell on 25 December."),
         Page("2031-12-27", "metadata", "On 25 December the Orrin Line lit a tree on the Salt Queen in Fell."),
         Page("", "text", "On 25 December the Salt Queen of the Orrin Line shone in Fell.")),
        {}, "a feast comes every year",
    ),
    (
        (Page("2029-06-09", "text", "The pier had burned before the storm of 7 October 2031 came over Fell."), DATED, OPEN),
        {"a": "2031-10-07"}, "told as past with its year, and others tell of the day too",
    ),
    (
        (Page("2029-06-09", "text", "Fell will open a new pier on 7 October 2031."), DATED, OPEN), {}, "a plan with its year",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("pages", "expected", "why"), STORIES, ids=[row[2] for row in STORIES])
def test_stories(pages: tuple[Page, ...], expected: dict[str, str], why: str):
    assert asked(pages)[0] == expected, why


@pytest.mark.parametrize(("pages", "expected", "why"), STORIES, ids=[row[2] for row in STORIES])
def test_order_does_not_matter(pages: tuple[Page, ...], expected: dict[str, str], why: str):
    shuffled = list(enumerate(pages))
    random.Random(why).shuffle(shuffled)
    found, _ = asked([page for _, page in shuffled])
    assert {"abcdef"[shuffled["abcdef".index(name)][0]]: day for name, day in found.items()} == expected


def line(stamp: str) -> Page:
    return Page(stamp, "dateline", "FELL, 3 November (Kestrel) - The ferry is late again, Nadja Orrin said.")


def on(weekday: str) -> Page:
    """The same page with a weekday in its first sentence: 3 November is a Monday in 2031, a Sunday in 2030."""
    page = line("XXXX-11-03")
    return Page(page.stamp, page.basis, page.text.replace("said.", f"said on {weekday}."))


YEARS = [  # stamps of the other pages, expected year of a page of 3 November, why
    (["2031-10-30", "2031-11-02", "2031-11-09"], "2031-11-03", "three pages of one autumn"),
    (["2031-10-30"], None, "one page is no pile"),
    (["2031-03-01", "2031-03-02", "2031-03-09"], None, "no page near the day in any year"),
    (["2030-11-01", "2031-11-02", "2031-11-09"], None, "two years would do"),
    ([], None, "no page is dated"),
]


@pytest.mark.parametrize(("stamps", "expected", "why"), YEARS)
def test_years(stamps: list[str], expected: str | None, why: str):
    others = [Page(stamp, "metadata", f"The boats lay idle, said number {n}.") for n, stamp in enumerate(stamps)]
    found = asked([line("XXXX-11-03"), *others])[1]
    assert found.get("a") == expected, why


WEEKDAYS = [  # weekday, stamps of the other pages, expected year, why
    ("Monday", ["2031-10-30"], "2031-11-03", "one page is enough where the weekday allows the year"),
    ("Sunday", ["2031-10-30"], None, "the weekday is that of another year"),
    ("Monday", ["2030-11-01", "2031-11-02"], "2031-11-03", "the weekday leaves one of two years"),
]


@pytest.mark.parametrize(("weekday", "stamps", "expected", "why"), WEEKDAYS)
def test_years_by_weekday(weekday: str, stamps: list[str], expected: str | None, why: str):
    others = [Page(stamp, "metadata", f"The boats lay idle, said number {n}.") for n, stamp in enumerate(stamps)]
    assert asked([on(weekday), *others])[1].get("a") == expected, why


def test_a_page_that_the_pile_rules_out_dates_nobody():
    autumn = [Page(f"2031-10-{day}", "metadata", DATED.text) for day in ("09", "11", "12")]
    template = Page("2030-11-20", "text", FIRE)  # among 3 November of a year too early
    wrong, years = asked([template, OPEN, line("XXXX-11-03"), *autumn])
    assert wrong == {"a": "2031-10-07"}
    assert years == {"c": "2031-11-03"}


def test_the_sentence_names_the_pages_and_both_dates():
    readings = [reading(page, name) for page, name in ((TEMPLATE, "a"), (DATED, "b"), (OPEN, "c"))]
    (found,) = contradicted(pages_of(item for r in readings for item in QUESTION.items(r)))
    message = found.message({r.id: r.document.name for r in readings})
    assert "9 December 2030" in message
    assert "7 October 2031" in message
    assert "(b, c)" in message
    assert [readings[0].document.text[a:b] for a, b in found.spans] == ["7 October"]


@given(st.sampled_from([TEMPLATE, DATED, OPEN, line("XXXX-11-03"), line("")]))
def test_numbers_survive_packing_and_hold_no_words(page: Page):
    made = reading(page, "a")
    stamp, days = stamp_of(made), days_of(made)
    packed = pack(stamp, days)
    assert unpack(made.id, packed) == (stamp, days)
    assert b"Queen" not in packed
    assert b"Fell" not in packed


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda b: b[:10], "cut off in the head"),
        (lambda b: b[:-3], "cut off in the days"),
        (lambda b: b + b"\0", "longer than it says"),
        (lambda b: b[:10] + b"\x0d" + b[11:], "a thirteenth month"),
        (lambda b: b"\xff" * len(b), "nonsense"),
        (lambda b: b"", "nothing"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_odd_bytes_are_damage(spoil: Callable[[bytes], bytes], why: str):
    """They raise what has the file made anew."""
    made = reading(TEMPLATE, "a")
    packed = pack(stamp_of(made), days_of(made))
    assert unpack(made.id, packed)
    with pytest.raises(sqlite3.DatabaseError) as caught:
        unpack(made.id, spoil(packed))
    assert is_damage(caught.value), why


def test_the_work_grows_with_the_pages_and_not_faster():
    """Pages of one month that all tell of the same few days: four times the pages look at some four times the places."""

    def looked(count: int) -> int:
        items = []
        for n in range(count):
            document, year = f"{n:032x}", 2021 + 2 * (n % 2)
            told = tuple(
                Told(document, (k, k + 1), year, 10, 1 + (n + k) % 5, False, True, "past", frozenset((k, k + 1, n % 7)), n)
                for k in range(4)
            )
            items.append(Item(document, "", (), pack(Stamp(document, year, 10, 20, "text", (0, 0)), told)))
        pages = pages_of(items)
        seen = Counting()
        contradicted(replace(pages, by_day={at: seen.watch(told) for at, told in pages.by_day.items()}))
        return seen.count

    few, many = looked(700), looked(2800)
    assert few > 700
    assert many < 5 * few


class Counting:
    """Counts the places that are looked at."""

    def __init__(self) -> None:
        self.count = 0

    def watch(self, told: Sequence[Told]) -> Sequence[Told]:
        outer = self

        class Watched(list[Told]):
            def __getitem__(self, at):  # type: ignore[no-untyped-def, override]
                found = super().__getitem__(at)
                outer.count += len(found)
                return found

        return Watched(told)


def test_of_many_pages_around_a_day_the_nearest_are_told():
    """A year that thousands of pages leave does not name them all."""
    others = [Item(f"{n:032x}", "", (), pack(Stamp("", 2031, 11, 1 + n % 28, "metadata", (0, 0)), ())) for n in range(400)]
    asked_of = Item("f" * 32, "", (), pack(Stamp("", 0, 11, 3, "dateline", (0, 5), (2031,)), ()))
    (found,) = inferred(pages_of([*others, asked_of]))
    assert found.published.date == "2031-11-03"
    assert len(found.pages) == 64
    assert {int(page, 16) % 28 + 1 for page in found.pages} == {1, 2, 3, 4, 5}
