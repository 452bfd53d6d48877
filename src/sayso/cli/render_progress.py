"""How far ``read`` has come, on standard error: only on a terminal, only where it takes longer than a second."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from contextlib import suppress

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

PATIENCE = 1.0
"""Seconds before anything is shown, and the most that counting the documents may take."""


class _Rate(ProgressColumn):
    """Documents a second."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else f"{speed:,.1f}/s" if speed < 10 else f"{speed:,.0f}/s")


class ProgressBar:
    """A bar that appears by itself when ``step`` is called after a second. ``total`` is asked only then; ``what`` is done."""

    def __init__(self, total: Callable[[float], int | None], what: str = "reading") -> None:
        self._total = total
        self._what = what
        self._wanted = sys.stderr.isatty()
        self._began = time.monotonic()
        self._done = 0
        self._shown: Progress | None = None

    def __enter__(self) -> ProgressBar:
        """Begin; nothing is shown yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """Take the bar away."""
        if self._shown is not None:
            with suppress(OSError):
                self._shown.stop()

    def step(self) -> None:
        """One more document is done."""
        self._done += 1
        if self._shown is not None:
            self._shown.update(self._shown.task_ids[0], completed=self._done)
        elif self._wanted and time.monotonic() - self._began > PATIENCE:
            self._show()

    def _show(self) -> None:
        self._shown = Progress(
            TextColumn(self._what),
            BarColumn(),
            MofNCompleteColumn(),
            _Rate(),
            TimeRemainingColumn(compact=True),
            TextColumn("left"),
            console=Console(stderr=True),
            transient=True,
        )
        self._shown.add_task("", total=self._total(PATIENCE), completed=self._done)
        self._shown.start()
