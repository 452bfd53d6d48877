"""Other names that a page itself gives: an acronym in brackets behind a body's name, a nickname, a name somebody is known by.

"Harbour Users' Council (HUC)" makes HUC the council wherever it stands; "Edvaldo Tranquilim, known as Didico, …" makes
Didico him. Nothing is known but what the page says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from sayso.records import Span
from sayso.speakers.mentions import Mention, is_acronym
from sayso.speakers.names import Name, fold, parse

MOST = 40  # acronyms of one page that are spelled out; each costs one search of the text
Key = tuple[str, ...]
_SHORT = re.compile(
    r"((?:\s+(?:of|for|and|the|des|du|de|la|&|[A-Z][\w’'-]*)){0,6})[’']?"
    r"(?:\s*\(\s*(?:the\s+)?[“\"‘']?([A-Z][A-Za-z.&-]{1,9})[”\"’']?\s*\)|,\s+([A-Z]{2,8}),?\s+for short)"
)
_CALLED = re.compile(
    r",?\s+\(?(?:(?:who (?:is |was )?)?(?:better |also |widely |otherwise |universally )?known (?:to [a-z ]{3,30} )?"
    r"(?:simply )?as|nicknamed|dubbed|alias|aka|a\.k\.a\.|whom? (?:[a-z]+ ){1,4}calls?)"
    r"\s+(?:the\s+)?[“\"‘']?((?:[A-Z][\w’-]*)(?:\s[A-Z][\w’-]*)?)"
)
_INSIDE = re.compile(r"\s+[“\"‘'(](?:[Tt]he\s+)?([A-Z][\w-]+)[”\"’')]\s+[A-Z][\w’-]+")
_WORD = re.compile(r"[^\W\d_]+")


def _initials(text: str) -> str:
    return "".join(w[0].casefold() for w in _WORD.findall(text))


def _stands_for(short: str, full: str) -> bool:
    """Whether the capitals of an acronym are, in order, among the initials of a name that begins with the first of them."""
    capitals = [c.casefold() for c in short if c.isupper()]
    initials = _initials(full)
    if len(capitals) < 2 or not initials or initials[0] != capitals[0]:
        return False
    rest = iter(initials)
    return all(c in rest for c in capitals)


def _acronym(text: str, mention: Mention) -> tuple[Span, str] | None:
    """The whole name before an acronym in brackets, and the acronym."""
    found = _SHORT.match(text, mention.span[1])
    if found is None:
        return None
    short = found.group(2) or found.group(3)
    whole = (mention.span[0], found.end(1))
    return (whole, short) if _stands_for(short, text[slice(*whole)]) else None


def _spelled_out(text: str, mentions: Sequence[Mention], known: dict[Key, Key]) -> list[Mention]:
    """The mentions, those that are parts of a body's name joined where its acronym stands elsewhere on the page.

    "The Securities and Exchange Commission … the S.E.C. said": two names and an acronym are one body.
    """
    shorts = dict.fromkeys(m.name.text.replace(".", "") for m in mentions if is_acronym(m.name))
    found: dict[Span, str] = {}
    for short in islice(shorts, MOST):
        if (span := _full_name(text, short)) is not None:
            found[span] = short
    for span, short in found.items():
        words_ = tuple(text[slice(*span)].split())
        inside = [m for m in mentions if m.span[0] < span[1] and span[0] < m.span[1]]
        if not inside or any(m.span[0] < span[0] or m.span[1] > span[1] for m in inside):
            continue
        known[(fold(short),)] = Name((), words_).key
        whole = replace(inside[0], span=span, name=Name((), words_), kind="organisation")
        mentions = sorted([*(m for m in mentions if m not in inside), whole], key=lambda m: m.span)
    return list(mentions)


def _full_name(text: str, short: str) -> Span | None:
    """The first run of words with capitals whose initials are an acronym's letters; small words between do not count."""
    initials = r"\s+(?:(?:of|for|and|the|on|in|&)\s+){0,2}".join(rf"{c}[a-zà-ž][\w’'-]*" for c in short)
    found = re.search(rf"\b{initials}\b", text) if len(short) > 2 and short.isalpha() and short.isascii() else None
    return found.span() if found else None


def _names(text: str, mention: Mention) -> Iterator[str]:
    """Names that somebody is called by, as the words in or behind a full name say."""
    if mention.kind != "organisation" and len(mention.name.parts) > 1 and (found := _CALLED.match(text, mention.span[1])):
        yield found.group(1)


def other_names(text: str, mentions: Sequence[Mention]) -> tuple[list[Mention], dict[Key, Key]]:
    """The mentions, bodies with an acronym behind them in full, and other names to the full ones, as keys of names."""
    out: list[Mention] = []
    known: dict[Key, Key] = {}
    longer = {fold(part) for m in mentions if len(m.name.parts) > 1 for part in m.name.parts}
    for mention in _spelled_out(text, mentions, known):
        if mention.kind == "sort" and mention.name.key[0] in longer:
            mention = replace(mention, kind="organisation")  # the Guard, after the River Guard
        if out and mention.span[0] < out[-1].span[1]:
            continue  # a word of the whole name before it
        if (found := _acronym(text, mention)) is not None:
            span, short = found
            whole = Name((), tuple(text[slice(*span)].split()))  # "High Commissioner for Refugees": no title, a part of it
            mention = replace(mention, span=span, name=whole, kind="organisation")
            known.setdefault((fold(short),), mention.name.key)
        elif mention.kind != "organisation" and (nickname := _INSIDE.match(text, mention.span[1])):
            span = (mention.span[0], nickname.end())
            mention = replace(mention, span=span, name=parse(text[slice(*span)]), kind="person")
            known.setdefault((fold(nickname.group(1)),), mention.name.key)
        for name in _names(text, mention):
            known.setdefault(parse(name).key, mention.name.key)
        out.append(mention)
    return out, {short: full for short, full in known.items() if short != full}

