"""The bar on standard error: on a terminal, once it takes long, and otherwise not at all."""

from __future__ import annotations

import io
import sys

import pytest

from sayso.cli import render_progress
from sayso.cli.pile import Pile
from sayso.cli.render_progress import ProgressBar


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("errors", "patience", "shown"),
    [(Terminal(), 0.0, True), (Terminal(), 60.0, False), (io.StringIO(), 0.0, False)],
    ids=["long, on a terminal", "short", "no terminal"],
)
def test_when_it_is_shown(errors: io.StringIO, patience: float, shown: bool, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stderr", errors)
    monkeypatch.setattr(render_progress, "PATIENCE", patience)
    with ProgressBar(lambda seconds: 4) as bar:
        for _ in range(4):
            bar.step()
    sent = errors.getvalue()
    assert ("reading" in sent) == shown
    assert ("4/4" in sent) == shown


def test_the_total_is_asked_only_where_the_bar_is_shown(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stderr", Terminal())

    def total(seconds: float) -> int:
        raise AssertionError("asked")

    with ProgressBar(total) as bar:
        bar.step()


def test_counting(tmp_path):  # type: ignore[no-untyped-def]
    (tmp_path / "lines.jsonl").write_text('{"text": "a"}\n' * 3, encoding="utf-8")
    (tmp_path / "page.txt").write_text("b", encoding="utf-8")

    def pile(path: str) -> Pile:
        return Pile((path,), str(tmp_path / "sayso.db"), None, None, 1)

    assert pile(str(tmp_path)).count(60.0) == 4
    assert pile(str(tmp_path)).count(0.0) is None, "out of time: not known"
    assert pile("-").count(60.0) is None, "standard input cannot be read twice"
