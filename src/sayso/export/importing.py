"""Decisions from a file into a ledger. What is there already is not taken twice; what cannot be taken is listed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal, cast

from sayso.decisions import ACROSS, Action, Change, Decision, Standing, change_of
from sayso.decisions.applying import likest
from sayso.errors import SaysoError, UnknownDocument, UsageError
from sayso.export.decided import same
from sayso.export.exchange import Told
from sayso.export.pages import PART
from sayso.export.reviewed import ROLES, fits, wishes
from sayso.ledger import Ledger
from sayso.ledger.decided import all_decisions, append
from sayso.ledger.labelling import Bearer, put_label
from sayso.records import Reading, Spans

SEVERAL = " | "


@dataclass(frozen=True, slots=True)
class Came:
    """What became of one decision of a file: taken, there already, or refused, with the reason; ``id`` is the ledger's."""

    place: str
    state: Literal["taken", "there", "refused"]
    action: str = ""
    document: str = ""
    id: str = ""
    reason: str = ""


def import_decisions(ledger: Ledger, told: Iterable[Told], *, reviewer: str = "") -> Iterator[Came]:
    """Take what a file told into a ledger that is open for writing, one after the other; what became of each.

    ``told`` comes from :func:`sayso.export.exchange.read`. Records keep reviewer, time and note; plain ones that name nobody
    are by ``reviewer``. Words are found again as for every decision: where they are gone, it is taken and listed as lost.
    """
    desk = _Desk(ledger, reviewer)
    for each in told:
        try:
            several = desk.apart(each) if each.reviewed else [each]
        except SaysoError as error:
            yield Came(each.place, "refused", document=each.reviewed.document if each.reviewed else "", reason=str(error))
            continue
        for one in several:
            yield _came(desk, one)


def _came(desk: _Desk, told: Told) -> Came:
    try:
        return desk.take(told)
    except SaysoError as error:
        action = told.decision.action if told.decision else dict(told.wish).get("action", "")
        return Came(told.place, "refused", action, told.name, reason=str(error))


