"""What the engine's tests hand to other processes: a process of its own must be able to import it."""

from __future__ import annotations

import os


class Death:
    """A question that ends its process for some documents, as want of memory does, and says no for all others."""

    def __init__(self, *identities: str) -> None:
        self.identities = identities

    def __call__(self, identity: str) -> bool:
        """End the process, or skip nothing."""
        if identity in self.identities:
            os._exit(9)
        return False


class Trap:
    """A question that fails for one document and says no for all others."""

    def __init__(self, identity: str) -> None:
        self.identity = identity

    def __call__(self, identity: str) -> bool:
        """Raise for the one, skip none of the others."""
        if identity == self.identity:
            raise LookupError("the trap")
        return False
