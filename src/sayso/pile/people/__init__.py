"""Speakers of different pages that are one person or body: proposed with evidence, never on a bare surname."""

from sayso.pile.people.decided import Ruling, Rulings, rulings
from sayso.pile.people.people import Group, Left, People, Readings, Shelf
from sayso.pile.people.question import QUESTION

__all__ = ["QUESTION", "Group", "Left", "People", "Readings", "Ruling", "Rulings", "Shelf", "rulings"]
