"""Labels across pages: where a ledger has its pile beside it, a label on somebody is on all whom ``people`` takes for him."""

from __future__ import annotations

from pathlib import Path

from sayso.cli.piled import open_pile


def has_pile(ledger: str) -> bool:
    """Whether the pile of this ledger was built: its file lies there."""
    from sayso.pile.sidecar import path_of

    return path_of(Path(ledger)).is_file()


def others(ledger: str, label: str) -> tuple[str, ...]:
    """Speakers who are one with those that bear a label, each page and id; none without a label or a pile."""
    if not (label and has_pile(ledger)):
        return ()
    from sayso.pile.namesakes import bearing_too

    with open_pile(ledger, "people") as pile:
        return bearing_too(pile, label)