class _Desk:
    """One import: what is in the ledger, and which of its decisions are those of the file."""

    def __init__(self, ledger: Ledger, reviewer: str) -> None:
        self.ledger, self.reviewer = ledger, reviewer
        self.ours: dict[str, str] = {}
        self.there: dict[tuple[str, str], list[Decision]] = defaultdict(list)
        with ledger._asked() as connection:
            for decision in all_decisions(connection):
                self._keep(decision)

    def _keep(self, decision: Decision) -> None:
        self.there[decision.document, decision.at].append(decision)

    def apart(self, told: Told) -> list[Told]:
        """What was done on a text that came back, as plain wishes. Raises UsageError where the text is another."""
        assert told.reviewed is not None
        reading = self.ledger.reading(told.reviewed.document)
        if not fits(told.reviewed, reading):
            raise UsageError(f"the text of {reading.document.name} is another than the one that came back")
        rows = wishes(told.reviewed, reading)
        return [Told(told.place, wish=tuple(row.items()), name=reading.document.name) for row in rows]

    def take(self, told: Told) -> Came:
        """One decision."""
        if told.fault:
            return Came(told.place, "refused", document=told.name, reason=told.fault)
        if told.decision is None:
            made = self._carry_out(dict(told.wish))
            self._keep(made)
            return Came(told.place, "taken", made.action, told.name, made.id)
        wish = self._here(told.decision, told.name)
        before = next((d for d in self.there[wish.document, wish.at] if same(d, wish)), None)
        if before is None:
            with self.ledger._whole() as connection:
                made = append(connection, wish)
            self._keep(made)
        else:
            made = before
        self.ours[told.decision.id] = made.id
        return Came(told.place, "there" if before else "taken", made.action, told.name, made.id)

    def _here(self, decision: Decision, name: str) -> Decision:
        """The decision with the ids that page and decisions have in this ledger."""
        document = decision.document
        if document and not self.ledger.has(document):
            document = self._named(name).id
        if any(who.document and not self.ledger.has(who.document) for who in decision.speakers):
            raise UsageError("the other page that it is about is not in this ledger")
        undoes = self.ours.get(decision.undoes, "") if decision.undoes else ""
        if decision.undoes and not undoes:
            raise UsageError("what it undoes is not in the file")
        return replace(
            decision, document=document, undoes=undoes, id="", number=0,
            statements=tuple(map(self._resting, decision.statements)), to=decision.to and self._resting(decision.to),
        )  # fmt: skip

    def _resting(self, standing: Standing) -> Standing:
        return replace(standing, rests_on=self.ours.get(standing.rests_on, standing.rests_on))

    def _named(self, name: str) -> Reading:
        """The one page of that very name. Raises UnknownDocument."""
        found = self.ledger.reading(name) if name else None
        if found is None or found.document.name != name:
            raise UnknownDocument(f"the page {name!r} is not in this ledger; read it first")
        return found

    # --- plain ones ---

    def _carry_out(self, wish: dict[str, str]) -> Decision:
        action, document = wish["action"].strip(), wish.get("document", "")
        who: dict[str, Any] = {
            "reviewer": wish.get("reviewer", "") or self.reviewer, "note": wish.get("note", ""), "at": wish.get("at", ""),
        }  # fmt: skip
        if action == "undo":
            undoes = wish.get("undoes", "")
            return self.ledger.undo(self.ours.get(undoes, undoes), **who)
        if action in ACROSS:
            one, other = (document, wish.get("speaker", "")), (wish.get("other_document", ""), wish.get("other", ""))
            return self.ledger.decide_across(action, one, other, **who)
        if action == "label":
            return put_label(self.ledger, wish.get("label", ""), self._bearer(wish), **who)
        if action in ("merge", "split"):
            return self._of_speakers(action, wish, who)
        targets = [] if action == "add" else [self._statement(wish)]
        change = self._change(action, wish, targets)
        return self.ledger.decide(cast(Action, action), targets, change, document=document if action == "add" else "", **who)

    def _of_speakers(self, action: str, wish: dict[str, str], who: dict[str, Any]) -> Decision:
        targets = [each.strip() for each in wish.get("speaker", "").split(SEVERAL)]
        change = Change()
        if action == "split":
            targets += [each.strip() for each in wish.get("statement", "").split(SEVERAL)]
            change = Change(speaker=wish.get("other", ""), speaker_kind=cast(Any, wish.get("speaker_kind") or None))
        return self.ledger.decide(cast(Action, action), targets, change, document=wish.get("document", ""), **who)

    def _bearer(self, wish: dict[str, str]) -> Bearer:
        """What a label is put on: an outlet, a speaker (of a page, where one is named), or a statement."""
        if wish.get("outlet"):
            return Bearer(outlet=wish["outlet"])
        if wish.get("speaker"):
            return Bearer(speaker=wish["speaker"], document=wish.get("document", ""))
        return Bearer(statement=self._statement(wish))

    def _statement(self, wish: dict[str, str]) -> str:
        """The id of the statement that is meant: given, or found by its words. Raises UsageError."""
        if wish.get("statement"):
            return wish["statement"].strip()
        if not (wish.get("words") and wish.get("document")):
            raise UsageError("say which statement it is about: by its id, or by its words and the page")
        reading, part = self.ledger.reading(wish["document"]), wish.get("part", "text")
        content = change_of(reading, content=wish["words"].split(PART), part=part)["content"]
        head = reading.headline.statements if reading.headline else ()
        found = likest(reading.statements if part == "text" else head, content, ())
        if found is None:
            raise UsageError(f"no statement of {wish['document']} has these words: {wish['words']!r:.80}")
        return found.id

    def _change(self, action: str, wish: dict[str, str], targets: list[str]) -> Change:
        values: dict[str, Any] = {}
        if action in ("speaker", "add"):
            values |= {key: wish[key] for key in ("speaker", "speaker_kind") if wish.get(key)}
        if action == "kind":
            values["kind"] = wish.get("kind")
        if action == "add":
            values |= {key: wish[key] for key in ("act", "part") if wish.get(key)}
        if action in ("span", "add"):
            reading = self.ledger.reading(wish["document"]) if action == "add" else self.ledger.holding(targets[0])[1]
            near = next((s.content[0][0] for s in reading.statements if targets and s.id.startswith(targets[0])), None)
            words = {role: wish[role].split(PART) for role in ("content", "source", "cue") if wish.get(role)}
            values |= change_of(reading, **words, part=wish.get("part", "text"), near=near)
            values |= {role: _spans(wish[f"{role}_spans"]) for role in ROLES if wish.get(f"{role}_spans")}
        return Change(**values)


def _spans(given: str) -> Spans:
    """Spans from ``31-90 95-100``; none from ``-``. Raises UsageError."""
    try:
        pairs = [each.split("-") for each in given.split()] if given.strip() != "-" else []
        return tuple((int(start), int(end)) for start, end in pairs)
    except ValueError as error:
        raise UsageError(f"{given!r:.60} are no spans; write them as 31-90 95-100") from error
