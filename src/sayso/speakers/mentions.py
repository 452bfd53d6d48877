"""Where names stand in a text, and what stands around them: the evidence for who is who.

The encoder's name tags are widened to whole runs of capitalised words; titles before and appositions after a name are
kept as roles.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence, Set
from dataclasses import dataclass

from sayso.encoder.annotations import Annotations
from sayso.records import Span
from sayso.speakers.names import Name, fold, given_gender, is_body, is_person, is_persons, is_title, parse, words

_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:[-’'´][^\W_]+)*\.?|\S")
_APPOSITION = re.compile(
    r"\s*,\s+(?:who (?:until \w+ |once )?(?:is|was|has been|serves as|served as|works as|holds)\s+)?"
    r"((?:an?|the|former|then|ex-)?\s*[^,.;:()“”\"\n]{3,90})"
    r"(?=[,.;]|\s+(?:said|says|told|added)\b)"
)


_FATHERS = frozenset({"abu", "umm", "ibn", "bint", "bin"})  # a name that begins so is a person's
POSSESSIVE = ("’s", "'s", "´s")
_ARTICLED = re.compile(r"(?i)\ban?\s$")  # no person's name has it before it: "an Afghan asylum seeker"
MISSED = 0.3  # weight of a guessed kind, below any that the tagger is sure of


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text.

    ``kind``: person, organisation, place or other, as the tagger sees it, with its probability; or sort, where it says of
    what sort somebody is ("the Republican").
    """

    span: Span
    name: Name
    kind: str
    probability: float
    headline: bool = False
    told: bool = False  # the word before it says that it is a body ("the network Harrow One")


def is_acronym(name: Name) -> bool:
    """Whether a name is one word of capitals, two to six: a body's more often than a person's."""
    return len(name.parts) == 1 and not name.titles and name.text.isupper() and 2 <= len(fold(name.text)) <= 6


def _capital(word: str) -> bool:
    return word[:1].isupper() or (word[:3].casefold() in ("al-", "el-") and word[3:4].isupper())


def _joins(word: str, after: str) -> bool:
    return fold(word) in words("particles") and (_capital(after) or fold(after) in words("particles"))


def widened(text: str, span: Span, tokens: Sequence[re.Match[str]], starts: Sequence[int], body: bool = False) -> Span:
    """A tagged name with the capitalised words that touch it; an opener of the sentence and marks stay outside.

    The name of a ``body`` goes on over "of" and "for".
    """
    first = bisect_right(starts, span[0]) - 1
    last = bisect_right(starts, span[1] - 1) - 1
    while first > 0:
        before = tokens[first - 1]
        gap = text[before.end() : tokens[first].start()]
        word = before.group()
        if gap not in (" ", "") or not (_capital(word) or _joins(word, tokens[first].group())):
            break
        if (
            fold(word) in words("openers")
            or fold(word) in words("bodies")
            or not word[0].isalnum()
            or word.endswith(POSSESSIVE)
            or (word.endswith(".") and fold(word) not in words("titles"))
        ):
            break
        first -= 1
    while last + 1 < len(tokens):
        after = tokens[last + 1]
        gap = text[tokens[last].end() : after.start()]
        follows = tokens[last + 2].group() if last + 2 < len(tokens) else ""
        held = tokens[last].group()
        if follows and _capital(follows) and (after.group() == "&" or (held.endswith("s") and after.group() in "’'")):
            last += 2  # Aldo & Sons, Coastal Workers’ Union
            continue
        stop = held.endswith((".", *POSSESSIVE)) and len(held) > 3 and fold(held) not in words("titles")
        state = held.count(".") > 1 and fold(after.group()) in words("bodies")  # U.S. Court
        if gap != " " or (stop and not state):
            break
        if body and after.group() in ("of", "for") and (step := _governs(tokens, last + 2)):
            last += step
            continue
        if not (_capital(after.group()) or _joins(after.group(), follows)) or not after.group()[0].isalnum():
            break
        last += 1
    return tokens[first].start(), tokens[last].end()


