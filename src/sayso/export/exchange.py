"""What a file of decisions says: CSV, Web Annotations, or texts that came back from Label Studio or a UIMA tool.

By Sayso they are records, by another hand plain wishes, and on a text that came back what was done with our marks.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sayso.decisions import ACTIONS, Decision
from sayso.errors import UsageError
from sayso.export.csv_tables import meant
from sayso.export.decided import ODD, of_annotation, of_row
from sayso.export.origin import NAMESPACE, Json
from sayso.export.reviewed import Reviewed, from_cas, from_tasks

LARGEST = 64 << 20
"""Bytes of a file of decisions, unpacked: some 60,000 of them at the 1,100 bytes that one of the tests takes."""
_FIELD = 1 << 24
_MEMBER = "decisions.csv"
_VERDICTS = {
    "accept": "accept", "accepted": "accept", "approve": "accept", "approved": "accept", "correct": "accept",
    "reject": "reject", "rejected": "reject", "wrong": "reject", "incorrect": "reject",
}  # fmt: skip
"""Words of an assessing or moderating body, and what they decide."""
WISH = (
    "action", "document", "statement", "words", "content", "source", "cue", "speaker", "speaker_kind", "kind", "act", "part",
    "other_document", "other", "undoes", "reviewer", "at", "note", "content_spans", "source_spans", "cue_spans",
    "label", "outlet",
)  # fmt: skip
"""The columns of a plain row; all but ``action`` may be left out where they say nothing. Spans, ``31-90 95-100`` in code
points or ``-`` for none, may stand in place of words."""


@dataclass(frozen=True, slots=True)
class Told:
    """One decision of a file: its place there, and a record, a plain wish, or why it is neither. ``name`` is its page's.

    A text that came back holds several.
    """

    place: str
    decision: Decision | None = None
    wish: tuple[tuple[str, str], ...] = ()
    name: str = ""
    fault: str = ""
    reviewed: Reviewed | None = None


def read(path: Path) -> list[Told]:
    """Every decision of a file, records in the order in which they were taken. Raises UsageError where it is no such file."""
    try:
        if not path.is_file():
            raise UsageError(f"there is no file {path}")
        with path.open("rb") as stream:
            return read_bytes(stream.read(LARGEST + 1), str(path))
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error


def read_bytes(raw: bytes, name: str) -> list[Told]:
    """As :func:`read`, of the bytes of a file; none where there are no bytes. ``name`` is what messages call it."""
    if len(raw) > LARGEST:
        raise UsageError(f"{name} has more than {LARGEST >> 20} MB: it is no file of decisions, or too long; cut it in parts")
    try:
        found = list(_decisions(raw)) if raw else []
    except (ValueError, csv.Error, RecursionError, zipfile.BadZipFile, KeyError) as error:
        raise UsageError(f"{name} holds no decisions that can be read: {error!s:.200}") from error
    return sorted(found, key=lambda each: each.decision.number if each.decision else 0)


def _decisions(raw: bytes) -> Iterator[Told]:
    if raw.startswith(b"PK"):
        yield from _archive(raw)
        return
    text = raw.decode("utf-8-sig")
    if text.lstrip()[:1] in ("{", "["):
        yield from _json(json.loads(text), "")
    else:
        yield from _rows(text)


def _archive(raw: bytes) -> Iterator[Told]:
    """A zip that Sayso wrote: of tables, or of CAS files."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        if sum(info.file_size for info in archive.infolist()) > LARGEST:
            raise ValueError("what is in it is too long")
        if _MEMBER in archive.namelist():
            yield from _rows(archive.read(_MEMBER).decode("utf-8-sig"))
            return
        for name in archive.namelist():
            if name.endswith(".json") and name != "provenance.json":
                yield from _json(json.loads(archive.read(name)), name)


def _json(value: Any, name: str) -> Iterator[Told]:
    tasks = value if isinstance(value, list) else [value]
    try:
        if isinstance(value, dict) and "%FEATURE_STRUCTURES" in value:
            yield Told(name or "CAS", reviewed=from_cas(value))
        elif tasks and all(isinstance(task, dict) and "data" in task for task in tasks):
            for n, reviewed in enumerate(from_tasks(tasks), 1):
                yield Told(f"annotation {n}", reviewed=reviewed)
        else:
            yield from _annotations(value)
    except (*ODD, StopIteration) as error:
        raise ValueError(f"it is not as Sayso wrote it ({error!r:.100})") from error


