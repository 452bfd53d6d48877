"""schema.org: pages as NewsArticle, words in quotation marks as Quotation, all other statements as Claim; one JSON-LD graph.

A Claim is what somebody is said to have said. Nothing here says whether it is true: there is no ClaimReview and no rating.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from sayso.export.origin import NAMESPACE, Json, Origin, urn
from sayso.export.pages import Page, told
from sayso.export.writing import write_list
from sayso.records import Speaker, Statement

_TYPES = {"person": "Person", "author": "Person", "organisation": "Organization", "document": "CreativeWork"}
"""Groups and anonymous sources are no persons and no organisations of schema.org: each is a Thing with a description."""


def _agent(speaker: Speaker) -> Json:
    kind = _TYPES.get(speaker.kind)
    named = {"name": speaker.name} if kind else {"description": speaker.name}
    return {"@type": kind or "Thing", "@id": urn("speaker", speaker.id), **named}


def _article(page: Page) -> Json:
    d = page.reading.document
    made = page.reading.made_by
    value: Json = {
        "@type": "NewsArticle", "@id": urn("document", page.reading.id), "headline": d.title, "url": d.url,
        "inLanguage": d.language, "datePublished": page.published if page.published[:1].isdigit() else "",
        "publisher": {"@type": "Organization", "name": d.outlet} if d.outlet else None,
        "creditText": d.byline, "identifier": d.name, "sayso:text": page.reading.text_id,
        "sayso:madeBy": {"sayso:version": made.sayso, "sayso:model": made.model},
    }  # fmt: skip
    return {key: each for key, each in value.items() if each}


def _statement(page: Page, part: str, s: Statement) -> Json:
    quotation = s.kind == "direct" and s.act == "say"
    speakers = [_agent(each) for i in (s.speaker, *s.joint) if (each := page.speaker(i)) is not None]
    value: Json = {
        "@type": "Quotation" if quotation else "Claim", "@id": urn("statement", s.id), "text": page.cut(part, s.content),
        "inLanguage": page.reading.document.language, "creator": speakers,
        "spokenByCharacter" if quotation else "author": speakers,
        "isPartOf" if quotation else "appearance": {"@id": urn("document", page.reading.id)},
        "isBasedOn": [{"@type": "CreativeWork", "name": hop.name} for hop in s.chain],
        "position": told(s.content), "sayso:part": part, "sayso:kind": s.kind, "sayso:act": s.act, "sayso:stance": s.stance,
        "sayso:confidence": s.confidence, "sayso:sha256": page.digests[s.id], "sayso:decided": list(s.decided),
    }  # fmt: skip
    if not quotation:
        del value["creator"]
    return {key: each for key, each in value.items() if each not in ("", None, [])}


def _things(pages: Iterable[Page]) -> Iterator[Json]:
    for page in pages:
        yield _article(page)
        for part, statement in page.statements():
            yield _statement(page, part, statement)


def write_claims(pages: Iterable[Page], out: BinaryIO, origin: Origin) -> None:
    """One JSON-LD document with a graph of pages and statements. ``position`` holds offsets in code points."""
    head = {"@context": ["https://schema.org", {"sayso": NAMESPACE}], "sayso:provenance": origin.json()}
    out.write(f'{json.dumps(head)[:-1]}, "@graph": '.encode("ascii"))
    write_list(out, _things(pages))
    out.write(b"}\n")
