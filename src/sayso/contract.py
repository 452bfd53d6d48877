"""The JSON form of a reading, both ways. Field names and meanings are the public contract; see docs/reading-json.md."""

from __future__ import annotations

import json
from typing import Any

from sayso.records import (
    Block,
    DateMention,
    Document,
    Dropped,
    Figure,
    Finding,
    Headline,
    Hop,
    MadeBy,
    Published,
    Reading,
    Role,
    SourceFile,
    Span,
    Spans,
    Speaker,
    Statement,
    Unreadable,
)

CONTRACT = 1
Json = dict[str, Any]


def _span(span: Span | None) -> list[int] | None:
    return None if span is None else [span[0], span[1]]


def _spans(spans: Spans) -> list[list[int]]:
    return [[start, end] for start, end in spans]


def statement_json(s: Statement) -> Json:
    """One statement as the contract has it."""
    return {
        "id": s.id,
        "kind": s.kind,
        "act": s.act,
        "source": _spans(s.source),
        "cue": _spans(s.cue),
        "content": _spans(s.content),
        "speaker": s.speaker,
        "with": list(s.joint),
        "speaker_reason": s.speaker_reason,
        "stance": s.stance,
        "chain": [{"name": h.name, "kind": h.kind, "span": _span(h.span)} for h in s.chain],
        "within": s.within,
        "confidence": s.confidence,
        "speaker_confidence": s.speaker_confidence,
        "decided": list(s.decided),
    }


def speaker_json(s: Speaker) -> Json:
    """One speaker as the contract has it."""
    return {
        "id": s.id,
        "name": s.name,
        "kind": s.kind,
        "mentions": _spans(s.mentions),
        "roles": [{"text": r.text, "span": _span(r.span)} for r in s.roles],
    }


def figure_json(f: Figure) -> Json:
    """One figure as the contract has it."""
    return {
        "id": f.id,
        "span": _span(f.span),
        "low": f.low,
        "high": f.high,
        "qualifier": f.qualifier,
        "qualifier_span": _span(f.qualifier_span),
        "counted": f.counted,
        "counted_span": _span(f.counted_span),
        "unit": f.unit,
        "currency": f.currency,
        "event": f.event,
        "who": f.who,
        "place": f.place,
        "period": f.period,
        "since": f.since,
        "as_of": f.as_of,
        "as_of_span": _span(f.as_of_span),
        "share_of": f.share_of,
        "statement": f.statement,
    }


def finding_json(f: Finding) -> Json:
    """One finding as the contract has it."""
    return {"code": f.code, "message": f.message, "spans": _spans(f.spans)}


def document_json(reading: Reading) -> Json:
    """The document part of a reading."""
    d = reading.document
    p, f = d.published, d.file
    return {
        "id": reading.id,
        "text_id": reading.text_id,
        "name": d.name,
        "text": d.text,
        "title": d.title,
        "outlet": d.outlet,
        "byline": d.byline,
        "url": d.url,
        "language": d.language,
        "published": p and {"date": p.date, "granularity": p.granularity, "basis": p.basis, "span": _span(p.span)},
        "file": f and {"path": f.path, "sha256": f.sha256, "bytes": f.bytes, "media_type": f.media_type},
        "blocks": [{"kind": b.kind, "span": _span(b.span)} for b in d.blocks],
        "extra": dict(d.extra),
    }


def reading_json(reading: Reading) -> Json:
    """A whole reading as the contract has it; every key is always present."""
    h, m = reading.headline, reading.made_by
    return {
        "document": document_json(reading),
        "headline": h
        and {
            "text": h.text,
            "statements": [statement_json(s) for s in h.statements],
            "figures": [figure_json(f) for f in h.figures],
        },
        "statements": [statement_json(s) for s in reading.statements],
        "speakers": [speaker_json(s) for s in reading.speakers],
        "figures": [figure_json(f) for f in reading.figures],
        "dates": [{"span": _span(d.span), "value": d.value, "granularity": d.granularity} for d in reading.dates],
        "findings": [finding_json(f) for f in reading.findings],
        "dropped": [{"code": d.code, "span": _span(d.span), "reason": d.reason} for d in reading.dropped],
        "voices": [{"voice": voice, "span": _span(span)} for voice, span in reading.voices],
        "made_by": {
            "contract": m.contract,
            "sayso": m.sayso,
            "model": m.model,
            "runtime": m.runtime,
            "extractor": m.extractor,
            "code": m.code,
        },
    }


