"""What does not add up about names: one person spelled in several ways, a pronoun that cannot be the person meant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from sayso.records import Span
from sayso.speakers.cast import Cast, Member
from sayso.speakers.mentions import Mention
from sayso.speakers.names import Name, alike, bare, fold

NEAR = 60  # characters within which nobody gives one person's whole name twice; not measured, about half a sentence
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
    seen: dict[tuple[str, ...], Mention] = {}
    for mention in member.mentions:
        if not (mention.headline and mention.name.text.isupper()):
            seen.setdefault(_plain(mention.name), mention)
    pairs = [(a, b) for a, b in combinations(seen, 2) if _differ(a, b)]
    if not pairs or any(_beside(seen[a], seen[b]) for a, b in pairs):
        return
    odd = [key for key in seen if any(key in pair for pair in pairs)]
    width = min(len(key) for key in odd)
    spelled = {key[-width:]: seen[key] for key in reversed(odd)}
    yield Variants(full.text, tuple(_end(mention, width) for mention in reversed(spelled.values())))


def _end(mention: Mention, width: int) -> tuple[str, Span]:
    """The last parts of a mention, as many as every spelling has, with their place."""
    words = " ".join(mention.name.parts[-width:])
    return words, (mention.span[1] - len(words), mention.span[1])


def _beside(a: Mention, b: Mention) -> bool:
    """Whether two whole names stand side by side in a sentence: then they are two people."""
    first, second = sorted((a.span, b.span))
    return second[0] - first[1] < NEAR and min(len(a.name.parts), len(b.name.parts)) > 1


def _plain(name: Name) -> tuple[str, ...]:
    return tuple(fold(bare(part)) for part in name.parts)


def _differ(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two names, compared from their ends, have a part that is spelled otherwise; an ending more is a plural."""
    pairs = list(zip(reversed(a), reversed(b), strict=False))
    if len(a) == len(b):
        pairs = list(zip(a, b, strict=True))
    return any(min(len(x), len(y)) >= LEAST and alike(x, y) and not x.startswith(y) and not y.startswith(x) for x, y in pairs)
