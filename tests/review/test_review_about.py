"""Methods and codebook: they say what the program is and holds, and leave nothing out."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import get_args

import sayso
from sayso.ledger.rows import Counts
from sayso.records import Act, SpeakerKind, StatementKind
from sayso.review.codebook import codebook
from sayso.review.known import known
from sayso.review.methods import Made, Pile, paragraph
from sayso.review.results import MEASURES, Result
from sayso.tables import load

ROOT = Path(__file__).parents[2]
MADE = Made("0.1.0", 1, "ab" * 32, "c0de00c0de00", "onnxruntime 1.31.1", "trafilatura 2.3.1", 0.3)
COUNTS = Counts(21, 376, 55, 130, 9, (("cue", 5),), 1, 7, 170)


def test_every_field_and_code_of_a_reading_has_a_meaning():
    schema = json.loads((Path(sayso.__file__).parent / "schemas" / "reading.schema.json").read_text(encoding="utf-8"))
    entries = list(codebook())
    assert [entry for entry in entries if not entry.meaning.strip()] == []
    told = {(entry.field, entry.code) for entry in entries}
    for part, row in schema["$defs"].items():
        for name, field in row.get("properties", {}).items():
            if part not in ("span", "spans", "error"):
                assert (f"{part}.{name}", "") in told
                assert {(f"{part}.{name}", str(code)) for code in field.get("enum", ()) if code} <= told
    assert len(told) == len(entries)


def test_the_codebook_has_no_code_that_the_program_has_not():
    codes: dict[str, set[str]] = {}
    for entry in codebook():
        codes.setdefault(entry.field, set()).update({entry.code} - {""})
    for field, kind in (("statement.kind", StatementKind), ("statement.act", Act), ("speaker.kind", SpeakerKind)):
        assert codes[field] == set(get_args(kind))
    assert codes["statement.speaker_reason"] == set(load("reasons")["given"])
    assert codes["statement.speaker_reason (left open)"] == set(load("reasons")["open"])
    stances = {row["stance"] for row in load("stances")["groups"]} | {"neutral"}
    assert stances <= codes["statement.stance"]
    page = (ROOT / "docs" / "findings.md").read_text(encoding="utf-8")
    in_docs = set(re.findall(r"^\| `([a-z-]+)` \|", page, re.M))
    assert in_docs <= codes["finding.code"]


def test_measured_is_what_eval_measured():
    """Where the floors were lifted: python scripts/measured.py > src/sayso/review/measured.toml"""
    made = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "measured.py")],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    ).stdout
    assert tomllib.loads(made) == known("measured"), "run: python scripts/measured.py > src/sayso/review/measured.toml"


def test_the_paragraph_of_the_program():
    told = paragraph(MADE)
    for part in (
        "Sayso 0.1.0",
        "contract 1",
        "abababababab",
        "c0de00c0de00",
        "onnxruntime 1.31.1",
        "confidence under 0.3",
    ):
        assert part in told
    assert all(f"{row['value']:.2f}".lstrip("0") in told for row in known("measured")["measures"])
    assert "not measured" not in told
    assert "model missing" in paragraph(
        Made(**{**{f: getattr(MADE, f) for f in MADE.__slots__}, "model": None, "threshold": None})
    )


def test_the_paragraph_of_a_pile():
    pile = Pile(COUNTS, "d1" * 32, 12, ("Ada Fenn",), {"0.1.0 abab c0de": 20, "0.0.9 abab": 1})
    told = paragraph(MADE, pile)
    for part in (
        "21 pages of 7 outlets",
        "376 statements",
        "12 decisions by 1 person",
        "0.1.0 abab c0de (20 pages)",
        "(1 page)",
        "was not measured",
    ):
        assert part in told
    rows = [
        Result(name, "0.1.0 abab c0de", "Ada Fenn", "30+30 by outlet", "", 0.9, 0.82, 0.95, 27, 30, 30, 0, 376, 7)
        for name, *_ in MEASURES
    ]
    told = paragraph(MADE, pile, rows)
    assert "recall .90 (.82-.95, n = 30)" in told
    assert "Ada Fenn coded a random sample (30+30 by outlet" in told
    assert "was not measured" not in told
