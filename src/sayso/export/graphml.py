"""GraphML: who relays whom. Nodes are speakers, carriers and outlets, edges the ways that statements took.

Each statement runs from its speaker through the hops of its chain to the outlet of its page. Nodes of the same kind and the
very same name are put together over all pages; that is no claim that they are one.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from typing import BinaryIO

from sayso.export.origin import Makers, Origin
from sayso.export.pages import Page
from sayso.export.writing import attribute, element
from sayso.identity import text_id
from sayso.records import Statement

Node = tuple[str, str]
_KEYS = (
    ("provenance", "graph", "string"), ("name", "node", "string"), ("kind", "node", "string"), ("said", "node", "int"),
    ("carried", "node", "int"), ("weight", "edge", "int"), ("pages", "edge", "int"),
)  # fmt: skip


class _Ways:
    """What was counted: statements by who said them, who carried them, and from whom to whom."""

    def __init__(self) -> None:
        self.said: Counter[Node] = Counter()
        self.carried: Counter[Node] = Counter()
        self.edges: Counter[tuple[Node, Node]] = Counter()
        self.pages: Counter[tuple[Node, Node]] = Counter()

    def add(self, page: Page) -> None:
        """The ways of one page's statements."""
        here: set[tuple[Node, Node]] = set()
        for _, statement in page.statements():
            here.update(self._way(page, statement))
        self.pages.update(here)

    def _way(self, page: Page, statement: Statement) -> list[tuple[Node, Node]]:
        edges: list[tuple[Node, Node]] = []
        outwards: list[Node] = [(hop.kind, hop.name) for hop in statement.chain]
        outwards += [("outlet", page.reading.document.outlet)] if page.reading.document.outlet else []
        self.carried.update(outwards)
        for identity in (statement.speaker, *statement.joint):
            speaker = page.speaker(identity)
            if speaker is not None:
                node = (speaker.kind, speaker.name)
                self.said[node] += 1
                edges += [(node, outwards[0])] if outwards else []
        edges += list(pairwise(outwards))
        self.edges.update(edges)
        return edges


def _identity(node: Node) -> str:
    return "n" + text_id("\n".join(node))[:16]


def write_graphml(pages: Iterable[Page], out: BinaryIO, origin: Origin) -> None:
    """One directed graph. Memory grows with the names, not with the pages."""
    ways, makers = _Ways(), Makers()
    for page in pages:
        makers.note(page)
        ways.add(page)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation='
        '"http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">',
        *(f'<key id="{name}" for="{of}" attr.name="{name}" attr.type="{kind}"/>' for name, of, kind in _KEYS),
        '<graph id="relays" edgedefault="directed">',
        _data("provenance", json.dumps({**origin.json(), "made_by": makers.json()})),
    ]
    out.write(("\n".join(lines) + "\n").encode("utf-8"))
    for node in sorted(set(ways.said) | set(ways.carried)):
        kind, name = node
        data = _data("name", name) + _data("kind", kind)
        data += _data("said", str(ways.said[node])) + _data("carried", str(ways.carried[node]))
        out.write(f'<node id="{_identity(node)}">{data}</node>\n'.encode())
    for (one, other), weight in sorted(ways.edges.items()):
        data = _data("weight", str(weight)) + _data("pages", str(ways.pages[one, other]))
        out.write(f'<edge source="{attribute(_identity(one))}" target="{_identity(other)}">{data}</edge>\n'.encode())
    out.write(b"</graph>\n</graphml>\n")


def _data(key: str, value: str) -> str:
    return f'<data key="{key}">{element(value)}</data>'
