"""A reading once people's decisions stand: the same reading where there are none, another where there are.

Decisions are carried out one after the other, so a later one outranks an earlier one. Nothing else is looked at than the
reading and the decisions: the same two give the same result.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import inf
from typing import Literal

from sayso.decisions.anchors import place, place_all, still_there
from sayso.decisions.page import Page
from sayso.decisions.records import Decision, Standing, Who
from sayso.records import Reading, Spans, Speaker, Statement

State = Literal["stands", "lost", "undone"]

GONE = "its words do not stand on this page"
NO_STATEMENT = "no statement stands at its words now"
LONGER = "its words are part of a longer statement now"
NO_SPEAKER = "{} does not speak on this page now"
OTHERWISE = "its words are told otherwise now"
RESTS = "it rests on a decision that does not stand"
SAME = 0.5
"""Two contents are taken for one statement where they share at least half of the characters of both together, as a longer
and a shorter reading of one statement do; the scorers of attribution corpora set the same bound. A statement told within
another often shares as much with it; the two are told apart by who tells them and with which word (see :func:`likest`)."""
INSIDE = 0.8
"""A statement that lies so far inside one that a person put back, with the same source or cue, is a part of it. Two that
have no words of telling to compare must share so much; the headwords of a clause and its marks are less than the rest."""


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of a decision on one page: whether it stands, why not, and the statement that it led to."""

    decision: str
    state: State
    reason: str = ""
    statement: str = ""


@dataclass(frozen=True, slots=True)
class _Placed:
    """The spans of a standing statement on the page at hand."""

    source: Spans
    cue: Spans
    content: Spans


class _Lost(Exception):  # never leaves this module
    """The decision has no place on this page."""


def applied(reading: Reading, decisions: Iterable[Decision]) -> tuple[Reading, tuple[Applied, ...]]:
    """The reading with the decisions (those that stand, in order) carried out, and what became of each.

    The very same reading is given back where no decision changes it.
    """
    page, said = Page(reading), []
    stand: set[str] = set()
    for decision in decisions:
        try:
            statement = _ACTS[decision.action](page, decision, stand)
        except _Lost as lost:
            said.append(Applied(decision.id, "lost", str(lost)))
        else:
            stand.add(decision.id)
            said.append(Applied(decision.id, "stands", "", statement))
    final = page.renamed
    return page.reading(), tuple(replace(each, statement=final(each.statement)) for each in said)


# --- finding ---


def _spans(page: Page, decision: Decision, standing: Standing) -> _Placed:
    """Where a statement's words stand now. Raises _Lost."""
    text = page.text(standing.part)
    quoted = (*standing.source, *standing.cue, *standing.content)
    if decision.document == page.before.id and still_there(quoted, text):
        return _Placed(*(tuple(q.span for q in each) for each in (standing.source, standing.cue, standing.content)))
    content = place_all(standing.content, text)
    if content is None or not content:
        raise _Lost(GONE)
    shift = content[0][0] - standing.content[0].span[0]
    source, cue = (place_all(each, text, shift, content[0]) for each in (standing.source, standing.cue))
    if source is None or cue is None:
        raise _Lost(GONE)
    return _Placed(source, cue, content)


def _overlap(a: Spans, b: Spans) -> int:
    return sum(max(0, min(p[1], q[1]) - max(p[0], q[0])) for p in a for q in b)


def _size(spans: Spans) -> int:
    return sum(end - start for start, end in spans)


def likest(
    statements: Iterable[Statement], content: Spans, source: Spans, cue: Spans | None = None
) -> Statement | None:
    """The statement with this content: the very same characters, or clearly most of them; None where none has.

    Where ``cue`` is given, other characters count only in a statement that is told in the same way: their cues meet;
    where one of the two has no cue, their sources do. So one told within another is never taken for it.
    """
    best, most, clear = None, 0.0, True
    for statement in statements:
        if statement.content == content and statement.source == source:
            return statement
        share = _share(statement.content, content)
        least = SAME if cue is None or statement.content == content else _least(statement, source, cue)
        if share >= least and share >= most:
            clear = share > most
            best, most = statement, share
    return best if clear else None


def _share(a: Spans, b: Spans) -> float:
    """The part of the characters of both that both have, from 0 to 1."""
    common = _overlap(a, b)
    return common / max(1, _size(a) + _size(b) - common)


def _least(statement: Statement, source: Spans, cue: Spans) -> float:
    """How much of its content a statement must share to be the one told so; infinite where it is told otherwise."""
    for mine, its in ((cue, statement.cue), (source, statement.source)):
        if mine and its:
            return SAME if _meet(mine, its) else inf
    return INSIDE if source or cue or statement.source or statement.cue else SAME


def _found(page: Page, standing: Standing, placed: _Placed) -> Statement | None:
    return likest(page.part(standing.part), placed.content, placed.source, placed.cue)


