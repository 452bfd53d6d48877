"""Readings and gold made by hand: statements are given in words and found in a short text."""

from __future__ import annotations

from eval.gold import Gold, GoldFigure, GoldStatement
from sayso.records import Document, Figure, Finding, Hop, MadeBy, Reading, Spans, Speaker, Statement

TEXT = (
    "“The bridge is safe,” said Halden. Mayor Ana Orlov told Radio Tern that the “toll” will rise. "
    "Residents fear more than 30 closures. She said Halden had warned that ferries may stop."
)
SAFE = {"content": "“The bridge is safe,”", "source": "Halden", "cue": "said", "kind": "direct", "speaker": "Halden"}
TOLL = {
    "content": "that the “toll” will rise",
    "source": "Mayor Ana Orlov",
    "cue": "told",
    "kind": "mixed",
    "speaker": "Ana Orlov",
    "via": ("Radio Tern",),
}
FEAR = {
    "content": "more than 30 closures",
    "source": "Residents",
    "cue": "fear",
    "act": "think",
    "speaker": "Residents",
    "speaker_kind": "group",
}
OUTER = {"content": "Halden had warned that ferries may stop", "source": "She", "speaker": "Ana Orlov"}
INNER = {"content": "that ferries may stop", "source": "Halden had", "speaker": "Halden", "within": OUTER["content"]}


def place(words: str | tuple[str, ...], text: str = TEXT) -> Spans:
    """Where words first stand in the text; a tuple of words is several fragments."""
    parts = (words,) if isinstance(words, str) else words
    return tuple((text.index(part), text.index(part) + len(part)) for part in parts if part)


def gold(*rows: dict, figures: tuple[GoldFigure, ...] = (), findings: tuple[str, ...] = ()) -> Gold:
    """Gold with these statements."""
    statements = tuple(
        GoldStatement(
            source=place(row["source"]),
            cue=place(row.get("cue", "")),
            content=place(row["content"]),
            kind=row.get("kind", "indirect"),
            act=row.get("act", "say"),
            speaker=row["speaker"],
            speaker_kind=row.get("speaker_kind", "person"),
            via=row.get("via", ()),
            within="within" in row,
            sure=row.get("sure", True),
        )
        for row in rows
    )
    return Gold("page", TEXT, statements, figures, findings)


def reading(
    *rows: dict,
    text: str = TEXT,
    name: str = "page",
    figures: tuple[Figure, ...] = (),
    findings: tuple[str, ...] = (),
) -> Reading:
    """A reading with these statements; a ``speaker`` of None is one left open."""
    kinds = {row["speaker"]: row.get("speaker_kind", "person") for row in rows if row["speaker"]}
    statements = tuple(
        Statement(
            id=row["content"],
            kind=row.get("kind", "indirect"),
            source=place(row["source"], text),
            cue=place(row.get("cue", ""), text),
            content=place(row["content"], text),
            act=row.get("act", "say"),
            speaker=row["speaker"],
            chain=tuple(Hop(hop, "outlet", (0, 1)) for hop in row.get("via", ())),
            within=row.get("within"),
        )
        for row in rows
    )
    return Reading(
        id="id",
        text_id="text",
        document=Document(name, text),
        made_by=MadeBy("0", "0", "0"),
        statements=statements,
        speakers=tuple(Speaker(speaker, speaker, kind, ()) for speaker, kind in kinds.items()),
        figures=figures,
        findings=tuple(Finding(code, "") for code in findings),
    )
