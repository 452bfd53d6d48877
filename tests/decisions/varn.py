"""A small invented page whose readings are written by hand: who said which words, by the words alone."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "ledger"))
from factory import MADE_BY, NEWER, seal

from sayso.ledger import Ledger
from sayso.quotes import all_quotations
from sayso.records import Block, Document, MadeBy, Published, Reading, SourceFile, Span
from sayso.voices import voices_of

NEWEST = MadeBy("0.3.0", "7a" * 32, "onnxruntime 1.31.1", "plain 1")
LAYOUT = replace(MADE_BY, code="c0" * 32)
"""The same model with other code around it."""

TEXT = """Varn council meets

Olga Brandt, mayor of Varn, said “We will rebuild the bridge over the Ilse by spring”. It has been closed since March.

Tomas Rehn, a shop owner, told the council that nobody had asked the traders about the closure.

“The ferry will run every hour until then,” Ada Quill said. She added that tickets would stay at two crowns.

Rehn said that Lena Ostrova had warned that the bank was sliding into the river."""


@dataclass(frozen=True)
class Said:
    """One statement by its words; ``speaker`` is a name, None where it is open; ``at`` counts places of the content.

    ``within`` is how the words of the statement around it begin.
    """

    content: str | tuple[str, ...]
    source: str = ""
    cue: str = "said"
    speaker: str | None = None
    kind: str = "indirect"
    within: str | None = None
    joint: tuple[str, ...] = ()
    act: str = "say"
    at: int = 0
    confidence: float = 0.97

    def but(self, **changes: object) -> Said:
        return replace(self, **changes)


A = Said("“We will rebuild the bridge over the Ilse by spring”", "Olga Brandt", "said", "Olga Brandt", "direct")
B = Said("that nobody had asked the traders about the closure", "Tomas Rehn", "told", "Tomas Rehn")
C = Said("“The ferry will run every hour until then,”", "Ada Quill", "said", "Ada Quill", "direct")
D = Said("that tickets would stay at two crowns", "She", "added", "Ada Quill")
E = Said("that Lena Ostrova had warned that the bank was sliding into the river", "Rehn", "said", "Rehn")
F = Said("that the bank was sliding into the river", "Lena Ostrova", "had warned", "Lena Ostrova", within="that Lena")
ALL = (A, B, C, D, E, F)


@contextmanager
def ledger_at(path: Path) -> Iterator[Ledger]:
    """A ledger open for writing; it need not outlive a loss of power, which makes it ten times as fast."""
    with Ledger(path, write=True) as ledger:
        ledger._opened().execute("PRAGMA synchronous = OFF")
        yield ledger


def every(words: str, text: str) -> list[Span]:
    """Where words stand, as words."""
    found = re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)
    return [m.span() for m in found]


def nearest(words: str, text: str, content: tuple[Span, ...]) -> tuple[Span, ...]:
    """The place of words that is nearest to where the content begins and not inside it; nothing for no words."""
    if not words:
        return ()
    to = content[0]
    free = [s for s in every(words, text) if all(s[1] <= a or s[0] >= b for a, b in content)]
    return (min(free, key=lambda s: min(abs(s[1] - to[0]), abs(s[0] - to[1]))),)


def fragments(said: Said, text: str) -> tuple[Span, ...]:
    wanted = (said.content,) if isinstance(said.content, str) else said.content
    found, last = [], 0
    for words in wanted:
        start = last - 1
        for _ in range(said.at + 1):
            start = text.index(words, start + 1)
        last = start + len(words)
        found.append((start, last))
    return tuple(found)


def read(
    text: str = TEXT,
    said: tuple[Said, ...] = ALL,
    *,
    made_by: MadeBy = MADE_BY,
    headline: tuple[str, tuple[Said, ...]] | None = None,
    blocks: str = "paragraph",
    also: dict[str, str] | None = None,
    **document: object,
) -> Reading:
    """The page with these statements. Speakers have every place of their names (names inside longer ones are theirs).

    ``also`` gives a speaker a second name.
    """
    names: list[str] = []
    head_text, head_said = headline or ("", ())
    for s in (*said, *head_said):
        names += [n for n in (s.speaker, *s.joint) if n and n not in names]
    taken: set[Span] = set()
    people: dict[str, dict] = {}
    for name in sorted(names, key=len, reverse=True):
        free = [s for s in every(name, text) if not any(a <= s[0] and s[1] <= b for a, b in taken)]
        in_head = [] if free else every(name, head_text)
        taken.update(free)
        people[name] = {"name": name, "kind": "person", "mentions": tuple(free or in_head)}
        if in_head:
            people[name]["part"] = "headline"
    def rows(some: tuple[Said, ...], where: str) -> list[dict]:
        out = []
        for s in some:
            content = fragments(s, where)
            out.append({
                "kind": s.kind, "act": s.act, "content": content, "source": nearest(s.source, where, content),
                "cue": nearest(s.cue, where, content),
                "within": next((n for n, o in enumerate(some) if s.within and str(o.content).startswith(s.within)), None),
                "speaker": names.index(s.speaker) if s.speaker else None,
                "joint": tuple(names.index(n) for n in s.joint), "speaker_reason": "" if s.speaker else "no-candidate",
                "confidence": s.confidence, "speaker_confidence": 0.9,
            })  # fmt: skip
        return out

    for name, second in (also or {}).items():
        free = [s for s in every(second, text) if not any(a <= s[0] and s[1] <= b for a, b in taken)]
        people[name]["mentions"] = tuple(sorted((*people[name]["mentions"], *free)))
    statements = rows(said, text)
    paragraphs = [m.span() for m in re.finditer(r"\S(?:.*\S)?(?:\n(?!\n).*\S)*", text)]
    quoted = [(q.start, q.end) for q in all_quotations(text, paragraphs) if q.closed]
    values: dict[str, object] = {
        "name": "varn.txt", "url": "https://news.example/varn", "outlet": "The Harbour Post", "language": "en",
        "published": Published("2031-04-02"), "extractor": "plain 1",
        "blocks": tuple(Block("title" if n == 0 else blocks, p) for n, p in enumerate(paragraphs)),
    }  # fmt: skip
    return seal(
        Document(text=text, **{**values, **document}),
        made_by=made_by,
        statements=statements,
        speakers=[people[name] for name in names],
        headline=headline and (head_text, rows(head_said, head_text), []),
        voices=voices_of(paragraphs, [c for s in statements for c in s["content"]], quoted, []),
    )


def file(path: str, sha256: str = "ab" * 32) -> SourceFile:
    return SourceFile(path, sha256, 1000, "text/plain")


def shown(reading: Reading) -> list[str]:
    """Each statement of a reading in words: speaker, kind, content; headline last."""
    names = {s.id: s.name for s in reading.speakers}
    head = reading.headline
    rows = []
    for text, some in ((reading.document.text, reading.statements), (head.text if head else "", head.statements if head else ())):
        for s in some:
            who = " + ".join(names[n] for n in (s.speaker, *s.joint) if n) or "-"
            rows.append(f"{who} ({s.kind}) {' … '.join(' '.join(text[a:b].split()) for a, b in s.content)}")
    return rows


def line(s: Said) -> str:
    """The line of :func:`shown` for a statement."""
    content = s.content if isinstance(s.content, str) else " … ".join(s.content)
    return f"{' + '.join((s.speaker or '-', *s.joint))} ({s.kind}) {' '.join(content.split())}"


__all__ = ["ALL", "LAYOUT", "MADE_BY", "NEWER", "NEWEST", "TEXT", "A", "B", "C", "D", "E", "F", "Said"]
