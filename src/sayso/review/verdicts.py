"""What each reviewer decided about each statement, put together: decisions of several people about the same words.

The unit is a statement of a page: decisions are about one where the words they were about share at least half of their
characters, as two readings of one statement do (``decisions.applying.SAME``), and are told by the same cue or source, so that
one told within another is not taken for it. The machine reads nothing here: only what at
least two people decided about counts, never what they left as it was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sayso.decisions import Decision, active
from sayso.decisions.applying import SAME
from sayso.decisions.labelling import folded
from sayso.decisions.records import Standing
from sayso.records import Span

VERDICTS = ("accept", "reject", "speaker", "span", "kind", "add")
"""Decisions that say whether a statement is right and what is."""
OPEN = "(open)"


@dataclass(slots=True)
class Verdict:
    """What one reviewer says of a statement in the end: a code as in coding sheets, the speaker, the content."""

    code: str
    speaker: str
    content: tuple[Span, ...]


@dataclass(slots=True)
class Item:
    """A statement of a page that people decided about; the verdicts by reviewer."""

    document: str
    part: str
    words: str
    verdicts: dict[str, Verdict] = field(default_factory=dict)


def items(decisions: Iterable[Decision], reviewers: Sequence[str] = ()) -> list[Item]:
    """Every statement about which two of these people (of all, where none are named) decided, page by page."""
    pages: dict[tuple[str, str], list[Decision]] = defaultdict(list)
    for decision in active(decisions):
        about = _about(decision)
        if decision.action in VERDICTS and about and (not reviewers or decision.reviewer in reviewers):
            pages[decision.document, about.part].append(decision)
    found = [_item(page, part, group) for (page, part), taken in sorted(pages.items()) for group in _groups(taken)]
    return [item for item in found if len(item.verdicts) > 1]


def _about(decision: Decision) -> Standing | None:
    return decision.statements[0] if decision.statements else decision.to


def _spans(standing: Standing) -> tuple[Span, ...]:
    return tuple(quote.span for quote in standing.content)


def _groups(decisions: Sequence[Decision]) -> list[list[Decision]]:
    """Decisions about one statement together, by what they were about or led to, in their order."""
    groups: list[tuple[list[Standing], list[Decision]]] = []
    for decision in decisions:
        words = [*decision.statements, *((decision.to,) if decision.to else ())]
        alike = [group for group in groups if any(_one(a, b) for a in group[0] for b in words)]
        merged: tuple[list[Standing], list[Decision]] = (words, [decision])
        for group in alike:
            groups.remove(group)
            merged = (
                group[0] + merged[0],
                sorted({d.id: d for d in (*group[1], *merged[1])}.values(), key=lambda d: d.number),
            )
        groups.append(merged)
    return [group for _, group in sorted(groups, key=lambda each: _spans(each[0][0]))]


def _one(a: Standing, b: Standing) -> bool:
    """Whether two are one statement: most of the words, told by the same cue or source, where both have any."""
    mine, its = _spans(a), _spans(b)
    if mine == its or share(mine, its) < SAME:
        return mine == its
    for one, other in ((a.cue, b.cue), (a.source, b.source)):
        if one and other:
            return share([q.span for q in one], [q.span for q in other]) > 0
    return True


def share(a: Sequence[Span], b: Sequence[Span]) -> float:
    """The part of the characters of both that both have."""
    common = sum(max(0, min(p[1], q[1]) - max(p[0], q[0])) for p in a for q in b)
    size = sum(end - start for start, end in (*a, *b)) - common
    return common / size if size else 0.0


def _item(document: str, part: str, decisions: Sequence[Decision]) -> Item:
    first = _about(decisions[0])
    assert first is not None
    item = Item(document, part, " … ".join(quote.exact for quote in first.content))
    for reviewer in sorted({d.reviewer for d in decisions}):
        item.verdicts[reviewer] = _verdict([d for d in decisions if d.reviewer == reviewer])
    return item


def _verdict(decisions: Sequence[Decision]) -> Verdict:
    """What decisions of one person about one statement come to, the last one outranking those before."""
    last = decisions[-1]
    if last.action == "reject":
        return Verdict("none", "", ())
    to = next(d.to for d in reversed(decisions) if d.to is not None) if any(d.to for d in decisions) else None
    since = [
        d.action for d in decisions[max((n for n, d in enumerate(decisions) if d.action == "reject"), default=-1) + 1 :]
    ]
    words, speaker = "span" in since, "speaker" in since
    if "add" in since:
        code = "missing"
    elif words or speaker:
        code = "both" if words and speaker else "content" if words else "speaker"
    else:
        code = "kind" if "kind" in since else "right"
    name = to.speaker.name if to is not None and to.speaker else OPEN
    return Verdict(code, folded(name), _spans(to) if to is not None else ())