def unreadable_json(unreadable: Unreadable) -> Json:
    """The line that stands in for a document that could not be read."""
    return {
        "document": {"name": unreadable.name},
        "error": {"code": unreadable.code, "message": unreadable.message},
    }


def dumps(value: Json) -> str:
    """One line of JSON in UTF-8; a lone surrogate, which UTF-8 cannot carry, is written as an escape."""
    line = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if any("\ud800" <= c <= "\udfff" or c in "\u2028\u2029\x85" for c in line):
        line = "".join(f"\\u{ord(c):04x}" if "\ud800" <= c <= "\udfff" or c in "\u2028\u2029\x85" else c for c in line)
    return line


def _to_span(value: Any) -> Span | None:
    return None if value is None else (int(value[0]), int(value[1]))


def _to_spans(value: Any) -> Spans:
    return tuple((int(start), int(end)) for start, end in value)


def _hop(value: Json) -> Hop:
    return Hop(value["name"], value["kind"], (value["span"][0], value["span"][1]))


def statement_of(value: Json) -> Statement:
    """A statement from its JSON form."""
    return Statement(
        id=value["id"],
        kind=value["kind"],
        act=value["act"],
        source=_to_spans(value["source"]),
        cue=_to_spans(value["cue"]),
        content=_to_spans(value["content"]),
        speaker=value["speaker"],
        joint=tuple(value["with"]),
        speaker_reason=value["speaker_reason"],
        stance=value["stance"],
        chain=tuple(_hop(hop) for hop in value["chain"]),
        within=value["within"],
        confidence=value["confidence"],
        speaker_confidence=value["speaker_confidence"],
        decided=tuple(value.get("decided", ())),
    )


def _figure(value: Json) -> Figure:
    spans = {key: _to_span(value[key]) for key in ("qualifier_span", "counted_span", "as_of_span")}
    return Figure(**{**value, **spans, "span": (value["span"][0], value["span"][1])})


def _speaker(value: Json) -> Speaker:
    roles = tuple(Role(role["text"], (role["span"][0], role["span"][1])) for role in value["roles"])
    return Speaker(value["id"], value["name"], value["kind"], _to_spans(value["mentions"]), roles)


def _document(value: Json, findings: tuple[Finding, ...], extractor: str) -> Document:
    p, f = value["published"], value["file"]
    return Document(
        name=value["name"],
        text=value["text"],
        title=value["title"],
        outlet=value["outlet"],
        byline=value["byline"],
        url=value["url"],
        language=value["language"],
        published=p and Published(p["date"], p["granularity"], p["basis"], _to_span(p["span"])),
        file=f and SourceFile(f["path"], f["sha256"], f["bytes"], f["media_type"]),
        blocks=tuple(Block(b["kind"], (b["span"][0], b["span"][1])) for b in value["blocks"]),
        findings=findings,
        extra=tuple(sorted(value.get("extra", {}).items())),
        extractor=extractor,
    )


def _made_by(made: Json) -> MadeBy:
    code = made.get("code", "")
    return MadeBy(made["sayso"], made["model"], made["runtime"], made["extractor"], made["contract"], code)


def finding_of(value: Json) -> Finding:
    """A finding from its JSON form."""
    return Finding(value["code"], value["message"], _to_spans(value["spans"]))


def reading_of(value: Json, noticed: tuple[Finding, ...] = ()) -> Reading:
    """A reading from its JSON form; the inverse of :func:`reading_json`.

    ``noticed`` are those findings that ingest made: the JSON form does not tell them apart from the others.
    """
    made, head = value["made_by"], value["headline"]
    findings = tuple(finding_of(f) for f in value["findings"])
    return Reading(
        id=value["document"]["id"],
        text_id=value["document"]["text_id"],
        document=_document(value["document"], noticed, made["extractor"]),
        made_by=_made_by(made),
        headline=head
        and Headline(
            head["text"],
            tuple(statement_of(s) for s in head["statements"]),
            tuple(_figure(f) for f in head["figures"]),
        ),
        statements=tuple(statement_of(s) for s in value["statements"]),
        speakers=tuple(_speaker(s) for s in value["speakers"]),
        figures=tuple(_figure(f) for f in value["figures"]),
        dates=tuple(DateMention((d["span"][0], d["span"][1]), d["value"], d["granularity"]) for d in value["dates"]),
        findings=findings,
        dropped=tuple(Dropped(d["code"], (d["span"][0], d["span"][1]), d["reason"]) for d in value["dropped"]),
        voices=tuple((v["voice"], (v["span"][0], v["span"][1])) for v in value["voices"]),
    )
