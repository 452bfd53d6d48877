"""What stands on a page and is not the article: labels, links, buttons, appeals, notices, filler, what follows below.

Few and right: a unit that reads like article text (``is_article``) is never taken by a rule for single units.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from sayso.layout.units import Unit, fold
from sayso.tables import load

#: Latin filler: at least this many words, and this share of them, are words of the usual dummy text.
LATIN_WORDS, LATIN_SHARE = 6, 0.6
#: More words than this, ending with a stop, with a quotation or a reporting verb: article text.
ARTICLE_WORDS = 12
#: What follows a furniture heading is furniture only where it is at most this share of the article's length.
TAIL_SHARE = 0.25
#: Lines taken by their form are shorter than this (in characters): an address of 200 characters is the longest seen.
LONGEST_FORM = 800
_OPENING = '“"«„‘'
_SEPARATOR = re.compile(r"\s*[:|»›→]|\s+[–—-]+\s")
_QUOTED = re.compile(r"[“\"«„][^“”\"«»„]{12,}")
_CRUMBS = re.compile(r"\s(?:[»›→>/|]|::)\s")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[^\s@]{1,64}@[^\s@]{1,255}\.\w{1,63}|\+?[\d()][\d()\s.-]{6,20}")
_THING = r"(?:comments?|shares?|views?|likes?|replies|reactions?|retweets?|reads?)"
_COUNT = re.compile(rf"\d[\d,.]*[km]? {_THING}(?: \d[\d,.]*[km]? {_THING})*")
_RIGHTS = re.compile(
    r"^\W{0,3}(?:©|\(c\)\s*\d{4}|copyright\s*(?:©|:|\(c\)|\d{4}))|\ball rights reserved\b", re.IGNORECASE
)
_FOLLOW = re.compile(
    r"(?:follow|like|find) (?:\S+ ){1,6}(?:on|at) (?:social media|facebook|twitter|x|instagram|telegram|bluesky|threads"
    r"|tiktok|youtube|whatsapp|linkedin|mastodon)\b"
)
_EMPTY_SOURCE = re.compile(r"\W{0,3}(?:source|sources|via)\s*[:：]\W{0,3}", re.IGNORECASE)
_SOURCE = re.compile(r"\W{0,3}(?:source|sources|via)\s*[:：]\s*\S|SOURCE\s+[A-Z]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Taken:
    """Why a unit is furniture: the rule's name, and whether it promotes or fills where article text should stand."""

    name: str
    promotion: bool = False
    filler: bool = False


@dataclass(frozen=True, slots=True)
class _Rule:
    name: str
    match: str
    most: int
    promotion: bool
    phrases: tuple[str, ...]
    whole: frozenset[str]


@cache
def _rules() -> tuple[_Rule, ...]:
    return tuple(
        _Rule(
            rule["name"],
            rule["match"],
            rule["max_words"],
            rule["promotion"],
            tuple(rule["phrases"]),
            frozenset(rule["phrases"]),
        )
        for rule in load("furniture-rules")["rule"]
    )


@cache
def _words(table: str, key: str) -> frozenset[str]:
    return frozenset(load("furniture-rules")[table][key])


def is_article(unit: Unit) -> bool:
    """Whether the unit reads like article text.

    It opens with a quotation, or has more than a dozen words, a stop, and a quotation or a reporting verb.
    """
    text = unit.text
    if text[:1] in '“"«„' and unit.words > 3:
        return True
    if unit.words <= ARTICLE_WORDS or not unit.stops:
        return False
    return _QUOTED.search(text) is not None or not _verbs().isdisjoint(unit.folded.split(" "))


@cache
def _verbs() -> frozenset[str]:
    return frozenset(load("layout-words")["reporting"])


def is_empty_source(unit: Unit) -> bool:
    """Whether the unit is a line "Source :" with nothing behind it."""
    return len(unit.text) <= 20 and _EMPTY_SOURCE.fullmatch(unit.text) is not None


def is_source_line(unit: Unit) -> bool:
    """Whether the unit is a short line that says where the text was taken from: "Source: Example Agency"."""
    return unit.words <= 12 and not unit.stops and _SOURCE.match(unit.text) is not None


def taken(unit: Unit) -> Taken | None:
    """Why the unit, looked at alone, is furniture; nothing where it is not."""
    filler = _filler(unit)
    if filler is not None:
        return filler
    if is_article(unit):
        return None
    for rule in _rules():
        if unit.words <= rule.most and _matches(rule, unit):
            return Taken(rule.name, rule.promotion)
    name = _by_form(unit)
    return Taken(name) if name else None


def _matches(rule: _Rule, unit: Unit) -> bool:
    folded = unit.folded
    if rule.match == "line":
        return folded in rule.whole and not (unit.stops and unit.words == 1)
    if rule.match == "part":
        return any(phrase in folded for phrase in rule.phrases)
    if not folded.startswith(rule.phrases):
        return False
    if rule.match == "start":
        return any(folded.startswith(phrase + " ") or folded == phrase for phrase in rule.phrases)
    if unit.stops and unit.words > 6:
        return False  # a link is no sentence
    mark = _SEPARATOR.search(unit.text[:60])
    return mark is not None and fold(unit.text[: mark.start()]) in rule.whole


