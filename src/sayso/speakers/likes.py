"""Names joined by "and" are of one sort: of "Norrmark and Aldwater" neither is a person where the other is a body.

What the tagger thinks of a name that it does not know depends on its letters. What stands joined on the page does not, so
names whose sort nothing else tells share their weights.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from sayso.speakers.cast import Cast, Member
from sayso.speakers.names import is_body

_JOINED = re.compile(r"(?:,? and |,? or |,? nor | & |, |–| versus )(?:the |not |in |at |of )?")


def _sure(member: Member) -> bool:
    """Whether a title, the words of the name or a given name tell of what sort it is."""
    return member.titled or member.told or is_body(member.full.text) or bool(member.gender)


def liken(text: str, cast: Cast) -> None:
    """Give each group of joined names the sum of their weights."""
    group: dict[int, int] = {}

    def top(n: int) -> int:
        while group.get(n, n) != n:
            n = group[n]
        return n

    for before, after in zip(cast.order, cast.order[1:], strict=False):
        if before[1] <= after[0] and _JOINED.fullmatch(text, before[1], after[0]):
            a, b = cast.at[before], cast.at[after]
            if a is not b and not _sure(a) and not _sure(b):
                group[max(top(a.number), top(b.number))] = min(top(a.number), top(b.number))
    _share(cast.members, {m.number: top(m.number) for m in cast.members})


def _share(members: Sequence[Member], tops: dict[int, int]) -> None:
    sums: dict[int, Counter[str]] = {}
    sizes = Counter(tops.values())
    for m in members:
        sums.setdefault(tops[m.number], Counter()).update(m.votes)
    for m in members:
        if sizes[tops[m.number]] > 1:
            m.votes = Counter(sums[tops[m.number]])
