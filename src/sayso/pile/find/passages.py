"""Where the words of a sentence stand on a page: exactly, or nearly and with what differs.

Marks, white space, short forms (``don't``) and hyphens between words make no difference. An ellipsis in the sentence may
stand for any words, as may words in square brackets, up to ``GAP``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
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
ANCHOR, SHORT = 2, 4
"""Words of a run by which a place on a page is looked for; one in a sentence of so few words, of which one may be another."""
PLACES = 24
"""Places of a page that are looked at, those with most anchors first."""
LONGER = 1.6
"""How much longer than the sentence, by words, a passage may be that has it nearly."""
_HYPHENS = ("-", "‐", "‑", "\u00ad")
_STOP = re.compile(r"[.!?…:;“”\"«»()\n]")
"""What ends the stretch that a page may have instead of the ends of a sentence."""
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


def passages(wanted: Sought, page: Sequence[Word], text: str) -> list[Passage]:
    """Every place where a page has the sentence exactly; else the one where it has it most nearly; or nothing.

    ``page`` are all its words, or those of a statement whose quotation is interrupted; ``text`` is what they stand in.
    """
    here, there = {word.text for word in page}, {word.text for word in wanted.words}
    page = _joined(page, text, there)
    parts = tuple(_joined(part, wanted.text, here) for part in wanted.parts)
    wanted = Sought(wanted.text, _joined(wanted.words, wanted.text, here), parts)
    exact = _exact(wanted, page)
    if exact:
        return exact
    near = _nearest(wanted, page)
    return [] if near is None else [_with_ends(near, wanted, page, text)]


def _joined(words: Sequence[Word], text: str, others: AbstractSet[str]) -> tuple[Word, ...]:
    """The words, two with a hyphen between them made one where the other side writes them so: "guess-work", "guesswork"."""
    out: list[Word] = []
    for word in words:
        last = out[-1] if out else None
        if last is not None and last.text + word.text in others and text[last.span[1] : word.span[0]] in _HYPHENS:
            both = last.text + word.text
            out[-1] = replace(
                word,
                text=both,
                stem=both,
                notion=both,
                bits=max(last.bits, word.bits),
                span=(last.span[0], word.span[1]),
            )
        else:
            out.append(word)
    return tuple(out)


def _with_ends(near: Passage, wanted: Sought, page: Sequence[Word], text: str) -> Passage:
    """A passage with what the page has instead of the words that it lacks at the ends of the sentence."""
    pairs = common(wanted.words, near.words)
    before, behind = pairs[0][0], len(wanted.words) - 1 - pairs[-1][0]
    first = next(at for at, word in enumerate(page) if word is near.words[0])
    last = first + len(near.words)
    while before and first and not _STOP.search(text, page[first - 1].span[1], page[first].span[0]):
        before, first = before - 1, first - 1
    while behind and last < len(page) and not _STOP.search(text, page[last - 1].span[1], page[last].span[0]):
        behind, last = behind - 1, last + 1
    words = tuple(page[first:last])
    return replace(near, span=(words[0].span[0], words[-1].span[1]), words=words)


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
    size = ANCHOR if len(row) > SHORT else 1
    runs_at: dict[tuple[str, ...], list[int]] = {}
    for at in range(len(row) - size + 1):
        runs_at.setdefault(tuple(row[at : at + size]), []).append(at)
    votes: dict[int, float] = {}
    texts = [word.text for word in page]
    for at in range(len(texts) - size + 1):
        for place in runs_at.get(tuple(texts[at : at + size]), ()):
            start = max(0, at - place)
            votes[start] = votes.get(start, 0.0) + worth(page[at : at + size])
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
