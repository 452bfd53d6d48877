"""What happened to those a figure counts: killed, injured, missing, displaced, detained, or casualties of no told kind."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from sayso.figures.heads import is_person, is_stop
from sayso.figures.line import Line
from sayso.figures.mention import Mention
from sayso.tables import load

#: How far from the number the word for the event may stand, in tokens, and what lies between counts as so many more.
FAR, OTHER_FIGURE, CLAUSE, LINK = 14, 20, 5, 2
#: The same for what is no person ("killed 6 mules"): the word must stand right by.
CLOSE = 3
#: How far before a bare number "the number of dead" may stand.
NUMBER_FAR = 40
#: The longest aside between two commas, in tokens.
ASIDE = 14
_CLAUSE = {";", "but", "while", "who", "which", "(", ")", "–", "—", "after", "when"}
#: The most words of a passive before its participle: "have so far been".
AUXILIARIES = 4
_BEFORE_VERB = {"were", "was", "been", "being", "are", "is", "had", "have", "has", "also", "still", "so", "far", "reported"}  # fmt: skip
_DETERMINERS = {"the", "its", "their", "these", "those", "some", "of", "a"}
_LINK = {"and", "or", ","}
_PASSIVE = {"were", "was", "been", "being", "are"}
_SMALL = {",", "and", "or", "including", "the", "were", "was", "have", "has", "had", "been", "another"}


@cache
def _event_words() -> dict[str, str]:
    table = load("figures-events")["words"]
    return {word: event for event, words in table.items() for word in words if " " not in word}


def is_event(word: str) -> bool:
    """Whether a word tells what happened to people ("killed", "arrests")."""
    return word in _event_words()


@cache
def _sets() -> dict[str, frozenset[str]]:
    table = load("figures-events")
    return {
        "negators": frozenset(table["undone"]["negators"]),
        "released": frozenset(table["undone"]["released"]),
        "lives": frozenset(table["lives"]["nouns"]),
        "lost": frozenset(table["lives"]["verbs"]),
        "held": frozenset(table["held"]["words"]),
        "still": frozenset(table["undone"]["still"]),
    }


def event_of(line: Line, mentions: Sequence[Mention], k: int) -> str:
    """The event of ``mentions[k]``: that of the nearest word for one, in its own clause before all; empty where none is."""
    mention = mentions[k]
    if mention.unit == "percent":
        return _event_of_share(line, mention)
    if mention.unit != "count" or mention.amount.compound:
        return ""
    words = _event_words()
    if mention.head is None and (event := event_of_number(line, mention)):
        return event
    if mention.head and _sets()["lives"] & set(line.words[slice(*mention.head)]):
        near = set(line.words[max(0, mention.first - 5) : mention.last + 5])
        return "killed" if near & _sets()["lost"] else ""
    inside = [words[w] for w in line.words[mention.amount.last : mention.last] if w in words]
    if inside and line.at[mention.last - 1] not in _sets()["still"]:
        return "" if _let_go(line, mention) else inside[-1]
    best = _nearest(line, mentions, k, FAR if _counts_people(line, mention) else CLOSE)
    if best == "detained" and _let_go(line, mention):
        return ""
    return best if best is not None else ("" if _let_go(line, mention) else (inside or [""])[-1])


def _nearest(line: Line, mentions: Sequence[Mention], k: int, far: int) -> str | None:
    """The event nearest to a figure, empty where it is denied, None where none is near."""
    mention, words = mentions[k], _event_words()
    if _is_held(line, mentions, k):
        return "detained"
    if (own := _own_verb(line, mention)) is not None:
        return own
    others = {i for m in mentions if m is not mention and not m.refused for i in range(m.first, m.last)}
    best, cost = None, far + 1
    for i in range(max(0, mention.first - FAR), min(len(line), mention.last + FAR)):
        event = words.get(line.words[i])
        if event is None or mention.first <= i < mention.last or i in others or _is_idle(line, i):
            continue
        price = _price(line, mentions, k, i)
        if price < cost:
            best, cost = "" if _undone(line, mention, i) else _joined_event(line, i, event), price
    return best


def _own_verb(line: Line, mention: Mention) -> str | None:
    """The event of the passive right behind a figure: "44 were confirmed dead, 112 HAD BEEN INJURED"."""
    i = mention.last
    while i < mention.last + AUXILIARIES and line.at[i] in _BEFORE_VERB:
        i += 1
    event = _event_words().get(line.at[i]) if i > mention.last else None
    return None if event is None or _undone(line, mention, i) else _joined_event(line, i, event)


def _is_held(line: Line, mentions: Sequence[Mention], k: int) -> bool:
    """Whether people are held: the verb right before their list, or in the passive right behind ("20 men ARE BEING HELD")."""
    mention, first = mentions[k], mentions[k].first
    if not _counts_people(line, mention):
        return False
    for other in reversed(mentions[:k]):
        if other.refused or any(word not in _SMALL for word in line.words[other.last : first]):
            break
        first = other.first
    behind = line.words[mention.last : mention.last + 3]
    held = _sets()["held"]
    return line.at[first - 1] in held or (behind[:1] != () and behind[0] in _PASSIVE and bool(held & set(behind)))


def _is_idle(line: Line, i: int) -> bool:
    """As in "death penalty", "the drowned streets": words for an event only with some words around them."""
    behind = line.at[i + 1]
    if line.at[i - 1] in _DETERMINERS and line.words[i].endswith("ed") and behind[:1].isalpha():
        return not (is_person(behind) or is_stop(behind) or behind in _event_words())  # what was drowned is a thing
    return (
        line.words[i] == "death" and line.at[i + 1] not in ("toll", "tolls", "of", "count") and line.at[i - 1] != "to"
    )


def _let_go(line: Line, mention: Mention) -> bool:
    """Whether those who were held are free again."""
    return bool(_sets()["released"] & set(line.words[max(0, mention.first - 4) : mention.last + 5]))


def _event_of_share(line: Line, mention: Mention) -> str:
    """As in "70% of those KILLED"."""
    words = line.words[mention.last : mention.last + 7]
    if words[:1] != ("of",):
        return ""
    return next((_event_words()[word] for word in words if word in _event_words()), "")


def event_of_number(line: Line, mention: Mention) -> str:
    """As in "the number of DEAD … has risen to 40": what the number told before is of."""
    for i in range(mention.first - 1, max(-1, mention.first - NUMBER_FAR), -1):
        if line.words[i] in ("number", "toll", "count", "tally") and line.at[i + 1] == "of":
            told = next((_event_words()[w] for w in line.words[i + 2 : i + 7] if w in _event_words()), "")
            if told or line.words[i] != "toll":
                return told
        if line.words[i] == "toll":
            return "killed"
        if line.words[i] in (".", ";", '"', "“"):
            break
    return ""


def _counts_people(line: Line, mention: Mention) -> bool:
    if mention.head is None:
        return True
    word = line.at[mention.head[1] - 1]
    return (
        is_person(word)
        or word in _event_words()
        or word in _sets()["lives"]
        or word in ("cases", "more")
        or line.capital(mention.head[1] - 1)
    )


def _price(line: Line, mentions: Sequence[Mention], k: int, i: int) -> int:
    """How far the word at ``i`` is from the figure: tokens, and more for what stands between."""
    mention = mentions[k]
    start, end = (_past_aside(line, mention.last, i), i) if i >= mention.last else (i + 1, mention.first)
    others = [m for m in mentions if not m.refused and start <= m.first and m.last <= end and m is not mention]
    if others:
        covered = {j for m in others for j in range(m.first, m.last)}
        rest = [line.words[j] for j in range(start, end) if j not in covered]
        if all(word in _SMALL for word in rest):  # "killed 20 men, 10 women and 5 CHILDREN"
            return len(rest) + len(others)
    price = end - start + OTHER_FIGURE * len(others) + (0 if i < mention.first else 1)
    if i < mention.first and line.at[i - 1] in _PASSIVE and "by" not in line.words[i:end]:
        price += OTHER_FIGURE  # "hundreds were injured and DOZENS remain": the first took the word
    for word in line.words[start:end]:
        price += CLAUSE if word in _CLAUSE else LINK if word in _LINK else 0
    return price


def _past_aside(line: Line, start: int, i: int) -> int:
    """Where to count from when an aside stands between a figure and its verb ("four people, one of them a child, DIED")."""
    if line.at[start] != ",":
        return start
    return next((j + 1 for j in range(start + 2, min(start + ASIDE, i)) if line.words[j] == ","), start)


def _undone(line: Line, mention: Mention, i: int) -> bool:
    """Whether the word for the event is denied, or the figure is the whole of which none was hit."""
    before = line.words[max(0, i - 3) : i]
    if set(before) & _sets()["negators"] and "only" not in before:
        return True
    whole = line.words[max(0, mention.first - 4) : mention.first]
    return "of" in whole and ("none" in whole or "not" in whole)


def _joined_event(line: Line, i: int, event: str) -> str:
    """As in "killed or wounded 50": two events with one number are casualties."""
    words = _event_words()
    for step in (1, -1):
        if line.at[i + step] in ("and", "or", "/"):
            other = words.get(line.at[i + 2 * step])
            if other and other != event and {other, event} <= {"killed", "injured", "missing"}:
                return "casualties"
    return event
