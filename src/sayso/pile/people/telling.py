"""Evidence in words: why two speakers of two pages are taken for one, or are not."""

from __future__ import annotations

from sayso.pile.people.evidence import Weight
from sayso.pile.people.profile import companions_of
from sayso.pile.people.roles import role_words
from sayso.records import Reading, Speaker
from sayso.tables import load

FEW = 3
"""Names and roles that are told of; there may be more."""


def told(a: Reading, speaker: str, b: Reading, other: str, weight: Weight, reason: str = "") -> str:
    """What speaks for two speakers being one, seen from the first, and with a ``reason`` why they were left apart."""
    one, two = (next(s for s in r.speakers if s.id == i) for r, i in ((a, speaker), (b, other)))
    table = load("people")
    given = {"name": _plain(one.name), "other": _plain(two.name), "page": b.document.name}
    parts = [table["names"][code].format(**given) for code in weight.codes if code in table["names"]]
    beside = [code for code in weight.codes if code in table["beside"]]
    parts += [table["beside"][code].format(words=_words(code, a, one, b, two)) for code in beside]
    if reason:
        parts.append(table["left"][reason])
    return " ".join(parts)


def _plain(text: str) -> str:
    return " ".join(text.split())


def _words(code: str, a: Reading, one: Speaker, b: Reading, two: Speaker) -> str:
    """The words on both pages that a code stands for."""
    if code == "companions":
        mine, yours = companions_of(a, one.id), companions_of(b, two.id)
        return _list([mine[key] for key in sorted(mine.keys() & yours.keys(), key=lambda key: mine[key])])
    if code == "role":
        theirs = role_words([role.text for role in two.roles]).words
        return _list([_plain(role.text) for role in one.roles if role_words([role.text]).words & theirs][:1])
    if code == "title":
        theirs = role_words([role.text for role in two.roles]).titles
        return _list([_plain(role.text) for role in one.roles if role_words([role.text]).titles & theirs][:1])
    return ""


def _list(words: list[str]) -> str:
    shown = words[:FEW]
    more = f" and {len(words) - FEW} more" if len(words) > FEW else ""
    return (
        " and ".join(", ".join(shown).rsplit(", ", 1)) + more
        if len(shown) > 1 and not more
        else ", ".join(shown) + more
    )
