"""What is stored of a question, in an order that follows from content: to tell whether two piles are the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from sayso.pile.rows import Rows


def lines(held: Rows) -> Iterator[list[object]]:
    """Every row: the pages by id with their items, the buckets, the relations."""
    pages = sorted((held.document(key), key) for key in held.pages().values())
    for page, key in pages:
        yield ["page", page]
        for _, each in held.items(key):
            yield ["item", page, each.id, list(each.keys), each.sketch.hex()]
    for bucket, rank, item in held.members():
        yield ["bucket", bucket, rank, *held.name(item)]
    for page, key in pages:
        of_page = (pair for pair in held.pairs(*held.within(key)) if pair.a[0] == page)
        for pair in sorted(of_page, key=lambda pair: (pair.a, pair.b)):
            yield ["relation", *pair.a, *pair.b, pair.kind, pair.score, pair.detail]


def digest(name: str, held: Rows) -> str:
    """SHA-256 over all that is stored of a question: the same for the same pages in any order and any number of steps."""
    found = hashlib.sha256(json.dumps(["question", name]).encode("ascii"))
    for line in lines(held):
        found.update(json.dumps(line, separators=(",", ":")).encode("ascii") + b"\n")
    return found.hexdigest()
