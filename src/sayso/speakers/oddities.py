"""What does not add up about names: one person spelled in several ways, a pronoun that cannot be the person meant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sayso.records import Span
from sayso.speakers.cast import Cast, Member
from sayso.speakers.names import Name, alike, bare, fold

NEAR = 60  # characters within which nobody gives one person's whole name twice
LEAST = 4  # letters that both spellings have: shorter names differ by one letter and are two people


@dataclass(frozen=True, slots=True)
class Variants:
    """The spellings of one person's name, each with the place where it first stands."""

    name: str
    spellings: tuple[tuple[str, Span], ...]


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A pronoun that goes back to somebody whom the page otherwise calls by the other one."""

    pronoun: Span
    name: str
    named: Span
    called: str


def variants(cast: Cast) -> tuple[Variants, ...]:
    """Members of the cast whose name is spelled in more than one way; accents, case and hyphens do not count."""
    return tuple(found for member in cast.members if member.kind == "person" for found in _of(member))


def _of(member: Member) -> Iterator[Variants]:
    full = member.full
    if len(full.parts) < 2 and not full.titles:
        return  # one word may be a people's name and its adjective
    seen: dict[tuple[str, ...], tuple[str, Span]] = {}
    for mention in member.mentions:
        if mention.headline and mention.name.text.isupper():
            continue
        parts = _plain(mention.name)
        if any(_differ(parts, other) and not _beside(mention.span, *seen[other], mention.name) for other in seen):
            seen.setdefault(parts, (mention.name.text, mention.span))
        elif not seen:
            seen[parts] = (mention.name.text, mention.span)
        elif len(parts) > max(map(len, seen)):
            seen.setdefault(parts, (mention.name.text, mention.span))
    odd = [key for key in seen if any(_differ(key, other) for other in seen)]
    if len(odd) > 1:
        yield Variants(full.text, tuple(seen[key] for key in odd))


def _beside(span: Span, text: str, other: Span, name: Name) -> bool:
    """Whether two whole names stand side by side in a sentence: then they are two people."""
    return abs(span[0] - other[1]) < NEAR and len(name.parts) > 1 and " " in text


def _plain(name: Name) -> tuple[str, ...]:
    return tuple(fold(bare(part)) for part in name.parts)


def _differ(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two names, compared from their ends, have a part that is spelled otherwise; an ending more is a plural."""
    pairs = list(zip(reversed(a), reversed(b), strict=False))
    if len(a) == len(b):
        pairs = list(zip(a, b, strict=True))
    return any(min(len(x), len(y)) >= LEAST and alike(x, y) and not x.startswith(y) and not y.startswith(x) for x, y in pairs)
