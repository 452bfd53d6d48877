"""What stands across pages: the questions put to a pile of readings, and the file that keeps their answers."""

from sayso.pile.question import Item, Name, Pair, Place, Question, Relation
from sayso.pile.store import Pile

__all__ = ["Item", "Name", "Pair", "Pile", "Place", "Question", "Relation"]
