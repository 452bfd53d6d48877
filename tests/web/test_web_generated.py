"""Requests generated from the room's own description: no fault of the room, one shape of errors, answers as described."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from web_generated import ask_generated
from web_paths import data, documents, notes
from web_visitor import Visitor

from sayso.ledger import Ledger

pytest.importorskip("schemathesis", reason="schemathesis is not installed: make setup installs it")
FEW, MANY = 120, 10_000


def real_ids(visitor: Visitor) -> dict[str, list[str]]:
    """Ids of things that are there, under the paths that ask for them."""
    pages = documents(visitor)[:8]
    some = [note for page in pages for note in notes(visitor, page)]
    statements = [note["id"] for note in some][:20]
    return {
        "/page/{id}": pages, "/copies/{id}": pages, "/statement/{id}": statements, "/alike/{id}": statements,
        "/speaker/{id}": [note["speaker_id"] for note in some if note["speaker_id"]][:20],
        "/series/{id}": [row["id"] for row in data(visitor, "/series?all=1")["series"]],
        "/incident/{id}": [row["id"] for row in data(visitor, "/incidents?all=1")["incidents"]],
    }  # fmt: skip


def asked(opened: Callable[[Path], Visitor], ledger: Path, requests: int) -> None:
    visitor = opened(ledger)
    met = ask_generated(visitor.room, real_ids(visitor), requests)
    assert sum(met.values()) >= requests
    statuses = {status for _, status in met}
    assert not [status for status in statuses if status >= 500]
    assert {200, 400, 404} <= statuses
    print(f"\n{sum(met.values()):,} requests over {len({path for path, _ in met})} addresses:", end=" ")
    print(", ".join(f"{status}: {sum(n for (_, s), n in met.items() if s == status):,}" for status in sorted(statuses)))
    with Ledger(ledger) as again:
        assert again.check().faults == ()


def test_generated_requests(opened: Callable[[Path], Visitor], own_ledger: Path):
    asked(opened, own_ledger, FEW)


@pytest.mark.soak
def test_many_generated_requests(opened: Callable[[Path], Visitor], own_ledger: Path):
    asked(opened, own_ledger, MANY)
