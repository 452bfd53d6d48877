"""Gold as the measures take it: what a careful reader says of one page, with the places found.

The gold of the demo pile is written in words (`demo/gold/*.json`) and `demo/anchor.py` finds where they stand.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from demo.anchor import anchor
from sayso.records import Span, Spans

DEMO = Path(__file__).resolve().parent.parent / "demo"


@dataclass(frozen=True, slots=True)
class GoldStatement:
    """A statement as a careful reader has it. ``within``: it is told inside another statement of the page."""

    source: Spans
    cue: Spans
    content: Spans
    kind: str
    act: str = "say"
    speaker: str = ""
    speaker_kind: str = ""
    via: tuple[str, ...] = ()
    within: bool = False
    sure: bool = True


@dataclass(frozen=True, slots=True)
class GoldFigure:
    """A figure as a careful reader has it. ``voice``: the name of its speaker, None for the outlet's own voice."""

    span: Span
    low: float | None
    high: float | None
    unit: str = "count"
    voice: str | None = None


@dataclass(frozen=True, slots=True)
class Gold:
    """All that is known of one page; ``findings`` are codes, ``headline`` what a title beside the text holds."""

    document: str
    text: str
    statements: tuple[GoldStatement, ...] = ()
    figures: tuple[GoldFigure, ...] = ()
    findings: tuple[str, ...] = ()
    headline: Gold | None = None


def gold_files() -> list[Path]:
    """The files that the demo's gold is made of: the gold and the pages."""
    found = [DEMO / "meta.csv", *DEMO.glob("gold/*.json"), *DEMO.rglob("pile/*")]
    return [path for path in found if path.is_file()]


def demo_gold(texts: Mapping[str, str]) -> list[Gold]:
    """The gold of every page of the demo pile; ``texts`` are the pages' texts by the name of their document.

    Raises ``ValueError`` where a page is missing or words of its gold cannot be found in it.
    """
    rows = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(DEMO.glob("gold/*.json"))]
    absent = [row["doc"] for row in rows if row["doc"] not in texts]
    if absent:
        raise ValueError(f"no reading of {', '.join(absent)}")
    return [gold_of(anchor(texts[row["doc"]], row), texts[row["doc"]]) for row in rows]


def gold_of(row: Mapping[str, Any], text: str) -> Gold:
    """Gold from its anchored form."""
    headline = row.get("headline")
    return Gold(
        row.get("doc", ""),
        text,
        tuple(_statement(s) for s in row["statements"]),
        tuple(_figure(f) for f in row["figures"]),
        tuple(row.get("findings", ())),
        gold_of(headline, headline["text"]) if headline else None,
    )


def _spans(places: Iterable[Iterable[int]]) -> Spans:
    return tuple((start, end) for start, end in places)


def _statement(row: Mapping[str, Any]) -> GoldStatement:
    return GoldStatement(
        source=_spans(row["source"]),
        cue=_spans(row["cue"]),
        content=_spans(row["content"]),
        kind=row["kind"],
        act=row["act"],
        speaker=row["speaker"],
        speaker_kind=row["speaker_kind"],
        via=tuple(row["via"]),
        within=row["within"],
        sure=row["sure"],
    )


def _figure(row: Mapping[str, Any]) -> GoldFigure:
    start, end = row["span"]
    voice = None if row["voice"] == "own" else row["voice"]
    return GoldFigure((start, end), row["low"], row["high"], row["unit"], voice)
