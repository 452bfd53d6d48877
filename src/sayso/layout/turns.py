"""Turns of a conversation: lines that begin with who speaks, on pages that hold several of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sayso.layout.lines import Line
from sayso.records import Span
from sayso.tables import load

#: A page is a transcript from this many turns of speakers who come back (or are parts of an interview); two do where
#: nothing else stands on the page or one asks (Q) and the other answers (A).
LEAST_TURNS = 3
#: At least half of the turns must say something of this many words: lists of fields ("Price: 5") do not.
LEAST_WORDS = 4
_REACH = 90
_LEAD = "\"“”'‘’*_#>[ \t\xa0"
_TRAIL = "*_] \t\xa0"
_COLON = re.compile(r"[:：]")
_DASH = re.compile(r"\s[–—-]{1,2}\s")
_NAME = re.compile(r"(?:(?:[A-Z]\.){1,3}|[^\W\d_][\w’'.-]*)(?:\s(?:(?:[A-Z]\.){1,3}|[^\W\d_][\w’'.-]*|#?\d{1,2})){0,4}")
_SMALL = frozenset(
    {"de", "da", "di", "du", "la", "le", "van", "von", "der", "den", "al", "el", "bin", "ibn", "bint", "of", "the"}
)


class Label(NamedTuple):
    """The words before the colon.

    ``span`` is theirs in the document; ``name`` is what is counted (a surname, or the part in an interview, folded);
    ``words`` is the length of the turn's first line.
    """

    span: Span
    name: str
    part: bool
    capitals: bool
    dash: bool
    words: int


def turns_of(text: str, lines: Sequence[Line]) -> Mapping[int, Span]:
    """For each line (by index) that begins a turn, the document span of its label; empty on a page without turns."""
    labels = {i: label for i, line in enumerate(lines) if (label := label_of(text, line)) is not None}
    if not any(label.part and label.dash for label in labels.values()):
        labels = {i: label for i, label in labels.items() if not label.dash}  # a dash parts a name only in an interview
    if 5 * sum(label.capitals for label in labels.values()) >= 4 * len(labels):
        labels = {
            i: label for i, label in labels.items() if label.capitals or label.part
        }  # the others are no labels here
    whole = len(labels) == len(lines) or {"q", "a"} <= {label.name for label in labels.values()}
    if len(labels) < (2 if whole else LEAST_TURNS):
        return {}
    counted = Counter(label.name for label in labels.values())
    comes_back = any(label.capitals and counted[label.name] >= 2 for label in labels.values())
    firm = {
        i for i, label in labels.items() if label.part or counted[label.name] >= 2 or (label.capitals and comes_back)
    }
    names = {labels[i].name for i in firm}
    asked = any(labels[i].part and counted[labels[i].name] >= LEAST_TURNS for i in firm)
    if len(firm) < LEAST_TURNS or not (asked or (len(names) >= 2 and max(counted[name] for name in names) >= 2)):
        return {}
    interview = {"q", "a"} <= names  # nothing else is labelled so: short answers count too
    if not interview and 2 * sum(labels[i].words >= LEAST_WORDS for i in firm) < len(firm):
        return {}
    first, last = min(firm), max(firm)
    return {
        i: label.span
        for i, label in labels.items()
        if i in firm or first < i < last or (label.capitals and abs(i - first) <= 4)
    }


def label_of(text: str, line: Line) -> Label | None:
    """Read the speaker's label that opens the line, or nothing; whether the page is a transcript is left open."""
    head = text[line.start : min(line.end, line.start + _REACH)]
    colon, dash = _COLON.search(head), _DASH.search(head)
    for mark in (colon, dash):
        if mark is None:
            continue
        raw = head[: mark.start()]
        left = len(raw) - len(raw.lstrip(_LEAD))
        words = raw.strip(_LEAD).rstrip(_TRAIL)
        said = text[line.start + mark.end() : min(line.end, line.start + mark.end() + 200)]
        if said.startswith("//"):
            continue
        if words and (_is_part(words) or _is_name(words)):
            start = line.start + left
            part = _is_part(words)
            name = _fold(words) if part else _fold(words).rpartition(" ")[2]
            return Label((start, start + len(words)), name, part, _capitals(words), mark is dash, len(said.split()))
    return None


def _fold(words: str) -> str:
    """Give the words without a role behind a comma or in brackets, in one case."""
    return re.split(r"[,(\[]", words, maxsplit=1)[0].strip().casefold()


def _is_part(words: str) -> bool:
    return re.sub(r"\s*#?\d{1,2}$", "", _fold(words)) in load("layout-words")["parts"]


def _capitals(words: str) -> bool:
    name = re.split(r"[,(\[]", words, maxsplit=1)[0]
    return name.isupper() and sum(map(str.isalpha, name)) >= 2


def _is_name(words: str) -> bool:
    """One to five words with capitals (or a particle), a role behind a comma or in brackets; no known field name."""
    name = re.split(r"[,(\[]", words, maxsplit=1)[0].strip()
    if len(words) > 70 or not _NAME.fullmatch(name) or _fold(words) in load("layout-words")["no_speaker"]:
        return False
    tokens = name.split()
    return tokens[0][0].isupper() and all(
        token[0].isupper() or token in _SMALL or token[-1].isdigit() or "-" in token for token in tokens
    )
