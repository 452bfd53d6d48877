"""A small pile with everything in it: pages of the demo, poison, a list of lines, one page under two names."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from sayso.encoder.session import ENGLISH, FILES
from sayso.engine.local import read_all
from sayso.ingest import Item, Metadata, items
from sayso.ledger import Ledger
from sayso.records import Reading, Unreadable

PART = 5
"""Documents in a part of the tests."""
DEMO = Path(__file__).resolve().parents[2] / "demo"
PAGES = ("tern-0311-breach.txt", "banner-0311-gates.html", "undertow-0311-breach.txt")
needs_model = pytest.mark.skipif(
    not all((ENGLISH / name).is_file() for name in FILES), reason="the model is not built: nothing can be read"
)

BREACH = "The gates of Varn held, Ada Fenn said on Tuesday. “No water came in,” said Tomas Rehn, the warden.\n"
SHORT = "The tram line to Orrow opens in May, Lena Ostrova said.\n"


@dataclass(frozen=True)
class Direct:
    """What came of each document, in order, and the ledger that holds it."""

    outcomes: list[Reading | Unreadable]
    ledger: Path


def make(folder: Path) -> Path:
    """The pile, in a folder of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in PAGES:
        shutil.copy(DEMO / "pile" / name, folder / name)
    (folder / "short.txt").write_text(SHORT, encoding="utf-8")
    (folder / "short.txt.meta.json").write_text(
        json.dumps(
            {"outlet": "Varn Daily", "date": "2031-04-09", "desk": "harbour", "url": "https://varn.example/tram"}
        )
    )
    (folder / "later.txt").write_text(SHORT.replace("May", "June"), encoding="utf-8")
    (folder / "later.txt.meta.json").write_text(
        json.dumps({"outlet": "Varn Daily", "url": "https://varn.example/tram"})
    )
    hidden = "<p style='display: none'>Nobody sees these words, which stand here all the same, said the clerk of the ward.</p>"
    paragraphs = "".join(
        f"<p>Ward {n} of Varn had {n} pumps, said Ada Fenn, who runs the harbour office there.</p>" for n in range(9)
    )
    (folder / "hidden.html").write_text(
        f"<html><head><title>Pumps</title></head><body><article>{paragraphs}{hidden}</article></body></html>"
    )
    (folder / "empty.txt").write_text(" \n", encoding="utf-8")
    (folder / "sealed.bin").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    lines = [
        {"id": f"line-{n}", "text": f"{BREACH}Ward {n} had {n + 3} sandbags.", "outlet": "Kestrel Wire"}
        for n in range(6)
    ]
    lines += [
        {"id": "breach", "text": BREACH, "title": "Gates held: Fenn", "url": "https://varn.example/b", "odd": "\ud800"}
    ]
    told = [json.dumps(line) for line in lines] + ['{"text": "no end', json.dumps({"text": "", "id": "nothing"})]
    (folder / "lines.jsonl").write_text("\n".join(told), encoding="utf-8")
    (folder / "twice.jsonl").write_text(
        "\n".join(json.dumps({"id": name, "text": BREACH, "url": "https://varn.example/b"}) for name in ("one", "two"))
    )
    return folder


@cache
def table() -> Metadata:
    """The demo's table of metadata."""
    return Metadata.from_csv(DEMO / "meta.csv")


def items_of(folder: Path) -> list[Item]:
    """What there is to be read."""
    return list(items([str(folder)]))


def read_directly(folder: Path, ledger: Path, *, years: range | None = None) -> list[Reading | Unreadable]:
    """The pile read into a ledger without any hand-over; the outcomes."""
    found: list[Reading | Unreadable] = []
    with Ledger(ledger, write=True) as opened:
        for _, outcome in read_all(items_of(folder), meta=table(), years=years):
            assert isinstance(outcome, Reading | Unreadable)
            opened.add(outcome)
            found.append(outcome)
    return found