def _inside(inner: Spans, outer: Spans) -> bool:
    return _overlap(inner, outer) >= INSIDE * max(1, _size(inner))


def _told_alike(statement: Statement, placed: _Placed) -> bool:
    """Whether a statement has the same cue, or the same source where one of the two has no cue."""
    if statement.cue and placed.cue:
        return _meet(statement.cue, placed.cue)
    return _meet(statement.source, placed.source) or not (statement.source or statement.cue or placed.source or placed.cue)


def _pieces(page: Page, standing: Standing, placed: _Placed) -> list[Statement]:
    """The statements that these words are now: one with most of them, first, and others that hold parts of them."""
    found = _found(page, standing, placed)
    if found is not None and found.content == placed.content:
        return [found]
    parts = [
        s for s in page.part(standing.part)
        if s is not found and not s.decided and _inside(s.content, placed.content) and _told_alike(s, placed)
    ]  # fmt: skip
    return [found, *parts] if found is not None else parts


def _rests(standing: Standing, stand: set[str]) -> None:
    if standing.rests_on and standing.rests_on not in stand:
        raise _Lost(RESTS)


def _speaker(page: Page, who: Who) -> Speaker | None:
    """The speaker of the page that is meant: by the place that names it, else by the very name."""
    if who.mention is not None:
        span = place(who.mention, page.text(who.part))
        for speaker in page.speakers:
            if span in speaker.mentions and page.speaker_part(speaker) == who.part:
                return speaker
    named = [s for s in page.speakers if s.name.casefold() == who.name.casefold()]
    return named[0] if len(named) == 1 else None


def speaker_of(reading: Reading, who: Who) -> str:
    """The id of the speaker of a page whom a decision names; empty where nobody clear is meant."""
    found = _speaker(Page(reading), who)
    return found.id if found else ""


def _seated(page: Page, who: Who) -> str:
    """The id of the speaker that is meant; one is made where the page has none."""
    found = _speaker(page, who)
    if found is not None:
        return found.id
    span = place(who.mention, page.text(who.part)) if who.mention else None
    return page.new_speaker(who.name, who.kind, who.part, (span,) if span else ()).id


# --- carrying out ---


def _as_left(page: Page, decision: Decision, placed: _Placed) -> Statement:
    """The whole statement as the decision left it, its speaker seated."""
    to = decision.to
    assert to is not None
    return Statement(
        id="", kind=to.kind, act=to.act, source=placed.source, cue=placed.cue, content=placed.content,
        speaker=None if to.speaker is None else _seated(page, to.speaker),
        joint=tuple(_seated(page, who) for who in to.joint),
        speaker_reason=to.speaker_reason, stance=to.stance,
        confidence=to.confidence, speaker_confidence=to.speaker_confidence, decided=(decision.id,),
    )  # fmt: skip


def _put(page: Page, part: str, old: list[Statement], new: Statement, decision: str) -> str:
    """Put a statement in the place of others, or in a new one; what only repeats a part of it goes."""
    if old:
        for other in old[1:]:
            page.remove(part, other)
        kept = replace(new, within=old[0].within, chain=old[0].chain, decided=(*old[0].decided, decision))
        return page.put(part, old[0], kept)
    for other in list(page.part(part)):
        inside = _inside(other.content, new.content)
        if inside and not other.decided and (_meet(other.cue, new.cue) or _meet(other.source, new.source)):
            page.remove(part, other)
    return page.put(part, None, new)


def _meet(a: Spans, b: Spans) -> bool:
    return _overlap(a, b) > 0


def _accept(page: Page, decision: Decision, stand: set[str]) -> str:
    to = _target(decision)
    _rests(decision.statements[0], stand)
    placed = _spans(page, decision, to)
    old = _pieces(page, to, placed)
    return _put(page, to.part, old, _as_left(page, decision, placed), decision.id)


def _add(page: Page, decision: Decision, _: set[str]) -> str:
    to = _target(decision)
    placed = _spans(page, decision, to)
    return _put(page, to.part, _pieces(page, to, placed), _as_left(page, decision, placed), decision.id)


def _span(page: Page, decision: Decision, stand: set[str]) -> str:
    was, to = decision.statements[0], _target(decision)
    _rests(was, stand)
    placed = _spans(page, decision, to)
    there = _maybe(page, decision, was)
    old = _respanned(page, to, placed, was, there)
    whole = _as_left(page, decision, placed)
    if old:
        whole = replace(
            old[0], id="", kind=whole.kind, source=placed.source, cue=placed.cue, content=placed.content
        )  # fmt: skip
    return _put(page, to.part, old, whole, decision.id)


