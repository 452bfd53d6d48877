"""Statements of invented people, made by hand, for the tests of matches and of find."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sayso import identity
from sayso.figures import figures_of
from sayso.pile.matches.saying import Saying, saying_of
from sayso.records import Document, MadeBy, Published, Reading, Role, Speaker, Statement

MADE_BY = MadeBy("0.1.0", "5e" * 32, "hand 1")
CASES = [json.loads(line) for line in Path(__file__).with_name("cases.jsonl").read_text(encoding="utf-8").splitlines()]


def said(content: str, speaker: str = "", **more: Any) -> dict[str, Any]:
    """One side of a case: what is said, and by whom; ``date``, ``kind``, ``stance``, ``roles`` and ``speaker_kind``."""
    return {"content": content, "speaker": speaker, "date": "2031-04-09", **more}


def page(name: str, *sides: Mapping[str, Any], outlet: str = "Tarn Courier", tail: str = "") -> Reading:
    """A page with a statement a line, each behind the name of its speaker; all sides have the date of the first."""
    text, places = "", []
    for side in sides:
        source = (len(text), len(text) + len(side["speaker"])) if side["speaker"] else None
        text += f"{side['speaker']} said " if side["speaker"] else "It was said "
        places.append((source, (len(text), len(text) + len(side["content"]))))
        text += f"{side['content']}\n\n"
    date = sides[0]["date"] if sides else ""
    document = Document(name, text + tail, outlet=outlet, published=Published(date) if date else None)
    own = identity.document_id(document)
    speakers: dict[str, Speaker] = {}
    statements = []
    for side, (source, content) in zip(sides, places, strict=True):
        if source is not None and side["speaker"] not in speakers:
            roles = tuple(Role(role, source) for role in side.get("roles", ()))
            speakers[side["speaker"]] = Speaker(
                identity.speaker_id(own, source), side["speaker"], side.get("speaker_kind", "person"), (source,), roles
            )
        direct = side["content"][0] in "“\"'‘"
        sources = (source,) if source else ()
        statements.append(
            Statement(
                identity.statement_id(own, (content,), sources), side.get("kind", "direct" if direct else "indirect"),
                sources, (), (content,), side.get("act", "say"),
                speakers[side["speaker"]].id if source else None, stance=side.get("stance"), confidence=0.9,
            )
        )  # fmt: skip
    figures = tuple(figure for statement in statements for figure in figures_of(text, statement.content, []))
    return Reading(own, identity.text_id(text + tail), document, MADE_BY, None, tuple(statements),
                   tuple(speakers.values()), figures)  # fmt: skip


def saying(side: Mapping[str, Any], name: str = "a.txt") -> Saying:
    """A side of a case made ready to be compared."""
    reading = page(name, side)
    return saying_of(reading, reading.statements[0], reading.document.text)
