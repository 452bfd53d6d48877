"""Texts with statements marked in them, as rows of cases are written.

``[1s Ada Brandt] [1c told] the Harbour Post [1w that it rained].``: source, cue and words of statement 1. Marks may stand
in each other. ``{organisation Harbour Post}`` is a name as the encoder sees it. Statements of one letter are of one speaker:
``speakers="AAB"``; "-" is a speaker who is not known. ``inside={2: 1}``: statement 2 is told in statement 1.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from sayso.chains import Name, Said, chains_of
from sayso.records import Span

_MARK = re.compile(r"\[(\d)([scw]) |\{(person|organisation|place|other) |[\]}]")


def marked(
    row: str, speakers: str = "", inside: Mapping[int, int] | None = None
) -> tuple[str, list[Span], list[Said], list[Name]]:
    """Text, paragraphs, statements and names of a row."""
    text, at = "", 0
    opened: list[tuple[str, str, int]] = []
    parts: dict[int, dict[str, list[Span]]] = {}
    names: list[Name] = []
    for m in _MARK.finditer(row):
        text += row[at : m.start()]
        at = m.end()
        if m.group(1):
            opened.append((m.group(1), m.group(2), len(text)))
        elif m.group(3):
            opened.append(("", m.group(3), len(text)))
        else:
            number, role, start = opened.pop()
            if number:
                parts.setdefault(int(number), {"s": [], "c": [], "w": []})[role].append((start, len(text)))
            else:
                names.append(Name((start, len(text)), role))
    text += row[at:]
    assert not opened, "a mark is not closed"
    assert sorted(parts) == list(range(1, len(parts) + 1)), "statements are numbered from 1"
    keys = speakers or "ABCDEFGH"[: len(parts)]
    said = [
        Said(
            tuple(sorted(p["s"])),
            tuple(sorted(p["c"])),
            tuple(sorted(p["w"])),
            "indirect",
            None if keys[n - 1] == "-" else keys[n - 1],
            (inside or {}).get(n, 0) - 1 if (inside or {}).get(n) else None,
        )
        for n, p in sorted(parts.items())
    ]
    return text, [m.span() for m in re.finditer(r"[^\n]+", text)], said, names


def shown(row: str, speakers: str = "", inside: Mapping[int, int] | None = None) -> list[str]:
    """The chain of each statement as words: "interview/occasion > Harbour Post/outlet"."""
    text, paragraphs, said, names = marked(row, speakers, inside)
    chains = chains_of(text, paragraphs, said, names)
    assert all(text[slice(*hop.span)] == hop.name for chain in chains for hop in chain)
    return [" > ".join(f"{hop.name}/{hop.kind}" for hop in chain) for chain in chains]