def _by_form(unit: Unit) -> str:
    """Name the form (share buttons, breadcrumb, count, address, rights, follow line, picture credit) or ""."""
    text, folded = unit.text, unit.folded
    if unit.words > 70 or len(text) > LONGEST_FORM:
        return ""
    words = folded.split(" ")
    if (
        unit.words <= 16
        and not unit.stops
        and _words("buttons", "words").issuperset(words)
        and not _words("buttons", "networks").isdisjoint(words)
    ):
        return "share buttons"
    if _is_breadcrumb(unit):
        return "breadcrumb"
    if unit.words <= 8 and _COUNT.fullmatch(text.casefold()):
        return "count"
    if unit.words <= 24 and _ADDRESS.search(text) and not fold(_ADDRESS.sub(" ", text)):
        return "address"
    if _RIGHTS.search(text) and (unit.words <= 40 or text.startswith("©")):
        return "rights notice"
    if unit.words <= 30 and _FOLLOW.match(folded) and not unit.item:
        return "follow line"
    if unit.words <= 9 and not unit.stops and is_picture_credit(text):
        return "picture credit"
    return ""


def is_picture_credit(text: str) -> bool:
    """Whether the words only name who made a picture: "Photo: Example Agency", "Agency/Jane Doe"."""
    mark = _SEPARATOR.search(text[:40])
    if mark is not None and fold(text[: mark.start()]) in _words("picture", "labels"):
        return True
    names = [fold(part) for part in re.split(r"[/|]| via ", text.strip("()[] "))]
    agencies = _words("picture", "agencies")
    return names[0] in agencies or names[-1] in agencies


def _is_breadcrumb(unit: Unit) -> bool:
    if unit.words > 40 or unit.stops or any(map(str.isdigit, unit.text)):
        return False
    parts = [part for part in _CRUMBS.split(unit.text) if part.strip()]
    if len(parts) < 2:
        return False
    home = fold(parts[0]) in ("home", "homepage", "front page", "main", "news")
    marked = bool(re.search(r"\s[»›→>]\s", unit.text))
    return (home and (marked or len(parts) >= 3)) or (
        len(parts) >= 3
        and all(len(part.split()) <= 3 for part in parts[:-1])
        and (marked or len(parts[-1].split()) <= 3)
    )


def _filler(unit: Unit) -> Taken | None:
    folded = unit.folded
    if folded.startswith(tuple(load("furniture-rules")["filler"]["starts"])) or any(
        p in folded for p in load("furniture-rules")["filler"]["parts"]
    ):
        return Taken("filler", filler=True)
    words = folded.split(" ")
    known = _words("filler", "latin")
    if len(words) < LATIN_WORDS or sum(word in known for word in words[:12]) < LATIN_SHARE * LATIN_WORDS:
        return None
    if sum(word in known for word in words) >= LATIN_SHARE * len(words):
        return Taken("filler", filler=True)
    return None


def is_category_line(unit: Unit) -> bool:
    """Whether the unit is names of sections and places in a row: "Oldland News World News".

    The caller knows that a headline follows.
    """
    if not 1 <= unit.words <= 10 or unit.text[-1:] in '.?!:"”’':
        return False
    tokens = [token for token in re.split(r"[\s,|•·/&]+", unit.text) if token]
    if not tokens or not all(token[0].isupper() or token == "and" for token in tokens):
        return False
    known = _words("category", "words")
    return 2 * sum(token.casefold() in known for token in tokens) >= len(tokens)


def is_tail_heading(unit: Unit) -> bool:
    """Whether the unit is a heading below which no more of the article is expected."""
    if unit.words > 8 or unit.stops:
        return False
    tail = load("furniture-rules")["tail"]
    return (
        unit.folded in _words("tail", "headings")
        or any(unit.folded.startswith(start + " ") for start in tail["starts"])
        or unit.folded in tail["starts"]
    )


def tail_start(units: Sequence[Unit], flags: Sequence[Taken | None]) -> int:
    """Find the index from which all is furniture (``len(units)`` where nothing is).

    It is the first tail heading with two article paragraphs above it and, below it, no sign that the article goes on.
    Under a single heading any sentence is such a sign; under several only a quotation, two paragraphs in a row, or
    more text than ``TAIL_SHARE`` of the article.
    """
    body = [
        unit.stops and unit.words >= ARTICLE_WORDS and flag is None for unit, flag in zip(units, flags, strict=True)
    ]
    heads = [i for i, unit in enumerate(units) if is_tail_heading(unit)]
    if not heads:
        return len(units)
    sizes = list(
        accumulate((len(unit.text) if is_body else 0 for unit, is_body in zip(units, body, strict=True)), initial=0)
    )
    counts = list(accumulate(body, initial=0))
    goes_on = _last_sign(units, body)
    last_sentence = max((i for i, unit in enumerate(units) if _is_sentence(unit) and flags[i] is None), default=-1)
    last_head = units[heads[-1]].folded
    last_other = max((i for i in heads if units[i].folded != last_head), default=-1)  # up to here two headings differ
    for i in heads:
        above, below = sizes[i], sizes[-1] - sizes[i]
        clear = i > last_sentence or (i <= last_other and i > goes_on and below <= TAIL_SHARE * above)
        if counts[i] >= 2 and clear:
            return i
    return len(units)


def _is_sentence(unit: Unit) -> bool:
    return unit.words >= 3 and (unit.stops or unit.text[0] in _OPENING)


def _last_sign(units: Sequence[Unit], body: Sequence[bool]) -> int:
    """Find the last unit that shows that the article still goes on there."""
    for i in range(len(units) - 1, -1, -1):
        if (units[i].words > 3 and units[i].text[0] in _OPENING) or (i and body[i] and body[i - 1]):
            return i
    return -1


def link_box(units: Sequence[Unit], at: int) -> range:
    """Find the links below a heading like "Related news" that stands inside the article.

    Lines without a stop up to the next paragraph; the last of them is left out, since it may be the heading of what
    follows.
    """
    end = at + 1
    while (
        end < len(units)
        and not units[end].stops
        and 3 <= units[end].words <= 25
        and units[end].label is None
        and not units[end].item
    ):
        end += 1
    return range(at + 1, max(at + 1, end - 1))
