"""Matches: statements of different pages that report one act of speaking, make one claim, or contradict each other.

``words`` (words with stem and weight) → ``saying`` (a statement made ready) → ``keys`` (which are worth comparing) →
``compare`` (``wording``, ``features``, ``who``, ``amounts``, ``sense``) → ``question`` (what the pile asks) → ``rows``
(what a command shows).
"""

from sayso.pile.matches.question import QUESTION, Matches

__all__ = ["QUESTION", "Matches"]
