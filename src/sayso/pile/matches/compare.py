"""How two statements stand to each other: the judgement, with the numbers that it rests on.

Measured on 389 pairs (259 of PolNeAR's training articles judged by hand, 130 invented): F1 .838, precision .906 for one
claim. A step of any constant here, in ``features`` and in ``wording`` moves that F1 by at most .015.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from math import exp
from typing import Literal

from sayso.pile.matches import amounts
from sayso.pile.matches.features import Shared, shared, without_numbers
from sayso.pile.matches.saying import Saying
from sayso.pile.matches.sense import mirrored, opposed, supposed_apart, uneven
from sayso.pile.matches.who import Who, who
from sayso.pile.matches.wording import (
    ANYBODY,
    ENOUGH,
    FEW,
    INDIRECT,
    OVERLAP,
    QUOTED,
    Wording,
    overlap,
    same_words,
)

Kind = Literal["same-words", "same-utterance", "same-claim", "contradicts"]

WEIGHTS: dict[str, float] = {
    "cosine": 2.9, "cover": 2.7, "plain": 1.4, "told": 1.3, "asserts": 1.25, "same": 1.1, "other": -0.35, "far": -0.85,
}  # fmt: skip
BASE = -6.4
"""Weights of a logistic regression over 386 pairs: 259 of PolNeAR's training articles judged by hand, 127 invented."""
MOST = 30.0
"""Bits of common words from which more of them says no more."""
CLAIM, CLOSE = 0.6, 0.5
"""Likelihood from which two statements make one claim. On those pairs .5 would be better by .015, but most pairs of a pile
are no matches, and there precision counts. The lower one holds for one speaker on pages a few days apart: of 19 such pairs
between the two 14 were right, of 34 others 12."""
RUNNING = 0.9
"""Score of two quotations that run into each other: all of 8 such pairs of one speaker were one act of speaking."""
SURE = 0.75
"""Likelihood from which they report one utterance though a speaker is open, and from which they may contradict."""
ALIKE = 0.85
"""Cosine from which two short statements may contradict each other: all words but one or two are the same."""
DAYS = 3
"""Days between two pages that may tell of one occasion: the pages of a Friday and of a Monday."""
LITTLE = 0.35
"""Share of the smaller side below which nothing but a quoted part can be common to two statements."""
LEAST, LEAST_PLAIN = 8.0, 3.0
"""Bits of words, and of words that are no names, that two statements must share to make one claim."""
SHORT = 40
"""Words from which a statement turns its sense too often for a negation to tell that it contradicts another."""


@dataclass(frozen=True, slots=True)
class Match:
    """How two statements stand to each other.

    ``why`` is the code of the rule that decided, ``whose`` how the speakers stand, ``days`` how many days lie between the
    pages (None where a date is missing), ``figures`` how their figures stand.
    """

    kind: Kind
    score: float
    why: str
    whose: Who
    days: int | None
    figures: amounts.Stand


def likeness(shares: Shared, whose: Who, days: int | None, *, asserts: bool = True) -> float:
    """How likely two statements make one claim, from what they share; 0 to 1. ``asserts``: both say something."""
    far = days is not None and days > DAYS
    sum_ = BASE + WEIGHTS["cosine"] * shares.cosine + WEIGHTS["cover"] * shares.cover
    sum_ += WEIGHTS["plain"] * min(shares.plain, MOST) / MOST + WEIGHTS["told"] * min(shares.told, MOST) / MOST
    sum_ += WEIGHTS.get(whose, 0.0) + (WEIGHTS["far"] if far else 0.0) + (WEIGHTS["asserts"] if asserts else 0.0)
    return 1 / (1 + exp(-sum_))


def days_between(a: str, b: str) -> int | None:
    """Days between two ISO dates, or None where one is no whole date."""
    try:
        return abs((date.fromisoformat(a) - date.fromisoformat(b)).days)
    except ValueError:
        return None


