"""Bodies by trade ("the bank", "the news site"), places that speak ("the state"), and one of several ("said one")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from sayso.speakers.cast import Member
from sayso.speakers.mentions import Mention
from sayso.speakers.names import fold, is_person, words
from sayso.speakers.source import head_noun
from sayso.tables import load

_WHICH = re.compile(r",\s+which\b")
_BESIDE = re.compile(r",\s+((?:an?|the)\s[^,.;:()“”\"\n]{3,90})(?=[,.;])")
REACH = 40  # characters behind a name that are looked at
_NOUNS = re.compile(r"(?:(?<![\w’'-])[A-Z]?[\w-]+ )?(?<![\w’'-])[A-Za-z][\w-]*s(?![\w’'-])")


@cache
def _trades() -> tuple[dict[str, str], dict[str, frozenset[str]]]:
    """Nouns to their trade, and words of names to the trades that they tell."""
    nouns: dict[str, str] = {}
    names: dict[str, frozenset[str]] = {}
    for trade in load("trades")["trades"]:
        nouns |= dict.fromkeys(trade["nouns"], trade["name"])
        for word in trade["names"]:
            names[word] = names.get(word, frozenset()) | {trade["name"]}
    return nouns, names


def trade_of_noun(noun: str) -> str | None:
    """The trade of a noun for a body, or None."""
    return _trades()[0].get(noun)


def same_trade(trade: str, member: Member, sure: bool = False) -> bool:
    """Whether nothing in a body's name tells another trade; ``sure``: whether it tells this one."""
    told = [found for part in member.full.parts if (found := _trades()[1].get(fold(part)))]
    return any(trade in found for found in told) if told or sure else True


def is_place_noun(noun: str) -> bool:
    """Whether a noun is one for a place that may speak."""
    return noun in load("trades")["places"]["nouns"]


@cache
def _behind() -> re.Pattern[str]:
    """Words behind a name that only a body's name has behind it."""
    listed = "|".join(re.escape(w) for w in load("trades")["behind"]["words"])
    return re.compile(rf"(?i)\s+(?:(?:former|then|senior|deputy)\s+)?(?:{listed})\b")


def _is_told(text: str, mention: Mention) -> bool:
    """Whether what stands behind a name says that it is a body's: "X shareholders", "X, which", "X, a charity"."""
    at = mention.span[1]
    subject = mention.span[0] == 0 or text[max(0, mention.span[0] - 2) : mention.span[0]].endswith((". ", "\n"))
    if _behind().match(text, at, at + REACH) or (subject and _WHICH.match(text, at)):
        return True
    beside = _BESIDE.match(text, at)
    if beside is None:
        return False
    noun = head_noun(beside.group(1))
    return not is_person(noun) and (noun in words("body_nouns") or trade_of_noun(noun) is not None)


def told_bodies(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, names that the tagger takes for people's marked as bodies where the words behind them say so."""
    return [
        replace(m, told=True) if m.kind in ("person", "other") and not m.name.titles and _is_told(text, m) else m for m in mentions
    ]


def antecedent(before: str) -> str:
    """One of the several people told of last in a stretch: "Tarn pilots waited" gives "Tarn pilot"; nothing where there are none."""
    for m in reversed(list(_NOUNS.finditer(before))):
        *head, last = m.group().split(" ")
        singular = last[:-1]
        if not is_person(fold(singular)):
            continue
        kept = [w for w in head if fold(w) not in load("trades")["before"]["words"] and fold(w) not in words("openers")]
        return " ".join([*kept, singular]) if kept or singular[0].islower() else singular[0].lower() + singular[1:]
    return ""
