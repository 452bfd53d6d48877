"""Which carriers belong to which statement, in order from the speaker outwards."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from sayso.chains.carriers import Reader
from sayso.chains.frames import carriers_of, may_carry
from sayso.chains.phrases import Phrase, Token, phrase_at, tokens, words
from sayso.chains.said import Carrier, Name, Said
from sayso.records import Hop, Span
from sayso.sentences import sentences

HEAD = 60  # characters of a sentence that tell whether it points back
DEEP = 64  # contents before a place that are looked at; on the gold no place stands in more than four
DEEPEST = 8  # statements told in each other that hand their hops on
HELD = 3  # paragraphs over which an interview goes on without being named again


def chains_of(
    text: str, paragraphs: Sequence[Span], said: Sequence[Said], names: Sequence[Name]
) -> tuple[tuple[Hop, ...], ...]:
    """The chain of each statement, in the order of ``said``. Spans are code points of ``text``. Linear in the text."""
    if not said:
        return ()
    page = _Page(text, paragraphs or ((0, len(text)),), said, names)
    if not page.sentences:
        return ((),) * len(said)
    page.find()
    page.hold()
    return tuple(page.chain(n) for n in range(len(said)))


@dataclass(slots=True)
class _Sentence:
    span: Span
    paragraph: int
    statements: list[int] = field(default_factory=list)
    carriers: list[Carrier] = field(default_factory=list)


class _Around:
    """Contents of all statements, for asking which statement a place stands in."""

    def __init__(self, said: Sequence[Said]) -> None:
        self.spans = sorted((a, b, n) for n, s in enumerate(said) for a, b in s.content)
        self.starts = [a for a, _, _ in self.spans]
        self.tops: list[int] = []
        for _, end, _ in self.spans:
            self.tops.append(max(end, self.tops[-1]) if self.tops else end)

    def innermost(self, at: int, but: int | None = None) -> int | None:
        """The statement whose content is the shortest around ``at``, another than ``but``."""
        best: tuple[int, int] | None = None
        n = bisect_right(self.starts, at) - 1
        least = n - DEEP
        while n > least and n >= 0 and self.tops[n] > at:
            start, end, number = self.spans[n]
            if end > at and number != but and (best is None or end - start < best[0]):
                best = (end - start, number)
            n -= 1
        return best[1] if best else None


def _anchor(s: Said) -> int:
    """Where a statement is made known: its cue, its source, or its words."""
    return (s.cue or s.source or s.content)[0][0]


class _Page:
    def __init__(self, text: str, paragraphs: Sequence[Span], said: Sequence[Said], names: Sequence[Name]) -> None:
        self.text, self.said = text, said
        self.reader = Reader(text, names, cache(lambda: _speakers(text, said)))
        self.around = _Around(said)
        self.sentences = self._sentences(paragraphs)
        self.starts = [s.span[0] for s in self.sentences]
        self.own: list[list[Carrier]] = [[] for _ in said]
        self.held: list[tuple[Hop, ...]] = [() for _ in said]
        self.levels = [self._level(n) for n in range(len(said))]

    def _sentences(self, paragraphs: Sequence[Span]) -> list[_Sentence]:
        starts = [p[0] for p in paragraphs]
        return [_Sentence(s, bisect_right(starts, s[0]) - 1) for s in sentences(self.text, paragraphs)]

    def _level(self, n: int) -> int | None:
        """The statement in whose words statement ``n`` is told, as marked or as the places show."""
        s = self.said[n]
        if s.inside is not None:
            return s.inside
        return self.around.innermost(_anchor(s), n) if s.cue or s.source else None

    def find(self) -> None:
        """Carriers of every sentence that has a statement or stands beside one, each given to its statements."""
        edges: dict[int, set[int]] = {}
        for n, s in enumerate(self.said):
            at = self.sentence(_anchor(s))
            self.sentences[at].statements.append(n)
            for a, b in (*s.source, *s.cue, *s.content):
                edges.setdefault(self.sentence(a), set()).add(a)
                edges.setdefault(self.sentence(max(a, b - 1)), set()).add(b)
        for k, sentence in enumerate(self.sentences):
            if not (self._near(k) and may_carry(self.text, sentence.span)):
                continue
            found = tokens(self.text, sentence.span)
            sentence.carriers = carriers_of(self.reader, found, frozenset(edges.get(k, ())))
        for k in range(len(self.sentences)):
            self._give(k)

    def sentence(self, at: int) -> int:
        """Number of the sentence that holds a character."""
        return max(0, bisect_right(self.starts, at) - 1)

    def _near(self, k: int) -> bool:
        """Whether a statement is made in a sentence, or in the one before or after it and this one is not quoted."""
        if not self.sentences[k].statements and self.around.innermost(self.sentences[k].span[0]) is not None:
            return False
        return any(0 <= j < len(self.sentences) and self.sentences[j].statements for j in (k - 1, k, k + 1))

    def _give(self, k: int) -> None:
        """Hand the carriers of one sentence to the statements made in it, or to one beside it where it makes none."""
        sentence, loose = self.sentences[k], []
        for carrier in sentence.carriers:
            level = self.around.innermost(carrier.at)
            here = [n for n in sentence.statements if self.levels[n] == level]
            for n in self._owners(carrier, here):
                self.own[n].append(carrier)
            if level is None and not sentence.statements and carrier.rank < 3:
                loose.append(carrier)
        neighbour = self._neighbour(k) if loose else None
        if neighbour is not None:
            self.own[neighbour] += loose

    def _owners(self, carrier: Carrier, here: Sequence[int]) -> list[int]:
        """The statements of one sentence that a carrier in it belongs to."""
        able = [n for n in here if not self._is_source(carrier, n)]
        if not able:
            return []
        at = carrier.at
        order = sorted(able, key=lambda n: _anchor(self.said[n]))
        before = [n for n in order if _anchor(self.said[n]) <= at]
        nearest = before[-1] if before else order[0]
        same = [n for n in able if self.said[n].speaker == self.said[nearest].speaker]
        if carrier.rank >= 2:
            return same
        return [n for n in same if n == nearest or _anchor(self.said[n]) > _anchor(self.said[nearest])]

    def _is_source(self, carrier: Carrier, n: int) -> bool:
        """Whether a carrier is no more than the source of a statement."""
        start, end = carrier.hop.span
        inside = any(start < b and a < end for a, b in self.said[n].source)
        return inside and not carrier.told and carrier.rank != 1

    def _neighbour(self, k: int) -> int | None:
        """The statement that a sentence without one speaks of: the one before ("He wrote this on X"), else the next."""
        before = self.sentences[k - 1] if k else None
        after = self.sentences[k + 1] if k + 1 < len(self.sentences) else None
        here = self.sentences[k]
        if before and before.statements and before.paragraph == here.paragraph and self._points_back(here):
            last = before.statements[-1]
            if self.levels[last] is None and not self.own[last]:
                return last
        if after and after.statements and after.paragraph == here.paragraph and not after.carriers:
            return after.statements[0] if self.levels[after.statements[0]] is None else None
        return None

    def _points_back(self, sentence: _Sentence) -> bool:
        """Whether a sentence speaks of what was said before it: "He conveyed this", "The remarks came", "It was posted"."""
        found = [t.low for t in tokens(self.text, (sentence.span[0], min(sentence.span[1], sentence.span[0] + HEAD)))]
        if not found:
            return False
        if found[0] in words("words", "persons"):
            return any(w in words("words", "remarks") or w in words("words", "these") for w in found[1:])
        return found[0] in words("words", "these") or any(w in words("words", "remarks") for w in found[1:3])

    def hold(self) -> None:
        """Hand hops on: to what is said next in the same interview, and back to the sentence that led up to it."""
        order = [
            n for n in sorted(range(len(self.said)), key=lambda n: _anchor(self.said[n])) if self.levels[n] is None
        ]
        last: int | None = None
        earlier: list[int] = []
        for place, n in enumerate(order):
            if self.own[n]:
                self._again(n, earlier)
                if place:
                    self._back(order[place - 1], n)
                last = n
                earlier.append(n)
            elif last is not None and self._goes_on(last, n):
                self.held[n] = self._hops(last)
                last = n
            elif self.said[n].speaker is not None or self.said[n].source:
                last = self._shared(last, n)

    def _hops(self, n: int) -> tuple[Hop, ...]:
        return _ordered(self.own[n]) or self.held[n]

    def _paragraph(self, n: int) -> int:
        return self.sentences[self.sentence(_anchor(self.said[n]))].paragraph

    def _goes_on(self, last: int, n: int) -> bool:
        """Whether statement ``n`` is of the same interview, post or speech as the one before it."""
        one, other = self.said[last], self.said[n]
        if one.speaker is None or one.speaker != other.speaker or self._paragraph(n) - self._paragraph(last) > HELD:
            return False
        at = self.sentence(_anchor(other))
        frame = {t.low for a, b in other.cue for t in tokens(self.text, (a, b))}
        lead = {t.low for t in tokens(self.text, self.sentences[at].span)[:4]} if other.kind != "direct" else set()
        return not (frame | lead) & words("words", "elsewhere")

    def _shared(self, last: int | None, n: int) -> int | None:
        """A place of many voices goes on through its paragraph, whoever speaks."""
        if last is None or self._paragraph(last) != self._paragraph(n):
            return None
        shared = tuple(c.hop for c in self.own[last] if c.shared)
        if not shared and not (self.held[last] and self.held[last][0].name.lower() in words("platforms", "alone")):
            return None
        self.held[n] = shared or self.held[last]
        return n

    def _again(self, n: int, earlier: Sequence[int]) -> None:
        """The hops of what was named before, for "in the same interview"."""
        mine = self.own[n]
        for number, carrier in enumerate(mine):
            if not carrier.again:
                continue
            head = carrier.hop.name.lower().split()[-1]
            for k in reversed(earlier[-8:]):
                post = carrier.hop.kind == "platform"
                same = [
                    c
                    for c in self.own[k]
                    if c.hop != carrier.hop
                    and (c.hop.kind == "platform" if post else c.hop.name.lower().split()[-1] == head)
                ]
                if same:
                    whole = self.said[k].speaker == self.said[n].speaker and len(mine) == 1
                    mine[number : number + 1] = self.own[k] if whole else same[:1]
                    return

    def _back(self, before: int, n: int) -> None:
        """The lead of an article is of the interview that its next paragraph names."""
        one, other = self.said[before], self.said[n]
        if self.own[before] or self.held[before] or self._paragraph(n) - self._paragraph(before) != 1:
            return
        lead = self._paragraph(before) <= 3 and one.speaker is None and bool(one.source)
        if (one.speaker is not None and one.speaker == other.speaker) or lead:
            carriers = [c for c in self.own[n] if c.rank <= 1 and c.hop.kind != "document"]
            self.held[before] = _ordered(carriers)

    def _made(self, n: int) -> list[Hop]:
        """A poll or study that is the source by the name of who made it ("the Harrow poll"): its words are the maker's."""
        if not self.said[n].source or self.said[n].document:
            return []
        start, end = self.said[n].source[0]
        if words("documents", "makers").isdisjoint(self.text[start:end].lower().split()):
            return []
        found = tokens(self.text, self.said[n].source[0])
        phrase = phrase_at(found, 0)
        if phrase is None or found[phrase.last - 1].low not in words("documents", "makers"):
            return []
        named = phrase.last - phrase.first > 1 and found[phrase.first].capital
        return [self.reader.hop(found, phrase.first, phrase.last, "document")] if named else []

    def chain(self, n: int) -> tuple[Hop, ...]:
        """The whole chain of one statement: its own hops, then the carriers in whose words it is told.

        Hops of a person around it are that person's own (``within`` leads there), unless the two are one speaker.
        """
        out = [*self._made(n), *self._hops(n)]
        seen = {n}
        outer = self.levels[n]
        while outer is not None and outer not in seen and len(seen) < DEEPEST:
            seen.add(outer)
            carriers = self._source_hops(outer)
            one = self.said[n].speaker is not None and self.said[n].speaker == self.said[outer].speaker
            out += [*carriers, *(self._hops(outer) if carriers or one else ())]
            outer = self.levels[outer]
        return _unlike(out)

    def _source_hops(self, n: int) -> list[Hop]:
        """The carriers that the source of a statement names ("a report in X", "the agency X")."""
        hops: list[Hop] = []
        for span in self.said[n].source[:1]:
            found = tokens(self.text, span)
            phrase = phrase_at(found, 0)
            if phrase is None:
                continue
            seen = (
                self.reader.platform(found, phrase, False)
                or self.reader.noun(found, phrase, "documents", "document")
                or self.reader.outlet(found, phrase)
            )
            if seen is not None and (seen.sure or self._reports(n) or self._is_medium(found, phrase)):
                hops.append(seen.hop)
        return hops

    def _reports(self, n: int) -> bool:
        """Whether the cue of a statement is what media do: reporting, quoting, citing."""
        cue = {t.low for a, b in self.said[n].cue for t in tokens(self.text, (a, b))}
        return bool(cue & words("verbs", "relay"))

    def _is_medium(self, found: Sequence[Token], phrase: Phrase) -> bool:
        """Whether a source that is a bare name may be a medium: an acronym, or a body as the encoder sees it."""
        run = self.reader.capitals(found, phrase)
        if run is None:
            return False
        one = found[run[1] - 1].text
        return run[1] - run[0] == 1 and one.isupper() and len(one) > 2


def _speakers(text: str, said: Sequence[Said]) -> frozenset[str]:
    """Last words of the sources that say something themselves; what only reports may be a medium."""
    out: set[str] = set()
    for s in said:
        cue = {t.low for a, b in s.cue for t in tokens(text, (a, b))}
        if s.source and cue and not cue & words("verbs", "relay"):
            found = tokens(text, s.source[-1])
            if (
                len(found) > 1
                and found[-2].capital
                and found[-1].capital
                and found[-2].low not in words("words", "articles")
            ):
                out.add(found[-1].text)
    return frozenset(out)


def _ordered(carriers: Iterable[Carrier]) -> tuple[Hop, ...]:
    return _unlike([c.hop for c in sorted(carriers, key=lambda c: (c.rank, c.hop.span))])


def _unlike(hops: Iterable[Hop]) -> tuple[Hop, ...]:
    """Hops without those of a name that stands before."""
    out: dict[str, Hop] = {}
    for hop in hops:
        out.setdefault(hop.name.casefold(), hop)
    return tuple(out.values())
