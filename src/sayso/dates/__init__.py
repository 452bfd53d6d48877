"""Dates: every time expression of a text with its value, when the page was published, and what does not add up."""

from sayso.dates.candidates import Candidate, best, candidates, contradictions, told
from sayso.dates.doubts import Doubt, contradicted, impossible_days, missing, weekday_mismatches
from sayso.dates.find import dates_of, with_year
from sayso.dates.found import Found

__all__ = [
    "Candidate",
    "Doubt",
    "Found",
    "best",
    "candidates",
    "contradicted",
    "contradictions",
    "dates_of",
    "impossible_days",
    "missing",
    "told",
    "weekday_mismatches",
    "with_year",
]
