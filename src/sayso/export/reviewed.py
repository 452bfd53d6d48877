"""Texts that came back from a tool in which somebody went over our marks: Label Studio and UIMA CAS.

What stands as it was is accepted, what is gone is rejected, what was moved has other words, what is new is added. Only the
statements that went out count: their ids travel with the text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sayso.export.pages import signs, told
from sayso.records import Reading, Span, Spans, Statement

ROLES = ("content", "source", "cue")
_LABELS = {"Statement": "content", "Source": "source", "Cue": "cue"}
_GOES_ON = "goes on"


@dataclass(frozen=True, slots=True)
class Marked:
    """A statement as a reviewer left it; ``identity`` is empty where it is new."""

    identity: str
    content: Spans
    source: Spans = ()
    cue: Spans = ()


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One text that came back, with what stands on it, in code points; ``sent`` are the ids that went out."""

    document: str
    part: str
    text: str
    sent: tuple[str, ...]
    marked: tuple[Marked, ...]
    reviewer: str = ""
    at: str = ""


def fits(reviewed: Reviewed, reading: Reading) -> bool:
    """Whether the text that came back is that of the reading, or the signs in place of it."""
    head = reading.headline.text if reading.headline else ""
    text = head if reviewed.part == "headline" else reading.document.text
    return reviewed.text in (text, signs(text))


def wishes(reviewed: Reviewed, reading: Reading) -> Iterator[dict[str, str]]:
    """What was decided, as plain rows, in the order of the text."""
    head = reading.headline.statements if reading.headline else ()
    now = {s.id: s for s in (head if reviewed.part == "headline" else reading.statements)}
    ours = {each.identity: each for each in reviewed.marked if each.identity in now}
    gone = [now[i] for i in reviewed.sent if i in now and i not in ours]
    same = {s.content: s.id for s in gone}
    about = {"reviewer": reviewed.reviewer, "at": reviewed.at}
    for each in (m for m in reviewed.marked if m.identity not in now):
        if each.content in same:
            ours[same.pop(each.content)] = each
        else:
            yield {"action": "add", "document": reviewed.document, "part": reviewed.part, **_spans(each), **about}
    for identity in (i for i in reviewed.sent if i in now):
        row = {"statement": identity, "document": reviewed.document, "part": reviewed.part, **about}
        if identity not in ours:
            yield {"action": "reject", **row}
        elif _moved(ours[identity], now[identity]):
            yield {"action": "span", **row, **_spans(ours[identity])}
        else:
            yield {"action": "accept", **row}


def _moved(marked: Marked, statement: Statement) -> bool:
    return any(getattr(marked, role) != getattr(statement, role) for role in ROLES)


def _spans(marked: Marked) -> dict[str, str]:
    return {f"{role}_spans": told(getattr(marked, role)) or "-" for role in ROLES}


# --- Label Studio ---


def from_tasks(tasks: list[dict[str, Any]]) -> Iterator[Reviewed]:
    """Every annotation of every task that somebody finished. KeyError, TypeError or ValueError where one is none of ours."""
    for task in tasks:
        data = task["data"]
        for done in task.get("annotations", ()):
            if not done.get("was_cancelled"):
                who = done.get("completed_by", "")
                name = who.get("email", "") if isinstance(who, dict) else f"annotator {who}" if who != "" else ""
                yield Reviewed(
                    str(data["document"]), str(data["part"]), str(data["text"]), tuple(str(data["statements"]).split()),
                    _regions(done["result"]), str(name), str(done.get("created_at", "")),
                )  # fmt: skip


def _regions(result: list[dict[str, Any]]) -> tuple[Marked, ...]:
    """Regions put together: fragments by ``goes on``, source and cue by the relation from their statement."""
    regions = {str(each["id"]): each["value"] for each in result if each.get("type") == "labels"}
    after, of = {}, defaultdict[str, dict[str, str]](dict)
    for each in result:
        if each.get("type") == "relation" and each["from_id"] in regions and each["to_id"] in regions:
            if _GOES_ON in each.get("labels", ()):
                after[each["from_id"]] = each["to_id"]
            else:
                of[each["from_id"]].update(dict.fromkeys(each.get("labels", ()), each["to_id"]))
    rest = set(after.values())

    def spans(key: str | None) -> Spans:
        found: set[Span] = set()
        seen: set[str] = set()
        while key is not None and key not in seen:
            seen.add(key)
            found.add((int(regions[key]["start"]), int(regions[key]["end"])))
            key = after.get(key)
        return tuple(sorted(found))

    return tuple(
        Marked(key, spans(key), spans(of[key].get("source")), spans(of[key].get("cue")))
        for key, value in regions.items() if "Statement" in value["labels"] and key not in rest
    )  # fmt: skip


# --- UIMA ---


def from_cas(cas: dict[str, Any]) -> Reviewed:
    """A CAS in JSON. KeyError, TypeError, ValueError or StopIteration where it is none of ours.

    What is in no view's index was taken away, though another structure may still lead to it.
    """
    structures = {int(each["%ID"]): each for each in cas["%FEATURE_STRUCTURES"]}
    facts = next(each for each in structures.values() if each["%TYPE"] == "sayso.Provenance")
    shown = {int(member) for view in cas["%VIEWS"].values() for member in view["%MEMBERS"]}
    text = str(next(each for each in structures.values() if each["%TYPE"] == "uima.cas.Sofa")["sofaString"])
    wide = [n + at for n, at in enumerate(n for n, c in enumerate(text) if c > "\uffff")]
    spans: dict[tuple[int, str], list[Span]] = defaultdict(list)
    for key, each in structures.items():
        if key in shown and each["%TYPE"] == "sayso.Fragment" and each.get("role") in ROLES:
            begin, end = int(each["begin"]), int(each["end"])
            place = begin - bisect_left(wide, begin), end - bisect_left(wide, end)
            spans[int(each["@statement"]), each["role"]].append(place)
    marked = tuple(
        Marked(str(each.get("identity", "")), *(tuple(sorted(spans[key, role])) for role in ROLES))
        for key, each in structures.items()
        if key in shown and each["%TYPE"] == "sayso.Statement" and spans[key, "content"]
    )  # fmt: skip
    return Reviewed(facts["document"], facts["part"], text, tuple(facts.get("statements", "").split()), marked)
