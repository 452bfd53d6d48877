"""Decisions as records, and their JSON form: what a person decided about which words, who and when.

A decision names its words by quotation with context (see ``anchors``), and keeps the statement as it was left by it, so
that it can be put back where a later reading does not find it. Decisions are only ever added; to undo one is another.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields, replace
from math import isfinite
from typing import Any, Final, Literal, get_args

from sayso.decisions.anchors import Quote
from sayso.records import Act, SpeakerKind, StatementKind

Part = Literal["text", "headline"]
Across = Literal["same-person", "other-person"]
Action = Literal[
    "accept", "reject", "speaker", "span", "kind", "add", "merge", "split", "same-person", "other-person", "note", "label", "undo",
]  # fmt: skip
ACTIONS: Final[tuple[Action, ...]] = get_args(Action)
ACROSS: Final[tuple[Across, ...]] = get_args(Across)
"""What is decided about speakers of two pages: the readings stay as they are, who is who across pages follows it."""


@dataclass(frozen=True, slots=True)
class Who:
    """A speaker as a decision names it: name, kind, and a place that names it where the page has one.

    ``document`` is the id of its page where that is another than the decision's.
    """

    name: str
    kind: SpeakerKind
    mention: Quote | None = None
    part: str = "text"
    document: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """A statement as it stood when something was decided about it, in quotations.

    ``part`` is ``text`` or ``headline``; ``rests_on`` is the decision that put it there, empty where the machine did.
    """

    id: str
    part: str
    kind: StatementKind
    act: Act
    source: tuple[Quote, ...]
    cue: tuple[Quote, ...]
    content: tuple[Quote, ...]
    speaker: Who | None = None
    joint: tuple[Who, ...] = ()
    speaker_reason: str = ""
    stance: str | None = None
    confidence: float = 1.0
    speaker_confidence: float = 1.0
    rests_on: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision. ``statements`` are those it is about, as they stood; ``to`` is the one it leaves behind.

    ``speakers``: for a merge all of them, the one that stays first; for a split the one that is parted, then the new
    one; across pages two, of which the second is parted from the first where they are not one. ``document`` is the id of
    the page it was taken on, ``at`` the time in UTC. ``number`` counts all decisions of a ledger from 1; it and ``id`` are
    given by the ledger.

    A ``label`` is put on one of ``statements``, on the one of ``speakers``, or on an ``outlet``. One on an outlet, or on a
    name wherever it stands, has no ``document``.
    """

    action: Action
    document: str
    reviewer: str
    at: str
    note: str = ""
    statements: tuple[Standing, ...] = ()
    to: Standing | None = None
    speakers: tuple[Who, ...] = ()
    undoes: str = ""
    id: str = ""
    number: int = 0
    label: str = ""
    outlet: str = ""