def compare(a: Saying, b: Saying) -> Match | None:
    """How two statements stand to each other, or None where nothing is to be said. Symmetric."""
    shares = shared(a.bag, b.bag)
    if shares.cover < LITTLE and not (any(a.quoted) and any(b.quoted)):
        return None
    if mirrored(a, b) or supposed_apart(a, b):
        return None
    whose, days = who(a.speakers, b.speakers), days_between(a.published, b.published)
    figures = amounts.stand(a.figures, b.figures)
    worded = _worded(a, b, whose, days, figures)
    whole = worded is not None and worded.why == "whole"
    turned = opposed(a, b, cut=not whole)
    if worded is not None and not turned and (whole or not uneven(a, b)):
        return worded
    if shares.told < LEAST or shares.plain < LEAST_PLAIN or amounts.apart(a.figures, b.figures):
        return None
    close = days is None or days <= DAYS
    one_act = close and not turned and whose != "other" and not amounts.differ(a.figures, b.figures)
    runs_over = overlap(a, b) if one_act and figures != "oppose" else 0.0
    if runs_over >= (ENOUGH if whose == "same" else ANYBODY):
        return Match("same-utterance", RUNNING, "overlap", whose, days, figures)
    found = _claim(a, b, shares, whose, days, figures)
    little = same_words(a, b) if found is not None and found.kind == "same-utterance" and not uneven(a, b) else None
    return found if found is None or little is None else replace(found, kind="same-words", why=_code(little))


def _claim(a: Saying, b: Saying, shares: Shared, whose: Who, days: int | None, figures: amounts.Stand) -> Match | None:
    """Whether two statements that are worded in different ways make one claim, or contradict each other."""
    close, asserts = days is None or days <= DAYS, a.asserts and b.asserts
    if asserts and (why := _against(a, b, shares, figures)):
        if why == "figures" and days != 0 and not amounts.same_day(a.figures, b.figures):  # it may have grown since
            return None
        return Match("contradicts", likeness(shares, "open", None), why, whose, days, figures)
    if a.gainsaid != b.gainsaid and (a.wished or b.wished):
        return None
    score = likeness(shares, whose, days, asserts=asserts)
    least = CLOSE if close and days is not None and whose == "same" else CLAIM
    if score < least or not (a.asserts or b.asserts) or figures == "oppose" or opposed(a, b):
        return None
    if (whose != "other" or figures != "agree") and amounts.differ(a.figures, b.figures):
        return None  # one who gives two numbers says two things; of two who do, one may be within the other's bounds
    one_act = whose != "other" and close and (whose == "same" or score >= SURE)
    kind: Kind = "same-utterance" if one_act else "same-claim"
    why = "reworded" if one_act else "speaker" if whose == "other" else "occasion" if whose == "same" else ""
    return Match(kind, score, why or ("open" if close else "later"), whose, days, figures)


def _against(a: Saying, b: Saying, shares: Shared, figures: amounts.Stand) -> str:
    """The code of what makes two statements contradict each other, or nothing."""
    bare = shared(without_numbers(a.words), without_numbers(b.words)) if figures == "oppose" else shares
    if likeness(bare, "open", None) < SURE and bare.cosine < ALIKE:
        return ""
    if max(len(a.words), len(b.words)) <= SHORT and opposed(a, b):
        return "negated" if a.gainsaid == b.gainsaid else "denied"
    return "figures" if figures == "oppose" else ""


def _worded(a: Saying, b: Saying, whose: Who, days: int | None, figures: amounts.Stand) -> Match | None:
    """The match of two statements with the same words, or None."""
    worded = same_words(a, b)
    if worded is None or figures == "oppose" or (not worded.whole and amounts.differ(a.figures, b.figures)):
        return None
    direct = all(any(each.quoted) for each in (a, b))
    known = worded.whole and direct and whose == "same" and worded.words >= FEW
    least = INDIRECT if whose == "same" else ANYBODY
    if direct:
        least = INDIRECT if whose == "other" else QUOTED if worded.words >= OVERLAP and not worded.part else ENOUGH
    if worded.part and whose != "same":
        least = ANYBODY
    if not known and (worded.tells < least or not (direct or (a.asserts and b.asserts))):
        return None
    return Match("same-words", 1.0 if worded.whole else 0.95, _code(worded), whose, days, figures)


def _code(worded: Wording) -> str:
    return "whole" if worded.whole else "part" if worded.part else "cut"
