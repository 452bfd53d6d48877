"""Which content belongs to which cue, which cue to which source: spans scored against each other.

A span's vector is made of its first and last word; who asks is compared with who may answer (a scaled dot product as in
Dozat & Manning 2017), with learned weights for distance, rivals and paragraphs in between, and "none of them" as a choice.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sayso.encoder.relations import WordSpan, relation
from sayso.encoder.session import Array

KINDS = ("cue", "source", "coref")
LINK = 96  # numbers in a vector that is compared
LONGEST = 400  # words of the longest span that may answer from before
FAR = -1e4


@dataclass(frozen=True, slots=True)
class Balance:
    """How the parts of a link's score are weighed.

    ``likeness`` of the two spans, their ``place`` to each other, what is added to "none of them", and the ``reach``: words
    between two spans that may belong together.
    """

    likeness: float
    place: float
    none: float
    reach: int


# Trained together the likeness of spans is learned by heart and outweighs their place; on articles held out from training
# half the likeness and twice the place give `linked` +.005 (polnear-dev +.006). A reach of 30 to 90 scores alike, 180 loses
# .018; a content seldom lacks a cue, hence the handicap of "none".
BALANCE = {
    "cue": Balance(0.5, 2.0, -2.0, 60),
    "source": Balance(0.5, 2.0, -1.0, 60),
    "coref": Balance(1.0, 1.0, 0.0, 180),
}


@dataclass(frozen=True, slots=True)
class Compared:
    """Spans with the vectors they ask and answer with, and their scores for "none of them"."""

    spans: tuple[WordSpan, ...]
    ask: Array
    answer: Array
    nothing: Array


def compared(projected: Array, spans: Sequence[WordSpan], kind: str) -> Compared:
    """One kind's share of the projected vectors of some spans."""
    at = KINDS.index(kind) * (2 * LINK + 1)
    ask, answer = projected[:, at : at + LINK], projected[:, at + LINK : at + 2 * LINK]
    return Compared(tuple(spans), ask, answer, projected[:, at + 2 * LINK])


def chances(
    asking: Compared,
    answering: Compared,
    tables: Mapping[str, Sequence[float]],
    paragraphs: Sequence[int],
    balance: Balance,
    earlier_only: bool = False,
) -> Array:
    """(A, B + 1) probabilities that span a belongs to span b; the first column is "none of them".

    ``tables``: learned weights by class of distance, rivals between and paragraphs across. ``einsum`` keeps the sums on one
    thread and so the same, whatever the machine's linear algebra does.
    """
    scores = np.full((len(asking.spans), len(answering.spans) + 1), FAR, dtype=np.float32)
    scores[:, 0] = asking.nothing + balance.none
    raw = balance.likeness * np.einsum("ik,jk->ij", asking.ask, answering.answer) / math.sqrt(LINK)
    rivals = [span[0] for span in answering.spans]
    distance, between, across = tables["distance"], tables["between"], tables["across"]
    for i, a in enumerate(asking.spans):
        first, last = bisect_left(rivals, a[0] - LONGEST - balance.reach), bisect_left(rivals, a[1] + balance.reach + 1)
        for j in range(first, last):
            b = answering.spans[j]
            if b[0] - a[1] > balance.reach or a[0] - b[1] > balance.reach or (earlier_only and b >= a):
                continue
            d, n, p = relation(a, b, rivals, paragraphs)
            scores[i, j + 1] = raw[i, j] + balance.place * (distance[d] + between[n] + across[p])
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    result: Array = shifted / shifted.sum(axis=1, keepdims=True)
    return result