def _governs(tokens: Sequence[re.Match[str]], at: int) -> int:
    """Words from "of" on that belong to a body's name: "of Appeals", "for the Sixth"; 0 for none."""
    follows = tokens[at].group() if at < len(tokens) else ""
    if _capital(follows) and fold(follows) not in words("openers"):
        return 2
    behind = tokens[at + 1].group() if at + 1 < len(tokens) else ""
    titled = is_title(tokens[at - 2].group())  # the Secretary of the Interior is no body
    return 3 if follows == "the" and _capital(behind) and not titled else 0


def _speaking_body(
    text: str, span: Span, tokens: Sequence[re.Match[str]], starts: Sequence[int], ends: Set[int]
) -> Span | None:
    """A body whose name begins with a place, where it is all of a source: "the River Guard said".

    ``ends``: where sources end that hold one name.
    """
    whole = _clean(text, widened(text, span, tokens, starts, body=True), tokens, starts)
    last = text[slice(*whole)].split()[-1:]
    titled = not last or fold(last[0]) in words("titles")  # "the Harrow Mayor said"
    return whole if whole[0] == span[0] and whole[1] > span[1] and whole[1] in ends and not titled else None


def _kept(text: str, tokens: Sequence[re.Match[str]]) -> list[re.Match[str]]:
    """The tokens of a tagged name that are its own: from a capital to a capital, within one sentence."""
    while tokens and (not _capital(tokens[0].group()) or fold(tokens[0].group()) in words("openers")):
        if len(tokens) > 1 and tokens[0].group() in words("named_openers") and _capital(tokens[1].group()):
            break
        tokens = tokens[1:]
    for n, token in enumerate(tokens[:-1]):
        word = token.group()
        gap = text[token.end() : tokens[n + 1].start()]
        stop = word.endswith(".") and len(word) > 2 and word.count(".") == 1 and fold(word) not in words("titles")
        if word in ',;:!?()“”"' or "\n" in gap or (stop and fold(tokens[n + 1].group()) in words("openers")):
            tokens = tokens[: n + 1]
            break
    while tokens and not (_capital(tokens[-1].group()) or (len(tokens) > 1 and tokens[-1].group()[0].isdigit())):
        tokens = tokens[:-1]
    return list(tokens)


def _clean(text: str, span: Span, tokens: Sequence[re.Match[str]], starts: Sequence[int]) -> Span:
    first, last = bisect_right(starts, span[0]) - 1, bisect_right(starts, span[1] - 1)
    kept = _kept(text, tokens[max(first, 0) : last])
    if not kept:
        return span[0], span[0]
    start, end = kept[0].start(), kept[-1].end()
    if text[end - 2 : end] in POSSESSIVE:
        end -= 2
    while end > start and not text[end - 1].isalnum() and not (text[end - 1] == "." and text[start:end].count(".") > 1):
        end -= 1
    return start, end


def _common(name: Name) -> bool:
    """Whether a capitalised stretch is no name but a title or common noun ("The President", "Police")."""
    folded = [fold(p) for p in name.parts]
    known = words("titles") | words("openers") | words("groups")
    if len(folded) == 1 and (folded[0] in words("body_nouns") or _several(name.text)):
        return True
    return all(w in known or is_person(w) or is_persons(w) for w in folded)


def _several(word: str) -> bool:
    """Whether a word is the plural of a noun for a body or of initials: Companies, NGOs."""
    low = word.lower()
    singular = low[:-3] + "y" if low.endswith("ies") else low[:-1]
    return low.endswith("s") and (singular in words("body_nouns") or (len(word) > 2 and word[:-1].isupper() and word[-1] == "s"))


