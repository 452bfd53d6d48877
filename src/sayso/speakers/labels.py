"""Who speaks a turn of an interview or transcript, by its label."""

from __future__ import annotations

import re

from sayso.records import Span, SpeakerKind
from sayso.speakers.cast import Cast
from sayso.speakers.names import covers, is_body, is_person, parse
from sayso.speakers.roll import Named, Who
from sayso.speakers.source import head_noun

ASKING = re.compile(r"(?i)\b(?:by|spoke to|speaks to|speaking to|talked to|talks to|told|asked by)\s+$")
ANSWERING = re.compile(r"(?i)\b(?:interview with|interviewed|questions to|conversation with)\s+(?:the \w+(?: of \w+)?,? )?$")
HEAD = 600  # characters of a page within which it says who is interviewed


def turn_speaker(page: str, cast: Cast, author: str, label: Span) -> Who:
    """Who speaks a turn: the one of the cast whom the label names; Q asks for the page, A is whom the page is about."""
    text = page[slice(*label)].split(",")[0].strip()
    persons = cast.persons()
    if text.casefold() in ("q", "question"):
        asks = Named(author or "interviewer", "author" if author else "anonymous", (label,))
        return Who(None, asks, "turn", 0.8)
    if text.casefold() in ("a", "answer"):
        asked = [m for m in persons if any(x.span[0] < HEAD and ANSWERING.search(page[: x.span[0]][-60:]) for x in m.mentions)]
        if len(asked) == 1:
            return Who(asked[0], None, "turn", 0.85)
        asking = [m for m in persons if any(ASKING.search(page[: x.span[0]][-24:]) for x in m.mentions)]
        ranked = sorted((m for m in persons if m not in asking), key=lambda m: (-len(m.mentions), m.number))
        clear = len(ranked) == 1 or (len(ranked) > 1 and len(ranked[0].mentions) > len(ranked[1].mentions))
        return (
            Who(ranked[0], None, "turn", 0.7)
            if clear
            else Who(reason="two-candidates" if ranked else "no-candidate")
        )
    name = parse(text.title() if text.isupper() else text)
    found = [
        m for m in cast.members if covers(m.full, name) or (m.kind != "person" and m.name.key == name.key)
    ]
    if len(found) == 1:
        if len(name.parts) > 1 and not found[0].told and not is_body(found[0].full.text):
            found[0].make_person()  # who answers under a name of two words is no body, whatever the tagger takes it for
        return Who(found[0], None, "turn", 0.95)
    if found:
        return Who(reason="two-candidates")
    noun = head_noun(text.casefold())
    kind: SpeakerKind = "organisation" if is_body(text) else "anonymous" if is_person(noun) else "person"
    return Who(None, Named(name.text or text, kind, (label,)), "turn", 0.9)
