"""Speakers: who the source of each statement is, inside one document."""

from sayso.speakers.resolve import resolve
from sayso.speakers.roll import Named, Resolution, Resolved, Weighed

__all__ = ["Named", "Resolution", "Resolved", "Weighed", "resolve"]
