"""Pages that are made of who speaks on them, for the tests of people across pages. All invented.

A speaker is written ``Name``, ``Name [role; role]``, ``#Body``, ``Name, 34,`` or ``Name (he x3)``: three statements by he.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sayso import identity
from sayso.pile.question import Name
from sayso.records import Document, MadeBy, Published, Reading, Role, Span, Speaker, Statement

MADE_BY = MadeBy("0.1.0", "5e" * 32, "onnxruntime 1.31.1", "plain 1")
CASES = [json.loads(line) for line in (Path(__file__).parent / "cases.jsonl").read_text("utf-8").splitlines()]
_WHO = re.compile(r"(?:(?P<label>\w+) = )?(?P<name>#?[^\[\(]+?)(?P<roles> \[[^\]]*\])?(?: \((?P<word>he|she) x(?P<times>\d)\))?")


class Writer:
    """Writes a text and remembers where things stand."""

    def __init__(self) -> None:
        self.text = ""

    def put(self, words: str) -> Span:
        start = len(self.text)
        self.text += words
        return start, len(self.text)


def page(
    name: str, who: Iterable[str], *, day: str = "2031-04-09", outlet: str = "", beside: Iterable[str] = (), text: str = ""
) -> tuple[Reading, dict[str, Name]]:
    """A page on which these speak, and the ids of those that have a label ("A = Mira Halden")."""
    writer, made, labels = Writer(), [], []
    for written in (*who, *beside):
        match = _WHO.fullmatch(written)
        assert match, written
        made.append(_speaker(writer, match))
        labels.append(match["label"])
    writer.put(text)
    document = Document(name, writer.text, outlet=outlet, published=Published(day) if day else None, language="en")
    own = identity.document_id(document)
    speakers, statements, named = [], [], {}
    for (called, kind, at, roles, pronouns), label in zip(made, labels, strict=True):
        speaker = identity.speaker_id(own, at)
        speakers.append(Speaker(speaker, called, kind, (at,), tuple(Role(writer.text[slice(*s)], s) for s in roles)))
        for source, content in pronouns:
            found = identity.statement_id(own, (content,), (source,))
            statements.append(
                Statement(found, "indirect", (source,), (), (content,), speaker=speaker, confidence=1.0, speaker_confidence=1.0)
            )
        if label:
            named[label] = (own, speaker)
    reading = Reading(
        own, identity.text_id(writer.text), document, MADE_BY, statements=tuple(statements), speakers=tuple(speakers)
    )
    return reading, named


def _speaker(writer: Writer, match: re.Match[str]) -> tuple[str, Any, Span, list[Span], list[tuple[Span, Span]]]:
    """One speaker with roles behind the name, and what he or she says."""
    name = match["name"]
    kind = "organisation" if name.startswith("#") else "person"
    plain, comma, age = name.lstrip("#").partition(",")
    at = writer.put(plain)
    writer.put(comma + age)
    roles = []
    for role in (match["roles"] or "")[2:-1].split("; "):
        if role:
            writer.put(", ")
            roles.append(writer.put(role))
    writer.put(" was there.\n")
    pronouns = []
    for number in range(int(match["times"] or 0)):
        source = writer.put(match["word"])
        writer.put(" says ")
        pronouns.append((source, writer.put(f"thing {number} of {plain}")))
        writer.put(".\n")
    return plain, kind, at, roles, pronouns


def pages(case: Mapping[str, Any]) -> tuple[list[Reading], list[tuple[str, Name]]]:
    """The pages of a case, and its labelled speakers."""
    readings, labelled = [], []
    for number, each in enumerate(case["pages"]):
        reading, named = page(
            f"page {number}", each["who"], day=each.get("day", "2031-04-09"), outlet=each.get("outlet", ""),
            beside=each.get("with", ()), text=each.get("text", ""),
        )  # fmt: skip
        readings.append(reading)
        labelled += list(named.items())
    return readings, labelled
