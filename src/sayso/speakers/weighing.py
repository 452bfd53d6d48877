"""Candidates weighed against each other: what all ways of deciding share.

A winner must be strong enough and lead the runner-up, else the statement stays without a name. Who was weighed, with the
evidence for each, is kept for whoever asks why.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property

from sayso.encoder.annotations import Annotations
from sayso.records import Span
from sayso.speakers.cast import Member
from sayso.speakers.evidence import Evidence
from sayso.speakers.names import fold
from sayso.speakers.oddities import Mismatch
from sayso.speakers.roll import Weighed, Who
from sayso.speakers.source import Source, head_noun, parse_source
from sayso.statements import Draft

LEAD = 0.1  # by which the best candidate must lead the next; .05 to .2 score alike on ced-dev
ALONE = 0.4  # the same where place alone speaks for it: that was wrong in 3 of 3 on ced-dev and speakers-dev
CLEARER = 0.3  # by which the office of one must fit a description better than that of the next; not measured apart
TIED = 0.6  # by which one of two with the same office must lead who spoke last; .3 and .6 give +.004 on ced-dev, 1.0 nothing
REFERRING = ("role", "teller", "coreference", "last-speaker")  # evidence without which a description names nobody
ENOUGH = 0.3  # least weight of evidence for a name
LEAST = 0.2  # from which a piece of evidence counts as a reason of its own
SHOWN = 2  # of those weighed, how many are kept: the winner and the runner-up

Fits = Callable[[Member], bool]


class Weigher:
    """What is known of one page while its drafts are decided in order, and how candidates are weighed."""

    def __init__(
        self, text: str, paragraphs: Sequence[Span], annotations: Annotations, drafts: Sequence[Draft], author: str
    ) -> None:
        self.text, self.drafts, self.author = text, drafts, author
        self.evidence = Evidence(text, paragraphs, annotations)
        self.cast = self.evidence.cast
        self.paragraphs = self.evidence.paragraphs
        self.outcomes: list[Who] = []
        self.mismatches: list[Mismatch] = []
        self.anybody = False  # whether a member of the cast has spoken
        self.nouns: dict[str, Who] = {}  # who was described last by each noun
        self.spoke: tuple[Member | None, int] = (None, -1)  # who spoke last outside others' words, and where that ended
        self.outermost: tuple[Who, int] | None = None  # the last draft that is not told within another: outcome and number
        self.ends: list[int] = []  # where the words of drafts end, in order
        self.most: dict[str, list[Member]] = {}  # the two bodies of a trade that are named most
        self.sources = [parse_source(text, d.source, self.cast) for d in drafts]
        named = [(s.form, self.cast.at[s.names[0]]) for s in self.sources if s.names and s.names[0] in self.cast.at]
        self.heads = {member.number for _, member in named}
        self.said = Counter(m.number for form, m in named if form == "name" and m.kind == "person")

    # --- the cast, looked up ------------------------------------------------------------------------------------
    @cached_property
    def persons(self) -> list[Member]:
        """Members that are people."""
        return self.cast.persons()

    @cached_property
    def bodies(self) -> list[Member]:
        """Members that are bodies."""
        return [m for m in self.cast.members if m.kind == "organisation"]

    @cached_property
    def bodies_by_word(self) -> dict[str, list[Member]]:
        """Bodies by each word of their names."""
        found: dict[str, list[Member]] = {}
        for m in self.bodies:
            for word in {fold(p) for p in (*m.name.parts, *m.full.parts)}:
                found.setdefault(word, []).append(m)
        return found

    @cached_property
    def persons_by_end(self) -> dict[str, list[Member]]:
        """People by the last word of their full names."""
        found: dict[str, list[Member]] = {}
        for m in self.persons:
            found.setdefault(fold(m.full.surname), []).append(m)
        return found

    @cached_property
    def by_office(self) -> dict[str, list[Member]]:
        """People by each word of the roles that the page gives them."""
        found: dict[str, list[Member]] = {}
        for m in self.persons:
            for word in {fold(w) for text in self.evidence.offices[m.number] for w in text.split()}:
                found.setdefault(word, []).append(m)
        return found

    # --- what was decided so far --------------------------------------------------------------------------------
    def settle(self, who: Who) -> None:
        """Keep the outcome of the next draft."""
        draft = self.drafts[len(self.outcomes)]
        self.outcomes.append(who)
        self.anybody = self.anybody or who.member is not None
        if who.described is not None:
            self.nouns[head_noun(who.described.name)] = who
        if draft.inside is None:
            self.outermost = (who, len(self.outcomes) - 1)
            if who.member is not None:
                self.spoke = (who.member, draft.content[-1][1])
            elif who.described is not None and who.described.kind == "anonymous":
                self.spoke = (None, draft.content[-1][1])
        insort(self.ends, draft.content[-1][1])

    def last_end(self, at: int) -> int:
        """Where the last words that somebody said before a character end; 0 for none."""
        n = bisect_right(self.ends, at)
        return self.ends[n - 1] if n else 0

    def nameless(self, n: int, at: int) -> Who | None:
        """Somebody without a name who spoke last, if nobody has been named since ("a spokeswoman … she added").

        Whoever is named in the words said, word for word, does not count: they are not told of by the page.
        """
        if self.outermost is None:
            return None
        before, k = self.outermost
        draft = self.drafts[k]
        if before.described is None or before.described.kind != "anonymous":
            return None
        source = draft.source[-1][1] if draft.source else 0
        end = max(source, draft.content[-1][1])
        begins = min(at, self.drafts[n].content[0][0])
        since = end if draft.kind == "direct" and end <= at else source or draft.content[0][0]
        near = self.evidence.paragraph(begins) - self.evidence.paragraph(end if since == end else since) <= 1
        named = any(m.kind == "person" for m in self.named_between(since, at))
        return replace(before, reason="last-speaker", confidence=0.6) if near and not named else None

    # --- weighing -----------------------------------------------------------------------------------------------
    def best(self, n: int, at: int, source: Source, fits: Fits) -> Who:
        """The one clear candidate of those who fit and were named within reach, or none with the reason."""
        ranked = self._ranked(n, at, source, fits)
        if not ranked:
            return Who(reason="no-candidate")
        weighed = tuple(Weighed(m.full.text, total, tuple(e.items())) for total, _, m, e in ranked[:SHOWN])
        offices = sorted((r[3]["role"] for r in ranked if "role" in r[3]), reverse=True)
        top, _, member, evidence = ranked[0]
        lead = top - (ranked[1][0] if len(ranked) > 1 else 0.0)
        tied = source.form == "description" and len(offices) > 1 and offices[0] - offices[1] < CLEARER
        if tied and not ("last-speaker" in evidence and "role" in evidence and lead >= TIED):
            return Who(reason="two-candidates", weighed=weighed)  # two ministers: the title alone does not tell
        if top < ENOUGH:
            return Who(reason="low-score", weighed=weighed)
        referring = [k for k in REFERRING if evidence.get(k, 0.0) >= LEAST]
        if lead < (LEAD if referring or "gender" in evidence else ALONE):
            return Who(reason="two-candidates", weighed=weighed)
        why = max(referring or evidence, key=lambda k: evidence[k])
        if len(ranked) == 1 and not referring:
            why = "only-one"
        confidence = min(0.95, 0.5 + 0.25 * min(lead, 1.2) + 0.1 * min(top, 2.0))
        return Who(member, None, why, confidence, weighed=weighed)

    def _ranked(
        self, n: int, at: int, source: Source, fits: Fits
    ) -> list[tuple[float, int, Member, dict[str, float]]]:
        span = self.drafts[n].source[0] if self.drafts[n].source else (at, at)
        said, teller = self.spoke, self._opens(n, source)
        others = [self._told_by(n, source), *self._spoken_of(n)]  # those who cannot be meant
        if source.form == "description":
            others += [self.cast.at.get(name) for name in source.names]  # "the ally of Lia Renn" is not she
        near = self.evidence.recent(at) | ({said[0].number} if said[0] is not None else set())
        pool = [m for k in sorted(near) if fits(m := self.cast.members[k]) and not any(m is o for o in others)]
        begins = min(at, self.drafts[n].content[0][0])
        weighed = ((m, self.evidence.weigh(m, span, begins, source, said, teller)) for m in pool)
        return sorted(((sum(e.values()), -m.number, m, e) for m, e in weighed if e), key=lambda r: r[:2], reverse=True)

    def _told_by(self, n: int, source: Source) -> Member | None:
        """Who tells a statement within which this one is told, where its source must be somebody else.

        Nobody calls himself "the pilot"; and "he" in somebody's own words, word for word, is another.
        """
        outer = self.drafts[n].inside
        if outer is None or outer >= len(self.outcomes):
            return None
        other = source.form == "description" or (source.form in ("he", "she") and self.drafts[outer].kind == "direct")
        return self.outcomes[outer].member if other else None

    def _spoken_of(self, n: int) -> list[Member]:
        """Those named in the words said: nobody calls himself by his name in a quotation, nor "he" what follows it names.

        Words that stand before an unquoted "he said" may name him: "Renn was late, he said".
        """
        draft = self.drafts[n]
        at = draft.source[-1][1] if draft.source else -1
        heard = draft.content if draft.kind == "direct" else tuple(f for f in draft.content if f[0] >= at)
        return [self.cast.at[s] for f in heard for s in self.cast.named_in(f) if s in self.cast.at]

    def _opens(self, n: int, source: Source) -> Member | None:
        """Who tells this one within words of his own that begin with the pronoun: "Renn said he would tell the guild …"."""
        outer = self.drafts[n].inside
        if outer is None or outer >= n or source.form not in ("he", "she", "it") or self.drafts[outer].kind == "direct":
            return None
        at, begins = self.drafts[n].source[0][0], self.drafts[outer].content[0][0]
        before = self.text[begins:at].strip().casefold()
        return self.outcomes[outer].member if begins <= at and before in ("", "that") else None

    def named_between(self, start: int, end: int) -> list[Member]:
        """Members named between two characters, in order."""
        order = self.cast.order
        return [self.cast.at[s] for s in order[bisect_left(order, (start, start)) : bisect_left(order, (end, end))]]
