"""Where and when a story was filed, and who wrote it: datelines, stamps of date and time, bylines, wire credits."""

from __future__ import annotations

import re
from functools import cache

from sayso.tables import load

#: A dateline ends within this many characters.
REACH = 110
_AGENCY = re.compile(r"\s*(?:\(([^()]{2,40})\)|/([^/\s][^/]{1,38})/)\s*$")
_DASH = re.compile(r"-{2,3}|[—–]|(?<=[\s)/])-(?=\s)")
_COLON = re.compile(r":\s+")
_TOKEN = re.compile(r"[^\s,]+")
_CLOCK = re.compile(r"(?:\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?|\d{1,2})(?:[ap]\.?m\.?)?", re.IGNORECASE)
_CLOCK_ALONE = re.compile(r"\W*\d{1,2}(?:[:.h]\d{2})?\s*(?:[ap]\.?m\.?)?\s*(?:[A-Z]{2,4})?\W*", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,4}(?:st|nd|rd|th)?|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:t[\d:]+z?)?", re.IGNORECASE)
_AGO = re.compile(
    r"(?:about |over )?(?:\d{1,3}|an?) (?:second|minute|min|hour|hr|day|week|month|year)s? ago\b", re.IGNORECASE
)
_BY = re.compile(
    r"(?:(?:written|reported|posted|published|story|text|words|photos?|report|analysis|opinion)\s+)?by:?\s+(?=\S)",
    re.IGNORECASE,
)
_PART = re.compile(r"\s*[|•·/]\s*|\s+[–—-]\s+|\s{2,}")
_OPENS = re.compile(r"\s*[\"“‘'(\[]*[A-Z0-9À-ÞĀ-ž]")
_SMALL_PLACE = frozenset({"of", "the", "de", "al", "el", "du", "la", "and", "near", "in", "on", "sur", "am"})


@cache
def _set(name: str) -> frozenset[str]:
    return frozenset(load("layout-words")[name])


def is_stamp(text: str) -> bool:
    """Whether the words are nothing but a date, a time or how long ago, with "Published" and its like."""
    if len(text) > 120 or not any(c.isdigit() for c in text):
        return False
    tokens = [token.strip(".,;()[]|•·–—-:*/") for token in re.split(r"[\s|•·,]+", text)]
    tokens = [token for token in tokens if token]
    if not 1 <= len(tokens) <= 24 or not all(map(_stamp_token, tokens)):
        return False
    lowered = [token.casefold() for token in tokens]
    named = any(token in _set("months") or token in _set("weekdays") for token in lowered)
    dated = any(re.search(r"\d[-/.:]\d|\d[ap]\.?m|\dh\d", token) for token in lowered)
    timed = any(token.replace(".", "") in ("am", "pm") for token in lowered)
    return named or dated or timed or "ago" in lowered or ("read" in lowered and len(tokens) <= 4)


def names_day(stamp: str) -> bool:
    """Whether a stamp says which day, and not only the time of the day (which heads an entry of a running story)."""
    return _CLOCK_ALONE.fullmatch(stamp) is None


def _stamp_token(token: str) -> bool:
    word = token.casefold()
    bare = word.replace(".", "")
    known = (
        bare in _set("months")
        or bare in _set("weekdays")
        or bare in _set("zones")
        or bare in _set("stamp")
        or word == "a"
    )
    return known or _NUMBER.fullmatch(word) is not None or _CLOCK.fullmatch(word) is not None


def is_strong_dateline(text: str) -> bool:
    """Whether the text opens with a dateline that names its agency: "Oldtown, May 3 (XNA) -- "."""
    return ("(" in text or "/" in text) and dateline_end(text, weak=False) > 0


def dateline_end(text: str, *, weak: bool) -> int:
    """Measure the dateline (its dash included) that opens a paragraph; 0 where there is none.

    ``weak`` also takes one without agency or date, by its place in capitals ("OLDTOWN — "): at the top of a story only.
    """
    head = text[:REACH]
    for tried, dash in enumerate(_DASH.finditer(head)):
        if tried == 3:
            break
        if dash.start() >= 2 and _OPENS.match(text, dash.end()) and _is_head(head[: dash.start()].strip(), weak):
            return dash.end()
    colon = _COLON.search(head) if weak else None
    if colon is not None and _is_place_before_colon(head[: colon.start()]) and text.count(" ", colon.end()) >= 8:
        return colon.start() + 1
    return 0


def is_dateline(text: str) -> bool:
    """Whether the unit is nothing but a dateline with its agency or its date: "OLDTOWN, May 3 (XNA) -"."""
    bare = text.rstrip(" -—–:")
    return (
        len(text) <= REACH
        and (len(bare) < len(text) or bare[-1:] in ")/")
        and _names_place_or_day(bare)
        and _is_head(bare, weak=False)
    )


def _names_place_or_day(head: str) -> bool:
    """Whether anything but an agency stands in the head."""
    agency = _AGENCY.search(head)
    return head[:1].isalpha() and _TOKEN.search(head[: agency.start()] if agency else head) is not None


