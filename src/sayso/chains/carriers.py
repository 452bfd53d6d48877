"""What kind of carrier a noun phrase names: a medium by the look of its name, a platform, a document, an occasion."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from sayso.chains.phrases import OWNER, Phrase, Token, phrase_at, words
from sayso.chains.said import Name
from sayso.records import Hop, HopKind, Span
from sayso.speakers.names import is_person
from sayso.speakers.names import words as titles
from sayso.tables import load

_CAMEL = re.compile(r"[A-Z][a-z]+[A-Z]|[a-z]\.(?:com|co|org|net|info|news|tv|[a-z]{2})$|\.co\.[a-z]{2}$")
_PAIR = re.compile(r"\b([A-Z][^\W\d_]+)\.?\s(?=([^\W\d_]+))")


@cache
def _given_names() -> frozenset[str]:
    return frozenset(name for names in load("given-names").values() for name in names)


def _is_given(word: str) -> bool:
    """Whether a word is a given name or a form of address."""
    return word.lower() in _given_names() or word.lower() in titles("honorifics")


SHORT = 6  # letters up to which a name of one word is not told by its ending ("Sunday Post" is, "Impost" is not)

# Endings in -s of no plural: "Press", "Kestus", "Nordlys".
NO_PLURAL = ("ss", "us", "ys")


class Names:
    """The encoder's mentions, for asking what it saw at a place."""

    def __init__(self, text: str, names: Sequence[Name]) -> None:
        self.names = sorted(names, key=lambda n: n.span)
        self.starts = [n.span[0] for n in self.names]
        self.people = self._people(text)
        self.text = text
        self._pairs: dict[str, str] | None = None

    def named_person(self, first: str, last: str) -> bool:
        """Whether a name begins with a given name, here or where the text gives it in full."""
        if self._pairs is None:
            self._pairs = {m.group(2): m.group(1) for m in _PAIR.finditer(self.text) if _is_given(m.group(1))}
        return (first != last and _is_given(first)) or last in self._pairs

    def _people(self, text: str) -> frozenset[str]:
        """Last words of names that are mostly seen as people's."""
        seen: Counter[str] = Counter()
        for name in self.names:
            last = OWNER.sub("", text[name.span[0] : name.span[1]]).split()
            if last:
                seen[last[-1]] += 1 if name.kind == "person" else -1
        return frozenset(word for word, weight in seen.items() if weight > 0)

    def kinds(self, span: Span) -> set[str]:
        """Kinds of the mentions that cover at least half of ``span``; mentions are at most a few words long."""
        out: set[str] = set()
        n = bisect_left(self.starts, span[1]) - 1
        while n >= 0 and span[0] - self.starts[n] < 80:
            start, end = self.names[n].span
            if 2 * (min(end, span[1]) - max(start, span[0])) >= span[1] - span[0]:
                out.add(self.names[n].kind)
            n -= 1
        return out


@dataclass(frozen=True, slots=True)
class Seen:
    """What a phrase may be: the carrier it names, how sure its words alone make it, and where its phrase ends."""

    hop: Hop
    sure: bool
    last: int
    head: str = ""


