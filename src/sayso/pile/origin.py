"""Who said it first, as far as the pages tell: the originator of a statement or a figure, with the rule that decided.

Whoever carried it to the page is not its originator: an outlet or a document counts only where nobody else is named. What an
outlet says itself is its own, or that of the agency it credits. A spokesperson speaks for a body where the role names exactly
that body. Pure: who is one across pages comes in as a function.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal, TypeVar

from sayso.pile.copies.credit import credits_of, name_key, names_outlet
from sayso.pile.once import once
from sayso.pile.people.bodies import Body, body
from sayso.pile.people.spelling import called
from sayso.records import Figure, Reading, Speaker, Statement
from sayso.speakers.names import fold, is_body, parse
from sayso.tables import load

Sort = Literal["person", "body", "description", "outlet", "document", "open"]
By = Literal[
    "speaker", "inward", "outward", "spokesperson", "description", "carrier", "hop", "own-voice", "credit", "copy", "text",
    "nameless", "open", "unsure-voice",
]  # fmt: skip
COVERED = 0.8
"""Share of a statement that one told within it must cover to be all of it: "TASS reported that Halden said …" leaves the words
of telling out; of two statements inside one, neither covers so much."""
Named = TypeVar("Named", Speaker, Statement)
Group = Callable[[str, str], str]
"""The key of who a speaker is across pages, from the ids of page and speaker; empty where it stands alone."""


@dataclass(frozen=True, slots=True)
class Originator:
    """Who said something first. Two with one ``key`` are one. ``by`` is the rule that decided.

    ``family`` is the surname of a person who is called by no more than it, so that it may be one who is named in full.
    ``may_be`` is what those share who may be one without anything that says so: a description in the same words, a bare surname.
    """

    key: str
    sort: Sort
    name: str
    by: By
    family: str = ""
    families: tuple[str, ...] = ()
    may_be: str = ""

    @property
    def counted(self) -> str:
        """The key that it is counted under: two that may be one are never counted as two."""
        return self.may_be or self.key


NAMELESS = "(page without outlet)"
"""What an originator is called of whose page no outlet is known. All such pages may be of one outlet, and of any."""
ONE_TEXT = "(copied text)"
"""What the originator of a text is called that several outlets have and of which nobody knows where it came from."""


def _alone(_: str, __: str) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Origins:
    """What is known from other questions: who is who, and whose text a copied page is.

    ``copied`` gives for the id of a page the outlet or agency that its text came from, where it is a copy; empty otherwise.
    ``text``: the key of a text that several outlets have, where it is not known whose it is; ``body``: the key of the one body
    across pages that bears a name.
    """

    group: Group = _alone
    copied: Callable[[str], str] = lambda _: ""
    text: Callable[[str], str] = lambda _: ""
    body: Callable[[str], str] = lambda _: ""

    def of_statement(self, reading: Reading, statement: Statement) -> Originator:
        """The originator of a statement of a page (or of its headline).

        Its own speaker where that is a person or body by name; else the last who is named in what it carries, else the nearest
        who is named around it; else a description; else what carried it.
        """
        speaker = _cast(reading).speakers.get(statement.speaker or "")
        if speaker is not None and speaker.kind == "author":
            return self.own(reading)
        inner, outer = _inner(reading, statement), _outer(reading, statement)
        order: list[tuple[By, Statement]] = [("speaker", statement)]
        order += [("inward", each) for each in reversed(inner)] + [("outward", each) for each in outer]
        found = [(how, self._speaker(reading, each)) for how, each in order if each.speaker]
        for wanted in (("person", "body"), ("description",), ("outlet", "document")):
            for how, one in found:
                if one.sort in wanted:
                    return replace(one, by=how) if one.by == "speaker" else one
        return self._hop(reading, statement)

    def of_figure(self, reading: Reading, figure: Figure) -> Originator:
        """The originator of a figure of a page (or of its headline)."""
        held = _cast(reading).statements.get(figure.statement or "")
        if held is not None:
            return self.of_statement(reading, held)
        if not _is_own(reading, figure):
            return Originator(f"open {reading.id} {figure.id}", "open", "", "unsure-voice")
        return self.own(reading)

    def own(self, reading: Reading) -> Originator:
        """The originator of what a page says in its own voice: whose copy it is, the agency it credits, or its outlet."""
        outlet, carried = reading.document.outlet, self.copied(reading.id)
        if carried and name_key(carried) != name_key(outlet):
            return _outlet(carried, "copy")
        credit = next((each for each in credits_of(reading) if not names_outlet(each, outlet)), None)
        if credit is not None:
            return Originator(f"outlet {credit.key}", "outlet", credit.name, "credit")
        text = self.text(reading.id)
        if text:
            return Originator(f"text {text}", "outlet", ONE_TEXT, "text")
        if outlet:
            return _outlet(outlet, "own-voice")
        return Originator(f"page {reading.id}", "open", NAMELESS, "nameless", may_be="nameless")

    def _speaker(self, reading: Reading, statement: Statement) -> Originator:
        """Who the speaker of one statement is, the chain left aside."""
        speaker = _cast(reading).speakers.get(statement.speaker or "")
        if speaker is None or speaker.kind == "author":
            return self.own(reading)
        represented = self._represented(reading, speaker)
        if represented is not None:
            return represented
        plain = " ".join(speaker.name.split())
        if speaker.kind == "document":
            return Originator(f"document {fold_all(plain)}", "document", plain, "carrier")
        bare = speaker.kind == "person" and called(plain) is None
        if (bare or speaker.kind == "organisation") and _carries(reading, speaker):
            return _outlet(plain, "carrier")
        if speaker.kind in ("person", "organisation"):
            return self._named(reading, speaker, "speaker")
        said = f"description {fold_all(plain)}"
        return Originator(f"{said} of {reading.id}", "description", plain, "description", may_be=said)

    def _named(self, reading: Reading, speaker: Speaker, by: By) -> Originator:
        """A person or a body by name; by description where the name is none ("the union")."""
        plain, group = " ".join(speaker.name.split()), self.group(reading.id, speaker.id)
        if speaker.kind == "person":
            name = called(plain)
            family = "" if name else parse(plain).surname
            if name is None:
                bare = f"surname {fold(family) or fold_all(plain)}"
                key, may_be = (group, "") if group else (f"{bare} of {reading.id}", bare)
                return Originator(key, "person", plain, by, fold(family), may_be=may_be)
            key = group or f"person {' '.join(name.key)} {name.generation}"
            return Originator(key, "person", plain, by, "", (name.key[-1], name.key[0]))
        found = body(plain)
        if found is None:
            return Originator(group or f"description {fold_all(plain)}", "body", plain, "description")
        return Originator(group or _body_key(found), "body", plain, by)

    def _represented(self, reading: Reading, speaker: Speaker) -> Originator | None:
        """The body that somebody speaks for, where a role or the description names exactly one body of the page."""
        said = [speaker.name] if speaker.kind in ("group", "anonymous") else [role.text for role in speaker.roles]
        found = (
            {name for text in said for name in _bodies_in(text)}
            if speaker.kind not in ("organisation", "document")
            else set()
        )
        meant = {one.key: one for text in found if (one := self._body_of(reading, text)) is not None}
        return next(iter(meant.values())) if len(meant) == 1 else None

    def _body_of(self, reading: Reading, text: str) -> Originator | None:
        """The body of the page that words name: one that speaks there, by any of its names, or a proper name."""
        wanted = fold_all(text)
        for speaker in reading.speakers:
            names = {fold_all(reading.document.text[slice(*span)]) for span in speaker.mentions} | {
                fold_all(speaker.name)
            }
            if speaker.kind == "organisation" and wanted in names and body(speaker.name) is not None:
                return self._named(reading, speaker, "spokesperson")
        found = body(text)
        if found is None or found.sort not in ("proper", "acronym") or not (found.sort == "acronym" or is_body(text)):
            return None
        return Originator(self.body(found.text) or _body_key(found), "body", found.text, "spokesperson")

    def _hop(self, reading: Reading, statement: Statement) -> Originator:
        """Where nobody is named who said it: the outlet or document that carried it here."""
        for hop in reversed(statement.chain):
            if hop.kind == "outlet":
                return _outlet(hop.name, "hop")
            if hop.kind == "document":
                return Originator(f"document {fold_all(hop.name)}", "document", hop.name, "hop")
        return Originator(f"open {reading.id} {statement.id}", "open", "", "open")


def fold_all(text: str) -> str:
    """Words folded, articles and possessives left out."""
    words = [fold(re.sub(r"[’'´]s?$", "", word)) for word in text.split()]
    return " ".join(word for word in words if word and word not in ("the", "a", "an"))


def _outlet(name: str, by: By) -> Originator:
    return Originator(f"outlet {name_key(name)}", "outlet", name, by)


def _body_key(name: Body) -> str:
    return f"body {' '.join(name.key)}"


def _all(reading: Reading) -> tuple[Statement, ...]:
    return (*reading.statements, *(reading.headline.statements if reading.headline else ()))


@dataclass(frozen=True, slots=True)
class _Cast:
    """The speakers and statements of a page by id, the statements told within each, and the outlets that some came through."""

    speakers: dict[str, Speaker]
    statements: dict[str, Statement]
    within: dict[str, list[Statement]]
    outlets: frozenset[str]


@once(64)
def _cast(reading: Reading) -> _Cast:
    every = _all(reading)
    within: dict[str, list[Statement]] = {}
    for each in every:
        if each.within:
            within.setdefault(each.within, []).append(each)
    outlets = frozenset(name_key(hop.name) for s in every for hop in s.chain if hop.kind == "outlet")
    return _Cast(_first(reading.speakers), _first(every), within, outlets)


def _first(many: Iterable[Named]) -> dict[str, Named]:
    """Things by id; of two with one id the first."""
    found: dict[str, Named] = {}
    for each in many:
        found.setdefault(each.id, each)
    return found


def _outer(reading: Reading, statement: Statement) -> list[Statement]:
    """The statements that one is told within, the nearest first."""
    by_id = _cast(reading).statements
    found: list[Statement] = []
    seen = {statement.id}
    last = by_id.get(statement.within or "")
    while last is not None and last.id not in seen:
        found.append(last)
        seen.add(last.id)
        last = by_id.get(last.within or "")
    return found


def _inner(reading: Reading, statement: Statement) -> list[Statement]:
    """The statements told within one that are all of it, the outermost first."""
    within = _cast(reading).within
    found: list[Statement] = []
    seen = {statement.id}
    last = statement
    while True:
        inside = [each for each in within.get(last.id, ()) if _covers(each, last)]
        if len(inside) != 1 or inside[0].id in seen:
            return found
        last = inside[0]
        found.append(last)
        seen.add(last.id)


def _covers(inner: Statement, outer: Statement) -> bool:
    """Whether a statement is, with its source and cue, nearly all of the content of another."""
    spans = (*inner.source, *inner.cue, *inner.content)
    start, end = min(a for a, _ in spans), max(b for _, b in spans)
    size = sum(b - a for a, b in outer.content)
    return sum(max(0, min(end, b) - max(start, a)) for a, b in outer.content) >= COVERED * size


def _is_own(reading: Reading, figure: Figure) -> bool:
    """Whether a figure stands in the page's own voice; one of a headline of its own does where nobody is quoted."""
    if reading.headline and figure in reading.headline.figures:
        return True
    start, end = figure.span
    touched = {voice for voice, (a, b) in reading.voices if a < end and start < b}
    return touched <= {"own"}


