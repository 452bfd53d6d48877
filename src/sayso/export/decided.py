"""Decisions of people, out of a ledger and into another: as rows of a table, as Web Annotations, and back as records.

A decision that Sayso wrote carries all of itself (``what``), so that it comes back as it was, finds its words by their
quotation and is listed as lost where they are gone. One that another hand wrote says the same in a simpler way: see
``docs/export.md``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote

from sayso.decisions import Decision, decision_json, decision_of
from sayso.decisions.anchors import Quote
from sayso.decisions.records import in_words
from sayso.export.origin import Json, urn

COLUMNS = (
    "number", "id", "action", "document", "document_id", "words", "said", "reviewer", "at", "note", "undoes", "what",
)  # fmt: skip
MOTIVES = {
    "accept": "assessing", "reject": "assessing", "note": "commenting", "undo": "moderating", "same-person": "linking",
    "other-person": "linking", "label": "tagging",
}  # fmt: skip
"""Why an annotation was made, in the standard's words; all other actions edit."""
ODD = (ValueError, TypeError, KeyError, AttributeError)
"""What is raised where a decision is told in a way that makes none."""


def row(decision: Decision, name: str) -> tuple[object, ...]:
    """A decision as a row; ``words`` are what it is about, ``said`` what was decided."""
    words, said = in_words(decision)
    what = "" if decision.action == "undo" else decision_json(decision)
    return (
        decision.number, decision.id, decision.action, name, decision.document, words, said, decision.reviewer, decision.at,
        decision.note, decision.undoes, what,
    )  # fmt: skip


def of_row(given: dict[str, str]) -> Decision:
    """A decision from a row that holds all of it. Raises one of :data:`ODD` where it is none."""
    blank = Decision(
        given["action"], given["document_id"], given["reviewer"], given["at"], given["note"],  # type: ignore[arg-type]
        undoes=given["undoes"], id=given["id"], number=int(given["number"]),
    )  # fmt: skip
    if blank.action != "undo" and not given["what"]:
        raise ValueError("it says nothing of what was decided")
    return decision_of(given["what"], blank)


def _quotes(decision: Decision) -> Iterator[Quote]:
    for standing in (*decision.statements, *((decision.to,) if decision.to and not decision.statements else ())):
        yield from standing.content
    if not decision.statements and not decision.to:
        yield from (who.mention for who in decision.speakers if who.mention)


def _selectors(at: Quote) -> list[Json]:
    return [
        {"type": "TextQuoteSelector", "exact": at.exact, "prefix": at.prefix, "suffix": at.suffix},
        {"type": "TextPositionSelector", "start": at.span[0], "end": at.span[1]},
    ]


def annotation(decision: Decision, source: Json) -> Json:
    """A decision as a Web Annotation; ``source`` is the text that it was taken on."""
    _, said = in_words(decision)
    motive = MOTIVES.get(decision.action, "editing")
    value = f"{decision.action}: {said}" if said and motive != "moderating" else decision.action
    value = said if motive == "tagging" else value
    bodies = [(motive, value)] + ([("commenting", decision.note)] if decision.note else [])
    targets: list[Json] = [
        {"type": "SpecificResource", "sayso:role": "content", "source": source, "selector": _selectors(at)}
        for at in _quotes(decision)
    ]
    fields = dict(zip(COLUMNS, map(str, row(decision, "")), strict=True))
    del fields["words"], fields["said"], fields["document"]
    return {
        "id": urn("decision", decision.id),
        "type": "Annotation",
        "motivation": motive,
        "creator": {"type": "Person", "name": decision.reviewer},
        "created": decision.at,
        "body": [{"type": "TextualBody", "purpose": p, "value": v, "format": "text/plain"} for p, v in bodies],
        "target": targets or _other_target(decision, source),
        "sayso:decision": json.dumps(fields, sort_keys=True),
    }


def _other_target(decision: Decision, source: Json) -> str:
    """What a decision without a quotation is about: another decision, an outlet, a name, else its page."""
    if decision.undoes:
        return urn("decision", decision.undoes)
    if decision.outlet:
        return urn("outlet", quote(decision.outlet, errors="replace"))
    return str(source["id"]) if decision.document else urn("name", quote(decision.speakers[0].name, errors="replace"))


def of_annotation(value: Json) -> Decision:
    """A decision from an annotation that Sayso wrote. Raises one of :data:`ODD` where it is none."""
    given = json.loads(value["sayso:decision"])
    if not isinstance(given, dict) or not all(isinstance(each, str) for each in given.values()):
        raise TypeError("it is no decision")
    return of_row(given)


def same(one: Decision, other: Decision) -> bool:
    """Whether two decisions are one act: all is the same but the number and the id that a ledger gave."""
    return replace(one, id="", number=0) == replace(other, id="", number=0)
