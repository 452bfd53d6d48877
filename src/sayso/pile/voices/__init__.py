"""Voices: who uses a word, the outlet itself or those it quotes; counted per outlet and speaker, with every place."""

from sayso.pile.voices.asking import PageName, ReadingShelf, Shelf, Voices, Wish, places, shelf_of, voices
from sayso.pile.voices.carried import Carried
from sayso.pile.voices.counting import CELLS, Cell, Row, SpeakerUses, cell_of
from sayso.pile.voices.sizes import SizesQuestion
from sayso.pile.voices.uses import Use

QUESTION = SizesQuestion()

__all__ = [
    "CELLS",
    "QUESTION",
    "Carried",
    "Cell",
    "PageName",
    "ReadingShelf",
    "Row",
    "Shelf",
    "SizesQuestion",
    "SpeakerUses",
    "Use",
    "Voices",
    "Wish",
    "cell_of",
    "places",
    "shelf_of",
    "voices",
]
