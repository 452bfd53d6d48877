"""The frames that show a carrier: "told X", "in an interview with X", "wrote on X", "quoted by X", "X reported"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

from sayso.chains.carriers import Reader, Seen
from sayso.chains.phrases import Phrase, Token, phrase_at, words
from sayso.chains.said import Carrier
from sayso.chains.sentence import Sentence
from sayso.records import Span
from sayso.tables import load

_Step = Callable[[Sentence, int], None]
_LETTERS = re.compile(r"[a-z]+")
_TO_NAME = re.compile(
    r"\b(?:to|on|in|with) (?:the |state )?[A-Z]\w*[A-Z]|\b[Oo]n (?:the )?[A-Z][a-z]+ [A-Z]|\bsa(?:id|ys) on [A-Z](?![a-z]*day\b)"
)
MOST = 16  # carriers of one sentence; the fullest of the gold has four
REACH = 4  # words between a participle and its "by" ("printed in part by")
NAME = 6  # words of a name before "reported"


def carriers_of(reader: Reader, found: Sequence[Token], edges: frozenset[int]) -> list[Carrier]:
    """All carriers of one sentence; ``edges``: where sources, cues and contents begin and end in it."""
    sentence, steps, report = Sentence(reader, found, edges), _steps(), words("verbs", "report")
    for i, token in enumerate(found):
        if i < sentence.until:
            continue
        step = steps.get(token.low)
        if step is not None:
            step(sentence, i)
        if token.low in report and i >= sentence.until:
            _reported(sentence, i)
        if len(sentence.carriers) >= MOST:
            break
    return sentence.settled()


def may_carry(text: str, span: Span) -> bool:
    """Whether a sentence has a word that any frame needs: a quick look that saves cutting most sentences into words."""
    found = text[span[0] : span[1]]
    return not _telling().isdisjoint(_LETTERS.findall(found.lower())) or _TO_NAME.search(found) is not None


@cache
def _telling() -> frozenset[str]:
    """Words without which a sentence has no carrier, but for "said to NAME"."""
    table = load("chains")
    groups = [("verbs", k) for k in table["verbs"] if k not in ("speak", "plain", "report")]
    groups += [("documents", "nouns"), ("occasions", "nouns"), ("platforms", "names"), ("platforms", "nouns")]
    out = {w for group in groups for phrase in table[group[0]][group[1]] for w in _LETTERS.findall(phrase)}
    return frozenset(out)


@cache
def _steps() -> dict[str, _Step]:
    """Each word that begins a frame, with what looks for it; a word of two rows belongs to the first."""
    out: dict[str, _Step] = {}
    for group, key, step in _STEPS:
        for word in words(group, key):
            out.setdefault(word, step)
    return out


def _told(s: Sentence, i: int) -> None:
    """A medium, an occasion or reporters, after "told", "telling to"."""
    phrase = phrase_at(s.found, i + 1 + (s.word(i + 1) == "to"))
    if phrase is None:
        return
    seen = s.reader.noun(s.found, phrase, "occasions", "occasion")
    if seen is None and s.medium(phrase) is None:
        seen = s.listeners(phrase)
    if seen is not None:
        s.add(i, seen, phrase.again, 0, told=True)
    elif (medium := s.medium(phrase)) is not None:
        s.add(i, medium, phrase.again, 1, told=True)
        _second(s, i)


def _addressed(s: Sentence, i: int) -> None:
    """An occasion after "addressing"."""
    phrase = phrase_at(s.found, i + 1)
    seen = s.reader.noun(s.found, phrase, "occasions", "occasion") if phrase else None
    if phrase and seen:
        s.add(i, seen, phrase.again, 0)


def _joined(s: Sentence, i: int) -> None:
    """Who listens, after "to" or "with": of speaking, or of an interview, remarks or another carrier."""
    phrase, before = phrase_at(s.found, i + 1), s.word(i - 1)
    if phrase is None:
        return
    asked = before in words("occasions", "asked") or (s.linked(i) and s.word(i) == "to")
    spoke = before in words("verbs", "speak") if s.word(i) == "to" else before in words("verbs", "converse")
    named = any(t.low in words("verbs", "speak") for t in s.found[max(0, i - 3) : i]) and s.found[i - 1].capital
    if not (spoke or asked or (named and s.word(i) == "to")):
        return
    seen = (s.listeners(phrase) if spoke else None) or (
        s.reader.noun(s.found, phrase, "occasions", "occasion") if spoke or asked else None
    )
    if seen is not None:
        s.add(i, seen, phrase.again, 0, told=spoke)
        return
    medium = s.medium(phrase)
    if medium is not None and (medium.sure or spoke or asked or _acronym(medium.hop.name)):
        _interview(s, i)
        s.add(i, medium, phrase.again, 1, told=True)
        _second(s, i)


def _interview(s: Sentence, i: int) -> None:
    """The interview that ends before token ``i``, where its own frame was too far from the statement to count."""
    if s.word(i - 1) not in words("occasions", "owned") or s.linked(i):
        return
    first = i - 1
    while first and s.word(first - 1) in words("words", "interviews"):
        first -= 1
    s.note(Carrier(s.reader.hop(s.found, first, i, "occasion"), 0, s.found[first].start))


def _second(s: Sentence, i: int) -> None:
    """The other medium of "told the Post and the Herald"."""
    last = s.until
    phrase = phrase_at(s.found, last + 1) if s.word(last) == "and" else None
    medium = s.reader.outlet(s.found, phrase) if phrase else None
    if phrase and medium is not None and medium.sure:
        s.add(i, medium, phrase.again, 1, told=True)


def _acronym(name: str) -> bool:
    """Whether a name is three capitals or more."""
    return len(name) > 2 and name.isupper()


def _done_by(s: Sentence, i: int) -> None:
    """Who quoted, saw or carried the words: "quoted by X", "a report by X"."""
    phrase, at = phrase_at(s.found, i + 1), _participle(s, i)
    quoted = at is not None and s.word(at) in words("verbs", "far")
    medium = s.medium(phrase, named=quoted) if phrase else None
    if phrase is None or medium is None:
        return
    if at is None:
        if s.linked(i) and medium.sure and s.word(i - 1) not in words("documents", "makers"):
            s.add(i, medium, phrase.again, 2)
        return
    if s.word(at) in words("verbs", "broad"):
        telling = medium.sure or s.word(at - 1) == "," or s.document_near(at, REACH)
        if not telling:
            return
    _document_before(s, at)
    s.add(i, medium, phrase.again, 2)


def _participle(s: Sentence, i: int) -> int | None:
    """The token of the participle that "by" at token ``i`` goes with."""
    if s.word(i - 1) in words("verbs", "carry"):
        return i - 1
    for j in range(i - 2, max(-1, i - 1 - REACH), -1):
        if s.word(j) in words("verbs", "far"):
            return j
        if not s.word(j + 1)[:1].isalnum():
            return None
    return None


def _document_before(s: Sentence, at: int) -> None:
    """The document of "a letter, seen by X", where no frame has found it."""
    last = at - (s.word(at - 1) == ",")
    if s.word(last - 1) not in words("documents", "nouns") or last in s.ends:
        return
    first = last
    while first and last - first < NAME and s.found[first - 1].word:
        if s.word(first - 1) in words("words", "articles") or s.word(first - 1) in words("words", "stops"):
            break
        first -= 1
    s.note(Carrier(s.reader.hop(s.found, first, last, "document"), 0, s.found[at].start))


def _placed(s: Sentence, i: int) -> None:
    """Where the words were made: "in a letter", "at a hearing", "on Telegram", "in the Courier"."""
    phrase = phrase_at(s.found, i + 1)
    if phrase is None:
        return
    low, before = s.word(i), s.word(i - 1)
    posted = any(before in words(*key) for key in (("verbs", "write"), ("verbs", "carry"), ("platforms", "nouns")))
    beside = s.beside(i) or s.linked(i)
    posted = posted or (
        not s.edges and s.last_word(phrase) in words("platforms", "nouns")
    )  # "made it known on her page"
    if not (posted or beside):
        return
    seen = s.reader.platform(s.found, phrase, low in words("links", "via")) if low != "from" else None
    if seen is not None and not (seen.head in words("platforms", "shared") and s.word(phrase.last) in ("to", "by")):
        shared = seen.head in words("platforms", "shared")
        s.add(i, seen, phrase.again and bool(seen.head), 0, shared=shared)
        return
    if beside and (low != "on" or s.last_word(phrase) in words("occasions", "aired")):
        _noun_placed(s, i, phrase)
    if s.until <= i:
        _named_place(s, i, phrase, posted)


def _noun_placed(s: Sentence, i: int, phrase: Phrase) -> None:
    """A document or an occasion by its noun."""
    low = s.word(i)
    document = s.reader.noun(s.found, phrase, "documents", "document")
    if document is not None:
        if low in words("links", "document") or (low == "from" and s.linked(i)):
            head = document.head if phrase.last - phrase.first == 1 else ""
            s.add(i, replace(document, head=head), phrase.again, 0)
        return
    occasion = s.reader.noun(s.found, phrase, "occasions", "occasion")
    if occasion is None or low not in words("links", "occasion"):
        return
    if occasion.head in words("occasions", "weak") and not s.speaking(i):
        return
    _occasion(s, i, phrase, occasion)


def _occasion(s: Sentence, i: int, phrase: Phrase, occasion: Seen) -> None:
    """An occasion; in "a Courier interview" the outlet too."""
    run = s.reader.capitals(s.found, phrase)
    if occasion.head in words("occasions", "owned") and run is not None and run[1] < phrase.last:
        outlet = s.reader.outlet(s.found, Phrase(run[0], run[1], False))
        if outlet is not None:
            hop = s.reader.hop(s.found, run[1], phrase.last, "occasion")
            s.add(i, replace(occasion, hop=hop), phrase.again, 0)
            s.add(i, replace(outlet, last=phrase.last), False, 1)
            return
    s.add(i, occasion, phrase.again, 0)


def _named_place(s: Sentence, i: int, phrase: Phrase, posted: bool) -> None:
    """A name after "in" or "on": an outlet by its shape, or where somebody posts a platform of any name."""
    low, before = s.word(i), s.word(i - 1)
    outlet, run = s.reader.outlet(s.found, phrase), s.reader.capitals(s.found, phrase)
    wrote = before in words("verbs", "write")
    if low == "on" and run is not None and run[0] == phrase.first and not (outlet and outlet.sure):
        posted = (
            wrote or before in words("platforms", "nouns") or (outlet is not None and before in words("verbs", "plain"))
        )
        if posted and s.word(phrase.first) not in words("words", "days"):
            s.add(i, Seen(s.reader.hop(s.found, *run, "platform"), False, run[1]), False, 0)
        return
    if outlet is None or low not in words("links", "outlet"):
        return
    spoken = wrote or before in words("verbs", "speak")
    printed = low == "in" and (wrote or before in words("verbs", "carry"))
    place = "place" in s.reader.names.kinds(outlet.hop.span)
    aired = low == "on" and i == 0
    if (outlet.sure and (spoken or posted or aired or s.linked(i))) or (printed and not place):
        s.add(i, outlet, phrase.again, 1)


def _made_for(s: Sentence, i: int) -> None:
    """Whom a carrier was made for or comes from: "a poll for the Observer", "an article of X"."""
    poll = s.word(i - 1) in words("documents", "makers")
    phrase = phrase_at(s.found, i + 1) if s.linked(i) or poll else None
    medium = s.medium(phrase) if phrase else None
    if phrase and medium is not None and (medium.sure or (poll and s.word(i) == "for")):
        s.add(i, medium, phrase.again, 1, told=True)


def _according(s: Sentence, i: int) -> None:
    """A document or outlet after "according to", which counts where it is not the source itself."""
    phrase = phrase_at(s.found, i + 2) if s.word(i + 1) == "to" else None
    if phrase is None:
        return
    seen = s.reader.noun(s.found, phrase, "documents", "document") or s.reader.outlet(s.found, phrase)
    if seen is not None:
        s.add(i, replace(seen, head=""), phrase.again, 3)


def _issued(s: Sentence, i: int) -> None:
    """The document after "launched", "filed", where the words of the statement stand beside it."""
    phrase = phrase_at(s.found, i + 1)
    if phrase is None:
        return
    near = s.found[max(0, i - 2) : phrase.last + 2]
    seen = s.reader.noun(s.found, phrase, "documents", "document")
    if seen is not None and any(t.start in s.edges or t.end in s.edges for t in near):
        s.add(i, seen, phrase.again, 0)


def _reported(s: Sentence, i: int) -> None:
    """The outlet whose name ends before "reported"."""
    last = i
    while s.word(last - 1) in words("words", "adverbs"):
        last -= 1
    first = last
    while (
        first
        and last - first < NAME
        and s.found[first - 1].word
        and s.word(first - 1) not in words("words", "articles")
    ):
        if s.word(first - 1) in words("words", "stops") and not s.found[first - 1].capital:
            break
        first -= 1
    if first == last or not s.found[last - 1].capital:
        return
    seen = s.reader.outlet(s.found, Phrase(first, last, False))
    if seen is None or any(c.hop.span[1] > seen.hop.span[0] for c in s.carriers):
        return
    edge = not first or s.word(first - 1) in words("words", "before_reporter") or not s.found[first - 1].word
    if edge and (seen.sure or s.word(i) in words("verbs", "relay")):
        s.note(Carrier(seen.hop, 3, s.found[first].start))


_STEPS: tuple[tuple[str, str, _Step], ...] = (
    ("verbs", "tell", _told),
    ("verbs", "address", _addressed),
    ("links", "listener", _joined),
    ("links", "doer", _done_by),
    ("links", "place", _placed),
    ("links", "owner", _made_for),
    ("links", "according", _according),
    ("verbs", "issue", _issued),
)