def active(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The decisions that stand, in order: those that no standing decision undoes. An undoing can be undone."""
    found = list(decisions)
    undone: set[str] = set()
    for decision in reversed(found):
        if decision.action == "undo" and decision.id not in undone:
            undone.add(decision.undoes)
    return tuple(d for d in found if d.id not in undone and d.action != "undo")


def undone_by(decisions: Iterable[Decision]) -> dict[str, Decision]:
    """The undoing that holds for each decision that was undone, by the id of what it undoes."""
    found: dict[str, Decision] = {}
    for decision in reversed(list(decisions)):
        if decision.action == "undo" and decision.id not in found:
            found.setdefault(decision.undoes, decision)
    return found


def with_id(decision: Decision, number: int) -> Decision:
    """The decision with its number, and the id that follows from all of it."""
    numbered = replace(decision, number=number, id="")
    digest = hashlib.sha256(json.dumps(_told(asdict(numbered)), sort_keys=True).encode("ascii")).hexdigest()[:32]
    return replace(numbered, id=digest)


def _told(value: Any) -> Any:
    """Without what speakers and decisions of before had not, where it is empty: so those keep their ids."""
    if isinstance(value, dict):
        later = {"document"} if "mention" in value else {"label", "outlet"} if "undoes" in value else set()
        return {key: _told(each) for key, each in value.items() if each or key not in later}
    return [_told(each) for each in value] if isinstance(value, list | tuple) else value


def decision_json(decision: Decision) -> str:
    """What a decision is about (statements, speakers), as JSON; the rest are columns of their own."""
    what = {
        "statements": decision.statements, "to": decision.to, "speakers": decision.speakers, "label": decision.label,
        "outlet": decision.outlet,
    }  # fmt: skip
    return json.dumps({key: _plain(value) for key, value in what.items() if value}, ensure_ascii=False)


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Quote):
        return [*value.span, value.exact, value.prefix, value.suffix, *([] if value.alone else [False])]
    if isinstance(value, Who | Standing):
        plain = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        return plain if plain.get("document") else {key: each for key, each in plain.items() if key != "document"}
    return value


def _known(given: Any, among: Any) -> Any:
    """One of few words. ValueError where it is another."""
    if given not in get_args(among):
        raise ValueError(f"{given!r} is none of {', '.join(get_args(among))}")
    return given


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _quote(value: Any) -> Quote:
    start, end, exact, prefix, suffix, *alone = value
    if not (type(start) is type(end) is int and start >= 0 and end - start == len(_text(exact))):
        raise ValueError(f"the words at ({start}, {end}) are not so long")
    if alone not in ([], [False]):
        raise ValueError(f"{alone!r} behind a quotation")
    return Quote((start, end), exact, _text(prefix), _text(suffix), not alone)


def _who(value: Any) -> Who:
    mention = None if value["mention"] is None else _quote(value["mention"])
    kind, part = _known(value["kind"], SpeakerKind), _known(value["part"], Part)
    return Who(_text(value["name"]), kind, mention, part, _text(value.get("document", "")))


def _chance(value: Any) -> float:
    if type(value) not in (int, float) or not isfinite(value):
        raise ValueError(f"{value!r} is no number")
    return float(value)


def _standing(value: Any) -> Standing:
    source, cue, content = (tuple(map(_quote, value[role])) for role in ("source", "cue", "content"))
    if not content:
        raise ValueError("a statement without words")
    stance = value["stance"]
    return Standing(
        _text(value["id"]), _known(value["part"], Part), _known(value["kind"], StatementKind), _known(value["act"], Act),
        source, cue, content, None if value["speaker"] is None else _who(value["speaker"]),
        tuple(map(_who, value["joint"])), _text(value["speaker_reason"]), None if stance is None else _text(stance),
        _chance(value["confidence"]), _chance(value["speaker_confidence"]), _text(value["rests_on"]),
    )  # fmt: skip


def _fits(decision: Decision) -> bool:
    """Whether a decision has what its action is carried out with; one whose words were erased has nothing."""
    about, to, speakers = len(decision.statements), decision.to is not None, len(decision.speakers)
    if (decision.action == "label") != bool(decision.label) or (decision.outlet and decision.action != "label"):
        return False
    match decision.action:
        case "label":
            return not to and about + speakers + bool(decision.outlet) == 1
        case "merge":
            return (about, to) == (0, False) and speakers >= 2
        case "same-person" | "other-person":
            return (about, to, speakers) == (0, False, 2) and bool(decision.speakers[1].document)
        case "split":
            return about >= 1 and (to, speakers) == (False, 2)
        case "add":
            return (about, to, speakers) == (0, True, 0)
        case "reject" | "note":
            return (about, to, speakers) == (1, False, 0)
    return (about, to, speakers) == (1, True, 0)


def decision_of(what: str, decision: Decision) -> Decision:
    """The decision with what it is about from :func:`decision_json`. ValueError, TypeError or KeyError where it is none."""
    _known(decision.action, Action)
    if not what:
        return decision
    if decision.action == "undo":
        raise ValueError("an undoing is about no words")
    try:
        value = json.loads(what)
    except RecursionError as error:
        raise ValueError("it is nested without end") from error
    found = replace(
        decision,
        statements=tuple(map(_standing, value.get("statements", ()))),
        to=_standing(value["to"]) if value.get("to") else None,
        speakers=tuple(map(_who, value.get("speakers", ()))),
        label=_text(value.get("label", "")),
        outlet=_text(value.get("outlet", "")),
    )
    if not _fits(found):
        raise ValueError(f"it is not what a decision to {found.action} is about")
    return found


def _words(quotes: Iterable[Quote]) -> str:
    return " … ".join(quote.exact for quote in quotes)


def in_words(decision: Decision) -> tuple[str, str]:
    """What a decision is about, and what it says, in words."""
    to, names = decision.to, [who.name for who in decision.speakers]
    about = " | ".join(_words(s.content) for s in decision.statements) or (_words(to.content) if to else "")
    match decision.action:
        case "speaker" | "add" if to:
            return about, to.speaker.name if to.speaker else "open"
        case "span" if to:
            return about, _words(to.content)
        case "kind" if to:
            acts = [to.act] if about and to.act != decision.statements[0].act else []
            return about, ", ".join([to.kind, *acts])
        case "merge" | "split" | "same-person" | "other-person":
            one = decision.action in ("merge", "same-person")
            return about or " + ".join(names), (" = " if one else " ≠ ").join(names)
        case "label":
            return about or " + ".join(names) or decision.outlet, decision.label
        case "undo":
            return "", decision.undoes
    return about, ""
