"""FollowTheMoney: pages, speakers and statements as entities, one JSON line each, as Aleph and OpenSanctions tools read them.

Pages are ``Article``, persons ``Person``, organisations ``Organization``, each with a ``Mention`` in its page. A statement is a
``Documentation`` that leads from the page to who speaks; where nobody known speaks (an anonymous source, a group, an open
one) it is a ``Note`` on the page. ``recordId`` and ``summary`` hold its offsets and words. A speaker is one of one page: no
claim is made that two pages speak of one person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from sayso.export.origin import Json, Origin
from sayso.export.pages import Page, told
from sayso.export.writing import json_bytes
from sayso.records import Speaker, Statement

_SCHEMATA = {"person": "Person", "author": "Person", "organisation": "Organization"}
_LANGUAGES = {"en": "eng"}
"""FollowTheMoney has three-letter codes. Only English is read; others are left out."""
_NOTE_SAID = {"say": "said", "think": "thought", "want": "wanted"}


def _entity(kind: str, identity: str, schema: str, **properties: str | list[str]) -> Json:
    """An entity; properties without a value are left out."""
    lists = {key: [value] if isinstance(value, str) else value for key, value in properties.items()}
    kept = {key: [each for each in values if each] for key, values in lists.items()}
    return {"id": f"sayso-{kind}-{identity}", "schema": schema, "properties": {k: v for k, v in kept.items() if v}}


def _date(page: Page) -> str:
    return page.published[:10] if page.published[:1].isdigit() else ""


def _article(page: Page, origin: Origin) -> Json:
    d, made = page.reading.document, page.reading.made_by
    return _entity(
        "document", page.reading.id, "Article", title=d.title, fileName=d.name, sourceUrl=d.url, publisher=d.outlet,
        author=d.byline, publishedAt=_date(page), language=_LANGUAGES.get(d.language, ""), processingAgent=origin.line(),
        generator=f"Sayso {made.sayso}, model {made.model}", programId=page.reading.text_id,
    )  # fmt: skip


def _speaker(page: Page, speaker: Speaker) -> Iterator[Json]:
    schema = _SCHEMATA.get(speaker.kind)
    if schema is None:
        return
    document = f"sayso-document-{page.reading.id}"
    spelled = [page.cut("text", (m,)) for m in speaker.mentions] if page.words else []
    named = sorted({w for w in spelled if speaker.name and w and w.split()[-1] == speaker.name.split()[-1]} - {speaker.name})
    roles = [r.text for r in speaker.roles if r.text]
    more: dict[str, list[str]] = {"position" if schema == "Person" else "description": roles}
    yield _entity("speaker", speaker.id, schema, name=speaker.name, weakAlias=named, proof=document, **more)
    yield _entity(
        "mention", speaker.id, "Mention", name=speaker.name, document=document, resolved=f"sayso-speaker-{speaker.id}",
        detectedSchema=schema,
    )  # fmt: skip


def _statement(page: Page, part: str, s: Statement) -> Json:
    document, d = f"sayso-document-{page.reading.id}", page.reading.document
    speakers = [each for i in (s.speaker, *s.joint) if (each := page.speaker(i)) is not None]
    entities = [f"sayso-speaker-{each.id}" for each in speakers if each.kind in _SCHEMATA]
    carried = " → ".join(hop.name for hop in s.chain)
    facts = f"{s.kind}; {part} {told(s.content)}; sha256 {page.digests[s.id]}" + (f"; through {carried}" if carried else "")
    if entities:
        return _entity(
            "statement", s.id, "Documentation", document=document, entity=entities, role=_NOTE_SAID[s.act],
            summary=page.cut(part, s.content), description=facts, date=_date(page), publisher=d.outlet, sourceUrl=d.url,
            status=s.kind, recordId=f"{part}:{told(s.content)}", proof=document,
        )  # fmt: skip
    return _entity(
        "statement", s.id, "Note", name=", ".join(each.name for each in speakers), entity=document,
        summary=page.cut(part, s.content), description=facts, publisher=d.outlet, sourceUrl=d.url, proof=document,
        keywords=_NOTE_SAID[s.act],
    )  # fmt: skip


def _entities(page: Page, origin: Origin) -> Iterator[Json]:
    yield _article(page, origin)
    for speaker in page.reading.speakers:
        yield from _speaker(page, speaker)
    for part, statement in page.statements():
        yield _statement(page, part, statement)


def write_ftm(pages: Iterable[Page], out: BinaryIO, origin: Origin) -> None:
    """Entities as JSON lines: each page, its speakers with their mentions, its statements."""
    for page in pages:
        for entity in _entities(page, origin):
            out.write(json_bytes(entity) + b"\n")