def _respanned(
    page: Page, to: Standing, placed: _Placed, was: Standing, there: _Placed | None
) -> list[Statement]:
    """What a statement of other words stands for now: that with the very words of before, else of now, else like them."""
    before = _pieces(page, was, there) if there else []
    after = _pieces(page, to, placed)
    if before and there and before[0].content == there.content:
        return before
    return after or before


def _maybe(page: Page, decision: Decision, standing: Standing) -> _Placed | None:
    try:
        return _spans(page, decision, standing)
    except _Lost:
        return None


def _changed(page: Page, decision: Decision, stand: set[str]) -> str:
    """Speaker or kind: one thing of a statement, the rest as it is read now."""
    was, to = decision.statements[0], _target(decision)
    _rests(was, stand)
    placed = _spans(page, decision, was)
    pieces = _pieces(page, was, placed)
    if not pieces:
        return _put(page, to.part, [], _as_left(page, decision, placed), decision.id)
    if decision.action == "kind":
        return _each(page, was.part, [(s, _rekinded(s, was, to)) for s in pieces], decision)
    left = _as_left(page, decision, placed)
    changed = [
        (s, replace(
            s, speaker=left.speaker, joint=left.joint,
            speaker_reason=left.speaker_reason, speaker_confidence=left.speaker_confidence,
        )) for s in pieces
    ]  # fmt: skip
    return _each(page, was.part, changed, decision)


def _rekinded(statement: Statement, was: Standing, to: Standing) -> Statement:
    """With the kind or the act that was decided; where one of them alone was changed, the other is as it is read now."""
    if to.act == was.act:
        return replace(statement, kind=to.kind)
    return replace(statement, act=to.act, kind=to.kind if to.kind != was.kind else statement.kind)


def _each(page: Page, part: str, changed: list[tuple[Statement, Statement]], decision: Decision) -> str:
    """Put each statement in the place of another; the id of the first."""
    ids = [page.put(part, old, replace(new, decided=(*old.decided, decision.id))) for old, new in changed]
    return ids[0]


def _target(decision: Decision) -> Standing:
    if decision.to is None:
        raise _Lost(GONE)
    return decision.to


def _reject(page: Page, decision: Decision, stand: set[str]) -> str:
    was = decision.statements[0]
    _rests(was, stand)
    placed = _spans(page, decision, was)
    pieces = _pieces(page, was, placed)
    teller = (*placed.source, *placed.cue)
    for other in page.part(was.part) if teller and not pieces else ():
        if other.decided or _meet(teller, other.content) or _meet((*other.source, *other.cue), placed.content):
            continue  # the one is told in the other, as it may have been: it is another statement
        if _inside(placed.content, other.content) and _size(other.content) > _size(placed.content):
            raise _Lost(LONGER)
        if _share(placed.content, other.content) >= SAME:
            raise _Lost(OTHERWISE)
    by = f"rejected by {decision.reviewer}" + (f": {decision.note}" if decision.note else "")
    for piece in pieces:
        page.reject(was.part, piece, by)
    return ""


def _note(page: Page, decision: Decision, stand: set[str]) -> str:
    was = decision.statements[0]
    _rests(was, stand)
    pieces = _pieces(page, was, _spans(page, decision, was))
    if not pieces:
        raise _Lost(NO_STATEMENT)
    return _each(page, was.part, [(s, s) for s in pieces], decision)


def _label(page: Page, decision: Decision, stand: set[str]) -> str:
    """On a statement as a note is; a speaker must be there."""
    return _note(page, decision, stand) if decision.statements else _across(page, decision, stand)


def _merge(page: Page, decision: Decision, _: set[str]) -> str:
    found = [_known(page, who) for who in decision.speakers]
    page.merge(found[0], found[1:])
    return ""


def _known(page: Page, who: Who) -> Speaker:
    found = _speaker(page, who)
    if found is None:
        raise _Lost(NO_SPEAKER.format(who.name))
    return found


def _across(page: Page, decision: Decision, _: set[str]) -> str:
    """Nothing changes on the page; the speaker must be there."""
    _known(page, decision.speakers[0])
    return ""


def _split(page: Page, decision: Decision, stand: set[str]) -> str:
    whole, new = _known(page, decision.speakers[0]), decision.speakers[1]
    moved: list[tuple[str, Statement]] = []
    for standing in decision.statements:
        _rests(standing, stand)
        old = _found(page, standing, _spans(page, decision, standing))
        if old is None:
            raise _Lost(NO_STATEMENT)
        moved.append((standing.part, old))
    page.split(whole, new.name, new.kind, moved, decision.id)
    return ""


_ACTS = {
    "accept": _accept, "reject": _reject, "speaker": _changed, "kind": _changed, "span": _span, "add": _add,
    "merge": _merge, "split": _split, "note": _note, "label": _label, "same-person": _across, "other-person": _across,
}  # fmt: skip

