"""The user's own labels: what one may be called, and those that are on a name or an outlet and not on one page.

A label on a statement, or on a speaker of one page, is anchored there like every decision. One on a name holds for whoever
is written so on any page, one on an outlet for all its pages: they have no page of their own.
"""

from __future__ import annotations

from sayso.decisions.records import Decision, Who
from sayso.errors import UsageError
from sayso.records import SpeakerKind

LONGEST = 60
"""Characters of a label: it heads a column and stands behind a name; what takes more words is a note."""


def label_of(given: str) -> str:
    """A label as it is kept, blanks made one. Raises UsageError where it has no letter or digit, ``|`` or is too long."""
    label = " ".join(given.split())
    if not any(character.isalnum() for character in label):
        raise UsageError("a label needs a letter or a digit")
    if "|" in label or not label.isprintable():
        raise UsageError(f"a label has no “|” and no control characters: {label!r:.80}")
    if len(label) > LONGEST:
        raise UsageError(f"a label has at most {LONGEST} characters; write a note for {label[:LONGEST]!r}…")
    return label


def folded(name: str) -> str:
    """A name or outlet as labels are looked up by: whatever its case and blanks."""
    return " ".join(name.split()).casefold()


def on_outlet(label: str, outlet: str, *, reviewer: str, at: str, note: str = "") -> Decision:
    """A label on an outlet. Raises UsageError."""
    return Decision("label", "", _named(reviewer), at, note, label=label_of(label), outlet=outlet)


def on_name(label: str, name: str, kind: SpeakerKind, *, reviewer: str, at: str, note: str = "") -> Decision:
    """A label on all speakers of a name, on whatever page. Raises UsageError."""
    return Decision("label", "", _named(reviewer), at, note, speakers=(Who(name, kind),), label=label_of(label))


def _named(reviewer: str) -> str:
    if not reviewer.strip():
        raise UsageError("a decision needs the name of who takes it")
    return reviewer
