"""JSON Lines: each reading as the contract has it, one a line, with the key ``exported`` that says where it came from.

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
        out.write(json_bytes({**reading_json(page.reading), "exported": exported}) + b"\n")