# --- CSV ---


def _rows(text: str) -> Iterator[Told]:
    before = csv.field_size_limit(_FIELD)
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), restval="")
        if "action" not in (reader.fieldnames or ()):
            raise ValueError("a table of decisions has a column “action”")
        for n, row in enumerate(reader, 2):
            given = {key: meant(value) for key, value in row.items() if isinstance(key, str) and isinstance(value, str)}
            yield _row(f"row {n}", given)
    finally:
        csv.field_size_limit(before)


def _row(place: str, given: dict[str, str]) -> Told:
    if "what" in given and "number" in given:
        try:
            return Told(place, of_row(given), name=given.get("document", ""))
        except ODD as error:
            return Told(place, fault=f"it is not told as decisions are ({error!s:.100})")
    return _wish(place, given)


def _wish(place: str, given: dict[str, str]) -> Told:
    wish = tuple((key, given[key]) for key in WISH if given.get(key))
    action = given.get("action", "").strip()
    if action not in ACTIONS:
        return Told(place, fault=f"{action!r} is no decision; these are: {', '.join(ACTIONS)}")
    return Told(place, wish=wish, name=given.get("document", ""))


# --- Web Annotations ---


def _annotations(value: Any) -> Iterator[Told]:
    items = value
    if isinstance(value, dict):
        first = value.get("first")
        items = first.get("items") if isinstance(first, dict) else value.get("items", [value])
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise ValueError("it is no annotation and no collection of annotations")
    for n, item in enumerate(items, 1):
        if not str(item.get("id", "")).startswith(f"{NAMESPACE}statement:"):  # those are what was read
            yield _annotation(f"annotation {n}", item)


def _annotation(place: str, item: Json) -> Told:
    try:
        if "sayso:decision" in item:
            targets = [t for t in _list(item.get("target")) if isinstance(t, dict)]
            name = str(targets[0]["source"].get("sayso:name", "")) if targets else ""
            return Told(place, of_annotation(item), name=name)
        return _wish(place, _simple(item))
    except ODD as error:
        return Told(place, fault=f"it is not told as decisions are ({error!s:.100})")


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _simple(item: Json) -> dict[str, str]:
    """An annotation of another program as a plain row: what it says, about which statement, by whom."""
    motives = [str(each) for each in _list(item.get("motivation"))]
    bodies = [each for each in _list(item.get("body")) if isinstance(each, dict)]
    values = [(str(b.get("purpose") or (motives or [""])[0]), str(b.get("value", "")).strip()) for b in bodies]
    given = {"at": str(item.get("created", "")), **_target(_list(item.get("target")))}
    creator = item.get("creator")
    given["reviewer"] = str(creator.get("name", "")) if isinstance(creator, dict) else ""
    for purpose, value in values:
        verdict = _VERDICTS.get(value.casefold())
        if purpose in ("assessing", "moderating") and verdict:
            given["action"] = verdict
        elif purpose == "identifying" and value:
            given |= {"action": "speaker", "speaker": value}
        elif purpose == "tagging" and value:
            given |= {"action": "label", "label": value}
        elif purpose == "commenting" and value:
            given = {"action": "note"} | given | {"note": value}
    if "action" not in given:
        raise ValueError("no body says accept, reject, who speaks, a label, or a comment")
    return given


def _target(targets: list[Any]) -> dict[str, str]:
    """The statement that is meant: by its name, or by its words and the page that they stand on."""
    found: dict[str, str] = {}
    words: list[str] = []
    for target in targets:
        source = target if isinstance(target, str) else target.get("source", target.get("id", ""))
        about = source if isinstance(source, dict) else {"id": source}
        kind, _, identity = str(about.get("id", "")).removeprefix(NAMESPACE).partition(":")
        if kind == "statement":
            found["statement"] = identity
        page = about.get("sayso:document") or (identity if kind == "document" else "")
        if page:
            found["document"] = str(page)
        selectors = _list(target.get("selector")) if isinstance(target, dict) else []
        role = target.get("sayso:role", "content") if isinstance(target, dict) else ""
        words += [str(s["exact"]) for s in selectors if s.get("type") == "TextQuoteSelector" and role == "content"]
    return found | ({"words": " … ".join(words)} if words else {})
