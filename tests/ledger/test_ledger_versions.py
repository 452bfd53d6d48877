"""Which pages without an address are versions of one: what lies at one place, where a place tells."""

from __future__ import annotations

from pathlib import Path

import pytest
from factory import article

from sayso.ledger import Ledger
from sayso.ledger.versions import versions
from sayso.records import SourceFile

PLACES = [
    ("a.txt", "pile/a.txt", 2, "a file that was changed"),
    ("in/a.txt", "pile/in/a.txt", 2, "in a folder"),
    ("10:30", "pile/10:30", 2, "a file whose own name ends so"),
    ("wire:12", "pile/wire.jsonl", 2, "a line that has an id of its own"),
    ("p.zip/a.txt", "pile/p.zip", 2, "a file in a zip"),
    ("-", "-", 1, "standard input: whatever came last"),
    ("-:1", "-", 1, "a line of it"),
    ("-/a.txt", "-", 1, "a file of a zip that came so"),
    ("feed.xml:3", "pile/feed.xml", 1, "an entry by its number: the next feed has another third"),
    ("in/today.jsonl:1", "pile/in/today.jsonl", 1, "a line by its number"),
    ("p.zip/a.jsonl:2", "pile/p.zip", 1, "a line of a file in a zip"),
    ("today.jsonl:1", "C:\\pile\\today.jsonl", 1, "a path of Windows"),
]


@pytest.mark.parametrize(("name", "path", "count", "reason"), PLACES, ids=[row[3] for row in PLACES])
def test_versions_by_place(name: str, path: str, count: int, reason: str, tmp_path: Path):
    pages = [article(n, name=name, url="", file=SourceFile(path, f"{n:064x}", 9, "text/plain")) for n in (1, 2)]
    with Ledger(tmp_path / "l.db", write=True) as ledger:
        for page in pages:
            ledger.add(page)
        assert {len(ledger.versions(page.id)) for page in pages} == {count}, reason
        assert [len(group) for group in versions(ledger._opened())] == [2] * (count - 1), reason
        assert ledger.check().faults == ()


def test_the_same_bytes_again_are_a_version(tmp_path: Path):
    """What a newer program read otherwise out of the very same standard input."""
    came = SourceFile("-", "7" * 64, 9, "application/pdf")
    with Ledger(tmp_path / "l.db", write=True) as ledger:
        for n in (1, 2):
            ledger.add(article(n, name="-", url="", file=came))
        assert [len(group) for group in versions(ledger._opened())] == [2]
