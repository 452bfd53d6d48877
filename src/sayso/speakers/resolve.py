"""Who speaks: each statement's source led back to one member of the cast, or left open with the reason.

Names decide themselves. Pronouns and descriptions are weighed over the persons named before them: the encoder's
coreference, who spoke last, who stands first in the sentence, how near, he or she, roles. A winner must be strong enough and
lead the runner-up; otherwise the statement stays without a name ("low-score", "two-candidates", "no-candidate"), since a
wrong name costs more than a missing one.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from sayso.encoder.annotations import Annotations
from sayso.records import Span
from sayso.speakers.cast import Member
from sayso.speakers.evidence import Evidence
from sayso.speakers.labels import turn_speaker
from sayso.speakers.names import covers, fold, is_person, parse, words
from sayso.speakers.oddities import Mismatch, variants
from sayso.speakers.roll import Named, Resolution, Roll, Who
from sayso.speakers.source import (
    Source,
    describe,
    head_noun,
    is_possessed,
    kind_of_description,
    parse_source,
)
from sayso.statements import Draft

LEAD = 0.1  # by which the best candidate must lead the next; .05 to .2 score alike on ced-dev
ALONE = 0.4  # the same where place alone speaks for it: that was wrong in 3 of 3 on ced-dev and speakers-dev
CLEARER = 0.3  # by which the office of one must fit a description better than that of the next; not measured apart
PROVIDED = re.compile(r"(?i)\b(?:provided|compiled|collected|gathered|released|published|issued)? ?(?:by|from)(?: the)?\s+$")
TOP = 3  # paragraphs that sum up what follows, and words of a description there that a name may have all or none of
REFERRING = ("role", "coreference", "last-speaker")  # evidence without which a description names nobody
SURE = 0.6  # chance of coreference above which a pronoun settles how the page calls somebody
ENOUGH = 0.3  # least weight of evidence for a name
LEAST = 0.2  # from which a piece of evidence counts as a reason of its own


class _Resolver:
    def __init__(
        self,
        text: str,
        paragraphs: Sequence[Span],
        annotations: Annotations,
        drafts: Sequence[Draft],
        author: str,
    ) -> None:
        self.text, self.drafts, self.author = text, drafts, author
        self.evidence = Evidence(text, paragraphs, annotations)
        self.cast = self.evidence.cast
        self.paragraphs = self.evidence.paragraphs
        self.outcomes: list[Who] = []
        self.mismatches: list[Mismatch] = []
        self.anybody = False  # whether a member of the cast has spoken
        self.nouns: dict[str, Who] = {}  # who was described last by each noun
        sources = [parse_source(text, d.source, self.cast) for d in drafts]
        heads = [self.cast.at[s.names[0]] for s in sources if s.form == "name" and s.names[0] in self.cast.at]
        self.heads = {self.cast.at[s.names[0]].number for s in sources if s.names and s.names[0] in self.cast.at}
        self.said = Counter(member.number for member in heads if member.kind == "person")

    def settle(self, who: Who) -> None:
        """Keep the outcome of the next draft."""
        self.outcomes.append(who)
        self.anybody = self.anybody or who.member is not None
        if who.described is not None:
            self.nouns[head_noun(who.described.name)] = who

    def _last_said(self, n: int) -> tuple[Member | None, int]:
        """The member whom the draft before number ``n`` belongs to, and where its words end."""
        for k in range(n - 1, -1, -1):
            if self.outcomes[k].member is not None and self.drafts[k].inside is None:
                return self.outcomes[k].member, self.drafts[k].content[-1][1]
        return None, -1

    def best(self, n: int, at: int, source: Source, pool: Sequence[Member]) -> Who:
        """The one clear candidate of a pool, or none with the reason."""
        span = self.drafts[n].source[0] if self.drafts[n].source else (at, at)
        said = self._last_said(n)
        recent = self.evidence.recent(at)
        others = [self._told_by(n, source)]  # those who cannot be meant
        if source.form == "description":
            others += [self.cast.at.get(name) for name in source.names]  # "the ally of Lia Renn" is not she
        pool = [m for m in pool if (m.number in recent or m is said[0]) and not any(m is o for o in others)]
        ranked = sorted(
            ((sum(e.values()), -m.number, m, e) for m in pool if (e := self.evidence.weigh(m, span, source, said))),
            key=lambda r: r[:2],
            reverse=True,
        )
        if not ranked:
            return Who(reason="no-candidate")
        offices = sorted((r[3]["role"] for r in ranked if "role" in r[3]), reverse=True)
        if source.form == "description" and len(offices) > 1 and offices[0] - offices[1] < CLEARER:
            return Who(reason="two-candidates")  # two ministers: the title alone does not tell
        top, _, member, evidence = ranked[0]
        lead = top - (ranked[1][0] if len(ranked) > 1 else 0.0)
        if top < ENOUGH:
            return Who(reason="low-score")
        referring = [k for k in REFERRING if evidence.get(k, 0.0) >= LEAST]
        if lead < (LEAD if referring or "gender" in evidence else ALONE):
            return Who(reason="two-candidates")
        why = max(referring or evidence, key=lambda k: evidence[k])
        if len(ranked) == 1 and not referring:
            why = "only-one"
        return Who(member, None, why, min(0.95, 0.5 + 0.25 * min(lead, 1.2) + 0.1 * min(top, 2.0)))

    def _told_by(self, n: int, source: Source) -> Member | None:
        """Who tells a statement within which this one is told, where its source must be somebody else.

        Nobody calls himself "the pilot"; and "he" in somebody's own words, word for word, is another.
        """
        outer = self.drafts[n].inside
        if outer is None or outer >= len(self.outcomes):
            return None
        other = source.form == "description" or (source.form in ("he", "she") and self.drafts[outer].kind == "direct")
        return self.outcomes[outer].member if other else None

    # --- forms of source ---------------------------------------------------------------------------------------
    def name(self, n: int, source: Source) -> Who:
        members = [self.cast.at.get(s) for s in source.names]
        if members[0] is None:
            return self.namesake(n, source)
        if (bearer := self._called(source, members[0])) is not None:
            return bearer
        joint = tuple(m for m in members[1:] if m is not None and m is not members[0])
        return Who(members[0], None, "name", 0.97, joint)

    def _called(self, source: Source, member: Member) -> Who | None:
        """The one person whom the page calls so: "Lia Renn, a Harrovian, …", then "the Harrovian said"."""
        word = fold(member.full.text)
        if len(member.full.parts) != 1 or member.kind == "organisation" or source.text[:4].casefold() != "the ":
            return None
        roles = self.evidence.roles
        bearers = [m for m in self.cast.persons() if any(word in map(fold, text.split()) for text, _ in roles[m.number])]
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
            if (before := self._nameless(n, at)) is not None:
                return before
            found = self.best(n, at, source, self.cast.persons())
            if (other := self._miscalled(n, source, found)) is not None:
                return other
            if found.member is not None and self.evidence.coreferent(self.drafts[n].source[0], found.member) > SURE:
                self.evidence.called.setdefault(found.member.number, source.form)
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
        bodies = [
            m for m in self.cast.members if m.kind == "organisation" or (m.kind not in ("person", "sort") and m.number in self.heads)
        ]
        if source.form == "it":
            return self.best(n, at, source, bodies)
        for k in range(n - 1, max(-1, n - 4), -1):
            before = self.outcomes[k]
            if before.described is not None and before.described.kind in ("group", "anonymous", "organisation"):
                return replace(before, reason="last-speaker", confidence=0.6)
            if before.member is not None and (before.member.kind != "person" or before.joint):
                return replace(before, reason="last-speaker", confidence=0.6)
        return Who(reason="no-candidate")

    def _miscalled(self, n: int, source: Source, found: Who) -> Who | None:
        """The one who spoke last and is called by the other pronoun, where nobody else can be meant.

        That is so where no other person was named since, and nobody whom the pronoun fits was in this paragraph.
        """
        span = self.drafts[n].source[0]
        said, where = self._last_said(n)
        persons = [m for m in self.cast.members if m.kind in ("person", "other") and m.name.parts]
        if said is None and len(persons) == 1 and (named := persons[0].before(span[0])):
            said, where = persons[0], named[1]  # nobody else is on the page
        called = self.evidence.gender(said) if said is not None and said.kind == "person" else ""
        if said is None or not called or called == source.form:
            return None
        here = self.evidence.paragraph(span[0])
        if here - self.evidence.paragraph(where) > 1 or self.drafts[n].inside is not None:
            return None
        named = said.before(span[0])
        order = self.cast.order
        since = order[bisect_left(order, named) if named else 0 : bisect_left(order, span)]
        others = {self.cast.at[s].number for s in since if self.cast.at[s].kind in ("person", "other")} - {said.number}
        fits = found.member is not None and found.member is not said and found.reason != "last-speaker"
        if named is None or others or fits:
            return None
        self.mismatches.append(Mismatch(span, said.full.text, named, called))
        return Who(said, None, "pronoun-mismatch", 0.5)

    def _nameless(self, n: int, at: int) -> Who | None:
        """Somebody without a name who spoke just before, if nobody has been named since ("a spokeswoman … she added")."""
        if n == 0:
            return None
        before, draft = self.outcomes[n - 1], self.drafts[n - 1]
        if before.described is None or before.described.kind != "anonymous" or not draft.source:
            return None
        near = bisect_right(self.paragraphs, at) - bisect_right(self.paragraphs, draft.source[0][0]) <= 1
        named = any(draft.source[-1][1] <= s[0] < at and m.kind == "person" for s, m in self.cast.at.items())
        return replace(before, reason="last-speaker", confidence=0.6) if near and not named else None

    def description(self, n: int, span: Span, source: Source) -> Who:
        if (titled := self._titled(n, span)) is not None:
            return titled
        kind = kind_of_description(source)
        if kind == "document" and (maker := self._maker(n, span, source)) is not None:
            return maker
        party = source.names == ((span[0] + len("the "), span[1]),)  # "the Republican"
        person = (party or is_person(source.noun)) and not source.plural and not is_possessed(source.text)
        if person and source.definite:
            found = self.best(n, span[0], source, self.cast.persons())
            known = found.reason in REFERRING or (found.reason == "only-one" and source.noun in words("generic"))
            if found.member is not None and known and (party or self._may_be(n, found, source.noun)):
                return replace(found, confidence=min(found.confidence, 0.75))
        if source.definite and (same := self._described(source)) is not None:
            return same
        if person and (later := self.unfolding(n, source)) is not None:
            return later
        if person and source.definite and found.reason != "no-candidate":
            return Who(reason="two-candidates" if found.reason == "two-candidates" else "low-score")
        if kind == "organisation" and (called := self._called_body(span, source)) is not None:
            return called
        if kind == "organisation" and source.definite:
            return self.body(n, span, source)
        if not (name := describe(self.text[slice(*span)])):
            return Who(reason="no-source")
        return Who(None, Named(name, kind, (span,)), "description", 0.7)

    def _described(self, source: Source) -> Who | None:
        """Somebody without a name who was described by the same noun before: "a union source", then "the source"."""
        before = self.nouns.get(source.noun) if " and " not in source.text else None
        return before and replace(before, reason="described", confidence=0.6)

    def _maker(self, n: int, span: Span, source: Source) -> Who | None:
        """Who made a document that is named after its maker: "the latest Harrow Research poll", "the council's figures"."""
        said = self.text[slice(*span)].casefold()
        for name in source.names:
            after = said[name[1] - span[0] :].removeprefix("'s").removeprefix("’s").split()
            member = self.cast.at.get(name)
            by = PROVIDED.search(self.text[span[0] : name[0]]) is not None and source.noun in words("counts")
            if member is not None and (by or (after[:1] and fold(after[0]) == source.noun)):
                return Who(member, None, "maker", 0.8)
        if source.noun in words("counts") and said.startswith("its "):
            its = self.pronoun(n, span[0], replace(source, form="it", names=()))
            return replace(its, reason="maker", confidence=0.6) if its.member is not None else None
        return None

    def _titled(self, n: int, span: Span) -> Who | None:
        """A name that the encoder did not mark here ("Mr Aske", "the Guard"), known from elsewhere on the page."""
        said = self.text[slice(*span)]
        if said[:4].casefold() == "the " and said[4:5].isupper() and said[4:].isalpha():
            ends = [m for m in self.cast.members if m.kind == "organisation" and fold(m.full.surname) == fold(said[4:])]
            return Who(ends[0], None, "name", 0.85) if len(ends) == 1 else None
        if not said[:1].isupper() or not all(w[:1].isupper() or w in words("particles") for w in said.split()):
            return None
        name = parse(said)
        ends = [m for m in self.cast.members if m.kind == "person" and covers(m.full, name) in ("equal", "surname")]
        return Who(ends[0], None, "name", 0.9) if len(ends) == 1 else None

    def _may_be(self, n: int, found: Who, noun: str) -> bool:
        """Whether a member may be called so.

        An office must be among the roles; where the page gives none, the encoder must be sure that the two are one. "The
        official" may be anybody.
        """
        if found.reason == "role" or noun in words("generic") or found.member is None:
            return True
        if self.evidence.coreferent(self.drafts[n].source[0], found.member) < SURE:
            return False
        roles = {fold(w) for text, _ in self.evidence.roles[found.member.number] for w in text.split()}
        offices = roles - words("honorifics")
        return not any(is_person(w) or w in words("titles") for w in offices)

    def body(self, n: int, span: Span, source: Source) -> Who:
        """Who "the ministry" or "the company" is: the one body whose name has the word, or the one that was meant before."""
        bodies = [m for m in self.cast.members if m.kind == "organisation"]
        same = [m for m in bodies if source.noun in {fold(p) for p in m.name.parts}]
        if len(same) == 1:
            return Who(same[0], None, "description", 0.8)
        name = describe(self.text[slice(*span)])
        if " " in name and not same:  # "the northern army" is not whoever spoke last; "the army" may be
            return Who(None, Named(name, "organisation", (span,)), "description", 0.7)
        found = self.best(n, span[0], source, same or bodies)
        if found.member is not None and (same or self.evidence.coreferent(span, found.member) > SURE):
            return replace(found, confidence=min(found.confidence, 0.7))
        if len(same) > 1:
            return Who(reason="two-candidates")
        return Who(None, Named(name, "organisation", (span,)), "description", 0.7)

    def _called_body(self, span: Span, source: Source) -> Who | None:
        """The one body whose name has two words of a description: "a federal appeals court", the Court of Appeals.

        Near the top one word is enough, where just one body of the page has it: the name follows.
        """
        said = {fold(w) for w in re.findall(r"[^\W\d_]+", describe(self.text[slice(*span)]))}
        top = bisect_right(self.paragraphs, span[0]) <= TOP
        if source.plural or " and " in source.text or not (source.definite or top):
            return None
        bodies = [m for m in self.cast.members if m.kind == "organisation" and len(m.full.parts) > 1]
        shared = {m.number: said & {fold(p) for p in m.full.parts} for m in bodies}
        fitting = [m for m in bodies if source.noun in shared[m.number]]
        closer = [m for m in fitting if len(shared[m.number]) > 1] or (fitting if top and len(said) <= TOP else [])
        return Who(closer[0], None, "description", 0.7) if len(closer) == 1 else None

    def unfolding(self, n: int, source: Source) -> Who | None:
        """A description in the headline or lead whose name follows: the body's main speaker, if there is just one."""
        at = self.drafts[n].source[0][0]
        if bisect_right(self.paragraphs, at) > TOP or self.anybody:
            return None
        counts = self.said
        if not counts:
            return None
        best = max(counts, key=lambda k: (counts[k], -k))
        member = self.cast.members[best]
        roles = {fold(w) for text, _ in self.evidence.roles[best] for w in text.split()}
        if (counts[best] >= 3 and 2 * counts[best] > sum(counts.values()) + 1) or (
            source.noun in roles and len(counts) == 1
        ):
            return Who(member, None, "named-later", 0.7)
        return None

    def one(self, n: int) -> Who:
        """The speaker of draft number ``n``; all before it are decided."""
        draft = self.drafts[n]
        if draft.origin == "continued":
            if (introduced := self.introduced(n)) is not None:
                return introduced
            for k in range(n - 1, -1, -1):
                if self.drafts[k].inside is None:
                    return replace(
                        self.outcomes[k], reason=self.outcomes[k].reason if not self._has(k) else "continues", joint=()
                    )
            return Who(reason="no-candidate")
        if draft.origin == "turn":
            return turn_speaker(self.text, self.cast, self.author, draft.source[0])
        if draft.origin == "poll":
            at = next((m for s, m in self.cast.at.items() if draft.by and s[0] <= draft.by[0] < s[1]), None)
            maker = None if at or not draft.by else Named(self.text[slice(*draft.by)], "organisation", (draft.by,))
            return Who(at, maker, "poll", 0.8)
        source = parse_source(self.text, draft.source, self.cast)
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
        since = max((d.content[-1][1] for d in self.drafts[:n] if d.content[-1][1] <= start), default=0)
        since = max(since, self.paragraphs[self.evidence.paragraph(start) - 1])
        spans = [s for s in self.cast.named_in((since, start)) if s in self.cast.at and self.evidence.is_subject(s)]
        members = {m.number: m for s in spans if (m := self.cast.at[s]).kind == "person"}
        if len(members) == 1:
            return Who(members.popitem()[1], None, "introduced", 0.6)
        return Who(reason="two-candidates") if members else None

    def _has(self, k: int) -> bool:
        return self.outcomes[k].member is not None or self.outcomes[k].described is not None


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
