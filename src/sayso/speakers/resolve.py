"""Who speaks: each statement's source led back to one member of the cast, or left open with the reason.

Names decide themselves. Pronouns and descriptions are weighed over the persons named before them: the encoder's
coreference, who spoke last, who stands first in the sentence, how near, he or she, roles. A winner must be strong enough and
lead the runner-up; otherwise the statement stays without a name ("low-score", "two-candidates", "no-candidate"), since a
wrong name costs more than a missing one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from sayso.encoder.annotations import Annotations
from sayso.records import Span
from sayso.speakers.cast import Member
from sayso.speakers.descriptions import Describer
from sayso.speakers.labels import turn_speaker
from sayso.speakers.mentions import is_acronym
from sayso.speakers.names import fold, is_body
from sayso.speakers.oddities import Mismatch, variants
from sayso.speakers.roll import Named, Resolution, Roll, Who
from sayso.speakers.source import (
    Source,
)
from sayso.statements import Draft

SURE = 0.6  # chance of coreference above which a pronoun settles how the page calls somebody


class _Resolver(Describer):
    """Who each draft belongs to, in order."""

    # --- forms of source ---------------------------------------------------------------------------------------
    def name(self, n: int, source: Source) -> Who:
        members = [self.cast.at.get(s) for s in source.names]
        if members[0] is None:
            return self.namesake(n, source)
        if (bearer := self._called(source, members[0])) is not None:
            return bearer
        joint = tuple(m for m in members[1:] if m is not None and m is not members[0])
        return Who(members[0], None, "name", 0.97, joint=joint)

    def _called(self, source: Source, member: Member) -> Who | None:
        """The one person whom the page calls so: "Lia Renn, a Harrovian, …", then "the Harrovian said"."""
        word = fold(member.full.text)
        if len(member.full.parts) != 1 or member.kind == "organisation" or source.text[:4].casefold() != "the ":
            return None
        roles = self.evidence.roles
        called = self.by_office.get(word, ())
        bearers = [m for m in called if any(word in map(fold, text.split()) for text, _ in roles[m.number])]
        return Who(bearers[0], None, "role", 0.75) if len(bearers) == 1 else None

    def namesake(self, n: int, source: Source) -> Who:
        """A surname that two members share is the one who speaks elsewhere on the page; where both do, it stays open."""
        numbers = self.cast.undecided.get(source.names[0], ())
        speaking = [i for i in numbers if i in self.heads]
        if len(speaking) == 1:
            return Who(self.cast.members[speaking[0]], None, "namesake", 0.7)
        return Who(reason="two-candidates" if numbers else "no-candidate")

    def pronoun(self, n: int, at: int, source: Source) -> Who:
        if source.form in ("he", "she"):
            if (before := self.nameless(n, at)) is not None:
                return before
            found = self.best(n, at, source, self._is_somebody)
            if (other := self._miscalled(n, source, found)) is not None:
                return other
            if found.member is not None and self.evidence.coreferent(self.drafts[n].source[0], found.member) > SURE:
                self.evidence.called.setdefault(found.member.number, source.form)
            if found.member is not None and found.member.kind != "person":
                found.member.make_person()
            return found
        outer = self.drafts[n].inside
        if source.form == "first":
            if outer is not None and outer < len(self.outcomes):
                who = self.outcomes[outer]
                known = who.member is not None or who.described is not None
                return replace(who, reason="first-person" if known else who.reason, joint=())
            if self.author and source.text.casefold() in ("i", "me", "my"):
                return Who(None, Named(self.author, "author", (self.drafts[n].source[0],)), "author", 0.8)
            return Who(reason="no-candidate")
        if source.form == "it":
            return self.best(n, at, source, self._is_body)
        for k in range(n - 1, max(-1, n - 4), -1):
            before = self.outcomes[k]
            if before.described is not None and before.described.kind in ("group", "anonymous", "organisation"):
                return replace(before, reason="last-speaker", confidence=0.6)
            if before.member is not None and (before.member.kind != "person" or before.joint):
                return replace(before, reason="last-speaker", confidence=0.6)
        return Who(reason="no-candidate")

    def _is_somebody(self, member: Member) -> bool:
        """Whether he or she may be a member: a person, or a name that speaks and that nothing says what it is."""
        unknown = member.kind == "other" and member.number in self.heads and len(member.name.parts) == 1
        return member.kind == "person" or (unknown and not is_acronym(member.name) and not is_body(member.name.text))

    def _is_body(self, member: Member) -> bool:
        """Whether "it" may be a member: a body, or what speaks and is no person."""
        return member.kind == "organisation" or (member.kind not in ("person", "sort") and member.number in self.heads)

    def _miscalled(self, n: int, source: Source, found: Who) -> Who | None:
        """Nobody, with a finding, where only the one who spoke last can be meant and he is called by the other pronoun.

        That is so where no other person was named since, and nobody whom the pronoun fits was in this paragraph. It may be
        a slip about him, or somebody whom the page has not named: either way no name is sure.
        """
        span = self.drafts[n].source[0]
        said, where = self.spoke
        alone = self.only_person
        if said is None and alone is not None and (named := alone.before(span[0])):
            said, where = alone, named[1]  # nobody else is on the page
        called = self.evidence.gender(said) if said is not None and said.kind == "person" else ""
        if said is None or not called or called == source.form:
            return None
        here = self.evidence.paragraph(span[0])
        if here - self.evidence.paragraph(where) > 1 or self.drafts[n].inside is not None:
            return None
        named = said.before(span[0])
        order = self.cast.order
        since = order[bisect_left(order, named) if named else 0 : bisect_left(order, span)]
        others = {self.cast.at[s].number for s in since if self._is_somebody(self.cast.at[s])} - {said.number}
        fits = found.member is not None and found.member is not said and found.reason != "last-speaker"
        if named is None or others or fits:
            return None
        self.mismatches.append(Mismatch(span, said.full.text, named, called))
        return Who(reason="pronoun-mismatch", weighed=found.weighed)

    @cached_property
    def only_person(self) -> Member | None:
        """The one person of a page that names no other."""
        found = [m for m in self.cast.members if m.kind in ("person", "other") and m.name.parts]
        return found[0] if len(found) == 1 else None

    def one(self, n: int) -> Who:
        """The speaker of draft number ``n``; all before it are decided."""
        draft = self.drafts[n]
        if draft.origin == "continued":
            if (introduced := self.introduced(n)) is not None:
                return introduced
            if self.outermost is None:
                return Who(reason="no-candidate")
            before = self.outermost[0]
            known = before.member is not None or before.described is not None
            return replace(before, reason="continues" if known else before.reason, joint=())
        if draft.origin == "turn":
            return turn_speaker(self.text, self.cast, self.author, draft.source[0])
        if draft.origin == "poll":
            at = self.evidence.named_in((draft.by[0], draft.by[0] + 1)) if draft.by else None
            maker = None if at or not draft.by else Named(self.text[slice(*draft.by)], "organisation", (draft.by,))
            return Who(at, maker, "poll", 0.8)
        source = self.sources[n]
        if source.form == "name":
            return self.name(n, source)
        if source.form == "none":
            return Who(reason="no-source")
        span = (draft.source[0][0], draft.source[-1][1])
        if source.form == "second":
            return Who(reason="no-candidate")
        if source.form == "relative":
            near = [s for s in self.cast.order if 0 <= span[0] - s[1] <= 3]
            return Who(self.cast.at[near[-1]], None, "relative", 0.85) if near else Who(reason="no-candidate")
        if source.form == "description":
            return self.description(n, span, source)
        return self.pronoun(n, span[0], source)

    def introduced(self, n: int) -> Who | None:
        """Somebody whom a sentence between the last words said and this quotation, in its paragraph, is about."""
        start = self.drafts[n].content[0][0]
        since = max(self.last_end(start), self.paragraphs[self.evidence.paragraph(start) - 1])
        spans = [s for s in self.cast.named_in((since, start)) if s in self.cast.at and self.evidence.is_subject(s)]
        members = {m.number: m for s in spans if (m := self.cast.at[s]).kind == "person"}
        if len(members) == 1:
            return Who(members.popitem()[1], None, "introduced", 0.6)
        return Who(reason="two-candidates") if members else None


def resolve(
    text: str, paragraphs: Sequence[Span], annotations: Annotations, drafts: Sequence[Draft], author: str = ""
) -> Resolution:
    """Who speaks each draft. Spans are characters of ``text``.

    ``author``: the name in the byline, who is "I" in the page's own voice.
    """
    resolver = _Resolver(text, paragraphs, annotations, drafts, author)
    for n in range(len(drafts)):
        resolver.settle(resolver.one(n))
    roll = Roll(resolver.evidence)
    resolved = tuple(roll.resolved(who) for who in resolver.outcomes)
    return Resolution(roll.all(), resolved, variants(resolver.cast), tuple(resolver.mismatches))
