"""JSON Lines: each reading as the contract has it, one a line, with the key ``exported`` that says where it came from.

The key ``labels`` holds the user's own: those on the ``outlet``, and those ``of`` statements and speakers by their ids.
Readings come whole: said, thought and wanted alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from sayso.contract import reading_json
from sayso.export.origin import Origin
from sayso.export.pages import Page
from sayso.export.writing import json_bytes


def write_jsonl(pages: Iterable[Page], out: BinaryIO, origin: Origin) -> None:
    """Readings by the contract. Without words ``text`` is empty; ``text_id`` is still the hash of the page's text."""
    exported = origin.json()
    for page in pages:
        labels = {"outlet": page.labels_of(""), "of": {each: found for each, found in page.labels.items() if each}}
        out.write(json_bytes({**reading_json(page.reading), "labels": labels, "exported": exported}) + b"\n")
