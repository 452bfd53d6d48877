"""Names with a word too many in front: "Rival Lia Renn", "STORM Renn", where the page has the name alone elsewhere.

At the head of a sentence and in headlines every word has a capital, and a word that only describes looks like a given name.
The page itself tells them apart: a name that stands alone more often is the name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from sayso.records import Span
from sayso.speakers.mentions import Mention
from sayso.speakers.names import Name, fold, given_gender, words

OFTENER = 2  # times that the shorter name must stand for each of the longer one; not measured, one may be a slip
LONG = 3  # letters from which a word all in capitals is no initials


def trimmed(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, those with a word too many in front cut down to the name."""
    counts = Counter(m.name.key for m in mentions)
    return [_trimmed(text, m, counts) for m in mentions]


def _trimmed(text: str, mention: Mention, counts: Counter[tuple[str, ...]]) -> Mention:
    name = mention.name
    if len(name.parts) < 2 or mention.kind == "organisation":
        return mention
    if _shouted(name) and not counts[(fold(name.parts[0].title()), *name.key[1:])] > 1 and not _given(name):
        return _without_first(text, mention)
    alone = counts[name.key[1:]]
    if len(name.parts) > 2 and alone >= OFTENER * counts[name.key] and not _given(name):
        return _without_first(text, mention)
    return mention


def _shouted(name: Name) -> bool:
    """Whether the first word is all in capitals and the others are not: "STORM Renn"."""
    first, rest = name.parts[0], name.parts[1:]
    return len(first) > LONG and first.isupper() and not any(part.isupper() for part in rest)


def _given(name: Name) -> bool:
    """Whether the first word is known as a given name, or begins an Arabic or regnal name."""
    first = Name((), name.parts[:1])
    return bool(given_gender(first)) or fold(first.text) in words("particles") or len(fold(first.text)) < LONG


def _without_first(text: str, mention: Mention) -> Mention:
    first, rest = mention.name.parts[0], mention.name.parts[1:]
    at = text.find(first, *mention.span)
    start = at + len(first)
    while start < mention.span[1] and not text[start].isalnum():
        start += 1
    span: Span = (start, mention.span[1])
    return replace(mention, span=span, name=Name((), rest)) if at >= 0 and start < mention.span[1] else mention
