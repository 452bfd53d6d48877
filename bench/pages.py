"""A pile of any size out of the demo's pages, each with another name and one sentence of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from sayso.ingest import items, load
from sayso.records import Document

DEMO = Path(__file__).resolve().parent.parent / "demo" / "pile"


def texts() -> list[str]:
    """The texts of the demo's plain pages; an extractor's time is not the reader's."""
    plain = sorted(str(path) for path in DEMO.iterdir() if path.suffix in (".txt", ".jsonl"))
    pages = [load(item) for item in items(plain)]
    return [page.text for page in pages if isinstance(page, Document) and page.language in ("", "en")]


def pages(count: int) -> Iterator[tuple[str, str]]:
    """``count`` pages as name and text."""
    originals = texts()
    for n in range(count):
        text = originals[n % len(originals)]
        yield f"page-{n:05}", f"{text.rstrip()}\n\nThe clerk of ward {n} said that {n + 3} sandbags had come.\n"


def write(path: Path, count: int) -> None:
    """Write ``count`` pages as JSON Lines."""
    with path.open("w", encoding="utf-8") as stream:
        for name, text in pages(count):
            stream.write(json.dumps({"id": name, "text": text}) + "\n")
