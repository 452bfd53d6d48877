"""Whatever pages come, in whatever order: one answer; nothing is summed; what supersedes is later and of one originator."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from eval.series import read, told
from sayso.pile.incidents import incidents_of
from sayso.pile.series import Series, series_of
from sayso.pile.series.relate import is_later
from sayso.pile.series.told import Told

FORMS = (
    "The {kind} in {place} killed {n} people.",
    "At least {n} people were killed by the {kind} in {place}.",
    "The {kind} in {place} injured about {n} people.",
    "The death toll of the {place} {kind} stood at {n} on Tuesday.",
    "In the past 24 hours {n} people were killed in {place}.",
    "In {place} {n} houses were destroyed.",
    "The {kind} in {place} killed {n} children.",
    "Orrin Steel will cut {n} jobs.",
    "Up to {n} people are missing after the {kind} in {place}.",
    "The {kind} in {place} killed between {n} and 900 people.",
)
sentences = st.builds(
    lambda form, kind, place, n: form.format(kind=kind, place=place, n=n),
    st.sampled_from(FORMS), st.sampled_from(("flood", "fire", "storm")), st.sampled_from(("Vell", "Orrin")), st.integers(2, 60),
)  # fmt: skip
pages = st.lists(
    st.tuples(
        st.integers(0, 30).map(lambda n: (date(2031, 4, 1) + timedelta(n)).isoformat()),
        st.sampled_from(("Courier", "Gazette", "Banner")),
        st.sampled_from(("River Guard", "dockers' union", "", "?")),
        st.lists(sentences, min_size=1, max_size=3, unique=True).map(" ".join),
    ),
    min_size=1, max_size=9,
)  # fmt: skip
few = settings(max_examples=40, deadline=None)


def made(given_pages: list[tuple[str, str, str, str]]) -> list[Told]:
    return told(read(page, f"page {n}") for n, page in enumerate(given_pages))


def numbers(series: Series) -> set[float]:
    return {v for m in series.members for v in (m.told.low, m.told.high) if v is not None}


@few
@given(pages, st.randoms(use_true_random=False))
def test_order_of_arrival_does_not_matter(given_pages, chance):
    figures = made(given_pages)
    shuffled = figures[:]
    chance.shuffle(shuffled)
    assert series_of(figures) == series_of(shuffled)
    assert incidents_of(figures) == incidents_of(shuffled)


@few
@given(pages)
def test_every_figure_is_in_one_series(given_pages):
    figures = made(given_pages)
    found = [m.told.figure for series in series_of(figures) for m in series.members]
    assert sorted(found) == sorted(t.figure for t in figures)


@few
@given(pages)
def test_nothing_is_summed_and_ranges_hold_their_members(given_pages):
    for series in series_of(made(given_pages)):
        for each in series.ranges:
            cell = [m.told for m in series.members if m.strand == each.strand and m.told.as_of.stretch == each.as_of]
            assert all(each.holds(t) for t in cell if t.numbered)
            assert {each.least, each.most} <= numbers(series)
            assert {each.low, each.high} - {None} <= numbers(series)
    figures = made(given_pages)
    known = {v for t in figures for v in (t.low, t.high) if v is not None}
    for incident in incidents_of(figures):
        for count in incident.counts:
            assert {count.least, count.most} <= known
            assert all(count.least <= by.least <= by.most <= count.most for by in count.by)


@few
@given(pages)
def test_what_supersedes_is_later_and_of_one_originator_and_scope(given_pages):
    for series in series_of(made(given_pages)):
        strands = {m.told.figure: m.strand for m in series.members}
        for member in series.members:
            for link in member.links:
                before = series.told(link.to)
                if link.kind == "supersedes":
                    assert before.origin == member.told.origin
                    assert strands[link.to] == member.strand
                    assert is_later(before, member.told)
                assert before.thing.event == member.told.thing.event == series.event
                assert before.order < member.told.order


@few
@given(pages)
def test_daily_and_running_numbers_are_never_compared(given_pages):
    for series in series_of(made(given_pages)):
        for member in series.members:
            for link in member.links:
                before = series.told(link.to)
                if link.kind != "different-scope":
                    assert (before.scope.period == "daily") == (member.told.scope.period == "daily")
                    assert before.scope.who == member.told.scope.who
