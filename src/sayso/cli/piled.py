"""The pile of a ledger, brought up to date with progress on standard error, for the commands that ask across pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sayso.cli import options

if TYPE_CHECKING:
    from sayso.pile import Pile


@contextmanager
def open_pile(ledger: str, *questions: str) -> Iterator[Pile]:
    """The pile of the ledger at this path, up to date in the questions that are named. To be used in a ``with``.

    Raises ``UsageError`` where no ledger is there.
    """
    from sayso.cli.render_progress import ProgressBar
    from sayso.pile import Pile
    from sayso.pile.questions import question

    todo = 0

    def step(_: int, total: int) -> None:
        nonlocal todo
        todo = total
        bar.step()

    with options.open_ledger(ledger) as opened, Pile(opened, [question(name) for name in questions]) as pile:
        with ProgressBar(lambda _: todo) as bar:
            pile.update(step)
        yield pile
