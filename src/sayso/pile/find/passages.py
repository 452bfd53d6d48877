"""Where the words of a sentence stand on a page: exactly, or nearly and with what differs.

Marks, white space, short forms (``don't``) and hyphens between words make no difference. An ellipsis in the sentence may
stand for any words, as may words in square brackets, up to ``GAP``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sayso.pile.matches.align import common, runs
from sayso.pile.matches.words import Word, words_of
from sayso.records import Span

How = Literal["exact", "near"]
GAP = 60
"""Words that an ellipsis or a bracket may stand for: two long sentences."""
NEARLY = 0.7
"""Share of the sentence that a page must have, in order, to have it nearly; what tells more counts up to twice. Of 200
sentences of news pages it finds 200 with one word in eight left out, 200 with one in eight changed, 194 with one in four;
on 3,994 pages that have none of them it finds nothing."""
FULL = 5.0
"""Bits from which a word counts twice."""
ANCHOR = 2
"""Words of a run by which a place on a page is looked for."""
PLACES = 24
"""Places of a page that are looked at, those with most anchors first."""
LONGER = 1.6
"""How much longer than the sentence, by words, a passage may be that has it nearly."""
_LEFT_OUT = re.compile(r"\[[^\[\]]{0,400}\]|\(\.\.\.\)|\.{3,}|…|\. \. \.")


@dataclass(frozen=True, slots=True)
class Sought:
    """A sentence that is looked for: its words, and the parts that must stand in a row (an ellipsis parts them)."""

    text: str
    words: tuple[Word, ...]
    parts: tuple[tuple[Word, ...], ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a page has a sentence: ``words`` of the page from ``span``, and the share of the sentence that is kept."""

    how: How
    score: float
    span: Span
    words: tuple[Word, ...]


def sought(text: str, most: int = 300) -> Sought:
    """A sentence made ready to be looked for, up to ``most`` words of it."""
    stops = [0, *(at for match in _LEFT_OUT.finditer(text) for at in match.span()), len(text)]
    spans = [(start, end) for start, end in zip(stops[::2], stops[1::2], strict=True) if start < end]
    parts = [words for span in spans if (words := words_of(text, (span,)))]
    whole = tuple(word for part in parts for word in part)[:most]
    return Sought(text, whole, tuple(parts))


def worth(words: Sequence[Word]) -> float:
    """What words count for a wording: each once, and up to once more by what it tells."""
    return sum(1.0 + min(word.bits, FULL) / FULL for word in words)


def passages(wanted: Sought, page: Sequence[Word]) -> list[Passage]:
    """Every place where a page has the sentence exactly; else the one where it has it most nearly; or nothing.

    ``page`` are all its words, or those of a statement whose quotation is interrupted.
    """
    exact = _exact(wanted, page)
    if exact:
        return exact
    near = _nearest(wanted, page)
    return [] if near is None else [near]


def _exact(wanted: Sought, page: Sequence[Word]) -> list[Passage]:
    """The places where the parts stand one behind the other, each as it is."""
    texts = [word.text for word in page]
    parts = [[word.text for word in part] for part in wanted.parts]
    if not parts:
        return []
    out: list[Passage] = []
    at = 0
    while (start := _find(texts, parts[0], at, len(texts))) >= 0:
        end = start + len(parts[0])
        for part in parts[1:]:
            next_ = _find(texts, part, end, min(len(texts), end + GAP + len(part)))
            end = next_ + len(part) if next_ >= 0 else -1
            if end < 0:
                break
        at = start + 1
        if end > 0:
            found = tuple(page[start:end])
            out.append(Passage("exact", 1.0, (found[0].span[0], found[-1].span[1]), found))
            at = end
    return out


def _find(texts: Sequence[str], part: Sequence[str], start: int, end: int) -> int:
    """Where a row of words stands between two places, or -1."""
    first = part[0]
    for at in range(start, end - len(part) + 1):
        if texts[at] == first and texts[at : at + len(part)] == part:
            return at
    return -1


def _nearest(wanted: Sought, page: Sequence[Word]) -> Passage | None:
    best: Passage | None = None
    for start in _places(wanted, page):
        found = _near(wanted, page, start)
        if found is not None and (best is None or (found.score, -found.span[0]) > (best.score, -best.span[0])):
            best = found
    return best


def _places(wanted: Sought, page: Sequence[Word]) -> list[int]:
    """Where the sentence may begin on the page: places that runs of its words point to, those most pointed to first."""
    row = [word.text for word in wanted.words]
    runs_at: dict[tuple[str, ...], list[int]] = {}
    for at in range(len(row) - ANCHOR + 1):
        runs_at.setdefault(tuple(row[at : at + ANCHOR]), []).append(at)
    votes: dict[int, float] = {}
    texts = [word.text for word in page]
    for at in range(len(texts) - ANCHOR + 1):
        for place in runs_at.get(tuple(texts[at : at + ANCHOR]), ()):
            start = max(0, at - place)
            votes[start] = votes.get(start, 0.0) + worth(page[at : at + ANCHOR])
    near = {start: sum(votes.get(start + off, 0.0) for off in range(-3, 4)) for start in votes}
    return sorted(near, key=lambda start: (-near[start], start))[:PLACES]


def _near(wanted: Sought, page: Sequence[Word], start: int) -> Passage | None:
    """The passage about a place, if it has enough of the sentence."""
    length = len(wanted.words)
    first = max(0, start - length // 4)
    window = page[first : first + int(length * LONGER) + 8]
    pairs = common(wanted.words, window)
    pairs = _dense(pairs)
    if not pairs:
        return None
    kept = [wanted.words[i] for i, _ in pairs]
    share = worth(kept) / worth(wanted.words)
    found = tuple(window[pairs[0][1] : pairs[-1][1] + 1])
    if share < NEARLY or len(found) > LONGER * length + 2:
        return None
    extra = len(found) - len(kept)
    score = round(share * length / (length + extra), 4)
    return Passage("near", score, (found[0].span[0], found[-1].span[1]), found)


def _dense(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The pairs without single words at the ends that stand far from the rest."""
    rows = runs(pairs)
    while len(rows) > 1 and rows[0][2] == 1 and rows[1][1] - rows[0][1] > 4 + rows[1][0] - rows[0][0]:
        rows = rows[1:]
    while len(rows) > 1 and rows[-1][2] == 1 and rows[-1][1] - (rows[-2][1] + rows[-2][2]) > 4:
        rows = rows[:-1]
    return [(x + at, y + at) for x, y, length in rows for at in range(length)]
