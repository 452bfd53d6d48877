"""From scores of single words to marked spans: the best allowed sequence of tags over the whole text (Viterbi 1967).

The sequence is found over all words of a text at once, whatever window each was read in, so that no span ends at a window's
edge. Tags are O and B/I of each kind; I of a kind follows only B or I of the same kind.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sayso.encoder.annotations import Marked
from sayso.encoder.session import Array

FORBIDDEN = -20.0  # a move scored lower than this is not allowed


def viterbi(scores: Array, moves: Array, first: Array) -> list[int]:
    """The best tag of each word. ``scores`` (W, T), ``moves`` (T, T) from row to column, ``first`` (T)."""
    count, tags = scores.shape
    if count == 0:
        return []
    into = [[(p, float(moves[p, t])) for p in range(tags) if moves[p, t] > FORBIDDEN] for t in range(tags)]
    alpha = (first + scores[0]).tolist()
    back: list[list[int]] = []
    for row in scores[1:].tolist():
        best = []
        step = []
        for t, ways in enumerate(into):
            top, origin = max([(alpha[p] + move, p) for p, move in ways])
            best.append(top + row[t])
            step.append(origin)
        alpha = best
        back.append(step)
    tag = max(range(tags), key=alpha.__getitem__)
    path = [tag]
    for step in reversed(back):
        tag = step[tag]
        path.append(tag)
    path.reverse()
    return path


def probabilities(scores: Array) -> Array:
    """Softmax of each row."""
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    result: Array = shifted / shifted.sum(axis=1, keepdims=True)
    return result


def spans_of(tags: Sequence[int], chances: Array, names: Sequence[str]) -> list[Marked]:
    """Runs of one kind as marked spans, in order; the probability is the mean over the words of the kind's share."""
    out: list[Marked] = []
    at = 0
    while at < len(tags):
        tag = tags[at]
        if tag == 0:
            at += 1
            continue
        begin = tag if tag % 2 else tag - 1
        end = at + 1
        while end < len(tags) and tags[end] == begin + 1:
            end += 1
        chance = float(chances[at:end, begin].sum() + chances[at:end, begin + 1].sum()) / (end - at)
        out.append(Marked(names[begin].split("-", 1)[1], (at, end), chance))
        at = end
    return out


def plain_tags(scores: Array) -> list[int]:
    """Greedy tags for heads without a CRF; an I without its B becomes a B."""
    out: list[int] = []
    before = 0
    for tag in scores.argmax(axis=1).tolist():
        if tag and tag % 2 == 0 and before not in (tag, tag - 1):
            tag -= 1
        out.append(tag)
        before = tag
    return out