def _carries(reading: Reading, speaker: Speaker) -> bool:
    """Whether a body only carried things to the page: it is an outlet that some statement came through, or the page's own."""
    key = name_key(" ".join(speaker.name.split()))
    return (
        key in _cast(reading).outlets
        or (bool(reading.document.outlet) and key == name_key(reading.document.outlet))
        or _is_agency(key)
    )


@cache
def _agencies() -> frozenset[str]:
    return frozenset(names[0] for names in load("agencies")["same"])


def _is_agency(key: str) -> bool:
    return key in _agencies()


@cache
def _voices() -> re.Pattern[str]:
    table = load("people")["origin"]
    nouns = "|".join(re.escape(noun) for noun in sorted(table["voices"], key=len, reverse=True))
    return re.compile(rf"(?i)\b(?:{nouns})\b")


def _bodies_in(role: str) -> Iterator[str]:
    """The bodies that a role speaks for: what stands behind "for" or "of", or before the noun."""
    text = " ".join(role.split())
    for match in _voices().finditer(text):
        behind = text[match.end() :].strip()
        link, _, rest = behind.partition(" ")
        if link.casefold() in load("people")["origin"]["links"] and rest:
            yield re.split(r"[,;(]", rest)[0].strip()
        elif not behind:
            before = re.sub(r"(?i)^(?:the|an?) ", "", text[: match.start()].strip())
            if before:
                yield re.sub(r"[’'´]s?$", "", before)
