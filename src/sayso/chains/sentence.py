"""One sentence while its carriers are looked for: its words, where the statement's own parts end, what was found."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.chains.carriers import Reader, Seen
from sayso.chains.phrases import Phrase, Token, phrase_at, words
from sayso.chains.said import Carrier

NEAR = 6  # words between a cue or comma and its preposition ("said in Tolsk late on Monday in a letter")


class Sentence:
    """The words of one sentence. ``edges``: where sources, cues and contents of statements begin and end in it."""

    def __init__(self, reader: Reader, found: Sequence[Token], edges: frozenset[int]) -> None:
        self.reader, self.found, self.edges = reader, found, edges
        self.carriers: list[Carrier] = []
        self.ends: dict[int, Carrier] = {}  # number of the token after a carrier's phrase → the carrier
        self.until = 0  # the token from which the next frame may begin

    def word(self, i: int) -> str:
        """Token ``i`` in lower case, or nothing outside the sentence."""
        return self.found[i].low if 0 <= i < len(self.found) else ""

    def last_word(self, phrase: Phrase) -> str:
        """The last word of a phrase, in lower case."""
        return self.found[phrase.last - 1].low

    def linked(self, i: int) -> bool:
        """Whether a carrier's phrase ends right before token ``i``."""
        return i in self.ends

    def add(self, i: int, seen: Seen, again: bool, rank: int, *, told: bool = False, shared: bool = False) -> None:
        """Note one carrier whose frame begins at token ``i``; one that is joined to another stands where that one does."""
        linked = self.ends.get(i)
        at = linked.at if linked else self.found[i].start
        alone = seen.hop.kind != "document" or seen.head not in words("documents", "linked")
        carrier = Carrier(seen.hop, rank, at, told=told, again=again, shared=shared, alone=alone)
        self.carriers.append(carrier)
        self.ends[seen.last] = carrier
        self.until = seen.last

    def beside(self, i: int) -> bool:
        """Whether the statement's own words stand right before token ``i``, fillers and days passed over."""
        for j in range(i - 1, max(-1, i - 2 - NEAR), -1):
            token = self.found[j]
            if token.end in self.edges or j + 1 in self.ends:
                return True
            if not token.word:
                return token.text not in ".’'"
            if any(token.low in words("verbs", key) for key in ("speak", "write", "tell")):
                return True
            if not (
                token.low in words("words", "fillers") or token.low in words("words", "days") or token.low.isdigit()
            ):
                return False
        return i <= NEAR + 1

    def speaking(self, i: int) -> bool:
        """Whether a verb of speaking stands before token ``i``, fillers and days passed over, or nothing at all."""
        for j in range(i - 1, max(-1, i - 2 - NEAR), -1):
            low = self.word(j)
            if low in words("verbs", "speak") or j + 1 in self.ends:
                return True
            if not (low in words("words", "fillers") or low in words("words", "days") or low.isdigit()):
                return False
        return i <= 1

    def document_near(self, i: int, reach: int) -> bool:
        """Whether a document or another carrier stands within ``reach`` words before token ``i``."""
        near = range(max(0, i - reach), i)
        return any(self.word(j) in words("documents", "nouns") or j + 1 in self.ends for j in near)

    def medium(self, phrase: Phrase, *, named: bool = False) -> Seen | None:
        """The outlet that a phrase names in a frame that expects one; of "a reporter from X" it is X.

        ``named``: the frame is so clear that the encoder's mention does not speak against it.
        """
        seen = self.reader.outlet(self.found, phrase, named=named)
        if seen is not None or self.last_word(phrase) not in words("occasions", "people"):
            return seen
        if self.word(phrase.last) not in words("links", "of"):
            return None
        inner = phrase_at(self.found, phrase.last + 1)
        return self.reader.outlet(self.found, inner) if inner else None

    def listeners(self, phrase: Phrase) -> Seen | None:
        """Reporters in general ("told journalists")."""
        if self.last_word(phrase) not in words("occasions", "audience") or phrase.last - phrase.first > 2:
            return None
        return Seen(self.reader.hop(self.found, phrase.first, phrase.last, "occasion"), True, phrase.last)

    def settled(self) -> list[Carrier]:
        """Carriers that stand alone or beside another; listeners, posts and the like only where nothing tells more."""
        kept = [c for c in self.carriers if c.alone or any(o.rank == 2 for o in self.carriers)]
        named = [c for c in kept if c.hop.name.lower() not in words("occasions", "audience")] or kept
        platforms = [c for c in named if c.hop.kind == "platform"]
        telling = [c for c in platforms if c.hop.name.lower().split()[-1] not in words("platforms", "alone")]
        return [c for c in named if c not in platforms or c in telling or not telling]

    def note(self, carrier: Carrier) -> None:
        """Note a carrier whose phrase stands before its verb."""
        self.carriers.append(carrier)
