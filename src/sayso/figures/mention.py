"""A number on its way to a figure: the amount with its qualifier and the noun it counts, in tokens of one sentence."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.figures.amount import Amount
from sayso.figures.qualifiers import Qualifier


@dataclass(frozen=True, slots=True)
class Mention:
    """Tokens first..last hold qualifier, number, unit and noun; ``head``: the tokens of the noun phrase, if any."""

    amount: Amount
    first: int
    last: int
    unit: str
    head: tuple[int, int] | None = None
    qualifier: Qualifier | None = None
    behind: Qualifier | None = None
    refused: bool = False