class Reader:
    """Tells carriers in the phrases of one text."""

    def __init__(self, text: str, names: Sequence[Name], speakers: Callable[[], frozenset[str]]) -> None:
        self.text, self.names, self.speakers = text, Names(text, names), speakers

    def hop(self, found: Sequence[Token], first: int, last: int, kind: HopKind) -> Hop:
        """The carrier that tokens ``first`` to ``last`` name."""
        span = (found[first].start, found[last - 1].end)
        owner = OWNER.search(self.text[span[0] : span[1]])
        if owner:
            span = (span[0], span[0] + owner.start())
        return Hop(self.text[span[0] : span[1]], kind, span)

    def platform(self, found: Sequence[Token], phrase: Phrase, on: bool) -> Seen | None:
        """A platform by its name or noun; ``on``: a preposition of platforms stands before."""
        first, last = phrase.first, phrase.last
        noun = found[last - 1].low in words("platforms", "nouns")
        for j in range(first, last):
            if j + 1 < last and f"{found[j].low} {found[j + 1].low}" in words("platforms", "names"):
                return Seen(self.hop(found, j, j + 2, "platform"), True, last)
            if self._platform_name(found[j], j == first, noun or (on and last - first == 1)):
                return Seen(self.hop(found, j, j + 1, "platform"), True, last)
        head, run = found[last - 1].low, self.capitals(found, phrase)
        if found[last - 1].capital:
            return None
        if run is None:
            alone = head in words("platforms", "alone")
            return Seen(self.hop(found, first, last, "platform"), False, last, head) if alone else None
        if head not in words("platforms", "alone") and head not in words("platforms", "places"):
            return None
        return None if self.outlet(found, phrase) else Seen(self.hop(found, *run, "platform"), False, last)

    def _platform_name(self, token: Token, begins: bool, clear: bool) -> bool:
        """Whether a word is a platform's name; one that is a plain word too needs ``clear`` company and a capital."""
        low = OWNER.sub("", token.low)
        if low not in words("platforms", "names"):
            return False
        if low in words("platforms", "plain"):
            return clear and token.capital and len(token.text) == len(low)
        return begins or token.capital

    def noun(self, found: Sequence[Token], phrase: Phrase, group: str, kind: HopKind) -> Seen | None:
        """A document or occasion by its noun, where it is not still to come."""
        first, last = phrase.first, phrase.last
        head = OWNER.sub("", found[last - 1].low)
        if head not in words(group, "nouns") or any(
            t.low in words("words", "future") for t in found[max(0, first - 1) : last]
        ):
            return None
        if kind == "occasion" and found[last - 1].capital and last - first == 1:
            return None  # "told the Assembly": a body
        return Seen(self.hop(found, first, last, kind), True, last, head)

    def capitals(self, found: Sequence[Token], phrase: Phrase) -> tuple[int, int] | None:
        """The run of words of a phrase that is written like a name."""
        first = next((j for j in range(phrase.first, phrase.last) if found[j].capital), None)
        if first is None:
            return None
        last = first + 1
        while last < phrase.last and not OWNER.search(found[last - 1].text):
            joins = (
                found[last].low in words("outlets", "joining") and last + 1 < phrase.last and found[last + 1].capital
            )
            if not (found[last].capital or found[last].text.isdigit() or joins):
                break
            last += 1
        return first, last

    def outlet(self, found: Sequence[Token], phrase: Phrase, *, named: bool = False) -> Seen | None:
        """A news organisation by the look of its name or the nouns beside it; else not sure, if nothing speaks against it.

        ``named``: what the encoder saw does not count.
        """
        nouns, run = words("outlets", "nouns"), self.capitals(found, phrase)
        if run is None:
            owned = any(t.low in words("outlets", "owners") for t in found[phrase.first : phrase.last - 1])
            owned = owned and found[phrase.last - 1].low in words("outlets", "media")
            return self._national(found, phrase) if owned else None
        first, last = run
        if self._of_media(found, first, last, phrase):
            return self._national(found, phrase)
        if last - first == 1 and found[first].low in nouns:
            return None  # "on TV"
        shape = self._shaped(found, first, last)
        after = [t.low for t in found[last : phrase.last]]
        if after and after[0] in words("occasions", "people"):  # "told Nordlys News host Kim Lund"
            return Seen(self.hop(found, first, last, "outlet"), True, phrase.last) if shape else None
        if after and after[-1] not in nouns:
            if not shape or is_person(after[0]) or is_person(after[0].removesuffix("s")):
                return None  # "told Harbour Post readers"
            after = []
        before = any(t.low in nouns for t in found[phrase.first : first])
        sure = shape or before or bool(after) or self._apposed(found, phrase.last)
        hop = self.hop(found, first, last, "outlet")
        if not sure and (self._refused(found, first, last, named) or not (named or self._open(hop))):
            return None
        return Seen(hop, sure, phrase.last if after else last)

    def _speaks(self, last: str) -> bool:
        """Whether a name is a person's as the page uses it elsewhere."""
        return last in self.names.people or last in self.speakers() or self.names.named_person("", last)

    def _of_media(self, found: Sequence[Token], first: int, last: int, phrase: Phrase) -> bool:
        """Whether one capitalised word stands before a small-letter noun for media: whose they are ("Nordish media").

        Told by form and not by the word, so that all peoples and places read alike. Before a noun that can be counted the
        word may be the medium's own name ("the Nordlys agency"), where the encoder saw no place in it.
        """
        if last - first > 1 or last >= phrase.last or self._shaped(found, first, last):
            return False
        noun = found[phrase.last - 1]
        if noun.capital or noun.low not in words("outlets", "nouns"):
            return False
        if noun.low in words("outlets", "mass") or found[first - 1].low != "the" or not first:
            return True
        kinds = self.names.kinds((found[first].start, found[first].end))
        return kinds == {"place"}

    def _national(self, found: Sequence[Token], phrase: Phrase) -> Seen | None:
        """Of "Sudish state radio, Vesta," or "the Sudish agency Vesta" the name beside it, or the phrase itself."""
        if phrase.last < len(found) and found[phrase.last].capital:
            beside = phrase_at(found, phrase.last)
            run = self.capitals(found, beside) if beside else None
            if run is not None and run[0] == phrase.last:
                return Seen(self.hop(found, *run, "outlet"), True, run[1])
        if phrase.last + 1 < len(found) and found[phrase.last].text == "," and found[phrase.last + 1].capital:
            inner = phrase_at(found, phrase.last + 1)
            run = self.capitals(found, inner) if inner else None
            closed = run is not None and (run[1] >= len(found) or found[run[1]].text in (",", ".", ";"))
            if run is not None and run[0] == phrase.last + 1 and closed:
                return Seen(self.hop(found, *run, "outlet"), True, run[1])
        return Seen(self.hop(found, phrase.first, phrase.last, "outlet"), True, phrase.last)

    def _apposed(self, found: Sequence[Token], last: int) -> bool:
        """Whether ", the state news agency" or ", a magazine" follows."""
        if last + 2 >= len(found) or found[last].text != "," or found[last + 1].low not in words("words", "articles"):
            return False
        phrase = phrase_at(found, last + 1)
        return phrase is not None and found[phrase.last - 1].low in words("outlets", "nouns")

    def _shaped(self, found: Sequence[Token], first: int, last: int) -> bool:
        """Whether a name looks like a medium's: by its last or first word, its ending, a domain, a capital inside."""
        text, shapes = found[last - 1].text, words("outlets", "shapes")
        low = OWNER.sub("", found[last - 1].low)
        if low in words("outlets", "bodies"):
            return False
        if low in shapes or (last - first > 1 and found[first].low in shapes):
            return True
        if _CAMEL.search(text):
            return not self._speaks(text) and not self.names.named_person(found[first].text, text)  # a surname
        return len(low) > SHORT and low.endswith(tuple(words("outlets", "endings")))

    def _refused(self, found: Sequence[Token], first: int, last: int, named: bool) -> bool:
        """Whether a name without the look of a medium is a person, a place, a people or another body."""
        end = OWNER.sub("", found[last - 1].text)
        low = end.lower()
        if low in words("outlets", "bodies") or end.replace(".", "") in words("outlets", "acronyms"):
            return True
        if last - first == 1 and self._people_of(found, first):
            return True
        if self.names.named_person(found[first].text, end) or (not named and self._speaks(end)):
            return True
        return found[first].low in titles("titles") or found[first].low in titles("honorifics")

    def _people_of(self, found: Sequence[Token], i: int) -> bool:
        """Whether one word is for people by its form, where no organisation was seen.

        A plural ("told Norlanders"), or a word with "the" that has capitals only at its front ("told the Nordish").
        """
        low = OWNER.sub("", found[i].low)
        plural = (len(low) > 2 and low.endswith("s") and not low.endswith(NO_PLURAL)) or low.endswith("men")
        if low in words("outlets", "plurals"):
            return False
        many = plural or (i > 0 and found[i - 1].low == "the" and found[i].text[1:].islower())
        return many and "organisation" not in self.names.kinds((found[i].start, found[i].end))

    def _open(self, hop: Hop) -> bool:
        """Whether the encoder did not see a person or a place in a name."""
        kinds = self.names.kinds(hop.span)
        return not kinds & {"person", "place"} or bool(kinds & {"organisation", "other"})
