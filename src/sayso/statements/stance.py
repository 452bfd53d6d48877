"""The stance of a statement: what its speaker does with what is said, by the words of the cue with their negation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import get_args

from sayso.errors import SaysoError
from sayso.records import Act
from sayso.tables import load

STANCES = ("neutral", "affirm", "deny", "doubt", "demand", "warn", "praise", "blame", "ask")
LONGEST = 4  # words of a form of the table
HEAD = 14  # words of a content that are looked at; the verb of "asked the council of the town to …" stands before that
_FORM = re.compile(r"[^\W_]+(?:[-’'´][^\W_]+)*")
_MARKS = frozenset("“‘«„\"'")
_BENT = str.maketrans("’´", "''")


@dataclass(frozen=True, slots=True)
class _Group:
    stance: str
    negated: str
    refused: str


@cache
def _forms() -> dict[tuple[str, ...], _Group]:
    """Every form of the table as its words. Raises ``SaysoError`` where a form or stance of the table makes no sense."""
    out: dict[tuple[str, ...], _Group] = {}
    for row in load("stances")["groups"]:
        group = _Group(row["stance"], row["negated"], row["refused"])
        if not {group.stance, group.negated, group.refused} <= set(STANCES):
            raise SaysoError(f"table “stances” has a stance that is none of {', '.join(STANCES)}: {group}")
        for form in row["forms"]:
            words = tuple(form.split())
            if words in out or len(words) > LONGEST:
                raise SaysoError(f"table “stances”: {form!r} stands in two groups, or has more than {LONGEST} words")
            out[words] = group
    return out


@cache
def _list(key: str) -> frozenset[str]:
    return frozenset(load("stances")[key])


def stance_of(cue: str, content: str = "", act: Act = "say") -> str:
    """One of ``STANCES`` for a cue: the first word or phrase that the table knows, turned by what stands before it.

    ``content`` tells a demand from a question ("asked the council to mend it", "asked who paid") and holds the rest of a
    cue that was cut short ("called" | "for a new count"). ``act``: wanting and thinking are neutral unless the cue itself
    refuses, doubts or threatens.
    """
    if act not in get_args(Act):
        raise SaysoError(f"{act!r} is no act of a statement: say, think or want")
    words = _words(cue)
    words += _carried_over(words, _head(content))
    at = 0
    while at < len(words):
        length, group = _form(words, at)
        if group is not None and (group.stance != "neutral" or _turned(words[:at])):
            return _bent(group, words[:at], words[at : at + length], words[at + length :], content, act)
        at += length  # "thinks" says nothing yet: "is thought to have denied"
    return "demand" if act == "say" and _bids(words, content) else "neutral"


def withheld(cue: str, content: str = "") -> bool:
    """Whether a cue says that the words were not said: "declined to say", "has not said", "did not repeat".

    No stance fits those: what is not said is neither told nor denied.
    """
    words = _words(cue)
    words += _carried_over(words, _head(content))
    for n, word in enumerate(words):
        if word in _list("telling"):
            return bool(_turned(words[:n]))
        if _form(words, n)[1] is not None:
            return False  # "did not deny saying so"
    return False


def _form(words: Sequence[str], at: int) -> tuple[int, _Group | None]:
    """The longest form of the table at a word of a cue, with how many words it has."""
    for length in range(min(LONGEST, len(words) - at), 0, -1):
        group = _forms().get(tuple(words[at : at + length]))
        if group is not None:
            return length, group
    return 1, None


def _words(cue: str) -> list[str]:
    """Words of a cue in lower case, "didn’t" as "did" and "not"."""
    out: list[str] = []
    for m in _FORM.finditer(cue.lower().translate(_BENT)):
        word = m.group()
        out += [word[:-3], "not"] if word.endswith("n't") else [word]
    return out


def _carried_over(words: Sequence[str], head: Sequence[str]) -> list[str]:
    """What the content holds of the cue: its particle, or the verb after "refused"."""
    if not words or not head:
        return []
    if head[0] in _list("particles") and (words[-1], head[0]) in _forms():
        return [head[0]]
    if words[-1] in _list("refusing") and head[0] == "to":
        return list(head[:3])
    if words[-1] == "to" and len(words) > 1 and words[-2] in _list("refusing"):
        return list(head[:2])
    return []


def _turned(before: Sequence[str]) -> str:
    """Whether the words before a form say that it is "negated" or "refused", or nothing."""
    for n, word in enumerate(before):
        if word in _list("refusing"):
            return "" if n and before[n - 1] in _list("negations") else "refused"
        if word in _list("negations") and not (n + 1 < len(before) and before[n + 1] in _list("emphatic")):
            rest = before[n + 1 :]
            return "" if any(w in _list("refusing") for w in rest) else "negated"
    return ""


def _bent(
    group: _Group, before: Sequence[str], form: Sequence[str], after: Sequence[str], content: str, act: Act
) -> str:
    """The stance of a form of the table, with the words of the cue before and after it."""
    turned = _turned(before)
    if turned:
        return group.negated if turned == "negated" else group.refused
    if group.stance == "ask" and form[0].startswith("ask") and ("for" in after or _bids(form, content)):
        return "demand"
    return "neutral" if group.stance == "praise" and act == "want" else group.stance


def _bids(words: Sequence[str], content: str) -> bool:
    """Whether somebody is told or asked to do something: "to" before a verb early in the content, and no question."""
    head = _head(content)
    if not words or not head or words[-1] not in _list("bidding") or head[0] in _list("questions"):
        return False
    if content[:1] in _MARKS or "?" in content:
        return False
    if head[0] == "that":
        return words[-1].startswith("ask")
    if head[0] in _list("subjects"):
        return False
    for word in head:
        if word in _list("finite"):
            return False
        if word == "to":
            return True
    return False


def _head(content: str) -> list[str]:
    """The first words of a content in lower case."""
    return [m.group().lower().translate(_BENT) for m in islice(_FORM.finditer(content), HEAD)]