def _is_head(head: str, weak: bool) -> bool:
    agency = _AGENCY.search(head)
    place = head[: agency.start()] if agency else head
    if agency is not None and not _is_agency(agency.group(1) or agency.group(2)):
        return False
    tokens = _TOKEN.findall(place)
    places = [token for token in tokens if not _date_token(token)]
    dated = any(token.strip(".").casefold() in _set("months") for token in tokens)
    if len(places) > 8 or not all(token[0].isupper() or token in _SMALL_PLACE for token in places):
        return False
    if agency is not None:
        return bool(tokens) or "(" in head
    capitals = bool(places) and _in_capitals(places[0])
    if dated and places and tokens[0] == places[0]:
        return capitals or "," in place or weak
    return weak and capitals and sum(map(_in_capitals, places)) <= 4 and not dated


def _is_agency(name: str) -> bool:
    words = name.split()
    return (
        len(words) <= 5
        and words[0][0].isalpha()
        and all(
            word[0].isupper() or word in ("and", "of", "the", "via") or word[0] in "/&+" or "." in word
            for word in words
        )
    )


def _in_capitals(token: str) -> bool:
    return token.isupper() and sum(map(str.isalpha, token)) >= 3


def _date_token(token: str) -> bool:
    bare = token.strip(".;:").casefold()
    return bare in _set("months") or bare in _set("weekdays") or _NUMBER.fullmatch(bare) is not None


def _is_place_before_colon(head: str) -> bool:
    tokens = _TOKEN.findall(head)
    known = head.casefold().strip(" \"“‘'") in load("layout-words")["no_speaker"]
    return 1 <= len(tokens) <= 3 and all(map(_in_capitals, tokens)) and not known


def is_byline(text: str, given: str = "") -> bool:
    """Whether the words name who wrote the story. ``given`` is the byline of the metadata."""
    line = text.strip(" .*")
    if not line or len(line) > 200 or line.count(" ") > 30:
        return False
    if given and line.casefold() in (given.casefold().strip(" ."), "by " + given.casefold().strip(" .")):
        return True
    ago = _AGO.match(line)
    if ago is not None:
        return 0 < line.count(" ", ago.end()) <= 16 and text[-1:] not in ".!?" and _opens_with_name(line[ago.end() :])
    parts = [part for part in _PART.split(line) if part]
    return any(_names_author(part) for part in parts) and all(_names_author(part) or _side_part(part) for part in parts)


def _side_part(part: str) -> bool:
    """Whether the words may stand beside a name in a byline: a stamp, a role, an outlet, an address."""
    return (
        is_stamp(part)
        or "@" in part
        or (part.count(" ") <= 4 and all(word[0].isupper() or _is_role(word) for word in part.split()))
    )


def _opens_with_name(rest: str) -> bool:
    words = rest.split()[:2]
    return len(words) == 2 and all(word[0].isupper() for word in words)


def _names_author(part: str) -> bool:
    by = _BY.match(part)
    if by is not None:
        return _is_names(part[by.end() :])
    name, comma, role = part.partition(",")
    return bool(comma) and 2 <= len(name.split()) <= 4 and _is_names(name) and _is_role_phrase(role)


def _is_names(words: str) -> bool:
    tokens = [token.strip(",;&()") for token in words.split()]
    tokens = [token for token in tokens if token]
    lowered = [token.casefold() for token in tokens]
    if not 1 < len(tokens) <= 24 or any(word in _set("weekdays") for word in lowered) or any(map(str.isdigit, words)):
        return False
    if lowered[0] in ("the", "our", "a"):
        return all(
            _is_role(word) or token[0].isupper() for token, word in zip(tokens[1:], lowered[1:], strict=True)
        ) and any(map(_is_role, lowered))
    return tokens[0][0].isupper() and all(
        token[0].isupper() or word in _set("byline_small") or _is_role(word)
        for token, word in zip(tokens, lowered, strict=True)
    )


def is_name(text: str) -> bool:
    """Whether the words could be a person's name and nothing else: two to four, each with a capital."""
    tokens = text.split()
    return 2 <= len(tokens) <= 4 and all(token[0].isupper() and token[-1].isalpha() for token in tokens)


def is_role(text: str) -> bool:
    """Whether the words are a journalist's role: "Political correspondent"."""
    words = text.split()
    return (
        1 <= len(words) <= 5
        and words[0][0].isupper()
        and words[-1].isalpha()
        and _is_role(words[-1])
        and _is_role_phrase(text)
    )


def _is_role(word: str) -> bool:
    return word.casefold().strip(".,") in _set("roles")


def _is_role_phrase(phrase: str) -> bool:
    words = phrase.split()
    return (
        1 <= len(words) <= 8
        and any(map(_is_role, words))
        and all(_is_role(word) or word[0].isupper() or word in ("in", "for", "at", "of") for word in words)
    )


def is_credit(text: str) -> bool:
    """Whether the unit is the credit at the foot of a wire story: "Reporting by …; editing by …"."""
    line = text.lstrip("([ ").casefold()
    return len(text) <= 400 and line.startswith(tuple(load("layout-words")["credits"]))
