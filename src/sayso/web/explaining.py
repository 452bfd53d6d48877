"""How one statement came about: what a reading holds of it, gathered, with a sentence for each thing that was decided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sayso.errors import UsageError
from sayso.ledger.rows import DecisionRow
from sayso.records import Figure, Reading, Statement
from sayso.tables import load
from sayso.web.cast import Line, cast_of

KINDS = {
    "direct": "all words of the content stand in quotation marks",
    "mixed": "some words of the content stand in quotation marks, others do not",
    "indirect": "no words of the content stand in quotation marks",
}
ACTS = {
    "say": "it is said or written",
    "think": "it is believed, known or expected",
    "want": "it is wanted, planned or decided",
}
UNKNOWN = "The reading gives a reason that this version does not know: {}."
STANCES = {
    "neutral": "what is said is only told",
    "affirm": "it is confirmed or insisted on",
    "deny": "it is denied or rejected",
    "doubt": "it is doubted",
    "demand": "it is demanded or urged",
    "warn": "it is warned of",
    "praise": "it is praised or welcomed",
    "blame": "somebody is blamed or accused",
    "ask": "it is asked",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Words with their place in the text or headline."""

    words: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Carried:
    """One hop of the chain, with the words that name it."""

    name: str
    kind: str
    words: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Beside:
    """A statement that this one is told within, or that is told within it."""

    id: str
    speaker: str
    cue: str
    content: str


@dataclass(frozen=True, slots=True)
class Held:
    """A figure that the statement vouches for."""

    id: str
    words: str
    start: int
    end: int
    counted: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class Because:
    """A sentence for each thing that was decided."""

    kind: str
    act: str
    stance: str
    speaker: str


@dataclass(frozen=True, slots=True)
class Why:
    """One statement and how it came about. ``speaker`` is empty where it is open; ``stance`` None where it was not judged."""

    id: str
    document: str
    document_id: str
    outlet: str
    published: str
    part: str
    content: tuple[Place, ...]
    source: tuple[Place, ...]
    cue: tuple[Place, ...]
    kind: str
    act: str
    stance: str | None
    speaker: str
    speaker_kind: str
    joint: tuple[str, ...]
    speaker_reason: str
    confidence: float
    speaker_confidence: float
    chain: tuple[Carried, ...]
    within: Beside | None
    holds: tuple[Beside, ...]
    figures: tuple[Held, ...]
    decisions: tuple[DecisionRow, ...]
    because: Because


def because(statement: Statement, names: tuple[str, ...], source: str, cue: str) -> Because:
    """Why kind, act, stance and speaker are what they are. ``names``: of those who speak, none where that is open."""
    stance = "it was not judged"
    if statement.stance is not None:
        stance = STANCES.get(statement.stance, statement.stance)
        stance += f", by the cue “{cue}”" if cue else ", as there is no cue"
    table = load("reasons")["given" if names else "open"]
    sentence = table.get(statement.speaker_reason, UNKNOWN.format(statement.speaker_reason or "none"))
    speaker = sentence.replace("{name}", " and ".join(names)).replace("{source}", source)
    kind, act = KINDS.get(statement.kind, ""), ACTS.get(statement.act, "")
    return Because(kind, act, stance, speaker)


def explained(reading: Reading, identity: str, decisions: Iterable[DecisionRow]) -> Why:
    """How the statement with this id came about. ``decisions`` are those of its page. Raises ``UsageError`` without one."""
    cast = cast_of(reading, all_acts=True)
    lines = {each.statement.id: each for each in cast.lines}
    if identity not in lines:
        raise UsageError(f"{reading.document.name} has no statement {identity}")
    here, text = lines[identity], lines[identity].text
    statement, speakers = here.statement, cast.who(here.statement)
    names = tuple(each.name for each in speakers)

    def beside(each: Line) -> Beside:
        return Beside(each.statement.id, cast.name(each.statement), each.words("cue"), each.words("content"))

    document, of_headline = reading.document, text is not reading.document.text
    outer = lines.get(statement.within or "")
    return Why(
        id=identity,
        document=document.name,
        document_id=reading.id,
        outlet=document.outlet,
        published=document.published.date if document.published else "",
        part="headline" if of_headline else "text",
        content=_places(here, "content"),
        source=_places(here, "source"),
        cue=_places(here, "cue"),
        kind=statement.kind,
        act=statement.act,
        stance=statement.stance,
        speaker=names[0] if names else "",
        speaker_kind=speakers[0].kind if speakers else "",
        joint=names[1:],
        speaker_reason=statement.speaker_reason,
        confidence=statement.confidence,
        speaker_confidence=statement.speaker_confidence,
        chain=tuple(Carried(hop.name, hop.kind, text[slice(*hop.span)], *hop.span) for hop in statement.chain),
        within=beside(outer) if outer else None,
        holds=tuple(beside(each) for each in cast.lines if each.statement.within == identity),
        figures=_held(reading, identity, text),
        decisions=tuple(row for row in decisions if row.id in statement.decided or row.statement == identity),
        because=because(statement, names, here.words("source"), here.words("cue")),
    )


def _places(here: Line, role: str) -> tuple[Place, ...]:
    return tuple(Place(here.text[start:end], start, end) for start, end in getattr(here.statement, role))


def _held(reading: Reading, identity: str, text: str) -> tuple[Held, ...]:
    figures = (*reading.figures, *(reading.headline.figures if reading.headline else ()))
    held = (each for each in figures if each.statement == identity)
    return tuple(Held(each.id, text[slice(*each.span)], *each.span, each.counted, each) for each in held)
