"""Sources that describe somebody: "the harbour master", "a union source", "the bank", "one of them"."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace

from sayso.records import Span
from sayso.speakers.cast import Member
from sayso.speakers.names import covers, fold, is_person, parse, words
from sayso.speakers.roll import Named, Who
from sayso.speakers.source import Source, describe, is_possessed, kind_of_description
from sayso.speakers.trades import antecedent, is_place_noun, same_trade, trade_of_noun
from sayso.speakers.weighing import REFERRING, Weigher

PROVIDED = re.compile(r"(?i)\b(?:provided|compiled|collected|gathered|released|published|issued)? ?(?:by|from)(?: the)?\s+$")
_NEW = re.compile(r"(?i)(?:an?|another)\s")
TOP = 3  # paragraphs that sum up what follows, and words of a description there that a name may have all or none of
SURE = 0.6  # chance of coreference above which two are one
MUCH = 3  # times that a body must be named before the page is about it; not measured apart
BEFORE = 400  # characters back from "one" within which those stand whom he is one of


class Describer(Weigher):
    """Who a description means."""

    def pronoun(self, n: int, at: int, source: Source) -> Who:
        """Who a pronoun means."""
        raise NotImplementedError

    def description(self, n: int, span: Span, source: Source) -> Who:
        """Who a description means: somebody named, somebody described before, or somebody new by these words."""
        if (titled := self._titled(span)) is not None:
            return titled
        kind = kind_of_description(source)
        if kind == "organisation" and (place := self._by_place(span, source)) is not None:
            return place
        if kind == "document" and (maker := self._maker(n, span, source)) is not None:
            return maker
        party = source.names == ((span[0] + len("the "), span[1]),)  # "the Republican"
        person = (party or is_person(source.noun)) and not source.plural and not is_possessed(source.text)
        found = Who(reason="no-candidate")
        if source.definite and source.noun in words("people") and (stranger := self.nameless(n, span[0])) is not None:
            return stranger
        if person and source.definite:
            found = self.best(n, span[0], source, lambda m: m.kind == "person")
            known = found.reason in REFERRING or (found.reason == "only-one" and source.noun in words("generic"))
            if found.member is not None and known and (party or self._may_be(n, found, source.noun)):
                return replace(found, confidence=min(found.confidence, 0.75))
        if source.definite and (same := self._described(source)) is not None:
            return same
        if person and (later := self._late(span, source) or self.unfolding(n, source)) is not None:
            return later
        if person and source.definite and found.reason != "no-candidate" and not self._newcomer(source):
            return replace(found, member=None, confidence=0.0, reason="two-candidates" if found.reason == "two-candidates" else "low-score")
        return self._nameless_one(n, span, source, kind)

    def _nameless_one(self, n: int, span: Span, source: Source, kind: str) -> Who:
        """A body, one of several, or whoever stands as described."""
        if (one := self._one_of(span, source)) is not None:
            return one
        if kind == "organisation" and (called := self._called_body(span, source)) is not None:
            return called
        if kind == "organisation" and source.definite:
            return self.body(n, span, source)
        if not (name := describe(self.text[slice(*span)])):
            return Who(reason="no-source")
        named = Named(name, kind_of_description(source), (span,))
        new = named.kind == "anonymous" and source.noun not in words("anonymous") and _NEW.match(source.text) is not None
        return Who(None, named, "description", 0.7, new)

    def _one_of(self, span: Span, source: Source) -> Who | None:
        """One of several told of right before: "Pilots waited for hours. “Nobody came,” said one."."""
        if source.text.casefold() not in ("one", "another"):
            return None
        here = self.evidence.paragraph(span[0])
        start = max(span[0] - BEFORE, self.paragraphs[max(0, here - 2)])
        name = antecedent(self.text[start : span[0]])
        return Who(None, Named(name, "anonymous", (span,)), "description", 0.6) if name else None

    def _described(self, source: Source) -> Who | None:
        """Somebody without a name who was described by the same noun before: "a union source", then "the source"."""
        before = self.nouns.get(source.noun) if " and " not in source.text else None
        if before is None or before.described is None or not _no_more(source, before.described):
            return None
        return replace(before, reason="described", confidence=0.6)

    def _newcomer(self, source: Source) -> bool:
        """Whether a description with an article is somebody new: a noun that is no office and no role of anybody named."""
        return source.noun not in words("generic") and source.noun not in words("offices") and source.noun not in self.by_office

    def _late(self, span: Span, source: Source) -> Who | None:
        """Somebody named after the description, whose role says all that it says: "the justice secretary … Ada Kell, the …"."""
        if not source.definite:
            return None
        holders = self.by_office.get(source.noun, [])
        fitting = [m for m in holders if self.evidence.office(m, source) > 0.0]
        if len(fitting) != 1 or fitting[0].mentions[0].span[0] < span[0]:
            return None
        whole = len(holders) == 1 and source.noun in words("offices")
        sure = whole or self.evidence.office(fitting[0], source) > 1.0 or " " not in describe(source.text)
        return Who(fitting[0], None, "named-later", 0.65) if sure else None

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

    def _titled(self, span: Span) -> Who | None:
        """A name that the encoder did not mark here ("Mr Aske", "the Guard"), known from elsewhere on the page."""
        said = self.text[slice(*span)]
        if said[:4].casefold() == "the " and said[4:5].isupper() and said[4:].isalpha():
            ends = [m for m in self.bodies_by_word.get(fold(said[4:]), ()) if fold(m.full.surname) == fold(said[4:])]
            return Who(ends[0], None, "name", 0.85) if len(ends) == 1 else None
        if not said[:1].isupper() or not all(w[:1].isupper() or w in words("particles") for w in said.split()):
            return None
        name = parse(said)
        ends = [m for m in self.persons_by_end.get(fold(name.surname), ()) if covers(m.full, name) in ("equal", "surname")]
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

    # --- bodies -------------------------------------------------------------------------------------------------
    def body(self, n: int, span: Span, source: Source) -> Who:
        """Who "the ministry" or "the company" is: the one body whose name has the word, or the one that was meant before."""
        same = self.bodies_by_word.get(source.noun, [])
        if len(same) == 1:
            return Who(same[0], None, "description", 0.8)
        if not same and (trader := self._by_trade(n, span, source)) is not None:
            return trader
        name = describe(self.text[slice(*span)])
        if " " in name and not same:  # "the northern army" is not whoever spoke last; "the army" may be
            return Who(None, Named(name, "organisation", (span,)), "description", 0.7)
        numbers = {m.number for m in same}
        found = self.best(n, span[0], source, lambda m: m.number in numbers if same else m.kind == "organisation")
        if found.member is not None and (same or self.evidence.coreferent(span, found.member) > SURE):
            return replace(found, confidence=min(found.confidence, 0.7))
        if len(same) > 1:
            return replace(found, member=None, confidence=0.0, reason="two-candidates")
        return Who(None, Named(name, "organisation", (span,)), "description", 0.7)

    def _by_trade(self, n: int, span: Span, source: Source) -> Who | None:
        """The body of this trade that is meant by "the bank": the one that spoke last, else the only one named near."""
        trade = trade_of_noun(source.noun)
        if trade is None or len(describe(source.text).split()) > 2:
            return None
        last, end = self.spoke
        here = self.evidence.paragraph(span[0])
        beside = here - self.evidence.paragraph(end) <= 1 and self.drafts[n].inside is None
        if last is not None and beside and self._a_body(last) and same_trade(trade, last):
            last.told = True
            return Who(last, None, "last-speaker", 0.65)
        near = self.named_between(self.paragraphs[max(0, here - 3)], span[0])
        fitting = {m.number: m for m in near if m.kind == "organisation" and same_trade(trade, m, sure=trade == "society")}
        spoken_of = {m.number for m in self._spoken_of(n)}
        if len(fitting) == 1 and not spoken_of & set(fitting):
            return Who(next(iter(fitting.values())), None, "only-one", 0.6)
        return self._told_most(span, trade) if trade == "business" else None

    def _told_most(self, span: Span, trade: str) -> Who | None:
        """The body that a page tells of far more than of any other, and named before: "the company" is that one."""
        if trade not in self.most:
            self.most[trade] = sorted((m for m in self.bodies if same_trade(trade, m)), key=lambda m: -len(m.mentions))[:2]
        ranked = self.most[trade]
        if not ranked or len(ranked[0].mentions) < MUCH or ranked[0].mentions[0].span[0] > span[0]:
            return None
        clear = len(ranked) == 1 or len(ranked[0].mentions) >= 2 * len(ranked[1].mentions)
        return Who(ranked[0], None, "near", 0.55) if clear else None

    def _a_body(self, member: Member) -> bool:
        """Whether a member is a body, or may be one: no title, role, given name or pronoun says that it is a person."""
        if member.kind == "organisation":
            return True
        office = any(is_person(fold(role.split()[-1])) for role, _ in self.evidence.roles[member.number])
        return member.kind in ("person", "other") and not (member.titled or self.evidence.gender(member) or office)

    def _by_place(self, span: Span, source: Source) -> Who | None:
        """The place that "the state" is: the last one named before it in the same sentence."""
        if not is_place_noun(source.noun) or len(describe(source.text).split()) > 1:
            return None
        starts = self.evidence.sentence_starts
        sentence = starts[bisect_right(starts, span[0]) - 1]
        places = [m for m in self.named_between(sentence, span[0]) if m.kind == "place"]
        return Who(places[-1], None, "only-one", 0.6) if len({m.number for m in places}) == 1 else None

    def _called_body(self, span: Span, source: Source) -> Who | None:
        """The one body whose name has two words of a description: "a federal appeals court", the Court of Appeals.

        Near the top one word is enough, where just one body of the page has it: the name follows.
        """
        said = {fold(w) for w in re.findall(r"[^\W\d_]+", describe(self.text[slice(*span)]))}
        top = bisect_right(self.paragraphs, span[0]) <= TOP
        if source.plural or " and " in source.text or not (source.definite or top):
            return None
        fitting = [m for m in self.bodies_by_word.get(source.noun, ()) if _shared(m, said, source.noun)]
        closer = [m for m in fitting if len(_shared(m, said, source.noun)) > 1] or (fitting if top and len(said) <= TOP else [])
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


def _no_more(source: Source, before: Named) -> bool:
    """Whether a description says no more than one given before: "the court" may be the federal one, "the appeals court" not."""
    said = set(describe(source.text).casefold().split())
    return said <= {*before.name.casefold().split(), source.noun, "same", "latter", "former"}


def _shared(member: Member, said: set[str], noun: str) -> set[str]:
    """The words of a description that a body's name of several words has, its noun among them; else none."""
    parts = {fold(p) for p in member.full.parts} if len(member.full.parts) > 1 else set()
    return said & parts if noun in parts else set()
