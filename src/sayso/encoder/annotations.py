"""What the encoder hands on: marked spans of words, and how they belong together."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.records import Span

WordSpan = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Marked:
    """A span of words with its kind (source, cue, content; person, organisation, place, other) and probability."""

    kind: str
    words: WordSpan
    probability: float


@dataclass(frozen=True, slots=True)
class Attribution:
    """One cue with its source and contents (none where it found no content), or contents without a cue.

    Probabilities are of the links that made it.
    """

    source: Marked | None
    cue: Marked | None
    contents: tuple[Marked, ...]
    source_link: float
    content_links: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Coreference:
    """``antecedents``: for one span the earlier spans it may go back to with probabilities; the rest is "none"."""

    span: WordSpan
    antecedents: tuple[tuple[WordSpan, float], ...]


@dataclass(frozen=True, slots=True)
class Annotations:
    """All that one pass of the encoder said of a text. ``words`` are spans of characters in the text that was read."""

    words: tuple[Span, ...]
    attributions: tuple[Attribution, ...] = ()
    names: tuple[Marked, ...] = ()
    coreference: tuple[Coreference, ...] = ()
    doubtful: tuple[WordSpan, ...] = ()  # runs of words outside all content that may well be content

    def characters(self, words: WordSpan) -> Span:
        """The stretch of text from the first to the last of some words."""
        return self.words[words[0]][0], self.words[words[1] - 1][1]
