"""W3C Web Annotation: every statement as an annotation in JSON-LD (Web Annotation Data Model, 23 February 2017).

The collection is one document whose first page holds all annotations: statements, and the decisions of people behind those
of their page. Each fragment of content, source and cue is a target of
its own with a TextQuoteSelector and a TextPositionSelector, in code points as the standard says. The source of a target is the
plain text that was read, named by its hash, as positions in the page's HTML would be others; ``canonical`` is its address.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from sayso.decisions import Decision
from sayso.decisions.anchors import CONTEXT
from sayso.export import decided
from sayso.export.origin import NAMESPACE, Json, Origin, urn
from sayso.export.pages import Page
from sayso.export.writing import write_list
from sayso.identity import text_id
from sayso.records import Span, Statement

CONTEXTS = ["http://www.w3.org/ns/anno.jsonld", {"sayso": NAMESPACE}]


def _source(page: Page, part: str) -> Json:
    document = page.reading.document
    made: Json = {"type": "Text", "format": "text/plain", "sayso:document": page.reading.id, "sayso:name": document.name}
    made["id"] = urn("text", page.reading.text_id) if part == "text" else urn("headline", page.reading.id)
    if document.language:
        made["language"] = document.language
    return made | ({"canonical": document.url} if document.url else {})


def selectors(page: Page, part: str, span: Span) -> list[Json]:
    """The two selectors of a span; without words only where it stands."""
    start, end = span
    position: Json = {"type": "TextPositionSelector", "start": start, "end": end}
    if not page.words:
        return [position]
    text = page.texts[part]
    quote: Json = {
        "type": "TextQuoteSelector", "exact": text[start:end],
        "prefix": text[max(0, start - CONTEXT) : start], "suffix": text[end : end + CONTEXT],
    }  # fmt: skip
    return [quote, position]


def _bodies(page: Page, statement: Statement) -> Iterator[Json]:
    speaker = page.speaker(statement.speaker)
    names = ((speaker.name,) if speaker else ()) + page.names(statement)
    said = [("identifying", "speaker", name) for name in names]
    said += [("classifying", "kind", statement.kind), ("classifying", "act", statement.act)]
    said += [("classifying", "stance", statement.stance)] if statement.stance else []
    said += [("linking", "chain", hop.name) for hop in statement.chain]
    for purpose, what, value in said:
        yield {"type": "TextualBody", "purpose": purpose, "value": value, "format": "text/plain", "sayso:field": what}


def annotation(page: Page, part: str, statement: Statement) -> Json:
    """One statement as an annotation."""
    made, source = page.reading.made_by, _source(page, part)
    roles = (("content", statement.content), ("source", statement.source), ("cue", statement.cue))
    value: Json = {
        "id": urn("statement", statement.id),
        "type": "Annotation",
        "motivation": ["identifying", "classifying"],
        "generator": {"id": urn("model", made.model), "type": "Software", "name": f"Sayso {made.sayso}"},
        "body": list(_bodies(page, statement)),
        "target": [
            {"type": "SpecificResource", "sayso:role": role, "source": source, "selector": selectors(page, part, span)}
            for role, spans in roles for span in spans
        ],
        "sayso:confidence": statement.confidence,
        "sayso:speakerConfidence": statement.speaker_confidence,
        "sayso:sha256": page.digests[statement.id],
    }  # fmt: skip
    more = {
        "sayso:speaker": urn("speaker", statement.speaker) if statement.speaker else "",
        "sayso:within": urn("statement", statement.within) if statement.within else "",
        "sayso:decided": list(statement.decided),
    }
    return value | {key: each for key, each in more.items() if each}


def _part(decision: Decision) -> str:
    """Where the words of a decision stand."""
    about = [*decision.statements, *((decision.to,) if decision.to else ()), *decision.speakers]
    return about[0].part if about else "text"


def write_w3c(pages: Iterable[Page], out: BinaryIO, origin: Origin) -> None:
    """An AnnotationCollection with one page of annotations."""
    name = urn("export", text_id(json.dumps(origin.json(), sort_keys=True)))
    count = 0

    def every() -> Iterator[Json]:
        nonlocal count
        for page in pages:
            for part, statement in page.statements():
                count += 1
                yield annotation(page, part, statement)
            for decision in page.decisions:
                count += 1
                yield decided.annotation(decision, _source(page, _part(decision)))

    head: Json = {"@context": CONTEXTS, "id": name, "type": "AnnotationCollection", "label": "Statements read by Sayso"}
    head["sayso:provenance"] = origin.json()
    first = {"id": f"{name}:1", "type": "AnnotationPage", "partOf": name, "startIndex": 0}
    out.write(f'{json.dumps(head)[:-1]}, "first": {json.dumps(first)[:-1]}, "items": '.encode("ascii"))
    write_list(out, every())
    out.write(f'}}, "total": {count}}}\n'.encode("ascii"))
