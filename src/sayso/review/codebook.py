"""The codebook: every field and code of a reading with its meaning, out of the JSON Schema and the tables that the program uses."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from sayso.review.known import known
from sayso.tables import load

LEFT_OUT = ("span", "spans", "error")
"""Parts of the schema that are no fields of a reading."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the codebook: a ``field`` (``statement.kind``), or one of its ``code`` values, and what it means."""

    field: str
    code: str
    meaning: str


def codebook() -> Iterator[Entry]:
    """All fields in the order of the schema, codes under theirs; then reasons, stances, findings and codes of samples."""
    schema = json.loads((files("sayso") / "schemas" / "reading.schema.json").read_text(encoding="utf-8"))
    meanings = known("meanings")
    for part, told in schema["$defs"].items():
        for name, field in told.get("properties", {}).items() if part not in LEFT_OUT else ():
            yield from _field(f"{part}.{name}", field, meanings)
    for field, table in (("statement.stance", meanings["stances"]), ("finding.code", meanings["findings"])):
        yield from (Entry(field, code, words) for code, words in table.items())
    for part, field in (("given", "statement.speaker_reason"), ("open", "statement.speaker_reason (left open)")):
        yield from (Entry(field, code, str(words)) for code, words in load("reasons")[part].items())
    for code, row in known("coding")["codes"].items():
        yield Entry("sample.code", code, row["meaning"])


def _field(name: str, field: dict[str, Any], meanings: dict[str, Any]) -> Iterator[Entry]:
    kind = name.partition(".")[2]
    fields = meanings["fields"]
    yield Entry(name, "", field.get("description") or fields.get(name) or fields.get(kind, ""))
    codes = meanings["codes"].get(name, {})
    for code in field.get("enum", ()):
        if code:
            yield Entry(name, str(code), codes.get(code, ""))
