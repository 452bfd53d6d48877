"""Figures: every number of a text with its bounds, what it counts, its unit and the time it speaks of."""

from sayso.figures.find import figures_of

__all__ = ["figures_of"]
