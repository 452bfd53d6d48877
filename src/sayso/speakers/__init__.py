"""Speakers: who the source of each statement is, inside one document."""

from sayso.speakers.resolve import Named, Resolved, resolve

__all__ = ["Named", "Resolved", "resolve"]
