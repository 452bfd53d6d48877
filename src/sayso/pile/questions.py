"""Every question that is put to a pile, by name: the one list that commands, tests and measurements go by."""

from __future__ import annotations

from sayso.errors import UsageError
from sayso.pile.copies import QUESTION as COPIES
from sayso.pile.matches import QUESTION as MATCHES
from sayso.pile.people import QUESTION as PEOPLE
from sayso.pile.question import Question
from sayso.pile.series import QUESTION as SERIES
from sayso.pile.stamp_days import QUESTION as STAMPS
from sayso.pile.voices import QUESTION as VOICES

QUESTIONS: tuple[Question, ...] = (COPIES, MATCHES, PEOPLE, SERIES, STAMPS, VOICES)
"""The questions, by name in order."""


def question(name: str) -> Question:
    """The question of this name. Raises UsageError where there is none."""
    for each in QUESTIONS:
        if each.name == name:
            return each
    raise UsageError(f"the pile has no question {name!r}; there are: {', '.join(each.name for each in QUESTIONS)}")
