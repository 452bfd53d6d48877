"""The roles of a speaker as they are worth listing: without titles of courtesy, without a possessive's ending."""

from __future__ import annotations

import re

from sayso.records import Speaker
from sayso.tables import load

_LEAD = re.compile(r"\A(?:the|a|an|his|her|its|their|our)\s+", re.IGNORECASE)
_WHOSE = re.compile(r"(?:(?<=s)[’'´]|[’'´]s)\Z", re.IGNORECASE)


def role_of(text: str) -> str:
    """A role in one line as it is listed; empty where it is a title of courtesy alone ("Mrs")."""
    plain = _WHOSE.sub("", _LEAD.sub("", " ".join(text.split()), count=1)).strip(" ,;:")
    return "" if plain.casefold() in load("who-speaks")["courtesy"] else plain


def roles_of(speaker: Speaker) -> tuple[str, ...]:
    """The roles of a speaker of a page that are worth listing, in order, each once in whatever case."""
    found: dict[str, str] = {}
    for role in speaker.roles:
        plain = role_of(role.text)
        if plain:
            found.setdefault(plain.casefold(), plain)
    return tuple(found.values())
