"""What the words of a source say: a name, a pronoun, a description, several people, or nobody."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sayso.records import Span, SpeakerKind
from sayso.speakers.cast import Cast
from sayso.speakers.names import fold, is_person, words

Form = Literal["name", "he", "she", "they", "it", "first", "second", "relative", "description", "none"]
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_ARTICLE = re.compile(r"(?i)^(?:the|an?|one|another|this|that|these|those|its|their|our|his|her|my)\s+")
_BREAK = re.compile(
    r"\s*(?:,|\(|\bwho\b|\bwhich\b|\bthat\b|\bwhose\b|\bof\b|\bfor\b|\bin\b|\bat\b|\bfrom\b|\bwith\b|\bon\b|\bto\b|\bby\b|\bfamiliar\b|\b(?:provided|compiled|collected|gathered|released|published|issued|seen|obtained|leaked|posted)\b|\bclose\b|\binvolved\b|\brepresenting\b|–|—)"
)


@dataclass(frozen=True, slots=True)
class Source:
    """A source taken apart. ``names`` are spans of mentions of the cast, the first the head; ``noun`` heads a description."""

    form: Form
    names: tuple[Span, ...] = ()
    noun: str = ""
    definite: bool = False
    plural: bool = False
    text: str = ""


def _pronoun(word: str) -> Form | None:
    for form, table in (
        ("he", "singular_he"),
        ("she", "singular_she"),
        ("they", "plural"),
        ("second", "second"),
        ("it", "neuter"),
        ("first", "first"),
    ):
        if word in words(table):
            return form  # type: ignore[return-value]
    return "relative" if word in words("relative") else None


def _governed(text: str, start: int, name: Span) -> bool:
    """Whether a preposition in the same noun phrase governs the name ("a spokesman for Aldo")."""
    inside = [w for w in _WORD.findall(text[slice(*name)]) if w.islower()]
    if any(is_person(fold(w)) for w in inside):
        return False  # "commission for Harrow representative Lia Renn": the role stands with the name
    before = re.split(r"[,;()–—]", text[start : name[0]])[-1]
    found = _WORD.findall(before)
    last = max((n for n, w in enumerate(found) if fold(w) in words("governing")), default=-1)
    if last == -1:
        return False
    own = [w for w in found[last + 1 :] if fold(w) not in words("titles") or w.islower()]
    role = bool(own) and own[-1].islower() and is_person(fold(own[-1]))
    return not (role and any(w[0].isupper() for w in own[:-1]))  # "University of Harrow ecologist Lia Renn"


def _modifies(text: str, name: Span, end: int) -> bool:
    """Whether the name only describes a noun after it ("the Harrow official", "Aldo’s lawyer")."""
    after = text[name[1] : end]
    if re.match(r"[’'´]s?\s+\S", after):
        return True
    m = re.match(r"\s+([^\W\d_]+)|-([a-z]+)", after)
    if not m:
        return False
    word = m.group(1) or m.group(2)
    if m.group(2):
        return True
    if word in (
        "and",
        "or",
        "himself",
        "herself",
        "itself",
        "themselves",
        "who",
        "which",
        "that",
        "whose",
        "also",
        "of",
        "in",
        "from",
    ):
        return False
    if word.endswith("ly") or word in _ADVERBS:
        return False
    return word[0].islower() and fold(word) not in words("governing")


def _last_named(text: str, start: int, end: int, inside: Sequence[Span], cast: Cast) -> Span | None:
    """The person at the end of "the deputy head of the Harrow Institute Lia Renn": a role, its body, then the name."""
    persons = [s for s in inside if s in cast.at and cast.at[s].kind == "person"]
    if not persons or persons[-1][1] < end - 1:
        return None
    before = text[start : persons[-1][0]].rstrip()
    last = before.split(" ")[-1]
    title = fold(last) in words("titles")
    return persons[-1] if last[:1].isupper() and not title and is_person(head_noun(text[start:end])) else None


_RELATIVE = re.compile(r",?\s+(?:who|whom|whose|which)\s")
_ADVERBS = frozenset(
    {"daily", "weekly", "also", "now", "then", "again", "later", "already", "still", "once", "even", "alone", "both", "all", "too"}
)
_ABOUT = re.compile(r"(?i)^(?:the\s+)?(?:more than|about|around|some|nearly|almost|at least|over|up to|roughly)\s+(?=\d)")
_COUNTED = frozenset({"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"})
_DEFINITE = re.compile(r"(?i)(?:the|this|that|his|her|their|its)\s")
_QUANTITY = re.compile(r"(?i)(?:several|many|some|most|two|three|four|five|dozens|hundreds|both)\b")
_SORTS = ("an", "ese", "ish", "ist", "crat", "ite", "i", "man", "woman")  # Harrovian, Democrat; not -er: the Examiner
_KIN = re.compile(r"(?i)(?:his|her|their|my|our|your)\s")


def is_possessed(text: str) -> bool:
    """Whether a description starts from somebody else ("her brother", "their lawyer")."""
    return bool(_KIN.match(text))


def head_noun(text: str) -> str:
    """The head of a noun phrase: its last word before a comma, preposition or relative clause."""
    plain = _ARTICLE.sub("", text)
    m = _BREAK.search(plain, 1)
    phrase = plain[: m.start()] if m else plain
    found = _WORD.findall(phrase)
    return fold(re.sub(r"[’']s?$", "", found[-1])) if found else ""


def is_plural(noun: str) -> bool:
    """Whether a noun stands for several."""
    if noun in words("groups"):
        return True
    return noun.endswith("s") and not noun.endswith(("ss", "us", "is", "ics")) and noun not in words("body_nouns")


def parse_source(text: str, spans: Sequence[Span], cast: Cast) -> Source:
    """Take apart the source words of one statement."""
    if not spans:
        return Source("none")
    start, end = spans[0][0], spans[-1][1]
    said = text[start:end]
    found = [w.casefold() for w in _WORD.findall(said)]
    if not found or (found[0] in words("nobody") and len(found) <= 2):
        return Source("none", text=said)
    form = (
        _pronoun(found[0])
        if len(found) <= 2 and (len(found) == 1 or found[1] in ("both", "all", "himself", "herself", "each"))
        else None
    )
    if form:
        return Source(form, text=said)
    inside = cast.named_in((start, end))
    heads = [s for s in sorted(inside) if not _governed(text, start, s) and not _modifies(text, s, end)]
    persons = [s for s in heads if s in cast.undecided or cast.at[s].kind == "person"]
    if not heads and (named := _last_named(text, start, end, sorted(inside), cast)):
        persons = [named]
    chosen = persons or heads
    if len(chosen) == 1 and _party(text, start, end, chosen[0], cast):
        return Source("description", tuple(sorted(inside)), fold(text[slice(*chosen[0])]), definite=True, text=said)
    if chosen:
        joined = [chosen[0]]
        for s in chosen[1:]:
            if re.search(r"(?:\band\b|&|,)\s*[^,]*$", text[joined[-1][1] : s[0]]) and (" and " in said or "&" in said):
                joined.append(s)
        return Source("name", tuple(joined), text=said)
    noun = head_noun(said)
    bare = not (inside or _ARTICLE.match(said) or _QUANTITY.match(said))  # headlines: "Minister: gates will hold"
    definite = bool(_DEFINITE.match(said)) or (bare and is_person(noun))
    return Source(
        "description",
        tuple(sorted(inside)),
        noun,
        definite,
        is_plural(noun) or bool(_QUANTITY.match(said)),
        said,
    )


def _party(text: str, start: int, end: int, name: Span, cast: Cast) -> bool:
    """Whether the source is "the Republican": no person's name has the article before it, so it says of what sort he is."""
    member = cast.at.get(name)
    if member is None or member.kind != "sort" or not is_sort(member.full.surname):
        return False
    return name[1] == end and text[start : name[0]].casefold() == "the "


def is_sort(word: str) -> bool:
    """Whether a word with a capital says where somebody is from or what he holds with, as "Beacon" and "Guardian" do not."""
    low = fold(word)
    return low in words("sorts") or (low not in words("bodies") and low.endswith(_SORTS))


def describe(text: str) -> str:
    """A description as a speaker's name: as worded, without article, relative clause and "about" before a number."""
    return " ".join(_ARTICLE.sub("", _ABOUT.sub("", _RELATIVE.split(text.strip() + " ")[0])).rstrip(" ,–—-").split())


def kind_of_description(source: Source) -> SpeakerKind:
    """What kind of speaker a description without a name is."""
    noun, singular = source.noun, source.noun[:-1] if source.noun.endswith("s") else source.noun
    if noun in words("body_nouns") or singular in words("body_nouns"):
        return "group" if noun.endswith("s") and noun not in words("body_nouns") else "organisation"
    if noun in words("documents") or singular in words("documents"):
        return "document"
    if noun in words("anonymous"):
        return "anonymous"
    if source.plural:
        counted = source.text.split(" ", 1)[0].casefold() in _COUNTED
        return "anonymous" if counted and is_person(singular) else "group"
    return "anonymous" if is_person(noun) or is_person(singular) else "group"
