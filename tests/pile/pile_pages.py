"""Pages of a few words, and a toy question: statements that share two words are alike. All invented."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import combinations, product

from sayso import identity
from sayso.pile.blocks import Width
from sayso.pile.hashing import item_hash, key63, rank
from sayso.pile.question import Item, Name, Place, Relation
from sayso.records import Document, MadeBy, Published, Reading, SourceFile, Statement

MADE_BY = MadeBy("0.1.0", "5e" * 32, "onnxruntime 1.31.1", "plain 1")
NEWER = MadeBy("0.2.0", "6f" * 32, "onnxruntime 1.31.1", "plain 1")


def page(
    name: str,
    *statements: str,
    url: str = "",
    day: str = "2031-04-09",
    made_by: MadeBy = MADE_BY,
    leave_out: int = 0,
    path: str = "",
    title: str = "",
) -> Reading:
    """A page of one statement a line; ``leave_out`` of them at the end are not read."""
    text, spans = "", []
    for said in statements:
        text += "Ana Ruhl says "
        spans.append((len(text), len(text) + len(said)))
        text += f"{said}.\n"
    document = Document(
        name, text, outlet="Varn Daily", url=url, title=title, published=Published(day), language="en",
        file=SourceFile(path, f"{len(text):064x}", len(text), "text/plain") if path else None,
    )  # fmt: skip
    own = identity.document_id(document)
    made = []
    for start, end in spans[: len(spans) - leave_out]:
        source = ((start - 14, start - 6),)
        made.append(Statement(identity.statement_id(own, ((start, end),), source), "indirect", source,
                              ((start - 5, start - 1),), ((start, end),), confidence=0.9))  # fmt: skip
    return Reading(own, identity.text_id(text), document, made_by, statements=tuple(made))


def words(reading: Reading, identity: str) -> set[str]:
    """The words of a statement."""
    (statement,) = (s for s in reading.statements if s.id == identity)
    return {word for start, end in statement.content for word in reading.document.text[start:end].split()}


class Alike:
    """Statements that share two words. ``compare`` looks at the texts, so that a stale reading would be noticed."""

    name = "alike"
    compares = True

    def __init__(self, version: int = 1, *, old_versions: bool = False, name: str = "alike") -> None:
        self.version, self.old_versions, self.name = version, old_versions, name
        self.compared = 0

    def items(self, reading: Reading) -> Iterator[Item]:
        for s in reading.statements:
            yield Item(reading.id, s.id, tuple(map(key63, sorted(words(reading, s.id)))), b"\1")

    def near(self, a: Item, b: Item) -> bool:
        assert (a.document, a.id) < (b.document, b.id)
        return len(set(a.keys) & set(b.keys)) >= 2

    def compare(self, a: Place, b: Place) -> Relation | None:
        self.compared += 1
        shared = words(a.reading, a.id) & words(b.reading, b.id)
        total = words(a.reading, a.id) | words(b.reading, b.id)
        if len(shared) < 2 or "never" in total:
            return None
        detail = json.dumps({"of": len(total)}, separators=(",", ":"))
        return Relation("alike", round(len(shared) / len(total), 4), detail)


def expected(readings: list[Reading], question: Alike, width: Width) -> dict[tuple[Name, Name], Relation]:
    """What must be found, by the definition: all pairs that some bucket has compared."""
    items = {(i.document, i.id): i for reading in readings for i in question.items(reading)}
    by_id = {reading.id: reading for reading in readings}
    buckets: dict[int, list[tuple[int, Name]]] = {}
    for name, item in items.items():
        for key in item.keys:
            buckets.setdefault(key, []).append((rank(key, item_hash(*name)), name))
    pairs: set[tuple[Name, ...]] = set()
    for members in buckets.values():
        names = [name for _, name in sorted(members)]
        pairs |= {tuple(sorted(pair)) for pair in combinations(names[: width.cap], 2)}
        pairs |= {tuple(sorted(pair)) for pair in product(names[: width.heads], names) if pair[0] != pair[1]}
    found = {}
    for a, b in pairs:
        if question.near(items[a], items[b]):
            relation = question.compare(Place(by_id[a[0]], a[1]), Place(by_id[b[0]], b[1]))
            if relation is not None:
                found[a, b] = relation
    return found