def _runs(text: str, span: Span, tokens: Sequence[re.Match[str]], starts: Sequence[int]) -> list[Span]:
    """Runs of capitalised words inside a source: names that the tagger may have missed."""
    out: list[Span] = []
    first, last = max(bisect_right(starts, span[0]) - 1, 0), bisect_right(starts, span[1] - 1)
    for token in tokens[first:last]:
        word = token.group()
        joins = out and text[out[-1][1] : token.start()] in (" ", "-") and text[out[-1][1] - 1] not in ",;:)"
        if _capital(word) and not (fold(word) in words("openers") and not joins):
            out = [*out[:-1], (out[-1][0], token.end())] if joins else [*out, token.span()]
        elif joins and fold(word) in words("particles"):
            out = [*out[:-1], (out[-1][0], token.end())]
    return out


def _outside(run: Span, taken: Sequence[Span]) -> list[Span]:
    """What of a run the taken spans, which are in order, leave free."""
    out: list[Span] = []
    start = run[0]
    for s, e in taken[max(0, bisect_right(taken, run) - 1) :]:
        if s >= run[1]:
            break
        if e > start:
            out += [(start, s)] if s > start else []
            start = e
    return [*out, (start, run[1])] if start < run[1] else out


def _parted(text: str, span: Span, headline: bool) -> list[Span]:
    """A body and the person of it whose names touch: "… of the Harbour Department Lia Renn"."""
    found = [(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(text, *span)]
    for n in range(1, len(found) - 1 if not headline else 0):
        given = given_gender(Name((), (found[n][0], found[n + 1][0])))
        if fold(found[n - 1][0]) in words("bodies") and given:
            return [(span[0], found[n - 1][2]), (found[n][1], span[1])]
    return [span]


def _adjective(text: str, span: Span, name: Name, kind: str) -> bool:
    """Whether a word that the tagger took for a name only says where a noun behind it is from ("Harrovian cows")."""
    word = name.text
    place = kind in ("other", "place") and word.endswith(("an", "i", "ch"))
    one = len(name.parts) == 1 and not name.titles and not given_gender(name)
    if not one or re.match(r"\s[a-z]", text[span[1] : span[1] + 2]) is None:
        return False
    governed = kind == "person" and _ARTICLED.search(text[max(0, span[0] - 5) : span[0]]) is not None
    return place or governed or word.endswith(("ian", "ean", "ese", "ish"))


def _sort(text: str, span: Span, name: Name, kind: str) -> str:
    """The tagger's kind, but a name of one word behind "the" is no person's ("the Republican"), nor is one with a digit."""
    if kind != "person" or name.titles:
        return kind
    if any(c.isdigit() for c in name.text):
        return "organisation"
    return "sort" if len(name.parts) == 1 and text[max(0, span[0] - 4) : span[0]].casefold() == "the " else kind


def _told(text: str, span: Span) -> bool:
    """Whether the word right before a name is a noun for a body, in small letters."""
    before = text[max(0, span[0] - 24) : span[0]]
    word = before.rstrip(" ").rsplit(" ", 1)[-1] if before.endswith(" ") else ""
    return word.islower() and word in words("body_nouns")


def _guess(name: Name) -> str:
    """Kind of a name that the tagger missed, by its words alone."""
    if is_body(name.text) or (len(name.parts) == 1 and name.text.isupper() and len(name.text) > 1):
        return "organisation"
    return "person" if name.titles or len(name.parts) in (2, 3, 4) else "other"


def title_cased(text: str, span: Span) -> bool:
    """Whether most longer words of a stretch have a capital, as in a headline."""
    found = re.findall(r"[^\W\d_]{4,}", text[slice(*span)])
    return len(found) > 2 and sum(w[0].isupper() for w in found) > 0.7 * len(found)


def mentions_of(text: str, annotations: Annotations, paragraphs: Sequence[Span]) -> list[Mention]:
    """Named mentions in order, not overlapping: those the encoder tagged, then capitalised words of sources it did not."""
    begins = [start for start, _ in paragraphs]
    titled = [end - start < 200 and title_cased(text, (start, end)) for start, end in paragraphs]

    def in_headline(span: Span) -> bool:
        return titled[max(0, bisect_right(begins, span[0]) - 1)]

    tokens = list(_TOKEN.finditer(text))
    starts = [m.start() for m in tokens]
    found: list[Mention] = []
    sources = [annotations.characters(a.source.words) for a in annotations.attributions if a.source is not None]
    named = sorted(annotations.characters(m.words) for m in annotations.names)
    firsts, lasts = [s for s, _ in named], [e for _, e in named]  # names do not overlap, so both are in order
    ends = {end for start, end in sources if bisect_left(firsts, end) - bisect_right(lasts, start) == 1}
    for marked in annotations.names:
        span = annotations.characters(marked.words)
        if not any(c.isupper() for c in text[slice(*span)]):
            continue
        span = _clean(text, span, tokens, starts)
        if span[1] > span[0] and marked.kind in ("person", "organisation"):
            body = marked.kind == "organisation" or is_body(text[slice(*span)])
            wide = span if in_headline(span) else widened(text, span, tokens, starts, body)
            span = _clean(text, wide, tokens, starts)
        kind = marked.kind
        if kind == "place" and (whole := _speaking_body(text, span, tokens, starts, ends)) is not None:
            span, kind = whole, "organisation"
        for part in _parted(text, span, in_headline(span)):
            name = parse(text[slice(*part)])
            taken = bool(found) and part[0] < found[-1].span[1]
            if part[1] <= part[0] or taken or _common(name) or _adjective(text, part, name, marked.kind):
                continue
            body = is_body(name.text) or "&" in text[slice(*part)]
            fathers = fold(name.parts[0]) in _FATHERS if name.parts else False
            kind = "organisation" if body else "person" if part != span or fathers else _sort(text, part, name, kind)
            found.append(Mention(part, name, kind, marked.probability, in_headline(part), _told(text, part)))
    return _with_missed(text, annotations, found, tokens, starts)


def _with_missed(
    text: str, annotations: Annotations, found: list[Mention], tokens: Sequence[re.Match[str]], starts: Sequence[int]
) -> list[Mention]:
    sources = {a.source.words for a in annotations.attributions if a.source is not None}
    taken = [m.span for m in found]
    for marked in sorted(sources):
        runs = _runs(text, annotations.characters(marked), tokens, starts)
        for span in (piece for run in runs for piece in _outside(run, taken)):
            span = _clean(text, span, tokens, starts)
            name = parse(text[slice(*span)])
            held = any(s[0] < span[1] and span[0] < s[1] for s in taken)
            if span[1] > span[0] and not held and not _common(name):
                found.append(Mention(span, name, _guess(name), MISSED))
                insort(taken, span)
    return sorted(found, key=lambda m: m.span)


_OFFICE = re.compile(
    r"(?:(?:an?|the|former|then)\s+)?((?:[a-z][\w-]*\s+){0,3}?[a-z][\w-]*)\s+(?:of|at|for|with)\s+(?:the\s+|an?\s+)?[\w’'-]+"
)


def _office(words_: str) -> bool:
    """Whether a phrase with an unknown noun is an office by its form: "dijkgraaf of the Lower Polders"."""
    found = _OFFICE.match(words_)
    if found is None or len(words_.split()) > 8:
        return False
    before = found.group(1).split()
    return not any(w in words("no_office") or w in words("verbs") or w.endswith(("ing", "ed", "ly")) for w in before)


def apposition(text: str, end: int) -> Span | None:
    """The role that follows a name between commas: "Imad Torvan, an economist at …,"."""
    m = _APPOSITION.match(text, end)
    if not m:
        return None
    start, stop = m.span(1)
    heads = {fold(w) for w in re.findall(r"[^\W\d_]+", text[start:stop])}
    if not heads & words("person_nouns") and not _office(text[start:stop].strip()):
        return None
    return start + (len(m.group(1)) - len(m.group(1).lstrip())), stop
