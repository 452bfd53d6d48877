"""Figure series: the figures of a pile that count one thing, in order of as-of and originator. Nothing is summed."""

from sayso.pile.series.originators import origin_of, originating
from sayso.pile.series.question import QUESTION
from sayso.pile.series.reading import told_of
from sayso.pile.series.series import Link, Member, Series, series_of
from sayso.pile.series.told import Origin, Originating, Told

__all__ = [
    "QUESTION", "Link", "Member", "Origin", "Originating", "Series", "Told", "origin_of", "originating", "series_of", "told_of",
]  # fmt: skip
