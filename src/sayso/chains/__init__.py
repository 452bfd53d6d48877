"""How each statement reached the page: who was told, where it was posted, which paper carried it."""

from sayso.chains.chain import chains_of
from sayso.chains.said import Name, Said

__all__ = ["Name", "Said", "chains_of"]
