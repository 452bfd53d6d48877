"""The evidence for who a pronoun or a description means, each piece with its name and weight."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from sayso.encoder.annotations import Annotations
from sayso.records import Span
from sayso.sentences import sentences
from sayso.speakers.aliases import other_names
from sayso.speakers.bodies import with_bodies
from sayso.speakers.cast import Cast, Member, cast_of
from sayso.speakers.likes import liken
from sayso.speakers.mentions import mentions_of
from sayso.speakers.names import fold, gender, words
from sayso.speakers.recalled import recalled
from sayso.speakers.roles import roles_of
from sayso.speakers.source import Source
from sayso.speakers.titled import titled
from sayso.speakers.trades import told_bodies
from sayso.speakers.trimming import trimmed

# Chosen by random search on ced-dev and speakers-dev together (training/log.md); scores are flat around them.
WEIGHTS = {
    "coreference": 1.4,
    "same-paragraph": 2.0,
    "last-speaker": 0.8,
    "subject": 0.63,
    "introduced": 1.5,
    "near": 0.4,
    "role": 1.1,
    "gender": 0.35,
    "teller": 2.0,
}
FAR = 2500  # characters; nobody named further back is meant by a pronoun
HEAD = 40  # characters from the start of a sentence within which a name may be its subject
BARE = 1.5  # fit below which an office of another sort rules a member out: "the Tarn minister" is no Harrow minister
NEAR = 400  # characters at which nearness counts half


_WORDS = re.compile(r"[^\W\d_]+")
_DOTTED = re.compile(r"\b(?:[A-Z]\.){2,}")
_MODIFIERS = re.compile(r"(?:[A-Z][\w-]*(?:[’']s)? ){1,3}$")
_EMPTY = frozenset({"the", "a", "an", "of", "for", "and", "s", "this", "that", "his", "her", "their", "our"})


def _words(text: str) -> list[str]:
    """Words of a role or description, folded; U.S. is one."""
    return [fold(w) for w in _WORDS.findall(_DOTTED.sub(lambda m: m.group().replace(".", ""), text))]


def _office(text: str, noun: str) -> set[str]:
    """The words before the noun of a role or description, folded: what sort of minister."""
    found = _words(text)
    at = found.index(noun) if noun in found else len(found)
    return {w for w in found[:at] if w not in _EMPTY and w not in words("titles")}


class Evidence:
    """What one page says about its cast."""

    def __init__(self, text: str, paragraphs: Sequence[Span], annotations: Annotations) -> None:
        self.text = text
        self.paragraphs = [start for start, _ in paragraphs]
        self.sentence_starts = [start for start, _ in sentences(text, paragraphs)]
        named = recalled(text, with_bodies(text, mentions_of(text, annotations, paragraphs), paragraphs), paragraphs)
        mentions, others = other_names(text, told_bodies(text, trimmed(text, named)))
        namesakes = titled(text, self.sentence_starts, mentions)
        self.cast: Cast = cast_of(mentions, others, namesakes.bearers, namesakes.apart)
        liken(text, self.cast)
        self.coreference = {
            annotations.characters(c.span): [(annotations.characters(s), p) for s, p in c.antecedents]
            for c in annotations.coreference
        }
        self.roles = {m.number: roles_of(text, self.sentence_starts, m) for m in self.cast.members}
        self.offices = {m.number: [*(role for role, _ in self.roles[m.number]), *self._titled(m)] for m in self.cast.members}
        self.known: dict[tuple[Span, int], dict[int, float]] = {}
        self.called: dict[int, str] = {}  # he or she, once a pronoun has clearly gone back to a member

    def _titled(self, member: Member) -> Iterator[str]:
        """Titles with the capitalised words before them: "Harrovian President" says more than the title alone."""
        for m in member.mentions:
            before = _MODIFIERS.search(self.text, max(0, m.span[0] - 40), m.span[0]) if m.name.titles else None
            if before and fold(before.group().split()[0]) not in words("openers"):
                yield before.group() + " ".join(m.name.titles)

    def paragraph(self, at: int) -> int:
        """Number of the paragraph that holds a character."""
        return bisect_right(self.paragraphs, at)

    def gender(self, member: Member) -> str:
        """he, she or "": by titles, given name, earlier pronouns and the words of roles."""
        if member.gender or member.number in self.called:
            return member.gender or self.called[member.number]
        found = {gender(tuple(text.split())) for text, _ in self.roles[member.number]} - {""}
        return found.pop() if len(found) == 1 else ""

    def named_in(self, span: Span) -> Member | None:
        """The first member named inside a span."""
        order = self.cast.order
        n = max(0, bisect_left(order, span) - 1)
        while n < len(order) and order[n][0] < span[1]:
            if order[n][1] > span[0]:
                return self.cast.at[order[n]]
            n += 1
        return None

    def _back(self, span: Span, depth: int) -> dict[int, float]:
        """Chances that a span goes back to each member, by number; worked out once a span."""
        if (span, depth) not in self.known:
            found: dict[int, float] = {}
            for antecedent, chance in self.coreference.get(span, ()):
                named = self.named_in(antecedent)
                further = {named.number: 1.0} if named else self._back(antecedent, depth - 1) if depth else {}
                for number, share in further.items():
                    found[number] = found.get(number, 0.0) + chance * share
            self.known[span, depth] = found
        return self.known[span, depth]

    def coreferent(self, span: Span, member: Member) -> float:
        """Probability that a span goes back to a member, directly or through up to three other mentions."""
        return min(self._back(span, 3).get(member.number, 0.0), 1.0)

    def recent(self, at: int) -> set[int]:
        """Numbers of the members named within reach before a character."""
        order = self.cast.order
        last = bisect_left(order, (at, at))
        first = bisect_left(order, (at - FAR, 0))
        return {self.cast.at[s].number for s in order[first:last]}

    def is_subject(self, span: Span) -> bool:
        """Whether a name stands where a sentence has its subject: at its start, or joined to a name there by "and"."""
        first = self.sentence_starts[bisect_right(self.sentence_starts, span[0]) - 1]
        if span[0] - first < HEAD:
            return True
        order = self.cast.order
        n = bisect_left(order, span)
        return n > 0 and order[n - 1][0] - first < HEAD and self.text[order[n - 1][1] : span[0]].strip() == "and"

    def weigh(
        self, member: Member, span: Span, begins: int, source: Source, said: tuple[Member | None, int], teller: Member | None
    ) -> dict[str, float]:
        """The evidence for one member as the source at ``span``, whose words or source begin at a character.

        ``said``: who spoke last and where the words ended. ``teller``: who says the words that begin with this source.
        """
        found: dict[str, float] = {}
        at = span[0]
        last = member.before(at)
        if last is not None and at - last[1] > FAR:
            last = None
        if last is None and said[0] is not member:
            return {}
        if teller is member:
            found["teller"] = WEIGHTS["teller"]
        if chance := self.coreferent(span, member):
            found["coreference"] = WEIGHTS["coreference"] * chance
        paragraph = self.paragraph(begins)
        if said[0] is member and (gap := paragraph - self.paragraph(said[1])) <= 2:
            found["last-speaker"] = WEIGHTS["same-paragraph"] if gap == 0 else WEIGHTS["last-speaker"] / gap
        if last is not None:
            found["near"] = WEIGHTS["near"] / (1 + (at - last[1]) / NEAR)
            if self.is_subject(last) and paragraph - self.paragraph(last[0]) <= 1:
                found["subject"] = WEIGHTS["subject"]
                if said[1] <= last[0] and paragraph == self.paragraph(last[0]):
                    found["introduced"] = WEIGHTS["introduced"]
        own = self.gender(member)
        if source.form in ("he", "she") and own:
            if source.form != own:
                return {}
            found["gender"] = WEIGHTS["gender"]
        if source.noun and (fit := self.office(member, source)):
            found["role"] = WEIGHTS["role"] * fit
        return found

    def office(self, member: Member, source: Source) -> float:
        """How well a description fits a member's roles: 0 not at all, 1 by its noun alone, up to 2 by all its words.

        "The Harrow minister" is not the "Tarn minister"; roles that say less fit less.
        """
        asked = _office(source.text, source.noun)
        best, other = 0.0, False
        for text in self.offices[member.number]:
            there = set(_words(text))
            if source.noun not in there:
                continue
            own = _office(text, source.noun)
            missing = asked - there
            rival = own - asked
            if missing and rival:
                other = True
                continue
            best = max(best, 1.0 + (len(asked & there) / len(asked) if asked else 0.0))
        return 0.0 if other and best < BARE else best
