"""The parts of quotations that run on over paragraphs, joined into one statement each.

The encoder may give the second paragraph to the next cue of the page, or to none. Print says whose it is: the speaker's
who began.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence
from dataclasses import replace

from sayso.quotes import Quotation
from sayso.records import Span
from sayso.statements.drafts import Draft, joined, kind_of, overlap

Place = tuple[Span, int]
BACK = 4  # fragments that begin before a quotation and are looked at: one that holds it, and those told within that


class Joiner:
    """Joins drafts of one page. ``drafts`` has None where one was taken up whole by another."""

    def __init__(self, text: str, starts: Sequence[int], marks: Sequence[Quotation], drafts: Sequence[Draft]) -> None:
        self.text, self.starts, self.marks = text, starts, marks
        self.drafts: list[Draft | None] = list(drafts)
        self.places: list[Place] = sorted((f, n) for n, d in enumerate(drafts) for f in d.content)

    def _home(self, at: int) -> int:
        return max(0, bisect_right(self.starts, at) - 1)

    def _touching(self, q: Quotation) -> list[Place]:
        """Fragments that are parts of a quotation, or hold it, with their drafts."""
        first = max(0, bisect_left(self.places, ((q.start, -1), -1)) - BACK)
        last = bisect_left(self.places, ((q.end, -1), -1))
        return [(f, k) for f, k in self.places[first:last] if self._fits(f, k, q)]

    def _fits(self, fragment: Span, number: int, q: Quotation) -> bool:
        """Whether a fragment is a part of a quotation, and not a statement told within it."""
        d = self.drafts[number]
        shared = overlap(fragment, (q.start, q.end))
        if d is None or fragment not in d.content or 2 * shared < min(fragment[1] - fragment[0], q.end - q.start):
            return False
        inside = bool(d.cue) and d.origin != "turn" and q.start < d.cue[0][0] < q.end
        return not inside or overlap(fragment, d.cue[0]) > 0

    def _cued(self, number: int, q: Quotation) -> bool:
        """Whether the cue or label of a draft stands in the paragraph of a quotation, outside of it."""
        d = self.drafts[number]
        if d is None or not d.cue:
            return False
        at = d.cue[0][0]
        return self._home(at) == self._home(q.start) and (d.origin == "turn" or not q.start < at < q.end)

    def join(self, run: Sequence[Quotation]) -> None:
        """Give the parts of one quotation to the drafts that own them: each part to the last with a cue of its own."""
        parts = [self._touching(q) for q in run]
        content: dict[int, list[Span]] = {}
        for q, places, owner in zip(run, parts, self._owners(run, parts), strict=True):
            draft = None if owner is None else self.drafts[owner]
            if owner is None or draft is None:
                continue
            spans = content.setdefault(owner, list(draft.content))
            if draft.origin != "turn" or not self._cued(owner, q):  # a turn's words begin behind its label
                spans.append((q.start, q.end))
            for fragment, k in places:
                if k != owner:
                    self._take(fragment, k)
        for owner, spans in content.items():
            if (draft := self.drafts[owner]) is not None:
                whole = joined(spans, self.text)
                self.drafts[owner] = replace(draft, content=whole, kind=kind_of(self.text, whole, self.marks))
                for fragment in whole:
                    insort(self.places, (fragment, owner))

    def _owners(self, run: Sequence[Quotation], parts: Sequence[list[Place]]) -> list[int | None]:
        """For each part the draft whose words it is: by a cue beside it, else as the part before, else by the first cue."""
        own = [next((k for _, k in places if self._cued(k, q)), None) for q, places in zip(run, parts, strict=True)]
        first = next((k for k in own if k is not None), None)
        if first is None:
            first = self._uncued(run, parts)
        out: list[int | None] = []
        for k in own:
            out.append(k if k is not None else out[-1] if out else first)
        return out

    def _uncued(self, run: Sequence[Quotation], parts: Sequence[list[Place]]) -> int | None:
        """Of drafts whose cue stands nowhere beside the quotation, the first that has none or has it before."""
        for places in parts:
            for _, k in places:
                d = self.drafts[k]
                if d is not None and (not d.cue or d.cue[-1][1] <= run[0].start):
                    return k
        return None

    def _take(self, fragment: Span, number: int) -> None:
        """Take a fragment from the draft that held it; one that held no more is gone."""
        d = self.drafts[number]
        if d is not None:
            rest = tuple(f for f in d.content if f != fragment)
            self.drafts[number] = replace(d, content=rest, kind=kind_of(self.text, rest, self.marks)) if rest else None
