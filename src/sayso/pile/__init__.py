"""What stands across pages: the questions put to a pile of readings, and the file that keeps their answers."""

from sayso.pile.question import Item, Name, Pair, Place, Question, Relation
from sayso.pile.store import Pile

QUESTIONS: tuple[Question, ...] = ()
"""Every question there is, in the order in which they are put."""

__all__ = ["QUESTIONS", "Item", "Name", "Pair", "Pile", "Place", "Question", "Relation"]
