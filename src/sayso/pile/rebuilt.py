"""What is worked out from stored results outside of the pile's own door, where those may turn out to be damaged."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import TypeVar

from sayso.pile.sidecar import is_damage
from sayso.pile.store import Pile

T = TypeVar("T")


def rebuilt(pile: Pile, work: Callable[[], T]) -> T:
    """What ``work`` gives. Where it meets a value that Sayso never writes (``rows.odd``) the pile is built again, once.

    ``work`` must be done when it returns: no generator. Raises sqlite3.DatabaseError where the new pile is odd as well.
    """
    try:
        return work()
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
    pile.rebuild()
    return work()
